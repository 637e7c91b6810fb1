"""Mandatory tests (seed C11): a question that has to be right before the module is done, and the
line on the certificate.
"""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cards.reader import DeckError, read_module
from certificates import Fonts
from tests.support.web import Reader, Site, open_site
from tests.support.world import SMALL


@pytest.fixture
async def site(tmp_path: Path, fonts: Fonts) -> AsyncIterator[Site]:
    """The phone module, whose only question is mandatory and whose mark asks for nothing."""
    decks = shutil.copytree(SMALL, tmp_path / "decks")
    phone = decks / "digital-skills" / "phone.md"
    text = phone.read_text("utf-8").replace("a call? {.pinned}", "a call? {.pinned .required}")
    phone.write_text(text.replace("hours: 2", "hours: 2\npass_mark: 0"), "utf-8")
    async with open_site(decks, tmp_path, fonts) as opened:
        yield opened


async def _through(amina: Reader, answer: str) -> None:
    while not amina.at_the_end:
        asked = any(answer in label for _do, label in amina.buttons)
        await amina.taps(answer if asked else "Next")


@pytest.mark.row("C10", "C11")
async def test_the_module_is_done_when_it_was_answered_right(site: Site) -> None:
    amina = Reader(site.client)
    await amina.opens("/?start=m-phone")
    await amina.taps("English")
    await amina.taps("Start")
    await amina.taps("Next")
    assert (
        "This one has to be right to finish the module." in amina.text
        and "{.required}" not in amina.page
    )
    await _through(amina, "The green")
    assert (
        "1 question that has to be right is still open" in amina.page
        and "certificate" not in amina.page
    )
    await amina.taps("▶ Calls")
    await _through(amina, "The red")
    await amina.taps("Get my certificate")
    await amina.types("Amina Diallo")
    await amina.taps("do not keep")
    learner = await site.store.learner_at("web", amina.url.split("/")[2])
    assert learner and learner.modules["phone"].tested
    (file, *_annex) = (address for address in amina.page.split('"') if "/file/" in address)
    await amina.opens(f"{file}/text")
    assert "Result: Passed (mandatory tests passed)" in amina.page.replace("<bdi>", "").replace(
        "</bdi>", ""
    )


def test_only_a_question_can_be_mandatory(tmp_path: Path) -> None:
    module = tmp_path / "phone.md"
    text = (SMALL / "digital-skills" / "phone.md").read_text("utf-8")
    module.write_text(text.replace("## A call", "## A call {.required}"), "utf-8")
    with pytest.raises(DeckError, match=r"phone.md:\d+: `.required` is not known here"):
        read_module(module)
