"""Addresses: which of the web may be asked, and where they lead in truth.

A feed, or a redirection of one, could name a machine that only this one can reach. So an address is
asked for only if its number on the network is a public one, and that very number is connected to:
a name that stands for another machine a moment later gains nothing.
"""

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_LONGEST = 2000  # characters: what browsers and servers take for certain
_UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f\\<>\"\ud800-\udfff]")
# Numbers that are translated to one of the older kind on the way, which stands at their end (RFC
# 6052), and others that hold one, which could be private (RFC 3056, 4291, 4380, 8215).
_TRANSLATED = IPv6Network("64:ff9b::/96")
_HOLDING = [*map(IPv6Network, ("2002::/16", "::/96", "2001::/32", "64:ff9b:1::/48"))]


def checked(url: str) -> str:
    """An address that may be asked for, or led to, without its fragment.

    Raises:
        ValueError: it is none of http or https, has no host, or holds a name and a password; the
            message shows nothing of it.
    """
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # it fails if that is no number
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https"):
        raise ValueError("an address must begin with http:// or https://")
    if not parts.hostname or len(url) > _LONGEST or _UNWRITTEN.search(url):
        raise ValueError("an address must have the name of a server, and no spaces")
    if "@" in parts.netloc:
        raise ValueError("an address must not hold a user's name or password")
    return parts._replace(fragment="").geturl()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether a number is one of the open internet's, as what it stands for is."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped or address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or address.scope_id or any(address in n for n in _HOLDING):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


async def number(name: str, port: int, *, private: bool) -> str:
    """The first of the numbers that a server's name stands for and that may be connected to.

    Raises:
        OSError: the name stands for nothing, or for private numbers alone, and none is allowed.
    """
    loop = asyncio.get_running_loop()
    for *_, address in await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM):
        if private or is_public(ip_address(address[0])):
            return str(address[0])
    raise OSError(
        "its server is at a private address, where no feed is fetched from unless"
        " MASRAD_NEWS_PRIVATE allows it"
    )
