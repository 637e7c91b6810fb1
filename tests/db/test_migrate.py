"""Migrations are one line: two of one number stop every start."""

from alembic.script import ScriptDirectory

from db.migrate import revisions
from tests.support.world import ROOT


def test_each_migration_has_the_number_of_its_file_and_follows_the_one_before() -> None:
    known = list(revisions())
    scripts = ScriptDirectory(str(ROOT / "db" / "migrations"))
    assert [script.revision for script in scripts.walk_revisions()] == known
    assert len(known) == len(set(known)) and sorted(known, reverse=True) == known
