"""Markdown with front matter, one entry a file: the project's own format."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import yaml
from babel import localedata
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import Fields, make_entry, opening, section_name

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc]
    """YAML that leaves dates as text: an impossible one is a fault of its field alone."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in _SAFE.yaml_implicit_resolvers.items()
    }


_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"\s*^---[ \t]*$", re.MULTILINE)
_MARKDOWN = MarkdownIt("commonmark").disable(["html_inline"])
_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


def recognises(text: str) -> bool:
    """Whether a text opens with front matter."""
    return _OPENING.match(text) is not None


def is_native(text: str) -> bool:
    """Whether a text is in the project's own format: its front matter names a term."""
    opening, _, rest = text.partition("---")
    matter = rest.partition("\n---")[0]
    return not opening.strip() and re.search(r"^term[ \t]*:", matter, re.MULTILINE) is not None


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entry of a file; its id is the file's name, its language the folder's.

    A field that is not part of the format is a warning, so that a misspelt one is noticed.
    """
    origin = str(path)
    fences = list(_FENCE.finditer(text))
    if len(fences) < 2:  # noqa: PLR2004  (a fence opens, a fence closes)
        yield Fault(origin, 1, "the front matter is never closed: end it with a line of “---”.")
        return
    above = text.count("\n", 0, fences[0].end()) + 2  # the line below the fence
    matter, body = text[fences[0].end() + 1 : fences[1].start()], text[fences[1].end() :]
    try:
        values, lines = _parsed(matter, above)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + above if mark else above - 1
        yield Fault(origin, line, f"the front matter is not valid YAML: {problem}.")
        return
    if not isinstance(values, dict):
        yield Fault(origin, 1, "the front matter holds no fields: begin with “term: …”.")
        return
    for key in values:
        if key not in Fields.model_fields:
            known = ", ".join(Fields.model_fields)
            message = f"unknown field “{key}”; the format knows {known}."
            yield Fault(origin, lines.get(str(key), 1), message, "warning")
    yield make_entry(
        {str(key): value for key, value in values.items()},
        sections(body, text.count("\n", 0, fences[1].end()) + 1),
        origin,
        default_id=path.stem,
        default_language=folder_language(path),
        lines=lines,
    )


def folder_language(path: PurePath) -> str:
    """The language that a file's folder is named for, or nothing."""
    folder = path.parent.name
    known = _LANGUAGE_FOLDER.fullmatch(folder) and localedata.exists(folder.partition("-")[0])
    return folder if known else ""


def _parsed(matter: str, above: int) -> tuple[Any, dict[str, int]]:
    """The front matter's value, and the line of each field; the first stands on line ``above``."""
    loader = _Loader(matter)
    node = loader.get_single_node()
    if node is None:
        return None, {}
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lines = {str(key.value): key.start_mark.line + above for key, _ in pairs}
    return loader.construct_document(node), lines


def sections(body: str, above: int = 1) -> list[Section]:
    """The sections of a Markdown body, as plain text: emphasis and links become their words.

    The body's first line is line ``above`` of its file.
    """
    parts: list[tuple[str, list[str], list[int]]] = [("", [], [])]
    in_heading = False
    for token in _MARKDOWN.parse(body):
        text = ""
        if token.type == "heading_open":
            in_heading = True
        elif token.type == "heading_close":
            in_heading = False
        elif token.type == "inline" and in_heading:
            parts.append((_plain(token), [], []))
        elif token.type == "inline":
            text = _plain(token)
        elif token.type in ("fence", "code_block") and token.content.strip():
            text = token.content.rstrip("\n")
        if text:
            parts[-1][1].append(text)
            parts[-1][2].append(above + (token.map[0] if token.map else 0))
    found = opening(*parts[0][1:])
    found += [
        Section(section_name(heading), heading, "\n\n".join(text), tuple(lines))
        for heading, text, lines in parts[1:]
    ]
    return found


def _plain(token: Token) -> str:
    pieces = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            pieces.append(" " if child.type == "softbreak" else "\n")
        else:
            pieces.append(child.content)  # of an image: its alternative text
    return "".join(pieces).strip()
