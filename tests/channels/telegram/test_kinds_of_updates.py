"""What a person sent is told apart, and nothing else of it is kept."""

import pytest

from bot.channels.telegram.parse import NotUnderstood, parse
from bot.conversation.update import Edited, Media, Reachable, Sent, Start, Tap, Typed


@pytest.mark.parametrize(
    ("message", "doing"),
    [
        ({"text": "/start m-computer"}, Start("m-computer")),
        ({"text": "/start@SomeBot"}, Start("")),
        ({"text": "hello"}, Typed("hello")),
        ({"voice": {}}, Sent(Media.VOICE)),
        ({"photo": [], "caption": "my passport"}, Sent(Media.PICTURE)),
        ({"contact": {"phone_number": "1"}}, Sent(Media.OTHER)),
        ({"sticker": {}}, Sent(Media.STICKER)),
    ],
)
def test_what_a_person_sent_is_told_apart_and_nothing_else_is_kept(
    message: dict[str, object], doing: object
) -> None:
    chat = {"id": 7, "type": "private", "first_name": "Amina"}
    update = parse(
        {
            "update_id": 1,
            "message": {"chat": chat, "from": {"id": 7, "language_code": "ar"}, **message},
        }
    )
    assert (
        update and update.doing == doing and update.language == "ar" and "Amina" not in repr(update)
    )


def test_other_updates() -> None:
    chat = {"id": 7, "type": "private"}
    edited = parse({"update_id": 1, "edited_message": {"chat": chat, "text": "x"}})
    assert edited and edited.doing == Edited()
    gone = parse(
        {
            "update_id": 2,
            "my_chat_member": {
                "chat": chat,
                "from": {"id": 7},
                "new_chat_member": {"status": "kicked"},
            },
        }
    )
    assert gone and gone.doing == Reachable(False)
    tap = parse({"update_id": 3, "callback_query": {"id": "1", "from": {"id": 7}, "data": "h"}})
    assert tap and tap.doing == Tap("h") and tap.address == "7"
    assert (
        parse({"update_id": 4, "message": {"chat": {"id": -7, "type": "group"}, "text": "hi"}})
        is None
    )
    with pytest.raises(NotUnderstood):
        parse({"update_id": 5, "poll": {}})
