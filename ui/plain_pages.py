"""What an address says without the app: the head and the body of a plain page."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from assistant.assistant import Assistant
from knowledge.entry import Entry
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


def plain_page(view: str, parameters: Mapping[str, str], language: str, address: str) -> PlainPage:
    """The plain page of a view with the parameters of its address, on the server's ``address``."""
    asked = _Asked(parameters, language, address, shared.ready())
    match view:
        case "term":
            return asked.term()
        case "glossary":
            return asked.every_term()
        case "manage":
            return asked.manage()
        case "map" | "classroom":
            return asked.for_all(view, asked.titled(f"view_{view}"), asked.words[f"plain_{view}"])
        case _:
            subject = asked.subject
            return asked.for_all("chat", asked.words["title"], subject, subject=subject)


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

    @property
    def subject(self) -> str:
        said = self.assistant.glossary.about.subject if self.assistant else {}
        return said.get(self.language, self.words["tagline"])

    def titled(self, key: str) -> str:
        return f"{self.words[key]} — {self.words['title']}"

    def html(self, template: str, **values: object) -> Markup:
        return templates.render(template, self.language, **values)

    def for_all(self, view: View, title: str, text: str, **values: object) -> PlainPage:
        """A page that there is in each language of the interface, of the macro of its name."""
        link = addresses.link
        versions = {tag: urljoin(self.address, link(view, lang=tag)) for tag in LANGUAGES}
        return PlainPage(
            title,
            self.html(f"document#{view}", **values),
            text=text,
            address=versions[self.language],
            versions={**versions, "x-default": urljoin(self.address, link(view))},
        )

    def every_term(self) -> PlainPage:
        """The list is in the address's language, in the interface's, else in the first."""
        title, text = self.titled("view_glossary"), self.words["plain_glossary"]
        if self.assistant is None:
            return self.for_all("glossary", title, text, groups=(), known=None)
        known = self.assistant.glossary
        wanted = (self.parameters.get("lang", ""), self.language, known.languages[0])
        tag = next(t for each in wanted for t in known.languages if base(t) == base(each))
        groups = groupby(known.ordered(tag), key=lambda e: letter(e.term, e.language))
        page = self.for_all("glossary", title, text, groups=groups, known=known)
        return replace(page, data={**self._set, "description": text})

    def term(self) -> PlainPage:
        if self.assistant is None:
            return PlainPage(self.words["title"], self.html("document#opening"), 503)
        glossary, wanted = self.assistant.glossary, self.parameters.get("id", "")
        shown = glossary.get(wanted, self.parameters.get("lang", "") or self.language)
        if shown is None:
            content = markup.no_term(wanted, glossary, self.language)
            return PlainPage(self.titled("term_unknown"), content, 404)
        found = {
            each.language: urljoin(self.address, addresses.entry(each.id, each.language))
            for each in glossary.versions(shown.id)
        }
        reports, age = news.latest(self.assistant, shown, self.language)
        end = {"entry": shown, "glossary": glossary, "reports": reports, "age": age}
        return PlainPage(
            f"{shown.term} — {self.words['title']}",
            markup.term(shown, glossary, self.language, self.assistant.linker)
            + self.html("term#end", **end),
            text=textwrap.shorten(shown.summary, _DESCRIPTION, placeholder="…"),
            kind="article",
            address=found[shown.language],
            versions={**found, "x-default": found.get("en") or next(iter(found.values()))},
            data=self._defined(shown, found[shown.language]),
        )

    def manage(self) -> PlainPage:
        """Of the page by which the glossary is changed, nothing is told outside of the app."""
        if self.assistant is None or self.assistant.settings.manage != "off":
            return PlainPage(self.titled("manage_title"), self.html("document#manage"))
        return PlainPage(self.titled("page_unknown"), self.html("manage#no_page"), 404)

    def _defined(self, shown: Entry, address: str) -> dict[str, Any]:
        told = {
            "@type": "DefinedTerm",
            "@id": address,
            "name": shown.term,
            "alternateName": list(shown.aliases),
            "description": shown.summary,
            "inLanguage": shown.language,
            "url": address,
            "termCode": shown.id,
            "inDefinedTermSet": self._set,
        }
        return {name: value for name, value in told.items() if value}

    @property
    def _set(self) -> dict[str, Any]:
        url, name = urljoin(self.address, addresses.link("glossary")), self.words["title"]
        return {"@type": "DefinedTermSet", "@id": url, "name": name, "url": url}
