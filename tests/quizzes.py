"""Small quizzes, by hand: a term that is meant, a false statement, steps in order."""

from pathlib import Path

import yaml

from assistant.answer import Citation
from assistant.classroom.quiz import Item, Quiz

_SAID = yaml.safe_load((Path(__file__).parent / "data" / "quizzes.yaml").read_text("utf-8"))


def quiz(language: str = "en") -> Quiz:
    """The three of a language."""
    said = _SAID[language]
    term, quote = said["term"], said["key"]
    key = Citation(1, "overfitting", term, language, "summary", quote, 0, len(quote))
    items = []
    for each in said["items"]:
        asked = (each["kind"], language, each["prompt"], tuple(each["options"]))
        items.append(Item(*asked, tuple(each["right"]), key, each.get("change", "")))
    return Quiz(term, language, tuple(items))
