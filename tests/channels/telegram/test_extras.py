"""Buttons and effects of newer Telegram; a server that refuses them gets none, once for all."""

from tests.fakes.telegram import User
from tests.support.group_talk import comes_to_read, does, says, with_member
from tests.support.service import Service


async def _to_the_question(service: Service, person: int = 1001) -> User:
    amina = service.fake.user(person)
    await amina.says("/start")
    await amina.expects(1)
    for tap in ("English", "Start: Meet", "Next", "Next"):
        await amina.taps(tap)
        await amina.expects(1)
    return amina


async def test_an_answered_question_can_still_be_read(service: Service) -> None:
    amina = await _to_the_question(service)
    question = amina.screen
    options = [b.label for b in question.buttons if b.data.startswith("a:")]
    assert not any(b.style for b in question.buttons if b.data.startswith("a:")), "no hint"
    await amina.taps("The screen")
    await amina.expects()
    assert question.labels == [] and len(question.closed) == len(options)
    (right,) = (b for b in question.closed if b.style)
    assert right.label.startswith("✓ ") and "The screen" in right.label
    assert [b.style for b in amina.screen.buttons if "Next" in b.label] == ["primary"]


async def test_an_old_server_is_asked_once(service: Service) -> None:
    service.fake.newest = False
    amina = await _to_the_question(service)
    question = amina.screen
    await amina.taps("The screen")
    await amina.expects()
    assert question.labels == [] and not question.closed, "as it was before"
    refused = [call for call in service.fake.calls if call.error]
    assert [call.method for call in refused] == ["editMessageReplyMarkup"]
    omar = await _to_the_question(service, 1002)
    await omar.taps("The screen")
    await omar.expects()
    assert [call for call in service.fake.calls if call.error] == refused, "never again"


async def test_a_refusal_with_another_reason_stays_one(service: Service) -> None:
    amina = await _to_the_question(service)
    await amina.taps("The screen")
    await amina.expects()
    await amina.taps("Next")
    await amina.expects()
    assert not [call for call in service.fake.calls if call.error]


async def test_a_chat_that_is_empty_says_what_this_is(service: Service) -> None:
    texts = service.fake.profile.texts
    english, arabic = texts["setMyDescription", ""], texts["setMyDescription", "ar"]
    assert "small steps" in english and english != arabic and len(arabic) <= 512


async def _makes_a_code(service: Service, person: int) -> User:
    omar = await _to_the_question(service, person)
    await omar.says("/settings")
    await omar.expects(1)
    for tap in ("Phones and privacy", "Use another phone", "Make a code"):
        await omar.taps(tap)
        await omar.expects(1)
    return omar


async def test_a_code_is_copied_by_one_tap(service: Service) -> None:
    omar = await _makes_a_code(service, 1003)
    (copying,) = (button for button in omar.screen.buttons if button.copies)
    assert copying.label == "📋 Copy the code"
    spoken = copying.copies
    assert f"{spoken[:3]} {spoken[3:6]} {spoken[6:]}" in omar.screen.text


async def test_a_server_without_copying_is_asked_once(service: Service) -> None:
    service.fake.newest = False
    for person in (1004, 1005):
        omar = await _makes_a_code(service, person)
        assert "Your code" in omar.screen.text and not any(b.copies for b in omar.screen.buttons)
    assert len([call for call in service.fake.calls if call.error]) == 1


async def _a_meeting(service: Service) -> User:
    lea, amina = await with_member(service)
    await does(lea, "Meeting")
    await says(lea, "Tuesday 14:00, library")
    await does(lea, "Yes, send it")
    await comes_to_read(amina, "📅 Tuesday, 22 September, 14:00\nlibrary")
    return amina


async def test_a_meeting_can_be_taken_into_a_calendar_from_its_line(service: Service) -> None:
    amina = await _a_meeting(service)
    (moment,) = (e for e in amina.screen.entities if e["type"] == "date_time")
    assert int(moment["unix_time"]) == 1_790_085_600, "14:00 by the clock of the group"


async def test_a_server_without_moments_is_asked_once_and_the_words_stay(service: Service) -> None:
    service.fake.newest = False
    amina = await _a_meeting(service)
    assert not [e for e in amina.screen.entities if e["type"] == "date_time"]
    refused = [call for call in service.fake.calls if call.error]
    assert len(refused) == 1
    await says(amina, "/menu")
    await does(amina, "Tuesday group")
    assert [call for call in service.fake.calls if call.error] == refused, "never again"
