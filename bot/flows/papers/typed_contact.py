"""How an employer reaches somebody, as it is typed: kept as it was, digits made Latin. Pure."""

import re
import unicodedata

from bot.conversation.chosen import numbers
from bot.model.clean_text import one_line
from bot.model.words import Words, _

FEWEST_DIGITS, MOST_DIGITS = 6, 15
"""ITU-T E.164 has at most fifteen."""
LONGEST_MAIL, LONGEST_TOWN, LONGEST_LINE = 80, 60, 120


def phone(text: str) -> tuple[str, bool]:
    """The number as it will stand there, and whether it looks like one."""
    clean = " ".join(numbers(unicodedata.normalize("NFKC", one_line(text))).split())[:40]
    digits = sum(char.isdigit() for char in clean)
    looks = re.fullmatch(r"\+?[\d\s().\-/]+", clean) is not None
    return clean, looks and FEWEST_DIGITS <= digits <= MOST_DIGITS


def mail(text: str) -> tuple[str, Words | None]:
    """The address, and what is missing in it."""
    clean = "".join(one_line(text).split())
    if len(clean) > LONGEST_MAIL:
        return clean[:LONGEST_MAIL], _("This address is longer than 80 letters.")
    if clean.count("@") > 1:
        return clean, _("There are two @ in it. An address has one.")
    name, at, host = clean.partition("@")
    if not at:
        return clean, _("The @ is missing.")
    if not name or not host:
        return clean, _("Something is missing before or behind the @.")
    if "." not in host.strip(".") or host.startswith(".") or host.endswith("."):
        return clean, _("The end is missing, for example .com or .org.")
    return clean, None
