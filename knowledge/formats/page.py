"""A glossary's web page, copied as text: category, term, summary, body, example, related terms."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading, make_entry, opening, section_name, slug
from knowledge.formats.pages.parts import day_of_change, is_sources
from knowledge.formats.sites.wording import name_and_aliases
from knowledge.language.text import scripts
from knowledge.language.words import fold

_SENTENCE_END = re.compile(r"[.!?؟。！？:]['”\"’»)]*$")
_HEADER_WORDS = 12
"""A category or a term has fewer words than this, and does not end as a sentence does."""
_MOST_HEADERS = 8
_OTHER_NAME_WORDS = 5
_PAGE_HEADINGS = {"example", "related", "news", "back"}
_CRUMB = re.compile(r"\s+[›»>/«‹←→]\s+|\s*[›»]\s*")
_SPLIT = re.compile(r"\s*[,،;؛|·]\s*")
# What stands on pages beside their text, and is copied with it.
_CHROME = frozenset(
    fold(each)
    for each in (
        "Home", "Menu", "Search", "Glossary", "The glossary", "Terms", "Share", "Share this page",
        "Copy link", "Link copied", "Print", "Facebook", "Twitter", "LinkedIn", "WhatsApp", "X",
        "Telegram", "Email", "Skip to content", "Skip to main content", "Log in", "Sign in",
        "Accept", "Accept all", "Reject", "English", "EN", "AR", "Dark mode", "Light mode",
        "الرئيسية", "الصفحة الرئيسية", "القائمة", "بحث", "المسرد", "قاموس المصطلحات", "مشاركة",
        "شارك", "شارك الصفحة", "نسخ الرابط", "طباعة", "فيسبوك", "تويتر", "إكس", "لينكد إن",
        "واتساب", "تيليجرام", "البريد الإلكتروني", "انتقل إلى المحتوى", "تخطّ إلى المحتوى",
        "تسجيل الدخول",
        "العربية", "موافق", "قبول", "قبول الكل", "الوضع الداكن",
    )
)  # fmt: skip
_STEM_NOISE = re.compile(r"(?:\.page)?$")


def recognises(text: str) -> bool:
    """Whether a line of the text is one of the headings that such pages carry."""
    lines = [line.strip() for line in text.splitlines()]
    return any(known_heading(line) in _PAGE_HEADINGS for line in lines if line)


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entry of a page.

    What stands before the summary is the term, and above it the category if there is one. Parts are
    known by their headings, in English or Arabic; any may be empty or missing. News and the link
    back are no part of the entry.
    """
    origin = str(path)
    lines = [line.strip() for line in text.splitlines()]
    values: dict[str, Any] = {"aliases": [], "related": [], "sources": []}
    lines = [line for line in lines if not _is_day(line, values)]
    top = _top(lines)
    head, other, paragraphs = _head(lines[:top])
    parts: list[tuple[str, list[str]]] = []
    for line in lines[top:]:
        if known_heading(line) or is_sources(line):
            parts.append((line.rstrip(" :："), []))
        elif not is_chrome(line) or not line:
            parts[-1][1].append(line)
    if not head:
        yield Fault(origin, 1, "no term found: it stands on a line of its own above the summary.")
        return
    sections = opening(paragraphs)
    for heading, content in parts:
        name = section_name(heading)
        listed = [line.lstrip("•*-–▪◦ ").strip() for line in content if line]
        if name == "related":
            values["related"] += _SPLIT.split(listed[0]) if len(listed) == 1 else listed
        elif is_sources(heading):
            values["sources"] += listed
        elif name not in ("news", "back"):
            sections.append(Section(name, heading, "\n\n".join(_paragraphs(content))))
    stem = _STEM_NOISE.sub("", path.stem)
    values["term"], names = name_and_aliases(head[-1])
    values["aliases"] += [*names, *other]
    values["category"] = head[0] if len(head) > 1 else ""
    values["id"] = stem if slug(stem) else ""
    yield make_entry(values, sections, origin)


def _is_day(line: str, values: dict[str, Any]) -> bool:
    """Whether a line says when the page was changed last; the day goes to ``values``."""
    day = day_of_change(line)
    if day:
        values["updated"] = day
    return day is not None


def _top(lines: list[str]) -> int:
    """The first line that is a heading. A category or a term may read like one: “Risks”."""
    filled = [n for n, line in enumerate(lines) if line]
    said = False  # whether there was a sentence: the way back is below the text
    for place, n in enumerate(filled):
        name = known_heading(lines[n])
        at_top = name == "back" and not said
        if name and not at_top and (place > 1 or (place == 1 and name in _PAGE_HEADINGS)):
            return n
        said = said or not is_header(lines[n])
    return len(lines)


def is_chrome(line: str) -> bool:
    """Whether a line is one that stands on pages beside their text."""
    return fold(line) in _CHROME


def is_header(line: str) -> bool:
    """Whether a line can be a category or a term: it is short, and no sentence."""
    return len(line.split()) < _HEADER_WORDS and not is_sentence(line)


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(line) is not None


def _head(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The category and term lines (two at most), other names, and the paragraphs below them."""
    filled = [n for n, line in enumerate(lines) if line]
    short: list[int] = []
    spaced = len(filled) > 1 and filled[1] > filled[0] + 1
    for n in filled[:_MOST_HEADERS]:
        if not is_header(lines[n]):
            break
        if short and spaced and n + 1 < len(lines) and lines[n + 1]:  # a wrapped paragraph begins
            break
        short.append(n)
    kept = _without_ways([lines[n] for n in short])
    head = kept[:2]
    start = filled[len(short)] if len(short) < len(filled) else len(lines)
    other, below = kept[2:3], lines[start:]
    if not (other and any(below) and _is_other_name(other[0], head[1])):
        other = []
    rest = kept[len(head) + len(other) :]
    return head, other, [*rest, *_paragraphs(below)]


def _without_ways(lines: Sequence[str]) -> list[str]:
    """The lines above a text without the ways about the site; of a trail the last step is kept."""
    if len(lines) < 2 or (len(lines) == 2 and not any(map(_CRUMB.search, lines))):  # noqa: PLR2004
        return list(lines)
    kept: list[str] = []
    for line in lines:
        steps = [step for step in _CRUMB.split(line) if step]
        if len(steps) > 1:
            steps = [s for s in steps if not is_chrome(s) and fold(s) != fold(lines[-1])][-1:]
        kept += [s for s in steps if not is_chrome(s) and s not in kept[-1:]]
    return kept or list(lines)


def _is_other_name(line: str, term: str) -> bool:
    """Whether a short line below a term is its name in another script."""
    one, two = ({*scripts(text)} for text in (line, term))
    return len(line.split()) <= _OTHER_NAME_WORDS and bool(one and two) and not one & two


def _paragraphs(lines: list[str]) -> list[str]:
    """Paragraphs: a blank line ends one, and so does a line that ends as a sentence does."""
    paragraphs: list[list[str]] = []
    open_ended = False
    for line in lines:
        if not line:
            open_ended = False
            continue
        if open_ended:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        open_ended = not is_sentence(line)
    return [" ".join(wrapped) for wrapped in paragraphs]
