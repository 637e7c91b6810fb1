"""Decks are changed under the running program, and under a learner in the middle of one."""

import asyncio
import signal
from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.support.own_decks import own_decks
from tests.support.program import Program, end_all, telegram_settings

PATIENCE = 300
"""Seconds: changed decks are looked through when nothing else is to be done, and a busy machine
has much."""


async def _says(program: Program, text: str) -> str:
    """The line of the log that has this text."""
    assert program.process and program.process.stdout
    while True:
        line = (await asyncio.wait_for(program.process.stdout.readline(), PATIENCE)).decode()
        assert line, f"it ended before it said {text!r}"
        if text in line:
            return line


def _change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


async def test_a_changed_deck_is_taken_and_a_broken_one_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    file = own_decks(folder)
    text = file.read_text("utf-8")
    begin, end = text.index("## Answer a work call"), text.index("### An unknown number calls")
    async with FakeTelegram() as fake:
        settings = telegram_settings(fake, admins="telegram:900", cards_dir=str(folder))
        program = Program(tmp_path / "data", **settings)
        try:
            await program.start()
            admin, amina = fake.user(900), fake.user(1001)
            await admin.starts()
            await admin.expects()
            await admin.taps("English")
            await admin.expects()
            await amina.starts("m-cell-phone")
            await amina.expects()
            for tap in ("▶ Start", "Next"):
                await amina.taps(tap)
                await amina.expects()
            assert "Answer a work call" in amina.screen

            file.write_text(text[:begin] + text[end:], "utf-8")
            assert program.process
            program.process.send_signal(signal.SIGHUP)
            await _says(program, "are taken")
            await amina.taps("Next")
            await amina.expects()
            assert "An unknown number calls" in amina.screen, "the nearest that still exists"

            _change(file, '- [x] "Hello," and my name', '- [ ] "Hello," and my name')
            program.process.send_signal(signal.SIGHUP)
            line = await _says(program, "not taken")
            assert "cell-phone.md:" in line
            for _ in range(200):
                if any("changed lessons are not shown" in said for said in admin.messages):
                    break
                await asyncio.sleep(0.1)
            else:
                raise AssertionError("no admin was told")
            await amina.taps("and my name")
            await amina.expects()
            assert "✅ That is right." in amina.screen, "as it was before"

            _change(file, '- [ ] "Hello," and my name', '- [x] "Hello," and my name')
            _change(file, "This happens to everyone.", "This happens to all people.")
            program.process.send_signal(signal.SIGHUP)
            await _says(program, "are taken")
            await amina.taps("Next")
            await amina.expects()
            assert "This happens to all people." in amina.screen
            assert await program.stop() == 0
        finally:
            end_all()
