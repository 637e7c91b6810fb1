"""WCAG 2.2 AA on the pages as a browser shows them: light and dark, from the left and from the
right, from 240 to 1280 pixels (docs/decisions/accessibility.md).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from certificates import KeyRing
from tests.support.browser import and_then, needs_chromium, picture, press
from tests.support.statement import STATEMENT
from tests.support.web import SIGNING

PAGES = ["/employers", "/about", "/print", "/print/cv", "/verify", "/nowhere", "/join/none"]
pytestmark = needs_chromium

CHECK = (Path(__file__).parents[2] / "support" / "accessible.js").read_text("utf-8")
WIDTHS = (240, 320, 1280)
SPACED = """
for (const el of document.querySelectorAll("body *")) {
  el.style.lineHeight = "1.5"; el.style.letterSpacing = ".12em"; el.style.wordSpacing = ".16em";
  if (el.tagName === "P") el.style.marginBottom = "2em";
}
return Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth);
"""
"""The spacing that readers may set (1.4.12); what is wider then than the page."""
BROKEN = """
const broken = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = texts.nextNode());) {
  const el = node.parentElement;
  if (!el.closest(".foot button,.answers button")) continue;
  for (const word of node.data.trim().split(/\\s+/)) {
    const range = document.createRange(), at = node.data.indexOf(word);
    range.setStart(node, at); range.setEnd(node, at + word.length);
    if (word && new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1)
      broken.push(word);
  }
}
return broken;
"""
"""Words on the ways on that stand on two lines."""
FOCUSED = """
const el = document.activeElement, style = getComputedStyle(el), box = el.getBoundingClientRect();
return [el.tagName, (el.value || el.textContent || "").trim().slice(0, 30),
        parseFloat(style.outlineWidth), style.outlineStyle, box.height > 0];
"""


def _screen(browser: webdriver.Chrome, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def _theme(browser: webdriver.Chrome, theme: str) -> None:
    feature = {"name": "prefers-color-scheme", "value": theme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def _faults(browser: webdriver.Chrome, name: str) -> Iterator[str]:
    """Of the page that is there, at every width and in both themes: by night it has other colours
    and the same boxes."""
    for theme, widths in (("light", WIDTHS), ("dark", (320,))):
        _theme(browser, theme)
        for width in widths:
            _screen(browser, width)
            found = browser.execute_script(CHECK)
            yield from (f"{name}, {theme}, {width}: {fault}" for fault in found)
            if width == 320:
                language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang")
                picture(browser, f"{language}-{name}-{theme}")
    _screen(browser, 320)


def _first(browser: webdriver.Chrome, beginning: str) -> bool:
    return bool(browser.find_elements(By.CSS_SELECTOR, f'button[name=do][value^="{beginning}"]'))


def _walk(browser: webdriver.Chrome, url: str) -> Iterator[str]:
    """From the first page through what there is: each kind of page by its name."""
    browser.get(url)
    yield "welcome"
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang") or ""
    press(browser, f"L:{language}")
    yield "home"
    for name, action in (
        ("category", "t:soft-skills"),
        ("module", "m:teamwork-1"),
        ("words", "g:teamwork-1"),
        ("", "*"),
        ("task", "lp:"),
        ("day", "y2:"),
        ("", "*"),
        ("", "*"),
        ("self-test", "lt:"),
        ("", "0"),
        ("", "t:digital-skills"),
        ("", "m:cell-phone"),
        ("story", "ls:"),
        ("", "0"),
    ):
        if action in ("*", "0"):
            _says(browser, action)
        else:
            press(browser, action)
        if name:
            yield name
    press(browser, "b:")
    yield "card"
    named = {"question": False, "feedback": False}
    for _ in range(40):
        if browser.find_elements(By.CLASS_NAME, "stairs"):
            break
        if _first(browser, "x:"):
            press(browser, "x:")
        elif _first(browser, "a:"):
            if not named["question"]:
                yield "question"
            named["question"] = True
            press(browser, "a:")
            if not named["feedback"]:
                yield "feedback"
            named["feedback"] = True
        else:  # several, order, match: whatever is first, until it is an answer
            ways = ("ok:", "k:")
            press(browser, next(way for way in ways[::-1] if _first(browser, way)))
            if _first(browser, "ok:"):
                yield "several"
                press(browser, "ok:")
    yield "end-of-a-deck"
    for name, words in (
        ("settings", "/settings"),
        ("language", "/language"),
        ("progress", "/progress"),
        ("help", "/help"),
        ("mydata", "/privacy"),
        ("find", "/find"),
        ("faq", "/faq"),
        ("cv", "/cv"),
        ("not-understood", "qqqq zzzz"),
    ):
        _says(browser, words)
        yield name


def _says(browser: webdriver.Chrome, text: str) -> None:
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    field = browser.find_element(By.NAME, "text")
    field.send_keys(text)
    and_then(browser, field.submit)


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_no_page_breaks_a_rule(browser: webdriver.Chrome, running: str) -> None:
    """Nor does the reader's own spacing cut anything off."""
    faults: list[str] = []
    for name in _walk(browser, running):
        faults += _faults(browser, name)
        if wider := browser.execute_script(SPACED):
            faults.append(f"{name}, spaced: {wider} px are cut off")
    assert faults == [], "\n".join(dict.fromkeys(faults))


@pytest.mark.parametrize("browser", ["de", "uk", "fa"], indirect=True)
def test_long_words_fit_the_smallest_phone(browser: webdriver.Chrome, running: str) -> None:
    """Home in languages with longer words than English has: no label is broken below its sign."""
    browser.get(running)
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang") or ""
    press(browser, f"L:{language}")
    assert list(_faults(browser, "home-long")) == []
    for width in WIDTHS:
        _screen(browser, width)
        assert browser.execute_script(BROKEN) == [], width


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
@pytest.mark.parametrize("path", PAGES)
def test_nor_a_page_beside_the_chat(browser: webdriver.Chrome, running: str, path: str) -> None:
    browser.get(running + path)
    assert list(_faults(browser, path.strip("/").replace("/", "-"))) == []


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_nor_a_certificate_that_is_checked(browser: webdriver.Chrome, running: str) -> None:
    browser.get(f"{running}/VERIFY/{KeyRing([SIGNING]).sign(STATEMENT)}")
    assert list(_faults(browser, "certificate")) == []


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_with_the_keyboard_it_is_seen_where_one_is(browser: webdriver.Chrome, running: str) -> None:
    """2.4.7: each control that Tab reaches has an outline of two pixels."""
    browser.get(running)
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang")
    press(browser, f"L:{language}")
    reached = []
    for _ in range(40):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        tag, words, width, style, visible = browser.execute_script(FOCUSED)
        if tag == "BODY":
            break
        reached.append(words)
        assert visible and width >= 2 and style != "none", (tag, words, width, style)
    buttons = browser.find_elements(By.CSS_SELECTOR, "button[name=do]")
    assert len(reached) >= len(buttons), "every way on is reached"


def test_the_check_finds_what_is_wrong(browser: webdriver.Chrome, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        '<html lang="en" dir="ltr"><title>x</title><body style="background:#fff">'
        '<h1>a</h1><h3 style="color:#999">grey</h3><p>مرحبا</p><button></button>'
        '<img src="x"><div style="width:3000px">wide</div>'
        '<a href="#" style="display:block;width:9px;height:9px">x</a>'
    )
    browser.get(page.as_uri())
    found = " ".join(browser.execute_script(CHECK))
    for rule in (
        "1.4.3",
        "1.3.1 h1 then h3",
        "1.3.2",
        "3.1.2",
        "4.1.2",
        "1.1.1",
        "1.4.10",
        "2.5.8",
    ):
        assert rule in found, (rule, found)
