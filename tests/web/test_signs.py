"""Signs and bars of texts as drawings."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup, escape

from bot import web
from bot.model.words import InLanguage, Msg, _
from bot.web.links import linked
from bot.web.page import TEMPLATES
from bot.web.signs import drawing, drawn, told, without
from bot.web.unbroken import unbroken
from catalogues.po import read
from tests.support.world import ROOT


def test_a_sign_is_drawn_and_the_words_stay() -> None:
    page = drawn(Markup("🏁 Keep this in mind"))
    assert page.startswith("<svg") and page.endswith(" Keep this in mind") and "🏁" not in page
    assert "✅" not in drawn(Markup("✅ That is right.")) and "▶" not in drawn(Markup("Next ▶"))


def test_a_sign_within_a_word_or_without_a_drawing_stays() -> None:
    for text in ("press▶now", "🦄 unicorn", "plain"):
        assert drawn(Markup(text)) == text


def test_what_came_from_outside_stays_text() -> None:
    assert "<b>" not in drawn(escape("<b>▶ <b>"))


def test_a_sign_can_be_named() -> None:
    assert 'aria-label="done"' in drawn(Markup("✅ The screen"), {"✅": "done"})
    assert 'role="img"' not in drawn(Markup("✅ That is right."))
    assert drawing("🦄") == ""


def test_a_bar_has_the_value_of_its_digits() -> None:
    page = drawn(Markup("Digital skills ▰▱▱▱▱ 1/6"))
    assert 'value="1" max="6"' in page and "<bdi>1/6</bdi>" in page and "▰" not in page
    assert 'value="3" max="5"' in drawn(Markup("Trust 60 % ▰▰▰▱▱"))
    assert 'max="5"' in drawn(Markup("▱▱▱▱▱ 0/0"))


def test_from_right_to_left_the_isolates_go_with_the_bar() -> None:
    page = drawn(Markup("المهارات \u2067\u2067▰▱▱▱▱\u2069 \u20681/6\u2069\u2069"))
    assert 'value="1" max="6"' in page and "\u2069" not in page


def test_read_aloud_there_are_no_signs() -> None:
    assert without("🟦 Parts ▰▱▱▱▱ 1/6") == "🟦 Parts 1/6"
    assert without("✅ That is right.") == "That is right." and without("Next ▶") == "Next"


def test_an_arrow_points_where_its_sign_points_in_every_direction_of_reading() -> None:
    """Words are turned for readers from the right, so the drawing must not be turned again."""
    style = (Path(web.__file__).parent / "static" / "pasito.css").read_text("utf-8")
    for sign, side in (("r", "left"), ("l", "right")):
        (rule,) = re.findall(rf"(.*)\.{sign}\{{(border:[^}}]*)\}}", style)
        assert rule[0] == "" and f"border-{side}:.6em solid" in rule[1]


def test_no_text_of_the_interface_needs_an_emoji_font() -> None:
    """What stands alone in it stands for the eye: not drawn it would be an empty box on a phone
    without such a font. Whether the text is translated or put around words of others."""
    catalog, _slips = read(ROOT / "locales" / "bot.pot", "en")
    assert catalog
    texts = [m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id]
    for room in ("flows", "web", "channels/web"):
        for file in (ROOT / "bot" / room).rglob("*.py"):
            texts.extend(_literals(file))
    left = {
        sign
        for text in texts
        for sign in re.sub("<[^>]*>", "", drawn(escape(text))).split()
        if unicodedata.category(sign[0]) == "So"
    }
    assert left == set()


def _literals(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_a_line_may_end_behind_a_stroke_between_words() -> None:
    shown = TEMPLATES.from_string("{{ text|drawn }}")
    assert shown.render(text="Teleworking/working & <b>") == (
        "Teleworking/<wbr>working &amp; &lt;b&gt;"
    )
    assert "<wbr>" not in shown.render(text="https://")


def test_what_the_program_puts_before_words_is_named_and_what_stands_in_them_is_not() -> None:
    ticked = Msg("{sign} {time}").of(sign="☑", time="18:00")
    assert told(ticked) == {"☑": _("chosen")} and told(Msg("☑ My steps")) == {}
    assert told(Msg("{number}. {line}").of(number=1, line=ticked)) == told(ticked)
    assert told(InLanguage(ticked, "fr")) == told(ticked)


def test_an_address_is_a_link_that_tells_nobody_where_it_was_tapped() -> None:
    shown = linked(unbroken(escape("Web: \u2068http://127.0.0.1:8080/join/a1?b=1&c=2\u2069, now.")))
    assert ">http://127.0.0.1:8080/join/a1?b=1&amp;c=2</bdi></a>\u2069, now." in shown
    assert 'href="http://127.0.0.1:8080/join/a1?b=1&amp;c=2" rel="noopener noreferrer"' in shown
    assert linked(escape("See https://a.example/b.")).endswith("</a>.")
    assert linked(escape("HTTP://A.EXAMPLE/VERIFY/X")).startswith("<a "), (
        "as a code of squares has it"
    )
    assert "<a" not in linked(escape("javascript:alert(1)"))
    for before, after in (('"', '"'), ("'", "'."), ("<", ">"), ("(", ")"), ("“", "”")):
        shown = linked(escape(f"{before}https://a.example/?b=1&c{after} onclick"))
        assert 'href="https://a.example/?b=1&amp;c" ' in shown
        assert shown.endswith(f"</bdi></a>{escape(after)} onclick")
