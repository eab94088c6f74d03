"""What readers, checks and errors say, in the language of the page."""

import errno
import os
import re
import string
from pathlib import Path

import pytest

from tests.knowledge.conftest import write_files
from tests.ui.spoken import HOLE, ROOT, messages
from ui.problems import _told, failed, problem
from ui.strings import LANGUAGES, problems, strings

_MARKS = "\u2066\u2067\u2068\u2069"


def _lacking(root: Path = ROOT) -> set[str]:
    """The messages that have no words in Arabic."""
    return {text for _, text in messages(root) if not _told(text.replace(HOLE, "7"), "ar")}


def test_every_message_has_words_in_the_other_languages(tmp_path: Path) -> None:
    assert len(list(messages())) > 100
    assert not _lacking(), "add these to ui/strings/problems.yaml"
    source = """
WHY = "is {}, which it may not be."

def read(n):
    message = f"holds {n} lies: tell them."
    yield Fault("", 1, message)
    yield Fault("", 1, WHY.format(n))
    raise GlossaryError(_why(n) + " Mend it.")

def _why(n):
    return "It is odd." if n else "It is even."
"""
    write_files(tmp_path, {"knowledge/new.py": source})
    assert _lacking(tmp_path) == {  # so they would be found
        f"holds {HOLE} lies: tell them.",
        f"is {HOLE}, which it may not be.",
        "It is even. Mend it.",
        "It is odd. Mend it.",
    }


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_words_name_only_what_is_there_and_are_punctuated_as_arabic() -> None:
    for key, said in problems().items():
        there = _places(key)
        for text in said.values():
            assert _places(text) <= there, key
        arabic = re.sub(r"«[^«»]*»|\{\w+\}", "", said["ar"])
        assert not set("?;") & set(arabic), key
        assert ", " not in arabic, key
        assert said["ar"].endswith((".", "{reasons}")) == key.endswith((".", "?")), key
        for interface in LANGUAGES:
            shown = problem(re.sub(r"\{\w+(:d)?\}", "7", key), interface)
            assert shown, key
            assert "{" not in shown, key


def test_a_message_is_a_sentence_in_which_names_keep_their_direction() -> None:
    said = problem("“C++ (a)” has no definition: give it one beside it.", "ar")
    assert "«\u2068C++ (a)\u2069»" in said
    assert problem("it nests too deep", "en") == "It nests too deep"
    assert problem("has no term: give it one, as in “term: Token”.", "en") == "It has no term yet."
    assert problem("what nobody has listed", "en") == "\u2068What nobody has listed\u2069"


@pytest.mark.parametrize("interface", LANGUAGES)
def test_what_the_system_refuses_is_said(interface: str) -> None:
    for number, kind in (
        (errno.ENOSPC, "full"), (errno.EROFS, "denied"), (errno.ENOENT, "gone"),
        (errno.EIO, "failed"),
    ):  # fmt: skip
        said = failed(OSError(number, os.strerror(number), "a.md"), interface)
        words = strings(interface)[f"disk_{kind}"]
        assert said.startswith(words.partition("{")[0])
        assert ("a.md" in said) == ("{path}" in words)
        assert interface != "ar" or os.strerror(number) not in said
