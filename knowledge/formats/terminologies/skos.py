"""SKOS vocabularies, and ontologies whose classes and properties are labelled and explained."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import section_name
from knowledge.formats.terminologies import concept as concepts
from knowledge.formats.terminologies import lemon, markup, rdf
from knowledge.formats.terminologies.concept import Concept
from knowledge.formats.terminologies.families import Families
from knowledge.formats.terminologies.literals import (
    Texts,
    is_blank,
    is_literal,
    last_part,
)
from knowledge.formats.terminologies.predicates import (
    ALIASES,
    CALLED,
    COMMENT,
    CONCEPT,
    DAYS,
    DC,
    DCT,
    DEFINED,
    DESCRIBED,
    EXAMPLES,
    EXPLAINED,
    HOLDING,
    LABELS,
    NO_CONCEPTS,
    NOTES,
    OF_CLASSES,
    OF_CONCEPTS,
    OWL,
    PROPERTIES,
    RDFS,
    RELATED,
    SCHEME,
    SKOS,
    SOURCES,
    TYPE,
)

OWN = "urn:masrad:"
"""Addresses that this project writes: their last part is an id (``knowledge.exports.skos``)."""

_USUAL = frozenset((*LABELS, *ALIASES, *OF_CONCEPTS))
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|_+")


def recognises(text: str) -> bool:
    """Whether a text is RDF in a syntax that is read: XML, Turtle, N-Triples, N-Quads, JSON-LD."""
    return rdf.syntax(text) != ""


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a vocabulary: one for each language in which a concept is explained.

    Concepts of SKOS, and classes and properties; if there are none, whatever has a label and an
    explanation. The id is the last part of the address, or the term where that is a number.
    """
    said = rdf.statements(text, path)
    yield from said.faults
    lemon.gather(said.about)
    vocabulary = Vocabulary(said.about)
    found = vocabulary.concepts(text)
    referred = list(vocabulary.referred(text, str(path)))
    yield from referred
    if not found and not referred and not said.faults:
        yield Fault(str(path), 1, "is RDF without a concept that has a label.", "warning")
    yield from concepts.entries(found, str(path), vocabulary.language)


@dataclass
class Vocabulary:
    """The statements of a file, asked for concepts."""

    about: dict[Any, dict[str, list[Any]]]

    def concepts(self, text: str) -> list[Concept]:
        """Its concepts, each with the line on which its name first stands."""
        nodes = self._subjects
        names = {node: last_part(node) for node in nodes}
        lines = rdf.lines(text, {name for name in names.values() if name})
        return [self._concept(node, lines.get(names[node], 1)) for node in nodes]

    @cached_property
    def language(self) -> str:
        """What a scheme says of its language, if it says it in a tag."""
        for about in self.about.values():
            if SCHEME in _named(about.get(TYPE, ())):
                for value in (
                    *about.get(f"{DCT}language", ()),
                    *about.get(f"{DC}language", ()),
                ):
                    return last_part(value)
        return ""

    @cached_property
    def _declared(self) -> list[Any]:
        kinds = {node: set(_named(about.get(TYPE, ()))) for node, about in self.about.items()}
        found = [node for node, about in self.about.items() if _is_concept(about, kinds[node])]
        found += [
            node
            for node, about in self.about.items()
            if kinds[node] & EXPLAINED and not is_blank(node) and _has(about, self._defining)
        ]
        if not found:
            found = [
                node
                for node, about in self.about.items()
                if not kinds[node] & NO_CONCEPTS
                and _has(about, self._labels)
                and _has(about, self._defining)
            ]
            held = [node for node in found if not any(map(HOLDING.search, kinds[node]))]
            found = held or found
        return [node for node in dict.fromkeys(found) if not _is_gone(self.about[node])]

    @cached_property
    def _subjects(self) -> list[Any]:
        said = (*self._labels, *ALIASES, *self._defining)
        return [node for node in self._declared if _has(self.about[node], said)]

    def referred(self, text: str, origin: str) -> Iterator[Fault]:
        """A fault where concepts are only referred to, as what is said of them stands elsewhere."""
        absent = [node for node in self._declared if node not in self._known]
        if absent:
            lines = rdf.lines(text, {name := last_part(absent[0])})
            message = (
                f"{len(absent)} concepts, this is the first, have neither a label nor a definition"
                " in this file: read the one that names them too."
            )
            yield Fault(origin, lines.get(name, 1), message, "warning")

    def _concept(self, node: Any, line: int) -> Concept:  # noqa: ANN401  (a node of rdflib)
        about = self.about[node]
        found = Concept(last_part(node), line, str(node), trusted=str(node).startswith(OWN))
        self._terms(node, about, found)
        used = self._definitions(about, found)
        for tag, text in (each for name in EXAMPLES for each in self._texts.of(about, name)):
            found.tongue(tag).examples += markup.paragraphs(text)
        self._notes(about, found, used)
        for language, tongue in found.tongues.items():
            tongue.category = self._category(node, language)
        for value in (each for predicate in SOURCES for each in about.get(predicate, ())):
            self._source(value, found)
        days = [str(day) for name in DAYS for day in about.get(DCT + name, ())]
        found.tongue("").updated = days[0] if days else ""
        linked = (each for name in RELATED for each in about.get(name, ()))
        found.links = [str(each) for each in linked if each in self._known]
        return found

    def _terms(self, node: Any, about: dict[str, list[Any]], found: Concept) -> None:  # noqa: ANN401
        for predicate in filter(about.__contains__, self._labels):
            had = set(found.termed)
            for tag, text in self._texts.of(about, predicate):
                tongue = found.tongue(tag)
                if (term := markup.line(text)) and not had & set(found.termed) & {found.tag(tag)}:
                    tongue.terms.append(term)
        if not found.termed:
            found.tongue("").terms += filter(None, [_HUMP.sub(" ", last_part(node)).strip()])
        for predicate in filter(about.__contains__, (*ALIASES, *self._called["synonym"])):
            for tag, text in self._texts.of(about, predicate):
                found.tongue(tag).terms += filter(None, [markup.line(text)])
        for value in about.get(f"{SKOS}notation", ()):
            code = markup.line(str(value))
            for tag in () if concepts.says_nothing(code) else found.termed:
                found.tongue(tag).terms.append(code)

    def _definitions(self, about: dict[str, list[Any]], found: Concept) -> set[tuple[str, str]]:
        """Gives each language its definition; tells which statements were used for that."""
        used: set[tuple[str, str]] = set()
        had: set[str] = set()
        is_class = bool(EXPLAINED & set(_named(about.get(TYPE, ()))))
        comment_first = self._commented > 0 if self._commented else is_class
        usual = OF_CLASSES if comment_first else OF_CONCEPTS
        order = (*DEFINED, *self._called["definition"], *usual)
        for predicate in filter(about.__contains__, order):
            new: set[str] = set()
            for tag, text in self._texts.of(about, predicate):
                if not (tag in had or "" in had or (had and not tag)):
                    found.tongue(tag).definition += markup.paragraphs(text)
                    used.add((predicate, tag))
                    new.add(tag)
            had |= new
        return used

    def _notes(
        self, about: dict[str, list[Any]], found: Concept, used: set[tuple[str, str]]
    ) -> None:
        for predicate in filter(about.__contains__, NOTES):
            kind = NOTES[predicate]
            for value in about[predicate]:
                for tag, text in self._texts.within(value):
                    if (predicate, tag) in used:
                        continue
                    own = self._texts.label(value, tag) if value in self.about else ""
                    title = own if own and own != text else concepts.heading(kind, tag)
                    name = section_name(title) if own else kind
                    said = "\n\n".join(markup.paragraphs(text))
                    known = "\n\n".join(found.tongue(tag).definition)
                    if predicate.startswith(SKOS) or said not in known:  # a comment repeats it
                        found.tongue(tag).sections.append(Section(name, title, said))

    @cached_property
    def _commented(self) -> int:
        """How many more concepts have a comment than a description: what more have defines."""
        said = [self.about[node] for node in self._subjects]
        return sum(COMMENT in about for about in said) - sum(_has(a, DESCRIBED) for a in said)

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """The file's own properties, as they are called, that define or name a concept."""
        names = {predicate: last_part(predicate) for about in self.about.values()
                 for predicate in about if predicate not in _USUAL}  # fmt: skip
        for node, about in self.about.items():
            if PROPERTIES & set(_named(about.get(TYPE, ()))):
                names[str(node)] = self._texts.label(node, "en") or last_part(node)
        found: dict[str, list[str]] = {"label": [], "definition": [], "synonym": []}
        for predicate, name in names.items():
            kind = CALLED.get(_HUMP.sub(" ", name).lower())
            found.get(kind or "", []).append(predicate)
        return found

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return (*LABELS, *self._called["label"])

    @cached_property
    def _defining(self) -> tuple[str, ...]:
        return (*OF_CONCEPTS, *self._called["definition"])

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.about)

    @cached_property
    def _known(self) -> set[Any]:
        return set(self._subjects)

    @cached_property
    def _families(self) -> Families:
        return Families(self.about, self._subjects)

    def _category(self, node: Any, language: str) -> str:  # noqa: ANN401
        labels = (self._texts.label(each, language) for each in self._families.above(node))
        return next(filter(None, labels), "")

    def _source(self, value: Any, found: Concept) -> None:  # noqa: ANN401
        about = self.about.get(value, {})

        def of(*names: str) -> str:
            return next((markup.line(str(v)) for name in names for v in about.get(name, ())), "")

        tag, text = next(self._texts.within(value), ("", "")) if is_literal(value) else ("", "")
        tag = tag or of(f"{DCT}language")
        url = "" if is_literal(value) or is_blank(value) else str(value)
        written = text or of(*LABELS[2:], LABELS[0], f"{DCT}bibliographicCitation")
        title = markup.line(written) or url
        year = of(f"{DCT}date", f"{DCT}issued")[:4]
        if title:
            found.tongue(tag).sources.append(
                {
                    "title": title,
                    "authors": of(f"{DCT}creator", f"{DC}creator"),
                    "year": int(year) if year.isascii() and year.isdigit() else None,
                    "url": url or of(f"{RDFS}seeAlso", f"{DCT}identifier"),
                }
            )


def _named(nodes: Iterable[Any]) -> Iterator[str]:
    return (str(node) for node in nodes)


def _has(about: dict[str, list[Any]], predicates: Iterable[str]) -> bool:
    return any(predicate in about for predicate in predicates)


def _is_concept(about: dict[str, list[Any]], kinds: set[str]) -> bool:
    """A concept by its type, or by a label that only SKOS has."""
    return CONCEPT in kinds or (not kinds & NO_CONCEPTS and _has(about, LABELS[:2]))


def _is_gone(about: dict[str, list[Any]]) -> bool:
    """Whether it is marked as no longer used, and so not explained."""
    gone = str(next(iter(about.get(f"{OWL}deprecated", ())), "")).lower() in (
        "true",
        "1",
    )
    return gone and not _has(about, OF_CONCEPTS)
