"""A lesson on paper: a sheet to hand out, and the answers on one of their own."""

from itertools import zip_longest
from typing import Any

from assistant.classroom.lesson import Item, Lesson, place, words
from knowledge.exports import pdf
from knowledge.glossary import Glossary

_ROW: dict[str, Any] = {
    "number": "", "question": "", "options": [], "said": {"lines": []}, "below": "", "rules": 0,
    "source": "",
}  # fmt: skip


def sheet(lesson: Lesson, glossary: Glossary) -> bytes:
    """A PDF (A4) of a lesson; ExportError where it cannot be made."""
    said, asked, parts, answers = words(lesson.language), 0, [], []

    def source(item: Item) -> str:
        cited = item.citation
        return pdf.printable(place(cited, glossary) if cited else said["own_words"])

    for part, items in lesson.parts:
        rows = []
        for item, later in zip_longest(items, items[1:]):
            if not item.question or part == "hook":
                goes_on = later is not None and later.source == item.source
                rows.append(_said(item, glossary, "" if goes_on else source(item)))
                continue
            asked += 1
            mark, options = f"{asked}.", [*map(pdf.printable, item.options)]
            rules = 0 if options else 1 + (part == "discussion")  # lines to write an answer on
            row = {"number": mark, "question": pdf.printable(item.question), "options": options}
            rows.append({**_ROW, **row, "rules": rules})
            if item.text:
                right = (item.options[n] for n in item.right)
                chosen = [o for o in right if o.strip("… ") not in item.text]
                key = {"lines": _lines("\n".join((*chosen, item.text)))}
                answers.append({**_ROW, "number": mark, "said": key, "source": source(item)})
        parts.append({"heading": said["parts"][part], "items": rows})
    document = {
        **pdf.direction(lesson.language),
        "title": pdf.printable(lesson.title),
        "about": said["minutes"].format(n=lesson.minutes),
        "name": said["name"],
        "parts": parts,
        "answers_title": said["answers"],
        "answers": answers,
    }
    return pdf.compiled(document, "sheet.typ")


def _said(item: Item, glossary: Glossary, source: str) -> dict[str, Any]:
    cited, shown = item.citation, dict[str, Any](lines=_lines(item.text))
    if cited and (block := item.block(glossary)):
        own = block.drawable
        shown = {"lines": shown["lines"] * own.has_caption, **pdf.drawn(own, cited.language)}
    term = pdf.printable(cited.term) if cited and item.part == "before" else ""
    below = pdf.printable(item.question)
    return {**_ROW, "question": term, "below": below, "said": shown, "source": source}


def _lines(text: str) -> list[str]:
    return [pdf.printable(line) for line in text.splitlines() if line.strip()]
