"""What a button means, and its form of at most 64 bytes.

An action is a small frozen dataclass that says its code and who may do it:

    class LeaveGroup(Place, code="gl", right=Right.ANYBODY):
        \"\"\"Leave the group? The explicit yes is `Leave`.\"\"\"

        group: int

Those derived from `Place` are also where a learner can be: the snapshot keeps the place, and
`decide.show` turns it into a screen again at any time. The form is `code:field:field`; ids contain
no colon. A feature declares its own in `flows/<feature>/actions.py`; a code that is taken, a field
that no button can carry and an action without a right are refused at import.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, dataclass_transform

from bot.model.roles import Right
from bot.model.words import Words, _

BIG = 2**63
"""What a column of a table holds is less."""
MAX_BYTES = 64


@dataclass(frozen=True)
class Command:
    """A word that is typed to do something, with its slash and without.

    `words` holds what people type, separated by |; `menu` is what a messenger says of it behind
    "/". `also` are other names, `spellings` words of languages that are not offered here. The menu
    is sorted by `order`. A command that is `exact` is never guessed from a word that is only near;
    one that goes `first` is honoured even where any text is welcome; `suggested` is offered to
    somebody who was not understood.
    """

    name: str
    order: int
    words: Words | None = None
    menu: Words | None = None
    also: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    exact: bool = False
    first: bool = False
    suggested: bool = True


@dataclass(frozen=True)
@dataclass_transform(frozen_default=True)
class Action:
    """`right` is what it takes to do it; `command` and `signs` do it without any field.
    `wordless` can be done before a language is chosen."""

    code: ClassVar[str]
    right: ClassVar[Right]
    command: ClassVar[Command | None] = None
    signs: ClassVar[tuple[str, ...]] = ()
    wordless: ClassVar[bool] = False
    carried: ClassVar[tuple[tuple[str, Callable[[str], Any]], ...]] = ()
    """Each field, and what reads it from a button; written down once, as every tap needs it."""

    def __init_subclass__(
        cls,
        *,
        code: str,
        right: Right,
        command: Command | None = None,
        signs: tuple[str, ...] = (),
        wordless: bool = False,
    ) -> None:
        super().__init_subclass__()
        dataclass(frozen=True)(cls)
        cls.code, cls.right = code, right
        cls.command, cls.signs, cls.wordless = command, signs, wordless
        if code:
            _register(cls)


class Place(Action, code="", right=Right.ANYBODY):
    """Somewhere to be. A main place is where `*` leads back to; the others are looked at on the
    way."""

    main: ClassVar[bool] = False
    draft: ClassVar[bool] = False
    """Whether what was typed and is not sent yet is shown here; anywhere else it is forgotten."""
    asks: ClassVar[bool] = False
    """Whether its options answer a question of ours: what is typed and not understood is asked
    again then, and nothing is looked for."""
    aside: ClassVar[bool] = False
    """Whether something is chosen here on the way: what was left for it stands again after it."""
    home: ClassVar[Words | None] = None
    """What its button on the menu says, of those who have its right."""

    def __init_subclass__(
        cls,
        *,
        main: bool = False,
        draft: bool = False,
        asks: bool = False,
        aside: bool = False,
        home: Words | None = None,
        code: str,
        right: Right,
        command: Command | None = None,
        signs: tuple[str, ...] = (),
        wordless: bool = False,
    ) -> None:
        cls.main, cls.draft, cls.asks, cls.aside, cls.home = main, draft, asks, aside, home
        super().__init_subclass__(
            code=code, right=right, command=command, signs=signs, wordless=wordless
        )


BY_CODE: dict[str, type[Action]] = {}
REGISTERED: Mapping[str, type[Action]] = MappingProxyType(BY_CODE)
"""Code -> action, of all features that were imported."""


def _register(cls: type[Action]) -> None:
    where = f"{cls.__module__}.{cls.__qualname__}"
    if cls.code in BY_CODE:
        other = BY_CODE[cls.code]
        raise TypeError(f"{where}: the code {cls.code!r} belongs to {other.__qualname__}")
    if not isinstance(cls.right, Right):
        raise TypeError(f"{where}: `right=` has to say who may do it, one of {', '.join(Right)}")
    cls.carried = tuple((field.name, _reader(where, field)) for field in fields(cls))
    BY_CODE[cls.code] = cls


def with_commands() -> list[tuple[Command, type[Action]]]:
    """Every command and what it does, in the order of the menu."""
    found = [(cls.command, cls) for cls in BY_CODE.values() if cls.command]
    return sorted(found, key=lambda each: each[0].order)


def encode(action: Action) -> str:
    """The form that a button carries. Raises `ValueError` beyond 64 bytes: then an id is too
    long; and where a field has a colon or a sign that is not seen: it could not be read back."""
    if not action.carried:
        return action.code
    values = [_write(getattr(action, name)) for name, _read in action.carried]
    data = ":".join((action.code, *values))
    if data.count(":") != len(action.carried) or not data.isprintable():
        raise ValueError(f"no field of a button holds a colon or what is not seen: {data!r}")
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"a button holds at most {MAX_BYTES} bytes: {data}")
    return data


def decode(data: str) -> Action | None:
    """The action of a button; None when it is not one of ours (an older version's, or forged)."""
    code, *values = data.split(":")
    cls = BY_CODE.get(code)
    if cls is None or not data.isprintable() or len(data.encode()) > MAX_BYTES:
        return None
    try:
        return cls(*(read(value) for (_, read), value in zip(cls.carried, values, strict=True)))
    except (ValueError, KeyError):
        return None


def _write(value: Any) -> str:
    """Raises `ValueError` for a number that its reader refuses: below nothing, beyond `BIG`, or of
    several digits among such as stand side by side."""
    if isinstance(value, tuple):
        if not all(0 <= each <= 9 for each in value):
            raise ValueError(f"a button holds figures side by side, not {value}")
        return "".join(map(str, value))
    if isinstance(value, int) and not 0 <= value < BIG:
        raise ValueError(f"a button holds no number like {value}")
    return str(int(value)) if isinstance(value, bool) else str(value)


def _digits(value: str) -> tuple[int, ...]:
    if not (value.isascii() and value.isdigit()) and value:
        raise ValueError(value)
    return tuple(map(int, value))


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 19 and int(value) < BIG):
        raise ValueError(value)
    return int(value)


def _reader(where: str, field: Field[Any]) -> Callable[[str], Any]:
    type_: Any = field.type
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return partial(_member, type_)
    if type_ not in _READERS:
        raise TypeError(f"{where}: no button can carry {field.name}, a {type_}")
    return _READERS[type_]


def _member(choices: type[StrEnum], value: str) -> StrEnum:
    """A value that is none of the choices is an old or a forged button."""
    member = choices(value)
    if member != value:  # one that an enum takes for an unknown one
        raise ValueError(value)
    return member


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: _number,
    bool: lambda value: value == "1",
    tuple[int, ...]: _digits,
}


class Welcome(Place, code="w", right=Right.ANYBODY, aside=True, wordless=True):
    """The first screen: no language is chosen yet."""


class Home(
    Place,
    code="h",
    right=Right.ANYBODY,
    main=True,
    signs=("0",),
    command=Command(
        "menu",
        order=10,
        also=("start",),
        # Translators: one word or several, separated by |, that people type to do this. The first
        # is shown in the menu.
        words=_("menu|home"),
        menu=_("Choose what to learn"),
    ),
):
    """The menu."""


class Back(Action, code="*", right=Right.ANYBODY, signs=("*",)):
    """One level up; from something looked at on the way, to where one was."""
