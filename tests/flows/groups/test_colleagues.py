"""Two counsellors of one group, pure: who sees what after which yes, who gets which letter, and how
a group is handed over.
"""

from dataclasses import dataclass, field, replace

import pytest

from bot.conversation.action import Action, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Told, evolve_all
from bot.conversation.message import screen as note_screen
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Start, Tap, Typed, Update
from bot.flows.groups.actions import (
    Board,
    EndGroup,
    EndGroupSure,
    GroupSettings,
    GroupText,
    Label,
    Nudge,
    Person,
    SetGroup,
    Setting,
    StaffName,
    WriteTo,
)
from bot.flows.groups.colleague_actions import (
    ColleagueOut,
    Colleagues,
    InviteColleague,
    OfferGroup,
    TakeGroup,
    TakeOver,
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
from bot.flows.groups.membership import number_of
from bot.model.group import MOST_COLLEAGUES, Colleague, Group, readers, shares_with, visible_modules
from bot.model.learner import Learner
from bot.model.roles import Role
from tests.support.desk import NOW, member
from tests.support.memory import People

LEA, BEN, MINA, SAMIR = 1, 2, 9, 10


@dataclass
class Office:
    world: World
    people: People = field(default_factory=People)
    who: dict[int, Learner] = field(default_factory=dict)
    now: int = NOW
    inputs: int = 0
    told: list[tuple[int, str]] = field(default_factory=list)
    """To whom which note went, with its words."""
    notes: list[str] = field(default_factory=list)

    def does(self, id: int, doing: Tap | Typed | Start) -> Screen:
        self.now += 20
        self.inputs += 1
        moment = Moment(now=self.now, spare_code="1234567890", spare_token="fresh")
        learner = self.people.fresh(self.who.get(id, Learner(id, language="en")))
        update = Update("telegram", "1", str(id), doing)
        decision = self.people.knowing(
            lambda known: decide(update, Turn(learner, self.world, known)), moment
        )
        learner = evolve_all(learner, decision.events, self.now)
        self.who[id] = learner
        self.people.happen(learner, decision.events, self.now)
        self.told = [
            (event.to, self._words(event))
            for event in decision.events
            if isinstance(event, Told) and isinstance(event.to, int) and not event.held
        ]
        self.notes = [self.world.say(note, "en") for note in decision.notes]
        return self.people.knowing(
            lambda known: show(Turn(self.people.fresh(learner), self.world, known)), moment
        )

    def _words(self, event: Told) -> str:
        screen = note_screen(event.note)
        return self.read(screen) if screen else ""

    def goes(self, id: int, place: Action) -> str:
        return self.read(self.does(id, Tap(encode(place))))

    def types(self, id: int, text: str) -> str:
        return self.read(self.does(id, Typed(text)))

    def taps(self, id: int, *labels: str) -> str:
        for label in labels:
            moment = Moment(now=self.now, spare_code="1234567890", spare_token="fresh")
            screen = self.people.knowing(
                lambda known: show(Turn(self.people.fresh(self.who[id]), self.world, known)), moment
            )
            button = next(b for b in screen.buttons if label in self.world.say(b.label, "en"))
            said = self.goes(id, button.action)
        return said

    def read(self, screen: Screen) -> str:
        lines = [
            *([screen.title] if screen.title else []),
            *screen.lines,
            *(b.label for b in screen.buttons),
        ]
        return "\n".join(self.world.say(line, "en") for line in lines)

    @property
    def group(self) -> Group:
        return self.people.groups[1]

    def seen(self, id: int, of: int) -> bool:
        counsellor = next(c for c in self.group.counsellors if c.learner == id)
        return shares_with(self.group, self.people.members[1][of], counsellor)

    def person(self, of: int) -> int:
        return number_of(self.world, 1, of)


@pytest.fixture
def office(world: World) -> Office:
    office = Office(world)
    office.who[LEA] = Learner(LEA, language="en", role=Role.COUNSELLOR, staff_name="Lea")
    office.people.groups[1] = Group(1, LEA, "token", "Tuesday group", "AMSED", "Lea", "en")
    office.people.members[1] = {
        MINA: member(MINA, 1, nickname="Mina"),
        SAMIR: member(SAMIR, 1, nickname="Samir"),
    }
    return office


def ben_comes(office: Office, organisation: str = "") -> None:
    office.goes(LEA, InviteColleague(1))
    office.does(BEN, Start("c-fresh"))
    if organisation:
        office.taps(BEN, "for another organisation")
        office.types(BEN, organisation)
    else:
        office.taps(BEN, "Yes, I work for AMSED")
    office.types(BEN, "Ben")


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
    office.goes(BEN, TakeGroup(1, True))
    assert office.group.owner == LEA, "the offer was taken back"
    office.goes(LEA, Colleagues(1))
    office.taps(LEA, "Ben", "Hand the group over")
    office.goes(BEN, TakeOver(1))
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


def test_another_name_of_a_colleague_is_told(office: Office) -> None:
    ben_comes(office)
    office.goes(BEN, StaffName())
    office.types(BEN, "Benedict")
    assert [c.name for c in office.group.counsellors] == ["Lea", "Benedict"]
