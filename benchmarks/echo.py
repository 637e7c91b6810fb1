"""Bare bots to compare with: `python -m benchmarks.echo VARIANT PORT API_URL [DATABASE]`. On a tap
they answer it and edit the message.

aiogram and ptb store nothing. raw is the limit: aiohttp alone, no bot library, and a group commit
of the update's id and a counter for the chat into SQLite or PostgreSQL (the bare driver) before it
answers. All run on uvloop.
"""

import asyncio
import hashlib
import hmac
import json
import signal
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import uvloop
from aiohttp import web

from benchmarks import load_whatsapp
from benchmarks.load import SECRET

TOKEN = "123456789:AAF-bench_token_0123456789012345678"
PATH = "/telegram/webhook"
YES = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "yes:1"}, {"text": "No", "callback_data": "no:1"}]
    ]
}


async def serve(handler: Any, port: int, register: Any = None) -> None:
    app = web.Application()
    if register:
        register(app)
    else:
        app.router.add_post(PATH, handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=512).start()
    print("running", flush=True)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


async def aiogram(port: int, api: str) -> None:
    from aiogram import Bot, Dispatcher, F
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardMarkup
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api), limit=256))
    dispatcher = Dispatcher()
    keyboard = InlineKeyboardMarkup.model_validate(YES)

    @dispatcher.callback_query(F.data.regexp("^(yes|no):"))
    async def tapped(query: Any) -> None:
        await query.answer()
        await query.message.edit_text("chose " + query.data, reply_markup=keyboard)

    @dispatcher.message(F.text)
    async def echo(message: Any) -> None:
        await message.answer("echo: " + message.text, reply_markup=keyboard)

    await bot.get_me()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
    await serve(None, port, lambda app: handler.register(app, path=PATH))


async def ptb(port: int, api: str) -> None:
    from telegram import InlineKeyboardMarkup, Update
    from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(connection_pool_size=256, pool_timeout=30, read_timeout=30)
    app = (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(api + "/bot")
        .updater(None)
        .request(request)
        .build()
    )
    keyboard = InlineKeyboardMarkup.de_json(YES, None)

    async def tapped(update: Any, _context: Any) -> None:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(
            "chose " + update.callback_query.data, reply_markup=keyboard
        )

    async def echo(update: Any, _context: Any) -> None:
        await update.message.reply_text("echo: " + update.message.text, reply_markup=keyboard)

    app.add_handler(CallbackQueryHandler(tapped, pattern="^(yes|no):"))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    await app.initialize()
    await app.start()

    async def hook(request: web.Request) -> web.Response:
        await app.process_update(Update.de_json(json.loads(await request.read()), app.bot))
        return web.Response()

    await serve(hook, port)


class GroupCommit:
    """While one transaction commits, writes wait; the next takes them all."""

    def __init__(self, commit: Callable[[list[int], list[int]], Awaitable[None]]) -> None:
        """`commit` writes the ids of updates and, for each, its chat."""
        self.commit = commit
        self.waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self.running = False

    async def write(self, update: int, chat: int) -> None:
        done = asyncio.get_running_loop().create_future()
        self.waiting.append((update, chat, done))
        if not self.running:
            self.running = True
            asyncio.get_running_loop().create_task(self._run())
        await done

    async def _run(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            await self.commit([update for update, _, _ in batch], [chat for _, chat, _ in batch])
            for *_, done in batch:
                done.set_result(None)
        self.running = False


TABLES = (
    "CREATE TABLE seen (id BIGINT PRIMARY KEY)",
    "CREATE TABLE chat (id BIGINT PRIMARY KEY, n INTEGER)",
)
COUNTED = "ON CONFLICT (id) DO UPDATE SET n = chat.n + 1"


def into_sqlite(path: str) -> GroupCommit:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", *TABLES):
        db.execute(statement)

    def commit(updates: list[int], chats: list[int]) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT OR IGNORE INTO seen VALUES (?)", [(id,) for id in updates])
        db.executemany(f"INSERT INTO chat VALUES (?, 1) {COUNTED}", [(id,) for id in chats])
        db.execute("COMMIT")

    return GroupCommit(lambda *batch: asyncio.to_thread(commit, *batch))


async def into_postgres(url: str) -> GroupCommit:
    import asyncpg

    db = await asyncpg.connect(url)
    for statement in TABLES:
        await db.execute(statement)

    async def commit(updates: list[int], chats: list[int]) -> None:
        async with db.transaction():
            await db.executemany(
                "INSERT INTO seen VALUES ($1) ON CONFLICT DO NOTHING", [(id,) for id in updates]
            )
            await db.executemany(
                f"INSERT INTO chat VALUES ($1, 1) {COUNTED}", [(id,) for id in chats]
            )

    return GroupCommit(commit)


async def raw(port: int, api: str, database: str) -> None:
    """`database` is a file of SQLite that is made, or the address of an empty PostgreSQL."""
    on_postgres = database.startswith("postgresql:")
    store = await into_postgres(database) if on_postgres else into_sqlite(database)
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=256), cookie_jar=aiohttp.DummyCookieJar()
    )
    headers = {"Content-Type": "application/json"}

    async def call(method: str, **values: Any) -> None:
        async with session.post(
            f"{api}/bot{TOKEN}/{method}", data=json.dumps(values).encode(), headers=headers
        ) as response:
            json.loads(await response.read())

    async def hook(request: web.Request) -> web.Response:
        update = json.loads(await request.read())
        if "message" in update:
            chat = update["message"]["chat"]["id"]
            await store.write(update["update_id"], chat)
            await call(
                "sendMessage",
                chat_id=chat,
                text="echo: " + update["message"]["text"],
                reply_markup=YES,
            )
        else:
            query = update["callback_query"]
            chat, message = query["message"]["chat"]["id"], query["message"]["message_id"]
            await store.write(update["update_id"], chat)
            await call("answerCallbackQuery", callback_query_id=query["id"])
            text = "chose " + query["data"]
            await call(
                "editMessageText", chat_id=chat, message_id=message, text=text, reply_markup=YES
            )
        return web.Response()

    await serve(hook, port)


async def whatsapp(port: int, api: str, database: str) -> None:
    """The limit by WhatsApp: the signature is checked, and one message sent."""
    store = into_sqlite(database)
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=256), cookie_jar=aiohttp.DummyCookieJar()
    )
    replies = [
        {"type": "reply", "reply": {"id": "yes:1", "title": "Yes"}},
        {"type": "reply", "reply": {"id": "no:1", "title": "No"}},
    ]

    async def answer(person: str) -> None:
        said = {"type": "button", "body": {"text": "x"}, "action": {"buttons": replies}}
        message = {"messaging_product": "whatsapp", "recipient": person, "interactive": said}
        url = f"{api}/v26.0/{load_whatsapp.PHONE_ID}/messages"
        async with session.post(url, data=json.dumps(message).encode()) as response:
            json.loads(await response.read())

    async def hook(request: web.Request) -> web.Response:
        body = await request.read()
        seal = hmac.new(load_whatsapp.SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert request.headers["X-Hub-Signature-256"] == f"sha256={seal}"
        message = json.loads(body)["entry"][0]["changes"][0]["value"]["messages"][0]
        person = message["from_user_id"]
        await store.write(int(message["id"].removeprefix("wamid.")), int(person[3:]))
        await answer(person)
        return web.Response()

    await serve(None, port, lambda app: app.router.add_post("/whatsapp/webhook", hook))


if __name__ == "__main__":
    variant, port, *rest = sys.argv[1:]
    uvloop.run(
        {"aiogram": aiogram, "ptb": ptb, "raw": raw, "whatsapp": whatsapp}[variant](
            int(port), *rest
        )
    )
