"""A letter, what to say on the phone and an e-mail, as sentences in the language of the paper.

A slot without an answer takes its whole sentence away. No sentence agrees with the writer's sex.
Pure.
"""

from collections.abc import Iterator
from datetime import date

from bot.documents.paper_words import UNPAID, PaperWords, told
from bot.model.learned import finished
from bot.model.learner import Learner
from bot.model.papers import Cv, Job, Letter
from cards.model import Programme
from certificates.prints.letter import LetterFacts

TASKS, COURSES = 3, 4
"""As many are named in a letter."""


def letter_facts(
    cv: Cv,
    letter: Letter,
    words: PaperWords,
    learner: Learner,
    programme: Programme,
    made: date,
) -> LetterFacts:
    word = words.word
    contact = (cv.phone, cv.mail, cv.town)
    person = letter.contact
    return LetterFacts(
        language=words.language,
        title=words.large("letter title"),
        made=made,
        name=cv.latin or cv.name,
        contact=tuple(filter(None, contact)),
        company=letter.company,
        greeting=word("letter greeting-person", person=person)
        if person
        else word("letter greeting"),
        paragraphs=tuple(
            " ".join(part)
            for part in (
                list(_about(cv, letter, words)),
                list(_experience(cv, words, learner, programme)),
                list(_offer(cv, letter, words)),
                [word("letter thanks")],
            )
            if part
        ),
        end=word("letter end"),
    )


def _about(cv: Cv, letter: Letter, words: PaperWords) -> Iterator[str]:
    if cv.wanted:
        yield words.word("letter about", job=words.trade(cv.wanted, cv.form))
    if letter.company:
        yield words.word("letter company", company=letter.company)
    if letter.seen:
        yield words.word(f"letter seen {letter.seen}")


def _experience(cv: Cv, words: PaperWords, learner: Learner, programme: Programme) -> Iterator[str]:
    job = _job_of(cv)
    if job:
        yield _worked("letter worked", cv, job, words)
        if job.tasks:
            yield words.word("letter tasks", tasks=_tasks(job.tasks, words))
    else:
        home = tuple(task for each in cv.jobs if each.sort == UNPAID for task in each.tasks)
        if home:
            yield words.word("letter home", tasks=_tasks(home, words))
    titles = [
        words.words.say(module.title, words.language)
        for module, _progress in finished(cv.courses, learner, programme)
    ]
    if titles:
        yield words.word("letter courses", courses=words.parted(titles[:COURSES]))
    if spoken := _spoken(cv, words):
        yield words.word("letter languages", languages=spoken)
    if cv.licences:
        named = ", ".join(words.listed("licences", id) for id in cv.licences)
        yield words.word("letter licences", licences=named)


def _offer(cv: Cv, letter: Letter, words: PaperWords) -> Iterator[str]:
    if when := words.when(cv):
        yield words.word("letter when", when=when)
    if letter.wish:
        yield words.word(f"letter wish {letter.wish}")
    if cv.phone:
        yield words.word("letter phone", phone=cv.phone)
    if cv.mail:
        yield words.word("letter mail", mail=cv.mail)


def _job_of(cv: Cv) -> Job | None:
    """The work that is told of: in the trade that is looked for, else the first."""
    done = [job for job in cv.jobs if job.sort and job.sort != UNPAID and job.trade]
    same = [job for job in done if job.trade.id and job.trade.id == cv.wanted.id]
    return next(iter((*same, *done)), None)


def _worked(name: str, cv: Cv, job: Job, words: PaperWords) -> str:
    trade, time = words.trade(job.trade, cv.form), words.lasted(job)
    if time:
        return words.word(name, job=trade, time=time)
    return words.word("letter worked-job", job=trade)


def _tasks(ids: tuple[str, ...], words: PaperWords) -> str:
    return words.parted(words.word(f"task {id}") for id in ids[:TASKS])


def _spoken(cv: Cv, words: PaperWords) -> str:
    return ", ".join(words.tongue(tongue, sentence=True) for tongue in cv.tongues if told(tongue))


def call_script(cv: Cv, letter: Letter, words: PaperWords) -> str:
    """To read aloud, with what they may ask."""
    return "\n\n".join("\n".join(lines) for lines in _script(cv, letter, words) if lines)


def _script(cv: Cv, letter: Letter, words: PaperWords) -> Iterator[list[str]]:
    word, job, when = words.word, _job_of(cv), words.when(cv)
    name = cv.latin or cv.name
    trade = words.trade(cv.wanted, cv.form)
    yield [words.large("script title")]
    opening = [word("script hello", name=name) if name else word("script hello-no-name")]
    if trade and letter.seen == "ask":
        opening.append(word("script ask", job=trade))
    elif trade:
        opening += [word("script about", job=trade), word("script free")]
    if job:
        opening.append(_worked("script worked", cv, job, words))
    if when:
        opening.append(word("script when", when=when))
    opening.append(word("script come"))
    if cv.phone:
        opening.append(word("script phone", phone=cv.phone))
    yield [*opening, word("script thanks")]
    yield [word("script slowly"), word("script no")]
    asked = []
    if job:
        answer = _worked("script answer-worked", cv, job, words)
        asked += [word("script question-worked"), f"- {answer}"]
    if when:
        asked += [word("script question-when"), f"- {word('script answer-when', when=when)}"]
    if spoken := _spoken(cv, words):
        answer = word("script answer-languages", languages=spoken)
        asked += [word("script question-languages"), f"- {answer}"]
    if asked:
        yield [words.large("script questions"), *asked]


def mail_text(cv: Cv, letter: Letter, words: PaperWords) -> str:
    """Subject and five lines."""
    word, job, when = words.word, _job_of(cv), words.when(cv)
    trade = words.trade(cv.wanted, cv.form)
    lines = []
    if trade:
        subject = word("mail subject", job=trade)
        lines += [word("mail subject-line", subject=subject), ""]
    greeting = "letter greeting-person" if letter.contact else "mail greeting"
    lines.append(word(greeting, person=letter.contact))
    if trade:
        lines.append(word("mail about", job=trade))
    if job:
        lines.append(_worked("mail worked", cv, job, words))
    if when:
        lines.append(word("mail when", when=when))
    lines.append(word("mail attached"))
    if cv.phone:
        lines.append(word("mail phone", phone=cv.phone))
    lines += [word("mail answer"), "", word("mail end"), cv.latin or cv.name]
    return "\n".join(lines).strip()
