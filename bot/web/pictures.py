"""Pictures of covers and cards, as files that a browser keeps for ever: the address changes with
the content.

A picture is a file of its own and not written into the page: one of an author's may be of any kind
and hold anything, and within `<img>` nothing of it can run (docs/decisions/pictures.md).
"""

import asyncio
import gzip
import hashlib
import logging
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Self

from aiohttp import web

from bot.web.banner import banner
from cards.model import Programme
from cards.picture import Picture

log = logging.getLogger(__name__)

_BANNER = ".png"
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
_HEADERS = {
    "Cache-Control": "max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none';style-src 'unsafe-inline'",
    "Vary": "Accept-Encoding",
}


@dataclass(frozen=True)
class _File:
    content: bytes
    small: bytes
    """As gzip; empty where that is no smaller."""
    hash: str

    @classmethod
    def of(cls, content: bytes) -> Self:
        small = gzip.compress(content, mtime=0)
        digest = hashlib.sha256(content).hexdigest()[:8]
        return cls(content, small if len(small) < len(content) else b"", digest)


class Pictures:
    """The pictures of a programme."""

    def __init__(self, programme: Programme) -> None:
        self.teach(programme)
        self._one_at_a_time = asyncio.Lock()

    def teach(self, programme: Programme) -> None:
        """Those of this one from now on. Each is packed when it is first asked for."""
        self._contents = programme.pictures
        self._files: dict[str, _File] = {}
        self._banners: dict[str, bytes] = {}
        """Drawn when they are first asked for; empty where that failed."""

    def _file(self, name: str) -> _File | None:
        file = self._files.get(name)
        if file is None and name in self._contents:
            file = self._files[name] = _File.of(self._contents[name])
        return file

    def url(self, picture: Picture) -> str:
        """Where it is; empty where there is no such file."""
        file = self._file(picture.file)
        return f"/picture/{file.hash}/{picture.file}" if file else ""

    def banner_url(self, picture: Picture) -> str:
        """Where it is as a PNG for messengers."""
        url = self.url(picture)
        return f"{url}{_BANNER}" if url else ""

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(r"/picture/{hash:[0-9a-f]{8}}/{name:[\w.-]{1,80}}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        file = self._file(name)
        if file is None and name.endswith(_BANNER):
            return await self._serve_banner(request, name.removesuffix(_BANNER))
        if file is None or file.hash != request.match_info["hash"]:
            raise web.HTTPNotFound
        headers, body = dict(_HEADERS), file.content
        if file.small and "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"], body = "gzip", file.small
        kind = _TYPES[PurePosixPath(name).suffix]
        return web.Response(body=body, content_type=kind, headers=headers)

    async def _serve_banner(self, request: web.Request, name: str) -> web.Response:
        file = self._file(name)
        if file is None or file.hash != request.match_info["hash"]:
            raise web.HTTPNotFound
        async with self._one_at_a_time:
            if name not in self._banners:
                try:
                    self._banners[name] = await asyncio.to_thread(banner, name, file.content)
                except ValueError as error:
                    log.warning("a picture cannot be shown in messengers: %s", error)
                    self._banners[name] = b""
        if not self._banners[name]:
            raise web.HTTPNotFound
        return web.Response(
            body=self._banners[name], content_type="image/png", headers=dict(_HEADERS)
        )
