"""Lessons outside of the app: as slides, and as a sheet to print. Who has the link may see them."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from assistant.classroom.lesson import Item, Lesson, Lessons, Part, place, words
from knowledge.glossary import Glossary
from ui import document, shared

_FULL = 340  # characters on a slide: with more, what follows stands on the next
_TOGETHER = "how", "example"  # parts whose sentences follow one another


def routes() -> list[BaseRoute]:
    """Their addresses."""
    return [Route("/lesson/{id}/slides", _slides), Route("/lesson/{id}/sheet.pdf", _sheet)]


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on one screen: its steps are revealed one after the other."""

    part: Part
    steps: list[tuple[str, Item]]
    """What is seen at each, and whose it is: ``question``, ``text``, ``drawn``, ``options``,
    ``key``; of a misconception ``claim``, then ``rest``, what is so."""
    source: str
    """Where it stands; nothing of the teacher's own words."""


def slides(lesson: Lesson, glossary: Glossary) -> list[Slide]:
    """The slides of a lesson: one for each item, but for sentences that follow one another."""
    found = [Slide("before", [], "")]
    for item in lesson.items:
        last, steps = found[-1], _steps(item, glossary)
        source = place(item.citation, glossary) if item.citation else ""
        goes_on = item.part in _TOGETHER and (item.part, source) == (last.part, last.source)
        long = sum(len(each.text) for _, each in last.steps) + len(item.text) > _FULL
        if not goes_on or long or "drawn" in {kind for kind, _ in (*last.steps, *steps)}:
            found.append(last := Slide(item.part, [], source))
        last.steps.extend(steps)
    return found[1:]


def _steps(item: Item, glossary: Glossary) -> list[tuple[str, Item]]:
    if item.part == "before" and item.citation:
        return [("term", item), ("text", item)]
    kinds = ["drawn" if item.block(glossary) else "text"] * bool(item.text)
    if item.options:
        kinds = ["options", "key"]
    elif item.part == "misconception" and len(item.steps) > 1:
        kinds = ["claim", "rest"]
    asked = ["question"] * bool(item.question)
    return [(kind, item) for kind in (kinds + asked if item.part == "hook" else asked + kinds)]


def _found(request: Request) -> tuple[Lesson, Glossary]:
    """The lesson of the address; fails where there is none, or the glossary is not open."""
    glossary = shared.assistant_at_once().glossary
    return shared.kept(Lessons).get(request.path_params["id"]).lesson, glossary


def _slides(request: Request) -> Response:
    lesson, glossary = _found(request)
    values = {"lesson": lesson, "slides": slides(lesson, glossary), "glossary": glossary}
    said = {"words": words(lesson.language), "html": Markup, "id": request.path_params["id"]}
    return document.bare(request, "lesson", lesson.language, **values, **said)


def _sheet(request: Request) -> Response:
    from assistant.classroom.sheet import sheet  # noqa: PLC0415  (a compiler of 40 MB)

    lesson, glossary = _found(request)
    name = re.sub(r"[^\w-]+", "-", lesson.title).strip("-") or "lesson"
    shown = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    headers = {"Content-Disposition": shown, "Cache-Control": "no-store"}
    return Response(sheet(lesson, glossary), 200, headers, "application/pdf")
