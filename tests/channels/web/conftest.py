"""`pasito run` with no setting, and a browser that looks at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from selenium import webdriver
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.service import Service

from certificates import private_text
from tests.support.browser import CHROMIUM, DRIVER, OPTIONS
from tests.support.web import SIGNING


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
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


@pytest.fixture(scope="module")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Chrome]]:
    """A browser for each language, started once: that takes longer than most pages do."""

    @cache
    def started(language: str) -> Chrome:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM or ""
        profile = tmp_path_factory.mktemp("profile")
        for option in (*OPTIONS, f"--user-data-dir={profile}", f"--lang={language}"):
            options.add_argument(option)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        drivers.append(webdriver.Chrome(options=options, service=Service(DRIVER)))
        return drivers[-1]

    drivers: list[Chrome] = []
    yield started
    for driver in drivers:
        driver.quit()


@pytest.fixture
def browser(browsers: Callable[[str], Chrome], request: pytest.FixtureRequest) -> Chrome:
    """On a small phone, by day, with an empty page and nothing kept."""
    driver = browsers(getattr(request, "param", "en"))
    driver.get("about:blank")
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    driver.set_window_size(320, 640)
    return driver
