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
from pathlib import Path

import httpx
import psutil
import pytest

from tests.browser.conftest import MASRAD, served
from tests.conftest import TEA
from ui import guard, places

PATHS = [
    *(f"/{places.path(view)}" for view in places.EVERY),
    "/foo",
    "/foo/bar",
    "/assets/style.css",
    "/assets/script/page.js",
    "/assets/none",
    "/app/static/plex-latin-400.woff2",
    "/app/static/none",
    "/component/none",
    "/media/none",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/_stcore/upload_file/a/b",
    "/_stcore/agent/openapi.json",
    "/static/none.js",
]
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
        connection = http.client.HTTPConnection(self.host, timeout=20)
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


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", "", "a b"])
def test_a_name_that_is_not_its_own_is_refused_everywhere(
    server: Served, path: str, host: str
) -> None:
    answer = server.asked(path, {"Host": host})
    assert answer.status in (400, 421)
    assert b"Masrad is not served under this name" in (said := answer.read()) or b"Invalid" in said


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501"])
def test_the_socket_is_refused_to_another_name_and_to_another_site(
    server: Served, host: str
) -> None:
    assert server.opens_socket()
    assert server.opens_socket(Origin=server.url)
    assert not server.opens_socket(Host=host)
    assert not server.opens_socket(Host=host, Origin=f"http://{host}")
    assert not server.opens_socket(Origin=f"http://{host}")
    assert not server.opens_socket(Origin="http://localhost:1")
    assert not server.opens_socket(Origin="null")


def test_a_name_that_a_proxy_has_for_it_is_its_own(server: Served) -> None:
    assert server.asked("/", {"Host": NAMED}).status == http.HTTPStatus.OK
    assert server.opens_socket(Host=NAMED, Origin=f"https://{NAMED}")
    assert server.opens_socket(Origin=f"https://{NAMED}")


@pytest.mark.parametrize("path", PATHS)
def test_every_address_has_the_same_headers_and_none_is_framed_elsewhere(
    server: Served, path: str
) -> None:
    found = [
        [server.asked(path, headers).getheader(name) for name in HEADERS]
        for headers in ({}, {"Host": "evil.example"}, {"Origin": "http://evil.example"})
    ]
    known = [server.asked("/").getheader(name) for name in HEADERS]
    assert found == [known] * 3
    assert "frame-ancestors 'self'" in str(known[0])


def test_foreign_sites_hold_nobody_up(server: Served) -> None:
    start = time.monotonic()
    for n in range(10):
        assert not server.opens_socket(Origin=f"http://evil-{n}.example")
        assert server.asked("/_stcore/health").status == http.HTTPStatus.OK
    assert time.monotonic() - start < 5  # seconds: asking outside took 19.7


# Who may change the glossary.


def test_the_owners_link_works_once_and_its_cookie_after_a_restart(
    tea_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(tea_data, tmp_path / "data")
    arguments = ["--no-browser", "--port", "0", "--glossary", str(TEA), "--data-dir", str(data)]
    kept: dict[str, str] = {}
    for _ in range(2):
        process = subprocess.Popen(
            [MASRAD, "serve", *arguments], stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(2)]
        (link,) = re.findall(r"http://\S+owner=\S+", lines[0])
        url = re.findall(r"Masrad is at (\S+)", lines[1])[0]
        refused = httpx.put(f"{url}/_stcore/upload_file/a/b", content=b"x")
        assert refused.status_code == http.HTTPStatus.FORBIDDEN
        first, second = httpx.get(link), httpx.get(link)
        assert first.headers["location"] == "/"
        assert len(first.cookies) == 1
        assert not second.cookies
        assert "HttpOnly" in first.headers["set-cookie"]
        assert "SameSite=lax" in first.headers["set-cookie"]
        kept = kept or dict(first.cookies)
        assert dict(first.cookies) == kept
        allowed = httpx.put(f"{url}/_stcore/upload_file/a/b", content=b"x", cookies=kept)
        assert allowed.status_code != http.HTTPStatus.FORBIDDEN or "XSRF" in allowed.text
        process.terminate()
        process.wait(20)
    assert (data / "owner.key").stat().st_mode & 0o077 == 0


def test_files_of_who_may_not_change_it_cost_no_memory(server: Served) -> None:
    (process,) = [p for p in psutil.process_iter() if str(server.data) in _command(p)]
    before = process.memory_info().rss
    for n in range(5):
        answer = server.asked(f"/_stcore/upload_file/a/{n}", body=bytes(150_000_000))
        assert answer.status == http.HTTPStatus.FORBIDDEN
    assert process.memory_info().rss - before < 150_000_000  # less than one of them


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


# What fails is not replaced by something else.


def test_after_a_first_index_that_fails_no_other_glossary_is_served(tmp_path: Path) -> None:
    """On a disk that is full in the middle of it; the page is asked for until it would be there."""
    data, elsewhere = tmp_path / "data", tmp_path / "home"
    serve = [MASRAD, "serve", "--no-browser", "--port", "0", "--data-dir", str(data)]
    process = subprocess.Popen(
        ["/bin/sh", "-c", 'ulimit -f 400; exec "$@"', "sh", *map(str, serve)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "XDG_DATA_HOME": str(elsewhere), "MASRAD_DATA_DIR": ""},
    )
    assert process.stdout
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"Masrad is at (http://\S+)", line):
                time.sleep(3)  # what is shown first is asked of it by then, and tried again
                assert (
                    httpx.get(f"{found[1]}/term?id=overfitting").status_code
                    == http.HTTPStatus.SERVICE_UNAVAILABLE
                )
                break
    finally:
        process.terminate()
        said.append(process.communicate(timeout=20)[0])
    assert "".join(said).count("The glossary is not opened") == 1
    assert not elsewhere.exists()


def test_it_takes_all_the_handles_that_it_may(tea_data: Path) -> None:
    """A tab takes four: at the usual 1,024 the 248th was refused."""
    serve = [MASRAD, "serve", "--no-browser", "--port", "0", "--data-dir", tea_data]
    process = subprocess.Popen(
        ["/bin/sh", "-c", 'ulimit -S -n 256; exec "$@"', "sh", *map(str, serve), "--glossary", TEA],
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    assert any("Masrad is at" in line for line in process.stdout)
    soft, hard = psutil.Process(process.pid).rlimit(psutil.RLIMIT_NOFILE)
    process.terminate()
    process.wait(20)
    assert soft == hard > 256


def test_a_port_that_is_named_is_taken_or_refused(server: Served) -> None:
    port = server.host.rpartition(":")[2]
    other = subprocess.run(
        [MASRAD, "serve", "--no-browser", "--port", port, "--data-dir", server.data],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert other.returncode == 1
    assert f"127.0.0.1:{port} cannot be served on" in other.stderr
    assert "Masrad is at" not in other.stdout


class Chroma:
    """A Chroma server, which is killed and comes back on the same port, with the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self) -> None:
        run = [MASRAD.with_name("chroma"), "run", "--path", self._folder, "--port", self.port]
        self._process = subprocess.Popen([str(each) for each in run])
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


def test_chroma_that_is_killed_is_told_and_found_again(chroma: Chroma, tmp_path: Path) -> None:
    environment = {"CHROMA_HOST": "127.0.0.1", "CHROMA_PORT": str(chroma.port)}
    arguments = ("--glossary", str(TEA), "--data-dir", str(tmp_path / "data"))
    with served(*arguments, **environment) as url:
        _until(lambda: httpx.get(f"{url}/readyz").status_code == http.HTTPStatus.OK)
        chroma.kill()
        _until(lambda: httpx.get(f"{url}/readyz").json()["index"] == "failed")
        assert httpx.get(f"{url}/healthz").text == "ok"
        assert httpx.get(f"{url}/term?id=kettle").status_code == http.HTTPStatus.OK
        chroma.start()
        _until(lambda: httpx.get(f"{url}/readyz").status_code == http.HTTPStatus.OK)


def _until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.5)


@pytest.mark.parametrize(
    ("host", "named", "known"),
    [
        ("127.0.0.1", "", guard.LOOPBACK),
        ("0.0.0.0", "", (*guard.LOOPBACK, guard.ANY_ADDRESS)),  # noqa: S104
        ("::", "", (*guard.LOOPBACK, guard.ANY_ADDRESS)),
        ("192.168.1.5", "", (*guard.LOOPBACK, "192.168.1.5")),
        (
            "127.0.0.1",
            "Masrad.example.org, *.school.example  https://a.example:8443/chat",
            (*guard.LOOPBACK, "masrad.example.org", "*.school.example", "a.example"),
        ),
    ],
)
def test_its_names_are_those_of_the_machine_and_those_it_is_told(
    host: str, named: str, known: tuple[str, ...]
) -> None:
    assert dict.fromkeys(guard.hosts(host, named)) == dict.fromkeys(known)
