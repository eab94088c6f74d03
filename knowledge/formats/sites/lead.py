"""Leads: the words that begin a paragraph or an item and are the term that the rest defines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.neighbours import (
    FEW_WORDS,
    begins,
    by_commas,
    followed,
    heads,
    unmarked,
)
from knowledge.formats.sites.wording import (
    abbreviates,
    begins_as,
    begun,
    is_called,
    is_label,
    other_name,
)
from knowledge.language.words import fold

_SEPARATOR = re.compile(r"\s*(?:[:：=]|->|=>|→|[-–—−]{1,3}(?=\s|$)|–|—)\s*")
_AFTER_STOP = re.compile(r"\s*(?:[:：.]|[-–—]{1,3})\s+|\s*[:：]\s*")
_SOUND = re.compile(r"^\s*[/\[]{1,2}[^\s/\[\]][^/\[\]\n]{0,40}[/\]]{1,2}\s*(?=[(:：–—-])")
"""How a word is pronounced, behind it: “tide /taɪd/”."""
_PICTURE = re.compile("^\\s*[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+\\s*(?=[:=–—-])")
_BRACKET = re.compile(r"\s*[(\[（]([^()\[\]（）\n]{1,120})[)\]）]\s*")
_OTHER = re.compile(
    r"\s*(?:or|ou|oder|o|أو|eller|lub|albo|nebo|ili|или|або|veya|ya da|atau|hoặc|sau|vagy|یا|/|,)"
    r"\s+([^\s:–—-][^:–—=\n]{0,60}?)(?=\s*[:：=]|\s*[-–—]\s)"
)
_PLAIN = re.compile(
    r"((?:[^:：\n.!?؟。(]|\.(?=\S)|(?>\([^():：\n]{1,60}\)|\()){1,80}?)"
    r"(?:\s*[:：](?!//)\s+|：|\s+(?:[-–—]{1,3}|=)\s+)(?=\S)"
)
_PAIR = re.compile(r"([^,，、\n]{1,40}?)\s*[,，、]\s*(?=\S[^，。!?\n]{0,60}$)")
# “MHW Mean High Water”
_ACRONYM = re.compile(r"([A-Z][A-Z\d]{1,7})\s+(?=[A-Z][^\n]+$)")
_UNLATIN = re.compile("[^\\W\\d_a-zA-Z\u00aa-\u024f]")
_SEVERAL, _MOST = 3, 0.7
_WITHIN = re.compile(r"([^:：\n]{1,40}?)[:：]\s+(\S[^:：\n]*[^:：\s])")
_ONE_MORE = re.compile(r" ([^\W_]+)\s*[:：]\s+(?=\S)")
_MARKS = "-–—.:："
_ABBREVIATED = re.compile(r"\.\w\.$")
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
        if self.depth < 0 or block.kind in ("heading", "rule", "term", "definition"):
            return False
        if block.kind in ("head", "row"):
            return self._leads_to(block)
        if block.level > self.depth:
            return True
        if block.kind == "item" or block.level < self.depth:
            return False
        if self.depth:
            return True
        return self.open_ended and not (block.strong and block.lead and after(block))

    def _leads_to(self, block: Block) -> bool:
        """Whether a table is what the text ends in: “Its kinds are:”."""
        if block.kind == "row":
            return bool(self.blocks) and self.blocks[-1].kind in ("head", "row")
        return self.open_ended and self.text.endswith((":", "："))


def are_plain(blocks: Sequence[Block]) -> bool:
    """Whether most paragraphs of a text begin with words and a dash or a colon, in no emphasis."""
    texts = [b for b in blocks if b.kind == "text" and not b.quoted]
    names = [_plain_name(b) for b in texts if not b.lead and _plain_name(b)]
    several = len({fold(name) for name in names}) == len(names) >= _SEVERAL
    return several and len(names) >= _MOST * len(texts)


def are_led(blocks: Sequence[Block]) -> bool:
    """Whether most paragraphs of a text begin with words in italics, code or a link, and a mark."""
    texts = [b for b in blocks if b.kind == "text" and not b.quoted]
    found = sum(bool(b.lead) and not b.strong and after(b) is not None for b in texts)
    return found == len(texts) > 1 or (found >= _SEVERAL and found >= _MOST * len(texts))


def _plain_name(block: Block) -> str:
    """The few words that a paragraph begins with before a dash or a colon."""
    match = _PLAIN.match(block.text) or _paired(block.text)
    return match[1] if match and len(match[1].split()) <= FEW_WORDS else ""


def _paired(text: str) -> re.Match[str] | None:
    """A line that is a name, a comma, and the name in another script: “潮，tide”."""
    match = _PAIR.match(text)
    if match is None:
        return None
    foreign = [_UNLATIN.search(part) is not None for part in (match[1], text[match.end() :])]
    return match if foreign[0] != foreign[1] else None


def led(  # noqa: PLR0911
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
        if titled and not block.strong and (whole := unmarked(blocks, n)):
            return _term(block, block.lead, [], whole, category)
        if block.strong and titled and (spelt := _spelt(block) or _longer(block)):
            return _term(block, *spelt, category)
        found = after(block)
        if found is None and block.strong and block.text == block.lead and followed(blocks, n):
            found = [], ""
        if found is None and block.strong and titled and begins(blocks, n):
            rest = block.text[len(block.lead) :]
            found = [], rest.strip() if rest.strip()[:1].isupper() else block.text
        if found is None and titled and by_commas(blocks, n):
            found = [], block.text[len(block.lead) :].strip(" ,،、，")
        return _term(block, block.lead, *found, category) if found else None
    if titled and block.kind == "item" and not block.lead and heads(blocks, n):
        return _term(block, block.text, [], "", category)
    may = titled and not block.lead and (plain or block.kind == "item")
    match = _plainly(block, paired=plain) if may else None
    return _term(block, match[1], [], block.text[match.end() :], category) if match else None


def _plainly(block: Block, *, paired: bool) -> re.Match[str] | None:
    """What a paragraph or an item without emphasis begins with and then defines."""
    match = _PLAIN.match(block.text) or (_paired(block.text) if paired else None)
    item = block.kind == "item"
    if match is None and item and (match := _ACRONYM.match(block.text)):
        words = re.split(r"[\s-]+", block.text[match.end() :])
        if match[1] != "".join(word[0] for word in words if word[:1].isupper()):
            return None
    fits = match and len(match[1].split()) <= (_MOST_WORDS if item else FEW_WORDS)
    return match if match and fits and block.text[match.end() :] else None


def _spelt(block: Block) -> tuple[str, list[str], str] | None:
    """The name, others and the definition of “**AP: access point**, a …”; None of other leads."""
    match = _WITHIN.fullmatch(block.lead)
    if match is None or is_label(match[1]) or "(" in match[1].rpartition(")")[2]:
        return None
    aliases = [match[2]] if abbreviates(match[1], match[2]) else []
    return match[1], aliases, match[2] + block.text[len(block.lead) :]


def _longer(block: Block) -> tuple[str, list[str], str] | None:
    """The name and the definition of “**Draw** X: take …”, of which but one word is in bold."""
    match = _ONE_MORE.match(block.text, len(block.lead))
    if block.kind != "item" or match is None or not block.lead[-1].isalnum():
        return None
    known = is_label(match[1]) or is_called(match[1], "grammar") or begins_as(match[1], "see")
    return None if known else (f"{block.lead} {match[1]}", [], block.text[match.end() :])


def _term(block: Block, name: str, aliases: list[str], rest: str, category: str) -> Term:
    return Term(
        _without_marks(name),
        [replace(block, text=rest)],
        block.line,
        category=category,
        aliases=aliases,
        anchor=block.anchor,
        depth=block.level,
        open_ended=block.kind == "text",
        quoted=block.quoted,
    )


def _without_marks(name: str) -> str:
    """A name without what parts it from the rest; “.env”, “e.g.”, “un-” and “...” are whole."""
    words = name.split()
    while words and not words[0].strip(_MARKS):
        words.pop(0)
    while words and not words[-1].strip(_MARKS):
        words.pop()
    left = " ".join(words).strip(":：")
    return (left if _ABBREVIATED.search(left) else left.rstrip(".")) or name.strip()


def after(block: Block) -> tuple[list[str], str] | None:  # noqa: PLR0911
    """The names in brackets behind a lead, and its definition; None if it defines nothing."""
    rest = _SOUND.sub(" ", _PICTURE.sub(" ", block.text[len(block.lead) :]), count=1)
    aliases: list[str] = []
    if other := _OTHER.match(rest):
        aliases, rest = re.split(r"\s*,\s+", other[1].strip()), rest[other.end() :]
    bracket = _BRACKET.match(rest)
    sense = bracket[0].strip() if bracket and begins_as(bracket[1], "sense") else ""
    if bracket and sense and (match := _SEPARATOR.match(rest, bracket.end())):
        return aliases, f"{sense} {rest[match.end() :].strip()}"
    if bracket and (
        block.broken or bracket[0].endswith("\n") or _SEPARATOR.match(rest, bracket.end())
    ):
        names = re.split(r"[,;/،、]| or ", bracket[1])
        named = [begun(other_name(name.strip(" $")), "in_english") for name in names]
        aliases += [name for name in named if not is_called(name, "grammar")]
        rest = rest[bracket.end() :]
        if not _SEPARATOR.match(rest):
            return aliases, rest.strip()
    elif bracket and block.strong and is_called(bracket[1].strip(" .*_"), "grammar"):
        return aliases, rest[bracket.end() :].strip() or rest.strip()
    if match := _SEPARATOR.match(rest):
        return aliases, rest[match.end() :].strip()
    if block.lead.endswith((":", "：", ".")) and rest[:1].isspace():
        return aliases, rest.strip()
    if (match := _AFTER_STOP.match(rest)) and block.strong:
        return aliases, rest[match.end() :].strip()
    if block.broken and block.strong and rest.strip(" :.\n"):
        return aliases, rest.lstrip(" :.\n")
    return None
