"""What we send along with a message, and get back with what becomes of it: whose it is, so that no
table has to hold the ids of messages. Pure.

`o:<order>:<part>:<1 where it is the last>:<seal>` and `r:<broadcast>:<learner>:<seal>`; the seal is
a keyed hash, because a webhook is believed only as far as its signature, and that is Meta's.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

SEAL = 16


@dataclass(frozen=True)
class OfOrder:
    order: int
    part: int
    last: bool


@dataclass(frozen=True)
class OfRecipient:
    broadcast: int
    learner: int


class Notes:
    """`hash` is a keyed hash in hex."""

    def __init__(self, hash: Callable[[str], str]) -> None:
        self._hash = hash

    def of_order(self, order: int, part: int, last: bool) -> str:
        return self._sealed(f"o:{order}:{part}:{int(last)}")

    def of_recipient(self, broadcast: int, learner: int) -> str:
        return self._sealed(f"r:{broadcast}:{learner}")

    def read(self, note: str) -> OfOrder | OfRecipient | None:
        """None for one that is not ours."""
        said, _, seal = note.rpartition(":")
        if not hmac.compare_digest(self._hash(said)[:SEAL].encode(), seal.encode()):
            return None
        match said.split(":"):
            case ["o", order, part, last]:
                return OfOrder(int(order), int(part), last == "1")
            case ["r", broadcast, learner]:
                return OfRecipient(int(broadcast), int(learner))
        return None

    def _sealed(self, said: str) -> str:
        return f"{said}:{self._hash(said)[:SEAL]}"
