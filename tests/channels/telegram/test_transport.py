"""The transport against a Bot API that hangs, breaks and refuses: what left this machine, and what
did not.
"""

import asyncio
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.answers import NotDone
from bot.channels.telegram.transport import AiohttpRequest, NotSent
from tests.fakes.telegram import FakeTelegram

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[str]]


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.user(1001)
        yield server


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with Bot(
        fake.token,
        f"{fake.api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    ) as b:
        fake.calls.clear()
        yield b


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest() as transport:
        yield transport


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts an HTTP server with one handler; gives its address."""
    runners = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.01)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def silent() -> AsyncIterator[int]:
    """The port of a server that accepts connections, and never reads nor writes."""

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        open_ones.append(writer)

    open_ones: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    for writer in open_ones:
        writer.transport.abort()
    server.close()


async def fails(call: Awaitable[object], within: float = 10) -> TelegramError:
    """The error of a call, which has to come within so many seconds."""
    start = time.monotonic()
    try:
        await call
    except TelegramError as error:
        assert time.monotonic() - start < within
        return error
    raise AssertionError("it worked")


# -- what works


async def test_text_keyboards_and_files_arrive(fake: FakeTelegram, bot: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("تالي", callback_data="next")]])
    await bot.send_message(
        1001, "<b>مرحبا</b>", parse_mode="HTML", reply_markup=markup, disable_notification=True
    )
    amal = fake.user(1001)
    assert str(amal.screen) == "مرحبا\n[تالي]" and amal.screen.silent
    name = 'شهادة "A\\B" ñ;.pdf'
    sent = await bot.send_document(
        1001, b"%PDF-1.7", filename=name, caption="é", reply_markup=markup
    )
    assert sent.document and sent.document.file_name == name and sent.caption == "é"
    assert amal.files[-1].content == b"%PDF-1.7" and amal.files[-1].mime == "application/pdf"
    await bot.send_document(1001, sent.document.file_id)
    assert amal.files[-1] == amal.files[-2]


async def test_a_line_break_in_a_file_name_breaks_no_header(fake: FakeTelegram, bot: Bot) -> None:
    await bot.send_document(1001, b"x", filename="a\r\nb.pdf")
    assert fake.user(1001).files[-1].name == "a  b.pdf"


async def test_a_file_from_disk_is_streamed(fake: FakeTelegram, bot: Bot, tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    path.write_bytes(b"x" * 3_000_000)
    with path.open("rb") as file:
        await bot.send_document(1001, InputFile(file, read_file_handle=False))
    assert len(fake.user(1001).files[-1].content) == 3_000_000


async def test_long_polling_waits_longer_than_a_call(fake: FakeTelegram) -> None:
    request = AiohttpRequest(read_timeout=0.2)
    async with Bot(
        fake.token, f"{fake.api_url}/bot", request=AiohttpRequest(), get_updates_request=request
    ) as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=2))
        await asyncio.sleep(0.3)
        await fake.user(1001).says("hello")
        assert (await poll)[0].message


async def test_a_connection_is_used_again_without_cookies(
    serve: Serve, request_: AiohttpRequest
) -> None:
    peers, cookies = [], []

    async def handler(request: web.Request) -> web.Response:
        peers.append(request.transport.get_extra_info("peername") if request.transport else None)
        cookies.append(dict(request.cookies))
        response = web.json_response({})
        response.set_cookie("a", "b")
        return response

    url = (await serve(handler)).replace(
        "127.0.0.1", "localhost"
    )  # a number would have no cookies anyway
    for _ in range(3):
        assert await request_.do_request(url, "POST") == (200, b"{}")
    assert len(set(peers)) == 1 and cookies == [{}, {}, {}]


async def test_a_redirect_is_not_followed(serve: Serve, request_: AiohttpRequest) -> None:
    paths = []

    async def handler(request: web.Request) -> web.Response:
        paths.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    url = await serve(handler)
    status, _ = await request_.do_request(f"{url}/here", "POST")
    assert status == 307 and paths == ["/here"]


async def test_a_compressed_answer_is_read(serve: Serve, request_: AiohttpRequest) -> None:
    async def handler(request: web.Request) -> web.Response:
        response = web.Response(text="x" * 1000)
        response.enable_compression()
        return response

    assert await request_.retrieve(await serve(handler)) == b"x" * 1000


async def test_many_calls_share_few_connections(serve: Serve) -> None:
    now = most = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.005)
        now -= 1
        return web.json_response({})

    url = await serve(handler)
    async with AiohttpRequest(4) as request:
        await asyncio.gather(*(request.do_request(url, "POST") for _ in range(40)))
    assert most == 4


# -- what Telegram refuses


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (429, RetryAfter),
        (500, NotDone),
        (502, NetworkError),
    ],
)
async def test_refusals(
    fake: FakeTelegram, bot: Bot, code: int, error: type[TelegramError]
) -> None:
    fake.fail_next("sendMessage", code, retry_after=7)
    assert type(await fails(bot.send_message(1001, "x"))) is error


async def test_half_a_character_is_refused_and_breaks_nothing(bot: Bot) -> None:
    error = await fails(bot.send_message(1001, "x\ud800"))
    assert isinstance(error, BadRequest) and "encoded in utf-8" in str(error)
    await bot.send_message(1001, "x")


# -- what never left


async def test_refused_connections_are_not_sent(fake: FakeTelegram, bot: Bot) -> None:
    await fake.stop()
    await asyncio.sleep(0.01)
    assert isinstance(await fails(bot.send_message(1001, "x")), NotSent)


async def test_connecting_is_bounded(silent: int) -> None:
    async with AiohttpRequest(
        connect_timeout=0.05
    ) as request:  # TCP is there, and TLS never answers
        assert isinstance(
            await fails(request.do_request(f"https://127.0.0.1:{silent}", "POST")), NotSent
        )
    async with AiohttpRequest() as request:
        call = request.do_request(f"https://127.0.0.1:{silent}", "POST", connect_timeout=0.05)
        assert isinstance(await fails(call), NotSent)


async def test_a_server_without_tls_gets_nothing(
    fake: FakeTelegram, request_: AiohttpRequest
) -> None:
    https = fake.api_url.replace("http:", "https:")
    assert isinstance(
        await fails(request_.do_request(f"{https}/bot{fake.token}/getMe", "POST")), NotSent
    )
    assert fake.calls == []


async def test_waiting_for_a_free_connection_is_bounded(fake: FakeTelegram) -> None:
    async with AiohttpRequest(1, pool_timeout=0.05) as request:
        url = f"{fake.api_url}/bot{fake.token}/getMe"
        fake.fail_next("getMe", delay=0.2)
        slow = asyncio.create_task(request.do_request(url, "POST"))
        await asyncio.sleep(0.02)
        assert isinstance(await fails(request.do_request(url, "POST")), NotSent)
        assert (await request.do_request(url, "POST", pool_timeout=None))[0] == 200
        assert (await slow)[0] == 200


async def test_a_cancelled_call_gives_its_place_back(fake: FakeTelegram) -> None:
    async with AiohttpRequest(1, pool_timeout=0.05) as request:
        url = f"{fake.api_url}/bot{fake.token}/getMe"
        for _ in range(3):
            fake.fail_next("getMe", delay=1)
            call = asyncio.create_task(request.do_request(url, "POST"))
            await asyncio.sleep(0.01)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
        assert (await request.do_request(url, "POST"))[0] == 200


# -- what left, and nobody knows


async def test_reading_is_bounded(fake: FakeTelegram, bot: Bot) -> None:
    fake.fail_next("sendMessage", delay=0.5)
    error = await fails(bot.send_message(1001, "x", read_timeout=0.05))
    assert type(error) is TimedOut


async def test_an_answer_without_end_is_read_as_far_and_as_long_as_one_may_be(serve: Serve) -> None:
    """A flood, and one that comes drop by drop, so that there is never silence."""

    async def handler(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        flood = request.path == "/flood"
        with suppress(ConnectionError):
            while True:
                await answer.write(b" " * (100_000 if flood else 1))
                await asyncio.sleep(0 if flood else 0.02)
        return answer

    url = await serve(handler)
    async with AiohttpRequest() as request:
        status, content = await request.do_request(f"{url}/flood", "GET", most=200_000)
        assert status == 200 and 200_000 < len(content) < 2_000_000
    async with AiohttpRequest(whole_timeout=0.2) as request:
        assert isinstance(await fails(request.do_request(f"{url}/drops", "GET")), TimedOut)


async def test_writing_is_bounded(silent: int) -> None:
    async with AiohttpRequest(read_timeout=None, write_timeout=None, upload_timeout=0.1) as request:
        bot = Bot("1:x", f"http://127.0.0.1:{silent}/bot", request=request)
        document = bot.send_document(1001, b"x" * 20_000_000)
        assert type(await fails(document, within=10)) is TimedOut


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_broken_connection_tells_nothing(fake: FakeTelegram, bot: Bot, drop: str) -> None:
    fake.fail_next("sendMessage", drop=drop)
    assert type(await fails(bot.send_message(1001, "x"))) is NetworkError
    await bot.send_message(1001, "y")
    assert [message.text for message in fake.user(1001).messages] == (
        ["y"] if drop == "before" else ["x", "y"]
    )


# -- opening and closing


async def test_it_opens_and_closes_as_often_as_one_likes(fake: FakeTelegram) -> None:
    request, url = AiohttpRequest(), f"{fake.api_url}/bot{fake.token}/getMe"
    await request.shutdown()
    assert isinstance(await fails(request.do_request(url, "POST")), NotSent)
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert (await request.do_request(url, "POST"))[0] == 200
        await request.shutdown()
        await request.shutdown()
        assert isinstance(await fails(request.do_request(url, "POST")), NotSent)


async def test_closing_ends_calls_that_are_under_way(fake: FakeTelegram) -> None:
    request = AiohttpRequest()
    await request.initialize()
    fake.fail_next("getMe", delay=1)
    call = asyncio.create_task(request.do_request(f"{fake.api_url}/bot{fake.token}/getMe", "POST"))
    await asyncio.sleep(0.03)
    await request.shutdown()
    assert isinstance(await fails(call), NetworkError)


async def test_no_error_tells_the_token(fake: FakeTelegram, silent: int) -> None:
    async with AiohttpRequest(
        connect_timeout=0.05, read_timeout=0.05, write_timeout=0.05
    ) as request:
        where = [
            f"https://127.0.0.1:{silent}",
            f"http://127.0.0.1:{silent}",
            "http://127.0.0.1:1",
            "http://[",
            fake.api_url,
        ]
        fake.fail_next("*", drop="before", times=9)
        token = "123:SECRET"
        for base in where:
            try:
                await Bot(token, f"{base}/bot", request=request).send_message(1001, "x" * 3_000_000)
            except TelegramError:
                assert token not in traceback.format_exc(), base
            else:
                raise AssertionError(base)
