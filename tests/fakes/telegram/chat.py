"""A chat as its members see it, and when all is quiet in it."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.telegram.messages import File, Message
from tests.fakes.telegram.refusal import JSON

NOT_MET = "bot can't initiate conversation with a user"
PATIENCE = 30.0
"""Seconds until a test fails that waits for something: no machine is that busy."""
_CHAT_FIELDS = ("id", "first_name", "last_name", "username")


class Home(Protocol):
    """What chats and people know of the server."""

    me: JSON
    calm: float
    privacy: bool
    queries: dict[str, "Query"]

    def group(self, id: int, title: str = "Group", kind: str = "supergroup") -> "Chat": ...

    def next_message_id(self) -> int: ...

    def take(self, kind: str, name: str, mime: str, content: bytes) -> File: ...

    def push(self, kind: str, body: JSON, chat: "Chat") -> None: ...

    def new_query(self, user: "Owner", chat: "Chat") -> "Query": ...


class Owner(Protocol):
    """Whose private chat it is."""

    def json(self) -> JSON: ...


class Chat:
    """A private chat or a group, as its members see it. `messages` holds everybody's, deleted ones
    gone."""

    def __init__(self, fake: Home, id: int, kind: str = "private", title: str = "") -> None:
        self.fake, self.bot, self.id, self.kind, self.title = fake, fake.me, id, kind, title
        self.owner: Owner | None = None
        self.refusal = ""  # why a bot may not write here: the words after "Forbidden: "
        self.migrated_to = 0
        self.keyboard: list[list[str]] = []  # a reply keyboard, below the input line
        self.actions: list[str] = []  # "typing", … as sendChatAction told
        self.shown: list[Message] = []  # a message each time it appeared or visibly changed
        self.all_messages: list[Message] = []
        self._seen = 0
        self.busy = 0  # API calls about this chat that are under way
        self._stirred = 0.0  # when something last happened here (loop time)
        self.unhandled = 0  # updates that the bot has not acknowledged

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.all_messages if not message.deleted]

    @property
    def private(self) -> bool:
        return self.kind == "private"

    def json(self) -> JSON:
        if self.owner:
            return {
                key: value for key, value in self.owner.json().items() if key in _CHAT_FIELDS
            } | {"type": "private"}
        return {"id": self.id, "type": self.kind, "title": self.title}

    def find(self, message_id: int) -> Message | None:
        for message in reversed(self.all_messages):
            if message.id == message_id:
                return None if message.deleted else message
        return None

    def stirs(self) -> None:
        self._stirred = asyncio.get_running_loop().time()

    def show(self, message: Message) -> None:
        self.shown.append(message)

    @property
    def quiet(self) -> bool:
        """No update waits to be handled, no call is under way, nothing happened for `fake.calm`
        seconds."""
        calm = asyncio.get_running_loop().time() - self._stirred >= self.fake.calm
        return calm and not self.busy and not self.unhandled

    async def expects(self, n: int | None = None, within: float = PATIENCE) -> list[Message]:
        """What the bot showed here since the last time: waits for `n` (None: any number), then
        until the chat is quiet.

        A message counts each time it appears or visibly changes (text, file, or new buttons; that
        its buttons go, or can no longer be pressed, is not a change to look at). Raises
        AssertionError when it is not exactly `n` within so many seconds.
        """
        deadline = asyncio.get_running_loop().time() + within
        while not ((n is None or len(self.shown) - self._seen >= n) and self.quiet):
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.003)
        new, late = self.shown[self._seen :], not self.quiet
        self._seen = len(self.shown)
        saw = "".join(f"\n--- {message}" for message in new)
        if n is not None and len(new) != n:
            left = f"; {self.unhandled} updates are not handled" if self.unhandled else ""
            raise AssertionError(
                f"chat {self.id} expected {n} messages and saw {len(new)}{left}{saw}"
            )
        if late:
            raise AssertionError(f"chat {self.id} was not quiet after {within} s{saw}")
        return new

    async def upgrades(self, new_id: int) -> "Chat":
        """A group becomes a supergroup: writing to the old id is refused with the new one."""
        new = self.fake.group(new_id, self.title)
        self.migrated_to = new_id
        return new


@dataclass(slots=True)
class Query:
    """A tap that waits for its answer."""

    id: str
    user: Owner
    chat: Chat
    at: float
    answered: bool = False
