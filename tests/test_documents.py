"""The documents that are made from the bundled glossary are those of its present entries."""

from knowledge.glossary import Glossary
from tests.documents import DOCS, LANGUAGES, term_list
from tests.evaluated import GUIDE, README


def test_the_term_list_is_that_of_the_entries(bundled: Glossary) -> None:
    made = term_list(bundled)
    assert (DOCS / "terms.md").read_text("utf-8") == made, "run make docs"


def test_the_maps_show_every_term(bundled: Glossary) -> None:
    for language in LANGUAGES:
        picture = (DOCS / f"map-{language}.svg").read_text("utf-8")
        for entry in bundled.entries:
            if entry.language == language:
                assert f">{entry.term}</text>" in picture, "run make docs"


def test_the_tables_of_the_evaluation_are_filled_in() -> None:
    for document in (README, GUIDE):
        table = document.read_text("utf-8").partition("<!-- evaluation -->\n")[2]
        assert table.startswith("| "), "run make evaluation"
