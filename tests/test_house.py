"""The house keeps its rooms (docs/architecture.md). Who may know whom is import-linter's, and that
no import stands in a circle is held by `tests/conversation/test_registry.py`."""

import ast
import re
from pathlib import Path

from tests.support.world import ROOT

PACKAGES = ("bot", "cards", "catalogues", "certificates", "db")
LINES, DIRECT = 400, 8


def _files() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def test_no_file_has_a_second_reason_to_change() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (*_files(), *(ROOT / "tests").rglob("*.py"))
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LINES
    }
    assert long == {}


def test_no_import_hides_behind_type_checking() -> None:
    hidden = [str(path) for path in _files() if "TYPE_CHECKING" in path.read_text(encoding="utf-8")]
    assert hidden == []


def test_the_top_of_the_service_is_small_and_decks_are_data() -> None:
    top = [path for path in (ROOT / "bot").glob("*.py") if path.name != "__init__.py"]
    assert len(top) <= DIRECT
    assert not list((ROOT / "cards" / "programme").rglob("*.py"))


def test_every_file_says_what_it_is() -> None:
    for path in _files():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_tests_that_documents_name_are_there() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    named = {
        name
        for page in pages
        for name in re.findall(r"`(tests/[\w/.-]+)`", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_documents_that_code_names_are_there() -> None:
    pages = {page.name for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))}
    practices = {*re.findall(r"^\| (\S+) \|", (ROOT / "docs/seed.md").read_text("utf-8"), re.M)}
    for path in (*_files(), *(ROOT / "tests").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        named = {*re.findall(r"\bdocs/([\w/-]+\.md)", text)}
        assert all((ROOT / "docs" / page).exists() for page in named), (path, named)
        assert {*re.findall(r"[( ]([a-z]+\.md), [A-Z]", text)} <= pages, path
        rows = re.findall(r"\b[Ss]eed\s(\d+|[CMR]\d+|M\+)", text)
        assert {row.zfill(2) for row in rows} <= practices, path


def test_no_test_imports_from_another_or_from_a_conftest() -> None:
    for path in (ROOT / "tests").rglob("*.py"):
        assert not re.search(
            r"^\s*from tests[\w.]*\.(test_\w+|conftest) import", path.read_text("utf-8"), re.M
        ), path


def test_the_page_for_newcomers_names_files_that_are_there() -> None:
    page = (ROOT / "docs" / "where-is-what.md").read_text(encoding="utf-8")
    named = [word for word in page.split("`")[1::2] if "/" in word and "*" not in word]
    assert len(named) >= 20
    assert [word for word in named if not (ROOT / word).exists()] == []


def test_no_quotation_mark_is_out_of_reach_of_translators() -> None:
    """`Msg("…")` is not extracted: marks in it would be English in every language."""
    kept = [
        (path, call.lineno)
        for path in _files()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Msg"
        if any(isinstance(a, ast.Constant) and set('“”„«»"') & set(str(a.value)) for a in call.args)
    ]
    assert kept == []
