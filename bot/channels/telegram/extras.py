"""What newer Telegram knows and an older server refuses: left out then, once for all.

Theory. A call goes out with all that makes it nicer. Where it is refused for a button or an effect,
the same goes out once more without; if that is taken, this server gets no extras any more, as long
as the process lives. So nothing is tried in a loop, and a refusal that has another reason stays a
refusal.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import BadRequest

log = logging.getLogger(__name__)

EFFECT = "5046509860389126442"
"""Confetti; every account can see it."""
TIME = '<tg-time unix="{at}">{text}</tg-time>'
"""A moment, as the text says it."""
_TIME = re.compile(r"</?tg-time[^>]*>")
_ABOUT = ("button", "keyboard", "effect", "tg-time")
_WORN = ("style",)
_NEW = frozenset({"disabled", "copy_text"})
"""Buttons that an older server does not know: what they copy stands in the text."""


class Extras:
    """Of one Bot API server."""

    def __init__(self) -> None:
        self.refused = False

    async def send(
        self, values: dict[str, Any], call: Callable[[dict[str, Any]], Awaitable[Any]]
    ) -> Any:
        """Makes the call, with extras or without. Raises what `call` raises."""
        if self.refused:
            return await call(without(values))
        try:
            return await call(values)
        except BadRequest as error:
            plain = without(values)
            if plain == values or not any(word in error.message.lower() for word in _ABOUT):
                raise
            done = await call(plain)
            self.refused = True
            log.info(
                "this Bot API server knows no coloured, disabled, copying buttons, no effects, or "
                "no moments"
            )
            return done


def without(values: dict[str, Any]) -> dict[str, Any]:
    """The call's values without extras: a button that does nothing goes, another loses its
    colour, a moment is only read."""
    plain = {name: value for name, value in values.items() if name != "message_effect_id"}
    for name in ("text", "caption"):
        if isinstance(text := plain.get(name), str):
            plain[name] = _TIME.sub("", text)
    rows = (values.get("reply_markup") or {}).get("inline_keyboard")
    if rows is not None:
        kept = [
            [
                {k: v for k, v in key.items() if k not in _WORN}
                for key in row
                if not _NEW & key.keys()
            ]
            for row in rows
        ]
        plain["reply_markup"] = {"inline_keyboard": [row for row in kept if row]}
    return plain
