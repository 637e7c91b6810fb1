"""A mock exam: questions without feedback in between, at the end what to look at again.

It counts in no mark, and no question comes back because of it: only the exam knows its answers.
The last one stays until another one is begun.
"""

import random

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, bar, paged, ratio
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.learning.actions import (
    Begin,
    CategoryPage,
    Cover,
    ExamDone,
    ExamLook,
    ExamPage,
    Lesson,
    StartExam,
)
from bot.flows.learning.attempt import EXAM, item_of
from bot.flows.learning.events import ExamBegan
from bot.flows.learning.kinds import asking_of
from bot.flows.learning.lesson import MOCK_EXAM
from bot.flows.library.actions import CardPage
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _, ngettext
from cards.collection import Category
from cards.ids import short_code
from cards.model import Card, Deck, Module, Programme
from cards.question import Question

DRAWN = 20
PAGE = 5
TITLE = Msg("📝 {title}")


def exam_of(category: Category, programme: Programme) -> tuple[Button, ...]:
    """The way to a mock exam over a category. None over hard things."""
    enough = len(draw(programme, category.id, 0)) >= PAGE
    return () if category.sensitive or not enough else (_button(category.id),)


def exams_of(module: Module) -> tuple[Button, ...]:
    """Those that the author of a module wrote."""
    return tuple(
        Button(TITLE.of(title=deck.title), ExamPage(f"{module.id}/{deck.id}"))
        for deck in module.exams
    )


def _button(about: str) -> Button:
    return Button(TITLE.of(title=MOCK_EXAM), ExamPage(about))


def draw(programme: Programme, about: str, number: int) -> tuple[str, ...]:
    """The questions of the exam with this number: other cases of what was learned (sisters) first,
    from each module in turn. Of an author's exam all, as they stand."""
    module_id, _slash, deck_id = about.partition("/")
    if deck_id:
        module = programme.offered.get(module_id)
        deck = module.by_id.get(deck_id) if module else None
        return tuple(f"{about}/{q.id}" for q in deck.questions) if deck else ()
    category = next((c for c in programme.categories if c.id == about), None)
    mixer = random.Random(f"{about}/{number}")  # noqa: S311 - mixes questions, hides nothing
    piles = [_pile(programme.modules[id], mixer) for id in category.modules] if category else []
    mixer.shuffle(piles)
    turns = max(map(len, piles), default=0)
    drawn = [pile[place] for place in range(turns) for pile in piles if place < len(pile)]
    return tuple(ref for _main, ref in sorted(drawn, key=lambda one: one[0])[:DRAWN])


def _pile(module: Module, mixer: random.Random) -> list[tuple[bool, str]]:
    """A question for each of the module's, mixed: one of its sisters, or (True) itself."""
    found = []
    for deck in module.decks:
        for question in deck.questions:
            sisters = deck.sisters[question.id]
            asked = mixer.choice(sisters) if sisters else question
            found.append((not sisters, f"{module.id}/{deck.id}/{asked.id}"))
    mixer.shuffle(found)
    return sorted(found, key=lambda one: one[0])


def _title(about: str, programme: Programme) -> Words:
    """Raises `Gone` where there is nothing of this name any more."""
    module_id, _slash, deck_id = about.partition("/")
    module = programme.offered.get(module_id)
    if deck_id and module and deck_id in module.by_id:
        return TITLE.of(title=module.by_id[deck_id].title)
    category = next((c for c in programme.categories if c.id == about), None)
    if category is None:
        raise Gone
    return Msg("📝 {exam}: {title}").of(exam=MOCK_EXAM, title=category.title)


def _up(about: str) -> CategoryPage | Cover:
    module, _slash, deck = about.partition("/")
    return Cover(module) if deck else CategoryPage(about)


def _held(turn: Turn) -> Attempt | None:
    return turn.learner.attempt("", EXAM)


@shows(ExamPage)
def show_exam_page(place: ExamPage, turn: Turn) -> Screen:
    title, count = _title(place.about, turn.programme), len(draw(turn.programme, place.about, 0))
    if not count:
        raise Gone
    ways = [Button(_("▶ Start"), StartExam(place.about))]
    held = _held(turn)
    if held and held.version == place.about and held.queue and held.answers:
        where = ratio(len(held.answers) + 1, len(held.answers) + len(held.queue))
        ways.insert(0, Button(_("▶ Go on: {where}").of(where=where), Lesson("", EXAM)))
    return Screen(
        title=title,
        lines=(
            ngettext("{count} question.", "{count} questions.", count),
            _("What was right is said at the end, with a list of what to look at again."),
            _("It is for you alone. It counts in no mark and for no certificate."),
        ),
        rows=(*((way,) for way in ways), (Button(BACK, _up(place.about)), Button(MENU, Home()))),
    )


@does(StartExam)
def start_exam(tap: StartExam, turn: Turn) -> Decision:
    refs = draw(turn.programme, tap.about, turn.learner.attempts_begun)
    if not refs:
        raise Gone
    return Decision((Went(Lesson("", EXAM)), ExamBegan(tap.about, refs)))


@shows(ExamDone)
def show_exam_done(place: ExamDone, turn: Turn) -> Screen:
    held = _held(turn)
    if held is None or held.queue:
        raise Gone
    total = len(held.answers)
    right = total - len(held.missed)
    missed = [(n, q) for n, ref in enumerate(held.missed) if (q := _question(held, ref, turn))]
    page = paged(missed, place.page, PAGE, ExamDone)
    lines: list[Words] = [_("Right: {bar}").of(bar=bar(right, total))]
    lines.append(_("Look at these again:") if missed else _("Nothing to look at again. Very good."))
    return Screen(
        title=_title(held.version, turn.programme),
        lines=tuple(lines),
        options=tuple(Button(question.text, ExamLook(n)) for n, question in page.items),
        rows=(
            page.row,
            (Button(_("🔁 Another exam"), StartExam(held.version)),),
            (Button(BACK, _up(held.version)), Button(MENU, Home())),
        ),
    )


def _question(held: Attempt, ref: str, turn: Turn) -> Question | None:
    item = item_of(turn.programme, held, ref)
    return item if isinstance(item, Question) else None


@shows(ExamLook)
def show_exam_look(place: ExamLook, turn: Turn) -> Screen:
    """The question, its right answer, why, and the card that says it."""
    held = _held(turn)
    if held is None or place.number >= len(held.missed):
        raise Gone(instead=ExamDone())
    ref = held.missed[place.number]
    question = _question(held, ref, turn)
    if question is None:
        raise Gone(instead=ExamDone())
    module_id, deck_id, _id = ref.split("/")
    module = turn.module(module_id)
    deck = module.by_id[deck_id]
    order = tuple(range(len(question.options)))
    shown = asking_of(question).shown(question, order, question.right)
    line = Msg("{sign} {option}")
    lines = [line.of(sign="✅" if one.right else "▫", option=one.label) for one in shown]
    lesson = deck in module.decks
    return Screen(
        title=question.text,
        lines=(*lines, _("Why: {reason}").of(reason=question.reason)),
        rows=(
            _card(module, deck, question),
            (Button(_("▶ This lesson"), Begin(module_id, deck_id)),) if lesson else (),
            (Button(BACK, ExamDone(place.number // PAGE)), Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module_id),
    )


def _card(module: Module, deck: Deck, question: Question) -> tuple[Button, ...]:
    """The card that the question follows."""
    before = deck.items[: deck.items.index(deck.by_id[deck.main(question.id)])]
    card = next((item for item in reversed(before) if isinstance(item, Card)), None)
    if card is None:
        return ()
    label = Msg("🔖 {title}").of(title=card.title)
    return (Button(label, CardPage(module.id, short_code(deck.id, card.id))),)
