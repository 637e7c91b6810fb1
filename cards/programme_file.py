"""programme.yaml: what belongs to the programme and how it hangs together. An entry that is wrong
is left out, the others stay.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from cards import ids
from cards.annex import Annex, Section
from cards.audience import Audience
from cards.collection import Category, Competence, Pathway
from cards.finding import DeckError, Report, brief, did_you_mean
from cards.markup import foreign
from cards.model import Module, Programme
from cards.partners import Organisation, Signatory
from cards.resources import TRADE, trade_key
from cards.text import Text
from cards.text_file import read_text
from cards.yaml_file import Fields, Line, read_mapping

NAME = "programme.yaml"
TRACKS = "tracks"
"""The folder of the modules for others than learners."""
SECTORS = "sectors"
"""The folder of the lessons for a trade."""
CONTEXT = "programme"
"""The context of the texts in it."""
_KNOWN = (
    *("id", "title", "reference", "platform", "categories", "pathways"),
    *("organisations", "annex", "signatories", "competences", "tracks", "sectors", "credits"),
    *("tutorials", "source"),
)
_CATEGORY = (
    *("id", "title", "description", "icon", "colour", "symbol"),
    *("sensitive", "modules", "coming"),
)
_UNKNOWN = "?"
"""Stands for the modules of an entry whose list cannot be read: it is never whole."""

T = TypeVar("T")
ReadModule = Callable[[Line, str], Module | None]
"""The module of a line in a category's list, by the category's id; None where it is broken or not
there.
"""


@dataclass
class ProgrammeFile:
    """The programme while it is read. Raises `DeckError` where nothing can be read."""

    root: Path
    read_module: ReadModule
    report: Report = field(default_factory=lambda: Report(NAME))
    modules: dict[str, Module] = field(default_factory=dict)
    coming: dict[str, Text] = field(default_factory=dict)
    listed: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Each module that is named, also one that is broken or to come: its category and line."""
    readable: bool = True

    def read(self, help: Module, pass_mark: int) -> Programme:
        text = read_text(self.root / NAME, self.report)
        fields = None if text is None else read_mapping(text, self.report)
        if fields is None:
            raise DeckError(self.report.findings)
        fields.only(_KNOWN)
        categories = self._entries(fields, "categories", self._category)
        here = [m for category in categories for m in category.modules]
        self.modules = {
            m: self.modules[m] for m in here
        }  # without those of a category that is left out
        organisations = self._entries(fields, "organisations", self._organisation)
        id = fields.text("id") or "programme"
        if not _is_id(id):
            fields.wrong("id", f"`id: {brief(id)}`: {_ID}")
            id = "programme"
        title = self._text(fields, "title", needed=True)
        return Programme(
            id=id,
            title=title if title.source else Text(id, CONTEXT),
            reference=fields.text("reference"),
            platform=fields.text("platform"),
            categories=categories,
            pathways=self._entries(fields, "pathways", self._pathway),
            modules=self.modules,
            help=help,
            organisations=organisations,
            signatories=self._entries(
                fields, "signatories", lambda f: self._signatory(f, organisations)
            ),
            competences=self._entries(fields, "competences", self._competence),
            credits=self._credits(fields),
            annex=self._annex(fields),
            pass_mark=pass_mark,
            coming=self.coming,
            readable=self.readable,
            written_in=fields.language("source"),
            tutorials=tuple(self._tutorials(fields)),
            tracks=tuple(self._tracks(fields)),
            sectors={module.id: module for module in self._sectors(fields)},
        )

    def _credits(self, fields: Fields) -> tuple[Text, ...]:
        lines = fields.texts("credits") or ()
        for line in lines:
            self._plain(line.text, line.line)
        return tuple(Text(" ".join(line.text.split()), CONTEXT) for line in lines)

    def _tutorials(self, fields: Fields) -> Iterator[str]:
        for line in fields.texts("tutorials") or ():
            if line.text in self.modules:
                yield line.text
            elif line.text not in self.listed:
                near = did_you_mean(line.text, self.listed)
                self.report.odd(line.line, f"there is no module `{brief(line.text)}`{near}")

    def _tracks(self, fields: Fields) -> Iterator[Module]:
        for line in fields.texts("tracks") or ():
            if self._new(line, TRACKS) and (module := self.read_module(line, TRACKS)):
                if module.audience is not Audience.LEARNER:
                    yield module
                    continue
                self.report.odd(
                    line.line, f"`{brief(line.text)}` is for learners: it belongs to a category"
                )

    def _sectors(self, fields: Fields) -> Iterator[Module]:
        """Nothing is certified for them, so there is no mark to reach."""
        keys: dict[str, str] = {}
        for line in fields.texts(SECTORS) or ():
            if self._new(line, SECTORS) and (module := self.read_module(line, SECTORS)):
                other = keys.setdefault(trade_key(module.id), module.id)
                if other != module.id:
                    said = f"`{module.id}` and `{other}` begin in the same {TRADE} letters"
                    self.report.odd(line.line, f"{said}: a filter tells them apart by these")
                elif self._for_learners(module, line):
                    yield replace(module, pass_mark=0)

    def _entries(
        self, fields: Fields, key: str, read: Callable[[Fields], T | None]
    ) -> tuple[T, ...]:
        """The entries of a list that can be read; of two with one id the first."""
        found: dict[object, T] = {}
        lost = False
        for entry in fields.mappings(key):
            one = read(entry)
            id = getattr(one, "id", len(found))
            if one is None:
                lost = True
            elif id in found:
                self.report.odd(
                    entry.line, f"`{id}` stands twice in `{key}:`; the first one counts"
                )
                lost = True
            else:
                found[id] = one
        if key == "categories" and (lost or not fields.usable or not found):
            self.readable = False
        return tuple(found.values())

    def _text(self, fields: Fields, key: str, needed: bool = False) -> Text:
        words = fields.text(key, needed)
        self._plain(words, fields.lines.get(key, 1))
        return Text(words, CONTEXT)

    def _plain(self, words: str, line: int) -> None:
        for _, sign, advice in foreign(words):
            self.report.odd(line, f"`{sign}` is not shown as meant: {advice}")

    def _id(self, fields: Fields) -> str:
        id = fields.text("id", needed=True)
        if id and not _is_id(id):
            fields.wrong("id", f"`id: {brief(id)}`: {_ID}", needed=True)
        return id

    # --- what belongs together

    def _category(self, fields: Fields) -> Category | None:
        fields.only(_CATEGORY)
        id, title = self._id(fields), self._text(fields, "title", needed=True)
        if not fields.usable:
            self._claim(fields)
            return None
        sensitive = fields.flag("sensitive", doubtful=True)
        here, missing = self._here(fields, id, sensitive)
        return Category(
            id=id,
            title=title,
            description=self._text(fields, "description"),
            icon=fields.text("icon") or "▫️",
            colour=_colour(fields),
            symbol=_symbol(fields),
            modules=here,
            missing=(*missing, *self._still_to_come(fields, id)),
            sensitive=sensitive,
        )

    def _claim(self, fields: Fields) -> None:
        """The modules of a category that is left out are named somewhere, all the same."""
        coming = fields.mapping("coming")
        lines = [Line(id, line) for id, line in (coming.lines if coming else {}).items()]
        for line in (*(fields.texts("modules") or ()), *lines):
            self.listed.setdefault(line.text, ("", line.line))

    def _here(
        self, fields: Fields, category: str, sensitive: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Modules that can be read, and those that are named but cannot."""
        lines = fields.texts("modules")
        here, missing = [], [] if lines is not None and fields.usable else [_UNKNOWN]
        for line in lines or ():
            if not self._new(line, category):
                missing += [line.text] if self.listed[line.text][0] != category else []
            elif (module := self.read_module(line, category)) and self._for_learners(module, line):
                self.modules[module.id] = replace(module, sensitive=module.sensitive or sensitive)
                here.append(module.id)
            else:
                missing.append(line.text)
        return tuple(here), tuple(missing)

    def _for_learners(self, module: Module, line: Line) -> bool:
        if module.audience is Audience.LEARNER:
            return True
        message = (
            f"`{brief(line.text)}` is for the audience {module.audience}: name it in `tracks:`"
        )
        self.report.odd(line.line, message)
        return False

    def _still_to_come(self, fields: Fields, category: str) -> tuple[str, ...]:
        titles = fields.mapping("coming")
        if titles is None:
            return () if not fields.has("coming") else (_UNKNOWN,)
        found = []
        for id in titles.nodes:
            line = Line(id, titles.lines[id])
            if self._new(line, category):
                title = self._text(titles, id)
                if not title.source:
                    titles.wrong(id, f"`{brief(id)}` has no title: write `{brief(id)}: Its title`")
                if not ids.can_be_module(id):
                    titles.wrong(
                        id,
                        f"`{brief(id)}` cannot be the name of a module: use small letters, digits "
                        "and hyphens",
                    )
                elif (self.root / category / f"{id}.md").exists():
                    titles.wrong(
                        id,
                        f"the file {category}/{id}.md is there: move `{id}` from `coming:` to "
                        "`modules:`",
                    )
                self.coming[id] = title if title.source else Text(id, CONTEXT)
            found.append(id)
        return tuple(found)

    def _new(self, line: Line, category: str) -> bool:
        """Notes that a module is named here; False, with a finding, where it was named before."""
        if line.text in self.listed:
            before, at = self.listed[line.text]
            where = (
                f"in the category `{before}` too, on line {at}"
                if before != category
                else f"twice, first on line {at}"
            )
            self.report.odd(
                line.line,
                f"the module `{brief(line.text)}` is listed {where}: a module has one place",
            )
            return False
        self.listed[line.text] = (category, line.line)
        return True

    def _pathway(self, fields: Fields) -> Pathway | None:
        fields.only(("id", "title", "description", "modules"))
        id, title = self._id(fields), self._text(fields, "title", needed=True)
        if not fields.usable:
            return None
        lines = fields.texts("modules")
        named: dict[str, None] = {} if lines is not None and fields.usable else {_UNKNOWN: None}
        for line in lines or ():
            if line.text in named:
                self.report.odd(
                    line.line, f"the module `{brief(line.text)}` stands twice in this pathway"
                )
            elif line.text not in self.listed:
                near = did_you_mean(line.text, self.listed)
                self.report.odd(
                    line.line, f"the module `{brief(line.text)}` is in no category{near}"
                )
            named[line.text] = None
        return Pathway(
            id=id,
            title=title,
            description=self._text(fields, "description"),
            modules=tuple(m for m in named if m in self.modules),
            missing=tuple(m for m in named if m not in self.modules),
        )

    # --- who stands behind it, and what it teaches

    def _organisation(self, fields: Fields) -> Organisation | None:
        fields.only(("name", "country", "website", "about"))
        name, country, about = (
            fields.text("name", needed=True),
            self._text(fields, "country"),
            self._text(fields, "about"),
        )
        if not fields.usable:
            return None
        return Organisation(ids.slug(name), name, country, fields.text("website"), about)

    def _signatory(self, fields: Fields, organisations: Iterable[Organisation]) -> Signatory | None:
        fields.only(("organisation", "name", "role", "image"))
        organisation, image = fields.text("organisation", needed=True), fields.text("image")
        names = {o.name for o in organisations} | {o.id for o in organisations}
        if organisation and organisation not in names:
            near = did_you_mean(organisation, names)
            fields.wrong(
                "organisation",
                f"`{brief(organisation)}` is not among the organisations{near}",
                needed=True,
            )
        if image and (Path(image).name != image or not (self.root / "template" / image).is_file()):
            fields.wrong(
                "image", f"there is no picture template/{brief(image)}: this one is signed without"
            )
            image = ""
        return (
            Signatory(organisation, fields.text("name"), fields.text("role"), image)
            if fields.usable
            else None
        )

    def _competence(self, fields: Fields) -> Competence | None:
        fields.only(("id", "title", "description", "esco"))
        id, title = self._id(fields), self._text(fields, "title", needed=True)
        esco = fields.mapping("esco")
        skill = (esco.text("title", needed=True), esco.text("uri", needed=True)) if esco else None
        if esco:
            esco.only(("title", "uri"))
        if not (id and title.source):
            return None
        return Competence(
            id, title, self._text(fields, "description"), skill if esco and esco.usable else None
        )

    def _annex(self, fields: Fields) -> Annex | None:
        annex = fields.mapping("annex")
        if annex is None:
            return None
        annex.only(("title", "sections", "contact"))
        title = self._text(annex, "title", needed=True)
        if not title.source:
            return None
        sections = self._entries(annex, "sections", self._section)
        return Annex(title, sections, self._text(annex, "contact"))

    def _section(self, fields: Fields) -> Section | None:
        fields.only(("title", "text"))
        title, lines = self._text(fields, "title", needed=True), fields.texts("text")
        if not title.source or lines is None:
            return None
        for line in lines:
            self._plain(line.text.removeprefix("- "), line.line)
        return Section(title, tuple(Text(" ".join(line.text.split()), CONTEXT) for line in lines))


_ID = (
    f"an id has letters, digits and hyphens, at most {ids.LETTERS} bytes: "
    "it becomes part of a button"
)


def _is_id(id: str) -> bool:
    return not ids.fault(id) and ids.size(id) <= ids.LETTERS


def _symbol(fields: Fields) -> str:
    symbol = fields.text("symbol")
    if len(symbol) > 8 or any(char.isalnum() or char.isspace() for char in symbol):
        fields.wrong("symbol", f"`symbol: {brief(symbol)}`: write one symbol, as 💻")
        return ""
    return symbol


def _colour(fields: Fields) -> str:
    colour = fields.text("colour")
    if colour and not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        fields.wrong("colour", f'`colour: {brief(colour)}`: write it as "#1d4ed8", between quotes')
        colour = ""
    return colour or "#444444"
