"""`pasito run` with no setting, and a browser that looks at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
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
