"""Candidates: the entries that were compared with a question, each with its three scores."""

from collections.abc import Sequence
from html import escape

from assistant.trail import Candidate, Search, Trace, Trail
from knowledge.evidence import Way
from knowledge.glossary import Glossary
from ui.markup.entries import section_title
from ui.markup.text import number, opens, percent, tongue
from ui.strings import strings

_SHOWN = 3  # entries at once; the others are folded away
_WAYS = ("closeness", "words", "name")


def candidates(trail: Trail, glossary: Glossary, interface: str) -> str:
    """The entries found for each thing asked, best first."""
    ways = "".join(_explained(way, interface) for way in _WAYS)
    blocks = [f'<dl class="m-facts">{ways}</dl>']
    for n, search in enumerate(trail.searches, 1):
        blocks.append(_searched(n, search, trail, interface))
        blocks.append(_listed(search.candidates, glossary, interface))
    if trail.added:
        blocks.append(_added(trail, glossary, interface))
    return "".join(blocks)


def _explained(way: str, interface: str) -> str:
    words = strings(interface)
    name, said = escape(words[f"found_{way}"]), escape(words[f"found_say_{way}"])
    return f'<div><dt><i class="m-key m-{way}"></i>{name}</dt><dd>{said}</dd></div>'


def _searched(n: int, search: Search, trail: Trail, interface: str) -> str:
    """What was looked for, where that is not simply the question."""
    words = strings(interface)
    question = f"<bdi>{escape(search.question)}</bdi>"
    if len(trail.searches) > 1:
        part = words["found_part"].format(n=number(n, interface))
        return f'<h4 class="m-looked">{escape(part)}: {question}</h4>'
    if search.question == trail.answer.understood:
        return ""
    return f'<p class="m-looked">{escape(words["found_searched"])}: {question}</p>'


def _listed(found: Sequence[Candidate], glossary: Glossary, interface: str) -> str:
    words = strings(interface)
    if not found:
        return f"<p>{escape(words['found_none'])}</p>"
    cards = [_candidate(n, c, glossary, interface) for n, c in enumerate(found, 1)]
    shown, rest = "".join(cards[:_SHOWN]), "".join(cards[_SHOWN:])
    if rest:
        title = words["found_rest"].format(n=number(len(cards) - _SHOWN, interface))
        rest = f'<details class="m-more"><summary>{escape(title)}</summary>{rest}</details>'
    return shown + rest


def _candidate(n: int, found: Candidate, glossary: Glossary, interface: str) -> str:
    words, best = strings(interface), found.best
    term = escape(best.passage.term)
    if entry := glossary.get(best.passage.entry_id, best.passage.language):
        term = f'<a class="m-term" {opens(entry)}>{term}</a>'
    score = words["found_score"].format(score=percent(best.score, interface))
    bars = "".join(_way(way, getattr(best, way), interface) for way in _WAYS)
    matched = ""
    if found.matched:
        listed = escape(words["comma"]).join(f"<bdi>{escape(word)}</bdi>" for word in found.matched)
        matched = f'<p class="m-matched">{escape(words["found_matched"])}: {listed}</p>'
    passages = "".join(_trace(trace, glossary, interface) for trace in found.traces)
    cited = " m-cited" if found.cited else ""
    return (
        f'<article class="m-candidate{cited}"><header><span class="m-nth">{number(n, interface)}'
        f"</span><h4 {tongue(best.passage.language)}>{term}</h4>"
        f'<p class="m-score">{escape(score)}</p></header>'
        f'<dl class="m-ways">{bars}</dl>{matched}{passages}</article>'
    )


def _way(name: str, way: Way, interface: str) -> str:
    """One score: a bar as long as it is, its value and its place among all that was found."""
    words = strings(interface)
    part = min(max(way.score, 0.0), 1.0)
    place = words["found_place"].format(n=number(way.rank, interface)) if way.rank else "–"
    return (
        f'<div><dt>{escape(words[f"found_{name}"])}</dt><dd><span class="m-track"'
        f' aria-hidden="true"><i class="m-{name}" style="inline-size:{100 * part:.1f}%"></i></span>'
        f"<b>{percent(part, interface)}</b><small>{escape(place)}</small></dd></div>"
    )


def _trace(trace: Trace, glossary: Glossary, interface: str) -> str:
    """A passage, folded; it says whether the answer uses it."""
    words, passage = strings(interface), trace.passage
    entry = glossary.get(passage.entry_id, passage.language)
    title = section_title(entry, passage.section, interface) if entry else passage.section
    used = ""
    if trace.markers:
        numbers = "".join(f"<span>{number(n, interface)}</span>" for n in trace.markers)
        used = f'<em>{escape(words["found_used"])}</em><span class="m-numbers">{numbers}</span>'
    return (
        f'<details class="m-trace"><summary><bdi>{escape(title)}</bdi>{used}</summary>'
        f"<blockquote {tongue(passage.language)}>{escape(passage.text)}</blockquote></details>"
    )


def _added(trail: Trail, glossary: Glossary, interface: str) -> str:
    """Entries of which passages are cited that were not found by the three ways."""
    cited: dict[tuple[str, str], list[int]] = {}
    terms: dict[tuple[str, str], str] = {}
    for citation in trail.added:
        key = (citation.entry_id, citation.language)
        cited.setdefault(key, []).append(citation.marker)
        terms[key] = citation.term
    items = []
    for key, markers in cited.items():
        entry = glossary.get(*key)
        term = f"<bdi>{escape(terms[key])}</bdi>"
        shown = f'<a class="m-term" {opens(entry)}>{term}</a>' if entry else term
        numbers = "".join(f"<span>{number(n, interface)}</span>" for n in markers)
        items.append(f'<li>{shown} <span class="m-numbers">{numbers}</span></li>')
    title = escape(strings(interface)["found_added"])
    return f'<div class="m-added"><p>{title}</p><ul>{"".join(items)}</ul></div>'
