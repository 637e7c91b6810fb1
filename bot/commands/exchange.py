"""Questions out to Moodle and in from it (docs/moodle.md)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from bot.assembly import programme_of
from bot.settings import Settings
from cards.exchange.asked import BYTES, Asked, Image
from cards.exchange.deck_markdown import module_markdown
from cards.exchange.gift import read_gift, write_gift
from cards.exchange.images import file_of, shown, symbol_of
from cards.exchange.moodle_xml import read_xml, write_xml
from cards.exchange.ours import Say, Taken, give, take
from cards.finding import Report
from cards.model import Card, Module
from cards.module_file import module_file
from cards.picture import FOLDER
from cards.programme_file import NAME as PROGRAMME
from cards.text import ENGLISH, language_tag

GIFT, XML = (".gift", ".txt"), (".xml",)


def _format(file: Path) -> bool:
    """Whether the file is Moodle XML. Raises `click.ClickException` where its name does not say."""
    ending = file.suffix.lower()
    if ending not in (*GIFT, *XML):
        raise click.ClickException(
            f"{file.name}: a file that ends in .gift or .txt is GIFT, in .xml Moodle XML"
        )
    return ending in XML


def bring_in(file: Path, to: Path, force: bool, source: str = ENGLISH) -> Iterator[str]:
    """Writes a module of the questions in `file`, which are in the language `source`, its pictures
    into `pictures` beside the programme. Gives what was left out, a line each, and what was taken.
    Raises `click.ClickException`, `OSError`."""
    is_xml = _format(file)
    if not (written_in := language_tag(source)):
        raise click.ClickException(f"“{source}” is no language: use a code like ar")
    if to.suffix != ".md":
        raise click.ClickException(f"{to.name}: a module is a file that ends in .md")
    if to.exists() and not force:
        raise click.ClickException(f"{to} is there already; --force writes over it")
    if file.stat().st_size > BYTES:
        raise click.ClickException(f"{file.name} has more than {BYTES // 1_000_000} MB")
    report = Report(file.name)
    data = file.read_bytes()
    questions = read_xml(data, report) if is_xml else read_gift(_text(data, file), report)
    title = next((asked.category[0] for asked in questions if asked.category), file.stem)
    taken = take(questions, to.stem, title, report)
    pictures = _pictures(taken, to, report)
    yield from map(str, sorted(report.findings, key=lambda finding: finding.line))
    if not taken.decks:
        raise click.ClickException(f"{file.name} has no question that can be asked here")
    about = f"Questions from {file.name}."
    written = module_markdown(title[:40], about, taken.decks, pictures, written_in)
    to.write_text(written, encoding="utf-8")
    count = sum(not isinstance(i, Card) for items in taken.decks.values() for i in items)
    yield (
        f"{to}: {count} questions taken, {taken.left_out} left out. Cards are still to be written: "
        f"pasito lint {to}"
    )


def _text(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise click.ClickException(
            f"{file.name}:{line}: this file is not UTF-8; save it again as UTF-8"
        ) from error


def _pictures(taken: Taken, to: Path, report: Report) -> dict[str, tuple[str, str]]:
    """The file of each picture and what it shows, by the id of its card; the files are written."""
    cards = {i.id: i for items in taken.decks.values() for i in items if isinstance(i, Card)}
    root = next((f for f in to.absolute().parents[:3] if (f / PROGRAMME).exists()), to.parent)
    found = {}
    for id, image in taken.images.items():
        if symbol := symbol_of(image.name):
            found[id] = symbol, shown(image, cards[id])
            continue
        try:
            name, data = file_of(image)
        except ValueError as error:
            report.odd(1, f"the picture `{image.name}` is left out: {error}")
            continue
        (root / FOLDER).mkdir(exist_ok=True)
        (root / FOLDER / name).write_bytes(data)
        found[id] = name, shown(image, cards[id])
    for items in taken.decks.values():
        items[:] = [
            i for i in items if not (isinstance(i, Card) and not i.body and i.id not in found)
        ]
    return found


def send_out(settings: Settings, what: str, file: Path, language: str) -> Iterator[str]:
    """Writes the questions of a module, by its id or its file; in its author's language where none
    is named. Gives what has no place in the file.
    Raises `click.ClickException`, `OSError`, `SettingError`."""
    is_xml = _format(file)
    module, say, files = _module(settings, what, language)
    report = Report(module.path)

    def image(card: Card) -> Image | None:
        picture = card.picture
        if picture is None or (data := files(picture.file)) is None:
            return None
        if not is_xml:
            report.odd(card.line, "a picture has no place in a GIFT file: use Moodle XML")
            return None
        return Image(picture.file, data, say(picture.alt), say(card.title))

    asked: list[Asked] = []
    for deck in module.decks:
        category = (say(module.title), say(deck.title))
        asked += give(deck.items, category, deck.id, say, image, report)
    file.write_text(write_xml(asked) if is_xml else write_gift(asked), encoding="utf-8")
    yield from map(str, report.findings)
    cards = sum(len(deck.cards) for deck in module.decks)
    beside = len(module.stories) + len(module.selftests)
    yield (
        f"{file}: {len(asked)} questions of {len(module.decks)} lessons. Not in it, as Moodle's "
        f"questions have no place for them: {cards} cards, {beside} stories and self-tests."
    )


def _module(
    settings: Settings, what: str, language: str
) -> tuple[Module, Say, "partial[bytes | None]"]:
    """A module, how its words are said, and the files of its pictures."""
    path = Path(what)
    if path.suffix == ".md":
        module, findings = module_file(path)
        if module is None:
            raise click.ClickException("\n".join(map(str, findings)))
        return module, lambda text: text.source, partial(_beside, path)
    programme, words = programme_of(settings)
    found = programme.offered.get(what)
    if found is None:
        raise click.ClickException(f"there is no module `{what}`: {', '.join(programme.offered)}")
    language = language or found.written_in
    if words.taught_in(what, language) != language:
        raise click.ClickException(f"`{what}` is not there in the language `{language}`")
    return found, partial(words.say, language=language), partial(programme.pictures.get)


def _beside(path: Path, name: str) -> bytes | None:
    for folder in path.absolute().parents[:3]:
        if (file := folder / FOLDER / name).is_file():
            return file.read_bytes()
    return None
