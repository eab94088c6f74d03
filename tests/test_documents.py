"""The documents: those that are made are those of the present entries, and links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.glossary import Glossary
from tests.documents import DOCS, term_list
from tests.evaluated import GUIDE, README


def test_the_term_list_is_that_of_the_entries(bundled: Glossary) -> None:
    made = term_list(bundled)
    assert (DOCS / "terms.md").read_text("utf-8") == made, "run make docs"


def test_the_tables_of_the_evaluation_are_filled_in() -> None:
    for document in (README, GUIDE):
        table = document.read_text("utf-8").partition("<!-- evaluation -->\n")[2]
        assert table.startswith("| "), "run make evaluation"


def test_every_link_leads_somewhere() -> None:
    root = DOCS.parent
    pages = [*root.glob("*.md"), *DOCS.rglob("*.md")]
    assert DOCS / "index.md" in pages
    broken = [f"{page.name}: {link}" for page in pages for link in _broken_links(page)]
    assert not broken, "\n".join(broken)


def test_every_page_is_named_on_the_first() -> None:
    first = (DOCS / "index.md").read_text("utf-8")
    pages = {page.name for page in DOCS.glob("*.md")} - {"index.md"}
    assert not {name for name in pages if f"]({name})" not in first}


def _broken_links(page: Path) -> Iterator[str]:
    text = _without_code(page)
    for link in re.findall(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"", text):
        target, _, anchor = "".join(link).partition("#")
        file = page.parent / (target or page.name)
        broken = not file.exists() or (anchor and anchor not in _anchors(file))
        if broken and "://" not in target:
            yield "".join(link)


def _anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub makes addresses of them."""
    headings = re.findall(r"^#+ (.+)$", _without_code(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def _without_code(page: Path) -> str:
    return re.sub(r"(?ms)^```.*?^```", "", page.read_text("utf-8"))
