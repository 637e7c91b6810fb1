"""Certificates: facts in, the bytes of a PDF out. Knows nothing of chats, learners or decks."""

from certificates.annex import AnnexCompetence, AnnexFacts, AnnexModule, AnnexSection, Partner, annex
from certificates.archive import Attachment
from certificates.badge import BADGE_NAME, WITHDRAWN, credential, did, did_document, revocation_list
from certificates.content import Competence, Facts, HoursDoNotAddUp, Kind, ModuleLine, Signatory
from certificates.fonts import Fonts, MissingGlyphs
from certificates.layout import PLAIN, Look, render
from certificates.names import NameRefused, Reason, clean_name, file_name
from certificates.plain import as_text, filename
from certificates.preview import preview
from certificates.reading import read_pdf
from certificates.signature import CannotSign, Seal
from certificates.stated import Row, Stated, in_words
from certificates.template import TemplateError, read_template
from certificates.token import KeyRing, KeyUnusable, NotGenuine, Statement, private_text, public_text, token_in, verify_url

__all__ = [
    "BADGE_NAME",
    "PLAIN",
    "WITHDRAWN",
    "AnnexCompetence",
    "AnnexFacts",
    "AnnexModule",
    "AnnexSection",
    "Attachment",
    "CannotSign",
    "Competence",
    "Facts",
    "Fonts",
    "HoursDoNotAddUp",
    "KeyRing",
    "KeyUnusable",
    "Kind",
    "Look",
    "MissingGlyphs",
    "ModuleLine",
    "NameRefused",
    "NotGenuine",
    "Partner",
    "Reason",
    "Row",
    "Seal",
    "Signatory",
    "Stated",
    "Statement",
    "TemplateError",
    "annex",
    "as_text",
    "clean_name",
    "credential",
    "did",
    "did_document",
    "file_name",
    "filename",
    "in_words",
    "preview",
    "private_text",
    "public_text",
    "read_pdf",
    "read_template",
    "render",
    "revocation_list",
    "token_in",
    "verify_url",
]
