"""A group is left, handed over, and has only so many counsellors. Pure."""

from dataclasses import replace

from bot.conversation.action import encode
from bot.conversation.update import Start, Tap
from bot.flows.groups.actions import (
    Board,
    EndGroup,
    EndGroupSure,
    GroupSettings,
    GroupText,
    Nudge,
    SetGroup,
    Setting,
    StaffName,
)
from bot.flows.groups.colleague_actions import (
    ColleagueOut,
    Colleagues,
    InviteColleague,
    OfferGroup,
    TakeGroup,
    TakeOver,
)
from bot.flows.groups.colleagues import NOT_OFFERED
from bot.flows.groups.member_actions import MyGroup, Newcomers
from bot.model.group import MOST_COLLEAGUES, Colleague
from bot.model.roles import Role
from tests.support.desk import NOW
from tests.support.office import BEN, LEA, MINA, SAMIR, Office, ben_comes


def test_what_only_the_owner_decides(office: Office) -> None:
    ben_comes(office)
    settings = office.goes(BEN, GroupSettings(1))
    assert (
        "Close the group" not in settings
        and "archive" not in settings
        and "Organisation:" not in settings
    )
    before = office.group
    for tap in (
        EndGroupSure(1),
        EndGroup(1),
        SetGroup(1, Setting.ARCHIVED, "1"),
        InviteColleague(1),
        OfferGroup(1, 5),
    ):
        office.goes(BEN, tap)
    office.goes(BEN, GroupText(1, Setting.ORGANISATION))
    office.types(BEN, "Border Police")
    assert office.group == before and not office.people.of_group
    office.goes(BEN, GroupText(1, Setting.TITLE))
    office.types(BEN, "Wednesday group")
    assert (
        office.group.title == "Wednesday group"
        and office.group.owner == LEA
        and office.group.kept_by(BEN)
    )


def test_leaving_and_being_taken_out(office: Office) -> None:
    ben_comes(office)
    office.goes(BEN, ColleagueOut(1, 0))
    assert office.group.kept_by(BEN), "not without being asked"
    office.taps(BEN, "Leave this group", "Yes, I leave")
    assert (
        not office.group.kept_by(BEN)
        and office.told[0][0] == LEA
        and "Ben has left" in office.told[0][1]
    )
    assert "not yours" in office.goes(BEN, Nudge(1, MINA)) + "".join(office.notes)
    ben_comes_again = Colleague(BEN, "Ben", "", NOW + 500)
    office.people.groups[1] = replace(office.group, colleagues=(ben_comes_again,))
    office.goes(LEA, Colleagues(1))
    office.taps(LEA, "Ben", "Take out of the group", "Yes, take them out")
    assert not office.group.kept_by(BEN) and office.told[0][0] == BEN
    assert "Mina" not in office.goes(BEN, Board(1))


def test_a_group_is_handed_over_with_two_inputs_and_a_yes(office: Office) -> None:
    ben_comes(office)
    office.goes(LEA, Colleagues(1))
    office.inputs = 0
    office.taps(LEA, "Ben", "Hand the group over")
    assert (
        office.inputs == 2
        and office.told[0][0] == BEN
        and "offers you “Tuesday group”" in office.told[0][1]
    )
    office.taps(LEA, "Take the offer back")
    late = office.does(BEN, Tap(encode(TakeOver(1))))
    office.goes(BEN, TakeGroup(1, True))
    assert NOT_OFFERED in late.notes and office.notes == [
        "The group is not offered to you any more."
    ]
    assert office.group.owner == LEA, "the offer was taken back"
    office.goes(LEA, Colleagues(1))
    office.taps(LEA, "Ben", "Hand the group over")
    assert "🔑 Take the group over" in office.goes(BEN, Board(1)), "also when the letter was read"
    assert "🔑" not in office.goes(LEA, Board(1))
    office.goes(BEN, Board(1))
    assert "over?" in office.types(BEN, "yes"), "what waits for a yes is read before it is given"
    office.taps(BEN, "Yes, I take it over")
    assert (office.group.owner, office.group.counsellor) == (BEN, "Ben") and office.group.kept_by(
        LEA
    )
    words = dict(office.told)
    assert "Ben, AMSED, keeps this group now." in words[MINA] and "Leave the group" in words[MINA]
    assert (
        office.people.members[1][MINA].groups[1].counsellor == "Ben"
        and "has taken “Tuesday group” over" in words[LEA]
    )
    assert office.seen(BEN, MINA) and office.seen(LEA, MINA)
    office.goes(BEN, TakeGroup(1, True))
    assert not office.told, "the second tap"
    assert "Close the group" in office.goes(
        BEN, GroupSettings(1)
    ) and "Close the" not in office.goes(LEA, GroupSettings(1))


def test_handed_to_another_organisation_the_yes_rests_where_it_was_not_given(
    office: Office,
) -> None:
    ben_comes(office, "Red Cross")
    office.goes(MINA, Newcomers(1))
    office.taps(MINA, "Yes, share")
    office.goes(LEA, Colleagues(1))
    office.taps(LEA, "Ben", "Hand the group over")
    office.goes(BEN, TakeOver(1))
    office.taps(BEN, "Yes, I take it over")
    words = dict(office.told)
    assert (
        "keeps this group now" in words[MINA]
        and "You said yes to AMSED. Now it is Red Cross, with Ben." in words[SAMIR]
    )
    assert (
        office.group.organisation == "Red Cross"
        and office.seen(BEN, MINA)
        and not office.seen(BEN, SAMIR)
    )
    assert office.seen(LEA, MINA) and office.seen(LEA, SAMIR), (
        "what was said to AMSED holds for AMSED"
    )
    office.goes(SAMIR, MyGroup(1))
    office.taps(SAMIR, "Yes, share with Red Cross")
    assert office.seen(BEN, SAMIR) and office.seen(LEA, SAMIR)


def test_a_group_has_only_so_many_counsellors(office: Office) -> None:
    full = tuple(Colleague(20 + n, f"C{n}") for n in range(MOST_COLLEAGUES))
    office.goes(LEA, InviteColleague(1))
    office.people.groups[1] = replace(office.group, colleagues=full)
    office.does(BEN, Start("c-fresh"))
    office.taps(BEN, "Yes, I work for AMSED")
    office.types(BEN, "Ben")
    assert (
        "as many counsellors as it can have" in office.notes[0]
        and office.who[BEN].role == Role.LEARNER
    )
    assert "Invite a colleague" not in office.goes(LEA, Colleagues(1))


def test_members_are_told_of_at_most_three_changes_a_day(office: Office) -> None:
    for number in range(4):
        office.goes(LEA, InviteColleague(1))
        office.does(20 + number, Start("c-fresh"))
        office.taps(20 + number, "Yes, I work for AMSED")
        office.types(20 + number, f"C{number}")
    assert (
        "three messages today" in office.notes[0]
        and len(office.group.colleagues) == 3
        and office.people.of_group
    )


def test_another_name_of_a_colleague_is_told(office: Office) -> None:
    ben_comes(office)
    office.goes(BEN, StaffName())
    office.types(BEN, "Benedict")
    assert [c.name for c in office.group.counsellors] == ["Lea", "Benedict"]
