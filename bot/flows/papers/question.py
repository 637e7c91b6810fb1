"""How a paper asks: a question at a time, each to be skipped, each to be changed alone.

Theory. A paper has a script: a path, which is all questions that its answers as they are call for,
in order; and a form for each question. A form holds its options, each with the answers as they are
once it is chosen. So a tap and a typed text give new answers, the path is made anew from them, and
the next question is the one behind the present one. Nothing else is remembered.

What was typed and is doubtful stands in `maybe`: the same question asks about it, with options of
its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.action import Place
from bot.conversation.chosen import bare_number, numbers
from bot.conversation.decide import TAP_OR_TYPE
from bot.conversation.event import Went
from bot.conversation.everyday import LEFT_OUT, NO
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, MORE, Button, Mark, Screen, ratio
from bot.conversation.turn import STAY, Decision, Gone, NotUsable, Turn
from bot.conversation.typed_text import command
from bot.flows.papers.actions import (
    LeaveAnswer,
    PaperAsk,
    PaperChange,
    PaperReady,
    PaperStart,
    PickAnswer,
)
from bot.flows.papers.keep import changed, delete_button, draft_of
from bot.model.papers import PaperDraft, PaperKind
from bot.model.words import Msg, Words, _
from cards.folding import COMMAS

SKIP, DONE = _("Skip"), _("✔ Done")
PAGE = 5
DOUBTS = 10_000
"""Choices about a doubtful text begin here: an older button never answers for them."""


@dataclass(frozen=True)
class At:
    """A question of a paper, of one of several items."""

    step: int
    item: int = 0


@dataclass(frozen=True)
class Option:
    """`draft` is the paper once it is chosen. `number` is what its button carries, its place where
    there is none; `stays`: more can be chosen here; `says` is told then."""

    label: Words
    draft: PaperDraft
    number: int = -1
    ticked: bool | None = None
    stays: bool = False
    says: Words | None = None
    also: tuple[Words, ...] = ()
    lasts: tuple[int, int] | None = None


@dataclass(frozen=True)
class Form:
    """A question. `blank` is the paper without an answer to it; `read` makes the paper of what is
    typed, and raises `NotUsable`; with `typing` empty nothing can be typed but an option. `many`:
    several options are ticked, and then it goes on. A `grid` shows all of many short options at
    once, two in a row."""

    title: Words
    options: tuple[Option, ...] = ()
    lines: tuple[Words, ...] = ()
    blank: PaperDraft | None = None
    skip: Words = SKIP
    typing: Words | None = None
    read: Callable[[str], PaperDraft | Option] | None = None
    many: bool = False
    most: int = 99
    grid: bool = False


Ask = Callable[[Any, int, Turn], Form]
"""Of the answers, the item and the turn."""


@dataclass(frozen=True)
class Script:
    """All questions of a kind of paper. `number` gives the place of a step in what is counted on
    top, of `count`; `group` is what is changed together; `empty` says that a question has no answer
    yet."""

    kind: PaperKind
    count: int
    path: Callable[[Any, Turn], tuple[At, ...]]
    number: Callable[[int], int]
    group: Callable[[int], int]
    empty: Callable[[Any, At], bool]
    forms: Mapping[int, Ask]
    once: frozenset[int] = frozenset()
    """Steps that are asked only where the one before did not bring their answer."""
    also: tuple[At, ...] = ()
    """Asked only where somebody wants to change it."""


SCRIPTS: dict[PaperKind, Script] = {}


def _asked(place: PaperAsk, turn: Turn) -> tuple[Script, PaperDraft, Form]:
    """Raises `Gone` where there is no such question, or no paper."""
    script = SCRIPTS.get(place.kind)
    if script is None:
        raise Gone
    draft = draft_of(place.kind, turn)
    if draft.doubted != (place.step, place.item):  # what is doubtful elsewhere was left behind
        draft = replace(draft, maybe="")
    if At(place.step, place.item) not in (*script.path(draft, turn), *script.also):
        raise Gone(Decision((Went(PaperReady(place.kind)),)), PaperReady(place.kind))
    return script, draft, script.forms[place.step](draft, place.item, turn)


def place_at(kind: PaperKind, at: At | None, edit: bool = False) -> PaperAsk | PaperReady:
    return PaperAsk(kind, at.step, at.item, 0, edit) if at else PaperReady(kind)


@shows(PaperAsk)
def show_question(place: PaperAsk, turn: Turn) -> Screen:
    _script, draft, form = _asked(place, turn)
    if form.grid:
        return _grid(place, form, draft, turn)
    size = _size(form)
    pages = max(1, -(-len(form.options) // size))
    page = place.page % pages
    here = list(enumerate(form.options))[page * size : (page + 1) * size]
    more = (Button(MORE, replace(place, page=(page + 1) % pages)),) if pages > 1 else ()
    on, back = _onward_row(form, place), _back_row(draft, place, turn)
    return Screen(
        title=_title(form, place),
        lines=form.lines,
        options=tuple(_button(place, number, option) for number, option in here),
        rows=((*on, *back),) if len(here) > PAGE else ((*more, *on), back),
        typing=form.typing,
        typed=form.many,
    )


def _grid(place: PaperAsk, form: Form, draft: PaperDraft, turn: Turn) -> Screen:
    """All options numbered on their buttons: a number is read by `typed`."""
    numbered = [
        replace(option, label=Msg("{number}. {label}").of(number=number, label=option.label))
        for number, option in enumerate(form.options, 1)
    ]
    buttons = [_button(place, number, option) for number, option in enumerate(numbered)]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Screen(
        title=_title(form, place),
        lines=form.lines,
        rows=(*pairs, (*_onward_row(form, place), *_back_row(draft, place, turn))),
        typing=form.typing,
    )


def _title(form: Form, place: PaperAsk) -> Words:
    script = SCRIPTS[place.kind]
    count = ratio(script.number(place.step), script.count)
    return form.title if place.edit else Msg("{count} · {title}").of(count=count, title=form.title)


def _onward_row(form: Form, place: PaperAsk) -> tuple[Button, ...]:
    ticked = any(option.ticked for option in form.options)
    label = DONE if form.many and (ticked or form.skip == SKIP) else form.skip
    leave = LeaveAnswer(place.kind, place.step, place.item)
    return (Button(label, leave, also=(*LEFT_OUT, NO)),) if form.many or form.blank else ()


def _back_row(draft: PaperDraft, place: PaperAsk, turn: Turn) -> tuple[Button, ...]:
    before = _before(SCRIPTS[place.kind], draft, place, turn)
    return (Button(BACK, before), delete_button(place.kind))


def _size(form: Form) -> int:
    """Options on a page: six stand on one, all ways on below them in one row."""
    return PAGE + 1 if len(form.options) == PAGE + 1 else PAGE


def _button(place: PaperAsk, number: int, option: Option) -> Button:
    choice = option.number if option.number >= 0 else number
    tap = PickAnswer(place.kind, place.step, place.item, choice)
    if option.ticked is None:
        return Button(option.label, tap, also=option.also, lasts=option.lasts)
    sign, mark = ("☑", Mark.TICKED) if option.ticked else ("☐", Mark.UNTICKED)
    return Button(Msg("{sign} {label}").of(sign=sign, label=option.label), tap, mark=mark)


def _before(
    script: Script, draft: PaperDraft, place: PaperAsk, turn: Turn
) -> PaperAsk | PaperChange | PaperStart:
    if place.edit:
        return PaperChange(place.kind)
    path, here = script.path(draft, turn), At(place.step, place.item)
    index = path.index(here) if here in path else 0
    if not index:
        return PaperStart(place.kind)
    return PaperAsk(place.kind, path[index - 1].step, path[index - 1].item)


@does(PickAnswer)
def pick(tap: PickAnswer, turn: Turn) -> Decision:
    """An old button, of another question, does nothing."""
    place = turn.place
    if not _is_here(tap, place) or not isinstance(place, PaperAsk):
        return STAY
    _script, _draft, form = _asked(place, turn)
    for number, option in enumerate(form.options):
        if tap.choice == (option.number if option.number >= 0 else number):
            return _chosen(option, place, turn)
    return STAY


def _is_here(tap: PickAnswer | LeaveAnswer, place: object) -> bool:
    return isinstance(place, PaperAsk) and (place.kind, place.step, place.item) == (
        tap.kind,
        tap.step,
        tap.item,
    )


def _chosen(option: Option, place: PaperAsk, turn: Turn) -> Decision:
    notes = (option.says,) if option.says else ()
    return replace(_moved(option.draft, place, turn, option.stays), notes=notes)


@does(LeaveAnswer)
def leave(tap: LeaveAnswer, turn: Turn) -> Decision:
    place = turn.place
    if not _is_here(tap, place) or not isinstance(place, PaperAsk):
        return STAY
    _script, draft, form = _asked(place, turn)
    if form.many:
        return _moved(draft, place, turn)
    return _moved(form.blank, place, turn) if form.blank else STAY


@reads(PaperAsk)
def typed(place: PaperAsk, text: str, turn: Turn) -> Decision:
    """A list of numbers where several can be ticked; else what this question takes."""
    _script, draft, form = _asked(place, turn)
    if form.many and (listed := _listed(text)):
        return _ticked(listed, form, draft, place, turn)
    chosen = bare_number(text) if form.grid else None
    if chosen is not None and 0 <= chosen < len(form.options):
        return replace(_chosen(form.options[chosen], place, turn), fresh=True)
    if form.read is None:
        return _command(text, turn)
    found = form.read(text)
    if isinstance(found, Option):
        return replace(_chosen(found, place, turn), fresh=True)
    return replace(_moved(found, place, turn), fresh=True)


def _command(text: str, turn: Turn) -> Decision:
    """Where no text is asked for, the word of a command leads there."""
    found = command(text, turn.world.languages, turn.world.say)
    if isinstance(found, Place):
        return Decision((Went(found),), fresh=True)
    raise NotUsable(TAP_OR_TYPE)


def _listed(text: str) -> list[int]:
    """`1 3 9`, `1,3,4`, `۱ ۳`: the numbers; nothing where there is more in it."""
    bare = "".join(c if c.isdigit() else " " for c in numbers(text))
    only = all(c.isdigit() or c.isspace() or c in f"{COMMAS};.؛፤+&/-و" for c in numbers(text))
    return [int(part) for part in bare.split()] if only else []


def _ticked(
    listed: Iterable[int], form: Form, draft: PaperDraft, place: PaperAsk, turn: Turn
) -> Decision:
    """What exists is ticked, as far as there is room; what does not is named."""
    size = _size(form)
    pages = max(1, -(-len(form.options) // size))
    page = form.options[place.page % pages * size :][:size]
    notes: list[Words] = []
    wanted = list(dict.fromkeys(listed))
    missing = [n for n in wanted if not 1 <= n <= len(page)]
    if missing:
        notes.append(_("{numbers} is not here.").of(numbers=", ".join(map(str, missing))))
    labels = [page[n - 1].label for n in wanted if n not in missing]
    after, left = draft, []
    for label in labels:
        script = SCRIPTS[place.kind]
        now = script.forms[place.step](after, place.item, turn)
        option = next(o for o in now.options if o.label == label)
        if option.ticked:
            continue
        if sum(bool(o.ticked) for o in now.options) >= form.most:
            left.append(label)
        else:
            after = option.draft
    if left:
        said = _("At most {number}. Left out: {what}")
        notes.append(said.of(number=form.most, what=", ".join(_say(left, turn))))
    return replace(_moved(after, place, turn, stays=True), notes=tuple(notes), fresh=True)


def _say(labels: Iterable[Words], turn: Turn) -> list[str]:
    return [turn.world.say(label, turn.language) for label in labels]


def _moved(draft: PaperDraft, place: PaperAsk, turn: Turn, stays: bool = False) -> Decision:
    """The answers are kept at once; then the next question, or the same one again."""
    script = SCRIPTS[place.kind]
    to: PaperAsk | PaperReady = place
    if not (stays or draft.maybe):
        to = _onward(script, draft, place, turn)
    step, item = (to.step, to.item) if isinstance(to, PaperAsk) else (0, 0)
    whole = draft.whole or isinstance(to, PaperReady)
    if place.edit:
        step, item = draft.step, draft.item
    doubted = (place.step, place.item)
    draft = replace(draft, step=step, item=item, whole=whole, doubted=doubted)
    return Decision((changed(draft, turn), Went(to)))


def _onward(
    script: Script, draft: PaperDraft, place: PaperAsk, turn: Turn
) -> PaperAsk | PaperReady:
    path = script.path(draft, turn)
    here = At(place.step, place.item)
    if here in path:
        rest = path[path.index(here) + 1 :]
    else:
        behind = (script.group(place.step), place.item, place.step)
        rest = tuple(at for at in path if (script.group(at.step), at.item, at.step) > behind)
    if script.once:
        rest = tuple(at for at in rest if at.step not in script.once or script.empty(draft, at))
    following = next(iter(rest), None)
    if not place.edit:
        return place_at(place.kind, following)
    together = following and script.group(following.step) == script.group(place.step)
    open_ = following and together and script.empty(draft, following)
    return place_at(place.kind, following if open_ else None, edit=bool(open_))
