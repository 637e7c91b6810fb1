"""The table of who helps: as a list, out to a spreadsheet, in from one, and what is old."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from bot.assembly import programme_of
from bot.commands import links
from bot.settings import Settings
from cards.reader import SHIPPED
from cards.resources import CONTEXT, NAME, Resource, in_csv, old_ones, read_resources

BEFORE = f"{NAME}.before"


def catalogue_of(settings: Settings) -> tuple[Resource, ...]:
    """Raises `click.ClickException` where a line of the table cannot be read."""
    return _whole(settings.cards_dir or SHIPPED)


def in_lines(resources: tuple[Resource, ...], today: date, old: bool) -> Iterator[str]:
    """A line each, all of them or those that nobody checked for a year, the oldest first."""
    for one in old_ones(resources, today) if old else resources:
        where = " · ".join(p.source for p in (one.country, one.town) if p) or "anywhere"
        mark = "  (more than a year ago)" if one.old(today) and not old else ""
        yield f"{one.checked}  {one.id:16} {one.name} · {where}{mark}"
    if old and not old_ones(resources, today):
        yield "All cards were checked within a year."


def write(settings: Settings, file: Path) -> str:
    """With the mark by which spreadsheets know that it is UTF-8. Raises `OSError`."""
    resources = catalogue_of(settings)
    file.write_text(in_csv(resources), encoding="utf-8-sig")
    return f"{file}: {len(resources)} {CONTEXT}. Change it, then: pasito resources --read {file}"


def take(settings: Settings, file: Path) -> str:
    """Puts a table in the place of the one in the operator's folder, once every line of it can be
    read; the old one is kept beside it. Raises `click.ClickException`, `OSError`."""
    folder = settings.cards_dir
    if folder is None:
        raise click.ClickException(
            "the table that ships stays as it is: set PASITO_CARDS_DIR to a folder of your own"
        )
    taken = _whole(file.parent, file.name)
    place, new = folder / NAME, folder / f".{NAME}"
    new.write_text(in_csv(taken), encoding="utf-8")
    if place.exists():
        shutil.copyfile(place, folder / BEFORE)
    new.replace(place)  # it is never away: a running Pasito would take the one that ships
    return f"{place}: {len(taken)} {CONTEXT}. A running Pasito takes it within seconds."


async def silent_links(settings: Settings, today: date) -> tuple[list[links.Dead], int]:
    """Links of cards and videos that do not answer, and how many were asked. Raises
    `click.ClickException`, `SettingError` and `OSError`."""
    programme, _words = programme_of(settings)
    asked = list(links.links_of(programme))
    kept = settings.data_dir / links.KEPT_IN
    try:
        return await links.check(asked, links.Checker(), kept, today), len(asked)
    except links.NoneAnswered as error:
        raise click.ClickException(
            f"none of {len(asked)} links answered, so nothing is noted: is this machine on the "
            "internet?"
        ) from error


def _whole(root: Path, name: str = NAME) -> tuple[Resource, ...]:
    resources, findings = read_resources(root, SHIPPED, name)
    if findings:
        told = "\n".join(map(str, findings))
        raise click.ClickException(f"{len(findings)} thing(s) to mend:\n{told}")
    return resources
