"""The document that every address answers with: Streamlit's own page, and what it is about.

Streamlit's page is empty until its script has run. Whoever reads an address without a browser (a
search engine, the preview of a link, another program) finds the title here, and of a term what it
means; in a browser the app takes their place. Both get the same bytes.
"""

import base64
import hashlib
import re
import secrets
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from assistant import AssistantError, ConversationError, NoConversationError
from knowledge import KnowledgeError
from knowledge.language.text import base
from ui import addresses, owner, problems, shared, templates
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE, Choices
from ui.strings import LANGUAGES, strings

_ASSETS = Path(str(files("ui") / "assets"))
_YEAR = 365 * 24 * 3600
_PRELOAD = re.compile(r"<link\s+rel=\"preload\"[^>]*>")  # of a typeface that is not used
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)  # the contents stand there anyway
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<title>.*?</title>", re.DOTALL)
_ACCEPTED = re.compile(r"(?:^|,)\s*([A-Za-z]+)")  # the language of a tag, not its region
BACK_COOKIE = "masrad_to"  # where one was to go before signing in


def routes() -> list[BaseRoute]:
    """The addresses of the views, and of the style and the script."""
    return [
        *(Route(f"/{addresses.path(view)}", _page, methods=["GET"]) for view in addresses.EVERY),
        Route("/assets/style.css", _style),
        Mount("/assets/script", StaticFiles(directory=_ASSETS / "script")),
    ]


def policy() -> str:
    """The ``Content-Security-Policy`` of every answer: see ``_shell``."""
    return _shell()[1]


def _page(request: Request) -> Response:
    if request.query_params.get(owner.PARAMETER):
        return _entered(request)
    if back := request.cookies.get(BACK_COOKIE):
        gone = RedirectResponse(back, 303, headers={"Cache-Control": "no-store"})
        gone.delete_cookie(BACK_COOKIE)
        return gone
    view, language = request.url.path.rsplit("/", 1)[-1] or "chat", language_of(request)
    title, text, status = _plain(view, request, language)
    told = {"title": title, "text": text, "status": status}
    head = (
        f"<title>{escape(title)}</title>{templates.render('document#head', language, **told)}"
        f'<link rel="stylesheet" href="{style()}">'
        '<script src="./assets/script/early.js"></script>'
        '<script type="module" src="./assets/script/page.js"></script>'
    )
    body = templates.render("document#body", language, title=title, text=text)
    page = _shell()[0].replace('<html lang="en">', f"<html {templates.lang(language)}>")
    page = page.replace("<title></title>", head)
    page = page.replace('<div id="root">', f'<div id="root">{body}')
    headers = {"Cache-Control": "private, no-cache"}  # it may give a reader's cookie
    response = HTMLResponse(page, status_code=status, headers=headers)
    if not request.cookies.get(TOKEN_COOKIE):
        give(response, request, TOKEN_COOKIE, secrets.token_urlsafe())  # of 256 bits
    return response


def _plain(view: str, request: Request, language: str) -> tuple[str, str, int]:
    """What an address says without the app: its title, what it is about, and its status.

    404 where there is no such entry, 503 while that is not known yet.
    """
    opened, words, told = shared.ready(), strings(language), request.query_params
    name = words["title"]
    if view == "chat":
        return name, words["tagline"], 200
    if view != "term":
        return f"{words[f'view_{view}']} — {name}", words[f"plain_{view}"], 200
    if not opened:
        return name, words["plain_opening"], 503
    found = opened.glossary.get(told.get("id", ""), told.get("lang", "") or language)
    if not found:
        return f"{words['term_unknown']} — {name}", words["term_unknown_text"], 404
    return f"{found.term} — {name}", found.summary, 200


def bare(request: Request, template: str, own: str, **values: object) -> HTMLResponse:
    """A page without the app and its scripts; its ``own`` language is that of what it shows."""
    language = language_of(request, own)
    text = templates.render(f"{template}#page", language, style=style(), **values)
    return HTMLResponse(f"<!doctype html>\n{text}", headers={"Cache-Control": "no-store"})


def failed(request: Request, error: Exception) -> Response:
    """Why a plain page is not to be had: that there is none, or by a number what the log has."""
    language = language_of(request)
    if isinstance(error, NoConversationError):
        return PlainTextResponse(problems.failed(error, language), 404)
    status = 503 if isinstance(error, shared.OpeningError | ConversationError) else 500
    return PlainTextResponse(problems.logged(error, language), status)


FAILURES = {KnowledgeError: failed, AssistantError: failed}
"""What answers where a route fails."""


def _entered(request: Request) -> Response:
    """By the owner's link: to the same address without its key, which no history then has."""
    key = request.query_params[owner.PARAMETER]
    address = request.url.remove_query_params(owner.PARAMETER)
    there = f"{address.path}?{address.query}".rstrip("?")
    response = RedirectResponse(there, 303, headers={"Cache-Control": "no-store"})
    if owner.admitted(key):
        give(response, request, *owner.cookie(shared.settings()))
    return response


def give(
    response: Response, request: Request, name: str, value: str, *, seconds: int = _YEAR
) -> None:
    """A cookie that no script can read, and no other site sends."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, seconds, httponly=True, samesite="lax", secure=secure)


def language_of(request: Request, own: str = "") -> str:
    """The interface's: the address's, its own, the reader's choice, the browser's, else English."""
    accepted = _ACCEPTED.findall(request.headers.get("accept-language", ""))
    chosen = Choices.read(request.cookies.get(CHOICES_COOKIE, "")).language
    wanted = (request.query_params.get("lang", ""), own, chosen, *accepted)
    return next((base(tag) for tag in wanted if base(tag) in LANGUAGES), "en")


@cache
def _shell() -> tuple[str, str]:
    """Streamlit's page with a place for ours, and the policy under which a browser may show it.

    What is no script of ours or Streamlit's does not run, and nothing is fetched from elsewhere:
    so markup that got past ``ui.markup`` would still do nothing. Streamlit's own script loads
    components from blobs, and styles itself as it goes.
    """
    text = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    text = _HEAD.sub("<title></title>", _NOSCRIPT.sub("", _PRELOAD.sub("", text)))
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(text))
    allowed = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
    policy = (
        f"default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' {allowed}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
    return text, policy


@cache
def style() -> str:
    """The address of the style, as a link from a view: it names the contents."""
    return f"./assets/style.css?v={hashlib.sha256(_stylesheet()).hexdigest()[:12]}"


@cache
def _stylesheet() -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted((_ASSETS / "style").glob("*.css")))


def _style(_request: Request) -> Response:
    lasting = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
    return Response(_stylesheet(), 200, lasting, "text/css")
