"""The end of a deck: what to keep, one thing to do today, one next step."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.everyday import ONWARD
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, Button, Screen, Won, bar
from bot.conversation.turn import Gone, Turn
from bot.flows.both_languages.pair import pair_of, twice
from bot.flows.certificates.actions import Claim
from bot.flows.learning.actions import (
    Begin,
    Cover,
    Summary,
)
from bot.flows.learning.adapting import more_questions
from bot.flows.learning.next_step import go_on, next_deck, next_module
from bot.flows.learning.pace import enough, goodbye
from bot.flows.learning.track import beside_lessons
from bot.flows.opinions.give import asked_for_opinion
from bot.flows.reminders.actions import Reminders
from bot.flows.reminders.settings import OFFER, offered, week_line
from bot.flows.sure.ask import ask_how_sure
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, ngettext
from cards.glossary import bold_in
from cards.grading import failed_tests, mark, parts
from cards.model import Deck, Module, Programme, Role

AND_MORE = _("{a}, {b}")


@shows(Summary)
def show_summary(place: Summary, turn: Turn) -> Screen:
    """What to keep, one thing to do today, one next step (seed 13, 27: the memo comes whatever the
    mark)."""
    learner = turn.learner
    module = turn.module(place.module)
    deck = module.by_id.get(place.deck)
    if deck is None:
        raise Gone
    pair = pair_of(module.id, turn)
    lines: list[Words] = []
    if deck.memo:
        lines += twice(deck.memo.body, pair)
    if task := next((card for card in deck.cards if card.role is Role.TASK), None):
        lines += twice((Msg("👣 {title}").of(title=task.title), *task.body), pair)
    told, again = _result(learner, module, deck, turn.programme)
    lines += _new_words(module, deck)
    lines += told
    lines.append(_standing(module, turn))
    lines += week_line(turn)
    lines += goodbye(turn)
    remind = (Button(OFFER, Reminders()),) if offered(turn) else ()
    return Screen(
        title=Msg("🏁 {title}").of(title=deck.memo.title if deck.memo else deck.title),
        lines=tuple(lines),
        rows=(
            enough(turn),
            (next_step(module, turn),),
            *again,
            more_questions(module, deck, turn),
            beside_lessons(turn),
            _after_module(module, turn),
            (*remind, Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module.id),
        won=_won(learner, module, deck),
    )


def _after_module(module: Module, turn: Turn) -> tuple[Button, ...]:
    """What is asked at the end of a module, for oneself and for those who come after."""
    if not turn.learner.done(module.id):
        return ()
    return (*ask_how_sure(module, turn), *asked_for_opinion(module, turn))


def _won(learner: Learner, module: Module, deck: Deck) -> Won:
    """Of a module that is done the single answers are not kept."""
    progress = learner.modules.get(module.id)
    answers = progress.decks.get(deck.id, {}) if progress else {}
    return Won(tuple(answers.get(q.id, 0) >= parts(q) for q in deck.questions) if answers else ())


def _new_words(module: Module, deck: Deck) -> tuple[Words, ...]:
    """The words of the glossary that the deck brought: it shows them bold."""
    brought = {word.term.source: word.term for c in deck.cards for word in bold_in(c, module)}
    words = list(brought.values())
    if not words:
        return ()
    listed: Words = words[0]
    for word in words[1:]:
        listed = AND_MORE.of(a=listed, b=word)
    return (_("📖 New words: {words}").of(words=listed),)


def _result(
    learner: Learner, module: Module, deck: Deck, programme: Programme
) -> tuple[list[Words], tuple[tuple[Button, ...], ...]]:
    """How many were right at the first answer, which is what counts; below the mark, a way to take
    the lesson again. Nothing of a module that is done: it stays done."""
    progress = learner.modules.get(module.id)
    answers = progress.decks.get(deck.id) if progress and not progress.done else None
    if not answers or not deck.questions:
        return [], ()
    right = sum(answers.get(q.id, 0) >= parts(q) for q in deck.questions)
    line = _("Right at the first answer: {number} of {total}").of(
        number=right, total=len(deck.questions)
    )
    alone = mark(replace(module, decks=(deck,)), {deck.id: answers})
    if alone * 100 >= programme.mark_of(module):
        return [line], ()
    again = Button(_("🔁 This lesson again"), Begin(module.id, deck.id))
    return [
        line,
        _("Take this lesson again when you like: the new result counts, not this one."),
    ], ((again,),)


def _standing(module: Module, turn: Turn) -> Words:
    progress = turn.learner.modules.get(module.id)
    if progress is None or progress.done:
        return Msg("✅ {title}").of(title=module.title)
    through = sum(deck.id in progress.decks for deck in module.decks)
    if through == len(module.decks):
        reached = int(mark(module, progress.decks) * 100)
        if reached >= turn.programme.mark_of(module):
            left = len(failed_tests(module, progress.decks))
            return ngettext(
                "{count} question that has to be right is still open. One more round helps.",
                "{count} questions that have to be right are still open. One more round helps.",
                left,
            )
        again = next_deck(turn.learner, module)
        return _(
            "You have {mark} % of this module. You need {needed} %. Take this lesson again: {title}"
        ).of(
            mark=reached,
            needed=turn.programme.mark_of(module),
            title=again.title if again else module.title,
        )
    return Msg("{title} {bar}").of(title=module.title, bar=bar(through, len(module.decks)))


def next_step(module: Module, turn: Turn) -> Button:
    """The one thing to do next: the certificate, the next deck, a weak deck again, or the next
    module; after a sector, back to the modules."""
    if turn.learner.owed:
        return Button(_("🎓 Get my certificate"), Claim(), also=ONWARD)
    if deck := next_deck(turn.learner, module):
        return Button(_("▶ {title}").of(title=deck.title), Begin(module.id, deck.id))
    if module.id in turn.programme.sectors and (onward := go_on(turn.learner, turn.programme)):
        return Button(*onward)
    following = next_module(turn.learner, turn.programme, module.id)
    if following:
        return Button(_("▶ {title}").of(title=following.short), Cover(following.id))
    return Button(MENU, Home())
