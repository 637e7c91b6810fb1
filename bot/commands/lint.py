"""All checks of decks and translations together: hard limits, the limits of every channel,
placeholders, completeness.

Sentence lengths are the author's business; a translation is held to what would break a screen.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.channels import CHANNELS
from bot.conversation.screen import Screen, Way
from bot.flows.learning.question import ask, feedback_lines
from bot.i18n.catalogues import SHIPPED as TEMPLATES
from bot.i18n.catalogues import SOURCE, Catalogues, catalogue, catalogues_of, missing
from bot.i18n.extract import decks, work_words
from bot.i18n.language import LESSONS, WORK
from bot.i18n.terms import NAME as TERMS
from bot.i18n.terms import Terms, check_terms_said, read_terms
from bot.model.learner import Attempt
from bot.model.words import verbatim
from cards.finding import DeckError, Finding
from cards.guess import guesses
from cards.lint import check_module, check_programme, check_texts
from cards.lint_marks import check_marks
from cards.lint_programme import check_terms, check_together
from cards.lint_review import check_answers, check_review
from cards.lint_translation import check_translation
from cards.lint_weight import check_weight
from cards.lint_work import check_work, check_work_words
from cards.markup import foreign
from cards.model import PASS_MARK, Card, Deck, Module, Programme
from cards.module_file import module_file
from cards.occupations import WORDS, Work, read_work
from cards.programme_file import NAME as PROGRAMME
from cards.programme_file import SECTORS
from cards.question import Question
from cards.rare_words import check_cefr, check_rare
from cards.reader import SHIPPED, read_programme
from cards.recording import FOLDER
from cards.resources import NAME as RESOURCES
from cards.resources import check_resources
from catalogues.addressed import for_a_man
from catalogues.entry import faults
from catalogues.limits import BUTTON, length, limit_in
from catalogues.po import read
from catalogues.quotes import QUOTES, foreign_quotes

FEEDBACK = 200
"""Characters of the whole feedback (product.md, Numbers)."""
_ELSEWHERE = re.compile(r"in one sentence|words, 50|^(?!the card ).*characters, ")


def check(path: Path | None = None, pass_mark: int = PASS_MARK) -> list[Finding]:
    """A folder of decks with its translations, or one module. Without a path the decks that ship.
    Each finding once."""
    if path and path.is_file() and path.name != PROGRAMME:
        return _one_file(path, pass_mark)
    root = path or SHIPPED
    if path and path.is_file():
        root = path.parent
    try:
        reading = read_programme(root)
    except DeckError as error:
        return list(error.findings)
    programme = reading.programme
    today = datetime.now(UTC).date()
    sectors = programme.sectors if (root / RESOURCES).exists() else None
    findings = [
        *reading.findings,
        *check_programme(programme),
        *check_together(programme),
        *check_weight(programme),
        *check_resources(programme.resources, today, sectors),
        *check_answers(programme.answers, today),
    ]
    for module in reading.unlisted:
        findings += check_module(module)
    roots = catalogues_of(root)
    words = Catalogues(programme, *roots)
    findings += [finding for finding in words.findings if "learners are offered" in finding.message]
    findings += _unread(programme, words)
    if zipf := _word_frequency({SOURCE, *words.languages}):
        learned = (*programme.offered.values(), *programme.tracks)
        for module in (m for m in learned if m.written_in == SOURCE):
            findings += (*check_rare(module, zipf), *check_cefr(module, zipf))
    modules = list(programme.every)
    for module in modules:
        findings += check_review(module, today)
    work = read_work()
    if root == SHIPPED:
        findings += [*work.findings, *_work(work.work, words)]
    files = (
        sorted(roots[0].glob("*/LC_MESSAGES/**/*.po")) if root == SHIPPED or len(roots) > 1 else []
    )
    for language in dict.fromkeys((*words.languages, *(m.written_in for m in modules))):
        for module in modules:
            if words.taught_in(module.id, language) == language:
                findings += _screens(module, words, language)
                shown = _shown(module, language)
                if module is not programme.help:
                    findings += check_marks(
                        module, pass_mark, partial(words.say, language=language), shown
                    )
                if shown:
                    findings += _lengths(module, words, language)
                    say = partial(words.say, language=language)
                    findings += check_translation(module, say, language)
        taught = {m.id for m in modules if words.taught_in(m.id, language) == language}
        say = partial(words.say, language=language)
        findings += check_terms(programme, taught, say, language)
    templates: dict[str, Catalog | None] = {
        stem: read(TEMPLATES / f"{stem}.pot", SOURCE)[0] for stem in ("bot", "certificates")
    }
    templates[WORK] = work_words(work.work)
    templates |= {f"{LESSONS}/{name}": template for name, template in decks(programme).items()}
    by_id = {module.id: module for module in modules}
    terms = dict[str, Terms]()
    for path in sorted(roots[0].glob(f"*/{TERMS}")) if files else ():
        terms[path.parent.name], odd = read_terms(path, str(path.relative_to(roots[0])))
        findings += odd
    for file in files:
        language, _folder, *rest = file.relative_to(roots[0]).with_suffix("").parts
        if template := templates.get("/".join(rest)):
            others = [other / file.relative_to(roots[0]) for other in roots[1:]]
            lessons = by_id.get(rest[-1]) if rest[0] == LESSONS else None
            findings += _translations(
                file, roots[0], language, template, lessons, others, terms.get(language, {})
            )
    return list(dict.fromkeys(findings))


def _unread(programme: Programme, words: Catalogues) -> Iterator[Finding]:
    """Recordings in a language in which nobody can read what they say."""
    for key, recording in programme.audio.items():
        language, module, *_rest = key.split("/")
        if words.taught_in(module, language) != language:
            said = f"this recording has no text: {module} is not translated into {language}"
            yield Finding(f"{FOLDER}/{key}{recording.path.suffix}", 1, said)


def _work(work: Work, words: Catalogues) -> Iterator[Finding]:
    """Jobs, tasks and lists, and their words in each language that was begun for them."""
    yield from check_work(work)
    for language in words.languages:
        said = words.said(work.texts(), language)
        if said:
            for message in check_work_words(work, said, language):
                yield Finding(f"work/{WORDS}", 1, message, language=language)


def _word_frequency(languages: Iterable[str]) -> Callable[[str], float] | None:
    """How common a word is, in English or in a language that a module may teach, where `wordfreq`
    is installed (`pip install pasito[authors]`: 57 MB that a running service does not need)."""
    try:
        from wordfreq import available_languages, zipf_frequency
    except ImportError:
        return None
    known = sorted({*languages} & {*available_languages()})
    return cache(lambda word: max(zipf_frequency(word, language) for language in known))


def _one_file(path: Path, pass_mark: int) -> list[Finding]:
    module, findings = module_file(path)
    if module:
        sector = path.absolute().parent.name == SECTORS
        module = replace(module, pass_mark=0) if sector else module
        findings = [
            *findings,
            *check_module(module, sector),
            *check_review(module, datetime.now(UTC).date()),
            *check_marks(module, pass_mark, lambda text: text.source),
        ]
    return list(dict.fromkeys(findings))


def guessers(programme: Programme) -> str:
    """What share of people who tap at random the mark lets through, at the module where it lets
    most."""
    shares = {
        m.short.source: guesses(m, programme.mark_of(m))[0].share
        for m in programme.modules.values()
    }
    worst = max(shares, key=lambda title: shares[title], default="")
    if not worst:
        return "there is no module to guess in"
    least = "fewer than 0.1" if shares[worst] < 0.001 else f"{shares[worst] * 100:.1f}"
    return (
        f"at a mark of {programme.pass_mark} %, {least} of 100 people who tap at random "
        f"pass “{worst}”, the easiest module to guess"
    )


def _lengths(module: Module, words: Catalogues, language: str) -> Iterator[Finding]:
    """What only a whole card or question can tell; one text alone is held to its limit where it
    stands in the catalogue."""
    for finding in check_texts(module, lambda text: words.say(text, language), language):
        if not _ELSEWHERE.search(finding.message):
            yield finding


def _screens(module: Module, words: Catalogues, language: str) -> Iterator[Finding]:
    """Every card and question as each channel would show it, and every feedback."""
    shown = _shown(module, language)
    for deck in module.decks:
        for item in deck.items:
            for message in _item(module, deck, item, words, language):
                yield Finding(module.path, item.line, message, language=shown)


def _shown(module: Module, language: str) -> str:
    """The language that a finding names: none for the author's own words."""
    return "" if language == module.written_in else language


def _item(
    module: Module, deck: Deck, item: Card | Question, words: Catalogues, language: str
) -> Iterator[str]:
    attempt = Attempt(999_999, module.id, deck.id, deck.version, (item.id,), step=999)
    if isinstance(item, Card):
        screen = Screen(title=item.title, lines=item.body)
    else:
        way = Way(verbatim("▰▰▰▰▰ 10/10"), deck.title, 10, (True,) * 10)
        screen = ask(item, attempt, way)
        order = tuple(range(len(item.options)))
        wrong = ((i,) for i, option in enumerate(item.options) if option.reason)
        longest = max(
            len(
                "\n".join(
                    words.say(line, language) for line in feedback_lines(item, order, choices)
                )
            )
            for choices in (item.right, (), *wrong)
        )
        if longest > FEEDBACK:
            yield f"the feedback has {longest} characters, {FEEDBACK} are allowed"
    for channel in CHANNELS:
        yield from channel.misfits(screen, language, words)


def _translations(
    file: Path,
    root: Path,
    language: str,
    template: Catalog,
    module: Module | None,
    others: list[Path],
    terms: Terms,
) -> Iterator[Finding]:
    """One catalogue of what is in the template; `others` are those that stand in for it where it
    has no translation."""
    shown = str(file.relative_to(root))
    po, slips = read(file, language)
    for slip in slips:
        yield Finding(shown, slip.line, slip.message)
    if po is None:
        return
    for message in po:
        if message.id:
            yield from _message(shown, message, language)
            source = template.get(message.id, message.context)
            yield from _too_long(shown, message, limit_in(source.auto_comments) if source else None)
    yield from check_terms_said(po, terms, shown)
    known = (po, *(catalogue(other, language) for other in others if other.exists()))
    if module and language == module.written_in:
        said = f"{module.id} was written in this language: nobody reads this file"
        yield Finding(shown, 1, said, fails=False)
    elif module and (left := len(missing(module, *known))):
        started = left < sum(1 for text in module.texts() if text.source)
        yield Finding(shown, 1, f"{left} texts of {module.id} are not translated", fails=started)


def _too_long(shown: str, message: Message, limit: int | None) -> Iterator[Finding]:
    """A button that a list on WhatsApp would cut still works; anything else breaks a screen."""
    for text in [message.string] if isinstance(message.string, str) else message.string or ():
        if limit and length(text) > limit:
            said = f"{length(text)} characters, {limit} are allowed: {text}"
            yield Finding(shown, message.lineno or 1, said, fails=limit != BUTTON)


def _message(shown: str, message: Message, language: str) -> Iterator[Finding]:
    """A translation keeps the placeholders of its source, and bold where it is bold, brings no link
    along, and quotes as its language does."""
    source = message.id if isinstance(message.id, str) else message.id[0]
    strings = (
        [message.string or ""] if isinstance(message.string, str | None) else list(message.string)
    )
    line = message.lineno or 1
    for fault in faults(message):
        yield Finding(shown, line, fault)
    for text in strings:
        if not text:
            if message.context is None:
                yield Finding(shown, line, f"not translated: {source[:50]}")
            continue
        if message.context is not None:
            ours = {sign for _, sign, _ in foreign(source)}
            for _, sign, advice in foreign(text):
                if sign not in ours:
                    yield Finding(shown, line, f"`{sign}` is not shown as meant: {advice}")
        if text.count("**") != source.count("**"):
            yield Finding(shown, line, f"bold (**) is not as in the source: {text[:50]}")
        if marks := foreign_quotes(text, language):
            own = "…".join(QUOTES[language])
            yield Finding(
                shown, line, f"{marks} is not how {language} quotes, {own} is: {text[:50]}"
            )
        if form := for_a_man(text, language):
            yield Finding(shown, line, f"“{form}” takes the reader for a man: {text[:50]}")
    if message.fuzzy:
        yield Finding(shown, line, f"marked fuzzy, to be checked: {source[:50]}")
