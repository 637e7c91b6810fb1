"""A learner on the fake Telegram who knows every answer, and taps through a programme.

They read what a person reads: the question and the options on the screen, in their language. Which
way leads on, they know by the buttons' data.
"""

import asyncio
import re
from collections.abc import Awaitable, Iterator

from bot.flows.learning.kinds import asking_of
from bot.model.words import Words
from cards.model import Module
from cards.question import Question
from tests.fakes.telegram import User
from tests.fakes.telegram.chat import PATIENCE
from tests.fakes.telegram.messages import Button, Message
from tests.support.service import Service

SECONDS, DAY = 3, 86_400
"""From one tap to the next, and from one sitting to the next."""
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069*✓☐☑]")
_OPTION = re.compile(r"(\d+)\. (.+)")


def _plain(text: str) -> str:
    """As it is read: no direction marks, no ticks, no stars of bold."""
    return " ".join(_STEERING.sub("", text).split())


class Scholar:
    """Somebody who reads `language` and goes through all modules in the order they are given."""

    def __init__(self, service: Service, user: User, language: str) -> None:
        self.service, self.user, self.language = service, user, language
        self.world = service.dispatcher.world
        self.taps = 0

    @property
    def screen(self) -> Message:
        """The newest message that leads on: files come between."""
        return next(m for m in reversed(self.user.messages) if any(b.data for b in m.buttons))

    async def begins(self) -> None:
        await self.says("/start")
        await self.taps_on(f"L:{self.language}")

    async def taps_on(self, data: str) -> None:
        """The first button of the newest message whose data begins like this."""
        found = self.button(data)
        assert found, f"no way to {data}: {self.screen}"
        await self._tap(found)

    async def _tap(self, button: Button) -> None:
        self.service.clock.now += SECONDS
        self.taps += 1
        await self._sees(self.user.taps(button.label, self.screen))

    def button(self, *data: str) -> Button | None:
        buttons = self.screen.buttons
        return next((b for start in data for b in buttons if b.data.startswith(start)), None)

    async def learns(self, module: Module) -> None:
        """From the menu to the module's cover, then deck after deck to its end: on the next day
        where the time of one is over."""
        await self._opens(module)
        questions = [
            item for deck in module.decks for item in deck.items if isinstance(item, Question)
        ]
        while not self.button("cl"):
            if self.button("a:", "k:"):
                await self._answers(self._asked(questions))
            elif onward := self.button("x:", f"b:{module.id}:"):
                await self._tap(onward)
            else:
                self.service.clock.now += DAY
                await self._opens(module)

    async def _opens(self, module: Module) -> None:
        """From the menu to its cover."""
        await self.says("0")
        category = self.world.programme.category_of(module.id)
        assert category
        await self.taps_on(f"t:{category.id}")
        page = 0
        while not (cover := self.button(f"m:{module.id}")):
            page += 1
            await self.taps_on(f"tl:{category.id}:{page}")
        await self._tap(cover)

    async def claims(self, name: str = "") -> None:
        """All that is owed; the name is typed once, and kept."""
        await self.taps_on("cl")
        if name:
            await self.says(name)
            await self.taps_on("kn:1")

    async def says(self, text: str) -> None:
        await self._sees(self.user.says(text))

    async def _sees(self, done: Awaitable[object]) -> None:
        """What they did, and the answer to it."""
        chat = self.user.chat
        before = len(chat.shown)
        await done
        async with asyncio.timeout(PATIENCE):
            while len(chat.shown) == before or not chat.quiet:
                await asyncio.sleep(0.003)

    def _asked(self, questions: list[Question]) -> Question:
        read = self.read(self.screen)
        found = [q for q in questions if self.said(q.text) in read]
        assert found, f"nobody knows this question: {read}"
        return max(found, key=lambda question: len(self.said(question.text)))

    def read(self, message: Message) -> str:
        return _plain(message.text)

    def said(self, words: Words) -> str:
        return _plain(self.world.say(words, self.language))

    async def _answers(self, question: Question) -> None:
        for option in self._wanted(question):
            shown = {
                _plain(found[2]): found[1]
                for line in _plain_lines(self.screen)
                if (found := _OPTION.fullmatch(line))
            }
            number = shown[self.said(asking_of(question).option(question, option))]
            await self._tap(self._numbered(number))
        if done := self.button("ok:"):
            await self._tap(done)

    def _wanted(self, question: Question) -> Iterator[int]:
        """Options in the order of the taps; the last place of an order is given."""
        kind = question.kind.name
        right = range(len(question.options)) if kind == "match" else question.right
        yield from list(right)[:-1] if kind in ("match", "order") else right

    def _numbered(self, number: str) -> Button:
        answers = [b for b in self.screen.buttons if b.data.startswith(("a:", "k:"))]
        return next(b for b in answers if b.data.endswith(f":{int(number) - 1}"))


def _plain_lines(message: Message) -> Iterator[str]:
    yield from map(_plain, message.text.splitlines())
