"""The signs of a language: its spaces, its dates."""

import re

from bot.i18n.catalogues import SHIPPED, Catalogues
from bot.model.words import Msg, verbatim
from catalogues.french import french
from catalogues.po import read


def test_french_spaces_hold(words: Catalogues) -> None:
    assert (
        french("Oui ; non ? « Ah ! » : 5 minutes")
        == "Oui\u202f; non\u202f? «\u00a0Ah\u202f!\u00a0»\u00a0: 5\u00a0minutes"
    )
    assert french(french("Quoi ?")) == french("Quoi ?")
    named = Msg("**{term}**: {meaning}").of(term=verbatim("14:30"), meaning=verbatim("a: b?"))
    assert words.say(named, "fr") == "**14:30**\u00a0: a: b?", "what others wrote stays"
    assert words.say(Msg("{who}? {what}:").of(who="A", what="B"), "fr") == "A\u202f? B\u00a0:"
    assert words.say(named, "tr") == "**14:30**: a: b?"
    for message in read(SHIPPED / "fr" / "LC_MESSAGES" / "bot.po", "fr")[0] or ():
        strings = message.string if message.id else ""
        for text in [strings] if isinstance(strings, str) else strings:
            assert not any(sign in french(text) for sign in (" ;", " !", " ?", " »", "« ")), text
            assert not re.search(r"(?<=[\w})])[:;!?»](?:\s|$)", french(text)), text
