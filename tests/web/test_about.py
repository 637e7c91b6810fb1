"""Who runs this service: the command in the chat and the page, with and without a line for who
wants to support it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.screen import Link
from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from bot.model.about import Operator, sections
from cards.model import Programme
from cards.reader import SHIPPED
from certificates import Fonts
from tests.support.chat import Chat
from tests.support.web import Client, Reader, open_site, plain

HELP_US = Operator("Casa Aberta, Lisbon", "https://casa.example/help-us")
SAID = ("AMSED", "famillesdumonde.eu", "2020-1-FR01-KA204-080342", "OpenMoji", "MIT licence")


@pytest.mark.row("12")
@pytest.mark.parametrize("operator", [Operator(), HELP_US])
def test_the_chat_says_who_runs_it_and_support_is_switched_on(
    operator: Operator, shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = Chat(replace(shipped_world, operator=operator), shipped_words)
    chat.learner = replace(chat.learner, language="en")
    seen = chat.turn("/about")
    for said in (*SAID, operator.name, "Nobody is asked for money in this chat."):
        assert said in seen
    links = [each for row in chat.screens[-1].rows for each in row if isinstance(each, Link)]
    assert [link.url for link in links] == ([operator.support] if operator.support else [])
    assert ("Support this service" in seen) is bool(operator.support)


@pytest.mark.row("12")
async def test_the_page_says_the_same(shipped_site: Client, tmp_path: Path, fonts: Fonts) -> None:
    reader = Reader(shipped_site)
    assert await reader.opens("/about") == 200
    for said in SAID:
        assert said in plain(reader.page)
    assert "Support this service" not in plain(reader.page) and "<script" not in reader.page
    async with open_site(SHIPPED, tmp_path, fonts, operator=HELP_US) as site:
        reader = Reader(site.client, "ar")
        assert await reader.opens("/about") == 200
        assert f'href="{HELP_US.support}"' in reader.page and HELP_US.name in reader.page
        assert 'dir="rtl"' in reader.page


@pytest.mark.row("20")
def test_a_plan_that_a_module_follows_is_cited(shipped: Programme) -> None:
    plan = "Strategic Plan for Migration (PEM)"
    module = replace(shipped.modules["integration"], policy_ref=plan)
    modules = {**shipped.modules, module.id: module}
    titles = [str(title) for title, _lines in sections(shipped, Operator())]
    cited = sections(replace(shipped, modules=modules), Operator())
    said = [line for title, lines in cited if str(title) not in titles for line in lines]
    assert [plan in str(line) for line in said] == [True]
