"""The text of a PDF, as other programs read it."""

import pypdfium2


def by_pdfium(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def words(text: str) -> str:
    return " ".join(text.split())
