"""Answers: their sentences as lists, prose and tables, their sources, and what was withheld."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from assistant.answer import Answer, Citation, Nearest, Part, Sentence, table
from assistant.conversations.conversation import Change
from knowledge.blocks import Block
from knowledge.entry import paragraphs
from knowledge.exports.templates import cited as in_one_line
from knowledge.glossary import Glossary
from knowledge.language.direction import isolate_runs, split
from knowledge.language.text import Span, base
from knowledge.linking import Linker
from ui.markup.entries import Card, Linked, definition, linked
from ui.strings import strings
from ui.templates import direction, on_the_web, render, section_title

_NONE: Mapping[int, Change] = {}
_AROUND = 240  # characters on either side of what is cited, on its card
_MOST_SOURCES = 3
_TOLD = 8  # items of a list that are told by a sentence; of more, there are their names
_NAMED = re.compile(r"(?<=[«“])([^«»“”]*)(?=[»”])")  # a term in a line of the assistant's own


class ShownSentence(NamedTuple):
    """A sentence as it is shown."""

    sentence: Sentence
    language: str
    state: str  # its support, or that it is being checked
    pieces: Linked
    cited: Sequence[tuple[Citation, Change | None, Card]]
    compared: tuple[Citation, ...] | None  # the words under it, where no judge has spoken
    block: Block | None  # what is drawn of the entry where it is cited; once in an answer
    is_formula: bool  # whether that stands in place of its words


def answer(  # noqa: PLR0913  (all that is told of it)
    shown: Answer,
    interface: str,
    *,
    changed: Mapping[int, Change] = _NONE,
    glossary: Glossary | None = None,
    linker: Linker | None = None,
    busy: bool = False,
    checking: bool = False,
) -> Markup:
    """An answer's parts: under each lead its sentences, each with its markers.

    ``changed`` tells what has become of the cited entries since, by marker; of those that stand in
    the ``glossary``, the figures and formulas cited are drawn; by the ``linker`` the
    glossary's terms are links where they first occur; ``busy`` tells that more is to come, and
    ``reading.js`` then says it to a screen reader, sentence by sentence; ``checking`` tells that a
    judge is yet to speak on what is unchecked.
    """
    cited = {
        c.marker: (c, changed.get(c.marker), _card(c, changed.get(c.marker), glossary, interface))
        for c in shown.citations
    }
    said = list(_sentences(shown, cited, glossary, linker, interface, checking=checking))
    compare = any(each.compared is not None for each in said)
    return render(
        "answer#answer",
        interface,
        parts=[
            (
                split(part.lead, ((*found.span(), True) for found in _NAMED.finditer(part.lead))),
                _blocks(part, said[part.start : part.end], shown.language),
            )
            for part in shown.parts or (Part("", 0, len(said)),)
        ],
        language=shown.language,
        writer=shown.writer,
        busy=busy,
        compare=compare,
        checking=not compare and any(s.support == "unchecked" for s in shown.sentences),
    )


def _sentences(  # noqa: PLR0913  (as above)
    shown: Answer,
    cited: Mapping[int, tuple[Citation, Change | None, Card]],
    glossary: Glossary | None,
    linker: Linker | None,
    interface: str,
    *,
    checking: bool,
) -> Iterator[ShownSentence]:
    """Each sentence, an entry linked where its name is first, a block where it is first cited."""
    already: set[str] = set()
    drawn: set[Block | None] = {None}
    for sentence in shown.sentences:
        spoken = sentence.language or shown.language
        links = linker.find(sentence.text, spoken, frozenset(already)) if linker else ()
        already.update(link.entry_id for link in links)
        rests_on = tuple(cited[n] for n in sentence.citations if n in cited)
        unchecked = sentence.support == "unchecked"
        blocks = (_block(c, glossary) for c, change, _ in rests_on if glossary and change is None)
        block = next((each for each in blocks if each not in drawn), None)
        drawn.add(block)
        yield ShownSentence(
            sentence,
            spoken,
            "checking" if unchecked and checking else sentence.support,
            linked(sentence.text, links, partial(definition, linker, spoken, interface)),
            rests_on,
            tuple(c for c, *_ in rests_on) if unchecked and not checking else None,
            block,
            block is not None and block.text == sentence.text,
        )


def _card(
    citation: Citation, change: Change | None, glossary: Glossary | None, interface: str
) -> Card:
    """The words cited as they stand; of an entry that has changed since, they alone."""
    found = glossary.get(citation.entry_id, citation.language) if glossary else None
    entry = found if found and found.language == citation.language and not change else None
    text = entry.text(citation.section) if entry else citation.quote
    start, end = (citation.start, citation.end) if entry else (0, len(text))
    first, last = next((p for p in paragraphs(text) if p.start <= start < p.end), (start, end))
    before, quote, after = (
        isolate_runs(text, span)
        for span in (Span(first, start), Span(start, end), Span(end, max(last, end)))
    )
    return {
        "term": citation.term,
        "place": section_title(entry, citation.section, interface)
        if entry
        else strings(interface).get(f"section_{citation.section}", ""),
        "before": _shortened(before[::-1])[::-1],
        "quote": quote,
        "after": _shortened(after),
        "sources": [
            {"text": in_one_line(source), "url": source.url if on_the_web(source.url) else ""}
            for source in (entry.sources if entry else ())[:_MOST_SOURCES]
        ],
        "lang": citation.language,
        "dir": direction(citation.language),
    }


def _shortened(text: str) -> str:
    """As much of what is around the cited words as a card has room for."""
    return text if len(text) <= _AROUND else text[: text.rfind(" ", 0, _AROUND)] + " …"


def _block(citation: Citation, glossary: Glossary) -> Block | None:
    """The block that a citation's words are; or that they introduce, if it has no own caption."""
    entry = glossary.get(citation.entry_id, citation.language)
    if entry is None or entry.language != citation.language:
        return None
    section = next((s for s in entry.sections if s.name == citation.section), None)
    if section is None:
        return None
    own, end = section.block_at(citation.start), citation.end
    after = section.block_at(end + 2) if section.text[end : end + 2] == "\n\n" else None
    return own or (after if after and not after.has_caption else None)


def _blocks(part: Part, said: Sequence[ShownSentence], language: str) -> list[dict[str, Any]]:
    """Sentences that stand together: those of a table, and of a list or a paragraph by language.

    Among these, what is to be compared with the same words is a group of its own.
    """
    blocks: list[dict[str, Any]] = []
    for tabular, group in groupby(said, key=lambda each: any(each.sentence.cell)):
        if tabular:
            blocks.append(_table(list(group)))
            continue
        for spoken, same in groupby(group, key=lambda each: each.language):
            own = list(same)
            groups = [(words, list(g)) for words, g in groupby(own, lambda s: s.compared)]
            foreign = spoken if base(spoken) != base(language) else ""
            kind = "list" if part.listed else "prose"
            if part.listed and len(own) > _TOLD and all(s.state == "quoted" for s in own):
                kind = "terms"
            blocks.append({"kind": kind, "said": own, "foreign": foreign, "groups": groups})
            blocks[-1]["tag"] = "ol" if part.listed == "numbered" else "ul"
    return blocks


def _table(said: Sequence[ShownSentence]) -> dict[str, Any]:
    columns, rows = table([each.sentence for each in said])
    shown = {id(each.sentence): each for each in said}
    return {
        "kind": "table",
        "said": said,
        "foreign": "",
        "columns": columns,
        "rows": [(row, [shown.get(id(cells.get(c))) for c in columns]) for row, cells in rows],
        "compared": list(dict.fromkeys(c for each in said for c in each.compared or ())),
    }


def missing(answer: Answer, interface: str, *, noted: bool) -> Markup:
    """That the glossary does not answer; ``noted``, whether its owner will see the question.

    The nearest terms are links where it names them.
    """
    spans, start = list[tuple[int, int, Nearest]](), 0
    for near in answer.nearest:
        at = answer.text.find(near.term, start)
        if at >= 0:
            start = at + len(near.term)
            spans.append((at, start, near))
    pieces = split(answer.text, spans)
    return render("answer#missing", interface, pieces=pieces, language=answer.language, noted=noted)


def sources(
    answer: Answer, glossary: Glossary, interface: str, changed: Mapping[int, Change] = _NONE
) -> Markup:
    """The entries cited, with the numbers; of one that is another now, the words as cited."""
    by_entry: dict[tuple[str, str], list[Citation]] = {}
    for citation in sorted(answer.citations, key=lambda c: c.marker):
        by_entry.setdefault((citation.entry_id, citation.language), []).append(citation)
    cards = [
        (cited, glossary.get(*place), changed.get(cited[0].marker))
        for place, cited in by_entry.items()
    ]
    return render("sources", interface, cards=cards)
