"""Lessons outside of the app: as slides, and as a sheet to print. Who has the link may see them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from assistant.classroom.lesson import Item, Lesson, LessonMaker, Lessons, Part, place, words
from knowledge.glossary import Glossary
from ui import document, shared

_FULL = 340  # characters on a slide: with more, what follows stands on the next
_TOGETHER: tuple[Part, ...] = ("how", "example")  # parts whose sentences follow one another


def routes() -> list[BaseRoute]:
    """Their addresses."""
    return [Route("/lesson/{id}/slides", _slides), Route("/lesson/{id}/sheet.pdf", _sheet)]


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on one screen: its steps are revealed one after the other."""

    part: Part
    steps: tuple[tuple[str, Item], ...]
    """What is seen at each, and whose it is: ``question``, ``text``, ``drawn``, ``options``,
    ``key``; of a misconception ``claim``, then ``rest``, what is so."""
    source: str
    """Where it stands; nothing of the teacher's own words."""


def slides(lesson: Lesson, glossary: Glossary) -> list[Slide]:
    """The slides of a lesson."""
    found: list[Slide] = []
    for part, items in lesson.parts:
        for run in _screens(part, items, glossary):
            cited = {place(i.citation, glossary): None for i in run if i.citation}
            steps = [step for item in run for step in _steps(item, glossary)]
            found.append(Slide(part, tuple(steps), " · ".join(cited)))
    return found


def _screens(part: Part, items: list[Item], glossary: Glossary) -> Iterator[list[Item]]:
    """The items of a part by screens: each alone, but for sentences that follow one another."""
    screen, room = list[Item](), _FULL
    for item in items:
        length = len(item.text) + len(item.question)
        alone = part not in _TOGETHER or item.block(glossary) is not None
        if screen and (alone or length > room):
            yield screen
            screen, room = [], _FULL
        screen.append(item)
        room = 0 if alone else room - length
    if screen:
        yield screen


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
    from assistant.classroom.sheet import (  # noqa: PLC0415  (a compiler of 40 MB)
        in_other_languages,
        sheet,
    )

    lesson, glossary = _found(request)
    name = re.sub(r"[^\w-]+", "-", lesson.title).strip("-") or "lesson"
    shown = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    headers = {"Content-Disposition": shown, "Cache-Control": "no-store"}
    lessons = [lesson]
    if "both" in request.query_params:
        lessons += in_other_languages(lesson, LessonMaker.of(shared.assistant_at_once()))
    return Response(sheet(glossary, *lessons), 200, headers, "application/pdf")
