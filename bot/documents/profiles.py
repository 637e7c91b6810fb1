"""From the answers of a CV and a profile to the page in two languages. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from bot.documents.paper_words import PaperWords, large, told
from bot.model.learned import finished
from bot.model.learner import Learner
from bot.model.papers import Cv, Profile
from bot.model.suggestions import SKILLS_TOOL, Answers, known_tasks, suggestions
from cards.collection import Competence
from cards.model import Module, Programme
from certificates.prints.profile import Pair, Part, ProfileFacts

MOST_COURSES = 6

Said = Callable[[PaperWords], str]


def profile_facts(
    cv: Cv,
    profile: Profile,
    mine: PaperWords,
    theirs: PaperWords,
    learner: Learner,
    programme: Programme,
    made: date,
) -> ProfileFacts:
    def both(said: Said) -> Pair:
        return Pair(said(mine), said(theirs))

    def heading(name: str) -> Pair:
        return both(lambda words: words.large(f"profile {name}"))

    def part(name: str, lines: Iterator[Said]) -> Part:
        return Part(heading(name), tuple(map(both, lines)))

    def courses() -> Iterator[Pair]:
        worked_on: dict[str, Competence] = {}
        for module, progress in finished(cv.courses, learner, programme)[:MOST_COURSES]:
            assert progress.done
            yield both(_finished(module, progress.done, progress.mark))
            worked_on |= {c.id: c for c in programme.competences if c.id in module.competences}
        for competence in worked_on.values():
            link = competence.esco[1] if competence.esco else ""
            yield replace(both(_worked_on(competence)), link=link)

    answers = Answers(cv, profile, theirs.work, theirs.language)
    parts = (
        part("can", _tasks(cv, profile)),
        part("languages", _tongues(cv)),
        Part(heading("courses"), tuple(courses())),
        part("next", _next(cv)),
        part("suggestions", _suggestions(answers, programme)),
    )
    return ProfileFacts(
        mine=mine.language,
        theirs=theirs.language,
        title=heading("title"),
        name=cv.latin or cv.name,
        made=made,
        parts=tuple(each for each in parts if each.lines),
        foot=(heading("foot"), heading("own-words"), heading("esco"), heading("tool")),
        link=SKILLS_TOOL,
    )


def _tasks(cv: Cv, profile: Profile) -> Iterator[Said]:
    """What one can do, and how one knows it."""

    def line(task: str, proof: str) -> Said:
        def said(words: PaperWords) -> str:
            known = words.word(f"task {task}")
            if not proof:
                return f"• {known}"
            return f"• {words.labels.joined((known, words.listed('proof', proof)))}"

        return said

    yield from (line(task, profile.known.get(task, "")) for task in known_tasks(cv))


def _tongues(cv: Cv) -> Iterator[Said]:
    spoken = [tongue for tongue in cv.tongues if told(tongue)]
    if spoken:
        yield lambda words: words.labels.joined(map(words.tongue, spoken))


def _finished(module: Module, done: date, mark: int) -> Said:
    count = sum(len(deck.questions) for deck in module.decks)

    def said(words: PaperWords) -> str:
        title = words.words.say(module.title, words.language)
        first = words.word("profile finished", module=title, date=words.labels.day(done))
        if not mark:
            return first
        rest = words.word("profile questions", count=str(count), mark=str(mark))
        return f"{first} {large(rest, words.language)}"

    return said


def _worked_on(competence: Competence) -> Said:
    """The address in ESCO is behind the line: a paper in one language says no label of another."""

    def said(words: PaperWords) -> str:
        title = words.words.say(competence.title, words.language)
        return words.word("profile worked-on-plain", competence=title)

    return said


def _next(cv: Cv) -> Iterator[Said]:
    if cv.wanted:
        yield lambda words: large(words.trade(cv.wanted, cv.form), words.language)
    if cv.when:
        yield lambda words: large(words.when(cv), words.language)


def _suggestions(answers: Answers, programme: Programme) -> Iterator[Said]:
    """Each with the rule that fired, and the module that helps."""

    def line(id: str, module: Module | None) -> Said:
        def said(words: PaperWords) -> str:
            text = words.word(f"rule {id}")
            arrow = "←" if words.labels.rtl else "→"
            if module is None or words.words.taught_in(module.id, words.language) != words.language:
                return f"{arrow} {text}"
            title = words.words.say(module.title, words.language)
            return f"{arrow} {text} ({words.labels.isolated(title)})"

        return said

    for rule in suggestions(answers):
        yield line(rule.id, programme.modules.get(rule.module))
