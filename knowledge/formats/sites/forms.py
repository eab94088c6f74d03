"""Forms: a table below each term, whose rows say what is told of it: “| Definition | … |”."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.wording import is_called
from knowledge.language.words import fold

_COLUMNS = 2
_SEVERAL = 2


def told(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in which the rows of such tables, if there are several, are labelled paragraphs."""
    forms = dict(_forms(blocks))
    if len(forms) < _SEVERAL:
        return list(blocks)
    alike = len({fold(blocks[n].cells[1].text) for n in forms}) == 1  # “Field | Value”
    found: list[Block] = []
    end = 0
    for n, block in enumerate(blocks):
        if n in forms:
            end = forms[n]
            rows = blocks[n + alike : end]
            found += [each for row in rows for each in _told(row, blocks[n - 1].text)]
        elif n >= end:
            found.append(block)
    return found


def _forms(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where such tables, each right below a heading, begin and end."""
    for n in range(1, len(blocks)):
        if blocks[n].kind != "head" or blocks[n - 1].kind != "heading":
            continue
        end = n + 1
        while end < len(blocks) and blocks[end].kind == "row":
            end += 1
        rows = blocks[n + 1 : end]
        paired = all(len(row.cells) == _COLUMNS for row in blocks[n:end])
        if paired and any(is_called(row.cells[0].text, "definition") for row in rows):
            yield n, end


def _told(row: Block, term: str) -> Iterator[Block]:
    """A row as a paragraph, but for that which names the term."""
    label, said = row.cells
    named = is_called(label.text, "term") and fold(said.text) == fold(term)
    if label.text and said.text and not named:
        lead = f"{label.text.rstrip(' :：')}:"
        text = f"{lead} {said.text}"
        yield replace(said, kind="text", text=text, lead=lead, strong=True, line=row.line)
