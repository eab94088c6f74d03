"""Outlines: what an address says of itself without the app, as a plain document's head and body."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urljoin

from assistant.assistant import Assistant
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import base
from ui import news, places, shared
from ui.markup import documents, manage, terms
from ui.markup.listing import listing
from ui.markup.text import heading
from ui.places import View
from ui.strings import LANGUAGES, strings

_DESCRIPTION = 160  # characters: search engines cut what is longer


@dataclass(frozen=True, slots=True)
class Outline:
    """The plain contents of an address, as markup."""

    title: str
    language: str
    head: str = ""
    """Description, other languages, and data of schema.org."""
    body: str = ""
    status: int = 200
    """That of the answer: 404 where there is no such entry, 503 while that is not known yet."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, and where."""

    parameters: Mapping[str, str]
    language: str
    """The interface's."""
    address: str
    assistant: Assistant | None

    @property
    def glossary(self) -> Glossary | None:
        return self.assistant.glossary if self.assistant else None

    @property
    def words(self) -> Mapping[str, str]:
        return strings(self.language)

    def whole(self, link: str) -> str:
        """A link of ``places`` as a whole address."""
        return urljoin(self.address, link)


def outline(view: str, parameters: Mapping[str, str], language: str, address: str) -> Outline:
    """The outline of a view with the parameters of its address.

    Args:
        view: one of ``places.VIEWS``.
        parameters: those of the address, as they came.
        language: the interface's.
        address: that of the server, as it was asked.
    """
    asked = _Asked(parameters, language, address, shared.ready())
    return _OUTLINES.get(view, _chat)(asked)


def _chat(asked: _Asked) -> Outline:
    words = asked.words
    ways: tuple[tuple[View, str], ...] = (("glossary", "browse"), ("map", "view_map"))
    links = "".join(
        f'<li><a href="{escape(places.link(view, lang=asked.language))}">{escape(words[key])}</a>'
        "</li>"
        for view, key in ways
    )
    head = heading(words["title"], words["tagline"])
    body = f"{head}<ul>{links}</ul><p>{escape(words['plain_ask'])}</p>"
    return _page(asked, "chat", words["title"], words["tagline"], body)


def _map(asked: _Asked) -> Outline:
    words = asked.words
    link = escape(places.link("glossary", lang=asked.language))
    body = (
        f"<h1>{escape(words['view_map'])}</h1><p>{escape(words['plain_map'])}</p>"
        f"<p>{escape(words['plain_drawn'])}</p>"
        f'<p><a href="{link}">{escape(words["browse"])}</a></p>'
    )
    title = f"{words['view_map']} — {words['title']}"
    return _page(asked, "map", title, words["plain_map"], body)


def _glossary(asked: _Asked) -> Outline:
    words = asked.words
    title = f"{words['view_glossary']} — {words['title']}"
    body = f"<h1>{escape(words['view_glossary'])}</h1><p>{escape(words['plain_glossary'])}</p>"
    if asked.glossary is None:
        body += f"<p>{escape(words['plain_opening'])}</p>"
        return _page(asked, "glossary", title, words["plain_glossary"], body)
    shown = asked.glossary.ordered(_spoken(asked.glossary, asked))
    body += listing(shown, asked.glossary, asked.language)
    data = documents.data({**_set(asked), "description": words["plain_glossary"]})
    return _page(asked, "glossary", title, words["plain_glossary"], body, data)


def _spoken(glossary: Glossary, asked: _Asked) -> str:
    """The language of the list: the address's, the interface's, else the glossary's first."""
    wanted = (asked.parameters.get("lang", ""), asked.language)
    found = (tag for want in wanted for tag in glossary.languages if base(tag) == base(want))
    return next(found, glossary.languages[0])


def _page(  # noqa: PLR0913, PLR0917  (what a page is made of)
    asked: _Asked, view: View, title: str, text: str, body: str, data: str = ""
) -> Outline:
    """A page that there is in each language of the interface."""
    versions = {tag: asked.whole(places.link(view, lang=tag)) for tag in LANGUAGES}
    own = versions[asked.language]
    head = (
        documents.description(text)
        + documents.addresses(own, versions, asked.whole(places.link(view)))
        + documents.preview(title, text, own, asked.language)
        + data
    )
    return Outline(title, asked.language, head, documents.document(body, asked.language))


def _term(asked: _Asked) -> Outline:
    words, assistant = asked.words, asked.assistant
    if assistant is None:
        body = documents.document(f"<p>{escape(words['plain_opening'])}</p>", asked.language)
        return Outline(words["title"], asked.language, "", body, 503)
    glossary, wanted = assistant.glossary, asked.parameters.get("id", "")
    shown = glossary.get(wanted, asked.parameters.get("lang", "") or asked.language)
    if shown is None:
        body = documents.document(terms.no_term(wanted, glossary, asked.language), asked.language)
        title = f"{words['term_unknown']} — {words['title']}"
        return Outline(title, asked.language, documents.unlisted(), body, 404)
    title = f"{shown.term} — {words['title']}"
    body = terms.term(shown, glossary, asked.language, assistant.linker) + terms.term_end(
        shown, glossary, asked.language, *news.latest(assistant, shown, asked.language)
    )
    head = _head(shown, title, glossary, asked)
    return Outline(title, asked.language, head, documents.document(body, asked.language, "term"))


def _manage(asked: _Asked) -> Outline:
    """Of the page by which the glossary is changed, nothing is told outside of the app."""
    words, assistant = asked.words, shared.ready()
    if assistant is None or assistant.settings.manage != "off":
        title = f"{words['manage_title']} — {words['title']}"
        body = f"<h1>{escape(words['manage_title'])}</h1><p>{escape(words['plain_manage'])}</p>"
        status = 200
    else:
        title = f"{words['page_unknown']} — {words['title']}"
        body, status = manage.no_page(asked.language), 404
    page = documents.document(body, asked.language)
    return Outline(title, asked.language, documents.unlisted(), page, status)


def _head(shown: Entry, title: str, glossary: Glossary, asked: _Asked) -> str:
    versions = {
        each.language: asked.whole(places.entry(each.id, each.language))
        for each in glossary.versions(shown.id)
    }
    own = versions[shown.language]
    fallback = versions.get("en") or next(iter(versions.values()))
    text = textwrap.shorten(shown.summary, _DESCRIPTION, placeholder="…")
    return (
        documents.description(text)
        + documents.addresses(own, versions, fallback)
        + documents.preview(title, text, own, asked.language, "article")
        + documents.data(_defined(shown, own, asked))
    )


def _defined(shown: Entry, address: str, asked: _Asked) -> dict[str, Any]:
    """An entry as schema.org's DefinedTerm."""
    told = {
        "@type": "DefinedTerm",
        "@id": address,
        "name": shown.term,
        "alternateName": list(shown.aliases),
        "description": shown.summary,
        "inLanguage": shown.language,
        "url": address,
        "termCode": shown.id,
        "inDefinedTermSet": _set(asked),
    }
    return {name: value for name, value in told.items() if value}


def _set(asked: _Asked) -> dict[str, Any]:
    """The glossary as schema.org's DefinedTermSet."""
    address = asked.whole(places.link("glossary"))
    return {"@type": "DefinedTermSet", "@id": address, "name": asked.words["title"], "url": address}


_OUTLINES: Mapping[str, Callable[[_Asked], Outline]] = {
    "chat": _chat,
    "glossary": _glossary,
    "term": _term,
    "map": _map,
    "manage": _manage,
}
