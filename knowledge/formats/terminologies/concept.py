"""A concept: the terms and definitions of one id in several languages, made into its entries."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, slug
from knowledge.formats.telling import worded
from knowledge.language.text import ENOUGH_LETTERS, base, detect, main_script, scripts, written_in

# Names that a program counts by say nothing: c12, IATE-3567, 27766_1436152, a UUID, an ARK.
_COUNTED = re.compile(
    r"[a-z]{0,5}[-_.:]?\d+(?:[-_.:]\d+)*|[\W\d_]*|\w*\d[a-z]+\d[\w-]*|[a-z]{0,5}\d{5,}[a-z]",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?=\D*\d)[0-9a-f-]{8,}", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_HEADINGS = {
    "note": {"en": "Note", "ar": "ملاحظة"},
    "scope": {"en": "Scope", "ar": "النطاق"},
    "origin": {"en": "History", "ar": "التاريخ"},
}
"""Above notes of formats that have none, in the language of the text; in others, the English."""
_NO_LANGUAGES = {"und", "mul", "mis", "zxx"}  # that ISO 639 lets say so
_SHORT = 2
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
_LONGEST_NAME = 200


def heading(name: str, language: str) -> str:
    """The heading above notes of a kind, in a language."""
    return _HEADINGS[name].get(base(language), _HEADINGS[name]["en"])


@dataclass
class Tongue:
    """What a concept is in one language."""

    terms: list[str] = field(default_factory=list)
    """The term, then its aliases."""
    definition: list[str] = field(default_factory=list)
    """Paragraphs."""
    examples: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    category: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)
    updated: str = ""

    def take(self, other: "Tongue") -> None:
        """Takes what another holds, where it has none of its own or has room."""
        self.terms += other.terms
        self.definition = self.definition or other.definition
        self.examples += other.examples
        self.sections += other.sections
        self.category = self.category or other.category
        self.sources += other.sources
        self.updated = max(self.updated, other.updated)


@dataclass
class Concept:
    """One concept, as a format of terminology holds it."""

    name: str
    """Its id, if it says something; else what a program counts it by."""
    line: int
    address: str = ""
    """What links know it by, if not by its name."""
    links: list[str] = field(default_factory=list)
    """What the concepts are known by that it is related to."""
    trusted: bool = False
    """Whether the name is an id that this project wrote."""
    tongues: dict[str, Tongue] = field(default_factory=dict)
    """By language; what says none stands under the empty one."""

    def tongue(self, language: str | None) -> Tongue:
        """The tongue of a language as the format writes it, a new one if need be."""
        return self.tongues.setdefault(self.tag(language or ""), Tongue())

    @staticmethod
    def tag(language: str) -> str:
        """A language as BCP 47 has it; empty if it is none."""
        return _tag(language)

    @property
    def termed(self) -> list[str]:
        """The languages in which it has a term."""
        return [name for name, each in self.tongues.items() if each.terms]

    @property
    def label(self) -> str:
        """A term of it, in English if there is one."""
        named = [
            (base(name) != "en", each.terms[0]) for name, each in self.tongues.items() if each.terms
        ]
        return min(named, key=lambda item: item[0])[1] if named else ""


def entries(
    concepts: Sequence[Concept], origin: str, default_language: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of concepts: one for each language that has a term and a definition.

    The term of a language without a definition becomes an alias in one that has it. A text that
    says no language is in the one language of the terms, or in the one that it seems to be in;
    ``default_language`` is what the document says of itself, and believed of short texts.
    """
    ids = _ids(concepts)
    known = {
        concept.address or concept.name: made for concept, made in zip(concepts, ids, strict=True)
    }
    yield from _translate(concepts, origin)
    for concept, entry_id in zip(concepts, ids, strict=True):
        label = concept.label
        if not label:
            name = concept.name and (concept.address or concept.name)  # a blank node has none
            what = "has no term: give it a label."
            yield Fault(origin, concept.line, f"“{name}” {what}" if name else what)
            continue
        _tell(concept, default_language)
        left = _gather(concept)
        if not concept.tongues:
            yield Fault(origin, concept.line, f"“{label}” has no definition: give it one.")
            continue
        for language in left:
            message = f"“{label}” is defined in “{language}”, but has no term in that language."
            yield Fault(origin, concept.line, message, "warning")
        links = [known.get(link, link) for link in concept.links]
        for language, tongue in concept.tongues.items():
            sections = [*opening(tongue.definition), *tongue.sections]
            sections.append(Section(EXAMPLE, "", "\n\n".join(tongue.examples)))
            day = _DAY.match(tongue.updated)
            values = {
                "id": entry_id,
                "term": tongue.terms[0],
                "aliases": tongue.terms[1:],
                "language": language,
                "category": tongue.category,
                "sources": tongue.sources,
                "updated": day[1] if day else "",
            }
            made = make_entry(values, sections, origin, links=links, line=concept.line)
            if isinstance(made, Fault) and values["updated"]:  # a day that no calendar has
                values["updated"] = ""
                made = make_entry(values, sections, origin, links=links, line=concept.line)
            yield made


def _translate(concepts: Sequence[Concept], origin: str) -> Iterator[Fault]:
    """Gives concepts without a definition their translations, where most have none."""
    bare = [c for c in concepts if not any(each.definition for each in c.tongues.values())]
    translated = [c for c in bare if _translated(c)] if len(bare) > len(concepts) / 2 else []
    if translated and len(bare) == len(concepts):
        message = "no concept has a definition: its terms in other languages stand in its place."
        yield Fault(origin, translated[0].line, message, "warning")
        return
    for concept in translated:
        message = f"“{concept.label}” has no definition: its translation stands in its place."
        yield Fault(origin, concept.line, message, "warning")


def _translated(concept: Concept) -> bool:
    """Gives a concept in several languages its other terms as what the first one means, if it can.

    A list of words in two languages has nothing else to say.
    """
    named = {name: each for name, each in concept.tongues.items() if each.terms}
    first, *others = sorted(named, key=lambda name: base(name) != "en") or [""]
    words = dict.fromkeys(named[name].terms[0] for name in others)
    words.pop(named[first].terms[0] if named else "", None)
    if words:
        concept.tongues[first].definition = ["; ".join(words)]
    return bool(words)


def _ids(concepts: Sequence[Concept]) -> list[str]:
    """An id for each concept: its name, or a slug of the term where the name says nothing."""
    taken: Counter[str] = Counter()
    ids = []
    for concept in concepts:
        name, label = slug(concept.name[:_LONGEST_NAME]), slug(concept.label[:_LONGEST_NAME])
        choices = (
            [label, f"{label}-{name}" if name else ""]
            if not concept.trusted and says_nothing(concept.name)
            else [name, label]
        )
        free = (choice for choice in choices if choice and choice not in taken)
        chosen = next(free, None)
        while chosen is None:
            taken[choices[0]] += 1
            numbered = f"{choices[0]}-{taken[choices[0]] + 1}"
            chosen = None if numbered in taken else numbered
        taken[chosen] += 0
        ids.append(chosen)
    return ids


def says_nothing(name: str) -> bool:
    """Whether a name is a number or a hash, and no id that people could use."""
    return any(pattern.fullmatch(name[:_LONGEST_NAME]) for pattern in (_COUNTED, _HASH))


def _tell(concept: Concept, default_language: str) -> None:
    """Brings what says no language to those that the concept has, if it has any."""
    unknown = concept.tongues.pop("", None)
    if unknown is None:
        return
    if unknown.terms and not concept.termed:  # one name, defined in several languages
        for each in concept.tongues.values():
            each.terms = list(unknown.terms)
        unknown.terms = unknown.terms if not concept.tongues else []
    termed = concept.termed
    if not termed:
        tag = _tag(default_language)
        concept.tongues[tag if _may_be(unknown, tag) else ""] = unknown
        return
    for name in termed:  # a field, a source and a day are of the concept, whatever their language
        each = concept.tongues[name]
        each.take(
            Tongue(category=unknown.category, updated=unknown.updated, sources=unknown.sources)
        )
    text = " ".join((*unknown.definition, *unknown.examples, *unknown.terms))
    termed.sort(key=lambda name: base(name) != base(default_language))
    short = len(text) < ENOUGH_LETTERS and _may_be(unknown, termed[0])
    said = worded(text, main_script(text)) if short else ""
    spoken = next((name for name in termed if said and base(name) == said), termed[0])
    told = spoken if short or len(termed) == 1 else detect(text, termed)
    if told:
        concept.tongues[told].take(replace(unknown, sources=[]))


def _may_be(tongue: Tongue, language: str) -> bool:
    """Whether a text is in a script that a language is written in."""
    counts = scripts(" ".join((*tongue.definition, *tongue.terms))[:300])
    return bool(language) and (not counts or counts.most_common(1)[0][0] in written_in(language))


def _gather(concept: Concept) -> list[str]:
    """Keeps the languages with a term and a definition; gives which had a definition only.

    Where none has both, the term of another stands in.
    """
    tongues = concept.tongues
    for name, each in list(tongues.items()):
        if each.definition and not each.terms:
            same = [k for k, t in tongues.items() if t.terms and base(k) == base(name)]
            if same and not tongues[same[0]].definition:
                tongues[same[0]].take(each)
                del tongues[name]
    label = concept.label
    whole = [name for name, each in tongues.items() if each.terms and each.definition]
    left = [name for name, each in tongues.items() if each.definition and not each.terms]
    for name in left if not whole else ():  # it is called in each language as in the one it has
        tongues[name].terms.append(label)
        whole.append(name)
    for name, each in list(tongues.items()):
        if name in whole:
            continue
        if whole and each.terms:
            near = (key for key in whole if base(key) == base(name))
            host = next(near, None) or min(whole, key=lambda key: base(key) != "en")
            tongues[host].terms.append(each.terms[0])
        del tongues[name]
    return left


@cache
def _tag(language: str) -> str:
    """A language as BCP 47 has it, ``en`` of ``eng``; nothing of what is none, as ``und``."""
    from babel import Locale  # noqa: PLC0415  (its tables take a moment)
    from babel.core import get_global  # noqa: PLC0415

    if not _TAG.fullmatch(language):
        return ""
    first, _, rest = language.replace("_", "-").partition("-")
    alias = get_global("language_aliases").get(first.lower(), first.lower())
    name = alias.partition("_")[0]
    if name in _NO_LANGUAGES or (len(name) == _SHORT and name not in Locale("en").languages):
        return ""  # all of two letters are known; a country is none
    return "-".join(part for part in (name, rest) if part)
