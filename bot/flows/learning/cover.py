"""The cover of a module: what it is about, what stands in it, and what stands beside it."""

from bot.conversation.action import Home, Place
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, SIDE_BY_SIDE, Button, Screen
from bot.conversation.turn import Turn
from bot.flows.learning.actions import (
    Begin,
    CategoryPage,
    Cover,
    Glossary,
    SelfTestPage,
    StoryPage,
    TrailerPage,
)
from bot.flows.learning.exam import exams_of
from bot.flows.learning.labels import LANGUAGE
from bot.flows.learning.next_step import next_deck
from bot.flows.learning.placement import around
from bot.flows.learning.requires import before, is_locked, said_before
from bot.flows.learning.size import size_of
from bot.flows.practice.actions import PracticePage
from bot.flows.resources.actions import FindHelp
from bot.flows.sure.ask import how_sure
from bot.model.group import GroupById, is_sensitive
from bot.model.levels import LEVELS
from bot.model.words import Msg, Words, _, minutes
from cards.model import Module


def _who_sees(module: Module, turn: Turn) -> list[Words]:
    """Of a sensitive module: nobody, but for counsellors whom the learner lets see such modules."""
    asked = [
        turn.ask(GroupById(id))
        for id, membership in turn.learner.groups.items()
        if membership.sensitive
    ]
    allowed = [
        group.counsellor for group in asked if group and module in group.modules_in(turn.programme)
    ]
    if not allowed:
        return [_("No counsellor sees that you took it.")]
    said = _(
        "{counsellor} sees when you finish it: you allowed that. You can hide it again in your "
        "group."
    )
    return [said.of(counsellor=counsellor) for counsellor in allowed]


@shows(Cover)
def show_cover(place: Cover, turn: Turn) -> Screen:
    """Objectives, programme, minutes, size and level before anything begins (seed 31)."""
    learner = turn.learner
    module = turn.module(place.module)
    category = turn.programme.category_of(module.id)
    lines: list[Words] = [
        module.description,
        _("⏱ about {time} · {size} KB · level: {level}").of(
            time=minutes(module.minutes), size=size_of(module, turn), level=LEVELS[module.level]
        ),
    ]
    if module.id in turn.programme.sectors:
        lines.append(_("A short lesson beside the modules. There is no certificate for it."))
    language = turn.language
    if module.cefr:
        lines.append(
            _("First written in {language}: {level} (the author's estimate)").of(
                language=turn.world.name_of(module.written_in, language), level=module.cefr.value
            )
        )
    taught = turn.world.taught_in(module.id, language)
    if taught != language:
        lines.append(
            _("This module is in {language} for now.").of(
                language=turn.world.name_of(taught, language)
            )
        )
    if module.sensitive:
        lines.append(_("This module speaks of hard things. You can stop at any time."))
    if is_sensitive(module, turn.programme):
        lines += _who_sees(module, turn)
    lines += (*said_before(module, turn), *how_sure(module, turn))
    lines.append(_("You will learn to:"))
    lines += [Msg("• {objective}").of(objective=objective) for objective in module.objectives]
    lines.append(_("Programme:"))
    progress = learner.modules.get(module.id)
    results = progress.decks if progress else {}
    shut = is_locked(module, learner, turn.programme)
    options = []
    for deck in module.decks:
        done = bool(progress and progress.done) or deck.id in results
        held = learner.attempt(module.id, deck.id) is not None
        label = Msg("{sign} {title}").of(
            sign="✅" if done else "▷" if held else "▫", title=deck.title
        )
        options.append(Button(label, Begin(module.id, deck.id)))
    if shut:
        lines += [Msg("▫ {title}").of(title=deck.title) for deck in module.decks]
        options = []
    first = [
        Button(Msg("📘 {title}").of(title=each.short), Cover(each.id))
        for each in before(module, learner, turn.programme)
    ]
    following = None if shut else next_deck(learner, module)
    start: tuple[tuple[Button, ...], ...] = ()
    trailer = (Button(_("🎬 In one card"), TrailerPage(module.id)),) if module.trailer else ()
    if following:
        begin = Button(_("▶ Go on") if progress else _("▶ Start"), Begin(module.id, following.id))
        start = ((begin, *trailer),)
    elif trailer:
        start = (trailer,)
    icon = category.icon if category else "▫️"
    new = () if learner.modules else (LANGUAGE,)
    return Screen(
        title=Msg("{icon} {title}").of(icon=icon, title=module.title),
        lines=tuple(lines),
        options=tuple(options),
        rows=(
            *start,
            tuple(first[:SIDE_BY_SIDE]),
            *_beside(module, Button(_("📖 Words"), Glossary(module.id))),
            around(module, turn),
            (Button(BACK, up(module.id, turn)), Button(MENU, Home()), *new),
        ),
        category=category,
        picture=module.cover,
    )


def up(module: str, turn: Turn) -> Place:
    """Where a module is found: its category; of a sector the filters."""
    if category := turn.programme.category_of(module):
        return CategoryPage(category.id)
    return FindHelp() if module in turn.programme.sectors else Home()


def _beside(module: Module, words: Button) -> tuple[tuple[Button, ...], ...]:
    """What there is beside the decks: words and practical task, then stories and self-tests."""
    task = (Button(_("🛠 Practical task"), PracticePage(module.id)),) if module.practice else ()
    stories = (
        Button(Msg("🎭 {title}").of(title=story.title), StoryPage(module.id, number))
        for number, story in enumerate(module.stories)
    )
    tests = (
        Button(Msg("🧭 {title}").of(title=test.title), SelfTestPage(module.id, number))
        for number, test in enumerate(module.selftests)
    )
    return ((words, *task), (*exams_of(module), *stories, *tests)[:SIDE_BY_SIDE])
