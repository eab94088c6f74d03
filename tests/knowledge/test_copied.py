"""A glossary of many terms, copied from a web page as text."""

from pathlib import Path

import pytest

from knowledge.entry import Entry
from knowledge.formats import read
from tests.knowledge.conftest import entries_of, write_files

TERMS = [
    ("Ebb", "The sea falls, for about six hours."),
    ("Neap tide", "A tide of a small range. It comes twice a month."),
    ("Slack water (SW)", "The sea stands still for a while, between the tides."),
]
NAMES = ["Ebb", "Neap tide", "Slack water"]


def _read(text: str, folder: Path) -> list[Entry]:
    return entries_of(read(write_files(folder, {"copied.txt": text}) / "copied.txt"))


@pytest.mark.parametrize(
    "each",
    [
        pytest.param("{0}\n{1}\n", id="two lines"),
        pytest.param("{0}\n\n{1}\n\n", id="apart"),
        pytest.param("{0}\n{1}\n\n", id="in paragraphs"),
        pytest.param("{0}\n{1}\nLearn more\n\n", id="with a link"),
        pytest.param("{0}: {1}\n", id="a colon"),
        pytest.param("• {0} – {1}\n", id="a dash"),
        pytest.param("{0} ..... {1}\n", id="dots"),
        pytest.param("{0}. {1}\n\n", id="a stop"),
        pytest.param("1. {0}\n   {1}\n", id="a number"),
        pytest.param("What is {0}?\n{1}\n\n", id="a question"),
    ],
)
def test_terms_stand_on_lines_of_their_own_or_before_a_mark(each: str, tmp_path: Path) -> None:
    found = _read("Glossary of the sea\n\n" + "".join(each.format(*one) for one in TERMS), tmp_path)
    assert [entry.term for entry in found] == NAMES
    assert [entry.summary.split(".")[0] for entry in found] == [
        said.split(".")[0] for _, said in TERMS
    ]
    assert found[2].aliases == ("SW",)


def test_what_a_page_has_beside_its_terms_is_passed_over(tmp_path: Path) -> None:
    body = "".join(f"{term[0]}\n{term}\n{said}\nBack to top\n\n" for term, said in TERMS)
    text = f"Skip to content\nHome\nAbout us\nHome > Glossary\nGlossary\nA B C D E F\n{body}"
    found = _read(f"{text}© The Sea\nPrivacy\n", tmp_path)
    assert [entry.term for entry in found] == NAMES
    assert found[2].text("summary") == TERMS[2][1]


def test_a_short_line_without_text_is_a_category_and_lines_are_joined(tmp_path: Path) -> None:
    tides = "The sea falls, for\nabout six hours\nor so.\n\nFlow\nThe sea\nrises.\n"
    ships = "Keel\nIts lowest part.\n\nBow\nIts front.\n"
    found = _read(f"Glossary\n\nTides\n\nEbb\n{tides}\nShips\n\n{ships}", tmp_path)
    assert [(entry.term, entry.category) for entry in found] == [
        ("Ebb", "Tides"),
        ("Flow", "Tides"),
        ("Keel", "Ships"),
        ("Bow", "Ships"),
    ]
    assert found[0].summary == "The sea falls, for about six hours or so."


@pytest.mark.parametrize(
    "text",
    [
        "Why a glossary helps\n\nIt tells what words mean.\n\nWho reads it\n\nAll who are new.\n",
        "On the sea\n\nEbb\nThe sea falls.\n\nFlow\nThe sea rises.\n\nKeel\nIt is low.\n",
    ],
)
def test_a_text_of_few_such_lines_or_of_another_title_is_no_glossary(
    text: str, tmp_path: Path
) -> None:
    assert not _read(text, tmp_path)
