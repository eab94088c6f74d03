"""What readers, checks and errors say on a page, gathered from the source."""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

HOLE = "‹…›"
"""Stands where something is inserted."""

ROOT = Path(__file__).parents[2]
FOLDERS = ("knowledge", "assistant/conversations")
_MAKERS = ("Refused", "Error", "Failure", "_Unreadable", "__init__")
_NAMED = {"message", "refused", "why"}  # what says what is wrong, where it is not said on the spot
_DEEPEST = 8  # steps from a message to its words
_MOST = 64  # ways in which one message can be put together


class _Scope(NamedTuple):
    """A function, or a module: what its names are set to, what it returns, and its parameters."""

    names: Mapping[str, Sequence[ast.expr]]
    returned: Sequence[ast.expr] = ()
    parameters: Sequence[str] = ()


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                found.setdefault(name, []).append(value)
    return found


def _texts(
    node: ast.expr, scope: _Scope, functions: Mapping[str, _Scope], depth: int = 0
) -> list[str]:
    """All that an expression may say, with holes for what only running it tells."""

    def every(nodes: Iterable[ast.expr], scope: _Scope = scope) -> list[str]:
        deeper = nodes if depth < _DEEPEST else ()
        return [text for each in deeper for text in _texts(each, scope, functions, depth + 1)]

    found: Iterable[str] = ()
    match node:
        case ast.Constant(value=str(text)):
            found = [text]
        case ast.JoinedStr(values=parts):
            found = map("".join, product(*(every([part]) for part in parts)))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            found = map("".join, product(every([left]), every([right])))
        case ast.FormattedValue(value=value):
            found = every([value])
        case ast.IfExp(body=one, orelse=other):
            found = every([one, other])
        case ast.Name(id=name):
            found = every(scope.names.get(name, ()))
        case ast.Call(func=ast.Attribute(value=value, attr="format")):
            found = (text.replace("{}", HOLE) for text in every([value]))
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in functions:
            found = every(functions[name].returned, functions[name])
    return list(islice(dict.fromkeys(found), _MOST)) or [HOLE]


def _handed(call: ast.Call, functions: Mapping[str, _Scope]) -> Iterator[ast.expr]:
    """The messages that a call hands to what makes a fault or an error of them."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name == "Fault":
        yield from call.args[2:3]
    elif name.endswith(_MAKERS):
        yield from call.args[:1]
    elif name in functions:
        places = [n for n, each in enumerate(functions[name].parameters) if each in _NAMED]
        yield from (call.args[n] for n in places if n < len(call.args))


def messages(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Each message that a page may show, with where it stands; what only commands say is not."""
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))
    for path in paths:
        if "exports" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        constants, functions = _assigned(tree.body), {}
        homes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for home in homes:
            inside = list(ast.walk(home))
            returned = [n.value for n in inside if isinstance(n, ast.Return) and n.value]
            parameters = [each.arg for each in home.args.args]
            functions[home.name] = _Scope(constants | _assigned(inside), returned, parameters)
        for home in homes:
            scope = functions[home.name]
            handed = [
                v for n in ast.walk(home) if isinstance(n, ast.Call) for v in _handed(n, functions)
            ]
            for value in (*handed, *(v for name in _NAMED for v in scope.names.get(name, ()))):
                for text in _texts(value, scope, functions):
                    if any(sign.isalpha() for sign in text.replace(HOLE, "")):
                        yield f"{path.relative_to(root)}:{value.lineno}", text
