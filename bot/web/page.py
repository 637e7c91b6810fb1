"""What all pages share: the templates, the reader's language, and pages for readers whom nobody
knows."""

import re
from collections.abc import Collection
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from bot.i18n.catalogues import Catalogues, is_rtl, name_of
from bot.model.words import _
from bot.web.links import linked
from bot.web.signs import drawn, without
from bot.web.style import STYLE
from bot.web.unbroken import unbroken

LANGUAGES = _("Language")
TEMPLATES = Environment(
    loader=PackageLoader("bot.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.filters["without_signs"] = without
TEMPLATES.filters["linked"] = linked
TEMPLATES.filters["unbroken"] = lambda text: unbroken(escape(text))
TEMPLATES.filters["drawn"] = lambda text: drawn(_breakable(unbroken(escape(text))))
PRIVATE = {"Cache-Control": "no-store"}


def _breakable(text: Markup) -> Markup:
    """A line may end behind the stroke of `Teleworking/working`, not in the middle of a word."""
    return Markup(re.sub(r"(?<=\w)/(?=\w)", "/<wbr>", text))  # noqa: S704 - was escaped


def _direction(language: str) -> str:
    return "rtl" if is_rtl(language) else "ltr"


def _in_its(spoken: str | None, language: str) -> Markup:
    """What an element says of itself whose words are in another language than the page."""
    if not spoken or spoken == language:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(spoken, _direction(spoken))


def language_of(request: web.Request, words: Catalogues, otherwise: str = "") -> str:
    """The reader's language: what the page was asked for in, else the browser's best, else
    `otherwise`."""
    asked = request.query.get("language", "")
    if asked in words.languages:
        return asked
    tag = preferred(request.headers.get("Accept-Language", ""), words.languages)
    liked = tag.split("-")[0].lower() in words.languages
    return otherwise if otherwise and not liked else words.proposed(tag)


def preferred(header: str, offered: Collection[str]) -> str:
    """The tag of Accept-Language that is offered and liked best; where none is offered, the one
    that is liked best."""
    liked: list[tuple[float, str]] = []
    for item in header[:500].split(","):
        tag, *parameters = (part.strip() for part in item.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if (
            re.fullmatch(r"[A-Za-z0-9-]{1,35}", tag)
            and re.fullmatch(r"[01](\.\d{0,3})?", quality)
            and float(quality)
        ):
            liked.append((-float(quality), tag))
    tags = [tag for _quality, tag in sorted(liked, key=lambda pair: pair[0])]
    return next(
        (tag for tag in tags if tag.split("-")[0].lower() in offered), tags[0] if tags else ""
    )


def page(
    request: web.Request,
    template: str,
    words: Catalogues,
    language: str,
    status: int,
    **values: Any,
) -> web.Response:
    """A page on `base.html` in one language, which offers itself in the others. Nobody keeps a copy
    of it."""
    text = TEMPLATES.get_template(template).render(
        language=language,
        direction=_direction,
        in_its=lambda spoken: _in_its(spoken, language),
        languages_label=words.say(LANGUAGES, language),
        languages=[(other, name_of(other)) for other in words.languages if other != language],
        style=request.app[STYLE].url,
        **values,
    )
    response = web.Response(text=text, status=status, content_type="text/html", headers=PRIVATE)
    response.enable_compression()
    return response
