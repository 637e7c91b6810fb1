"""What translators save: no file stops the service, no entry breaks or forges a sentence, every
slip has its line.
"""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.commands.lint import check
from bot.conversation.screen import bar
from bot.i18n.catalogues import FSI, PDI, RLI, SHIPPED, Catalogues
from bot.i18n.extract import PAGES, bring_up_to_date, decks, interface, papers, update_decks
from bot.i18n.language import language_of
from bot.model.words import _, verbatim
from cards.model import Programme
from cards.text import Text
from catalogues.addressed import for_a_man
from catalogues.entry import faults, fill
from catalogues.header import NOT_YET, REVIEWED, readers
from catalogues.limits import BUTTON, COMMAND, OPTION, TOAST, length, limit_in
from catalogues.po import read
from catalogues.quotes import foreign_quotes
from catalogues.standing import WHOLE, modules, table
from tests.support.world import SMALL

FRENCH = (SHIPPED / "fr" / "LC_MESSAGES" / "bot.po").read_text(encoding="utf-8")
PLURALS = next(line for line in FRENCH.splitlines() if line.startswith('"Plural-Forms'))
MENU = 'msgid "☰ Menu"\nmsgstr "'
SLIPS = {
    "template": FRENCH.replace(PLURALS, '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"'),
    "division": FRENCH.replace(PLURALS, '"Plural-Forms: nplurals=2; plural=n/0;\\n"'),
    "conflict": FRENCH.replace(
        MENU, f'<<<<<<< HEAD\n{MENU}a"\n=======\n{MENU}b"\n>>>>>>> x\n\n{MENU}', 1
    ),
    "mark at the end": FRENCH + "\n<<<<<<< HEAD\n",
    "charset": FRENCH.replace("charset=utf-8", "charset=klingon"),
    "truncated": FRENCH[: FRENCH.rindex('"') - 3],
    "twice": FRENCH + '\nmsgid "☰ Menu"\nmsgstr "x"\n',
    "too many forms": FRENCH
    + '\nmsgid "{count} a"\nmsgid_plural "{count} b"\nmsgstr[0] "{count}"\nmsgstr[1] '
    '"{count}"\nmsgstr[7] "x"\n',
    "one form": FRENCH + '\nmsgid "{count} a"\nmsgid_plural "{count} b"\nmsgstr[0] "{count}"\n',
    "empty": "",
    "no header": FRENCH[FRENCH.index('msgid "', FRENCH.index("Plural-Forms")) :],
    "no text": "\x00\x01",
    "a page": "<html></html>",
    "index": FRENCH + '\nmsgid "q"\nmsgstr[x] "x"\n',
    "only a continuation": '"x"\n',
}


@pytest.fixture(scope="module")
def interfaces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of French and Arabic what ships but for the lessons, which take most of the reading."""
    root = tmp_path_factory.mktemp("interfaces")
    for language in ("fr", "ar"):
        shutil.copy(SHIPPED / language / "LC_MESSAGES" / "bot.po", folder_in(root, language))
    return root


@pytest.fixture(scope="module")
def template() -> Catalog:
    return interface()


def folder_in(root: Path, language: str) -> Path:
    folder = root / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return folder


def saved(root: Path, data: bytes, language: str = "fr") -> Path:
    path = folder_in(root, language) / "bot.po"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("slip", SLIPS)
def test_no_slip_in_a_file_stops_the_service(
    slip: str, tmp_path: Path, programme: Programme, interfaces: Path
) -> None:
    saved(tmp_path, SLIPS[slip].encode())
    words = Catalogues(programme, tmp_path, interfaces, languages=["fr", "ar", "en"])
    assert {"en", "ar", "fr"} == set(words.languages), (
        "the file that ships stands in, or what is whole is used"
    )
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


def test_a_lost_placeholder_renders_the_source(
    tmp_path: Path, programme: Programme, interfaces: Path
) -> None:
    lost = FRENCH + '\nmsgid "Odd {name} here"\nmsgstr "Perdu {name:>99999999}"\n'
    saved(tmp_path, lost.encode())
    words = Catalogues(programme, tmp_path, interfaces)
    assert words.say(_("Odd {name} here").of(name="Ana"), "fr") == "Odd Ana here"


@pytest.mark.row("06")
def test_a_language_is_offered_when_it_is_nearly_whole(
    tmp_path: Path, programme: Programme, interfaces: Path
) -> None:
    saved(tmp_path, b'msgid ""\nmsgstr "Language: nl\\n"\n\nmsgid "Menu"\nmsgstr "x"\n', "nl")
    words = Catalogues(programme, tmp_path, interfaces)
    assert "fr" in words.languages
    assert "nl" not in words.languages and any("is translated" in f.message for f in words.findings)


def test_cards_of_an_organisation_keep_the_interface(
    tmp_path: Path, programme: Programme, interfaces: Path
) -> None:
    update_decks(programme, ["fr"], tmp_path)
    assert Catalogues(programme, tmp_path, interfaces).languages == ("en", "ar", "fr")


@pytest.mark.parametrize(("language", "forms"), [("uk", 3), ("ar", 6), ("ja", 1), ("pt_BR", 2)])
def test_a_new_language_gets_its_plural_forms_and_nothing_moves_again(
    language: str, forms: int, tmp_path: Path, programme: Programme
) -> None:
    update_decks(programme, [language], tmp_path)
    path = tmp_path / language / "LC_MESSAGES" / "cards" / "computer.po"
    before = path.read_bytes(), (tmp_path / "cards" / "computer.pot").read_bytes()
    assert (
        f"nplurals={forms};".encode() in before[0] and f"Language: {language}".encode() in before[0]
    )
    update_decks(programme, [language], tmp_path)
    assert (path.read_bytes(), (tmp_path / "cards" / "computer.pot").read_bytes()) == before


def test_one_catalogue_for_all_modules_is_read_and_divided(
    tmp_path: Path, programme: Programme
) -> None:
    folder = folder_in(tmp_path, "uk")
    shutil.copy(SHIPPED / "fr" / "LC_MESSAGES" / "bot.po", folder)
    title = programme.modules["computer"].title
    (folder / "cards.po").write_text(
        'msgid ""\nmsgstr ""\n"X-Reviewed-By: Taras, 2026-12-01\\n"\n\n'
        f'msgctxt "computer"\nmsgid "{title.source}"\nmsgstr "Комп’ютер"\n'
    )

    def said() -> str | None:
        read = language_of([tmp_path], "uk", SHIPPED / "bot.pot")
        return read.lessons["computer"].get(title.source)

    assert said() == "Комп’ютер"
    update_decks(programme, ["uk"], tmp_path)
    assert not (folder / "cards.po").exists() and said() == "Комп’ютер"
    po, _slips = read(folder / "cards" / "computer.po", "uk")
    assert po and readers(po) == ("Taras, 2026-12-01",)


def test_what_is_no_longer_said_and_what_was_said_before_is_kept(
    tmp_path: Path, programme: Programme
) -> None:
    update_decks(programme, ["uk"], tmp_path)
    path = tmp_path / "uk" / "LC_MESSAGES" / "cards" / "computer.po"
    path.write_text(path.read_text() + '\nmsgid "Quite another old text"\nmsgstr "старий"\n')
    for _time in range(2):
        update_decks(programme, ["uk"], tmp_path)
        assert '#~ msgid "Quite another old text"' in path.read_text()


def test_composed_values_run_from_the_right(words: Catalogues) -> None:
    said = words.say(
        _("Right answer: {option}").of(option=_("{number}. {text}").of(number=2, text="Amina")),
        "ar",
    )
    assert f"{RLI}{FSI}2{PDI}. {FSI}Amina{PDI}{PDI}" in said
    assert words.say(_("{text} {bar}").of(text="x", bar=bar(2, 6)), "ar").endswith(
        f"{RLI}{RLI}▰▱▱▱▱{PDI} {FSI}2/6{PDI}{PDI}"
    )
    assert words.say(_("{x}").of(x=verbatim("Amina")), "ar") == f"{FSI}{FSI}Amina{PDI}{PDI}", (
        "a name runs as its letters do"
    )


def test_who_read_a_catalogue_stays_when_it_is_brought_up_to_date(
    tmp_path: Path, programme: Programme
) -> None:
    update_decks(programme, ["uk"], tmp_path)
    path = tmp_path / "uk" / "LC_MESSAGES" / "cards" / "computer.po"
    assert f'"{REVIEWED}: {NOT_YET}\\n"' in path.read_text()
    two = (
        f'"{REVIEWED}: Олена Шевчук, 2026-11-30\\n"\n"{REVIEWED}: Taras, '
        f'2026-12-01\\n"\n"X-Generator: Poedit 3.4\\n"'
    )
    path.write_text(path.read_text().replace(f'"{REVIEWED}: {NOT_YET}\\n"', two))
    for _time in range(2):
        update_decks(programme, ["uk"], tmp_path)
        po, slips = read(path, "uk")
        assert po and not slips and readers(po) == ("Олена Шевчук, 2026-11-30", "Taras, 2026-12-01")
        assert "X-Generator: Poedit 3.4" in path.read_text() and NOT_YET not in path.read_text()
    files = len(decks(programme))
    read_by = "Олена Шевчук, 2026-11-30 (computer); Taras, 2026-12-01 (computer)"
    assert f"| decks: `cards/*.po` | 0 of {files} files | {read_by} |" in table(tmp_path)


def test_every_catalogue_says_whether_a_native_speaker_read_it() -> None:
    for path in SHIPPED.glob("*/LC_MESSAGES/**/*.po"):
        assert f'"{REVIEWED}: ' in path.read_text(encoding="utf-8"), (
            f"{path}: run `pasito messages`"
        )


def test_the_pages_for_translators_tell_how_far_each_language_is() -> None:
    said = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert table(SHIPPED) in said and modules(SHIPPED) in said, "run `pasito messages`"


def test_a_table_tells_which_module_is_whole_in_which_language(
    tmp_path: Path, programme: Programme
) -> None:
    update_decks(programme, ["uk", "de"], tmp_path)
    for language, part in (("uk", 1.0), ("de", 0.5)):
        path = tmp_path / language / "LC_MESSAGES" / "cards" / "computer.po"
        po, _slips = read(path, language)
        assert po
        texts = [message for message in po if message.id]
        for message in texts[: int(len(texts) * part)]:
            message.string = f"{language} {message.id}"
        with path.open("wb") as file:
            write_po(file, po)
    rows = modules(tmp_path).splitlines()
    assert rows[0] == "| file | de | uk |"
    (computer,) = (row for row in rows if row.startswith("| computer |"))
    assert re.fullmatch(rf"\| computer \| (49|50) % \| {WHOLE} \|", computer)
    assert all(row.endswith("|  |  |") for row in rows[2:] if row is not computer)


def test_what_is_missing_in_a_language_is_counted(programme: Programme) -> None:
    words = Catalogues(programme, SHIPPED, languages=["en", "fr"])
    texts = list({text for module in programme.modules.values() for text in module.texts()})
    assert words.untranslated(texts, "en") == (0, 0)
    told = words.said(texts[:1], "fr")
    assert words.untranslated(texts[:1], "fr") == (0, 1 - len(told))
    assert words.untranslated([Text("Nobody said this.", "computer")], "fr") == (0, 1)


def test_limits_stand_beside_the_texts(programme: Programme, template: Catalog) -> None:
    for source, limit in (
        ("☰ Menu", BUTTON),
        ("Delete everything", COMMAND),
        ("This is where you are now.", TOAST),
        ("📱 Use another phone or messenger too", OPTION),
        ("⚙ Settings", BUTTON),
    ):
        message = template.get(source)
        assert message and limit_in(message.auto_comments) == limit, source
    texts = decks(programme)["computer"]
    module = programme.modules["computer"]
    for text, limit in (
        (module.short, 24),
        (module.decks[0].title, 40),
        (module.decks[0].questions[0].options[0].text, 60),
    ):
        message = texts.get(text.source, text.context)
        assert message and limit_in(message.auto_comments) == limit, text
    assert length("Name: {value}") == 6, "what is filled in does not count"


def test_a_translation_that_is_too_long_is_named_with_its_line(tmp_path: Path) -> None:
    root = tmp_path / "decks"
    shutil.copytree(SMALL, root)
    bring_up_to_date(root, ["pt"])
    path = root / "locales" / "pt" / "LC_MESSAGES" / "cards" / "computer.po"
    text = re.sub(
        r'msgid ("(?!").*")\nmsgstr ""', r"msgid \1\nmsgstr \1", path.read_text(encoding="utf-8")
    )
    at = text.index('msgid "The screen"')
    path.write_text(
        text[:at] + text[at:].replace('msgstr "The screen"', f'msgstr "{"x" * 61}"', 1),
        encoding="utf-8",
    )
    line = text.count("\n", 0, text.rindex("\n\n", 0, at)) + 1
    found = [f for f in check(root) if "61 characters, 60 are allowed" in f.message]
    assert (
        len(found) == 1 and found[0].fails and found[0].path == "pt/LC_MESSAGES/cards/computer.po"
    )
    assert line < found[0].line <= line + 8


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("fr", "Quitter « {title} » ?", ""),
        ("fr", "Quitter «{title}» ?", "«»"),
        ("es", "¿Dejar “{title}”?", "“”"),
        ("es", "Dice: «Lea “Empezar” primero»", ""),
        ("de", "„{title}“ verlassen?", ""),
        ("de", "„{title}” verlassen?", "„”"),
        ("ar", 'مغادرة "{title}"؟', '"'),
        ("ti", "«{title}”", "«”"),
        ("tr", "“{title}” grubundan ayrılınsın mı?", ""),
        ("pt_BR", "Sair de “{title}”?", ""),
    ],
)
def test_a_language_quotes_with_its_own_marks(language: str, text: str, wrong: str) -> None:
    assert foreign_quotes(text, language) == wrong


@pytest.mark.parametrize(
    ("language", "text", "form"),
    [
        ("ar", "انتقلت منذ شهر. أنت متعب جدًا هذا المساء.", "أنت متعب"),
        ("ar", "وكن **حذرًا** على السلّم.", "وكن حذرًا"),
        ("ar", "تشعر بتعب شديد. أنت وحدك الآن.", ""),
        ("ar", "أنت مستعدة للمقابلة.", ""),
        ("ar", "يقول المدير: «أنت متأخر.»", ""),
        ("fa", "أنت متعب", ""),
    ],
)
def test_a_reader_is_not_taken_for_a_man(language: str, text: str, form: str) -> None:
    assert for_a_man(text, language) == form


def test_shipped_templates_say_what_the_program_says(template: Catalog) -> None:
    for said, domain in ((template, "bot"), (papers(), "certificates")):
        kept, slips = read(SHIPPED / f"{domain}.pot", "en")
        assert kept and not any(slip.breaks for slip in slips)
        both = [
            {(m.id, m.context, limit_in(m.auto_comments)) for m in po if m.id}
            for po in (said, kept)
        ]
        assert both[0] == both[1], "run `pasito messages`"


def test_messages_is_a_command_that_names_a_broken_file(tmp_path: Path) -> None:
    root = tmp_path / "decks"
    shutil.copytree(SMALL, root)

    def run(*options: str) -> Result:
        return CliRunner().invoke(cli, ["messages", str(root), *options])

    assert run("--language", "uk").exit_code == 0
    path = root / "locales" / "uk" / "LC_MESSAGES" / "cards" / "computer.po"
    assert "nplurals=3" in path.read_text()
    assert (
        "is no language" in run("--language", "klingon").output
        and not (root / "locales" / "klingon").exists()
    )
    broken = path.read_text() + '\nmsgid "half\n'
    path.write_text(broken)
    told = run()
    assert told.exit_code == 1 and "is left as it is" in told.output and path.read_text() == broken
