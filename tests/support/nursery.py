"""Programs that need not import themselves: a process that has imported all of `pasito` forks one
for each start, which is two thirds of what a start costs. From there on all is as it always is.
That the imports work, too, is shown by tests which run `python -m bot`.

`python -m tests.support.nursery FD` is that process: whoever asks has the other end of the socket.
"""

import asyncio
import gc
import json
import os
import resource
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache


class Born:
    """A program that runs: what a test needs of `asyncio.subprocess.Process`."""

    def __init__(self, stdout: asyncio.StreamReader, told: asyncio.StreamReader, pid: int) -> None:
        self.stdout, self.pid = stdout, pid
        self.returncode: int | None = None
        self._told = told
        self._ends = asyncio.ensure_future(self._end())

    async def _end(self) -> int:
        self.returncode = int(await self._told.readline())
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.shield(self._ends)

    def send_signal(self, sign: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, sign)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


async def born(command: str, environment: dict[str, str], files: int | None) -> Born:
    """`pasito COMMAND` with this environment alone. `files` is how many it may have open."""
    order, asked = os.pipe()
    said, out = os.pipe()
    tells, told = os.pipe()
    os.write(asked, json.dumps([command, environment, files]).encode())
    socket.send_fds(_nursery(), [b"!"], [order, out, told])
    for file in (asked, order, out, told):
        os.close(file)
    stdout, status = await _reader(said), await _reader(tells)
    return Born(stdout, status, int(await status.readline()))


async def _reader(file: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(file, "rb")
    )
    return reader


@cache
def _nursery() -> socket.socket:
    """One for all tests of this process, and gone with it."""
    ours, its = socket.socketpair()
    subprocess.Popen(
        [sys.executable, "-m", __name__, str(its.fileno())],
        env={"PATH": os.environ["PATH"]},
        pass_fds=[its.fileno()],
    )
    its.close()
    return ours


def _main(asking: socket.socket) -> None:
    gc.disable()  # as `pasito run` does
    import bot.app  # noqa: F401
    from bot.__main__ import main

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        asked, files, _flags, _address = socket.recv_fds(asking, 1, 3)
        if not asked:
            return
        if not os.fork():
            break
        for file in files:
            os.close(file)
    asking.close()
    order, out, told = files
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if child := os.fork():
        os.close(out)
        os.write(told, b"%d\n" % child)
        _pid, ended = os.waitpid(child, 0)
        os.write(told, b"%d\n" % os.waitstatus_to_exitcode(ended))
        os._exit(0)
    os.close(told)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.close(out)
    with os.fdopen(order) as file:
        command, environment, most_files = json.load(file)
    os.environ.clear()
    os.environ.update(environment)
    if most_files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    sys.argv = ["pasito", command]
    main()


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])))
