"""Finding something to learn: home, a category, a pathway, a module's cover, progress.
Nothing is locked.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.conversation.action import Back, Home, Place, with_commands
from bot.conversation.event import Went
from bot.conversation.registry import does, opens, shows
from bot.conversation.rights import has
from bot.conversation.screen import BACK, MENU, Button, Screen, bar, paged
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.account.actions import Help, Languages, SettingsMenu
from bot.flows.certificates.actions import Certificates, Claim
from bot.flows.groups.member_actions import MyGroup
from bot.flows.learning.actions import (
    Begin,
    CategoryPage,
    Cover,
    Glossary,
    LearningProgress,
    Lesson,
    ModuleList,
    PathwayPage,
    Review,
    SelfTestPage,
    StoryPage,
    Summary,
    TrailerPage,
)
from bot.flows.learning.exam import exam_of, exams_of
from bot.flows.learning.labels import module_label
from bot.flows.learning.next_step import go_on, in_another_language, next_deck
from bot.flows.learning.placement import around
from bot.flows.learning.review import FROM_BEFORE, REVIEWS, due_now
from bot.flows.learning.track import show_track
from bot.flows.learning.tutorial import tutorials
from bot.flows.pairs.actions import PairTalk
from bot.flows.papers.cv import go_on as go_on_with_paper
from bot.flows.practice.actions import PracticePage
from bot.flows.reminders.settings import week_line
from bot.flows.resources.actions import FindHelp
from bot.flows.sure.ask import how_sure
from bot.model.group import GroupById, is_sensitive
from bot.model.learner import Learner, learning_minutes
from bot.model.levels import LEVELS
from bot.model.words import Msg, Words, _, minutes, ngettext
from cards.audience import Audience
from cards.collection import Category, Pathway
from cards.model import Module, Programme

G = TypeVar("G", Category, Pathway)
LISTED = 6
"""Modules on one screen, so that with the way on there are at most seven."""
SIDE_BY_SIDE = 8
LANGUAGE = Msg("🌐 {word}").of(word=_("Language"))


@shows(Home)
def show_home(_place: Place, turn: Turn) -> Screen:
    """Go on where you were; the categories with their colours and how far one is; the rest
    below."""
    learner = turn.learner
    programme = turn.programme
    if programme.audience is not Audience.LEARNER:
        return show_track(turn)
    onward = go_on(learner, programme)
    categories = [c for c in programme.categories if c.modules]
    pathways = [p for p in programme.pathways if p.modules]
    finished = bool(programme.modules) and all(map(learner.done, programme.modules))
    options = [_large(learner, Button(*onward), programme)] if onward else []
    if due := len(due_now(learner, programme, turn.now)):
        options.insert(0, Button(FROM_BEFORE.of(number=min(due, REVIEWS)), Review()))
    elif finished:
        options.append(Button(_("🔁 Questions once more"), Review()))
    if finished:
        options.append(Button(_("📖 Words"), Glossary()))
    options += [
        Button(_category_label(learner, c), CategoryPage(c.id), category=c)
        for c in _chosen_first(learner, categories)
    ]
    rows: list[tuple[Button, ...]] = []
    if learner.owed:
        rows.append((Button(_("🎓 Get my certificate"), Claim()),))
    groups = (
        Button(Msg("👥 {title}").of(title=m.title), MyGroup(id)) for id, m in learner.groups.items()
    )
    rows.append((*tutorials(turn), *groups)[:SIDE_BY_SIDE])
    rows.append(
        tuple(
            Button(
                Msg("{sign} {title}").of(sign=_star(learner, p, "🧭"), title=p.title),
                PathwayPage(p.id),
            )
            for p in _chosen_first(learner, pathways)
        )[:SIDE_BY_SIDE]
    )
    more = (
        Button(cls.home, cls())
        for _given, cls in with_commands()
        if issubclass(cls, Place) and cls.home and has(cls.right, turn)
    )
    pair = (Button(_("🤝 My pair"), PairTalk()),) if learner.about_me.pairs else ()
    rows.append((*pair, *go_on_with_paper(turn), *more))
    progress = Button(_("📈 Progress"), LearningProgress())
    ways: tuple[Button, ...] = (
        Button(_("⚙ Settings"), SettingsMenu()),
        Button(_("❓ Help"), Help()),
    )
    if learner.owed:
        ways = (progress, *ways)
    else:
        rows.append((progress, Button(_("🎓 Certificates"), Certificates())))
    rows.append((*ways, *language_button(learner)))
    lines: list[Words] = [_welcome(learner, finished, len(programme.modules))]
    lines += in_another_language(onward[1], turn) if onward else ()
    lines += _here(programme)
    return Screen(
        title=programme.title, lines=tuple(lines), options=tuple(options), rows=tuple(rows)
    )


def _chosen_first(learner: Learner, groups: Sequence[G]) -> list[G]:
    """The path that they chose to follow in front (`bot.flows.entry`)."""
    return sorted(groups, key=lambda group: group.id != learner.path)


def _star(learner: Learner, group: Category | Pathway, sign: str) -> str:
    return "⭐" if group.id == learner.path else sign


def _large(learner: Learner, onward: Button, programme: Programme) -> Button:
    """With the module that it leads into, and how far that is."""
    module = programme.offered.get(getattr(onward.action, "module", ""))
    if module is None:
        return onward
    progress = learner.modules.get(module.id)
    through = len(progress.decks) if progress else 0
    about = Msg("{title} {bar}").of(title=module.short, bar=bar(through, len(module.decks)))
    return replace(onward, about=about, category=programme.category_of(module.id))


def _welcome(learner: Learner, finished: bool, modules: int) -> Words:
    if finished:
        return ngettext(
            "The only module here is done.", "All {count} modules here are done.", modules
        )
    return (
        _("Welcome back. What would you like to do?")
        if learner.modules
        else _("Small steps. Choose where to begin.")
    )


def _here(programme: Programme) -> tuple[Words, ...]:
    """How many of the programme's modules can be learned, as long as some are still to come."""
    here = len(programme.modules)
    return (
        ()
        if here >= programme.total
        else (_("Modules here so far: {here} of {total}").of(here=here, total=programme.total),)
    )


def language_button(learner: Learner) -> tuple[Button, ...]:
    """For somebody new, whose phone may speak another language than they like to read."""
    return () if learner.modules else (Button(LANGUAGE, Languages()),)


def _bar(learner: Learner, group: Category | Pathway) -> Msg:
    """Done of all that belong to it, so that a full bar is a certificate."""
    return bar(sum(map(learner.done, group.modules)), group.total)


def _category_label(learner: Learner, category: Category) -> Words:
    return Msg("{icon} {title} {bar}").of(
        icon=_star(learner, category, category.icon),
        title=category.title,
        bar=_bar(learner, category),
    )


@shows(CategoryPage)
def show_theme(place: CategoryPage, turn: Turn) -> Screen:
    return show_modules(ModuleList(place.category), turn)


@shows(PathwayPage)
def show_path(place: PathwayPage, turn: Turn) -> Screen:
    return show_modules(ModuleList(place.pathway, path=True), turn)


@shows(ModuleList)
def show_modules(place: ModuleList, turn: Turn) -> Screen:
    """The modules of a category or a pathway, a page at a time."""
    learner, programme = turn.learner, turn.programme
    category = next((c for c in programme.categories if c.id == place.collection), None)
    if category and not place.path:
        title = Msg("{icon} {title}").of(icon=category.icon, title=category.title)
        return _list(learner, category, title, programme, category, place.page)
    pathway = next((p for p in programme.pathways if p.id == place.collection), None)
    if pathway is None:
        raise Gone
    title = Msg("🧭 {title}").of(title=pathway.title)
    return _list(learner, pathway, title, programme, number=place.page)


def _list(
    learner: Learner,
    group: Category | Pathway,
    title: Words,
    programme: Programme,
    category: Category | None = None,
    number: int = 0,
) -> Screen:
    modules = [programme.modules[id] for id in group.modules]
    size = len(modules) if len(modules) <= LISTED + 1 else LISTED
    page = paged(
        modules,
        number,
        max(size, 1),
        lambda to: ModuleList(group.id, to, isinstance(group, Pathway)),
    )
    exam = exam_of(category, programme) if category else ()
    return Screen(
        title=title,
        lines=(group.description, _bar(learner, group)),
        options=tuple(Button(module_label(learner, m), Cover(m.id)) for m in page.items),
        rows=(page.row, (*exam, Button(MENU, Home()))),
        category=category,
    )


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
    size = max(1, round(sum(len(text.source.encode()) for text in module.texts()) / 1024))
    lines: list[Words] = [
        module.description,
        _("⏱ about {time} · {size} KB · level: {level}").of(
            time=minutes(module.minutes), size=size, level=LEVELS[module.level]
        ),
    ]
    if module.id in turn.programme.sectors:
        lines.append(_("A short lesson beside the modules. There is no certificate for it."))
    language = turn.language
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
    lines += how_sure(module, turn)
    lines.append(_("You will learn to:"))
    lines += [Msg("• {objective}").of(objective=objective) for objective in module.objectives]
    lines.append(_("Programme:"))
    progress = learner.modules.get(module.id)
    results = progress.decks if progress else {}
    options = []
    for deck in module.decks:
        done = bool(progress and progress.done) or deck.id in results
        held = learner.attempt(module.id, deck.id) is not None
        label = Msg("{sign} {title}").of(
            sign="✅" if done else "▷" if held else "▫", title=deck.title
        )
        options.append(Button(label, Begin(module.id, deck.id)))
    following = next_deck(learner, module)
    start: tuple[tuple[Button, ...], ...] = ()
    trailer = (Button(_("🎬 In one card"), TrailerPage(module.id)),) if module.trailer else ()
    if following:
        begin = Button(_("▶ Go on") if progress else _("▶ Start"), Begin(module.id, following.id))
        start = ((begin, *trailer),)
    elif trailer:
        start = (trailer,)
    icon = category.icon if category else "▫️"
    return Screen(
        title=Msg("{icon} {title}").of(icon=icon, title=module.title),
        lines=tuple(lines),
        options=tuple(options),
        rows=(
            *start,
            *_beside(module, Button(_("📖 Words"), Glossary(module.id))),
            around(module, turn),
            (Button(BACK, _up(module.id, turn)), Button(MENU, Home()), *language_button(learner)),
        ),
        category=category,
        picture=module.cover,
    )


def _up(module: str, turn: Turn) -> Place:
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


@shows(LearningProgress)
def show_progress(_place: LearningProgress, turn: Turn) -> Screen:
    programme = turn.programme
    begun = [
        (programme.offered[m], p) for m, p in turn.learner.modules.items() if m in programme.offered
    ]
    done = sum(map(turn.learner.done, programme.modules))
    lines: list[Words] = [
        _("Modules done: {bar}").of(bar=bar(done, programme.total)),
        *_here(programme),
    ]
    active = [(m, p) for m, p in begun if p.done is None][-5:]
    for module, progress in active:
        lines.append(
            Msg("▷ {title} {bar}").of(
                title=module.short, bar=bar(len(progress.decks), len(module.decks))
            )
        )
    lines.append(
        _("Learning time: {time}").of(time=minutes(learning_minutes(p for _module, p in begun)))
    )
    lines += week_line(turn)
    lines.append(
        _(
            "Your progress stays. Only if you are away for more than a year, it is deleted; you "
            "are told before."
        )
    )
    onward = go_on(turn.learner, programme)
    lines += in_another_language(onward[1], turn) if onward else ()
    rows: list[tuple[Button, ...]] = [(Button(*onward),)] if onward else []
    rows.append((Button(_("🎓 Certificates"), Certificates()), Button(_("📖 Words"), Glossary())))
    return Screen(title=_("📈 Progress"), lines=tuple(lines), rows=(*rows, (Button(MENU, Home()),)))


@does(Back)
def back(_tap: Back, turn: Turn) -> Decision:
    """One level up; from something looked at on the way, to where one was."""
    here = turn.place
    if not here.main:
        return Decision((Went(turn.main),))
    up: Place = Home()
    if isinstance(here, Lesson | Summary | TrailerPage) and here.module:
        up = Cover(here.module)
    elif isinstance(here, Cover):
        up = _up(here.module, turn)
    return Decision((Went(up),))


@opens("m")
def opened(module: str, turn: Turn) -> Decision | None:
    """A link to a module."""
    return Decision((Went(Cover(module)),)) if module in turn.programme.offered else None
