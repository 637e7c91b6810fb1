"""What a counsellor prints and takes away."""

from bot.conversation.action import Action, Home
from bot.conversation.event import Ordered, Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import (
    BACK,
    LANGUAGES,
    MENU,
    MORE_LANGUAGES,
    Button,
    Screen,
    paged,
)
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.groups.actions import (
    Board,
    CvSheet,
    GroupCertificates,
    GroupLink,
    Groups,
    MorePosterLanguages,
    OrderPaper,
    PaperModule,
    Papers,
    PosterLanguage,
)
from bot.flows.groups.common import PAGE, own_group
from bot.model.group import Group
from bot.model.order import OrderKind
from bot.model.prints import ALL_GROUPS, CV_SHEET, GROUP_PRINTS, LISTS, MODULE_PRINTS, USES
from bot.model.words import Msg, Words, _, verbatim

INVITES = (OrderKind.QR, OrderKind.POSTER)
CLOSED_LINK = _("🔒 The link is closed: nobody can join.")
PRINTS = _("🖨 Print, lists")
COMES = _("It comes here in a moment.")


@shows(Papers)
def show_papers(place: Papers, turn: Turn) -> Screen:
    """What is printed most comes first, with what it is for; files for the counsellor below."""
    group = own_group(place.group, turn)
    several = len(turn.world.languages) > 1
    poster = PosterLanguage(group.id) if several else OrderPaper(group.id, OrderKind.POSTER)
    ways: dict[OrderKind, tuple[Words, Action]] = {
        OrderKind.POSTER: (_("🖼 Poster"), poster),
        **{kind: (name, PaperModule(group.id, kind)) for kind, name in MODULE_PRINTS.items()},
    }
    if _sheet_languages(group, turn):
        ways[OrderKind.CV_SHEET] = (CV_SHEET, CvSheet(group.id))
    files = (OrderKind.QR, *LISTS)
    qr, *lists = (Button(GROUP_PRINTS[kind], OrderPaper(group.id, kind)) for kind in files)
    return Screen(
        title=PRINTS,
        lines=(_("Each comes here as a file. Paper: A4, black on white."),),
        options=tuple(
            Button(Msg("{paper} · {use}").of(paper=paper, use=USES[kind]), way)
            for kind, (paper, way) in ways.items()
        ),
        rows=(
            (qr,),
            tuple(lists),
            (Button(_("🎓 Certificates of the group"), GroupCertificates(group.id)),),
            (Button(BACK, Board(group.id)), Button(MENU, Home())),
        ),
    )


@shows(PaperModule)
def show_paper_module(place: PaperModule, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    if place.kind not in MODULE_PRINTS:
        raise Gone
    modules = group.modules_in(turn.programme)
    page = paged(modules, place.page, PAGE, lambda to: PaperModule(group.id, place.kind, to))
    return Screen(
        title=MODULE_PRINTS[place.kind],
        lines=(USES[place.kind],),
        options=tuple(Button(m.short, OrderPaper(group.id, place.kind, m.id)) for m in page.items),
        rows=(
            page.row,
            (Button(BACK, Papers(group.id)),),
        ),
    )


@shows(CvSheet)
def show_cv_sheet(place: CvSheet, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    page = paged(_sheet_languages(group, turn), place.page, PAGE, lambda to: CvSheet(group.id, to))
    return Screen(
        title=CV_SHEET,
        lines=(
            _(
                "Two pages with the questions of the CV in two languages, side by side. Fill them "
                "in together; afterwards the learner types the numbers in the chat."
            ),
            _("One is {language}. Which is the other?").of(
                language=turn.world.name_of(_sheet_language(group, turn))
            ),
        ),
        options=tuple(
            Button(
                verbatim(turn.world.name_of(mine)), OrderPaper(group.id, OrderKind.CV_SHEET, mine)
            )
            for mine in page.items
        ),
        rows=(page.row, (Button(BACK, Papers(group.id)),)),
    )


def _sheet_language(group: Group, turn: Turn) -> str:
    """That of the country, else of the group, if papers for work are made in it."""
    wanted = (turn.world.country, group.language, "en")
    return next((x for x in wanted if x in turn.world.paper_languages), "")


def _sheet_languages(group: Group, turn: Turn) -> list[str]:
    """Those of learners, beside it."""
    theirs = _sheet_language(group, turn)
    return [x for x in turn.world.paper_languages if theirs and x != theirs]


@shows(PosterLanguage)
def show_poster_language(place: PosterLanguage, turn: Turn) -> Screen:
    return _poster_languages(own_group(place.group, turn), 0, turn)


@shows(MorePosterLanguages)
def show_more_poster_languages(place: MorePosterLanguages, turn: Turn) -> Screen:
    return _poster_languages(own_group(place.group, turn), place.page, turn)


def _poster_languages(group: Group, number: int, turn: Turn) -> Screen:
    others = [language for language in turn.world.languages if language != group.language]
    page = paged(
        others,
        number,
        LANGUAGES,
        lambda to: MorePosterLanguages(group.id, to) if to else PosterLanguage(group.id),
        more=MORE_LANGUAGES,
    )
    mine = turn.world.name_of(group.language)
    alone = _("Only {language}").of(language=mine)
    return Screen(
        title=_("🖼 Poster"),
        lines=(
            USES[OrderKind.POSTER],
            _("One is {language}. Which is the other?").of(language=mine),
        ),
        options=(
            *((Button(alone, OrderPaper(group.id, OrderKind.POSTER)),) if not number else ()),
            *(
                Button(
                    verbatim(turn.world.name_of(other)),
                    OrderPaper(group.id, OrderKind.POSTER, other),
                )
                for other in page.items
            ),
        ),
        rows=((*page.row, Button(PRINTS, Papers(group.id))),),
    )


@does(OrderPaper)
def order_paper(tap: OrderPaper, turn: Turn) -> Decision:
    if tap.kind in LISTS and str(tap.group) == ALL_GROUPS:
        order = Ordered(tap.kind, ALL_GROUPS, turn.language)
        return Decision((order, Went(Groups())), notes=(COMES,), fresh=True)
    group = own_group(tap.group, turn)
    if tap.kind in INVITES and not group.organisation:  # nobody is invited by nobody
        return Decision((Went(GroupLink(group.id)),), fresh=True)
    shut = tap.kind in INVITES and (group.link_closed or group.archived)
    went = Went(Papers(group.id))
    if tap.kind in GROUP_PRINTS:
        language = group.language if tap.kind is OrderKind.POSTER else turn.language
        paired = (
            tap.kind is OrderKind.POSTER
            and tap.module in turn.world.languages
            and tap.module != group.language
        )
        order = Ordered(tap.kind, f"{group.id}-{tap.module}" if paired else str(group.id), language)
    elif tap.kind is OrderKind.CV_SHEET and tap.module in _sheet_languages(group, turn):
        order = Ordered(tap.kind, tap.module, _sheet_language(group, turn))
    elif tap.kind in MODULE_PRINTS and tap.module in turn.programme.modules:
        order = Ordered(tap.kind, tap.module, group.language)
    else:
        return Decision((went,))
    notes = (CLOSED_LINK, COMES) if shut else (COMES,)
    return Decision((order, went), notes=notes, fresh=True)
