"""Managing: the page's head, the open glossary, an entry that is written, and what is missing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Literal

from assistant.conversations import gaps
from assistant.conversations.conversation import Gap
from knowledge.editing.entries import Difference
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from ui import places
from ui.markup import entries
from ui.markup.text import (
    ago,
    button,
    day,
    does,
    language_name,
    listed,
    number,
    tongue,
)
from ui.strings import counted, strings

PARTS = ("glossary", "bring", "entry", "missing")
"""The parts of the page, as its address names them."""

_PAST = timedelta(minutes=10)  # what was done longer ago is told more quietly


def manage_head(part: str, name: str, interface: str) -> str:
    """The title, the open glossary's name, and the way to each part."""
    words = strings(interface)
    links = "".join(
        f"<li><a {_to(interface, part=each)}{' aria-current=page' if each == part else ''}>"
        f"{escape(words[f'part_{each}'])}</a></li>"
        for each in PARTS
    )
    return (
        f'<header class="m-manage-head" {tongue(interface)}>'
        f'<h1 class="m-title">{escape(words["manage_title"])}</h1>'
        f'<p class="m-manage-name">{escape(words["ours_open"])} <bdi>{escape(name)}</bdi></p>'
        f'<nav class="m-parts" aria-label="{escape(words["manage_parts"])}"><ul>{links}</ul></nav>'
        "</header>"
    )


def _to(interface: str, **parameters: str) -> str:
    """The attributes of a link to a part of the page."""
    address = escape(places.link("manage", lang=interface, **parameters))
    return f'href="{address}" {does("go", view="manage", lang=interface, **parameters)}'


def fixed(said: str, interface: str) -> str:
    """That the open glossary is not changed, and the way to a copy of it."""
    go = escape(strings(interface)["fixed_go"])
    return (
        f'<div class="m-notice" role="status" {tongue(interface)}><p>{escape(said)}</p>'
        f'<a class="m-inline" {_to(interface, part="glossary")}>{go}</a></div>'
    )


def no_page(interface: str, why: str = "page_unknown") -> str:
    """That there is no page at an address, or none for this reader."""
    words = strings(interface)
    link = escape(places.link("chat", lang=interface))
    return (
        f'<section class="m-page m-page-none" {tongue(interface)}>'
        f"<h1>{escape(words[why])}</h1><p>{escape(words[f'{why}_text'])}</p>"
        f'<p><a href="{link}" {does("go", view="chat")}>{escape(words["page_home"])}</a></p>'
        "</section>"
    )


def done_bar(
    said: str, at: datetime, interface: str, *, way: Literal["undo", "redo", ""], more: str = ""
) -> str:
    """What was done, and when, with a button to undo it or do it again; ``more`` is markup."""
    words = strings(interface)
    age = datetime.now(UTC) - at
    when = f"<small>{escape(ago(age, interface))}</small>" if age >= timedelta(minutes=1) else ""
    past = " m-did-past" if age >= _PAST else "" if when else " m-did-new"
    back = ""
    if way:
        done = does("undo_change", at=at.isoformat())
        back = button(words["undo_delete" if way == "undo" else "redo"], done, icon=way)
    return (
        f'<p class="m-did{past}" role="status" {tongue(interface)}><span class="m-icon m-icon-done"'
        f' aria-hidden="true"></span><span>{escape(said)}</span>{when}{more}{back}</p>'
    )


def to_entry(shown_id: str, language: str, interface: str) -> str:
    """A link to a term's page."""
    told = does("go", view="term", id=shown_id, lang=language)
    address = escape(places.entry(shown_id, language))
    said = escape(strings(interface)["term_page"])
    return f'<a class="m-inline" href="{address}" {told}>{said}</a>'


def renewing(done: int, total: int, interface: str) -> str:
    """That the index is being brought up to date, and how far it is."""
    words = strings(interface)
    part = 100 * done / total if total else 0
    state = f' aria-valuenow="{part:.0f}"' if total else ""
    told = words["renewing_of"].format(done=number(done, interface), total=number(total, interface))
    count = f"<p>{escape(told)}</p>" if total else ""
    return (
        f'<div class="m-renewing" {tongue(interface)}><p role="status">'
        f'{escape(words["renewing"])}</p><div class="m-progress{"" if total else " m-waiting"}"'
        f' role="progressbar" aria-label="{escape(words["renewing"])}"{state} aria-valuemin="0"'
        f' aria-valuemax="100"><i style="inline-size:{part:.1f}%"></i></div>{count}</div>'
    )


def progress(done: int, total: int, interface: str) -> str:
    """How much of something is written."""
    words = strings(interface)
    said = words["writing"].format(done=number(done, interface), total=number(total, interface))
    part = 100 * done / max(total, 1)
    return (
        f'<div class="m-renewing" {tongue(interface)}><p>{escape(said)}</p>'
        f'<div class="m-progress" role="progressbar" aria-label="{escape(said)}"'
        f' aria-valuenow="{part:.0f}" aria-valuemin="0" aria-valuemax="100">'
        f'<i style="inline-size:{part:.1f}%"></i></div></div>'
    )


def count(key: str, n: int, interface: str) -> str:
    """Something counted, in words."""
    return counted(interface, key, n).format(n=number(n, interface))


def ours(glossary: Glossary, reason: str, interface: str) -> str:
    """The open glossary: what is in it, where it stands, and whether it is changed here."""
    words = strings(interface)
    rows = [
        (
            words["ours_terms"],
            count("entries", len(glossary.ids), interface),
        ),
        (
            words["ours_languages"],
            listed([language_name(tag, interface) for tag in glossary.languages], interface),
        ),
    ]
    if reason != "bundled":
        rows.append((words["ours_where"], str(glossary.path)))
    facts = "".join(
        f"<div><dt>{escape(title)}</dt><dd><bdi>{escape(text)}</bdi></dd></div>"
        for title, text in rows
    )
    said = words[f"ours_fixed_{reason}" if reason else "ours_changed"]
    kind = "m-notice" if reason else "m-note"
    return (
        f'<section {tongue(interface)}><dl class="m-ours">{facts}</dl>'
        f'<p class="{kind}">{escape(said)}</p></section>'
    )


def subtitle(text: str, said: str = "", interface: str = "en") -> str:
    """The title of a block, with a sentence under it."""
    under = f'<p class="m-note">{escape(said)}</p>' if said else ""
    return f'<div class="m-sub" {tongue(interface)}><h2>{escape(text)}</h2>{under}</div>'


def versions_nav(
    entry_id: str, tags: Sequence[str], written: Sequence[str], now: str, interface: str
) -> str:
    """The languages in which an entry is edited; one that is not written yet can be begun."""
    words = strings(interface)
    items = []
    for tag in tags:
        name = language_name(tag, interface)
        name = name if tag in written else words["entry_add_language"].format(language=name)
        here = " aria-current=page" if tag == now else ""
        link = _to(interface, part="entry", id=entry_id, **{"in": tag})
        items.append(f"<li><a {link}{here}>{escape(name)}</a></li>")
    title = escape(words["entry_languages"])
    return f'<nav class="m-tongues" aria-label="{title}"><ul>{"".join(items)}</ul></nav>'


def difference(found: Difference, interface: str) -> str:
    """What the index gains and loses, with the sentences themselves."""
    words = strings(interface)
    if not (found.added or found.removed):
        return f'<p class="m-note" {tongue(interface)}>{escape(words["index_same"])}</p>'
    sizes: Mapping[str, int] = {
        "added": len(found.added),
        "removed": len(found.removed),
        "unchanged": found.unchanged,
    }
    counts = "".join(
        f"<div><dt>{escape(words[f'index_{name}'])}</dt><dd>{number(n, interface)}</dd></div>"
        for name, n in sizes.items()
    )
    texts = "".join(
        f'<li class="m-{kind}"><span class="m-hidden">{escape(words[f"index_{kind}"])}: </span>'
        f"<span dir=auto>{escape(text)}</span></li>"
        for kind, group in (("removed", found.removed), ("added", found.added))
        for text in group
    )
    return (
        f'<div {tongue(interface)}><dl class="m-counts">{counts}</dl><details class="m-indexed">'
        f"<summary>{escape(words['index_sentences'])}</summary><ul>{texts}</ul></details></div>"
    )


def preview(shown: Entry, glossary: Glossary, interface: str, linker: Linker | None = None) -> str:
    """An entry as its page will show it."""
    language = entries.spoken(shown, glossary, interface)
    related = entries.related(shown, glossary, interface, level=4)
    return (
        f'<article class="m-preview" {tongue(shown.language)}><h3>{escape(shown.term)}</h3>'
        f"{entries.aliases(shown, interface)}"
        f'<div class="m-entry" {tongue(shown.language)}>'
        f"{entries.sections(shown, interface, language, level=4, linker=linker)}"
        f"{related}{entries.references(shown, interface, level=4)}"
        f"{entries.updated(shown, interface)}</div></article>"
    )


def gap_list(found: Sequence[Gap], interface: str, *, editable: bool) -> str:
    """What people asked for in vain: how often, when last, in which language; and what to do."""
    items = "".join(_gap(gap, _ways(gap, interface, editable=editable), interface) for gap in found)
    return f'<ul class="m-gaps" {tongue(interface)}>{items}</ul>'


def gaps_aside(found: Sequence[Gap], interface: str, *, unfolded: bool = False) -> str:
    """What is set aside as not needed, folded, each with a way back."""
    words = strings(interface)
    title = f"{words['missing_aside']} ({number(len(found), interface)})"
    items = "".join(
        _gap(
            gap, button(words["missing_back"], does("wanted", key=gap.key), icon="undo"), interface
        )
        for gap in found
    )
    state = " open" if unfolded else ""
    return (
        f'<details class="m-aside"{state} {tongue(interface)}><summary>{escape(title)}'
        f'</summary><p class="m-note">{escape(words["missing_aside_text"])}</p>'
        f'<ul class="m-gaps" {tongue(interface)}>{items}</ul></details>'
    )


def _ways(gap: Gap, interface: str, *, editable: bool) -> str:
    words = strings(interface)
    write = ""
    if editable:
        where = {"part": "entry", "term": gaps.name(gap), "gap": gap.key, "in": gap.language}
        done = does("go", view="manage", **where)
        write = button(words["missing_write"], done, icon="edit", kind="line")
    away = button(words["missing_away"], does("unwanted", key=gap.key), icon="close")
    return write + away


def _gap(gap: Gap, ways: str, interface: str) -> str:
    words = strings(interface)
    told = [
        count("missing_times", gap.count, interface),
        words["missing_last"].format(date=day(gap.last_at.date(), interface)),
        language_name(gap.language, interface),
    ]
    facts = " · ".join(f"<bdi>{escape(each)}</bdi>" for each in told)
    return (
        f"<li><div><h3 {tongue(gap.language)}>{escape(gaps.name(gap))}</h3>"
        f'<p class="m-note" {tongue(gap.language)}>{escape(gap.question)}</p>'
        f'<p class="m-note">{facts}</p></div><p class="m-gap-ways">{ways}</p></li>'
    )
