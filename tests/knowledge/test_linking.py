"""Mentions: where a text uses the terms of a glossary."""

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
            _entry("lora", "Low-rank adaptation", "LoRA"),
            _entry("falcon", "Falcon", text="The family of Falcon models, where Falcon is one."),
            _entry("llama", "Llama 3"),
            _entry("cpp", "C++"),
            _entry("tide", "المد", language="ar"),
            _entry("spring-tide", "المد العالي", language="ar"),
            _entry("network", "الشبكة العصبية", language="ar"),
            _entry("agent", "الوكيل", language="ar"),
            _entry("precision", "الإحكام", language="ar"),
            _entry("accuracy", "الدقة", language="ar"),
            _entry("encoder", "المشفّر", language="ar"),
            _entry("bert", "نموذج BERT", "بيرت", language="ar"),
            _entry("rouge", "مقياس ROUGE", "روج", language="ar"),
        ),
    )
)


def _found(text: str, language: str = "en", linker: Linker = SMALL) -> dict[str, str]:
    """The entries that are linked in a text, and the words that link them."""
    return {link.entry_id: text[slice(*link.span)] for link in linker.find(text, language)}


@pytest.fixture(scope="module")
def linker(bundled: Glossary) -> Linker:
    return Linker(bundled)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the longest name, and none within it
            "A spring tide gauge beside a spring tide in a tide",
            {"gauge": "spring tide gauge", "spring-tide": "spring tide", "tide": "tide"},
        ),
        ("TIDES of matrices", {"tide": "TIDES", "matrix": "matrices"}),
        ("C++ and abilities", {"cpp": "C++", "ability": "abilities"}),
        ("tidal tidewater, Falcon Smith, Llama 3.1, tide@sea.org", {}),
    ],
)
def test_names_in_english(text: str, expected: dict[str, str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("المدّ العالي", {"spring-tide": "المدّ العالي"}),
        ("شبكتان عصبية", {"network": "شبكتان عصبية"}),
        ("الـوكـيـل", {"agent": "الـوكـيـل"}),
        ("دقته", {"accuracy": "دقته"}),
        ("أحكام", {}),
        ("غير المشفر", {}),
        ("روج", {}),
        ("مدينة", {}),
    ],
)
def test_names_in_arabic(text: str, expected: dict[str, str]) -> None:
    assert _found(text, "ar") == expected


def test_names_in_latin_letters_are_linked_in_arabic_and_no_others_across_languages() -> None:
    assert _found("يعتمد على LoRA", "ar") == {"lora": "LoRA"}
    assert _found("The word المد is Arabic") == {}
    assert _found("Tide", "en-GB") == {"tide": "Tide"}
    assert _found("Tide", "fr") == {}


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
