"""Answers: their sentences as lists, prose and tables, their sources, and what was withheld."""

import re
from collections.abc import Mapping, Sequence
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
from ui.markup.entries import Card, Context, Linked, definition, linked
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

    @property
    def is_formula(self) -> bool:
        """Whether what is drawn stands in place of its words."""
        return self.block is not None and self.block.text == self.sentence.text


def answer(
    to: Context,
    shown: Answer,
    changed: Mapping[int, Change] = _NONE,
    *,
    busy: bool = False,
    checking: bool = False,
) -> Markup:
    """An answer's parts: under each lead its sentences, each with its markers.

    ``changed`` tells what has become of the cited entries since, by marker; of those that stand in
    the glossary, the figures and formulas cited are drawn, and its terms are links where they
    first occur; ``busy`` tells that more is to come, and ``reading.js`` then says it to a screen
    reader, sentence by sentence; ``checking`` tells that a judge is yet to speak on what is
    unchecked.
    """
    cited = {
        c.marker: (c, changed.get(c.marker), _card(to, c, changed.get(c.marker)))
        for c in shown.citations
    }
    said, linked_already, drawn = list[ShownSentence](), set[str](), set[Block | None]({None})
    for sentence in shown.sentences:
        spoken, unchecked = sentence.language or shown.language, sentence.support == "unchecked"
        links = to.linker.find(sentence.text, spoken, linked_already) if to.linker else ()
        linked_already.update(link.entry_id for link in links)
        rests_on = tuple(cited[n] for n in sentence.citations if n in cited)
        blocks = (_block(c, to.glossary) for c, change, _ in rests_on if change is None)
        block = next((each for each in blocks if each not in drawn), None)
        drawn.add(block)
        each = ShownSentence(
            sentence,
            spoken,
            "checking" if unchecked and checking else sentence.support,
            linked(sentence.text, links, partial(definition, to, spoken)),
            rests_on,
            tuple(c for c, *_ in rests_on) if unchecked and not checking else None,
            block,
        )
        said.append(each)
    compare = any(each.compared is not None for each in said)
    parts = [
        (
            split(part.lead, ((*found.span(), True) for found in _NAMED.finditer(part.lead))),
            _blocks(part, said[part.start : part.end], shown.language),
        )
        for part in shown.parts or (Part("", 0, len(said)),)
    ]
    return render(
        "answer#answer",
        to.language,
        parts=parts,
        language=shown.language,
        writer=shown.writer,
        busy=busy,
        compare=compare,
        checking=not compare and any(s.support == "unchecked" for s in shown.sentences),
    )


def _card(to: Context, citation: Citation, change: Change | None) -> Card:
    """The words cited as they stand; of an entry that has changed since, they alone."""
    found = to.glossary.get(citation.entry_id, citation.language)
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
        "place": section_title(entry, citation.section, to.language)
        if entry
        else strings(to.language).get(f"section_{citation.section}", ""),
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
    kind, tag = ("list" if part.listed else "prose"), "ol" if part.listed == "numbered" else "ul"
    for tabular, group in groupby(said, key=lambda each: any(each.sentence.cell)):
        if tabular:
            cells = list(group)
            shown = {id(each.sentence): each for each in cells}
            columns, rows = table([each.sentence for each in cells])
            shown_rows = [(row, [shown.get(id(of.get(c))) for c in columns]) for row, of in rows]
            compared = list(dict.fromkeys(c for each in cells for c in each.compared or ()))
            block = {"kind": "table", "said": cells, "foreign": "", "columns": columns}
            blocks.append({**block, "rows": shown_rows, "compared": compared})
            continue
        for spoken, same in groupby(group, key=lambda each: each.language):
            own = list(same)
            groups = [(words, list(g)) for words, g in groupby(own, lambda s: s.compared)]
            foreign = spoken if base(spoken) != base(language) else ""
            names = part.listed and len(own) > _TOLD and all(s.state == "quoted" for s in own)
            block = {"kind": "terms" if names else kind, "said": own, "foreign": foreign}
            blocks.append({**block, "groups": groups, "tag": tag})
    return blocks


def missing(to: Context, answer: Answer, *, noted: bool) -> Markup:
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
    values = {"pieces": pieces, "language": answer.language, "noted": noted}
    return render("answer#missing", to.language, **values)


def sources(to: Context, answer: Answer, changed: Mapping[int, Change] = _NONE) -> Markup:
    """The entries cited, with the numbers; of one that is another now, the words as cited."""
    by_entry: dict[tuple[str, str], list[Citation]] = {}
    for citation in sorted(answer.citations, key=lambda c: c.marker):
        by_entry.setdefault((citation.entry_id, citation.language), []).append(citation)
    cards = [
        (cited, to.glossary.get(*place), changed.get(cited[0].marker))
        for place, cited in by_entry.items()
    ]
    return render("sources", to.language, cards=cards)
