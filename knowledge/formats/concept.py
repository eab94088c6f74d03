"""A concept: the terms and definitions of one id in several languages, made into its entries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from knowledge.entry import BODY, EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.columns import language_of
from knowledge.formats.draft import make_entry, opening, section_name, slug
from knowledge.formats.prose import Prose, plain, prose
from knowledge.language.text import main_script, written_in

# Names that a program counts by say nothing: c12, IATE-3567, 27766_1436152, a UUID.
_COUNTED = re.compile(r"[a-z]{0,5}[-_.:]?\d+(?:[-_.:]\d+)*|(?=\D*\d)[0-9a-f-]{8,}", re.IGNORECASE)
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)")
_SENT = 5  # spaces: with more, an alias is a sentence
_BRACKETED = re.compile(r"(\S.*?)\s*[(（]([^()（）]{2,60})[)）]")


_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LINK = re.compile(r"\[([^\[\]]+)\]\(")


def source_of(line: str) -> dict[str, Any]:
    """A source from a line of text: its address, if it has one, and the rest as its title."""
    found = _ADDRESS.search(line)
    if found is None:
        return {"title": line.strip()}
    address = found[0].rstrip(".,;")
    address = address if "(" in address else address.rstrip(")")
    link = _LINK.search(line)
    title = (
        link[1]
        if link
        else line.replace(address, "").replace("()", "").replace("<>", "").strip(" -–:,;")
    )
    return {"title": title or address, "url": address}


@dataclass
class Version:
    """What a concept is in one language; texts may hold HTML or Markdown, unless it is exact."""

    terms: list[str] = field(default_factory=list)
    """The term, then its aliases."""
    aliases: list[str] = field(default_factory=list)
    definition: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Headings and what stands under them."""
    sections: list[Section] = field(default_factory=list)
    """As they are to be."""
    category: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)
    updated: str = ""

    def take(self, other: "Version") -> None:
        """Takes what another holds beside terms and definition, where it has room."""
        self.aliases += other.aliases
        self.examples += other.examples
        self.notes += other.notes
        self.sections += other.sections
        self.share(other)

    def share(self, other: "Version") -> None:
        """Takes what is the same in all languages."""
        self.category = self.category or other.category
        self.sources += [each for each in other.sources if each not in self.sources]
        self.updated = max(self.updated, other.updated)


@dataclass
class Concept:
    """One concept, as a row or an element holds it."""

    name: str = ""
    """Its id, or what a program counts it by."""
    line: int = 1
    related: list[str] = field(default_factory=list)
    """What the concepts are known by that it is related to: names, or terms."""
    asked: list[str] = field(default_factory=list)
    versions: dict[str, Version] = field(default_factory=dict)
    """By language; what says none stands under the empty one."""
    exact: bool = False
    """Whether its texts are plain, and to be kept as they are."""
    trusted: bool = False
    """Whether its name is an id though it looks like a number."""

    @property
    def identified(self) -> bool:
        """Whether its name is an id."""
        return bool(self.name) and (self.trusted or not says_nothing(self.name))

    def version(self, language: str) -> Version:
        """What it is in a language."""
        tag = language_of(language) or language
        return self.versions.setdefault(tag, Version())


def says_nothing(name: str) -> bool:
    """Whether a name is one that a program counts by."""
    return _COUNTED.fullmatch(name) is not None or not any(map(str.isalpha, name))


def entries(
    concepts: Iterable[Concept], origin: str, default_language: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of concepts: one in each language in which a term is explained.

    A term in a language without a definition is an alias of the first entry. Where nothing defines
    words in two languages, they define each other. A second concept of one term and no id of its
    own that says something else is the term’s second: ``bank-2``.
    """
    found = list(concepts)
    ids: dict[str, str] = {}
    for concept in found:
        if concept.name:
            ids.setdefault(concept.name, _id(concept))
    said: dict[str, list[tuple[str, str]]] = {}
    for concept in found:
        made = list(_entries(concept, ids, origin, default_language))
        first = next((item for item in made if isinstance(item, Entry)), None)
        if first is None or concept.identified:
            yield from made
            continue
        known = said.setdefault(first.key, [])
        if (first.term, first.summary) in known:
            message = f"“{first.term}” stands here again and says the same: it was left out."
            yield Fault(origin, concept.line, message, "warning")
            continue
        known.append((first.term, first.summary))
        for item in made:
            if isinstance(item, Entry) and len(known) > 1:
                yield replace(item, id=f"{item.id}-{len(known)}")
            else:
                yield item


def _id(concept: Concept) -> str:
    if concept.identified:
        return slug(concept.name)
    terms = {language: version.terms for language, version in concept.versions.items()}
    named = [terms[language] for language in sorted(terms, key=lambda each: each[:2] != "en")]
    term = next((each[0] for each in named if each), "")
    return slug(_named(term, exact=concept.exact)[0])


def _entries(
    concept: Concept, ids: dict[str, str], origin: str, default_language: str
) -> Iterator[Entry | Fault]:
    _settle(concept)
    versions = concept.versions
    whole = {lang: v for lang, v in versions.items() if v.definition and v.terms}
    others = [term for v in versions.values() if not v.definition for term in v.terms]
    if not whole:
        named = [v for v in versions.values() if v.terms]
        term = plain(named[0].terms[0]) if named else ""
        if len(named) < 2:  # noqa: PLR2004
            lacks = f"“{term}” has no definition" if term else "has no term"
            yield Fault(origin, concept.line, f"{lacks}: give it one beside it.")
            return
        language = next(lang for lang, version in versions.items() if version.terms)
        named[0].definition = ["; ".join(v.terms[0] for v in named[1:])]
        whole, others = {language: named[0]}, [v.terms[0] for v in named[1:]]
    shared = ids.get(concept.name) or (_id(concept) if len(whole) > 1 else "")
    for number, (language, version) in enumerate(whole.items()):
        for tag, other in versions.items():
            if tag not in whole:
                version.share(other)
        told = _told(version, exact=concept.exact)
        term, besides = _named(version.terms[0], exact=concept.exact)
        aliases = [*version.aliases, *version.terms[1:], *(others if number == 0 else [])]
        names = aliases if concept.exact else [plain(each) for each in aliases]
        day = _DAY.match(version.updated)
        yield make_entry(
            {
                "term": term or None,
                "id": shared,
                "language": language,
                "aliases": [
                    *besides,
                    *(n for n in names if concept.exact or n.count(" ") <= _SENT),
                ],
                "category": plain(version.category),
                "related": [each for name in concept.related if (each := ids.get(name, name))],
                "asked": concept.asked,
                "sources": version.sources,
                "updated": _day(day[1]) if day else None,
            },
            told.sections,
            origin,
            default_language=default_language,
            links=told.links,
            line=concept.line,
        )


def _settle(concept: Concept) -> None:
    """Gives what is said in no language to those that it is for."""
    versions = concept.versions
    bare = versions.get("")
    if bare is None or len(versions) == 1:
        return
    if bare.terms and bare.definition:  # it is in a language that only its text tells
        for version in versions.values():
            version.share(bare)
        return
    versions.pop("")
    first = next(iter(versions.values()))
    home = first
    if bare.definition:  # it belongs to the language in whose letters it is
        script = main_script(plain(bare.definition[0]), brief=True)
        fitting = (v for tag, v in versions.items() if script in written_in(tag) and v.terms)
        home = next(fitting, first)
        if home.definition:
            home.notes += [("", each) for each in bare.definition]
        home.definition = home.definition or bare.definition
    home.take(bare)
    for version in versions.values():
        if version.definition and not version.terms:
            version.terms = list(bare.terms)
        version.share(bare)
    used = any(version.terms == bare.terms for version in versions.values())
    home.aliases += [] if used else bare.terms


def _told(version: Version, *, exact: bool) -> Prose:
    """What it says, in sections."""
    if exact:
        given = {section.name for section in version.sections}
        paragraphs = [part for text in version.definition for part in text.split("\n\n")]
        first = [section for section in opening(paragraphs) if section.name not in given]
        example = Section(EXAMPLE, "", "\n\n".join(version.examples))
        return Prose([*first, *version.sections, *([] if EXAMPLE in given else [example])])
    found = Prose()
    seen: set[str] = set()
    body: list[str] = []
    rest: list[Section] = []
    for text in version.definition:
        part = prose(text)
        if not part.sections or part.text in seen:
            continue
        seen.add(part.text)
        found.links += part.links
        for section in part.sections:
            if section.heading:
                rest.append(section)
            elif found.sections:
                body.append(section.text)
            else:
                found.sections.append(section)
    found.sections += [Section(BODY, "", "\n\n".join(body)), *rest]
    for heading, text in ((plain(head), text) for head, text in version.notes):
        part = prose(text)
        found.links += part.links
        found.sections.append(Section(section_name(heading), heading, part.text))
    found.sections += version.sections
    if examples := "\n\n".join(prose(each).text for each in version.examples):
        found.sections.append(Section(EXAMPLE, "", examples))
    return found


def _named(term: str, *, exact: bool) -> tuple[str, Sequence[str]]:
    """The term without initials, or a name in other letters, in brackets behind it; and these."""
    if exact:
        return term, ()
    name = plain(term)
    found = _BRACKETED.fullmatch(name)
    if found is None or not any(map(str.isalpha, found[2])):
        return name, ()
    initials = found[2].isupper() and " " not in found[2] and len(found[2]) <= len(found[1])
    elsewhere = main_script(found[2]) != main_script(found[1])
    return (found[1], (found[2],)) if initials or elsewhere else (name, ())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
