"""What translators save: no file stops the service, no entry breaks or forges a sentence, every slip has its line."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from bot.i18n import FSI, PDI, RLI, SHIPPED, Catalogues
from bot.messages import decks, update
from bot.screen import _, bar, verbatim
from cards.model import Programme
from catalogues.entry import faults, fill
from catalogues.french import french
from catalogues.po import read

FRENCH = (SHIPPED / "fr" / "LC_MESSAGES" / "bot.po").read_text(encoding="utf-8")
PLURALS = next(line for line in FRENCH.splitlines() if line.startswith('"Plural-Forms'))
MENU = 'msgid "☰ Menu"\nmsgstr "'
SLIPS = {
    "template": FRENCH.replace(PLURALS, '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"'),
    "division": FRENCH.replace(PLURALS, '"Plural-Forms: nplurals=2; plural=n/0;\\n"'),
    "conflict": FRENCH.replace(MENU, f'<<<<<<< HEAD\n{MENU}a"\n=======\n{MENU}b"\n>>>>>>> x\n\n{MENU}', 1),
    "mark at the end": FRENCH + "\n<<<<<<< HEAD\n",
    "charset": FRENCH.replace("charset=utf-8", "charset=klingon"),
    "truncated": FRENCH[: FRENCH.rindex('"') - 3],
    "twice": FRENCH + '\nmsgid "☰ Menu"\nmsgstr "x"\n',
    "too many forms": FRENCH
    + '\nmsgid "{count} a"\nmsgid_plural "{count} b"\nmsgstr[0] "{count}"\nmsgstr[1] "{count}"\nmsgstr[7] "x"\n',
    "one form": FRENCH + '\nmsgid "{count} a"\nmsgid_plural "{count} b"\nmsgstr[0] "{count}"\n',
    "empty": "",
    "no header": FRENCH[FRENCH.index('msgid "', FRENCH.index("Plural-Forms")) :],
    "no text": "\x00\x01",
    "a page": "<html></html>",
    "index": FRENCH + '\nmsgid "q"\nmsgstr[x] "x"\n',
    "only a continuation": '"x"\n',
}


def saved(root: Path, data: bytes, language: str = "fr") -> Path:
    path = root / language / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("slip", SLIPS)
def test_no_slip_in_a_file_stops_the_service(slip: str, tmp_path: Path, programme: Programme) -> None:
    saved(tmp_path, SLIPS[slip].encode())
    words = Catalogues(programme, tmp_path, SHIPPED, languages=["fr", "ar", "en"])
    assert {"en", "ar", "fr"} == set(words.languages), "the file that ships stands in, or what is whole is used"
    found = [f for f in words.findings if f.path == "fr/LC_MESSAGES/bot.po"]
    assert found and all(f.line >= 1 for f in found)


def test_a_file_in_another_charset_is_named_with_its_line(tmp_path: Path) -> None:
    path = saved(tmp_path, b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "\xe9"\n')
    po, slips = read(path, "fr")
    assert po is None and slips[0].line == 5 and "UTF-8" in slips[0].message


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    po, slips = read(saved(tmp_path, b"\xef\xbb\xbf" + FRENCH.encode()), "fr")
    assert po and not slips


@pytest.mark.parametrize(
    "text",
    [
        "{title!z}",
        "{title:d}",
        "{title:>200000000}",
        "{title.y}",
        "{title[0]}",
        "{}",
        "{0}",
        "{title",
        "title}",
        "{other}",
        "none",
        "{title} evil.example",
        "{title} https://a.b/c",
    ],
)
def test_only_plain_names_are_filled_in(text: str) -> None:
    assert list(faults(Message("Take {title}", text)))
    assert len(fill(text, {"title": "x"})) < 60


def test_a_lost_placeholder_renders_the_source(tmp_path: Path, programme: Programme) -> None:
    lost = FRENCH + '\nmsgid "Odd {name} here"\nmsgstr "Perdu {name:>99999999}"\n'
    saved(tmp_path, lost.encode())
    assert Catalogues(programme, tmp_path, SHIPPED).say(_("Odd {name} here").of(name="Ana"), "fr") == "Odd Ana here"


def test_a_language_is_offered_when_it_is_nearly_whole(tmp_path: Path, programme: Programme) -> None:
    saved(tmp_path, b'msgid ""\nmsgstr "Language: uk\\n"\n\nmsgid "Menu"\nmsgstr "x"\n', "uk")
    words = Catalogues(programme, tmp_path, SHIPPED)
    assert "uk" not in words.languages and any("is translated" in f.message for f in words.findings)


def test_cards_of_an_organisation_keep_the_interface(tmp_path: Path, programme: Programme) -> None:
    update("cards", decks(programme), ["fr"], tmp_path)
    assert set(Catalogues(programme, tmp_path, SHIPPED).languages) == {"en", "ar", "fr", "pt", "tr"}


@pytest.mark.parametrize(("language", "forms"), [("uk", 3), ("ar", 6), ("ja", 1), ("pt_BR", 2)])
def test_a_new_language_gets_its_plural_forms_and_nothing_moves_again(
    language: str, forms: int, tmp_path: Path, programme: Programme
) -> None:
    update("cards", decks(programme), [language], tmp_path)
    path = tmp_path / language / "LC_MESSAGES" / "cards.po"
    before = path.read_bytes(), (tmp_path / "cards.pot").read_bytes()
    assert f"nplurals={forms};".encode() in before[0] and f"Language: {language}".encode() in before[0]
    update("cards", decks(programme), [language], tmp_path)
    assert (path.read_bytes(), (tmp_path / "cards.pot").read_bytes()) == before


def test_what_is_no_longer_said_and_what_was_said_before_is_kept(tmp_path: Path, programme: Programme) -> None:
    template = decks(programme)
    update("cards", template, ["uk"], tmp_path)
    path = tmp_path / "uk" / "LC_MESSAGES" / "cards.po"
    path.write_text(path.read_text() + '\nmsgid "Quite another old text"\nmsgstr "старий"\n')
    for _time in range(2):
        update("cards", template, ["uk"], tmp_path)
        assert '#~ msgid "Quite another old text"' in path.read_text()


def test_composed_values_run_from_the_right(words: Catalogues) -> None:
    said = words.say(_("Right answer: {option}").of(option=_("{number}. {text}").of(number=2, text="Amina")), "ar")
    assert f"{RLI}{FSI}2{PDI}. {FSI}Amina{PDI}{PDI}" in said
    assert words.say(_("{text} {bar}").of(text="x", bar=bar(2, 6)), "ar").endswith(f"{RLI}{FSI}▰▱▱▱▱{PDI} {FSI}2/6{PDI}{PDI}")
    assert words.say(_("{x}").of(x=verbatim("Amina")), "ar") == f"{FSI}{FSI}Amina{PDI}{PDI}", "a name runs as its letters do"


def test_french_spaces_hold(words: Catalogues) -> None:
    assert french("Oui ; non ? « Ah ! » : 5 minutes") == "Oui\u202f; non\u202f? «\u00a0Ah\u202f!\u00a0»\u00a0: 5\u00a0minutes"
    assert french(french("Quoi ?")) == french("Quoi ?")
    for message in read(SHIPPED / "fr" / "LC_MESSAGES" / "bot.po", "fr")[0] or ():
        for text in [message.string] if isinstance(message.string, str) else message.string:
            assert not any(sign in french(text) for sign in (" ;", " !", " ?", " »", "« ")), text
