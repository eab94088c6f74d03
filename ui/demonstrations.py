"""Demonstrations as plain pages, without Streamlit: at a knob's move the page is fetched anew."""

import re
from functools import partial
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import AssistantError, LimitError
from assistant.classroom import demonstrations
from assistant.classroom.demonstrations import Demonstration, Given, View
from knowledge import KnowledgeError
from knowledge.blocks import figures
from ui import document, formatting, identity, problems, shared, templates
from ui.reader import CHOICES_COOKIE, Choices
from ui.strings import LANGUAGES, strings

_WIDE = re.compile(r' width="([\d.]+)"')
_VAST = 1e9  # from here on, numbers have an exponent


def routes() -> list[BaseRoute]:
    """The page of each, and what the chat model says without the glossary."""
    return [
        Route("/demonstration/{name}", _page),
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
    shown, asked = demonstrations.every().get(request.path_params["name"]), request.query_params
    language = document.language_of(request)
    if shown is None:
        return RedirectResponse(f"../classroom?tab=demonstrations&lang={language}", 303)
    # What the address does not say is as the entry that it names begins.
    entry = asked.get("entry", "")
    address = {**shown.entries.get(entry, {}), **asked}
    read, chosen = shown.read(address, language), address.get("chosen", "")[:4]
    words, write = shown.words[language], partial(_written, language=language)
    opened = shared.ready()
    try:
        given = Given(read, chosen.isdecimal(), language, words, write, opened)
        view = shown.view(given)
    except (KnowledgeError, AssistantError) as error:
        view = View(problems.logged(error, language))
    known = opened.glossary if opened else None
    return document.bare(
        request,
        "demonstration",
        language,
        shown=shown,
        words=shown.told(language, entry),
        read=read,
        write=write,
        view=view,
        draw=partial(_drawn, language=language),
        chosen=int(chosen) if chosen.isdecimal() else None,
        entries=[e for i in shown.entries if known and (e := known.get(i, language)) and e.id == i],
        there=partial(link, shown),
        framed="framed" in address,
        entry=entry,
        other=next(tag for tag in LANGUAGES if tag != language),
        choices=Choices.read(request.cookies.get(CHOICES_COOKIE, "")),
    )


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
    except (KnowledgeError, AssistantError) as error:
        kind = "limited" if isinstance(error, LimitError) else getattr(error, "kind", "")
        trouble = strings(language).get(f"error_{kind}", "") or problems.logged(error, language)
    words = demonstrations.every()["retrieval"].words[language]
    drawn = {"words": words, "said": said, "trouble": trouble}
    html = templates.render("demonstration#alone", language, **drawn)
    return JSONResponse({"html": html}, headers={"Cache-Control": "no-store"})


def _written(value: float, language: str) -> str:
    pattern = "0.##E0" if abs(value) >= _VAST else "#,##0.###;−#,##0.###"
    return formatting.number(float(value), language, pattern)


def _drawn(figure: figures.Figure, language: str) -> Markup:
    """A figure, its letters as large as the page's."""
    svg = figures.drawn(figure, language)
    wide = float(_WIDE.search(svg)[1]) / figures.FONT  # type: ignore[index]
    return Markup(f'<div style="--wide: {wide:.1f}em">{svg}</div>')  # noqa: S704  (it is escaped)
