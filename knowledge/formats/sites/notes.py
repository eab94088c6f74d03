"""Notes: the footnotes of Markdown, as text or publications of the entry whose words bear them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.formats.sites.blocks import Block

_DEFINED = re.compile(
    r"^ {0,3}\[\^([^\]\n]+)\]:[ \t]*(.*(?:\n(?:[ \t]{2,}\S.*|[ \t]*(?=\n[ \t]{4,}\S)"
    r"|(?=[^\s#>*+|\[`~:<-]).*))*)",
    re.MULTILINE,
)
_MARK = re.compile(
    r"(?P<code>(?<!`)(`{1,3})(?!`)[^`\n]+\2(?!`))"
    r"|[ \t]?\[\^(?P<label>[^\]\s]+)\]|(?<=\S)\^\[(?P<inline>[^\[\]\n]{1,2000})\]"
)
_LABEL = re.compile(r"\d{1,4}|(?!\w-\w)\w[\w.:-]{2,40}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'،؛]+[^\s<>\"'.,;:،؛)\]]")
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
        return "".join([*pieces, text[counted:]])

    def read(self, content: str, line: int) -> tuple[str, list[tuple[str, int]]]:
        """A paragraph without the marks of footnotes; and these.

        A mark that nothing answers to is dropped, if it is a number or a word. Code is let be.
        """
        found: list[tuple[str, int]] = []

        def drop(mark: re.Match[str]) -> str:
            if mark["code"]:
                return mark[0]
            if mark["inline"]:
                found.append((mark["inline"], line))
                return ""
            label = mark["label"].lower()
            if label in self._texts:
                found.append(self._texts[label])
            return "" if label in self._texts or _LABEL.fullmatch(label) else mark[0]

        if "[^" in content or "^[" in content:
            content = _MARK.sub(drop, content)
        return content, list(dict.fromkeys(found))[:_MOST]


def told(blocks: Sequence["Block"]) -> tuple[list["Block"], list[Mapping[str, str]]]:
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
        kept.append(block)
        for note in block.notes:
            if found := _source(note):
                cited[found["title"], found["url"]] = found
            elif note.text and (note.line, note.text) not in seen:
                seen.add((note.line, note.text))
                below.append(note)
    return [*kept, *below], list(cited.values())


def _source(note: "Block") -> Mapping[str, str] | None:
    address = next((link.address for link in note.links if link.outward), "")
    if bare := _ADDRESS.search(note.text):
        address = address or bare[0]
    title = " ".join(_ADDRESS.sub("", note.text).split()).strip(" ,;:–—-")
    if not address or len(title) > _CITED:
        return None
    return {"title": title or address, "url": address}
