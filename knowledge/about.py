"""What a glossary says of itself: the file ``masrad.yaml`` beside its entries, if there is one."""

from collections.abc import Iterable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge import formats
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import matter

FILE = "masrad.yaml"
"""In the glossary's folder."""


class About(BaseModel):
    """By language: the subject in one line, the categories in a reader's order, first questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: dict[str, str] = {}
    categories: dict[str, list[str]] = {}
    questions: dict[str, list[str]] = {}

    def ordered(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries by their categories in that order; those that it does not name come last."""
        places = {
            (language, name): n
            for language, names in self.categories.items()
            for n, name in enumerate(names)
        }
        return sorted(entries, key=lambda e: places.get((e.language, e.category), len(places)))


def read(folder: Path) -> About | Fault:
    """What the file in a folder says; nothing where there is none."""
    file = folder / FILE
    if not file.is_file():
        return About()
    data = formats.content(file, FILE)
    if isinstance(data, Fault):
        return data
    try:
        return About.model_validate(matter.parsed(data.decode())[0] or {})
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Fault(FILE, 1, f"is not valid YAML here: {matter.reason(error)}.")
