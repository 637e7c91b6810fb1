"""What every command does first, and how it ends where something is the matter."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

import click

from bot.settings import SettingError, Settings, load


def settings_here() -> Settings:
    from bot.channels import SETTINGS

    try:
        return load(channels=SETTINGS)
    except SettingError as error:
        raise click.ClickException(str(error)) from error


def finish(work: Coroutine[Any, Any, Any]) -> Any:
    """Runs it, and turns what an operator can mend into one sentence."""
    from bot.commands import errors as trouble

    try:
        import uvloop

        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    except ImportError:  # not on every system
        runner = asyncio.Runner()
    try:
        with runner:
            return runner.run(work)
    except BrokenPipeError:
        raise
    except trouble.MENDABLE as error:
        raise click.ClickException(trouble.sentence(error)) from error


def tell(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            click.echo(line)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    except SettingError as error:
        raise click.ClickException(str(error)) from error
