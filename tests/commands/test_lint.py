"""The deck linter: the shipped decks pass, each hard limit is caught with file and line,
translations are held too.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.assembly import programme_of
from bot.commands.lint import check
from bot.i18n.catalogues import SHIPPED as LOCALES
from bot.i18n.catalogues import Catalogues, catalogue, missing
from bot.i18n.extract import NEEDED, decks, interface
from bot.i18n.language import LESSONS, lessons_in
from bot.model.words import _
from bot.settings import SettingError, Settings
from cards.finding import DeckError, Finding
from cards.kinds import KINDS
from cards.lint import check_module, sentences
from cards.model import Programme
from cards.module_file import read_module
from cards.reader import SHIPPED, read_programme
from tests.support.command import pasito
from tests.support.decks import CARD, DECK, HEAD
from tests.support.world import ROOT


def _module(folder: Path, text: str) -> list[str]:
    path = folder / "module.md"
    path.write_text(text, encoding="utf-8")
    return [str(finding) for finding in check_module(read_module(path)) if finding.fails]


def test_a_good_module_has_no_findings(tmp_path: Path) -> None:
    assert _module(tmp_path, HEAD + DECK) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("Some words.", "word " * 51 + ".", 14, "51 words, 50 are allowed"),
        ("Some words.", "Longestwordofall " * 20, 14, "characters, 300 are allowed"),
        ("Some words.", "word " * 16 + ".", 14, "16 words in one sentence"),
        ("## A card", "## " + "x" * 41, 14, "41 characters, 40 are allowed"),
        ("- [ ] one", "- [ ] " + "x" * 61, 17, "61 characters, 60 are allowed"),
        ("- [ ] one", "- [ ] two", 17, "two options are the same"),
        ("## Memo {.memo}", "## Memo", 11, "exactly one card {.memo}"),
        ("short: Short", "short: " + "x" * 25, 3, "24 are allowed"),
        ("e: E.}", "}", 9, "at least 5 words, this one has 4"),
        (
            CARD,
            CARD
            + CARD.replace("A card", "B")
            + CARD.replace("A card", "C")
            + CARD.replace("A card", "D"),
            23,
            "two or three cards",
        ),
        (CARD, "", 11, "a deck begins with a card"),
    ],
)
def test_a_hard_limit_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    text = (HEAD + DECK).replace(old, new, 1)
    findings = _module(tmp_path, text)
    assert any(
        message in finding and finding.startswith(f"module.md:{line}:") for finding in findings
    ), findings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no head", "the head is missing"),
        ("---\ntitle: [\n---\n# D\n", "this is not YAML"),
        (HEAD + "text\n" + DECK, "text before the first"),
        (HEAD + DECK.replace("- [x] two", "- [ ] two"), "no option is right"),
        (HEAD + DECK.replace("> Because.", ""), "the reason is missing"),
        (HEAD + DECK.replace("Question 1", "Question 0"), "two headings have the id"),
        (
            HEAD + DECK.replace("- [ ] one\n- [x] two\n- [ ] three", "- one\n- two", 1),
            "write options as",
        ),
        (HEAD + DECK.replace("## A card", "## A card {.memmo}"), "`.memmo` is not known"),
        (HEAD + DECK.replace("## A card", "#### A card"), "use # for a deck"),
        (HEAD.replace("level: beginner", "level: expert") + DECK, "`level:` must be one of"),
        (HEAD.replace("title: A title\n", "") + DECK, "`title:` is missing"),
        (HEAD + DECK.replace("Some words.", "> a quote"), "only paragraphs and lists"),
    ],
)
def test_what_cannot_be_read_is_named_with_file_and_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "module.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeckError, match=r"module\.md:\d+: ") as error:
        read_module(path)
    assert message in str(error.value)


def test_a_broken_module_is_left_out_and_lint_fails(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "programme.yaml").write_text(
        "id: p\ntitle: P\ncategories: [{id: c, title: C, modules: [good, bad, gone]}]\n"
    )
    (tmp_path / "help.md").write_text(HEAD + "# Help\n## One\nWords.\n")
    (tmp_path / "c" / "good.md").write_text(HEAD + DECK)
    (tmp_path / "c" / "bad.md").write_text(HEAD + "## No deck\n")
    reading = read_programme(tmp_path)
    found = "\n".join(map(str, reading.findings))
    assert list(reading.programme.modules) == ["good"] and reading.programme.left_out == (
        "bad",
        "gone",
    )
    assert "c/bad.md:11: " in found and "programme.yaml:3: the module `gone` has no file" in found
    assert not reading.programme.categories[0].whole, (
        "it cannot be completed while a module is missing"
    )
    assert sum(finding.fails for finding in check(tmp_path)) >= 2


def test_the_service_starts_with_what_is_whole_and_says_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "programme.yaml").write_text(
        "id: p\ntitle: P\ncategories: [{id: c, title: C, modules: [good, bad]}]\n"
    )
    (tmp_path / "c" / "good.md").write_text(HEAD + DECK)
    (tmp_path / "c" / "bad.md").write_text(HEAD.replace("hours: 0", "hours: two") + DECK)
    told: list[Finding] = []
    programme, _words = programme_of(Settings(cards_dir=tmp_path), told.append)
    assert list(programme.modules) == ["good"] and programme.left_out == ("bad",)
    assert [str(finding) for finding in told] == [
        "c/bad.md:5: `hours:` must be a whole number, not `two`"
    ]
    (tmp_path / "programme.yaml").write_text("categories: [")
    with pytest.raises(
        SettingError, match=r"cannot be used: programme\.yaml:1: this is not YAML: [^\n]+$"
    ):
        programme_of(Settings(cards_dir=tmp_path))


def test_every_kind_of_question_ships(shipped: Programme) -> None:
    kinds = {
        q.kind
        for module in shipped.modules.values()
        for deck in module.decks
        for q in deck.questions
    }
    assert kinds == set(KINDS)


def test_catalogues_are_complete_and_up_to_date(shipped: Programme) -> None:
    wanted = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in interface()
        if message.id
    }
    for language in NEEDED:
        po = catalogue(LOCALES / language / "LC_MESSAGES" / "bot.po", language)
        for source in wanted:
            message = po.get(source)
            assert message and all(
                message.string if isinstance(message.string, tuple) else [message.string]
            ), (language, source)
    modules = {module.id: module for module in (*shipped.modules.values(), shipped.help)}
    for language in NEEDED:
        found = {path.stem: path for path in lessons_in(LOCALES, language)}
        first = next(c for c in shipped.categories if c.id == "digital-skills").modules
        assert {*first, "help", "programme"} <= set(found) <= set(decks(shipped))
        for id in set(found) & set(modules):
            po = catalogue(found[id], language)
            assert missing(modules[id], po) == (), (language, id)


def test_an_incomplete_module_comes_in_one_language_as_a_whole(
    tmp_path: Path, programme: Programme
) -> None:
    folder = tmp_path / "fr" / "LC_MESSAGES"
    (folder / LESSONS).mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "bot.po").write_text(header)
    title = programme.modules["phone"].title
    (folder / LESSONS / "phone.po").write_text(
        header + f'msgctxt "phone"\nmsgid "{title.source}"\nmsgstr "Le téléphone"\n'
    )
    words = Catalogues(programme, tmp_path)
    assert words.taught_in("phone", "fr") == "en" and words.say(title, "fr") == title.source


def _blocks(kind: str) -> list[str]:
    guide = (ROOT / "docs" / "writing-a-deck.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)


def test_every_example_of_the_guide_is_right(tmp_path: Path) -> None:
    head, deck, warm_up, card, *questions = _blocks("markdown")
    word, questions, beside = questions[0], questions[1:4], questions[4:]
    assert len(beside) == 4
    first = card.strip().removeprefix("## ")
    opening = f"{warm_up}\n## A machine that helps you"
    more = deck.replace("## A machine that helps you", opening, 1)
    more = more.replace("A machine that helps you", first).replace(
        "<!--", "\n".join(questions) + "\n<!--"
    )
    more += "\n" + "\n".join(beside)
    kinds = set()
    for asked in (deck.replace("<!--", f"{word}\n<!--"), more):
        assert _module(tmp_path, head + asked) == []
        kinds |= {asked.kind for asked in read_module(tmp_path / "module.md").decks[0].questions}
    assert kinds == set(KINDS)
    (tmp_path / "digital-skills").mkdir()
    for name in ("computer", "cell-phone"):
        (tmp_path / "digital-skills" / f"{name}.md").write_text(head + more, encoding="utf-8")
    (tmp_path / "module.md").unlink()
    rest = (
        "id: p\ntitle: P\norganisations: [{name: AMSED}]\ncompetences: [{id: "
        "information-management, title: I}]\n"
    )
    (tmp_path / "programme.yaml").write_text(rest + _blocks("yaml")[0], encoding="utf-8")
    # two decks alone are few questions: somebody who guesses passes more often than is allowed
    assert [
        str(finding)
        for finding in check(tmp_path)
        if finding.fails and "guess" not in finding.message
    ] == []
    programme = read_programme(tmp_path).programme
    assert programme.pathways[0].total == 3 and not programme.pathways[0].whole
    assert (
        programme.module("computer").by_id["meet-the-computer"].items[1].id
        == "a-machine-that-helps-you"
    )  # type: ignore[union-attr]


def test_a_folder_with_decks_and_their_translations_keeps_the_languages_of_the_interface(
    tmp_path: Path,
) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "one.md").write_text(HEAD + DECK)
    (tmp_path / "programme.yaml").write_text(
        "id: p\ntitle: P\ncategories: [{id: c, title: C, modules: [one]}]\n"
    )
    folder = tmp_path / "locales" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = Catalog("fr", fuzzy=False)
    programme = read_programme(tmp_path).programme
    for text in programme.modules["one"].texts():
        po.add(text.source, f"<{text.source}>", context=text.context)
    with (folder / "cards.po").open("wb") as file:
        write_po(file, po)
    programme, words = programme_of(Settings(cards_dir=tmp_path))
    assert set(words.languages) == {"en", *(f.parent.name for f in LOCALES.glob("*/LC_MESSAGES"))}
    assert (
        words.say(_("✅ That is right."), "fr") == "✅ C’est juste."
        and words.say(programme.modules["one"].title, "fr") == "<A title>"
    )
    assert words.taught_in("one", "fr") == "fr" and words.taught_in("one", "ar") == "en"
    assert words.taught_in("help", "ar") == "ar", "the help that ships comes with its translations"
    assert not [finding for finding in check(tmp_path) if "help" in finding.message]


def test_lint_on_the_command_line_says_each_thing_once(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "one.md").write_text(HEAD + DECK.replace("> Because.", "> Because *so*."))
    (tmp_path / "c" / "two.md").write_text(HEAD + DECK.replace("> Because.", "> <b>"))
    (tmp_path / "programme.yaml").write_text(
        "id: p\ntitle: P\ncategories: [{id: c, title: C, modules: [one, two, gone]}]\n"
    )

    def run(command: str) -> tuple[int, list[str], str]:
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout.splitlines(), done.stderr

    lint = f"{sys.executable} -m bot lint"
    status, out, err = run(f"{lint} {tmp_path}")
    assert status == 1 and len(out) == len(set(out)) >= 7 and err.count("\n") == 1
    assert f"pasito: {sum('warning: ' not in line for line in out)} thing(s) to mend" in err
    _status, first, quiet = run(f"{lint} {tmp_path} | head -1")
    assert first == out[:1] and (quiet == "" or quiet == err), (
        "no fault is told when nobody reads on"
    )
    assert pasito(tmp_path, "lint", str(tmp_path / "programme.yaml")).exit_code == 1
    one = pasito(tmp_path, "lint", str(tmp_path / "c" / "one.md"))
    assert one.exit_code == 1 and "c/one.md" not in one.stdout
    assert "one.md:21: `*so*`" in one.stdout
    said = pasito(tmp_path, "lint", "--help").output
    assert "PATH is a folder with a programme.yaml" in " ".join(said.split())


def test_a_lesson_for_a_trade_is_whole_with_one_deck(tmp_path: Path) -> None:
    """Beside the programme: no outcomes, no mark that somebody could guess."""
    shipped = SHIPPED / "sectors" / "kitchen.md"
    assert pasito(tmp_path, "lint", str(shipped)).exit_code == 0
    (tmp_path / "kitchen.md").write_text(shipped.read_text("utf-8"), encoding="utf-8")
    said = pasito(tmp_path, "lint", str(tmp_path / "kitchen.md")).stdout
    assert "`outcomes:` is missing" in said and "who guess pass" in said


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ("ሓደ። ክልተ፧ ሰለስተ።", 3),
        ("واحد. اثنان؟ ثلاثة", 3),
        ("一。 二。", 2),
        ("Er fragt: „Warum?“ Sie geht.", 2),
        ("“Why?” She goes. ‘No.’ He stays.", 4),
        ("»Warum?« Sie geht. « Non ! » Il part.", 4),
    ],
)
def test_a_sentence_ends_with_the_signs_of_its_script(text: str, count: int) -> None:
    assert len(sentences(text)) == count
