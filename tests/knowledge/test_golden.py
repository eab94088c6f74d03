"""Real glossaries, as their owners keep them, in the folder that MASRAD_GOLDEN names.

Nothing of them is in the repository: ``tests/data/golden.json`` holds, for each, how many terms it
has, and of ten of them hashes of the term and of how its text begins
(``python -m tests.knowledge.test_golden`` writes it anew, to be looked through).
"""

import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from knowledge.entry import Entry
from knowledge.glossary import Glossary

DATA = Path(__file__).parents[1] / "data" / "golden.json"
GOLDEN = os.environ.get("GOLDEN") or os.environ.get("MASRAD_GOLDEN", "")
EXPECTED = json.loads(DATA.read_text("utf-8"))
_ENOUGH = 0.98  # of the terms
_MARKUP = re.compile(
    r"\*\*\w[^*\n]*\*\*|\]\(|:\w+:`|<(?:p|br|div|span|a href)\b|\{\{[<%]|^\.\. \w+::", re.MULTILINE
)


def _hash(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(words[:40].encode()).hexdigest()[:12]


def _begins(entry: Entry) -> tuple[str, str]:
    return _hash(entry.term), _hash(entry.summary)


@pytest.mark.skipif(not Path(GOLDEN or "-").is_dir(), reason="MASRAD_GOLDEN names no folder")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_glossary_has_its_terms_with_their_texts(name: str) -> None:
    entries = Glossary.read(Path(GOLDEN) / name).entries
    expected = EXPECTED[name]
    assert _ENOUGH * expected["terms"] <= len(entries) <= expected["terms"]
    found = dict(map(_begins, entries))
    assert {term: found.get(term) for term in expected["begins"]} == expected["begins"]
    texts = (section.text for entry in entries for section in entry.sections)
    assert not [text for text in texts if _MARKUP.search(text)]


if __name__ == "__main__":
    values = {}
    for each in sorted(path for path in Path(GOLDEN).iterdir() if path.name != "README.md"):
        read = Glossary.read(each).entries
        values[each.name] = {
            "terms": len(read),
            "begins": dict(map(_begins, read[:: max(1, len(read) // 10)][:10])),
        }
    DATA.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
