"""Moodle's glossary, as its export and the backup of a course hold it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import PurePath
from typing import Any

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats import markdown
from knowledge.formats.draft import (
    known_heading,
    make_entry,
    opening,
    section_name,
    signs,
    slug,
)
from knowledge.formats.pages import hypertext
from knowledge.formats.pages.tree import parsed
from knowledge.formats.sites.wording import name_and_aliases
from knowledge.formats.tables.prose import named
from knowledge.formats.terminologies import elements, markup
from knowledge.formats.terminologies.elements import name_of, text_of

_ROOT = {"glossary", "activity"}
_CONCEPT = re.compile(r"<concept[\s>]", re.IGNORECASE)
_PLAIN, _MARKDOWN = "2", "4"
"""What ``FORMAT`` calls text without tags, and Markdown; the others are HTML."""
_OWN = "0"  # HTML in which line breaks count
_MARK = "\ue000"  # of private use: stands before a heading while the text is taken out
_ESCAPED = re.compile(r"\s*&lt;[A-Za-z].*&gt;\s*", re.DOTALL)
_MLANG = re.compile(r"\{mlang(?:\s+([\w,-]{1,40}))?\s*\}")
_LANG = re.compile(r"<lang\s+lang=[\"']([\w-]{1,40})[\"'][^<>]*>")
_LEAD = re.compile(r"([^:：\n]{2,30})\s*[:：]\s*(?=\S)")
_BLOCK = re.compile(r"<(?:p|br|div|li|h\d|table|ul|ol)[\s>/]", re.IGNORECASE)
_LONGEST_LEAD = 30
_MOST_LANGUAGES = 30
SOURCES = {"en": "Sources", "ar": "المصادر"}
"""The heading above sources, which Moodle has no place for: its writer puts them in the text."""


@dataclass
class _Said:
    """What a definition says, in its parts."""

    sections: list[Section] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    sources: list[dict[str, str]] = field(default_factory=list)
    language: str = ""


def recognises(text: str) -> bool:
    """Whether a text is XML that holds a glossary of Moodle."""
    return elements.root_name(text).lower() in _ROOT and _CONCEPT.search(text) is not None


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a glossary; one in each of its languages, where it marks several.

    A paragraph or a heading “Example” makes the example. Pictures and attachments are left out.
    """
    origin = str(path)
    root, faults = elements.document(text, origin)
    yield from faults
    if root is None:
        return
    categories = dict(_backed_up(root))
    taken: Counter[tuple[str, str]] = Counter()
    crowded = 0
    for node in _all(root, "entry"):
        yield from _entry(node, origin, categories, taken)
        crowded += len(_names(node, "category")) > 1
    if crowded:
        message = f"{crowded} entries stand in several categories: the first of each was kept."
        yield Fault(origin, 1, message, "warning")


def _backed_up(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  (here and below: of lxml)
    """The category of each entry by the entry's number: in a backup they stand apart."""
    for category in _all(root, "category"):
        for each in category.iter("entryid"):
            yield text_of(each).strip(), _child(category, "name")


def _entry(
    node: Any,  # noqa: ANN401
    origin: str,
    categories: dict[str, str],
    taken: Counter[tuple[str, str]],
) -> Iterator[Entry | Fault]:
    line = node.sourceline or 1
    concept, definition = _child(node, "concept"), _child(node, "definition")
    terms, texts = _tongues(concept), _tongues(definition)
    written_as = _child(node, "format", "definitionformat").strip()
    kept = categories.get(node.get("id") or "", "")
    own_id = markup.line(terms.get("en") or next(iter(terms.values()), ""))
    for language in texts if len(texts) > 1 else dict.fromkeys((*texts, *terms)):
        if not language and len(terms) > 1:
            continue
        term = markup.line(terms.get(language) or next(iter(terms.values()), ""))
        said = _said(texts.get(language) or next(iter(texts.values()), ""), written_as)
        if not term:
            yield Fault(origin, line, "an entry has no concept: give it a name.")
            continue
        if not any(section.text.strip() for section in said.sections):
            yield Fault(origin, line, f"“{term}” has no definition: write one in Moodle.")
            continue
        name, besides = name_and_aliases(term)
        values = {
            "term": name,
            "id": _free(own_id, language or said.language, taken),
            "language": language or said.language,
            "aliases": [*besides, *_in(language, *_names(node, "alias")), *said.aliases],
            "category": next(iter(_in(language, *_names(node, "category"), kept)), ""),
            "sources": said.sources,
            "updated": _day(_child(node, "timemodified").strip()),
        }
        yield make_entry(values, said.sections, origin, links=said.links, line=line)


def _free(name: str, language: str, taken: Counter[tuple[str, str]]) -> str:
    """The name, with a number if the glossary has had it: Moodle allows one concept twice."""
    made = slug(name) or signs(name)
    taken[made, language] += 1
    number = taken[made, language]
    return made if number == 1 else f"{made}-{number}"


def _all(node: Any, kind: str) -> list[Any]:  # noqa: ANN401
    """The elements of a name, in whatever case, that stand within no other of it."""
    return elements.outermost(node, lambda each: name_of(each).lower() == kind)


def _child(node: Any, *names: str) -> str:  # noqa: ANN401
    """The text of the first child of one of these names, in whatever case."""
    found = (text_of(child) for child in node if name_of(child).lower() in names)
    return next(found, "")


def _names(node: Any, kind: str) -> list[str]:  # noqa: ANN401
    """The names of an entry's aliases or categories."""
    found = _all(node, kind)
    names = (_child(each, "name", "alias_text") or (each.text or "") for each in found)
    return [name for name in names if name.strip()]


def _in(language: str, *names: str) -> list[str]:
    """Names in a language; those that mark none are in any, as all are where none is asked for."""
    said = (_tongues(name) for name in names)
    found = (each.get(language) or each.get("" if language else next(iter(each))) for each in said)
    return [line for name in found if name and (line := markup.line(name))]


def _day(seconds: str) -> str:
    if not (seconds.isascii() and seconds.isdigit() and 0 < int(seconds[:12]) < 2**33):
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()


def _tongues(text: str) -> dict[str, str]:
    """A text by language, where it marks them, in either of Moodle's ways; else under no language.

    ``{mlang ar}…{mlang}``, or spans of the class ``multilang``, once elements of the name ``lang``.
    """
    if "</lang>" in text:
        text = _LANG.sub(r'<span lang="\1" class="multilang">', text).replace("</lang>", "</span>")
    if "multilang" in text:
        return _spans(text)
    if "{mlang" not in text:
        return {"": text}
    pieces = _MLANG.split(text)
    told = {name for names in pieces[1::2] for name in (names or "").split(",")} - {"", "other"}
    if not told:
        return {"": "".join(pieces[::2])}
    found = dict.fromkeys(sorted(told)[:_MOST_LANGUAGES], "")
    for place, piece in enumerate(pieces[::2]):
        names = (pieces[2 * place - 1] or "").split(",") if place else [""]
        for language in found:
            if language in names or names == [""]:
                found[language] += piece
    return found


def _spans(text: str) -> dict[str, str]:
    import lxml.html  # noqa: PLC0415  (slow to import)

    def marked(tree: Any) -> list[Any]:  # noqa: ANN401
        return [span for span in tree.iter("span") if "multilang" in (span.get("class") or "")]

    tree = parsed(text)
    languages = (
        {str(span.get("lang") or "") for span in marked(tree)} if tree is not None else set()
    )
    found = {}
    for language in sorted(languages - {""})[:_MOST_LANGUAGES]:
        tree = parsed(text)
        for span in marked(tree):
            if span.get("lang") != language:
                span.drop_tree()
        found[language] = lxml.html.tostring(tree, encoding="unicode")
    return found or {"": text}


def _said(content: str, written_as: str) -> _Said:
    """A definition taken apart."""
    said = _Said()
    if written_as == _PLAIN:
        blocks = [part.strip() for part in re.split(r"\n\s*\n", content)]
    elif written_as == _MARKDOWN:
        blocks = []
        for section in markdown.sections(content):
            blocks += [_MARK + section.heading] if section.heading else []
            blocks += map(markup.bare, section.text.split("\n\n"))
    else:
        blocks = _blocks(content, said, broken_lines=written_as == _OWN)
    parts: list[tuple[str, list[str]]] = [("", [])]
    for block in filter(None, blocks):
        title = block.removeprefix(_MARK).strip(" :：")
        lead = _LEAD.match(block)
        if block.startswith(_MARK) or (len(title) <= _LONGEST_LEAD and known_heading(title)):
            parts.append((title, []))
        elif lead and known_heading(lead[1].strip()) == EXAMPLE:
            said.sections.append(Section(EXAMPLE, "", block[lead.end() :]))
        elif len(blocks) > 1 and (names := named(block)):
            said.aliases += names
        else:
            parts[-1][1].append(block)
    _sort(parts, said)
    return said


def _sort(parts: list[tuple[str, list[str]]], said: _Said) -> None:
    """The parts under headings as sections; relations and sources are none."""
    examples, sections = said.sections, []
    first = parts[0][1]
    for heading, text in parts[1:]:
        name = section_name(heading)
        if name == "related":
            said.links += text
        elif heading in SOURCES.values():
            said.sources += [{"title": title} for each in text if (title := markup.line(each))]
        elif name == EXAMPLE:
            examples = [*examples, Section(EXAMPLE, "", "\n\n".join(text))]
        elif not first:
            first = text  # “Definition” above it says nothing
        else:
            sections.append(Section(name, heading, "\n\n".join(text)))
    if not first and examples:
        first, examples = examples[0].text.split("\n\n"), examples[1:]
    example = Section(EXAMPLE, "", "\n\n".join(each.text for each in examples))
    said.sections = [*opening(first), *sections, example]


def _blocks(content: str, said: _Said, *, broken_lines: bool) -> list[str]:
    """The paragraphs of HTML, a mark before those that are headings."""
    if _ESCAPED.fullmatch(content):
        content = unescape(content)
    if broken_lines and not _BLOCK.search(content):
        content = re.sub(r"\n[^\S\n]*\n\s*", "<p>", content.strip()).replace("\n", "<br>")
    if not hypertext.holds_html(content):
        return markup.paragraphs(content)
    tree = parsed(content.replace(_MARK, ""))
    if tree is None:
        return []
    for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        node.text = _MARK + (node.text or "")
    body = tree.find("body")
    if body is not None and len(body) == 1 and not (body.text or "").strip():
        said.language = body[0].get("lang") or ""
    found = hypertext.plain_of(tree)
    said.links += found.links
    # Moodle links the names of entries by itself: their addresses are numbers.
    linked = (
        a for a in tree.iter("a") if "glossary" in f"{a.get('class') or ''} {a.get('href') or ''}"
    )
    said.links += [text_of(a) for a in linked]
    return [markup.bare(text) for text in found.paragraphs]
