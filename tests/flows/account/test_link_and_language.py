"""Whoever opens a link in a language that they cannot read changes it, and reads the same again."""

from dataclasses import replace
from enum import EnumType
from itertools import product
from typing import get_type_hints

import pytest

from bot.conversation.action import REGISTERED, Home, Place, decode, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Went, evolve, evolve_all
from bot.conversation.registry import OPENERS
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Doing, Start, Tap, Typed, Update
from bot.flows.account.actions import Languages, MoreLanguages, SpeakLanguage
from bot.model.learner import Learner
from bot.model.roles import Role
from tests.support.office import MINA, Office
from tests.support.pair_talk import office, proposed
from tests.support.typed import decision_on

LINKS = {
    "": "",
    "g": "token",
    "p": "fresh",
    "s": "of-staff",
    "c": "of-group",
    "e": "employer",
    "m": "cell-phone",
    "link": "0123456789",
}
"""What stands behind each kind of start link: a new kind is tried when it stands here, too."""
NEW = 77


class Visitor:
    """Somebody new, who opens a link of `Office`."""

    def __init__(self, there: Office) -> None:
        self.people, self.world = there.people, there.world
        self.moment = Moment(now=there.now, language="en", found=there.who[MINA])
        self.learner = Learner(NEW)

    def does(self, doing: Doing) -> str:
        update = Update("telegram", "1", "1", doing, "en")
        done = self.people.knowing(
            lambda known: decide(update, Turn(self.learner, self.world, known)), self.moment
        )
        self.learner = evolve_all(self.learner, done.events, self.moment.now)
        return self.read(self.screen)

    @property
    def screen(self) -> Screen:
        return self.people.knowing(
            lambda known: show(Turn(self.learner, self.world, known)), self.moment
        )

    def read(self, screen: Screen) -> str:
        language = self.learner.language or "en"
        words = (screen.title, *screen.lines, *(b.label for b in screen.buttons))
        return "\n".join(self.world.say(line, language) for line in words if line)

    def taps(self, action: object) -> str:
        """A button that really stands there."""
        button = next(b for b in self.screen.buttons if b.action == action)
        return self.does(Tap(encode(button.action)))


@pytest.fixture(scope="module")
def there(twelve_world: World) -> Office:
    there = office(twelve_world)
    proposed(there)
    there.people.links |= {"of-staff": Role.COUNSELLOR, "of-group": Role.COUNSELLOR}
    there.people.of_group["of-group"] = 1
    return there


def test_each_kind_of_link_is_tried() -> None:
    assert LINKS.keys() == OPENERS.keys()


@pytest.mark.parametrize("kind", sorted(LINKS.keys() - {""}))
def test_a_link_stands_there_again_in_the_language_that_was_chosen(
    kind: str, there: Office
) -> None:
    for typed in (False, True):
        visitor = Visitor(there)
        english = visitor.does(Start(f"{kind}-{LINKS[kind]}"))
        opened = visitor.learner.place
        assert opened != "h" or kind == "e"
        assert visitor.learner.language == "en"
        if typed:
            arabic = visitor.does(Typed("العربية"))
        else:
            visitor.taps(Languages())
            visitor.does(Tap(encode(MoreLanguages(1))))
            arabic = visitor.does(Tap(encode(SpeakLanguage("ar"))))
        assert (visitor.learner.language, visitor.learner.place) == ("ar", opened)
        assert arabic != english
        visitor.taps(Languages())
        assert visitor.does(Typed("English")) == english
        visitor.does(Typed("/language"))
        assert visitor.does(Typed("*")) == english, "looked at, and not changed"


@pytest.mark.parametrize(
    ("wrote", "device", "reads"),
    [("fr", "en", "fr"), ("", "uk", "uk"), ("", "", "de"), ("zh", "", "en")],
)
def test_a_link_speaks_what_is_known_then_the_language_of_the_country(
    wrote: str, device: str, reads: str, there: Office
) -> None:
    visitor = Visitor(there)
    visitor.world = replace(visitor.world, country="de")
    visitor.moment = replace(visitor.moment, language=device, wrote=wrote)
    visitor.does(Typed("…"))
    visitor.moment = replace(visitor.moment, wrote="")
    visitor.does(Start("g-token"))
    assert (visitor.learner.language, visitor.learner.greeted) == (reads, "")


def test_whoever_is_on_the_first_screen_begins(there: Office) -> None:
    visitor = Visitor(there)
    visitor.does(Start())
    visitor.does(Tap(encode(MoreLanguages(1))))
    visitor.does(Tap(encode(SpeakLanguage("so"))))
    assert (visitor.learner.language, visitor.learner.place) == ("so", "h")


PLACES = [c for c in REGISTERED.values() if issubclass(c, Place) and not c.aside]


def _somewhere(cls: type[Place]) -> Place:
    """A place of this kind, with any values."""
    for values in product(("1", "a", *_choices(cls)), repeat=len(cls.carried)):
        if isinstance(place := decode(":".join((cls.code, *values))), cls):
            return place
    raise ValueError(cls)


def _choices(cls: type[Place]) -> tuple[str, ...]:
    kinds = get_type_hints(cls).values()
    return tuple(str(x) for kind in kinds if isinstance(kind, EnumType) for x in list(kind)[:1])


def test_the_language_is_chosen_on_the_way_from_anywhere(twelve_world: World) -> None:
    """What was typed and is not sent yet is there again, too; a later choice leads to where one is
    then."""
    for place in map(_somewhere, PLACES):
        learner = Learner(1, "en", place=encode(place), role=Role.ADMIN, drafted="To all")
        learner = evolve(learner, Went(Languages()), 1)
        learner = evolve(learner, Went(MoreLanguages(1)), 1)
        drafted = learner.drafted
        decision = decision_on(learner, "français", twelve_world)
        learner = evolve_all(learner, decision.events, 1)
        assert (learner.language, learner.place) == ("fr", encode(place))
        assert (drafted, learner.drafted) == ("To all", "To all" if place.draft else "")
        assert evolve(evolve(learner, Went(Languages()), 1), Went(Home()), 1).left == ""
