"""A real browser, headless, and what a person does in it."""

import os
import shutil
from collections.abc import Callable

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_chromium = pytest.mark.skipif(
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


def click(browser: webdriver.Chrome, label: str) -> None:
    """The first button with these words."""
    button = next(
        b for b in browser.find_elements(By.CSS_SELECTOR, "button[name=do]") if label in b.text
    )
    and_then(browser, button.click)


def and_then(browser: webdriver.Chrome, act: Callable[[], object]) -> None:
    """Does something that leads to another page, and waits for it."""
    browser.execute_script("window.before = true")
    act()
    arrived = "return !window.before && document.readyState === 'complete'"
    WebDriverWait(browser, 10, ignored_exceptions=[WebDriverException]).until(
        lambda there: there.execute_script(arrived)
    )


def picture(browser: webdriver.Chrome, name: str) -> None:
    """Kept where `PICTURES` names a folder."""
    if folder := os.environ.get("PICTURES"):
        browser.save_screenshot(f"{folder}/{name}.png")


def overflow(browser: webdriver.Chrome, width: int) -> int:
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


def press(browser: webdriver.Chrome, beginning: str) -> None:
    """The first button whose action begins like this."""
    button = browser.find_element(By.CSS_SELECTOR, f'button[name=do][value^="{beginning}"]')
    and_then(browser, lambda: browser.execute_script("arguments[0].click()", button))
