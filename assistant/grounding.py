"""Grounding: which words of the cited passages bear a sentence out, if any do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.answer import Support
from assistant.writers import Draft
from knowledge.embeddings import Embedder
from knowledge.entry import Passage
from knowledge.language import Span, sentences
from knowledge.words import content_stems, fold, negations

_NAME = re.compile(r"(?<=[\w,;] )[A-Z]\w+")
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")

# A first measure, until there is a labelled set. _SHARED: the part of a claim's content stems that
# one or two sentences of the passage must share, set on tests/assistant/test_grounding.py. _COSINE:
# where the claim is in another language; of the bundled glossary's summaries every translation
# reaches 0.856 (multilingual-e5-small); of other sentences of the same entries one in fifty does.
# _LEAST: a claim of fewer content stems is a fragment, which a passage can hold by chance.
_SHARED = 0.7
_COSINE = 0.85
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage: ``passage.text[span.start:span.end]``."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text[self.span.start : self.span.end]


def ground(
    draft: Draft, language: str, given: Sequence[Passage], embedder: Embedder
) -> tuple[Support, tuple[Quote, ...]]:
    """What bears a sentence out: the passages it cites or, if it cites none, any that was given.

    ``quoted`` where it is a sentence of a passage to the letter, or two; ``supported`` where its
    numbers and names all stand in the passage, it is negated as the passage is, and most of its
    words, or across languages its sense, are there; else ``unsupported``.
    """
    for passage in draft.passages or given:
        start = passage.text.find(draft.text)
        if start >= 0 and Span(start, start + len(draft.text)) in _spans(passage):
            return "quoted", (Quote(passage, Span(start, start + len(draft.text))),)
    if len(set(content_stems(draft.text, language))) < _LEAST:
        return "unsupported", ()
    quotes = [
        quote
        for passage in (draft.passages or given)
        if (quote := _support(draft.text, language, passage, embedder))
    ]
    return (
        ("supported", tuple(quotes[: len(draft.passages) or 1])) if quotes else ("unsupported", ())
    )


def _support(claim: str, language: str, passage: Passage, embedder: Embedder) -> Quote | None:
    """The sentence of a passage, or two that follow each other, that best bear a claim out."""
    source = f"{passage.term} {passage.text}"
    if not (_numbers(claim) <= _numbers(source) and _names(claim) <= _words(source)):
        return None
    spans = _spans(passage)
    if language.partition("-")[0] == passage.language.partition("-")[0]:
        stems = set(content_stems(claim, language))
        context = set(content_stems(passage.term, passage.language))
        shares = [
            len(stems & (context | set(content_stems(_text(passage, s), passage.language))))
            for s in spans
        ]
        best = int(np.argmax(np.array(shares) - 0.001 * np.array([s.end - s.start for s in spans])))
        turned = (
            negations(claim, language) % 2 != negations(_text(passage, spans[best]), language) % 2
        )
        return (
            None if turned or shares[best] / len(stems) < _SHARED else Quote(passage, spans[best])
        )
    vectors = np.array(embedder.passages([claim, *(_text(passage, span) for span in spans)]))
    cosines = vectors[1:] @ vectors[0] / np.linalg.norm(vectors[1:], axis=1)
    cosines /= np.linalg.norm(vectors[0])
    best = int(np.argmax(cosines))
    return Quote(passage, spans[best]) if cosines[best] >= _COSINE else None


def _spans(passage: Passage) -> list[Span]:
    single = sentences(passage.text, passage.language)
    pairs = [Span(a.start, b.end) for a, b in pairwise(single)]
    return single + pairs


def _text(passage: Passage, span: Span) -> str:
    return passage.text[span.start : span.end]


def _names(text: str) -> set[str]:
    """The capitalised words of a text that no sentence begins with: names, for the most part."""
    return {fold(name) for name in _NAME.findall(text)}


def _words(text: str) -> set[str]:
    return set(fold(text).split())


def _numbers(text: str) -> set[str]:
    """The numbers of a text in Western digits, without separators of thousands."""
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    return {n.replace(",", "").replace("٬", "").replace("٫", ".") for n in _NUMBER.findall(plain)}
