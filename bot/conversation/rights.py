"""Who may do what: the one place where rights are checked. Pure."""

from enum import StrEnum

from bot.conversation import action as a
from bot.conversation.turn import Moment
from bot.model.group import Role
from bot.model.learner import Learner


class Right(StrEnum):
    GROUPS = "groups"
    BROADCASTS = "broadcasts"
    STAFF = "staff"
    WITHDRAW = "withdraw"
    """Declaring a certificate void."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEARNER: frozenset(),
    Role.COUNSELLOR: frozenset({Right.GROUPS}),
    Role.ADMIN: frozenset(Right),
}
NEEDS: dict[type[a.Action], Right] = {
    **dict.fromkeys(
        (
            *(
                a.Groups,
                a.NewGroup,
                a.Board,
                a.Person,
                a.NudgeSure,
                a.Nudge,
                a.WriteTo,
                a.RemoveSure,
                a.Remove,
                a.GroupLink,
            ),
            *(
                a.RenewSure,
                a.RenewLink,
                a.GroupSettings,
                a.GroupText,
                a.GroupChoice,
                a.SetGroup,
                a.GroupModules,
                a.ToggleModule,
                a.Papers,
            ),
            *(
                a.CopyGroup,
                a.Archive,
                a.PosterLanguage,
                a.Colleagues,
                a.InviteColleague,
                a.ColleagueLink,
                a.ColleaguePage,
            ),
            *(a.ColleagueOutSure, a.ColleagueOut, a.OfferGroup, a.TakeOver, a.TakeGroup),
            *(
                a.PaperModule,
                a.OrderPaper,
                a.Announce,
                a.AnnounceSure,
                a.SendAnnouncement,
                a.EndGroupSure,
                a.EndGroup,
            ),
            *(
                a.StaffName,
                a.Label,
                a.DropLabel,
                a.Today,
                a.NudgeAllSure,
                a.NudgeAll,
                a.WriteAll,
                a.WriteAllSure,
                a.SendAll,
                *(
                    a.HeldBack,
                    a.GroupCertificates,
                    a.MeetingTime,
                    a.MeetingPlace,
                    a.MeetingPage,
                    a.CancelSure,
                    a.CancelMeeting,
                ),
                a.Release,
            ),
        ),
        Right.GROUPS,
    ),
    **dict.fromkeys((a.Staff, a.InviteStaff, a.StaffLink, a.StaffPerson, a.TakeRole), Right.STAFF),
    **dict.fromkeys(
        (
            *(
                a.Broadcasts,
                a.Broadcast,
                a.BroadcastText,
                a.DropText,
                a.BroadcastFile,
                a.DropFile,
                a.BroadcastAudience,
            ),
            *(
                a.AudienceGroup,
                a.AudienceModule,
                a.SetAudience,
                a.BroadcastTime,
                a.SetTime,
                a.ClearBroadcast,
                a.BroadcastCheck,
            ),
            *(a.BroadcastHour, a.CopyBroadcast),
            *(a.SetGuarantee, a.PreviewBroadcast, a.StartBroadcast, a.BroadcastView, a.Steer),
        ),
        Right.BROADCASTS,
    ),
    **dict.fromkeys((a.CheckPaper, a.PaperFound, a.WithdrawPaper), Right.WITHDRAW),
}
"""That a group is one's own is checked where it is looked up (`bot.flows.groups.common.own`)."""
FOR_ALL: frozenset[type[a.Action]] = frozenset(
    (
        *(
            a.Welcome,
            a.Home,
            a.Theme,
            a.Path,
            a.Cover,
            a.Lesson,
            a.Summary,
            a.ReviewDone,
            a.Glossary,
            a.Help,
            a.WhoAmI,
            a.Languages,
        ),
        *(
            a.Begin,
            a.Next,
            a.Answer,
            a.Pick,
            a.Undo,
            a.Submit,
            a.Review,
            a.Back,
            a.SpeakLanguage,
            a.Progress,
        ),
        *(
            a.Settings,
            a.SessionLength,
            a.SetMinutes,
            a.Reminders,
            a.WhatTime,
            a.WhichPlace,
            a.SetZone,
            a.SetReminder,
            a.Goal,
            a.SetGoal,
        ),
        *(
            a.Connect,
            a.ConnectSure,
            a.JoinChannels,
            a.NewCode,
            a.Connections,
            a.TakeOffSure,
            a.TakeOff,
            a.NewAddressSure,
            a.RenewAddress,
            a.AddressIsNew,
            a.LeavePage,
            a.Privacy,
            a.MyData,
            a.Delete,
            a.Erase,
            a.Stopped,
            a.Resume,
        ),
        *(
            a.Certificates,
            a.Paper,
            a.PaperLanguage,
            a.MakePaperIn,
            a.AskName,
            a.AskKeep,
            a.Delivered,
            a.Claim,
            a.Again,
            a.Respell,
            a.Explain,
            a.KeepName,
        ),
        *(
            a.ForgetName,
            a.Invited,
            a.JoinGroup,
            a.MyGroup,
            a.Nickname,
            a.Shared,
            a.MyMeeting,
            a.MeetingFile,
            a.ShareAgain,
            a.Newcomers,
            a.ShareToo,
            a.HideFrom,
            a.AnswerSure,
            a.SendAnswer,
            a.ForWhom,
            a.ForHere,
            a.SensitiveSure,
            a.ShareSensitive,
            a.AskCounsellor,
            a.LeaveGroup,
        ),
        *(a.Leave, a.AnswerMeeting),
        *(
            a.BecomeStaff,
            a.AcceptRole,
            a.BecomeColleague,
            a.BeColleague,
            a.ColleagueFrom,
            a.ColleagueName,
        ),  # whoever opens a one-time link is no staff yet
    )
)
"""An action that stands nowhere here is for nobody."""


def role_of(learner: Learner, moment: Moment) -> Role:
    """Admins named in the settings are admins whatever happened in the chat."""
    return Role.ADMIN if moment.admin else Role(learner.role)


def has(learner: Learner, moment: Moment, right: Right) -> bool:
    return right in RIGHTS[role_of(learner, moment)]


def may(learner: Learner, moment: Moment, action: a.Action) -> bool:
    """Whether this person may do this, or be there."""
    right = NEEDS.get(type(action))
    return has(learner, moment, right) if right else type(action) in FOR_ALL
