"""Terms: the page of one, and the page where there is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from html import escape

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from ui import places
from ui.markup import entries
from ui.markup.text import button, copies, day, does, label, number, on_the_web, tongue
from ui.strings import LANGUAGES, strings

_FIRST_NEWS = 5  # reports that are seen at once
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_LONGEST_WANTED = 80  # characters of an address that is not known


@dataclass(frozen=True, slots=True)
class News:
    """A report about a term's topic."""

    title: str
    url: str = ""
    publisher: str = ""
    day: date | None = None
    language: str = ""


def term(  # noqa: PLR0913  (all that the page is made of)
    shown: Entry,
    glossary: Glossary,
    interface: str,
    linker: Linker | None = None,
    address: str = "",
    *,
    edit: bool = False,
) -> str:
    """The page of a term, up to the end of its text.

    Args:
        shown: its entry.
        glossary: where it stands.
        interface: the interface's language.
        linker: by which the terms in its text become links.
        address: that of the page, whole, to be copied; empty where it is not known.
        edit: whether the entry may be edited.
    """
    language = entries.spoken(shown, glossary, interface)
    text = entries.sections(shown, interface, language, level=2, linker=linker)
    found = entries.related(shown, glossary, interface, level=2)
    related = f'<div class="m-entry" {tongue(interface)}>{found}</div>' if found else ""
    return (
        f'<article class="m-page" {tongue(interface)}>{_way_back(shown, interface)}'
        f'<header class="m-page-head" {tongue(shown.language)}>'
        f"<h1>{escape(shown.term)}</h1>{entries.versions(shown, glossary, interface)}"
        f"{entries.aliases(shown, interface)}"
        f"{_tools(shown, interface, address, edit=edit)}</header>"
        f'<div class="m-entry" {tongue(shown.language)}>{text}</div>{related}</article>'
    )


def term_end(
    shown: Entry,
    glossary: Glossary,
    interface: str,
    reports: Sequence[News] = (),
    age: str = "",
) -> str:
    """The end of a term's page: news, sources, its date, and the terms before and after it.

    ``age`` says in a sentence how old the news are.
    """
    return (
        f'<div class="m-page-end" {tongue(interface)}>{news(reports, interface, age)}'
        f'<div class="m-entry">{entries.references(shown, interface, level=2)}'
        f"{entries.updated(shown, interface)}</div>"
        f"{_neighbours(shown, glossary, interface)}</div>"
    )


def news(reports: Sequence[News], interface: str, age: str = "") -> str:
    """The latest reports on the topic, and what they are not; nothing while there are none."""
    items = [f"<li>{_report(each, interface)}</li>" for each in reports]
    if not items:
        return ""
    words = strings(interface)
    first, rest = "".join(items[:_FIRST_NEWS]), items[_FIRST_NEWS:]
    more = ""
    if rest:
        label = words["news_more"].format(n=number(len(rest), interface))
        more = (
            f'<details class="m-news-more"><summary>{escape(label)}</summary>'
            f"<ul>{''.join(rest)}</ul></details>"
        )
    told = " ".join(each for each in (age, words["news_apart"]) if each)
    return (
        f'<section class="m-entry m-news"><h2>{escape(words["term_news"])}</h2><ul>{first}</ul>'
        f'{more}<p class="m-news-note">{escape(told)}</p></section>'
    )


def no_term(wanted: str, glossary: Glossary, interface: str) -> str:
    """That there is no term at an address, with ways to go on from there."""
    words = strings(interface)
    said = " ".join(wanted[:_LONGEST_WANTED].replace("-", " ").split())
    search = ""
    if said:
        link = _to_glossary(interface, q=said)
        text = escape(words["term_search"]).replace("{words}", f"<bdi>{escape(said)}</bdi>")
        search = f'<p><a class="m-page-search" {link}>{_icon("search")}<span>{text}</span></a></p>'
    near = get_close_matches(wanted[:_LONGEST_WANTED].lower(), glossary.ids, 4)
    found = [each for entry_id in near if (each := glossary.get(entry_id, interface))]
    chips = "".join(
        f'<a class="m-chip" {tongue(each.language)} {entries.leads(each, glossary, interface)}>'
        f"{escape(each.term)}</a>"
        for each in found
    )
    meant = f'{label(words["term_meant"])}<p class="m-chips">{chips}</p>' if chips else ""
    return (
        f'<section class="m-page m-page-none" {tongue(interface)}>'
        f"<h1>{escape(words['term_unknown'])}</h1><p>{escape(words['term_unknown_text'])}</p>"
        f"{meant}{search}<p><a {_to_glossary(interface)}>{escape(words['browse'])}</a></p>"
        "</section>"
    )


def _way_back(shown: Entry, interface: str) -> str:
    back = (
        f'<a class="m-back" {_to_glossary(interface)}>{_icon("back")}'
        f"<span>{escape(strings(interface)['view_glossary'])}</span></a>"
    )
    category = ""
    if shown.category:
        link = _to_glossary(interface, category=shown.category)
        category = f'<a class="m-page-category" {link} dir="auto">{escape(shown.category)}</a>'
    return f'<nav class="m-page-way">{back}{category}</nav>'


def _to_glossary(interface: str, **narrowed: str) -> str:
    """The attributes of a link to the glossary, or to a part of it."""
    address = escape(places.link("glossary", lang=interface, **narrowed))
    return f'href="{address}" {does("go", view="glossary", lang=interface, **narrowed)}'


def _tools(shown: Entry, interface: str, address: str, *, edit: bool) -> str:
    words = strings(interface)
    asked = shown.language if shown.language in LANGUAGES else interface
    question = strings(asked)["example_what"].format(term=shown.term)
    ask = button(words["term_ask"], does("ask", question=question), icon="chat", kind="strong")
    copy = ""
    if address:
        told = copies(address, interface)
        copy = button(words["term_copy"], told, icon="share", kind="line")
    change = ""
    if edit:
        done = does("go", view="manage", part="entry", id=shown.id, **{"in": shown.language})
        change = button(words["term_edit"], done, icon="edit", kind="line")
    return f'<div class="m-page-tools" {tongue(interface)}>{ask}{copy}{change}</div>'


def _report(report: News, interface: str) -> str:
    title = escape(report.title)
    if on_the_web(report.url, secure=False):
        rel = "noopener noreferrer nofollow"
        title = f'<a href="{escape(report.url)}" target="_blank" rel="{rel}">{title}</a>'
    told = [report.publisher, day(report.day, interface) if report.day else ""]
    origin = " · ".join(f"<bdi>{escape(each)}</bdi>" for each in told if each)
    tag = f' lang="{report.language}"' if _TAG.fullmatch(report.language) else ""
    return f'<span{tag} dir="auto">{title}</span>' + (f"<small>{origin}</small>" if origin else "")


def _neighbours(shown: Entry, glossary: Glossary, interface: str) -> str:
    words = strings(interface)
    before, after = glossary.neighbours(shown)
    links = "".join(
        f'<a rel="{rel}" {entries.leads(each, glossary, interface)}>{_icon("next")}'
        f"<span><small>{escape(words[key])}</small>"
        f"<b {tongue(each.language)}>{escape(each.term)}</b></span></a>"
        for rel, each, key in (
            ("prev", before, "term_previous"),
            ("next", after, "term_next"),
        )
        if each
    )
    if not links:
        return ""
    title = escape(words["term_order"])
    return f'<nav class="m-page-neighbours" aria-label="{title}">{links}</nav>'


def _icon(name: str) -> str:
    return f'<span class="m-icon m-icon-{name}" aria-hidden="true"></span>'
