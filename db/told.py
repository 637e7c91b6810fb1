"""What answers tell that looking again would not show (a verdict, a note, what was earned), kept
with their updates until those answers went out: a process that dies in between costs no words.

Theory. The words are written with the row of their update, in the transaction that decided it, and
only where there are any; the row is not written before the decision is known, so they cost no
statement of their own. They are sealed and bound to that update, and gone with the note that its
answer went out. Whoever shows where the learner is instead says them in front of it.
"""

import logging
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.update import Moved, Reachable, Update
from bot.model.words import InLanguage, Msg, Value, Words
from cards.text import Text
from db import tables as t
from db.many import Many
from db.vault import Vault

log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode


class Came:
    """The updates of one transaction that were not here before; `write` notes them."""

    def __init__(self, vault: Vault, now: int, holder: int) -> None:
        """`holder` is the process that answers them."""
        self.vault = vault
        self.now = now
        self._holder = holder
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}

    def add(self, update: Update, address: bytes) -> None:
        """`address` is the keyed hash of where it comes from."""
        self._rows[update.channel, update.id] = {
            "channel": update.channel,
            "id": update.id,
            "address": address,
            "at": self.now,
            "answered": isinstance(update.doing, Reachable | Moved),
            "holder": self._holder,
            "told": None,
        }

    def tells(self, update: Update, words: Sequence[Words]) -> None:
        """What the answer to this update says, where the update is new."""
        if words and (row := self._rows.get((update.channel, update.id))):
            row["told"] = _sealed(self.vault, update, words)

    def moved(self, old: bytes, new: bytes) -> None:
        """What came from an address belongs to another one."""
        for row in self._rows.values():
            if row["address"] == old:
                row["address"] = new

    async def write(self, db: AsyncConnection) -> None:
        if self._rows:
            await _ARRIVED(db, list(self._rows.values()))
            self._rows.clear()


_ARRIVED = Many(t.update, "channel", "id", "address", "at", "answered", "holder", "told")


def _context(update: Update) -> bytes:
    return f"told\0{update.channel}\0{update.id}".encode()


def _sealed(vault: Vault, update: Update, words: Sequence[Words]) -> bytes | None:
    try:
        return vault.seal(_encode(words), _context(update))
    except TypeError:  # a value that has no form of its own: the words go out as before
        log.exception("what the answer to update %s tells cannot be kept", update.id)
        return None


def told_for(vault: Vault, update: Update, stored: bytes | None) -> tuple[Words, ...]:
    """The words; none where there are none, or where they cannot be read."""
    if stored is None:
        return ()
    try:
        return tuple(map(_words, msgspec.json.decode(vault.open(stored, _context(update)))))
    except Exception as error:  # bit rot, another version's form: the screen is shown all the same
        log.error(
            "what the answer to update %s told cannot be read: %s", update.id, type(error).__name__
        )
        return ()


def _words(found: dict[str, Any]) -> Words:
    """From the form that the three kinds of words have in JSON: no two have the same names."""
    if "context" in found:
        return Text(**found)
    if "language" in found:
        inside = _words(found["words"])
        assert not isinstance(inside, InLanguage)
        return InLanguage(inside, found["language"])
    values = tuple((name, _value(value)) for name, value in found.pop("values"))
    return Msg(**found, values=values)


def _value(found: Any) -> Value:
    return _words(found) if isinstance(found, dict) else found
