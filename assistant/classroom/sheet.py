"""A lesson on paper: a sheet to hand out, and the answers on one of their own."""

from typing import Any

from assistant.classroom.lesson import Item, Lesson, number, place, words
from knowledge.exports import pdf
from knowledge.glossary import Glossary

_RULES = {"discussion": 2, "example": 1, "exit": 0, "hook": 0}  # lines to write an answer on


def sheet(lesson: Lesson, glossary: Glossary) -> bytes:
    """A PDF (A4) of a lesson.

    Raises:
        ExportError: it cannot be made.
    """
    said, parts, answers = words(lesson.language), [], []
    asked_by_now = 0
    for part, places in lesson.parts:
        items = []
        for n in places:
            item = lesson.items[n]
            following = lesson.items[n + 1] if n + 1 in places else None
            asked = bool(item.question and part != "hook")
            asked_by_now += asked
            mark = f"{number(asked_by_now, lesson.language)}." if asked else ""
            source = "" if following and following.source == item.source else None
            items.append(_item(item, glossary, mark, source, asked=asked))
            if asked and (item.text or item.right):
                answers.append(_answer(item, glossary, mark))
        heading = said["parts"][part]
        parts.append(
            {"heading": heading, "share": _minutes(lesson.shares[part], lesson), "items": items}
        )
    return pdf.compiled(
        {
            **pdf.direction(lesson.language),
            "title": pdf.printable(lesson.title),
            "about": _minutes(lesson.minutes, lesson),
            "name": said["name"],
            "source": "",
            "pages": [number(n, lesson.language) for n in range(1, 30)],
            "parts": parts,
            "answers_title": said["answers"],
            "answers": answers,
        },
        "sheet.typ",
    )


def _minutes(n: int, lesson: Lesson) -> str:
    return str(words(lesson.language)["minutes"]).format(n=number(n, lesson.language)) if n else ""


def _said_to_be(item: Item, glossary: Glossary, language: str) -> str:
    """Where an item stands, or that it is the teacher's own."""
    if item.citation:
        return place(item.citation, glossary)
    return str(words(language)["own_words"]) if item.text or item.question else ""


def _item(
    item: Item, glossary: Glossary, mark: str, source: str | None, *, asked: bool
) -> dict[str, Any]:
    """What of an item stands on the sheet: of a question, not its answer."""
    language = item.citation.language if item.citation else ""
    block = item.block(glossary)
    shown: dict[str, Any] = {"lines": []}
    if block and not asked:
        own = block.drawable
        shown = {"lines": _lines(item.text) if own.has_caption else [], **pdf.drawn(own, language)}
    elif not asked:
        shown = {"lines": _lines(item.text)}
    told = _said_to_be(item, glossary, language) if source is None and not asked else source or ""
    return {
        "number": mark,
        "first": asked,
        "question": pdf.printable(item.question),
        "options": [pdf.printable(option) for option in item.options],
        "said": shown,
        "rules": 0 if item.options or not asked else _RULES.get(item.part, 1),
        "source": pdf.printable(told),
    }


def _answer(item: Item, glossary: Glossary, mark: str) -> dict[str, Any]:
    language = item.citation.language if item.citation else ""
    lines = [*_chosen(item), *_lines(item.text)]
    return {
        "number": mark,
        "first": True,
        "question": "",
        "options": [],
        "said": {"lines": lines},
        "rules": 0,
        "source": pdf.printable(_said_to_be(item, glossary, language)),
    }


def _chosen(item: Item) -> list[str]:
    """The right options, by their order where they have one."""
    return [pdf.printable(item.options[n]) for n in item.right if n < len(item.options)]


def _lines(text: str) -> list[str]:
    return [pdf.printable(line) for line in text.splitlines() if line.strip()]
