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
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", ",": None})
_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_HARD = 13  # the greatest number of a sum at the least, where it is shown
_WRONG = 5  # results that are told


class Sum(NamedTuple):
    """A sum of a sentence: the sentence in three parts, and what is missing in the middle."""

    before: str
    after: str
    right: str
    wrong: tuple[str, ...]


def sums(before: str, sentence: str) -> list[Sum]:
    """The sums of a sentence that are worth asking; ``before`` it stands in the same example.

    Where all that a sum is made of has been said, it is missing with its result.
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
        is_said = made_of <= known
        if not is_said and (max(made_of) < _HARD or not re.search("[×*/÷]", left)):
            continue  # 3 / 5 or 9 + 35 asks for no more than reading
        start = match.start() if is_said else match.start("right")
        shown, rest = sentence[:start], (match["rate"] or "").strip() + sentence[match.end() :]
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
    made += [value * 10, value / 10, value * 2, value / 2, value * 1.1, value * 0.9, value + 1]
    most = 100 if scale > 1 and value <= 100 else value * 1000  # noqa: PLR2004  (per cent)
    decimals = len(right.partition(".")[2])
    fit = (round(each, decimals) for each in made if value <= 0 or 0 < each < most)
    texts = dict.fromkeys(written_as(each, right) for each in fit)
    return tuple(text for text in texts if text and value_of(text) not in (0, value))[:_WRONG]
