"""What readers, checks and errors say on a page, gathered from the source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

HOLE = "‹…›"
"""Stands where something is inserted."""

ROOT = Path(__file__).parents[2]
FOLDERS = ("knowledge", "assistant/conversations")
_MAKERS = ("Fault", "Refused", "Error", "Failure", "_Unreadable", "__init__")
_NAMED = {"message", "refused", "why"}  # what says what is wrong, where it is not said on the spot
_MOST = 64  # ways in which one message can be put together


@dataclass
class _Module:
    """The functions and constants of a module, in which a message is followed to its words."""

    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    homes: dict[ast.AST, ast.FunctionDef] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.tree.body:
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                self.constants[each.targets[0].id] = each.value
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name] = node
                self.homes.update(dict.fromkeys(ast.walk(node), node))

    def texts(self, node: ast.expr, deep: int = 0) -> list[str]:
        """All that an expression may say, with holes for what only running it tells."""
        found = [HOLE]
        if deep > 8:
            return found
        match node:
            case ast.Constant(value=str(text)):
                found = [text]
            case ast.JoinedStr(values=values):
                parts = [self.texts(value, deep + 1) for value in values]
                found = ["".join(part) for part in product(*parts)]
            case ast.FormattedValue(value=ast.Name() as value) | (ast.Name() as value):
                found = self._named(value, deep + 1)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                pairs = product(self.texts(left, deep + 1), self.texts(right, deep + 1))
                found = ["".join(pair) for pair in pairs]
            case ast.IfExp(body=one, orelse=other):
                found = self.texts(one, deep + 1) + self.texts(other, deep + 1)
            case ast.Call(func=ast.Attribute(value=ast.Name() as value, attr="format")):
                found = [text.replace("{}", HOLE) for text in self._named(value, deep + 1)]
            case (
                ast.Call(func=ast.Name(id=name))
                | ast.FormattedValue(value=ast.Call(func=ast.Attribute(attr=name)))
            ) if name in self.functions:
                returned = ast.walk(self.functions[name])
                found = [
                    text
                    for each in returned
                    if isinstance(each, ast.Return) and each.value
                    for text in self.texts(each.value, deep + 1)
                ]
        return list(dict.fromkeys(found))[:_MOST] or [HOLE]

    def _named(self, name: ast.Name, deep: int) -> list[str]:
        """What a name may stand for: all that it is set to in its function, or its module."""
        home = self.homes.get(name)
        found: list[str] = []
        for node in ast.walk(home) if home else ():
            for value in _set(node, name.id):
                found += self.texts(value, deep)
        if not found and name.id in self.constants:
            found = self.texts(self.constants[name.id], deep)
        return found or [HOLE]

    def messages(self) -> Iterator[tuple[int, str]]:
        """Each message of the module, with its line."""
        for node in ast.walk(self.tree):
            for value in (*self._handed(node), *(v for name in _NAMED for v in _set(node, name))):
                for text in self.texts(value):
                    if any(sign.isalpha() for sign in text.replace(HOLE, "")):
                        yield value.lineno, text

    def _handed(self, node: ast.AST) -> Iterator[ast.expr]:
        """The messages that a call hands to what makes a fault or an error of them."""
        if not isinstance(node, ast.Call):
            return
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == "Fault":
            yield from node.args[2:3]
        elif name.endswith(_MAKERS) and name != "Fault":
            yield from node.args[:1]
        elif name in self.functions:
            known = self.functions[name].args
            places = [n for n, each in enumerate(known.args) if each.arg in _NAMED]
            yield from (node.args[n] for n in places if n < len(node.args))


def _set(node: ast.AST, name: str) -> Iterator[ast.expr]:
    match node:
        case ast.Assign(targets=[ast.Name(id=known)], value=value) if known == name:
            yield value
        case ast.NamedExpr(target=ast.Name(id=known), value=value) if known == name:
            yield value


@cache
def messages(root: Path = ROOT) -> tuple[tuple[str, str], ...]:
    """Each message that a page may show, with where it stands; what only commands say is not."""
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))
    return tuple(
        (f"{path.relative_to(root)}:{line}", text)
        for path in paths
        if "exports" not in path.parts
        for line, text in _Module(ast.parse(path.read_text("utf-8"))).messages()
    )
