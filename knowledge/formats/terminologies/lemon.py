"""Lemon: lexicons in RDF (OntoLex), whose words lead over their senses to what defines them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from knowledge.formats.terminologies.predicates import (
    ALIASES,
    LABELS,
    OF_CONCEPTS,
    RDFS,
    SKOS,
    TYPE,
)

_SPACES = (
    "http://www.w3.org/ns/lemon/ontolex#",
    "http://lemon-model.net/lemon#",
    "http://www.monnet-project.eu/lemon#",
)
_LEADS = ("sense", "evokes", "denotes", "isLexicalizedSenseOf", "reference", "definition")
"""From a word to its senses, and from either to what is meant or said."""
_COMES = ("isSenseOf", "isEvokedBy", "isDenotedBy", "lexicalizedSense", "isReferenceOf")
"""The same ways, as they are told from their other end."""
_FURTHEST = 3  # steps: a sense, its concept, the node that holds the text
_MOST = 100  # nodes that a word leads to in one step: each is looked at for each word
_WORDS = {f"{space}{name}" for space in _SPACES
          for name in ("LexicalEntry", "Word", "MultiwordExpression")}  # fmt: skip

About = dict[Any, dict[str, list[Any]]]


def gather(about: About) -> None:
    """Gives each word of a lexicon its name and its definition, as a concept of SKOS has them.

    A concept that has a name takes the word for another; one without is but what the word means.
    """
    lexicon = _Lexicon(about)
    for word in lexicon.words:
        names = lexicon.names(word)
        meant = [node for node in lexicon.meant(word) if _says(about.get(node, {}))]
        named = [node for node in meant if any(map(about[node].__contains__, LABELS))]
        for node in named:
            about[node].setdefault(ALIASES[0], []).extend(names)
        told = [node for node in meant if node not in named]
        if named and not told:
            for label in LABELS:
                about[word].pop(label, None)
            continue
        about[word][LABELS[0]] = names
        definitions = (text for node in told for text in _texts(about[node]))
        about[word].setdefault(f"{SKOS}definition", []).extend(definitions)
        lexicon.used.update(told)
    for node in lexicon.used:
        del about[node]


@dataclass
class _Lexicon:
    """The words of a file, and the ways from them."""

    about: About
    used: set[Any] = field(default_factory=set)
    """What was but the meaning of a word."""

    def __post_init__(self) -> None:
        self._back: dict[Any, list[Any]] = {}
        for node, said in self.about.items():
            for start in _of(said, _COMES):
                self._back.setdefault(start, []).append(node)

    @property
    def words(self) -> list[Any]:
        """What is a word by its type or its form, and leads to a sense or a meaning."""
        return [
            node
            for node, said in self.about.items()
            if (_forms(said) or _WORDS & {*map(str, said.get(TYPE, ()))})
            and (node in self._back or any(True for _ in _of(said, _LEADS)))
        ]

    def names(self, word: Any) -> list[Any]:  # noqa: ANN401  (here and below: nodes of rdflib)
        """How a word is written."""
        found: list[Any] = []
        for form in _forms(self.about[word]):
            within = self.about.get(form, {})
            found += [*_of(within, ("writtenRep",)), *within.get(f"{RDFS}label", ())] or [form]
        labels = (self.about[word][name] for name in LABELS if name in self.about[word])
        return found or [*next(labels, [])]

    def meant(self, word: Any) -> list[Any]:  # noqa: ANN401
        """All that a word leads to, the nearest first."""
        found: dict[Any, None] = {}
        reached = [word]
        for _ in range(_FURTHEST):
            reached = [
                node
                for each in reached
                for node in (*_of(self.about.get(each, {}), _LEADS), *self._back.get(each, ()))
                if node not in found
            ][:_MOST]
            found |= dict.fromkeys(reached)
        return [*found]


def _forms(said: dict[str, list[Any]]) -> list[Any]:
    return [*_of(said, ("canonicalForm", "writtenRep"))]


def _of(said: dict[str, list[Any]], names: Iterable[str]) -> Iterator[Any]:
    return (
        value for name in names for space in _SPACES for value in said.get(f"{space}{name}", ())
    )


def _texts(said: dict[str, list[Any]]) -> list[Any]:
    """What defines it."""
    held = next((said[name] for name in OF_CONCEPTS if name in said), [])
    return held or [*_of(said, ("value",))]


def _says(said: dict[str, list[Any]]) -> bool:
    return bool(_texts(said))
