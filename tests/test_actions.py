"""The buttons: what a code means, what it carries, who may do it. Buttons of today stand in chats for
years and in snapshots, so the list in `golden/actions.txt` grows and never changes."""

from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from bot.conversation import action as a
from bot.conversation.rights import FOR_ALL, NEEDS
from bot.conversation.typed_text import COMMANDS
from bot.flows import _DO, _SHOW, _TYPED

GOLDEN = Path(__file__).parent / "golden" / "actions.txt"


def _named(table: dict[Any, Any], cls: type[a.Action]) -> str:
    function = table.get(cls)
    if function is None:
        return "-"
    feature = function.__module__.removeprefix("bot.flows").strip(".").split(".")[0] or "groups"
    return f"{feature}.{function.__name__}"


def _field(field: Any) -> str:
    kind = getattr(field.type, "__name__", str(field.type))
    kind = str(field.type) if kind == "tuple" else kind
    return f"{field.name}:{kind}" + ("" if field.default is MISSING else f"={field.default!r}")


def _line(code: str, cls: type[a.Action]) -> str:
    kind = "action"
    if issubclass(cls, a.Place):
        kind = "place" + " main" * cls.main + " draft" * cls.draft
    right = "anybody" if cls in FOR_ALL else str(NEEDS[cls])
    words = " ".join(name for name, action in COMMANDS.items() if type(action) is cls) or "-"
    does, shows, reads = (_named(table, cls) for table in (_DO, _SHOW, _TYPED))
    holds = " ".join(map(_field, fields(cls))) or "-"
    return " | ".join((code, holds, right, kind, words, does, shows, reads))


def test_every_button_means_what_it_always_meant() -> None:
    listed = "\n".join(_line(code, cls) for code, cls in sorted(a._BY_CODE.items()))
    assert listed + "\n" == GOLDEN.read_text("utf-8")
