"""The fetcher: a feed's bytes from the web, with limits to all that a server may do."""

import asyncio
from http import HTTPStatus
from importlib.metadata import version

import httpx

from assistant import FeedError
from assistant.news import addresses
from knowledge.search.store import short_reason

_CONNECT, _SILENCE, _TOTAL = 10.0, 15.0, 60.0  # seconds: to connect, the longest silence, in all
_SIZE = 5_000_000  # bytes, unpacked: of feeds in use, few come to a tenth
_REDIRECTS = 5
_ACCEPTED = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1"

Fetched = tuple[bytes, dict[str, str]]
"""A feed, and the headers that tell where it was in the end and what its server calls it."""


async def fetch(url: str, *, private: bool = False) -> Fetched:
    """Gets a feed.

    No proxy of the environment is used: it would look up the names itself.

    Raises:
        FeedError: it is not to be had.
    """
    client = httpx.AsyncClient(
        transport=_Guarded(private=private),
        trust_env=False,
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        timeout=httpx.Timeout(_SILENCE, connect=_CONNECT),
        headers={
            "User-Agent": f"masrad/{version('masrad')}",
            "Accept": _ACCEPTED,
            "Accept-Encoding": "gzip, deflate",
        },
    )
    data = bytearray()
    try:
        async with asyncio.timeout(_TOTAL), client, client.stream("GET", url) as response:
            if response.status_code != HTTPStatus.OK:
                raise FeedError(f"{url} answers {response.status_code}.")
            async for piece in response.aiter_bytes():
                data += piece
                if len(data) > _SIZE:
                    raise FeedError(f"{url} is more than {_SIZE / 1e6:g} MB, which no feed is.")
    except (TimeoutError, httpx.TimeoutException) as error:
        raise FeedError(f"{url} does not answer in time.") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise FeedError(f"{url} cannot be reached ({short_reason(error)}).") from error
    kind = response.headers.get("Content-Type", "")
    return bytes(data), {"content-location": str(response.url), "content-type": kind}


class _Guarded(httpx.AsyncBaseTransport):
    """Connects to the number that was looked at, and to no other that a name may stand for.

    Each redirection comes through here, too.
    """

    def __init__(self, *, private: bool) -> None:
        self._private = private
        # Of two servers at one number, each has a connection of its own, and shows its certificate.
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        addresses.checked(str(url))
        name = url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        number = await addresses.number(name, port, private=self._private)
        # The certificate has to be that of the name, not of the number.
        request.extensions = {**request.extensions, "sni_hostname": name}
        request.url = url.copy_with(host=number)
        try:
            return await self._inner.handle_async_request(request)
        finally:
            request.url = url

    async def aclose(self) -> None:
        await self._inner.aclose()
