"""A group with two counsellors, pure."""

from dataclasses import dataclass, field

from bot.conversation.action import Action, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Event, Told, evolve_all
from bot.conversation.message import screen as note_screen
from bot.conversation.screen import Screen
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Start, Tap, Typed, Update
from bot.flows.groups.colleague_actions import (
    InviteColleague,
)
from bot.flows.groups.membership import number_of
from bot.model.group import Group, shares_with
from bot.model.learner import Learner
from tests.support.desk import NOW
from tests.support.memory import People

LEA, BEN, MINA, SAMIR = 1, 2, 9, 10


@dataclass
class Office:
    world: World
    people: People = field(default_factory=People)
    who: dict[int, Learner] = field(default_factory=dict)
    now: int = NOW
    inputs: int = 0
    told: list[tuple[int, str]] = field(default_factory=list)
    """To whom which note went, with its words."""
    notes: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def does(self, id: int, doing: Tap | Typed | Start) -> Screen:
        self.now += 20
        self.inputs += 1
        moment = Moment(now=self.now, spare=Drawn("1234567890", "fresh"))
        learner = self.people.fresh(self.who.get(id, Learner(id, language="en")))
        update = Update("telegram", "1", str(id), doing)
        decision = self.people.knowing(
            lambda known: decide(update, Turn(learner, self.world, known)), moment
        )
        learner = evolve_all(learner, decision.events, self.now)
        self.who[id] = learner
        self.people.happen(learner, decision.events, self.now)
        self.events = list(decision.events)
        self.told = [
            (event.to, self._words(event))
            for event in decision.events
            if isinstance(event, Told) and isinstance(event.to, int) and not event.held
        ]
        self.notes = [self.world.say(note, "en") for note in decision.notes]
        return self.people.knowing(
            lambda known: show(Turn(self.people.fresh(learner), self.world, known)), moment
        )

    def _words(self, event: Told) -> str:
        screen = note_screen(event.note)
        return self.read(screen) if screen else ""

    def goes(self, id: int, place: Action) -> str:
        return self.read(self.does(id, Tap(encode(place))))

    def types(self, id: int, text: str) -> str:
        return self.read(self.does(id, Typed(text)))

    def taps(self, id: int, *labels: str) -> str:
        for label in labels:
            moment = Moment(now=self.now, spare=Drawn("1234567890", "fresh"))
            screen = self.people.knowing(
                lambda known: show(Turn(self.people.fresh(self.who[id]), self.world, known)), moment
            )
            button = next(b for b in screen.buttons if label in self.world.say(b.label, "en"))
            said = self.goes(id, button.action)
        return said

    def read(self, screen: Screen) -> str:
        lines = [
            *([screen.title] if screen.title else []),
            *screen.lines,
            *(b.label for b in screen.buttons),
        ]
        return "\n".join(self.world.say(line, "en") for line in lines)

    @property
    def group(self) -> Group:
        return self.people.groups[1]

    def seen(self, id: int, of: int) -> bool:
        counsellor = next(c for c in self.group.counsellors if c.learner == id)
        return shares_with(self.group, self.people.members[1][of], counsellor)

    def person(self, of: int) -> int:
        return number_of(self.world, 1, of)


def ben_comes(office: Office, organisation: str = "") -> None:
    office.goes(LEA, InviteColleague(1))
    office.does(BEN, Start("c-fresh"))
    if organisation:
        office.taps(BEN, "for another organisation")
        office.types(BEN, organisation)
    else:
        office.taps(BEN, "Yes, I work for AMSED")
    office.types(BEN, "Ben")
