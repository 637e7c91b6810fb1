"""Words that are planted in the running program, and the commands of operators beside it."""

import asyncio
import sys

from tests.fakes.telegram import User
from tests.support.program import Program


async def says(user: User, *texts: str) -> None:
    for text in texts:
        await user.says(text)
        await user.expects(1, within=10)


async def does(user: User, *taps: str) -> None:
    for tap in taps:
        await user.taps(tap)
        await user.expects(1, within=10)


async def log_of(program: Program) -> bytes:
    """All that it said, of one that has ended."""
    assert program.process and program.process.stdout
    return await program.process.stdout.read()


async def pasito(program: Program, *command: str) -> int:
    """A command with the settings of this program."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command),
        env=program.environment,
        stdout=asyncio.subprocess.PIPE,
    )
    await process.communicate()
    assert process.returncode is not None
    return process.returncode
