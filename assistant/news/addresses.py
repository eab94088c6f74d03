"""Addresses: which of the web may be asked, and where they lead in truth.

A feed, or a redirection of one, could name a machine that only this one can reach. So an address is
asked for only if its number on the network is a public one, and that very number is connected to:
a name that stands for another machine a moment later gains nothing.
"""

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

_LONGEST = 2000  # characters: what browsers and servers take for certain
_UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f\\]")
# Numbers that are translated to one of the older kind on the way, which stands at their end (RFC
# 6052, 8215), or are that number in an old way of writing it (RFC 4291).
_TRANSLATED = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


class PrivateAddressError(OSError):
    """A name stands for machines of a private network alone; says so."""


def checked(url: str) -> str:
    """An address that may be asked for, without its fragment.

    Raises:
        ValueError: it is none of http or https, has no host, or holds a name and a password; the
            message shows nothing of it.
    """
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https"):
        raise ValueError("an address must begin with http:// or https://")
    if not parts.hostname or len(url) > _LONGEST or _UNWRITTEN.search(url):
        raise ValueError("an address must have the name of a server, and no spaces")
    if "@" in parts.netloc:
        raise ValueError("an address must not hold a user's name or password")
    return parts._replace(fragment="").geturl()


def is_link(url: str) -> bool:
    """Whether a reader may be led to an address."""
    try:
        checked(url)
    except ValueError:
        return False
    return not set('<>"') & set(url)


def host(url: str) -> str:
    """The server's name in an address."""
    parts = _split(url)
    return (parts.hostname or "") if parts else ""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether a number is one of the open internet's, whatever older number it may hold."""
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if any(address in network for network in _TRANSLATED):
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        if not all(is_public(each) for each in inner if each is not None):
            return False
        if address.ipv4_mapped or address in _TRANSLATED[0]:
            return True  # its number is public, and that is all there is to it
        if address.is_site_local or "%" in str(address):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


async def numbers(name: str, port: int, *, private: bool) -> list[str]:
    """The numbers that a server's name stands for and that may be connected to; one at least.

    Raises:
        OSError: the name stands for nothing.
        PrivateAddressError: none of them is public, and no private one is allowed.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a part of the name is empty, or too long
        raise OSError("it is no name of a server") from error
    every = dict.fromkeys(str(each[4][0]) for each in found)
    allowed = [each for each in every if private or is_public(ip_address(each))]
    if not allowed:
        raise PrivateAddressError(
            "its server is at a private address, where no feed is fetched from unless"
            " MASRAD_NEWS_PRIVATE allows it"
        )
    return allowed


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # it fails if that is no number
    except ValueError:
        return None
    return parts
