"""Recordings of cards, as files that a browser keeps: the address changes with the content."""

from aiohttp import web

from cards.model import Programme
from cards.recording import Recording

HEADERS = {"Cache-Control": "max-age=31536000, immutable", "Content-Type": "audio/ogg"}

HEARD = web.ResponseKey[bool]("heard")
"""Of an answer: something on it can be played. Other pages do not pay for saying so."""


class Recordings:
    """Those of a programme."""

    def __init__(self, programme: Programme) -> None:
        self.teach(programme)

    def teach(self, programme: Programme) -> None:
        """Those of this one from now on."""
        self._by_mark = {recording.mark: recording for recording in programme.audio.values()}

    def url(self, recording: Recording) -> str:
        return f"/audio/{recording.mark}.ogg"

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(r"/audio/{mark:[0-9a-f]{16}}.ogg", self._serve)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        recording = self._by_mark.get(request.match_info["mark"])
        if recording is None:
            raise web.HTTPNotFound
        return web.FileResponse(recording.path, headers=HEADERS)
