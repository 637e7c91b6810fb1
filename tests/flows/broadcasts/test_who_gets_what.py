"""What an author reads before sending: who gets the words alone, and on how many days."""

from dataclasses import replace

import pytest

from bot.channels.whatsapp.channel import FILES
from bot.conversation.turn import Moment, Turn, World
from bot.flows.broadcasts.actions import BroadcastCheck, BroadcastView
from bot.flows.broadcasts.check import show_check
from bot.flows.broadcasts.progress import show_view
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import (
    BroadcastById,
    Counts,
    Draft,
    DryRun,
    Media,
    MediaKind,
    Progress,
    SpentThisMonth,
    State,
)
from bot.model.learner import Learner
from bot.model.query import Query

PICTURE = Media(MediaKind.PHOTO, "AgAC-1")
COUNTS = Counts(will_get=900, page=40, costly=800, template=700)


def said(world: World, words: Catalogues, draft: Draft, counts: Counts) -> str:
    known: dict[Query[object], object] = {
        DryRun(draft.audience, tuple(draft.texts), 0, long): counts
        for long in ((), tuple(draft.texts))
    }
    moment = Moment(1_790_000_000, known={**known, SpentThisMonth(): 12})
    learner = replace(Learner(1, language="en"), broadcast=draft)
    screen = show_check(BroadcastCheck(), Turn(learner, world, moment))
    return "\n".join(words.say(line, "en") for line in screen.lines)


def test_more_than_a_day_takes_are_told_with_the_days(world: World, words: Catalogues) -> None:
    draft = Draft({"en": "We meet."})
    many = said(replace(world, begins={"whatsapp": 250}), words, draft, COUNTS)
    assert "250 people a day. It takes 3 days." in many
    few = said(replace(world, begins={"whatsapp": 700}), words, draft, COUNTS)
    assert "in turn" not in few
    assert "in turn" not in said(world, words, draft, COUNTS)


def test_who_gets_the_words_alone_is_told_with_a_picture(world: World, words: Catalogues) -> None:
    draft = Draft({"en": "We meet."}, PICTURE)
    text = said(world, words, draft, COUNTS)
    assert "without the picture or file, the words alone: 740" in text
    assert words.say(FILES, "en") in text
    on_telegram = said(world, words, draft, Counts(will_get=900))
    assert "alone" not in on_telegram and words.say(FILES, "en") not in on_telegram
    assert "alone" not in said(world, words, Draft({"en": "We meet."}), COUNTS)


@pytest.mark.parametrize(("length", "long"), [(800, ()), (801, ("en",))])
def test_a_text_that_does_not_fit_into_a_template_is_asked_about(
    world: World, length: int, long: tuple[str, ...]
) -> None:
    draft = Draft({"en": "x" * length})
    asked = DryRun(draft.audience, ("en",), 0, long)
    moment = Moment(1_790_000_000, known={asked: Counts()})
    turn = Turn(replace(Learner(1, language="en"), broadcast=draft), world, moment)
    assert show_check(BroadcastCheck(), turn)


def test_who_waits_for_another_day_is_told(world: World, words: Catalogues) -> None:
    progress = Progress(7, State.SENDING, 1, Draft({"en": "We meet."}), 0, total=900, sent=250)
    known: dict[Query[object], object] = {BroadcastById(7): replace(progress, another_day=450)}
    turn = Turn(Learner(1, language="en"), world, Moment(1_790_000_000, known=known))
    screen = show_view(BroadcastView(7), turn)
    assert any(": 450" in words.say(line, "en") for line in screen.lines)
