"""A row that cannot be read, on the real web server: its own page says so in one sentence,
everybody else's goes on."""

from dataclasses import replace

import sqlalchemy as sa

from bot.conversation.update import Start, Update
from bot.flows.groups.events import GroupJoined, GroupKept
from bot.flows.staff.events import RoleGiven
from bot.model.group import Group
from bot.model.learner import Learner, Membership, day_of
from bot.model.roles import Role
from db import groups, staff
from db import tables as t
from tests.support.web import Reader, Site


async def test_on_the_web_the_page_says_so_and_the_list_shows_the_others(site: Site) -> None:
    store, now = site.store, 1_790_000_000
    tokens = {name: name * 8 for name in ("lea-", "ana-", "ben-", "eva-")}
    kept = Group(5, 0, "a" * 16, "Tuesday group", "AMSED", "Lea", "en")
    async with store.batch(now) as tx:
        arrivals = await tx.load_arrivals(
            [Update("web", f"u{token}", token, Start()) for token in tokens.values()]
        )
        lea, *members = (arrival.learner_id for arrival in arrivals)
        kept = replace(kept, owner=lea)
        tx.learners[lea] = Learner(lea, language="en", role=Role.COUNSELLOR, staff_name="Lea")
        for number, (id, name) in enumerate(zip(members, list(tokens)[1:], strict=True), 1):
            mine = Membership(
                "Tuesday group",
                "AMSED",
                "Lea",
                day_of(now),
                number,
                nickname=f"Nick {name.strip('-')}",
            )
            tx.learners[id] = Learner(id, language="en", groups={kept.id: mine})
        await tx.save([(arrival, tx.learners[arrival.learner_id], ()) for arrival in arrivals])
        await staff.role_given(tx, lea, RoleGiven(Role.COUNSELLOR))
        await groups.kept(tx, lea, GroupKept(kept))
        for id in members:
            await groups.joined(tx, id, GroupJoined(kept, 1))
    async with store.engine.begin() as db:
        await db.execute(
            sa.update(t.learner).where(t.learner.c.id == members[1]).values(snapshot=b"\x01cut")
        )
    lea_page, ben_page, ana_page = Reader(site.client), Reader(site.client), Reader(site.client)
    await lea_page.opens(f"/chat/{tokens['lea-']}")
    await lea_page.types("/groups")
    await lea_page.taps("Tuesday group")
    assert "1 person cannot be shown" in lea_page.page
    assert (
        "Nick ana" in lea_page.page
        and "Nick eva" in lea_page.page
        and "Nick ben" not in lea_page.page
    )
    assert await ben_page.opens(f"/chat/{tokens['ben-']}") == 500
    assert (
        ben_page.page.count("what is stored about you cannot be read just now") == 1
        and "Try again" in ben_page.page
    )
    form = {"text": "menu", "u": "1"}
    answer = await site.client.post(f"/chat/{tokens['ben-']}", data=form, allow_redirects=False)
    assert answer.status == 500 and "cannot be read just now" in await answer.text()
    assert (
        await ana_page.opens(f"/chat/{tokens['ana-']}") == 200
        and "cannot be read" not in ana_page.page
    )
