"""Commands for who writes modules: questions in from elsewhere and out to there."""

from pathlib import Path

import click

from bot.commands.running import settings_here, tell


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("to", metavar="MODULE.md", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite MODULE.md if it is there.")
def import_(file: Path, to: Path, force: bool) -> None:
    """Write a module out of the questions in FILE: GIFT (.gift, .txt) or Moodle XML (.xml).

    What cannot be asked in a chat is named with its line; docs/moodle.md.
    """
    from bot.commands.exchange import bring_in

    tell(bring_in(file, to, force))


@click.command("export")
@click.argument("module")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True, metavar="CODE")
def export_(module: str, file: Path, language: str) -> None:
    """Write the questions of MODULE, an id or a file, for Moodle: FILE ends in .gift or .xml."""
    from bot.commands.exchange import send_out

    tell(send_out(settings_here(), module, file, language))
