"""Certificates: facts in, the bytes of a PDF out. Knows nothing of chats, learners or decks."""

from certificates.annex import (
    AnnexCompetence,
    AnnexFacts,
    AnnexModule,
    AnnexSection,
    Partner,
    annex,
)
from certificates.facts import Competence, Facts, HoursDoNotAddUp, Kind, ModuleLine, Signatory
from certificates.layout import render
from certificates.look import PLAIN, Look
from certificates.names import NameRefused, Reason, clean_name, file_name
from certificates.plain_text import as_text, filename
from certificates.preview import preview
from certificates.proof.badge import (
    BADGE_NAME,
    WITHDRAWN,
    credential,
    did,
    did_document,
    revocation_list,
)
from certificates.proof.read_pdf import read_pdf
from certificates.proof.seal import CannotSign, Seal
from certificates.proof.statement import Row, Stated, in_words
from certificates.proof.token import (
    KeyRing,
    KeyUnusable,
    NotGenuine,
    Statement,
    private_text,
    public_text,
    token_in,
    verify_url,
)
from certificates.template import TemplateError, read_template
from certificates.typesetting.fonts import Fonts, MissingGlyphs
from certificates.typesetting.pdf_a import Attachment

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
