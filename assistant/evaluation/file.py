"""A file, written aside and put in place in one step."""

from pathlib import Path

from assistant.evaluation import EvaluationError


def check(file: Path) -> None:
    """Makes sure that a file can be put there: before the work, not after it.

    Raises:
        EvaluationError: its folder is not there.
    """
    if not file.parent.is_dir() or file.is_dir():
        raise EvaluationError(f"{file} cannot be written: name a file in a folder that exists.")


def put(file: Path, text: str) -> None:
    """Writes the text; a reader finds the old file or the new one, and nothing between."""
    aside = file.with_name(f".{file.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
