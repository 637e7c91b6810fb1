"""Somebody who learns on the page, up to a certificate."""

from tests.support.web import Client, Reader

NOBODY = "/chat/" + "x" * 32


async def who_learns(client: Client, language: str = "en", name: str = "English") -> Reader:
    reader = Reader(client, language)
    await reader.opens("/")
    await reader.taps(name)
    return reader
