"""What is kept of groups is the same in the memory of the tests, on SQLite and on PostgreSQL: the
same cases run on all three."""

from dataclasses import replace

from bot.conversation.event import ForOther, Told
from bot.flows.groups.events import (
    LETTER,
    QUESTION,
    ColleagueKept,
    ColleagueLeft,
    CounsellorAsked,
    GroupEnded,
    GroupHanded,
    GroupJoined,
    GroupKept,
    GroupLeft,
    HeldReleased,
    Labelled,
    NicknameChosen,
    StrangerAsked,
)
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.group import (
    AllGroups,
    AskedLately,
    Colleague,
    ColleagueInvite,
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    HeldQuestions,
    LabelsOf,
    LastLetter,
    LetterBehind,
    MembersOf,
    StaffInvite,
    passed_on,
)
from bot.model.message import note
from bot.model.query import Query
from bot.model.roles import Role
from tests.support.stores import NOW, Kept, a_group


async def _seen(kept: Kept, query: Query[Group | None]) -> Group:
    group: Group = await kept.asks(query)
    assert group
    return replace(group, seen_by=0)


async def _members(kept: Kept, group: int) -> list[int]:
    return [member.id for member in await kept.asks(MembersOf(group))]


async def test_a_group_is_found_by_its_number_its_token_and_its_owner(kept: Kept) -> None:
    lea, ben = await kept.person(Role.COUNSELLOR), await kept.person(Role.COUNSELLOR)
    one, two = a_group(1, lea, "Wednesday group"), a_group(2, lea)
    await kept.happens(lea, GroupKept(one), GroupKept(two))
    assert await kept.asks(GroupById(1)) == one and await kept.asks(GroupByToken("token2")) == two
    assert await kept.asks(GroupById(3)) is None and await kept.asks(GroupByToken("3")) is None
    assert await kept.asks(AllGroups()) == (two, one), "by title"
    mine = await kept.asks(GroupsOf(lea))
    assert [(group.id, group.seen_by) for group in mine] == [(2, lea), (1, lea)]
    assert await kept.asks(GroupsOf(ben)) == ()
    await kept.happens(lea, GroupKept(replace(one, title="A group")))
    assert [group.title for group in await kept.asks(AllGroups())] == ["A group", "Tuesday group"]
    await kept.happens(ben, GroupKept(replace(one, owner=ben, title="Not yours")))
    assert (await _seen(kept, GroupById(1))).title == "A group", "of another it changes nothing"


async def test_who_joins_and_leaves(kept: Kept) -> None:
    lea, amina, omar = await kept.person(Role.COUNSELLOR), await kept.person(), await kept.person()
    group = a_group(1, lea)
    await kept.happens(lea, GroupKept(group))
    for number, who in enumerate((amina, omar), 1):
        await kept.happens(who, GroupJoined(group, number), NicknameChosen(1, f"N{number}"))
    assert await _members(kept, 1) == [amina, omar], "in the order in which they joined"
    (first, _second) = await kept.asks(MembersOf(1))
    assert first.groups[1].nickname == "N1", "with what happened after"
    await kept.happens(lea, ForOther(amina, CounsellorAsked(1, False)))
    assert (await kept.asks(MembersOf(1)))[0].groups[1].answered, "also what others did"
    await kept.happens(amina, GroupLeft(1))
    assert await _members(kept, 1) == [omar]
    await kept.happens(lea, GroupEnded(1))
    assert await _members(kept, 1) == [] and await kept.asks(GroupById(1)) is None


async def test_names_for_people_are_the_counsellors_own_and_end_with_the_membership(
    kept: Kept,
) -> None:
    lea, amina, omar = await kept.person(Role.COUNSELLOR), await kept.person(), await kept.person()
    group = a_group(1, lea)
    await kept.happens(lea, GroupKept(group))
    await kept.happens(amina, GroupJoined(group, 1))
    await kept.happens(lea, Labelled(1, amina, "the tall one"), Labelled(1, omar, "nobody"))
    assert dict(await kept.asks(LabelsOf(lea, 1))) == {amina: "the tall one"}
    assert dict(await kept.asks(LabelsOf(omar, 1))) == {}
    await kept.happens(lea, Labelled(1, amina, "Amina"))
    assert dict(await kept.asks(LabelsOf(lea, 1))) == {amina: "Amina"}
    await kept.happens(amina, GroupLeft(1))
    assert dict(await kept.asks(LabelsOf(lea, 1))) == {}


async def test_colleagues_come_go_and_take_over(kept: Kept) -> None:
    lea, ben = await kept.person(Role.COUNSELLOR), await kept.person(Role.COUNSELLOR)
    await kept.happens(lea, GroupKept(a_group(1, lea)))
    await kept.happens(lea, StaffLinkMade("hello", Role.COUNSELLOR, 1))
    assert (await _seen(kept, ColleagueInvite("hello"))).id == 1
    assert await kept.asks(StaffInvite("hello")) is None, "it gives no role by itself"
    colleague = Colleague(ben, "Ben", "Other House", NOW)
    await kept.happens(ben, StaffLinkUsed("hello", rises=False), ColleagueKept(1, colleague))
    assert await kept.asks(ColleagueInvite("hello")) is None
    group = await _seen(kept, GroupById(1))
    assert group.colleagues == (colleague,) and len(await kept.asks(GroupsOf(ben))) == 1
    named = replace(colleague, name="Benjamin")
    await kept.happens(ben, ColleagueKept(1, named))
    await kept.happens(lea, GroupKept(replace(group, title="Another")))
    group = await _seen(kept, GroupById(1))
    assert group.colleagues == (named,) and group.title == "Another"
    await kept.happens(lea, StaffLinkMade("late", Role.COUNSELLOR, 1))
    await kept.happens(ben, GroupHanded(passed_on(group, named, stays=True)))
    group = await _seen(kept, GroupById(1))
    assert group.owner == ben and [c.learner for c in group.colleagues] == [lea]
    assert await kept.asks(ColleagueInvite("late")) is None, "an invitation of before"
    await kept.happens(ben, ColleagueLeft(1, lea))
    assert not (await _seen(kept, GroupById(1))).colleagues
    assert await kept.asks(GroupsOf(lea)) == ()


async def test_a_link_makes_one_person_staff_once(kept: Kept) -> None:
    admin, zoe = await kept.person(Role.ADMIN), await kept.person()
    assert await kept.asks(StaffInvite("hello")) is None
    await kept.happens(admin, StaffLinkMade("hello", Role.COUNSELLOR))
    assert await kept.asks(StaffInvite("hello")) is Role.COUNSELLOR
    assert await kept.asks(ColleagueInvite("hello")) is None
    await kept.happens(zoe, StaffLinkUsed("hello"), RoleGiven(Role.COUNSELLOR, "Zoe"))
    assert await kept.asks(StaffInvite("hello")) is None


async def test_letters_say_what_an_answer_is_about_and_held_ones_wait(kept: Kept) -> None:
    lea, amina = await kept.person(Role.COUNSELLOR), await kept.person()
    group = a_group(1, lea)
    await kept.happens(lea, GroupKept(group))
    await kept.happens(amina, GroupJoined(group, 1))
    assert await kept.asks(LastLetter(lea)) is None

    def asks(text: str, held: bool = False) -> Told:
        about = {"group": 1, "learner": amina, "title": "t", "nickname": "n", "text": text}
        return Told(lea, note(QUESTION, **about), held)

    await kept.happens(amina, asks("one"), StrangerAsked(1))
    letter = await kept.asks(LastLetter(lea))
    assert (letter.group, letter.member) == (1, amina)
    assert await kept.asks(AskedLately(1)) == 1
    signed = {"counsellor": "Lea", "organisation": "AMSED", "text": "two"}
    await kept.happens(lea, Told(amina, note(LETTER, group=1, **signed)))
    letter = await kept.asks(LastLetter(amina))
    assert (letter.group, letter.member) == (1, amina)
    await kept.happens(amina, asks("three", held=True), asks("four", held=True))
    assert await kept.asks(HeldQuestions(lea, 1)) == 2
    assert await kept.asks(HeldQuestions(lea, 2)) == 0
    await kept.happens(lea, HeldReleased(1))
    assert await kept.asks(HeldQuestions(lea, 1)) == 0
    await kept.happens(amina, asks("five", held=True))
    await kept.happens(lea, HeldReleased(1, drop=True))
    assert await kept.asks(HeldQuestions(lea, 1)) == 0
    await kept.happens(amina, GroupLeft(1))
    assert await kept.asks(LastLetter(lea)) is None, "nobody answers who is not there"


async def test_the_message_that_a_letter_became_says_what_an_answer_to_it_is_about(
    kept: Kept,
) -> None:
    lea, amina, omar = await kept.person(Role.COUNSELLOR), await kept.person(), await kept.person()
    group = a_group(1, lea)
    await kept.happens(lea, GroupKept(group))
    for number, who in enumerate((amina, omar), 1):
        await kept.happens(who, GroupJoined(group, number))
        about = {"group": 1, "learner": who, "title": "t", "nickname": "n", "text": "why?"}
        await kept.happens(who, Told(lea, note(QUESTION, **about)))
        await kept.delivered(lea, f"message {number}")
    first = await kept.asks(LetterBehind(lea, "telegram", "message 1"))
    assert (first.group, first.member) == (1, amina)
    assert await kept.asks(LetterBehind(lea, "web", "message 1")) is None
    assert await kept.asks(LetterBehind(omar, "telegram", "message 1")) is None
    assert await kept.asks(LetterBehind(lea, "telegram", "message 3")) is None
    await kept.happens(amina, GroupLeft(1))
    assert await kept.asks(LetterBehind(lea, "telegram", "message 1")) is None
