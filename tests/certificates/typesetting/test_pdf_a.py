"""PDF/A-3B, read clause by clause (ISO 19005-3) with other libraries than the one judge, veraPDF,
which no package brings.

docs/decisions/certificates.md says how veraPDF judged these files.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fontTools.ttLib import TTFont
from PIL import ImageCms

from bot.documents.issue import Issuer
from certificates import Facts, Fonts, KeyRing
from certificates.proof.badge import BADGE_NAME
from tests.support import certificates as samples

TIGRINYA = replace(
    samples.ENGLISH, name="ገብረመድህን ተስፋሚካኤል ሃይለ", title="ትምህርቲ 12 (Ali علي)፣ 9 መጋቢት 2026"
)
KINDS = {
    "module, French": samples.FRENCH,
    "category, Arabic": samples.category(samples.ARABIC),
    "programme, Tigrinya": samples.programme(facts=TIGRINYA),
}
RDF, PDFAID = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.aiim.org/pdfa/ns/id/}"
FORBIDDEN = (
    "/Encrypt",
    "/JavaScript",
    "/JS",
    "/Launch",
    "/SMask",
    "/ca",
    "/CA",
    "/BM",
    "/PS",
    "/Alternates",
    "/OPI",
    "/Group",
    "/LZWDecode",
)


@pytest.fixture(scope="module", params=KINDS.values(), ids=KINDS.keys())
def content(request: pytest.FixtureRequest, fonts: Fonts) -> bytes:
    """As the chat sends it."""
    facts: Facts = request.param
    issuer = Issuer(
        fonts,
        KeyRing([Ed25519PrivateKey.from_private_bytes(bytes(32))]),
        "https://learn.example.org",
    )
    return issuer.pdf(issuer.signed(replace(facts, subject="computer", serial="00c0ffee00c0ffee")))


@pytest.fixture
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def test_the_file_itself(content: bytes, pdf: pikepdf.Pdf) -> None:
    """6.1.2 header with a comment of high bytes, 6.1.3 an id, no encryption, nothing after the
    end."""
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}", content) and content.endswith(b"%%EOF\n")
    assert len(pdf.trailer.ID) == 2 and not pdf.is_encrypted


def test_nothing_that_is_forbidden(pdf: pikepdf.Pdf) -> None:
    """6.1.7 filters, 6.2.8 images, 6.2.10 transparency, 6.5 actions: no name of these stands
    anywhere."""
    names = {
        key
        for thing in pdf.objects
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream))
        for key in dict(thing.items())
    }
    values = {
        str(value)
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream)
        for value in [thing.get("/Filter")]
    }
    assert not {*names, *values} & set(FORBIDDEN)
    assert {
        str(annotation.A.S) for page in pdf.pages for annotation in page.get("/Annots", [])
    } <= {"/URI"}
    assert all(annotation.F == 4 for page in pdf.pages for annotation in page.get("/Annots", []))


def test_colours_have_a_profile(pdf: pikepdf.Pdf) -> None:
    """6.2.3: one PDF/A output intent, an RGB profile of a display, of version 4 at most."""
    (intent,) = pdf.Root.OutputIntents
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes())).profile
    assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3
    assert (profile.xcolor_space.strip(), profile.device_class) == (
        "RGB",
        "mntr",
    ) and profile.version < 5


def test_metadata_say_which_part_and_the_same_as_the_properties(pdf: pikepdf.Pdf) -> None:
    """6.6.2.3, 6.6.4."""
    stream = pdf.Root.Metadata
    assert (stream.Type, stream.Subtype) == ("/Metadata", "/XML") and "/Filter" not in stream
    described = ElementTree.fromstring(stream.read_bytes().decode("utf-8")).find(
        f"{RDF}RDF/{RDF}Description"
    )
    assert described is not None
    assert (described.get(f"{PDFAID}part"), described.get(f"{PDFAID}conformance")) == ("3", "B")
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert metadata["pdf:Producer"] == str(pdf.docinfo.Producer)
        assert (
            metadata["xmp:CreateDate"].replace("-", "").replace(":", "").replace("T", "")
            == str(pdf.docinfo.CreationDate)[2:]
        )


def test_fonts_are_whole(pdf: pikepdf.Pdf) -> None:
    """6.2.11: embedded, composite fonts with a map, widths as in the font to 1/1000 em, a text for
    each code that is shown."""
    shown: dict[str, set[int]] = {}
    resources = {
        str(name): font for page in pdf.pages for name, font in page.Resources.Font.items()
    }
    for page in pdf.pages:
        font = ""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = str(operands[0])
            if str(operator) == "TJ":
                strings = [
                    bytes(piece) for piece in operands[0] if isinstance(piece, pikepdf.String)
                ]
                codes = [
                    int.from_bytes(text[place : place + 2])
                    for text in strings
                    for place in range(0, len(text), 2)
                ]
                shown.setdefault(font, set()).update(codes)
    assert shown.keys() == resources.keys()
    for name, font in resources.items():
        (inner,) = font.DescendantFonts
        program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
        assert font.Encoding == "/Identity-H" and inner.CIDToGIDMap == "/Identity"
        assert (
            re.fullmatch(r"/[A-Z]{6}\+\w+-\w+", str(font.BaseFont))
            and font.BaseFont == inner.FontDescriptor.FontName
        )
        first, widths = inner.W
        metrics, order = program["hmtx"], program.getGlyphOrder()
        for place, width in enumerate(widths):
            assert (
                abs(
                    int(width)
                    - metrics[order[int(first) + place]][0] * 1000 / program["head"].unitsPerEm
                )
                <= 1
            )
        told = re.findall(rb"<([0-9A-F]{4})><([0-9A-F]{4})>\[", font.ToUnicode.read_bytes())
        codes = {code for start, end in told for code in range(int(start, 16), int(end, 16) + 1)}
        assert shown[name] <= codes and max(shown[name]) < len(order) and 0 not in shown[name]


def test_the_attachment_says_how_it_belongs(pdf: pikepdf.Pdf) -> None:
    """6.8: names in both forms, a type, a relationship, listed at the document."""
    (file,) = pdf.Root.AF
    (embedded,) = {thing.objgen for thing in (file.EF.F, file.EF.UF)}
    assert (file.F, file.UF, file.AFRelationship, file.Type) == (
        BADGE_NAME,
        BADGE_NAME,
        "/Data",
        "/Filespec",
    )
    assert (
        pdf.get_object(embedded).Subtype == "/application/jwt"
        and "/ModDate" in pdf.get_object(embedded).Params
    )
    assert list(pdf.attachments) == [BADGE_NAME]
