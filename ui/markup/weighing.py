"""Weighing: the entries and the sentences that were weighed, and what spoke for and against."""

from collections.abc import Mapping, Sequence
from html import escape
from math import exp

from assistant.answer import Answer, Citation
from knowledge.glossary import Glossary
from knowledge.search.evidence import Trace, TracedSentence
from ui.markup.entries import section_title
from ui.markup.text import decimal, number, opens, percent, tongue
from ui.strings import strings

_ENTRIES = 5
_SENTENCES = 4  # at once; of the others those that are quoted, and the rest is folded away
_LEAST = 5e-5  # of a likelihood, which is kept with four decimals
_SLIGHT = 0.05  # log-odds: less is shown as nothing
_HALF = 4.0  # log-odds that fill half a track, at least


def likely(part: float) -> float:
    """A likelihood that was rounded as it was kept: it is never wholly 0 or 1."""
    return min(max(part, _LEAST), 1 - _LEAST)


def estimated(trace: Trace) -> bool:
    """Whether the confidence is an estimate: for a list, or where nothing is asked, it is none."""
    wanted = [name for name, _ in trace.intents[:1]]
    return 0 < trace.confidence < 1 or (bool(trace.reasons) and wanted != ["list"])


def bar(part: float, step: str, interface: str) -> str:
    """A bar as long as a part of one, in the colour of a step, and beside it the part."""
    return (
        f'<span class="m-gauge"><span class="m-track" aria-hidden="true">'
        f'<i class="m-{step}" style="inline-size:{100 * part:.1f}%"></i></span>'
        f"<b>{percent(part, interface)}</b></span>"
    )


def entries(trace: Trace, answer: Answer, glossary: Glossary, interface: str) -> str:
    """The best entries; of the first also what spoke for it."""
    rows = []
    for n, each in enumerate(trace.entries[:_ENTRIES], 1):
        known = glossary.get(each.id, each.language)
        term = f"<bdi {tongue(each.language)}>{escape(each.term)}</bdi>"
        term = f'<a class="m-term" {opens(known)}>{term}</a>' if known else f"<b>{term}</b>"
        cited = [c.marker for c in answer.citations if c.entry_id == each.id]
        weighed = each.parts or not trace.intents  # else it is on a list that was asked for
        told = bar(likely(each.score), "retrieve", interface) if weighed else ""
        told += balance("entry", each.parts, interface) if n == 1 else ""
        rows.append(_weighed(n, term, cited, told, interface))
    if not rows:
        return f"<p>{escape(strings(interface)['found_none'])}</p>"
    return f'<ol class="m-entries">{"".join(rows)}</ol>'


def sentences(trace: Trace, answer: Answer, glossary: Glossary, interface: str) -> str:
    """The best sentences, with the numbers of those quoted; of the first also what spoke for it."""
    if not (trace.sentences and estimated(trace)):
        return ""
    best = max(each.score for each in trace.sentences)
    shown: list[str] = []
    rest: list[str] = []
    for n, each in enumerate(trace.sentences, 1):
        cited = [c.marker for c in answer.citations if _quotes(c, each)]
        entry = glossary.get(each.entry_id, each.language)
        section = section_title(entry, each.section, interface) if entry else each.section
        told = (
            f"<blockquote {tongue(each.language)}>{escape(each.text)}</blockquote>"
            f"{bar(exp(each.score - best), 'retrieve', interface)}"
        )
        told += balance("sentence", each.parts, interface) if n == 1 else ""
        place = f"<bdi>{escape(each.term)}</bdi> · <bdi>{escape(section)}</bdi>"
        row = _weighed(n, f"<span>{place}</span>", cited, told, interface)
        (shown if n <= _SENTENCES or cited else rest).append(row)
    told = f'<ol class="m-sentences">{"".join(shown)}</ol>'
    if rest:
        title = strings(interface)["found_rest"].format(n=number(len(rest), interface))
        folded = f'<ol class="m-sentences">{"".join(rest)}</ol>'
        told += f'<details class="m-more"><summary>{escape(title)}</summary>{folded}</details>'
    return told


def elsewhere(traces: Sequence[Trace], answer: Answer, interface: str) -> str:
    """What else the answer quotes, as the definition of a term that is asked about."""
    weighed = [each for trace in traces if estimated(trace) for each in trace.sentences]
    cited: dict[str, list[int]] = {}
    for citation in answer.citations if weighed else ():
        if not any(_quotes(citation, each) for each in weighed):
            cited.setdefault(citation.term, []).append(citation.marker)
    items = "".join(
        f"<li><bdi>{escape(term)}</bdi> {_numbers(markers, interface)}</li>"
        for term, markers in cited.items()
    )
    title = escape(strings(interface)["found_elsewhere"])
    return f'<div class="m-elsewhere"><p>{title}</p><ul>{items}</ul></div>' if items else ""


def balance(
    kind: str, parts: Mapping[str, float], interface: str, foot: Mapping[str, str] | None = None
) -> str:
    """What spoke for and against, each as a bar to its side of nothing; below it a sum, if any."""
    words = strings(interface)
    if not parts:
        return ""
    most = max(_HALF, *map(abs, parts.values()))
    rows = "".join(
        _part(words.get(f"reason_{kind}_{name}", name), value, most, interface)
        for name, value in sorted(parts.items(), key=lambda part: -part[1])
        if abs(value) >= _SLIGHT
    )
    below = "".join(
        f'<tr><th scope="row">{escape(words[key])}</th><td></td><td>{value}</td></tr>'
        for key, value in (foot or {}).items()
    )
    title, shown = escape(words[f"found_reasons_{kind}"]), "" if kind == "sentence" else " open"
    return (
        f'<details class="m-more"{shown}><summary>{title}</summary><table class="m-reasons">'
        f"<tbody>{rows}</tbody>{below and f'<tfoot>{below}</tfoot>'}</table></details>"
    )


def _part(name: str, value: float, most: float, interface: str) -> str:
    side = "for" if value > 0 else "against"
    return (
        f'<tr><th scope="row">{escape(name)}</th><td dir="ltr"><span class="m-sides">'
        f'<i class="m-{side}" style="width:{50 * abs(value) / most:.1f}%"></i></span></td>'
        f'<td><bdi dir="ltr">{decimal(value, interface, signed=True)}</bdi></td></tr>'
    )


def _weighed(n: int, title: str, cited: Sequence[int], told: str, interface: str) -> str:
    """A row of what was weighed, by its place; marked where the answer quotes it."""
    used, kind = "", ""
    if cited:
        said = escape(strings(interface)["found_used"])
        used, kind = f"<em>{said}</em>{_numbers(cited, interface)}", ' class="m-cited"'
    head = f'<span class="m-nth">{number(n, interface)}</span>{title}{used}'
    return f'<li{kind}><p class="m-weighed">{head}</p>{told}</li>'


def _numbers(markers: Sequence[int], interface: str) -> str:
    shown = "".join(f"<span>{number(n, interface)}</span>" for n in markers)
    return f'<span class="m-numbers">{shown}</span>'


def _quotes(citation: Citation, sentence: TracedSentence) -> bool:
    """Whether the words of a citation are a sentence's, or some of them are."""
    place = (sentence.entry_id, sentence.language, sentence.section)
    return (
        place == (citation.entry_id, citation.language, citation.section)
        and citation.start < sentence.start + len(sentence.text)
        and sentence.start < citation.end
    )
