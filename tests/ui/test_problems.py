"""What readers, checks and errors say, in the language of the page."""

import ast
import errno
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.problems import _told, failed, problem
from ui.strings import LANGUAGES, problems, strings

HOLE = "‹…›"  # stands where something is inserted
ROOT, FOLDERS = Path(__file__).parents[2], ("knowledge", "assistant/conversations")
# What only commands say, and pieces of what is put together.
NOTES = (HOLE, ":", f"The index in {HOLE} was damaged", f"There is no folder {HOLE}")


def _said(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text.replace("{}", HOLE)
        case ast.JoinedStr(values=parts):
            return "".join(_said(part) or HOLE for part in parts)
    return ""


def _messages() -> Iterator[str]:
    """The sentences in the source that are neither documentation nor logged."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    for path in (path for path in paths if path.parts[-2:] != ("exports", "__init__.py")):
        nodes, apart = list(ast.walk(ast.parse(path.read_text("utf-8")))), list[ast.AST]()
        for node in nodes:
            match node:
                case ast.Expr(value):
                    apart.append(value)
                case ast.JoinedStr(parts):
                    apart += (inner for part in parts for inner in ast.walk(part))
                case ast.Call(ast.Attribute(attr="info" | "warning" | "error"), args):
                    apart += args
        texts = [_said(node).strip() for node in nodes if node not in apart]
        yield from (t for t in texts if re.search(r"\w .*[.?]$", t) and not t.startswith(NOTES))


def test_every_message_has_words_in_the_other_languages() -> None:
    messages = set(_messages())
    assert len(messages) > 80
    found = {text for text in messages if not _told(text.replace(HOLE, "7"), "ar")}
    likes = [re.escape(text).replace(re.escape(HOLE), ".*") for text in found]
    lacking = [like for like in likes if not any(re.search(like, key) for key in problems())]
    assert not lacking, "add these to ui/strings/problems.yaml"


def test_every_sentence_that_has_words_is_said_somewhere() -> None:
    files = [
        path for part in ("knowledge", "assistant", "ui") for path in (ROOT / part).rglob("*.py")
    ]
    trees = (ast.parse(path.read_text("utf-8")) for path in files)
    said = "\n".join(_said(node) for tree in trees for node in ast.walk(tree))
    ours = {key: re.split(r"\{[\w:]+\}|[:(“”.]", key) for key in problems() if key.endswith(".")}
    assert not [key for key, parts in ours.items() if max(parts, key=len).strip() not in said]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_words_name_only_what_is_there_and_are_punctuated_as_arabic() -> None:
    for key, said in problems().items():
        there = places(key)
        for text in said.values():
            assert places(text) <= there, key
        arabic = re.sub(r"«[^«»]*»|\{\w+\}", "", said["ar"])
        assert not set("?;") & set(arabic), key
        assert ", " not in arabic, key
        assert said["ar"].endswith((".", "{reasons}")) == key.endswith((".", "?")), key
        for interface in LANGUAGES:
            shown = problem(re.sub(r"\{\w+(:d)?\}", "7", key), interface)
            assert re.fullmatch(r"[^{]+", shown), key


def test_a_message_is_a_sentence_in_which_names_keep_their_direction() -> None:
    said = problem("“C++ (a)” has no definition: give it one beside it.", "ar")
    assert "«\u2068C++ (a)\u2069»" in said
    assert problem("it nests too deep", "en") == "It nests too deep"
    assert problem("has no term: give it one, as in “term: Token”.", "en") == "It has no term yet."
    assert problem("what nobody has listed", "en") == "\u2068What nobody has listed\u2069"


@pytest.mark.parametrize("interface", LANGUAGES)
def test_what_the_system_refuses_is_said(interface: str) -> None:
    kinds = {"ENOSPC": "full", "EROFS": "denied", "ENOENT": "gone", "EIO": "failed"}
    for number, kind in ((getattr(errno, name), kind) for name, kind in kinds.items()):
        said = failed(OSError(number, os.strerror(number), "a.md"), interface)
        words = strings(interface)[f"disk_{kind}"]
        assert said.startswith(words.partition("{")[0])
        assert ("a.md" in said) == ("{path}" in words)
        assert interface != "ar" or os.strerror(number) not in said
