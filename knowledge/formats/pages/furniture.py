"""Furniture: what a web page carries beside its text, such as ways about the site, and scripts."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from knowledge.formats.sites.wording import is_called

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset(
    {
        "applet", "aside", "audio", "canvas", "embed", "footer", "frame", "head", "iframe", "input",
        "link", "map", "math", "meta", "nav", "noframes", "noscript", "object", "option", "rp",
        "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
    }
)  # fmt: skip
# By the words in an element's class, or its role.
_FURNITURE = re.compile(
    r"(?:^|\s)(?:header-?link|anchor-?link|hash-?link|permalink|mw-editsection|edit-?\w*|"
    r"(?:[\w-]+-)?toc|toc[-_](?!backref)\w+|table-of-contents|breadcrumbs?|(?:[\w-]*-)?sidebar(?:-\w+)*|"
    r"sphinxsidebar|(?:[\w-]*-)?navbar|nav|nav[-_]\w+|navigation(?:[-_]\w+)?|navheader|navfooter|"
    r"pagination|pager|skip-?links?|(?:[\w-]*-)?sr-only|visually-?hidden|screen-?reader-?text|"
    r"back-?to-?top|to-?top|(?:site-?)?footer|footer[-_]\w+|no-?print|search-?(?:box|bar|form)|"
    r"footnote-ref(?:erence)?|fn-bracket|material-(?:icons|symbols)(?:-\w+)*|linenos|(?:[\w-]*-)?(?:versions|aliases)|copy-?btn|"
    # what invites to share, to subscribe, to consent, to comment or to read something else
    r"(?:cookie|consent|gdpr)s?-?(?:banner|bar|notice|popup|consent|law|modal|overlay|message)\w*|"
    r"(?:social|share|sharing)-?(?:links?|media|icons?|buttons?|bar|share|sharing|list|menu)|share|"
    r"addtoany\w*|addthis\w*|sharedaddy|sd-sharing\w*|newsletter(?:[-_]\w+)?|subscribe-?\w*|"
    r"(?:[\w-]*-)?advert\w*|adsbygoogle|promo-?(?:box|banner)|announcement-?bar|"
    r"comments?-?(?:area|list|section|form|respond)|"
    r"(?:related|recent|popular|latest)-?(?:posts?|articles?|news|stories)(?:[-_]\w+)*)(?=\s|$)",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"(?:^|\s)(?:btn|button|boton|bouton|cta)(?=\s|$)", re.IGNORECASE)
_ICON = re.compile(
    r"(?:^|[\s_-])(?:icon|chevron|caret|arrow|toggle|plus|minus)(?=[\s_-]|$)", re.IGNORECASE
)
_ASIDE = re.compile(r"(?:cookie|consent|gdpr)s?[-_]?(?:banner|bar|notice|popup|consent|modal)")
"""By an element's id, which may be a term: of a cookie, or consent."""
_LONGEST_MARKER = 40
_NEAR = 40  # begins and ends of elements
_NAMING = (*HEADINGS, "dt", "summary")
"""What names a term, be it in a button or a link."""
_ARROWS = " \n→»›>…⟶➜➔▸▶←⟵«‹<⬅↑⇧⬆⌃^+[]().!"
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "doc-toc", "doc-noteref"}
)
# Text of a link, or of a raised word, that leads about the page or to a note and says nothing.
_MARKER = re.compile(
    r"\s*(?:[¶#§†‡↑^↩⚓🔗]+|\[\s*(?:edit|modifier|modifica|bearbeiten|editar|править|عدّ?ل)\s*\]|"
    r"\[(?:\d{1,3}|[a-z]|note \d+)\])\s*",
    re.IGNORECASE,
)


def tag_of(node: Any) -> str:  # noqa: ANN401
    """The name of an element, in small letters; nothing for a comment."""
    tag = node.tag
    return tag if isinstance(tag, str) else ""


def beginning(node: Any) -> str:  # noqa: ANN401
    """The text that an element begins with; in bounded time, as thousands may stand in another."""
    import lxml.etree  # noqa: PLC0415  (slow to import)

    walk = islice(lxml.etree.iterwalk(node, events=("start", "end")), _NEAR)
    pieces = (
        each.text if event == "start" else each.tail
        for event, each in walk
        if event == "start" or each is not node
    )
    return "".join(filter(None, pieces))


def is_furniture(node: Any, tag: str, owner: Any = None) -> bool:  # noqa: ANN401
    """Whether an element is no text of its page: navigation, forms, marks of notes, scripts.

    ``owner`` is the block it stands in: a button in a heading opens its text, and is read.
    """
    if not tag or tag in _UNREAD or (tag == "p" and node.get("hidden") is not None):
        return True
    if tag == "button":
        return owner is None or tag_of(owner) not in _NAMING
    if tag in ("a", "sup", "span") and _is_marker(node, tag, owner):
        return True
    classes = node.get("class")
    if (classes and _is_beside(node, tag, classes, owner)) or _ASIDE.fullmatch(
        node.get("id") or ""
    ):
        return tag not in ("body", "html", "main", "article")
    return node.get("role") in _ROLES


def _is_beside(node: Any, tag: str, classes: str, owner: Any) -> bool:  # noqa: ANN401
    """Whether its class tells that an element is no text: an icon, a button that is a link."""
    if tag in ("span", "i") and _ICON.search(classes):
        return not any(sign.isalnum() for sign in "".join(node.itertext()))
    if tag == "a" and _BUTTON.search(classes) and _leads_away(node, owner):
        return True
    return _FURNITURE.search(classes) is not None


def _is_marker(node: Any, tag: str, owner: Any) -> bool:  # noqa: ANN401
    if len(node) > 1 or (len(node) and len(node[0])):
        return False
    within = (node[0].text, node[0].tail) if len(node) else ()
    text = "".join(filter(None, (node.text, *within)))
    if node.get("aria-hidden") == "true":
        return True
    if tag == "span" or len(text) >= _LONGEST_MARKER:
        return False
    if _MARKER.fullmatch(text):
        return True
    return tag == "a" and (owner is None or tag_of(owner) not in _NAMING) and is_way(text)


def _leads_away(node: Any, owner: Any) -> bool:  # noqa: ANN401
    """Whether a link that looks like a button opens another page, and no text of its own."""
    opens = node.get("data-toggle") or node.get("data-bs-toggle") or node.get("aria-controls")
    address = node.get("href") or "#"
    return not (
        opens or address.startswith("#") or (owner is not None and tag_of(owner) in _NAMING)
    )


def is_way(text: str) -> bool:
    """Whether a text only invites to go on: “Read more”, “Back to top”."""
    return len(text) < _LONGEST_MARKER and is_called(text.strip(_ARROWS), "ways")


def elements(
    root: Any,  # noqa: ANN401
    wanted: Callable[[Any, str], bool],
    *,
    buttons: bool = False,
) -> Iterator[Any]:
    """The outermost elements within another that are wanted, in order; furniture is passed over.

    Whether ``buttons`` are such is for who asks to say.
    """
    stack = [iter(root)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = tag_of(child)
        found = bool(tag) and wanted(child, tag)
        if not (found or len(child)) or (
            not (buttons and tag == "button") and is_furniture(child, tag)
        ):
            continue
        if found:
            yield child
        else:
            stack.append(iter(child))
