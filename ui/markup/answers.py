"""Answers: their parts, lists, quotations in another language, and what was withheld."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.answer import Answer, Citation, Part, Sentence
from assistant.conversations.changes import Change
from knowledge.language import base, is_right_to_left
from knowledge.mentions import Linker
from ui.markup.text import language_name, linked, named, number, opens, told, tongue
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
    linker: Linker | None = None,
    busy: bool = False,
) -> str:
    """An answer's parts: under each lead its sentences, each with its markers.

    ``changed`` tells what has become of the cited entries since, by marker; by the ``linker`` the
    glossary's terms are links where they first occur; ``busy`` tells that more is to come, and
    ``reading.js`` then says it to a screen reader, sentence by sentence.
    """
    markers = {c.marker: _marker(c, interface, changed.get(c.marker)) for c in citations}
    texts = [
        _sentence(sentence, text, markers, interface)
        for sentence, text in zip(sentences, _links(sentences, linker, language), strict=True)
    ]
    body = "".join(
        _part(part, sentences[part.start : part.end], texts[part.start :], language, interface)
        for part in parts or (Part("", 0, len(sentences)),)
    )
    return f'<div class="m-answer" {tongue(language)} aria-busy="{str(busy).lower()}">{body}</div>'


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
    texts: Sequence[str],
    language: str,
    interface: str,
) -> str:
    lead = _lead(part.lead)
    if not sentences:
        return f'<p class="m-missing">{lead}</p>' if lead else ""
    blocks = [f'<p class="m-lead">{lead}</p>'] if lead else []
    pairs = zip(sentences, texts, strict=False)
    for spoken, group in groupby(pairs, key=lambda pair: pair[0].language or language):
        said = [text for _, text in group]
        block = f"<p>{' '.join(said)}</p>"
        if part.listed:
            block = f"<ul>{''.join(f'<li>{text}</li>' for text in said)}</ul>"
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


def _links(sentences: Sequence[Sentence], linker: Linker | None, language: str) -> Iterator[str]:
    """Each sentence as markup, an entry linked where its name is first."""
    already: set[str] = set()
    for sentence in sentences:
        spoken = sentence.language or language
        found = linker.find(sentence.text, spoken, frozenset(already)) if linker else ()
        already.update(link.entry_id for link in found)
        yield linked(sentence.text, found, spoken)


def _sentence(sentence: Sentence, text: str, markers: Mapping[int, str], interface: str) -> str:
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
    """The number of a citation: a link to its entry, with a card for the pointer (cards.js)."""
    shown = number(citation.marker, interface)
    place = f'data-n="{citation.marker}"'
    if change == "gone":
        return f'<span class="m-marker" {place}><span>{shown}</span></span>'
    said = strings(interface)["marker_label"].format(n=shown, term=citation.term)
    target = opens(citation, whole=change is not None)
    return (
        f'<a class="m-marker" {place} {target} {_card(citation, interface)}'
        f' aria-label="{named(said)}"><span>{shown}</span></a>'
    )


def _card(citation: Citation, interface: str) -> str:
    card = {
        "term": citation.term,
        "place": strings(interface).get(f"section_{citation.section}")
        or citation.section.replace("-", " "),
        "quote": citation.quote,
        "lang": citation.language,
        "dir": "rtl" if is_right_to_left(citation.language) else "ltr",
    }
    return f'data-card="{told(card)}"'


def missing(answer: Answer, interface: str, *, noted: bool) -> str:
    """That the glossary does not answer; ``noted``, whether its owner will see the question."""
    said = strings(interface)["gap_noted"]
    note = f'<p class="m-note" {tongue(interface)}>{escape(said)}</p>' if noted else ""
    text = _parted(answer.text, [near.term for near in answer.nearest])
    return f'<div class="m-answer m-absent" {tongue(answer.language)}><p>{text}</p>{note}</div>'


def _parted(text: str, terms: Sequence[str]) -> str:
    """A text that lists terms: those of the other direction do not run into one."""
    markup, start = "", 0
    for term in terms:
        at = text.find(term, start)
        if at >= 0:
            markup += f"{escape(text[start:at])}<bdi>{escape(term)}</bdi>"
            start = at + len(term)
    return markup + escape(text[start:])


def searching(interface: str) -> str:
    """What stands where an answer is going to be."""
    said = escape(strings(interface)["searching"])
    return f'<p class="m-note m-searching" role="status"><i></i>{said}</p>'
