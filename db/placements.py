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
from db.drafts import kept
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
    async with store.batch(now) as tx:
        return (await _found(tx, link))[1]


async def confirm(store: Store, link: str, said: Confirmed, now: int) -> bool:
    """Keeps what was filled in, once, and tells the learner. False where it cannot be any more."""
    async with store.batch(now) as tx:
        whose = _opened(store.vault, link)
        if whose is None:
            return False
        await tx.db.execute(  # two forms of one link: the second waits, and finds it filled in
            sa.select(t.learner.c.id).where(t.learner.c.id == whose[0]).with_for_update()
        )
        mine, placement = await _found(tx, link)
        if mine is None or placement is None:
            return False
        filled = replace(placement, filled=said)
        every = tuple(filled if p == placement else p for p in mine.all)
        event = DraftKept(replace(mine, all=every, changed=now))
        await tx.change(whose[0], event)
        await kept(tx, whose[0], event)
        tx.tell(whose[0], note(PLACEMENT_FILLED))
        await tx.write(())
        return True


async def _found(tx: Batch, link: str) -> tuple[Placements | None, Placement | None]:
    whose = _opened(tx.vault, link)
    if whose is None:
        return None, None
    found = await tx.ask(DraftOf(whose[0], PaperKind.PLACEMENT))
    mine = found.draft if found else None
    if not isinstance(mine, Placements):
        return None, None
    here = (p for p in mine.all if p.token == whose[1] and not p.filled and p.until > tx.now)
    return mine, next(here, None)
