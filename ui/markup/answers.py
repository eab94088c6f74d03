"""Answers: their parts, lists, quotations in another language, and what was withheld."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.answer import Citation, Part, Sentence
from assistant.conversations.changes import Change
from knowledge.language import base
from ui.markup.text import language_name, number, opens, tongue
from ui.strings import counted, strings

_NONE: Mapping[int, Change] = {}
_NAMED = re.compile(r"(?<=[«“])([^«»“”]*)(?=[»”])")


def answer(  # noqa: PLR0913  (all that an answer is made of)
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    parts: Sequence[Part],
    language: str,
    interface: str,
    *,
    changed: Mapping[int, Change] = _NONE,
) -> str:
    """An answer's parts: under each lead its sentences, each with its markers.

    ``changed`` tells what has become of the cited entries since, by marker.
    """
    markers = {c.marker: _marker(c, interface, changed.get(c.marker)) for c in citations}
    shown = parts or (Part("", 0, len(sentences)),)
    body = "".join(
        _part(part, sentences[part.start : part.end], markers, language, interface)
        for part in shown
    )
    return f'<div class="m-answer" {tongue(language)} aria-live="polite">{body}</div>'


def withheld(sentences: Sequence[Sentence], interface: str) -> str:
    """How many sentences were withheld; it opens to show them."""
    title = counted(interface, "withheld", len(sentences))
    title = escape(title.format(n=number(len(sentences), interface)))
    items = "".join(
        f"<li {tongue(s.language or interface)}>{_unsupported(s.text, interface)}</li>"
        for s in sentences
    )
    return (
        f'<details class="m-withheld"><summary class="m-note">{title}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _part(
    part: Part,
    sentences: Sequence[Sentence],
    markers: Mapping[int, str],
    language: str,
    interface: str,
) -> str:
    lead = _lead(part.lead)
    if not sentences:
        return f'<p class="m-missing">{lead}</p>' if lead else ""
    blocks = [f'<p class="m-lead">{lead}</p>'] if lead else []
    for spoken, group in groupby(sentences, key=lambda s: s.language or language):
        texts = [_sentence(sentence, markers, interface) for sentence in group]
        block = f"<p>{' '.join(texts)}</p>"
        if part.listed:
            block = f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"
        foreign = base(spoken) != base(language)
        blocks.append(_foreign(block, spoken, interface) if foreign else block)
    return f'<section class="m-part">{"".join(blocks)}</section>'


def _lead(text: str) -> str:
    """A line of the assistant's own; a term that it names keeps its direction to itself."""
    return "".join(
        f"<bdi>{escape(piece)}</bdi>" if n % 2 else escape(piece)
        for n, piece in enumerate(_NAMED.split(text))
    )


def _foreign(block: str, language: str, interface: str) -> str:
    """A quotation in another language than the answer's, in its own direction."""
    name = escape(language_name(language, interface))
    return (
        f'<blockquote class="m-foreign" {tongue(language)}>'
        f'<p class="m-tongue" {tongue(interface)}>{name}</p>{block}</blockquote>'
    )


def _sentence(sentence: Sentence, markers: Mapping[int, str], interface: str) -> str:
    text = escape(sentence.text)
    if sentence.support == "unsupported":
        text = _unsupported(sentence.text, interface)
    cited = "".join(markers.get(n, "") for n in sentence.citations)
    return f'<span class="m-sentence" data-support="{sentence.support}">{text}{cited}</span>'


def _unsupported(text: str, interface: str) -> str:
    """A sentence that is not borne out: a mark for the eye, and words for the ear."""
    said = escape(strings(interface)["unsupported"])
    return (
        f'<span class="m-unsupported">{escape(text)}</span>'
        f'<span class="m-hidden" {tongue(interface)}> {said}</span>'
    )


def _marker(citation: Citation, interface: str, change: Change | None) -> str:
    shown = number(citation.marker, interface)
    if change == "gone":
        return f'<span class="m-marker"><span>{shown}</span></span>'
    label = strings(interface)["marker_label"].format(n=shown, term=citation.term)
    target = opens(citation, whole=change is not None)
    return (
        f'<button type="button" class="m-marker" {target} aria-label="{escape(label)}">'
        f"<span>{shown}</span></button>"
    )
