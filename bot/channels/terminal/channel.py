"""The bot in the terminal: the same conversation, line by line. Files are written into a folder."""

import asyncio
import os
import re
import sys
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from bot.channels.base import Channel
from bot.conversation.screen import Button, Link, Screen, in_words
from bot.conversation.update import Start, Typed, Update
from bot.dispatcher import Dispatcher
from bot.documents.parcel import UNPRINTABLE, MadeFile, Make, NotNow, Unwanted, why_not
from bot.i18n.catalogues import Catalogues, numbered
from db.store import Store

CHANNEL = "terminal"


def render(screen: Screen, language: str, words: Catalogues) -> str:
    """A screen as text. Ways on stand in brackets: typing what is in them does the same."""
    screen = in_words(screen)
    blocks = [_plain(words.line(note, language)) for note in screen.notes]
    if screen.way:
        blocks.append(words.line(screen.way.words, language))
    if screen.title:
        blocks.append(words.line(screen.title, language))
    blocks.append("\n".join(_plain(words.line(line, language)) for line in screen.lines))
    blocks.append(
        "\n".join(
            numbered(n, words.line(o.label, language)) for n, o in enumerate(screen.options, 1)
        )
    )
    blocks.append("  ".join(_way(button, words, language) for row in screen.rows for button in row))
    return "\n\n".join(block for block in blocks if block)


def _way(button: Button | Link, words: Catalogues, language: str) -> str:
    label = words.say(button.label, language)
    return f"{label}: {button.url}" if isinstance(button, Link) else f"[{label}]"


def _plain(line: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"\1", line)


class Terminal(Channel):
    """One person at a keyboard (`pasito chat`). `folder` takes the files."""

    name = CHANNEL
    label = "Terminal"
    admin = r"\w+"

    def __init__(
        self,
        dispatcher: Dispatcher,
        words: Catalogues,
        store: Store,
        make: Make,
        folder: Path,
        language: str = "",
        say: Callable[[str], None] = print,
    ) -> None:
        self._dispatcher = dispatcher
        self._words = words
        self._store = store
        self._make = make
        self._folder = folder
        self._language = language
        self._say = say

    async def turn(self, doing: Start | Typed) -> None:
        """What was typed, and the answer to it."""
        update = Update(CHANNEL, uuid.uuid4().hex, "here", doing, self._language)
        outcome = await self._dispatcher.handle(update)
        if outcome.toast:
            self._say(self._words.line(outcome.toast, outcome.language))
        if outcome.screen:
            self._say("\n" + render(outcome.screen, outcome.language, self._words) + "\n")
        self._dispatcher.answered(update)
        if outcome.orders or isinstance(doing, Start):  # news may lie here since the last visit
            await self._deliver()

    async def _deliver(self) -> None:
        for delivery in await self._store.outbox.of(CHANNEL, "here"):
            language = delivery.learner.language or delivery.order.language
            try:
                file = await self._make(delivery)
            except (*UNPRINTABLE, Unwanted, NotNow) as error:
                if not isinstance(error, NotNow):
                    await self._store.outbox.settle(delivery.order.id, "failed")
                if delivery.order.note is None:
                    self._say(self._words.line(why_not(delivery, error), language))
                continue
            await self._store.outbox.settle(delivery.order.id, "sent")
            if not isinstance(file, MadeFile):
                if isinstance(file, Screen):
                    self._say(render(file, language, self._words))
                continue
            path = self._folder / file.name
            await asyncio.to_thread(path.write_bytes, file.content)
            self._say(f"📎 {path}\n{file.text or self._words.line(file.caption, language)}")

    async def chat(self) -> None:
        """Until the end of input or Ctrl+C."""
        keyboard = _Keyboard(sys.stdin.fileno())
        await self.turn(Start())
        while line := await keyboard.line():
            text = _KEYS.sub("", line.rstrip("\n"))
            await self.turn(Start() if text.strip() == "/start" else Typed(text))


_KEYS = re.compile(r"\x1b(\[[\d;]*[A-Za-z~]|O?.?)")
"""What arrows and other keys without a letter send."""


class _Keyboard:
    """Lines as they are typed. They are read on a thread that the end of the program does not wait
    for: Ctrl+C ends it while nothing is typed."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._read = bytearray()

    async def line(self) -> str:
        """The next one with its end; an empty text at the end of input."""
        sys.stdout.write("> ")
        sys.stdout.flush()
        loop = asyncio.get_running_loop()
        line: asyncio.Future[str] = loop.create_future()

        def read() -> None:
            text = self._line()
            with suppress(RuntimeError):  # it ended meanwhile
                loop.call_soon_threadsafe(line.set_result, text)

        Thread(target=read, daemon=True).start()
        return await line

    def _line(self) -> str:
        """Past `sys.stdin`, whose lock no thread may hold when Python ends."""
        while b"\n" not in self._read and (more := os.read(self._file, 65_536)):
            self._read.extend(more)
        end = self._read.find(b"\n") + 1 or len(self._read)
        line = bytes(self._read[:end])
        del self._read[:end]
        return line.decode(errors="replace")
