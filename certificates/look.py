"""What an organisation changes in how its papers look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from certificates.typesetting.pdf import Colour, Picture

Frame = Literal["double", "single", "none"]


@dataclass(frozen=True)
class Look:
    """What an organisation's template changes. `colours` replaces ours, `signatures` are pictures
    by file name; sizes in points, `logo_height` in millimetres."""

    colours: Mapping[Colour, Colour] = field(default_factory=dict)
    logos: tuple[Picture, ...] = ()
    logo_height: float = 12
    signatures: Mapping[str, Picture] = field(default_factory=dict)
    frame: Frame = "double"
    heading_size: float = 27
    name_size: float = 34
    title_size: float = 22


PLAIN = Look()
