"""A pair on a messenger: words go from one to the other, and none once it is over."""

import pytest
import sqlalchemy as sa

from bot.flows.pairs.events import OVER, SAID
from bot.model.pairs import RULES, PairsOf, PairState
from db import tables as t
from db.orders import opened
from tests.fakes.telegram import User
from tests.support.group_talk import comes, does, learner_of, payload_in, says, with_member
from tests.support.service import Service


async def _prepared(marc: User, link: str) -> None:
    await marc.starts(link)
    await marc.expects()
    assert "Mentors must be 18" in marc.screen
    await does(marc, "Yes, I am 18", "Seven rules")
    for _rule in range(RULES):
        await does(marc, "I agree to rule")
    await does(marc, "My name")
    await says(marc, "Marc")
    await does(marc, "My languages")
    await says(marc, "French")
    await does(marc, "Done", "I am ready")


@pytest.mark.row("08")
@pytest.mark.both_databases
async def test_words_go_across_and_none_after_the_end(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(lea, "Learner 1", "Propose a mentor", "Yes, make the link")
    marc = service.fake.user(1005)
    await _prepared(marc, payload_in(lea.screen.text, "p"))
    await comes(amina, "would be your mentor")
    await says(amina, "نعم")
    assert "Yes, and I am 18" in str(amina.screen.labels), "read first; not sent to Lea"
    await does(amina, "Yes, and I am 18", "I do not say")
    await comes(marc, "said yes")
    await says(marc, "oui")
    assert "Not now" in str(marc.screen.labels), "read first; the second yes answers"
    await says(marc, "oui")
    await comes(amina, "Marc is your mentor now")
    await does(amina, "Write")
    await says(amina, "Can we practise an interview?")
    await comes(marc, "practise an interview")
    await service.sending.stop()
    await says(amina, "This one waits")
    await does(amina, "End it", "Yes, end it")
    async with service.store.engine.connect() as db:
        waits = t.order.c.sealed.is_not(None) & (t.order.c.state != "sent")
        rows = (await db.execute(sa.select(t.order.c.id, t.order.c.sealed).where(waits))).all()
    notes = [opened(service.store.vault, row.id, row.sealed).note for row in rows]
    waiting = [each.kind for each in notes if each]
    assert OVER in waiting and SAID not in waiting
    assert not any("This one waits" in message for message in marc.messages)
    for who in (amina, marc):
        shown = " ".join(str(message) for message in who.messages)
        assert "1001" not in shown and "1005" not in shown
    (pair,) = await service.store.ask(PairsOf((await learner_of(service, 1005)).id))
    assert pair.state is PairState.ENDED
