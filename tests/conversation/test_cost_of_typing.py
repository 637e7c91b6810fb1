"""A text that nobody understands is compared with all that could be meant, and itself prepared a
few times only: a hundred of them hold nobody else up (R1).
"""

from dataclasses import replace

import pytest

from bot.conversation.decide import decide
from bot.conversation.turn import Moment, Turn, Wanted, World
from bot.conversation.update import Typed, Update
from bot.model.learner import Learner
from cards import folding
from tests.support.world import Clock

MOST = 80
"""Forgiving forms of one text, in both runs of its flow: a few spellings for each language. They
were 340, one for each word that a command has in a language."""


def test_a_text_is_prepared_a_few_times_only(
    world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = Moment(now=int(clock()))

    def says(text: str) -> None:
        update = Update("telegram", "1", "1", Typed(text))
        try:
            decide(update, Turn(Learner(1, language="en"), world, moment))
        except Wanted as wanted:  # no letter came that this could answer
            known = replace(moment, known={wanted.query: None})
            decide(update, Turn(Learner(1, language="en"), world, known))

    says("our own words are prepared once")
    forgiven, prepared = folding._forgiven, []

    def counted(text: str) -> str:
        prepared.append(text)
        return forgiven(text)

    monkeypatch.setattr(folding, "_forgiven", counted)
    says("nobody understands this")
    assert 0 < len(prepared) <= MOST, prepared
