"""A lesson on paper: a sheet to hand out, and the answers on one of their own."""

from functools import partial
from typing import Any

from assistant.classroom.lesson import (
    Item,
    Lesson,
    LessonMaker,
    number,
    place,
    told_minutes,
    words,
)
from knowledge.exports import pdf
from knowledge.glossary import Glossary

_RULES = {"discussion": 2}  # lines to write an answer on: of other parts, one
_ROW: dict[str, Any] = {
    "number": "", "question": "", "options": [], "said": {"lines": []}, "below": "", "rules": 0,
    "source": "",
}  # fmt: skip


def sheet(glossary: Glossary, *lessons: Lesson) -> bytes:
    """A PDF (A4) of lessons one after another; ExportError where it cannot be made."""
    return pdf.compiled({"documents": [_document(each, glossary) for each in lessons]}, "sheet.typ")


def in_other_languages(lesson: Lesson, maker: LessonMaker) -> list[Lesson]:
    """Lessons on the same term in the glossary's other languages, as long, made anew."""
    entries = maker.glossary.versions(lesson.entry_id)
    return [maker.make(e, lesson.minutes) for e in entries if e.language != lesson.language]


def _document(lesson: Lesson, glossary: Glossary) -> dict[str, Any]:
    said, asked, parts, answers = words(lesson.language), 0, [], []
    minutes = partial(told_minutes, language=lesson.language)
    for part, places in lesson.parts:
        items = []
        for n in places:
            item, is_asked = lesson.items[n], bool(lesson.items[n].question and part != "hook")
            asked += is_asked
            mark = f"{number(asked, lesson.language)}." if is_asked else ""
            goes_on = n + 1 in places and lesson.items[n + 1].source == item.source
            source = "" if is_asked or goes_on else _source(item, glossary, said)
            items.append(_asked(item, mark) if is_asked else _said(item, glossary, source))
            if is_asked and item.text:
                chosen = [o for o in item.chosen if o.strip("… ") not in item.text]
                lines = _lines("\n".join((*chosen, item.text)))
                source = _source(item, glossary, said)
                answers.append({**_ROW, "number": mark, "said": {"lines": lines}, "source": source})
        share = minutes(lesson.shares[part]) if lesson.shares[part] else ""
        parts.append({"heading": said["parts"][part], "share": share, "items": items})
    return {
        **pdf.direction(lesson.language),
        "title": pdf.printable(lesson.title),
        "about": minutes(lesson.minutes),
        "name": said["name"],
        "pages": [number(n, lesson.language) for n in range(1, 100)],
        "parts": parts,
        "answers_title": said["answers"],
        "answers": answers,
    }


def _source(item: Item, glossary: Glossary, said: dict[str, Any]) -> str:
    return pdf.printable(place(item.citation, glossary) if item.citation else said["own_words"])


def _asked(item: Item, mark: str) -> dict[str, Any]:
    options = [pdf.printable(option) for option in item.options]
    rules = 0 if options else _RULES.get(item.part, 1)
    question = pdf.printable(item.question)
    return {**_ROW, "number": mark, "question": question, "options": options, "rules": rules}


def _said(item: Item, glossary: Glossary, source: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"lines": _lines(item.text)}
    if item.citation and (block := item.block(glossary)):
        own = block.drawable
        lines = shown["lines"] if own.has_caption else []
        shown = {"lines": lines, **pdf.drawn(own, item.citation.language)}
    term = item.citation.term if item.part == "before" and item.citation else ""
    told = {"question": pdf.printable(term), "below": pdf.printable(item.question)}
    return {**_ROW, **told, "said": shown, "source": source}


def _lines(text: str) -> list[str]:
    return [pdf.printable(line) for line in text.splitlines() if line.strip()]
