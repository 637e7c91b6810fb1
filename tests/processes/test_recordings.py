"""A card is recorded in the running program; what a second person agreed to is heard after a kill,
also where its file is gone."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.people import User
from tests.support.program import Program, telegram_settings
from tests.support.recordings import voice_note

PATIENCE = 60.0
"""Seconds for anything to come."""


def _later(data: Path) -> None:
    """What the dead process had in hand is free again."""
    with closing(sqlite3.connect(data / "pasito.sqlite3")) as db, db:
        db.execute("UPDATE recording SET due = 0 WHERE due IS NOT NULL")


def _buttons(person: User) -> str:
    """Also of older messages: a note may have come between."""
    return "\n".join(button.label for m in person.messages for button in m.buttons)


async def _taps(person: User, *labels: str) -> None:
    """Each one as soon as it is there."""
    for label in labels:
        async with asyncio.timeout(PATIENCE):
            while label not in _buttons(person):
                await asyncio.sleep(0.02)
        await person.taps(label)


async def _sees(person: User, text: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not any(text in message for message in person.messages):
            await asyncio.sleep(0.02)


async def _asks_until(person: User, command: str, button: str) -> None:
    """Not the note about it: that keeps the quiet hours of the real clock."""
    async with asyncio.timeout(PATIENCE):
        while button not in _buttons(person):
            shown = len(person.messages)
            await person.says(command)
            while len(person.messages) == shown:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.2)


async def _hears_the_first(person: User) -> None:
    """By day a note says the same, and may put the list above itself out of sight."""
    async with asyncio.timeout(PATIENCE):
        while not (lists := [m for m in person.messages if "1" in m.labels]):
            if "To hear: 1" in _buttons(person):
                await person.taps("To hear: 1")
            await asyncio.sleep(0.5)
    await person.taps("1", lists[-1])


async def _voice(person: User) -> bytes:
    async with asyncio.timeout(PATIENCE):
        while not person.voices:
            await asyncio.sleep(0.02)
    return person.voices[-1].content


@pytest.mark.row("26", "36")
async def test_a_recording_outlives_a_kill_and_the_loss_of_its_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with FakeTelegram() as fake:
        settings = telegram_settings(fake, admins="telegram:900,telegram:901")
        program = Program(data, **settings)
        try:
            await program.start()
            lea, ben, amina = fake.user(900), fake.user(901), fake.user(1001)
            for person in (lea, ben):
                await person.starts()
                await _taps(person, "English", "Settings")
                await person.expects(3)
            await lea.says("/record computer")
            await _taps(lea, "Read card", "Skip")
            await lea.expects(3)
            await lea.sends_voice(6, voice_note(6, 18))
            await lea.expects(1)
            await program.kill()  # perhaps between the voice note and its download
            _later(data)
            await program.start()
            await _asks_until(ben, "/record", "To hear: 1")
            await _hears_the_first(ben)
            await _taps(ben, "Yes, for learners")
            voice = await _voice(ben)
            await _sees(lea, "Learners hear you")
            await program.kill()
            shutil.rmtree(data / "recorded", ignore_errors=True)
            await program.start()
            await amina.starts("m-computer")
            await _taps(amina, "▶ Start", "Next", "🔊 Listen · 18 KB")
            assert await _voice(amina) == voice
        finally:
            await program.kill()
