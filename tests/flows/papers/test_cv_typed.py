"""What people type into a CV, and what they read then (work-papers, section 9)."""

import pytest

from bot.conversation.turn import Moment, Turn, World
from bot.documents.paper_words import PaperWords
from bot.flows.papers.actions import ChoosePaperLanguage, PaperAsk, PaperReady
from bot.flows.papers.steps import Step
from bot.flows.papers.trades import TWO_FORMS, jobs_of
from bot.flows.papers.typed_contact import mail, phone
from bot.flows.papers.typed_years import InFuture, NoYears, Years, years_in
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.papers import Cv, PaperKind
from tests.support.papers import ONE_JOB, Answers, Applicant


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015-2019", Years(2015, 2019)),
        ("2015 – now", Years(2015, 0)),
        ("2015 -", Years(2015, 0)),
        ("١٩٩٨-٢٠٠٣", Years(1998, 2003)),
        ("from 2015 to 2019", Years(2015, 2019)),
        ("2019", Years(2019, 2019)),
        ("2019-2015", Years(2015, 2019, sure=False)),
        ("1391-1395", Years(2012, 2016, sure=False)),
        ("15 to 19", Years(2015, 2019, sure=False)),
        ("98-03", Years(1998, 2003, sure=False)),
    ],
)
def test_years_as_people_type_them(text: str, years: Years) -> None:
    assert years_in(text, 2026, "now|today") == years


@pytest.mark.parametrize("text", ["", "long", "3", "201", "2015 2016 2017", "1800-1900"])
def test_what_are_no_years(text: str) -> None:
    with pytest.raises(NoYears):
        years_in(text, 2026, "now")


def test_years_to_come() -> None:
    with pytest.raises(InFuture):
        years_in("2020-2031", 2026, "now")


@pytest.mark.parametrize(
    ("text", "kept", "looks"),
    [
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78", True),
        ("٠٦١٢٣٤٥٦٧٨", "0612345678", True),
        ("0033612345678", "0033612345678", True),
        ("06.12.34.56.78", "06.12.34.56.78", True),
        ("12345", "12345", False),
        ("call my brother", "call my brother", False),
        ("1234567890123456", "1234567890123456", False),
    ],
)
def test_phone_numbers(text: str, kept: str, looks: bool) -> None:
    assert phone(text) == (kept, looks)


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("amina@example.org", True),
        (" amina @example.org", True),
        ("amina", False),
        ("a@b@example.org", False),
        ("@example.org", False),
        ("amina@example", False),
        ("a" * 80 + "@example.org", False),
    ],
)
def test_mail_addresses(text: str, fine: bool) -> None:
    clean, odd = mail(text)
    assert clean and (odd is None) is fine


def at(world: World, words: Catalogues, step: Step, answers: Answers = ONE_JOB) -> Applicant:
    """Somebody before this question."""
    person = Applicant(world, words, "en", "fr")
    person.begin()
    for _ in range(60):
        place = person.place
        if isinstance(place, PaperAsk) and place.step == step:
            return person
        person.answer(answers)
    raise AssertionError(step)


@pytest.fixture
def before(shipped_world: World, shipped_words: Catalogues):  # type: ignore[no-untyped-def]
    return lambda step, answers=ONE_JOB: at(shipped_world, shipped_words, step, answers)


def test_doubtful_years_are_asked_about(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.HOW_LONG)
    assert "Is this 2012–2016?" in person.type("1391-1395")
    person.type("2")
    assert person.cv.maybe == "" and "How long?" in person.type("soon")
    assert "This year is 2026" in person.type("2031")
    person.type("2019-2015")
    person.type("1")
    (job,) = person.cv.jobs
    assert (job.first, job.last, person.place.step) == (2015, 2019, Step.TASKS)


def test_several_numbers_are_ticked_as_far_as_they_exist(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.TASKS)
    assert "9 is not here" in person.type("1 3 9")
    assert len(person.cv.jobs[0].tasks) == 2
    person.type("۲، ۴")
    assert len(person.cv.jobs[0].tasks) == 4
    person.type("5")
    page = person.chat.screens[-1].buttons
    more = next(b.action for b in page if isinstance(b.action, PaperAsk) and b.action.page)
    person.tap(more)
    assert "At most 5. Take one out first." in person.tap(person.picks()[0])
    assert "Left out" in person.type("1 2")
    assert len(person.cv.jobs[0].tasks) == 5


def test_a_job_that_is_in_no_list_stays_as_it_is(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.SECTOR)
    said = person.type("plombie")
    assert "You typed: plombie" in said and "Plumber" in said
    person.type("Xqzvbn")
    assert "I do not know this job yet" in person.chat.drawn(person.chat.screens[-1], "en")
    person.type("Write it as it is")
    assert person.cv.wanted.typed == "Xqzvbn" and not person.cv.wanted.id
    assert person.place.step == Step.SORT


def test_the_papers_own_word_for_a_job_is_known(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.SECTOR)
    person.type("PLOMBIER")
    assert person.cv.wanted.id == "plumber"


def test_a_job_by_its_name_is_found(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.SECTOR)
    person.type("PLUMBER")
    assert person.cv.wanted.id == "plumber" and person.place.step == Step.FORM


def test_contact_that_looks_odd_can_be_kept(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.PHONE)
    assert "does not look like a phone number" in person.type("123")
    person.type("Keep it")
    assert person.cv.phone == "123" and person.place.step == Step.MAIL
    assert "The @ is missing" in person.type("amina")
    person.type("amina@example.org")
    assert person.cv.mail == "amina@example.org" and person.cv.maybe == ""


@pytest.mark.parametrize(
    ("step", "doubtful"),
    [
        (Step.PHONE, "123"),
        (Step.MAIL, "amina"),
        (Step.HOW_LONG, "1391-1395"),
        (Step.TOWN, "برلين"),
    ],
)
@pytest.mark.parametrize("answer", ["Fatou Diallo", "Skip"])
def test_a_doubt_stays_at_its_question(before, step, doubtful, answer) -> None:  # type: ignore[no-untyped-def]
    person = before(step)
    assert person.cv.maybe == ""
    person.type(doubtful)
    assert person.cv.maybe and person.place.step == step
    person.type("*")
    while person.place.step > Step.NAME:
        person.type("*")
    at_first = person.place
    assert at_first.step < step
    person.type(answer if at_first.step == Step.NAME else "1")
    assert person.place != at_first and person.cv.maybe == ""


def test_letters_that_the_employer_cannot_read_are_asked_for_again(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.NAME)
    person.type("ሰላም ተስፋዬ")
    assert person.place.step == Step.LATIN
    assert "Please also in Latin letters" in person.type("أمينة")
    person.type("Selam Tesfaye")
    assert (person.cv.name, person.cv.latin) == ("ሰላም ተስፋዬ", "Selam Tesfaye")
    person.leave()
    person.leave()
    assert "Please also in Latin letters" in person.type("ليون")
    person.type("Lyon")
    assert person.cv.town == "Lyon"


@pytest.mark.parametrize("name", ["x" * 61, "🙂🙂", "123", "à̧̈̃̂́n"])
def test_names_that_cannot_stand_there(before, name: str) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.NAME)
    person.type(name)
    assert person.place.step == Step.NAME and not person.cv.name


def test_a_sign_that_no_font_has_is_asked_for_at_once(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.TOWN)
    assert "I cannot print this sign" in person.type("Lyon \U00012000")
    assert not person.cv.town


def test_countries_and_languages_by_their_names(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.COUNTRY)
    person.type("Syria")
    assert person.cv.jobs[0].country == "SY"
    person = before(Step.COUNTRY)
    assert "That is in Syria" in person.type("Aleppo")
    assert person.cv.jobs[0].country == "SY"
    person = before(Step.COUNTRY)
    assert "I do not know a country of this name" in person.type("Xqzvbn")
    assert person.cv.jobs[0].country == "Xqzvbn"
    person = before(Step.TONGUE)
    assert "I do not know this language" in person.type("Xqzvbn")
    person.type("Dari")
    assert person.cv.tongues[0].code == "fa-AF" and person.cv.tongues[1].code == "fr"


def test_a_day_is_typed_where_it_is_asked_when(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.WHEN)
    assert "This day is past" in person.type("1.1.2020")
    person.type("8.12.")
    assert (person.cv.when, person.cv.from_day) == ("from-day", "2026-12-08")
    assert person.place.step == Step.NAME


def test_the_word_of_a_command_leads_away_and_the_answers_stay(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.SCHOOL)
    assert "Go on with your CV (6/12)" in person.type("menu")
    person.chat.turn("[Go on with your CV]")
    assert isinstance(person.place, PaperAsk) and person.place.step == Step.SCHOOL


def test_a_line_of_ones_own_is_warned_about(before) -> None:  # type: ignore[no-untyped-def]
    person = before(Step.TOWN)
    person.leave()
    assert isinstance(person.place, PaperReady)
    person.tap(PaperAsk(PaperKind.CV, Step.LINE, 0, 0, True))
    assert "An employer who does not read English cannot read it" in person.type("I work fast")
    assert not person.cv.line
    person.type("Keep it")
    assert person.cv.line == "I work fast" and isinstance(person.place, PaperReady)


@pytest.mark.parametrize(
    ("wanted", "earlier", "asked"),
    [
        ("Clown", ["Koch / Köchin"], [Step.JOB_FORM]),
        ("", ["Maurerin"], [Step.JOB_FORM]),
        ("Barista", ["Barista", "Koch"], [Step.JOB_FORM]),
        ("Koch", ["Maurer", "Bäckerin"], [Step.FORM]),
        ("Clown", ["Zauberer"], []),
    ],
)
def test_jobs_of_two_forms_stand_in_one_on_the_paper_after_one_question(
    wanted: str,
    earlier: list[str],
    asked: list[Step],
    shipped_world: World,
    shipped_words: Catalogues,
) -> None:
    """Whether it is the job that is looked for or an earlier one, chosen or typed."""
    person = Applicant(shipped_world, shipped_words, "de", "de")
    person.begin()
    jobs, seen = iter([wanted, *earlier]), []
    kinds = {Step.SECTOR, Step.JOB_SECTOR, Step.WHICH}
    while isinstance(person.place, PaperAsk):
        step = Step(person.place.step)
        seen.append(step)
        if step in kinds and not (job := next(jobs)):
            person.leave()
        elif step in kinds:
            person.type(job)
            if person.cv.maybe:
                person.tap(person.picks()[-2])  # write it as it is
        elif step is Step.ANOTHER:
            more = sum(bool(each.trade) for each in person.cv.jobs) < len(earlier)
            person.tap(person.picks()[0 if more else 1])
        else:
            person.answer({**ONE_JOB, Step.FORM: 1, Step.JOB_FORM: 1})
    assert [step for step in seen if step in (Step.FORM, Step.JOB_FORM)] == asked
    words = PaperWords(shipped_words, shipped_world.work, "de")
    titles = [words.trade(person.cv.wanted, person.cv.form)]
    titles += [words.job_title(person.cv, job) for job in person.cv.jobs]
    assert not asked or not any(" / " in title for title in titles), titles


def test_a_paper_that_is_whole_asks_for_the_form_when_its_language_has_two(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    person = Applicant(shipped_world, shipped_words, "en", "tr")
    person.begin()
    person.fill({**ONE_JOB, Step.LATIN: -1}, "cook")
    person.tap(ChoosePaperLanguage(PaperKind.CV, "fr"))
    person.tap(person.picks()[1])
    assert person.cv.form == 2
    assert isinstance(person.place, PaperReady) and person.cv.language == "fr"


@pytest.mark.parametrize(("language", "told"), [("de", True), ("en", True), ("tr", False)])
def test_a_list_with_two_forms_of_a_job_says_what_they_are(
    language: str, told: bool, shipped_world: World
) -> None:
    turn = Turn(Learner(1, language=language), shipped_world, Moment(1_800_000_000))
    form = jobs_of(TWO_FORMS, "kitchen", Cv(language="de"), turn, lambda trade: Cv(wanted=trade))
    named = [shipped_world.say(option.label, language) for option in form.options]
    assert any(" / " in name for name in named) is told is (TWO_FORMS in form.lines)
