"""Names: where a question mentions a term or an alias of the glossary, in either language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.glossary import Glossary
from knowledge.language import Span, fold, function_words, is_aspect, stem

_MOST_WORDS = 12  # no name is longer; a longer one is found by its vectors alone


class Mention(NamedTuple):
    """A name of some entries in a question; ``words`` counts folded words, not characters."""

    entry_ids: tuple[str, ...]
    words: Span
    exact: bool
    """By the letters (case, marks and spelling variants aside), not by the stems alone."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The names in a question, in its order, and how much of the question they are."""

    found: tuple[Mention, ...]
    coverage: float
    """The part of the words for its subject that stand in a name, 0 to 1."""

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """The ids mentioned, each once, in the question's order."""
        return tuple(dict.fromkeys(i for mention in self.found for i in mention.entry_ids))


class Names:
    """Every term and alias, by its folded letters and by its stems."""

    def __init__(self, glossary: Glossary) -> None:
        self._exact = glossary.named
        stems: dict[str, dict[str, None]] = {}
        for entry in glossary.entries:
            for name in entry.names:
                key = " ".join(stem(word, entry.language) for word in fold(name).split())
                stems.setdefault(key, {})[entry.id] = None
        self._stems = {key: tuple(ids) for key, ids in stems.items() if key}
        self._longer: dict[str, list[frozenset[str]]] = {}
        for key in self._stems:
            whole = frozenset(key.split())
            for part in whole if len(whole) > 1 else ():
                self._longer.setdefault(part, []).append(whole)

    def is_part(self, stems: Sequence[str]) -> bool:
        """Whether stems make up a part, and no more, of some name, as “AI” does of “AI agent”."""
        return bool(stems) and any(set(stems) < name for name in self._longer.get(stems[0], ()))

    def find(self, text: str, language: str) -> Mentions:
        """The names in a text: the longest first, none within another."""
        words = fold(text).split()
        stems = [stem(word, language) for word in words]
        stop = function_words(language)
        taken: set[int] = set()
        found: list[Mention] = []
        for length in range(min(len(words), _MOST_WORDS), 0, -1):
            for start in range(len(words) - length + 1):
                span = range(start, start + length)
                if taken.intersection(span) or all(words[n] in stop for n in span):
                    continue
                exact = self._exact.get(" ".join(words[start : start + length]))
                ids = exact or self._stems.get(" ".join(stems[start : start + length]))
                if ids:
                    taken.update(span)
                    found.append(Mention(ids, Span(start, start + length), exact is not None))
        content = [
            n
            for n, word in enumerate(words)
            if n in taken or not (word in stop or is_aspect(word, language))
        ]
        coverage = sum(n in taken for n in content) / len(content) if content else 0.0
        return Mentions(tuple(sorted(found, key=lambda m: m.words)), coverage)
