"""A Bot API that takes everything, in a process of its own: `python -m benchmarks.sink PORT
MILLISECONDS`.

It answers each call after so many milliseconds and notes when messages to people with ids from a
million on came. For each line on its input it prints one line of JSON: messages, seconds from the
first to the last, the busiest second, and how many people got more than one.
"""

import asyncio
import json
import sys
import time
from collections import Counter

import uvloop

from benchmarks.load import CHAT, Http, answer

FIRST = 1_000_000
times: list[float] = []
people: Counter[int] = Counter()


class Sink(Http):
    delay = 0.0

    def message(self, head: bytes, body: bytes) -> None:
        method = head[: head.find(b" HTTP")].rsplit(b"/", 1)[1].decode()
        if (
            method == "sendMessage"
            and (found := CHAT.search(body.decode()))
            and int(found[1]) >= FIRST
        ):
            times.append(time.perf_counter())
            people[int(found[1])] += 1
        reply = answer(method, body)
        asyncio.get_running_loop().call_later(self.delay, self.transport.write, reply)  # type: ignore[attr-defined]


def busiest(seconds: float = 1.0) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


async def main() -> None:
    port, milliseconds = (int(word) for word in sys.argv[1:3])
    Sink.delay = milliseconds / 1000
    loop = asyncio.get_running_loop()
    await loop.create_server(Sink, "127.0.0.1", port)
    print("ready", flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        twice = sum(count > 1 for count in people.values())
        seconds = times[-1] - times[0] if times else 0.0
        print(
            json.dumps(
                {"messages": len(times), "seconds": seconds, "busiest": busiest(), "twice": twice}
            ),
            flush=True,
        )


if __name__ == "__main__":
    uvloop.run(main())
