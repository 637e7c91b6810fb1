"""Any bytes at all are read or named, and the other files go on."""

import re
import shutil
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cards.finding import DeckError, Finding
from cards.module_file import module_file
from cards.reader import SHIPPED, read_programme
from tests.support.world import SMALL


def mutated(data: bytes, how: list[tuple[int, int, str]]) -> bytes:
    for kind, place, text in how:
        lines = data.split(b"\n")
        at = place % len(lines)
        spot = place % (len(data) + 1)
        match kind:
            case 0:
                data = data[:spot] + bytes([place % 256]) + data[spot + 1 :]
            case 1:
                data = b"\n".join(lines[:at] + lines[at + 1 :])
            case 2:
                data = b"\n".join(lines[: at + 1] + lines[at:])
            case 3:
                lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
                data = b"\n".join(lines)
            case 4:
                data = data[:spot] + text.encode("utf-8", "surrogatepass") + data[spot:]
            case _:
                data = data[:spot]
    return data


SIGNS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            "\n# ",
            "\n---\n",
            "[" * 50,
            "{",
            "}",
            ": ",
            "\n- ",
            "\n> ",
            "*",
            "&a",
            "!x",
            "\t",
            "<!--",
            "-->",
            "\u2028",
        ]
    ),
)


HOW = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20_000), SIGNS), min_size=1, max_size=4)


FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sentences(findings: tuple[Finding, ...] | list[Finding], data: bytes, path: str) -> None:
    lines = len(re.split(rb"\r\n|\r|\n", data))
    for finding in findings:
        assert finding.message and "\n" not in finding.message and str(finding).isprintable(), (
            finding
        )
        assert finding.path != path or 1 <= finding.line <= lines, finding


@given(
    name=st.sampled_from(sorted(p.name for p in (SHIPPED / "digital-skills").glob("*.md"))), how=HOW
)
@FUZZ
def test_any_module_is_read_or_named(
    tmp_path: Path, name: str, how: list[tuple[int, int, str]]
) -> None:
    data = mutated((SHIPPED / "digital-skills" / name).read_bytes(), how)
    (tmp_path / "m.md").write_bytes(data)
    module, findings = module_file(tmp_path / "m.md")
    assert module or findings
    sentences(findings, data, "m.md")


@given(how=HOW, broken=HOW)
@example(how=[(4, 0, "---"), (5, 3, "")], broken=[])
@FUZZ
def test_any_programme_is_read_or_named_and_the_others_go_on(
    tmp_path: Path, how: list[tuple[int, int, str]], broken: list[tuple[int, int, str]]
) -> None:
    folder = tmp_path / "p"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SMALL, folder)
    (folder / "digital-skills" / "phone.md").write_bytes(
        mutated((folder / "digital-skills" / "phone.md").read_bytes(), broken)
    )
    reading = read_programme(folder)
    assert "computer" in reading.programme.modules, "another module's fault costs this one nothing"
    data = mutated((SHIPPED / "programme.yaml").read_bytes(), how)
    (folder / "programme.yaml").write_bytes(data)
    try:
        reading = read_programme(folder)
    except DeckError as error:
        sentences(error.findings, data, "programme.yaml")
        assert error.findings
        return
    sentences(reading.findings, data, "programme.yaml")
    programme = reading.programme
    assert all(programme.category_of(module) for module in programme.modules)
    named = [m for c in programme.categories for m in (*c.modules, *c.missing)]
    assert not set(programme.modules) - set(named)
