"""Short everyday answers, in every language offered, and what is not understood while a question of
ours stands."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.action import REGISTERED, Action, Home, Place, encode
from bot.conversation.decide import NOTHING_ASKS, TAP_OR_TYPE, decide, show
from bot.conversation.event import evolve_all
from bot.conversation.everyday import LEFT_OUT, NO, OF_DECKS, PARTLY, SHORT, YES
from bot.conversation.lexicon import lexicon
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Moment, NotUsable, Turn, World
from bot.conversation.typed_greeting import GREETINGS
from bot.conversation.typed_length import months_in
from bot.conversation.typed_text import option
from bot.conversation.update import Typed, Update
from bot.flows.account.actions import Delete
from bot.flows.entry.actions import EntryPage
from bot.flows.learning.actions import (
    LevelCheck,
    PlacementPage,
    SelfTestPage,
    TimedTest,
)
from bot.flows.library.actions import Library
from bot.flows.opinions.actions import OpinionPage
from bot.flows.pairs.actions import (
    AskedPair,
    MentorInvited,
    MentorRules,
    MentorWork,
    MyWork,
    OfferedPair,
    ReportPair,
)
from bot.flows.papers.actions import PaperAsk
from bot.flows.papers.everyday_words import LEVEL, RECOGNISED, SCHOOL
from bot.flows.papers.letter import LetterStep
from bot.flows.papers.question import SCRIPTS
from bot.flows.papers.steps import Step
from bot.flows.reading.actions import ReadingPage
from bot.flows.sure.actions import SurePage
from bot.model.group import Group
from bot.model.learner import Learner, Membership, ModuleProgress
from bot.model.pairs import Pair, PairState
from bot.model.papers import Cv, Letter, PaperKind, Tongue
from bot.model.words import Msg, Words
from cards.folding import folded
from cards.model import Level
from tests.support.memory import People
from tests.support.typed import decision_on

NOW = 1_800_000_000
DONE = ModuleProgress(date(2026, 9, 1), date(2026, 9, 2), 60, done=date(2026, 9, 2), mark=90)
NOT_THAT = "where is my grandmother’s blue umbrella"


def _at(place: Place, language: str = "en") -> Learner:
    papers = (str(PaperKind.CV),)
    return Learner(1, language=language, place=encode(place), main=encode(Home()), papers=papers)


def _turn(place: Place, world: World, language: str = "en") -> Turn:
    return Turn(_at(place, language), world, Moment(1_800_000_000))


PAIRS = {
    OfferedPair: PairState.OFFERED,
    AskedPair: PairState.ASKED,
    MyWork: PairState.ASKED,
    ReportPair: PairState.PAIRED,
    MentorInvited: PairState.INVITED,
}
"""In which state a pair is while somebody is asked there."""


def _asking(world: World) -> dict[type[Place], Place]:
    """One of each place that asks."""
    module = next(m for m in world.programme.modules.values() if m.selftests)
    first = next(iter(world.programme.modules))
    pairs = (OfferedPair(1), AskedPair(1), MyWork(1), ReportPair(1), MentorInvited("token"))
    places: tuple[Place, ...] = (
        EntryPage(),
        SelfTestPage(module.id, 0),
        TimedTest(module.id, 0),
        PlacementPage(first),
        LevelCheck(next(iter(Level))),
        SurePage(first),
        ReadingPage(),
        OpinionPage(first),
        PaperAsk(PaperKind.CV, Step.SCHOOL),
        MentorWork(),
        *pairs,
    )
    return {type(place): place for place in places}


def _people(place: Place) -> People:
    people = People()
    people.groups = {5: Group(5, 9, "invite", "Tuesday", "AMSED", "Lea", "en")}
    mine = Membership("Tuesday", "AMSED", "Lea", date(2026, 9, 1), 1)
    people.members = {5: {id: Learner(id, language="en", groups={5: mine}) for id in (1, 2)}}
    if state := PAIRS.get(type(place)):
        invited = state is PairState.INVITED
        learner, mentor = (2, 0) if invited else (2, 1) if type(place) is OfferedPair else (1, 2)
        people.pairs.kept = {1: Pair(1, learner, mentor, 5, state, NOW - 5, NOW + 9_000_000)}
        people.pairs.tokens = {"token": 1}
    people.drafts.kept = {(1, PaperKind.CV): Cv(language="en", changed=NOW)}
    return people


@pytest.mark.parametrize(
    "cls",
    [c for c in REGISTERED.values() if issubclass(c, Place) and c.asks],
    ids=lambda cls: cls.__name__,
)
def test_nothing_is_looked_for_while_a_question_of_ours_stands(
    cls: type[Place], shipped_world: World
) -> None:
    world, place = replace(shipped_world, country="de"), _asking(shipped_world)[cls]
    learner = replace(
        _at(place),
        modules=dict.fromkeys(shipped_world.programme.modules, DONE) if cls is OpinionPage else {},
    )
    people, moment = _people(place), Moment(now=NOW, channel="telegram")
    screen = people.knowing(lambda known: show(Turn(learner, world, known)), moment)
    assert screen.asks and (screen.options or screen.typing), "the question stands there"
    for text in (NOT_THAT, "residence permit", "computer lessons"):
        update = Update("telegram", "1", "1", Typed(text), "en")
        done = people.knowing(
            lambda known, update=update: decide(update, Turn(learner, world, known)), moment
        )
        assert done.notes == (TAP_OR_TYPE,) and done.screen is None and not done.events, text


def test_each_place_whose_options_are_answers_says_so() -> None:
    """Where an answer leads to the same place, with one answer more."""
    answering = {
        cls
        for cls in REGISTERED.values()
        if issubclass(cls, Place) and "answers" in cls.__annotations__
    }
    assert answering >= {EntryPage, ReadingPage, SelfTestPage, LevelCheck}
    assert not {cls.__name__ for cls in answering if not cls.asks}


def _options(place: Place, text: str, world: World, language: str) -> Action | None:
    turn = _turn(place, world, language)
    words = lexicon(world.say, world.languages)
    return option(text, show(turn), words, language, world.say)


def test_no_everyday_word_means_two_things_in_a_language(shipped_world: World) -> None:
    say = shipped_world.say
    for language in shipped_world.languages:
        for lists in (
            (YES, NO, PARTLY, *LEFT_OUT),
            tuple(SCHOOL.values()),
            (*LEVEL.values(), *LEFT_OUT),
        ):
            seen: dict[str, Words] = {}
            for words in lists:
                for word in say(words, language).split("|"):
                    assert seen.setdefault(folded(word), words) == words, (language, word)


def test_a_yes_that_nothing_waits_for_is_not_looked_for(twelve_world: World) -> None:
    """Nor is a no, nor what lies between; where a question stands that it does not answer, that one
    is asked again."""
    say, languages = twelve_world.say, twelve_world.languages
    hello = {folded(word) for each in languages for word in say(GREETINGS, each).split("|")}
    for language in languages:
        for word in [w for words in SHORT for w in say(words, language).split("|")]:
            done = decision_on(_at(Home()), f"{word}.", twelve_world)
            assert done.notes == (NOTHING_ASKS,) or folded(word) in hello, (language, word)
            assert done.screen is None and not done.events, (language, word)
    assert decision_on(_at(Library()), "yes", twelve_world).notes == (NOTHING_ASKS,)
    assert decision_on(_at(Delete()), "okay", twelve_world).notes == (TAP_OR_TYPE,)


def test_a_plain_yes_is_the_button_that_says_yes_in_every_language(twelve_world: World) -> None:
    """In that of the reader and in every other one; where two say yes, it is neither."""
    say, languages = twelve_world.say, twelve_world.languages
    words = lexicon(say, languages)
    labels = ["Yes, I join", "Yes, delete everything", "✅ Yes, for learners", "Yes, I will"]
    for source in labels:
        buttons = Button(Msg("No, thank you"), Home()), Button(Msg(source), Delete())
        for language in languages:
            for typed, answer in ((YES, Delete()), (NO, Home())):
                for said in {say(typed, each).split("|")[0] for each in languages}:
                    got = option(said, Screen(options=buttons), words, language, say)
                    assert got == answer, (source, language, said)
    two = Screen(options=(Button(Msg("Yes, I join"), Home()), Button(Msg("Yes, I will"), Delete())))
    assert option("oui", two, words, "en", say) is None


def test_every_word_is_understood_at_the_entry_check(shipped_world: World) -> None:
    questions = shipped_world.programme.entry.questions
    for language in shipped_world.languages:
        for at, asked in enumerate(questions):
            place = EntryPage((0,) * at)
            for number, choice in enumerate(asked.choices, 1):
                for name in choice.also:
                    if sum(name in other.also for other in asked.choices) > 1:
                        continue
                    for word in shipped_world.say(OF_DECKS[name], language).split("|"):
                        to = _options(place, word, shipped_world, language)
                        assert to == EntryPage((*place.answers, number)), (language, word, at)
            for words in LEFT_OUT:
                for word in shipped_world.say(words, language).split("|"):
                    to = _options(place, word, shipped_world, language)
                    assert isinstance(to, EntryPage), (language, word)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6 mois", (6,)),
        ("٥ سنوات", (60,)),
        ("۳ سال", (36,)),
        ("5 years", (60,)),
        ("3 Jahre", (36,)),
        ("2 ay", (2,)),
        ("سنتين", (24,)),
        ("about year", (12,)),
        ("year", (12,)),
        ("2-3 years", (24, 36)),
        ("depuis 6 mois", (6,)),
        ("1.5 years", (18,)),
        ("3 weeks", (0,)),
        ("two years", (24,)),
        ("5", ()),
        ("5 children", ()),
        ("1 2 3 years", ()),
        ("9" * 400 + " years", ()),
        ("10000 years", ()),
    ],
)
def test_lengths_of_time(text: str, months: tuple[int, ...], shipped_world: World) -> None:
    words = lexicon(shipped_world.say, shipped_world.languages)
    assert months_in(text, words) == months


@pytest.mark.parametrize(
    ("text", "number"), [("6 mois", 1), ("٥ سنوات", 3), ("2 ay", 1), ("3 Jahre", 2)]
)
def test_a_length_is_the_answer_that_holds_it(text: str, number: int, shipped_world: World) -> None:
    assert _options(EntryPage(), text, shipped_world, "fr") == EntryPage((number,))


def test_every_counted_question_of_a_cv_can_be_left_out_by_a_word(shipped_world: World) -> None:
    """Whatever its button says there."""
    script, cv = SCRIPTS[PaperKind.CV], Cv(language="en")
    turn = _turn(Home(), shipped_world)
    for step in set(Step) - {Step.LAYOUT, Step.LEVEL, Step.FORM, Step.JOB_FORM}:
        form = script.forms[step](cv, 0, turn)
        assert form.many or form.blank is not None, step
    assert script.forms[Step.LAYOUT](cv, 0, turn).blank is None


@pytest.mark.parametrize("step", [Step.COUNTRY, Step.TRADE])
@pytest.mark.parametrize("text", ["12", "٧", "+1", "?!"])
def test_a_number_alone_is_no_name_on_a_paper(step: Step, text: str, shipped_world: World) -> None:
    cv = Cv(language="en")
    read = SCRIPTS[PaperKind.CV].forms[step](cv, 0, _turn(Home(), shipped_world)).read
    assert read
    with pytest.raises(NotUsable):
        read(text)
    for letter_step in (LetterStep.COMPANY, LetterStep.CONTACT):
        letter = Letter(language="en")
        form = SCRIPTS[PaperKind.LETTER].forms[letter_step](letter, 0, _turn(Home(), shipped_world))
        assert form.read
        with pytest.raises(NotUsable):
            form.read(text)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("1 2 3 4 5 6 7", 7),
        ("1-7", 7),
        ("١-٧", 7),
        ("1 – 3, 5", 4),
        ("all", 7),
        ("toutes", 7),
        ("نعم", 7),
        ("2", 1),
        ("9", 0),
        ("why?", 0),
    ],
)
def test_rules_are_accepted_by_their_numbers(text: str, rules: int, shipped_world: World) -> None:
    done = decision_on(_at(MentorRules(), "fr"), text, shipped_world)
    after = evolve_all(_at(MentorRules(), "fr"), done.events, 1)
    assert len(after.about_me.rules) == rules


SAID = {Step.SCHOOL: SCHOOL, Step.RECOGNISED: RECOGNISED, Step.LEVEL: LEVEL}


def test_each_word_of_a_list_is_its_own_row_where_it_is_typed(shipped_world: World) -> None:
    """At the questions of a CV, in every language, as somebody types it there."""
    for language in shipped_world.languages:
        for step, lists in SAID.items():
            place = PaperAsk(PaperKind.CV, step, int(step is Step.LEVEL))
            spoken = (Tongue("so", first=True), Tongue("nl"))
            cv = Cv(language="en", school="secondary", tongues=spoken, changed=NOW)
            learner, people = _at(place, language), People()
            people.drafts.kept = {(1, PaperKind.CV): cv}
            turn = Turn(learner, shipped_world, Moment(now=NOW))
            screen = people.knowing(
                lambda known, turn=turn: show(replace(turn, moment=known)), turn.moment
            )
            rows = {b.also: b.action for b in screen.options if b.also}
            words = lexicon(shipped_world.say, shipped_world.languages)
            for said in lists.values():
                for word in shipped_world.say(said, language).split("|"):
                    to = option(word, screen, words, language, shipped_world.say)
                    assert to == rows[(said,)], (language, step, word)
