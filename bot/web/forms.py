"""Bodies of forms: read whole, and never more than may come."""

import asyncio
import logging

from aiohttp import web

from bot.web.doors import SILENT_SECONDS

log = logging.getLogger(__name__)
LARGEST_FORM = 8192
"""Bytes of a form; what a messenger calls has a limit of its own."""
SLOWEST = 8192
"""Bytes a second at which a larger form may come."""


async def whole_body(request: web.Request) -> bytes:
    """Raises an error of `aiohttp.web` where it does not come, or not in time."""
    try:
        async with asyncio.timeout(SILENT_SECONDS + (request.content_length or 0) / SLOWEST):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (ConnectionError, web.RequestPayloadError) as error:
        log.info("a form broke off on its way")
        raise web.HTTPBadRequest from error
