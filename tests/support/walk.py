"""All screens that flows lead to, walked through by tapping what is on them."""

from collections import Counter
from dataclasses import replace
from datetime import date

from bot.conversation.action import Action, Home, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.screen import Screen
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Tap, Update
from bot.model.broadcast import Draft
from bot.model.certificate import Certificate, Earned
from bot.model.connection import Connection
from bot.model.group import Group
from bot.model.learner import Learner, Membership, ModuleProgress, Workshop
from bot.model.pairs import AboutMe
from bot.model.roles import Role
from bot.model.words import Words
from tests.support.memory import People

EACH = 4
"""How often a kind of button is tapped, from other places."""
TODAY = date(2026, 9, 14)


def people_around(learner: Learner) -> People:
    people = People()
    people.groups = {
        id: Group(id, 9, f"invite{id}", f"Group {id}", "AMSED", "Lea", "ar") for id in (5, 6, 7)
    }
    people.groups[8] = Group(8, learner.id, "mine", "Fridays", "AMSED", "Me", "en", limit=10)
    member = Membership("Fridays", "AMSED", "Me", TODAY, 1)
    people.members = {8: {n: Learner(n, language="en", groups={8: member}) for n in range(20, 40)}}
    people.connects(learner, Connection("telegram-1", "telegram", TODAY))
    return people


def somebody(role: Role, world: World, done: int) -> Learner:
    modules = dict.fromkeys(
        list(world.programme.modules)[:done],
        ModuleProgress(TODAY, TODAY, 600, done=TODAY, mark=90, rule=70),
    )
    owed = tuple(Certificate(Earned.MODULE, id, TODAY) for id in modules)
    workshops = {5: Workshop("computer"), 6: Workshop("computer", agreed=True)}
    groups = {
        id: Membership(f"Group {id}", "AMSED", "Lea", TODAY, 1, workshop=workshops.get(id))
        for id in (5, 6, 7)
        if done
    }
    texts = {language: f"{language} " * 200 for language in world.languages}
    return replace(
        Learner(1, language="en", role=role),
        modules=modules,
        owed=owed,
        groups=groups,
        about_me=AboutMe(pairs=(1,) if done else ()),
        broadcast=Draft(texts) if role is Role.ADMIN and done else None,
    )


class Walk:
    """Goes to whatever is on a screen, until each kind of button was tapped a few times."""

    def __init__(self, learner: Learner, world: World, costly: bool = False) -> None:
        """`costly`: each message costs money, so that several cards come in one."""
        self.world, self.people, self.costly = world, people_around(learner), costly
        self.seen: dict[str, Screen] = {}
        self.toasts: dict[str, Words] = {}
        self._tapped: Counter[type[Action]] = Counter()
        self._waiting: list[tuple[Learner, Action]] = [(learner, Home())]
        while self._waiting:
            self._step(*self._waiting.pop(0))

    def _step(self, learner: Learner, action: Action) -> None:
        moment = Moment(
            now=1_790_000_000,
            costly=self.costly,
            spare=Drawn("1234567890", "spare"),
        )
        update = Update("telegram", "1", "1", Tap(encode(action)))
        decision = self.people.knowing(
            lambda known: decide(update, Turn(learner, self.world, known)), moment
        )
        after = evolve_all(learner, decision.events, moment.now)
        screen = decision.screen or self.people.knowing(
            lambda known: show(Turn(after, self.world, known)), moment
        )
        where = f"{encode(action)} of {after.place}"
        self.seen[where] = replace(screen, notes=(*decision.notes, *screen.notes))
        if decision.toast:
            self.toasts[where] = decision.toast
        for button in screen.buttons:
            kind = type(button.action)
            if self._tapped[kind] < EACH:
                self._tapped[kind] += 1
                self._waiting.append((after, button.action))

    @property
    def kinds(self) -> set[type[Action]]:
        return {kind for kind, count in self._tapped.items() if count}
