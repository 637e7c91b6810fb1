"""A fake Cloud API and people who tap, in a process of its own: `python -m benchmarks.load_whatsapp
HOOK_PORT API_PORT CHATS SECONDS [RATE]`.

As `benchmarks.load`, with signed webhooks. Each chat is a closed loop: it posts a tap and waits for
the 200 and for the message that answers it. WhatsApp lets a person have 45 messages in a burst, so
after 40 somebody else comes. With RATE calls come at that pace, whether or not they are answered,
and `hook95` is when 95 of 100 got their 200, in milliseconds.
"""

import asyncio
import hashlib
import hmac
import json
import re
import sys
import time
from collections import Counter

import uvloop

from benchmarks.load import Hook, Http, measured, percentile, reply, times

SECRET = "0123456789abcdef0123456789abcdef"
PHONE_ID = "106540352242922"
TAPS = 40
TO = re.compile(rb'"recipient":\s*"DE\.(\d+)"')
ID = re.compile(rb'"id":\s*"([^"]+)"')

shown: dict[int, "asyncio.Future[str]"] = {}
calls: Counter[str] = Counter()
hooks: list[float] = []
bad = 0
people = 10**9
ids = 0


class Api(Http):
    def message(self, head: bytes, body: bytes) -> None:
        what = head[: head.find(b" HTTP")].rsplit(b"/", 1)[1].decode().partition("?")[0]
        calls[what] += 1
        if what != "messages":
            self.transport.write(reply('{"display_phone_number":"+1 555","id":"1"}'))  # type: ignore[attr-defined]
            return
        found, button = TO.search(body), ID.search(body)
        waiting = shown.pop(int(found[1]), None) if found else None
        if waiting and not waiting.done():
            waiting.set_result(button[1].decode() if button else "")
        self.transport.write(  # type: ignore[attr-defined]
            reply('{"messaging_product":"whatsapp","messages":[{"id":"wamid.QUJD"}]}')
        )


def tap(person: int, data: str) -> bytes:
    global ids
    ids += 1
    said = (
        {"type": "text", "text": {"body": data}}
        if data.startswith("m-")
        else {
            "type": "interactive",
            "interactive": {"type": "button_reply", "button_reply": {"id": data, "title": "x"}},
        }
    )
    message = {
        "from_user_id": f"DE.{person}",
        "id": f"wamid.{ids}",
        "timestamp": str(int(time.time())),
        **said,
    }
    contact = {"profile": {"name": "Ann"}, "user_id": f"DE.{person}"}
    metadata = {"display_phone_number": "15550783881", "phone_number_id": PHONE_ID}
    value = {
        "messaging_product": "whatsapp",
        "metadata": metadata,
        "contacts": [contact],
        "messages": [message],
    }
    call = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }
    body = json.dumps(call, separators=(",", ":")).encode()
    seal = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    head = (
        "POST /whatsapp/webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nX-Hub-Signature-256: sha256={seal}\r\n\r\n"
    )
    return head.encode() + body


async def chat(port: int, begin: float, end: float, pause: float) -> None:
    """Taps until the end, as one person after another."""
    global bad, people
    loop = asyncio.get_running_loop()
    transport, hook = await loop.create_connection(Hook, "127.0.0.1", port)
    data, person, taps = "m-bench", 0, TAPS
    while time.perf_counter() < end:
        if taps >= TAPS or not data:
            people += 1
            data, person, taps = "m-bench", people, 0
        taps += 1
        waiting = shown[person] = loop.create_future()
        hook.answered = loop.create_future()
        started = time.perf_counter()
        transport.write(tap(person, data))
        try:
            status = await asyncio.wait_for(asyncio.shield(hook.answered), 20)
            taken = time.perf_counter() - started
            data = await asyncio.wait_for(waiting, 20)
        except (TimeoutError, ConnectionError):
            bad += 1
            return
        bad += status != b"200"
        now = time.perf_counter()
        if started >= begin and now < end:
            times.append(now - started)
            hooks.append(taken)
        if pause:
            await asyncio.sleep(max(0.0, started + pause - time.perf_counter()))
    transport.close()


async def main() -> None:
    port, chats = int(sys.argv[1]), int(sys.argv[3])
    pause = chats / float(sys.argv[5]) if len(sys.argv) > 5 else 0.0

    async def later(n: int, begin: float, end: float) -> None:
        await asyncio.sleep(pause * n / chats)
        await chat(port, begin, end, pause)

    taps, p50, p99 = await measured(
        Api, lambda begin, end: (later(n, begin, end) for n in range(chats))
    )
    result = {"taps": taps, "p50": p50, "p99": p99, "hook95": percentile(hooks, 0.95), "bad": bad}
    print(json.dumps({**result, "calls": dict(calls)}), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
