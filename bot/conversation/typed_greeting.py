"""In which language a first message greets: some messengers tell none. Pure.

Letters decide where a script has one language here; of Latin only a word of greeting does. English
words tell nothing: our own links begin with one, and everybody knows them.
"""

from collections import Counter

from bot.model.words import _
from cards.folding import folded, script

# Translators: words with which people greet, separated by |, the most usual first.
GREETINGS = _("hello|hi|hey|good morning|good afternoon|good evening|good day|greetings")

_LETTERS = {"ps": "ټډړږښګڼېۍځڅ", "ckb": "ڕڵۆێە", "ur": "ٹڈڑےں", "fa": "پچژگکی"}
"""Letters that Arabic does not have, those of one language alone first."""
_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "uk", "ETHIOPIC": "ti"}
_WORDS = {
    "de": "hallo guten grüß gruess servus moin tag ich",
    "es": "hola buenos buenas saludos quiero",
    "fr": "bonjour bonsoir salut coucou salutations je",
    "pt": "olá oi bom boa quero",
    "so": "salaan salaam haye asc iska subax galab habeen",
    "tr": "merhaba selam selamlar meraba günaydın iyi",
    "fa": "سلام درود",
}
_GREETS = {folded(word): language for language, words in _WORDS.items() for word in words.split()}
_FIRST = 3
"""Words in which a greeting stands."""


def spoken(text: str) -> str:
    """The code of the language; empty where nothing tells it."""
    scripts = Counter(script(char) for char in text if char.isalpha())
    written = next((name for name, _count in scripts.most_common(1)), "")
    said = (_GREETS.get(word, "") for word in folded(text).split()[:_FIRST])
    if written != "ARABIC":
        return _SCRIPTS.get(written) or next(filter(None, said), "")
    if "عليكم" in text:
        return "ar"
    special = (language for language, own in _LETTERS.items() if not {*own}.isdisjoint(text))
    return next(special, "") or next(filter(None, said), "") or _SCRIPTS[written]
