"""What must never happen, whatever people do: any sequence of taps, texts, old buttons and media.

Never stranded (there is always a way on), never an answer lost or counted twice, never a channel's
limit broken, never an exception.
"""

from dataclasses import fields, replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from bot.channels.telegram.render import TEXT, render
from bot.conversation.action import BY_CODE, Home, decode, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision, Drawn, Moment, Turn, World
from bot.conversation.update import Doing, Edited, Media, Sent, Start, Tap, Typed, Update
from bot.flows.account.events import Erased
from bot.flows.learning.actions import Answer, Next
from bot.flows.learning.attempt import in_hand
from bot.flows.learning.events import Answered, DeckDone, current
from bot.model.connection import Connection
from bot.model.group import Group
from bot.model.learner import Learner, Membership
from bot.model.merge import merge
from bot.model.roles import Role
from cards.question import Question
from tests.support.memory import People
from tests.support.world import SMALL, every_font, taught, world_of

PROGRAMME, WORDS = taught(SMALL)
WORLD = replace(world_of(PROGRAMME, WORDS, every_font()), checked_name=str.strip)
LANGUAGES = WORDS.languages
_VALUE = st.one_of(
    st.sampled_from(["", "0", "1", "-1", "5", "6", "9" * 20, "en", "xx", "title", "computer"]),
    st.sampled_from(["9999-12-31", "0001-01-01", "2026-13-40", "2026-10-05", "2599", "1430", "٢"]),
    st.text(alphabet="abehklmnrstuwxy:*?0123456789-", max_size=12),
)


@st.composite
def forged(draw: st.DrawFn) -> str:
    """A button that never was, or was long ago: a code that is known, and any values."""
    code = draw(st.sampled_from(sorted(BY_CODE)))
    values = (draw(_VALUE) for _field in fields(BY_CODE[code]))
    return ":".join((code, *values))[:64]


class AnyLearner(RuleBasedStateMachine):
    """One learner and everything a person, a bug or an attacker can send."""

    old_buttons: Bundle = Bundle("old_buttons")  # type: ignore[type-arg]

    def __init__(self) -> None:
        super().__init__()
        self.learner = Learner(1)
        self.now = 1_790_000_000
        self.answers: list[Answered] = []
        self.people = People()
        group = Group(5, 9, "invite", "Tuesday", "AMSED", "Lea", "ar", ends=date(2027, 1, 1))
        mine = Group(6, 1, "my-own", "Friday", "AMSED", "Me", "en", limit=10)
        other = Membership("Friday", "AMSED", "Me", date(2026, 9, 1), 1)
        self.people.groups = {5: group, 6: mine}
        self.people.members = {6: {2: Learner(2, language="en", groups={6: other})}}
        self.people.links = {"staff": Role.COUNSELLOR}
        self.people.connects(
            self.learner,
            Connection("telegram-1", "telegram", date(2026, 9, 1)),
            Connection("web-1", "web", date(2026, 9, 14)),
            Connection("old-1", "telegram", None),
        )
        self.admin = False
        self.screen = self.look()

    def look(self) -> Screen:
        moment = Moment(now=self.now, admin=self.admin)
        return self.people.knowing(lambda known: show(Turn(self.learner, WORLD, known)), moment)

    def does(self, doing: Doing) -> Decision:
        self.now += 7
        before = self.learner
        moment = Moment(
            now=self.now,
            language="ar",
            spare=Drawn("1234567890", "spare"),
            admin=self.admin,
        )
        update = Update("test", "1", "1", doing)
        decision = self.people.knowing(
            lambda known: decide(update, Turn(before, WORLD, known)), moment
        )
        self.learner = evolve_all(self.learner, decision.events, self.now)
        self.people.happen(self.learner, decision.events, self.now)
        self.screen = decision.screen or self.look()
        self.answers += [event for event in decision.events if isinstance(event, Answered)]
        if any(isinstance(event, Erased) for event in decision.events):
            self.learner = Learner(1)
            self.answers = []
        else:
            again = {e.deck for e in decision.events if isinstance(e, DeckDone)}
            self.nothing_is_lost(before, again)
        return decision

    def nothing_is_lost(self, before: Learner, again: set[str]) -> None:
        """`again` are decks that were gone through just now: the answers of that sitting count."""
        for module, progress in before.modules.items():
            after = self.learner.modules[module]
            assert progress.done is None or after.done == progress.done
            assert after.seconds >= progress.seconds
            if after.done is None:
                for deck in progress.decks.keys() - again:
                    assert after.decks[deck] == progress.decks[deck]
        kept = {(c.kind, c.subject) for c in (*self.learner.owed, *self.learner.earned)}
        assert kept >= {(c.kind, c.subject) for c in (*before.owed, *before.earned)}

    @initialize()
    def starts(self) -> None:
        self.does(Start())

    @rule(target=old_buttons, choice=st.integers(0, 30))
    def taps(self, choice: int) -> str:
        buttons = self.screen.buttons
        if not buttons:
            self.does(Start())
            return encode(Home())
        data = encode(buttons[choice % len(buttons)].action)
        self.does(Tap(data))
        return data

    @rule(data=consumes(old_buttons))
    def taps_an_old_button(self, data: str) -> None:
        self.does(Tap(data))

    @rule(data=old_buttons)
    def taps_twice(self, data: str) -> None:
        self.does(Tap(data))
        answered = len(self.answers)
        self.does(Tap(data))
        action = decode(data)
        if isinstance(action, Answer):
            assert len(self.answers) == answered, "the second click counted"

    @rule(
        text=st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                ["1", "٢", "۳", "b", "0", "*", "?", "next", "3142", "1 2", "stop", "/menu"]
            ),
        )
    )
    def types(self, text: str) -> None:
        self.does(Typed(text))

    @rule(text=forged())
    def forges(self, text: str) -> None:
        self.does(Tap(text))

    @rule(media=st.sampled_from(list(Media)), file=st.sampled_from(["", "file-id"]))
    def sends(self, media: Media, file: str) -> None:
        self.does(Sent(media, file))

    @rule()
    def edits(self) -> None:
        self.does(Edited())

    @rule(yes=st.booleans())
    def is_named_in_the_settings(self, yes: bool) -> None:
        self.admin = yes

    @rule(
        payload=st.sampled_from(
            [
                "",
                "g-invite",
                "g-my-own",
                "g-none",
                "s-staff",
                "s-none",
                "m-computer",
                "m-nothing",
                "link-1234567890",
                "link-x",
                "%%%",
            ]
        )
    )
    def opens_a_link(self, payload: str) -> None:
        self.does(Start(payload))

    @rule()
    def goes_through_the_deck(self) -> None:
        """Somebody learns: so that the machine also sees the end of modules."""
        for _ in range(60):
            held = in_hand(self.learner, PROGRAMME)
            if held is None:
                return
            attempt, item = held
            if isinstance(item, Question) and attempt.feedback is None:
                self.does(Tap(encode(Answer(attempt.id, attempt.step, item.right))))
            else:
                self.does(Tap(encode(Next(attempt.id, attempt.step))))
        raise AssertionError("a deck without an end")

    @invariant()
    def there_is_a_way_on(self) -> None:
        screen = self.look()
        assert screen.buttons, self.learner.place
        assert screen.title or screen.lines

    @invariant()
    def telegram_takes_every_screen(self) -> None:
        for language in LANGUAGES:
            message = render(self.look(), language, WORDS)
            assert 0 < len(message.text) <= TEXT
            assert message.keyboard
            for row in message.keyboard:
                numbers = all(len(button["text"]) <= 3 for button in row)
                assert 0 < len(row) <= (8 if numbers else 3), row
                for button in row:
                    assert button["text"].strip()
                    if copied := button.get("copy_text"):
                        assert 1 <= len(copied["text"]) <= 256
                    elif link := button.get("url"):
                        assert link.startswith(("https://", "http://"))
                    else:
                        assert 1 <= len(button["callback_data"].encode()) <= 64

    @invariant()
    def an_attempt_counts_an_answer_once(self) -> None:
        attempt = current(self.learner)
        if attempt:
            assert attempt.queue
            assert len(attempt.queue) <= 40


TestAnyLearner = AnyLearner.TestCase
TestAnyLearner.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def _learned(world: World, taps: list[int]) -> Learner:
    machine = AnyLearner()
    machine.starts()
    for tap in taps:
        machine.taps(tap)
        if tap % 5 == 0:
            machine.goes_through_the_deck()
    return machine.learner


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.integers(0, 9), max_size=30))
def test_joining_two_loses_nothing(mine: list[int], other: list[int]) -> None:
    one, two = _learned(WORLD, mine), _learned(WORLD, other)
    joined = merge(one, two)
    for learner in (one, two):
        for module, progress in learner.modules.items():
            both = joined.modules[module]
            assert both.seconds >= progress.seconds
            assert (both.done is not None) >= (progress.done is not None)
            if both.done is None:
                assert both.decks.keys() >= progress.decks.keys()
        assert joined.attempts.keys() >= learner.attempts.keys() - joined.modules.keys()
        kept = {(c.kind, c.subject) for c in (*joined.owed, *joined.earned)}
        assert kept >= {(c.kind, c.subject) for c in (*learner.owed, *learner.earned)}
    assert len({attempt.id for attempt in joined.attempts.values()}) == len(joined.attempts)
