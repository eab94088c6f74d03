"""What an address says without the app: the head and the body of a plain page."""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from assistant.assistant import Assistant
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.alphabet import letter
from knowledge.language.text import base
from ui import addresses, markup, news, shared, templates
from ui.addresses import View
from ui.strings import LANGUAGES, strings

_DESCRIPTION = 160  # characters: search engines cut what is longer


@dataclass(frozen=True, slots=True)
class PlainPage:
    """The plain contents of an address; without a text, search engines are to leave it out."""

    title: str
    content: Markup
    status: int = 200  # 404 where there is no such entry, 503 while that is not known yet
    text: str | None = None
    kind: str = "website"  # as Open Graph has it
    address: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Its address in each language, and that for readers of others."""
    data: Mapping[str, Any] | None = None  # of schema.org


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, and where."""

    parameters: Mapping[str, str]
    language: str  # the interface's
    address: str
    assistant: Assistant | None

    @property
    def words(self) -> Mapping[str, str]:
        return strings(self.language)

    def whole(self, link: str) -> str:
        """A link of ``addresses`` as a whole address."""
        return urljoin(self.address, link)

    def titled(self, key: str) -> str:
        return f"{self.words[key]} — {self.words['title']}"

    def html(self, macro: str, **values: object) -> Markup:
        return templates.render(f"document#{macro}", self.language, **values)


def plain_page(view: str, parameters: Mapping[str, str], language: str, address: str) -> PlainPage:
    """The plain page of a view with the parameters of its address, on the server's ``address``."""
    asked = _Asked(parameters, language, address, shared.ready())
    return _PAGES.get(view, _PAGES["chat"])(asked)


def _glossary(asked: _Asked) -> PlainPage:
    title, text = asked.titled("view_glossary"), asked.words["plain_glossary"]
    known = asked.assistant.glossary if asked.assistant else None
    entries = known.ordered(_spoken(known, asked)) if known else ()
    groups = groupby(entries, key=lambda e: letter(e.term, e.language))
    page = _for_all(asked, "glossary", title, text, groups=groups, known=known)
    return replace(page, data={**_set(asked), "description": text}) if known else page


def _spoken(glossary: Glossary, asked: _Asked) -> str:
    """The language of the list: the address's, the interface's, else the glossary's first."""
    wanted = (asked.parameters.get("lang", ""), asked.language)
    found = (tag for want in wanted for tag in glossary.languages if base(tag) == base(want))
    return next(found, glossary.languages[0])


def _for_all(asked: _Asked, view: View, title: str, text: str, **values: object) -> PlainPage:
    """A page that there is in each language of the interface, of the macro of its name."""
    versions = {tag: asked.whole(addresses.link(view, lang=tag)) for tag in LANGUAGES}
    return PlainPage(
        title,
        asked.html(view, **values),
        text=text,
        address=versions[asked.language],
        versions={**versions, "x-default": asked.whole(addresses.link(view))},
    )


def _term(asked: _Asked) -> PlainPage:
    assistant = asked.assistant
    if assistant is None:
        return PlainPage(asked.words["title"], asked.html("opening"), 503)
    glossary, wanted = assistant.glossary, asked.parameters.get("id", "")
    shown = glossary.get(wanted, asked.parameters.get("lang", "") or asked.language)
    if shown is None:
        content = markup.no_term(wanted, glossary, asked.language)
        return PlainPage(asked.titled("term_unknown"), content, 404)
    versions = {
        each.language: asked.whole(addresses.entry(each.id, each.language))
        for each in glossary.versions(shown.id)
    }
    address = versions[shown.language]
    reports, age = news.latest(assistant, shown, asked.language)
    end = {"entry": shown, "glossary": glossary, "reports": reports, "age": age}
    return PlainPage(
        f"{shown.term} — {asked.words['title']}",
        markup.term(shown, glossary, asked.language, assistant.linker)
        + templates.render("term#end", asked.language, **end),
        text=textwrap.shorten(shown.summary, _DESCRIPTION, placeholder="…"),
        kind="article",
        address=address,
        versions={**versions, "x-default": versions.get("en") or next(iter(versions.values()))},
        data=_defined(shown, address, asked),
    )


def _manage(asked: _Asked) -> PlainPage:
    """Of the page by which the glossary is changed, nothing is told outside of the app."""
    if asked.assistant is None or asked.assistant.settings.manage != "off":
        return PlainPage(asked.titled("manage_title"), asked.html("manage"))
    content = templates.render("manage#no_page", asked.language)
    return PlainPage(asked.titled("page_unknown"), content, 404)


def _defined(shown: Entry, address: str, asked: _Asked) -> dict[str, Any]:
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
    address = asked.whole(addresses.link("glossary"))
    return {"@type": "DefinedTermSet", "@id": address, "name": asked.words["title"], "url": address}


_PAGES: Mapping[str, Callable[[_Asked], PlainPage]] = {
    "chat": lambda a: _for_all(a, "chat", a.words["title"], a.words["tagline"]),
    "glossary": _glossary,
    "term": _term,
    "map": lambda a: _for_all(a, "map", a.titled("view_map"), a.words["plain_map"]),
    "classroom": lambda a: _for_all(
        a, "classroom", a.titled("view_classroom"), a.words["plain_classroom"]
    ),
    "manage": _manage,
}
