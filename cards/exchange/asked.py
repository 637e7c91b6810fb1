"""A question as Moodle keeps it, whatever the file: plain words, no markup."""

from dataclasses import dataclass

BYTES = 20_000_000
"""The largest file that is read."""
SISTER, REQUIRED, PINNED, WORDED = "sister", "required", "pinned", "word"
"""Tags by which our own marks come back."""


@dataclass(frozen=True, slots=True)
class Image:
    """`data` are the bytes of the file; `title` is a heading for it, `alt` what it shows."""

    name: str
    data: bytes
    alt: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that Moodle knows. `worth` is a per cent of the points; `pair` what belongs to it
    in a match."""

    text: str
    worth: float = 0.0
    feedback: str = ""
    pair: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """`type` is Moodle's word: multichoice, truefalse, shortanswer, matching, ordering, …
    `line` is where it begins in the file; `category` its folder, from the outside in."""

    type: str
    text: str
    given: tuple[Given, ...] = ()
    feedback: str = ""
    name: str = ""
    line: int = 1
    category: tuple[str, ...] = ()
    category_id: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()
    single: bool = True
    fixed: bool = False
    """The answers stand as they were written, and are not mixed."""
    images: tuple[Image, ...] = ()


def folders(path: str) -> tuple[str, ...]:
    """`$course$/top/Work/Day 1//2` -> ("Work", "Day 1/2")."""
    parts = path.replace("//", "\0").split("/")
    names = (part.replace("\0", "/").strip() for part in parts)
    return tuple(name for name in names if name and name not in ("top", "$course$", "$module$"))


def path_of(category: tuple[str, ...]) -> str:
    """As Moodle writes it; a slash in a name is doubled."""
    return "/".join(("$course$", "top", *(name.replace("/", "//") for name in category)))
