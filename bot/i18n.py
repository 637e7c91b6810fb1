"""Words into a language: gettext, plurals, isolates for right-to-left scripts, the language a module is taught in.

PO files are read at start-up as they are: adding a language is adding a file, and nothing has to be compiled.
"""

import gettext
import io
import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.screen import Msg, Value, Words
from cards.model import Module, Programme, Text

log = logging.getLogger(__name__)
SHIPPED = Path(__file__).parent.parent / "locales"
SOURCE = "en"
FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
_ARROWS = str.maketrans("→←▶◀", "←→◀▶")
_BIDI = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


@lru_cache
def is_rtl(language: str) -> bool:
    return Locale.parse(language, sep="-").text_direction == "rtl"


@lru_cache
def name_of(language: str) -> str:
    """The language in its own words: English, français, العربية."""
    name = Locale.parse(language, sep="-").get_display_name() or language
    return name[:1].upper() + name[1:]


def without_bidi(text: str) -> str:
    """What a person typed brings no direction of its own along."""
    return text.translate(_BIDI)


def numbered(number: int, line: str) -> str:
    """`2. text`; the mark that makes a line run from the right stays in front."""
    mark, text = (RLM, line[1:]) if line.startswith(RLM) else ("", line)
    return f"{mark}{number}. {text}"


def catalogue(path: Path) -> Catalog:
    """One PO file. Raises `OSError` when it is not there, `babel.messages.pofile.PoFileError` when it cannot be read."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def catalogues_of(decks: Path) -> tuple[Path, ...]:
    """Where the words of a folder of decks come from: its own `locales`, and for all that is not there those that ship."""
    own = decks / "locales"
    return (own, SHIPPED) if own.is_dir() and own != SHIPPED else (SHIPPED,)


class Catalogues:
    """All languages of an installation. `say` is all that channels and flows need."""

    def __init__(self, programme: Programme, *roots: Path, languages: Iterable[str] = ()) -> None:
        """`roots` are folders of catalogues, those that ship where none is named. A text is taken from the first that has it."""
        roots = roots or (SHIPPED,)
        found = [SOURCE, *sorted({p.parent.parent.name for root in roots for p in root.glob("*/LC_MESSAGES/bot.po")} - {SOURCE})]
        wanted = list(languages) or found
        if unknown := [language for language in wanted if language not in found]:
            raise ValueError(f"no translation for {', '.join(unknown)}; there are {', '.join(found)}")
        self.languages: tuple[str, ...] = tuple(wanted)
        self._bot: dict[str, gettext.NullTranslations] = {SOURCE: gettext.NullTranslations()}
        self._cards: dict[str, gettext.NullTranslations] = {SOURCE: gettext.NullTranslations()}
        self._taught: dict[str, frozenset[str]] = {SOURCE: frozenset(programme.modules) | {programme.help.id}}
        modules = (*programme.modules.values(), programme.help)
        for language in self.languages:
            if language != SOURCE:
                cards = _catalogues(roots, language, "cards")
                self._bot[language] = _translations(_catalogues(roots, language, "bot"))
                self._cards[language] = _translations(cards)
                self._taught[language] = frozenset(module.id for module in modules if not missing(module, *cards))

    def say(self, words: Words, language: str) -> str:
        """The words in a language; where a translation is missing, in the author's.

        In a right-to-left language values stand isolated, and arrows are turned: translators leave them as they are.
        """
        if isinstance(words, Text):
            spoken = self.spoken(words, language)
            return self._cards[spoken].pgettext(words.context, words.source) if words.source else ""
        translations = self._bot.get(language) or self._bot[SOURCE]
        plural = words.plural
        text = translations.ngettext(words.source, plural, words.count) if plural else translations.gettext(words.source)
        if is_rtl(language):
            text = text.translate(_ARROWS)
        if not words.values:
            return text
        values = {name: self._value(value, language) for name, value in words.values}
        try:
            return text.format(**values)
        except (KeyError, IndexError, ValueError):
            log.error("a translation into %s has lost a placeholder: %s", language, words.source)
            return words.source.format(**values)

    def _value(self, value: Value, language: str) -> str:
        text = self.say(value, language) if isinstance(value, Msg | Text) else without_bidi(str(value))
        return f"{FSI}{text}{PDI}" if is_rtl(language) else text

    def line(self, words: Words, language: str) -> str:
        """A line of its own: in a right-to-left language it says so with its first character."""
        text = self.say(words, language)
        return RLM + text if is_rtl(self.spoken(words, language)) and text else text

    def spoken(self, words: Words, language: str) -> str:
        """The language these words will be in: a module is taught in one language as a whole, never half and half."""
        if isinstance(words, Msg):
            return language if language in self._bot else SOURCE
        known = self._cards.get(language)
        if known is None or language == SOURCE:
            return SOURCE
        if words.context in self._taught[SOURCE]:
            return language if words.context in self._taught[language] else SOURCE
        return language if known.pgettext(words.context, words.source) != words.source else SOURCE

    def taught_in(self, module: str, language: str) -> str:
        """The language a module comes in for somebody who reads `language`."""
        return language if module in self._taught.get(language, ()) else SOURCE

    def proposed(self, tag: str) -> str:
        """The language to greet somebody in, from their client's BCP 47 tag."""
        try:
            language = Locale.parse(tag, sep="-").language if tag else SOURCE
        except (ValueError, UnknownLocaleError):
            language = SOURCE
        return language if language in self.languages else self.languages[0]


def _catalogues(roots: Iterable[Path], language: str, domain: str) -> list[Catalog]:
    paths = (root / language / "LC_MESSAGES" / f"{domain}.po" for root in roots)
    return [catalogue(path) for path in paths if path.exists()]


def _translations(catalogues: Iterable[Catalog]) -> gettext.NullTranslations:
    """All of them as one: the first that has a text gives it."""
    first = gettext.NullTranslations()
    for po in catalogues:
        file = io.BytesIO()
        write_mo(file, po)
        file.seek(0)
        first.add_fallback(gettext.GNUTranslations(file))
    return first


def missing(module: Module, *catalogues: Catalog) -> tuple[Text, ...]:
    """The texts of a module that no catalogue has a finished translation of."""

    def translated(text: Text) -> bool:
        found = (po.get(text.source, text.context) for po in catalogues)
        return any(message and message.string and not message.fuzzy for message in found)

    return tuple(text for text in module.texts() if text.source and not translated(text))
