"""Elements: XML read safely, and what its elements are called and say."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.entities import html5
from typing import Any
from xml.sax.saxutils import escape

from knowledge.fault import Fault

# An ontology of 10 MB names namespaces by entities, and grows by 3 million characters.
_MOST_EXPANDED = 16 * 1024 * 1024
_LONGEST_ENTITY = 1000
# What opens and is never closed runs to the end of the text, so that it is sought once.
_PROLOG = re.compile(r"\s+|<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b(?:\"[^\"]*\"|'[^']*'|[^\[>\"']++)*+([\[>])", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*+>")
_DECLARATION = re.compile(
    r"\s+|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<!ENTITY\s+(?P<name>[A-Za-z_][\w.:-]*)\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')\s*>"
    r"|<!(?!ENTITY)[A-Z]+(?:\"[^\"]*\"|'[^']*'|[^>\"']++)*+>",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?P<name>[A-Za-z_][\w.:-]{0,99});", re.DOTALL
)
_ROOT = re.compile(r"<([^\s<>/]{1,200})")
_DEEPEST = 100  # elements in one another
_BELOW = "/".join(["*"] * _DEEPEST)
_TOO_DEEP = "it nests too deep"
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True, slots=True)
class Doctype:
    """Where a document type declaration stands, and its entities; or what forbids them."""

    start: int
    end: int
    entities: Mapping[str, str]
    refused: str = ""


class Refused(ValueError):  # noqa: N818  (the file is at fault)
    """XML that is not read: what is wrong, and on which line."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def root_name(text: str) -> str:
    """The name of a document's outermost element, without its prefix; empty if it is no XML."""
    if text.lstrip()[:1] != "<":
        return ""
    doctype = _doctype(text)
    match = _ROOT.match(text, _skipped(text, doctype.end if doctype else 0))
    return match[1].rpartition(":")[2] if match else ""


def safe(text: str) -> str:
    """The XML without its document type declaration, its own harmless entities written out.

    Lines stay where they are. The names of characters that HTML knows are understood. A DTD that
    the document refers to is not fetched.

    Raises:
        Refused: an entity takes in a file or an address, or others, or grows without measure.
    """
    doctype = _doctype(text)
    entities: Mapping[str, str] = doctype.entities if doctype else {}
    if doctype:
        if doctype.refused:
            line = text.count("\n", 0, doctype.start) + 1
            raise Refused(doctype.refused, line)
        blank = "\n" * text.count("\n", doctype.start, doctype.end)
        text = text[: doctype.start] + blank + text[doctype.end :]
    text = re.sub(r"\A\s*<\?xml[^>]{0,300}\?>", lambda m: "\n" * m[0].count("\n"), text)
    if "&" not in text:
        return text
    grown = 0

    def written(match: re.Match[str]) -> str:
        nonlocal grown
        name = match["name"]
        if not name or name in _XML_OWN:
            return match[0]
        value = entities.get(name)
        if value is None:
            character = html5.get(f"{name};")
            return match[0] if character is None else escape(character)
        grown += len(value)
        if grown > _MOST_EXPANDED:
            line = text.count("\n", 0, match.start()) + 1
            raise Refused("the entities grow without measure: write them out.", line)
        return value

    return _REFERENCE.sub(written, text)


def tree(text: str) -> tuple[Any, list[tuple[int, str]]]:
    """The root element of an XML text, and what is not well-formed in it: lines and reasons.

    What can be read of a broken document is. Nothing is fetched.

    Raises:
        Refused: as ``safe`` does, or there is no element in it.
    """
    import lxml.etree  # noqa: PLC0415  (slow to import)

    # With huge_tree one text may exceed 10 MB.
    parser = lxml.etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    content = safe(text).encode()
    try:
        root = lxml.etree.fromstring(content, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise Refused(f"not valid XML: {error}.", getattr(error, "lineno", None) or 1) from error
    broken = [(e.line, _reason(e)) for e in parser.error_log if e.level_name != "WARNING"]
    if root is None:
        line, reason = broken[0] if broken else (1, "there is no element in it")
        raise Refused(f"not valid XML: {reason}.", line)
    return root, [*broken, *_shallow(root)]


def _shallow(root: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """Cuts off what nests too deep: of each element readers ask for all that stands within it."""
    for node in list(root.iterfind(_BELOW)):
        yield node.sourceline or 1, _TOO_DEEP
        node.getparent().remove(node)


def _reason(error: Any) -> str:  # noqa: ANN401
    """What a parser refuses, without its advice to programmers."""
    message = str(error.message)
    return _TOO_DEEP if message.startswith("Excessive depth") else message


def faults(broken: list[tuple[int, str]], origin: str) -> Iterator[Fault]:
    """One fault for a document that is not well-formed, at the first place."""
    if broken:
        line, reason = broken[0]
        yield Fault(
            origin, line, f"not well-formed XML here: {reason}; what could be read of it was."
        )


def document(text: str, origin: str) -> tuple[Any, list[Fault]]:
    """The root element of an XML text, None where there is none to read, and what is wrong."""
    try:
        root, broken = tree(text)
    except Refused as refused:
        return None, [Fault(origin, refused.line, str(refused))]
    return root, list(faults(broken, origin))


def name_of(node: Any) -> str:  # noqa: ANN401  (an lxml element)
    """The name of an element without namespace, or undeclared prefix; empty for what is none."""
    return node.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(node.tag, str) else ""


def rename(node: Any, name: str) -> None:  # noqa: ANN401
    """Gives an element a name; a plain one, where it is broken and no element can have it."""
    try:
        node.tag = name
    except ValueError:
        node.tag = "span"


def text_of(node: Any) -> str:  # noqa: ANN401
    """All text within an element."""
    return "".join(node.itertext())


def outermost(root: Any, wanted: Callable[[Any], bool]) -> list[Any]:  # noqa: ANN401
    """The elements within one that are wanted, but for those within another that is."""
    found: list[Any] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if wanted(node):
            found.append(node)
        else:
            stack += reversed(node)
    return found


def _skipped(text: str, position: int) -> int:
    """Past white space, comments and instructions."""
    while match := _PROLOG.match(text, position):
        position = match.end()
    return position


def _doctype(text: str) -> Doctype | None:
    start = _skipped(text, 0)
    match = _DOCTYPE.match(text, start)
    if not match:
        return None
    if match[1] == ">":
        return Doctype(start, match.end(), {})
    entities: dict[str, str] = {}
    position = match.end()
    refused = ""
    while not refused and (declared := _DECLARATION.match(text, position)):
        position = declared.end()
        if name := declared["name"]:
            value = declared["a"] if declared["a"] is not None else declared["b"]
            entities.setdefault(name, value.replace('"', "&quot;"))
            if len(value) > _LONGEST_ENTITY or "<" in value or _nested(value):
                refused = f"the entity “{name}” is not plain text, or is long: write it out."
    if not refused and text.startswith("<!ENTITY", position):
        refused = "an entity that takes in a file, an address or others is not read: remove it."
    end = _SUBSET_END.match(text, position)
    if not refused and not end:
        refused = "the document type declaration cannot be read: remove it."
    end = end or _SUBSET_END.search(text, position)
    return Doctype(start, end.end() if end else len(text), entities, refused)


def _nested(value: str) -> bool:
    """Whether the value of an entity takes in another."""
    return any(name not in _XML_OWN for name in re.findall(r"&([A-Za-z_][\w.:-]*)", value))
