"""Somebody becomes a mentor: 18 years, a short track, seven rules, a name, languages, work."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.action import Action, Home
from bot.conversation.chosen import choices, numbers
from bot.conversation.event import Told, Went
from bot.conversation.everyday import ALL, YES, everyday
from bot.conversation.lexicon import Lexicon, lexicon
from bot.conversation.registry import Said, When, does, opens, reads, shows, understands
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import STAY, Decision, NotUsable, Turn
from bot.conversation.typed_language import typed_languages
from bot.conversation.typed_title import typed_nickname, typed_title
from bot.flows.learning.labels import LANGUAGE
from bot.flows.learning.track import BESIDE, enter
from bot.flows.pairs.actions import (
    AgreeToRules,
    MentorInvited,
    MentorLessons,
    MentorName,
    MentorReady,
    MentorRules,
    MentorSteps,
    MentorTongues,
    MentorWork,
    PairTalk,
    PickWork,
    TakeLink,
    TickRule,
)
from bot.flows.pairs.common import group_of, pair_of
from bot.flows.pairs.events import ASKED, PairKept, ToldAboutMe
from bot.model.group import GroupById
from bot.model.message import note
from bot.model.pairs import (
    NEVER_AGAIN,
    STOPPED,
    AboutMe,
    PairByToken,
    PairsOf,
    PairState,
)
from bot.model.sectors import sector_name
from bot.model.words import Msg, Words, _, verbatim
from cards.audience import Audience

LINK_GONE = _("This link was used, or is too old. Please ask the person who gave it to you.")
RULES: tuple[Words, ...] = (
    _("I help with work. I do not give legal or medical advice."),
    _("No money, no gifts, no papers of the other in my hands."),
    _("The other does not work for me or my family."),
    _("No love, no sex, no pressure, no religion."),
    _("I do not ask for address, number, status or the way here."),
    _("What I read I tell nobody. In danger I tell the counsellor or 112."),
    _("Each of us may end it at any time, without a reason."),
)
EVERY = tuple(range(len(RULES)))
BY_NUMBER = _("Type the numbers of the rules that you accept: 1 2 3, or 1-7 for all.")
MOST_TONGUES, PAGE = 5, 5


@opens("p")
def opened(token: str, turn: Turn) -> Decision | None:
    """A link for one mentor."""
    pair = turn.ask(PairByToken(token))
    if pair is None or pair.learner == turn.learner.id:
        return Decision((Went(Home()),), notes=(LINK_GONE,), fresh=True)
    return Decision((Went(MentorInvited(token)),), fresh=True)


@shows(MentorInvited)
def show_invited(place: MentorInvited, turn: Turn) -> Screen:
    pair = turn.ask(PairByToken(place.token))
    group = turn.ask(GroupById(pair.group)) if pair else None
    if group is None:
        return Screen(title=_("🤝 Mentor"), lines=(LINK_GONE,), rows=((Button(MENU, Home()),),))
    return Screen(
        title=_("🤝 {organisation} looks for a mentor").of(organisation=group.organisation),
        lines=(
            _("You write with one person about work, through this bot, for some months."),
            _("Nobody sees your number. You may end it at any time."),
            _("Mentors must be 18. Are you?"),
        ),
        options=(
            Button(_("Yes, I am 18 or older"), TakeLink(place.token)),
            Button(_("No, or I do not want to"), Home()),
        ),
        rows=((LANGUAGE,),),
    )


@does(TakeLink)
def take_link(tap: TakeLink, turn: Turn) -> Decision:
    """The link is theirs; somebody who was reported and not cleared gets none, nor these two
    again."""
    pair = turn.ask(PairByToken(tap.token))
    mine = turn.ask(PairsOf(turn.learner.id))
    stopped = any(p.mentor == turn.learner.id and p.state in STOPPED for p in mine)
    again = pair and any(p.has(pair.learner) and p.state in NEVER_AGAIN for p in mine)
    if pair is None or pair.learner == turn.learner.id or stopped or again:
        return Decision((Went(Home()),), notes=(LINK_GONE,), fresh=True)
    about = replace(turn.learner.about_me, adult=True)
    taken = PairKept(replace(pair, mentor=turn.learner.id))
    entered = enter(Audience.MENTOR, turn)
    return Decision((taken, ToldAboutMe(about), *entered, Went(MentorSteps())), fresh=True)


def _left(turn: Turn) -> int:
    """Steps that are not ticked yet."""
    about = turn.learner.about_me
    said = (about.agreed, about.name, about.tongues, about.sector)
    return [_track_done(turn), *map(bool, said)].count(False)


def _beside(turn: Turn) -> tuple[Button, ...]:
    pairs = turn.learner.about_me.pairs
    talk = tuple(Button(_("🤝 We write"), PairTalk(pair)) for pair in pairs[-1:])
    left = _left(turn)
    steps = _("☑ Your steps: {count} left").of(count=left) if left else _("☑ My steps")
    return (*talk, Button(steps, MentorSteps()))


BESIDE[Audience.MENTOR] = _beside


def _track_done(turn: Turn) -> bool:
    track = turn.world.programme.seen_by(Audience.MENTOR).modules
    return all(map(turn.learner.done, track))


def ready(turn: Turn) -> bool:
    about = turn.learner.about_me
    said = about.adult and about.agreed and about.name and about.tongues
    return bool(said and _track_done(turn))


@shows(MentorSteps)
def show_steps(_place: MentorSteps, turn: Turn) -> Screen:
    about = turn.learner.about_me

    def step(done: bool, label: Words) -> Words:
        return Msg("{sign} {label}").of(sign="✅" if done else "▫", label=label)

    waiting = [
        p
        for p in turn.ask(PairsOf(turn.learner.id))
        if p.mentor == turn.learner.id and p.state is PairState.INVITED
    ]
    first = (
        (Button(_("▶ I am ready: ask the person"), MentorReady(waiting[0].id)),)
        if waiting and ready(turn)
        else ()
    )
    track = next(iter(turn.world.programme.seen_by(Audience.MENTOR).modules.values()), None)
    learn = (
        (Button(step(_track_done(turn), _("Two short lessons")), MentorLessons()),) if track else ()
    )
    return Screen(
        title=_("🤝 Before the first message"),
        lines=(_("When all is ticked, the person is asked. Then you are asked once more."),),
        options=(
            *learn,
            Button(step(about.agreed, _("Seven rules")), MentorRules()),
            Button(step(bool(about.name), _("My name for the other")), MentorName()),
            Button(step(bool(about.tongues), _("My languages")), MentorTongues()),
            Button(step(bool(about.sector), _("The work I know")), MentorWork()),
        ),
        rows=(first, (Button(MENU, Home()),)),
    )


@does(MentorLessons)
def lessons(_tap: MentorLessons, turn: Turn) -> Decision:
    return Decision((*enter(Audience.MENTOR, turn), Went(Home())))


@shows(MentorRules)
def show_rules(_place: MentorRules, turn: Turn) -> Screen:
    ticked = turn.learner.about_me.rules
    lines = [
        Msg("{sign} {number}. {rule}").of(sign="☑" if n in ticked else "☐", number=n + 1, rule=rule)
        for n, rule in enumerate(RULES)
    ]
    left = [n for n in range(len(RULES)) if n not in ticked]
    costly = turn.moment.costly
    agree: tuple[Button, ...] = ()
    if left and costly:
        agree = (Button(_("☑ Yes to all"), AgreeToRules(EVERY)),)
    elif left:
        agree = (Button(_("☑ I agree to rule {number}").of(number=left[0] + 1), TickRule(left[0])),)
    return Screen(
        title=_("Seven rules"),
        lines=(*lines, *((BY_NUMBER,) if left and costly else ())),
        rows=(agree, (Button(BACK, MentorSteps()), Button(MENU, Home()))),
        asks=bool(left),
    )


@does(TickRule)
def tick(tap: TickRule, turn: Turn) -> Decision:
    if tap.rule >= len(RULES):
        return STAY
    return _agreed((tap.rule,), turn)


@does(AgreeToRules)
def agree(tap: AgreeToRules, turn: Turn) -> Decision:
    return _agreed(tuple(rule for rule in tap.rules if rule < len(RULES)), turn)


def _agreed(rules: tuple[int, ...], turn: Turn) -> Decision:
    about = turn.learner.about_me
    about = replace(about, rules=tuple(sorted({*about.rules, *rules})))
    to = MentorSteps() if about.agreed else MentorRules()
    return Decision((ToldAboutMe(about), Went(to)))


@understands(When.ANSWER)
def _rules_typed(said: Said) -> Action | None:
    """`1 2 3`, `1-7`, `all`: the rules that are accepted."""
    turn = said.turn
    if not isinstance(turn.place, MentorRules):
        return None
    words = lexicon(turn.world.say, turn.world.languages)
    listed = rules_in(said.text, words)
    if listed:
        return AgreeToRules(listed)
    every = Button(ALL, AgreeToRules(EVERY), also=(ALL, YES))
    button = everyday(said.text, (every,), words, turn.language, turn.world.say)
    return button.action if button else None


def rules_in(text: str, words: Lexicon) -> tuple[int, ...]:
    """Numbers and ranges of numbers, counted from 0."""

    def all_of(found: re.Match[str]) -> str:
        first, last = int(found[1]), int(found[2])
        return " ".join(map(str, range(first, min(last, len(RULES)) + 1)))

    whole = re.sub(r"([1-9])\s*[-–—]\s*([1-9])(?!\d)", all_of, numbers(text))
    return choices(whole, len(RULES), words) or ()


@shows(MentorName)
def show_name(_place: MentorName, _turn: Turn) -> Screen:
    return Screen(
        title=_("Which name shall the other read?"),
        lines=(_("A first name is enough."),),
        rows=((Button(BACK, MentorSteps()),),),
        typing=_("Your name"),
    )


@reads(MentorName)
def named(_place: MentorName, text: str, turn: Turn) -> Decision:
    about = replace(turn.learner.about_me, name=typed_nickname(text))
    return Decision((ToldAboutMe(about), Went(MentorSteps())), fresh=True)


@shows(MentorTongues)
def show_tongues(_place: MentorTongues, turn: Turn) -> Screen:
    had = turn.learner.about_me.tongues
    names = " · ".join(turn.world.atlas.tongue(code, turn.language) for code in had)
    return Screen(
        title=_("Which languages do you speak?"),
        lines=(
            _("Nobody translates here: you need one in common."),
            *((verbatim(names),) if names else ()),
            _("Type one after another."),
        ),
        rows=((Button(_("Done"), MentorSteps()),),),
        typing=_("The language"),
    )


@reads(MentorTongues)
def spoken(_place: MentorTongues, text: str, turn: Turn) -> Decision:
    """One, or several at once."""
    codes = typed_languages(typed_title(text), turn)
    if not codes:
        raise NotUsable(_("I do not know this language. Please type its name again."))
    about = turn.learner.about_me
    every = tuple(dict.fromkeys((*about.tongues, *codes)))
    left, tongues = every[:-MOST_TONGUES], every[-MOST_TONGUES:]
    names = " · ".join(turn.world.atlas.tongue(code, turn.language) for code in left)
    return Decision(
        (ToldAboutMe(replace(about, tongues=tongues)), Went(MentorTongues())),
        notes=(_("There is room for {most}. Left out: {names}").of(most=MOST_TONGUES, names=names),)
        if left
        else (),
        fresh=True,
    )


@shows(MentorWork)
def show_work(place: MentorWork, turn: Turn) -> Screen:
    sectors: Sequence[str] = tuple(turn.world.work.list("sectors"))
    page = paged(list(enumerate(sectors)), place.page, PAGE, MentorWork)
    return Screen(
        title=_("Which work do you know?"),
        options=tuple(Button(sector_name(id), PickWork(n)) for n, id in page.items),
        rows=(page.row, (Button(BACK, MentorSteps()),)),
    )


@does(PickWork)
def pick_work(tap: PickWork, turn: Turn) -> Decision:
    sectors = tuple(turn.world.work.list("sectors"))
    if tap.sector >= len(sectors):
        return STAY
    about = replace(turn.learner.about_me, sector=sectors[tap.sector])
    return Decision((ToldAboutMe(about), Went(MentorSteps())))


@does(MentorReady)
def mentor_ready(tap: MentorReady, turn: Turn) -> Decision:
    """Only now the learner is asked."""
    pair = pair_of(tap.pair, turn, PairState.INVITED)
    if pair.mentor != turn.learner.id or not ready(turn):
        return Decision((Went(MentorSteps()),))
    group = group_of(pair, turn)
    about: AboutMe = turn.learner.about_me
    asked = note(ASKED, pair=pair.id, name=about.name, organisation=group.organisation)
    return Decision(
        (
            PairKept(pair.moved(PairState.ASKED, turn.now)),
            Told(pair.learner, asked),
            Went(Home()),
        ),
        notes=(_("🤝 The person is asked. You hear from us."),),
        fresh=True,
    )
