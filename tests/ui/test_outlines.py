"""What an address says of itself to whoever reads it without a browser."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from knowledge.entry import Entry, Section, Source
from knowledge.glossary import Glossary
from knowledge.language.text import clean
from knowledge.linking import Linker
from tests.attacks import ATTACKS
from ui import document, shared
from ui.strings import LANGUAGES, strings

SERVER = "https://masrad.example"


class _Page(HTMLParser):
    """A document as a search engine reads it."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__()
        self.status = status
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.blocks: list[str] = []
        self._in: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        kind = dict(attrs).get("type") if tag == "script" else tag
        self._in = [kind or "script"]

    def handle_endtag(self, _tag: str) -> None:
        self._in = []

    def handle_data(self, data: str) -> None:
        if self._in == ["application/ld+json"]:
            self.blocks.append(data)
        elif self._in not in (["script"], ["module"]):
            self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attributes
            for name, attributes in self.tags
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def meta(self, name: str) -> str:
        key = "property" if name.startswith("og:") else "name"
        (found,) = self.all("meta", **{key: name})
        return found["content"] or ""

    @property
    def alternates(self) -> dict[str, str]:
        found = self.all("link", rel="alternate")
        return {str(each["hreflang"]): str(each["href"]) for each in found}

    @property
    def canonical(self) -> str:
        (found,) = self.all("link", rel="canonical")
        return str(found["href"])

    @property
    def links(self) -> list[str]:
        return [str(each["href"]) for each in self.all("a")]

    @property
    def data(self) -> dict[str, Any]:
        (block,) = self.blocks
        found: dict[str, Any] = json.loads(block)
        return found


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=document.routes()), base_url=SERVER) as found:
        yield found


@pytest.fixture
def served(client: TestClient, assistant: Assistant) -> TestClient:
    """The documents of the bundled glossary."""
    shared.hand_over(assistant)
    return client


def _read(client: TestClient, address: str, **sent: Any) -> _Page:
    response = client.get(address, **sent)
    return _Page(response.status_code, response.text)


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        ("en", "Foundation model — Masrad", "A foundation model is"),
        ("ar", "النموذج الأساسي — المسرد", "النموذج الأساسي (Foundation Model) هو"),
    ],
)
def test_a_term_says_what_it_is(
    served: TestClient, language: str, title: str, summary: str
) -> None:
    page = _read(served, f"/term?id=foundation-model&lang={language}")
    own = f"{SERVER}/term?id=foundation-model&lang={language}"
    assert page.status == 200
    assert title in page.text
    assert page.meta("description").startswith(summary)
    assert len(page.meta("description")) <= 160
    assert page.canonical == page.meta("og:url") == own
    assert page.meta("og:title") == title
    assert page.all("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]


def test_a_term_names_its_other_languages(served: TestClient) -> None:
    for language in ("en", "ar"):
        page = _read(served, f"/term?id=foundation-model&lang={language}")
        assert page.alternates == {
            "en": f"{SERVER}/term?id=foundation-model&lang=en",
            "ar": f"{SERVER}/term?id=foundation-model&lang=ar",
            "x-default": f"{SERVER}/term?id=foundation-model&lang=en",
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_one_of_schema_org(
    served: TestClient, assistant: Assistant, language: str
) -> None:
    data = _read(served, f"/term?id=foundation-model&lang={language}").data
    shown = assistant.glossary.get("foundation-model", language)
    assert shown
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "DefinedTerm"
    assert data["name"] == shown.term
    assert data["alternateName"] == list(shown.aliases)
    assert data["description"] == shown.summary
    assert data["inLanguage"] == language
    assert data["termCode"] == "foundation-model"
    assert data["url"] == f"{SERVER}/term?id=foundation-model&lang={language}"
    assert data["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert data["inDefinedTermSet"]["url"] == f"{SERVER}/glossary"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_can_be_read_whole(served: TestClient, assistant: Assistant, language: str) -> None:
    page = _read(served, f"/term?id=foundation-model&lang={language}")
    glossary = assistant.glossary
    shown = glossary.get("foundation-model", language)
    assert shown
    said = " ".join(page.text.split())
    for section in shown.sections:
        for paragraph in section.text.split("\n\n"):
            assert paragraph in said
    before, after = glossary.neighbours(shown)
    for other in (*glossary.related(shown), before, after):
        assert other
        assert f"./term?id={other.id}&lang={language}" in page.links
    assert f"./glossary?lang={language}" in page.links


def test_nothing_waits_for_a_script(served: TestClient) -> None:
    for address in ("/", "/glossary", "/map", "/term?id=foundation-model", "/term?id=nothing"):
        page = _read(served, address)
        assert not page.all("button")
        assert not [name for _, attributes in page.tags for name in attributes if "data-" in name]


def test_links_hold_under_a_path_too(served: TestClient) -> None:
    for address in ("/", "/glossary", "/map", "/term?id=foundation-model"):
        inner = [link for link in _read(served, address).links if not link.startswith("https:")]
        assert inner
        assert all(link.startswith("./") for link in inner)


def test_a_language_that_there_is_not_falls_back(served: TestClient) -> None:
    page = _read(served, "/term?id=foundation-model&lang=xx")
    assert page.status == 200
    assert parse_qs(urlsplit(page.canonical).query)["lang"][0] in ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", ["nothing-such", "", "a" * 5000, "<script>", "../.."])
def test_there_is_no_such_term(served: TestClient, language: str, wanted: str) -> None:
    page = _read(served, "/term", params={"id": wanted, "lang": language})
    assert page.status == 404
    assert strings(language)["term_unknown"] in page.text
    assert page.meta("robots") == "noindex"
    assert f"./glossary?lang={language}" in page.links
    assert not page.all("link", rel="canonical")


def test_a_mistyped_term_is_guessed(served: TestClient) -> None:
    page = _read(served, "/term?id=fundation-modell&lang=en")
    assert "./term?id=foundation-model&lang=en" in page.links
    assert "./glossary?lang=en&q=fundation+modell" in page.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_lists_all_terms_under_their_letters(
    served: TestClient, assistant: Assistant, language: str
) -> None:
    page = _read(served, f"/glossary?lang={language}")
    shown = [link for link in page.links if link.startswith("./term?")]
    entries = assistant.glossary.ordered(language)
    assert shown == [f"./term?id={each.id}&lang={language}" for each in entries]
    assert len(page.all("h2")) > 15
    assert page.data["@type"] == "DefinedTermSet"
    assert page.alternates.keys() == {"en", "ar", "x-default"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chat_and_the_map_lead_to_the_glossary(served: TestClient, language: str) -> None:
    for view in ("", "map"):
        page = _read(served, f"/{view}?lang={language}")
        assert f"./glossary?lang={language}" in page.links
        assert page.canonical == f"{SERVER}/{view}?lang={language}"
        assert page.meta("description")


def test_the_language_is_the_readers_where_the_address_has_none(served: TestClient) -> None:
    page = _read(served, "/term?id=token", headers={"accept-language": "ar-EG,en;q=0.5"})
    assert page.all("html")[0]["lang"] == "ar"
    assert page.canonical.endswith("lang=ar")


def test_the_documents_are_there_before_the_glossary_is(client: TestClient) -> None:
    shared.hand_over(None)
    for view in ("", "glossary", "map"):
        assert _read(client, f"/{view}").status == 200
    page = _read(client, "/term?id=foundation-model")
    assert page.status == 503  # not 404: a search engine comes back for it
    assert strings("en")["plain_opening"] in page.text


def test_a_glossary_in_one_language_keeps_the_readers(client: TestClient, tea: Assistant) -> None:
    shared.hand_over(tea)
    page = _read(client, "/term?id=kettle&lang=ar")
    assert page.all("html")[0]["lang"] == "ar"
    assert page.canonical == f"{SERVER}/term?id=kettle&lang=en"
    assert "./term?id=teapot&lang=ar" in page.links
    assert page.alternates == {"en": page.canonical, "x-default": page.canonical}


def _attacked(attack: str) -> Assistant:
    """As much of an assistant as the documents need, its glossary full of a text."""
    shown = Entry(
        id="x",
        term=attack,
        language="en",
        sections=(Section("summary", "", f"A {attack} b."), Section("how", attack, attack)),
        aliases=(attack,),
        category=attack,
        related=("y",),
        sources=(Source(attack, attack, 2020, f"javascript:{attack}"), Source("t", url=attack)),
    )
    other = Entry("y", attack, "en", (Section("summary", "", attack),))
    glossary = Glossary(Path("x"), (shown, other))

    settings = SimpleNamespace(news_feeds=())
    parts = {"glossary": glossary, "linker": Linker(glossary), "settings": settings}
    return cast("Assistant", SimpleNamespace(**parts))


def test_nothing_in_an_entry_breaks_out(client: TestClient) -> None:
    safe = _shape(client, "harmless")
    for attack in filter(str.strip, map(clean, ATTACKS)):
        assert _shape(client, attack) == safe, attack


def _shape(client: TestClient, text: str) -> list[Any]:
    """The tags and the names of attributes of each document, which no entry changes."""
    opened = _attacked(text)
    shapes: list[Any] = []
    for address in ("/term?id=x&lang=en", "/glossary?lang=en"):
        shared._held.assistant = opened
        page = _read(client, address)
        assert page.data["@type"].startswith("DefinedTerm")
        if "id=x" in address:
            assert page.data["name"] == text
            assert page.data["description"] == f"A {text} b."
        (block,) = page.blocks
        assert not set("<>&\u2028\u2029") & set(block)
        links = [link for link in page.links if not re.match(r"\./|https://", link)]
        assert not links
        shapes.append([(tag, sorted(names)) for tag, names in page.tags if tag != "a"])
    return shapes


def test_nothing_in_an_address_breaks_out(served: TestClient) -> None:
    safe = None
    for attack in ATTACKS:
        wanted = attack.encode("utf-8", "replace").decode()
        page = _read(served, "/term", params={"id": f"{wanted} zzzzzzzzzzzzzz", "lang": "en"})
        shape = [(tag, sorted(names)) for tag, names in page.tags]
        safe = safe or shape
        assert page.status == 404
        assert shape == safe, attack
