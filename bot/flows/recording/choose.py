"""Which module is recorded, in which language, and how far it is."""

from collections.abc import Sequence

from bot.conversation.action import Home
from bot.conversation.decide import NOT_YOURS
from bot.conversation.event import Went
from bot.conversation.registry import Said, When, reads, shows, understands
from bot.conversation.rights import has, may
from bot.conversation.screen import (
    BACK,
    LANGUAGES,
    MENU,
    MORE_LANGUAGES,
    Button,
    Screen,
    bar,
    paged,
)
from bot.conversation.turn import Decision, NotUsable, Turn
from bot.conversation.typed_text import commands
from bot.flows.recording.actions import (
    AllRecordings,
    MyRecordings,
    Record,
    RecordAgain,
    RecordCard,
    RecordLanguage,
    RecordModule,
    ToHear,
)
from bot.flows.recording.slots import (
    READ_CARD,
    Slot,
    called,
    languages_of,
    may_judge,
    next_wanted,
    slots,
)
from bot.model.channel import manners_of
from bot.model.recordings import (
    AllHeard,
    Spoken,
    State,
    ToBeHeard,
    card_of,
    mark_of,
    number_of,
)
from bot.model.words import Msg, Words, _
from cards.folding import match
from cards.model import Module

PAGE = 6
TO_HEAR, TEXT_CHANGED = _("👂 To hear: {count}"), _("♻ Text changed: {count}")
NOT_HERE = _(
    "Voice notes are recorded on Telegram or WhatsApp. Here you can hear what others recorded, and "
    "say yes."
)
NO_SUCH = _("There is no module “{name}”.")
NOT_TAUGHT = _("“{module}” is not there in this language yet. Choose one of these.")


def not_here(turn: Turn) -> tuple[Words, ...]:
    """A sentence where no voice note can be sent."""
    return () if manners_of(turn.moment.channel).voice else (NOT_HERE,)


@shows(Record)
def show_record(place: Record, turn: Turn) -> Screen:
    page = paged(list(turn.world.programme.modules.values()), place.page, PAGE, Record)
    others, changed = turn.ask(ToBeHeard(turn.learner.id)), len(_changed(turn))
    waiting = sum(may_judge(one, turn) for one in others)
    rows: list[tuple[Button, ...]] = [page.row]
    if waiting:
        rows.append((Button(TO_HEAR.of(count=waiting), ToHear()),))
    if changed:
        rows.append((Button(TEXT_CHANGED.of(count=changed), RecordAgain()),))
    everybody = Button(_("🎙 All recordings"), AllRecordings())
    rows.append(
        (
            Button(_("🎙 My recordings"), MyRecordings()),
            *((everybody,) if has(AllRecordings.right, turn) else ()),
        )
    )
    return Screen(
        title=_("🎙 Record cards"),
        lines=(
            _(
                "Read cards aloud, each in a voice note. Learners hear them once a second person "
                "has said yes."
            ),
            *not_here(turn),
            _("Choose a module, or type its name."),
        ),
        options=tuple(
            Button(module.short, _overview(module, turn.language, turn)) for module in page.items
        ),
        rows=(*rows, (Button(MENU, Home()),)),
        typing=_("What do you look for?"),
    )


def _overview(module: Module, language: str, turn: Turn) -> RecordModule | RecordLanguage:
    """In this language, or first the choice of one."""
    if language in languages_of(module, turn):
        return RecordModule(module.id, language)
    return RecordLanguage(module.id)


@reads(Record, commands=True)
def module_typed(_place: Record, text: str, turn: Turn) -> Decision:
    return _named(text, turn)


@understands(When.BEHIND)
def record_at_once(said: Said) -> Decision | None:
    """`/record computer`, `/record computer fr`."""
    first, _space, rest = said.text.strip().removeprefix("/").partition(" ")
    turn = said.turn
    if not rest.strip() or not isinstance(commands().get(first.casefold()), Record):
        return None
    if said.reads and not said.slashed:
        return None
    if not may(Record(), turn):
        # without a slash these are words of a learner
        return Decision((Went(Home()),), (NOT_YOURS,), fresh=True) if said.slashed else None
    return _named(rest, turn)


def _named(text: str, turn: Turn) -> Decision:
    """A module by its id or a title, perhaps with the code of a language behind it."""
    name, _space, code = text.strip().rpartition(" ")
    known = code.casefold() in turn.world.languages
    module = _find(text, turn) or (_find(name, turn) if known else None)
    if module is None:
        said = NO_SUCH.of(name=text.strip()[:40])
        if isinstance(turn.place, Record):
            raise NotUsable(said)
        return Decision((Went(Record()),), (said,), fresh=True)
    wanted = code.casefold() if known and _find(text, turn) is None else turn.language
    place = _overview(module, wanted, turn)
    notes = (
        (NOT_TAUGHT.of(module=module.short),)
        if isinstance(place, RecordLanguage) and wanted != turn.language
        else ()
    )
    return Decision((Went(place),), notes, fresh=True)


def _find(text: str, turn: Turn) -> Module | None:
    modules = list(turn.world.programme.modules.values())
    say, language = turn.world.say, turn.language
    spelled = [
        (m.id, m.title.source, *(say(title, language) for title in (m.title, m.short)))
        for m in modules
    ]
    index = match(text, spelled, language) if text.strip() else None
    return None if index is None else modules[index]


@shows(RecordLanguage)
def show_language(place: RecordLanguage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    page = paged(
        languages_of(module, turn),
        place.page,
        LANGUAGES,
        lambda to: RecordLanguage(module.id, to),
        more=MORE_LANGUAGES,
    )
    return Screen(
        title=_("🌐 Language"),
        lines=(module.title,),
        options=tuple(
            Button(Msg("{name}").of(name=turn.world.name_of(code)), RecordModule(module.id, code))
            for code in page.items
        ),
        rows=(page.row, (Button(BACK, Record()), Button(MENU, Home()))),
        category=turn.programme.category_of(module.id),
    )


@shows(RecordModule)
def show_module(place: RecordModule, turn: Turn) -> Screen:
    module = turn.module(place.module)
    here = slots(module, place.language, turn)
    at = next_wanted(here, turn.learner.id)
    onward = RecordCard(module.id, place.language, at)
    language = Button(_("🌐 Language"), RecordLanguage(module.id))
    rows: list[tuple[Button, ...]] = [(Button(READ_CARD.of(number=at + 1), onward),)]
    if len(languages_of(module, turn)) > 1:
        rows.append((language,))
    return Screen(
        title=Msg("🎙 {title} · {language}").of(
            title=module.short, language=turn.world.name_of(place.language)
        ),
        lines=(*_standing(here), *not_here(turn)),
        rows=(*rows, (Button(BACK, Record()), Button(MENU, Home()))),
        category=turn.programme.category_of(module.id),
    )


def _standing(here: Sequence[Slot]) -> tuple[Words, ...]:
    """How many cards are how far."""

    def number(state: State) -> int:
        return sum(slot.new is not None and slot.new.state is state for slot in here)

    heard = sum(slot.current for slot in here)
    changed = sum(slot.heard is not None and slot.wanted for slot in here)
    lines: list[Words] = [_("Learners hear: {bar}").of(bar=bar(heard, len(here)))]
    if count := number(State.WAITING):
        lines.append(TO_HEAR.of(count=count))
    if count := number(State.ON_ITS_WAY):
        lines.append(_("⏳ On their way: {count}").of(count=count))
    if changed:
        lines.append(TEXT_CHANGED.of(count=changed))
    return tuple(lines)


# --- recordings whose words are others now


def _changed(turn: Turn) -> list[tuple[Spoken, RecordCard]]:
    """What learners do not hear any more, and where it is recorded again."""
    found = []
    for one in turn.ask(AllHeard()):
        card = card_of(one, turn.world.programme)
        if card and mark_of(card, one.language, turn.world.say) != one.said:
            number = number_of(one, turn.world.programme)
            found.append((one, RecordCard(one.module, one.language, number)))
    return found


@shows(RecordAgain)
def show_again(place: RecordAgain, turn: Turn) -> Screen:
    page = paged(_changed(turn), place.page, PAGE, RecordAgain)
    return Screen(
        title=_("♻ Text changed"),
        lines=(
            _("The words of these cards were changed. Learners do not hear the old recording."),
        ),
        options=tuple(Button(called(one, turn), card) for one, card in page.items),
        rows=(page.row, (Button(BACK, Record()), Button(MENU, Home()))),
    )
