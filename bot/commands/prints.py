"""Papers of a module into a folder, for anybody: no group, no learner, no database."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

import certificates as paper
from bot import assembly
from bot.documents.print_facts import module_facts
from bot.documents.prints import PRINTED
from bot.model.prints import MODULE_PRINTS
from bot.settings import Settings
from cards.finding import did_you_mean

KINDS = tuple(map(str, MODULE_PRINTS))


def print_out(
    settings: Settings, id: str, language: str, kinds: Sequence[str], folder: Path
) -> Iterator[str]:
    """Writes the papers, all where `kinds` is empty; one line for each. Raises
    `click.ClickException`, `OSError`, `SettingError`."""
    programme, words = assembly.programme_of(settings)
    module = programme.offered.get(id)
    if module is None:
        near = did_you_mean(id, programme.offered)
        raise click.ClickException(f"there is no module `{id}`{near}")
    if language and language not in (*words.languages, module.written_in):
        raise click.ClickException(
            f"`{language}` is not offered: it is one of {', '.join(words.languages)}"
        )
    facts = module_facts(
        module,
        programme,
        words,
        language or words.languages[0],
        start=f"{settings.public_url.rstrip('/')}/?start=",
        made=datetime.now(UTC).date(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    fonts = paper.Fonts()
    for kind in MODULE_PRINTS:
        if not kinds or kind in kinds:
            file = folder / paper.file_name("Pasito", kind, facts.title)
            file.write_bytes(PRINTED[kind](facts, fonts))
            yield str(file)
    if language and facts.language != language:
        yield f"{id} is not translated into {language} yet: these are in {facts.language}."
