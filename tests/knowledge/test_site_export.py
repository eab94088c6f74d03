"""A glossary as web pages: whole without a server or the network, and safe whatever the text."""

import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from knowledge.entry import SUMMARY, Entry, Section, Source
from knowledge.exports import site
from tests.knowledge.conftest import an_entry
from tests.knowledge.exporting import SEA, TIDE


class Pages(dict[str, Any]):
    """The pages of a site by their paths, parsed."""

    def __init__(self, entries: Sequence[Entry], title: str = "Sea") -> None:
        self.files = {path.as_posix(): data for path, data in site.write(entries, title)}
        super().__init__(
            (path, html.document_fromstring(data.decode()))
            for path, data in self.files.items()
            if path.endswith(".html")
        )


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(SEA.entries)


def _links(page: Any) -> dict[str, str]:
    """The links in the main part of a page: their addresses, by what they say."""
    return {" ".join(a.text_content().split()): a.get("href") for a in page.xpath("//main//a")}


def test_every_link_leads_to_a_page_or_a_source_and_nothing_is_fetched(pages: Pages) -> None:
    for path, page in pages.items():
        for element, attribute, address, _ in page.iterlinks():
            where, _, anchor = address.partition("#")
            if address == "data:,":
                continue
            if address.startswith("https://"):
                assert (element.tag, attribute) == ("a", "href")
                continue
            name = normpath(PurePosixPath(path).parent / unquote(where)) if where else path
            assert name in pages.files, f"{address} in {path}"
            assert not anchor or pages[name].xpath(f"//*[@id='{anchor}']"), f"{address} in {path}"


def test_a_page_leads_to_the_same_term_in_the_other_language(pages: Pages) -> None:
    page = pages["en/terms/tide.html"]
    assert _links(page)["المد والجزر"] == "../../ar/terms/tide.html"
    alternates = {a.get("hreflang"): a.get("href") for a in page.xpath("//link[@hreflang]")}
    assert alternates == {"en": "../../en/terms/tide.html", "ar": "../../ar/terms/tide.html"}
    (moon,) = pages["en/terms/moon.html"].xpath("//nav[@class='languages']/a/@href")
    assert moon == "../../ar/index.html", "a term that is not in Arabic leads to the index"


def test_a_page_shows_all_that_the_entry_says(pages: Pages) -> None:
    text = " ".join(pages["en/terms/tide.html"].xpath("//article")[0].text_content().split())
    said = [part for s in TIDE.sections for part in (s.heading, *s.text.split("\n\n"))]
    said += ["tides, ebb and flow", "An Almanac of Tides (2019)", "March 1, 2026", "Sea"]
    assert [part for part in said if part not in text] == []
    assert TIDE.asked[0] not in text, "it is there to be found by, and never shown"


def test_a_page_tells_machines_what_it_defines(pages: Pages) -> None:
    linked = "//script[@type='application/ld+json']/text()"
    (term,) = map(json.loads, pages["en/terms/tide.html"].xpath(linked))
    assert (term["@context"], term["@type"]) == ("https://schema.org", "DefinedTerm")
    assert (term["termCode"], term["description"]) == ("tide", TIDE.summary)
    (terms,) = map(json.loads, pages["en/index.html"].xpath(linked))
    assert [each["name"] for each in terms["hasDefinedTerm"]] == ["Moon", "Spring tide", "Tide"]


def test_no_text_is_markup() -> None:
    attack = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'
    entry = an_entry(
        "odd",
        term=attack,
        aliases=(f"{attack} too", '" onclick="alert(1)'),
        category=attack,
        sections=(Section(SUMMARY, "", attack), Section("odd", attack, attack)),
        sources=(
            Source(attack, attack, url='javascript:alert("1")'),
            Source("b", url='https://example.org/"onclick="alert(1)'),
        ),
    )
    for path, page in Pages([entry], attack).items():
        scripts = page.xpath("//script[not(@type)]")
        assert len(scripts) == (path == "en/index.html")
        assert not page.xpath("//img | //*[@onclick] | //*[@onerror]")
        assert not page.xpath("//a[starts-with(@href, 'javascript')]")
