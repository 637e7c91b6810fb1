"""A folder of decks -> `Programme`: `programme.yaml`, `help.md`, `<category>/<module>.md`.

Nothing in these files stops the service as long as programme.yaml can be read at all: what is
broken is left out and named, what is whole goes on.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cards import ids
from cards.crisis import read_crisis
from cards.entry import read_entry
from cards.faq import read_answers
from cards.finding import DeckError, Finding, Report, brief
from cards.model import PASS_MARK, Module, Programme
from cards.module_file import module_file, read_module
from cards.picture import BYTES, FOLDER
from cards.programme_file import NAME, ProgrammeFile
from cards.reading import read_passages
from cards.recordings_folder import read_recordings
from cards.resources import read_resources
from cards.yaml_file import Line

__all__ = ["SHIPPED", "DeckError", "Reading", "read_module", "read_programme"]

SHIPPED = Path(__file__).parent / "programme"
HELP = "help.md"
_NO_MODULES = re.compile(r"(readme|licen[cs]e|changelog|contributing|notice)\b.*", re.IGNORECASE)
_NO_CATEGORIES = ("template", "locales")
_ENDS = (".md", ".markdown", ".md.txt", ".mdown")


@dataclass(frozen=True)
class Reading:
    """A programme and all that is to mend in its files. Broken modules are left out of the
    programme, never the service out of work."""

    programme: Programme
    findings: tuple[Finding, ...]
    unlisted: tuple[Module, ...] = ()
    """Modules that lie in the folder and that programme.yaml does not name."""


def read_programme(root: Path = SHIPPED, pass_mark: int = PASS_MARK) -> Reading:
    """The programme in a folder. Without a `help.md` of its own it has the one that ships.

    Raises `DeckError` only when programme.yaml cannot be read at all.
    """
    found: list[Finding] = []
    pictures: dict[str, bytes] = {}

    def module_of(line: Line, category: str) -> Module | None:
        path = _file_of(line, root / category, reading.report)
        if path is None:
            return None
        module, mistakes = module_file(path, root)
        found.extend(mistakes)
        if module:
            found.extend(_load_pictures(module, root, pictures))
        return module

    help = _help(root, found)
    reading = ProgrammeFile(root, module_of)
    crisis, in_crisis = read_crisis(root, SHIPPED)
    resources, in_resources = read_resources(root, SHIPPED)
    programme = reading.read(help, pass_mark)
    paths = {group.id for group in (*programme.pathways, *programme.categories)}
    entry, in_entry = read_entry(root, SHIPPED, paths)
    answers, in_answers = read_answers(root, SHIPPED, _leads_to(programme, paths))
    passages, in_passages = read_passages(root, SHIPPED)
    found += (*in_crisis, *in_resources, *in_answers, *in_entry, *in_passages)
    audio, in_audio = read_recordings(root, programme.offered)
    found += in_audio
    programme = replace(
        programme,
        pictures=pictures,
        audio=audio,
        crisis=crisis,
        resources=resources,
        answers=answers,
        entry=replace(entry, passages=passages),
    )
    unlisted = []
    for path in _nobody_lists(root, reading.listed):
        module, mistakes = module_file(path, root)
        shown = path.relative_to(root).as_posix()
        found += (Finding(shown, 1, _unlisted(path)), *mistakes)
        unlisted += [module] if module else []
    return Reading(programme, (*reading.report.findings, *found), tuple(unlisted))


def _leads_to(programme: Programme, groups: set[str]) -> set[str]:
    """What an answer can name: categories and pathways, modules, a lesson of one."""
    modules = programme.offered
    return {*groups, *modules, *(f"{m.id}/{deck.id}" for m in modules.values() for deck in m.decks)}


def picture_file(root: Path, name: str) -> Path | None:
    """Where a picture lies: beside the decks, or among those that ship."""
    return next(
        (path for base in (root, SHIPPED) if (path := base / FOLDER / name).is_file()), None
    )


def _load_pictures(module: Module, root: Path, pictures: dict[str, bytes]) -> Iterator[Finding]:
    """Reads the files that a page can show; gives what it cannot. A symbol is a letter everywhere
    else."""
    for picture, line in module.pictures():
        path = picture_file(root, picture.file)
        if path is None:
            message = f"there is no file {FOLDER}/{picture.file}"
            if picture.symbol:
                message += f" for {picture.symbol}: it is shown as a letter"
            yield Finding(module.path, line, message, fails=not picture.symbol)
        elif path.stat().st_size > BYTES:
            size = f"{path.stat().st_size} bytes, {BYTES} are allowed"
            yield Finding(module.path, line, f"the picture {picture.file} has {size}")
        else:
            try:
                pictures[picture.file] = path.read_bytes()
            except OSError as error:
                message = f"the picture {picture.file} cannot be read: {error.strerror}"
                yield Finding(module.path, line, message)


def _help(root: Path, found: list[Finding]) -> Module:
    module = None
    if root != SHIPPED and HELP in _names(root):
        module, mistakes = module_file(root / HELP, root)
        found += mistakes
    return module or read_module(SHIPPED / HELP, SHIPPED)


def _file_of(line: Line, folder: Path, report: Report) -> Path | None:
    """The file of a module that programme.yaml names; None, with a finding, when there is none of
    exactly this name."""
    if not ids.can_be_module(line.text):
        report.odd(
            line.line,
            f"`{brief(line.text)}` cannot be the name of a module: use small letters, digits and "
            "hyphens",
        )
        return None
    name = f"{line.text}.md"
    if line.text == Path(HELP).stem:
        report.odd(
            line.line,
            "`help` is the file help.md beside programme.yaml: give this module another name",
        )
        return None
    names = _names(folder)
    if name in names:
        return folder / name
    alike = next((n for n in names if _folded(n) == _folded(name)), None)
    shown = f"{folder.name}/{name}"
    if alike:
        report.odd(line.line, f"the file is named {folder.name}/{alike}: rename it to {name}")
    else:
        advice = f"has no file {shown}: write it, or move `{line.text}` to `coming:` with its title"
        report.odd(line.line, f"the module `{line.text}` {advice}")
    return None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _nobody_lists(root: Path, listed: Mapping[str, tuple[str, int]]) -> Iterator[Path]:
    """Files that look like modules and are not named in programme.yaml. What editors leave behind
    is passed over."""
    known = {(category, _folded(f"{id}.md")) for id, (category, _) in listed.items()} | {
        (root.name, HELP)
    }
    folders = [
        root / name
        for name in _names(root)
        if not name.startswith((".", "_")) and name not in _NO_CATEGORIES
    ]
    categories = {category for category, _ in listed.values()}
    for folder in (root, *(f for f in folders if f.is_dir())):
        for name in _names(folder):
            folded = _folded(name)
            if (
                name.startswith((".", "~", "#"))
                or _NO_MODULES.fullmatch(name)
                or not folded.endswith(_ENDS)
            ):
                continue
            if not known & {(folder.name, folded), ("", folded)} and (
                folder.name in categories or _has_head(folder / name)
            ):
                yield folder / name


def _has_head(path: Path) -> bool:
    """Whether this file, outside of the categories' folders, is meant as a module."""
    if not path.is_file():  # opening a pipe would wait for its other end
        return False
    try:
        with path.open("rb") as file:
            return file.read(200).removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"---")
    except OSError:
        return False


def _unlisted(path: Path) -> str:
    if path.suffix != ".md":
        return f"nobody reads this file: rename it to {path.name.partition('.')[0].lower()}.md"
    return f"nobody reads this file: add `{path.stem}` to `modules:` of its category in {NAME}"
