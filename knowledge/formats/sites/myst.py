"""MyST: the Markdown of Sphinx, its roles and its glossary directive as plain Markdown."""

import re
from collections.abc import Iterable, Iterator

from knowledge.formats.pages.rstmarks import SAYING

_ROLE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}`([^`\n]+(?:\n[^`\n]+)?)`")
_TARGETED = re.compile(r"(.+?)\s*<[!~]?([^<>]+)>", re.DOTALL)
_OPENED = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*\{glossary\}")
_SAID = re.compile(rf"[ \t]*(`{{3,}}|~{{3,}})\{{(?:{'|'.join(sorted(SAYING))})\}}[ \t]*(.*)")
_OPTION = re.compile(r":[\w-]+:")
_DEFINED = re.compile(r":[ \t]+\S")


def plain(text: str) -> str:
    """Markdown in which roles and notes are their text, and a glossary is a definition list."""
    if "{glossary}" in text:
        text = "\n".join(_unfenced(text.split("\n")))
    if "```{" in text or "~~~{" in text:
        text = "\n".join(_said(text.split("\n")))
    return _ROLE.sub(_spoken, text) if "}`" in text else text


def _spoken(role: re.Match[str]) -> str:
    """What a role shows; of ``~a.b`` that is ``b``. A glossary's term is a link to it."""
    before = role.string[role.string.rfind("\n", 0, role.start()) + 1 : role.start()]
    if before.count("`") % 2:  # the end of some code: `f{x}` and `y`
        return role[0]
    shown, target = role[2].strip(), role[2].strip()
    if targeted := _TARGETED.fullmatch(shown):
        shown, target = targeted.groups()
    elif shown.startswith("~"):
        shown = shown.lstrip("~.").rpartition(".")[2]
    if role[1] == "term":
        return f"[{shown}](<#{' '.join(target.split())}>)"
    return f"`{shown.removeprefix('!')}`"


def _said(lines: Iterable[str]) -> Iterator[str]:
    """Lines without the fences of directives that hold text, and what follows their names."""
    fences: list[str] = []
    opening = False
    for line in lines:
        bare = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        if opened := _SAID.fullmatch(line):
            fences.append(opened[1])
            yield f"{indent}{opened[2]}"
            opening = True
        elif fences and bare == fences[-1]:
            fences.pop()
            yield ""
        elif opening and _OPTION.match(bare):
            yield ""
        else:
            opening = False
            yield line


def _unfenced(lines: list[str]) -> Iterator[str]:
    """Terms, and what stands indented below each, as a definition list has them."""
    fence, defined, last = "", True, ""
    for line in lines:
        if not fence:
            opened = _OPENED.match(line)
            fence, defined, last = (opened[1] if opened else ""), True, ""
            yield "" if opened else line
        elif line.rstrip() == fence:
            fence = ""
            yield ""
        elif line.rstrip() == "---" and (not last or last == "---"):
            last = "" if last else "---"  # options of the directive stand between two of these
            yield ""
        elif not line.strip() or last == "---" or (_OPTION.match(line) and not last):
            yield ""
        elif _DEFINED.match(line):
            yield f":   {line[1:].strip()}"
            defined, last = True, line
        elif line[0] not in " \t":
            if defined and last:
                yield ""
            defined, last = False, line
            yield line
        else:
            yield f"{'    ' if defined else ':   '}{line.strip()}"
            defined, last = True, line
