"""A small PDF writer: pages with text, lines, areas and links; fonts embedded with only the glyphs
that are used.

Lengths are points (1/72 inch) from the lower left corner, as PDF has them. The same calls give the
same bytes.
"""

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from certificates.typesetting.embedded_font import EmbeddedFont, font_object
from certificates.typesetting.fonts import Face
from certificates.typesetting.pdf_a import Attachment, make_archival
from certificates.typesetting.shaping import Line, Run

pikepdf.settings.set_flate_compression_level(9)
A4_LANDSCAPE = (841.89, 595.28)
A4_PORTRAIT = (595.28, 841.89)
PIXELS_OF_A_MODULE = 4


class Colour(NamedTuple):
    red: float
    green: float
    blue: float


@dataclass(frozen=True)
class Picture:
    """A picture ready to be embedded: `width` and `height` in pixels, `data` compressed as `filter`
    says.

    `palette` holds the RGB bytes of up to 256 colours; without one the pixels are grey, or RGB
    where the data is a JPEG's.
    """

    width: int
    height: int
    data: bytes
    filter: str
    palette: bytes = b""
    grey: bool = False
    stencil: bool = False
    """One bit a pixel, 0 is painted in the colour that is set."""


class Page:
    """What is drawn on one page of this `size`, in the order of the calls."""

    def __init__(self, fonts: dict[Face, EmbeddedFont], size: tuple[float, float]) -> None:
        self._fonts, self.size = fonts, size
        self._used: dict[str, Face] = {}
        self._content: list[bytes] = []
        self._colour: Colour | None = None
        self.pictures: dict[str, Picture] = {}
        self.links: list[tuple[tuple[float, float, float, float], str]] = []

    def text(self, line: Line, size: float, x: float, y: float, colour: Colour) -> None:
        """A line with its left end on the baseline at x, y."""
        self._fill(colour)
        self._content += [
            b"BT",
            f"{_place(x)} {_place(y)} Td".encode(),
            *self._shown(line.runs, size),
            b"ET",
        ]

    def frame(
        self, x: float, y: float, width: float, height: float, thickness: float, colour: Colour
    ) -> None:
        self._stroke(
            f"{_number(x)} {_number(y)} {_number(width)} {_number(height)} re", thickness, colour
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, thickness: float, colour: Colour
    ) -> None:
        self._stroke(
            f"{_number(x1)} {_number(y1)} m {_number(x2)} {_number(y2)} l", thickness, colour
        )

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        thickness: float = 1,
        closed: bool = True,
        dash: float = 0,
    ) -> None:
        """Straight lines from point to point with round ends and corners, filled, drawn or both.
        `dash` is the length of the pieces of a broken line and of the gaps between them, 0 draws a
        whole one."""
        x, y = points[0]
        steps = [
            f"{_number(x)} {_number(y)} m",
            *(f"{_number(x)} {_number(y)} l" for x, y in points[1:]),
        ]
        steps += ["h"] if closed else []
        if fill:
            self._fill(fill)
        if not stroke:
            self._content.append(f"{' '.join(steps)} f".encode())
            return
        pattern = f"[{_number(dash)}]" if dash else "[]"
        pen = f"q {_numbers(stroke)} RG {_number(thickness)} w 1 J 1 j {pattern} 0 d"
        self._content.append(f"{pen} {' '.join(steps)} {'B' if fill else 'S'} Q".encode())

    def squares(
        self, rows: Sequence[bytes], x: float, y: float, size: float, colour: Colour
    ) -> None:
        """A square of dark (1) and light (0) modules, `size` wide, its lower left corner at x, y.

        As a stencil of one bit a pixel it has a third of the bytes of rectangles. Each module is
        several pixels: programs that smooth pictures then blur the edges only.
        """
        self._fill(colour)
        self.picture(_stencil(rows), x, y, size, size)

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture with its lower left corner at x, y."""
        name = f"I{len(self.pictures) + 1}"
        self.pictures[name] = picture
        box = " ".join(map(_number, (width, 0, 0, height, x, y)))
        self._content.append(f"q {box} cm /{name} Do Q".encode())

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        self.links.append(((x, y, x + width, y + height), url))

    def content(self) -> bytes:
        return b"\n".join(self._content)

    def fonts(self) -> Mapping[str, Face]:
        """The resource names that the content uses."""
        return self._used

    def _fill(self, colour: Colour) -> None:
        if colour != self._colour:
            self._content.append(f"{_numbers(colour)} rg".encode())
            self._colour = colour

    def _stroke(self, path: str, thickness: float, colour: Colour) -> None:
        self._content.append(f"{_numbers(colour)} RG {_number(thickness)} w {path} S".encode())

    def _font(self, face: Face) -> tuple[str, EmbeddedFont]:
        font = self._fonts.setdefault(face, EmbeddedFont(face))
        name = f"F{list(self._fonts).index(face) + 1}"
        self._used[name] = face
        return name, font

    def _shown(self, runs: Sequence[Run], size: float) -> list[bytes]:
        """Text operators. `pen` is where the next piece belongs, `at` where PDF would put it; both
        in 1/1000 em."""
        operators: list[bytes] = []
        pen, at = 0.0, 0
        for run in runs:
            name, font = self._font(run.face)
            shown: list[bytes] = []
            for piece in run.pieces:
                if shift := round(pen - at):
                    shown.append(b"%d" % -shift)
                codes, moved = font.shown(piece)
                shown.append(codes)
                at += shift + moved
                pen += piece.width * 1000
            operators += [
                f"/{name} {_number(size)} Tf".encode(),
                b"[" + b"".join(shown).replace(b")(", b"") + b"]TJ",
            ]
        return operators


class Document:
    """A document. `created` and `title` go into its properties, `language` is a BCP 47 tag."""

    def __init__(self, title: str, language: str, created: date) -> None:
        self._title, self._language, self._created = title, language, created
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._pages: list[Page] = []

    def page(self, size: tuple[float, float] = A4_LANDSCAPE) -> Page:
        """A new page of this width and height."""
        self._pages.append(Page(self._fonts, size))
        return self._pages[-1]

    def save(self, attachments: Sequence[Attachment] = ()) -> bytes:
        """The file, as PDF/A-3B."""
        with pikepdf.new() as pdf:
            fonts = {
                face: pdf.make_indirect(font_object(pdf, font))
                for face, font in self._fonts.items()
            }
            for page in self._pages:
                _add_page(pdf, page, fonts)
            pdf.Root.Lang = String(self._language)
            pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
            make_archival(pdf, self._title, self._created, attachments)
            file = io.BytesIO()
            pdf.save(
                file,
                min_version="1.7",
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
            return file.getvalue()


def _add_page(pdf: pikepdf.Pdf, page: Page, fonts: Mapping[Face, Object]) -> None:
    resources = Dictionary({f"/{name}": fonts[face] for name, face in page.fonts().items()})
    sheet = pdf.add_blank_page(page_size=page.size)
    sheet.obj.Resources = Dictionary(Font=resources)
    if page.pictures:
        sheet.obj.Resources.XObject = Dictionary(
            {f"/{name}": _image(pdf, picture) for name, picture in page.pictures.items()}
        )
    sheet.obj.Contents = pdf.make_stream(page.content())
    if page.links:
        sheet.obj.Annots = Array([pdf.make_indirect(_link(box, url)) for box, url in page.links])


def _image(pdf: pikepdf.Pdf, picture: Picture) -> Object:
    image = pdf.make_stream(
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
    )
    image.Filter = Name(f"/{picture.filter}")
    image.BitsPerComponent = 1 if picture.stencil else 8
    if picture.stencil:
        image.ImageMask = True
    elif picture.palette:
        image.ColorSpace = Array(
            [Name.Indexed, Name.DeviceRGB, len(picture.palette) // 3 - 1, String(picture.palette)]
        )
    else:
        image.ColorSpace = Name.DeviceGray if picture.grey else Name.DeviceRGB
    return image


def _link(box: tuple[float, float, float, float], url: str) -> Dictionary:
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 2) for edge in box]),
        Border=Array([0, 0, 0]),
        F=4,
        A=Dictionary(S=Name.URI, URI=String(url)),
        Contents=String(url),
    )


def _stencil(rows: Sequence[bytes]) -> Picture:
    lines = []
    for modules in rows:
        bits = "".join(("0" if dark else "1") * PIXELS_OF_A_MODULE for dark in modules)
        bits += "1" * (-len(bits) % 8)
        lines += [int(bits, 2).to_bytes(len(bits) // 8)] * PIXELS_OF_A_MODULE
    side = len(rows) * PIXELS_OF_A_MODULE
    packed = zlib.compressobj(9, strategy=zlib.Z_FILTERED)  # a sixth less
    return Picture(
        side, side, packed.compress(b"".join(lines)) + packed.flush(), "FlateDecode", stencil=True
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"


def _place(value: float) -> str:
    """Where a text stands: to a tenth of a point, a printer's dot."""
    return f"{value:.1f}".removesuffix(".0")


def _numbers(values: Sequence[float]) -> str:
    return " ".join(map(_number, values))
