"""Documents: what is read of files and folders, in every format that pandoc reads, and shape."""

import io
import subprocess
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

import pytest

from knowledge import formats
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import document, tree
from knowledge.formats.decoding import File
from tests.knowledge.conftest import entries_of, faults_of, only_entry, write_files


def read(files: Mapping[str, str | bytes], shape: str | None = None) -> list[Entry | Fault]:
    given = [
        File(PurePath(name), data if isinstance(data, bytes) else data.encode())
        for name, data in files.items()
    ]
    return list(document.read(given, shape))


def terms(files: Mapping[str, str | bytes], shape: str | None = None) -> dict[str, str]:
    return {e.term: e.summary for e in entries_of(read(files, shape))}


def _made(text: str, file: Path, *options: str) -> dict[str, bytes]:
    """A file that pandoc makes of Markdown."""
    command = [tree.program(), "-f", "markdown", *options, "-o", str(file)]
    subprocess.run(command, input=text.encode(), check=True)
    return {file.name: file.read_bytes()}


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
DEFINED = "Blanch\n: To cook briefly.\n\nProof\n: The last rise.\n"
BOLD = "- **Proof**: The last rise.\n- **Crumb**: The inside.\n- **Crust**: The outside.\n"
FORMATS = {
    "docx": "docx", "odt": "odt", "epub": "epub", "html": "html", "rst": "rst", "adoc": "asciidoc",
    "org": "org", "mediawiki": "mediawiki", "docbook": "docbook", "tex": "latex", "typ": "typst",
    "pptx": "pptx", "ipynb": "ipynb",
}  # fmt: skip


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_glossary_is_read_the_same_in_each_format(suffix: str, tmp_path: Path) -> None:
    made = _made(KITCHEN, tmp_path / f"kitchen.{suffix}", "-t", FORMATS[suffix], "-s")
    found = {e.term: e for e in entries_of(read(made))}
    assert list(found) == ["Blanch", "Crumb", "Proof"]
    blanch = found["Blanch"]
    assert blanch.summary == "To cook briefly in boiling water, then cool in ice water."
    assert "Peel tomatoes so." in blanch.sections[-1].text
    assert found["Crumb"].sections[-1].text.split() == ["open", "tight"]
    assert found["Proof"].summary == "The last rise of a dough before it is baked."


LINKED = """\
# Glossary

## Baking

### Proof (final rise)

The [crumb](#crumb) opens.

**See also:** Oven, Yeast

## Cakes

### Crumb

The inside.

### Cake

Sweet.
"""


def test_what_an_entry_keeps_beside_its_text() -> None:
    proof, crumb, _ = entries_of(read({"glossary.md": LINKED}))
    assert (proof.category, crumb.category) == ("Baking", "Cakes")
    assert proof.related == ("oven", "yeast")
    assert proof.links == ("crumb",)
    assert (proof.line, crumb.line) == (5, 13)


def test_what_sites_add_to_markdown_is_no_text() -> None:
    page = (
        "---\ntitle: Proof\naka: [final rise]\ndescription: The last rise.\n---\n"
        "import X from './x'\n\n<X label={'a'} />\n\nThe last rise. {{< tip text=\"Wait\" >}}\n\n"
        ":::tip Hot\nWarm rooms hasten it.\n:::\n\nSee {term}`crumb`. <b>Bold</b>\n"
    )
    entry = only_entry(read({"proof.mdx": page}))
    assert (entry.id, entry.term, entry.aliases) == ("proof", "Proof", ("final rise",))
    assert entry.sections[0].text == "The last rise. Wait"
    assert entry.text("body") == "Warm rooms hasten it.\n\nSee crumb. Bold"


SPHINX = """\
Guide
=====

opt
  An option.

.. glossary::
   :sorted:

   crumb
   inside

      The :term:`inside <crumb>` of a loaf.

   .. a remark

   proof
      The last rise.
"""


def test_a_glossary_of_sphinx_is_read_alone() -> None:
    found = entries_of(read({"index.rst": SPHINX}))
    assert [(e.term, e.aliases, e.summary) for e in found] == [
        ("crumb", ("inside",), "The inside of a loaf."),
        ("proof", (), "The last rise."),
    ]


def test_a_web_page_is_read_without_what_stands_about_it() -> None:
    page = """<html><head><title>T</title><script>x</script></head><body>
    <nav><ul><li><b>Home</b>: start</li></ul></nav><div class="cookie-banner">We use cookies.</div>
    <main><h1>Glossary</h1><dl><div><dt id=p>Proof</dt><dd>The <i>last</i> rise.</dd></div>
    <dt>Crumb<dt>Inside<dd>See <a href="#p">proof</a>.</dl></main><footer>© me</footer></body>"""
    proof, crumb = entries_of(read({"page.html": page}))
    assert (proof.term, proof.summary) == ("Proof", "The last rise.")
    assert (crumb.term, crumb.aliases, crumb.links) == ("Crumb", ("Inside",), ("proof",))


def test_a_folder_of_pages_is_a_term_a_page() -> None:
    page = "# {0}\n\n{0} is what bakers say.\n\n## Origin\n\nOld.\n\n## In use\n\nDaily.\n"
    names = ("Proof", "Crumb", "Crust", "Oven")
    pages = {f"wiki/{name.lower()}.md": page.format(name) for name in names}
    pages["wiki/proof.ar.md"] = "# التخمير\n\nالارتفاع الأخير للعجين.\n"
    pages["README.md"] = "# Wiki\n\n- [Proof](wiki/proof.md)\n- [Crumb](wiki/crumb.md)\n"
    found = entries_of(read(pages))
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
    found = read(files)
    assert [e.term for e in entries_of(found)] == ["Proof", "Crumb", "Crust"]
    faults = faults_of(found)
    assert {f.path for f in faults} == files.keys() - {"docs/glossary.md"}
    assert {f.severity for f in faults} == {"warning"}


COPIED = (
    "Home\nGlossary\n{category}\n\n{term}\n\n{text}\n\nIt is measured in hours.\n\n{example}\n\n"
    "An hour in summer.\n\n{related}\n\nCrumb, Crust\n\n{news}\n\nBread is dear\nYesterday\n\n"
    "← {back}\n\nNewsletter\nWe write to you each week.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Baking|Proof|Proof is the last rise.|Example|Related terms|Latest news|Glossary",
        "الخبز|التخمير|التخمير هو الارتفاع الأخير.|مثال|مصطلحات مرتبطة|آخر الأخبار|المسرد",
    ],
)
def test_a_page_copied_as_text(line: str) -> None:
    words = line.split("|")
    names = ("category", "term", "text", "example", "related", "news", "back")
    page = COPIED.format(**dict(zip(names, words, strict=True)))
    entry = only_entry(read({"proof.page.txt": page}))
    assert (entry.id, entry.category, entry.term, entry.summary) == ("proof", *words[:3])
    assert [s.name for s in entry.sections] == ["summary", "body", "example"]
    assert entry.related == ("crumb", "crust")


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
        ("bomb.yaml", b"a: &a [x,x,x,x,x,x,x,x]\n" + b"".join(
            b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 107))
            + b"z: {term: x, definition: *j}\n"),
        ("itself.yaml", b"- &a\n  term: x\n  definition: *a\n"),
    ],
)  # fmt: skip
def test_hostile_files_end_soon_and_hurt_no_other(
    name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "_SECONDS", 6.0)
    began = time.monotonic()
    files: dict[str, str | bytes] = {name: data, "glossary-a.md": DEFINED, "b.md": "x"}
    found = list(formats.read(write_files(tmp_path, files)))
    assert [e.term for e in entries_of(found)] == ["Blanch", "Proof"]
    assert "root:" not in str(found)
    assert time.monotonic() - began < 30


# The shapes in which documents hold terms

TWO = {"Crumb": "The inside.", "Proof": "The last rise."}
ARABIC = {"العجين": "خليط من دقيق وماء.", "الخميرة": "فطر يرفع العجين."}
HEADED = (
    "# Glossary\n\nHow we speak.\n\n## C\n\n### Crumb\n\nThe inside.\n\n#### Example\n\nAiry.\n\n"
    "## P\n\n### Proof\n\nThe last rise.\n"
)
TABLED = "| Term | Meaning | Also called |\n|-|-|-|\n| Proof | The *last* rise. | Final rise |\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Crumb\n: The inside.\n\nProof\n: The last rise.\n", TWO, id="definitions"),
        pytest.param(f"{TABLED}| Crumb | The inside. | |\n", TWO, id="a table"),
        pytest.param(
            "| المصطلح | التعريف |\n|-|-|\n| العجين | خليط من دقيق وماء. |\n"
            "| الخميرة | فطر يرفع العجين. |\n", ARABIC, id="an Arabic table",
        ),
        pytest.param(
            "- **Proof**: The last rise.\n- **Crumb** – The [inside](#in).\n- **Crust** Hard.\n",
            TWO | {"Crust": "Hard."}, id="bold in a list",
        ),
        pytest.param(
            "**Proof** is last.\n\n**Crumb** means inside.\n\n**Crust** is crisp.\n",
            {"Proof": "Proof is last.", "Crumb": "Crumb means inside.", "Crust": "Crust is crisp."},
            id="bold in its sentence",
        ),
        pytest.param(
            "# Words\n## C\n**Crumb**\n\nThe inside.\n\nSoft.\n\n**Proof**\n\nThe last rise.\n"
            "## License\nYours.\n", TWO, id="bold above its text",
        ),
        pytest.param(
            "".join(f"<details><summary>{term}</summary>\n\n{text}\n</details>\n"
                    for term, text in (TWO | {"Crust": "Hard."}).items()),
            TWO | {"Crust": "Hard."}, id="details to open",
        ),
        pytest.param(HEADED, TWO, id="headings"),
        pytest.param(
            "# Guide\n\n```{glossary}\nCrumb\n  The inside.\n\nProof\nLast rise\n  The last rise.\n"
            "```\n", TWO, id="a glossary of MyST",
        ),
    ],
)  # fmt: skip
def test_the_shapes_of_markdown(text: str, found: dict[str, str]) -> None:
    assert terms({"notes.md": text}) == found


def test_terms_in_plain_text() -> None:
    text = "Proof\n\nThe last\nrise.\n\nCrumb\n\nThe inside.\n\nCrust\n\nThe outside.\n"
    assert terms({"terms.txt": text}) == TWO | {"Crust": "The outside."}
    assert terms({"a.txt": "Proof: The last rise.\n\nCrumb: The inside.\n"}) == TWO


def test_a_person_may_choose_the_shape() -> None:
    file = File(PurePath("glossary.md"), HEADED.encode())
    offered = document.preview([file])
    assert next(iter(offered.items())) == ("heading", ("Crumb", "Proof"))
    assert len(terms({"glossary.md": HEADED}, "page")) == 1
