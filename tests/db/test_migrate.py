"""Migrations are one line: two of one number stop every start."""

from db.migrate import revisions


def test_each_migration_has_its_own_number_and_follows_the_one_before() -> None:
    known = list(revisions())
    assert len(known) == len(set(known)) and sorted(known, reverse=True) == known
