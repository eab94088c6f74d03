"""Leads: the words that begin a paragraph or an item and are the term that the rest defines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.wording import abbreviates, is_called, is_label, is_letter
from knowledge.words import fold

_SEPARATOR = re.compile(r"\s*(?:[:：=]|->|=>|→|[-–—−]{1,3}(?=\s|$)|–|—)\s*")
_AFTER_STOP = re.compile(r"\s*(?:[:：.]|[-–—]{1,3})\s+|\s*[:：]\s*")
_BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）\n]{1,120})[)\]）]\s*")
_OTHER = re.compile(
    r"\s*(?:or|ou|oder|o|أو|/|,)\s+([^\s:–—-][^:–—\n]{0,60}?)(?=\s*[:：]|\s*[-–—]\s)"
)
_PLAIN = re.compile(
    r"((?:[^:：\n.!?؟。]|\.(?=\S)){1,80}?)(?:\s*[:：](?!//)\s+|：|\s+[-–—]{1,3}\s+)(?=\S)"
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LABEL = re.compile(r"^\W*[^\W\d][^:：\n]{0,30}[:：]")
_SEVERAL, _MOST, _FEW_WORDS = 3, 0.7, 6
_ALSO = re.compile(r"^(?:a\.?k\.?a\.?|also known as|also called|or)[:\s]+", re.IGNORECASE)
_WITHIN = re.compile(r"([^:：\n]{1,40}?)[:：]\s+(\S[^:：\n]*[^:：\s])")
_ADDRESS = re.compile(r"(?:\W*[^\W\d][^:：\n]{0,30}[:：]\s*)?(https?://\S+)")
_CITED = re.compile(r"[^\n]{1,250}\s(https?://\S+)")
_LEADS_ON = re.compile(
    r"\W*(?:back|return|home|(?:read|learn|see|show|view|find out) more|more|continue|edit|next"
    r"|previous|zurück|weiterlesen|mehr|retour|lire la suite|voir plus|volver|leer más|ver más"
    r"|voltar|leia mais|назад|читать|подробнее|العودة|رجوع|عودة|اقرأ المزيد|المزيد|geri|بازگشت"
    r"|返回|戻る|돌아가기|더 보기)(?![^\W\u3040-\u9fff\uac00-\ud7af])",
    re.IGNORECASE,
)
_MOST_WORDS = 12
"""A term has no more words than this (the longest of a hundred public glossaries have nine)."""
_MOST_BOLD = 20
"""In bold in a list, where it may stand in two languages."""


@dataclass(slots=True)
class Term:
    """A term and the blocks that define it."""

    name: str
    blocks: list[Block]
    line: int
    end: int = 0
    """The line on which the next term begins, of headings."""
    category: str = ""
    aliases: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    example: str = ""
    anchor: str = ""
    """The id that its author gave it."""
    sure: bool = False
    """Whether it is of a definition list, or of a table that names its columns."""
    depth: int = -1
    """In how many lists it stands, of a lead."""
    open_ended: bool = False
    """Whether paragraphs below it belong to it as well."""
    quoted: bool = False
    """Whether it stands in a quotation, as remarks above a glossary do."""
    language: str = ""
    id: str = ""

    @property
    def text(self) -> str:
        """All that is said of it."""
        return "\n\n".join(b.text for b in self.blocks if b.text and b.kind != "heading")

    def takes(self, block: Block) -> bool:
        """Whether a block below the term is of its definition."""
        if self.depth < 0 or block.kind in ("heading", "rule", "term", "definition", "head", "row"):
            return False
        if block.level > self.depth:
            return True
        if block.kind == "item" or block.level < self.depth:
            return False
        if self.depth:
            return True
        return self.open_ended and not (block.strong and block.lead and after(block))


def are_plain(blocks: Sequence[Block]) -> bool:
    """Whether most paragraphs of a text begin with words and a dash or a colon, in no emphasis."""
    texts = [b for b in blocks if b.kind == "text" and not b.quoted]
    names = [_plain_name(b) for b in texts if not b.lead and _plain_name(b)]
    several = len({fold(name) for name in names}) == len(names) >= _SEVERAL
    return several and len(names) >= _MOST * len(texts)


def _plain_name(block: Block) -> str:
    """The few words that a paragraph begins with before a dash or a colon."""
    match = _PLAIN.match(block.text)
    return match[1] if match and len(match[1].split()) <= _FEW_WORDS else ""


def led(
    blocks: Sequence[Block], n: int, category: str, *, titled: bool, plain: bool = False
) -> Term | None:
    """The term that a block begins with, or None; what is not in bold is believed of a glossary.

    In a paragraph it is where most are so (``plain``).
    """
    block = blocks[n]
    if block.kind not in ("text", "item") or not block.text:
        return None
    most = _MOST_BOLD if block.strong and titled and block.kind == "item" else _MOST_WORDS
    if block.lead and len(block.lead.split()) <= most and "\n" not in block.lead:
        if not (block.strong or titled):
            return None
        if block.strong and titled and (spelt := _spelt(block)):
            return _term(block, *spelt, category)
        found = after(block)
        if found is None and block.strong and block.text == block.lead and _followed(blocks, n):
            found = [], ""
        if found is None and block.strong and titled and _begins(blocks, n):
            rest = block.text[len(block.lead) :]
            found = [], rest.strip() if rest.strip()[:1].isupper() else block.text
        return _term(block, block.lead, *found, category) if found else None
    may = titled and not block.lead and (plain or block.kind == "item")
    match = _PLAIN.match(block.text) if may else None
    most = _MOST_WORDS if block.kind == "item" else _FEW_WORDS
    if match is None or len(match[1].split()) > most or not block.text[match.end() :]:
        return None
    return _term(block, match[1], [], block.text[match.end() :], category)


def _spelt(block: Block) -> tuple[str, list[str], str] | None:
    """The name, others and the definition of “**AP: access point**, a …”; None of other leads."""
    match = _WITHIN.fullmatch(block.lead)
    if match is None or is_label(match[1]):
        return None
    aliases = [match[2]] if abbreviates(match[1], match[2]) else []
    return match[1], aliases, match[2] + block.text[len(block.lead) :]


def _term(block: Block, name: str, aliases: list[str], rest: str, category: str) -> Term:
    name = name.strip(" :：.\t-–—")
    return Term(
        name,
        [replace(block, text=rest)],
        block.line,
        category=category,
        aliases=aliases,
        anchor=block.anchor,
        depth=block.level,
        open_ended=block.kind == "text",
        quoted=block.quoted,
    )


def after(block: Block) -> tuple[list[str], str] | None:
    """The names in brackets behind a lead, and its definition; None if it defines nothing."""
    rest = block.text[len(block.lead) :]
    aliases: list[str] = []
    if other := _OTHER.match(rest):
        aliases, rest = [other[1].strip()], rest[other.end() :]
    bracket = _BRACKET.match(rest)
    if bracket and (
        block.broken or bracket[0].endswith("\n") or _SEPARATOR.match(rest, bracket.end())
    ):
        names = re.split(r"[,;/،、]| or ", bracket[1])
        named = [_ALSO.sub("", name.strip(" $")) for name in names]
        aliases += [name for name in named if not is_called(name, "grammar")]
        rest = rest[bracket.end() :]
        if not _SEPARATOR.match(rest):
            return aliases, rest.strip()
    if match := _SEPARATOR.match(rest):
        return aliases, rest[match.end() :].strip()
    if block.lead.endswith((":", "：", ".")) and rest[:1].isspace():
        return aliases, rest.strip()
    if (match := _AFTER_STOP.match(rest)) and block.strong:
        return aliases, rest[match.end() :].strip()
    if block.broken and block.strong and rest.strip(" :.\n"):
        return aliases, rest.lstrip(" :.\n")
    return None


def sends(block: Block, term: str) -> bool:
    """Whether a paragraph says nothing but where to go: “Home › Glossary”, “Source: a book”."""
    if block.kind == "item" and block.links:  # of a list of contents
        return all(link.address.startswith("#") for link in block.links) and (
            block.text == "".join(link.text for link in block.links)
        )
    if block.kind == "text" and _ADDRESS.fullmatch(block.text):
        return True
    if block.kind != "text" or not block.links:
        return False
    label = _LABEL.match(block.text)
    first = min(block.text.find(link.text) for link in block.links)
    rest = block.text[label.end() if label and label.end() <= first else 0 :]
    for link in sorted(block.links, key=lambda link: -len(link.text)):
        rest = rest.replace(link.text, " ", 1) if link.text else rest
    rest = rest.replace(term, " ")
    return not any(c.isalnum() for c in rest)


def address(block: Block) -> str:
    """The address that a paragraph is, behind a label or none: “Source: https://…”; or nothing."""
    match = _ADDRESS.fullmatch(block.text) or _CITED.fullmatch(block.text)
    return match[1] if match else ""


def leads_on(block: Block) -> bool:
    """Whether a paragraph is but a link that leads away from the page: “Back to the glossary”."""
    said = sum(len(link.text) for link in block.links)
    return said > 0 and 2 * said > len(block.text) and _LEADS_ON.match(block.text) is not None


def _begins(blocks: Sequence[Block], n: int) -> bool:
    """Whether words in bold begin an entry, and not the text below a heading that is one."""
    text, lead = blocks[n].text, blocks[n].lead
    next_letter = text[len(lead) : len(lead) + 1]
    if not (next_letter.isspace() or _UNSPACED.match(next_letter)):
        return False
    above = blocks[n - 1].text if n and blocks[n - 1].kind == "heading" else ""
    if not above or is_letter(above):
        return True
    return blocks[n].kind == "text" and not {*fold(above).split()} & {*fold(lead).split()}


def _followed(blocks: Sequence[Block], n: int) -> bool:
    """Whether what follows may define a term that stands alone."""
    if n + 1 >= len(blocks):
        return False
    block, below = blocks[n], blocks[n + 1]
    if below.kind not in ("text", "item", "code"):
        return False
    return below.level >= block.level and not (below.strong and below.text == below.lead)
