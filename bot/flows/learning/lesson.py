"""Through a deck: card, question, feedback, again what was missed, summary and one next step.

The attempt's queue says what comes. A card or an answered question leaves it with Next. A question
missed for the first time is put back behind at least three other items; where fewer are left, cards
that were seen before it come once more. An action that does not carry the attempt's present step is
an old button: nothing happens, the learner sees where they are.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.action import Action, Home
from bot.conversation.event import Event, Went, evolve_all
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import Said, When, does, prepares, shows, understands
from bot.conversation.screen import Button, Screen, bar
from bot.conversation.turn import HERE, Decision, Moment, World
from bot.flows.certificates.actions import Claim
from bot.flows.certificates.claim import consequences
from bot.flows.learning.actions import (
    Answer,
    Begin,
    Cover,
    Lesson,
    Next,
    Pick,
    Review,
    ReviewDone,
    Submit,
    Summary,
    Undo,
)
from bot.flows.learning.events import Advanced, Answered, Began, DeckDone, Picked, Repinned, current
from bot.flows.learning.kinds import asking_of
from bot.flows.learning.next_step import go_on, in_another_language, next_deck, next_module
from bot.flows.learning.question import MENU, NEXT, ask, feedback
from bot.flows.learning.shown import meant, shown_order
from bot.flows.reminders.actions import Reminders
from bot.flows.reminders.settings import OFFER, offered, week_line
from bot.model.learner import Attempt, Learner, day_of
from bot.model.spaced import recall, upcoming
from bot.model.words import Msg, Words, _, minutes, ngettext
from cards.grading import failed_tests, hits, is_right, mark, parts
from cards.model import Card, Deck, Item, Module, Programme, Role
from cards.question import Choices, Question

APART = 3
"""How many other items come before a missed question is asked again (product.md, Screens)."""
REVIEW = "review"
REVIEWS = 5
"""Questions in one review (product.md, Numbers)."""

FROM_BEFORE = _("🔁 First: {number} from before")


def plan(deck: Deck) -> tuple[str, ...]:
    """What is gone through one by one. Memo and task are the summary at the end."""
    return tuple(item.id for item in deck.items if _gone_through(item))


def _gone_through(item: Item) -> bool:
    return not item.sister_of if isinstance(item, Question) else item.role is Role.IDEA


def item_of(programme: Programme, attempt: Attempt, id: str) -> Item | None:
    module_id, deck_id = attempt.module, attempt.deck
    if deck_id == REVIEW:
        module_id, deck_id, id = id.split("/")
    module = programme.module(module_id)
    deck = module.by_id.get(deck_id) if module else None
    return deck.by_id.get(id) if deck else None


def counted(programme: Programme, attempt: Attempt, id: str) -> str:
    """The item that counts where this one is in the queue: of a sister, its question."""
    module_id, deck_id, item = (
        id.split("/") if attempt.deck == REVIEW else (attempt.module, attempt.deck, id)
    )
    module = programme.module(module_id)
    deck = module.by_id.get(deck_id) if module else None
    main = deck.main(item) if deck else item
    return f"{module_id}/{deck_id}/{main}" if attempt.deck == REVIEW else main


def in_hand(learner: Learner, programme: Programme) -> tuple[Attempt, Item] | None:
    """The attempt and the item on the screen."""
    attempt = current(learner)
    if attempt is None or not attempt.queue:
        return None
    item = item_of(programme, attempt, attempt.queue[0])
    return (attempt, item) if item else None


# --- what the learner does


@does(Begin)
def begin(learner: Learner, tap: Begin, world: World, moment: Moment) -> Decision:
    """A deck is opened, or gone on with where it was left."""
    module = world.programme.modules.get(tap.module)
    deck = module.by_id.get(tap.deck) if module else None
    if deck is None:
        return Decision(toast=HERE, fresh=True)
    went = Went(Lesson(tap.module, tap.deck))
    if learner.attempt(tap.module, tap.deck):
        return Decision((went,))
    return Decision((went, Began(tap.module, tap.deck, deck.version, plan(deck))))


@does(Review)
def review(learner: Learner, tap: Review, world: World, moment: Moment) -> Decision:
    """Questions that were answered come again, from all modules: those that are due, or the next
    ones where none is."""
    went = Went(Lesson("", REVIEW))
    if learner.attempt("", REVIEW):
        return Decision((went,))
    due = due_now(learner, world.programme, moment.now) or _ahead(
        learner, world.programme, moment.now
    )
    if not due:
        return Decision((Went(ReviewDone()),))
    number = learner.attempts_begun
    asked = (_or_its_sister(world.programme, ref, number) for ref in due[:REVIEWS])
    return Decision((went, Began("", REVIEW, "", tuple(asked))))


def _ahead(learner: Learner, programme: Programme, now: int) -> tuple[str, ...]:
    """What would come soonest; never what was asked today, so that it comes to an end."""

    def asked_today(ref: str) -> bool:
        entry = recall(learner.memory, *ref.split("/"))
        return entry is None or entry.last >= day_of(now)

    return tuple(ref for _day, ref in upcoming(learner.memory, programme) if not asked_today(ref))


def due_now(learner: Learner, programme: Programme, now: int) -> tuple[str, ...]:
    """What comes again today, longest due first."""
    return tuple(ref for day, ref in upcoming(learner.memory, programme) if day <= day_of(now))


def _exists(programme: Programme, ref: str) -> bool:
    module_id, deck_id, question = ref.split("/")
    module = programme.modules.get(module_id)
    return bool(module and deck_id in module.by_id and question in module.by_id[deck_id].by_id)


def _or_its_sister(programme: Programme, ref: str, attempt: int) -> str:
    """Another case of the same, where there is one. Which of several changes from time to time."""
    module, deck, question = ref.split("/")
    sisters = programme.modules[module].by_id[deck].sisters.get(question, ())
    return f"{module}/{deck}/{sisters[attempt % len(sisters)].id}" if sisters else ref


@does(Next)
def step_on(learner: Learner, tap: Next, world: World, moment: Moment) -> Decision:
    """From a card or a feedback to what follows; at the end to the summary."""
    held = in_hand(learner, world.programme)
    if held is None or not _fits(held[0], tap):
        return Decision(toast=HERE)
    attempt, item = held
    if isinstance(item, Question) and attempt.feedback is None:
        return Decision(toast=HERE)
    queue = attempt.queue[1:]
    happened: list[Event] = [Advanced(queue)]
    if not queue:
        happened += finish(learner, attempt, world, moment)
    return Decision(tuple(happened), fresh=attempt.feedback is not None)


def finish(learner: Learner, attempt: Attempt, world: World, moment: Moment) -> Iterable[Event]:
    """The end of a deck and what it completes: a module, a category, a pathway, the programme."""
    done = DeckDone(attempt.module, attempt.deck, _passed(attempt, world.programme))
    yield done
    after = evolve_all(learner, [done], moment.now)
    yield from consequences(after, world.programme, moment.now)
    yield Went(ReviewDone() if attempt.deck == REVIEW else Summary(attempt.module, attempt.deck))


def _passed(attempt: Attempt, programme: Programme) -> bool:
    """Whether this deck alone reaches the module's pass mark, its mandatory tests passed."""
    module = programme.modules.get(attempt.module)
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
def answer(learner: Learner, tap: Answer, world: World, moment: Moment) -> Decision:
    held = in_hand(learner, world.programme)
    if held is None or not _fits(held[0], tap):
        return Decision(toast=HERE)
    attempt, item = held
    if not isinstance(item, Question) or attempt.feedback or not _possible(item, tap.choices):
        return Decision(toast=HERE)
    return _answered(world.programme, attempt, item, meant(item, attempt, tap.choices))


def _answered(
    programme: Programme, attempt: Attempt, question: Question, chosen: Choices
) -> Decision:
    right = is_right(question, chosen)
    ref = (
        attempt.queue[0]
        if attempt.deck == REVIEW
        else f"{attempt.module}/{attempt.deck}/{question.id}"
    )
    module, deck, _id = ref.split("/")
    counted = question.sister_of or question.id
    item = counted if attempt.deck != REVIEW else f"{module}/{deck}/{counted}"
    again = (
        None
        if right or item in attempt.missed
        else put_back(programme, attempt, _again(programme, attempt, ref))
    )
    order = shown_order(question, attempt)
    told = Answered(
        module, deck, question.id, chosen, hits(question, chosen), right, again, counted, order
    )
    return Decision((told,), fresh=True)


def _again(programme: Programme, attempt: Attempt, ref: str) -> str:
    """What comes instead of the question that was missed: another case, where there is one."""
    module_id, deck_id, id = ref.split("/")
    module = programme.module(module_id)
    deck = module.by_id[deck_id] if module else None
    if deck is None:
        return attempt.queue[0]
    main = deck.main(id)
    other = next((q for q in (main, *(s.id for s in deck.sisters.get(main, ()))) if q != id), id)
    return f"{module_id}/{deck_id}/{other}" if attempt.deck == REVIEW else other


def put_back(programme: Programme, attempt: Attempt, again: str) -> tuple[str, ...]:
    """The queue with `again` in it, at least three other items later."""
    first, *rest = attempt.queue
    if len(rest) < APART and attempt.deck != REVIEW:
        module = programme.module(attempt.module)
        deck = module.by_id[attempt.deck] if module else None
        seen = (
            [
                id
                for id in plan(deck)
                if id not in attempt.queue and isinstance(deck.by_id[id], Card)
            ]
            if deck
            else []
        )
        rest += seen[len(seen) - (APART - len(rest)) :]
    return (first, *rest[:APART], again, *rest[APART:])


@does(Pick)
def pick(learner: Learner, tap: Pick, world: World, moment: Moment) -> Decision:
    """Tick or untick; take the next in order; choose the next pair. The last one completes the
    answer."""
    held = in_hand(learner, world.programme)
    if held is None or not _fits(held[0], tap):
        return Decision(toast=HERE)
    attempt, item = held
    if not isinstance(item, Question) or attempt.feedback or tap.option >= len(item.options):
        return Decision(toast=HERE)
    (option,) = meant(item, attempt, (tap.option,))
    asking = asking_of(item)
    chosen = asking.picked(item, attempt.chosen, option)
    if chosen is None:
        used = option in attempt.chosen
        return Decision(toast=_("You have used this one already.") if used else HERE)
    if asking.whole(item, chosen):
        return _answered(world.programme, attempt, item, chosen)
    return Decision((Picked(chosen),))


@does(Undo)
def undo(learner: Learner, tap: Undo, world: World, moment: Moment) -> Decision:
    attempt = current(learner)
    if attempt is None or not _fits(attempt, tap) or not attempt.chosen:
        return Decision(toast=HERE)
    return Decision((Picked(attempt.chosen[:-1]),))


@does(Submit)
def submit(learner: Learner, tap: Submit, world: World, moment: Moment) -> Decision:
    held = in_hand(learner, world.programme)
    if held is None or not _fits(held[0], tap):
        return Decision(toast=HERE)
    attempt, item = held
    if not isinstance(item, Question) or not asking_of(item).submits or attempt.feedback:
        return Decision(toast=HERE)
    if not attempt.chosen:
        return Decision(toast=_("Choose at least one first."))
    return _answered(world.programme, attempt, item, attempt.chosen)


@understands(When.ANSWER)
def _answer_typed(said: Said) -> Action | None:
    return typed(said.learner, said.text, said.world)


def typed(learner: Learner, text: str, world: World) -> Action | None:
    """What was typed as an answer to the question on the screen; None when it is none.

    A gap takes its word first; several, order and match take all at once, by number or text (`1 3`,
    `3142`, `apple and pear`).
    """
    held = in_hand(learner, world.programme)
    if held is None:
        return None
    attempt, question = held
    if not isinstance(question, Question) or attempt.feedback:
        return None
    language, words = learner.language or "en", lexicon(world.say, world.languages)
    return asking_of(question).typed(
        question, attempt, text, lambda said: world.say(said, language), words, language
    )


def _fits(attempt: Attempt, tap: Next | Answer | Pick | Undo | Submit) -> bool:
    return (attempt.id, attempt.step) == (tap.attempt, tap.step)


def _possible(question: Question, chosen: Choices) -> bool:
    n = len(question.options)
    if any(i >= n for i in chosen) or len(set(chosen)) != len(chosen):
        return False
    return question.kind.possible(question, chosen)


@prepares
def caught_up(learner: Learner, world: World, moment: Moment) -> tuple[Event, ...]:
    """The deck in hand as it is now; where nothing is left of it, its end."""
    changed = repin(learner, world.programme)
    if not changed:
        return ()
    learner = evolve_all(learner, changed, moment.now)
    attempt = current(learner)
    return (
        (*changed, *finish(learner, attempt, world, moment))
        if attempt and not attempt.queue
        else changed
    )


def repin(learner: Learner, programme: Programme) -> tuple[Event, ...]:
    """The deck in hand was changed by its author: go on at the nearest item that still exists, with
    all that follows it."""
    attempt = current(learner)
    if attempt is None:
        return ()
    if attempt.deck == REVIEW:
        kept = tuple(ref for ref in attempt.queue if _exists(programme, ref))
        return () if kept == attempt.queue else (Repinned("", kept),)
    module = programme.module(attempt.module)
    deck = module.by_id.get(attempt.deck) if module else None
    if deck is None or deck.version == attempt.version:
        return ()
    order = plan(deck)
    nearest = next((id for id in attempt.queue if id in order), None)
    ahead = order[order.index(nearest) :] if nearest else ()
    again = tuple(
        id for id in attempt.missed if id in order and id in attempt.queue and id not in ahead
    )
    unanswered = tuple(
        q.id for q in deck.questions if q.id not in attempt.answers and q.id not in ahead
    )
    return (Repinned(deck.version, (*ahead, *unanswered, *again)),)


# --- what the learner sees


@shows(Lesson)
def show_lesson(learner: Learner, place: Lesson, world: World, moment: Moment) -> Screen | None:
    held = in_hand(learner, world.programme)
    if held is None:
        return None
    attempt, item = held
    where = progress_line(attempt, world.programme)
    if attempt.feedback and isinstance(item, Question):
        return feedback(item, attempt, attempt.feedback)
    if isinstance(item, Question):
        return ask(item, attempt, where, situation(item, attempt, world.programme))
    return Screen(
        title=item.title,
        lines=item.body,
        rows=((Button(NEXT, Next(attempt.id, attempt.step)),), (Button(MENU, Home()),)),
        notes=(where,),
    )


def situation(question: Question, attempt: Attempt, programme: Programme) -> tuple[Words, ...]:
    """In a review: the card that the question follows. A sister brings its own case along."""
    if attempt.deck != REVIEW or question.sister_of:
        return ()
    module_id, deck_id, _id = attempt.queue[0].split("/")
    module = programme.modules.get(module_id)
    deck = module.by_id.get(deck_id) if module else None
    if deck is None:
        return ()
    before = deck.items[: deck.items.index(question)]
    card = next((item for item in reversed(before) if isinstance(item, Card)), None)
    return (Msg("📖 {title}").of(title=card.title), *card.body) if card else ()


def progress_line(attempt: Attempt, programme: Programme) -> Msg:
    """Where in the deck: the title and `▰▰▱▱▱ 3/8`. What comes again does not count twice."""
    left = len({counted(programme, attempt, id) for id in attempt.queue})
    if attempt.deck == REVIEW:
        total = len({*(counted(programme, attempt, id) for id in attempt.queue), *attempt.answers})
        return Msg("🔁 {title} {bar}").of(title=_("Review"), bar=bar(total - left + 1, total))
    module = programme.modules[attempt.module]
    deck = module.by_id[attempt.deck]
    total = len(plan(deck))
    category = programme.category_of(module.id)
    icon = category.icon if category else "▫️"
    return Msg("{icon} {title} {bar}").of(
        icon=icon, title=deck.title, bar=bar(max(total - left, 0) + 1, total)
    )


@shows(Summary)
def show_summary(learner: Learner, place: Summary, world: World, moment: Moment) -> Screen | None:
    """What to keep, one thing to do today, one next step (seed 13, 27: the memo comes whatever the
    mark)."""
    module = world.programme.modules.get(place.module)
    deck = module.by_id.get(place.deck) if module else None
    if module is None or deck is None:
        return None
    lines: list[Words] = []
    if deck.memo:
        lines += deck.memo.body
    if task := next((card for card in deck.cards if card.role is Role.TASK), None):
        lines += [Msg("👣 {title}").of(title=task.title), *task.body]
    told, again = _result(learner, module, deck, world.programme)
    lines += told
    lines.append(_standing(learner, module, world))
    lines += week_line(learner, moment)
    if moment.now - learner.session_at >= learner.minutes * 60:
        lines.append(
            _("You have learned for {time}. A break is good now. Everything is saved.").of(
                time=minutes(learner.minutes)
            )
        )
    remind = (Button(OFFER, Reminders()),) if offered(learner, moment) else ()
    return Screen(
        title=Msg("🏁 {title}").of(title=deck.memo.title if deck.memo else deck.title),
        lines=tuple(lines),
        rows=((next_step(learner, module, world),), *again, (*remind, Button(MENU, Home()))),
    )


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


def _standing(learner: Learner, module: Module, world: World) -> Words:
    progress = learner.modules.get(module.id)
    if progress is None or progress.done:
        return Msg("✅ {title}").of(title=module.title)
    through = sum(deck.id in progress.decks for deck in module.decks)
    if through == len(module.decks):
        reached = int(mark(module, progress.decks) * 100)
        if reached >= world.programme.mark_of(module):
            left = len(failed_tests(module, progress.decks))
            return ngettext(
                "{count} question that has to be right is still open. One more round helps.",
                "{count} questions that have to be right are still open. One more round helps.",
                left,
            )
        again = next_deck(learner, module)
        return _(
            "You have {mark} % of this module. You need {needed} %. Take this lesson again: {title}"
        ).of(
            mark=reached,
            needed=world.programme.mark_of(module),
            title=again.title if again else module.title,
        )
    return Msg("{title} {bar}").of(title=module.title, bar=bar(through, len(module.decks)))


def next_step(learner: Learner, module: Module, world: World) -> Button:
    """The one thing to do next: the certificate, the next deck, a weak deck again, or the next
    module."""
    if learner.owed:
        return Button(_("🎓 Get my certificate"), Claim())
    if deck := next_deck(learner, module):
        return Button(_("▶ {title}").of(title=deck.title), Begin(module.id, deck.id))
    following = next_module(learner, world.programme, module.id)
    if following:
        return Button(_("▶ {title}").of(title=following.short), Cover(following.id))
    return Button(MENU, Home())


@shows(ReviewDone)
def show_review_done(learner: Learner, place: ReviewDone, world: World, moment: Moment) -> Screen:
    left = len(due_now(learner, world.programme, moment.now))
    lines: tuple[Words, ...] = (
        (_("There is more to look at again. Do it now or another day."),)
        if left
        else (
            _(
                "Nothing is waiting to be asked again. What you have answered comes back here on "
                "another day."
            ),
        )
    )
    onward = (
        (_("🎓 Get my certificate"), Claim()) if learner.owed else go_on(learner, world.programme)
    )
    lines += in_another_language(learner, onward[1], world) if onward else ()
    rows: list[tuple[Button, ...]] = [(Button(*onward),)] if onward else []
    rows += [(Button(_("🔁 Go on"), Review()),)] if left else []
    return Screen(
        title=Msg("🔁 {title}").of(title=_("Review")),
        lines=lines,
        rows=(*rows, (Button(MENU, Home()),)),
    )
