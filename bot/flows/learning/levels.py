"""Modules by their level, and five questions over one: who knows much of it is told what may be
skipped. A proposal: nothing is locked, nothing counts, nothing is kept.
"""

from itertools import zip_longest

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen, bar, paged
from bot.conversation.turn import Gone, Turn
from bot.flows.learning.actions import Cover, LevelCheck, Levels, OfLevel
from bot.flows.learning.labels import module_label
from bot.flows.learning.placement import Asked, alone, ask, knows, proposed
from bot.model.levels import LEVELS
from bot.model.words import Msg, Words, _
from cards.model import Level, Module, Programme

TITLE = _("📊 By level")
LISTED = 6
ASKED, MOST = 5, 4
"""Questions of a check; from so many known on the next level is proposed."""


def _of(level: Level, programme: Programme) -> list[Module]:
    return [module for module in programme.modules.values() if module.level is level]


@shows(Levels)
def show_levels(_place: Levels, turn: Turn) -> Screen:
    def label(level: Level, modules: list[Module]) -> Words:
        done = sum(turn.learner.done(module.id) for module in modules)
        return Msg("{level} {bar}").of(level=LEVELS[level], bar=bar(done, len(modules)))

    found = {level: _of(level, turn.programme) for level in Level}
    return Screen(
        title=TITLE,
        lines=(_("The level says how hard the words and tasks are. You can take any module."),),
        options=tuple(Button(label(lv, m), OfLevel(lv)) for lv, m in found.items() if m),
        rows=((Button(MENU, Home()),),),
    )


@shows(OfLevel)
def show_of_level(place: OfLevel, turn: Turn) -> Screen:
    modules = _of(place.level, turn.programme)
    if not modules:
        raise Gone(instead=Levels())
    page = paged(modules, place.page, LISTED, lambda to: OfLevel(place.level, to))
    check = (
        (Button(_("🎯 5 questions first"), LevelCheck(place.level)),)
        if asked_of(place.level, turn.programme)
        else ()
    )
    return Screen(
        title=_title(place.level),
        options=tuple(Button(module_label(turn.learner, m), Cover(m.id)) for m in page.items),
        rows=(page.row, check, (Button(TITLE, Levels()), Button(MENU, Home()))),
    )


def _title(level: Level) -> Words:
    return Msg("📊 {level}").of(level=LEVELS[level])


def asked_of(level: Level, programme: Programme) -> Asked:
    """Five questions that stand alone, of as many modules of the level as have one, spread over
    them; none where there are fewer than five."""
    each = [alone(module) for module in _of(level, programme)]
    rounds = [one for turn in zip_longest(*each) for one in turn if one]
    first = [one for own in each for one in own[:1]]
    found = first if len(first) >= ASKED else rounds
    if len(found) < ASKED:
        return ()
    return tuple(found[number * len(found) // ASKED] for number in range(ASKED))


@shows(LevelCheck)
def show_check(place: LevelCheck, turn: Turn) -> Screen:
    asked = asked_of(place.level, turn.programme)
    if not asked:
        raise Gone(instead=Levels())
    answers = place.answers[: len(asked)]
    up = OfLevel(place.level)
    if len(answers) < len(asked):
        return ask(asked, answers, lambda given: LevelCheck(place.level, given), up)
    out = (Button(BACK, up), Button(MENU, Home()))
    known = knows(asked, answers)
    lines = [
        *proposed(Msg("✅ {module}: {deck}").of(module=m.short, deck=d.title) for m, d in known)
    ]
    onward = next((m for m, d, _q in asked if (m, d) not in known), asked[0][0])
    ways = [Button(_("▶ {title}").of(title=onward.short), Cover(onward.id))]
    levels = [level for level in Level if _of(level, turn.programme)]
    harder = levels[levels.index(place.level) + 1 :]
    if len(known) >= MOST and harder:
        lines.append(
            _("You know much of this level. Perhaps the next one fits: {level}.").of(
                level=LEVELS[harder[0]]
            )
        )
        ways.insert(0, Button(_title(harder[0]), OfLevel(harder[0])))
    return Screen(title=_("🎯 Where to begin"), lines=tuple(lines), rows=(tuple(ways), out))
