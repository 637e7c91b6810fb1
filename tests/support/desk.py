"""A counsellor at her desk, pure: no messenger, no database."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Event, evolve_all
from bot.conversation.screen import Screen
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.model.group import Group
from bot.model.learner import Learner, Membership, ModuleProgress
from bot.model.roles import Role
from tests.support.memory import People

NOW = 1_790_000_000


TODAY = date(2026, 9, 21)


DAY = 86400


LEA = Learner(1, language="en", role=Role.COUNSELLOR, staff_name="Lea")


@dataclass
class Desk:
    """Lea at her chat; `inputs` counts what she typed and tapped."""

    world: World
    people: People = field(default_factory=People)
    lea: Learner = LEA
    now: int = NOW
    inputs: int = 0
    events: list[Event] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def group(self, id: int, title: str, members: list[Learner]) -> Group:
        group = Group(id, 1, f"token{id}", title, "AMSED", "Lea", "en")
        self.people.groups[id] = group
        self.people.members[id] = {m.id: m for m in members}
        return group

    def does(self, doing: Tap | Typed) -> Screen:
        self.now += 20
        self.inputs += 1
        moment = Moment(now=self.now, spare=Drawn("1234567890", "fresh"))
        decision = self.people.knowing(
            lambda known: decide(
                Update("telegram", "1", "1", doing), Turn(self.lea, self.world, known)
            ),
            moment,
        )
        self.lea = evolve_all(self.lea, decision.events, self.now)
        self.people.happen(self.lea, decision.events, self.now)
        self.events, self.notes = (
            list(decision.events),
            [self.world.say(note, "en") for note in decision.notes],
        )
        return self.people.knowing(lambda known: show(Turn(self.lea, self.world, known)), moment)

    def types(self, text: str) -> Screen:
        return self.does(Typed(text))

    def taps(self, label: str, screen: Screen) -> Screen:
        button = next(b for b in screen.buttons if label in self.world.say(b.label, "en"))
        return self.does(Tap(encode(button.action)))

    def read(self, screen: Screen) -> str:
        lines = [
            *([screen.title] if screen.title else []),
            *screen.lines,
            *(b.label for b in screen.buttons),
        ]
        return "\n".join(self.world.say(line, "en") for line in lines)


def member(
    id: int,
    group: Group | int,
    quiet: int = 0,
    nickname: str = "",
    begun: bool = True,
    **more: object,
) -> Learner:
    number = group if isinstance(group, int) else group.id
    mine = Membership("x", "AMSED", "Lea", TODAY - timedelta(days=30), id % 100, nickname, **more)  # type: ignore[arg-type]
    modules = {"computer": ModuleProgress(TODAY, TODAY)} if begun else {}
    return Learner(
        id, language="ar", groups={number: mine}, modules=modules, last_at=NOW - quiet * DAY
    )
