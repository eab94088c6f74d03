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
        self._in = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = (dict(attrs).get("type") if tag == "script" else tag) or "script"

    def handle_endtag(self, _tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "application/ld+json":
            self.blocks.append(data)
        elif self._in not in ("script", "module"):
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
def test_a_term_says_what_it_is_to_people_and_to_machines(
    served: TestClient, assistant: Assistant, language: str, title: str, summary: str
) -> None:
    page = _read(served, f"/term?id=foundation-model&lang={language}")
    address = f"{SERVER}/term?id=foundation-model&lang="
    assert page.status == 200
    assert page.all("html") == [{"lang": language, "dir": "rtl" if language == "ar" else "ltr"}]
    assert title in page.text
    assert page.meta("og:title") == title
    assert page.meta("description").startswith(summary)
    assert len(page.meta("description")) <= 160
    assert page.canonical == page.meta("og:url") == address + language
    english, arabic = f"{address}en", f"{address}ar"
    assert page.alternates == {"en": english, "ar": arabic, "x-default": english}

    glossary = assistant.glossary
    shown = glossary.get("foundation-model", language)
    assert shown
    assert page.data["inDefinedTermSet"]["url"] == f"{SERVER}/glossary"
    assert page.data | {"inDefinedTermSet": None} == {
        "@context": "https://schema.org",
        "@id": address + language,
        "inDefinedTermSet": None,
        "@type": "DefinedTerm",
        "name": shown.term,
        "alternateName": list(shown.aliases),
        "description": shown.summary,
        "inLanguage": language,
        "termCode": "foundation-model",
        "url": address + language,
    }
    said = " ".join(page.text.split())
    for section in shown.sections:
        assert all(paragraph in said for paragraph in section.text.split("\n\n"))
    for other in (*glossary.related(shown), *glossary.neighbours(shown)):
        assert other
        assert f"./term?id={other.id}&lang={language}" in page.links


def test_no_document_waits_for_a_script_or_for_the_root_of_the_server(served: TestClient) -> None:
    for address in ("/", "/glossary", "/map", "/term?id=foundation-model", "/term?id=nothing"):
        page = _read(served, address)
        assert not page.all("button")
        assert not [name for _, attributes in page.tags for name in attributes if "data-" in name]
        inner = [link for link in page.links if not link.startswith("https:")]
        assert inner
        assert all(link.startswith("./") for link in inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_view_leads_to_the_glossary_which_lists_all_terms(
    served: TestClient, assistant: Assistant, language: str
) -> None:
    for view in ("", "map"):
        page = _read(served, f"/{view}?lang={language}")
        assert f"./glossary?lang={language}" in page.links
        assert page.canonical == f"{SERVER}/{view}?lang={language}"
        assert page.meta("description")
    page = _read(served, f"/glossary?lang={language}")
    shown = [link for link in page.links if link.startswith("./term?")]
    entries = assistant.glossary.ordered(language)
    assert shown == [f"./term?id={each.id}&lang={language}" for each in entries]
    assert len(page.all("h2")) > 15
    assert page.data["@type"] == "DefinedTermSet"


@pytest.mark.parametrize("wanted", ["nothing-such", "", "a" * 5000, "<script>", "../.."])
def test_where_there_is_no_such_term_there_is_a_way_on(served: TestClient, wanted: str) -> None:
    page = _read(served, "/term", params={"id": wanted, "lang": "ar"})
    assert page.status == 404
    assert strings("ar")["term_unknown"] in page.text
    assert page.meta("robots") == "noindex"
    assert "./glossary?lang=ar" in page.links
    assert not page.all("link", rel="canonical")
    page = _read(served, "/term?id=fundation-modell&lang=en")  # a mistyped one is guessed
    assert "./term?id=foundation-model&lang=en" in page.links
    assert "./glossary?lang=en&q=fundation+modell" in page.links


def test_a_language_that_the_address_or_the_glossary_has_not_falls_back(
    served: TestClient, tea: Assistant
) -> None:
    page = _read(served, "/term?id=token&lang=xx", headers={"accept-language": "ar-EG,en;q=0.5"})
    assert page.all("html")[0]["lang"] == "ar"
    assert parse_qs(urlsplit(page.canonical).query)["lang"] == ["ar"]
    shared.hand_over(tea)
    page = _read(served, "/term?id=kettle&lang=ar")  # which is in English alone
    assert page.all("html")[0]["lang"] == "ar"
    assert page.canonical == f"{SERVER}/term?id=kettle&lang=en"
    assert "./term?id=teapot&lang=ar" in page.links
    assert page.alternates == {"en": page.canonical, "x-default": page.canonical}


def test_the_documents_are_there_before_the_glossary_is(client: TestClient) -> None:
    shared.hand_over(None)
    for view in ("", "glossary", "map"):
        assert _read(client, f"/{view}").status == 200
    page = _read(client, "/term?id=foundation-model")
    assert page.status == 503  # not 404: a search engine comes back for it
    assert strings("en")["plain_opening"] in page.text


def _full_of(text: str) -> Assistant:
    """As much of an assistant as the documents need, its glossary full of a text."""
    shown = Entry(
        id="x",
        term=text,
        language="en",
        sections=(Section("summary", "", f"A {text} b."), Section("how", text, text)),
        aliases=(text,),
        category=text,
        related=("y",),
        sources=(Source(text, text, 2020, f"javascript:{text}"), Source("t", url=text)),
    )
    other = Entry("y", text, "en", (Section("summary", "", text),))
    glossary = Glossary(Path("x"), (shown, other))
    settings = SimpleNamespace(news_feeds=())
    parts = {"glossary": glossary, "linker": Linker(glossary), "settings": settings}
    return cast("Assistant", SimpleNamespace(**parts))


def _shape(page: _Page) -> list[Any]:
    """The tags and the names of attributes, which no text changes."""
    return [(tag, sorted(names)) for tag, names in page.tags if tag != "a"]


def test_nothing_in_an_entry_or_an_address_breaks_out(client: TestClient) -> None:
    shapes: dict[str, list[Any]] = {}
    for attack in ("harmless", *filter(str.strip, map(clean, ATTACKS))):
        shared._held.assistant = _full_of(attack)
        page = _read(client, "/term?id=x&lang=en")
        assert (page.data["name"], page.data["description"]) == (attack, f"A {attack} b.")
        asked = dict.fromkeys(
            ("id", "lang", "c", "q", "letter", "category"), f"{attack[:999]} zzzzzzzz"
        )
        for name, shown in (
            ("term", page),
            ("glossary", _read(client, "/glossary", params={**asked, "lang": "en"})),
            ("unknown", _read(client, "/term", params={**asked, "lang": "en"})),
            ("chat", _read(client, "/", params=asked)),
        ):
            assert not set("<>&\u2028\u2029") & set("".join(shown.blocks)), attack
            assert not [link for link in shown.links if not re.match(r"\./|https://", link)]
            assert _shape(shown) == shapes.setdefault(name, _shape(shown)), (name, attack)
