"""Documents: the shapes in which they hold terms, in every format that pandoc reads."""

import io
import subprocess
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import document, pandoc
from knowledge.formats.document import Source

KITCHEN = """\
# Kitchen glossary

Blanch

:   To cook briefly in *boiling* water, then cool in **ice** water.

    Peel tomatoes so.

Crumb

:   The inside of a loaf; see [Blanch](#blanch).

    - open
    - tight

Proof

:   The last rise of a dough before it is baked.
"""
FORMATS = {
    "docx": "docx", "odt": "odt", "epub": "epub", "html": "html", "rst": "rst", "adoc": "asciidoc",
    "org": "org", "mediawiki": "mediawiki", "docbook": "docbook", "tex": "latex", "typ": "typst",
    "pptx": "pptx",
}  # fmt: skip


def _read(files: Mapping[str, str | bytes], shape: str | None = None) -> list[Entry | Fault]:
    sources = [
        Source(PurePath(name), data if isinstance(data, bytes) else data.encode())
        for name, data in files.items()
    ]
    return list(document.read(sources, shape))


def _terms(files: Mapping[str, str | bytes], shape: str | None = None) -> dict[str, str]:
    return {e.term: e.summary for e in _read(files, shape) if isinstance(e, Entry)}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_glossary_is_read_the_same_in_each_format(suffix: str, tmp_path: Path) -> None:
    made = tmp_path / f"kitchen.{suffix}"
    command = [pandoc.program(), "-f", "markdown", "-t", FORMATS[suffix], "-s", "-o", str(made)]
    subprocess.run(command, input=KITCHEN.encode(), check=True)
    found = {e.term: e for e in _read({made.name: made.read_bytes()}) if isinstance(e, Entry)}
    assert list(found) == ["Blanch", "Crumb", "Proof"]
    blanch = found["Blanch"]
    assert blanch.summary == "To cook briefly in boiling water, then cool in ice water."
    assert "Peel tomatoes so." in blanch.sections[-1].text
    assert found["Crumb"].sections[-1].text.split() == ["open", "tight"]
    assert found["Proof"].summary == "The last rise of a dough before it is baked."


DEFINED = "Blanch\n: To cook briefly.\n\nProof\n: The last rise.\n"
TABLED = "| Term | Meaning | Also called |\n|-|-|-|\n| Proof | The *last* rise. | Final rise |\n| Crumb | The inside. | |\n"
ARABIC_TABLE = "| المصطلح | التعريف |\n|-|-|\n| العجين | خليط من دقيق وماء. |\n| الخميرة | فطر يرفع العجين. |\n"
BOLD = "- **Proof**: The last rise.\n- **Crumb** – The [inside](#in) of a loaf.\n- **Crust** The outside.\n"
ARABIC_BOLD = "**العجين**: خليط من دقيق وماء.\n\n**الخميرة** - فطر يرفع العجين.\n"
HEADED = "# Glossary\n\nHow we speak.\n\n## C\n\n### Crumb\n\nThe inside.\n\n#### Example\n\nAiry.\n\n## P\n\n### Proof\n\nThe last rise.\n"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (DEFINED, {"Blanch": "To cook briefly.", "Proof": "The last rise."}),
        (TABLED, {"Proof": "The last rise.", "Crumb": "The inside."}),
        (ARABIC_TABLE, {"العجين": "خليط من دقيق وماء.", "الخميرة": "فطر يرفع العجين."}),
        (BOLD, {"Proof": "The last rise.", "Crumb": "The inside of a loaf.", "Crust": "The outside."}),
        (ARABIC_BOLD, {"العجين": "خليط من دقيق وماء.", "الخميرة": "فطر يرفع العجين."}),
        (HEADED, {"Crumb": "The inside.", "Proof": "The last rise."}),
        ("# Proof\n\nThe last rise.\n\n## Example\n\nAn hour.\n", {"Proof": "The last rise."}),
        ("# العجين\n\nخليط من دقيق وماء.\n\n## مثال\n\nعجين الخبز.\n", {"العجين": "خليط من دقيق وماء."}),
    ],
)  # fmt: skip
def test_the_shapes_of_markdown(text: str, terms: dict[str, str]) -> None:
    assert _terms({"notes.md": text}) == terms


def test_what_an_entry_keeps_beside_its_text() -> None:
    text = "# Glossary\n\nSee below.\n\n## Baking\n\n### Proof (final rise)\n\nThe [crumb](#crumb) opens.\n\n**See also:** Oven, Yeast\n\n## Cakes\n\n### Crumb\n\nThe inside.\n\n### Cake\n\nSweet.\n"
    proof, crumb, _ = (e for e in _read({"glossary.md": text}) if isinstance(e, Entry))
    assert (proof.category, crumb.category) == ("Baking", "Cakes")
    assert proof.related == ("oven", "yeast")
    assert proof.links == ("crumb",)
    assert (proof.line, crumb.line) == (7, 15)


def test_what_sites_add_to_markdown_is_no_text() -> None:
    page = (
        "---\ntitle: Proof\naka: [final rise]\ndescription: The last rise.\n---\n"
        "import X from './x'\n\n<X label={'a'} />\n\nThe last rise. {{< tip text=\"Wait\" >}}\n\n"
        ":::tip Hot\nWarm rooms hasten it.\n:::\n\nSee {term}`crumb`. <b>Bold</b>\n"
    )
    (entry,) = _read({"proof.mdx": page})
    assert isinstance(entry, Entry)
    assert (entry.id, entry.term, entry.aliases) == ("proof", "Proof", ("final rise",))
    assert entry.sections[0].text == "The last rise. Wait"
    assert entry.text("body") == "Warm rooms hasten it.\n\nSee crumb. Bold"


def test_a_glossary_of_sphinx_is_read_alone() -> None:
    rst = "Guide\n=====\n\nopt\n  An option.\n\n.. glossary::\n   :sorted:\n\n   crumb\n   inside\n\n      The :term:`inside <crumb>` of a loaf.\n\n   .. a remark\n\n   proof\n      The last rise.\n"  # noqa: E501
    found = [e for e in _read({"index.rst": rst}) if isinstance(e, Entry)]
    assert [(e.term, e.aliases, e.summary) for e in found] == [
        ("crumb", ("inside",), "The inside of a loaf."),
        ("proof", (), "The last rise."),
    ]
    myst = "# Guide\n\n```{glossary}\ncrumb\n  The inside.\n\nproof\nlast rise\n  The last one.\n\n  - slow\n```\n"
    assert _terms({"guide.md": myst}) == {"crumb": "The inside.", "proof": "The last one."}


def test_a_web_page_is_read_without_what_stands_about_it() -> None:
    page = """<html><head><title>T</title><script>x</script></head><body>
    <nav><ul><li><b>Home</b>: start</li></ul></nav><div class="cookie-banner">We use cookies.</div>
    <main><h1>Glossary</h1><dl><div><dt id=p>Proof</dt><dd>The <i>last</i> rise.</dd></div>
    <dt>Crumb<dt>Inside<dd>See <a href="#p">proof</a>.</dl></main><footer>© me</footer></body>"""
    proof, crumb = (e for e in _read({"page.html": page}) if isinstance(e, Entry))
    assert (proof.term, proof.summary) == ("Proof", "The last rise.")
    assert (crumb.term, crumb.aliases, crumb.links) == ("Crumb", ("Inside",), ("proof",))


def test_a_folder_of_pages_is_a_term_a_page() -> None:
    page = "# {0}\n\n{0} is what bakers say.\n\n## Origin\n\nOld.\n\n## In use\n\nDaily.\n"
    names = ("Proof", "Crumb", "Crust", "Oven")
    pages = {f"wiki/{name.lower()}.md": page.format(name) for name in names}
    pages["wiki/proof.ar.md"] = "# التخمير\n\nالارتفاع الأخير للعجين.\n"
    pages["README.md"] = "# Wiki\n\n- [Proof](wiki/proof.md)\n- [Crumb](wiki/crumb.md)\n"
    found = [e for e in _read(pages) if isinstance(e, Entry)]
    assert [e.key for e in found] == ["en/proof", "en/crumb", "en/crust", "en/oven", "ar/proof"]
    assert [s.name for s in found[0].sections] == ["summary", "origin", "in-use"]


def test_of_a_repository_only_its_glossary_is_read() -> None:
    guide = (
        "# Setup\n\n## Install\n\nRun it.\n\n## Use\n\nUse it well.\n\n## Remove\n\nDelete it.\n"
    )
    files = {
        "README.md": guide,
        "CODE_OF_CONDUCT.md": guide,
        "docs/guide.md": guide,
        "docs/options.rst": "-a\n  All.\n\n-b\n  Brief.\n\n-c\n  Count.\n",
        "docs/glossary.md": BOLD,
    }
    found = _read(files)
    assert [e.term for e in found if isinstance(e, Entry)] == ["Proof", "Crumb", "Crust"]
    faults = [f for f in found if isinstance(f, Fault)]
    assert {f.path for f in faults} == files.keys() - {"docs/glossary.md"}
    assert {f.severity for f in faults} == {"warning"}


COPIED = """\
Home
Glossary
{category}

{term}

{text}

It is measured in hours.

{example}

An hour in summer.

{related}

Crumb, Crust

{news}

Bread is dear
Yesterday

← {back}

Newsletter
We write to you each week.
"""


@pytest.mark.parametrize(
    "words",
    [
        ("Baking", "Proof", "Proof is the last rise of a dough.", "Example", "Related terms", "Latest news", "Glossary"),
        ("الخبز", "التخمير", "التخمير هو الارتفاع الأخير للعجين.", "مثال", "مصطلحات مرتبطة", "آخر الأخبار", "المسرد"),
    ],
)  # fmt: skip
def test_a_page_copied_as_text(words: tuple[str, ...]) -> None:
    names = ("category", "term", "text", "example", "related", "news", "back")
    page = COPIED.format(**dict(zip(names, words, strict=True)))
    (entry,) = _read({"proof.page.txt": page})
    assert isinstance(entry, Entry)
    assert (entry.id, entry.category, entry.term, entry.summary) == ("proof", *words[:3])
    assert [s.name for s in entry.sections] == ["summary", "body", "example"]
    assert entry.related == ("crumb", "crust")


SPHINX = (
    "Words\n=====\n\n.. glossary::\n\n   proof\n      The last rise.\n\n   crumb\n      Inside.\n"
)
MYST = "# Words\n\n:::{glossary}\nproof\n\n: The last rise.\n\ncrumb\n\n: Inside.\n:::\n"
SLOPPY = (
    "# Glossary\n\n<dl>\n<dt>proof.\n<dd>The last rise.\n<dd>Late.\n<dt>crumb.</dt>\n<dd>Inside.\n"
)
DOCBOOK = (
    "<!-- <?xml version='1.0'?> <!DOCTYPE glossary> -->\n<glossary><title>Words</title\n>"
    "<glossentry><glossterm>&proof;</glossterm\n><glossdef><para>The last rise.</para></glossdef>"
    "</glossentry><glossentry><glossterm>crumb</glossterm><glossdef><para>Inside.</para></glossdef>"
    "</glossentry></glossary>"
)
CELLS = "## {}\n\n| Begriff | Bedeutung |\n|-|-|\n| **{}** (`{}`) | {} |\n\n"
CELLS = CELLS.format("A", "proof", "Rise", "The last rise.") + CELLS.format(
    "B", "crumb", "In", "Inside."
)
TWO = "| English | Deutsch | In use |\n|-|-|-|\n| proof | Gare | The last rise. |\n| crumb | Krume | Inside. |\n"
HEADED_ITEMS = "<li><h3>{}</h3><p>Short Definition: {}</p></li>"
ITEMS = f"<h1>Glossary</h1><ul>{HEADED_ITEMS.format('proof', 'The last rise.')}{HEADED_ITEMS.format('crumb', 'Inside.')}</ul>"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", SPHINX), ("a.md", MYST), ("b.md", SLOPPY), ("a.docbook", DOCBOOK), ("c.md", CELLS),
        ("d.md", TWO), ("a.html", ITEMS),
    ],
)  # fmt: skip
def test_glossaries_as_people_write_them(name: str, text: str) -> None:
    assert _terms({name: text}) == {"proof": "The last rise.", "crumb": "Inside."}


def test_a_definition_above_a_page_is_its_summary() -> None:
    page = "---\ntitle: Proof\ndefinition: The last rise.\n---\n"
    assert _terms({"proof.md": page + "TODO\n"}) == {"Proof": "The last rise."}
    assert _terms({"proof.md": page + "An hour.\n"}) == {"Proof": "The last rise."}


def test_of_pages_of_one_term_none_is_the_glossary() -> None:
    page = "# {0}\n\nES: {0}a\n\nFR: {0}e\n\n{0} is what cooks do to a dish.\n"
    names = ("Boil", "Broil", "Fry", "Bake", "Steam", "Roast", "Grill")
    pages = {f"w/{name}.md": page.format(name) for name in names}
    pages["w/terms.md"] = "# Terms A-Z\n\n**abc**: One.\n\n**def**: Two.\n\n**ghi**: Three.\n"
    assert {*names} <= _terms(pages).keys()


def test_a_slide_without_a_title_names_no_term(tmp_path: Path) -> None:
    made = tmp_path / "a.pptx"
    text = "## Proof\n\nThe last rise.\n\n---\n\nIt is late.\n\n## Crumb\n\nInside.\n"
    command = [pandoc.program(), "-f", "markdown", "--slide-level=2", "-o", str(made)]
    subprocess.run(command, input=text.encode(), check=True)
    assert _terms({"a.pptx": made.read_bytes()}).keys() == {"Proof", "Crumb"}


def test_terms_in_plain_text() -> None:
    text = "Proof\n\nThe last rise of\na dough.\n\nCrumb\n\nThe inside.\n\nCrust\n\nThe outside.\n"
    assert _terms({"terms.txt": text})["Proof"] == "The last rise of a dough."
    assert _terms({"a.txt": "Proof: The last rise.\n\nCrumb: The inside.\n"}).keys() == {
        "Proof",
        "Crumb",
    }


def test_a_person_may_choose_the_shape() -> None:
    sources = [Source(PurePath("glossary.md"), HEADED.encode())]
    offered = {shape.name: shape for shape in document.shapes(sources)}
    assert next(iter(offered)) == "heading"
    assert (offered["heading"].terms, offered["heading"].first) == (2, ("Crumb", "Proof"))
    assert len(_terms({"glossary.md": HEADED}, "page")) == 1


def _archive(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.docx", _archive("word/document.xml", b" " * 200_000_000)),
        ("broken.docx", _archive("word/document.xml", b"<w")),
        ("deep.md", b"> " * 20_000 + b"x"),
        ("list.html", b"<ul><li>" * 20_000),
        ("brackets.md", b"[" * 1_000_000),
        ("line.md", b"**a " * 500_000),
        ("include.rst", b".. include:: /etc/passwd\n\nText.\n"),
    ],
)
def test_hostile_files_end_soon_and_hurt_no_other(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "SECONDS", 3.0)
    began = time.monotonic()
    found = _read({name: data, "glossary-a.md": DEFINED, "b.md": "x"})
    assert [e.term for e in found if isinstance(e, Entry)] == ["Blanch", "Proof"]
    assert "root:" not in str(found)
    assert time.monotonic() - began < 30


def test_without_pandoc_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    with pytest.raises(Exception, match="pip install pypandoc-binary"):
        _read({"a.md": DEFINED})
