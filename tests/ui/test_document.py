"""The document that every address answers with: what may run in it, and what it says by itself."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit
from lxml.html import document_fromstring
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from knowledge.language.text import clean
from tests.ui.conftest import guarded
from ui import addresses, document, shared
from ui.addresses import VIEWS
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE
from ui.strings import strings

SERVER = "https://masrad.example"
ADDRESSES = [f"/{addresses.path(view)}" for view in VIEWS]
SHELL = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


class _Page:
    """A document as whoever has no browser reads it."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self._tree: Any = document_fromstring(text)
        read = "".join(self.all("//text()[not(parent::script)]"))
        self.text = " ".join(clean(read).split())
        self.links = self.all("//a/@href")

    def all(self, xpath: str) -> list[str]:
        return [str(each) for each in self._tree.xpath(xpath)]

    def one(self, xpath: str) -> str:
        (found,) = self.all(xpath)
        return found

    def meta(self, name: str) -> str:
        return self.one(f"//meta[@name='{name}' or @property='{name}']/@content")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = guarded(*document.routes(), hosts=("localhost", "masrad.example"))
    with TestClient(app, base_url=SERVER) as opened:
        yield opened


@pytest.fixture
def served(client: TestClient, assistant: Assistant) -> TestClient:
    """The documents of the bundled glossary."""
    shared.hand_over(assistant)
    return client


def _read(client: TestClient, address: str, **sent: Any) -> _Page:
    response = client.get(address, **sent)
    return _Page(response.status_code, response.text)


# What a browser lets it do.


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_the_servers_scripts_run_and_streamlits_own_by_its_hash(
    served: TestClient, address: str
) -> None:
    response = served.get(address)
    headers = response.headers
    parts = (part.split() for part in headers["Content-Security-Policy"].split(";"))
    policy = {name: values for name, *values in parts}
    inline = _Page(200, response.text).one("//script[not(@src)][not(@type)]/text()")
    assert inline in SHELL
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    hashes = [value for value in policy["script-src"] if value.startswith("'sha256-")]
    assert hashes == [f"'sha256-{digest}'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(policy["script-src"])
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert policy[name] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    everything = [value for values in policy.values() for value in values]
    assert not [value for value in everything if "//" in value or value in ("*", "https:", "http:")]

    for script in re.findall(r'<script[^>]*src="[^"]*"', SHELL):
        assert script in response.text
    assert response.text.count('<div id="root">') == response.text.count("<title>") == 1
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"  # it names a conversation
    assert "private" in headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "cookie", "accepted", "language"),
    [
        ("/?lang=ar-EG", "", "en", "ar"),
        ("/?lang=xx", "%7B%22language%22%3A%22ar%22%7D", "en", "ar"),
        ("/", "%5B", "fr-FR,fr;q=0.9,ar;q=0.8,en;q=0.7", "ar"),
        ("/", "", "es-AR,es;q=0.9", "en"),  # AR is Argentina here
    ],
)
def test_the_language_is_the_addresss_the_chosen_one_or_the_browsers(
    served: TestClient, address: str, cookie: str, accepted: str, language: str
) -> None:
    headers = {"Accept-Language": accepted, "Cookie": f"{CHOICES_COOKIE}={cookie}"}
    direction = {"en": "ltr", "ar": "rtl"}[language]
    page = _read(served, address, headers=headers)
    assert (page.one("/html/@lang"), page.one("/html/@dir")) == (language, direction)


def test_a_reader_is_given_a_cookie_of_their_own_that_no_script_reads(served: TestClient) -> None:
    given = set()
    for address in ADDRESSES:
        served.cookies.clear()
        cookie = served.get(address, headers={"Cookie": f"{TOKEN_COOKIE}="}).headers["Set-Cookie"]
        assert cookie.startswith(f"{TOKEN_COOKIE}=")
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= set(cookie.split("; "))
        given.add(cookie)
    assert len(given) == len(ADDRESSES)
    assert "Set-Cookie" not in served.get("/glossary").headers
    served.cookies.clear()  # there would be none on an address without https
    assert "Secure" not in served.get("http://localhost/").headers["Set-Cookie"]


def test_the_style_and_the_scripts_are_served_and_nothing_else(served: TestClient) -> None:
    text = served.get("/").text
    linked = re.findall(r'(?:href|src)="(?:\./)?(assets/[^"]+\.(css|js)[^"]*)"', text)
    assert sorted(kind for _, kind in linked) == ["css", "js", "js"]
    for address, kind in linked:
        found = served.get(f"/{address}")
        assert {"css": "text/css", "js": "javascript"}[kind] in found.headers["Content-Type"]
    style = served.get("/assets/style.css")
    assert "immutable" in style.headers["Cache-Control"]  # its address names its contents
    assert f"style.css?v={hashlib.sha256(style.text.encode()).hexdigest()[:12]}" in text
    for file in (Path(document.__file__).parent / "assets" / "script").glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', file.read_text("utf-8")):
            assert served.get(f"/assets/script/{name}").status_code == 200
    for path in ("../../document.py", "..%2f..%2fdocument.py", "%2e%2e/style/00-tokens.css"):
        assert served.get(f"/assets/script/{path}").status_code == 404


# What it says to who reads it without one: a search engine, the preview of a link.


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", "Foundation model — Masrad", "A foundation model is"),
        ("ar", "النموذج الأساسي — مسرد", "النموذج الأساسي (Foundation Model) هو"),
    ],
)
def test_a_term_says_what_it_is_to_people_and_to_machines(
    served: TestClient, assistant: Assistant, language: str, title: str, summary: str
) -> None:
    page = _read(served, f"/term?id=foundation-model&lang={language}")
    assert (page.status, page.one("/html/@lang")) == (200, language)
    assert page.one("//title/text()") == page.meta("og:title") == title
    assert page.meta("description").startswith(summary)
    assert len(page.meta("description")) <= 160
    shown = assistant.glossary.get("foundation-model", language)
    assert shown
    assert all(paragraph in page.text for paragraph in shown.summary.split("\n\n"))
    assert all(link.startswith("./") for link in page.links)


def test_where_there_is_no_such_term_it_is_said(served: TestClient) -> None:
    for wanted in ("nothing-such", "", "a" * 5000):
        page = _read(served, "/term", params={"id": wanted, "lang": "ar"})
        assert page.status == 404
        assert page.meta("robots") == "noindex"
        assert "./glossary?lang=ar" in page.links


def test_the_documents_are_there_before_the_glossary_is(client: TestClient) -> None:
    shared.hand_over(None)
    for view in ("", "glossary", "map"):
        assert _read(client, f"/{view}").status == 200
    page = _read(client, "/term?id=foundation-model")
    assert page.status == 503  # not 404: a search engine comes back for it
    assert strings("en")["plain_opening"] in page.text
