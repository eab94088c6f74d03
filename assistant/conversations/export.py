"""Export: a conversation as Markdown that reads as it was read, and as JSON that holds it all.

And one answer with its sources, to be copied elsewhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from babel.dates import format_datetime

from assistant.answer import Answer, Citation, Sentence, joined, laid_out, marked
from assistant.conversations.conversation import Conversation
from knowledge.language.text import base, is_right_to_left
from knowledge.resources import resource

if TYPE_CHECKING:
    from assistant.conversations.tables import NoteRow

_SIGNS = re.compile(r"[\\`*_\[\]<>#|~&$]")  # what Markdown and its dialects read as their own
_SIGN_AT_START = re.compile(r"^(\d*)([-+=:.)])")  # a list, a rule, a heading underlined


def as_markdown(conversation: Conversation) -> str:
    """A conversation to be read."""
    first = conversation.turns[0].answer.language if conversation.turns else "en"
    words = labels(first)
    title = f"# {_literal(conversation.title) or words['untitled']}"
    blocks = [(first, f"{title}\n\n{_date(conversation.created_at, words)}")]
    blocks += (_block(turn.answer, turn.asked_at) for turn in conversation.turns)
    return _document(blocks)


def notes_as_markdown(notes: Sequence["NoteRow"], title: str) -> str:
    """A reader's notes under a title, each with its question and sources."""
    blocks = [(notes[0].answer.language if notes else "en", f"# {_literal(title)}")]
    return _document([*blocks, *(_block(note.answer, note.made_at) for note in notes)])


def _document(blocks: Sequence[tuple[str, str]]) -> str:
    parts = []
    for language, same in groupby(blocks, key=lambda block: block[0]):
        text = "\n\n".join(text for _, text in same)
        if is_right_to_left(language):
            text = f'<div dir="rtl" lang="{escape(language)}">\n\n{text}\n\n</div>'
        parts.append(text)
    return "\n\n".join(parts) + "\n"


def as_json(conversation: Conversation) -> dict[str, Any]:
    """All that is kept of a conversation but its reader, ready for ``json.dumps``."""
    turns = []
    for turn in conversation.turns:
        given = turn.feedback
        said = given and {**asdict(given), "given_at": given.given_at.isoformat()}
        turns.append(
            {
                "id": turn.id,
                "asked_at": turn.asked_at.isoformat(),
                "answer": turn.answer.as_json(),
                "evidence": list(map(asdict, turn.traces)),
                "feedback": said,
                "variant": turn.variant,
                "other_variants": list(turn.others),
            }
        )
    times = {name: getattr(conversation, name).isoformat() for name in ("created_at", "changed_at")}
    return {"id": conversation.id, "title": conversation.title, **times, "turns": turns}


def _block(answer: Answer, when: datetime) -> tuple[str, str]:
    """A question with its answer, and the language that it is in."""
    words = labels(answer.language)
    asked = words["question"].format(text=_literal(answer.question))
    blocks = [f"## {asked}", _date(when, words)]
    if answer.is_reworded:
        understood = words["understood"].format(text=_literal(answer.understood))
        blocks.append(f"*{understood}*")
    if answer.notice:
        blocks.append(f"*{words['notice']}*")
    blocks += _parts(answer)
    if answer.status == "unfinished":
        blocks.append(f"*{words['unfinished']}*")
    if answer.writer == "explain" and answer.sentences:
        blocks.append(f"*{words['explained'].format(model=_literal(answer.model))}*")
    if any(sentence.support == "unchecked" for sentence in answer.sentences):
        blocks.append(f"*{words['unchecked']}*")
    if answer.withheld:
        blocks.append(f"*{words['withheld'].format(n=len(answer.withheld))}*")
    if answer.citations:
        shown = partial(_isolated, around=answer.language)
        sources = "\n".join(f"- {_source(c, words, shown)}" for c in answer.citations)
        blocks += [f"**{words['sources']}**", sources]
    return answer.language, "\n\n".join(blocks)


def answer_as_text(answer: Answer) -> str:
    """An answer as plain text: its sentences with their markers, and the words they rest on."""
    words = labels(answer.language)
    is_unchecked = any(sentence.support == "unchecked" for sentence in answer.sentences)

    def said(sentence: Sentence) -> str:
        return marked(sentence) + "°" * (sentence.support == "unchecked")

    lines = [joined(answer.parts, answer.sentences, said) or answer.text]
    lines += [words["unchecked"]] * is_unchecked
    if answer.citations:
        sources = (_source(c, words, lambda text, _: text) for c in answer.citations)
        lines.append("\n".join([f"{words['sources']}:", *sources]))
    return "\n\n".join(lines)


def _parts(answer: Answer) -> Iterator[str]:
    """The paragraphs and lists of an answer; of one without parts, of its text."""
    if not answer.parts:
        yield from filter(None, map(_literal, answer.text.split("\n\n")))
    for part in answer.parts:
        if part.lead:
            yield _literal(part.lead)
        if sentences := answer.sentences[part.start : part.end]:
            said = partial(_sentence, around=answer.language)
            yield laid_out(sentences, said, listed=part.listed, label=_literal)


def _sentence(sentence: Sentence, around: str) -> str:
    markers = "".join(f"[{n}]" for n in sentence.citations)
    mark = "°" * (sentence.support == "unchecked")
    return f"{_isolated(sentence.text, sentence.language, around)} {markers}{mark}".strip()


def _source(citation: Citation, words: Mapping[str, Any], shown: Callable[[str, str], str]) -> str:
    """A citation as a line; ``shown`` puts a text of a language into it."""
    name = citation.section
    return str(words["source"]).format(
        marker=citation.marker,
        term=shown(citation.term, citation.language),
        section=words["sections"].get(name) or shown(name.replace("-", " "), ""),
        quote=shown(citation.quote, citation.language),
    )


def _isolated(text: str, language: str, around: str) -> str:
    """Text that keeps its own direction among words of the other."""
    literal = _literal(text)
    if not language or is_right_to_left(language) == is_right_to_left(around):
        return literal
    return f'<bdi lang="{escape(language)}">{literal}</bdi>'


def _literal(text: str) -> str:
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    return _SIGN_AT_START.sub(r"\1\\\2", line)


def _date(when: datetime, words: dict[str, Any]) -> str:
    return str(format_datetime(when, words["date"], locale=words["locale"]))


def labels(language: str) -> dict[str, Any]:
    """The words around a conversation in a language; in English where they are in no other."""
    words: dict[str, dict[str, Any]] = resource("assistant.conversations", "labels")
    return words.get(base(language), words["en"])
