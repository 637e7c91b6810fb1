"""What all pages look like: the stylesheet and where the templates are."""

import gzip
import hashlib
from importlib import resources

from aiohttp import web
from jinja2 import Environment, PackageLoader

TEMPLATES = Environment(loader=PackageLoader("bot.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
PRIVATE = {"Cache-Control": "no-store"}
_STYLE = resources.files("bot.web").joinpath("static/pasito.css").read_bytes()
_SMALL_STYLE = gzip.compress(_STYLE, mtime=0)
_HASH = hashlib.sha256(_STYLE).hexdigest()[:8]
STYLE_URL = f"/static/pasito.{_HASH}.css"


async def style(request: web.Request) -> web.Response:
    """Its address changes with its content, so it is kept for ever. Asked for another version, by a page of a process that is newer
    or older than this one, it is not."""
    fits = request.match_info["hash"] == _HASH
    headers = {"Cache-Control": "max-age=31536000, immutable" if fits else "no-store", "Vary": "Accept-Encoding"}
    body = _STYLE
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"], body = "gzip", _SMALL_STYLE
    return web.Response(body=body, content_type="text/css", headers=headers)
