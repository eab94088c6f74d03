"""Parts: the blocks of a definition as sections; other names, relations, sources go to fields."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.entry import EXAMPLE, Section
from knowledge.formats.draft import known_heading, opening, section_name
from knowledge.formats.pages.furniture import HEADINGS
from knowledge.formats.pages.hypertext import Block
from knowledge.formats.sites.wording import NAMES_APART, is_called
from knowledge.language.words import fold

_SOURCES = {
    fold(each)
    for each in (
        "Sources", "References", "Bibliography", "المصادر", "المراجع", "Références", "Quellen",
        "Fuentes", "Referencias", "Fontes", "Referências", "Источники", "参考文献", "出典",
    )
}  # fmt: skip
_UPDATED = re.compile(
    r"(?:last |page )?(?:updated|modified|reviewed)\b.{0,40}|آخر تحديث.{0,40}", re.IGNORECASE
)
_LONGEST = 60  # characters of a category
_PLAIN = re.compile(r"([^\W\d_]{1,12})\s*[:：]\s*(?=\S)")
"""A label that nothing marks."""
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ALSO = re.compile(
    r"(?:also(?: (?:known as|called))?|a\.?k\.?a\.?|synonyms?|other names|aliases|ي?عرف أيض[ًاا]+"
    r" (?:باسم|بـ)|[يت]سم[ىي] أيض[ًا]+|المرادفات|مرادفات|أسماء أخرى|aussi appelée?|synonymes?|auch"
    r"(?: bekannt als| genannt)?|synonyme|también (?:conocid[oa] como|llamad[oa])|sinónimos|também"
    r" conhecid[oa] como|sinônimos|также|синонимы?|別名|同义词)\s*[:：]\s*",
    re.IGNORECASE,
)  # fmt: skip


def day_of_change(text: str) -> str | None:
    """The day on which a line says that its page was changed last; empty if in no known way."""
    if _UPDATED.fullmatch(text) is None:
        return None
    day = _DAY.search(text)
    return day[0] if day else ""


def is_sources(heading: str) -> bool:
    """Whether publications are listed under a heading."""
    return fold(heading) in _SOURCES


def sections_of(blocks: Sequence[Block], values: dict[str, Any]) -> list[Section]:
    """The sections under their headings; what else is told goes to ``values``.

    These are lists under ``aliases``, ``related`` and ``sources``, and under ``links`` what the
    relations link to; ``updated`` is a day.
    """
    parts = _parts(blocks, values)
    first = parts[0][1]
    sections = opening([block.text for block in first], [block.line for block in first])
    for heading, content in parts[1:]:
        name = section_name(heading)
        if name == "related":
            for block in content:
                between = r"\n" if block.linked else r"\s*[,;،؛·|\n]\s*"
                values["related"] += re.split(between, block.text.strip(" .•"))
                values["links"] += block.links
        elif is_sources(heading):
            values["sources"] += map(_source, content)
        elif name not in ("news", "back"):
            text = "\n\n".join(block.text for block in content)
            sections.append(Section(name, heading, text, tuple(b.line for b in content)))
    return _with_summary(sections)


def _source(block: Block) -> dict[str, str]:
    url = block.addresses[0] if len(block.addresses) == 1 else ""
    return {"title": block.text, "url": url}


def _parts(blocks: Sequence[Block], values: dict[str, Any]) -> list[tuple[str, list[Block]]]:
    """The blocks under each heading, the first of which is none; other names go to their field."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    examples: list[tuple[str, list[Block]]] = []  # each of one block, which nothing follows
    by_label = False  # whether a label such as “Example:” began the last part
    news = ""  # the level of a heading above news, which have headings of their own
    for block in blocks:
        name = known_heading(block.text.rstrip(" :："))
        if name == "back" and (parts[0][1] or parts[1:]):
            break
        if block.tag in HEADINGS and news and block.tag > news:
            continue
        if block.tag in HEADINGS:
            news = block.tag if name == "news" else ""
        if _is_field(block, values):
            continue
        lead = block.lead.rstrip(" :：")
        rest = block.text[len(block.lead) :].lstrip(" :：–—-\n")
        if block.tag in HEADINGS or name:
            parts.append((block.text.replace("\n", " ").rstrip(" :："), []))
            by_label = False
        elif lead and rest and is_called(lead, "definition") and _is_labelled(block, lead):
            parts[0][1].append(Block(rest, block.line, block.tag, block.links))
        elif not lead and (label := _PLAIN.match(block.text)) and is_called(label[1], "example"):
            told = block.text[label.end() :]
            examples.append((label[1], [Block(told, block.line, block.tag, block.links)]))
        elif lead and rest and known_heading(lead) and block.text.startswith(block.lead):
            parts.append((lead, [Block(rest, block.line, block.tag, block.links)]))
            by_label = True
        else:  # what has a label of its own is not of the part that a label began
            labelled = (
                block.bold
                and rest
                and block.text[len(block.lead) - 1 :].lstrip(" ")[:2].find(":") >= 0
            )
            parts[0 if labelled and by_label else -1][1].append(_without_source(block, values))
    return [*parts, *examples]


def _is_field(block: Block, values: dict[str, Any]) -> bool:
    """Whether a block is a field of its entry with its name, “Category: Pots”; it goes there."""
    if (day := day_of_change(block.text)) is not None:
        values |= {"updated": day} if day else {}
        return True
    lead = block.lead.rstrip(" :：")
    rest = block.text[len(block.lead) :].lstrip(" :：–—-\n")
    if block.tag in HEADINGS or not rest:
        return False
    if also := _ALSO.match(block.text):
        values["aliases"] += NAMES_APART.split(block.text[also.end() :].rstrip(" ."))
    elif not lead or not _is_labelled(block, lead):
        return False
    elif is_called(lead, "category") and len(rest) <= _LONGEST and "\n" not in rest:
        values["category"] = rest.rstrip(".")
    elif is_called(lead, "source") or is_sources(lead):
        url = block.addresses[0] if len(block.addresses) == 1 else ""
        values["sources"].append({"title": " ".join(rest.split()), "url": url})
    else:
        return False
    return True


def _is_labelled(block: Block, lead: str) -> bool:
    """Whether a colon stands behind the words that a block begins with."""
    return block.text[len(lead) :].lstrip()[:1] in (":", "：")


def _without_source(block: Block, values: dict[str, Any]) -> Block:
    """A block without the source that its last line names, which goes to its field."""
    text, _, last = block.text.rpartition("\n")
    name, colon, title = last.partition(":")
    if not (text and colon and title.strip() and (is_called(name, "source") or is_sources(name))):
        return block
    values["sources"].append({"title": title.strip()})
    return replace(block, text=text)


def _with_summary(sections: list[Section]) -> list[Section]:
    """Sections of which the first with text gives the summary, where nothing stands above them."""
    if sections[0].text.strip():
        return sections
    for n, section in enumerate(sections[1:], 1):
        first, _, rest = section.text.partition("\n\n")
        if first.strip() and section.name != EXAMPLE:
            summary, body = opening([first], section.lines[:1])
            left = Section(section.name, section.heading, rest, section.lines[1:])
            return [summary, body, *sections[2:n], left, *sections[n + 1 :]]
    return sections
