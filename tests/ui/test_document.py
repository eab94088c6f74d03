"""The document that every address answers with: what is in its head, and what it lets run."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from tests.attacks import ATTACKS
from ui import document, places, shared
from ui.guard import Guard
from ui.places import VIEWS
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE

ADDRESSES = [f"/{places.path(view)}" for view in VIEWS]
SHELL = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


@pytest.fixture
def client(teahouse: Assistant) -> Iterator[TestClient]:
    shared.hand_over(teahouse)
    behind = Starlette(routes=document.routes())
    app = Guard(behind, document.policy(), may_upload=lambda _: False, held=lambda: 0)
    with TestClient(app, base_url="http://localhost") as opened:
        yield opened


class _Head(HTMLParser):
    """The elements of a document, and its inline scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.elements[-1] if self.elements else ("", {})
        if tag == "script" and data.strip() and not {"src", "type"} & attributes.keys():
            self.inline.append(data)

    def first(self, tag: str) -> dict[str, str | None]:
        return next(attributes for name, attributes in self.elements if name == tag)


def _policy(client: TestClient, address: str = "/") -> dict[str, list[str]]:
    header = client.get(address).headers["Content-Security-Policy"]
    parts = (part.split() for part in header.split(";"))
    return {name: values for name, *values in parts}


# What may run.


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_scripts_of_the_server_run_and_streamlits_own_by_its_hash(
    client: TestClient, address: str
) -> None:
    scripts = _policy(client, address)["script-src"]
    assert "'self'" in scripts
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & set(scripts)
    (inline,) = _Head(client.get(address).text).inline
    assert inline in SHELL
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in scripts
    assert sum(value.startswith("'sha256-") for value in scripts) == 1


def test_nothing_is_fetched_from_elsewhere_and_no_other_site_frames_it(client: TestClient) -> None:
    policy = _policy(client)
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == ["'self'"]
    everything = [value for values in policy.values() for value in values]
    assert not [value for value in everything if "//" in value or value in ("*", "https:", "http:")]


def test_a_browser_does_not_guess_and_no_other_site_learns_the_address(client: TestClient) -> None:
    headers = client.get("/?c=secret").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "private" in headers["Cache-Control"]


def test_it_is_streamlits_page(client: TestClient) -> None:
    text = client.get("/").text
    for script in re.findall(r'<script[^>]*src="[^"]*"', SHELL):
        assert script in text
    assert text.count('<div id="root">') == 1
    assert text.count("<title>") == 1


# What a reader may put into an address.


@pytest.mark.parametrize("attack", [text for text in ATTACKS if len(text) < 500])
def test_nothing_of_an_address_becomes_markup(client: TestClient, attack: str) -> None:
    plain = _shape(client.get("/term?id=nothing").text)
    writable = attack.encode(errors="ignore").decode()
    for address in ("/term", "/glossary", "/"):
        asked = dict.fromkeys(("id", "lang", "c", "q", "letter", "category"), writable)
        found = _shape(client.get(address, params=asked).text)
        assert {tag for tag, _ in found} <= {tag for tag, _ in plain} | {
            "li",
            "ul",
            "section",
            "h2",
        }
        assert not [name for _, names in found for name in names if name.startswith("on")]


def _shape(text: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(tag, tuple(attributes)) for tag, attributes in _Head(text).elements}


# Its language.


@pytest.mark.parametrize(
    ("address", "cookie", "accepted", "language"),
    [
        ("/", "", "", "en"),
        ("/?lang=ar", "", "en", "ar"),
        ("/?lang=ar-EG", "", "", "ar"),
        ("/?lang=en", "%7B%22language%22%3A%22ar%22%7D", "ar", "en"),
        ("/?lang=xx", "%7B%22language%22%3A%22ar%22%7D", "en", "ar"),
        ("/", "%7B%22language%22%3A%22ar%22%7D", "en", "ar"),
        ("/", "%5B", "ar", "ar"),
        ("/", "", "ar-SA,ar;q=0.9,en;q=0.8", "ar"),
        ("/", "", "en-GB, en;q=0.9, ar;q=0.8", "en"),
        ("/", "", "fr-FR,fr;q=0.9,ar;q=0.8,en;q=0.7", "ar"),
        ("/", "", "es-AR,es;q=0.9", "en"),  # AR is Argentina here
        ("/", "", "*", "en"),
    ],
)
def test_the_language_is_the_addresss_the_chosen_one_or_the_browsers(
    client: TestClient, address: str, cookie: str, accepted: str, language: str
) -> None:
    headers = {"Accept-Language": accepted}
    if cookie:
        headers["Cookie"] = f"{CHOICES_COOKIE}={cookie}"
    html = _Head(client.get(address, headers=headers).text).first("html")
    assert html["lang"] == language
    assert html["dir"] == {"en": "ltr", "ar": "rtl"}[language]


# The reader's cookie.


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reader_is_given_a_cookie_that_no_script_reads(client: TestClient, address: str) -> None:
    cookie = client.get(address).headers["Set-Cookie"]
    assert cookie.startswith(f"{TOKEN_COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie  # there would be none on an address without https


def test_by_https_it_goes_by_https_alone(client: TestClient) -> None:
    client.base_url = "https://localhost"
    assert "Secure" in client.get("/").headers["Set-Cookie"]


def test_who_has_one_keeps_it(client: TestClient) -> None:
    client.get("/")
    assert "Set-Cookie" not in client.get("/glossary").headers


def test_an_empty_one_is_none(client: TestClient) -> None:
    found = client.get("/", headers={"Cookie": f"{TOKEN_COOKIE}="})
    assert found.headers["Set-Cookie"].startswith(f"{TOKEN_COOKIE}=")


def test_each_reader_has_another(client: TestClient) -> None:
    given = set()
    for _ in range(3):
        client.cookies.clear()
        given.add(client.get("/").cookies[TOKEN_COOKIE])
    assert len(given) == 3


# Style and scripts.


def test_the_style_and_the_scripts_are_served(client: TestClient) -> None:
    head = _Head(client.get("/").text).elements
    styles = [a["href"] for tag, a in head if tag == "link" and a.get("rel") == "stylesheet"]
    own = [href for href in styles if href and "assets/style.css" in href]
    scripts = [
        a["src"] for tag, a in head if tag == "script" and "assets/script" in str(a.get("src"))
    ]
    assert len(own) == 1
    assert len(scripts) == 2
    for address, kind in ((own[0], "text/css"), *((s, "javascript") for s in scripts)):
        found = client.get(f"/{str(address).removeprefix('./')}")
        assert found.status_code == 200
        assert kind in found.headers["Content-Type"]
        assert found.text.strip()


def test_the_style_is_kept_for_as_long_as_its_address_names_it(client: TestClient) -> None:
    style = client.get("/assets/style.css")
    assert "immutable" in style.headers["Cache-Control"]
    digest = hashlib.sha256(style.text.encode()).hexdigest()[:12]
    assert f"style.css?v={digest}" in client.get("/").text


@pytest.mark.parametrize(
    "path", ["../../document.py", "..%2f..%2fdocument.py", "%2e%2e/style/00-tokens.css", "nothing"]
)
def test_nothing_else_is_served_by_the_address_of_the_scripts(
    client: TestClient, path: str
) -> None:
    assert client.get(f"/assets/script/{path}").status_code == 404


def test_every_script_that_another_imports_is_there(client: TestClient) -> None:
    folder = Path(document.__file__).parent / "assets" / "script"
    for file in folder.glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', file.read_text("utf-8")):
            assert client.get(f"/assets/script/{name}").status_code == 200


# All other addresses.


def test_other_addresses_are_streamlits(client: TestClient) -> None:
    for address in ("/nothing", "/_stcore/health", "/static/x"):
        assert client.get(address).status_code == 404
    assert client.post("/").status_code == 405
