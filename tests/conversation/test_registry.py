"""How an action and its functions are registered: what is refused at import, and by mypy; that the
registry is whole; that a process which only opens a snapshot knows all places."""

import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from bot.conversation import action, registry
from bot.conversation.action import REGISTERED, Action, Place, decode, encode
from bot.conversation.registry import complete, does, shows
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision, Turn, World
from bot.conversation.update import Tap, Update
from bot.dispatcher import Dispatcher
from bot.flows.account.actions import SpeakLanguage
from bot.flows.groups.member_actions import LeaveGroup
from bot.flows.learning.actions import Begin
from bot.model.roles import Right
from db.engine import connect
from db.migrate import migrate
from db.store import Store
from db.vault import Vault
from tests.support.world import ROOT, Clock

HEAD = """
from bot.conversation.action import Action, Place
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision, Turn
from bot.model.roles import Right

class Here(Place, code="zz1", right=Right.ANYBODY):
    group: int

class There(Place, code="zz2", right=Right.ANYBODY):
    group: int

class Other(Action, code="zz3", right=Right.ANYBODY): ...
"""
GOOD = """
@shows(Here)
def show_here(place: Here, turn: Turn) -> Screen:
    return Screen()

@reads(Here, There)
def read(place: Here | There, text: str, turn: Turn) -> Decision:
    return Decision()

@does(Other)
def do(tap: Other, turn: Turn) -> Decision:
    return Decision()

place = Here(1)
"""
WRONG = {
    "arg-type": """
@shows(Here)
def show_here(place: There, turn: Turn) -> Screen:
    return Screen()
""",
    'has incompatible type "Callable[[Here, str, Turn], Decision]"': """
@reads(Here, There)
def read(place: Here, text: str, turn: Turn) -> Decision:
    return Decision()
""",
    'expected "Callable[[Other, Turn], Decision]"': """
@does(Other)
def do(tap: Here, turn: Turn) -> Decision:
    return Decision()
""",
    'Missing named argument "right" for "__init_subclass__"': """
class Free(Action, code="zz4"): ...
""",
    'Argument 1 to "There" has incompatible type "str"; expected "int"': 'there = There("x")',
    "read-only": "place = Here(1)\nplace.group = 2",
}


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What a test registers is gone after it."""
    tables = (action.BY_CODE, registry.DOERS, registry.SHOWERS)
    before = [dict(table) for table in tables]
    yield
    for table, held in zip(tables, before, strict=True):
        table.clear()
        table.update(held)  # type: ignore[arg-type]


def test_mypy_holds_a_function_to_its_action(tmp_path: Path) -> None:
    """In one run: a sample that is right passes, and each that is wrong is refused in its own
    words."""
    (tmp_path / "good.py").write_text(HEAD + GOOD)
    for n, text in enumerate(WRONG.values()):
        (tmp_path / f"wrong{n}.py").write_text(HEAD + text)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *map(str, sorted(tmp_path.glob("*.py")))],
        cwd=ROOT,
        env={"MYPYPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    said = dict.fromkeys(range(len(WRONG)), "")
    for line in done.stdout.splitlines():
        assert "good.py" not in line, done.stdout
        for n in said:
            said[n] += line + "\n" if f"wrong{n}.py" in line else ""
    for n, words in enumerate(WRONG):
        assert words in said[n], done.stdout + done.stderr


def test_a_code_that_is_taken_is_refused(forgotten: None) -> None:
    with pytest.raises(TypeError, match=r"the code 'gl' belongs to LeaveGroup"):

        class Again(Action, code="gl", right=Right.ANYBODY): ...


def test_an_action_without_a_right_is_refused(forgotten: None) -> None:
    with pytest.raises(TypeError, match="'right'"):

        class Free(Action, code="zz"): ...  # type: ignore[call-arg]

    with pytest.raises(TypeError, match=r"Free: `right=` has to say who may do it, one of anybody"):

        class Free(Place, code="zz", right=None): ...  # type: ignore[arg-type, no-redef]

    assert "zz" not in REGISTERED


def test_a_field_that_no_button_can_carry_is_refused(forgotten: None) -> None:
    with pytest.raises(TypeError, match=r"no button can carry share, a <class 'float'>"):

        class Half(Action, code="zz", right=Right.ANYBODY):
            share: float

    assert "zz" not in REGISTERED


def test_a_second_function_for_the_same_is_refused(forgotten: None) -> None:
    with pytest.raises(TypeError, match="two functions show LeaveGroup"):

        @shows(LeaveGroup)
        def show(place: LeaveGroup, turn: Turn) -> Screen:
            return Screen()


def test_what_nothing_does_or_shows_is_refused(forgotten: None) -> None:
    complete()

    class Nowhere(Place, code="zz", right=Right.ANYBODY): ...

    with pytest.raises(TypeError, match="nothing shows Nowhere"):
        complete()

    @shows(Nowhere)
    def show(place: Nowhere, turn: Turn) -> Screen:
        return Screen()

    complete()

    class Nothing(Action, code="no-one", right=Right.ANYBODY): ...

    with pytest.raises(TypeError, match="nothing does Nothing"):
        complete()

    @does(Nothing)
    def do(tap: Nothing, turn: Turn) -> Decision:
        return Decision()

    complete()
    assert decode(encode(Nowhere())) == Nowhere()


OPENED = """
import asyncio, sys
import db.store
from db.engine import connect
from db.vault import Vault

async def opened():
    engine = connect(sys.argv[1])
    learner = await db.store.Store(engine, Vault(b"a secret for tests only")).learner_at("web", "t")
    await engine.dispose()
    from bot.conversation.places import place_of
    from bot.flows.learning.events import current
    print(place_of(learner), current(learner).queue)

asyncio.run(opened())
"""


async def test_a_snapshot_is_opened_by_a_process_that_knows_nothing_else(
    tmp_path: Path, world: World
) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path}/pasito.sqlite3"
    engine = connect(database)
    await migrate(engine)
    dispatcher = Dispatcher(Store(engine, Vault(b"a secret for tests only")), world, Clock())
    await dispatcher.start()
    begin = Begin("computer", "meet-the-computer")
    for n, tap in enumerate((SpeakLanguage("en"), begin)):
        await dispatcher.handle(Update("web", str(n), "t", Tap(encode(tap)), "en"))
    await dispatcher.stop()
    await engine.dispose()
    done = subprocess.run(
        [sys.executable, "-c", OPENED, database],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    where = "Lesson(module='computer', deck='meet-the-computer') ("
    assert done.stdout.startswith(where), done.stderr


@pytest.mark.parametrize(
    "start", ["import db.store", "import bot.dispatcher", "import bot.flows.staff.actions"]
)
def test_any_way_in_fills_the_registry(start: str) -> None:
    """In a process of its own, whatever is imported first: a place of a snapshot is known there,
    and no import stands in a circle."""
    asks = f"{start}; from bot.conversation.action import decode; print(decode('l:m:d'))"
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "Lesson(module='m', deck='d')", done.stderr


def test_no_import_stands_in_a_circle() -> None:
    """Between files. `bot.flows` itself lists the features, `bot.__main__` calls all commands."""
    graph = grimp.build_graph(
        "bot", "cards", "catalogues", "certificates", "db", exclude_type_checking_imports=True
    )
    arrows = {
        module: graph.find_modules_directly_imported_by(module) - {"bot.flows", "bot.__main__"}
        for module in graph.modules
    }
    TopologicalSorter(arrows).prepare()  # raises CycleError
