"""Lists: files of cases, scripts and claims, as YAML, with the line on which each item begins."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.evaluation import EvaluationError

Fields = TypeVar("Fields", bound=BaseModel)


def mappings(file: Path) -> Iterator[tuple[int, object]]:
    """What a file lists, each item with the line on which it begins.

    Raises:
        EvaluationError: the file cannot be read, or holds no list.
    """
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise EvaluationError(
            f"The questions in {file} cannot be read ({error.strerror}): name a YAML file."
        ) from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file}:1: is not in UTF-8: save it as UTF-8.") from error
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise EvaluationError(
                f"{file}:{node.start_mark.line + 1}: is no list of questions: begin each with “- ”."
            )
        for item in node.value:
            value: Any = loader.construct_document(item)
            yield item.start_mark.line + 1, value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise EvaluationError(f"{file}:{line}: is not YAML ({' '.join(what.split())}).") from error
    finally:
        loader.dispose()


def items(file: Path, fields: type[Fields]) -> Iterator[tuple[str, Fields]]:
    """What a file lists, each item checked, with its place as ``file:line``.

    Raises:
        EvaluationError: the file cannot be read, or an item is not as it should be.
    """
    for line, values in mappings(file):
        place = f"{file}:{line}"
        try:
            yield place, fields.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the item"
            raise EvaluationError(
                f"{place}: “{where}” is not as it should be: {first['msg']}."
            ) from error
