"""Commands for who writes or prints modules: questions from and to elsewhere, papers."""

from pathlib import Path

import click

from bot.commands.running import settings_here, tell
from cards.text import ENGLISH


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("to", metavar="MODULE.md", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite MODULE.md if it is there.")
@click.option(
    "--source", default=ENGLISH, metavar="CODE", help="The language of FILE; by default English."
)
def import_(file: Path, to: Path, force: bool, source: str) -> None:
    """Write a module out of the questions in FILE: GIFT (.gift, .txt) or Moodle XML (.xml).

    What cannot be asked in a chat is named with its line; docs/moodle.md.
    """
    from bot.commands.exchange import bring_in

    tell(bring_in(file, to, force, source))


@click.command("export")
@click.argument("module")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", default="", metavar="CODE", help="By default that of its author.")
def export_(module: str, file: Path, language: str) -> None:
    """Write the questions of MODULE, an id or a file, for Moodle: FILE ends in .gift or .xml."""
    from bot.commands.exchange import send_out

    tell(send_out(settings_here(), module, file, language))


@click.command("print")
@click.argument("module")
@click.option("--language", default="", metavar="CODE", help="By default the first one offered.")
@click.option(
    "--what",
    "kinds",
    multiple=True,
    metavar="PAPER",
    help="handout, cards (with the answer key), workshop or session; all four without it.",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that they are written into; by default this one.",
)
def print_(module: str, language: str, kinds: tuple[str, ...], folder: Path) -> None:
    """Write the papers of MODULE as PDF: handout, question cards with their key, workshop plan,
    sheet for a conversation round."""
    from bot.commands.prints import KINDS, print_out

    for kind in set(kinds) - set(KINDS):
        raise click.ClickException(f"`{kind}` is no paper: it is one of {', '.join(KINDS)}")
    tell(print_out(settings_here(), module, language, kinds, folder))
