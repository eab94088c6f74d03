"""Marks: what note-taking programs and small generators put beside the words of Markdown.

Docsify ``?>``, Nuxt ``::alert``, MkDocs ``--8<--`` and ``++ctrl+c++``, kramdown's table of
contents, Pandoc's spans, Logseq's properties, the marks of what programs cite, Obsidian's queries
and hashtags.
"""

import re

_FENCED_DIV = re.compile(
    r"^[ \t>]*(?::{3,}.*|:{2}(?:[a-z][\w-]*(?:\[[^\[\]\n]*\])?(?:\{[^{}\n]*\})?)?[ \t]*)$",
    re.MULTILINE,
)
_VALUES = re.compile(
    r"^([ \t]*:{2,}[a-z][\w-]*[^\n]*\n)[ \t]*---\n"
    r"((?:(?![ \t]*---)[^\n]*\n){0,30})[ \t]*---[ \t]*$",
    re.MULTILINE,
)
_HINT = re.compile(r"^([ \t]*)[?!]>[ \t]+", re.MULTILINE)
_INSERTED = re.compile(r"^[ \t]*-{1,4}8<-{1,4}(?:[ \t].*)?$", re.MULTILINE)
_KEYS = re.compile(r"\+\+([a-z0-9\"'-]+(?:\+[a-z0-9\"'-]+)*)\+\+", re.IGNORECASE)
_LISTED = re.compile(
    r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:[^{}\n]*\btoc\b[^{}\n]*\}", re.MULTILINE
)
_PROPERTY = re.compile(
    r"^[ \t]*(?:id|collapsed|heading|created-at|updated-at|background-color|card-[\w-]+"
    r"|logseq[\w.-]*|query-[\w-]+)::[ \t].*$",
    re.MULTILINE,
)
_CITED = re.compile(r"[ \t]?\[cite(?:_start|:[ ]?[\d, ]+)\]")
_SPAN = re.compile(r"(?<![!\]\\:\w])\[([^\[\]\n^][^\[\]\n]{0,199})\](?=\{[ ]?[#.:][^{}\n]*\})")
_REFERENCE = re.compile(r"\(\([0-9a-f]{6,8}-[0-9a-f-]+\)\)")
_QUERY = re.compile(
    r"`\$?=[ ](?:this|dv|date|dateformat|link|choice|length|round|default)\b[^`\n]*`"
)
_HASHTAGS = re.compile(
    r"^(?!\[[^\]\n]+\]:)[ \t]*(?:\W{0,4}\w{2,12}\W{0,2}::?\W{0,3}[ \t]*)?"
    r"(?:#[^\W\d_][\w/-]*[ \t,]*)+$",
    re.MULTILINE,
)
_TAGGED = re.compile(
    r"(?<![ \t])(?:[ \t]+#(?:gloss|glos[sz]ar|term|defini|concept|vocab|todo|術語|术语|用語|용어"
    r"|مصطلح)[\w/-]*)+[ \t]*$|(?<=[.!?。！？])(?:[ \t]+#[^\W\d_][\w/-]*)+[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)

_HEADING_TAGS = re.compile(
    r"^(#{1,6}[ \t]+[^\n#]{1,200}?)(?:[ \t]+#[^\W\d_][\w/-]*)+[ \t]*$", re.MULTILINE
)


def plain(text: str) -> str:
    """Markdown without them; each line stays on its line."""
    if "::" in text:
        text = _VALUES.sub(lambda m: m[1] + "\n" * (m[2].count("\n") + 1), text)
        text = _FENCED_DIV.sub("", text)
        text = _PROPERTY.sub("", text)
    if "> " in text:
        text = _HINT.sub(r"\1", text)
    if "8<" in text:
        text = _INSERTED.sub("", text)
    if "++" in text:
        text = _KEYS.sub(r"\1", text)
    if "toc" in text:
        text = _LISTED.sub("\n", text)
    if "]{" in text:
        text = _SPAN.sub(r"\1", text)
    if "[cite" in text:
        text = _CITED.sub("", text)
    if "((" in text:
        text = _REFERENCE.sub("", text)
    if "= " in text:
        text = _QUERY.sub("", text)
    return _untagged(text) if "#" in text else text


def _untagged(text: str) -> str:
    """Without hashtags: on lines of their own, behind headings, and those of glossaries."""
    return _HEADING_TAGS.sub(r"\1", _TAGGED.sub("", _HASHTAGS.sub("", text)))
