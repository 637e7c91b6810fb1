"""`pasito` without a process of its own: starting one costs more than what most commands do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import assembly, logs
from bot.__main__ import cli
from bot.commands import doctor
from bot.i18n.catalogues import Catalogues
from bot.settings import Settings
from cards.finding import Finding
from cards.model import PASS_MARK, Programme

Tell = Callable[[Finding], None]


@cache
def _shipped() -> tuple[Programme, Catalogues]:
    return assembly.programme_of(Settings())


@cache
def findings() -> list[Finding]:
    return doctor.check()


@contextmanager
def decks_read_once() -> Iterator[None]:
    """The decks that ship are the same in each test, and so is what is to mend in them
    (`findings`)."""
    read, check = assembly.programme_of, doctor.check
    known = _shipped()

    def programme_of(
        settings: Settings, tell: Tell = lambda finding: None
    ) -> tuple[Programme, Catalogues]:
        plain = (None, (), "", PASS_MARK)
        asked = (
            settings.cards_dir,
            settings.language_list,
            settings.country_language,
            settings.pass_mark,
        )
        return known if asked == plain else read(settings, tell)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "programme_of", programme_of)
        patch.setattr(
            doctor, "check", lambda path, *more: check(path, *more) if path else findings()
        )
        yield


async def examined(settings: Settings) -> tuple[int, str]:
    """How many problems `pasito doctor` finds, and what it says."""
    said: list[str] = []
    problems = await doctor.examine(settings, said.append)
    return problems, "\n".join(said)


def pasito(data: Path, *words: str, **settings: str) -> Result:
    """A command over this data folder; its settings are these."""
    environment = {f"PASITO_{name.upper()}": value for name, value in settings.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "set_up", lambda: None)  # the log is pytest's
        return CliRunner().invoke(cli, words, env={"PASITO_DATA_DIR": str(data), **environment})
