"""Laid: a term as a page sets it out; and the tables of terms that pages have."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.formats.pages.furniture import HEADINGS, elements, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of

_LONGEST_TERM = 120
"""In characters: what is longer is a sentence, not a term."""
_MOST_WORDS = 14
_LETTER = re.compile(
    r"(?:[^\W\d_]|\d|#)(?:[\s,./|·–-]+(?:[^\W\d_]|\d|#))*[\s.]*|"
    r"(?:letter|lettre|letra|lettera|buchstabe|حرف)\s\S{1,6}|\w行",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"glossar|lexi[ck]|lessico|dictionar|terminolog|vocabular|terms|مسرد|معجم|قاموس|مصطلحات|wörter|"
    r"begriff|vocabul|diccionar|dicionár|dizionar|термин|словар|глоссар|用語|术语|術語|용어|acronym|abbrev",
    re.IGNORECASE,
)  # fmt: skip
_TERM_COLUMNS = {
    "term", "terms", "word", "words", "phrase", "name", "concept", "keyword", "vocabulary", "entry",
    "acronym", "abbreviation", "abbreviations", "english", "english term", "arabic", "arabic term",
    "المصطلح", "مصطلح", "المصطلحات", "الكلمة", "المفهوم", "الاختصار", "المصطلح العربي", "العربية",
    "المصطلح بالعربية", "المصطلح الإنجليزي", "الإنجليزية", "المصطلح بالإنجليزية", "terme", "termes",
    "mot", "sigle", "acronyme", "notion", "begriff", "begriffe", "wort", "fachbegriff", "abkürzung",
    "término", "termino", "palabra", "concepto", "sigla", "termo", "conceito", "termine", "parola",
    "concetto", "термин", "понятие", "слово", "用語", "术语", "術語", "용어", "terim", "istilah",
    "hugtak", "pojem", "termin", "begrep", "begrip",
}  # fmt: skip
_DEFINITION_COLUMNS = {
    "definition", "definitions", "meaning", "description", "explanation", "what it means",
    "details", "what it is", "plain english",
    "stands for", "التعريف", "تعريف", "الشرح", "المعنى", "الوصف",
    "الدلالة", "définition", "signification", "explication", "sens", "bedeutung",
    "beschreibung", "erklärung", "erläuterung", "definición", "definicion", "significado",
    "descripción", "definição", "descrição", "definizione", "descrizione", "significato",
    "определение", "значение", "описание", "説明", "定義", "意味", "定义", "解释", "說明", "说明",
    "설명", "정의", "tanım", "açıklama", "definisi", "definice", "definicja", "definitie",
}  # fmt: skip
_OTHER_NAMES = {"acronym", "abbreviation", "synonyms", "aliases", "also known as", "aka", "مرادفات"}
_EXAMPLE_COLUMNS = {"example", "examples", "مثال", "أمثلة", "exemple", "beispiel", "ejemplo"}


@dataclass
class Laid:
    """A term, and the blocks that define it, as a layout has them."""

    term: str
    node: Any
    """The element that names it; its anchor and its language stand there or above."""
    blocks: list[Block] = field(default_factory=list)
    line: int = 1
    category: str = ""
    aliases: list[str] = field(default_factory=list)
    example: str = ""


def is_term(text: str) -> bool:
    """Whether a text is short enough for a term, and not a single letter or mark of an index."""
    return (
        1 < len(text) <= _LONGEST_TERM
        and len(text.split()) <= _MOST_WORDS
        and "\n\n" not in text
        and re.search(r"\w", text) is not None
        and not is_letter(text)
    )


def is_letter(text: str) -> bool:
    """Whether a text is a mark under which terms stand: A, A–C, 0-9, حرف الألف."""
    return _LETTER.fullmatch(text.strip()) is not None


def is_of_many(title: str) -> bool:
    """Whether a title is that of a glossary, not of a term."""
    return _MANY.search(title) is not None


def signs(term: str) -> str:
    """An id for a term without a letter, from the names of its signs: “>>>”, “…”."""
    names = dict.fromkeys(unicodedata.name(sign, "") for sign in term[:8])
    return "-".join(filter(None, names)).replace(" ", "-").lower()


def distinct(wanted: str, used: dict[str, int]) -> str:
    """An id that is not used yet: the one that is wanted, or that with a number; now it is used.

    ``used`` holds the last number that each was given: a term may stand in a file a million times.
    """
    number = used.get(wanted, 0) + 1
    made = wanted if number == 1 else f"{wanted}-{number}"
    while made in used:
        number += 1
        made = f"{wanted}-{number}"
    used[wanted] = number
    used.setdefault(made, 1)
    return made


def tables(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Rows of tables whose head names a term and a definition, or that are pairs of such."""
    laid: list[Laid] = []
    category = ""
    for node in elements(root, lambda _, tag: tag == "table" or tag in HEADINGS):
        if tag_of(node) in HEADINGS:
            text = " ".join(block.text for block in blocks_of(node))
            category = "" if tag_of(node) == "h1" or is_letter(text) else text
        else:
            laid += _rows(node, category)
    return laid


def _rows(table: Any, category: str) -> Iterator[Laid]:  # noqa: ANN401
    names: list[int] = []
    what: list[int] = []
    head: list[str] = []
    for row in elements(table, lambda _, tag: tag == "tr"):
        cells = list(elements(row, lambda _, tag: tag in ("td", "th")))
        blocks = [list(blocks_of(cell)) for cell in cells]
        texts = [" ".join(block.text for block in cell).replace("\n", " ") for cell in blocks]
        folded = [text.strip(" :*").casefold() for text in texts]
        terms = [n for n, text in enumerate(folded) if text in _TERM_COLUMNS]
        definitions = [n for n, text in enumerate(folded) if text in _DEFINITION_COLUMNS]
        if terms and definitions:
            names, what, head = terms, definitions, folded
            continue
        if not head and _is_pair(cells, texts):
            names, what = [0], [1]
        named = [texts[n] for n in names if n < len(texts) and texts[n]]
        defined = [block for n in what if n < len(blocks) for block in blocks[n]]
        if named and defined:
            yield Laid(
                named[0], cells[names[0]], defined, defined[0].line, category, named[1:],
                _cell(head, texts, _EXAMPLE_COLUMNS),
            )  # fmt: skip
        if not head:
            names, what = [], []


def _is_pair(cells: Sequence[Any], texts: Sequence[str]) -> bool:
    """Whether a row of a table without a head names something and says what it is."""
    return len(cells) == 2 and len(texts[1]) > max(20, len(texts[0]))  # noqa: PLR2004


def _cell(head: Sequence[str], texts: Sequence[str], names: set[str]) -> str:
    return next((t for h, t in zip(head, texts, strict=False) if h in names), "")
