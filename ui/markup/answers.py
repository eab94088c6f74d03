"""Answers: their parts, lists and tables, how each sentence is supported, what was withheld."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from assistant.answer import Answer, Citation, Part, Sentence, table
from assistant.conversations.changes import Change
from knowledge.language.text import base, is_right_to_left
from knowledge.linking import Linker
from ui.markup.text import language_name, linked, named, number, opens, told, tongue
from ui.strings import counted, strings

_NONE: Mapping[int, Change] = {}
_NAMED = re.compile(r"(?<=[«“])([^«»“”]*)(?=[»”])")


class _Said(NamedTuple):
    """A sentence as it is shown."""

    sentence: Sentence
    markup: str
    compared: tuple[Citation, ...] | None
    """Of one that no judge has spoken on: the words that stand under it."""


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
    checking: bool = False,
) -> str:
    """An answer's parts: under each lead its sentences, each with its markers.

    ``changed`` tells what has become of the cited entries since, by marker; by the ``linker`` the
    glossary's terms are links where they first occur; ``busy`` tells that more is to come, and
    ``reading.js`` then says it to a screen reader, sentence by sentence; ``checking`` tells that a
    judge is yet to speak on what is unchecked.
    """
    words = strings(interface)
    markers = {c.marker: _marker(c, interface, changed.get(c.marker)) for c in citations}
    cited = {c.marker: c for c in citations}
    said = []
    for sentence, text in zip(sentences, _links(sentences, linker, language), strict=True):
        shown, compared = _sentence(sentence, text, markers, interface, checking=checking), None
        if sentence.support == "unchecked" and not checking:
            compared = tuple(cited[n] for n in sentence.citations if n in cited)
        said.append(_Said(sentence, shown, compared))
    body = "".join(
        _part(part, said[part.start : part.end], language, interface)
        for part in parts or (Part("", 0, len(said)),)
    )
    if any(each.compared is not None for each in said):
        note = escape(words["compare"])
        body = f'<p class="m-compare" {tongue(interface)}>{note}</p>{body}'
    elif any(each.sentence.support == "unchecked" for each in said):
        note = escape(words["checking"])
        body += f'<p class="m-checking" {tongue(interface)}><i></i>{note}</p>'
    return f'<div class="m-answer" {tongue(language)} aria-busy="{str(busy).lower()}">{body}</div>'


def withheld(sentences: Sequence[Sentence], interface: str) -> str:
    """How many sentences were kept back; it opens to show them, by itself where one was shown."""
    title = counted(interface, "withheld", len(sentences))
    title = escape(title.format(n=number(len(sentences), interface)))
    opened = " open" if any(s.support == "withdrawn" for s in sentences) else ""
    return (
        f'<details class="m-withheld"{opened}><summary class="m-note">{title}</summary>'
        f"{kept_back(sentences, interface)}</details>"
    )


def kept_back(sentences: Sequence[Sentence], interface: str) -> str:
    """Sentences that do not stand, each with the reason and the quotes."""
    return f"<ul>{''.join(f'<li>{_struck(s, interface)}</li>' for s in sentences)}</ul>"


def _struck(sentence: Sentence, interface: str) -> str:
    """A sentence that does not stand. It is the same wherever it is, so that it is said once."""
    language = sentence.language or interface
    label = escape(strings(interface)[f"struck_{sentence.support}"])
    why = f' <span class="m-why">{escape(sentence.reason)}</span>' if sentence.reason else ""
    quotes = "".join(
        f" <q {tongue(c.language)}>{escape(c.quote)} <cite>{escape(c.term)}</cite></q>"
        for c in sentence.quotes
    )
    return (
        f'<span class="m-kept" data-support="{sentence.support}" {tongue(language)}>'
        f"<b {tongue(interface)}>{label}</b> <del>{escape(sentence.text)}</del>{why}{quotes}</span>"
    )


def _part(part: Part, said: Sequence[_Said], language: str, interface: str) -> str:
    lead = _lead(part.lead)
    if not said:
        return f'<p class="m-missing">{lead}</p>' if lead else ""
    blocks = [f'<p class="m-lead">{lead}</p>'] if lead else []
    for tabular, group in groupby(said, key=lambda each: any(each.sentence.cell)):
        some = list(group)
        if tabular:
            blocks.append(_table(some, language, interface))
            continue
        for spoken, same in groupby(some, key=lambda each: each.sentence.language or language):
            block = (_list if part.listed else _prose)(list(same), interface)
            foreign = base(spoken) != base(language)
            blocks.append(_foreign(block, spoken, interface) if foreign else block)
    return f'<section class="m-part">{"".join(blocks)}</section>'


def _list(said: Sequence[_Said], interface: str) -> str:
    items = (
        f"<li>{each.markup}</li>"
        if each.compared is None
        else f'<li class="m-compared">{each.markup}{_quotes(each.compared, interface)}</li>'
        for each in said
    )
    return f"<ul>{''.join(items)}</ul>"


def _prose(said: Sequence[_Said], interface: str) -> str:
    """Sentences in a row; those to be compared with the same words in a block of their own."""
    blocks = []
    for compared, group in groupby(said, key=lambda each: each.compared):
        text = f"<p>{' '.join(each.markup for each in group)}</p>"
        if compared is not None:
            text = f'<div class="m-compared">{text}{_quotes(compared, interface)}</div>'
        blocks.append(text)
    return "".join(blocks)


def _quotes(citations: Iterable[Citation], interface: str) -> str:
    """The words that a sentence rests on, in the open, by their numbers."""
    quotes = "".join(
        f'<p {tongue(c.language)}><span class="m-numbers"><span>{number(c.marker, interface)}'
        f"</span></span> {escape(c.quote)}</p>"
        for c in citations
    )
    return f'<div class="m-quotes">{quotes}</div>'


def _table(said: Sequence[_Said], language: str, interface: str) -> str:
    """A table, in a box of its own to be scrolled in; under it what is to be compared."""
    columns, rows = table([each.sentence for each in said])
    shown = {id(each.sentence): each for each in said}

    def cell(sentence: Sentence | None) -> str:
        if sentence is None:
            return "<td></td>"
        each = shown[id(sentence)]
        spoken = sentence.language or language
        foreign = f" {tongue(spoken)}" if base(spoken) != base(language) else ""
        return f"<td{foreign}>{each.markup}</td>"

    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row)}</th>{"".join(cell(cells.get(c)) for c in columns)}</tr>'
        for row, cells in rows
    )
    title = escape(strings(interface)["table"])
    compared = dict.fromkeys(c for each in said for c in each.compared or ())
    return (
        f'<div class="m-table" role="region" aria-label="{title}" tabindex="0"><table><thead><tr>'
        f"<td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        + (_quotes(compared, interface) if compared else "")
    )


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


def _sentence(
    sentence: Sentence, text: str, markers: Mapping[int, str], interface: str, *, checking: bool
) -> str:
    if sentence.support == "withdrawn":
        return _struck(sentence, interface)
    state = "checking" if checking and sentence.support == "unchecked" else sentence.support
    cited = "".join(markers.get(n, "") for n in sentence.citations)
    return f'<span class="m-sentence" data-support="{state}"><span>{text}</span>{cited}</span>'


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
