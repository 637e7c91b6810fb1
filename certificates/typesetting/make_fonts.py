"""Makes `font_files/` anew from variable Noto fonts: `python -m certificates.typesetting.make_fonts
FOLDER`.

`FOLDER` holds `NotoSans….ttf` as the Noto project publishes them, with an axis of weight. Drawing
with variable fonts is slow and their bold is spaced wrongly, so each is pinned to two weights;
hints go, which no PDF reader needs. Of the Chinese font stay the characters of GB 2312 and Big5, in
one weight; of the symbols the arrows and the signs of keys and buttons.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import uharfbuzz as hb

from certificates.typesetting.fonts import FILES, SCRIPTS, WEIGHTS, file_of

NORMAL_WIDTH = 100


def instance(variable_font: bytes, weight: int, characters: frozenset[int] = frozenset()) -> bytes:
    """A static font of one weight, with those characters only where any are named."""
    face = hb.Face(hb.Blob(variable_font))
    wanted = hb.SubsetInput()
    if characters:
        wanted.unicode_set.update(characters)
    else:
        wanted.keep_everything()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    for axis in face.axis_infos:
        value = {"wght": weight, "wdth": NORMAL_WIDTH}[axis.tag]
        wanted.pin_axis_location(face, axis.tag, value)
    return bytes(hb.subset(face, wanted).blob.data)


def _chinese() -> Iterator[int]:
    for high in range(0xA1, 0xFA):
        for low in range(0x40, 0xFF):
            for encoding in ("gb2312", "big5"):
                text = bytes((high, low)).decode(encoding, "ignore")
                yield from (ord(text),) if len(text) == 1 else ()


def _keys() -> Iterable[int]:
    """The blocks Arrows, Miscellaneous Technical, and Miscellaneous Symbols and Arrows."""
    return chain(range(0x2190, 0x2200), range(0x2300, 0x2400), range(0x2B00, 0x2C00))


_PARTS: dict[str, Callable[[], Iterable[int]]] = {"NotoSansSC": _chinese, "NotoSansSymbols2": _keys}
"""Fonts of which only some characters stay."""


def main(folder: Path) -> None:
    found = {
        re.split(r"[\[\-]", path.name)[0]: path for path in sorted(folder.rglob("NotoSans*.ttf"))
    }
    FILES.mkdir(exist_ok=True)
    for name in SCRIPTS:
        characters = frozenset(_PARTS[name]()) if name in _PARTS else frozenset()
        for weight in WEIGHTS.get(name, (400, 700)):
            file = file_of(name, weight)
            file.write_bytes(instance(found[name].read_bytes(), weight, characters))
            print(f"{file.name}: {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
