"""What goes out comes back: native → format → native keeps all that the format can hold.

JSON Lines hold everything; a table has no headings, and of a source its title.
"""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.exports import export
from knowledge.fault import Fault
from knowledge.formats import records, terminology
from knowledge.formats.draft import section_name
from knowledge.glossary import Glossary
from knowledge.resolving import resolved

_LATIN = [
    "tide", "Ebb", "the", "sea", "=1+1", "-3", "+5", "@quay", "'tis", '"low"', "a, b", "x|y", "&",
]  # fmt: skip
_ARABIC = ["المد", "والجزر", "بحر", "«موج»", "هو", "ارتفاع", "-٣", "=س", "(Tide)", "ماءً"]
_HEADINGS = {"en": ["How it works", "Limits", "In harbours"], "ar": ["آلية العمل", "في الموانئ"]}
_TIDES = {"en": "Tide", "ar": "المد"}
_EXAMPLES = {"en": "Example", "ar": "مثال"}
_MARKS = [
    "*ebb*", "_flow_", "**high**", "[quay](sea)", "`x = 1`", "# low", "- one", "1. two", "> said",
    "<b>sea</b>", "<br>", "&", "__init__", "2 * 3 * 4", "~~gone~~", "[[link]]", "\\*",
]  # fmt: skip
"""What a reader may take for marks; of entities none, as in a cell they are signs."""
_CODE = "def ebb(sea):\n    return sea - 1"
_ROUNDS = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a glossary takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)


def _words(language: str, most: int = 3) -> st.SearchStrategy[str]:
    words = st.sampled_from(_ARABIC if language == "ar" else _LATIN)
    return st.lists(words, min_size=1, max_size=most).map(" ".join)


def _prose(language: str) -> st.SearchStrategy[str]:
    """A sentence, with signs at its ends that a format may trip over."""
    said = "ماء البحر يرتفع كل يوم" if language == "ar" else "water of the sea rises every day"
    return st.tuples(_words(language), _words(language)).map(lambda w: f"{w[0]} {said} {w[1]}.")


def _paragraphs(language: str) -> st.SearchStrategy[str]:
    return st.lists(_prose(language), min_size=1, max_size=3, unique=True).map("\n\n".join)


def _lists(language: str) -> st.SearchStrategy[tuple[str, ...]]:
    names = st.sampled_from(_ARABIC[:4] if language == "ar" else _LATIN[:8])
    return st.lists(names, max_size=3, unique=True).map(tuple)


@st.composite
def _entries(draw: st.DrawFn, entry_id: str, language: str) -> Entry:
    term = f"{draw(_words(language, most=2))} {entry_id}"
    sections = [Section(SUMMARY, "", draw(_prose(language)))]
    if draw(st.booleans()):
        sections.append(Section(BODY, "", draw(_paragraphs(language))))
    headings = draw(st.lists(st.sampled_from(_HEADINGS[language]), max_size=2, unique=True))
    sections += [Section(section_name(h), h, draw(_paragraphs(language))) for h in headings]
    if draw(st.booleans()):
        sections.append(Section(EXAMPLE, "", draw(_paragraphs(language))))
    source = st.builds(
        Source,
        title=_prose(language),
        authors=st.sampled_from(["", "A. Author and B. Writer", "كاتبة"]),
        year=st.none() | st.integers(1900, 2026),
        url=st.sampled_from(["", "https://example.org/a?b=c&d=1"]),
    )
    return Entry(
        entry_id,
        term,
        language,
        tuple(sections),
        aliases=tuple(a for a in draw(_lists(language)) if a != term),
        category=draw(st.sampled_from(["", "Sea", "البحر"])),
        related=tuple(draw(st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True))),
        asked=draw(_lists(language)),
        sources=tuple(draw(st.lists(source, max_size=2))),
        updated=draw(st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))),
    )


_GLOSSARIES = st.tuples(
    _entries("a", "en"), _entries("b", "en"), _entries("a", "ar"), _entries("c", "ar")
)


def _back(entries: tuple[Entry, ...], format_name: str, file: str) -> tuple[Entry, ...]:
    """The entries that are read from what was written of these."""
    with tempfile.TemporaryDirectory() as folder:
        dest = Path(folder) / file
        export(Glossary(Path("/glossaries/sea"), entries), format_name, dest)
        read = _read(dest)
    faults = [str(item) for item in read if isinstance(item, Fault)]
    assert not faults
    return tuple(resolved([item for item in read if isinstance(item, Entry)]))


def _read(file: Path) -> list[Entry | Fault]:
    path, data = PurePath(file.name), file.read_bytes()
    if terminology.handles(path, data):
        return list(terminology.read(path, data))
    assert records.handles(path, data)
    return list(records.read(path, data))


@_ROUNDS
@given(_GLOSSARIES)
def test_json_lines_keep_everything_and_a_table_all_but_headings_and_the_parts_of_a_source(
    entries: tuple[Entry, ...],
) -> None:
    assert _back(entries, "jsonl", "sea.jsonl") == entries
    parts = (SUMMARY, BODY, EXAMPLE)
    flat = tuple(
        replace(
            entry,
            sections=tuple(s for s in entry.sections if s.name in parts),
            sources=tuple(Source(source.title) for source in entry.sources),
        )
        for entry in entries
    )
    # A body that says no more than the summary is left out, as other columns are that repeat it.
    assume(all(entry.summary != entry.text(BODY) for entry in flat))
    assert _back(flat, "csv", "sea.csv") == flat


@st.composite
def _marked(draw: st.DrawFn) -> Entry:
    """An entry whose texts hold signs that could be taken for marks, and code."""
    words = st.lists(st.sampled_from([*_MARKS, "tide"]), min_size=1, max_size=4).map(" ".join)
    said = st.tuples(words, words).map(lambda w: f"The water {w[0]} rises {w[1]} every day.")
    paragraph = st.one_of(said, said.map(lambda text: text.removeprefix("The ")), st.just(_CODE))
    body = draw(st.lists(paragraph, max_size=3, unique=True).map("\n\n".join))
    sections = [Section(SUMMARY, "", draw(said)), *([Section(BODY, "", body)] if body else [])]
    term = draw(st.sampled_from(["Tide (TD)", "潮汐（Tide）", "Tide", "__init__", "C#", "*args"]))
    return Entry("tide", term, "en", tuple(sections))


@_ROUNDS
@given(_marked())
def test_signs_that_could_be_marks_are_kept(entry: Entry) -> None:
    assert _back((entry,), "jsonl", "sea.jsonl") == (entry,)


def test_pages_and_moodle_keep_the_lines_of_code() -> None:
    summary = Section(SUMMARY, "", "A function of the sea, as __init__ is one of a class.")
    sections = (summary, Section(BODY, "", _CODE))
    ebb = Entry("ebb", "Ebb", "en", sections)
    tide = Entry("tide", "Tide", "en", (Section(SUMMARY, "", "The sea comes and goes each day."),))
    for format_name, file in (("html", "site"), ("moodle", "sea.xml")):
        with tempfile.TemporaryDirectory() as folder:
            dest = Path(folder) / file
            export(Glossary(Path("/glossaries/sea"), (ebb, tide)), format_name, dest)
            read = Glossary.read(dest)
        assert [e.sections for e in read.entries if e.id == "ebb"] == [sections]
