"""The web chat as a person sees it: headless Chromium on a small phone. Skipped, with its reason,
where there is no Chromium.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from cards.reader import read_programme
from certificates import KeyRing, private_text
from tests.support.statement import STATEMENT
from tests.support.web import SIGNING, right_answer

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no Chromium: install Debian's chromium and chromium-driver"
)
OPTIONS = (
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
    ),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--blink-settings=scriptEnabled=true",
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`pasito run` with no setting but a port and a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PASITO_PORT": str(port),
        "PASITO_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "PASITO_SIGNING_KEYS": private_text(SIGNING),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=environment, stdout=subprocess.PIPE, text=True
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/healthz")
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(20)


@pytest.fixture
def browser(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for option in (
        *OPTIONS,
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--lang={getattr(request, 'param', 'en')}",
    ):
        options.add_argument(option)
    options.add_experimental_option(
        "prefs", {"intl.accept_languages": getattr(request, "param", "en")}
    )
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_window_size(320, 640)
    yield driver
    driver.quit()


def _click(browser: webdriver.Chrome, label: str) -> None:
    button = next(
        b for b in browser.find_elements(By.CSS_SELECTOR, "button[name=do]") if label in b.text
    )
    _and_then(browser, button.click)


def _and_then(browser: webdriver.Chrome, act: Callable[[], object]) -> None:
    """Does something that leads to another page, and waits for it."""
    browser.execute_script("window.before = true")
    act()
    arrived = "return !window.before && document.readyState === 'complete'"
    WebDriverWait(browser, 10, ignored_exceptions=[WebDriverException]).until(
        lambda there: there.execute_script(arrived)
    )


def _picture(browser: webdriver.Chrome, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        browser.save_screenshot(f"{folder}/{name}.png")


def _overflow(browser: webdriver.Chrome, width: int) -> int:
    """Pixels that a page is wider than the screen of a small phone."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": True},
    )
    return int(
        browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


def test_a_person_goes_through_a_deck(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site)
    for width in (240, 320):
        assert _overflow(browser, width) == 0
    _picture(browser, "welcome")
    _click(browser, "English")
    _picture(browser, "home")
    _click(browser, "Start: Meet the computer")
    programme = read_programme().programme
    asked = 0
    for _ in range(40):
        heading = browser.find_element(By.TAG_NAME, "main").text
        assert _overflow(browser, 240) == 0, heading
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        if browser.find_elements(By.CLASS_NAME, "stairs"):
            break
        if any("Next" in b.text for b in browser.find_elements(By.CSS_SELECTOR, "button[name=do]")):
            _click(browser, "Next")
            continue
        _picture(browser, f"question-{asked}")
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        box = browser.find_element(By.NAME, "text")
        box.send_keys(right_answer(browser.page_source, programme))
        _and_then(browser, box.submit)
        assert "Yes" in browser.page_source
        _picture(browser, f"feedback-{asked}")
        asked += 1
    assert browser.find_elements(By.CLASS_NAME, "stairs")
    _picture(browser, "summary")
    assert browser.get_cookies() == []


@pytest.mark.parametrize("browser", ["ar"], indirect=True)
def test_arabic_runs_from_the_right(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site)
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("dir") == "rtl"
    _click(browser, "العربية")
    _picture(browser, "home-ar")
    _click(browser, "ابدأ")
    for _ in range(2):
        _click(browser, "التالي")
    _picture(browser, "question-ar")
    button = next(
        b for b in browser.find_elements(By.CSS_SELECTOR, "button[name=do]") if "الشاشة" in b.text
    )
    heading = browser.find_element(By.TAG_NAME, "h1")
    assert heading.value_of_css_property("direction") == "rtl"
    assert button.size["height"] >= 44
    _and_then(browser, button.click)
    _picture(browser, "feedback-ar")
    assert "نعم" in browser.find_element(By.TAG_NAME, "main").text
    assert _overflow(browser, 240) == 0


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_a_self_test_fits_the_smallest_phone(browser: webdriver.Chrome, site: str) -> None:
    module = next(m for m in read_programme().programme.modules.values() if m.selftests)
    browser.get(f"{site}/?start=m-{module.id}")
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang") or ""
    _press(browser, f"L:{language}")
    _press(browser, f"lt:{module.id}:0:")
    for _ in module.selftests[0].statements:
        for width in (240, 320):
            assert _overflow(browser, width) == 0, browser.find_element(By.TAG_NAME, "h1").text
        buttons = browser.find_elements(By.CSS_SELECTOR, "button[name=do]")
        assert all(b.size["height"] >= 44 for b in buttons if b.is_displayed())
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        _press(browser, f"lt:{module.id}:0:")
    assert _overflow(browser, 240) == 0
    _picture(browser, f"selftest-{language}")


def _press(browser: webdriver.Chrome, beginning: str) -> None:
    """The first button whose action begins like this."""
    button = browser.find_element(By.CSS_SELECTOR, f'button[name=do][value^="{beginning}"]')
    _and_then(browser, lambda: browser.execute_script("arguments[0].click()", button))


def test_a_keyboard_is_enough_and_every_field_has_a_name(
    browser: webdriver.Chrome, site: str
) -> None:
    browser.get(site)
    browser.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)  # typing is folded away
    field = browser.find_element(By.ID, "text")
    assert field.accessible_name
    _and_then(browser, lambda: field.send_keys("english\n"))
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert (
        len(browser.find_elements(By.TAG_NAME, "h1")) == 1
        and len(browser.find_elements(By.TAG_NAME, "main")) == 1
    )
    for button in browser.find_elements(By.TAG_NAME, "button"):
        assert button.accessible_name.strip() or not button.is_displayed()


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_an_employer_checks_a_certificate_on_a_phone(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/VERIFY/{KeyRing([SIGNING]).sign(STATEMENT)}")
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang")
    assert "Zoë" in browser.find_element(By.TAG_NAME, "dl").text
    for width in (240, 320):
        assert _overflow(browser, width) == 0
    _picture(browser, f"verify-{language}")
    _and_then(browser, browser.find_element(By.CSS_SELECTOR, "a[href^='/verify']").click)
    field = browser.find_element(By.ID, "text")
    assert field.accessible_name and _overflow(browser, 240) == 0
    _and_then(browser, lambda: field.send_keys("AAAA\n"))
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
    assert "✅" not in browser.find_element(By.TAG_NAME, "h1").text
    _picture(browser, f"verify-bad-{language}")
