"""Notes: the footnotes of Markdown, as text or publications of the entry whose words bear them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge.formats.lines import Lines
from knowledge.formats.pages.hypertext import raised
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.phrase import Link

_DEFINED = re.compile(
    r"^ {0,3}\[\^([^\]\n]+)\]:[ \t]*(.*(?:\n(?:[ \t]{2,}\S.*|[ \t]*(?=\n[ \t]{4,}\S)"
    r"|(?=[^\s#>*+|\[`~:<-]).*))*)",
    re.MULTILINE,
)
_MARK = re.compile(
    r"(?P<code>(?<!`)(`{1,3})(?!`)[^`\n]+\2(?!`))"
    r"|[ \t]?\[\^(?P<label>[^\]\s]{1,200})\]|(?<=\S)\^\[(?P<inline>[^\[\]\n]{1,2000})\]"
    r"|<sup\b[^<>]*>(?P<raised>[^\n]{1,200}?)</sup\s*>"
    r"|(?<=[^\s\]!])[ \t]?\[\\?\[(?P<to>\d{1,3})\\?\]\]\((?P<address>[^()\s]*)\)"
    r"|(?<=[^\s\]!])[ \t]?\\?\[(?P<number>\d{1,3})\\?\](?![(\[:])"
)
_NUMBERED = re.compile(
    r"^ {0,3}\[(\d{1,3})\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(](.*)[\"')])?[ \t]*$", re.MULTILINE
)
_WITHIN = re.compile(r"<[^<>]*>|\]\([^()\n]*\)|[\[\]\\]")
_IS_MARK = re.compile(r"\d{1,3}(?:[,–-] ?\d{1,3})*|[a-z*†‡§¶]|\*{2,3}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|e|er|re|ère|ème|nd|o|a|º|ª)\W*", re.IGNORECASE)
_UNIT = 3  # letters: behind so few, a raised number is a power
_LABEL = re.compile(r"\d{1,4}|(?!\w-\w)\w[\w.:-]{2,40}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'،؛]+[^\s<>\"'.,;:،؛)\]]")
_MAY_MARK = re.compile(r"\[\^|\^\[|<sup|\[\d", re.IGNORECASE)
_BETWEEN = " |/()[]·•,;–—-\n"
_STOPS = (".", "!", "?", "。", "！", "？", "؟", "…")
_MOST = 100  # footnotes of a paragraph
_CITED = 250  # characters beside the address: what is longer has more to say than where it is from


@dataclass
class Notes:
    """The footnotes of a text, by label, each with its line."""

    _texts: dict[str, tuple[str, int]] = field(default_factory=dict)

    def taken(self, text: str, above: int) -> str:
        """A text without its footnotes, which are kept here; all else stays on its line."""
        line, counted = above, 0
        pieces = []
        for found in _DEFINED.finditer(text) if "[^" in text else ():
            pieces.append(text[counted : found.start()])
            line += pieces[-1].count("\n")
            self._texts.setdefault(found[1].lower(), (found[2], line))
            ends = found[0].count("\n")
            pieces.append("\n" * ends)
            line, counted = line + ends, found.end()
        lines = Lines(text, above)
        for numbered in _NUMBERED.finditer(text) if "]:" in text else ():
            said = " ".join(filter(None, (numbered[3], numbered[2])))
            self._texts.setdefault(numbered[1], (said, lines.of(numbered.start())))
        return "".join([*pieces, text[counted:]])

    def read(self, content: str, line: int) -> tuple[str, list[tuple[str, int]]]:
        """A paragraph without the marks of footnotes; and these.

        A mark that nothing answers to is dropped, if it is a number or a word. Code is let be.
        """
        found: list[tuple[str, int]] = []

        def drop(mark: re.Match[str]) -> str:
            if mark["raised"] or mark["code"]:
                return _raised(mark) if mark["raised"] else mark[0]
            if mark["inline"]:
                found.append((mark["inline"], line))
                return ""
            label = (mark["label"] or mark["number"] or "").lower()
            if label in self._texts:
                found.append(self._texts[label])
                return ""
            marks = _is_behind(mark) if mark["number"] else _LABEL.fullmatch(label) or mark["to"]
            return "" if marks else mark[0]

        if _MAY_MARK.search(content):
            content = _MARK.sub(drop, content)
        return content, list(dict.fromkeys(found))[:_MOST]


def _raised(mark: re.Match[str]) -> str:
    """What stands raised in a text: nothing if it is a mark, else as it is, or as a power."""
    text = _WITHIN.sub("", mark["raised"]).strip()
    leads = text != mark["raised"].strip()
    before = mark.string[: mark.start()].rstrip("*_`")
    if before[-1:].isdigit():
        return text if _ORDINAL.fullmatch(text) else "" if leads else mark[0]
    if _IS_MARK.fullmatch(text) and (leads or _is_behind(mark)):
        return ""
    return raised(text, "sup") if text.isdigit() else mark[0]


def _is_behind(mark: re.Match[str]) -> bool:
    """Whether a mark stands close behind a word or a stop, where one of a note does."""
    before = mark.string[max(0, mark.start() - 40) : mark.start()].rstrip("*_`")
    if mark[0][:1].isspace() or not before:
        return False
    word = re.search(r"[^\W\d_]*$", before)
    letters = word[0] if word else ""
    return len(letters) > _UNIT or not (letters or before[-1:].isdigit()) or not letters.isascii()


def told(blocks: Sequence[Block]) -> tuple[list[Block], list[Mapping[str, str]]]:
    """Blocks with their footnotes below them, before the next heading; and the publications.

    A footnote that says where the text is from is a publication, and no text.
    """
    kept: list[Block] = []
    below: list[Block] = []
    seen: set[tuple[int, str]] = set()
    cited: dict[tuple[str, str], Mapping[str, str]] = {}
    for block in blocks:
        if block.kind == "heading":
            kept += below
            below = []
        text, links = _without_last_links(block)
        kept.append(block if text == block.text else replace(block, text=text))
        cited |= {(link.text, link.address): _named(link) for link in links}
        for note in block.notes:
            if found := _source(note):
                cited[found["title"], found["url"]] = found
            elif note.text and (note.line, note.text) not in seen:
                seen.add((note.line, note.text))
                below.append(note)
    return [*kept, *below], list(cited.values())


def _without_last_links(block: Block) -> tuple[str, list[Link]]:
    """A text without the links behind its last sentence that say where to read on; and these."""
    text, found = _without_ways_back(block), []
    for link in reversed(block.links):
        bare, name = text.rstrip(_BETWEEN), link.text.strip(_BETWEEN)
        if not name or not link.outward or not bare.endswith(name):
            break
        text = bare[: -len(name)].rstrip(_BETWEEN)
        found.append(link)
    text = text.rstrip(" |/([·•,;–—-")
    stop = bool(found) and block.kind in ("text", "item", "definition") and text[-1:] in _STOPS
    return (text, found[::-1]) if stop and text else (_without_ways_back(block), [])


def _without_ways_back(block: Block) -> str:
    """A text without links to places of the page at its end that are but signs or numbers: “↑”."""
    text = block.text
    for link in reversed(block.links):
        bare = text.rstrip(" ,")
        signs = not any(map(str.isalpha, link.text)) and link.address.startswith("#")
        if (
            not signs
            or not link.text
            or not bare[: -len(link.text)]
            or not bare.endswith(link.text)
        ):
            break
        text = bare[: -len(link.text)].rstrip()
    return text


def _named(link: Link) -> Mapping[str, str]:
    return {"title": link.text.strip(_BETWEEN), "url": link.address}


def _source(note: Block) -> Mapping[str, str] | None:
    address = next((link.address for link in note.links if link.outward), "")
    if bare := _ADDRESS.search(note.text):
        address = address or bare[0]
    title = " ".join(_ADDRESS.sub("", note.text).split()).strip(" ,;:–—-")
    if not address or len(title) > _CITED:
        return None
    return {"title": title or address, "url": address}
