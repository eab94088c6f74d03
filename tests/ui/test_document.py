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
from ui import addresses, document, shared, signin
from ui.addresses import VIEWS
from ui.guard import Guard
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE

ADDRESSES = [f"/{addresses.path(view)}" for view in VIEWS]
SHELL = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


@pytest.fixture
def client(teahouse: Assistant) -> Iterator[TestClient]:
    shared.hand_over(teahouse)
    behind = Starlette(routes=document.routes())
    app = Guard(
        behind, document.policy(), may_upload=lambda _: False, held=lambda: 0, door=signin.door
    )
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


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_servers_scripts_run_and_streamlits_own_by_its_hash(
    client: TestClient, address: str
) -> None:
    response = client.get(address)
    headers, text = response.headers, response.text
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    policy = {name: values for name, *values in parts}
    assert "'self'" in policy["script-src"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(policy["script-src"])
    (inline,) = _Head(text).inline
    assert inline in SHELL
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    hashes = [value for value in policy["script-src"] if value.startswith("'sha256-")]
    assert hashes == [f"'sha256-{digest}'"]

    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == ["'self'"]
    everything = [value for values in policy.values() for value in values]
    assert not [value for value in everything if "//" in value or value in ("*", "https:", "http:")]

    for script in re.findall(r'<script[^>]*src="[^"]*"', SHELL):
        assert script in text
    assert text.count('<div id="root">') == text.count("<title>") == 1
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"  # it names a conversation
    assert "private" in headers["Cache-Control"]


CHOSEN = "%7B%22language%22%3A%22ar%22%7D"


@pytest.mark.parametrize(
    ("address", "cookie", "accepted", "language"),
    [
        ("/", "", "", "en"),
        ("/?lang=ar-EG", "", "en", "ar"),
        ("/?lang=en", CHOSEN, "ar", "en"),
        ("/?lang=xx", CHOSEN, "en", "ar"),
        ("/", "%5B", "ar", "ar"),
        ("/", "", "fr-FR,fr;q=0.9,ar;q=0.8,en;q=0.7", "ar"),
        ("/", "", "es-AR,es;q=0.9", "en"),  # AR is Argentina here
    ],
)
def test_the_language_is_the_addresss_the_chosen_one_or_the_browsers(
    client: TestClient, address: str, cookie: str, accepted: str, language: str
) -> None:
    headers = {"Accept-Language": accepted, "Cookie": f"{CHOICES_COOKIE}={cookie}"}
    elements = _Head(client.get(address, headers=headers).text).elements
    html = next(attributes for tag, attributes in elements if tag == "html")
    assert (html["lang"], html["dir"]) == (language, {"en": "ltr", "ar": "rtl"}[language])


def test_a_reader_is_given_a_cookie_of_their_own_that_no_script_reads(client: TestClient) -> None:
    given = set()
    for address in ADDRESSES:
        client.cookies.clear()
        cookie = client.get(address, headers={"Cookie": f"{TOKEN_COOKIE}="}).headers["Set-Cookie"]
        assert cookie.startswith(f"{TOKEN_COOKIE}=")
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie  # there would be none on an address without https
        given.add(cookie)
    assert len(given) == len(ADDRESSES)
    assert "Set-Cookie" not in client.get("/glossary").headers
    client.cookies.clear()
    client.base_url = "https://localhost"
    assert "Secure" in client.get("/").headers["Set-Cookie"]


def test_the_style_and_the_scripts_are_served_and_nothing_else(client: TestClient) -> None:
    text = client.get("/").text
    linked = re.findall(r'(?:href|src)="(?:\./)?(assets/[^"]+\.(css|js)[^"]*)"', text)
    assert sorted(kind for _, kind in linked) == ["css", "js", "js"]
    for address, kind in linked:
        found = client.get(f"/{address}")
        assert found.status_code == 200
        assert {"css": "text/css", "js": "javascript"}[kind] in found.headers["Content-Type"]
    style = client.get("/assets/style.css")
    assert "immutable" in style.headers["Cache-Control"]  # its address names its contents
    assert f"style.css?v={hashlib.sha256(style.text.encode()).hexdigest()[:12]}" in text
    for file in (Path(document.__file__).parent / "assets" / "script").glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', file.read_text("utf-8")):
            assert client.get(f"/assets/script/{name}").status_code == 200
    for path in ("../../document.py", "..%2f..%2fdocument.py", "%2e%2e/style/00-tokens.css", "x"):
        assert client.get(f"/assets/script/{path}").status_code == 404
