"""Finding something to learn: home, a category, a pathway, a module's cover, progress.
Nothing is locked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.conversation.action import Back, Home, Place, with_commands
from bot.conversation.event import Went
from bot.conversation.registry import does, opens, shows
from bot.conversation.rights import has
from bot.conversation.screen import (
    MENU,
    MOST_ROWS,
    SIDE_BY_SIDE,
    Button,
    Screen,
    bar,
    paged,
    side_by_side,
)
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.account.actions import Help, SettingsMenu
from bot.flows.certificates.actions import Certificates, Claim
from bot.flows.groups.member_actions import MyGroup
from bot.flows.learning.actions import (
    CategoryPage,
    Cover,
    ForStaff,
    Glossary,
    LearningProgress,
    Lesson,
    Levels,
    ModuleList,
    OfLevel,
    PathwayPage,
    Review,
    Summary,
    TrailerPage,
)
from bot.flows.learning.cover import up
from bot.flows.learning.exam import exam_of
from bot.flows.learning.labels import LANGUAGE, module_label
from bot.flows.learning.levels import TITLE as BY_LEVEL
from bot.flows.learning.next_step import go_on, in_another_language
from bot.flows.learning.review import FROM_BEFORE, REVIEWS, due_now
from bot.flows.learning.track import show_track
from bot.flows.learning.tutorial import tutorials
from bot.flows.pairs.actions import PairTalk
from bot.flows.pairs.waiting import waiting
from bot.flows.papers.actions import MyPapers
from bot.flows.papers.cv import go_on as go_on_with_paper
from bot.flows.reminders.settings import week_line
from bot.model.learner import Learner, learning_minutes
from bot.model.roles import Right
from bot.model.words import Msg, Words, _, minutes, ngettext
from cards.audience import Audience
from cards.collection import Category, Pathway
from cards.model import Programme

G = TypeVar("G", Category, Pathway)
FOR_STAFF = _("🧑‍💼 For staff")
FOR_OPTIONS = 2
"""Rows: a large one, and the numbers of the others."""
LISTED = 6
"""Modules on one screen, so that with the way on there are at most seven."""


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
    lines: list[Words] = [_welcome(learner, finished, len(programme.modules))]
    lines += in_another_language(onward[1], turn) if onward else ()
    lines += _here(programme)
    return Screen(
        title=programme.title, lines=tuple(lines), options=tuple(options), rows=_rows(turn)
    )


def _rows(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """The ways on, three side by side, in as many rows as leave room for the options. Where there
    are more, those that have another way or a command of their own give way."""
    learner = turn.learner
    first = ((Button(_("🎓 Get my certificate"), Claim()),),) if learner.owed else ()
    room = (MOST_ROWS - FOR_OPTIONS - len(first)) * SIDE_BY_SIDE
    ways = list(_ways(turn))
    begun = bool(go_on_with_paper(turn))
    spare = (*((MyPapers(),) if begun else ()), LearningProgress(), Help())
    for action in spare:
        if len(ways) > room:
            ways = [way for way in ways if way.action != action]
    return (*first, *side_by_side((*ways[:1], *ways[1:][1 - room :])))


def _ways(turn: Turn) -> Iterator[Button]:
    learner = turn.learner
    yield from tutorials(turn)
    yield from waiting(turn)
    for id, group in learner.groups.items():
        yield Button(Msg("👥 {title}").of(title=group.title), MyGroup(id))
    if learner.about_me.pairs:
        yield Button(_("🤝 My pair"), PairTalk())
    for path in _chosen_first(learner, [p for p in turn.programme.pathways if p.modules]):
        label = Msg("{sign} {title}").of(sign=_star(learner, path, "🧭"), title=path.title)
        yield Button(label, PathwayPage(path.id))
    yield from go_on_with_paper(turn)
    more = _on_the_menu(turn)
    staff = tuple(button for button in more if _of_staff(button))
    yield from (button for button in more if button not in staff)
    yield from staff if len(staff) < SIDE_BY_SIDE else (Button(FOR_STAFF, ForStaff()),)
    yield Button(_("📈 Progress"), LearningProgress())
    if not learner.owed:
        yield Button(_("🎓 Certificates"), Certificates())
    yield Button(_("⚙ Settings"), SettingsMenu())
    yield Button(_("❓ Help"), Help())
    yield LANGUAGE


def _on_the_menu(turn: Turn) -> tuple[Button, ...]:
    """What features say of themselves, of those who may go there."""
    return tuple(
        Button(cls.home, cls())
        for _given, cls in with_commands()
        if issubclass(cls, Place) and cls.home and has(cls.right, turn)
    )


def _of_staff(button: Button) -> bool:
    return button.action.right is not Right.ANYBODY


@shows(ForStaff)
def show_for_staff(_place: ForStaff, turn: Turn) -> Screen:
    """Each is a command, too."""
    ways = tuple(button for button in _on_the_menu(turn) if _of_staff(button))
    if not ways:
        raise Gone
    return Screen(title=FOR_STAFF, options=ways, rows=((Button(MENU, Home()),),))


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
        rows=(page.row, (*exam, Button(BY_LEVEL, Levels()), Button(MENU, Home()))),
        category=category,
    )


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
        return Decision((Went(turn.left if here.aside else turn.main),))
    above: Place = Home()
    if isinstance(here, Lesson | Summary | TrailerPage) and here.module:
        above = Cover(here.module)
    elif isinstance(here, Cover):
        above = up(here.module, turn)
    elif isinstance(here, OfLevel):
        above = Levels()
    return Decision((Went(above),))


@opens("m")
def opened(module: str, turn: Turn) -> Decision | None:
    """A link to a module."""
    return Decision((Went(Cover(module)),)) if module in turn.programme.offered else None
