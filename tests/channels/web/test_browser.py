"""The web chat as a person sees it: headless Chromium on a small phone. Skipped, with its reason,
where there is no Chromium.
"""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from cards.model import Programme
from certificates import KeyRing
from tests.support.browser import and_then, click, needs_chromium, overflow, picture, press
from tests.support.statement import STATEMENT
from tests.support.web import SIGNING, right_answer

pytestmark = needs_chromium


def test_a_person_goes_through_a_deck(
    browser: webdriver.Chrome, running: str, shipped: Programme
) -> None:
    browser.get(running)
    for width in (240, 320):
        assert overflow(browser, width) == 0
    picture(browser, "welcome")
    click(browser, "English")
    picture(browser, "home")
    click(browser, "Start: Meet the computer")
    asked = 0
    for _ in range(40):
        heading = browser.find_element(By.TAG_NAME, "main").text
        assert overflow(browser, 240) == 0, heading
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        if browser.find_elements(By.CLASS_NAME, "stairs"):
            break
        if any("Next" in b.text for b in browser.find_elements(By.CSS_SELECTOR, "button[name=do]")):
            click(browser, "Next")
            continue
        picture(browser, f"question-{asked}")
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        box = browser.find_element(By.NAME, "text")
        box.send_keys(right_answer(browser.page_source, shipped))
        and_then(browser, box.submit)
        assert "That is right" in browser.page_source
        picture(browser, f"feedback-{asked}")
        asked += 1
    assert browser.find_elements(By.CLASS_NAME, "stairs")
    picture(browser, "summary")
    assert browser.get_cookies() == []


@pytest.mark.parametrize("browser", ["ar"], indirect=True)
def test_arabic_runs_from_the_right(browser: webdriver.Chrome, running: str) -> None:
    browser.get(running)
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("dir") == "rtl"
    click(browser, "العربية")
    picture(browser, "home-ar")
    assert overflow(browser, 160) == 0, "letters of twice the size on 320 pixels"
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    click(browser, "ابدأ")
    for _ in range(2):
        click(browser, "التالي")
    picture(browser, "question-ar")
    button = next(
        b for b in browser.find_elements(By.CSS_SELECTOR, "button[name=do]") if "الشاشة" in b.text
    )
    heading = browser.find_element(By.TAG_NAME, "h1")
    assert heading.value_of_css_property("direction") == "rtl"
    assert button.size["height"] >= 44
    and_then(browser, button.click)
    picture(browser, "feedback-ar")
    assert "صحيحة" in browser.find_element(By.TAG_NAME, "main").text
    assert overflow(browser, 240) == 0


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_a_self_test_fits_the_smallest_phone(
    browser: webdriver.Chrome, running: str, shipped: Programme
) -> None:
    module = next(m for m in shipped.modules.values() if m.selftests)
    browser.get(f"{running}/?start=m-{module.id}")
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang") or ""
    press(browser, f"L:{language}")
    press(browser, f"lt:{module.id}:0:")
    for _ in module.selftests[0].statements:
        for width in (240, 320):
            assert overflow(browser, width) == 0, browser.find_element(By.TAG_NAME, "h1").text
        buttons = browser.find_elements(By.CSS_SELECTOR, "button[name=do]")
        assert all(b.size["height"] >= 44 for b in buttons if b.is_displayed())
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        press(browser, f"lt:{module.id}:0:")
    assert overflow(browser, 240) == 0
    picture(browser, f"selftest-{language}")


def test_a_keyboard_is_enough_and_every_field_has_a_name(
    browser: webdriver.Chrome, running: str
) -> None:
    browser.get(running)
    browser.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)  # typing is folded away
    field = browser.find_element(By.ID, "text")
    assert field.accessible_name
    and_then(browser, lambda: field.send_keys("english\n"))
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert (
        len(browser.find_elements(By.TAG_NAME, "h1")) == 1
        and len(browser.find_elements(By.TAG_NAME, "main")) == 1
    )
    for button in browser.find_elements(By.TAG_NAME, "button"):
        assert button.accessible_name.strip() or not button.is_displayed()


@pytest.mark.parametrize("browser", ["en", "ar"], indirect=True)
def test_an_employer_checks_a_certificate_on_a_phone(
    browser: webdriver.Chrome, running: str
) -> None:
    browser.get(f"{running}/VERIFY/{KeyRing([SIGNING]).sign(STATEMENT)}")
    language = browser.find_element(By.TAG_NAME, "html").get_attribute("lang")
    assert "Zoë" in browser.find_element(By.TAG_NAME, "dl").text
    for width in (240, 320):
        assert overflow(browser, width) == 0
    picture(browser, f"verify-{language}")
    and_then(browser, browser.find_element(By.CSS_SELECTOR, "a[href^='/verify']").click)
    field = browser.find_element(By.ID, "text")
    assert field.accessible_name and overflow(browser, 240) == 0
    and_then(browser, lambda: field.send_keys("AAAA\n"))
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
    assert "✅" not in browser.find_element(By.TAG_NAME, "h1").text
    picture(browser, f"verify-bad-{language}")
