"""Signs of texts as small drawings, so that a page hangs on no emoji font: lines on 24 x 24, in the
colour of the words beside them. Pure.

A text keeps its sign for the messengers; only here it is taken out and drawn. What has no drawing
stays a letter. The words beside a drawing say what it means; where they do not, it is named.
"""

import re

from markupsafe import Markup

from bot.model.words import InLanguage, Msg, Words, _

_AGAIN = "M20 8v5h-5M19 13a7.5 7.5 0 1 1-1.5-6"
_BUBBLE = "M4 5h16v11H11l-4 4v-4H4z"
_PEOPLE = (
    "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-4 3-6 6-6s6 2 6 6M16 11a2.5 2.5 0 1 0 0-5"
    "M17 13.5c3 .5 4 3 4 5.5"
)
_HAND = (
    "M7 12V6.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8"
    "c0 4-2 6-5 6s-4-2-6-6l-1.5-3"
)
_FLAG = "M6 21V4h11l-3 4 3 4H6"
_PAPER = "M6 3h8l4 4v14H6zM9 11h6M9 15h6"
_BELL = "M6 17h12l-1.5-2V11a4.5 4.5 0 0 0-9 0v4zM10.5 20h3"
_CLOCK = "M12 4a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v5l3 2"
_BOOK = "M12 6c-3-2-6-2-8-1v13c2-1 5-1 8 1 3-2 6-2 8-1V5c-2-1-5-1-8 1zM12 6v13"
_CALENDAR = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"
_PERSON = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c0-4 3-6 7-6s7 2 7 6"
_FACE = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9.5v.5M15 9.5v.5"
_LETTER = "M3 6h18v13H3zM3 7l9 7 9-7"
_PHONE = "M5 4l4 1 1 4-2 2c1 3 2 4 5 5l2-2 4 1 1 4c-9 3-18-6-15-15z"
_MICROPHONE = (
    "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4M8 21h8"
)
DRAWN = {
    "🎙": _MICROPHONE,
    "🎤": _MICROPHONE,
    "👂": (
        "M7 10a5 5 0 1 1 9 3c-2 2-2 3-2 4a3 3 0 0 1-5 1M10 10a2 2 0 1 1 3 1.5c-1 .6-1.5 1.5-1.5 2.5"
    ),
    "■": "M6 6h12v12H6z",
    "📗": _BOOK,
    "🔁": _AGAIN,
    "♻": _AGAIN,
    "☐": "M5 5h14v14H5z",
    "☑": "M5 5h14v14H5zM8 12l3 3 5-6",
    "▷": "M12 4a8 8 0 1 0 0 16V4z",
    "▫": "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z",
    "★": "M12 3l3 6 6 1-4.5 4.5 1 6.5-5.5-3-5.5 3 1-6.5L3 10l6-1z",
    "👉": "M5 12h13M13 6l6 6-6 6",
    "🎓": "M6 3h12v13H6zM9 7h6M9 11h4M10 16v5l2-1.5 2 1.5v-5",
    "📈": "M4 20v-7M10 20V9M16 20V4M2 20h20",
    "📊": "M4 20v-7M10 20V9M16 20V4M2 20h20",
    "⚙": "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",
    "❓": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.300"
        "c-.7.4-1 .8-1 1.700M12 16.5v.5"
    ),
    "ℹ": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.5",
    "💚": "M12 20C5 15 3 12 3 8.5a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3.5-2 6.5-9 11.5z",
    "🌐": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
    "📖": _BOOK,
    "📑": _PAPER,
    "📃": _PAPER,
    "📄": _PAPER,
    "🖨": _PAPER,
    "🧭": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.5l-2 5-5 2 2-5z",
    "🛠": "M14 7l3-3 3 3-3 3zM15 9L5 19M4 5l5 5M15 15l4 4",
    "🎭": _BUBBLE,
    "💬": _BUBBLE,
    "🏁": _FLAG,
    "🙋": f"{_PERSON}M19 12V4",
    "🔊": "M4 9h4l5-4v14l-5-4H4zM16 9c1.5 1.500 1.5 4.500 0 6M18.5 6.5c3 3 3 8 0 11",
    "📤": "M12 15V4M8 8l4-4 4 4M4 14v6h16v-6",
    "⚖": "M12 4v16M8 20h8M5 7h14M5 7l-3 6h6zM19 7l-3 6h6z",
    "✋": _HAND,
    "📝": "M5 3h10l4 4v14H5zM8 9h8M8 13h8M8 17h5",
    "🎬": "M3 9h18v11H3zM3 9l2-5h16v5M9 4l-2 5M14 4l-2 5M19 4l-2 5",
    "🌟": "M12 3l2.700 5.500 6 .9-4.300 4.200 1 6-5.400-2.800-5.400 2.800 1-6L3.300 9.400l6-.9z",
    "🏢": "M5 21V4h9v17M14 10h5v11M3 21h18M8 8h3M8 12h3M8 16h3",
    "🛑": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
    "📍": "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    "🌍": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
    "🧩": "M4 8h5a2 2 0 1 1 4 0h5v5a2 2 0 1 0 0 4v3H4z",
    "⏳": "M7 3h10M7 21h10M8 3v3l4 6-4 6v3M16 3v3l-4 6 4 6v3",
    "🪪": "M3 5h18v14H3zM8 9a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM5 17c0-3 6-3 6 0M14 10h4M14 14h4",
    "📞": _PHONE,
    "☎": _PHONE,
    "📧": _LETTER,
    "📮": _LETTER,
    "🔖": "M7 3h10v18l-5-4-5 4z",
    "📋": "M6 5h12v16H6zM9 3h6v4H9zM9 11h6M9 15h6",
    "👇": "M12 5v13M6 12l6 6 6-6",
    "⏹": "M6 6h12v12H6z",
    "⏸": "M8 5v14M16 5v14",
    "⭐": "M12 3l3 6 6 1-4.5 4.5 1 6.5-5.5-3-5.5 3 1-6.5L3 10l6-1z",
    "☀": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2"
    "M19 5l-2 2M7 17l-2 2",
    "💪": "M5 15V6h4v4c5-2 9 0 9 4s-4 6-13 5z",
    "🌱": "M12 21v-9M12 12c0-5-3-7-8-7 0 5 3 7 8 7zM12 15c0-4 3-6 8-6 0 4-3 6-8 6z",
    "📘": _BOOK,
    "📚": "M4 4h4v16H4zM10 4h4v16h-4zM16 5l3-1 3 15-3 1z",
    "😐": f"{_FACE}M8.5 15.5h7",
    "🙂": f"{_FACE}M8 14.5c2 2.5 6 2.5 8 0",
    "😀": f"{_FACE}M7.5 13.5h9c0 5-9 5-9 0z",
    "❔": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3"
        "c-.7.4-1 .8-1 1.7M12 16.5v.5"
    ),
    "✖": "M6 6l12 12M18 6L6 18",
    "✔": "M5 13l4 4L19 7",
    "👀": "M2 12c4-8 16-8 20 0-4 8-16 8-20 0zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "💶": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15 8.5c-4-2-7 0-7 3.5s3 5.5 7 3.5M7 11h4M7 13h4",
    "🙈": "M2 12c4-8 16-8 20 0-4 8-16 8-20 0zM4 4l16 16",
    "🃏": "M5 6h9v13H5zM8 3h11v13",
    "🔳": "M4 4h16v16H4zM8 8h3v3H8zM13 13h3v3h-3z",
    "👣": "M3 20h5v-5h5v-5h5V5h3",
    "🔎": "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
    "⏱": _CLOCK,
    "⏰": _CLOCK,
    "🕑": _CLOCK,
    "🔔": _BELL,
    "🔕": _BELL + "M4 4l16 16",
    "🧰": "M4 9h16v10H4zM9 9V6h6v3M4 13h16M12 12v3",
    "🎯": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 11.5v1",
    "✉": _LETTER,
    "📅": _CALENDAR,
    "🗓": _CALENDAR,
    "🗑": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
    "👥": _PEOPLE,
    "🤝": _PEOPLE,
    "👤": _PERSON,
    "🧑\u200d💼": f"{_PERSON}M12 14.5v3",
    "👋": _HAND,
    "📎": (
        "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.5-6.5L13 4.5a3 3 0 0 1 4.5 4.5L10 16.5"
        "a1.5 1.5 0 0 1-2-2L14.5 8"
    ),
    "🔗": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "📱": "M7 3h10v18H7zM11 18h2",
    "🔑": "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8-8M16 7l3 3",
    "🔒": "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
    "🔓": "M6 11h12v9H6zM8 11V8a4 4 0 0 1 7.5-2",
    "👁": "M2 12c4-8 16-8 20 0-4 8-16 8-20 0zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "⛔": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM7 12h10",
    "⚠": "M12 4l9 16H3zM12 10v5M12 17.5v.5",
    "✏": "M4 20l1-4L16 5l3 3L8 19z",
    "✎": "M4 20l1-4L16 5l3 3L8 19z",
    "➕": "M12 5v14M5 12h14",
    "📣": "M4 10v4h3l9 5V5l-9 5zM19 9v6",
    "🚪": "M6 21V3h11v18M3 21h18M13.5 12v.5",
    "📥": "M12 3v11M7 10l5 5 5-5M4 17v4h16v-4",
    "🗄": "M4 4h16v7H4zM4 13h16v7H4zM10 7.5h4M10 16.5h4",
    "🖼": "M3 5h18v14H3zM3 16l5-5 5 5M14 13l3-3 4 5",
    "💻": "M4 5h16v10H4zM9 19h6M12 15v4",
    "💜": "M12 20C5 15 3 11 4.5 7.5 6 4.5 10 4.5 12 8c2-3.5 6-3.5 7.5-.5C21 11 19 15 12 20z",
    "💼": "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
    "🍽": "M7 3v18M4 3v4a3 3 0 0 0 6 0V3M16 21V3c4 2 4 8 0 10",
    "🧹": "M20 4l-8 8M9 10l5 5c-2 4-6 5-10 5 0-4 1-8 5-10z",
    "🏗": "M8 21V3l11 4M5 21h6M4 7h16M17 7v5M14.5 12h5v4h-5z",
    "🤲": "M4 7v7c0 4 2 6 5 6h1v-6l-3-3M20 7v7c0 4-2 6-5 6h-1v-6l3-3",
    "🚚": "M3 6h11v11H3zM14 9h4l3 4v4h-7M7 17v3M17 17v3",
    "🏭": "M3 20V10l6 4v-4l6 4V4h5v16zM8 17h8",
    "🛒": "M3 4h3l2 11h10l2-8H7M9 19v1M17 19v1",
    "🔧": "M20 7a5 5 0 0 1-7 5l-7 8-3-3 8-7a5 5 0 0 1 6-6l-3 3 3 3z",
    "🛡": "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
    "🏠": "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
}
HIDDEN = Markup('aria-hidden="true"')
SVG = Markup('<svg class="{}" viewBox="0 0 24 24" {}><path d="{}"/></svg>')
_STYLED = {"▶": "r", "◀": "l", "☰": "m", "✓": "k", "✅": "k"}
"""Signs that are on nearly every page: the stylesheet draws them."""
STYLED = Markup("<i class={}{}></i>")
_FILLED = frozenset("▷★")
_NAMES: dict[str, Words] = {
    "✅": _("completed"),
    "▷": _("begun"),
    "☑": _("chosen"),
    "☐": _("not chosen"),
}
"""What a sign says that stands where words do not."""
_ISOLATES = "\u2066-\u2069\u200f"
_SIGN = re.compile(f"(?:{'|'.join(map(re.escape, (*DRAWN, *_STYLED)))})\ufe0f?")
_LONE = re.compile(f"[{_ISOLATES}]*({_SIGN.pattern})[{_ISOLATES}]*(?=\\s|$)")
_BAR = re.compile(rf"[{_ISOLATES}]*([▰▱]+)(?:[\s{_ISOLATES}]+(\d+)/(\d+))?[{_ISOLATES}]*")


def told(words: Words) -> dict[str, Words]:
    """What the signs of a text say, by the sign: those that the program puts into it. One that its
    author wrote stands beside words that say the same."""
    if isinstance(words, InLanguage):
        return told(words.words)
    return {
        sign: name
        for _name, value in (words.values if isinstance(words, Msg) else ())
        for sign, name in (told(value) if isinstance(value, Msg) else _NAMES).items()
        if isinstance(value, Msg) or value == sign
    }


def drawing(sign: str, name: str = "") -> Markup:
    """The drawing of a sign; nothing where there is none. Without a `name` it is for the eye
    alone."""
    sign = sign.rstrip("\ufe0f")
    said = Markup('role="img" aria-label="{}"').format(name) if name else HIDDEN
    if sign in _STYLED:
        return STYLED.format(_STYLED[sign], Markup(" ") + said if name else "")
    path = DRAWN.get(sign)
    return SVG.format("f" if sign in _FILLED else "s", said, path) if path else Markup()


def drawn(text: Markup, named: dict[str, str] | None = None) -> Markup:
    """A text with its signs and bars as drawings. `named` says what a sign is called here."""

    def sign(found: re.Match[str]) -> str:
        one = found[1].rstrip("\ufe0f")
        return drawing(one, (named or {}).get(one, ""))

    return Markup(_BAR.sub(_bar, _LONE.sub(sign, str(text))))  # noqa: S704 - was escaped


def _bar(found: re.Match[str]) -> str:
    steps, done, total = found[1], found[2], found[3]
    count = f" <bdi>{done}/{total}</bdi>" if total else ""
    value, most = (done, total) if total and int(total) else (steps.count("▰"), len(steps))
    return (
        f'<span class="bar"><progress value="{value}" max="{most}" aria-hidden="true"></progress>'
        f"{count}</span>"
    )


def without(text: str) -> str:
    """A text without its signs, for a name that is read aloud."""
    return " ".join(_BAR.sub(lambda found: _digits(found), _LONE.sub("", text)).split())


def _digits(found: re.Match[str]) -> str:
    return f" {found[2]}/{found[3]}" if found[3] else ""
