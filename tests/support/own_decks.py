"""A small folder of an organisation's own decks that `pasito lint` finds nothing wrong in."""

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
    for name in ("help.md", "crisis.yaml", "faq.yaml", "resources.csv"):
        shutil.copy(SHIPPED / name, folder / name)
    told = yaml.safe_load((SHIPPED / "programme.yaml").read_text("utf-8"))
    (category,) = (c for c in told["categories"] if c["id"] == CATEGORY)
    told |= {"categories": [{**category, "modules": [MODULE], "coming": {}}], "pathways": []}
    told.pop("tracks", None)
    (folder / "programme.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    (folder / CATEGORY).mkdir()
    return Path(shutil.copy(SHIPPED / CATEGORY / f"{MODULE}.md", folder / CATEGORY))
