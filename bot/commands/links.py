"""`pasito resources --links`: which links of cards and videos do not answer any more, and since
when. An operator runs it; nothing is asked at a start.

Tables and decks come from others, so a link may lead anywhere. A connection is opened only to an
address that the whole internet can reach: that is asked of the address itself, where the socket is
made, because a host has more spellings than can be listed, and names lead where their owners like.
Politely: few hosts at once, one question at a time to each, HEAD before GET, and nothing of a page
is read. What fails is asked once more before it is told.
"""

import asyncio
import ipaddress
import json
import socket
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.resolver import ThreadedResolver

from cards.model import Programme

KEPT_IN = "links.json"
"""In the data folder: link -> the first day on which it did not answer."""
HOSTS = 4
"""Asked at once."""
CONNECT, TOTAL = 10.0, 20.0
"""Seconds for one question."""
PAUSE = 1.0
"""Seconds between two questions to one host."""
REDIRECTS = 5
MANY = 5
"""Links of which one answers, where this machine is on the internet."""
UNICAST = ipaddress.ip_network("2000::/3")
"""Of IPv6, all that is given to anybody (RFC 4291)."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""Holds an IPv4 address in its last 32 bits (RFC 6052)."""
AGENT = "Pasito link check (a person started it)"
ANSWERED = frozenset({401, 402, 403, 406, 407, 429, 451, 999})
"""Somebody is there who does not talk to programs."""
HEAD_IS_NOTHING = frozenset({400, 403, 404, 405, 406, 429, 500, 501, 503})
"""After these GET is asked, too: many pages know no HEAD."""


NO_PAGE = "is no address of a page"


class NotPublic(OSError):
    """The host is none of the internet."""

    def __init__(self) -> None:
        super().__init__("leads to an address that is not public")


class NoneAnswered(Exception):
    """Of many links: it is us who are cut off."""


class _Silent(Exception):
    """Why a link did not answer."""


@dataclass(frozen=True)
class Link:
    """`where` says who has it: the id of a card, or file and line of a video or audio."""

    where: str
    url: str


@dataclass(frozen=True)
class Dead:
    """`since` is the first day on which it was silent."""

    link: Link
    why: str
    since: date


def links_of(programme: Programme) -> Iterator[Link]:
    """Of the cards of who helps, and of what is to be seen or heard."""
    yield from (Link(one.id, one.link) for one in programme.resources if one.link)
    for module in programme.every:
        cards = [card for deck in module.decks for card in deck.cards]
        for card in (*cards, *([module.trailer] if module.trailer else [])):
            if card.medium:
                yield Link(f"{module.path}:{card.line}", card.medium.url)


def is_public(address: str) -> bool:
    """Whether anybody on the internet can reach it; also an address that holds another one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found not in UNICAST:
            return False
    return found.is_global and not found.is_multicast


class Checker:
    """Asks links. `allowed` says which addresses may be asked."""

    def __init__(
        self,
        allowed: Callable[[str], bool] = is_public,
        pause: float = PAUSE,
        total: float = TOTAL,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._allowed, self._pause, self._wait = allowed, pause, wait
        self._timeout = aiohttp.ClientTimeout(total=total, connect=min(CONNECT, total))
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def silent(self, urls: Iterable[str]) -> dict[str, str]:
        """Those that do not answer, each with why."""
        by_host: dict[str, list[str]] = {}
        for url in dict.fromkeys(urls):
            by_host.setdefault(_netloc(url), []).append(url)
        room = asyncio.Semaphore(HOSTS)
        connector = aiohttp.TCPConnector(
            resolver=ThreadedResolver(),
            force_close=True,
            use_dns_cache=False,
            socket_factory=self._socket,
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": AGENT},
            timeout=self._timeout,
        ) as session:

            async def of_host(urls: list[str]) -> dict[str, str]:
                async with room:
                    return {url: why for url in urls if (why := await self._why(session, url))}

            found = await asyncio.gather(*map(of_host, by_host.values()))
        return {url: why for each in found for url, why in each.items()}

    def _socket(self, to: aiohttp.AddrInfoType) -> socket.socket:
        """For every connection there is. Raises `NotPublic`."""
        family, type, protocol, _name, address = to
        if not self._allowed(str(address[0])):
            raise NotPublic
        return socket.socket(family, type, protocol)

    async def _why(self, session: aiohttp.ClientSession, url: str) -> str:
        """Why it is silent, also when it is asked a second time; nothing where it answers."""
        for last in (False, True):
            try:
                await self._ask(session, url)
                return ""
            except _Silent as silent:
                if last:
                    return str(silent)
        return ""

    async def _ask(self, session: aiohttp.ClientSession, url: str) -> None:
        for _step in range(REDIRECTS + 1):
            status, onward = await self._question(session, "HEAD", url)
            if status in HEAD_IS_NOTHING:
                status, onward = await self._question(session, "GET", url)
            if onward is None:
                if status < 400 or status in ANSWERED:
                    return
                raise _Silent(f"answers {status}")
            try:
                url = urljoin(url, onward)
            except ValueError:
                raise _Silent(NO_PAGE) from None
        raise _Silent("leads around in a circle")

    async def _question(
        self, session: aiohttp.ClientSession, method: str, url: str
    ) -> tuple[int, str | None]:
        """Status, and where it leads. Raises `_Silent`."""
        host = self._host(url)
        async with self._turns[host]:
            await self._wait(self._pause)
            try:
                async with session.request(method, url, allow_redirects=False) as answer:
                    onward = answer.headers.get("Location") if 300 <= answer.status < 400 else None
                    return answer.status, onward
            except TimeoutError:
                raise _Silent("no answer in time") from None
            except aiohttp.ClientConnectorCertificateError:
                raise _Silent("its certificate is not valid") from None
            except aiohttp.ClientConnectorDNSError:
                raise _Silent("there is no such host") from None
            except aiohttp.ClientConnectorError as error:
                private = isinstance(error.os_error, NotPublic)
                said = error.os_error if private else f"cannot be reached ({type(error).__name__})"
                raise _Silent(str(said)) from None
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _Silent(f"cannot be reached ({type(error).__name__})") from None

    def _host(self, url: str) -> str:
        """Raises `_Silent` for what is no address of a page."""
        try:
            parts = urlsplit(url)
            host, _port = parts.hostname, parts.port
        except ValueError:
            raise _Silent(NO_PAGE) from None
        if parts.scheme not in ("http", "https") or not host or parts.username is not None:
            raise _Silent(NO_PAGE)
        return host


def _netloc(url: str) -> str:
    """Host and port; for what is no address, itself."""
    try:
        return urlsplit(url).netloc.casefold()
    except ValueError:
        return url


async def check(links: Iterable[Link], checker: Checker, kept: Path, today: date) -> list[Dead]:
    """What does not answer, the longest silent first. Remembers since when. Raises `NoneAnswered`,
    and `OSError`."""
    links = list(links)
    why = await checker.silent(link.url for link in links)
    if len(why) >= MANY and all(link.url in why for link in links):
        raise NoneAnswered
    before = await asyncio.to_thread(_before, kept)
    since = {url: min(before.get(url, today), today) for url in why}
    await asyncio.to_thread(_keep, kept, since)
    dead = [Dead(link, why[link.url], since[link.url]) for link in links if link.url in why]
    return sorted(dead, key=lambda one: (one.since, one.link.where))


def told(dead: Iterable[Dead], number: int) -> Iterator[str]:
    """A line for each, and how many there are."""
    dead = list(dead)
    for one in dead:
        yield f"{one.since}  {one.link.where:16} {one.link.url}: {one.why}"
    yield f"{len(dead)} of {number} links did not answer" + (
        ", each with since when" if dead else ""
    )


def _before(kept: Path) -> Mapping[str, date]:
    """What cannot be read is forgotten."""
    try:
        found = json.loads(kept.read_text("utf-8"))
        return {str(url): date.fromisoformat(day) for url, day in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(kept: Path, since: Mapping[str, date]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_name(f".{kept.name}")
    new.write_text(json.dumps({url: f"{day}" for url, day in since.items()}, indent=0), "utf-8")
    new.replace(kept)
