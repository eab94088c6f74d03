"""Front matter: the fields above the body of a Markdown file, in YAML, with the line of each."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from knowledge.fault import Fault

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_SAFE):  # type: ignore[misc]
    """YAML that leaves as text what is no plain number: a date, “no”, 12:30, endless digits."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [each for each in resolvers if each[0].endswith((":null", ":merge"))]
        for first, resolvers in _SAFE.yaml_implicit_resolvers.items()
    }


_INT = re.compile(r"-?(?:0|[1-9]\d{0,17})$")
Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, [*"-0123456789"])
INVALID = (yaml.YAMLError, ValueError, RecursionError)
_FENCED = re.compile(r"\s*^---[ \t]*\n(.*?)^---[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Matter:
    """The fields, the line of each, the body, and the line on which that begins."""

    values: dict[str, Any]
    lines: dict[str, int]
    body: str
    below: int


def read(text: str, origin: str) -> Matter | Fault:
    """The front matter of a text and its body, or what is wrong with it."""
    found = _FENCED.match(text)
    if found is None:
        return Fault(origin, 1, "the front matter is never closed: end it with a line of “---”.")
    above = text.count("\n", 0, found.start(1)) + 1  # the line below the fence
    try:
        loader = Loader(found[1])
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except INVALID as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + above if mark else above - 1
        return Fault(origin, line, f"the front matter is not valid YAML: {reason(problem)}.")
    if not isinstance(values, dict) or not values:
        return Fault(origin, 1, "the front matter holds no fields: begin with “term: …”.")
    fields = {str(key): value for key, value in values.items()}
    lines = {str(key.value): key.start_mark.line + above for key, _ in node.value}
    return Matter(fields, lines, text[found.end() :], text.count("\n", 0, found.end()) + 1)


def load(text: str) -> Any:  # noqa: ANN401
    """What YAML says; where it is not valid, one of ``INVALID`` is raised."""
    return yaml.load(text, Loader)  # noqa: S506  (which is as safe)


def reason(error: Exception) -> str:
    """Why a parser refuses a text, in a few words."""
    if isinstance(error, RecursionError):
        return "it nests too deep"
    return str(getattr(error, "problem", None) or error).rstrip(".")
