"""The first admin comes by a printed link, on the web too (README, `PASITO_ADMINS`)."""

import re
import time

from bot.model.roles import Role
from db import first_admin
from db.engine import connect
from db.store import Store
from db.vault import Vault
from tests.support.web import Client, Reader, Site
from tests.support.world import Clock


async def _token(store: Store) -> str:
    token = await first_admin.invite(store, int(time.time()))
    assert token
    return token


async def _accepts(client: Client, token: str) -> Reader:
    reader = Reader(client)
    await reader.opens(f"/?start=s-{token}")
    await reader.taps("English")
    if "Yes, I accept" in reader.page:
        await reader.taps("Yes, I accept")
    return reader


async def _role(store: Store, reader: Reader) -> str:
    learner = await store.learner_at("web", _address(reader))
    assert learner
    return learner.role


def _address(reader: Reader) -> str:
    found = re.search(r"/chat/([\w-]{32})", f"{reader.url} {reader.page}")
    assert found
    return found[1]


async def test_whoever_opens_it_first_is_admin_and_looking_does_not_use_it_up(site: Site) -> None:
    token = await _token(site.store)
    for _ in range(3):  # a preview, a curious proxy
        await Reader(site.client).opens(f"/?start=s-{token}")
    first = await _accepts(site.client, token)
    assert await _role(site.store, first) == Role.ADMIN
    second = await _accepts(site.client, token)
    assert await _role(site.store, second) == Role.LEARNER and "used already" in second.page
    assert await first_admin.invite(site.store, int(time.time())) is None, "there is one now"


async def test_it_ends_after_an_hour_and_when_another_is_made(site: Site) -> None:
    old = await first_admin.invite(site.store, int(time.time()) - first_admin.SECONDS - 1)
    assert old and await _role(site.store, await _accepts(site.client, old)) == Role.LEARNER
    before, after = await _token(site.store), await _token(site.store)
    assert await _role(site.store, await _accepts(site.client, before)) == Role.LEARNER
    assert await _role(site.store, await _accepts(site.client, after)) == Role.ADMIN


async def test_no_link_where_the_settings_name_an_admin(database: str) -> None:
    engine = connect(database)
    named = Store(engine, Vault(b"a secret for tests only"), admins=["telegram:900"])
    assert await first_admin.invite(named, int(Clock()())) is None
    await engine.dispose()


async def test_the_entry_of_a_page_makes_it_admin_and_is_not_its_secret(site: Site) -> None:
    reader = Reader(site.client)
    await reader.opens("/")
    await reader.taps("English")
    await reader.types("whoami")
    entry = re.search(r"web:[\w-]{43}", reader.page)
    assert entry and "learner" in reader.page
    address = _address(reader)
    assert address not in entry.group()
    named = Store(site.store.engine, site.store.vault, admins=[entry.group()])
    hashed = site.store.vault.hash
    assert named.is_admin(hashed("web", address)) and not named.is_admin(hashed("web", "x" * 32))
