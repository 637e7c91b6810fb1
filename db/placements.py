"""A placement that somebody confirms who has its link. The link holds, sealed, whose it is: no
table knows of it, and it tells nobody who the learner is."""

import base64
import binascii
from dataclasses import replace

import sqlalchemy as sa

from bot.flows.papers.events import DraftKept
from bot.model.message import note
from bot.model.papers import (
    PLACEMENT_FILLED,
    Confirmed,
    DraftOf,
    PaperKind,
    Placement,
    Placements,
)
from db import tables as t
from db.batch import Batch
from db.drafts import kept, who_has_placement
from db.store import Store
from db.vault import Sealed, Vault

PATH = "/placement/"
_CONTEXT = b"placement"


def link_of(vault: Vault, public_url: str, learner: int, token: str) -> str:
    """The address of the page. Each time another one, and each of them opens it."""
    sealed = vault.seal(learner.to_bytes(8) + token.encode(), _CONTEXT)
    return f"{public_url.rstrip('/')}{PATH}{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def _opened(vault: Vault, link: str) -> tuple[int, str] | None:
    try:
        sealed = base64.urlsafe_b64decode(link + "=" * (-len(link) % 4))
        content = vault.open(sealed, _CONTEXT)
    except (Sealed, ValueError, binascii.Error):
        return None
    return int.from_bytes(content[:8]), content[8:].decode()


async def open_placement(store: Store, link: str, now: int) -> Placement | None:
    """None where it was filled in, thrown away, or is too old."""
    if (opened := _opened(store.vault, link)) is None:
        return None
    async with store.batch(now) as tx:
        return (await _found(tx, await _who(tx, *opened), opened[1]))[1]


async def confirm(store: Store, link: str, said: Confirmed, now: int) -> bool:
    """Keeps what was filled in, once, and tells the learner. False where it cannot be any more."""
    if (opened := _opened(store.vault, link)) is None:
        return False
    async with store.batch(now) as tx:
        who = await _who(tx, *opened)
        mine, placement = await _found(tx, who, opened[1])
        if mine is None or placement is None:
            return False
        filled = replace(placement, filled=said)
        every = tuple(filled if p == placement else p for p in mine.all)
        event = DraftKept(replace(mine, all=every, changed=now))
        await tx.change(who, event)
        await kept(tx, who, event)
        tx.tell(who, note(PLACEMENT_FILLED))
        await tx.write(())
        return True


async def _who(tx: Batch, learner: int, token: str) -> int:
    """The learner of a link, locked: of two forms the second waits, and finds it filled in. Where
    they became one with another since, that one; 0 where nobody is left."""
    locked = sa.select(t.learner.c.id).where(t.learner.c.id == learner).with_for_update()
    if (await tx.db.execute(locked)).first():
        return learner
    other = await who_has_placement(tx, token)
    return await _who(tx, other, token) if other else 0


async def _found(tx: Batch, learner: int, token: str) -> tuple[Placements | None, Placement | None]:
    found = await tx.ask(DraftOf(learner, PaperKind.PLACEMENT))
    mine = found.draft if found else None
    if not isinstance(mine, Placements):
        return None, None
    here = (p for p in mine.all if p.token == token and not p.filled and p.until > tx.now)
    return mine, next(here, None)
