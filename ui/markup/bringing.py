"""Bringing in: what was understood, as a table of entries with the problems marked."""

from collections.abc import Mapping, Sequence
from html import escape

from knowledge.editing.review import ReviewRow
from knowledge.entry import Entry
from knowledge.fault import Fault
from ui.markup import entries
from ui.markup.problems import problem
from ui.markup.text import badge, does, language_name, listed, named, number, tongue
from ui.strings import strings

_EXCERPT = 140  # characters of a definition
_SIGNS = {"added": "new", "changed": "edit", "unchanged": "done", "lost": "close", "note": "help"}


def sample(columns: Mapping[str, Sequence[str]], interface: str) -> str:
    """How a table begins: the first cells of columns, under what they hold."""
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in columns)
    rows = zip(*columns.values(), strict=True)
    body = "".join(
        f"<tr>{''.join(f'<td dir=auto>{escape(_excerpt(cell))}</td>' for cell in row)}</tr>"
        for row in rows
    )
    said = escape(strings(interface)["bring_sample"])
    return (
        f'<div class="m-sample" {tongue(interface)} tabindex="0" role="region" aria-label="{said}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def brought_counts(rows: Sequence[ReviewRow], interface: str) -> str:
    """How many entries are new, changed and as they were, and how many problems there are."""
    words = strings(interface)
    sizes = {
        state: sum(row.state == state for row in rows)
        for state in ("added", "changed", "unchanged")
    }
    sizes["problems"] = sum(len(row.faults) for row in rows)
    items = "".join(
        f'<div class="m-is-{name if n else "none"}"><dt>{escape(words[f"row_{name}"])}</dt>'
        f"<dd>{number(n, interface)}</dd></div>"
        for name, n in sizes.items()
    )
    return f'<div role="status" {tongue(interface)}><dl class="m-counts">{items}</dl></div>'


def brought(rows: Sequence[ReviewRow], start: int, interface: str) -> str:
    """Some of the rows, as a table; on a narrow screen each is a card."""
    words = strings(interface)
    heads = ("state", "term", "definition", "category", "language", "id")
    head = "".join(f"<th scope=col>{escape(words[f'column_{name}'])}</th>" for name in heads)
    body = "".join(_row(row, start + n, interface) for n, row in enumerate(rows))
    return (
        f'<div class="m-brought" {tongue(interface)}><table>'
        f'<caption class="m-hidden">{escape(words["bring_understood"])}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: ReviewRow, place: int, interface: str) -> str:
    words = strings(interface)
    told: str = row.state
    if told == "lost" and all(fault.severity == "warning" for fault in row.faults):
        told = "note"
    state = (
        f'<td class="m-state m-is-{told}"><span class="m-icon m-icon-{_SIGNS[told]}"'
        f' aria-hidden="true"></span>{escape(words[f"row_{told}"])}</td>'
    )
    problems = "".join(_problem(fault, interface) for fault in row.faults)
    problems = f'<ul class="m-problems">{problems}</ul>' if problems else ""
    entry = row.entry
    if entry is None:
        return f'<tr class="m-row-lost">{state}<td colspan=5>{problems}</td></tr>'
    said = named(words["bring_look"].format(term=entry.term))
    names = ""
    if entry.aliases:
        joined = escape(words["comma"].join(entry.aliases))
        names = f'<small dir="auto">{joined}</small>'
    return (
        f"<tr>{state}<th scope=row {tongue(entry.language)}>"
        f'<button type="button" class="m-look" {does("preview", place=place)}'
        f' aria-label="{said}">{escape(entry.term)}</button>{names}</th>'
        f"<td {tongue(entry.language)}><p>{escape(_excerpt(entry.summary))}</p>{problems}</td>"
        f"<td>{badge(entry.category)}</td>"
        f"<td>{escape(language_name(entry.language, interface))}</td>"
        f'<td><code dir="auto">{escape(entry.id)}</code></td></tr>'
    )


def _problem(fault: Fault, interface: str) -> str:
    place = strings(interface)["bring_place"].format(
        file=f"\u2068{fault.path}\u2069", line=number(fault.line, interface)
    )
    said = escape(problem(fault.message, interface))
    return (
        f'<li class="m-{fault.severity}" {tongue(interface)}>'
        f"<span>{said}</span><small>{escape(place)}</small></li>"
    )


def _excerpt(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    end = text.rfind(" ", _EXCERPT * 2 // 3, _EXCERPT)
    return f"{text[: end if end > 0 else _EXCERPT]}…"


def pages(start: int, size: int, total: int, interface: str) -> str:
    """Which of the rows are shown, and the way to those before and after."""
    if total <= size:
        return ""
    words = strings(interface)
    said = words["page_of"].format(
        first=number(start + 1, interface),
        last=number(min(start + size, total), interface),
        total=number(total, interface),
    )

    def turn(name: str, at: int, icon: str) -> str:
        off = "" if 0 <= at < total else ' aria-disabled="true"'
        label = escape(words[f"page_{name}"])
        return (
            f'<button type="button" class="m-button m-bare m-page-{name}" aria-label="{label}"'
            f' title="{label}" {does("turn", at=max(at, 0))}{off}>'
            f'<span class="m-icon m-icon-{icon}" aria-hidden="true"></span></button>'
        )

    return (
        f'<p class="m-pages" {tongue(interface)}>{turn("before", start - size, "next")}'
        f'<span role="status">{escape(said)}</span>{turn("after", start + size, "next")}</p>'
    )


def brought_entry(shown: Entry, interface: str) -> str:
    """An entry as it will stand: to be read, without links."""
    return (
        f'<article class="m-entry" {tongue(shown.language)}><p>{badge(shown.category)}</p>'
        f"{entries.aliases(shown, interface)}"
        f"{entries.sections(shown, interface, shown.language)}"
        f"{_related(shown, interface)}{entries.references(shown, interface)}"
        f"{entries.updated(shown, interface)}</article>"
    )


def _related(shown: Entry, interface: str) -> str:
    if not shown.related:
        return ""
    chips = "".join(f'<span class="m-badge" dir="auto">{escape(i)}</span> ' for i in shown.related)
    title = escape(strings(interface)["related"])
    return f'<h3 lang="{interface}">{title}</h3><p>{chips}</p>'


def bringing_done(added: int, changed: int, unchanged: int, interface: str) -> str:
    """What an import did, in a sentence: of what there was none is not told."""
    words = strings(interface)
    sizes = {"added": added, "changed": changed, "unchanged": unchanged}
    counts = [
        words[f"bring_done_{name}"].format(n=number(n, interface)) for name, n in sizes.items() if n
    ]
    return words["bring_done"].format(counts=listed(counts, interface))
