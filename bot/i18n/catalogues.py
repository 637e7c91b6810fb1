"""Words into a language: gettext, plurals, isolates for right-to-left scripts, the language a
module is taught in.

Adding a language is adding a file: PO files are read as they are, and nothing has to be compiled
by hand (`bot.i18n.language`).
"""

import gettext
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog

from bot.i18n.language import language_of
from bot.model.days import AT
from bot.model.words import InLanguage, Msg, Value, Words
from cards.finding import Finding
from cards.model import Module, Programme
from cards.programme_file import CONTEXT
from cards.text import ENGLISH, Text
from catalogues.dates import day_in, with_time
from catalogues.entry import faults, fill
from catalogues.french import french
from catalogues.po import done, read

SHIPPED = Path(__file__).parents[2] / "locales"
SOURCE = ENGLISH
"""The language of the interface's own texts, and of all that is taught and says no other."""
FRENCH = "fr"
FSI, RLI, PDI, RLM = "\u2068", "\u2067", "\u2069", "\u200f"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters after which a number would change its place with them."""
_ARROWS = str.maketrans("→←▶◀", "←→◀▶")
_BIDI = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


@lru_cache
def is_rtl(language: str) -> bool:
    return Locale.parse(language, sep="-").text_direction == "rtl"


@lru_cache
def name_of(language: str, reader: str = "") -> str:
    """The language in its own words: English, Français, العربية; or in a reader's, as it stands in
    a sentence: anglais. The code itself where nobody knows its name."""
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return language
    if reader:
        return locale.get_display_name(Locale.parse(reader, sep="-")) or language
    name = locale.get_display_name() or language
    return name[:1].upper() + name[1:]


def without_bidi(text: str) -> str:
    """What a person typed brings no direction of its own along."""
    return text if text.isascii() else text.translate(_BIDI)


def numbered(number: int, line: str) -> str:
    """`2. text`; the mark that makes a line run from the right stays in front."""
    mark, text = (RLM, line[1:]) if line.startswith(RLM) else ("", line)
    return f"{mark}{number}. {text}"


def catalogue(path: Path, language: str) -> Catalog:
    """One PO file as far as it can be read, or an empty catalogue."""
    return read(path, language)[0] or Catalog(fuzzy=False)


OFFERED = 0.95
"""The share of the interface's texts from which on a language is offered."""


def catalogues_of(decks: Path) -> tuple[Path, ...]:
    """Where the words of a folder of decks come from: its own `locales`, and for all that is not
    there those that ship."""
    own = decks / "locales"
    return (own, SHIPPED) if own.is_dir() and own != SHIPPED else (SHIPPED,)


def languages_of(root: Path) -> tuple[str, ...]:
    """Those that have a file of the interface in this folder, and that of the authors."""
    found = {path.parent.parent.name for path in root.glob("*/LC_MESSAGES/bot.po")}
    return (SOURCE, *sorted(found - {SOURCE}))


class Catalogues:
    """All languages of an installation. `say` is all that channels and flows need.

    No file stops anything: `findings` says what is to mend, and what is whole is used. Raises
    `ValueError` for a language that has no file.
    """

    def __init__(self, programme: Programme, *roots: Path, languages: Iterable[str] = ()) -> None:
        """`roots` are folders of catalogues, those that ship where none is named. A text is taken
        from the first that has it."""
        self._roots = roots or (SHIPPED,)
        self.findings: list[Finding] = []
        found = sorted(
            {
                p.parent.parent.name
                for base in self._roots
                for p in base.glob("*/LC_MESSAGES/bot.po")
            }
            - {SOURCE}
        )
        wanted = list(dict.fromkeys(languages)) or [SOURCE, *found]
        if unknown := [language for language in wanted if language not in (SOURCE, *found)]:
            raise ValueError(
                f"no translation for {', '.join(unknown)}; there are {', '.join([SOURCE, *found])}"
            )
        self._bot: dict[str, gettext.NullTranslations] = {SOURCE: gettext.NullTranslations()}
        self._lessons: dict[str, dict[str, dict[str, str]]] = {}
        """Language -> context -> source -> translation, of what is taught."""
        self._unsaid: dict[str, int] = {}
        """Language -> how many texts of the interface it does not have."""
        modules = programme.every
        self._modules = frozenset(module.id for module in modules)
        self._written_in = {CONTEXT: programme.written_in, **{m.id: m.written_in for m in modules}}
        """Context -> the language of its author's words; English where it is not there."""
        self._taught: dict[str, frozenset[str]] = {}
        """Language -> the modules that are whole in it."""
        for language in wanted:
            if language != SOURCE or {*self._written_in.values()} - {SOURCE}:
                self._load(language, modules)
        self.languages: tuple[str, ...] = tuple(
            language for language in wanted if language in self._bot
        ) or (SOURCE,)

    def _load(self, language: str, modules: Iterable[Module]) -> None:
        read = language_of(self._roots, language, SHIPPED / "bot.pot")
        self.findings += read.findings
        if read.share < OFFERED and language != SOURCE:
            path = f"{language}/LC_MESSAGES/bot.po"
            said = (
                f"{read.share:.0%} of the interface is translated; "
                f"learners are offered it from {OFFERED:.0%} on"
            )
            self.findings.append(Finding(path, 1, said))
            return
        if language != SOURCE:
            self._bot[language] = _translations(read.interface)
            self._unsaid[language] = read.wanted - read.said
        of = self._written_in
        lessons = {id: said for id, said in read.lessons.items() if of.get(id, SOURCE) != language}
        self._lessons[language] = lessons
        self._taught[language] = frozenset(
            module.id
            for module in modules
            if all(t.source in lessons.get(t.context, ()) for t in module.texts() if t.source)
        )

    def follow(self, newer: "Catalogues") -> None:
        """Says from now on what the newer ones say, to all who hold these."""
        self.__dict__.update(newer.__dict__)

    def say(self, words: Words, language: str) -> str:
        """The words in a language; where a translation is missing, in the author's.

        In a right-to-left language values stand isolated, and arrows are turned: translators leave
        them as they are.
        """
        return self._said(words, language)[0]

    def _said(self, words: Words, language: str) -> tuple[str, str]:
        """With the language that they are in (`spoken`)."""
        if isinstance(words, Msg):
            spoken = language if language in self._bot else SOURCE
            return self._message(words, spoken), spoken
        if isinstance(words, InLanguage):
            return self._said(words.words, words.language)
        spoken = self.spoken(words, language)
        text = self._lesson(words, spoken)
        return french(text) if spoken == FRENCH else text, spoken

    def _message(self, words: Msg, language: str) -> str:
        translations, plural = self._bot[language], words.plural
        text = (
            translations.ngettext(words.source, plural, words.count)
            if plural
            else translations.gettext(words.source)
        )
        if words.source == AT.source:
            text = with_time("{day}", "{time}", language)
        if is_rtl(language):
            text = text.translate(_ARROWS)
        elif language == FRENCH:
            text = french(text)
        if not words.values:
            return text
        values = {name: self._value(value, language) for name, value in words.values}
        if is_verbatim(words) and not is_rtl(language):  # there is nothing beside it
            return fill(text, values).removeprefix(FSI).removesuffix(PDI)
        if "}." in text:  # one full stop, also where a value brings its own: `until 2027 р.`
            for name, value in values.items():
                if value.rstrip(PDI).endswith("."):
                    text = text.replace(f"{{{name}}}.", f"{{{name}}}")
        return fill(text, values)

    def _value(self, value: Value, language: str) -> str:
        """What is inserted. From right to left it is isolated: our own parts run as the language
        does, what comes from outside and what is in a language of its own by its first letter. From
        left to right that is done for what would take its neighbours along."""
        if isinstance(value, date):
            value = Msg(day_in(value, language))
        if isinstance(value, str | int):
            text, runs_left = without_bidi(str(value)), False
        else:
            text, spoken = self._said(value, language)
            runs_left = is_rtl(spoken)
        if not is_rtl(language):
            apart = runs_left or (PDI not in text and _FROM_THE_RIGHT.search(text))
            return f"{FSI}{text}{PDI}" if apart else text
        if isinstance(value, InLanguage):
            return f"{FSI}{text}{PDI}"
        composed = runs_left and not is_verbatim(value)
        ours = composed or not any(char.isalnum() for char in text)  # a bar fills from the right
        return f"{RLI if ours else FSI}{text}{PDI}"

    def line(self, words: Words, language: str) -> str:
        """A line of its own: in a right-to-left language it says so with its first character."""
        text, spoken = self._said(words, language)
        return RLM + text if text and is_rtl(spoken) else text

    def spoken(self, words: Words, language: str) -> str:
        """The language these words will be in: a module is taught in one language as a whole, never
        half and half."""
        if isinstance(words, InLanguage):
            return self.spoken(words.words, words.language)
        if isinstance(words, Msg):
            return language if language in self._bot else SOURCE
        if words.context in self._modules:
            return self.taught_in(words.context, language)
        if self._lesson(words, language) != words.source:
            return language
        return self._written_in.get(words.context, SOURCE)

    def _lesson(self, text: Text, language: str) -> str:
        said = self._lessons.get(language, {}).get(text.context, {})
        return said.get(text.source, text.source)

    def said(self, texts: Iterable[Text], language: str) -> dict[str, str]:
        """Context -> words, of those texts that the language has."""
        return {t.context: self._lesson(t, language) for t in texts if self._has(t, language)}

    def _has(self, text: Text, language: str) -> bool:
        """Whether it was written in the language, or translated into it."""
        if language == self._written_in.get(text.context, SOURCE):
            return True
        return text.source in self._lessons.get(language, {}).get(text.context, ())

    def untranslated(self, texts: Sequence[Text], language: str) -> tuple[int, int]:
        """How many texts of the interface, and how many of these, the language does not have."""
        left = sum(not self._has(text, language) for text in {*texts} if text.source)
        return self._unsaid.get(language, 0), left

    def complete(self, texts: Sequence[Text]) -> tuple[str, ...]:
        """The languages that have all of these texts; none where there are no texts."""
        known = ((language, self.said(texts, language)) for language in self.languages)
        return tuple(language for language, said in known if texts and len(said) == len(texts))

    def taught_in(self, module: str, language: str) -> str:
        """The language a module comes in for somebody who reads `language`: where it is not
        whole in it, its author's."""
        if module in self._taught.get(language, ()):
            return language
        return self._written_in.get(module, SOURCE)

    def proposed(self, tag: str) -> str:
        """The language to greet somebody in, from their client's BCP 47 tag."""
        try:
            language = Locale.parse(tag, sep="-").language if tag else SOURCE
        except (ValueError, UnknownLocaleError):
            language = SOURCE
        return language if language in self.languages else self.languages[0]


def _translations(files: Iterable[bytes]) -> gettext.NullTranslations:
    """MO files as one: the first that has a text gives it."""
    first = gettext.NullTranslations()
    for file in files:
        first.add_fallback(gettext.GNUTranslations(io.BytesIO(file)))
    return first


def is_verbatim(words: Value) -> bool:
    """One value and nothing around it: a name, a number."""
    return (
        isinstance(words, Msg)
        and words.source == "{text}"
        and not isinstance(dict(words.values)["text"], Msg | Text)
    )


def missing(module: Module, *catalogues: Catalog) -> tuple[Text, ...]:
    """The texts of a module that no catalogue has a finished translation of."""

    def translated(text: Text) -> bool:
        found = (po.get(text.source, text.context) for po in catalogues)
        return any(message and done(message) and not list(faults(message)) for message in found)

    return tuple(text for text in module.texts() if text.source and not translated(text))
