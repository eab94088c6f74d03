"""Terms as data of schema.org."""

import json
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.pages import definedterm, web
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault

KETTLE = {
    "@type": "DefinedTerm",
    "@id": "https://tea.example/glossary#kettle",
    "name": "Kettle",
    "alternateName": ["tea kettle", "boiler"],
    "description": "<p>A vessel for <b>boiling</b> water.</p><p>See the <a href='#pot'>pot</a>.</p>",  # noqa: E501
    "inLanguage": "en-GB",
}
POT = {"@type": "DefinedTerm", "termCode": "pot", "name": "Pot", "description": "It holds tea."}
SET = {
    "@context": "https://schema.org",
    "@type": "DefinedTermSet",
    "name": "Tea",
    "inLanguage": "en",
}


def _file(value: Any) -> list[Entry | Fault]:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    assert definedterm.recognises(text)
    return list(definedterm.read(text, PurePath("tea.jsonld")))


def _page(html: str, name: str = "tea.html") -> list[Entry | Fault]:
    return list(web.read(html, PurePath(name)))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({**SET, "hasDefinedTerm": [KETTLE, POT]}, id="a set that has terms"),
        pytest.param({"@context": "http://schema.org/", "@graph": [SET, KETTLE, POT]}, id="a graph"),  # noqa: E501
        pytest.param([KETTLE, POT], id="a list"),
        pytest.param(
            {"@context": {"schema": "http://schema.org/"}, "@graph": [
                {f"schema:{k}" if k[0] != "@" else k: f"schema:{v}" if k == "@type" else v
                 for k, v in each.items()} for each in (KETTLE, POT)]},
            id="prefixes",
        ),
        pytest.param({"@type": "WebPage", "mainEntity": {**SET, "hasDefinedTerm": [KETTLE, POT]}},
                     id="a page about a set"),
    ],
)  # fmt: skip
def test_terms_are_found_whatever_holds_them(value: Any) -> None:
    kettle, pot = entries_of(_file(value))
    assert (kettle.id, kettle.term, kettle.language) == ("kettle", "Kettle", "en-GB")
    assert kettle.aliases == ("tea kettle", "boiler")
    assert (kettle.summary, kettle.text("body")) == ("A vessel for boiling water.", "See the pot.")
    assert kettle.links == ("pot",)
    assert (pot.id, pot.summary) == ("pot", "It holds tea.")


def test_a_term_in_two_languages_is_two_entries_of_one_id() -> None:
    term = {
        "@type": "DefinedTerm",
        "termCode": "kettle",
        "name": [{"@value": "Kettle", "@language": "en"}, {"@value": "غلاية", "@language": "ar"}],
        "description": {"en": "It boils.", "ar": "وعاء يُغلى فيه الماء."},
    }
    assert [(e.key, e.term, e.summary) for e in entries_of(_file(term))] == [
        ("en/kettle", "Kettle", "It boils."),
        ("ar/kettle", "غلاية", "وعاء يُغلى فيه الماء."),
    ]


def test_an_address_that_all_terms_share_is_no_id() -> None:
    terms = [
        {**each, "@id": "https://tea.example/glossary", "termCode": ""} for each in (KETTLE, POT)
    ]
    assert [entry.id for entry in entries_of(_file(terms))] == ["kettle", "pot"]


def test_several_sets_are_categories() -> None:
    sets = [
        {**SET, "name": name, "hasDefinedTerm": each}
        for name, each in (("Fire", KETTLE), ("Clay", POT))
    ]
    assert [entry.category for entry in entries_of(_file(sets))] == ["Fire", "Clay"]


def test_a_term_without_a_description_is_a_fault_with_its_line() -> None:
    items = _file({**SET, "hasDefinedTerm": [POT, {"@type": "DefinedTerm", "name": "Cup"}]})
    (fault,) = faults_of(items)
    assert (fault.line, "Cup" in fault.message) == (15, True)
    assert len(entries_of(items)) == 1


@pytest.mark.parametrize(
    "text", ['{"@type": "DefinedTerm",\n"name": ', '{"@type": "DefinedTerm", "x": ' + "[" * 99_999]
)
def test_json_that_is_broken_is_one_fault(text: str) -> None:
    fault = only_fault(definedterm.read(text, PurePath("tea.jsonld")))
    assert "JSON-LD" in fault.message


def test_other_json_is_left_to_others() -> None:
    assert not definedterm.recognises('[{"term": "DefinedTerm", "definition": "A term."}]')
    assert not definedterm.recognises("DefinedTerm")


def test_our_own_page_is_read_back() -> None:
    data = json.dumps({"@context": "https://schema.org", "@type": "DefinedTerm", "@id": "https://m.example/term?id=kettle&lang=en",
        "name": "Kettle", "alternateName": ["boiler"], "description": "A kettle boils water.", "inLanguage": "en",  # noqa: E501
        "termCode": "kettle", "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "Masrad"}}).replace("&", "\\u0026")  # fmt: skip  # noqa: E501
    html = f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><title>Kettle — Masrad</title>
    <script type="application/ld+json">{data}</script></head><body><div class="m-document">
    <header class="m-bar"><a class="m-brand" href="/">Masrad</a><nav><ul><li>Chat</li></ul></nav></header>
    <main><article class="m-page"><nav class="m-page-way"><a class="m-back" href="/glossary">
    <span>Glossary</span></a><a class="m-page-category" href="/glossary?category=x">Kitchen</a></nav>
    <header class="m-page-head"><h1>Kettle</h1><p class="m-versions"><a lang="ar">غلاية</a></p>
    <p class="m-aliases"><span>Also called</span> <bdi>boiler</bdi></p></header>
    <div class="m-entry"><p>A kettle boils water.</p><section><h2>Example</h2><p>Ours whistles.</p></section></div>
    <div class="m-entry"><h2>Related terms</h2><p class="m-chips"><a href="/term?id=pot">Pot</a></p></div></article>
    <div class="m-page-end"><h2>Sources</h2><ul><li>A. Author: On Kettles (2019)</li></ul>
    <nav class="m-page-neighbours"><a>Jug</a></nav></div></main></div></body></html>"""  # noqa: E501
    entry = only_entry(_page(html, "term.html"))
    assert (entry.key, entry.term, entry.category) == ("en/kettle", "Kettle", "Kitchen")
    assert entry.aliases == ("boiler",)
    assert [(s.name, s.text) for s in entry.sections] == [
        ("summary", "A kettle boils water."), ("example", "Ours whistles."),
    ]  # fmt: skip
    assert entry.related == ("pot",)
    assert [source.title for source in entry.sources] == ["A. Author: On Kettles (2019)"]


def test_publications_that_data_names_are_sources() -> None:
    book = {"@type": "CreativeWork", "name": "On Kettles", "author": "A. Author",
            "datePublished": "2019-05-01", "url": "https://example.org/kettles"}  # fmt: skip
    data = json.dumps({"@type": "DefinedTerm", **KETTLE, "subjectOf": [book, {"name": ""}]})
    (source,) = only_entry(definedterm.read(data, PurePath("kettle.jsonld"))).sources
    assert (source.title, source.authors, source.year, source.url) == (
        "On Kettles", "A. Author", 2019, "https://example.org/kettles",
    )  # fmt: skip


def test_an_index_whose_data_only_names_terms_defines_none() -> None:
    names = [{"@type": "DefinedTerm", "name": name, "url": name} for name in ("Kettle", "Pot")]
    data = json.dumps({**SET, "hasDefinedTerm": names})
    html = f"""<html lang="en"><script type="application/ld+json">{data}</script><h1>Kitchen</h1>
    <h2>K</h2><ul><li><a href="kettle.html">Kettle</a></li></ul></html>"""
    (fault,) = _page(html)
    assert isinstance(fault, Fault)
    assert fault.severity == "warning"


def test_data_and_what_a_page_lays_out_are_joined_by_name() -> None:
    data = json.dumps({**SET, "hasDefinedTerm": [{**POT, "description": "It holds…"}, KETTLE]})
    html = f"""<html lang="en"><script type="application/ld+json">{data}</script><h1>Glossary</h1>
    <dl><dt>Pot</dt><dd>It holds tea, and keeps it warm.</dd><dt>Cup</dt><dd>It is drunk from.</dd></dl>"""  # noqa: E501
    found = {entry.id: entry.summary for entry in entries_of(_page(html))}
    assert found == {
        "pot": "It holds tea, and keeps it warm.",
        "cup": "It is drunk from.",
        "kettle": "A vessel for boiling water.",
    }


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            """<html lang="en"><div itemscope itemtype="https://schema.org/DefinedTermSet">
            <b itemprop="name">Tea</b>
            <div itemprop="hasDefinedTerm" itemscope itemtype="http://schema.org/DefinedTerm" id="term-kettle">
            <h3 itemprop="name">Kettle</h3><p itemprop="description">It <b>boils</b>.</p>
            <meta itemprop="alternateName" content="boiler"></div>
            <div itemscope itemtype="https://schema.org/DefinedTerm"><i itemprop="name">Pot</i>
            <meta itemprop="termCode" content="pot"><p itemprop="description">It holds tea.</p></div></div>""",  # noqa: E501
            id="microdata",
        ),
        pytest.param(
            """<html lang="en" vocab="https://schema.org/"><p typeof="DefinedTerm" resource="#kettle">
            <b property="name">Kettle</b> <span property="description">It boils.</span>
            <span property="alternateName">boiler</span></p>
            <p typeof="schema:DefinedTerm"><b property="schema:name">Pot</b>
            <span property="schema:description">It holds tea.</span></p>""",  # noqa: E501
            id="RDFa",
        ),
    ],
)
def test_data_in_attributes_is_read(html: str) -> None:
    kettle, pot = entries_of(_page(html))
    assert (kettle.id, kettle.term, kettle.summary) == ("kettle", "Kettle", "It boils.")
    assert kettle.aliases == ("boiler",)
    assert (pot.id, pot.term, pot.summary) == ("pot", "Pot", "It holds tea.")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["DefinedTerm", "en"]),  # noqa: E501
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["@type", "name", "description", "@id", "@graph", "termCode",
                                       "inLanguage", "alternateName", "inDefinedTermSet", "@language", "@value",  # noqa: E501
                                       "hasDefinedTerm", "@context"]), inner, max_size=5),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(_JSON)
def test_no_data_breaks_it(value: Any) -> None:
    text = json.dumps({"@type": "DefinedTerm", "x": value})
    list(definedterm.read(text, PurePath("tea.jsonld")))
    _page(f'<html><script type="application/ld+json">{text}</script>')
