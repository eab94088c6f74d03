"""Spec-Up: terms as specifications define them, ``[[def: term, alias]]``, as plain Markdown."""

import re
from collections.abc import Iterator

from knowledge.formats.sites.links import link_to

_DEFINED = re.compile(r"[ \t]*\[\[(?:def|tref)[ \t]*:[ \t]*([^\[\]\n]+)\]\][ \t]*")
_HEADED = re.compile(
    r"(#{1,6}[ \t]+)\[\[(?:def|tref)[ \t]*:[ \t]*([^\[\],\n]+)[^\[\]\n]*\]\][ \t]*"
)
_REFERENCE = re.compile(r"\[\[(ref|xref|iref|tref|def)[ \t]*:[ \t]*([^\[\]\n]+)\]\]")
_TILDE = re.compile(r"[ \t]*~[ \t]*(?=[^\s~])")


def holds(text: str) -> bool:
    """Whether a text defines or refers to terms so."""
    return "[[def" in text or "[[ref" in text or "[[xref" in text or "[[tref" in text


def plain(text: str) -> str:
    """Markdown in which definitions are a definition list, and references are links to them."""
    if not holds(text):
        return text
    if "[[def" in text or "[[tref" in text:
        text = "\n".join(_listed(text.split("\n")))
    return _REFERENCE.sub(_referred, text)


def _listed(lines: list[str]) -> Iterator[str]:
    """Terms, and all that stands below each up to the next, as a definition list has them."""
    within = begun = False
    for line in lines:
        if defined := _DEFINED.fullmatch(line):
            within, begun = True, False
            yield "\uf8ff".join(part.strip() for part in defined[1].split(",") if part.strip())
        elif headed := _HEADED.fullmatch(line):
            within = False
            yield f"{headed[1]}{headed[2].strip()}"
        elif line.startswith("#") or not within:
            within = False
            yield line
        elif not line.strip():
            yield ""
        else:
            yield f"{'    ' if begun else ':   '}{_TILDE.sub('', line, count=1)}"
            begun = True


def _referred(reference: re.Match[str]) -> str:
    """The term that is meant; before it may stand the name of the document that defines it."""
    parts = [part.strip() for part in reference[2].split(",")]
    term = parts[1] if reference[1] in ("xref", "tref") and len(parts) > 1 else parts[0]
    return link_to(term, term)
