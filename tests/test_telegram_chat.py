"""Whole chats on a Telegram that refuses what Telegram refuses, on SQLite and on PostgreSQL."""

from conftest import Service


async def test_first_card_is_two_taps_after_start(service: Service) -> None:
    amina = service.fake.user(1001, language="en")
    await amina.says("/start")
    await amina.expects(1)
    await amina.taps("English")
    await amina.expects(1)
    await amina.taps("Start: Meet the computer")
    await amina.expects(1)
    assert "A computer keeps" in amina.screen
    assert len(amina.messages) == 1, "one message that was edited"
    assert amina.spinning == 0


async def test_feedback_is_a_new_message_and_the_old_one_loses_its_buttons(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.says("/start")
    await amina.expects(1)
    for tap in ("English", "Start: Meet", "Next", "Next"):
        await amina.taps(tap)
        await amina.expects(1)
    question = amina.screen
    await amina.taps("The screen")
    await amina.expects()
    assert amina.screen is not question
    assert "✅ Yes." in amina.screen and "2. The screen" in amina.screen
    assert question.labels == []
    assert amina.spinning == 0
