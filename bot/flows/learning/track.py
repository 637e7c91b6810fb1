"""The first screen of who is here for a track: its steps, and nothing of learners."""

from collections.abc import Callable

from bot.conversation.action import Home
from bot.conversation.event import Event, Went
from bot.conversation.registry import does
from bot.conversation.screen import Button, Screen, bar
from bot.conversation.turn import Decision, Turn
from bot.flows.account.actions import Help, SettingsMenu
from bot.flows.certificates.actions import Certificates, Claim
from bot.flows.certificates.earned import consequences
from bot.flows.learning.actions import Begin, LearnMyself
from bot.flows.learning.events import AudienceChosen
from bot.flows.learning.labels import LANGUAGE
from bot.flows.learning.next_step import next_deck
from bot.flows.pairs.waiting import waiting
from bot.model.words import Msg, Words, _
from cards.audience import Audience
from cards.model import Deck, Module

Beside = Callable[[Turn], tuple[Button, ...]]
BESIDE: dict[Audience, Beside] = {}
"""What else there is for an audience: its feature says so."""


def enter(audience: Audience, turn: Turn) -> tuple[Event, ...]:
    """They are here as this audience from now on; what they had finished as such counts."""
    if turn.learner.audience is audience:
        return ()
    chosen = AudienceChosen(audience)
    after = turn.after(chosen)
    return (chosen, *consequences(after.learner, after.programme, turn.now))


def beside_lessons(turn: Turn) -> tuple[Button, ...]:
    """Ways to what else there is for who is here."""
    audience = turn.programme.audience
    return BESIDE[audience](turn) if audience in BESIDE else ()


def show_track(turn: Turn) -> Screen:
    """Its decks are its steps: k of n. Without a module (an operator's own decks have none) the way
    back alone."""
    learner, programme = turn.learner, turn.programme
    module = next(iter(programme.modules.values()), None)
    beside = beside_lessons(turn)
    owed = (Button(_("🎓 Get our certificate"), Claim()),) if learner.owed else ()
    had = (Button(_("🎓 Certificates"), Certificates()),) if learner.earned and not owed else ()
    ways = (Button(_("⚙ Settings"), SettingsMenu()), Button(_("❓ Help"), Help()))
    return Screen(
        title=module.title if module else programme.title,
        lines=(module.description, steps(module, turn))
        if module
        else (_("There is nothing here."),),
        options=tuple(_step(module, deck, turn) for deck in module.decks) if module else (),
        rows=(
            (*_onward(module, turn), *owed, *had, *waiting(turn), *beside),
            (Button(_("📚 Learn myself"), LearnMyself()), *ways, LANGUAGE),
        ),
        picture=module.cover if module else None,
    )


def steps(module: Module, turn: Turn) -> Words:
    progress = turn.learner.modules.get(module.id)
    all_done = bool(progress and progress.done)
    done = len(module.decks) if all_done else len(progress.decks) if progress else 0
    return _("Steps done: {bar}").of(bar=bar(done, len(module.decks)))


def _onward(module: Module | None, turn: Turn) -> tuple[Button, ...]:
    following = next_deck(turn.learner, module) if module else None
    if module is None or following is None:
        return ()
    begun = module.id in turn.learner.modules
    label = _("▶ Go on") if begun else _("▶ Start")
    return (Button(label, Begin(module.id, following.id)),)


def _step(module: Module, deck: Deck, turn: Turn) -> Button:
    progress = turn.learner.modules.get(module.id)
    done = progress is not None and (progress.done is not None or deck.id in progress.decks)
    label = Msg("{sign} {title}").of(sign="✅" if done else "▫", title=deck.title)
    return Button(label, Begin(module.id, deck.id))


@does(LearnMyself)
def learn_myself(_tap: LearnMyself, turn: Turn) -> Decision:
    """Back to what learners have. The link leads here again at any time."""
    return Decision((*enter(Audience.LEARNER, turn), Went(Home())))
