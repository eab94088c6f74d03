"""Syntax trees of Markdown (mdast), as site builders keep them in JSON: the definition lists."""

from collections.abc import Iterator, Mapping
from typing import Any

_BLOCKS = {"paragraph", "listItem", "code", "heading", "math", "blockquote"}
_UNSEEN = {"comment", "html", "image", "footnoteReference", "mystComment"}
_DEEPEST = 60


def terms(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """The terms of an object that is such a tree, or a page that holds one; else None."""
    return {"terms": _definitions(value)} if _is_tree(value) else None


def _is_tree(value: Mapping[str, Any]) -> bool:
    inner = value.get("mdast", value)
    return (
        isinstance(inner, dict)
        and isinstance(inner.get("type"), str)
        and isinstance(inner.get("children"), list)
        and (inner is not value or inner["type"] == "root")
    )


def _definitions(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each term of its definition lists, with its other names and what it means."""
    found: list[dict[str, Any]] = []
    for listed in _lists(value.get("mdast", value), 0):
        terms: list[str] = []
        told: list[str] = []
        for node in (*_children({"children": listed}), {"type": "definitionTerm"}):
            if node.get("type") == "definitionTerm":
                if told and terms:
                    found.append({"term": terms[0], "aliases": terms[1:], "definition": told})
                    terms, told = [], []
                terms += filter(None, [" ".join(_blocks(node, 0))])
            elif node.get("type") == "definitionDescription":
                told += _blocks(node, 0)
    return found


def _lists(node: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    for child in _children(node) if depth < _DEEPEST else ():
        if child.get("type") == "definitionList":
            yield _children(child)
        else:
            yield from _lists(child, depth + 1)


def _blocks(node: Mapping[str, Any], depth: int) -> list[str]:
    """The paragraphs of a node as plain text."""
    found: list[str] = []
    line = "" if _children(node) else _text(node, depth)
    for child in _children(node):
        if depth < _DEEPEST and any(c.get("type") in _BLOCKS for c in (child, *_children(child))):
            found, line = [*found, line, *_blocks(child, depth + 1)], ""
        else:
            line += _text(child, depth)
    return [said for text in (*found, line) if (said := " ".join(text.split()))]


def _text(node: Mapping[str, Any], depth: int) -> str:
    if node.get("type") in _UNSEEN or depth > _DEEPEST:
        return ""
    if node.get("type") == "break":
        return " "
    if children := _children(node):
        return "".join(_text(child, depth + 1) for child in children)
    return str(node.get("value") or "")


def _children(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    children = node.get("children")
    return [c for c in children if isinstance(c, dict)] if isinstance(children, list) else []
