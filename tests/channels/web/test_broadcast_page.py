"""A broadcast on the page of a web learner, in the program as it runs without any messenger."""

import asyncio
from pathlib import Path

import aiohttp

from bot.conversation.action import encode
from bot.flows.account.actions import Help
from bot.model.broadcast import BroadcastById, Draft, Progress, State
from db import broadcasts
from db.engine import connect
from db.store import Store
from db.vault import Vault
from tests.support.program import Program
from tests.support.web import Reader

KEY = "3f9c1d7ae8245b60d1c7f2938e5a4b06c9e1807f5d3a2b4691fe0c8d7a65b342"
TEXT = 'The <b>library</b> is open.\nSee <a href="https://x.example/">here</a>.'


async def test_it_is_read_at_the_next_visit_and_once(tmp_path: Path) -> None:
    program = Program(tmp_path, secret_key=KEY)
    await program.start()
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'pasito.sqlite3'}")
    store = Store(engine, Vault(KEY.encode()))
    async with aiohttp.ClientSession(f"http://127.0.0.1:{program.port}") as client:
        amina = Reader(client)  # type: ignore[arg-type]
        await amina.opens("/")
        await amina.taps("English")
        learner = await store.learner_at("web", amina.url.removeprefix("/chat/"))
        assert learner
        async with engine.begin() as db:
            await broadcasts.begin(
                db, store.vault, 7, learner.id, Draft({"en": TEXT}), State.WAITING, 1
            )
        for _ in range(200):
            await amina.opens(amina.url)
            if "is open" in amina.page:
                break
            await asyncio.sleep(0.1)
        assert (
            "The <strong>library</strong> is open." in amina.page
            and 'See here (<a href="https://x.example/"' in amina.page
        )
        assert (await _progress(store)).page == 1
        forged = {"do": encode(Help()), "shown": f"x,-1,{'9' * 5000}"}
        assert await amina.request("POST", amina.form, data=forged) == 200
        await amina.opens(amina.url)
        assert "is open" in amina.page, "none of these numbers is its letter's"
        seen = {"do": encode(Help()), "u": amina.field("u"), "shown": amina.field("shown")}
        await amina.request("POST", amina.form, data=seen)
        assert "is open" not in amina.page
        done = await _progress(store)
        assert (done.state, done.sent, done.page) == (State.DONE, 1, 0)
    assert await program.stop() == 0
    await engine.dispose()


async def _progress(store: Store) -> Progress:
    found: Progress = await store.ask(BroadcastById(7))
    return found
