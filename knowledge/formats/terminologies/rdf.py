"""RDF: the statements of a file in any of its syntaxes, read by rdflib, which fetches nothing."""

import json
import logging
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from knowledge.fault import Fault
from knowledge.formats.terminologies import elements, rdfxml

_COMMENTS = re.compile(r"(?:\s++|#[^\n]*+)*+")
_DIRECTIVE = re.compile(r"@?(?:prefix\s+[\w.-]*:|base)\s*<", re.IGNORECASE)
_STATEMENT = re.compile(
    r"(?:<[^<>\s]{1,2000}>|_:\S{1,200})\s+(?:<[^<>\s:]{1,100}:[^<>\s]{1,2000}>|a)\s+[<\"_]"
)
_QUAD = re.compile(
    r"(?:<[^<>]{1,2000}>|_:\S{1,200})\s+<[^<>]{1,2000}>\s+"
    r"(?:<[^<>]{1,2000}>|_:\S{1,200}|\"(?:[^\"\\]|\\.){0,5000}\"(?:@[\w-]{1,40}|\^\^<[^<>]{1,300}>)?)\s+"
    r"(?:<[^<>]{1,2000}>|_:\S{1,200})\s*\.\s*$",
    re.MULTILINE,
)
_GRAPH = re.compile(r"(?:^|[.}\n])\s*(?:GRAPH\s+)?(?:[\w-]*:[\w.-]*\s*)?\{", re.IGNORECASE)
_PREDICATE = re.compile(r'"https?://[^"\s]{1,300}"\s*:\s*\[\s*\{\s*"@(?:value|language)"')
_WORD = re.compile(r"[\w%.~-]+")
_JSON_MARKS = ('"@context"', '"@graph"', '"@id"')
_VOCABULARIES = ("skos", "rdf-schema#", "/owl#", "rdf-syntax-ns#")
# Contexts whose terms stand in skos-context.json, by a part of their address.
_KNOWN_CONTEXTS = re.compile(
    r"jskos|skohub|/skos|w3\.org/ns/|linked\.art|kim/vocabs", re.IGNORECASE
)


_MOST_ESCAPES = 100_000
_LONGEST_TEXT = 200_000
_SAID = re.compile(
    r"(\"{3}|'{3})(?:(?!\1)[^\\]|\\.)*+(?:\1|\Z)"  # a text, over several lines
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|<[^<>\s]*>|#[^\n]*",
    re.DOTALL,
)
_BASE = "http://glossary.invalid/"
"""What relative addresses are relative to; nothing is looked up there (RFC 6761)."""


@dataclass
class Statements:
    """What a file says: of each subject, the objects by predicate, in the file's order."""

    about: dict[Any, dict[str, list[Any]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _seen: set[Any] = field(default_factory=set)

    def add(self, statement: tuple[Any, Any, Any]) -> None:
        """Takes a statement; one that was made before says nothing new."""
        if statement not in self._seen:
            self._seen.add(statement)
            subject, predicate, value = statement
            self.about.setdefault(subject, {}).setdefault(str(predicate), []).append(value)


def syntax(text: str) -> str:
    """The syntax of RDF that a text is in, as rdflib names it; empty if it is none."""
    start = text.lstrip()[:1]
    if start == "<" and elements.root_name(text) == "RDF":
        return "xml"
    if start in ("{", "["):
        has = any(mark in text for mark in _JSON_MARKS)
        expanded = '"@context"' not in text and _PREDICATE.search(text)
        return "json-ld" if has and (expanded or any(v in text for v in _VOCABULARIES)) else ""
    comments = _COMMENTS.match(text)
    first = comments.end() if comments else 0
    if _DIRECTIVE.match(text, first):
        return "trig" if "{" in text and _GRAPH.search(_SAID.sub("", text)) else "turtle"
    if not _STATEMENT.match(text, first):
        return ""
    line = text[first : first + 10_000].partition("\n")[0].rstrip()
    return "nquads" if _QUAD.match(line) else "nt" if line.endswith(".") else "turtle"


def statements(text: str, path: PurePath) -> Statements:
    """The statements of a text; those before the place where it is broken, if it is."""
    form, origin = syntax(text), str(path)
    said = Statements()
    try:
        if form == "xml":
            root, said.faults = elements.document(text, origin)
            with _quiet():
                for statement in rdfxml.triples(root, _BASE) if root is not None else ():
                    said.add(statement)
            return said
        if form == "json-ld":
            text = _with_contexts(text)
        elif form in ("turtle", "trig"):
            _check(text)
    except elements.Refused as refused:
        said.faults.append(Fault(origin, refused.line, str(refused)))
        return said
    _parse(text, form, origin, said)
    return said


def _parse(text: str, form: str, origin: str, said: Statements) -> None:
    import rdflib  # noqa: PLC0415  (slow to import)

    many = form in ("nquads", "json-ld", "trig")  # graphs in one file
    graph = (rdflib.Dataset if many else rdflib.Graph)(store=_recorder(said))
    with _quiet():
        try:
            graph.parse(data=text, format=form, publicID=_BASE)
        except Exception as error:  # noqa: BLE001  (its parsers raise whatever they meet)
            said.faults.append(_broken(error, text, origin))


def _check(text: str) -> None:
    """Refuses a text that rdflib would read in a time that grows with its square."""
    for said in _SAID.finditer(text) if len(text) > _LONGEST_TEXT else ():
        if len(said[0]) > _LONGEST_TEXT:
            raise elements.Refused(
                f"a text is longer than {_LONGEST_TEXT:,} characters: part it into several.",
                text.count("\n", 0, said.start()) + 1,
            )
    for number, row in enumerate(text.split("\n"), 1):
        if len(row) > _MOST_ESCAPES and row.count("\\") > _MOST_ESCAPES:
            raise elements.Refused(
                f"a line holds more than {_MOST_ESCAPES:,} escapes: write the characters.", number
            )


def _recorder(said: Statements) -> Any:  # noqa: ANN401
    """A store of rdflib that keeps the file's order, which its own do not, and no index."""
    from rdflib.store import Store  # noqa: PLC0415  (slow to import)

    class Recorder(Store):
        context_aware = graph_aware = formula_aware = True

        def add(self, triple: Any, context: Any = None, quoted: bool = False) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002
            said.add(triple)

        def triples(self, *_: Any) -> Iterator[Any]:  # noqa: ANN401
            return iter(())

        def add_graph(self, graph: Any) -> None:  # noqa: ANN401
            pass

        def remove_graph(self, graph: Any) -> None:  # noqa: ANN401
            pass

        def contexts(self, *_: Any) -> Generator[Any, None, None]:  # noqa: ANN401
            yield from ()

    return Recorder()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps rdflib from telling on the error stream of addresses and dates that it doubts."""
    logs = [logging.getLogger(f"rdflib.{name}") for name in ("term", "plugins")]
    levels = [log.level for log in logs]
    try:
        for log in logs:
            log.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


def _broken(error: Exception, text: str, origin: str) -> Fault:
    """Where rdflib stopped, as far as its errors tell."""
    position, line = getattr(error, "_i", None), 1
    if isinstance(position, int):  # of Turtle; the line that it counts is beside it after comments
        line = text.count("\n", 0, position) + 1
    elif bad := re.match(r"Invalid line[^:]*:\s*(.{1,300})", str(error), re.DOTALL):  # of triples
        line = text.count("\n", 0, max(text.find(bad[1].strip("'\"\n ")[:80]), 0)) + 1
    reason = getattr(error, "_why", None) or str(error) or type(error).__name__
    if isinstance(error, RecursionError):
        reason = "it nests too deep"
    reason = " ".join(str(reason).split())[:200].rstrip(".")
    return Fault(origin, line, f"not valid RDF here: {reason}; what follows was not read.")


def _with_contexts(text: str) -> str:
    """JSON-LD in which every context is written out: what a remote one says, if it is known.

    Raises:
        elements.Refused: it is not JSON, or a context would have to be fetched.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason, line = getattr(error, "msg", "too deep"), getattr(error, "lineno", 1)
        raise elements.Refused(f"not valid JSON here: {reason}.", line) from error
    local = json.loads(
        files("knowledge.formats.terminologies").joinpath("skos-context.json").read_text("utf-8")
    )
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "@context" in node:
                node["@context"] = _local(node["@context"], local, text)
            if "@import" in node:
                raise _remote(str(node["@import"]), text)
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    return json.dumps(value)


def _local(context: Any, local: Any, text: str) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(context, list):
        return [_local(each, local, text) for each in context if not isinstance(each, list)]
    if not isinstance(context, str):
        return context
    if not _KNOWN_CONTEXTS.search(context):
        raise _remote(context, text)
    return local


def _remote(address: str, text: str) -> elements.Refused:
    line = text.count("\n", 0, max(text.find(address), 0)) + 1
    return elements.Refused(
        f"its terms are explained at “{address[:200]}”, and nothing is fetched: write that context"
        " into the file, or convert it to Turtle.",
        line,
    )


def lines(text: str, names: set[str]) -> dict[str, int]:
    """The line on which each name first stands."""
    found: dict[str, int] = {}
    for number, row in enumerate(text.split("\n"), 1):
        for word in _WORD.findall(row):
            name = word.rstrip(".")
            if name in names:
                found.setdefault(name, number)
    return found
