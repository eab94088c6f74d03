"""Lists of words, names and suffixes, which stand in YAML (``formats``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

import yaml

from knowledge.language.words import fold

_TEXT: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # all is text: “no”


@cache
def listed(name: str) -> Mapping[str, Any]:
    """The lists of a file, by their names."""
    text = files("knowledge.formats").joinpath(f"{name}.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.load(text, _TEXT)  # noqa: S506
    return found


@cache
def folded(name: str, kind: str) -> frozenset[str]:
    """The words of a list, folded."""
    return frozenset(map(fold, listed(name)[kind]))


@cache
def _kinds(of: str) -> Mapping[str, str]:
    suffixes = listed("files")[of].items()
    return {suffix: kind for kind, each in suffixes for suffix in each.split()}


def kind(path: PurePath, *of: str) -> str:
    """What a file is by its suffix, of ``documents``, ``records``, ``terminology``; or nothing."""
    return next(filter(None, (_kinds(each).get(path.suffix.lower()) for each in of)), "")
