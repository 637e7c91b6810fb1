"""Conversations: pure functions from what a person did to what happened and what they see.

`decide` finds what an update means and asks the flow it belongs to; `show` turns the place where a
learner is into a screen. Every answer ends in `show`, so a screen that was lost on the way can be
made again from the learner alone.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

from bot.conversation import action as a
from bot.conversation.chosen import numbers
from bot.conversation.event import Told, Went, evolve_all
from bot.conversation.lexicon import lexicon
from bot.conversation.rights import may
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Moment, NameRefused, Wanted, World
from bot.conversation.typed_text import (
    command,
    near_option,
    option,
    payload_in,
    sign,
    slash,
    starts,
)
from bot.conversation.update import Edited, Media, Reachable, Sent, Start, Tap, Typed, Update
from bot.flows.account import connections, privacy, settings, whoami
from bot.flows.account import notes as account_notes
from bot.flows.account.events import COMMANDS, LanguageChosen, Unmuted
from bot.flows.broadcasts import audience, draft, progress, when
from bot.flows.broadcasts import check as sending
from bot.flows.broadcasts import list as listing
from bot.flows.broadcasts import notes as broadcast_notes
from bot.flows.certificates import claim
from bot.flows.groups import (
    announce,
    archive,
    board,
    colleagues,
    consent,
    earned,
    held,
    invite,
    joining,
    letters,
    meeting,
    membership,
    my_meeting,
    newcomers,
    prints,
    reply,
    today,
)
from bot.flows.groups import list as overview
from bot.flows.groups import notes as group_notes
from bot.flows.groups import settings as setup
from bot.flows.learning import home, lesson
from bot.flows.learning.suggest import SUGGESTED, suggested
from bot.flows.reminders import notes as reminder_notes
from bot.flows.reminders import settings as reminders
from bot.flows.staff import people
from bot.model.group import Role
from bot.model.learner import Learner, current
from bot.model.message import note
from bot.model.words import Words, _

NOTES = (account_notes, broadcast_notes, group_notes, reminder_notes)
"""Importing them registers what each kind of note says."""

__all__ = [
    "Decision",
    "Moment",
    "NameRefused",
    "Wanted",
    "World",
    "apology",
    "code_in",
    "decide",
    "show",
]

CODE_LENGTH = 10

_DO: dict[type[a.Action], Callable[[Learner, Any, World, Moment], Decision]] = {
    a.Begin: lesson.begin,
    a.Next: lesson.step_on,
    a.Answer: lesson.answer,
    a.Pick: lesson.pick,
    a.Undo: lesson.undo,
    a.Submit: lesson.submit,
    a.Review: lesson.review,
    a.Back: home.back,
    a.SpeakLanguage: settings.speak,
    a.SetMinutes: settings.set_minutes,
    a.NewCode: settings.new_code,
    a.JoinChannels: settings.join,
    a.TakeOff: connections.take_off,
    a.RenewAddress: connections.renew_address,
    a.SetZone: reminders.set_zone,
    a.SetReminder: reminders.set_reminder,
    a.SetGoal: reminders.set_goal,
    a.Claim: claim.claim,
    a.MakePaperIn: claim.make_in,
    a.Again: claim.again,
    a.Respell: claim.respell,
    a.Explain: claim.explain,
    a.KeepName: claim.keep_name,
    a.ForgetName: claim.forget_name,
    a.JoinGroup: membership.join,
    a.ShareSensitive: membership.share_sensitive,
    a.Leave: membership.leave,
    a.AnswerMeeting: membership.answer_meeting,
    a.SendAnswer: reply.send_sure,
    a.ShareAgain: consent.share_again,
    a.ShareToo: newcomers.share_too,
    a.HideFrom: newcomers.hide_from,
    a.InviteColleague: colleagues.invite,
    a.ColleagueOut: colleagues.out,
    a.OfferGroup: colleagues.offer,
    a.TakeGroup: colleagues.take,
    a.BeColleague: joining.accept,
    a.Nudge: letters.nudge,
    a.Remove: board.remove,
    a.NudgeAll: today.nudge_all,
    a.CancelMeeting: meeting.cancel,
    a.MeetingFile: my_meeting.order_calendar,
    a.Release: held.release,
    a.SendAll: announce.send_all,
    a.DropLabel: board.drop_label,
    a.RenewLink: invite.renew,
    a.SetGroup: setup.set_group,
    a.ToggleModule: setup.toggle_module,
    a.OrderPaper: prints.order_paper,
    a.SendAnnouncement: meeting.send_announcement,
    a.EndGroup: setup.end_group,
    a.CopyGroup: archive.copy,
    a.InviteStaff: people.invite,
    a.TakeRole: people.take_role,
    a.AcceptRole: people.accept,
    a.WithdrawPaper: people.withdraw,
    a.ClearBroadcast: draft.clear,
    a.DropText: draft.drop_text,
    a.DropFile: draft.drop_file,
    a.SetAudience: audience.set_audience,
    a.SetTime: when.set_time,
    a.CopyBroadcast: draft.copy,
    a.SetGuarantee: sending.set_guarantee,
    a.PreviewBroadcast: sending.preview,
    a.StartBroadcast: sending.start,
    a.Steer: progress.steer,
    a.MyData: privacy.my_data,
    a.Stopped: privacy.stop,
    a.Resume: privacy.resume,
    a.Erase: privacy.erase,
}
_SHOW: dict[type[a.Place], Callable[[Learner, Any, World, Moment], Screen | None]] = {
    a.Welcome: settings.show_welcome,
    a.Home: home.show_home,
    a.Theme: home.show_theme,
    a.Path: home.show_path,
    a.Cover: home.show_cover,
    a.Lesson: lesson.show_lesson,
    a.Summary: lesson.show_summary,
    a.ReviewDone: lesson.show_review_done,
    a.Glossary: home.show_words,
    a.Help: settings.show_help,
    a.WhoAmI: whoami.show,
    a.Languages: settings.show_languages,
    a.Progress: home.show_progress,
    a.Certificates: claim.show_certificates,
    a.Paper: claim.show_paper,
    a.PaperLanguage: claim.show_paper_language,
    a.Settings: settings.show_settings,
    a.SessionLength: settings.show_session_length,
    a.Connect: settings.show_connect,
    a.ConnectSure: settings.show_connect_sure,
    a.Connections: connections.show_connections,
    a.TakeOffSure: connections.show_take_off_sure,
    a.NewAddressSure: connections.show_new_address_sure,
    a.AddressIsNew: connections.show_address_is_new,
    a.LeavePage: connections.show_leave_page,
    a.Reminders: reminders.show_reminders,
    a.WhatTime: reminders.show_what_time,
    a.WhichPlace: reminders.show_which_place,
    a.Goal: reminders.show_goal,
    a.Privacy: privacy.show_privacy,
    a.MyData: privacy.show_my_data,
    a.Delete: privacy.show_delete,
    a.Stopped: privacy.show_stopped,
    a.AskName: claim.show_ask_name,
    a.AskKeep: claim.show_ask_keep,
    a.Delivered: claim.show_delivered,
    a.Invited: membership.show_invitation,
    a.MyGroup: membership.show_my_group,
    a.Nickname: membership.show_nickname,
    a.Shared: membership.show_shared,
    a.AnswerSure: reply.show_sure,
    a.SensitiveSure: membership.show_sensitive,
    a.AskCounsellor: membership.show_ask,
    a.LeaveGroup: membership.show_leave,
    a.Groups: overview.show_groups,
    a.Archive: archive.show_archive,
    a.Newcomers: newcomers.show_newcomers,
    a.Colleagues: colleagues.show_colleagues,
    a.ColleagueLink: colleagues.show_link,
    a.ColleaguePage: colleagues.show_colleague,
    a.ColleagueOutSure: colleagues.show_out,
    a.TakeOver: colleagues.show_take,
    a.BecomeColleague: joining.show_become,
    a.ColleagueFrom: joining.show_from,
    a.ColleagueName: joining.show_name,
    a.NewGroup: overview.show_new,
    a.Board: board.show_board,
    a.Person: board.show_person,
    a.Today: today.show_today,
    a.GroupCertificates: earned.show_certificates,
    a.MeetingTime: meeting.show_time,
    a.MeetingPlace: meeting.show_place,
    a.MeetingPage: meeting.show_meeting,
    a.CancelSure: meeting.show_cancel,
    a.MyMeeting: my_meeting.show_my_meeting,
    a.HeldBack: held.show_held,
    a.NudgeAllSure: today.show_nudge_all,
    a.WriteAll: announce.show_write_all,
    a.WriteAllSure: announce.show_write_all_sure,
    a.Label: board.show_label,
    a.NudgeSure: letters.show_nudge,
    a.WriteTo: letters.show_write,
    a.RemoveSure: board.show_remove,
    a.GroupLink: invite.show_link,
    a.RenewSure: invite.show_renew,
    a.GroupSettings: setup.show_settings,
    a.GroupText: setup.show_text,
    a.GroupChoice: setup.show_choice,
    a.GroupModules: setup.show_modules,
    a.Papers: prints.show_papers,
    a.PaperModule: prints.show_paper_module,
    a.PosterLanguage: prints.show_poster_language,
    a.Announce: meeting.show_announce,
    a.AnnounceSure: meeting.show_announce_sure,
    a.EndGroupSure: setup.show_end,
    a.StaffName: overview.show_staff_name,
    a.Staff: people.show_staff,
    a.StaffLink: people.show_link,
    a.StaffPerson: people.show_person,
    a.BecomeStaff: people.show_become,
    a.CheckPaper: people.show_check,
    a.PaperFound: people.show_found,
    a.Broadcasts: listing.show_broadcasts,
    a.Broadcast: draft.show_draft,
    a.BroadcastText: draft.show_text,
    a.BroadcastFile: draft.show_file,
    a.BroadcastAudience: audience.show_audience,
    a.AudienceGroup: audience.show_audience_group,
    a.AudienceModule: audience.show_audience_module,
    a.BroadcastTime: when.show_time,
    a.BroadcastHour: when.show_hour,
    a.BroadcastCheck: sending.show_check,
    a.BroadcastView: progress.show_view,
}
_TYPED: dict[type[a.Place], Callable[[Learner, Any, str, World, Moment], Decision]] = {
    a.AskName: claim.named,
    a.Reminders: reminders.typed,
    a.WhatTime: reminders.typed,
    a.Nickname: membership.nicknamed,
    a.AskCounsellor: membership.asked,
    a.AnswerSure: reply.more,
    a.ForWhom: reply.more,
    a.NewGroup: overview.titled,
    a.GroupText: setup.texted,
    a.WriteTo: letters.written,
    a.WriteAll: announce.written_all,
    a.MeetingTime: meeting.timed,
    a.MeetingPlace: meeting.placed,
    a.Label: board.labelled,
    a.Announce: meeting.announced,
    a.StaffName: overview.staff_named,
    a.CheckPaper: people.checked,
    a.Broadcast: draft.texted_here,
    a.BroadcastText: draft.texted,
    a.BroadcastTime: when.typed_day,
    a.BroadcastHour: when.typed_hour,
    a.ColleagueFrom: joining.come_from,
    a.ColleagueName: joining.named,
}
"""Places where any text is welcome."""
_NO_WORDS = (a.Reminders, a.WhatTime, a.CheckPaper, a.Broadcast, a.BroadcastTime, a.BroadcastHour)
"""Those of them where a command's word cannot be the answer: it is the command."""
_INVITATIONS: dict[str, Callable[[Learner, str, World, Moment], Decision]] = {
    "g": membership.invitation,
    "s": people.opened,
    "c": joining.opened,
}
"""What a start link carries before its token."""
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""As Telegram takes it; on the web anybody can write anything there."""
NOT_YOURS = _("This is for counsellors and admins.")
_MEDIA: dict[Media, Words] = {
    Media.VOICE: _("I cannot listen to voice messages. Please tap a button or type."),
    Media.PICTURE: _(
        "I cannot look at pictures, and I do not keep them. Please tap a button or type."
    ),
    Media.FILE: _("I cannot read this, and I do not keep it. Please tap a button or type."),
    Media.STICKER: _("Thank you! To go on, tap a button or type its number."),
    Media.OTHER: _("I cannot read this, and I do not keep it. Please tap a button or type."),
}


def show(learner: Learner, world: World, moment: Moment) -> Screen:
    """What the learner sees where they are. A place that no longer exists (a module was taken out)
    is the menu."""
    place = learner.at()
    if learner.language is None:
        return settings.show_welcome(learner, a.Welcome(), world, moment)
    if not may(learner, moment, place):  # the role was taken away meanwhile
        return home.show_home(learner, a.Home(), world, moment)
    return _SHOW[type(place)](learner, place, world, moment) or home.show_home(
        learner, a.Home(), world, moment
    )


def decide(learner: Learner, update: Update, world: World, moment: Moment) -> Decision:
    """What this update means for this learner. Never raises for anything a person can send."""
    changed = lesson.repin(learner, world.programme)
    if changed:
        learner = evolve_all(learner, changed, moment.now)
        attempt = current(learner)
        if attempt and not attempt.queue:  # nothing is left of the deck
            changed = (*changed, *lesson.finish(learner, attempt, world, moment))
            learner = evolve_all(learner, changed[1:], moment.now)
    decision = _decide(learner, update, world, moment)
    if (
        moment.admin
        and learner.language is None
        and any(isinstance(event, LanguageChosen) for event in decision.events)
    ):
        shows = Told(learner.id, note(COMMANDS, role=Role.ADMIN))
        decision = replace(decision, events=(*decision.events, shows))
    return replace(decision, events=(*changed, *decision.events)) if changed else decision


def _decide(learner: Learner, update: Update, world: World, moment: Moment) -> Decision:
    match update.doing:
        case Tap(data):
            action = a.decode(data)
            return (
                _act(learner, action, world, moment)
                if action
                else Decision(toast=lesson.HERE, fresh=True)
            )
        case Typed(text, html, reply_to):
            text = text.replace("\0", "")  # no database has a place for it
            if learner.language and (to := _meant_for(learner, text, reply_to, world, moment)):
                return reply.send(learner, to, text, world, moment)
            return _typed(
                learner, text, html.replace("\0", "") or escape(text, quote=False), world, moment
            )
        case Start(payload):
            return _start(learner, payload if _PAYLOAD.fullmatch(payload) else "", world, moment)
        case Sent(media, file) if (
            file
            and isinstance(learner.at(), a.BroadcastFile)
            and may(learner, moment, learner.at())
        ):
            return draft.received(learner, media, file, world, moment)
        case Sent(media):
            return Decision(notes=(_MEDIA[media],), fresh=True)
        case Edited():
            return Decision(
                notes=(_("A message that you change later does not count again. You are here:"),),
                fresh=True,
            )
        case Reachable():
            return Decision()


def _act(learner: Learner, action: a.Action, world: World, moment: Moment) -> Decision:
    if learner.language is None and not isinstance(action, a.SpeakLanguage):
        chosen = LanguageChosen(world.proposed(moment.language))
        rest = _act(evolve_all(learner, [chosen], moment.now), action, world, moment)
        return replace(rest, events=(chosen, *rest.events))
    if not may(learner, moment, action):
        return Decision((Went(a.Home()),), notes=(NOT_YOURS,), fresh=True)
    flow = _DO.get(type(action), home.go)
    return flow(learner, action, world, moment)


def _meant_for(
    learner: Learner, text: str, reply_to: str, world: World, moment: Moment
) -> a.AnswerSure | None:
    """To whom a text goes that answers a letter by the reply gesture; a command stays one, and STOP
    is honoured whatever it answers."""
    if (
        not reply_to
        or text.strip().startswith("/")
        or command(text, world.languages, world.say) == a.Stopped()
    ):
        return None
    return reply.behind(learner, reply_to, moment)


def _typed(learner: Learner, text: str, html: str, world: World, moment: Moment) -> Decision:
    """In this order: a slash command, an answer to the question, the menu signs, a button of this
    screen, a code, a link of ours, a command's word, a name; a button that is nearly it. Where any
    text is welcome, only STOP goes before the text."""
    language = learner.language or world.proposed(moment.language)
    screen = show(learner, world, moment)
    place = learner.at()
    words = lexicon(world.say, world.languages)
    written = _TYPED.get(type(place)) if learner.language and may(learner, moment, place) else None
    ordered = slash(text)
    found = (
        ordered
        or lesson.typed(learner, text, world)
        or sign(text)
        or option(text, screen, words, language, world.say)
    )
    if learner.muted and (ordered == a.Home() or found is None) and starts(text):
        return _start(learner, "", world, moment)
    if found is None and not written and (code := code_in(text)):
        return settings.code_given(learner, code, world, moment)
    if found is None and not written and (payload := payload_in(text)):
        return _start(learner, payload, world, moment)
    if found is None:
        found = command(text, world.languages, world.say)
        if written and type(place) not in _NO_WORDS and not isinstance(found, a.Stopped):
            found = None
    if found is None and written and not text.strip().startswith("/"):
        if reply.came_between(learner, place, world, moment):
            return reply.ask_for_whom(learner, place, text)
        return written(
            learner,
            place,
            html if isinstance(place, a.Broadcast | a.BroadcastText) else text,
            world,
            moment,
        )
    if found is None and not lesson.asks(learner, world):
        found = near_option(text, screen, language, world.say)
    if found is None and learner.language and not written and (to := reply.last(learner, moment)):
        return reply.ask(learner, to, text, world, moment)
    if found is None:
        return _lost(learner, text, screen, world, moment)
    return replace(_act(learner, found, world, moment), fresh=True)


def show_for_whom(
    learner: Learner, place: a.ForWhom, world: World, moment: Moment
) -> Screen | None:
    before = reply.asked_before(place)
    asked = (
        _SHOW[type(before)](learner, before, world, moment)
        if before and may(learner, moment, before)
        else None
    )
    here = (asked.title or asked.typing) if asked else None
    return reply.show_for_whom(learner, here, world, moment) if here else None


def for_here(learner: Learner, tap: a.ForHere, world: World, moment: Moment) -> Decision:
    """What was typed is taken as it would have been without the letter that came."""
    at = learner.at()
    before = reply.asked_before(at) if isinstance(at, a.ForWhom) and learner.drafted else None
    if before is None or type(before) not in _TYPED or not may(learner, moment, before):
        return Decision((Went(learner.back()),), fresh=True)
    back = (Went(before),)
    text = (
        escape(learner.drafted, quote=False)
        if isinstance(before, a.Broadcast | a.BroadcastText)
        else learner.drafted
    )
    done = _TYPED[type(before)](evolve_all(learner, back, moment.now), before, text, world, moment)
    return replace(done, events=(*back, *done.events), fresh=True)


_SHOW[a.ForWhom] = show_for_whom
_DO[a.ForHere] = for_here


def _lost(learner: Learner, text: str, screen: Screen, world: World, moment: Moment) -> Decision:
    """Not understood: where they are, and what they may have meant."""
    if learner.language is None:
        return Decision(fresh=True)
    if not may(learner, moment, learner.at()):  # the role was taken away while they wrote
        return Decision(notes=(NOT_YOURS,), fresh=True)
    if likely := suggested(learner, text, world):
        rows = (*((button,) for button in likely), *screen.rows)
        return Decision(notes=(SUGGESTED,), fresh=True, screen=replace(screen, rows=rows))
    if screen.typing and not screen.options:
        return Decision(notes=(_("I did not understand that. You are here:"),), fresh=True)
    return Decision(
        notes=(_("I did not understand that. Tap a button, or type its number. You are here:"),),
        fresh=True,
    )


def _start(learner: Learner, payload: str, world: World, moment: Moment) -> Decision:
    """`/start` also ends STOP. From a link: `m-<module>` opens a module, `link-<code>` joins
    another channel, `g-<token>` is a group's invitation, `s-<token>` makes staff, `c-<token>` a
    counsellor of one group."""
    kind, _dash, value = payload.partition("-")
    if kind == "link" and (code := code_in(value)):
        return settings.code_given(learner, code, world, moment)
    if kind == "m" and value in world.programme.modules:
        return replace(_act(learner, a.Cover(value), world, moment), fresh=True)
    if kind in _INVITATIONS and value:
        speaks = () if learner.language else (LanguageChosen(world.proposed(moment.language)),)
        rest = _INVITATIONS[kind](
            evolve_all(learner, speaks, moment.now), value.lower(), world, moment
        )
        return replace(rest, events=(*speaks, *rest.events), fresh=True)
    if learner.language is None:
        return Decision((Went(a.Welcome()),), fresh=True)
    if learner.muted:
        return Decision((Unmuted(), Went(a.Home())), notes=(privacy.ON_AGAIN,), fresh=True)
    return Decision((Went(a.Home()),), fresh=True)


def code_in(text: str) -> str | None:
    """The code in a text that is nothing but a code: ten digits of any script, spaces and hyphens
    between them allowed."""
    text = text.removeprefix("link-")
    digits = "".join(c for c in numbers(text) if not c.isspace() and c != "-")
    return digits if len(digits) == CODE_LENGTH and digits.isascii() and digits.isdigit() else None


def apology() -> Screen:
    """When a flow failed: nothing is lost, and there is a way on."""
    return Screen(
        lines=(
            _("Sorry, something went wrong here. Nothing is lost. Please try again from the menu."),
        ),
        rows=((Button(_("☰ Menu"), a.Home()),),),
        fresh=True,
    )
