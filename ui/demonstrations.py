"""Demonstrations as plain pages, without Streamlit: at a knob's move the view is fetched anew."""

import math
import re
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import AssistantError, LimitError, WriterError
from assistant.classroom import demonstrations
from assistant.classroom.demonstrations import Demonstration, Given, View
from knowledge import KnowledgeError
from knowledge.blocks import figures
from ui import document, formatting, identity, problems, shared, templates
from ui.reader import CHOICES_COOKIE, Choices
from ui.strings import LANGUAGES, strings

_WIDE = re.compile(r' width="([\d.]+)"')
_VAST = 1e9  # from here on, numbers are told by their power of ten
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def routes() -> list[BaseRoute]:
    """The page of each, its view alone, and what the chat model says without the glossary."""
    return [
        Route("/demonstration/{name}", _page),
        Route("/demonstration/{name}/view", _view),
        Route("/demonstration/retrieval/alone", _alone, methods=["POST"]),
    ]


def link(shown: Demonstration, language: str, entry_id: str = "", *, framed: bool = False) -> str:
    """The address of one, from a view of the app; as it begins in an entry, if one is named."""
    query = {"lang": language, "entry": entry_id, "framed": "1" if framed else ""}
    told = urlencode({name: value for name, value in query.items() if value}, errors="replace")
    return f"./demonstration/{shown.name}?{told}"


def beside(entry_id: str, language: str) -> list[tuple[str, str]]:
    """The demonstrations of an entry: the title of each, and its address in a frame."""
    return [
        (each.words[language]["title"], link(each, language, entry_id, framed=True))
        for each in demonstrations.of_entry(entry_id)
    ]


def _page(request: Request) -> Response:
    shown = demonstrations.every().get(request.path_params["name"])
    language = document.language_of(request)
    if shown is None:
        return RedirectResponse(f"../classroom?tab=demonstrations&lang={language}", 303)
    address = _address(request, shown)
    opened = shared.ready()
    known = opened.glossary if opened else None
    entries = [e for i in shown.entries if known and (e := known.get(i, language)) and e.id == i]
    chosen = address.get("chosen", "")[:4]
    return document.bare(
        request,
        "demonstration",
        language,
        shown=shown,
        words=shown.told(language, address.get("entry", "")),
        **_seen(shown, address, language),
        chosen=int(chosen) if chosen.isdecimal() else None,
        entries=entries,
        there=partial(link, shown),
        framed="framed" in address,
        entry=address.get("entry", ""),
        other=next(tag for tag in LANGUAGES if tag != language),
        choices=Choices.read(request.cookies.get(CHOICES_COOKIE, "")),
    )


def _view(request: Request) -> Response:
    shown = demonstrations.every().get(request.path_params["name"])
    if shown is None:
        return JSONResponse({"error": "There is no such demonstration."}, 404)
    language = document.language_of(request)
    seen = _seen(shown, _address(request, shown), language)
    drawn = {"some": seen["view"].blocks, "draw": seen["draw"], "write": seen["write"]}
    html = templates.render("demonstration#blocks", language, **drawn)
    told = {"says": seen["view"].says, "html": html}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _alone(request: Request) -> Response:
    """The chat model's own answer to a question, counted as a question of the reader's."""
    from assistant.classroom.demonstrations.retrieval import said_alone  # noqa: PLC0415  (slow)

    language, said, trouble = document.language_of(request), "", ""
    question = request.query_params.get("question", "")
    try:
        opened = shared.assistant_at_once()
        opened.writer("explain")  # there is a chat model
        with shared.admit(identity.of(request).reader) as allowance:
            said = said_alone(opened, question, allowance)
    except (WriterError, LimitError) as error:
        kind = error.kind if isinstance(error, WriterError) else "limited"
        trouble = strings(language).get(f"error_{kind}", "") or problems.logged(error, language)
    except (KnowledgeError, AssistantError) as error:
        trouble = problems.logged(error, language)
    words = demonstrations.every()["retrieval"].words[language]
    drawn = {"words": words, "said": said, "trouble": trouble}
    html = templates.render("demonstration#alone", language, **drawn)
    return JSONResponse({"html": html}, headers={"Cache-Control": "no-store"})


def _address(request: Request, shown: Demonstration) -> dict[str, str]:
    """What an address says, and where it says nothing, what the entry that it names begins with."""
    return {**shown.entries.get(request.query_params.get("entry", ""), {}), **request.query_params}


def _seen(shown: Demonstration, address: Mapping[str, str], language: str) -> dict[str, Any]:
    """What its knobs are set to, what is seen, and what writes numbers and draws figures."""
    read, write = shown.read(address, language), partial(_written, language=language)
    chosen, words = address.get("chosen", "").isdecimal(), shown.words[language]
    try:
        view = shown.view(Given(read, chosen, language, words, write, shared.ready()))
    except (KnowledgeError, AssistantError) as error:
        view = View(problems.logged(error, language))
    return {"read": read, "write": write, "view": view, "draw": partial(_drawn, language=language)}


def _written(value: float, language: str) -> str:
    if abs(value) >= _VAST:
        exponent = str(round(math.log10(abs(value)))).translate(_RAISED)
        return f"\u2066≈ {'−' * (value < 0)}10{exponent}\u2069"
    return formatting.number(float(value), language, "#,##0.###;−#,##0.###")


def _drawn(figure: figures.Figure, language: str) -> Markup:
    """A figure, its letters as large as the page's."""
    svg = figures.drawn(figure, language)
    wide = float(_WIDE.search(svg)[1]) / figures.FONT  # type: ignore[index]
    return Markup(f'<div style="--wide: {wide:.1f}em">{svg}</div>')  # noqa: S704  (it is escaped)
