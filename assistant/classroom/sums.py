"""Sums in an example: those that come out when they are evaluated, and what else could come out."""

import ast
import operator
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from assistant.classroom.changes import NUMBER, value_of, written_as

_SUM = re.compile(
    r"(?P<left>[(\d][\d.,\s()+×*/÷−–-]*[\d)])\s*[=≈]\s*"
    r"(?P<right>[−-]?\d+(?:,\d{3})*(?:\.\d+)?)(?P<rate>\s?[%٪])?(?![\d\w]*\s*[+×*/÷^=−–])"
)
_CLAUSES = re.compile(r"[,،;؛:]\s|\s[(–—]")
_QUOTES = (("“", "”"), ("«", "»"))
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", ",": None})
_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_WRONG = 5  # results that are told
_WIDE = 12.0  # times the right one: what is farther from it is wrong at a glance


class Sum(NamedTuple):
    """A sum of a sentence: the sentence in three parts, and what is missing in the middle."""

    before: str
    after: str
    right: str
    wrong: tuple[str, ...]


def sums(before: str, sentence: str) -> list[Sum]:
    """The sums of a sentence, of whose numbers each was said; ``before`` it stands in its example.

    A sum is missing with its result: shown, it would ask for no more than reckoning.
    """
    found = []
    for match in _SUM.finditer(sentence):
        left, right = match["left"], match["right"].replace("−", "-")
        result, scale = _evaluated(left), 100 if match["rate"] else 1
        decimals = len(right.partition(".")[2])
        if result is None or abs(result * scale - value_of(right)) > 0.5 * 10**-decimals + 1e-9:
            continue
        known = _numbers(f"{before} {sentence[: match.start()]}")
        made_of = {value_of(number) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", left)}
        shown = sentence[: match.start()]
        # What is quoted, such as a model's answer, is left as it is.
        is_quoted = shown.count('"') % 2 or any(shown.count(a) > shown.count(b) for a, b in _QUOTES)
        if is_quoted or not made_of <= known:
            continue
        clause, *more = _CLAUSES.split(sentence[match.end() :], maxsplit=1)
        # The next one may tell the result once more: “, or about half”.
        rest = f"{(match['rate'] or '').strip()}{clause}{'.' * bool(more)}"
        told = value_of(right) in _numbers(f"{before} {shown} {rest}")
        if not told and (shown + rest).count("=") < 2:  # noqa: PLR2004
            found.append(Sum(shown, rest, right, _others(left, right, scale)))
    return found


def _numbers(text: str) -> set[float]:
    return {value_of(match[0]) for match in NUMBER.finditer(text)}


def _evaluated(expression: str) -> float | None:
    """The value of sums, products and quotients; None where it is something else."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
                return float(_OPERATORS[type(op)](value(left), value(right)))
            case ast.UnaryOp(ast.USub(), operand):
                return -value(operand)
            case ast.Constant(int() | float() as number):
                return float(number)
        raise ValueError(expression)

    try:
        tree = ast.parse(expression.translate(_SIGNS).strip(), mode="eval").body
        return value(tree) if isinstance(tree, ast.BinOp) else None
    except (ValueError, SyntaxError, ZeroDivisionError, OverflowError, RecursionError):
        return None


def _others(expression: str, right: str, scale: int) -> tuple[str, ...]:
    """What comes of another operation, or of a slip: wrong, and plausible."""
    value, plain = value_of(right), expression.translate(_SIGNS)
    signs = [match.start() for match in re.finditer(r"(?<=[\d)\s])[-+*/](?=[\d(\s])", plain)]
    results = (_evaluated(f"{plain[:n]}{sign}{plain[n + 1 :]}") for n in signs for sign in "+-*/")
    made = [each * scale for each in results if each is not None]
    made += [value * 2, value / 2, value * 10, value / 10, value * 1.1, value * 0.9]
    whole = 100 if scale > 1 else 1  # a part of it is no more than it
    most = whole if value <= whole else value * _WIDE
    decimals = len(right.partition(".")[2])
    fit = (round(each, decimals) for each in made if value <= 0 or value / _WIDE < each < most)
    texts = dict.fromkeys(written_as(each, right) for each in fit)
    return tuple(text for text in texts if text and value_of(text) not in (0, value))[:_WRONG]
