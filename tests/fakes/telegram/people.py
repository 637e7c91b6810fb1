"""People with Telegram on their phones: what they see and what they do."""

import re
import time
from collections.abc import Sequence
from typing import Any

from tests.fakes.telegram.chat import NOT_MET, PATIENCE, Chat, Home
from tests.fakes.telegram.messages import Button, File, Message, Toast
from tests.fakes.telegram.refusal import JSON


class User:
    """A person with Telegram on their phone. The verbs are what they do; each puts one update on
    its way and returns.

    `screen` is the newest message of the bot in their private chat, `messages` all of them, oldest
    first.
    """

    def __init__(self, fake: Home, id: int, language: str | None, name: str) -> None:
        self.fake, self.id, self.language, self.name = fake, id, language, name
        self.chat = Chat(fake, id)
        self.chat.owner = self
        self.toasts: list[Toast] = []  # only those with words
        self.opened: list[str] = []  # addresses of buttons with a URL

    def json(self) -> JSON:
        """With a surname and a username, so that a test can look for where they must not turn
        up."""
        data: JSON = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "last_name": f"Surname{self.id}",
        }
        data["username"] = f"user{self.id}"
        return data | ({"language_code": self.language} if self.language else {})

    # -- what they see

    @property
    def messages(self) -> list[Message]:
        return [m for m in self.chat.all_messages if m.sender is None and not m.deleted]

    @property
    def screen(self) -> Message:
        for message in reversed(self.chat.all_messages):
            if message.by_bot and not message.deleted:
                return message
        raise AssertionError(f"user {self.id} has no message of the bot")

    @property
    def files(self) -> list[File]:
        return [message.file for message in self.messages if message.file]

    @property
    def documents(self) -> list[File]:
        return [file for file in self.files if file.kind == "document"]

    @property
    def voices(self) -> list[File]:
        return [file for file in self.files if file.kind == "voice"]

    @property
    def photos(self) -> list[File]:
        return [file for file in self.files if file.kind == "photo"]

    @property
    def spinning(self) -> int:
        """How many of their taps are not answered: the buttons that still show a spinner."""
        return sum(
            query.user is self and not query.answered for query in self.fake.queries.values()
        )

    async def expects(self, n: int | None = None, within: float = PATIENCE) -> list[Message]:
        """See `Chat.expects`, for the private chat."""
        return await self.chat.expects(n, within)

    # -- what they do

    async def says(
        self,
        text: str,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        entities: Sequence[JSON] = (),
    ) -> Message:
        """Writes a text, here or in a group, with what they formatted in it."""
        message = self._new(chat, text=text, entities=[*_typed_entities(text), *entities])
        if reply_to:
            message.reply_to = reply_to.id
            message.extra["reply_to_message"] = reply_to.json()
        return self._post(message)

    async def starts(self, payload: str = "") -> Message:
        """Opens `t.me/<bot>?start=<payload>`."""
        return await self.says(f"/start {payload}".strip())

    async def taps(
        self,
        what: str | int,
        on: Message | None = None,
        chat: Chat | None = None,
        *,
        stale: bool = False,
    ) -> Message:
        """Taps a button by its label (or a unique part of it) or its number, on the newest message
        that has it.

        A number means the label that begins with it, in any digits, or else the place in reading
        order. `stale`: the phone still shows an old keyboard of that message (or a message deleted
        since). A reply keyboard's button says its label. Raises AssertionError when there is no
        such button.
        """
        chat = chat or (on.chat if on else self.chat)
        pool = (
            [on]
            if on
            else [m for m in (chat.all_messages if stale else chat.messages) if m.by_bot][::-1]
        )
        for message in pool:
            past = (
                [button for rows in reversed(message.past_rows) for row in rows for button in row]
                if stale
                else []
            )
            numbered = _numbered(message.text, what)
            if button := (
                _pick(message.buttons, what)
                or (numbered and _pick(message.buttons, numbered))
                or _pick(past, what)
            ):
                if button.url:
                    self.opened.append(button.url)
                else:
                    self._callback(message, button.data)
                return message
        label = _pick([Button(label) for row in chat.keyboard for label in row], what)
        if label and not on:
            return await self.says(label.label, chat)
        seen = "".join(f"\n--- {message}" for message in pool[:3])
        raise AssertionError(f"user {self.id} sees no button {what!r}{seen}")

    async def forges(self, message: Message, data: str) -> None:
        """Sends callback data that no button of the message carries, as a modified app can."""
        self._callback(message, data)

    async def edits(self, message: Message, text: str) -> None:
        """Changes a message of their own."""
        message.text, message.entities, message.edit_date = (
            text,
            _typed_entities(text),
            int(time.time()),
        )
        self.fake.push("edited_message", message.json(), message.chat)

    async def sends_voice(self, seconds: int = 3, content: bytes = b"OggS") -> Message:
        file = self.fake.take("voice", "voice.oga", "audio/ogg", content)
        voice = {
            "file_id": file.id,
            "file_unique_id": f"u{file.id}",
            "duration": seconds,
            "mime_type": "audio/ogg",
            "file_size": len(content),
        }
        return self._post(self._new(kind="voice", extra={"voice": voice}))

    async def sends_sticker(self, emoji: str = "👍") -> Message:
        sticker = {
            "file_id": "sticker",
            "file_unique_id": "s",
            "type": "regular",
            "width": 512,
            "height": 512,
        }
        sticker |= {"is_animated": False, "is_video": False, "emoji": emoji}
        return self._post(self._new(kind="sticker", extra={"sticker": sticker}))

    async def sends_photo(self, caption: str = "") -> Message:
        file = self.fake.take("photo", "photo.jpg", "image/jpeg", b"\xff\xd8\xff")
        photo = [
            {
                "file_id": file.id,
                "file_unique_id": f"u{file.id}",
                "width": 90,
                "height": 90,
                "file_size": 900,
            }
        ]
        return self._post(self._new(kind="photo", text=caption, extra={"photo": photo}))

    async def sends_document(
        self, name: str, mime: str = "application/pdf", content: bytes = b"%PDF-"
    ) -> Message:
        file = self.fake.take("document", name, mime, content)
        document = {
            "file_id": file.id,
            "file_unique_id": f"u{file.id}",
            "file_name": name,
            "mime_type": mime,
        }
        return self._post(self._new(kind="document", extra={"document": document}))

    async def sends_contact(self, phone: str = "+34600000000") -> Message:
        contact = {"phone_number": phone, "first_name": self.name, "user_id": self.id}
        return self._post(self._new(kind="contact", extra={"contact": contact}))

    async def sends_location(self, latitude: float = 40.4, longitude: float = -3.7) -> Message:
        place = {"latitude": latitude, "longitude": longitude}
        return self._post(self._new(kind="location", extra={"location": place}))

    async def blocks(self) -> None:
        """Stops the bot: it hears of it as my_chat_member, and may not write any more."""
        self.chat.refusal = "bot was blocked by the user"
        self._membership(self.chat, "member", "kicked")

    async def unblocks(self) -> None:
        self.chat.refusal = ""
        self._membership(self.chat, "kicked", "member")

    async def deactivates(self) -> None:
        """Deletes the account. No update tells."""
        self.chat.refusal = "user is deactivated"

    async def adds_bot(self, group: Chat) -> None:
        group.refusal = ""
        self._membership(group, "left", "member")

    async def removes_bot(self, group: Chat) -> None:
        group.refusal = (
            f"bot was kicked from the {'group' if group.kind == 'group' else 'supergroup'} chat"
        )
        self._membership(group, "member", "kicked")

    # -- how

    def _new(self, chat: Chat | None = None, **fields: Any) -> Message:
        return Message(
            self.fake.next_message_id(), chat or self.chat, self, int(time.time()), **fields
        )

    def _post(self, message: Message) -> Message:
        chat = message.chat
        chat.all_messages.append(message)
        if chat.private and chat.refusal == NOT_MET:
            chat.refusal = ""
        answers_bot = (
            "reply_to_message" in message.extra
            and message.extra["reply_to_message"]["from"]["is_bot"]
        )
        named = f"@{self.fake.me['username']}" in message.text
        if (
            chat.private
            or not self.fake.privacy
            or message.text.startswith("/")
            or named
            or answers_bot
        ):
            self.fake.push("message", message.json(), chat)
        return message

    def _callback(self, message: Message, data: str) -> None:
        query = self.fake.new_query(self, message.chat)
        chat = {"id": query.id, "from": self.json(), "chat_instance": f"i{message.chat.id}"}
        self.fake.push(
            "callback_query", chat | {"message": message.json(), "data": data}, message.chat
        )

    def _membership(self, chat: Chat, old: str, new: str) -> None:
        member = {"user": self.fake.me} | ({"until_date": 0} if "kicked" in (old, new) else {})
        change = {"chat": chat.json(), "from": self.json(), "date": int(time.time())}
        change |= {
            "old_chat_member": member | {"status": old},
            "new_chat_member": member | {"status": new},
        }
        self.fake.push("my_chat_member", change, chat)


def _typed_entities(text: str) -> list[JSON]:
    match = re.match(r"/[A-Za-z0-9_]{1,32}(@\w+)?(?!\w)", text)
    return [{"type": "bot_command", "offset": 0, "length": match.end()}] if match else []


def _pick(buttons: list[Button], what: str | int) -> Button | None:
    """The button that a person means."""
    if isinstance(what, int):
        for button in buttons:
            digits = re.match(r"\W*(\d+)", button.label)
            if digits and int(digits[1]) == what:
                return button
        return buttons[what - 1] if 0 < what <= len(buttons) else None
    exact = [button for button in buttons if button.label == what]
    parts = [button for button in buttons if what.casefold() in button.label.casefold()]
    if not exact and len(parts) > 1:
        raise AssertionError(f"{what!r} could be {[button.label for button in parts]}")
    found = exact or parts
    return found[0] if found else None


def _numbered(text: str, what: str | int) -> int:
    """The number of the one line of a list that says this; else 0."""
    if isinstance(what, int):
        return 0
    lines = re.findall(r"^\W*(\d+)\. (.*)$", text, re.MULTILINE)
    found = [int(number) for number, said in lines if what.casefold() in said.casefold()]
    return found[0] if len(found) == 1 else 0
