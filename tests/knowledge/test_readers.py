"""Which reader a file has; and that one can be written as the documents say."""

import re
from pathlib import Path, PurePath
from types import ModuleType

import pytest

from knowledge.entry import Entry
from knowledge.formats import readers
from knowledge.formats.readers import READERS, Reader, reader_of

_GUIDE = Path(__file__).parents[2] / "docs" / "readers.md"
_SAYINGS = (
    "High tide (HT)\nThe highest\nsea of a day.\n\nTwice.\n%\nEbb\nThe sea falls.\n%\nFlow\n%\n"
)

COPIED = "Glossary of the sea\n\nEbb\nThe sea falls.\n\nFlow\nThe sea runs in.\n\nTide\nIt rises.\n"


@pytest.mark.parametrize(
    ("name", "text", "reader"),
    [
        ("a.txt", "Note: Tide\nMeaning: The sea rises.\n", "YAML"),
        ("a.csv", "Note: Tide\nMeaning: The sea rises.\n", None),
        ("a.md", "Tide\n", "Markdown with many terms"),
        ("a.txt", "Tide\n", None),
        (
            "a.rst",
            "Tide - The sea rises.\nEbb - It falls.\nFlow - It runs in.\n",
            "reStructuredText",
        ),
        ("a.txt", "Tide - The sea rises.\nEbb - It falls.\nFlow - It runs in.\n", "flash cards"),
        ("a.txt", COPIED, "a glossary as text"),
        ("a.rst", COPIED, "reStructuredText"),
        ("a.yaml", COPIED, None),
        ("a.toml", "Tide - The sea rises.\nEbb - It falls.\nFlow - It runs in.\n", None),
    ],
)
def test_a_suffix_counts_where_a_text_is_not_sure(name: str, text: str, reader: str | None) -> None:
    found = reader_of(text, PurePath(name))
    assert (found and found.name) == reader


def test_a_reader_can_be_written_as_the_guide_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(
        r"^```python\n(.*?)^```", _GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    fortune = ModuleType("fortune")
    exec(code, fortune.__dict__)  # noqa: S102  (the guide's own)
    own = Reader("entries parted by %", fortune.recognises, fortune.read)
    monkeypatch.setattr(readers, "READERS", (own, *READERS))
    reader = reader_of(_SAYINGS, PurePath("sea"))
    assert reader is own
    tide, ebb, flow = reader.read(_SAYINGS, PurePath("sea"))
    assert isinstance(tide, Entry)
    assert isinstance(ebb, Entry)
    assert (tide.term, tide.aliases, tide.line) == ("High tide", ("HT",), 1)
    assert [s.text for s in tide.sections] == ["The highest sea of a day.", "Twice."]
    assert (ebb.term, ebb.summary, ebb.line) == ("Ebb", "The sea falls.", 7)
    assert str(flow) == "sea:10: “Flow” has no definition: write one below it."
    assert not any(r.recognises(_SAYINGS) for r in READERS if not r.guesses)
