"""The command line. Errors are one plain sentence on standard error, and exit status 1."""

import gc
import locale
import logging
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import click

from bot import logs
from bot.commands.authors import export_, import_, print_
from bot.commands.running import finish, settings_here
from bot.settings import SettingError, Settings


def main() -> None:
    """The entry of `pasito`."""
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"pasito: {error.format_message()}", err=True)
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:  # whoever reads had enough, as `| head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pasito")
def cli() -> None:
    """Pasito: a chatbot that teaches in small steps. Settings come from PASITO_* and .env; see the
    README."""
    logs.set_up()


def _serve(*roles: str) -> None:
    """One process that does this, or everything. What a start makes is there to stay: the
    collector, which would look through all of it again and again, is off until `app.run` is
    ready, and that is a fifth of the time."""
    gc.disable()
    from bot import app

    finish(app.run(settings_here(), click.echo, frozenset(roles) or app.EVERYTHING))


@cli.command()
def run() -> None:
    """Everything that is configured, in one process: web chat, Telegram, background work."""
    _serve()


@cli.command()
def web() -> None:
    """The web chat and the webhooks only; any number of these over one PostgreSQL."""
    _serve("web")


@cli.command()
def worker() -> None:
    """Files, long polling and tidying only; runs beside `pasito web`."""
    _serve("worker")


@cli.command()
def migrate() -> None:
    """Bring the database up to date. The other commands do this by themselves."""
    from bot import assembly
    from bot.documents import keys as keys_of
    from db.engine import file_of
    from db.permissions import guard

    async def work(settings: Settings) -> None:
        guard(settings.data_dir, file_of(settings.database))
        await assembly.up_to_date(settings.database, keys_of.vault_of(settings))

    finish(work(settings_here()))
    click.echo("The database is up to date.")


@cli.command()
@click.option(
    "--files",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where certificates go.",
)
def chat(files: Path) -> None:
    """Chat with the bot here in the terminal. Your place is kept in the data folder."""
    from bot import assembly
    from bot.channels.terminal.channel import Terminal

    async def work() -> None:
        parts = await assembly.assemble(settings_here())
        try:
            files.mkdir(parents=True, exist_ok=True)
            language = (locale.getlocale()[0] or "en").replace("_", "-")
            await Terminal(
                parts.dispatcher, parts.words, parts.store, parts.files.make, files, language
            ).chat()
        finally:
            await parts.close()

    logging.getLogger().setLevel(logging.ERROR)
    finish(work())


@cli.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
def lint(path: Path | None) -> None:
    """Check decks and their translations: every hard limit and every channel's limits, with file
    and line.

    PATH is a folder with a programme.yaml, or one module; without it the decks that ship. Exit
    status 1 where there is something to mend; warnings alone are 0.
    """
    from bot.commands.lint import check, guessers
    from cards.reader import SHIPPED, read_programme

    pass_mark = settings_here().pass_mark
    findings = check(path, pass_mark=pass_mark)
    for finding in findings:
        click.echo(str(finding))
    errors = sum(finding.fails for finding in findings)
    if errors:
        raise click.ClickException(f"{errors} thing(s) to mend")
    if path is None or path.is_dir():
        click.echo(guessers(read_programme(path or SHIPPED, pass_mark).programme).capitalize())
    click.echo("All decks are fine.")


@cli.command()
@click.argument(
    "folder",
    required=False,
    metavar="[DIR]",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Begin this language too, for example uk or pt_BR.",
)
def messages(folder: Path | None, languages: tuple[str, ...]) -> None:
    """Bring the translators' files up to date: those of the decks in DIR, or all that ship.

    What was translated stays. Exit status 1 when a file is broken: it is named, and left as it is.
    """
    from babel import UnknownLocaleError

    from bot.i18n.extract import bring_up_to_date
    from cards.finding import DeckError
    from catalogues.po import plural_forms

    for language in languages:
        try:
            plural_forms(language)
        except (ValueError, UnknownLocaleError) as error:
            raise click.ClickException(
                f"“{language}” is no language: use a code like uk or pt_BR"
            ) from error
    try:
        left_alone = bring_up_to_date(folder, languages, click.echo)
    except DeckError as error:
        raise click.ClickException(f"the decks cannot be read:\n{error}") from error
    if left_alone:
        raise click.ClickException(f"{left_alone} file(s) to mend, then run this again")


@cli.command()
def doctor() -> None:
    """Check the settings, and whether the database and the messengers can be reached."""
    from bot.commands.doctor import examine

    problems = finish(examine(settings_here(), click.echo))
    if problems:
        raise click.ClickException(f"{problems} problem(s) found")


@cli.command()
@click.argument("modules", nargs=-1, metavar="[MODULE]...")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="This language only.")
def speak(modules: tuple[str, ...], languages: tuple[str, ...]) -> None:
    """Have cards read aloud by the program that PASITO_VOICE_COMMAND names, as files that learners
    can listen to. What a person recorded stays, and nothing is made twice."""
    from bot.commands.speak import speak as made

    try:
        for line in made(settings_here(), languages, modules):
            click.echo(line)
    except SettingError as error:
        raise click.ClickException(str(error)) from error


@cli.command()
@click.option("--user", default="pasito", show_default=True, help="The user whom Pasito runs as.")
def unit(user: str) -> None:
    """Print a systemd unit for this installation; docs/operating.md says where it goes."""
    from bot.commands.unit import text

    click.echo(text(Path(sys.argv[0]).absolute(), Path.cwd(), settings_here(), user), nl=False)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--module", "modules", multiple=True, help="How this module does. Can be repeated.")
@click.option("--modules", "every", is_flag=True, help="How each module does.")
@click.option(
    "--csv",
    "to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write how modules do into this file, for a spreadsheet.",
)
def stats(as_json: bool, modules: tuple[str, ...], every: bool, to: Path | None) -> None:
    """How many learners, answers and certificates there are; or how modules do: begun, done, where
    people stop, what is hard, what they say. Nothing about fewer than five people."""
    from bot.commands.stats import tell_figures, tell_quality

    if modules or every or to:
        finish(tell_quality(settings_here(), click.echo, () if every else modules, to))
    else:
        finish(tell_figures(settings_here(), click.echo, as_json))


@cli.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
def backup(file: Path, force: bool) -> None:
    """Copy the SQLite database into FILE, also while Pasito runs. FILE is checked, and is there
    whole or not at all."""
    _about_the_file("back_up", file, force)


@cli.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the SQLite database, while Pasito does not run. The old
    one is kept beside it."""
    _about_the_file("restore", file)


def _about_the_file(what: str, *values: Any) -> None:
    from bot.commands import backup as keeping
    from bot.commands import errors as trouble

    try:
        for line in getattr(keeping, what)(settings_here(), *values):
            click.echo(line)
    except BrokenPipeError:
        raise
    except trouble.MENDABLE as error:
        raise click.ClickException(trouble.sentence(error)) from error


@cli.command()
@click.option("--old", is_flag=True, help="Only what nobody checked for a year.")
@click.option(
    "--write",
    "written",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the table as CSV, for a spreadsheet.",
)
@click.option(
    "--read",
    "taken",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take this CSV file as the table, once every line of it can be read.",
)
@click.option("--links", "asked", is_flag=True, help="Ask which links do not answer any more.")
def resources(old: bool, written: Path | None, taken: Path | None, asked: bool) -> None:
    """Who helps beside the lessons: list the cards, write them as CSV, read them from CSV, ask
    their links."""
    from datetime import UTC, datetime

    from bot.commands import resources as table
    from bot.commands.links import told

    settings = settings_here()
    try:
        if taken:
            click.echo(table.take(settings, taken))
        elif written:
            click.echo(table.write(settings, written))
        elif asked:
            dead, number = finish(table.silent_links(settings, datetime.now(UTC).date()))
            for line in told(dead, number):
                click.echo(line)
            sys.exit(bool(dead))
        else:
            today = datetime.now(UTC).date()
            for line in table.in_lines(table.catalogue_of(settings), today, old):
                click.echo(line)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@cli.group()
def whatsapp() -> None:
    """What WhatsApp needs from an operator; docs/whatsapp.md."""


@whatsapp.command()
@click.option("--file", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def templates(file: Path | None) -> None:
    """Write the message templates, in every language that is offered, as they are submitted to
    Meta."""
    from bot.commands.whatsapp import templates_of

    text = templates_of(settings_here())
    if file is None:
        click.echo(text)
        return
    file.write_text(text + "\n", encoding="utf-8")
    click.echo(f"{file} is written. docs/whatsapp.md says how it is submitted.")


@cli.command()
@click.argument("certificate", metavar="FILE-OR-LINK")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="PUBLICKEY",
    help="The issuer's public key (public:…), if it is not ours.",
)
def verify(certificate: str, keys: tuple[str, ...]) -> None:
    """Check a certificate without a network: its PDF file, its link or the code in the link."""
    from bot.commands import certificates

    settings = settings_here()
    try:
        for line in certificates.in_lines(
            certificates.read(certificate, certificates.keys_to_read_with(settings, keys)), settings
        ):
            click.echo(line)
    except (certificates.NotConfirmed, SettingError) as error:
        raise click.ClickException(str(error)) from error


@cli.command()
@click.argument("certificate", metavar="LINK-OR-SERIAL")
@click.option("--undo", is_flag=True, help="It counts again.")
def revoke(certificate: str, undo: bool) -> None:
    """Take a certificate back: its page says within half a minute that it no longer counts."""
    from bot.commands import certificates

    try:
        click.echo(finish(certificates.revoke(settings_here(), certificate, undo)))
    except certificates.NotConfirmed as error:
        raise click.ClickException(str(error)) from error


@cli.command()
@click.option(
    "--new", is_flag=True, help="Make a new key that signs, beside those that have signed before."
)
@click.option("--secret", is_flag=True, help="Make a PASITO_SECRET_KEY: 32 random bytes.")
def keys(new: bool, secret: bool) -> None:
    """The public keys of certificates, for those who check without a network; and how to change the
    key that signs."""
    from bot.commands import certificates

    if secret:
        click.echo(f"PASITO_SECRET_KEY={secrets.token_urlsafe(32)}")
        return
    try:
        click.echo("\n".join(certificates.key_lines(settings_here(), new)))
    except SettingError as error:
        raise click.ClickException(str(error)) from error


for _command in (import_, export_, print_):
    cli.add_command(_command)

if __name__ == "__main__":
    main()
