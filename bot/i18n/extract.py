"""Extraction for translators: `pasito messages` brings all catalogues under `locales/` up to date.

bot.po holds the interface, certificates.po the certificates' own words, work.po jobs and tasks
(`cards/work/`), and `cards/` what is
taught: a file a module (which is also its context), and programme.po for what programme.yaml
says. What was translated stays; what changed a little is marked fuzzy, with the
source as it was, until somebody has looked at it; what is no longer said stays at the end of the
file, marked `#~`. A `.pot` file of each kind is the template for tools. A text that may not be
longer than a button or a title has `max-length:24` beside it.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from bot.i18n.catalogues import SHIPPED as LOCALES
from bot.i18n.language import LESSONS, WORK
from cards.collection import Category, Competence, Pathway
from cards.entry import NAME as ENTRY
from cards.faq import ANSWER, QUESTION
from cards.faq import NAME as FAQ
from cards.limits import OPTION, limits
from cards.lint_work import BUTTON, TASK, limit_of
from cards.model import Programme, texts
from cards.occupations import WORDS, Work, read_work
from cards.programme_file import CONTEXT
from cards.reader import SHIPPED, read_programme
from cards.resources import ABOUT
from cards.resources import NAME as RESOURCES
from cards.text import Text
from catalogues import standing
from catalogues.header import WholeHeader, say_who_read, say_written_in, written_in
from catalogues.limits import comment, in_source
from catalogues.po import read

ROOT = Path(__file__).parents[2]
PAGES = tuple(ROOT / "docs" / f"{name}.md" for name in ("translating", "lessons-by-language"))
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
NEEDED = ("fr", "ar", "pt", "tr")
"""Languages that always have a catalogue of the interface."""
Tell = Callable[[str], None]
_WIDTH = 120
_DATES = re.compile(rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By): (.*)$', re.MULTILINE)


def interface() -> Catalog:
    """The words of the service."""
    return _marked("Pasito", ROOT / "bot")


def papers() -> Catalog:
    """The words on certificates and prints."""
    return _marked("Pasito certificates", ROOT / "certificates", ROOT / "cards" / "kinds")


def _marked(project: str, *folders: Path) -> Catalog:
    """What is marked for translators in the Python files of folders."""
    template = Catalog(project=project, copyright_holder="Pasito", fuzzy=False)
    for folder in folders:
        most, where = in_source(folder), folder.relative_to(ROOT)
        for file, line, message, comments, context in extract_from_dir(
            folder, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            limit = most.get(message if isinstance(message, str) else message[0])
            told = [*comments, *([comment(limit)] if limit else [])]
            template.add(
                message, locations=[(f"{where}/{file}", line)], auto_comments=told, context=context
            )
    return template


def work_words(work: Work) -> Catalog:
    """The words of jobs, tasks and lists: the context names each."""
    template = Catalog(project="Pasito papers", version="1", copyright_holder="Pasito", fuzzy=False)
    for name, said in work.words.items():
        most = limit_of(name)
        told = [comment(most)] if most in (BUTTON, TASK) else []
        where = [(f"cards/work/{WORDS}", 1)]
        template.add(said, locations=where, auto_comments=told, context=name)
    return template


def decks(programme: Programme) -> dict[str, Catalog]:
    """The words of the programme and of each of its modules: name of the file -> template. It says
    in which language they are, where that is not English."""
    templates: dict[str, Catalog] = {}
    languages = {module.id: module.written_in for module in programme.every}
    languages[CONTEXT] = programme.written_in
    most: dict[Text, int] = {}
    for module in programme.every:
        for text, limit in limits(module):
            most[text] = min(limit, most.get(text, limit))
    for answer in programme.answers:
        most |= {answer.question: QUESTION, answer.answer: ANSWER}
    most |= {one.about: ABOUT for one in programme.resources}
    most |= dict.fromkeys(programme.entry.buttons(), OPTION)
    for text, path, line, kind in _texts(programme):
        if text.source:
            if (template := templates.get(text.context)) is None:
                template = templates[text.context] = _of_lessons(languages.get(text.context))
            told = [kind, *([comment(most[text])] if text in most else [])]
            template.add(
                text.source,
                locations=[(path, line)],
                auto_comments=told,
                context=text.context,
            )
    return templates


def _of_lessons(language: str | None) -> Catalog:
    template = WholeHeader(project="Pasito decks", copyright_holder="Pasito", fuzzy=False)
    say_written_in(template, language or "en")
    return template


def _texts(programme: Programme) -> Iterator[tuple[Text, str, int, str]]:
    groups: tuple[Category | Pathway | Competence, ...] = (
        *programme.categories,
        *programme.pathways,
        *programme.competences,
    )
    for text in (
        programme.title,
        *programme.coming.values(),
        *(t for g in groups for t in (g.title, g.description)),
        *(t for o in programme.organisations for t in (o.country, o.about)),
        *programme.credits,
        *(programme.annex.texts() if programme.annex else ()),
    ):
        yield text, "programme.yaml", 1, "programme"
    for one in programme.resources:
        for text in one.texts():
            yield text, RESOURCES, one.line, one.name
    for text in programme.entry.texts():
        yield text, ENTRY, 1, "entry check"
    for answer in programme.answers:
        for text in answer.texts():
            yield text, FAQ, answer.line, "question and answer"
    for module in programme.every:
        lines = {
            text: item.line
            for deck in module.all_decks
            for item in deck.items
            for text in texts(item)
        }
        lines |= {deck.title: deck.line for deck in module.all_decks}
        for text in module.texts():
            yield text, module.path, lines.get(text, 1), module.title.source


def update(
    domain: str,
    template: Catalog,
    languages: Iterable[str],
    locales: Path = LOCALES,
    tell: Tell = print,
) -> int:
    """Brings the template and every language's file up to date. `domain` is the file's path below
    LC_MESSAGES, without its ending. A file that says the same already is not touched, and nothing
    is translated into the language in which it was written.

    A file that cannot be read in full is left as it is, and named: nothing of a translator's work
    is lost. Gives how many these are.
    """
    left_alone = 0
    source = written_in(template)
    _written(locales / f"{domain}.pot", template)
    for language in languages:
        if language == source:
            continue
        path = locales / language / "LC_MESSAGES" / f"{domain}.po"
        if path.exists() and path.read_bytes().strip():
            po, slips = read(path, language)
            if po is None or any(slip.breaks for slip in slips):
                for slip in slips:
                    tell(f"{path}:{slip.line}: {slip.message}")
                tell(f"{path}: is left as it is until it is mended")
                left_alone += 1
                continue
        else:
            po = WholeHeader(language, project=template.project, fuzzy=False)
        po.update(
            template, no_fuzzy_matching=False, update_header_comment=False, keep_user_comments=True
        )
        for message in po:
            if not message.fuzzy:
                message.previous_id = []
        say_who_read(po)
        say_written_in(po, source)
        _written(path, po)
    return left_alone


def _written(path: Path, po: Catalog) -> None:
    """In the order of the files and their lines; dates move only with the texts."""
    before = path.read_bytes() if path.exists() else b""
    dates: dict[bytes, bytes] = dict(_DATES.findall(before))
    after = _bytes(po)

    def as_before(found: re.Match[bytes]) -> bytes:
        key, _, value = found[0].partition(b": ")
        return key + b": " + (dates.get(key[1:]) or value)

    if _DATES.sub(as_before, after) == before:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(after)


def _bytes(po: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, po, width=_WIDTH, include_lineno=False, include_previous=True)
    return file.getvalue()


def update_decks(
    programme: Programme, languages: Iterable[str], locales: Path = LOCALES, tell: Tell = print
) -> int:
    """The same for every module and for programme.yaml. A module has a file in the languages that
    were begun for it, and in all of `languages`. Gives how many files were left alone."""
    for language in {*languages} | languages_of(locales, LESSONS):
        _divide(locales / language / "LC_MESSAGES", language)
    return sum(
        update(
            domain, template, sorted({*languages} | languages_of(locales, domain)), locales, tell
        )
        for name, template in decks(programme).items()
        if (domain := f"{LESSONS}/{name}")
    )


def _divide(folder: Path, language: str) -> None:
    """One catalogue for all modules, as it was before, becomes one for each. A broken one stays."""
    old = folder / f"{LESSONS}.po"
    po, slips = read(old, language) if old.exists() else (None, [])
    if po is None or any(slip.breaks for slip in slips):
        return
    parts: dict[str, WholeHeader] = {}
    for message in po:
        if message.id and message.context:
            part = parts.setdefault(message.context, WholeHeader(language, fuzzy=False))
            part[message.id] = message
    for context, part in parts.items():
        part.mime_headers = po.mime_headers
        _written(folder / LESSONS / f"{context}.po", part)
    old.unlink()


def languages_of(locales: Path, files: str) -> set[str]:
    """The languages that have such a file; `files` is a pattern below LC_MESSAGES."""
    return {
        path.relative_to(locales).parts[0] for path in locales.glob(f"*/LC_MESSAGES/{files}.po")
    }


def bring_up_to_date(
    folder: Path | None = None, new: Iterable[str] = (), tell: Tell = print
) -> int:
    """All catalogues of what ships, or of a folder of decks; `new` languages are begun. Gives how
    many files were left alone.

    Raises `DeckError`.
    """
    programme = read_programme(folder or SHIPPED).programme
    begun = set(new)
    if folder:
        locales = folder / "locales"
        return update_decks(programme, begun, locales, tell)
    left_alone = 0
    for domain, template in (
        ("bot", interface()),
        ("certificates", papers()),
    ):
        left_alone += update(
            domain, template, sorted({*NEEDED} | languages_of(LOCALES, domain) | begun), tell=tell
        )
    of_work = sorted(languages_of(LOCALES, WORK) | begun)
    left_alone += update(WORK, work_words(read_work().work), of_work, tell=tell)
    left_alone += update_decks(programme, begun, tell=tell)
    for page in filter(Path.exists, PAGES):
        standing.bring_up_to_date(page, LOCALES)
    return left_alone
