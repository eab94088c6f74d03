"""The served app from outside: which names it has, who gets in, and what every answer carries."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

import httpx
import psutil
import pytest

from tests.browser.conftest import MASRAD, served
from tests.conftest import TEA
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

    def __init__(self, url: str, data: Path) -> None:
        self.url, self.data = url, data
        self.host = url.removeprefix("http://")

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


@pytest.fixture(scope="module")
def server(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = shutil.copytree(tea_data, tmp_path_factory.mktemp("served") / "data")
    with served("--glossary", str(TEA), "--data-dir", str(data), MASRAD_ALLOWED_HOSTS=NAMED) as url:
        yield Served(url, data)


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


def _until(holds: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


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
    for origin in ("http://evil.example", "http://localhost:1", "null"):
        assert not server.opens_socket(Origin=origin)


def test_every_address_has_the_same_headers_and_none_is_framed_elsewhere(server: Served) -> None:
    known = [server.asked("/").getheader(name) for name in HEADERS]
    assert "frame-ancestors 'self'" in str(known[0])
    sent: tuple[dict[str, str], ...] = (
        {}, {"Host": "evil.example"}, {"Origin": "http://evil.example"},
    )  # fmt: skip
    for path, headers in product(PATHS, sent):
        answer = server.asked(path, headers)
        assert [answer.getheader(name) for name in HEADERS] == known, (path, headers)


def test_foreign_sites_hold_nobody_up(server: Served) -> None:
    start = time.monotonic()
    for n in range(20):
        assert not server.opens_socket(Origin=f"http://evil-{n}.example")
        assert server.asked("/_stcore/health").status == http.HTTPStatus.OK
    assert time.monotonic() - start < 20  # seconds: to ask outside for each name took forty


@pytest.mark.parametrize(
    ("host", "named", "known"),
    [
        ("127.0.0.1", "", ()),
        ("0.0.0.0", "", (guard.ANY_ADDRESS,)),  # noqa: S104
        ("::", "", (guard.ANY_ADDRESS,)),
        ("192.168.1.5", "", ("192.168.1.5",)),
        (
            "127.0.0.1",
            "Masrad.example.org, *.school.example  https://a.example:8443/chat",
            ("masrad.example.org", "*.school.example", "a.example"),
        ),
    ],
)
def test_its_names_are_those_of_the_machine_and_those_it_is_told(
    host: str, named: str, known: tuple[str, ...]
) -> None:
    assert dict.fromkeys(guard.hosts(host, named)) == dict.fromkeys((*guard.LOOPBACK, *known))


# Who may change the glossary, and what a server takes.


def test_the_owners_link_works_once_and_its_cookie_after_a_restart(
    tea_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(tea_data, tmp_path / "data")
    kept: dict[str, str] = {}
    for _ in range(2):
        with _started("-S -n 256", "--glossary", TEA, "--data-dir", data) as process:
            assert process.stdout
            lines = [process.stdout.readline() for _ in range(2)]
            soft, hard = psutil.Process(process.pid).rlimit(psutil.RLIMIT_NOFILE)
            assert soft == hard > 256  # a tab takes four: of 1,024 the 248th was refused
            (link,) = re.findall(r"http://\S+owner=\S+", lines[0])
            url = re.findall(r"Masrad is at (\S+)", lines[1])[0]
            refused = httpx.put(f"{url}/_stcore/upload_file/a/b", content=b"x")
            assert refused.status_code == http.HTTPStatus.FORBIDDEN
            first, second = httpx.get(link), httpx.get(link)
            assert first.headers["location"] == "/"
            assert not second.cookies
            assert {"HttpOnly", "SameSite=lax"} <= set(first.headers["set-cookie"].split("; "))
            kept = kept or dict(first.cookies)
            assert dict(first.cookies) == kept
            allowed = httpx.put(f"{url}/_stcore/upload_file/a/b", content=b"x", cookies=kept)
            assert allowed.status_code != http.HTTPStatus.FORBIDDEN or "XSRF" in allowed.text
    assert (data / "owner.key").stat().st_mode & 0o077 == 0


def test_files_of_who_may_not_change_it_cost_no_memory(server: Served) -> None:
    (process,) = [p for p in psutil.process_iter() if str(server.data) in _command(p)]

    def grows() -> int:
        before = int(process.memory_info().rss)
        for n in range(3):
            answer = server.asked(f"/_stcore/upload_file/a/{n}", body=bytes(150_000_000))
            assert answer.status == http.HTTPStatus.FORBIDDEN
        return int(process.memory_info().rss) - before

    # The server may still be warming up, once; files that were kept would cost it every time.
    assert any(grows() < 150_000_000 for _ in range(3))


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


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
        assert url
        for _ in range(10):  # what is shown first is asked of it meanwhile, and tried again
            found = httpx.get(f"{url[1]}/term?id=overfitting", timeout=60)
            assert found.status_code == http.HTTPStatus.SERVICE_UNAVAILABLE
            time.sleep(0.2)
        process.terminate()
        said += process.stdout.read()
    assert said.count("The glossary is not opened") == 1
    assert not elsewhere.exists()


class Chroma:
    """A Chroma server, which is killed and comes back on the same port, with the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self) -> None:
        run = [MASRAD.with_name("chroma"), "run", "--path", self._folder, "--port", self.port]
        self._process = subprocess.Popen([str(each) for each in run], stdout=subprocess.DEVNULL)
        _until(self._answers)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(20)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
            return True
        return False


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Chroma]:
    made = Chroma(tmp_path / "chroma")
    made.start()
    yield made
    made.kill()


def test_a_chroma_server_that_is_killed_is_told_and_found_again(
    chroma: Chroma, tmp_path: Path
) -> None:
    environment = {"CHROMA_HOST": "127.0.0.1", "CHROMA_PORT": str(chroma.port)}
    arguments = ("--glossary", str(TEA), "--data-dir", str(tmp_path / "data"))
    with served(*arguments, **environment) as url:

        def get(path: str) -> httpx.Response:
            return httpx.get(url + path, timeout=60)

        _until(lambda: get("/readyz").status_code == http.HTTPStatus.OK)
        chroma.kill()
        _until(lambda: bool(get("/readyz").json()["index"] == "failed"))
        assert get("/healthz").text == "ok"
        assert get("/term?id=kettle").status_code == http.HTTPStatus.OK
        chroma.start()
        _until(lambda: get("/readyz").status_code == http.HTTPStatus.OK)


# What comes by itself.


def test_news_come_to_the_page_of_a_term_and_are_text(tea_data: Path, tmp_path: Path) -> None:
    data = shutil.copytree(tea_data, tmp_path / "data")
    attack = "A kettle <img src=x onerror=alert(1)> & its lid"
    with feed_server() as feeds:
        feed = feeds.put("/tea", rss((attack, "Water boils in a kettle.")))
        environment = {"MASRAD_NEWS_FEEDS": feed, "MASRAD_NEWS_PRIVATE": "true"}
        with served("--glossary", str(TEA), "--data-dir", str(data), **environment) as url:

            def page() -> str:
                return httpx.get(f"{url}/term?id=kettle&lang=en", timeout=60).text

            _until(lambda: "https://gazette.example/1" in page())
            assert "<img src=x" not in page()
