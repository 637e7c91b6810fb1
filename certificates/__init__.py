"""Certificates: facts in, the bytes of a PDF out. Knows nothing of chats, learners or decks."""

from certificates.content import Competence, Facts, HoursDoNotAddUp, Kind, ModuleLine, Signatory
from certificates.fonts import Fonts, MissingGlyphs
from certificates.layout import render
from certificates.names import NameRefused, Reason, clean_name
from certificates.plain import as_text, filename

__all__ = [
    "Competence",
    "Facts",
    "Fonts",
    "HoursDoNotAddUp",
    "Kind",
    "MissingGlyphs",
    "ModuleLine",
    "NameRefused",
    "Reason",
    "Signatory",
    "as_text",
    "clean_name",
    "filename",
    "render",
]
