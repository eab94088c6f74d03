"""XML, parsed without entities, the network, or trees without end."""

from pathlib import PurePath
from typing import Any

from knowledge.fault import Fault


def parsed(path: PurePath, data: bytes) -> Any:  # noqa: ANN401  (lxml's elements have no types)
    """The root of a document, or a fault at the line where it is no XML."""
    from lxml import etree  # noqa: PLC0415  (slow to import)

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        return Fault(str(path), line, f"is not valid XML: {str(error).partition(', line')[0]}.")


def name(node: Any) -> str:  # noqa: ANN401
    """The name of an element without its namespace, in small letters."""
    return str(node.tag).rpartition("}")[2].lower()


def text(node: Any) -> str:  # noqa: ANN401
    """All text within an element."""
    return "".join(node.itertext()).strip() if node is not None else ""


def first(node: Any, *names: str) -> Any:  # noqa: ANN401
    """The first element below of one of some names; None if there is none."""
    return next((each for each in node.iter() if name(each) in names), None)
