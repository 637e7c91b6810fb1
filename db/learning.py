"""Answers to questions: which option, right or not, in which minute."""

from bot.flows.learning.events import Answered
from db import tables as t
from db.batch import Batch
from db.writes import Source, writes_last


@writes_last(Answered)
async def answered(tx: Batch, source: Source, event: Answered) -> None:
    row = {
        "learner_id": source.learner,
        "module": event.module,
        "deck": event.deck,
        "question": event.question,
        "choices": "".join(map(str, event.choices)),
        "hits": event.hits,
        "right": event.right,
        "minute": tx.now // 60,
    }
    tx.add(t.answer, row)
