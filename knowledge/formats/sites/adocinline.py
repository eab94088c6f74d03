"""What stands within a line of AsciiDoc, as Markdown: emphasis, links, references."""

import re

from knowledge.formats.pages.hypertext import raised

_CODE = re.compile(
    r"(?<![\w`])(`{1,2}\+?|\+{1,3})(\S(?:[^`\n]{0,300}?\S)?)(?:\+?`{1,2}|\+{1,3})(?![\w`])"
)
_MARKS = (
    (re.compile(r"\(\(\([^()\n]*\)\)\)"), ""),  # for the index
    (re.compile(r"\(\(([^()\n]+)\)\)"), r"\1"),
    (re.compile(r"footnote(?:ref)?:[\w-]*\[[^\[\]\n]*\]"), ""),
    (re.compile(r"(?:anchor|indexterm):[\w.-]*\[[^\[\]\n]*\]|\[\[[^\[\]\n]*\]\]"), ""),
    (re.compile(r"(?<!#)####(?!#)"), ""),
    (re.compile(r"image:\S*\[[^\[\]\n]*\]"), ""),
    (re.compile(r"indexterm2:\[([^\[\]\n]*)\]"), r"\1"),
    (re.compile(r"[ \t]*\b(?:cite\w*|icon|counter2?|bibitem):[^\s\[\]]*\[[^\[\]\n]*\]"), ""),
    (
        re.compile(
            r"\b(?:kbd|btn|menu|pass|stem|latexmath|asciimath|term|gls\w*|glossterm|acr\w*|abbr)"
            r":\w*\[([^\[\]\n]*)\]"
        ),
        r"\1",
    ),
    (re.compile(r"\b(?:man|link[a-z]+):([\w./-]+)\[(\d)\]"), r"\1(\2)"),  # a page of a manual
    (re.compile(r"xref:([^\s\[\]]*)\[([^\[\]\n]+)\]"), r"[\2](#\1)"),
    (re.compile(r"xref:([^\s\[\]]*)\[\]"), r"[\1](#\1)"),
    (re.compile(r"<<#?([^<>,\n]+),[ \t]*([^<>\n]+)>>"), r"[\2](<#\1>)"),
    (re.compile(r"<<#?([^<>,\n]+)>>"), r"[\1](<#\1>)"),
    (re.compile(r"(?:link:)?(https?://[^\s\[\]<>]+)\[([^\[\]\n]+?)\^?\]"), r"[\2](\1)"),
    (re.compile(r"(?:link:)?(https?://[^\s\[\]<>]+)\[\]"), r"\1"),
    (re.compile(r"(?:link|mailto):([^\s\[\]]+)\[([^\[\]\n]+?)\^?\]"), r"[\2](\1)"),
    (re.compile(r"(?<![\w*])\*{1,2}(\S(?:[^*\n]*?\S)?)\*{1,2}(?![\w*])"), r"**\1**"),
    (re.compile(r"\[[^\[\]\n]*\]#{1,2}([^#\n]+)#{1,2}"), r"\1"),
    (re.compile(r"(?<![\w#&])#{1,2}(\S[^#\n]*)#{1,2}(?!\w)"), r"\1"),
    (re.compile(r"(?<=\w)--(?=[\w\[])|(?<=\s)--(?=\s)"), "—"),
    (re.compile(r"[ \t]\+$"), "  "),
    (re.compile(r"^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+"), ""),
)
_RAISED = re.compile(r"(?<=[\w)])([\^~])(\S+?)\1")
_KEPT = "\ue0ff"


def plain(text: str) -> str:
    """A line of AsciiDoc as one of Markdown; code is left as it is."""
    codes: list[str] = []

    def kept(code: re.Match[str]) -> str:
        codes.append(f"`{code[2]}`" if "`" in code[1] else code[2])
        return f"{_KEPT}{len(codes) - 1}{_KEPT}"

    text = _CODE.sub(kept, text) if "`" in text or "+" in text else text
    text = _RAISED.sub(lambda m: raised(m[2], "sup" if m[1] == "^" else "sub"), text)
    for pattern, shown in _MARKS:
        text = pattern.sub(shown, text)
    return re.sub(f"{_KEPT}(\\d+){_KEPT}", lambda match: codes[int(match[1])], text)
