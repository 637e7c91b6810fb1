"""Through a deck: card, question, feedback, again what was missed, summary and one next step.

The attempt's queue says what comes. A card or an answered question leaves it with Next. A question
missed for the first time is put back behind at least three other items; where fewer are left, cards
that were seen before it come once more. An action that does not carry the attempt's present step is
an old button: nothing happens, the learner sees where they are.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.conversation.action import Action, Home
from bot.conversation.event import Event, Went
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import Said, When, does, shows, understands
from bot.conversation.screen import MENU, NEXT, Button, Screen, Way, bar
from bot.conversation.turn import HERE, Decision, Gone, Turn
from bot.flows.both_languages.pair import Pair, pair_of, switch
from bot.flows.certificates.earned import consequences
from bot.flows.learning.actions import (
    Answer,
    Begin,
    Cover,
    ExamDone,
    ExamPage,
    Lesson,
    Next,
    Pick,
    ReviewDone,
    Submit,
    Summary,
    Undo,
)
from bot.flows.learning.adapting import ease, fitting, share
from bot.flows.learning.attempt import EXAM, counted, in_hand, module_of
from bot.flows.learning.bundle import THE_END, at_the_question, bundle, next_question
from bot.flows.learning.card import card_screen, in_a_bundle
from bot.flows.learning.events import (
    Advanced,
    Answered,
    Began,
    DeckDone,
    ExamAnswered,
    Picked,
    current,
)
from bot.flows.learning.kinds import asking_of
from bot.flows.learning.listen import listen
from bot.flows.learning.medium import read_instead, to_medium
from bot.flows.learning.question import ask, feedback
from bot.flows.learning.requires import is_locked
from bot.flows.learning.shown import meant, shown_order
from bot.flows.vocabulary.gifts import explainable, gift
from bot.model.learner import Attempt
from bot.model.words import Msg, Words, _
from cards.grading import failed_tests, hits, is_right, mark
from cards.model import Card, Item, Programme
from cards.question import Choices, Ease, Question

NOTED = _("Noted.")
MOCK_EXAM = _("Mock exam")
APART = 3
"""How many other items come before a missed question is asked again (product.md, Screens)."""


# --- what the learner does


@does(Begin)
def begin(tap: Begin, turn: Turn) -> Decision:
    """A deck is opened, or gone on with where it was left."""
    deck = turn.module(tap.module).by_id.get(tap.deck)
    if deck is None:
        raise Gone
    if deck not in turn.module(tap.module).decks:
        return Decision((Went(ExamPage(f"{tap.module}/{tap.deck}")),))
    if is_locked(turn.module(tap.module), turn.learner, turn.programme):
        return Decision((Went(Cover(tap.module)),))
    went = Went(Lesson(tap.module, tap.deck))
    if turn.learner.attempt(tap.module, tap.deck):
        return Decision((went,))
    return Decision((went, Began(tap.module, tap.deck, deck.version, deck.steps)))


@does(Next)
def step_on(tap: Next, turn: Turn) -> Decision:
    """From a card or a feedback to what follows; at the end to the summary."""
    attempt, item = _held(tap, turn)
    if isinstance(item, Question) and attempt.feedback is None:
        raise Gone
    costly = turn.moment.costly
    queue = bundle(attempt, turn.programme).queue if costly else attempt.queue[1:]
    happened: list[Event] = [Advanced(queue)]
    if not queue:
        happened += finish(attempt, turn)
    return Decision(tuple(happened), fresh=attempt.feedback is not None)


def finish(attempt: Attempt, turn: Turn) -> Iterable[Event]:
    """The end of a deck and what it completes: a module, a category, a pathway, the programme."""
    if attempt.deck == EXAM:
        yield Went(ExamDone())
        return
    done = DeckDone(attempt.module, attempt.deck, _passed(attempt, turn.programme))
    yield done
    yield from consequences(turn.after(done).learner, turn.programme, turn.now)
    yield Went(ReviewDone() if attempt.loose else Summary(attempt.module, attempt.deck))


def _passed(attempt: Attempt, programme: Programme) -> bool:
    """Whether this deck alone reaches the module's pass mark, its mandatory tests passed."""
    module = programme.offered.get(attempt.module)
    if module is None or attempt.deck not in module.by_id:
        return True
    alone, answers = (
        replace(module, decks=(module.by_id[attempt.deck],)),
        {attempt.deck: attempt.answers},
    )
    return not failed_tests(alone, answers) and mark(alone, answers) * 100 >= programme.mark_of(
        module
    )


@does(Answer)
def answer(tap: Answer, turn: Turn) -> Decision:
    before = at_the_question(tap, turn)
    turn = turn.after(*before)
    attempt, question = _question(tap, turn)
    if not _possible(question, tap.choices):
        raise Gone
    told = _answered(turn.programme, attempt, question, meant(question, attempt, tap.choices))
    return _after(question, told, turn, before)


def _after(question: Question, told: Event, turn: Turn, before: tuple[Event, ...] = ()) -> Decision:
    """What an answer leads to: its feedback. Where a message costs money, and nothing is left in
    the deck, the end stands in the same one."""
    after = turn.after(told)
    attempt = current(after.learner)
    if isinstance(told, ExamAnswered):
        end = finish(attempt, after) if attempt and not attempt.queue else ()
        return Decision((*before, told, *end), toast=NOTED)
    if not turn.moment.costly or attempt is None or bundle(attempt, turn.programme) != THE_END:
        return Decision((*before, told), fresh=True)
    way = way_of(attempt, turn.programme)
    said = feedback(question, attempt, attempt.feedback, way).lines if attempt.feedback else ()
    end = (*before, told, Advanced(()), *finish(attempt, after))
    return Decision(end, notes=said, fresh=True)


def _answered(programme: Programme, attempt: Attempt, question: Question, chosen: Choices) -> Event:
    right = is_right(question, chosen)
    ref = attempt.queue[0] if attempt.loose else f"{attempt.module}/{attempt.deck}/{question.id}"
    module, deck, _id = ref.split("/")
    if attempt.deck == EXAM:
        return ExamAnswered(module, ref, hits(question, chosen), right, attempt.queue[1:])
    counted = question.sister_of or question.id
    item = counted if not attempt.loose else f"{module}/{deck}/{counted}"
    again = (
        None
        if right or item in attempt.missed
        else put_back(programme, attempt, _again(programme, attempt, ref))
    )
    order = shown_order(question, attempt)
    return Answered(
        module, deck, question.id, chosen, hits(question, chosen), right, again, counted, order
    )


def _again(programme: Programme, attempt: Attempt, ref: str) -> str:
    """What comes instead of the question that was missed: another case, where there is one."""
    module_id, deck_id, id = ref.split("/")
    module = programme.module(module_id)
    deck = module.by_id[deck_id] if module else None
    if deck is None:
        return attempt.queue[0]
    main = deck.main(id)
    now = share(deck, attempt.answers) if not attempt.loose else None
    wanted = Ease.EASIER if ease(now) is Ease.EASIER else Ease.SAME
    sisters = fitting(deck.sisters.get(main, ()), wanted)
    other = next((q for q in (main, *(s.id for s in sisters)) if q != id), id)
    return f"{module_id}/{deck_id}/{other}" if attempt.loose else other


def put_back(programme: Programme, attempt: Attempt, again: str) -> tuple[str, ...]:
    """The queue with `again` in it, at least three other items later."""
    first, *rest = attempt.queue
    if len(rest) < APART and not attempt.loose:
        module = programme.module(attempt.module)
        deck = module.by_id[attempt.deck] if module else None
        seen = (
            [
                id
                for id in deck.steps
                if id not in attempt.queue and isinstance(deck.by_id[id], Card)
            ]
            if deck
            else []
        )
        rest += seen[len(seen) - (APART - len(rest)) :]
    return (first, *rest[:APART], again, *rest[APART:])


@does(Pick)
def pick(tap: Pick, turn: Turn) -> Decision:
    """Tick or untick; take the next in order; choose the next pair. The last one completes the
    answer."""
    before = at_the_question(tap, turn)
    turn = turn.after(*before)
    attempt, question = _question(tap, turn)
    if tap.option >= len(question.options):
        raise Gone
    (option,) = meant(question, attempt, (tap.option,))
    asking = asking_of(question)
    chosen = asking.picked(question, attempt.chosen, option)
    if chosen is None:
        used = option in attempt.chosen
        return Decision(toast=_("You have used this one already.") if used else HERE)
    if asking.whole(question, chosen):
        told = _answered(turn.programme, attempt, question, chosen)
        return _after(question, told, turn, before)
    return Decision((*before, Picked(chosen)))


@does(Undo)
def undo(tap: Undo, turn: Turn) -> Decision:
    attempt, _item = _question(tap, turn)
    if not attempt.chosen:
        raise Gone
    return Decision((Picked(attempt.chosen[:-1]),))


@does(Submit)
def submit(tap: Submit, turn: Turn) -> Decision:
    attempt, question = _question(tap, turn)
    if not asking_of(question).submits:
        raise Gone
    if not attempt.chosen:
        return Decision(toast=_("Choose at least one first."))
    told = _answered(turn.programme, attempt, question, attempt.chosen)
    return _after(question, told, turn)


@understands(When.ANSWER)
def _answer_typed(said: Said) -> Action | None:
    return typed(said.text, said.turn)


def typed(text: str, turn: Turn) -> Action | None:
    """What was typed as an answer to the question on the screen; None when it is none.

    A gap takes its word first; several, order and match take all at once, by number or text (`1 3`,
    `3142`, `apple and pear`).
    """
    held = in_hand(turn.learner, turn.programme)
    if held is None:
        return None
    attempt, question = held
    if turn.moment.costly and (ahead := next_question(attempt, turn.programme)):
        attempt, question = ahead
    if not isinstance(question, Question) or attempt.feedback:
        return None
    language, words = turn.language, lexicon(turn.world.say, turn.world.languages)
    for spoken in dict.fromkeys((language, *pair_of(module_of(attempt), turn))):
        found = asking_of(question).typed(
            question, attempt, text, partial(_said_in, turn, spoken), words, spoken
        )
        if found:
            return found
    return None


def _said_in(turn: Turn, language: str, words: Words) -> str:
    return turn.world.say(words, language)


def _held(tap: Next | Answer | Pick | Undo | Submit, turn: Turn) -> tuple[Attempt, Item]:
    """The deck in hand and its item; raises `Gone` for an old button."""
    held = in_hand(turn.learner, turn.programme)
    if held is None or (held[0].id, held[0].step) != (tap.attempt, tap.step):
        raise Gone
    return held


def _question(tap: Answer | Pick | Undo | Submit, turn: Turn) -> tuple[Attempt, Question]:
    """The question that waits for an answer; raises `Gone` for an old button."""
    attempt, item = _held(tap, turn)
    if not isinstance(item, Question) or attempt.feedback:
        raise Gone
    return attempt, item


def _possible(question: Question, chosen: Choices) -> bool:
    n = len(question.options)
    if any(i >= n for i in chosen) or len(set(chosen)) != len(chosen):
        return False
    return question.kind.possible(question, chosen)


# --- what the learner sees


@shows(Lesson)
def show_lesson(_place: Lesson, turn: Turn) -> Screen:
    held = in_hand(turn.learner, turn.programme)
    if held is None:
        raise Gone
    attempt, item = held
    way = way_of(attempt, turn.programme)
    module = module_of(attempt)
    category, pair = turn.programme.category_of(module), pair_of(module, turn)
    if turn.moment.costly:
        bundled = _bundled(attempt, item, turn.programme, pair, way)
        words = _in_words(attempt, turn, *bundle(attempt, turn.programme).cards)
        rows = (*bundled.rows[:1], (*listen(attempt, item, turn), *words), *bundled.rows[1:])
        return replace(bundled, rows=rows, category=category)
    if attempt.feedback and isinstance(item, Question):
        shown = feedback(item, attempt, attempt.feedback, way)
        return replace(shown, category=category, notes=gift(attempt, item, turn))
    if isinstance(item, Question):
        known = situation(item, attempt, turn.programme)
        asked = ask(item, attempt, way, known, pair, at_once=turn.moment.costly)
        return replace(asked, category=category)
    return card_screen(
        item,
        pair,
        rows=(
            (Button(NEXT, Next(attempt.id, attempt.step)),),
            listen(attempt, item, turn),
            (*to_medium(item), *_in_words(attempt, turn, item)),
            explainable(attempt, item, turn, pair),
            (Button(MENU, Home()), *switch(module, pair, turn)),
        ),
        way=way,
        category=category,
    )


def _in_words(attempt: Attempt, turn: Turn, *cards: Card) -> tuple[Button, ...]:
    """To the transcripts of what these cards lead to. There are no cards in a review."""
    module = turn.programme.offered.get(attempt.module)
    found = (read_instead(module, attempt.deck, card) for card in cards) if module else ()
    return tuple(button for buttons in found for button in buttons)


def _bundled(attempt: Attempt, item: Item, programme: Programme, pair: Pair, way: Way) -> Screen:
    """The feedback, the cards up to the next question, and that question, in one."""
    said = tuple(in_a_bundle(card, pair) for card in bundle(attempt, programme).cards)
    if attempt.feedback and isinstance(item, Question):
        said = (Screen(lines=feedback(item, attempt, attempt.feedback, way).lines), *said)
    if ahead := next_question(attempt, programme):
        reached, question = ahead
        known = situation(question, reached, programme)
        asked = ask(question, reached, way_of(reached, programme), known, pair, at_once=True)
        return replace(asked, above=said)
    rows = ((Button(NEXT, Next(attempt.id, attempt.step)),), (Button(MENU, Home()),))
    return Screen(rows=rows, way=way, above=said)


def situation(question: Question, attempt: Attempt, programme: Programme) -> tuple[Words, ...]:
    """In a review: the card that the question follows. A sister brings its own case along."""
    if not attempt.loose or question.sister_of:
        return ()
    module_id, deck_id, _id = attempt.queue[0].split("/")
    module = programme.offered.get(module_id)
    deck = module.by_id.get(deck_id) if module else None
    if deck is None:
        return ()
    before = deck.items[: deck.items.index(question)]
    card = next((item for item in reversed(before) if isinstance(item, Card)), None)
    return (Msg("📖 {title}").of(title=card.title), *card.body) if card else ()


def way_of(attempt: Attempt, programme: Programme) -> Way:
    """Where in the deck: the title and `▰▰▱▱▱ 3/8`. What comes again does not count twice."""
    if attempt.loose:
        ahead = {counted(programme, id) for id in attempt.queue}
        total = len({*ahead, *attempt.answers})
        at = total - len(ahead) + 1
        sign, title = ("📝", MOCK_EXAM) if attempt.deck == EXAM else ("🔁", _("Review"))
        words = Msg("{sign} {title} {bar}").of(sign=sign, title=title, bar=bar(at, total))
        return Way(words, title, at, (True,) * total)
    module = programme.offered[attempt.module]
    deck = module.by_id[attempt.deck]
    total, left = len(deck.steps), len(set(map(deck.main, attempt.queue)))
    at = max(total - left, 0) + 1
    category = programme.category_of(module.id)
    icon = category.icon if category else "▫️"
    words = Msg("{icon} {title} {bar}").of(icon=icon, title=deck.title, bar=bar(at, total))
    return Way(words, deck.title, at, deck.asks)
