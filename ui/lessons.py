"""Lessons outside of the app: as slides, and as a sheet to print. Who has the link may see them."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import AssistantError, ConversationError, NoConversationError
from assistant.classroom.lesson import Item, Kept, Lesson, Lessons, Part, place, words
from knowledge import KnowledgeError
from knowledge.glossary import Glossary
from ui import addresses, document, problems, shared
from ui.strings import LANGUAGES

_FULL = 340  # characters on a slide: with more, what follows stands on the next
_STEPS = 4  # sentences on a slide
_TOGETHER: tuple[Part, ...] = ("how", "example")  # parts whose sentences follow one another


def routes() -> list[BaseRoute]:
    """Their addresses."""
    return [
        Route("/lesson/{id}", _opened),
        Route("/lesson/{id}/slides", _slides),
        Route("/lesson/{id}/sheet.pdf", _sheet),
    ]


@dataclass(frozen=True, slots=True)
class Slide:
    """What stands on one screen: its steps are revealed one after the other."""

    part: Part
    steps: tuple[tuple[str, Item], ...]
    """What each step is of its item: ``question``, ``text``, ``rest`` (what is so, after a
    misconception), ``drawn``, ``options``, ``key``."""
    source: str
    """Where it stands; nothing of the teacher's own words."""


def slides(lesson: Lesson, glossary: Glossary) -> list[Slide]:
    """The slides of a lesson."""
    found: list[Slide] = []
    for part, places in lesson.parts:
        items = [lesson.items[n] for n in places]
        for run in _screens(part, items, glossary):
            cited = {place(i.citation, glossary): None for i in run if i.citation}
            steps = [step for item in run for step in _steps(item, glossary)]
            found.append(Slide(part, tuple(steps), " · ".join(cited)))
    return found


def _screens(part: Part, items: list[Item], glossary: Glossary) -> Iterator[list[Item]]:
    """The items of a part by screens: what is drawn stands alone, as do the thoughts of some."""
    run: list[Item] = []
    for item in items:
        alone = part not in _TOGETHER or bool(item.block(glossary))
        if alone:
            yield from _balanced(run)
            yield [item]
            run = []
        else:
            run.append(item)
    yield from _balanced(run)


def _balanced(run: list[Item]) -> Iterator[list[Item]]:
    """Sentences on as few screens as have room for them, about as much on each."""
    lengths = [_length(item) for item in run]
    screens = max(math.ceil(sum(lengths) / _FULL), math.ceil(len(run) / _STEPS))
    middles = (end - length / 2 for end, length in zip(accumulate(lengths), lengths, strict=True))
    placed = zip([int(screens * middle / sum(lengths)) for middle in middles], run, strict=True)
    for _, shown in groupby(placed, key=itemgetter(0)):
        yield [item for _, item in shown]


def _length(item: Item) -> int:
    return len(item.text) + len(item.question) or 1


def _steps(item: Item, glossary: Glossary) -> list[tuple[str, Item]]:
    if item.part == "before" and item.citation:
        return [("term", item), ("text", item)]
    if item.part == "hook":
        return [("text", item), *([("question", item)] if item.question else [])]
    if item.options:
        return [("question", item), ("options", item), ("key", item)]
    kinds = ["drawn" if item.block(glossary) else "text"] if item.text else []
    if item.part == "misconception" and len(item.steps) > 1:
        kinds = ["claim", "rest"]
    return [(kind, item) for kind in (["question"] if item.question else []) + kinds]


def _opened(request: Request) -> Response:
    """The lesson in the app."""
    there = addresses.link("classroom", tab="lesson", id=request.path_params["id"])
    return RedirectResponse(f"../{there.removeprefix('./')}", 303)


def _found(request: Request, show: Callable[[Kept, Glossary, str], Response]) -> Response:
    """What is shown of a lesson, or why it cannot be."""
    language = request.query_params.get("lang", "")
    language = language if language in LANGUAGES else ""
    try:
        glossary = shared.assistant_at_once().glossary
        kept = Lessons(shared.conversations().database).get(request.path_params["id"])
        return show(kept, glossary, language or _spoken(kept.lesson))
    except NoConversationError as error:
        status, said = 404, problems.failed(error, language or "en")
    except (KnowledgeError, AssistantError) as error:
        status = 503 if isinstance(error, shared.OpeningError | ConversationError) else 500
        said = problems.logged(error, language or "en")
    return PlainTextResponse(said, status)


def _spoken(lesson: Lesson) -> str:
    """The language of the interface in which a lesson is shown."""
    return lesson.language if lesson.language in LANGUAGES else "en"


def _slides(request: Request) -> Response:
    def show(kept: Kept, glossary: Glossary, language: str) -> Response:
        found = slides(kept.lesson, glossary)
        said = {"words": words(kept.lesson.language), "html": Markup}
        values = {"lesson": kept.lesson, "slides": found, "glossary": glossary, **said}
        return document.bare(request, "lesson", language, **values)

    return _found(request, show)


def _sheet(request: Request) -> Response:
    from assistant.classroom.sheet import sheet  # noqa: PLC0415  (a compiler of 40 MB)

    def show(kept: Kept, glossary: Glossary, _language: str) -> Response:
        name = re.sub(r"[^\w-]+", "-", kept.lesson.title).strip("-") or "lesson"
        shown = f"inline; filename*=UTF-8''{quote(name)}.pdf"
        headers = {"Content-Disposition": shown, "Cache-Control": "no-store"}
        return Response(sheet(kept.lesson, glossary), 200, headers, "application/pdf")

    return _found(request, show)
