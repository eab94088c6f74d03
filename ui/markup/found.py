"""Found: how an answer came about, step by step and in words that a class can follow."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape

from assistant.answer import WITHHELD, Answer
from knowledge.glossary import Glossary
from knowledge.search.evidence import ANSWERABLE, Trace
from ui.markup.answers import kept_back
from ui.markup.curve import curve, log_odds
from ui.markup.text import button, decimal, does, isolated, language_name, number, percent, tongue
from ui.markup.weighing import balance, bar, elsewhere, entries, estimated, likely, sentences
from ui.strings import strings

_TIMED = ("understand", "retrieve", "write", "verify")
_SUPPORTS = ("quoted", "supported", "unchecked", *WITHHELD)
_PROMPT = ("found_prompt_system", "found_prompt_human")
_TRIFLE = 0.01  # of the whole time: less beside the steps is not told
_SMALL = 10  # milliseconds: fewer have a decimal


def found(  # noqa: PLR0913  (what it tells of, and how)
    answer: Answer,
    traces: Sequence[Trace],
    glossary: Glossary,
    turn: int,
    interface: str,
    *,
    large: bool = False,
) -> str:
    """How an answer came about; ``large`` as it stands by itself, for a projector."""
    words = strings(interface)
    quoted = _each(traces, interface, lambda each: sentences(each, answer, glossary, interface))
    steps = {
        "understood": _understood(answer, traces, interface),
        "entries": _each(
            traces, interface, lambda each: entries(each, answer, glossary, interface)
        ),
        "sentences": quoted + elsewhere(traces, answer, interface),
        "sure": _sure(traces, interface),
        "written": "".join(_written(answer, traces, interface)),
        "took": _took(answer, interface),
    }
    told = [(name, body) for name, body in steps.items() if body]
    shown = "".join(_step(n, name, body, interface) for n, (name, body) in enumerate(told, 1))
    title, head = escape(words["found_show"]), ""
    if not large:
        act = does("project", turn=turn)
        enlarge = button(words["found_large"], act, icon="found", kind="enlarge")
        head = f"<header><h2>{title}</h2>{enlarge}</header>"
    return (
        f'<section class="m-found{" m-large" if large else ""}" {tongue(interface)}'
        f' aria-label="{title}">{head}<ol>{shown}</ol></section>'
    )


def _step(n: int, name: str, body: str, interface: str) -> str:
    words = strings(interface)
    title, said = escape(words[f"found_{name}"]), escape(words[f"found_say_{name}"])
    return (
        f'<li class="m-step"><h3><span class="m-nth" aria-hidden="true">{number(n, interface)}'
        f'</span>{title}</h3><p class="m-say">{said}</p>{body}</li>'
    )


def _each(traces: Sequence[Trace], interface: str, told: Callable[[Trace], str]) -> str:
    """What is told of each thing asked; where there are several, under its own words."""
    return "".join(
        f"<h4>{escape(name)}: <bdi>{escape(trace.question)}</bdi></h4>{body}"
        if len(traces) > 1
        else body
        for name, trace in _named(traces, interface).items()
        if (body := told(trace))
    )


def _named(traces: Sequence[Trace], interface: str) -> dict[str, Trace]:
    """Each thing asked, by what it is called."""
    words = strings(interface)
    if len(traces) == 1:
        return {words["found_point"]: traces[0]}
    part = words["found_part"]
    return {part.format(n=number(n, interface)): each for n, each in enumerate(traces, 1)}


def _facts(rows: dict[str, str], interface: str) -> str:
    """Rows of a title and what is told under it; those of nothing are left out."""
    words = strings(interface)
    kept = ((escape(words[key]), row) for key, row in rows.items() if row)
    told = "".join(f"<div><dt>{title}</dt><dd>{row}</dd></div>" for title, row in kept)
    return told and f'<dl class="m-facts">{told}</dl>'


def _understood(answer: Answer, traces: Sequence[Trace], interface: str) -> str:
    words, read_as = strings(interface), ""
    if answer.understood != answer.question:
        read_as = f'<q dir="auto">{escape(answer.understood)}</q>'
    if answer.rewording != "none":
        read_as += f"<small>{escape(words[f'found_by_{answer.rewording}'])}</small>"
    facts = {
        "found_asked": f'<q dir="auto">{escape(answer.question)}</q>',
        "found_read_as": read_as,
        "found_spoken": answer.spoken and escape(language_name(answer.spoken, interface)),
        "found_within": answer.category and f"<bdi>{escape(answer.category)}</bdi>",
        "found_answered_in": escape(language_name(answer.language, interface)),
    }
    return _facts(facts, interface) + _each(traces, interface, partial(_wants, interface=interface))


def _wants(trace: Trace, interface: str) -> str:
    """What one thing asked wants, and of which terms."""
    words = strings(interface)
    intents = "".join(
        f"<li><span>{escape(words.get(f'intent_{name}', name))}</span>"
        f"{bar(likely(part), 'understand', interface)}</li>"
        for name, part in trace.intents
        if part
    )
    terms = "".join(f'<li dir="auto">{escape(term)}</li>' for term in trace.named)
    none = escape(words["found_no_term"]) if intents else ""  # else it was not kept
    facts = {
        "found_intents": intents and f'<ul class="m-bars">{intents}</ul>',
        "found_terms": f'<ul class="m-named">{terms}</ul>' if terms else none,
    }
    return _facts(facts, interface)


def _sure(traces: Sequence[Trace], interface: str) -> str:
    named = _named(traces, interface)
    verdicts = [
        f"{name}: {_verdict(trace, interface)}" if len(named) > 1 else _verdict(trace, interface)
        for name, trace in named.items()
    ]
    points = {name: likely(trace.confidence) for name, trace in named.items() if estimated(trace)}
    said = "".join(f'<p class="m-verdict">{escape(verdict)}</p>' for verdict in verdicts)
    drawn = curve(points, " ".join(verdicts), interface) if points else ""
    return said + drawn + _each(traces, interface, partial(_reasons, interface=interface))


def _verdict(trace: Trace, interface: str) -> str:
    key = "answers" if trace.answerable else "abstains"
    if not estimated(trace):
        key = "listed" if trace.answerable else "nothing"
    return strings(interface)[f"found_{key}"].format(
        confidence=percent(likely(trace.confidence), interface),
        threshold=percent(ANSWERABLE, interface),
    )


def _reasons(trace: Trace, interface: str) -> str:
    """What made it sure or unsure, from where every question starts to where it came to lie."""
    if not (trace.reasons and estimated(trace)):
        return ""
    total = log_odds(likely(trace.confidence))
    start = {"offset": total - sum(trace.reasons.values())}
    foot = {
        "found_sum": f'<bdi dir="ltr">{decimal(total, interface, signed=True)}</bdi>',
        "found_likelihood": percent(likely(trace.confidence), interface),
    }
    return balance("confidence", {**start, **trace.reasons}, interface, foot)


def _written(answer: Answer, traces: Sequence[Trace], interface: str) -> Iterator[str]:
    words = strings(interface)
    supports = Counter(each.support for each in (*answer.sentences, *answer.withheld))
    key, modelled = "nobody", False
    if answer.sentences or any(trace.answerable for trace in traces):
        by_model = answer.writer == "explain"
        modelled = bool(by_model or answer.prompt or answer.withheld or answer.notice)
        key = "explaining" if by_model else "quoting"
        if not answer.sentences:
            key = "declining" if by_model else "choosing"
    model = isolated(answer.model or words["found_the_model"])
    yield f'<p class="m-verdict">{escape(words[f"found_by_{key}"].format(model=model))}</p>'
    if modelled and answer.writer == "quote":
        yield f"<p>{escape(words['found_instead'])}</p>"
    tiles = "".join(
        f'<li class="m-{name}"><b>{number(supports[name], interface)}</b>'
        f"<span>{escape(words[f'found_{name}'])}</span></li>"
        for name in _SUPPORTS
        if supports[name] or (name in WITHHELD and modelled)
    )
    if tiles:
        yield f'<ul class="m-tiles">{tiles}</ul>'
    if answer.withheld:
        yield f'<div class="m-kept-back">{kept_back(answer.withheld, interface)}</div>'
    if answer.prompt:
        sent = "".join(
            f'<h4>{escape(words[key])}</h4><pre dir="ltr" tabindex="0">{escape(text)}</pre>'
            for key, text in zip(_PROMPT, answer.prompt, strict=True)
        )
        title = escape(words["found_prompt"])
        yield f'<details class="m-more"><summary>{title}</summary>{sent}</details>'


def _took(answer: Answer, interface: str) -> str:
    """The time of each step as a part of one bar, and in numbers."""
    words, times = strings(interface), answer.timings_ms
    if not times:
        return ""
    steps = {name: times.get(name, 0.0) for name in _TIMED}
    total = times.get("total", sum(steps.values()))
    rest = total - sum(steps.values())
    if rest > _TRIFLE * total:
        steps["rest"] = rest
    parts = "".join(
        f'<i class="m-{name}" style="flex-grow:{time:.2f}"></i>'
        for name, time in steps.items()
        if time
    )
    rows = "".join(
        f'<li><i class="m-key m-{name}"></i><span>{escape(words[f"time_{name}"])}</span>'
        f"<b>{_milliseconds(time, interface)}</b></li>"
        for name, time in steps.items()
    )
    whole = _milliseconds(total, interface)
    return (
        f'<div class="m-times" aria-hidden="true">{parts}</div><ul class="m-durations">{rows}'
        f"<li><span>{escape(words['time_total'])}</span><b>{whole}</b></li></ul>"
    )


def _milliseconds(value: float, interface: str) -> str:
    small = 0 < round(value, 1) < _SMALL
    shown = decimal(value, interface) if small else number(round(value), interface)
    return escape(strings(interface)["milliseconds"].format(n=shown))
