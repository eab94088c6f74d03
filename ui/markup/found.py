"""Found: how an answer was found, in five steps and in words that a class can follow."""

from collections.abc import Iterator
from html import escape

from assistant.trail import Search, Trail
from knowledge.entry import Entry
from knowledge.fusion import ANSWERABLE
from knowledge.glossary import Glossary
from ui.markup.candidates import candidates
from ui.markup.curve import Point, balance, curve
from ui.markup.text import (
    button,
    decimal,
    does,
    isolated,
    language_name,
    number,
    opens,
    percent,
    tongue,
)
from ui.strings import strings

_TIMED = ("understand", "retrieve", "write", "ground")
_TRIFLE = 0.01  # of the whole time: less beside the steps is not told
_SMALL = 10  # milliseconds: fewer have a decimal


def trail(
    found: Trail, glossary: Glossary, number_: int, interface: str, *, large: bool = False
) -> str:
    """How an answer was found; ``large`` as it stands by itself, for a projector."""
    words = strings(interface)
    steps = [
        ("understood", _understood(found, interface)),
        ("compared", candidates(found, glossary, interface)),
        ("sure", _sure(found, interface)),
        ("written", _written(found, interface)),
    ]
    if found.answer.timings_ms:
        steps.append(("took", _took(found, interface)))
    shown = "".join(_step(n, name, body, interface) for n, (name, body) in enumerate(steps, 1))
    enlarge = ""
    if not large:
        act = does("project", turn=number_)
        enlarge = button(words["found_large"], act, icon="found", kind="enlarge")
    title = escape(words["found_show"])
    head = "" if large else f"<header><h2>{title}</h2>{enlarge}</header>"
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


def _understood(trail: Trail, interface: str) -> str:
    words, answer = strings(interface), trail.answer
    rows = [("found_asked", _said(answer.question))]
    if trail.rewording != "none":
        by = escape(words[f"found_by_{trail.rewording}"])
        rows.append(("found_read_as", f"{_said(answer.understood)}<small>{by}</small>"))
    if trail.spoken:
        rows.append(("found_spoken", escape(language_name(trail.spoken, interface))))
    kinds = words["comma"].join(words[f"kind_{kind}"] for kind in trail.kinds)
    rows.append(("found_kind", escape(kinds)))
    terms = " ".join(map(_term, trail.focus)) or escape(words["found_no_term"])
    rows.append(("found_terms", f'<span class="m-chips">{terms}</span>'))
    if answer.category:
        rows.append(("found_within", f"<bdi>{escape(answer.category)}</bdi>"))
    rows.append(("found_answered_in", escape(language_name(answer.language, interface))))
    told = "".join(f"<div><dt>{escape(words[key])}</dt><dd>{row}</dd></div>" for key, row in rows)
    return f'<dl class="m-facts">{told}</dl>'


def _said(text: str) -> str:
    return f'<q dir="auto">{escape(text)}</q>'


def _term(entry: Entry) -> str:
    return f'<a class="m-chip" {tongue(entry.language)} {opens(entry)}>{escape(entry.term)}</a>'


def _sure(trail: Trail, interface: str) -> str:
    words = strings(interface)
    several = len(trail.searches) > 1
    said, points = [], []
    for n, search in enumerate(trail.searches, 1):
        part = words["found_part"].format(n=number(n, interface))
        verdict = _verdict(search, interface)
        said.append(f"{part}: {verdict}" if several else verdict)
        if search.weighed:
            points.append(Point(search.confidence, part if several else words["found_point"]))
    blocks = [f'<p class="m-verdict">{escape(text)}</p>' for text in said]
    if points:
        others = (c.best.score for s in trail.searches for c in s.candidates[1:])
        if not several:
            points += [Point(score) for score in others if 0 < score < 1]
        blocks.append(curve(points, " ".join(said), interface))
        if len(points) > len(said):
            blocks.append(f'<p class="m-note">{escape(words["found_others"])}</p>')
    for n, search in enumerate(trail.searches, 1):
        if search.reasons:
            if several:
                part = words["found_part"].format(n=number(n, interface))
                blocks.append(f"<h4>{escape(part)}</h4>")
            blocks.append(balance(search.reasons, search.confidence, interface))
    return "".join(blocks)


def _verdict(search: Search, interface: str) -> str:
    key = "answers" if search.answerable else "abstains"
    if not search.weighed:
        key = "listed" if search.answerable else "nothing"
    return strings(interface)[f"found_{key}"].format(
        confidence=percent(search.confidence, interface),
        threshold=percent(ANSWERABLE, interface),
    )


def _written(trail: Trail, interface: str) -> str:
    return "".join(_writing(trail, interface))


def _writing(trail: Trail, interface: str) -> Iterator[str]:
    words, answer = strings(interface), trail.answer
    model = isolated(answer.model or words["found_the_model"])
    if not trail.answerable:
        key = "found_by_nobody"
    elif answer.writer == "explain":
        key = "found_by_explaining" if answer.sentences else "found_declined"
    else:
        key = "found_by_quoting" if answer.sentences else "found_empty"
    yield f'<p class="m-verdict">{escape(words[key].format(model=model))}</p>'
    if trail.with_model and answer.writer == "quote":
        yield f"<p>{escape(words['found_instead'])}</p>"
    counts = [
        ("quoted", trail.count("quoted")),
        ("supported", trail.count("supported")),
        ("marked", trail.count("unsupported")),
        ("withheld", len(answer.withheld)),
    ]
    tiles = "".join(
        f'<li class="m-{name}"><b>{number(count, interface)}</b>'
        f"<span>{escape(words[f'found_{name}'])}</span></li>"
        for name, count in counts
        if count or (name == "withheld" and trail.with_model)
    )
    if tiles:
        yield f'<ul class="m-tiles">{tiles}</ul>'
    if answer.withheld:
        # A model may write in another language than it was asked to.
        items = "".join(f'<li dir="auto">{escape(s.text)}</li>' for s in answer.withheld)
        title = escape(words["found_withheld_title"])
        yield f'<div class="m-kept-back"><p>{title}</p><ul>{items}</ul></div>'
    if trail.with_model:
        yield _prompt(trail, interface)


def _prompt(trail: Trail, interface: str) -> str:
    words = strings(interface)
    if trail.prompt is None:
        return f'<p class="m-note">{escape(words["found_no_prompt"])}</p>'
    system, human = (
        f'<h4>{escape(words[key])}</h4><pre dir="ltr" tabindex="0">{escape(text)}</pre>'
        for key, text in (
            ("found_prompt_system", trail.prompt.system),
            ("found_prompt_human", trail.prompt.human),
        )
    )
    return (
        f'<details class="m-prompt"><summary>{escape(words["found_prompt"])}</summary>'
        f'<p class="m-note">{escape(words["found_prompt_say"])}</p>{system}{human}</details>'
    )


def _took(trail: Trail, interface: str) -> str:
    """The time of each step as a part of one bar, and in numbers."""
    words, times = strings(interface), trail.answer.timings_ms
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
    shown = decimal(value, interface) if 0 < value < _SMALL else number(round(value), interface)
    return escape(strings(interface)["milliseconds"].format(n=shown))
