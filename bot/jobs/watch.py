"""Messages that show a broadcast under way are brought up to date while somebody looks at them."""

import logging
from collections.abc import Iterable

from bot.channels.base import PushChannel
from db import broadcasts
from db.store import Store

log = logging.getLogger(__name__)


class Watch:
    """Those on all channels that can change what was sent; `look` is a job of the worker."""

    def __init__(self, store: Store, channels: Iterable[PushChannel]) -> None:
        self._store = store
        self._channels = {channel.name: channel for channel in channels}
        self._shown: dict[tuple[int, bytes], str] = {}

    async def look(self) -> None:
        for id, hash, name, address, message in await broadcasts.viewers(
            self._store.engine, self._store.vault
        ):
            channel = self._channels.get(name)
            if channel is None or not channel.open or not message:
                continue
            try:
                shown = await channel.refresh(address, message, self._shown.get((id, hash), ""))
            except Exception as error:
                log.info(
                    "a broadcast's message was not brought up to date: %s", type(error).__name__
                )
                continue
            if shown is None:
                await broadcasts.looked_away(self._store.engine, id, hash)
                self._shown.pop((id, hash), None)
            else:
                self._shown[id, hash] = shown
