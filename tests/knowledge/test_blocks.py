"""Blocks: formulas, tables, code and figures are found as text, and drawn where they can be."""

import json
import re
from pathlib import Path, PurePath

import pytest
from lxml import etree

from knowledge.blocks import Block, formulas
from knowledge.editing import native
from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm, entry_from
from knowledge.entry import Entry
from knowledge.exports import export
from knowledge.formats import markdown
from knowledge.glossary import Glossary

TEXT = """---
term: Kettle
---

A kettle heats water.

## How it works

The heat in joules is the mass times 4.2 times the rise in temperature.

```math
Q = m c \\Delta T
```

| Water | Minutes |
| --- | --- |
| cold \\| hard | 4 |
| warm | 2 |

```python
def heat(mass, rise):

    return 4.2 * mass * rise
```

```figure
says: The plot shows the water at 20 degrees, at 60 after two minutes and at 100 after four.
plot:
  x: Minutes
  y: Degrees
  series:
    - {name: measured, points: [[0, 20], [2, 60], [4, 100]]}
    - {name: line, fit: 1, of: measured, to: 5}
```

It boils.
"""
TEXTS = [
    "The heat in joules is the mass times 4.2 times the rise in temperature.",
    "Q = m c Δ T",
    "Water — Minutes\ncold | hard — 4\nwarm — 2",
    "def heat(mass, rise):\n    return 4.2 * mass * rise",
    "The plot shows the water at 20 degrees, at 60 after two minutes and at 100 after four.",
    "It boils.",
]


def _entry(text: str = TEXT) -> Entry:
    (entry,) = markdown.read(text, PurePath("en/kettle.md"))
    assert isinstance(entry, Entry)
    return entry


def _figure(**parts: object) -> Block:
    return Block("figure", json.dumps({"says": "It shows.", **parts}), 0)  # which is YAML


def test_a_block_is_a_paragraph_that_is_found_and_quoted_as_text() -> None:
    entry = _entry()
    section = entry.sections[1]
    assert section.text.split("\n\n") == TEXTS
    assert [(b.kind, b.paragraph) for b in section.blocks] == [
        ("math", 1), ("table", 2), ("python", 3), ("figure", 4),
    ]  # fmt: skip
    assert [s.text for s in entry.sentences if s.section == "how"] == TEXTS
    for sentence in entry.sentences[1:]:
        assert section.text[sentence.start : sentence.end] == sentence.text
    assert section.block_at(section.text.index("warm")) == section.blocks[1]


@pytest.mark.parametrize("name", ["native", "jsonl"])
def test_blocks_survive_being_exported_and_read_again(tmp_path: Path, name: str) -> None:
    dest = tmp_path / "tea.jsonl"
    export(Glossary(Path("/glossaries/tea"), (_entry(),)), name, dest)
    (read,) = Glossary.read(dest).entries
    assert read.sections == _entry().sections


def test_blocks_survive_being_edited() -> None:
    entry = _entry()
    edit = Edit(PurePath(entry.origin), entry.id, "en", entry, native.write(entry).encode())
    form = EntryForm.of(edit)
    assert entry_from(form, edit) == entry
    assert "```figure\nsays: The plot" in form.text


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}",
         "softmax(z)_i = (e^(z_i))/(∑_j e^(z_j))"),
        (r"\sqrt[4]{p_1 p_2}", "(p_1 p_2)^(1/4)"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1, 2; 3, 4]"),
    ],
)  # fmt: skip
def test_a_formula_is_said_on_one_line(latex: str, plain: str) -> None:
    assert formulas.plain(latex) == plain
    root = etree.fromstring(formulas.mathml(latex))
    assert root.tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert root.get("alttext") == plain


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\frac{1", "breaks off"),
        (r"\nosuch x", r"“\nosuch”"),
        ("a < b > c & d", "no LaTeX"),
        ("{" * 900 + "}" * 900, "too deep"),
        ("x" * 2_001, "longer than 2,000"),
    ],
)
def test_what_is_no_formula_is_told_and_shown_as_written(latex: str, said: str) -> None:
    block = Block("math", latex, 0)
    assert said in block.problem
    assert block.text == latex
    assert block.drawable.drawn("en").startswith("<pre")


def test_a_formula_brings_no_link_and_no_code() -> None:
    assert "javascript" not in formulas.mathml(r"\href{javascript:alert(1)}{x}")
    assert "no sign" in Block("math", r"\text{<script>alert(1)</script>}", 0).problem
    typst = formulas.typst(r"x = \text{#read(a)} \$ 2 \# y")
    assert '"#read(a)"' in typst
    assert re.fullmatch(r'([^"$#]|"[^"]*"|\\[$#])*', typst)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({}, "one of plot, bars, matrix and boxes"),
        ({"bars": {"labels": ["a"], "series": [{"values": [1, 2]}]}}, "a value for each label"),
        ({"boxes": [["A"]], "arrows": [["A", "B"]]}, "“B”, which is no box"),
        ({"plot": {"series": [{"points": [[0, 1e300]]}]}}, "1000000000000"),
        ({"nosuch": 1}, "nosuch"),
    ],
)
def test_what_is_no_figure_is_told(parts: dict[str, object], said: str) -> None:
    assert said in _figure(**parts).problem


BOXES = {"boxes": [["<b>", "Two", None], [None, "Three", "Four"]]}
ARROWS = {"arrows": [["<b>", "Two", "then"], ["Two", "Four"], ["Four", "<b>"]]}
SHOWN: dict[str, dict[str, object]] = {
    "plot": {"plot": {"x": "<b>", "series": [{"name": "c", "curve": [[-1, 0], [0, -5], [3, 2]]}]}},
    "bars": {"bars": {"y": "<b>", "labels": ["a", "b"], "series": [{"values": [0.25, -1]}]}},
    "matrix": {"matrix": {"rows": ["<b>"], "columns": ["x"], "row": "r", "values": [["word"]]}},
    "boxes": {**BOXES, **ARROWS},
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", SHOWN)
def test_a_figure_says_what_it_shows_and_stays_in_its_frame(name: str, language: str) -> None:
    root = etree.fromstring(_figure(**SHOWN[name]).drawn(language))
    assert (root.get("role"), root.get("aria-label")) == ("img", "It shows.")
    assert any("<b>" in (node.text or "") for node in root.iter())
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for node in root.iter():
        assert -1 <= float(node.get("x", 0)) <= width
        assert -1 <= float(node.get("y", 0)) <= height


def test_boxes_run_in_the_direction_of_the_language() -> None:
    for language, is_first_left in {"en": True, "ar": False}.items():
        root = etree.fromstring(_figure(**BOXES).drawn(language))
        first, second, *_ = (float(box.get("x", 0)) for box in root.iter("{*}rect"))
        assert (first < second) == is_first_left
