"""A person and the pure core, for chats that are written down."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bot.channels.terminal.channel import render
from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Event, Ordered, Told, evolve_all
from bot.conversation.message import screen as note_screen
from bot.conversation.screen import Screen
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Doing, Edited, Media, Sent, Start, Tap, Typed, Update
from bot.i18n.catalogues import Catalogues
from bot.model.about import Operator
from bot.model.certificate import Earned
from bot.model.connection import Connection
from bot.model.learner import Learner, ModuleProgress, day_of
from bot.model.order import OrderKind
from cards.recording import Recording
from tests.support.memory import People

SECONDS_A_TURN = 20


def _called(kind: OrderKind) -> str:
    """How the chats call what was ordered."""
    if kind in set(Earned):
        return "CertificateOrdered"
    also = {
        OrderKind.AUDIO: "Audio",
        OrderKind.RECORDING: "Recording",
        OrderKind.ANNEX: "Annex",
        OrderKind.DATA: "Data",
        OrderKind.NOTE: "Preview",
    }
    return f"{also.get(kind, 'Paper')}Ordered"


@dataclass
class Chat:
    """One person and the pure core: no messenger, no database, no clock."""

    world: World
    words: Catalogues
    language: str = "en"
    now: int = 1_790_000_000
    learner: Learner = field(default_factory=lambda: Learner(1))
    screens: list[Screen] = field(default_factory=list)
    people: People = field(default_factory=People)
    admin: bool = False
    first_admin: int = 0
    left: dict[int, Learner] = field(default_factory=dict)
    channel: str = "telegram"
    costly: bool = False
    letters: dict[int, list[Screen]] = field(default_factory=dict)
    """What others wrote to whom, in the order in which it came."""

    def does(self, doing: Doing) -> str:
        self.now += SECONDS_A_TURN
        if self.learner.id not in self.people.connections:
            self._connected(self.learner, "telegram", day_of(self.now))
        moment = Moment(
            now=self.now,
            channel=self.channel,
            costly=self.costly,
            language=self.language,
            spare=Drawn("1234567890", "invitation"),
            admin=self.admin,
            here=f"telegram-{self.learner.id}-1",
        )
        update = Update(self.channel, "1", "1", doing, self.language)
        decision = self.people.knowing(
            lambda known: decide(update, Turn(self.learner, self.world, known)), moment
        )
        self.learner = evolve_all(self.learner, decision.events, self.now)
        self.people.happen(self.learner, decision.events, self.now)
        self._post(decision.events)
        screen = decision.screen or self.people.knowing(
            lambda known: show(Turn(self.learner, self.world, known)), moment
        )
        screen = replace(screen, notes=(*decision.notes, *screen.notes))
        self.screens.append(screen)
        language = self.learner.language or self.world.proposed(self.language)
        toast = [f"({self.words.line(decision.toast, language)})"] if decision.toast else []
        files = [
            " ".join(filter(None, ("📎", _called(e.kind), e.subject, e.language)))
            for e in decision.events
            if isinstance(e, Ordered)
        ]
        return "\n\n".join([*toast, self.drawn(screen, language), *files])

    def drawn(self, screen: Screen, language: str) -> str:
        return render(screen, language, self.words)

    def button(self, label: str, screens: list[Screen]) -> Tap:
        language = self.learner.language or self.world.proposed(self.language)
        for screen in reversed(screens):
            for button in screen.buttons:
                if label in self.words.say(button.label, language):
                    return Tap(encode(button.action))
        raise AssertionError(f"no button {label!r}")

    def turn(self, line: str) -> str:
        if found := re.fullmatch(r"\[(.+)\]", line):
            return self.does(self.button(found[1], self.screens[-1:]))
        if found := re.fullmatch(r"old \[(.+)\]", line):
            return self.does(self.button(found[1], self.screens[:-1]))
        match line.split(" ", 1):
            case ["/start", *payload]:
                return self.does(Start(*payload))
            case ["(reads)"]:
                return self._reads()
            case ["(voice)"]:
                return self.does(Sent(Media.VOICE))
            case ["(voice", seconds]:
                seconds = int(seconds.removesuffix(")"))
                return self.does(Sent(Media.VOICE, f"voice-{self.now}", seconds, seconds * 2500))
            case ["(picture)"]:
                return self.does(Sent(Media.PICTURE, "picture"))
            case ["(sticker)"]:
                return self.does(Sent(Media.STICKER))
            case ["(edits)"]:
                return self.does(Edited())
            case _:
                return self.does(Typed(line))

    def _post(self, events: Sequence[Event]) -> None:
        for event in events:
            if not isinstance(event, Told) or not isinstance(event.to, int):
                continue
            if said := note_screen(event.note):
                self.letters.setdefault(event.to, []).append(said)

    def _reads(self) -> str:
        """The next message that others wrote to them."""
        screen = self.letters[self.learner.id].pop(0)
        self.screens.append(screen)
        return self.drawn(screen, self.learner.language or self.language)

    def replay(self, path: Path) -> None:
        """Goes through a chat that is written down, and holds it to every word. With
        PASITO_REWRITE it is written down anew."""
        written = path.read_text(encoding="utf-8")
        out = [re.split(r"\n[>~] ", written)[0].strip()]
        for line in written.splitlines():
            if line.startswith("~ "):
                self.scene(line[2:])
                out.append(line)
            elif line.startswith("> "):
                out.append(f"{line}\n\n{indented(self.turn(line[2:]))}")
        now = "\n\n".join(out) + "\n"
        if os.environ.get("PASITO_REWRITE"):
            path.write_text(now, encoding="utf-8")
        assert now == written

    def scene(self, line: str) -> None:
        match line.split():
            case ["language", language]:
                self.language = language
            case ["country", language]:
                self.world = replace(self.world, country=language)
            case ["group", address]:
                self.world = replace(self.world, operator=Operator(group=address))
            case ["done", module]:
                today = day_of(self.now)
                done = ModuleProgress(today, today, 60, done=today, mark=90, rule=70)
                modules = {**self.learner.modules, module: done}
                self.learner = replace(self.learner, modules=modules)
            case ["recorded", key, kilobytes]:
                sound = Recording(Path(f"{key}.ogg"), int(kilobytes) * 1000, 9, False, key)
                programme = self.world.programme
                audio = {**programme.audio, key: sound}
                self.world = replace(self.world, programme=replace(programme, audio=audio))
            case ["voices", "arrive"]:
                self.people.recorded.arrives()
            case ["on", channel]:
                self.channel = channel
            case ["admin"]:
                self.admin, self.first_admin = True, self.learner.id
            case ["another", "person"]:
                self._change(max(self.left | {self.learner.id: self.learner}) + 1)
            case ["person", number]:
                self._change(int(number))
            case [days, "days", "later"]:
                self.now += int(days) * 86400
            case [minutes, "minute" | "minutes", "later"]:
                self.now += int(minutes) * 60
            case ["connected", channel, "long", "ago"]:
                self._connected(self.learner, channel, None)
            case ["connected", channel, day]:
                self._connected(self.learner, channel, date.fromisoformat(day))
            case ["sent", sent, "failed", failed]:
                self.people.sends(max(self.people.broadcasts), int(sent), int(failed))
            case [number, *muted, "learner" | "learners"]:
                for _ in range(int(number)):
                    new = Learner(100 + len(self.people.learners), "en", muted=bool(muted))
                    self._connected(new, "telegram", day_of(self.now))
            case _:
                raise AssertionError(f"unknown scene: {line}")

    def _connected(self, learner: Learner, channel: str, since: date | None) -> None:
        known = self.people.connections.get(learner.id, [])
        place = 1 + sum(one.channel == channel for one in known)
        connection = Connection(f"{channel}-{learner.id}-{place}", channel, since)
        self.people.connects(learner, connection)

    def _change(self, number: int) -> None:
        """Somebody else has the word: a new person, or one who spoke before."""
        self.left[self.learner.id] = self.learner
        self.learner = self.people.fresh(self.left.get(number, Learner(number)))
        self.admin, self.screens = number == self.first_admin, []


def indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
