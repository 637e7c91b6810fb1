"""Two counsellors of one group, pure: who sees what after which yes, and who gets which letter."""

from dataclasses import replace

from bot.conversation.update import Start
from bot.flows.groups.actions import (
    Board,
    GroupSettings,
    Label,
    Person,
    WriteTo,
)
from bot.flows.groups.colleague_actions import (
    InviteColleague,
)
from bot.flows.groups.consent import read
from bot.flows.groups.member_actions import (
    AskCounsellor,
    JoinGroup,
    MyGroup,
    Newcomers,
    SensitiveSure,
    Shared,
    ShareSensitive,
    ShareToo,
)
from bot.model.group import readers, visible_modules
from bot.model.roles import Role
from tests.support.desk import member
from tests.support.office import BEN, LEA, MINA, SAMIR, Office, ben_comes


def test_a_colleague_is_invited_with_two_inputs_and_comes_with_three(office: Office) -> None:
    office.goes(LEA, GroupSettings(1))
    office.inputs = 0
    assert "c-fresh" in office.taps(LEA, "Colleagues", "Invite a colleague") and office.inputs == 2
    office.inputs = 0
    assert "together with Lea" in office.read(office.does(BEN, Start("c-fresh")))
    office.taps(BEN, "Yes, I work for AMSED")
    board = office.types(BEN, "Ben")
    assert office.inputs == 3 and "“Mina”" in board and "🤝 With Lea" in board
    assert office.who[BEN].role == Role.COUNSELLOR and office.who[BEN].staff_name == "Ben"
    words = dict(office.told)
    assert (
        set(words) == {LEA, MINA, SAMIR}
        and "Ben keeps “Tuesday group” together with you now" in words[LEA]
    )
    assert (
        "Ben, AMSED, keeps this group together with Lea, and sees of you what Lea sees."
        in words[MINA]
    )
    assert "Leave the group" in words[MINA] and "🤝 With Ben" in office.goes(LEA, Board(1))


def test_the_link_works_once_and_one_is_no_colleague_of_oneself(office: Office) -> None:
    ben_comes(office)
    office.does(3, Start("c-fresh"))
    assert "used already" in office.notes[0] and office.who[3].role == Role.LEARNER
    office.goes(LEA, InviteColleague(1))
    office.does(LEA, Start("c-fresh"))
    assert "keep this group already" in office.notes[0] and len(office.group.colleagues) == 1
    assert office.people.answer.__self__.of_group, "it was not used up"


def test_a_colleagues_link_is_no_link_for_staff_and_the_other_way_round(office: Office) -> None:
    office.goes(LEA, InviteColleague(1))
    office.does(3, Start("s-fresh"))
    assert "used already" in office.notes[0]
    office.people.links["admins"] = Role.COUNSELLOR
    office.does(3, Start("c-admins"))
    assert "used already" in office.notes[0]


def test_another_organisation_sees_nothing_until_each_says_yes_and_nothing_after_it_is_taken_back(
    office: Office,
) -> None:
    ben_comes(office, "Red Cross")
    words = dict(office.told)
    assert "Ben sees nothing of you until you say yes." in words[MINA]
    board = office.goes(BEN, Board(1))
    assert (
        "Mina" not in board
        and "Have not said yes to Red Cross: 2" in board
        and "0 people have joined" in board
    )
    assert office.seen(LEA, MINA)
    page = office.goes(BEN, Person(1, office.person(MINA)))
    assert "You see nothing of them" in page and "Mina" not in page
    office.goes(MINA, MyGroup(1))
    asked = office.taps(MINA, "Share with Ben, too?")
    assert (
        "Ben, Red Cross, would like to see of you what Lea sees:" in asked
        and "the week of your last step" in asked
    )
    office.taps(MINA, "Yes, share")
    board = office.goes(BEN, Board(1))
    assert (
        "“Mina”" in board and "Samir" not in board and "Have not said yes to Red Cross: 1" in board
    )
    assert "Ben, Red Cross, sees the same." in office.goes(MINA, Shared(1))
    office.taps(MINA, "Share nothing more with Red Cross")
    assert not office.seen(BEN, MINA) and office.seen(LEA, MINA)


def test_what_a_learner_asks_goes_to_those_they_share_with_only(office: Office) -> None:
    ben_comes(office, "Red Cross")
    office.goes(MINA, ShareToo(1, 0))
    assert not office.seen(BEN, MINA), "a yes is bound to what was read"
    office.goes(MINA, Newcomers(1))
    office.taps(MINA, "Yes, share")
    assert "Ben, Red Cross, reads it, too." in office.goes(MINA, AskCounsellor(1))
    office.types(MINA, "When is the exam?")
    assert {to for to, _ in office.told} == {LEA, BEN}
    assert "Ben" not in office.goes(SAMIR, AskCounsellor(1))
    office.types(SAMIR, "And the books?")
    assert {to for to, _ in office.told} == {LEA}
    person = office.goes(BEN, Person(1, office.person(SAMIR)))
    assert "Answer" not in person and "Write" not in person


def test_an_answer_by_one_closes_the_question_for_both_and_is_signed(office: Office) -> None:
    ben_comes(office)
    office.goes(MINA, AskCounsellor(1))
    office.types(MINA, "When is the exam?")
    for who in (LEA, BEN):
        assert "✉ open question" in office.goes(who, Board(1))
    office.goes(BEN, WriteTo(1, office.person(MINA)))
    office.types(BEN, "On Friday.")
    assert office.told[0][0] == MINA and "✉ Ben, AMSED" in office.told[0][1]
    for who in (LEA, BEN):
        assert "open question" not in office.goes(who, Board(1))
    assert "it was answered" in office.goes(LEA, WriteTo(1, office.person(MINA)))


def test_each_has_their_own_names_for_people(office: Office) -> None:
    ben_comes(office)
    office.goes(LEA, Label(1, office.person(MINA)))
    office.types(LEA, "red scarf")
    assert "red scarf" in office.goes(LEA, Board(1)) and "red scarf" not in office.goes(
        BEN, Board(1)
    )


def test_the_separate_yes_for_sensitive_modules_is_for_those_who_were_there(office: Office) -> None:
    hard = replace(office.world.programme.modules["computer"], sensitive=True)
    programme = replace(
        office.world.programme, modules={**office.world.programme.modules, "computer": hard}
    )
    office.world = replace(office.world, programme=programme)
    office.people.members[1][MINA] = member(
        MINA, 1, nickname="Mina", sensitive=True
    )  # as an older version kept it
    ben_comes(office)

    def sees(who: int) -> bool:
        group = replace(office.group, seen_by=who)
        return hard in visible_modules(group, office.people.members[1][MINA], programme)

    assert sees(LEA) and not sees(BEN)
    office.goes(MINA, SensitiveSure(1))
    office.goes(MINA, ShareSensitive(1, True, 0))
    assert not sees(BEN), "a yes is bound to who was named"
    office.taps(MINA, "Yes, show them")
    assert sees(LEA) and sees(BEN)


def test_a_yes_for_sensitive_modules_given_to_one_is_none_for_who_is_agreed_to_later(
    office: Office,
) -> None:
    hard = replace(office.world.programme.modules["computer"], sensitive=True)
    programme = replace(
        office.world.programme, modules={**office.world.programme.modules, "computer": hard}
    )
    office.world = replace(office.world, programme=programme)
    ben_comes(office, "Red Cross")
    assert "Ben" not in office.goes(MINA, SensitiveSure(1))
    office.taps(MINA, "Yes, show them")
    office.goes(MINA, Newcomers(1))
    office.taps(MINA, "Yes, share")
    mina = office.people.members[1][MINA]
    assert hard in visible_modules(office.group, mina, programme)
    assert office.seen(BEN, MINA) and hard not in visible_modules(
        replace(office.group, seen_by=BEN), mina, programme
    )


def test_who_joins_later_reads_of_both_and_says_yes_to_both(office: Office) -> None:
    office.does(30, Start("g-token"))
    old = JoinGroup("token", read(office.group))
    ben_comes(office, "Red Cross")
    assert "Ben, Red Cross, sees the same." in office.goes(30, old), (
        "somebody else sees it than stood there"
    )
    assert 30 not in office.people.members[1]
    office.taps(30, "Yes, I join")
    assert office.seen(LEA, 30) and office.seen(BEN, 30)
    assert [c.name for c in readers(office.group, office.people.members[1][30])] == ["Lea", "Ben"]
