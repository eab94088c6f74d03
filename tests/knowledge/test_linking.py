"""Mentions: where a text uses the terms of a glossary."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from tests.knowledge.conftest import DATA

LABELLED: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "mentions.yaml").read_text("utf-8")
)


def _entry(
    entry_id: str, term: str, *aliases: str, language: str = "en", text: str = "It rises."
) -> Entry:
    return Entry(entry_id, term, language, (Section(SUMMARY, "", text),), aliases)


SMALL = Linker(
    Glossary(
        DATA,
        (
            _entry("tide", "Tide"),
            _entry("spring-tide", "Spring tide", "king tides"),
            _entry("gauge", "Spring tide gauge"),
            _entry("matrix", "Matrix"),
            _entry("ability", "Ability"),
            _entry("it", "Information technology", "IT"),
            _entry("it-support", "IT support"),
            _entry("lora", "Low-rank adaptation", "LoRA"),
            _entry("drop-out", "Regulator", "drop-out"),
            _entry("dataset", "Dataset"),
            _entry("pre-training", "Pre-training"),
            _entry("training", "Training"),
            _entry("falcon", "Falcon", text="The family of Falcon models, where Falcon is one."),
            _entry("llama", "Llama 3"),
            _entry("cpp", "C++"),
            _entry("how", "How it is"),
            _entry("left", "Port side", "port"),
            _entry("harbour", "Harbour", "port"),
            _entry("compute", "Compute"),
            _entry("tide", "المد", language="ar"),
            _entry("spring-tide", "المد العالي", language="ar"),
            _entry("network", "الشبكة العصبية", language="ar"),
            _entry("agent", "الوكيل", language="ar"),
            _entry("prompt", "الموجّه", language="ar"),
            _entry("precision", "الإحكام", language="ar"),
            _entry("accuracy", "الدقة", language="ar"),
            _entry("encoder", "المشفّر", language="ar"),
            _entry("bert", "نموذج BERT", "بيرت", language="ar"),
            _entry("rouge", "مقياس ROUGE", "روج", language="ar"),
            _entry("drop", "الإسقاط العشوائي", "الإسقاط", language="ar"),
        ),
    )
)


def _found(text: str, language: str = "en", linker: Linker = SMALL) -> dict[str, str]:
    """The entries that are linked in a text, and the words that link them."""
    return {link.entry_id: text[slice(*link.span)] for link in linker.find(text, language)}


@pytest.fixture(scope="module")
def linker(bundled: Glossary) -> Linker:
    return Linker(bundled)


def test_offsets_are_those_of_the_text_as_it_was_given() -> None:
    text = "  “Spring\u00a0tides”, then ebb."
    (link,) = SMALL.find(text, "en")
    assert text[slice(*link.span)] == "Spring\u00a0tides"


def test_the_longest_name_is_linked_and_none_within_it() -> None:
    text = "A spring tide gauge beside a spring tide in a tide"
    assert _found(text) == {
        "gauge": "spring tide gauge",
        "spring-tide": "spring tide",
        "tide": "tide",
    }
    assert _found("a spring tide gauge") == {"gauge": "spring tide gauge"}


def test_an_entry_is_linked_once_and_not_if_it_was_before() -> None:
    assert [link.span.start for link in SMALL.find("tide after tide", "en")] == [0]
    assert SMALL.find("A tide", "en", already={"tide"}) == ()
    assert SMALL.find("A spring tide", "en", already={"spring-tide"}) == ()  # nor “tide” in it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TIDES", {"tide": "TIDES"}),
        ("the tide's height", {"tide": "tide"}),
        ("a king tide", {"spring-tide": "king tide"}),
        ("two matrices", {}),  # after no word of grammar a lone plural may be a verb: “it computes”
        ("of matrices", {"matrix": "matrices"}),
        ("with abilities", {"ability": "abilities"}),
        ("pretraining", {"pre-training": "pretraining"}),
        ("pre training", {"pre-training": "pre training"}),
        ("a data-set", {"dataset": "data-set"}),
        ("C++ and", {"cpp": "C++"}),
    ],
)
def test_english_forms_of_a_name(text: str, expected: dict[str, str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tidal tidewater",
        "non-training",  # what follows a hyphen is another word
        "it supports it",
        "IS IT OR NOT",  # in a text of capitals they tell nothing
        "Lora and lora",
        "they drop out",
        "a falcon",
        "Falcon Smith",
        "Llama 3.1",
        "how it is",
        "a port",  # two entries have the alias
        "to compute",
        "Compute the sum",
        "the model computes",
        "https://tide.org/tide",
        "tide@sea.org",
    ],
)
def test_what_looks_like_a_name_and_is_not(text: str) -> None:
    assert _found(text) == {}


def test_a_name_does_not_go_on_after_a_line() -> None:
    assert _found("in spring\ntide gauges") == {"tide": "tide"}


def test_names_told_by_their_capitals() -> None:
    assert _found("The IT department knows LoRA.") == {"it": "IT", "lora": "LoRA"}
    assert _found("IT support") == {"it-support": "IT support"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("المدّ العالي", {"spring-tide": "المدّ العالي"}),
        ("بالمد وحده", {"tide": "بالمد"}),
        ("والمد", {"tide": "المد"}),  # و is a word of its own
        ("للشبكات العصبية", {"network": "للشبكات العصبية"}),
        ("شبكتان عصبية", {"network": "شبكتان عصبية"}),
        ("الشبكه العصبيه", {"network": "الشبكه العصبيه"}),
        ("الـوكـيـل", {"agent": "الـوكـيـل"}),
        ("وكيلًا", {"agent": "وكيلًا"}),
        ("الاحكام", {"precision": "الاحكام"}),
        ("نشر نموذج BERT", {"bert": "نموذج BERT"}),
        ("دقته", {"accuracy": "دقته"}),
    ],
)
def test_arabic_forms_of_a_name(text: str, expected: dict[str, str]) -> None:
    assert _found(text, "ar") == expected


@pytest.mark.parametrize(
    "text",
    [
        "أحكام",  # another hamza
        "الموجة",  # a wave: ة is no ه
        "بدقة",  # an adverb
        "النص المشفر",  # an adjective
        "غير المشفر",
        "روج",  # a verb besides
        "بيروت",
        "بيرت غرين",  # a person
        "إسقاط",  # the article makes the alias the term
        "مدينة",
    ],
)
def test_what_looks_like_an_arabic_name_and_is_not(text: str) -> None:
    assert _found(text, "ar") == {}


def test_names_in_latin_letters_are_linked_in_arabic_and_no_others_across_languages() -> None:
    assert _found("يعتمد على LoRA", "ar") == {"lora": "LoRA"}
    assert _found("The word المد is Arabic") == {}
    assert _found("Tide", "en-GB") == {"tide": "Tide"}
    assert _found("Tide", "fr") == {}


def test_a_script_without_spaces() -> None:
    linker = Linker(Glossary(DATA, (_entry("tide", "潮汐", language="zh"),)))
    assert _found("今天的潮汐很大", "zh", linker) == {"tide": "潮汐"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_labelled_sentences(linker: Linker, language: str) -> None:
    found, wanted = set(), set()
    for row in LABELLED[language]:
        links = _found(row["text"], language, linker)
        found |= {(row["text"], words, entry_id) for entry_id, words in links.items()}
        wanted |= {(row["text"], *link) for link in row["links"].items()}
    right = len(found & wanted)
    assert right / len(found) >= 0.94  # what it cannot tell is the sense: “pay attention”
    assert right / len(wanted) >= 0.97


def test_threads_share_a_linker(linker: Linker) -> None:
    rows = [(row["text"], language) for language, rows in LABELLED.items() for row in rows] * 5
    alone = [linker.find(*row) for row in rows]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda row: linker.find(*row), rows)) == alone
