"""Where a request comes from: only to count, for an hour or for as long as a connection lasts.
Never stored, never logged.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LOOPBACK: tuple[Network, ...] = (
    ipaddress.ip_network("127.0.0.0/8"),
    ipaddress.ip_network("::1/128"),
)


@dataclass(frozen=True)
class Proxies:
    """Whose `X-Forwarded-For` is believed: this machine's, and those of `PASITO_PROXIES`."""

    networks: tuple[Network, ...] = LOOPBACK

    @classmethod
    def of(cls, listed: Sequence[str]) -> "Proxies":
        """Raises `ValueError` for what is no address or network."""
        return cls((*LOOPBACK, *(ipaddress.ip_network(item) for item in listed)))

    def include(self, address: str) -> bool:
        known = _parsed(address)
        return known is not None and any(known in network for network in self.networks)

    def visitor(self, request: web.BaseRequest) -> str:
        """The visitor's address, of IPv6 the network of 64 bits, which is one house. Read from the
        right: what stands left of the last address that no proxy of ours has was written by the
        visitor."""
        peer = request.transport.get_extra_info("peername") if request.transport else None
        address = str(peer[0]) if isinstance(peer, tuple) else ""
        told = [
            item.strip()
            for header in request.headers.getall("X-Forwarded-For", ())
            for item in header.split(",")
        ]
        while told and (not address or self.include(address)):
            before = told.pop()
            if _parsed(before) is None:
                break
            address = before
        return network_of(address)


def network_of(address: str) -> str:
    known = _parsed(address)
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known or "")


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return known.ipv4_mapped or known if isinstance(known, ipaddress.IPv6Address) else known
