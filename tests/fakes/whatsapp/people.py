"""People on WhatsApp: they write, tap buttons that stay for ever, and have numbers or none."""

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.whatsapp.rules import JSON

if TYPE_CHECKING:
    from tests.fakes.whatsapp.server import FakeWhatsApp


@dataclass
class Shown:
    """A message of ours on somebody's phone."""

    id: str
    body: JSON
    at: float
    file: tuple[str, str, bytes] | None = None
    """Name, type, content."""

    @property
    def kind(self) -> str:
        return str(self.body["type"])

    @property
    def text(self) -> str:
        match self.kind:
            case "text":
                return str(self.body["text"]["body"])
            case "interactive":
                said = self.body["interactive"]
                footer = said.get("footer", {}).get("text", "")
                return f"{said['body']['text']}\n\n{footer}".strip()
            case "template":
                given = self.body["template"]
                words = [
                    p["text"]
                    for c in given.get("components", ())
                    for p in c.get("parameters", ())
                    if "text" in p
                ]
                return " ".join((given["name"], *words))
            case kind:
                return str(self.body[kind].get("caption", ""))

    @property
    def choices(self) -> dict[str, tuple[str, str]]:
        """Label (of a row: with its description) -> id, and how it is answered."""
        if self.kind == "template":
            return {
                f"button {c['index']}": (c["parameters"][0]["payload"], "button")
                for c in self.body["template"].get("components", ())
                if c["type"] == "button"
            }
        action = self.body.get("interactive", {}).get("action", {})
        found = {
            b["reply"]["title"]: (b["reply"]["id"], "button_reply")
            for b in action.get("buttons", ())
        }
        for section in action.get("sections", ()):
            for row in section["rows"]:
                label = f"{row['title']} {row.get('description', '')}".strip()
                found[label] = (row["id"], "list_reply")
        return found

    @property
    def link(self) -> str:
        action = self.body.get("interactive", {}).get("action", {})
        return str(action.get("parameters", {}).get("url", ""))

    def __contains__(self, words: str) -> bool:
        return words in self.bare

    @property
    def bare(self) -> str:
        """The words alone: no formatting, nothing without width."""
        return re.sub(r"[*_\u2060\u200f\u2066-\u2069]", "", self.text)

    def drawn(self) -> str:
        """As a person sees it, for golden chats."""
        lines = [self.text.replace("\u2060", "")]
        if self.file:
            lines.insert(0, f"📎 {self.file[0]}")
        action = self.body.get("interactive", {}).get("action", {})
        if "buttons" in action:
            lines.append("  ".join(f"[{label}]" for label in self.choices))
        if "sections" in action:
            lines.append(f"[{action['button']} ▾]")
            for section in action["sections"]:
                for row in section["rows"]:
                    more = f" — {row['description']}" if "description" in row else ""
                    lines.append(f"  ({row['title']}){more}")
        if self.link:
            lines.append(f"[{action['parameters']['display_text']}]({self.link})")
        return "\n\n".join(lines[:1]) + "".join(
            f"\n\n{line}" if n == 1 else f"\n{line}" for n, line in enumerate(lines) if n
        )


class Person:
    """`number` is None for somebody with a username, of whom Meta tells no number."""

    def __init__(self, fake: "FakeWhatsApp", user_id: str, number: str | None, name: str) -> None:
        self.fake = fake
        self.user_id = user_id
        self.number = number
        self.name = name
        self.shown: list[Shown] = []
        self.seen = 0
        self.refuses = 0
        """A code with which everything to them is refused."""
        self.heard_at: float | None = None
        self._stirred = asyncio.Event()

    @property
    def screen(self) -> Shown:
        return self.shown[-1]

    @property
    def texts(self) -> list[str]:
        return [shown.bare for shown in self.shown]

    def stirs(self) -> None:
        self._stirred.set()

    # -- what they do; each returns when the webhook took it

    async def says(self, text: str, **more: Any) -> JSON:
        return await self.does({"type": "text", "text": {"body": text}}, **more)

    async def taps(self, label: str, on: Shown | None = None, **more: Any) -> JSON:
        """A button or a row by a part of its label, on the newest message that has one."""
        given = [on] if on else list(reversed(self.shown))
        for shown in given:
            for words, (id, kind) in shown.choices.items():
                if label in words:
                    return await self.does(self.reply(id, words, kind), shown.id, **more)
        raise AssertionError(f"no {label!r} on {[s.choices for s in given]}")

    async def forges(self, id: str) -> JSON:
        return await self.does(self.reply(id, "x", "button_reply"), self.screen.id)

    def reply(self, id: str, title: str, kind: str) -> JSON:
        if kind == "button":
            return {"type": "button", "button": {"payload": id, "text": title}}
        return {
            "type": "interactive",
            "interactive": {"type": kind, kind: {"id": id, "title": title}},
        }

    async def sends(self, kind: str, **content: Any) -> JSON:
        return await self.does({"type": kind, kind: content})

    async def does(
        self,
        content: JSON,
        on: str = "",
        ago: float = 0,
        deliver: bool = True,
        expects: int | None = None,
    ) -> JSON:
        message = self.message(content, on, ago)
        if deliver:
            await self.fake.deliver(self.fake.of(self, message))
        return message

    def message(self, content: JSON, on: str = "", ago: float = 0) -> JSON:
        """As it stands in a webhook."""
        at = self.fake.clock() - ago
        self.heard_at = max(self.heard_at or 0, at)
        said: JSON = {
            "from_user_id": self.user_id,
            "id": self.fake.new_id(self.number or "0"),
            "timestamp": str(int(at)),
            **content,
        }
        if self.number:
            said["from"] = self.number
        if on:
            said["context"] = {"from": self.fake.number, "id": on}
        return said

    async def expects(self, n: int = 1, within: float = 10.0) -> list[Shown]:
        """Waits until `n` more messages than were seen are there."""
        async with asyncio.timeout(within):
            while len(self.shown) - self.seen < n:
                self._stirred.clear()
                await self._stirred.wait()
        new = self.shown[self.seen :]
        self.seen = len(self.shown)
        return new
