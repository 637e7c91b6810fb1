"""A CV as JSON Resume 1.0 (jsonresume.org/schema): exactly what is printed, as data.

What the schema has no place for begins with `x_`: addresses of ESCO, when somebody can work, and
the answers by their ids, with which the person goes on when they send the file back.
"""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from bot.documents.paper_words import UNPAID, PaperWords, told
from bot.documents.resume_answers import printed
from bot.i18n.catalogues import without_bidi
from bot.i18n.tongues import tongue_name
from bot.model.papers import Cv, Job
from certificates.prints.cv import CvFacts

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
NAME, MIME = "resume.json", "application/json"


def resume(cv: Cv, facts: CvFacts, words: PaperWords, own: bool = True) -> bytes:
    """The file; the same answers give the same bytes. Only the person's `own` can be gone on
    with."""
    esco = words.work.occupations.get(cv.wanted.id)
    basics = {
        "name": facts.name,
        "label": facts.wanted,
        "email": cv.mail,
        "phone": cv.phone,
        "summary": cv.line,
        "location": {"city": cv.town} if cv.town else {},
        "x_esco": esco.esco if esco else "",
    }
    whole = {
        "$schema": SCHEMA,
        "basics": _told(basics),
        "work": list(_work(cv, facts, words)),
        "volunteer": [{"position": facts.headings.home, "highlights": list(facts.home)}]
        if facts.home
        else [],
        "education": [{"studyType": _plain(line)} for line in facts.school],
        "certificates": [
            _told({"name": _plain(course.text), "url": course.url}) for course in facts.courses
        ],
        "languages": [
            _told({"language": tongue_name(t.code, facts.language), "fluency": t.level or "native"})
            for t in cv.tongues
            if told(t)
        ],
        "x_licences": [_plain(licence) for licence in facts.licences],
        "x_when": _plain(facts.when),
        "meta": {"version": "v1.0.0", "x_language": facts.language},
        "x_answers": msgspec.to_builtins(printed(cv)) if own else {},
    }
    return json.dumps(_told(whole), ensure_ascii=False, indent=1).encode()


def _work(cv: Cv, facts: CvFacts, words: PaperWords) -> Iterator[dict[str, Any]]:
    jobs = [job for job in cv.jobs if job.sort and job.sort != UNPAID]
    for job, entry in zip(jobs, facts.jobs, strict=True):
        known = words.work.occupations.get(job.trade.id)
        yield _told(
            {
                "position": _plain(entry.title),
                "location": words.country(job.country),
                "summary": _plain(entry.note),
                **_years(job),
                "highlights": list(entry.points),
                "x_esco": known.esco if known else "",
            }
        )


def _years(job: Job) -> dict[str, str]:
    if not job.first:
        return {}
    return {"startDate": str(job.first)} | ({"endDate": str(job.last)} if job.last else {})


def _plain(text: str) -> str:
    return without_bidi(text)


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in values.items() if value}
