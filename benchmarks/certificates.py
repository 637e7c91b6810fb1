"""One certificate, five ways: ours, plain fpdf2, reportlab, weasyprint, typst. The same texts at
the same places in the same fonts.

Printed: processor milliseconds for one more certificate when all is warm, bytes, and which of them
are right in Arabic and Pashto. Ours is the file that the chat sends, with credential and PDF/A,
from the facts on; the others are told where each text stands.

Right is what passes two checks of a page with names and sentences (`LINES`), made the same way as
the certificates:
- read: PDFium and pypdf find the name as a whole and every word of the sentence, vowel signs and
  numbers aside;
- seen: in the picture, letters that hang together, with their marks, come in the same order and
  look the same as where Raqm (FriBidi,
  HarfBuzz, FreeType, no part of ours) draws each word: joined, marks in place, in the right
  direction.
"""

import base64
import io
import re
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape

import pypdf
import pypdfium2
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

import certificates as paper
from bot.documents.issue import Issuer
from certificates import layout
from certificates.typesetting import sheet
from certificates.typesetting.fonts import file_of
from certificates.typesetting.pdf import Colour, Document
from certificates.typesetting.shaping import first_strong_is_rtl
from certificates.typesetting.sheet import POINTS, Align, Style, Typesetter
from tests.support import certificates as samples

ROUNDS, A_ROUND = 5, 4
WIDTH, HEIGHT = 297.0, 210.0
"""Millimetres."""
ONLY_ARABIC = re.compile("([\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+)")
NOT_ARABIC = re.compile("([A-Za-zÀ-ž]+)")


@dataclass(frozen=True)
class Text:
    """A text in a box: millimetres from the top left corner, size in points, a line's height in em;
    `align` is left, center or right."""

    text: str
    size: float
    bold: bool
    colour: Colour
    align: str
    x: float
    y: float
    width: float
    leading: float

    @property
    def rtl(self) -> bool:
        return bool(first_strong_is_rtl(self.text))


@dataclass
class Plan:
    """What stands on one page. A line is x, y, width, height in millimetres and its thickness in
    points; a height of 0 is a rule."""

    texts: list[Text] = field(default_factory=list)
    lines: list[tuple[float, float, float, float, float, Colour]] = field(default_factory=list)
    code: tuple[str, float, float, float] | None = None
    """The address of a QR code and its box."""


class Recorder(sheet.Sheet):
    """Writes down where our layout puts things."""

    plans: list[Plan]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.plan = Plan()
        Recorder.plans.append(self.plan)

    def write(
        self, text: str, style: Style, x: float, y: float, width: float, is_name: bool = False
    ) -> float:
        if text:
            right = style.align is not Align.CENTRE and (style.align is Align.END) != self.type.rtl
            align = "center" if style.align is Align.CENTRE else "right" if right else "left"
            left = self._left(x, width)
            self.plan.texts.append(
                Text(
                    text, style.size, style.bold, style.colour, align, left, y, width, style.leading
                )
            )
        return super().write(text, style, x, y, width, is_name)

    def rule(self, x: float, y: float, width: float, thickness: float, colour: Colour) -> None:
        self.plan.lines.append((self._left(x, width), y, width, 0, thickness, colour))

    def frame(self, margin: float, thickness: float, colour: Colour) -> None:
        self.plan.lines.append(
            (margin, margin, self.width - 2 * margin, self.height - 2 * margin, thickness, colour)
        )

    def squares(self, rows: Sequence[bytes], x: float, y: float, size: float, link: str) -> None:
        self.plan.code = (link, self._left(x, size), y, size)


def plans(facts: paper.Facts, fonts: paper.Fonts) -> list[Plan]:
    Recorder.plans = []
    with patch.object(layout, "Sheet", Recorder):
        layout.render(facts, fonts)
    return Recorder.plans


def qr_picture(address: str) -> io.BytesIO:
    file = io.BytesIO()
    segno.make_qr(address, error="m", mask=layout.QR_MASK).save(file, kind="png", border=0, scale=4)
    file.seek(0)
    return file


def bytes_of(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in colour)
    return red, green, blue


class Ours:
    def __init__(self, fonts: paper.Fonts, _files: Mapping[str, Path]) -> None:
        keys = paper.KeyRing([Ed25519PrivateKey.from_private_bytes(bytes(32))])
        self.fonts, self.issuer = fonts, Issuer(fonts, keys, "https://learn.example.org")

    def certificate(self, facts: paper.Facts, _plans: Sequence[Plan]) -> bytes:
        return self.issuer.pdf(self.issuer.signed(facts))

    def draw(self, pages: Sequence[Plan]) -> bytes:
        document = Document("", "ar", date(2026, 3, 9))
        for plan in pages:
            page = document.page()
            for text in plan.texts:
                on = sheet.Sheet(page, Typesetter(self.fonts, "ar", text.rtl))
                x = WIDTH - text.x - text.width if text.rtl else text.x
                on.write(
                    text.text,
                    Style(text.size, text.bold, text.colour, leading=text.leading),
                    x,
                    text.y,
                    text.width,
                )
        return document.save()


class Other:
    """A library that is told where everything stands. `files` are the fonts: latin, latin-bold,
    arabic, arabic-bold."""

    def __init__(self, _fonts: paper.Fonts, files: Mapping[str, Path]) -> None:
        self.files = files

    def certificate(self, _facts: paper.Facts, plans: Sequence[Plan]) -> bytes:
        return self.draw(plans)

    def draw(self, pages: Sequence[Plan]) -> bytes:
        raise NotImplementedError


class Fpdf2(Other):
    def draw(self, pages: Sequence[Plan]) -> bytes:
        from fpdf import FPDF

        pdf = FPDF("landscape", "mm", "A4")
        pdf.set_auto_page_break(False)
        pdf.c_margin = 0
        for name in ("latin", "arabic"):
            pdf.add_font(name, "", self.files[name])
            pdf.add_font(name, "B", self.files[f"{name}-bold"])
        pdf.set_fallback_fonts(["latin", "arabic"], exact_match=True)
        for plan in pages:
            pdf.add_page()
            for x, y, width, height, thickness, colour in plan.lines:
                pdf.set_draw_color(*bytes_of(colour))
                pdf.set_line_width(thickness / POINTS)
                pdf.rect(x, y, width, height) if height else pdf.line(x, y, x + width, y)
            for text in plan.texts:
                pdf.set_font("arabic" if text.rtl else "latin", "B" if text.bold else "", text.size)
                pdf.set_text_shaping(True, direction="rtl" if text.rtl else "ltr")
                pdf.set_text_color(*bytes_of(text.colour))
                pdf.set_xy(text.x, text.y)
                pdf.multi_cell(
                    text.width,
                    text.size * text.leading / POINTS,
                    text.text,
                    align=text.align[0].upper(),
                )
            if plan.code:
                address, x, y, size = plan.code
                pdf.image(qr_picture(address), x, y, size, size, link=address)
        return bytes(pdf.output())


class Reportlab(Other):
    """With arabic-reshaper and python-bidi, as is common: its own shaping stops with an error at a
    text that begins with a raised mark."""

    def __init__(self, fonts: paper.Fonts, files: Mapping[str, Path]) -> None:
        super().__init__(fonts, files)
        from arabic_reshaper import ArabicReshaper
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfbase.ttfonts import TTFont

        for name, file in files.items():
            registerFont(TTFont(name, str(file), shapable=False))
        self._reshape = ArabicReshaper({"delete_harakat": False}).reshape

    def draw(self, pages: Sequence[Plan]) -> bytes:
        from reportlab.lib.utils import ImageReader
        from reportlab.pdfgen.canvas import Canvas

        file = io.BytesIO()
        canvas = Canvas(file, (WIDTH * POINTS, HEIGHT * POINTS), pageCompression=1)
        for plan in pages:
            for x, y, width, height, thickness, colour in plan.lines:
                canvas.setStrokeColorRGB(*colour)
                canvas.setLineWidth(thickness)
                canvas.rect(
                    x * POINTS, (HEIGHT - y - height) * POINTS, width * POINTS, height * POINTS
                )
            for text in plan.texts:
                self._write(canvas, text)
            if plan.code:
                address, x, y, size = plan.code
                left, bottom, edge = x * POINTS, (HEIGHT - y - size) * POINTS, size * POINTS
                canvas.drawImage(ImageReader(qr_picture(address)), left, bottom, edge, edge)
                canvas.linkURL(address, (left, bottom, left + edge, bottom + edge))
            canvas.showPage()
        canvas.save()
        return file.getvalue()

    def _write(self, canvas: Any, text: Text) -> None:
        from bidi import get_display
        from reportlab.lib.utils import simpleSplit
        from reportlab.pdfbase.pdfmetrics import stringWidth

        bold = "-bold" if text.bold else ""
        canvas.setFillColorRGB(*text.colour)
        wide = ("arabic" if text.rtl else "latin") + bold
        for number, line in enumerate(simpleSplit(text.text, wide, text.size, text.width * POINTS)):
            seen = get_display(self._reshape(line), base_dir="R" if text.rtl else "L")
            runs = [
                (part, ("latin" if place % 2 == text.rtl else "arabic") + bold)
                for place, part in enumerate(
                    re.split(NOT_ARABIC if text.rtl else ONLY_ARABIC, seen)
                )
            ]
            spare = text.width * POINTS - sum(
                stringWidth(part, font, text.size) for part, font in runs
            )
            x = text.x * POINTS + spare * {"left": 0, "center": 0.5, "right": 1}[text.align]
            y = (HEIGHT - text.y) * POINTS - text.size * (sheet.ASCENT + number * text.leading)
            for part, font in runs:
                canvas.setFont(font, text.size)
                canvas.drawString(x, y, part)
                x += stringWidth(part, font, text.size)


class Weasyprint(Other):
    def __init__(self, fonts: paper.Fonts, files: Mapping[str, Path]) -> None:
        super().__init__(fonts, files)
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        faces = "".join(
            "@font-face "
            f"{{font-family: {name.partition('-')[0]};"
            f" font-weight: {'bold' if 'bold' in name else 'normal'};"
            f" src: url({file.as_uri()})}}"
            for name, file in files.items()
        )
        common = (
            "@page {size: A4 landscape; margin: 0} p, div, img {position: absolute; margin: 0; "
            "box-sizing: border-box}"
        )
        pages = (
            "section {position: relative; height: 210mm; break-after: page} section:last-child "
            "{break-after: auto} body {margin: 0}"
        )
        self._config = FontConfiguration()
        self._css = CSS(string=faces + common + pages, font_config=self._config)

    def draw(self, pages: Sequence[Plan]) -> bytes:
        from weasyprint import HTML

        html = ["<!doctype html><html lang=ar><body>"]
        for plan in pages:
            html.append("<section>")
            for x, y, width, height, thickness, colour in plan.lines:
                border = f"{thickness}pt solid rgb{bytes_of(colour)}"
                html.append(
                    f"<div style='left:{x}mm;top:{y}mm;width:{width}mm;"
                    + (
                        f"height:{height}mm;border:{border}'></div>"
                        if height
                        else f"border-top:{border}'></div>"
                    )
                )
            for text in plan.texts:
                families = "arabic, latin" if text.rtl else "latin, arabic"
                html.append(
                    f"<p dir={'rtl' if text.rtl else 'ltr'} "
                    f"style='left:{text.x}mm;top:{text.y}mm;width:{text.width}mm;"
                    f"font:{'bold' if text.bold else 'normal'} {text.size}pt/{text.leading} "
                    f"{families};text-align:{text.align};"
                    f"color:rgb{bytes_of(text.colour)}'>{escape(text.text)}</p>"
                )
            if plan.code:
                address, x, y, size = plan.code
                picture = base64.b64encode(qr_picture(address).getvalue()).decode()
                html.append(
                    f"<a href='{address}'><img src='data:image/png;base64,{picture}' "
                    f"style='left:{x}mm;top:{y}mm;width:{size}mm;height:{size}mm'></a>"
                )
            html.append("</section>")
        document = HTML(string="".join(html))
        return bytes(document.write_pdf(stylesheets=[self._css], font_config=self._config))


class Typst(Other):
    def __init__(self, fonts: paper.Fonts, files: Mapping[str, Path]) -> None:
        super().__init__(fonts, files)
        import typst

        folder = str(files["latin"].parent)
        self._compiler = typst.Compiler(root=folder, font_paths=[folder], ignore_system_fonts=True)
        self._folder = Path(folder)

    def draw(self, pages: Sequence[Plan]) -> bytes:
        source = [f"#set page(width: {WIDTH}mm, height: {HEIGHT}mm, margin: 0mm)"]
        for number, plan in enumerate(pages):
            source += ["#pagebreak()"] * bool(number)
            for x, y, width, height, thickness, colour in plan.lines:
                stroke = f"{thickness}pt + rgb{bytes_of(colour)}"
                shape = f"rect(width: {width}mm, height: {height}mm, stroke: {stroke})"
                rule = f"line(length: {width}mm, stroke: {stroke})"
                source.append(f"#place(dx: {x}mm, dy: {y}mm, {shape if height else rule})")
            for text in plan.texts:
                families = (
                    '("Noto Sans Arabic", "Noto Sans")'
                    if text.rtl
                    else '("Noto Sans", "Noto Sans Arabic")'
                )
                said = text.text.replace("\\", "\\\\").replace('"', '\\"')
                source.append(
                    f"#place(dx: {text.x}mm, dy: {text.y}mm, box(width: {text.width}mm, "
                    f"align({text.align}, {{"
                    f"set par(leading: {text.leading - 1}em);"
                    f"set text(font: {families}, size: {text.size}pt, weight: "
                    f"{700 if text.bold else 400}, top-edge: 1em,"
                    f" dir: {'rtl' if text.rtl else 'ltr'}, fill: rgb{bytes_of(text.colour)}); "
                    f'text("{said}")}})))'
                )
            if plan.code:
                address, x, y, size = plan.code
                (self._folder / "code.png").write_bytes(qr_picture(address).getvalue())
                picture = f'image("code.png", width: {size}mm)'
                source.append(f'#place(dx: {x}mm, dy: {y}mm, link("{address}", {picture}))')
        (self._folder / "page.typ").write_text("\n".join(source), encoding="utf-8")
        return bytes(self._compiler.compile(input=str(self._folder / "page.typ"), pdf_tags=False))


SAMPLES = {
    "French": samples.FRENCH,
    "Arabic": samples.ARABIC,
    "Pashto": replace(
        samples.ARABIC,
        name="ګلمینه څدراڼ ښایسته ږغ",
        title="کمپیوټر او د هغه ځانګړتیاوې",
        category="ډیجیټل مهارتونه",
        description="د کمپیوټر سره لومړۍ لیدنه: د هغه د برخو نومونه، څنګه یې په خوندي ډول پیل او "
        "بند کړئ، څنګه خپل فایلونه وساتئ چې بیا یې ومومئ، او څنګه په انټرنېټ کې خوندي پاتې شئ "
        "(لکه په WhatsApp یا Telegram کې).",
        decks=("کمپیوټر وپېژنئ", "پیل او بندول", "فایلونه او پوښۍ", "خوندي پاتې کېدل"),
        objectives=(
            "د کمپیوټر برخې نومول",
            "فایلونه په پوښیو کې ساتل",
            "یو پیاوړی پټنوم ټاکل (12 توري)",
        ),
        outcomes=(
            "کمپیوټر په خوندي ډول پیل او بندول",
            "د PDF فایل ساتل او موندل",
            "د دروغو پیغام له ریښتیني څخه بېلول",
        ),
    ),
}
"""Pashto texts stand between Arabic labels."""

WAYS: Mapping[str, Callable[[paper.Fonts, Mapping[str, Path]], Any]] = {
    "pasito": Ours,
    "fpdf2": Fpdf2,
    "reportlab": Reportlab,
    "weasyprint": Weasyprint,
    "typst": Typst,
}

LINES = {
    "Arabic": (
        "عبد الرحمن محمّد الأحمدي",
        "الدرس 12 (مثلاً) عن WhatsApp في 9 مارس 2026: مُحَمَّد، لا إله، مسؤولية.",
    ),
    "Pashto": (
        "ګلمینه څدراڼ ښایسته ږغ",
        "لوست ۱۲ (مثلاً) د WhatsApp په ۹ مارچ ۲۰۲۶: ښوونځی، نجلۍ ځي، ړوند، ډېر، ټول.",
    ),
}
"""A name and a sentence. Each of their words is of one direction, and no two neighbours are of the
other than the line.
"""
BLACK = Colour(0, 0, 0)
LINE_SIZE, LINE_GAP = 20.0, 25.0
SCALE, FINE = 8, 4
"""Pixels of a point; Raqm puts letters on whole pixels, so it draws larger first."""
ALIKE = 0.8
"""How much of two pieces' ink, laid over each other, has to be the same."""


def specimen(language: str) -> Plan:
    """The name in bold, the sentence in regular and in bold."""
    name, sentence = LINES[language]
    lines = ((name, True), (sentence, False), (sentence, True))
    return Plan(
        [
            Text(text, LINE_SIZE, bold, BLACK, "right", 20, 20 + LINE_GAP * n, 257, 1.4)
            for n, (text, bold) in enumerate(lines)
        ]
    )


def is_read(data: bytes, language: str) -> bool:
    """Numbers are left out: pypdf turns Persian digits round."""
    name, sentence = LINES[language]
    words = [told(word) for word in sentence.split() if not re.search(r"\d", word)]
    return all(
        told(name) in text and all(word in text for word in words) for text in readings(data)
    )


def readings(data: bytes) -> Iterable[str]:
    """What two programs read on the first page. Letters only: readers put punctuation here or
    there."""
    yield told(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())
    yield told(pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text())


def told(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(char for char in plain if char.isalnum() or char.isspace())
    return " ".join(kept.split())


def is_seen(data: bytes, language: str, files: Mapping[str, Path]) -> bool:
    page = pypdfium2.PdfDocument(data)[0].render(scale=SCALE, grayscale=True).to_pil().convert("L")
    for text in specimen(language).texts:
        edges = (0, text.y - 5, WIDTH, text.y + LINE_GAP - 6)
        found = pieces_of(page.crop(tuple(round(edge * POINTS * SCALE) for edge in edges)))
        words = (by_raqm(word, text.bold, files) for word in reversed(text.text.split()))
        expected = [piece for word in words for piece in pieces_of(word)]
        if len(found) != len(expected) or any(
            likeness(*pair) < ALIKE for pair in zip(found, expected, strict=True)
        ):
            return False
    return True


def by_raqm(word: str, bold: bool, files: Mapping[str, Path]) -> Image.Image:
    is_arabic = not re.search("[A-Za-z]", word)
    file = files[("arabic" if is_arabic else "latin") + ("-bold" if bold else "")]
    font = ImageFont.truetype(
        str(file), round(LINE_SIZE * SCALE * FINE), layout_engine=ImageFont.Layout.RAQM
    )
    picture = Image.new("L", (FINE * 2000, FINE * 600), 255)
    ImageDraw.Draw(picture).text(
        (FINE * 200, FINE * 200), word, fill=0, font=font, direction="rtl" if is_arabic else "ltr"
    )
    return picture.reduce(FINE)


def pieces_of(line: Image.Image) -> list[Image.Image]:
    """What is parted by white columns, from left to right, each cut to its ink: letters that are
    joined, with their marks."""
    ink = ImageOps.invert(line).point(lambda value: 255 if value > 100 else 0)
    columns = ink.reduce((1, ink.height)).tobytes()
    starts = [
        place for place in range(1, len(columns)) if columns[place] and not columns[place - 1]
    ]
    ends = [place for place in range(1, len(columns)) if columns[place - 1] and not columns[place]]
    strips = [
        ink.crop((start, 0, end, ink.height)) for start, end in zip(starts, ends, strict=True)
    ]
    return [strip.crop(strip.getbbox()) for strip in strips]


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Ink of both over ink of either when they are laid over each other; 0 for other
    proportions."""
    if any(
        abs(mine - theirs) > 0.06 * theirs + 2
        for mine, theirs in zip(one.size, other.size, strict=True)
    ):
        return 0.0
    resized = one.resize(other.size)
    both, either = ImageChops.darker(resized, other), ImageChops.lighter(resized, other)
    return sum(both.tobytes()) / sum(either.tobytes())


def named(facts: paper.Facts, number: int) -> paper.Facts:
    """Another learner's: letters change places in the last name."""
    first, _, last = facts.name.rpartition(" ")
    turn = number % len(last)
    return replace(
        facts,
        name=f"{first} {last[turn:]}{last[:turn]}",
        serial=f"{number:016x}",
        subject="computer",
    )


def font_files(folder: Path) -> tuple[paper.Fonts, Mapping[str, Path]]:
    """Our faces, and the files behind them for the others."""
    fonts = paper.Fonts(("NotoSans", "NotoSansArabic"))
    files: dict[str, Path] = {}
    for faces, ending in ((fonts.regular, ""), (fonts.bold, "-bold")):
        for name, face in zip(("latin", "arabic"), faces, strict=False):
            made = file_of(face.name.partition("-")[0], face.weight)
            files[name + ending] = named_file(
                made, face.name, folder / "named" / f"{name}{ending}.ttf"
            )
    return fonts, files


def named_file(made: Path, name: str, file: Path) -> Path:
    """A copy that knows its own name: reportlab takes two fonts of one name for the same."""
    file.parent.mkdir(exist_ok=True)
    with TTFont(made) as font:
        for platform in ((1, 0, 0), (3, 1, 0x409)):
            font["name"].setName(name, 6, *platform)
        font.save(file)
    return file


def ready(fonts: paper.Fonts, files: Mapping[str, Path]) -> Mapping[str, Any]:
    """The ways that this machine has."""
    found = {}
    for name, way in WAYS.items():
        try:
            found[name] = way(fonts, files)
        except OSError as error:
            print(
                f"{name} is left out, the machine has no Pango (apt-get install libpango-1.0-0 "
                f"libpangoft2-1.0-0): {error}"
            )
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fonts, files = font_files(Path(folder))
        ways = ready(fonts, files)
        took: dict[tuple[str, str], list[float]] = {
            (way, script): [] for way in ways for script in SAMPLES
        }
        size = dict.fromkeys(took, 0)
        keys = paper.KeyRing([Ed25519PrivateKey.from_private_bytes(bytes(32))])
        signed = Issuer(fonts, keys, "https://learn.example.org").signed
        for number in range(ROUNDS + 1):  # the first one warms up
            for script, facts in SAMPLES.items():
                people = [named(facts, number * A_ROUND + place) for place in range(A_ROUND)]
                pages = [plans(signed(person), fonts) for person in people]
                for way, maker in ways.items():
                    start = time.process_time()
                    for person, plan in zip(people, pages, strict=True):
                        size[way, script] = len(maker.certificate(person, plan))
                    if number:
                        took[way, script].append((time.process_time() - start) * 1000 / A_ROUND)
        print(
            "\nOne certificate, two pages with QR code: processor ms when warm, bytes; median of "
            f"{ROUNDS} rounds of {A_ROUND}"
        )
        for script in SAMPLES:
            ours, bytes_ours = median(took["pasito", script]), size["pasito", script]
            for way in ways:
                ms, length = median(took[way, script]), size[way, script]
                print(
                    f"  {script:7} {way:11}{ms:7.1f} ms  x{ms / ours:5.2f}  {length:8} bytes  "
                    f"x{length / bytes_ours:5.2f}"
                )
        print("\nRight: words read by PDFium and pypdf; words in order and drawn as by Raqm")
        for language in LINES:
            for way, maker in ways.items():
                data = maker.draw([specimen(language)])
                read, seen = is_read(data, language), is_seen(data, language, files)
                verdict = "right" if read and seen else "not right"
                print(
                    f"  {language:7} {way:11}{verdict:10}  read: {'yes' if read else 'no':3}  "
                    f"seen: {'yes' if seen else 'no'}"
                )


if __name__ == "__main__":
    main()
