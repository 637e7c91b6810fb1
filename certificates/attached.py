"""Data that lies inside a file of ours, read out of one that somebody sends back.

Nothing in it is believed: it is not opened before its size is known, unpacked as well, and no other
part of it is looked at.
"""

import io

import pikepdf

from certificates.proof.read_pdf import UNREADABLE, check_size, embedded, unpacked
from certificates.proof.token import NotGenuine

MOST_UNPACKED = 8 << 20
"""Bytes of all streams of one page with its fonts; ours have less than a fourth of it."""


def attached(content: bytes, name: str, most: int, most_pages: int) -> bytes:
    """The file of this name inside a PDF file, of at most so many bytes. Raises `NotGenuine` where
    there is none, or the PDF is none of ours."""
    check_size(content, MOST_UNPACKED)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            file = embedded(pdf, name)
            if file is None or len(pdf.pages) > most_pages:
                raise NotGenuine("this file holds no data of ours")
            return unpacked(file, most)
    except UNREADABLE as error:
        raise NotGenuine("this is no PDF file that can be read") from error
