"""What a page says once comes after the redirect that answers the form: it bears the browser's Back
and a reload, and the next form takes it away."""

import ast
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

import bot.flows
from bot.flows.account.actions import Delete, Erase, NewCode, SettingsMenu, TakeOffSure
from bot.flows.elsewhere.actions import MeetOthers
from bot.flows.groups.events import GroupJoined, GroupKept
from bot.flows.library.actions import Library
from bot.flows.staff.events import RoleGiven
from bot.model.about import Operator
from bot.model.group import Group
from bot.model.learner import Learner
from bot.model.roles import Role
from cards.reader import SHIPPED
from certificates import Fonts
from db import groups, staff
from db import tables as t
from db.store import Store
from tests.support.web import Reader, Site, open_site
from tests.support.web_learner import who_learns

GROUP = "https://t.me/+AbCdEf"


@pytest.fixture
async def there(tmp_path: Path, fonts: Fonts) -> AsyncIterator[Site]:
    """The decks that ship, with a group elsewhere."""
    async with open_site(SHIPPED, tmp_path, fonts, operator=Operator(group=GROUP)) as opened:
        yield opened


async def _kept(store: Store) -> list[bytes]:
    query = sa.select(t.update.c.told).where(t.update.c.told.is_not(None))
    async with store.engine.connect() as db:
        return list((await db.execute(query)).scalars())


@pytest.mark.parametrize(
    ("language", "name", "text", "says"),
    [
        ("en", "English", "i want to die", "You are not alone"),
        ("fr", "Français", "je veux mourir", "Il y a de l’aide pour vous"),
        ("de", "Deutsch", "ich will sterben", "Sie sind nicht allein"),
        ("ar", "العربية", "أريد أن أموت", "لست وحدك"),
        ("tr", "Türkçe", "ölmek istiyorum", "Yalnız değilsiniz"),
    ],
)
async def test_words_of_crisis_are_answered(
    there: Site, language: str, name: str, text: str, says: str
) -> None:
    amina = await who_learns(there.client, language, name)
    for place in (None, Library(), SettingsMenu()):
        if place:
            await amina.act(place)
        form = {"u": amina.field("u"), "text": text}
        async with there.client.post(amina.url, data=form, allow_redirects=False) as answer:
            assert answer.status == 303 and text not in answer.headers["Location"]
            await amina.opens(answer.headers["Location"])
        assert says in amina.heading and "112" in amina.text and "116 123" in amina.text
        assert len(amina.buttons) == 2, "a way back and the menu"


async def test_what_is_said_bears_a_reload_and_goes_with_the_next_form(site: Site) -> None:
    amina = await who_learns(site.client)
    home = amina.page
    await amina.types("<b>qwertz</b>")
    said = amina.address
    assert "I did not understand" in amina.text and said != amina.url
    (kept,) = await _kept(site.store)
    assert b"understand" not in kept and b"qwertz" not in kept
    for _reload in range(2):
        await amina.opens(said)
        assert "I did not understand" in amina.text
    other = await who_learns(site.client)
    await other.opens(f"{other.url}?{amina.query}")
    assert "I did not understand" not in other.text, "it is another's"
    await amina.opens(said)
    await amina.taps("Settings")
    assert amina.heading == "Settings" and amina.address == amina.url
    assert not await _kept(site.store)
    await amina.opens(said)  # the browser's Back
    assert amina.heading == "Settings" and "I did not understand" not in amina.text
    amina.page = home  # and the first form once more
    await amina.types("<b>qwertz</b>")
    assert amina.heading == "Settings"


async def test_an_impatient_finger_sees_the_same_card(there: Site) -> None:
    amina = await who_learns(there.client)
    home, address = amina.page, amina.address
    await amina.types("i want to die")
    amina.page, amina.query = home, ""
    assert amina.address == address
    await amina.types("i want to die")
    assert "You are not alone" in amina.heading and "112" in amina.text


@pytest.mark.parametrize("said", ["x", "0" * 30, "a" * 5000, "%00", "<script>", ""])
async def test_an_address_that_was_made_up_says_nothing(site: Site, said: str) -> None:
    amina = await who_learns(site.client)
    for url in (amina.url, "/"):
        assert await amina.opens(f"{url}?said={said}") == 200
        assert "<script" not in amina.page and "role" not in amina.page


async def _learner(reader: Reader, site: Site) -> Learner:
    found = await site.store.learner_at("web", reader.url.removeprefix("/chat/"))
    assert found
    return found


async def _crisis(amina: Reader, _site: Site) -> str:
    await amina.types("i want to die")
    return "You are not alone"


async def _telling(amina: Reader, site: Site) -> str:
    """Somebody in a group tells their counsellor, after a second tap."""
    learner = await _learner(amina, site)
    lea = await _learner(await who_learns(site.client), site)
    async with site.store.batch(1_790_000_000) as tx:
        kept = Group(5, lea.id, "a" * 16, "Tuesday group", "AMSED", "Lea", "en")
        await staff.role_given(tx, lea.id, RoleGiven(Role.COUNSELLOR))
        await groups.kept(tx, lea.id, GroupKept(kept))
        await groups.joined(tx, learner.id, GroupJoined(kept, 1))
        await tx.change(learner.id, GroupJoined(kept, 1))
        await tx.write(())
    await _crisis(amina, site)
    await amina.taps("Tell Lea")
    return "Tell Lea?"


async def _meeting(amina: Reader, _site: Site) -> str:
    await amina.act(MeetOthers())
    await amina.taps("Yes, I want to see it")
    await amina.taps("Yes, show me the link")
    assert f'href="{GROUP}"' in amina.page
    return "Open the link only if you want to join."


async def _searching(amina: Reader, _site: Site) -> str:
    await amina.types("computer lesson")
    return "Perhaps"


async def _seeking(amina: Reader, _site: Site) -> str:
    await amina.types("asylum")
    found, heading = amina.page.index("residence papers?</button>"), amina.page.index("<h1")
    assert found < heading, "right under the note, in sight on a phone"
    assert amina.page.count("residence papers?</button>") == 1
    return "Perhaps this helps"


async def _erasing(amina: Reader, _site: Site) -> str:
    await amina.act(Delete())
    await amina.act(Erase())
    return "All is deleted."


async def _leaving(amina: Reader, site: Site) -> str:
    other = await who_learns(site.client)
    await amina.act(NewCode())
    learner = await _learner(amina, site)
    assert learner.code
    await other.types(learner.code.text)
    await other.taps("Yes, both are mine")
    await amina.act(TakeOffSure(site.store.connection_of("web", amina.url.removeprefix("/chat/"))))
    await amina.taps("Yes, take it off")
    return "This one is taken off."


PLACELESS: dict[str, Callable[[Reader, Site], Awaitable[str]]] = {
    "crisis/help.py heard": _crisis,
    "crisis/help.py tell_counsellor": _telling,
    "elsewhere/meet.py show_group": _meeting,
    "learning/suggest.py suggest": _searching,
    "library/search.py perhaps": _seeking,
    "account/privacy.py erase": _erasing,
    "account/connections.py take_off": _leaving,
}


def _placeless() -> set[str]:
    """The functions of flows that answer with a screen that is no place's."""
    root = Path(bot.flows.__file__).parent
    return {
        f"{file.relative_to(root).as_posix()} {function.name}"
        for file in root.rglob("*.py")
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Decision"
        if any(named.arg == "screen" for named in call.keywords)
    }


def test_every_flow_that_answers_so_is_looked_at_here() -> None:
    assert _placeless() == PLACELESS.keys()


@pytest.mark.parametrize("flow", PLACELESS)
async def test_a_screen_without_a_place_is_seen(there: Site, flow: str) -> None:
    amina = await who_learns(there.client)
    says = await PLACELESS[flow](amina, there)
    for _reload in range(2):
        assert says in amina.text
        assert await amina.opens(amina.address) == 200
