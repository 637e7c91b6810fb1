"""Employers find five steps and nothing of learners; learners never meet what is for employers."""

from dataclasses import replace

import pytest

from bot.conversation.action import Home, encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.certificates.actions import Certificates, Claim, KeepName
from bot.flows.employers.actions import OrderChecklist
from bot.flows.learning.actions import Answer, Begin, Cover, LearnMyself, Next
from bot.flows.learning.shown import shown_order
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Earned
from bot.model.learner import Learner, ModuleProgress, day_of
from cards.audience import Audience
from cards.grading import parts
from cards.model import Deck
from cards.question import Question
from tests.support.chat import Chat

TRACK = "for-employers"


def employer(world: World, words: Catalogues, language: str = "en") -> Chat:
    chat = Chat(world, words, language, learner=Learner(1, language))
    chat.turn("/start e-employer")
    return chat


def through(chat: Chat, decks: int) -> None:
    """As if so many steps had been gone through, all right."""
    module = chat.world.programme.module(TRACK)
    assert module
    results = {d.id: {q.id: parts(q) for q in d.questions} for d in module.decks[:decks]}
    today = day_of(chat.now)
    progress = ModuleProgress(today, today, 600, decks=results)
    chat.learner = replace(chat.learner, modules={**chat.learner.modules, TRACK: progress})


def go_through(chat: Chat, deck: Deck) -> None:
    """All cards, all questions right at the first answer."""
    chat.does(Tap(encode(Begin(TRACK, deck.id))))
    for _ in range(40):
        attempt = chat.learner.attempt(TRACK, deck.id)
        if attempt is None or not attempt.queue:
            return
        item = deck.by_id[attempt.queue[0]]
        if isinstance(item, Question) and not attempt.feedback:
            order = shown_order(item, attempt)
            places = tuple(order.index(option) for option in item.right)
            chat.does(Tap(encode(Answer(attempt.id, attempt.step, places))))
        else:
            chat.does(Tap(encode(Next(attempt.id, attempt.step))))
    raise AssertionError(deck.id)


@pytest.mark.row("04")
def test_a_link_shows_five_steps_and_nothing_of_learners(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = employer(shipped_world, shipped_words)
    screen = chat.screens[-1]
    decks = [b.action for b in screen.options]
    assert len(decks) == 5 and {action.module for action in decks} == {TRACK}
    actions = [button.action for button in screen.buttons]
    known = {type(action).__name__ for action in actions}
    assert known == {"Begin", "OrderChecklist", "Languages", "SettingsMenu", "Help", "LearnMyself"}
    assert len(screen.options) + len([row for row in screen.rows if row]) <= 7
    said = chat.drawn(screen, "en")
    assert "0/5" in said and "Read a CV from elsewhere" in said
    for word in ("computer", "mindfulness"):
        said = chat.turn(word)
        assert "Cover" not in said and not [
            b for b in chat.screens[-1].buttons if isinstance(b.action, Cover)
        ]
    assert "For employers: five steps" in chat.does(Tap(encode(Cover("computer"))))


@pytest.mark.row("04")
def test_steps_are_counted(shipped_world: World, shipped_words: Catalogues) -> None:
    chat = employer(shipped_world, shipped_words)
    through(chat, 3)
    assert "3/5" in chat.does(Tap(encode(Home())))


def test_learners_never_meet_it(shipped_world: World, shipped_words: Catalogues) -> None:
    programme = shipped_world.programme
    assert len(programme.modules) == programme.total == 40
    assert TRACK not in programme.modules
    chat = Chat(shipped_world, shipped_words, "en", learner=Learner(1, "en"))
    assert TRACK not in encode_all(chat, "For employers")
    chat.does(Tap(encode(Begin(TRACK, programme.tracks[0].decks[0].id))))
    assert not chat.learner.attempts
    assert "/start m-" + TRACK not in chat.turn(f"/start m-{TRACK}")
    assert not isinstance(chat.screens[-1].title, Cover)


def encode_all(chat: Chat, typed: str) -> str:
    chat.turn(typed)
    return " ".join(encode(button.action) for button in chat.screens[-1].buttons)


@pytest.mark.row("15")
def test_the_paper_names_an_organisation_and_no_person(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = employer(shipped_world, shipped_words)
    through(chat, 4)
    last = shipped_world.programme.tracks[0].decks[4]
    go_through(chat, last)
    owed = [(c.kind, c.subject) for c in chat.learner.owed]
    assert owed == [(Earned.ORGANISATION, TRACK)]
    said = chat.does(Tap(encode(Claim())))
    assert "The paper names no person" in said and "Which organisation?" in said
    assert "at most 60 letters" in chat.turn("x" * 61)
    assert "without an address" in chat.turn("info@bakery.example")
    assert "Bakery Müller & Co. 24" in chat.turn("Bakery Müller & Co. 24")
    said = chat.does(Tap(encode(KeepName(False))))
    assert f"📎 CertificateOrdered {TRACK} en" in said
    assert chat.learner.name is None and chat.learner.pending_name is None
    assert not [c for c in chat.learner.earned if c.kind is not Earned.ORGANISATION]
    assert chat.learner.done(TRACK) and "5/5" in chat.does(Tap(encode(Home())))


def test_who_learns_as_well_keeps_both_apart(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    """A person's name never stands on the paper of an organisation, nor the other way round."""
    chat = employer(shipped_world, shipped_words)
    chat.learner = replace(chat.learner, name="Bakery")
    through(chat, 5)
    done = replace(chat.learner.modules[TRACK], done=day_of(chat.now), decks={})
    chat.learner = replace(chat.learner, modules={TRACK: done})
    chat.does(Tap(encode(LearnMyself())))
    assert chat.learner.audience is Audience.LEARNER and chat.learner.name is None
    assert not chat.learner.owed and "Digital skills" in chat.drawn(chat.screens[-1], "en")
    assert "For employers" not in chat.does(Tap(encode(Certificates())))
    chat.turn("/start e-employer")
    assert [c.kind for c in chat.learner.owed] == [Earned.ORGANISATION]


def test_a_checklist_to_hang_up(shipped_world: World, shipped_words: Catalogues) -> None:
    chat = employer(shipped_world, shipped_words)
    assert f"📎 PaperOrdered {TRACK} en" in chat.does(Tap(encode(OrderChecklist())))
