"""What makes a PDF an archive file: PDF/A-3, level B (ISO 19005-3). Fonts are embedded anyway; what
is missing is here.

Metadata as XMP that says the same as the document's properties (6.6.2), a colour profile for its
colours (6.2.3), attachments that say how they belong to the document (6.8). Everything is the same
for the same input: dates are those of the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String
from PIL import ImageCms

PRODUCER = "Pasito"
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about=""'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' pdfaid:part="3" pdfaid:conformance="B" xmlns:p="http://ns.adobe.com/pdf/1.3/"'
    ' p:Producer="{producer}"'
    ' xmlns:x="http://ns.adobe.com/xap/1.0/" x:CreateDate="{day}T00:00:00Z">'
    '<d:title xmlns:d="http://purl.org/dc/elements/1.1/">'
    '<r:Alt><r:li xml:lang="x-default">{title}</r:li></r:Alt></d:title>'
    "</r:Description></r:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file: data that says what the pages say."""

    name: str
    content: bytes
    mime: str
    description: str


def make_archival(
    pdf: Pdf, title: str, created: date, attachments: Sequence[Attachment] = ()
) -> None:
    """Turns a document whose fonts are embedded into PDF/A-3B."""
    pdf.docinfo[Name.Title] = String(title)
    pdf.docinfo[Name.Producer] = String(PRODUCER)
    pdf.docinfo[Name.CreationDate] = String(f"D:{created:%Y%m%d}000000Z")
    xmp = _XMP.format(title=escape(title), producer=PRODUCER, day=created.isoformat())
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    profile = pdf.make_stream(_srgb(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    for attachment in attachments:
        _attach(pdf, attachment, created)


def _attach(pdf: Pdf, attachment: Attachment, created: date) -> None:
    day = f"D:{created:%Y%m%d}000000Z"
    file = AttachedFileSpec(
        pdf,
        attachment.content,
        filename=attachment.name,
        mime_type=attachment.mime,
        description=attachment.description,
        creation_date=day,
        mod_date=day,
        relationship=Name.Data,
    )
    pdf.attachments[attachment.name] = file  # which also lists it in the document's /AF


@cache
def _srgb() -> bytes:
    """The sRGB profile that LittleCMS makes; its date is left out, so that it is the same every day
    (ICC.1, 7.2.8)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)
    return bytes(profile)
