"""What is kept, everything at once, no more messages, delete (product.md, Privacy)."""

from bot.conversation.action import Back, Home
from bot.conversation.decide import start
from bot.conversation.event import Ordered, Went
from bot.conversation.registry import Said, When, does, opens, shows, understands
from bot.conversation.rights import has
from bot.conversation.screen import MENU, RETURN, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_text import starts
from bot.flows.account.actions import (
    Delete,
    Erase,
    MyData,
    NewsPage,
    Privacy,
    Resume,
    Stopped,
)
from bot.flows.account.data_use import state
from bot.flows.account.events import Erased, Muted, Unmuted
from bot.flows.account.news import TITLE as NEWS
from bot.flows.pairs.stored import KEPT as PAIRS_KEPT
from bot.flows.pairs.stored import stored_pairs
from bot.flows.papers.stored import CONFIRMED_KEPT, ERASED_TOO, EXCEPTION, stored_papers
from bot.flows.recording.mine import my_voice, stored_recordings, voice_stays
from bot.flows.vocabulary.collected import collected
from bot.model.certificate import subject_title
from bot.model.channel import manners_of
from bot.model.group import GroupsOf, seen_as
from bot.model.learner import learning_minutes
from bot.model.order import OrderKind
from bot.model.roles import Right
from bot.model.spaced import upcoming
from bot.model.words import Msg, Words, _, minutes, ngettext

SEND_AGAIN = _("🔔 Send me messages again")
ON_AGAIN = _("🔔 Messages are on again.")


@shows(Privacy)
def show_privacy(_place: Privacy, turn: Turn) -> Screen:
    return Screen(
        title=_("🔒 Privacy"),
        lines=(
            _(
                "We keep: your language, where you are, which option you chose, if it was right, "
                "and the time."
            ),
            _(
                "We do not keep: your phone number, name, photo, location, or what you type (only "
                "a nickname, if you join a group)."
            ),
            EXCEPTION,
            CONFIRMED_KEPT,
            PAIRS_KEPT,
            _("If you are away for a year, you get a notice. A month later everything is deleted."),
            _("Your address in this messenger is encrypted. We only use it to answer you."),
            *_carrier(turn),
            _("Your name is asked for a certificate. It is kept only if you say so."),
            _("Nobody else sees your answers."),
        ),
        options=(
            Button(_("📄 What is stored about me"), MyData()),
            Button(_("🗑 Delete everything"), Delete()),
            *((Button(NEWS, NewsPage()),) if turn.moment.costly else ()),
        ),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


def _carrier(turn: Turn) -> tuple[Words, ...]:
    """Who else sees what is written here."""
    carrier = manners_of(turn.moment.channel).carrier
    if not carrier:
        return ()
    said = _("{carrier} carries the messages here. It can see that you write to us, and what.")
    return (said.of(carrier=carrier),)


@does(MyData)
def my_data(tap: MyData, turn: Turn) -> Decision:
    return Decision((Ordered(OrderKind.DATA, language=turn.language), Went(tap)), fresh=True)


@shows(MyData)
def show_my_data(_place: MyData, turn: Turn) -> Screen:
    """Everything, readable; the same as a JSON file comes with it."""
    learner = turn.learner
    programme = turn.programme
    lines: list[Words] = [
        _("Language: {language}").of(language=turn.world.name_of(turn.language)),
        _("Minutes a day: {time}").of(time=minutes(learner.minutes)),
        state(learner.low_data),
        _("Name for certificates: {name}").of(name=learner.name)
        if learner.name
        else _("Name for certificates: not kept"),
        _("Messages from us: no") if learner.muted else _("Messages from us: yes"),
    ]
    if learner.zone:
        lines.append(_("Time zone: {zone}").of(zone=learner.zone))
    if learner.rhythm.hour is not None:
        lines.append(_("Reminder at {time}").of(time=f"{learner.rhythm.hour}:00"))
    if learner.rhythm.goal:
        lines.append(_("Goal for a week: {number}").of(number=learner.rhythm.goal))
    for mine in learner.groups.values():
        group = Msg("👥 {title} · {organisation} · {nickname}")
        lines.append(
            group.of(title=mine.title, organisation=mine.organisation, nickname=seen_as(mine))
        )
        if mine.sensitive:
            lines.append(
                _("{counsellor} may see your sensitive modules.").of(counsellor=mine.counsellor)
            )
    for id, progress in learner.modules.items():
        module = programme.offered.get(id)
        title: Words = module.short if module else Msg("{id}").of(id=id)
        days = Msg("{first} – {last}").of(first=progress.first_day, last=progress.last_day)
        done = "✅" if progress.done else "▷"
        lines.append(
            Msg("{sign} {title}: {days}, {time}").of(
                sign=done, title=title, days=days, time=minutes(learning_minutes([progress]))
            )
        )
    for certificate in (*learner.earned, *learner.owed):
        about = subject_title(programme, certificate.kind, certificate.subject)
        if about:
            lines.append(Msg("🎓 {title}: {day}").of(title=about, day=certificate.day))
    waiting = len(upcoming(learner.memory, programme))
    lines.append(
        ngettext(
            "{count} question comes back for review",
            "{count} questions come back for review",
            waiting,
        )
    )
    if words := len(collected(turn)):
        lines.append(
            ngettext("{count} word that you collected", "{count} words that you collected", words)
        )
    lines += stored_papers(turn)
    lines += stored_pairs(turn)
    lines += stored_recordings(turn)
    lines.append(
        _("Your answers (which option, right or not, when) are in the file that comes with this.")
    )
    return Screen(
        title=_("📄 What is stored about me"),
        lines=tuple(lines),
        rows=(
            my_voice(turn),
            (Button(_("🗑 Delete everything"), Delete()),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )


@does(Stopped)
def stop(tap: Stopped, _turn: Turn) -> Decision:
    return Decision((Muted(), Went(tap)), fresh=True)


@shows(Stopped)
def show_stopped(_place: Stopped, _turn: Turn) -> Screen:
    return Screen(
        title=_("🔕 Stopped"),
        lines=(
            _(
                "I send you nothing more on my own. Your progress stays; if you are away for "
                "thirteen months, it is deleted."
            ),
            _("You can still learn: write to me at any time."),
        ),
        rows=(
            (Button(SEND_AGAIN, Resume()),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )


@opens("", speechless=True)
def started(_nothing: str, turn: Turn) -> Decision | None:
    """`/start` also ends STOP."""
    if not turn.learner.muted:
        return None
    return Decision((Unmuted(), Went(Home())), notes=(ON_AGAIN,), fresh=True)


@understands(When.START)
def _slash_start(said: Said) -> Decision | None:
    return _start_typed(said) if said.slashed else None


@understands(When.TOKEN)
def _start_typed(said: Said) -> Decision | None:
    if not said.turn.learner.muted or not starts(said.text):
        return None
    return start("", said.turn)


@does(Resume)
def resume(_tap: Resume, turn: Turn) -> Decision:
    return Decision((Unmuted(), Went(turn.main)), notes=(ON_AGAIN,))


@shows(Delete)
def show_delete(_place: Delete, turn: Turn) -> Screen:
    keeps = turn.ask(GroupsOf(turn.learner.id)) if has(Right.GROUPS, turn) else ()
    closing = any(group.owner == turn.learner.id and not group.colleagues for group in keeps)
    passing = any(group.owner == turn.learner.id and group.colleagues for group in keeps)
    return Screen(
        title=_("🗑 Delete everything?"),
        lines=(
            _(
                "Your progress, your certificates here and all we know of you are deleted. It "
                "cannot be undone."
            ),
            _("Certificates that you have received stay valid."),
            *((ERASED_TOO,) if turn.learner.papers else ()),
            *(
                (
                    _(
                        "Your groups close: their links stop, and their learners read that the "
                        "group is closed."
                    ),
                )
                if closing
                else ()
            ),
            *(
                (
                    _(
                        "Groups that you keep with a colleague go on with them, and their learners "
                        "are told."
                    ),
                )
                if passing
                else ()
            ),
            *voice_stays(turn),
        ),
        options=(
            Button(_("No, keep everything"), Back()),
            Button(_("Yes, delete everything"), Erase()),
        ),
        rows=(my_voice(turn),),
    )


@does(Erase)
def erase(_tap: Erase, turn: Turn) -> Decision:
    """Only from the question itself: an old button of it asks again."""
    if not isinstance(turn.place, Delete):
        return Decision((Went(Delete()),))
    goodbye = Screen(
        title=_("All is deleted."),
        lines=(_("Thank you for learning with me. If you write again, we begin anew."),),
    )
    return Decision((Erased(),), fresh=True, screen=goodbye)
