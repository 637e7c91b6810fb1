"""A CV's file that comes back: what is read of it, and what of it is believed."""

import io
import json
from dataclasses import replace
from datetime import date

import msgspec
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Later
from bot.conversation.message import screen
from bot.documents.came_back import GIVEN_UP, CameBack, answers_in
from bot.documents.name_check import unprintable
from bot.documents.paper_words import PaperWords
from bot.documents.parcel import NoSuchFile
from bot.documents.resume import MIME, NAME, resume
from bot.documents.resume_answers import Answers, AnswersReader, printed
from bot.documents.work import cv_facts
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.message import note
from bot.model.order import OrderKind
from bot.model.papers import (
    CV_HERE,
    CV_NOT_COME,
    CV_NOT_READ,
    CV_THERE,
    LONGEST_BYTES,
    MOST_FILE_BYTES,
    Cv,
    DraftOf,
    Job,
    Layout,
    PaperKind,
    Tongue,
    Trade,
)
from cards.model import Programme
from certificates import Attachment, clean_name
from certificates.prints.cv import cv
from db.orders import Order
from db.outbox import Delivery
from db.store import Store
from tests.support.stores import NOW, InDatabase
from tests.support.world import WORK, every_font

TODAY = date(2026, 11, 27)
JOB = Job(
    "paid",
    Trade("cook", sector="kitchen"),
    country="SY",
    first=2015,
    last=2019,
    tasks=("cut-meat",),
)
CV = Cv(
    whole=True,
    language="fr",
    wanted=Trade("cook", sector="kitchen"),
    form=1,
    form_asked=True,
    jobs=(JOB, Job("own", Trade(typed="Tailor of hats"), country="Home"), Job("unpaid")),
    school="secondary",
    recognised="asked",
    tongues=(Tongue("fa-AF", first=True), Tongue("fr", "A2")),
    licences=("car-b", "forklift"),
    abroad=True,
    when="from-day",
    from_day="2026-12-08",
    courses=("computer",),
    name="ሰላም ተስፋዬ",
    latin="Selam Tesfaye",
    phone="+33 6 98 76 54 32",
    mail="selam@example.org",
    town="Lyon",
    line="I work fast",
    layout=Layout.SKILLS,
)


@pytest.fixture(scope="module")
def reader() -> AnswersReader:
    missing = unprintable(every_font())
    return AnswersReader(WORK, ("en", "fr"), clean_name, missing, TODAY)


def file_of(
    mine: Cv, words: Catalogues, programme: Programme, own: bool = True, data: bytes = b""
) -> bytes:
    said = PaperWords(words, WORK, mine.language)
    facts = cv_facts(mine, said, Learner(1), programme, lambda _id: "", TODAY)
    content = data or resume(mine, facts, said, own)
    return cv(facts, every_font(), (Attachment(NAME, content, MIME, ""),)).content


def test_all_that_is_printed_comes_back(
    reader: AnswersReader, shipped_words: Catalogues, shipped: Programme
) -> None:
    assert answers_in(file_of(CV, shipped_words, shipped), reader) == CV


def test_what_is_not_printed_is_not_in_the_file(reader: AnswersReader) -> None:
    """An employer may look into it."""
    mine = replace(
        CV,
        recognised="not-yet",
        tongues=(*CV.tongues, Tongue("de", "not-yet")),
        maybe="+33 6 00",
        sent=(4, 5),
        step=7,
    )
    said = msgspec.to_builtins(printed(mine))
    assert "recognised" not in said and "not-yet" not in str(said)
    assert not {"maybe", "sent", "step", "days"} & said.keys() and "+33 6 00" not in str(said)


def test_whom_it_was_sent_to_cannot_go_on_with_it(
    reader: AnswersReader, shipped_words: Catalogues, shipped: Programme
) -> None:
    with pytest.raises(ValueError):
        answers_in(file_of(CV, shipped_words, shipped, own=False), reader)


def changed(**values: object) -> bytes:
    return json.dumps({"x_answers": {**msgspec.to_builtins(printed(CV)), **values}}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b"{cut",
        b'{"x_answers": {"language": "fr"}}',
        changed(sent=[1]),
        changed(name=7),
        changed(jobs=[{"sort": "paid", "wage": 9}]),
        changed(layout="none of ours"),
        changed(line="x" * LONGEST_BYTES),
    ],
)
def test_what_is_none_of_ours_is_refused(
    data: bytes, reader: AnswersReader, shipped_words: Catalogues, shipped: Programme
) -> None:
    with pytest.raises((ValueError, msgspec.MsgspecError)):
        answers_in(file_of(CV, shipped_words, shipped, data=data), reader)


def _bomb() -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.attachments[NAME] = pikepdf.AttachedFileSpec(pdf, bytes(40 << 20))
    pdf.save(out, compress_streams=True)
    return out.getvalue()


def _three_pages(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def test_files_that_are_no_cv_are_refused_unopened(
    reader: AnswersReader, shipped_words: Catalogues, shipped: Programme
) -> None:
    mine = file_of(CV, shipped_words, shipped)
    bomb = _bomb()
    assert len(bomb) < MOST_FILE_BYTES
    strange = (b"", b"%PDF-", b"\xff\xd8\xff", mine[:2000], mine + bytes(MOST_FILE_BYTES), bomb)
    for content in (*strange, _three_pages(mine)):
        with pytest.raises(ValueError):
            answers_in(content, reader)


def test_ids_of_no_list_and_odd_texts_are_left_out(reader: AnswersReader) -> None:
    odd = Answers(
        language="xx",
        trade="astronaut",
        typed="x" * 61,
        form=9,
        school="none",
        licences=("car-b", "tank"),
        when="never",
        from_day="tomorrow",
        courses=("../secret", "computer"),
        name="https://x.example",
        town="Lyon\u202e \U00012000",
        phone="+33\n6 98",
        line="a\u202eb",
    )
    jobs = [
        {"sort": "spy"},
        {"sort": "paid", "first": 2030, "tasks": ["cut-meat", "cut-meat", "x"], "country": "ZQ"},
    ]
    data = json.dumps({"x_answers": {**msgspec.to_builtins(odd), "jobs": jobs}}).encode()
    found = reader.cv(data)
    assert (found.language, found.wanted, found.form, found.school) == ("en", Trade(), 0, "")
    assert (found.licences, found.when, found.from_day) == (("car-b",), "", "")
    assert found.courses == ("computer",) and (found.name, found.town) == ("", "")
    assert (found.phone, found.line) == ("+33 6 98", "ab")
    (job,) = found.jobs
    assert (job.first, job.tasks, job.country) == (0, ("cut-meat",), "")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x)))
def test_whatever_is_in_it_nothing_else_is_raised(value: object) -> None:
    reader = AnswersReader(WORK, ("en",), clean_name, lambda _text: "", TODAY)
    for name in Answers.__struct_fields__:
        data = json.dumps({"x_answers": {"language": "en", name: value}}).encode()
        try:
            reader.cv(data)
        except (ValueError, msgspec.MsgspecError):
            continue


async def _sends(store: Store, who: int, content: bytes | Exception, waited: int = 0) -> str:
    """The kind of note that its owner reads; `content` is what the messenger gives."""

    async def bring(_channel: str, _id: str) -> bytes:
        if isinstance(content, Exception):
            raise content
        return content

    taken = CameBack(
        store, lambda _day: AnswersReader(WORK, ("en", "fr"), clean_name, lambda _t: "", TODAY)
    )
    order = Order(1, OrderKind.CV_BACK, "whatsapp", answers="media")
    delivery = Delivery(order, Learner(who), "whatsapp", "+33", 1, 0, at=NOW)
    said = await taken.make(delivery, bring, NOW + waited)
    return next(kind for kind in KINDS if screen(note(kind)) == said)


KINDS = (CV_HERE, CV_THERE, CV_NOT_READ, CV_NOT_COME)


@pytest.mark.row("18")
async def test_what_is_told_is_of_the_file_that_was_sent(
    store: Store, shipped_words: Catalogues, shipped: Programme
) -> None:
    """Of two at once the second is not here; the same one, where a process died that had read it
    and told nobody, is."""
    who = await InDatabase(store).person()
    mine = file_of(CV, shipped_words, shipped)
    others = file_of(replace(CV, town="Nice"), shipped_words, shipped)
    told = [await _sends(store, who, content) for content in (mine, mine, others, b"%PDF-")]
    assert told == [CV_HERE, CV_HERE, CV_THERE, CV_NOT_READ]
    found = await InDatabase(store).asks(DraftOf(who, PaperKind.CV))
    assert found.draft.town == "Lyon"


async def test_a_file_that_does_not_come_is_waited_for_a_while_and_told(store: Store) -> None:
    who = await InDatabase(store).person()
    for away in (Later(), TimeoutError(), ConnectionError()):
        with pytest.raises(type(away)):
            await _sends(store, who, away, GIVEN_UP - 1)
        assert await _sends(store, who, away, GIVEN_UP) == CV_NOT_COME
    assert await _sends(store, who, NoSuchFile()) == CV_NOT_READ
