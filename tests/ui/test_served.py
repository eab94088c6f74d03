"""The served app from outside: which names it has, who gets in, and what every answer carries."""

import contextlib
import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import httpx
import psutil
import pytest

from tests.browser.conftest import MASRAD
from tests.conftest import TEA, until
from tests.feed_server import feed_server, rss
from ui import addresses, guard

PATHS = [
    *(f"/{addresses.path(view)}" for view in addresses.EVERY),
    "/foo/bar",
    "/assets/style.css",
    "/assets/none",
    "/app/static/plex-latin-400.woff2",
    "/component/none",
    "/media/none",
    "/_stcore/health",
    "/_stcore/stream",
    "/_stcore/upload_file/a/b",
    "/_stcore/agent/openapi.json",
    "/static/none.js",
]
FOREIGN = ["evil.example", "localhost.evil.example", "10.0.0.1", "", "a b"]
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
)
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
NAMED = "masrad.example.org"


class Served:
    """A server, and what it answers to requests that no browser would write."""

    def __init__(self, process: subprocess.Popen[str], data: Path) -> None:
        assert process.stdout
        said = process.stdout.readline() + process.stdout.readline()
        (self.link,) = re.findall(r"http://\S+owner=\S+", said)
        (self.url,) = re.findall(r"Masrad is at (\S+)", said)
        self.process, self.data = psutil.Process(process.pid), data
        self.host = self.url.removeprefix("http://")

    def asked(
        self, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> http.client.HTTPResponse:
        """The answer; what is sent is put."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        method = "GET" if body is None else "PUT"
        connection.request(method, path, body, {"Host": self.host, **(headers or {})})
        return connection.getresponse()

    def opens_socket(self, **headers: str) -> bool:
        """Whether the app's socket is opened."""
        answer = self.asked("/_stcore/stream", {**SOCKET, **headers})
        return answer.status == http.HTTPStatus.SWITCHING_PROTOCOLS

    def takes(self, origin: str = "", /, **cookies: str) -> bool:
        """Whether files are taken of who has these cookies, from a page of that site."""
        address, sent = f"{self.url}/_stcore/upload_file/a/b", {"Origin": origin or self.url}
        found = httpx.put(address, content=b"x", headers=sent, cookies=cookies)
        return found.status_code != http.HTTPStatus.FORBIDDEN or "XSRF" in found.text


@pytest.fixture(scope="module")
def server(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests: with another name, with few files allowed at first, and with news."""
    data = shutil.copytree(tea_data, tmp_path_factory.mktemp("served") / "data")
    with feed_server() as feeds:
        environment = {
            "MASRAD_ALLOWED_HOSTS": NAMED,
            "MASRAD_NEWS_FEEDS": feeds.put("/tea", rss(("A kettle", "Water boils in it."))),
            "MASRAD_NEWS_PRIVATE": "true",
        }
        with _started("-S -n 256", "--glossary", TEA, "--data-dir", data, **environment) as process:
            yield Served(process, data)


@contextlib.contextmanager
def _started(
    limit: str, *arguments: str | Path, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """The server with all that it says, under a limit of the shell's (``ulimit``)."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'ulimit {limit}; exec "$@"', "sh", MASRAD, "serve", "--no-browser",
         "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


# Which names it has.


def test_a_name_that_is_not_its_own_is_refused_everywhere(server: Served) -> None:
    for path, host in product(PATHS, FOREIGN):
        answer = server.asked(path, {"Host": host})
        said = answer.read()
        assert answer.status in (400, 421), (path, host)
        assert b"Masrad is not served under this name" in said or b"Invalid" in said
    assert server.asked("/", {"Host": NAMED}).status == http.HTTPStatus.OK


def test_the_socket_is_refused_to_another_name_and_to_another_site(server: Served) -> None:
    assert server.opens_socket()
    assert server.opens_socket(Origin=server.url)
    assert server.opens_socket(Host=NAMED, Origin=f"https://{NAMED}")
    for host in ("evil.example", "evil.example:8501"):
        assert not server.opens_socket(Host=host)
        assert not server.opens_socket(Host=host, Origin=f"http://{host}")
    start = time.monotonic()
    for origin in ("http://localhost:1", "null", *(f"http://evil-{n}.example" for n in range(20))):
        assert not server.opens_socket(Origin=origin)
        assert server.asked("/_stcore/health").status == http.HTTPStatus.OK
    assert time.monotonic() - start < 20  # seconds: to ask outside for each name took forty


def test_every_address_has_the_same_headers_and_none_is_framed_elsewhere(server: Served) -> None:
    known = [server.asked("/").getheader(name) for name in HEADERS]
    assert "frame-ancestors 'self'" in str(known[0])
    sent: tuple[dict[str, str], ...] = (
        {}, {"Host": "evil.example"}, {"Origin": "http://evil.example"},
    )  # fmt: skip
    for path, headers in product(PATHS, sent):
        answer = server.asked(path, headers)
        assert [answer.getheader(name) for name in HEADERS] == known, (path, headers)


def test_its_names_are_those_of_the_machine_and_those_it_is_told() -> None:
    others = "Masrad.example.org, *.school.example  https://a.example:8443/chat"
    for host, named, known in (
        ("127.0.0.1", "", set()),
        ("0.0.0.0", "", {guard.ANY_ADDRESS}),  # noqa: S104
        ("::", "", {guard.ANY_ADDRESS}),
        ("192.168.1.5", "", {"192.168.1.5"}),
        ("127.0.0.1", others, {"masrad.example.org", "*.school.example", "a.example"}),
    ):
        assert set(guard.hosts(host, named)) == {*guard.LOOPBACK, *known}


# Who may change the glossary, and what a server takes.


def test_the_owners_link_works_once_and_its_cookie_on_every_server_of_the_folder(
    server: Served,
) -> None:
    assert not server.takes()
    first, second = httpx.get(server.link), httpx.get(server.link)
    assert first.headers["location"] == "/"
    assert not second.cookies
    assert {"HttpOnly", "SameSite=lax"} <= set(first.headers["set-cookie"].split("; "))
    assert (server.data / "owner.key").stat().st_mode & 0o077 == 0
    with _started("-n 1024", "--glossary", TEA, "--data-dir", server.data) as process:
        again = Served(process, server.data)
        for each in (server, again):
            assert each.takes(**first.cookies)
            assert not each.takes("http://evil.example", **first.cookies)
            assert not each.takes(**dict.fromkeys(first.cookies, "x" * 43))
        assert dict(httpx.get(again.link).cookies) == dict(first.cookies)


def test_files_of_who_may_not_change_it_cost_no_memory(server: Served) -> None:
    def grows() -> int:
        before = int(server.process.memory_info().rss)
        for n in range(3):
            answer = server.asked(f"/_stcore/upload_file/a/{n}", body=bytes(100_000_000))
            assert answer.status == http.HTTPStatus.FORBIDDEN
        return int(server.process.memory_info().rss) - before

    # The server may still be warming up, once; files that were kept would cost it every time.
    assert any(grows() < 100_000_000 for _ in range(3))


def test_a_port_that_is_taken_is_refused(server: Served) -> None:
    port = server.host.rpartition(":")[2]
    other = subprocess.run(
        [MASRAD, "serve", "--no-browser", "--port", port, "--data-dir", server.data],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert other.returncode == 1
    assert f"127.0.0.1:{port} cannot be served on" in other.stderr
    assert "Masrad is at" not in other.stdout


# What fails is not replaced by something else.


def test_after_a_first_index_that_fails_no_other_glossary_is_served(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "home"
    environment = {"XDG_DATA_HOME": str(elsewhere), "MASRAD_DATA_DIR": ""}
    with _started("-f 400", "--data-dir", data, **environment) as process:  # the disk is full then
        said, url = "", None
        assert process.stdout
        for line in process.stdout:
            said += line
            url = url or re.search(r"Masrad is at (http://\S+)", said)
            if url and "The glossary is not opened" in said:
                break
        if url is None:  # it failed before there was anything to serve
            assert process.wait(60) == 1
            assert "\nmasrad: The index in " in said
            assert not elsewhere.exists()
            return
        for _ in range(10):  # what is shown first is asked of it meanwhile, and tried again
            found = httpx.get(f"{url[1]}/term?id=overfitting", timeout=60)
            assert found.status_code == http.HTTPStatus.SERVICE_UNAVAILABLE
            time.sleep(0.2)
        process.terminate()
        said += process.stdout.read()
    failures = re.findall("The glossary is not opened.*", said)
    assert len(failures) == len(set(failures)) > 0  # each is told once, however often it is tried
    assert not elsewhere.exists()


# What comes by itself.


def test_the_news_are_updated_while_it_is_served(server: Served) -> None:
    until(lambda: [*server.data.rglob("news.json")])
