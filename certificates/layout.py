"""Where things stand on the two pages. All lengths are millimetres on A4 landscape, sizes of type
are points.

Whatever the facts, a certificate has two pages: what is long is set smaller until it fits.
"""

from collections.abc import Sequence

from certificates.facts import Facts
from certificates.labels import Labels
from certificates.look import PLAIN, Look
from certificates.recto import draw_recto
from certificates.typesetting.fonts import Fonts
from certificates.typesetting.pdf import Document
from certificates.typesetting.pdf_a import Attachment
from certificates.typesetting.sheet import Sheet, Typesetter
from certificates.verso import draw_verso
from certificates.wording import put_into_words


def render(
    facts: Facts, fonts: Fonts, look: Look = PLAIN, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The certificate as PDF/A-3B of two A4 landscape pages; the same facts give the same bytes.

    This is work for the processor (20-40 ms): call it in a thread. Raises `MissingGlyphs`.
    """
    labels = Labels(facts.language)
    paper = put_into_words(facts, labels)
    typesetter = Typesetter(fonts, facts.language, labels.rtl)
    document = Document(f"{paper.recto.heading} – {facts.name}", labels.language, facts.issued)
    draw_recto(Sheet(document.page(), typesetter, look.colours), paper, facts, look)
    draw_verso(Sheet(document.page(), typesetter, look.colours), paper, facts, look)
    return document.save(attachments)
