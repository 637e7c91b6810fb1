"""Bodies of forms: read whole, and never more than may come."""

import asyncio
import logging

from aiohttp import web

from bot.web.doors import SILENT_SECONDS

log = logging.getLogger(__name__)
LARGEST_FORM = 8192
"""Bytes of a form; what a messenger calls has a limit of its own."""
FILE_SECONDS = 30
"""In which a form with a file comes, longer than others."""


async def whole_body(request: web.Request, longer: float = 0) -> bytes:
    """Raises an error of `aiohttp.web` where it does not come, or not in time; whatever length it
    claims to have."""
    try:
        async with asyncio.timeout(SILENT_SECONDS + longer):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (ConnectionError, web.RequestPayloadError) as error:
        log.info("a form broke off on its way")
        raise web.HTTPBadRequest from error
