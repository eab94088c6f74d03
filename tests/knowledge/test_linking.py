"""Mentions: where a text uses the terms of a glossary."""

import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from tests.knowledge.conftest import DATA
from tests.links import BY_CHANCE, labelled


def _entry(entry_id: str, term: str, *aliases: str, language: str = "en", text: str = "") -> Entry:
    """An entry that uses its names, as entries do; in English with small letters."""
    said = text or ". ".join(f"{name}, {name[0].lower()}{name[1:]}" for name in (term, *aliases))
    return Entry(entry_id, term, language, (Section(SUMMARY, "", said),), aliases)


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
            _entry("tide", "المد", language="ar"),
            _entry("spring-tide", "المد العالي", language="ar"),
            _entry("network", "الشبكة العصبية", language="ar"),
            _entry("agent", "الوكيل", language="ar"),
            _entry("accuracy", "الدقة", language="ar"),
            _entry("encoder", "المشفّر", language="ar"),
            _entry("bert", "نموذج BERT", "بيرت", language="ar"),
            _entry("rouge", "مقياس ROUGE", "روج", language="ar"),
        ),
    )
)


def _found(text: str, language: str = "en") -> dict[str, str]:
    """The entries that are linked in a text, and the words that link them."""
    return {link.entry_id: text[slice(*link.span)] for link in SMALL.find(text, language)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the longest name, and none within it
            "A spring tide gauge beside a spring tide in a tide",
            {"gauge": "spring tide gauge", "spring-tide": "spring tide", "tide": "tide"},
        ),
        (
            "a tide of the matrix, spring tides",
            {"tide": "tide", "matrix": "matrix", "spring-tide": "spring tides"},
        ),
        ("the abilities of it", {}),  # no entry writes it so
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
        ("والدقة", {"accuracy": "الدقة"}),
        ("الشبكة عصبية", {}),
        ("دقته", {}),  # no entry writes it so
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
def test_links_of_held_out_names_mean_their_entries(bundled: Glossary, language: str) -> None:
    linker = Linker(bundled)
    drawn = [row for row in labelled() if row.held_out and row.drawn == BY_CHANCE]
    rows = [row for row in drawn if row.language == language]
    found = [row for row in rows if any(map(row.is_at, linker.places(row.sentence, language)))]
    right = sum(row.meant for row in found)
    assert right / len(found) >= 0.98
    assert right / sum(row.meant for row in rows) >= 0.85
