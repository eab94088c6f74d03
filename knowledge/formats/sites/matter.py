"""Front matter: the fields above the body of a Markdown file, in YAML, TOML or JSON."""

import json
import math
import re
import tomllib
from dataclasses import dataclass
from typing import Any

import yaml

from knowledge.fault import Fault
from knowledge.formats.lines import Lines

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc]
    """YAML that leaves dates as text: an impossible one is a fault of its field alone."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in _SAFE.yaml_implicit_resolvers.items()
    }


def _number(loader: Any, node: Any) -> Any:  # noqa: ANN401
    """A number; of so many digits, or with colons between (YAML takes them for base 60), text."""
    if len(node.value) > _LONGEST_NUMBER or ":" in node.value:
        return node.value
    of_int = node.tag.endswith(":int")
    return loader.construct_yaml_int(node) if of_int else loader.construct_yaml_float(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)
_LONGEST_NUMBER = 40  # characters: the time it takes grows with the square of its digits
_MOST_VALUES = 1_000_000
"""With aliases written out: 10 MB that say what they hold have fewer, a bomb of 1 kB has more."""
_LONGEST_REASON = 100  # characters of what a parser says, which may quote the file
_FENCES = {
    "yaml": re.compile(r"^---[ \t]*$", re.MULTILINE),
    "toml": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_OPENING = re.compile(
    r"\s*(?:<!--(?:(?!-->)[\s\S]){0,5000}-->\s*)?^(---|\+\+\+)[ \t]*$", re.MULTILINE
)
_JSON = re.compile(r"\s*\{[ \t]*\n")
_JSON_END = re.compile(r"^\}[ \t]*\n\s*(?=[^\s{\[,\]}])", re.MULTILINE)
_JSON_FIELD = re.compile(r"^[ \t]{0,4}\"([\w-]+)\"[ \t]*:", re.MULTILINE)
_TOML_FIELD = re.compile(r"^([\w-]+)[ \t]*=", re.MULTILINE)
_PLACE = re.compile(r" \(at line (\d+), column \d+\)")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")


@dataclass(frozen=True, slots=True)
class Matter:
    """The fields, the line of each, the body, and the line on which that begins."""

    values: dict[str, Any]
    lines: dict[str, int]
    body: str
    below: int
    error: Fault | None = None
    """What is wrong with the YAML, where it had to be read line by line."""


def opens(text: str) -> bool:
    """Whether a text opens with front matter."""
    return _OPENING.match(text) is not None or _end_of_json(text) > 0


def is_json(text: str) -> bool:
    """Whether a text is JSON that is all front matter: the fields of a page without a body."""
    try:
        values = json.loads(text) if text.lstrip().startswith("{") else None
    except (ValueError, RecursionError):
        return False
    named = values.get("title") or values.get("term") if isinstance(values, dict) else None
    return isinstance(named, str)


def read(text: str, origin: str) -> Matter | Fault:
    """The front matter of a text and its body, or what is wrong with it.

    YAML that is broken (“title: Tea: a drink”) is read line by line where it can be, and
    ``Matter.error`` says so.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return _json(text, origin)
    kind = "yaml" if opening[1] == "---" else "toml"
    closing = _FENCES[kind].search(text, opening.end())
    if closing is None:
        fence = opening[1]
        return Fault(
            origin, 1, f"the front matter is never closed: end it with a line of “{fence}”."
        )
    above = text.count("\n", 0, opening.end()) + 2  # the line below the fence
    matter, body = text[opening.end() + 1 : closing.start()], text[closing.end() :]
    below = text.count("\n", 0, closing.end()) + 1
    if kind == "toml":
        return _toml(matter, body, below, Fault(origin, above - 1, ""))
    error = None
    try:
        values, lines = _parsed(matter, above)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + above if mark else above - 1
        error = Fault(origin, line, f"the front matter is not valid YAML: {_reason(problem)}.")
        values, lines = _by_line(matter, above)
    if not isinstance(values, dict) or not values:
        return error or Fault(origin, 1, "the front matter holds no fields: begin with “term: …”.")
    return Matter({str(k): v for k, v in values.items()}, lines, body, below, error)


def _parsed(matter: str, above: int) -> tuple[Any, dict[str, int]]:
    """The front matter's value, and the line of each field; the first stands on line ``above``."""
    loader = _Loader(matter)
    node = loader.get_single_node()
    if node is None:
        return None, {}
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lines = {
        str(key.value): key.start_mark.line + above
        for key, _ in pairs
        if isinstance(key, yaml.ScalarNode)
    }
    if _weight(node, {}) > _MOST_VALUES:
        raise yaml.composer.ComposerError(
            None, None, "its aliases stand for too many values", node.start_mark
        )
    return loader.construct_document(node), lines


def _weight(node: Any, known: dict[int, float]) -> float:  # noqa: ANN401
    """How many values a node holds with its aliases written out; endless, if it holds itself."""
    weight = known.get(id(node))
    if weight is None:
        known[id(node)] = math.inf
        weight = 1
        if isinstance(node, yaml.MappingNode):
            weight += sum(_weight(each, known) for pair in node.value for each in pair)
        elif isinstance(node, yaml.SequenceNode):
            weight += sum(_weight(each, known) for each in node.value)
        known[id(node)] = weight
    return weight


def _reason(error: Exception) -> str:
    """Why a parser refuses a text, in a few words."""
    if isinstance(error, RecursionError):
        return "it nests too deep"
    said = str(getattr(error, "problem", None) or error).rstrip(".")
    if said.startswith("Exceeds the limit"):  # Python's own, with advice to its programmer
        return "a number has too many digits"
    return said if len(said) <= _LONGEST_REASON else f"{said[:_LONGEST_REASON]}…"


def _by_line(matter: str, above: int) -> tuple[dict[str, Any], dict[str, int]]:
    """Fields of one line, of lines below a “>” or “|”, and lists, from YAML that is broken."""
    said: dict[str, list[str]] = {}
    listed: set[str] = set()
    lines: dict[str, int] = {}
    key = ""
    for number, line in enumerate(matter.split("\n")):
        if match := _FIELD.fullmatch(line.rstrip()):
            key, value = match[1].strip(), (match[2] or "").strip()
            said[key] = ["" if re.fullmatch(r"[>|][-+]?", value) else value.strip("\"'")]
            listed.discard(key)
            lines[key] = number + above
        elif key and (item := _ITEM.fullmatch(line)):
            if key not in listed:
                said[key] = []
                listed.add(key)
            said[key].append(item[1].strip().strip("\"'"))
        elif key and line.strip() and key not in listed:
            said[key].append(line.strip())
    return {k: v if k in listed else " ".join(v).strip() for k, v in said.items()}, lines


def _toml(matter: str, body: str, below: int, at: Fault) -> Matter | Fault:
    try:
        values = tomllib.loads(matter)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        message = _reason(error)
        line = int(place[1]) if (place := _PLACE.search(message)) else 0
        what = _PLACE.sub("", message)
        return Fault(at.path, at.line + line, f"the front matter is not valid TOML: {what}.")
    return Matter(values, _places(_TOML_FIELD, matter, at.line + 1), body, below)


def _places(field: re.Pattern[str], matter: str, above: int) -> dict[str, int]:
    """The line of each field, of which the first stands on line ``above``, or below it."""
    found: dict[str, int] = {}
    lines = Lines(matter, above)
    for match in field.finditer(matter):
        found.setdefault(match[1], lines.of(match.start(1)))
    return found


def _json(text: str, origin: str) -> Matter | Fault:
    end = _end_of_json(text) or len(text)
    try:
        values = json.loads(text[:end])
    except (ValueError, RecursionError) as error:
        return Fault(origin, 1, f"the front matter is not valid JSON: {_reason(error)}.")
    if not isinstance(values, dict) or not values:
        return Fault(origin, 1, "the front matter holds no fields: begin with “term: …”.")
    lines = _places(_JSON_FIELD, text[:end], 1)
    return Matter(values, lines, text[end:], text.count("\n", 0, end) + 1)


def _end_of_json(text: str) -> int:
    """Where front matter in JSON ends, with text that is none below it; or 0."""
    if not _JSON.match(text) or not (end := _JSON_END.search(text)):
        return 0
    try:
        json.loads(text[: end.end()])
    except (ValueError, RecursionError):
        return 0
    return end.end()
