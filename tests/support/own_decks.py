"""A small folder of an organisation's own decks that `pasito lint` finds nothing wrong in."""

import csv
import shutil
from pathlib import Path

import yaml

from cards.reader import SHIPPED

MODULE = "cell-phone"
CATEGORY = "digital-skills"


def own_decks(folder: Path) -> Path:
    """One module of those that ship, alone in its category. Returns the module's file."""
    for name in ("pictures", "template"):
        shutil.copytree(SHIPPED / name, folder / name)
    for name in ("help.md", "crisis.yaml", "faq.yaml"):
        shutil.copy(SHIPPED / name, folder / name)
    _without_trades(SHIPPED / "resources.csv", folder / "resources.csv")
    told = yaml.safe_load((SHIPPED / "programme.yaml").read_text("utf-8"))
    (category,) = (c for c in told["categories"] if c["id"] == CATEGORY)
    told |= {"categories": [{**category, "modules": [MODULE], "coming": {}}], "pathways": []}
    told |= {"tutorials": [MODULE]}
    for others in ("tracks", "sectors"):
        told.pop(others, None)
    (folder / "programme.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    (folder / CATEGORY).mkdir()
    return Path(shutil.copy(SHIPPED / CATEGORY / f"{MODULE}.md", folder / CATEGORY))


def _without_trades(file: Path, to: Path) -> None:
    """The table of who helps, of a programme that has no sectors."""
    with file.open(encoding="utf-8-sig", newline="") as given, to.open("w", newline="") as taken:
        rows = csv.DictReader(given)
        writer = csv.DictWriter(taken, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows({**row, "trades": ""} for row in rows)
