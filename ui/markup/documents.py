"""Documents: what stands in the head of a plain document, and its body without a script."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from ui import places
from ui.places import View
from ui.strings import strings

_SHOWN: tuple[View, ...] = ("chat", "glossary", "map")
_BUTTON = re.compile(r"<button\b.*?</button>", re.DOTALL)
_DOINGS = re.compile(r' data-(?:do|copy|copied|card)="[^"]*"')
_LOCALES = {"en": "en_GB", "ar": "ar_AR"}


def description(text: str) -> str:
    """What a search engine says of the page."""
    return f'<meta name="description" content="{escape(text)}">'


def unlisted() -> str:
    """Asks search engines to leave the page out."""
    return '<meta name="robots" content="noindex">'


def addresses(own: str, versions: Mapping[str, str], fallback: str) -> str:
    """The page's one address, and those of its versions by language, all of them whole.

    ``fallback`` is the address for readers of other languages.
    """
    others = {**versions, "x-default": fallback}
    return f'<link rel="canonical" href="{escape(own)}">' + "".join(
        f'<link rel="alternate" hreflang="{escape(tag)}" href="{escape(address)}">'
        for tag, address in others.items()
    )


def preview(title: str, text: str, address: str, language: str, kind: str = "website") -> str:
    """What is shown where a link to the page is shared (Open Graph)."""
    told = {
        "og:type": kind,
        "og:site_name": strings(language)["title"],
        "og:title": title,
        "og:description": text,
        "og:url": address,
        "og:locale": _LOCALES[language],
    }
    tags = (f'<meta property="{name}" content="{escape(value)}">' for name, value in told.items())
    return "".join(tags)


def data(value: Mapping[str, Any]) -> str:
    """Data of schema.org as a block. Nothing in it can end it: no bracket or ampersand is left."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def document(body: str, interface: str, kind: str = "text") -> str:
    """The body of a plain document: the ways to the views, and what it holds.

    Its links are plain ones, and there are no buttons: nothing hears them before the app is there.
    """
    words = strings(interface)
    links = "".join(
        f'<li><a href="{escape(places.link(view, lang=interface))}">'
        f"<span>{escape(words[f'view_{view}'])}</span></a></li>"
        for view in _SHOWN
    )
    home = escape(places.link("chat", lang=interface))
    return (
        f'<div class="m-document"><header class="m-bar"><a class="m-brand" href="{home}">'
        f'{escape(words["title"])}</a><nav aria-label="{escape(words["views"])}"><ul>{links}</ul>'
        f'</nav></header><main class="m-document-{kind}">{_still(body)}</main></div>'
    )


def _still(html: str) -> str:
    """Markup of ours without what only a script can do."""
    return _DOINGS.sub("", _BUTTON.sub("", html))
