"""One language as an installation has it, read from its PO files and kept compiled.

Reading forty modules of one language takes half a second, and nine languages would take five at
every start. So what was read is kept in a hidden folder `.compiled` beside the catalogues, under
the digest of everything that it was made of: the files, and the code that reads them. It is never
older than they are, may be deleted at any time, and where the folder cannot be written to the
files are read at every start.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec
from babel.messages.catalog import Catalog

from cards.finding import Finding
from catalogues.entry import faults
from catalogues.po import compiled, counted, done, read

LESSONS = "cards"
WORK = "work"
"""The catalogue of papers for work."""
"""The folder of a language's catalogues of what is taught: a file a module, and one for
programme.yaml."""
COMPILED = ".compiled"
_READERS = (Path(__file__), *sorted(Path(read.__code__.co_filename).parent.glob("*.py")))


class Language(msgspec.Struct, frozen=True):
    """`said` of `wanted` texts of the interface are translated. `interface` are MO files: the first
    that has a text gives it. `lessons` are context -> source -> translation."""

    said: int
    wanted: int
    interface: list[bytes]
    lessons: dict[str, dict[str, str]]
    findings: list[Finding]

    @property
    def share(self) -> float:
        return self.said / self.wanted if self.wanted else 0.0


def lessons_in(root: Path, language: str) -> list[Path]:
    """The catalogues of decks of one language, in the order of their names."""
    return sorted((root / language / "LC_MESSAGES" / LESSONS).glob("*.po"))


def language_of(roots: Sequence[Path], language: str, template: Path) -> Language:
    """What the catalogues of the language say, from the first of `roots` that says it. `template`
    tells which texts the interface has. Raises nothing."""
    kept = roots[0] / COMPILED / f"{language}-{_digest(roots, language, template)}.msgpack"
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.msgpack.decode(kept.read_bytes(), type=Language)
    found = _Reading(roots, language).language(template)
    with suppress(OSError):
        _keep(kept, msgspec.msgpack.encode(found), language)
    return found


def _digest(roots: Iterable[Path], language: str, template: Path) -> str:
    digest = sha256(version("babel").encode())
    files = (
        path for root in roots for path in sorted((root / language / "LC_MESSAGES").rglob("*.po"))
    )
    for path in (*_READERS, template, *files):
        with suppress(OSError):  # a file that cannot be read is told of where it is read
            digest.update(f"\0{path}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(path: Path, content: bytes, language: str) -> None:
    """Whole or not at all; what was kept of the language before goes."""
    path.parent.mkdir(exist_ok=True)
    before = list(path.parent.glob(f"{language}-*.msgpack"))
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
    for old in before:
        if old != path:
            old.unlink(missing_ok=True)


class _Reading:
    """Reads the PO files once, and notes what is to mend in them."""

    def __init__(self, roots: Sequence[Path], language: str) -> None:
        self._roots = roots
        self._language = language
        self._findings: list[Finding] = []

    def language(self, template: Path) -> Language:
        bot = self._read("bot")
        source = read(template, "en")[0] if template.exists() else None
        lessons = self._lessons()
        said, wanted = counted(bot, source)
        return Language(said, wanted, [compiled(po) for po in bot], lessons, self._findings)

    def _lessons(self) -> dict[str, dict[str, str]]:
        """What all catalogues of decks say: the first that has a text gives it. One file for all
        modules, as it was before, is read too: `pasito messages` divides it."""
        found = {file.stem for root in self._roots for file in lessons_in(root, self._language)}
        files = (*(f"{LESSONS}/{name}" for name in sorted(found)), LESSONS, WORK)
        said: dict[str, dict[str, str]] = {}
        for message in (m for name in files for po in self._read(name) for m in po):
            if message.id and done(message) and not list(faults(message)):
                of_module = said.setdefault(message.context or "", {})
                of_module.setdefault(str(message.id), str(message.string))
        return said

    def _read(self, domain: str) -> list[Catalog]:
        return list(self._catalogues(domain))

    def _catalogues(self, domain: str) -> Iterator[Catalog]:
        for root in self._roots:
            path = root / self._language / "LC_MESSAGES" / f"{domain}.po"
            if not path.exists():
                continue
            po, slips = read(path, self._language)
            shown = str(path.relative_to(root))
            self._findings += [Finding(shown, slip.line, slip.message) for slip in slips]
            if po:
                self._findings += [
                    Finding(shown, message.lineno or 1, fault)
                    for message in po
                    if message.id
                    for fault in faults(message)
                ]
                yield po
