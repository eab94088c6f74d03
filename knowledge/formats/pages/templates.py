"""Templates: pages that a generator fills in, with front matter or tags of its own among HTML."""

import re
from html import escape

_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(title|lang|language)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_SAID = re.compile(
    r"\{%-?\s*trans(?:late)?\s+(?P<a>[\"'])(?P<one>.*?)(?P=a)[^%]*%\}"
    r"|\{\{-?\s*_\(\s*(?P<b>[\"'])(?P<two>.*?)(?P=b)\s*\)\s*-?\}\}"
)
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_MACRO = re.compile(r"\{\{\s*[A-Za-z_]\w*\s*\(")
_MANY = re.compile(r"<(?:!doctype|html|dl|table|details|dfn)\b", re.IGNORECASE)


def filled(text: str) -> str:
    """A page without its template's front matter and tags; nothing, if it is of no template.

    Every line keeps its number. A page of another generator, which writes macros into the text of
    one term, is left to those who know them.
    """
    match = _MATTER.match(text)
    if match is None and not text.lstrip().startswith(("{%", "{{", "{#")):
        return ""
    matter, body = (match[1], text[match.end() :]) if match else ("", text)
    if _MACRO.search(_SAID.sub("", body)) or not _MANY.search(body):
        return ""
    body = _SAID.sub(lambda said: said["one"] or said["two"] or "", body)
    body = _TAG.sub(lambda tag: "\n" * tag[0].count("\n"), body)
    fields = {"title" if name == "title" else "lang": told for name, told in _FIELD.findall(matter)}
    above = "\n" * (text[: match.end()].count("\n") if match else 0)
    if "<html" in body.lower():
        return above + body
    title, language = (escape(fields.get(name) or "") for name in ("title", "lang"))
    return f'<html lang="{language}"><head><title>{title}</title></head><body>{above}{body}'
