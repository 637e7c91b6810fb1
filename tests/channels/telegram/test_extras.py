"""Buttons and effects of newer Telegram; a server that refuses them gets none, once for all."""

from tests.fakes.telegram import User
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
