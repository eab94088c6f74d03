"""Whatever a file holds, reading it ends, in entries and in sentences that say what is wrong."""

import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge import formats
from knowledge.entry import Entry
from knowledge.exports import FORMATS, export
from knowledge.fault import Fault
from knowledge.formats.tables.columns import column
from knowledge.glossary import Glossary

TEA = Path(__file__).parents[1] / "data" / "tea"
_SUFFIXES = st.sampled_from([".md", ".txt", ".json", ".csv", ".xml", ".html", ".ttl", ".yml", ""])
# What readers know formats by, and what their markup is made of.
_PIECES = st.sampled_from(
    [
        "---\n", "+++\n", "term: ", "title: ", "# Glossary\n", "## ", "- **", "**: ", ": ", "| ",
        "|---|\n", "term,definition\n", "term\tdefinition\n", '"', ",", "\t", "{", "}", "[", "]",
        '{"term": "a", "definition": "b"}', "<html>", "<dl>", "<dt>", "<dd>", "</dl>", "<p>",
        "<dfn>", "<?xml version='1.0'?>", "<GLOSSARY>", "<ENTRY>", "<CONCEPT>", "<martif>",
        "<tbx>", "<termEntry>", "<rdf:RDF>",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n",
        "<urn:a> a skos:Concept ; skos:prefLabel 'a' .\n", ".. glossary::\n\n", "   term\n",
        "      definition\n", ":term:`", "`", "{{< ", " >}}", "{{", "}}", "{% ", " %}",
        "<!--more-->", "#separator:tab\n", "#html:true\n", "{{c1::", "&amp;", "&#0;",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "Example\n", "مثال\n", "← المسرد\n",
        "المصطلح,التعريف\n", "\n\n", "\n", "  ", "\ufeff", "\0", "[[", "]]", "](", "*", "_",
        "~~~\n", "```{glossary}\n", ":::", "import x\n", "<Term>", "sep=;\n",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=12), max_size=25).map("".join)
_WRITTEN = [name for name, each in FORMATS.items() if each.suffix and name not in {"anki", "pdf"}]
_ROUNDS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def _read(data: bytes, name: str) -> list[Entry | Fault]:
    """Reads it; whatever comes is an entry with a text, or a fault that is a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        found = list(formats.read(file))
        for item in found:
            if isinstance(item, Entry):
                assert item.id
                assert item.term
                assert item.summary
            else:
                assert item.line >= 1
                assert item.message.rstrip().endswith((".", ")"))
    return found


@_ROUNDS
@given(
    unit=st.text(alphabet=",;|\t:=-#*.\"'<{[(&%~`+a \n", min_size=1, max_size=4),
    times=st.integers(2, 60),
    suffix=_SUFFIXES,
)
@example(unit=",\n", times=20, suffix=".csv")
@example(unit="\t|\n\n", times=20, suffix="")
def test_a_file_of_a_few_signs_and_no_words(unit: str, times: int, suffix: str) -> None:
    _read((unit * times).encode(), f"a{suffix}")


@_ROUNDS
@given(data=st.binary(max_size=400), suffix=_SUFFIXES)
def test_any_bytes(data: bytes, suffix: str) -> None:
    _read(data, f"a{suffix}")


@_ROUNDS
@given(text=_TEXTS, suffix=_SUFFIXES)
def test_any_text_of_what_formats_are_made_of(text: str, suffix: str) -> None:
    _read(text.encode("utf-8", "replace"), f"glossary{suffix}")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small glossary in each format that is one file."""
    folder, glossary = tmp_path_factory.mktemp("written"), Glossary.read(TEA)
    for name in _WRITTEN:
        export(glossary, name, folder / name)
    return {name: (folder / name).read_bytes() for name in _WRITTEN}


@settings(_ROUNDS, max_examples=25)
@pytest.mark.parametrize("name", _WRITTEN)
@given(data=st.data())
def test_a_file_that_is_cut_and_mixed_up(
    written: dict[str, bytes], name: str, data: st.DataObject
) -> None:
    whole = bytearray(written[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole)))
        length = data.draw(st.integers(0, 40))
        whole[place : place + length] = data.draw(
            st.binary(max_size=8) | _PIECES.map(str.encode) | st.just(bytes(whole[:length]))
        )
    _read(bytes(whole), f"glossary{FORMATS[name].suffix}")


_RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    " xmlns:skos='http://www.w3.org/2004/02/skos/core#'><skos:Concept><skos:prefLabel>Ebb"
    "</skos:prefLabel><skos:definition>{}</skos:definition></skos:Concept></rdf:RDF>"
)
_TBX = (
    "<martif><termEntry><langSet xml:lang='en'><descrip type='definition'>A fall.</descrip>"
    "<descrip type='context'>{}</descrip><tig><term>Ebb</term></tig></langSet></termEntry></martif>"
)
_MOODLE = (
    "<GLOSSARY><ENTRY><CONCEPT>Ebb</CONCEPT><DEFINITION>A fall.</DEFINITION>{}</ENTRY></GLOSSARY>"
)
_DOCBOOK = (
    "<glossary><glossentry><glossterm>Ebb</glossterm><glossdef><para>{}</para></glossdef>"
    "</glossentry></glossary>"
)


def _nested(name: str, within: str) -> str:
    return f"<{name}>" * 60 + within + f"</{name.split(maxsplit=1)[0]}>" * 60


@pytest.mark.parametrize("name", ["sea:b", "sea:", ":b", "a.:-b", "a:b:c"])
@pytest.mark.parametrize("text", [_RDF, _TBX, _DOCBOOK])
def test_an_element_of_a_broken_name_is_read_as_its_text(text: str, name: str) -> None:
    found = _read(text.format(f"The water <{name}>falls</{name}> <b/>now.").encode(), "a.xml")
    assert [item.term for item in found if isinstance(item, Entry)] == ["Ebb"]


@pytest.mark.parametrize("text", [_RDF, _TBX, _MOODLE, _DOCBOOK])
def test_an_entity_that_is_nowhere_explained_is_passed_over(text: str) -> None:
    text = text.format("A fall &of; water.").replace("Ebb", "Ebb&tide;")
    for place in ("<skos:Concept>", "<skos:prefLabel>", "<termEntry>", "<ENTRY>", "<glossentry>"):
        text = text.replace(place, f"&sea;{place}&sea;")
    found = _read(text.encode(), "a.xml")
    assert any(
        item.term.startswith(("Ebb", "&sea;Ebb")) for item in found if isinstance(item, Entry)
    )


# Each of a size, which is doubled twice: four times as much takes four times as long, not sixteen.
_MANY: dict[str, tuple[Callable[[int], str], int, str]] = {
    "entries": (
        lambda n: _MOODLE.format(_nested("ENTRY", "<CONCEPT>b</CONCEPT>" * n)), 20_000, "a.xml"
    ),
    "aliases": (
        lambda n: _MOODLE.format(_nested("ALIAS", "<NAME>b</NAME>" * n)), 20_000, "a.xml"
    ),
    "concepts": (
        lambda n: f"<martif>{_nested('termEntry', '<note>b</note>' * n)}</martif>", 20_000, "a.xml"
    ),
    "languages": (
        lambda n: _TBX.replace("</martif>", _nested("langSet", "<b/>" * n) + "</martif>"),
        20_000,
        "a.xml",
    ),
    "terms": (
        lambda n: _TBX.replace("<tig>", "<tig>" + "<term>b</term>" * n), 20_000, "a.xml"
    ),
    "statuses": (
        lambda n: _TBX.replace("<tig>", "<tig>" + _nested("termStatus", "b " * n)),
        100_000,
        "a.xml",
    ),
    "links": (lambda n: _TBX.format(_nested("hi Tlink='b'", "b " * n)), 100_000, "a.xml"),
    "references": (lambda n: _DOCBOOK.format(_nested("glossterm", "b " * n)), 100_000, "a.xml"),
    "headings of a letter": (
        lambda n: "# Glossary\n\n" + "## T\n\nA fall.\n\n" * n, 1_000, "a.md"
    ),
    "fields of TOML": (
        lambda n: "+++\n" + "".join(f"k{n}x{m} = 1\n" for m in range(n)) + "+++\n# T\n\nA fall.\n",
        20_000,
        "a.md",
    ),
    "fences of YAML": (
        lambda n: "# Glossary\n" + "\n" * 60 * n + "```yaml\nterm: T\ndefinition: X.\n```\n\n" * n,
        800,
        "a.md",
    ),
    "lines of signs": (lambda n: "# T\n\nA fall.\n" + "$$\n" * n, 16_000, "a.md"),
    "lines behind a lead": (
        lambda n: "# Glossary\n\n**T** falls\n" + "and falls\n" * n, 5_000, "a.md"
    ),
    "marks of notes": (lambda n: "# T\n\nA fall " + "[^" * n + "\n", 5_000, "a.md"),
    "marks of AsciiDoc": (
        lambda n: "= Glossary\n\nT:: A fall.\n" + "+a " * n + "\n", 3_000, "a.adoc"
    ),
}  # fmt: skip


def _seconds(text: str, name: str) -> float:
    column.cache_clear()  # which holds the keys of a longer text read before
    gc.disable()  # whose time grows with all that other tests have left
    began = time.process_time()
    try:
        _read(text.encode(), name)
    finally:
        gc.enable()
    return time.process_time() - began


@pytest.mark.parametrize(("text", "size", "name"), _MANY.values(), ids=_MANY)
def test_reading_takes_no_more_time_than_a_text_grows(
    text: Callable[[int], str], size: int, name: str
) -> None:
    _seconds(text(size // 10), name)  # what is imported and compiled but once
    assert _seconds(text(4 * size), name) < 9 * _seconds(text(size), name) + 0.5


def test_elements_that_nest_too_deep_are_cut_off() -> None:
    found = _read(_DOCBOOK.format("A fall." + "<b>" * 150 + "of" + "</b>" * 150).encode(), "a.xml")
    assert [item.summary for item in found if isinstance(item, Entry)] == ["A fall."]
    assert any("nests too deep" in item.message for item in found if isinstance(item, Fault))


def test_a_table_may_say_many_things_of_one_term() -> None:
    rows = "".join(f"Ebb,The fall of number {n}.\n" for n in range(900))
    found = _read(f"term,definition\n{rows}".encode(), "a.csv")
    assert len({item.id for item in found if isinstance(item, Entry)}) == 900


_LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
_BLANKS = "\n" * 5_000
_SWELLING = ".. |a| replace:: " + "long " * 20_000 + "\n\n.. glossary::\n\n   t\n      "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"---\na0: &a0 [ha]\n{_LAUGHS}? *a29\n: x\n---\n\nIs.\n", "too many values"),
        (f"---\ntitle: A\na0: &a0 [ha]\n{_LAUGHS}date: *a29\n---\n\nIs.\n", "too many values"),
        ("---\nterm: &a [*a]\n---\n\nIs.\n", "too many values"),
        (f"---\nterm: a\nyear: {'59:' * 300_000}59\n---\n\nIs.\n", ""),
        (f"---\nterm: a\nyear: {'9' * 300_000}\n---\n\nIs.\n", ""),
        ("---\nterm: a: b\naliases:\n" + "- c\n" * 90_000 + "---\n\nIs.\n", "not allowed"),
        (f"---\nterm: {'!' * 50_000}\n---\n\nIs.\n", "…"),
        (f"+++\ntitle = 'a'\nyear = {'9' * 5_000}\n+++\n\nIs.\n", "too many digits"),
        (f"+++\ntitle = 'a'\nx = {'[' * 5_000}\n+++\n\nIs.\n", "too deep"),
        (_SWELLING + "|a| " * 8_000 + "\n", ""),
        (f'[{{"term": "a", "definition": "b", "related": "a{" " * 50_000}b"}}]', ""),
        (f'[{{"term": "a", "definition": "{"![" * 8_000}"}}]', ""),
        (f".. glossary::\n\n   t\n      - Is.{_BLANKS}   u\n      Is.\n", ""),
        (f"# Glossary\n\n## A\n\n{' ' * 50_000}b\n\n## B\n\n- c\n", ""),
        (f"---\ntitle: a\n---\n\n{_BLANKS.join(['## b', 'c'] * 9)}{'## b' + chr(10)}", ""),
        ("Token\n" * 15_000 + "\nExample\nA token.\n", ""),
    ],
    ids=[
        "a key that swells", "a date that swells", "a list in itself", "base 60", "digits",
        "a broken list", "a long tag", "digits in TOML", "brackets in TOML", "substitutions",
        "a run of spaces", "brackets in a cell", "blank lines in RST", "a line of spaces",
        "blank lines", "lines of one paragraph",
    ],
)  # fmt: skip
def test_what_would_grow_without_measure_is_read_or_refused_in_a_sentence(
    text: str, said: str
) -> None:
    found = _read(text.encode(), "a.md")
    assert all(len(str(each)) < 400 for each in found if isinstance(each, Fault))
    assert any(said in each.message for each in found if isinstance(each, Fault)) or not said
    assert sum(len(s.text) for e in found if isinstance(e, Entry) for s in e.sections) < 5_000_000
