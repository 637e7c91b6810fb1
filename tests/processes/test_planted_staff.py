"""The same search for what staff are called and write, for codes and numbers of papers, words on a
module and words of one's own: nothing of it stands in data folder, log or backup.
"""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram, User
from tests.support.group_talk import invitation, payload_in
from tests.support.pdf_text import by_pdfium
from tests.support.planted import does, log_of, pasito, says
from tests.support.program import Program, telegram_settings
from tests.support.search import found_in, spellings
from tests.support.world import SMALL

ADMIN, SARA, AMINA = 900727272, 901727272, 1009727272
STAFF = ("Plantedsara", "Plantedtuesday", "Plantedhouse", "Plantedlabel", "plantedbroadcast")
LEARNER = ("Plantedname Qaderi", "Plantednick", "plantedopinion", "plantedterm")


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        yield running


def _decks(folder: Path) -> str:
    """The small programme, with a word in it that can be searched for."""
    shutil.copytree(SMALL, folder)
    phone = folder / "digital-skills" / "phone.md"
    text = phone.read_text().replace("{call: You speak.", "{plantedterm: You speak.")
    phone.write_text(text.replace("press the green", "press for a **plantedterm** the green"))
    return str(folder)


async def _becomes_counsellor(admin: User, sara: User) -> str:
    """Returns what the invite link of her group carries."""
    await admin.starts()
    await admin.expects(1)
    await does(admin, "English", "For staff", "Staff", "Counsellor")
    await sara.starts(payload_in(admin.screen.text, "s"))
    await sara.expects(1)
    await does(sara, "Yes, I accept")
    await says(sara, STAFF[0])
    await does(sara, "New group")
    await says(sara, STAFF[1], STAFF[2])
    return invitation(sara)


async def _learns(amina: User, invite: str) -> str:
    """Joins, collects a word, earns a paper, says a word on the module. Returns the paper's
    number."""
    await amina.starts(invite)
    await amina.expects(1)
    await does(amina, "Yes, I join")
    await says(amina, LEARNER[1])
    await amina.starts("m-phone")
    await amina.expects(1)
    await does(amina, "▶ Start", LEARNER[3])
    assert "You speak" in str(amina.screen), "explained, and collected"
    await does(amina, "Next", "The red", "Next", "Get my certificate")
    await says(amina, LEARNER[0])
    await amina.taps("Make it, and keep")
    async with asyncio.timeout(30):
        while len(amina.documents) < 2 or not amina.photos:
            await asyncio.sleep(0.05)
    await asyncio.sleep(1)
    await amina.expects(within=10)
    await amina.starts("m-phone")
    await amina.expects(1)
    await does(amina, "Your word on this module", "Yes, much")
    await says(amina, f"{LEARNER[2]} was missing")
    assert "Thank you" in str(amina.screen)
    numbers = re.findall(
        r"[0-9a-f]{4}(?: ?[0-9a-f]{4}){3}",
        "\n".join(page for paper in amina.documents for page in by_pdfium(paper.content)),
    )
    return numbers[0].replace(" ", "")


async def test_nothing_of_staff_papers_and_opinions_is_found(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    data, copy = tmp_path / "data", tmp_path / "copies"
    copy.mkdir()
    program = Program(
        data,
        **telegram_settings(fake),
        admins=f"telegram:{ADMIN}",
        cards_dir=_decks(tmp_path / "decks"),
    )
    await program.start()
    admin, sara, amina = (fake.user(id) for id in (ADMIN, SARA, AMINA))
    invite = await _becomes_counsellor(admin, sara)
    serial = await _learns(amina, invite)

    await says(sara, "/groups")
    await does(sara, STAFF[1], "1", "My own name")
    await says(sara, STAFF[3])
    assert STAFF[3] in str(sara.screen)
    await says(amina, "/settings")
    await does(amina, "Phones and privacy", "another phone or messenger", "Make a code")
    code = re.search(r"\d{3} \d{3} \d{4}", str(amina.screen))
    assert code, amina.screen
    await says(admin, "/broadcast", f"{STAFF[4]} on Sunday")
    assert "This is the text in English" in str(admin.screen)
    words = (
        *(*STAFF, *LEARNER, invite.removeprefix("g-"), code[0].replace(" ", "")),
        *map(str, (ADMIN, SARA, AMINA)),
    )
    assert not found_in(data, (*words, serial)), "while it runs"

    await says(admin, "/staff")
    await does(admin, "Withdraw a certificate")
    await says(admin, serial)
    await does(admin, "Withdraw it")
    assert not found_in(data, words), "only the number of a paper that was withdrawn is written"
    assert found_in(data, [serial]), "so that everybody can ask for it"

    assert await pasito(program, "backup", str(copy / "one.sqlite3")) == 0
    assert not found_in(copy, words)
    for person in (amina, sara):
        await says(person, "/delete")
        await does(person, "Delete everything" if person is amina else "delete everything")
    await asyncio.sleep(0.5)
    assert not found_in(data, words), "after the goodbyes"
    assert await program.stop() == 0
    log = await log_of(program)
    assert log and not [
        word for word in (*words, serial) if any(spelling in log for spelling in spellings(word))
    ]
    assert await pasito(program, "restore", str(copy / "one.sqlite3")) == 0
    assert not found_in(data, words), "after a restore"
