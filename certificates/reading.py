"""A certificate's file, read back: the token in its link, and the credential that is attached."""

import io
from collections.abc import Iterable
from typing import Any

import pikepdf

from certificates.badge import BADGE_NAME, credential_serial
from certificates.token import KeyRing, NotGenuine, Statement, token_in


def read_pdf(content: bytes, keys: KeyRing) -> Statement:
    """What the link in a certificate's file states. Where a credential is attached, it has to be genuine and of the same certificate.
    Raises `NotGenuine`.

    The signature is that of the statement, not of the drawing: whoever reads the page compares it with what is stated.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            links = [link for page in pdf.pages for link in _links(page) if "/verify/" in link.lower()]
            attached = pdf.attachments[BADGE_NAME].get_file().read_bytes() if BADGE_NAME in pdf.attachments else b""
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError) as error:
        raise NotGenuine("this is no PDF file that can be read") from error
    if not links:
        raise NotGenuine("no link to a check in this file")
    statement = keys.read(token_in(links[0]))
    if attached and credential_serial(attached.decode("ascii", "replace"), keys) != statement.serial:
        raise NotGenuine("the credential in this file is that of another certificate")
    return statement


def _links(page: pikepdf.Page) -> list[str]:
    annotations: Iterable[Any] = page.obj.get("/Annots", [])
    actions: list[Any] = [annotation.get("/A", {}) for annotation in annotations]
    return [str(action["/URI"]) for action in actions if "/URI" in action]
