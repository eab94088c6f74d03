"""Shapes: the ways in which documents hold terms."""

from pathlib import PurePath

import pytest

from knowledge.formats import document
from knowledge.formats.document import Source
from tests.knowledge.documents import terms

DEFINED = "Blanch\n: To cook briefly.\n\nProof\n: The last rise.\n"
TABLED = """\
| Term | Meaning | Also called |
|-|-|-|
| Proof | The *last* rise. | Final rise |
| Crumb | The inside. | |
"""
ARABIC_TABLE = """\
| المصطلح | التعريف |
|-|-|
| العجين | خليط من دقيق وماء. |
| الخميرة | فطر يرفع العجين. |
"""
BOLD = """\
- **Proof**: The last rise.
- **Crumb** – The [inside](#in) of a loaf.
- **Crust** The outside.
"""
ARABIC_BOLD = "**العجين**: خليط من دقيق وماء.\n\n**الخميرة** - فطر يرفع العجين.\n"
HEADED = """\
# Glossary

How we speak.

## C

### Crumb

The inside.

#### Example

Airy.

## P

### Proof

The last rise.
"""
PARTS = """\
# Glossary
## Crumb
### Definition
The inside.
### Example
Airy.
## Proof
### Definition
The last rise.
"""
LABELS = """\
# Glossary
### Crumb
- **Definition**: The inside.
- **Example**: Airy.
### Proof
- **Definition**: The last rise.
- **Example**: An hour.
"""
OPENED = "**Proof** is the last rise.\n\n**Crumb** means the inside.\n\n**Crust** is crisp.\n"
LINES = """\
# Bread words
## A
**Ash**

Minerals of the grain.

Little is left.

**Autolyse**

A rest.
## License
Yours.
"""
TWO = {"Crumb": "The inside.", "Proof": "The last rise."}
ARABIC = {"العجين": "خليط من دقيق وماء.", "الخميرة": "فطر يرفع العجين."}
OPENINGS = {
    "Proof": "Proof is the last rise.",
    "Crumb": "Crumb means the inside.",
    "Crust": "Crust is crisp.",
}
PAGE = "# Proof\n\nThe last rise.\n\n## Example\n\nAn hour.\n"
ARABIC_PAGE = "# العجين\n\nخليط من دقيق وماء.\n\n## مثال\n\nعجين الخبز.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DEFINED, {"Blanch": "To cook briefly.", "Proof": "The last rise."}),
        (TABLED, TWO),
        (TABLED.replace("Meaning", "We say"), TWO),
        (ARABIC_TABLE, ARABIC),
        (BOLD, TWO | {"Crumb": "The inside of a loaf.", "Crust": "The outside."}),
        (ARABIC_BOLD, ARABIC),
        (OPENED, OPENINGS),
        (LINES, {"Ash": "Minerals of the grain.", "Autolyse": "A rest."}),
        (HEADED, TWO),
        (PARTS, TWO),
        (LABELS, TWO),
        (PAGE, {"Proof": "The last rise."}),
        (ARABIC_PAGE, {"العجين": "خليط من دقيق وماء."}),
    ],
)  # fmt: skip
def test_the_shapes_of_markdown(text: str, found: dict[str, str]) -> None:
    assert terms({"notes.md": text}) == found


SPHINX = (
    "Words\n=====\n\n.. glossary::\n\n   proof\n      The last rise.\n\n   crumb\n      Inside.\n"
)
MYST = "# Words\n\n:::{glossary}\nproof\n\n: The last rise.\n\ncrumb\n\n: Inside.\n:::\n"
SLOPPY = (
    "# Glossary\n\n<dl>\n<dt>proof.\n<dd>The last rise.\n<dd>Late.\n<dt>crumb.</dt>\n<dd>Inside.\n"
)
DOCBOOK = """\
<!-- <?xml version='1.0'?> <!DOCTYPE glossary> -->
<glossary><title>Words</title
><glossentry><glossterm>&proof;</glossterm
><glossdef><para>The last rise.</para></glossdef></glossentry>
<glossentry><glossterm>crumb</glossterm><glossdef><para>Inside.</para></glossdef></glossentry>
</glossary>
"""
CELLS = """\
## A

| Begriff | Bedeutung |
|-|-|
| **proof** (`Rise`) | The last rise. |

## B

| Begriff | Bedeutung |
|-|-|
| **crumb** (`Inner`) | Inside. |
"""
LANGUAGES = """\
| English | Deutsch | In use |
|-|-|-|
| proof | Gare | The last rise. |
| crumb | Krume | Inside. |
"""
ITEMS = """\
<h1>Glossary</h1>
<ul><li><h3>proof</h3><p>Short Definition: The last rise.</p></li>
<li><h3>crumb</h3><p>Short Definition: Inside.</p></li></ul>
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", SPHINX), ("a.md", MYST), ("b.md", SLOPPY), ("a.docbook", DOCBOOK),
        ("c.md", CELLS), ("d.md", LANGUAGES), ("a.html", ITEMS),
    ],
)  # fmt: skip
def test_glossaries_as_people_write_them(name: str, text: str) -> None:
    assert terms({name: text}) == {"proof": "The last rise.", "crumb": "Inside."}


def test_a_definition_above_a_page_is_its_summary() -> None:
    page = "---\ntitle: Proof\ndefinition: The last rise.\n---\n"
    assert terms({"proof.md": page + "TODO\n"}) == {"Proof": "The last rise."}
    assert terms({"proof.md": page + "An hour.\n"}) == {"Proof": "The last rise."}


def test_terms_in_plain_text() -> None:
    text = "Proof\n\nThe last rise of\na dough.\n\nCrumb\n\nThe inside.\n\nCrust\n\nThe outside.\n"
    assert terms({"terms.txt": text})["Proof"] == "The last rise of a dough."
    assert terms({"a.txt": "Proof: The last rise.\n\nCrumb: The inside.\n"}).keys() == {
        "Proof",
        "Crumb",
    }


def test_a_person_may_choose_the_shape() -> None:
    sources = [Source(PurePath("glossary.md"), HEADED.encode())]
    offered = {shape.name: shape for shape in document.shapes(sources)}
    assert next(iter(offered)) == "heading"
    assert (offered["heading"].terms, offered["heading"].first) == (2, ("Crumb", "Proof"))
    assert len(terms({"glossary.md": HEADED}, "page")) == 1
