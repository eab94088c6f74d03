"""The fetcher: a feed's bytes from the web, with limits to all that a server may do."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version

import httpx

from assistant import FeedError
from assistant.news import addresses
from knowledge.search.store import short_reason

_CONNECT, _SILENCE, _TOTAL = 10.0, 15.0, 60.0  # seconds: to connect, the longest silence, in all
_SIZE = 5_000_000  # bytes, unpacked: of feeds in use, few come to a tenth
_REDIRECTS = 5
_LONGEST_VALIDATOR = 1000  # characters
_ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8,"
    " text/xml;q=0.8, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave."""

    url: str
    """Where it was in the end."""
    data: bytes | None
    """None where it is what it was."""
    etag: str = ""
    modified: str = ""
    type: str = ""
    """As its server calls it."""


async def fetch(url: str, etag: str = "", modified: str = "", *, private: bool = False) -> Fetched:
    """A feed, if it is another than that of these validators; FeedError where it is not to be had.

    No proxy of the environment is used: it would look up the names itself.
    """
    validators = {"If-None-Match": etag, "If-Modified-Since": modified}
    sent = {name: value for name, value in validators.items() if value}
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
    try:
        async with (
            asyncio.timeout(_TOTAL),
            client,
            client.stream("GET", url, headers=sent) as response,
        ):
            status, kind = response.status_code, response.headers.get("Content-Type", "")
            if status == HTTPStatus.NOT_MODIFIED and sent:
                return Fetched(url, None)
            if status != HTTPStatus.OK:
                phrase = httpx.codes.get_reason_phrase(status)
                raise FeedError(f"{url} answers {status}{phrase and f' ({phrase})'}.")
            data = await _unpacked(response, url)
            marks = _validator(response, "ETag"), _validator(response, "Last-Modified")
            return Fetched(str(response.url), data, *marks, kind)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise FeedError(f"{url} does not answer in time.") from error
    except addresses.PrivateAddressError as error:
        raise FeedError(f"{url} cannot be reached ({error}).") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise FeedError(f"{url} cannot be reached ({short_reason(error)}).") from error


async def _unpacked(response: httpx.Response, url: str) -> bytes:
    """The body, which is not let grow without end."""
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise FeedError(f"{url} is packed in a way that was not asked for ({packed[:40]}).")
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > _SIZE:
            raise FeedError(f"{url} is more than {_SIZE / 1e6:g} MB, which no feed is.")
    return bytes(data)


class _Guarded(httpx.AsyncBaseTransport):
    """Connects to the numbers that were looked at, and to no other that a name may stand for.

    Each redirection comes through here, too.
    """

    def __init__(self, *, private: bool) -> None:
        self._private = private
        # Of two servers at one number, each has a connection of its own, and shows its certificate.
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Asks at each number in turn, until one lets itself be connected to."""
        url = request.url
        addresses.checked(str(url))
        name = url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        numbers = await addresses.numbers(name, port, private=self._private)
        # The certificate has to be that of the name, not of the number.
        request.extensions = {**request.extensions, "sni_hostname": name}
        try:
            for number in numbers:
                request.url = url.copy_with(host=number)
                try:
                    return await self._inner.handle_async_request(request)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if number == numbers[-1]:
                        raise
        finally:
            request.url = url
        raise AssertionError("a name stands for one number at least")

    async def aclose(self) -> None:
        await self._inner.aclose()


def _validator(response: httpx.Response, name: str) -> str:
    """What to show the server the next time, if it is such as can be shown."""
    value: str = response.headers.get(name, "")
    fits = value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    return value if fits else ""
