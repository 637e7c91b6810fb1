"""In which language a certificate is made: one's own, the country's, or both (findings D7)."""

from dataclasses import replace

import pytest

from bot.channels.telegram.parts import parts
from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Event, Ordered, evolve_all
from bot.conversation.places import place_of
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.documents.certificate import facts
from bot.documents.parcel import MadeFile
from bot.flows.certificates.actions import (
    Again,
    AskKeep,
    AskLatin,
    AskName,
    Certificates,
    Claim,
    KeepName,
    MakePaperIn,
    PaperLanguage,
)
from bot.flows.certificates.events import CertificateIssued
from bot.flows.learning.actions import LearningProgress
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned, PapersIn
from bot.model.group import LastLetter
from bot.model.learner import Learner, ModuleProgress, day_of
from bot.model.merge import merge
from bot.model.order import OrderKind
from bot.model.query import Revoked
from bot.model.words import verbatim
from cards.model import Programme
from certificates.labels import Labels
from certificates.wording import put_into_words

NOW = 1_790_000_000
TODAY = day_of(NOW)
OWED = Learner(
    7,
    language="ar",
    name="Amina Diallo",
    modules={"computer": ModuleProgress(TODAY, TODAY, 1500, done=TODAY, mark=90, rule=70)},
    owed=(Certificate(Earned.MODULE, "computer", TODAY),),
)


def _does(learner: Learner, world: World, doing: Tap | Typed) -> tuple[Learner, tuple[Event, ...]]:
    known = {
        LastLetter(learner.id): None,
        **{Revoked(c.serial): False for c in learner.earned},
    }
    decision = decide(
        Update("web", "1", "x", doing), Turn(learner, world, Moment(now=NOW, known=known))
    )
    return evolve_all(learner, decision.events, NOW), decision.events


def _ordered(happened: tuple[Event, ...]) -> list[str]:
    assert all(not event.replaces for event in happened if isinstance(event, CertificateIssued))
    return [
        event.language
        for event in happened
        if isinstance(event, Ordered) and event.kind is OrderKind.MODULE
    ]


def test_the_country_s_language_is_offered_and_remembered(world: World) -> None:
    here = replace(world, country="fr")
    learner, happened = _does(OWED, here, Tap(encode(Claim())))
    assert place_of(learner) == PaperLanguage() and _ordered(happened) == []
    both, happened = _does(learner, here, Typed("3"))
    assert _ordered(happened) == ["ar", "fr"] and not both.owed and both.papers_in == "both"
    serials = {event.serial for event in happened if isinstance(event, CertificateIssued)}
    assert len(serials) == 1, "the same certificate, in two languages"
    again, _ = _does(both, here, Tap(encode(Again(Earned.MODULE, "computer"))))
    screen = show(Turn(again, here, Moment(now=NOW)))
    assert screen.options[0].action == MakePaperIn(PapersIn.BOTH), (
        "what was chosen last stands first"
    )
    _, happened = _does(again, here, Tap(encode(MakePaperIn(PapersIn.COUNTRY))))
    assert _ordered(happened) == ["fr"]


@pytest.mark.parametrize(
    ("which", "channel", "costly", "told"),
    [
        (
            PapersIn.BOTH,
            "telegram",
            False,
            [
                "I am sending you 3 PDF files.",
                "The last one is for employers: it explains the project.",
                "Every certificate in Arabic also comes as a picture and as text.",
            ],
        ),
        (
            PapersIn.MINE,
            "whatsapp",
            True,
            [
                "I am sending you 2 PDF files.",
                "The last one is for employers: it explains the project.",
            ],
        ),
        (PapersIn.BOTH, "web", False, []),
    ],
)
def test_what_is_told_to_come_is_what_comes(
    world: World,
    shipped_words: Catalogues,
    which: PapersIn,
    channel: str,
    costly: bool,
    told: list[str],
) -> None:
    here = replace(world, country="fr", explains=True)
    named = replace(OWED, place=encode(PaperLanguage()))
    moment = Moment(now=NOW, channel=channel, costly=costly)
    tap = Update(channel, "1", "x", Tap(encode(MakePaperIn(which))))
    decision = decide(tap, Turn(named, here, moment))
    said = [shipped_words.say(note, "en") for note in decision.notes]
    assert [line.replace("\u2068العربية\u2069", "Arabic") for line in said] == told
    files = sum(isinstance(event, Ordered) for event in decision.events)
    assert not told or f" {files} PDF file" in said[0]


@pytest.mark.parametrize("alone", [False, True])
def test_a_second_language_is_the_file_alone(shipped_words: Catalogues, alone: bool) -> None:
    check = "https://learn.example.org/verify/" + "kQ7x" * 50
    text = f"Certificate\n\nCheck this certificate\n{check}"
    made = MadeFile(
        "a.pdf", b"%PDF", "application/pdf", verbatim("a"), text, b"png", check, alone=alone
    )
    sent = parts(made, "en", shipped_words)
    assert len(sent) == (1 if alone else 3) and sent[0].document
    if not alone:
        link = f'<a href="{check}">Check that it is genuine</a>'
        assert sent[2].text == f"Certificate\n\nCheck this certificate\n{link}"


@pytest.mark.row("C5")
@pytest.mark.parametrize(
    ("name", "which", "asked"),
    [
        ("أمينة رحيمي", PapersIn.BOTH, True),
        ("أمينة رحيمي", PapersIn.COUNTRY, True),
        ("أمينة رحيمي", PapersIn.MINE, False),
        ("Amina Rahimi", PapersIn.BOTH, False),
        ("Аміна Рахімі", PapersIn.COUNTRY, True),
        ("አሚና", PapersIn.MINE, True),
    ],
)
def test_a_name_that_the_reader_cannot_read_is_asked_in_latin_letters_too(
    world: World, name: str, which: PapersIn, asked: bool
) -> None:
    here = replace(world, country="fr")
    for kept in (None, name):
        learner, _ = _does(replace(OWED, name=kept), here, Tap(encode(Claim())))
        learner, happened = _does(learner, here, Tap(encode(MakePaperIn(which))))
        if kept is None:
            assert place_of(learner) == AskName()
            learner, happened = _does(learner, here, Typed(name))
        assert (place_of(learner) == AskLatin()) is asked
        if not asked:
            continue
        still, _ = _does(learner, here, Typed("أمينة"))
        assert place_of(still) == AskLatin()
        without, _ = _does(learner, here, Tap(encode(AskKeep())))
        assert (place_of(without), without.pending_name) == (AskKeep(), name)
        learner, _ = _does(learner, here, Typed("Amina Rahimi"))
        learner, happened = _does(learner, here, Tap(encode(KeepName(True))))
        assert learner.name == f"Amina Rahimi {name}" and _ordered(happened)
        owed = replace(learner, owed=OWED.owed)
        again, _ = _does(owed, here, Tap(encode(MakePaperIn(which))))
        assert not again.owed, "what was given once is kept"


def test_no_question_where_there_is_no_choice(world: World) -> None:
    for country, language in (("", "ar"), ("fr", "fr")):
        learner = replace(OWED, language=language)
        _, happened = _does(learner, replace(world, country=country), Tap(encode(Claim())))
        assert _ordered(happened) == [language]


def test_a_button_from_before_harms_nobody(world: World) -> None:
    nothing_owed, here = replace(OWED, owed=()), replace(world, country="fr")
    learner, happened = _does(nothing_owed, here, Tap(encode(MakePaperIn(PapersIn.BOTH))))
    assert _ordered(happened) == [] and place_of(learner) == Certificates()
    assert _does(OWED, here, Tap("pn:elsewhere")) == (OWED, ()), "forged, or of a newer version"


def test_what_the_paper_says(shipped: Programme, shipped_words: Catalogues) -> None:
    order = Ordered(OrderKind.MODULE, "computer", "ar", "Amina Diallo", "00c0ffee00c0ffee")
    said = facts(OWED, shipped, shipped_words, order, "fr")
    paper = put_into_words(said, Labels("en"))
    details = {detail.label: f"{detail.value} ({detail.note})" for detail in paper.recto.details}
    minutes = shipped.modules["computer"].minutes
    assert (
        details["Duration"]
        == f"{minutes} minutes (cards and questions, at the pace of a slow reader)"
    )
    assert details["Result"] == "Passed (at least 70 % of the questions right at the first answer)"
    assert "Ce certificat" in paper.disclaimer[1]
    french = put_into_words(
        facts(OWED, shipped, shipped_words, replace(order, language="fr"), "fr"), Labels("fr")
    )
    assert list(french.disclaimer) == [
        paper.disclaimer[1],
        put_into_words(said, Labels("ar")).disclaimer[0],
    ]
    older = replace(OWED, modules={"computer": replace(OWED.modules["computer"], rule=0)})
    unknown = put_into_words(facts(older, shipped, shipped_words, order), Labels("en"))
    assert all(detail.label != "Result" for detail in unknown.recto.details), (
        "nobody knows by which rule"
    )


def test_progress_and_paper_say_the_same_time(
    shipped: Programme, shipped_words: Catalogues, world: World
) -> None:
    order = Ordered(OrderKind.MODULE, "computer", "en", "Amina Diallo", "00c0ffee00c0ffee")
    for seconds, said in (
        (0, "1 minute"),
        (59, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3599 - 60, "59 minutes"),
    ):
        computer = replace(OWED.modules["computer"], seconds=seconds)
        learner = replace(
            OWED, language="en", modules={"computer": computer}, place=encode(LearningProgress())
        )
        paper = put_into_words(facts(learner, shipped, shipped_words, order), Labels("en"))
        details = {detail.label: detail.value for detail in paper.recto.details}
        screen = show(Turn(learner, world, Moment(now=NOW)))
        lines = [shipped_words.say(line, "en") for line in screen.lines]
        assert details["Learning time"] == said and f"Learning time: {said}" in lines


def test_the_choice_stays_when_two_phones_become_one() -> None:
    assert merge(Learner(1), Learner(2, papers_in="both")).papers_in == "both"
