"""A glossary as web pages: whole without a server or the network, and safe whatever the text."""

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from knowledge.entry import SUMMARY, Entry, Section, Source
from knowledge.exports import Selection, export, site
from knowledge.glossary import Glossary
from tests.knowledge.conftest import an_entry
from tests.knowledge.exporting import MADD, MOON, SEA, SPRING_TIDE, TIDE


class Pages(dict[str, Any]):
    """The pages of a site by their paths, parsed."""

    def __init__(self, entries: Sequence[Entry], title: str = "Sea") -> None:
        self.files = {path.as_posix(): data for path, data in site.write(entries, title)}
        super().__init__(
            (path, html.document_fromstring(data.decode()))
            for path, data in self.files.items()
            if path.endswith(".html")
        )

    def data(self, path: str) -> dict[str, Any]:
        """The linked data of a page."""
        (text,) = self[path].xpath("//script[@type='application/ld+json']/text()")
        value: dict[str, Any] = json.loads(text)
        return value


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(SEA.entries)


def _links(page: Any) -> dict[str, str]:
    """The links in the main part of a page: their addresses, by what they say."""
    return {" ".join(a.text_content().split()): a.get("href") for a in page.xpath("//main//a")}


def test_there_is_a_page_for_each_entry_and_an_index_for_each_language(pages: Pages) -> None:
    assert set(pages) == {
        "index.html",
        "en/index.html", "en/categories.html",
        "en/terms/tide.html", "en/terms/spring-tide.html", "en/terms/moon.html",
        "ar/index.html", "ar/categories.html", "ar/terms/tide.html",
    }  # fmt: skip


def test_every_link_leads_to_a_page_or_a_source_and_nothing_is_fetched(pages: Pages) -> None:
    for path, page in pages.items():
        for element, attribute, address, _ in page.iterlinks():
            where, _, anchor = address.partition("#")
            if address == "data:,":
                continue
            if address.startswith("https://"):
                assert (element.tag, attribute) == ("a", "href")
                continue
            target = PurePosixPath(path).parent.joinpath(unquote(where)) if where else path
            parts: list[str] = []
            for part in PurePosixPath(target).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            name = "/".join(parts)
            assert name in pages.files, f"{address} in {path}"
            assert not anchor or pages[name].xpath(f"//*[@id='{anchor}']"), f"{address} in {path}"


def test_the_style_asks_for_nothing(pages: Pages) -> None:
    style = pages.files["style.css"].decode()
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def test_a_page_is_in_the_language_and_direction_of_its_entry(pages: Pages) -> None:
    assert dict(pages["en/terms/tide.html"].attrib) == {"lang": "en", "dir": "ltr"}
    assert dict(pages["ar/terms/tide.html"].attrib) == {"lang": "ar", "dir": "rtl"}


def test_a_page_leads_to_the_same_term_in_the_other_language(pages: Pages) -> None:
    page = pages["en/terms/tide.html"]
    assert _links(page)["المد والجزر"] == "../../ar/terms/tide.html"
    alternates = {a.get("hreflang"): a.get("href") for a in page.xpath("//link[@hreflang]")}
    assert alternates == {"en": "../../en/terms/tide.html", "ar": "../../ar/terms/tide.html"}
    (moon,) = pages["en/terms/moon.html"].xpath("//nav[@class='languages']/a/@href")
    assert moon == "../../ar/index.html", "a term that is not in Arabic leads to the index"


def test_a_page_shows_all_that_the_entry_says(pages: Pages) -> None:
    text = " ".join(pages["en/terms/tide.html"].xpath("//article")[0].text_content().split())
    for section in TIDE.sections:
        assert section.heading in text
        for paragraph in section.text.split("\n\n"):
            assert paragraph in text
    for shown in ("tides, ebb and flow", "An Almanac of Tides (2019)", "March 1, 2026", "Sea"):
        assert shown in text
    assert TIDE.asked[0] not in text, "it is there to be found by, and never shown"


def test_arabic_pages_speak_arabic(pages: Pages) -> None:
    text = " ".join(pages["ar/terms/tide.html"].body.text_content().split())
    assert "يسمى أيضًا: حركة المد والجزر" in text
    assert "الفئات" in text
    assert "Also:" not in text


def test_relations_and_mentions_are_links(pages: Pages) -> None:
    links = _links(pages["en/terms/tide.html"])
    assert links["Spring tide"] == "../../en/terms/spring-tide.html"
    assert links["moon"] == "moon.html"
    assert "tide" not in links, "an entry does not lead to itself"


def test_the_index_is_in_the_order_of_the_alphabet(pages: Pages) -> None:
    index = pages["en/index.html"]
    assert index.xpath("//section/h2/text()") == ["M", "S", "T"]
    assert index.xpath("//section//b/text()") == ["Moon", "Spring tide", "Tide"]


def test_the_index_finds_a_term_by_its_names_in_both_languages(pages: Pages) -> None:
    (names,) = pages["ar/index.html"].xpath("//li/@data-names")
    assert names.split("\n") == ["Tide", "tides", "ebb and flow", *MADD.names]


def test_categories_list_their_terms(pages: Pages) -> None:
    sections = pages["en/categories.html"].xpath("//section")
    assert [
        (s.xpath("h2/text()")[0], [li.text_content().strip() for li in s.xpath(".//li")])
        for s in sections
    ] == [("Sea", ["Spring tide", "Tide"]), ("No category", ["Moon"])]


def test_without_categories_there_is_no_page_of_them() -> None:
    pages = Pages([MOON])
    assert set(pages) == {"index.html", "en/index.html", "en/terms/moon.html"}
    assert not pages["en/index.html"].xpath("//a[contains(@href, 'categories')]")


def test_a_page_tells_machines_what_it_defines(pages: Pages) -> None:
    data = pages.data("en/terms/tide.html")
    assert (data["@context"], data["@type"]) == ("https://schema.org", "DefinedTerm")
    assert (data["name"], data["termCode"], data["inLanguage"]) == ("Tide", "tide", "en")
    assert data["description"] == TIDE.summary
    assert data["alternateName"] == ["tides", "ebb and flow"]
    assert data["subjectOf"][0]["datePublished"] == "2019"
    terms = pages.data("en/index.html")
    assert terms["@type"] == "DefinedTermSet"
    assert [each["name"] for each in terms["hasDefinedTerm"]] == ["Moon", "Spring tide", "Tide"]


def test_the_cover_of_one_language_leads_on() -> None:
    (refresh,) = Pages([MOON])["index.html"].xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh == "0; url=en/index.html"
    assert not Pages(SEA.entries)["index.html"].xpath("//meta[@http-equiv='refresh']")


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


def test_any_id_makes_a_file() -> None:
    entries = [an_entry("index"), an_entry("مد" * 200), an_entry("مد" * 201), an_entry("c-plus")]
    files = [path for path in Pages(entries).files if "/terms/" in path]
    assert len(files) == 4
    assert all(len(path.rpartition("/")[2].encode()) < 200 for path in files)


def test_another_language_has_the_english_words() -> None:
    text = Pages([an_entry("meer", "de", aliases=("See",))])["de/terms/meer.html"].text_content()
    assert "Also:" in text


def test_the_bundled_glossary_is_written_with_links_that_lead_somewhere(
    bundled: Glossary, tmp_path: Path
) -> None:
    export(bundled, "html", tmp_path / "pages", choice=Selection(category="Models", language="ar"))
    page = html.parse(str(tmp_path / "pages" / "ar" / "terms" / "foundation-model.html"))
    addresses = page.xpath("//article//a[not(starts-with(@href, 'http'))]/@href")
    assert len(addresses) > 5
    for address in addresses:
        target = tmp_path / "pages" / "ar" / "terms" / unquote(address.partition("#")[0])
        assert target.resolve().is_file()


def test_an_entry_without_an_example_or_a_relation_has_no_heading_for_it() -> None:
    page = Pages([SPRING_TIDE])["en/terms/spring-tide.html"]
    assert not page.xpath("//h2")
