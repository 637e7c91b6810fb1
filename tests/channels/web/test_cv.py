"""A CV on the page: from the menu to a file and a text to paste, in a browser without script."""

import asyncio
import io
import re
from copy import copy

import aiohttp
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.parse import fields
from tests.support.pdf_text import by_pdfium, words
from tests.support.web import Client, Reader
from tests.support.web_learner import who_learns

TYPED = ("Zarmina Qaderi", "+33 6 98 76 54 32", "zarmina@example.org", "Villeurbanne")
MOST_BYTES = 30_720
HERE = "This is where you are now"


async def _to_the_name(client: Client) -> Reader:
    zarmina = await who_learns(client)
    zarmina.bytes = 0
    await zarmina.taps("My papers")
    await zarmina.taps("My CV")
    await zarmina.taps("Français")
    await zarmina.types("Kitchen assistant")
    for label in ("No work yet", "Skip", "Skip", "None", "Now, any hours"):
        await zarmina.taps(label)
    return zarmina


@pytest.mark.row("18")
async def test_from_home_to_a_file_and_a_text_without_script(shipped_site: Client) -> None:
    zarmina = await _to_the_name(shipped_site)
    assert "<script" not in zarmina.page
    for text in TYPED:
        await zarmina.types(text)
    await zarmina.taps("Make my CV")
    assert zarmina.bytes <= MOST_BYTES, zarmina.bytes
    print("a whole CV on the page:", zarmina.bytes, "bytes")
    link = re.search(r"/file/\d+", zarmina.page)
    assert link and zarmina.page.index(link[0]) < zarmina.page.index("<h1"), "in sight on a phone"
    assert f'{link[0]}" class="go"' in zarmina.page and zarmina.page.count('class="go"') == 1
    async with shipped_site.get(zarmina.url + link[0]) as response:
        content = await response.read()
        assert response.content_type == "application/pdf"
        assert response.headers["Cache-Control"] == "no-store"
        assert "CV-Zarmina-Qaderi.pdf" in response.headers["Content-Disposition"]
    said = words(" ".join(by_pdfium(content)))
    for text in TYPED:
        assert text in said
    _says_no_more_than_the_page(content)
    assert await zarmina.opens(zarmina.url + link[0] + "/text") == 200
    for text in TYPED:
        assert text in zarmina.text


def _says_no_more_than_the_page(content: bytes) -> None:
    """The file names its title and what made it; no author, no account, no minute."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        about = {str(name): str(value) for name, value in pdf.docinfo.items()}
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert about.keys() <= {"/Title", "/Producer", "/CreationDate", "/ModDate", "/Creator"}
    assert about["/Title"] == "CV – Zarmina Qaderi"
    assert about["/CreationDate"].startswith("D:") and "T00:00:00" in packet
    assert not re.search(r"dc:creator|pdf:Keywords|dc:description|telegram|learner", packet)


async def _sends(reader: Reader, content: bytes) -> None:
    """The field for a file, as a browser sends it."""
    form = aiohttp.FormData()
    found = re.search(
        r'action="(/chat/[^"]+/send[^"]*)"[^>]*><input type="hidden" name="u" value="([^"]+)',
        reader.page,
    )
    assert found
    form.add_field("u", found[2])
    form.add_field("file", content, filename="CV.pdf", content_type="application/pdf")
    assert await reader.request("POST", found[1], data=form) == 200


async def _kept_and_deleted(client: Client) -> tuple[Reader, bytes]:
    """Her CV is in her own hands alone."""
    zarmina = await _to_the_name(client)
    for text in TYPED:
        await zarmina.types(text)
    assert 'type="file"' not in zarmina.page
    await zarmina.taps("Make my CV")
    link = re.search(r"/file/\d+", zarmina.page)
    assert link
    async with client.get(zarmina.url + link[0]) as response:
        content = await response.read()
    await zarmina.taps("Delete my CV")
    await zarmina.taps("Yes, delete them")
    return zarmina, content


@pytest.mark.row("18")
async def test_a_cv_that_was_kept_is_sent_back_on_the_page(shipped_site: Client) -> None:
    zarmina, content = await _kept_and_deleted(shipped_site)
    await _sends(zarmina, b"%PDF-" + content[:2000])
    page = zarmina.url
    for address in (zarmina.address, zarmina.address, f"{page}/send"):
        assert "I cannot read this file." in zarmina.text and zarmina.url == page
        await zarmina.opens(address)
    assert "I cannot read this file." not in zarmina.text and zarmina.url == page
    await _sends(zarmina, content)
    assert "Your CV is here again" in zarmina.text
    await zarmina.taps("Go on")
    for text in (*TYPED, "Kitchen assistant"):
        assert text in zarmina.text


async def test_each_of_two_tabs_hears_of_the_file_that_it_sent(shipped_site: Client) -> None:
    """At the same time; afterwards, too, nobody is told what became of another file."""
    zarmina, content = await _kept_and_deleted(shipped_site)
    other = copy(zarmina)
    await other.opens(zarmina.url)
    await asyncio.gather(_sends(zarmina, b"%PDF-1"), _sends(other, content))
    assert "I cannot read this file." in zarmina.text
    assert "Your CV is here again" in other.text


async def test_a_file_that_is_too_large_is_not_read(shipped_site: Client) -> None:
    zarmina = await who_learns(shipped_site)
    await zarmina.taps("My papers")
    url = f"{zarmina.url}/send"
    assert await zarmina.request("POST", url, data=b"x" * 300_000) == 413
    assert await zarmina.request("POST", url, data=b"x") in (200, 303)
    strange = url.replace(zarmina.url[-8:], "A" * 8)
    assert await zarmina.request("POST", strange, data=b"x") == 404


@given(st.binary(max_size=400), st.text("abcXYZ-_0", min_size=1, max_size=30))
def test_a_form_with_a_file_is_read_byte_by_byte(content: bytes, boundary: str) -> None:
    lines = (f"--{boundary}", 'Content-Disposition: form-data; name="u"', "", "text")
    more = (f"--{boundary}", 'Content-Disposition: form-data; name="file"; filename="a"', "", "")
    end = f"\r\n--{boundary}--\r\n".encode()
    body = "\r\n".join((*lines, *more)).encode() + content + end
    read = fields(f"multipart/form-data; boundary={boundary}", body)
    if f"--{boundary}".encode() not in content:
        assert read == {"u": b"text", "file": content}


async def test_back_in_the_browser_and_a_second_tap_change_nothing(shipped_site: Client) -> None:
    """What an old page sends is not taken for an answer to another question."""
    zarmina = await who_learns(shipped_site)
    await zarmina.taps("My papers")
    await zarmina.taps("My CV")
    await zarmina.taps("Français")
    old = zarmina.page
    await zarmina.taps("Kitchen")
    jobs = zarmina.heading
    zarmina.page = old
    await zarmina.taps("Kitchen")
    assert zarmina.heading == jobs
    await zarmina.taps("Cook")
    asked = zarmina.heading
    zarmina.page = old
    await zarmina.taps("Cleaning")
    assert zarmina.heading == asked and HERE in zarmina.text
    await zarmina.taps("Back")
    assert zarmina.heading == jobs
    await zarmina.taps("Cook")
    assert zarmina.heading == asked


async def test_in_arabic_by_typed_numbers_alone(shipped_site: Client) -> None:
    salma = await who_learns(shipped_site, "ar", "العربية")
    await salma.types("أوراقي")
    assert 'dir="rtl"' in salma.page
    for typed in ("١", "١", "١", "١"):  # CV, French, kitchen, cook
        await salma.types(typed)
    for _ in range(40):
        if any("اصنع" in label for _do, label in salma.buttons):
            break
        skip = next((x for _do, x in salma.buttons if x in ("تجاوز", "لا شيء", "تم")), "1")
        await salma.types(skip)
    await salma.types("1")
    assert "/file/" in salma.page and "PDF" in salma.text
