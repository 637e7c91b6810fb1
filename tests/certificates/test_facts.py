"""Facts that a certificate can state, and the words that it states them in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from certificates import Facts, HoursDoNotAddUp, Kind, as_text, filename
from certificates.labels import CATALOGUES, Labels
from certificates.wording import put_into_words
from tests.support import certificates as samples
from tests.support.world import ROOT

LANGUAGES = ("fr", "ar", "pt", "tr")
DISCLAIMER = (
    "This certificate is not a diploma and does not confer credits. The identity of the "
    "participant has not been verified."
)


@pytest.mark.row("C9")
def test_the_hours_of_the_modules_are_the_hours_of_the_front() -> None:
    with pytest.raises(HoursDoNotAddUp, match=r"17 hours.*18 hours"):
        replace(samples.category(), hours=17)


def test_half_hours_add_up() -> None:
    facts = samples.category()
    modules = tuple(replace(module, hours=Fraction(3, 2)) for module in facts.modules)
    assert "9 hours" in as_text(replace(facts, modules=modules, hours=9))


@pytest.mark.parametrize(
    "change",
    [
        {"hours": 0},
        {"last_day": date(2026, 3, 2)},
        {"active": timedelta(seconds=-1)},
        {"eqf_level": 9},
        {"kind": Kind.CATEGORY},
    ],
)
def test_facts_that_no_certificate_can_state(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(samples.ENGLISH, **change)  # type: ignore[arg-type]


def messages() -> Iterator[tuple[str, ...]]:
    root = ROOT / "certificates"
    for _, _, message, _, _ in extract_from_dir(root, [("**.py", "python")]):
        yield message if isinstance(message, tuple) else (message,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_keeps_its_placeholders(language: str) -> None:
    with (CATALOGUES / language / "LC_MESSAGES" / "certificates.po").open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    for message in messages():
        found = catalogue.get(message[0])
        assert found and not found.fuzzy, message
        for text in (found.string,) if isinstance(found.string, str) else found.string:
            assert text, message
            placeholders = set(re.findall(r"{\w+}", text)) | (
                {"{count}"} if "{count}" in message[0] else set()
            )
            assert placeholders == set(re.findall(r"{\w+}", message[0])), message


def test_there_are_messages_to_check() -> None:
    assert len(set(messages())) > 35


@pytest.mark.row("C8")
@pytest.mark.parametrize(
    ("language", "hours", "said"),
    [
        ("en", 1, "1 hour"),
        ("en", Fraction(3, 2), "1 hour 30 minutes"),
        ("en", Fraction(1, 3), "20 minutes"),
        ("fr", 18, "18\u00a0heures"),
        ("pt", Fraction(5, 2), "2 horas e 30 minutos"),
        ("tr", 3, "3 saat"),
        ("ar", 2, "ساعتان"),
        ("ar", 3, "\u20683\u2069 ساعات"),
        ("ar", 120, "\u2068120\u2069 ساعة"),
        ("xx", 3, "3 hours"),
    ],
)
def test_hours_in_words(language: str, hours: Fraction | int, said: str) -> None:
    assert Labels(language).hours(hours) == said


@pytest.mark.row("C5")
def test_learning_time_is_rounded_up_to_the_minute() -> None:
    labels = Labels("en")
    assert labels.time(timedelta(hours=2, minutes=34, seconds=20)) == "2 hours 35 minutes"
    assert labels.time(timedelta(minutes=40)) == "40 minutes"
    assert labels.time(timedelta()) == "1 minute"


def test_days() -> None:
    assert (
        Labels("en").days(date(2026, 3, 3), date(2026, 3, 9)) == "from 3 March 2026 to 9 March 2026"
    )
    assert Labels("fr").days(date(2026, 3, 3), date(2026, 3, 3)) == "le 3 mars 2026"


def test_a_language_without_a_catalogue_is_english_throughout() -> None:
    labels = Labels("ur")
    assert not labels.rtl and labels.day(date(2026, 3, 9)) == "9 March 2026"
    assert labels.hours(Fraction(5, 2)) == "2 hours 30 minutes"


def test_the_text_for_screen_readers_reads_like_this() -> None:
    assert (
        as_text(replace(samples.ENGLISH, verify_url="https://learn.example.org/verify/x"))
        == f"""\
Course completion certificate
MigranTech
2020-1-FR01-KA204-080342
9 March 2026

is awarded to
Amina Diallo
for completing the module
The computer and its features
offered by the project MigranTech on the e-platform migrantech.org

Duration: 3 hours (as declared by the author)
Learning time: 2 hours 35 minutes (from 3 March 2026 to 9 March 2026, measured without pauses)
Result: Passed (mandatory tests passed)
Trainer organisation: AMSED

Djilali Kabeche, AMSED, France
Etienne Devos, Familles du Monde asbl, Belgique
Nuno Marques, Factor Social, Portugal
Figen Seyhan, Anatolia Youth Association, Türkiye

Module: The computer and its features
Category: Digital skills · 3 hours

Description:
{samples.ENGLISH.description}

Table of contents:
1. Meet the computer
2. Start and stop
3. Files and folders
4. Staying safe

Trainers:
Diane Duthuin · Tiago Marques
AMSED

Learning objectives:
• Name the parts of a computer
• Keep files in folders
• Choose a strong password

Learning outcomes and acquired competences:
• Start and stop a computer safely
• Save a file and find it again
• Know a false message from a real one
• Digital literacy in the job search (ESCO: use communication and collaboration software)
• Information management (ESCO: manage digital data)
• Ability to learn

EQF level 2: the author's estimate, not referenced

{DISCLAIMER}

About the project: https://learn.example.org/annex/en.pdf

Check this certificate
https://learn.example.org/verify/x"""
    )


@pytest.mark.row("C3")
def test_what_is_not_known_is_not_said() -> None:
    bare = replace(
        samples.ENGLISH,
        eqf_level=None,
        tests_passed=False,
        verify_url=None,
        competences=(),
        signatories=(),
        trainers=(),
    )
    text = as_text(bare)
    assert not re.search("EQF|Result|tests|Check|ESCO|None", text)


@pytest.mark.row("M1")
def test_the_disclaimer_stands_in_both_languages_once() -> None:
    assert as_text(samples.ENGLISH).count("not a diploma") == 1
    french = as_text(samples.FRENCH)
    assert french.count(DISCLAIMER) == 1 and "n’est pas un diplôme" in french
    assert not re.search(r"(?<=\w)[:;!?](?:\s|$)", french), "each has its space"


def test_lines_of_a_right_to_left_language_say_so_first() -> None:
    for line in as_text(samples.ARABIC).split("\n"):
        assert not line or line.startswith("\u200f")


def test_a_pathway_lists_its_modules_with_days_and_hours() -> None:
    text = as_text(replace(samples.category(), kind=Kind.PATHWAY, title="Adaptation"))
    assert text.startswith("Pathway completion certificate")
    assert "for completing the 6 modules of the pathway\nAdaptation" in text
    assert "2. Use of the cell phone\nAMSED · 3 hours · completed on 4 March 2026\n" in text
    assert "6 modules, 18 hours in all" in text


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (
            replace(samples.ENGLISH, title="The computer"),
            "Pasito-certificate-Amina-Diallo-The-computer.pdf",
        ),
        (samples.FRENCH, "Pasito-certificat-Zoë-Nguyễn-Lefèvre-Lordinateur-et-ses-fonctions.pdf"),
        (samples.ARABIC, "Pasito-شهادة-عبد-الرحمن-محمّد-الأحمدي-الحاسوب-ومزاياه.pdf"),
        (
            replace(samples.ENGLISH, title="Teleworking/working: from home?"),
            "Pasito-certificate-Amina-Diallo-Teleworking-working-from-home.pdf",
        ),
    ],
)
def test_the_file_is_named_so_that_a_person_finds_it(facts: Facts, name: str) -> None:
    assert filename(facts) == name


def test_a_long_title_is_cut() -> None:
    name = filename(replace(samples.ENGLISH, title="word " * 40))
    assert len(name) <= 80 and name.endswith("word.pdf")


@pytest.mark.parametrize(
    ("practice", "confirmed", "said"),
    [
        (40, 0, "stated by the learner"),
        (40, 40, "confirmed by a counsellor"),
        (80, 40, "stated by the learner, 40 minutes of it confirmed by a counsellor"),
    ],
)
def test_practice_at_home_says_who_says_so(practice: int, confirmed: int, said: str) -> None:
    paper = replace(samples.ENGLISH, practice=practice, confirmed=confirmed)
    details = put_into_words(paper, Labels("en")).recto.details
    (detail,) = (detail for detail in details if detail.label == "Practice at home")
    assert detail.note == said
    without = put_into_words(samples.ENGLISH, Labels("en")).recto.details
    assert "Practice at home" not in [detail.label for detail in without]


def test_french_writes_the_first_of_a_month_as_it_is_said() -> None:
    assert Labels("fr").day(date(2026, 12, 1)) == "1er décembre 2026"
    assert Labels("fr").day(date(2026, 8, 1)) == "1er août 2026"
    assert Labels("fr").day(date(2026, 12, 11)) == "11 décembre 2026"
    assert Labels("de").day(date(2026, 12, 1)) == "1. Dezember 2026"
