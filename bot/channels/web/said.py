"""What a page says once: after the redirect that answers a form, until the next form is sent.

A form is answered with a redirect, so that going back or reloading sends nothing twice. What
looking again would not show (a note, what was found, a card without a place) is kept sealed with
the form's update, whose id stands in the address: reloading shows it again. The next form takes it
away. Whoever is not known any more has nothing kept: the address itself carries their goodbye,
sealed.
"""

import logging
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from bot.channels.web.parse import CHANNEL
from bot.channels.web.render import Page
from bot.conversation.update import Edited, Update
from db.store import Store

log = logging.getLogger(__name__)
SAID = "said"
"""The field of an address that names what is said."""
_ID = re.compile("[0-9a-f]{30}")
_GOODBYE = b"goodbye"
_encode = msgspec.json.Encoder(enc_hook=str).encode
_decode = msgspec.json.Decoder(tuple[Page, ...], dec_hook=lambda kind, text: kind(text)).decode


class Said:
    """Pages by the updates that they answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, update: Update, *pages: Page) -> bool:
        """The page, and the letters on it. False where nothing is known of the update."""
        return await self._store.arrivals.keep(update, _packed(pages))

    async def of(self, token: str, id: str) -> tuple[Page, ...]:
        """Nothing where it was read, or is another's."""
        update = answering(token, id)
        kept = await self._store.arrivals.kept(update) if update else None
        return _unpacked(kept) if kept else ()

    def carried(self, page: Page) -> str:
        """For an address."""
        return urlsafe_b64encode(self._store.vault.seal(_packed((page,)), _GOODBYE)).decode()

    def unsealed(self, carried: str) -> tuple[Page, ...]:
        """Nothing where it was not written here."""
        try:
            return _unpacked(self._store.vault.open(urlsafe_b64decode(carried), _GOODBYE))
        except Exception:  # anybody can write anything into an address
            return ()


def answering(token: str, id: str) -> Update | None:
    """The update that what stands in an address answered."""
    return Update(CHANNEL, id, token, Edited()) if _ID.fullmatch(id) else None


def _packed(pages: tuple[Page, ...]) -> bytes:
    return zlib.compress(_encode(pages))


def _unpacked(kept: bytes) -> tuple[Page, ...]:
    try:
        return _decode(zlib.decompress(kept))
    except msgspec.ValidationError:  # of another version: the page is shown without it
        log.warning("what a page said cannot be read any more")
        return ()
