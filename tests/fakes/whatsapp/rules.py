"""What Meta refuses of a message, with its codes and the form of its errors (Graph API v26.0)."""

import re
from typing import Any

JSON = dict[str, Any]
BUSINESS_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
MIMES = {
    "document": (
        "application/pdf",
        "text/plain",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "image": ("image/png", "image/jpeg"),
    "audio": ("audio/ogg",),
}
SIZES = {"image": 5 << 20, "audio": 16 << 20, "document": 100 << 20}
TITLES = {
    131047: "Re-engagement message",
    131026: "Message undeliverable",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    130429: "Rate limit hit",
    131009: "Parameter value is not valid",
    131008: "Required parameter is missing",
    131000: "Something went wrong",
    132001: "Template name does not exist in the translation",
    190: "Error validating access token",
    100: "Invalid parameter",
    131042: "Business eligibility payment issue",
    131049: "This message was not delivered to maintain healthy ecosystem engagement",
    131050: "User has stopped receiving marketing messages",
}


class Refusal(Exception):
    """`status` is HTTP's."""

    def __init__(self, code: int, details: str = "", status: int = 400, sub: int = 0) -> None:
        super().__init__(f"{code}: {details}")
        self.code, self.details, self.status, self.sub = code, details, status, sub

    def json(self) -> JSON:
        title = TITLES.get(self.code, "Error")
        error: JSON = {
            "message": f"(#{self.code}) {title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
        }
        if self.sub:
            error["error_subcode"] = self.sub
        return {"error": error}


def wrong(details: str) -> Refusal:
    return Refusal(131009, details)


def missing(details: str) -> Refusal:
    return Refusal(131008, details)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def text(value: Any, most: int, what: str, least: int = 1) -> str:
    """A text of ours. Raises `Refusal`."""
    if not isinstance(value, str) or (least and not value.strip()):
        raise missing(f"{what} is missing")
    if units(value) > most:
        raise wrong(f"{what} has {units(value)} characters, {most} are allowed")
    if any(0xD800 <= ord(c) < 0xE000 for c in value):
        raise wrong(f"{what} is no text")
    return value


def check(body: JSON, files: dict[str, tuple[str, str, bytes]]) -> None:
    """Raises the `Refusal` of Meta, or nothing. `files` are those uploaded: name, type, content."""
    if body.get("messaging_product") != "whatsapp" or body.get("recipient_type") != "individual":
        raise Refusal(100, "messaging_product has to be whatsapp")
    text(body.get("biz_opaque_callback_data", ""), 512, "biz_opaque_callback_data", 0)
    known = {"messaging_product", "recipient_type", "recipient", "to", "type", "context"}
    kind = body.get("type")
    if not isinstance(kind, str) or not isinstance(body.get(kind), dict):
        raise missing("type")
    if more := set(body) - known - {"biz_opaque_callback_data", kind}:
        raise Refusal(100, f"unknown parameters {sorted(more)}")
    part = body[kind]
    match kind:
        case "text":
            text(part.get("body"), 4096, "text.body")
        case "interactive":
            _interactive(part, files)
        case "audio" if set(part) - {"id", "voice"}:
            raise wrong("audio has no caption")
        case "document" | "image" | "audio":
            _file(kind, part, files)
        case "template":
            _template(part)
        case _:
            raise wrong(f"type {kind}")


def _interactive(part: JSON, files: dict[str, tuple[str, str, bytes]]) -> None:
    text(part.get("body", {}).get("text"), 1024, "body")
    if "footer" in part:
        text(part["footer"].get("text"), 60, "footer")
    if "header" in part:
        _header(part, files)
    action = part.get("action", {})
    match part.get("type"):
        case "button":
            _buttons(action.get("buttons"))
        case "list":
            _list(action)
        case "cta_url":
            given = action.get("parameters", {})
            text(given.get("display_text"), 20, "display_text")
            if action.get("name") != "cta_url" or not re.match(r"https?://", given.get("url", "")):
                raise wrong("url")
        case kind:
            raise wrong(f"interactive.type {kind}")


def _header(part: JSON, files: dict[str, tuple[str, str, bytes]]) -> None:
    """A picture or file stands above buttons alone; a list has words there."""
    header = part["header"]
    kind = header.get("type")
    if kind == "text":
        text(header.get("text"), 60, "header")
    elif kind in MIMES and part.get("type") in ("button", "cta_url"):
        _file(kind, header.get(kind, {}), files)
    else:
        raise wrong(f"header {kind} above {part.get('type')}")


def _buttons(buttons: Any) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise wrong("1 to 3 buttons")
    titles, ids = [], []
    for button in buttons:
        if button.get("type") != "reply":
            raise wrong("a button is a reply")
        reply = button.get("reply", {})
        titles.append(text(reply.get("title"), 20, "title"))
        ids.append(text(reply.get("id"), 256, "id"))
    if any(id != id.strip() for id in ids):
        raise wrong("an id may not begin or end with a space")
    if len(set(titles)) < len(titles) or len(set(ids)) < len(ids):
        raise wrong("titles and ids of buttons have to differ")


def _list(action: JSON) -> None:
    text(action.get("button"), 20, "the list's button")
    sections = action.get("sections")
    if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
        raise wrong("1 to 10 sections")
    rows = [row for section in sections for row in section.get("rows", ())]
    if not 1 <= len(rows) <= 10:
        raise wrong("1 to 10 rows in all")
    if len(sections) > 1:
        for section in sections:
            text(section.get("title"), 24, "a section's title")
    titles = [text(row.get("title"), 24, "a row's title") for row in rows]
    ids = [text(row.get("id"), 200, "a row's id") for row in rows]
    for row in rows:
        text(row.get("description", ""), 72, "a row's description", 0)
    if len(set(titles)) < len(titles) or len(set(ids)) < len(ids):
        raise wrong("titles and ids of rows have to differ")


def _file(kind: str, part: JSON, files: dict[str, tuple[str, str, bytes]]) -> None:
    if part.get("id") not in files:
        raise Refusal(100, "no such media", sub=33)
    _name, mime, content = files[part["id"]]
    if mime not in MIMES[kind] or len(content) > SIZES[kind]:
        raise Refusal(131053, f"{mime} as {kind}")
    text(part.get("caption", ""), 1024, "caption", 0)


def _template(part: JSON) -> None:
    for component in part.get("components", ()):
        for given in component.get("parameters", ()):
            said = given.get("text", given.get("payload", ""))
            if re.search(r"[\n\t]| {5}", said):
                raise Refusal(132012, "a parameter with newlines, tabs or 5 spaces")
            text(said, 1024, "a parameter")


def check_template(template: JSON) -> None:
    """One that is submitted for approval. Raises `Refusal`."""
    if not re.fullmatch(r"[a-z0-9_]{1,512}", template.get("name", "")):
        raise Refusal(100, "name")
    if template.get("category") not in ("UTILITY", "MARKETING"):
        raise Refusal(100, "category")
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", template.get("language", "")):
        raise Refusal(100, "language")
    for part in template["components"]:
        match part["type"]:
            case "BODY":
                body = text(part["text"], 1024, "body")
                names = re.findall(r"\{\{(\d+)\}\}", body)
                if names != [str(n) for n in range(1, len(names) + 1)]:
                    raise Refusal(100, "variables are numbered from 1 in their order")
                if re.match(r"\s*\{\{", body) or re.search(r"\}\}[\s.!?]*$", body):
                    raise Refusal(100, "a variable at the beginning or the end")
                examples = part.get("example", {}).get("body_text", [[]])[0]
                if len(examples) != len(names):
                    raise Refusal(100, "an example for each variable")
            case "FOOTER":
                text(part["text"], 60, "footer")
            case "BUTTONS":
                if not 1 <= len(part["buttons"]) <= 10:
                    raise Refusal(100, "1 to 10 buttons")
                for button in part["buttons"]:
                    text(button["text"], 25, "a button's text")
            case kind:
                raise Refusal(100, f"component {kind}")
