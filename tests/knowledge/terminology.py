"""Entries for the round trips of terminology formats, and what a reader makes of a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from hypothesis import strategies as st

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.fault import Fault
from knowledge.formats.draft import section_name, slug
from knowledge.resolving import resolved

Reader = Callable[[str, PurePath], Iterator[Entry | Fault]]

WORDS = {
    "en": [
        "rye",
        "loaf",
        "oven",
        "crumb & crust",
        "a “dark” flour",
        "36°",
        "sour-dough",
        "Brötchen",
    ],
    "ar": ["خبز", "رغيف", "فرن", "عجين", "«دقيق»", "خميرة", "قمحٌ", "٣٦"],
}
TERMS = {"en": ["Rye", "Loaf", "Oven", "Crumb", "C12"], "ar": ["خبز", "رغيف", "فرن", "لبّ", "ج١٢"]}
IDS = ["rye", "loaf", "oven", "crumb", "c12"]
HEADINGS = {"en": ["How it works", "Shapes of it"], "ar": ["آلية العمل", "أشكاله"]}
CATEGORIES = {"en": ["Baking", "Flour & grain"], "ar": ["الخبازة", "الحبوب"]}


def _prose(language: str) -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(WORDS[language]), min_size=2, max_size=6)
    return words.map(lambda chosen: " ".join(chosen) + ".")


def _paragraphs(language: str) -> st.SearchStrategy[str]:
    return st.lists(_prose(language), min_size=1, max_size=2).map("\n\n".join)


@st.composite
def _entry(draw: st.DrawFn, number: int, language: str) -> Entry:
    sections = [Section(SUMMARY, "", draw(_prose(language)))]
    if draw(st.booleans()):
        sections.append(Section(BODY, "", draw(_paragraphs(language))))
    sections += [
        Section(section_name(heading), heading, draw(_paragraphs(language)))
        for heading in draw(st.lists(st.sampled_from(HEADINGS[language]), unique=True))
    ]
    if draw(st.booleans()):
        sections.append(Section(EXAMPLE, "", draw(_paragraphs(language))))
    aliases = st.lists(_prose(language).map(lambda text: text.rstrip(".")), unique=True, max_size=2)
    titles = st.lists(_prose(language), unique=True, max_size=2)
    return Entry(
        id=IDS[number],
        term=TERMS[language][number],
        language=language,
        sections=tuple(sections),
        aliases=tuple(draw(aliases)),
        category=draw(st.sampled_from(["", *CATEGORIES[language]])),
        sources=tuple(Source(title) for title in draw(titles)),
        updated=date(2026, 3, 1) if number % 2 else None,
    )


@st.composite
def glossaries(draw: st.DrawFn) -> list[Entry]:
    """Up to five ids, each in English, in Arabic or in both; relations of an id are the same."""
    entries: list[Entry] = []
    count = draw(st.integers(1, len(IDS)))
    for number in range(count):
        others = [each for each in IDS[:count] if each != IDS[number]]
        related = tuple(draw(st.lists(st.sampled_from(others), unique=True)) if others else [])
        for language in draw(st.sampled_from([["en"], ["ar"], ["en", "ar"]])):
            entry = draw(_entry(number, language))
            entries.append(replace(entry, related=related))
    return entries


def read_back(reader: Reader, content: bytes, name: str) -> dict[str, Entry]:
    """What a reader makes of a written file, by key; it must find no fault."""
    items = list(reader(content.decode(), PurePath(name)))
    faults = [str(item) for item in items if isinstance(item, Fault)]
    assert not faults
    return {entry.key: entry for entry in resolved([e for e in items if isinstance(e, Entry)])}


def by_term(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with the ids that a format without ids gives them."""
    ids = {entry.key: slug(entry.term) for entry in entries}
    changed = []
    for entry in entries:
        related = (ids.get(f"{entry.language}/{each}") for each in entry.related)
        named = tuple(filter(None, related))
        changed.append(replace(entry, id=ids[entry.key], related=named))
    return changed
