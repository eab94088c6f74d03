"""A web page: where its text stands, its title and language, and the term it is about, if one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from knowledge.formats.draft import known_heading, slug
from knowledge.formats.pages.furniture import HEADINGS, beginning, elements, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import Laid, is_term, is_ways
from knowledge.formats.pages.marked import Defined
from knowledge.formats.pages.parts import day_of_change
from knowledge.formats.sites import paths
from knowledge.formats.sites.wording import is_of_many, tells_of_terms
from knowledge.language.text import ENOUGH_LETTERS, base, detect, scripts, written_in
from knowledge.language.words import fold

_TELLING = 400  # letters: to doubt what a page says of itself takes more
"""Letters: of so many on a page, its language can be told, and a template's word for it doubted."""
_HOME = 2
"""Steps of a way that lead to the category: the site, or its glossary, and that."""
_TITLE = re.compile(r"\s+[|–—·«»-]\s+|\s*[|·]\s*")
_INDEXES = ("index", "default")
_NO_NAME = re.compile(r"[\W\d_]*|(?:page|term|entry|file|untitled)[-_ ]?\d*", re.IGNORECASE)
"""A file's name that says nothing of the term."""
_LANGUAGES = ("content-language", "language", "og:locale", "dc.language", "dcterms.language")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LOOK = re.compile(r"(?:\w\b\W*){3,}")


@dataclass
class Page:
    """A page: where its text is, and what it says of itself."""

    root: Any
    main: Any
    path: PurePath
    blocks: list[Block] = field(default_factory=list)
    language: str = ""

    @classmethod
    def of(cls, root: Any, path: PurePath) -> "Page":  # noqa: ANN401
        """The page of a tree: its text is in the main element, if there is anything in that."""
        main = next(elements(root, lambda n, t: t == "main" or n.get("role") == "main"), None)
        body = next(elements(root, lambda _, t: t == "body"), root)
        blocks = [] if main is None else _text(main)
        if not blocks:
            main, blocks = body, _text(body)
        return cls(root, main, path, blocks, _language(root, body, blocks, path))

    def is_of_one(self, laid: Sequence[Laid], defined: Sequence[Defined]) -> bool:
        """Whether the page is that of one term, and what is laid out are its parts."""
        if len(defined) > 1:
            return False
        if not laid:
            return True
        title = self.title
        named = {slug(title)} - {""}
        if len(defined) == 1:
            return fold(defined[0].term) == fold(title) or not laid[1:]
        if is_of_many(title) or is_of_many(self.path.stem):
            return False
        if slug(self.path.stem) in named:
            marked = {fold(beginning(node)) for block in self.blocks for node in block.defines}
            return fold(title) in marked or not marked.issuperset(fold(e.term) for e in laid)
        known = sum(1 for b in self.blocks if b.tag in HEADINGS and known_heading(b.text))
        in_headings = all(each.node is not None and tag_of(each.node) in HEADINGS for each in laid)
        return known > 0 and in_headings and known * 4 >= len(laid)

    @property
    def is_of_terms(self) -> bool:
        """Whether the page's name or its title says that there are terms on it."""
        return self.is_called_so or any(map(is_of_many, self._named("h1")))

    @property
    def is_called_so(self) -> bool:
        """Whether that is said of the whole page: not by a heading, which may be of a part."""
        names = (self.path.stem, self.path.parent.name, *self._named("title"))
        return any(map(is_of_many, names))

    def _named(self, tag: str) -> list[str]:
        return [" ".join("".join(n.itertext()).split()) for n in self.root.iter(tag)]

    @property
    def title(self) -> str:
        """The first heading of the text, else of the page, else the page's title."""
        for level in ("h1", "h2"):
            found = next((b.text for b in self.blocks if b.tag == level), "")
            if found:
                return found.replace("\n", " ")
        for node in self.root.iter("h1", "title"):
            text = " ".join("".join(node.itertext()).split())
            if text:
                return _TITLE.split(text)[0] if tag_of(node) == "title" else text
        return ""

    @property
    def name(self) -> str:
        """The id of the page of one term: the file's name, or the folder's of an index.

        Where the page names its versions in other languages, it is the name that they share.
        """
        return self._versions.get(self._own, self._own)

    @property
    def _own(self) -> str:
        stem = self.path.name.partition(".")[0]
        return self.path.parent.name if stem.lower() in _INDEXES else stem

    @cached_property
    def _versions(self) -> dict[str, str]:
        """The name that versions of the page share, by its own: that in English, if there is one.

        A page must name itself among its versions (hreflang), else it does not know what it says.
        """
        named: dict[str, str] = {}
        canonical = ""
        for node in self.root.iter("link"):
            rel, address = (node.get("rel") or "").lower(), node.get("href") or ""
            if "canonical" in rel:
                canonical = _stem(address)
            elif "alternate" in rel and (tag := (node.get("hreflang") or "").lower()):
                named.setdefault(tag, _stem(address))
        # What leads to all that is in a language is no version of the page.
        named = {tag: stem for tag, stem in named.items() if stem.lower() not in (tag, base(tag))}
        named.pop("x-default", None)
        shared = named[min(named, key=lambda tag: (base(tag) != "en", tag))] if named else ""
        if not shared:
            return {}
        return dict.fromkeys([*named.values()], shared) | (
            {self._own: shared} if canonical in named.values() else {}
        )

    def complete(self, values: dict[str, Any], *, coded: bool) -> None:
        """Adds what the page of one term says of it: its id, if no data does, and its last day."""
        if not _NO_NAME.fullmatch(self.name) and (not coded or self._own in self._versions):
            values["id"] = self.name
        for node in self.root.iter("time"):
            above = node.getparent()
            day = (node.get("datetime") or "")[:10]
            said = " ".join("".join(above.itertext()).split()) if above is not None else ""
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) and day_of_change(said) is not None:
                values.setdefault("updated", day)

    def language_of(self, node: Any) -> str:  # noqa: ANN401
        """The language of an element: the nearest that is said above it, else the page's."""
        while node is not None and tag_of(node) not in ("body", "html"):
            if said := _said(node):
                return said
            node = node.getparent()
        return self.language

    def language_of_text(self, text: str) -> str:
        """The language of the page for a text too short to tell its own, in the page's script."""
        count = scripts(text)
        script, language = self._guess
        alike = count.total() < ENOUGH_LETTERS and script in (
            name for name, _ in count.most_common(1)
        )
        return language if alike else ""

    @cached_property
    def _guess(self) -> tuple[str, str]:
        """The script and the language that most of the page is in; nothing, if it is short."""
        prose = " ".join(block.text for block in self.blocks)[:5000]
        count = scripts(prose)
        if count.total() < ENOUGH_LETTERS:
            return "", ""
        return count.most_common(1)[0][0], detect(prose) or ""

    def only(self, defined: Sequence[Defined]) -> list[Laid]:
        """The term that the whole page is about; none, if that is in its data, or not there."""
        one = self._one()
        if one is None or (len(defined) == 1 and not one.blocks):
            return []
        empty = not one.blocks and is_of_many(self.path.stem)
        if not defined and (tells_of_terms(one.term) or empty or is_ways(one.blocks)):
            return []
        return [one]

    def _one(self) -> Laid | None:
        title = self.title
        if not title:
            return None
        named = [n for n, b in enumerate(self.blocks) if b.text.replace("\n", " ") == title]
        at = next((n for n in named if self.blocks[n].tag in HEADINGS), next(iter(named), -1))
        blocks = self.blocks[at + 1 :]
        above = [b.text for b in self.blocks[: max(at, 0)] if is_term(b.text)]
        category = self._crumb() or (above[-1] if len(above) == 1 else "")
        node = self.blocks[at].node if at >= 0 else self.main
        return Laid(title, node, blocks, self.blocks[at].line if at >= 0 else 1, category)

    def _crumb(self) -> str:
        """The category, as the way to the page names it."""
        for node in self.root.iter("nav", "ol", "ul", "div", "p"):
            told = f"{node.get('class') or ''} {node.get('aria-label') or ''}".lower()
            if "breadcrumb" in told or "page-way" in told or "مسار" in told:
                steps = [" ".join("".join(each.itertext()).split()) for each in node.iter("a")]
                if len(steps) > _HOME and fold(steps[-1]) == fold(self.title):
                    steps.pop()
                steps = list(filter(None, steps))
                return steps[-1] if len(steps) > 1 and not is_of_many(steps[-1]) else ""
        return ""


def _stem(address: str) -> str:
    """The last part of an address without its suffix, or of an index the folder's."""
    steps = [step for step in unquote(address.partition("#")[0]).split("/") if step]
    names = [re.sub(r"\.\w{2,5}$", "", step) for step in steps]
    while names and names[-1].lower() in _INDEXES:
        names.pop()
    return names[-1] if names else ""


def _text(node: Any) -> list[Block]:  # noqa: ANN401
    """The blocks of an element, but for rows of letters that lead to terms."""
    return [
        block
        for block in blocks_of(node)
        if block.tag in HEADINGS or not _LOOK.fullmatch(block.text)
    ]


def _language(root: Any, body: Any, blocks: Sequence[Block], path: PurePath) -> str:  # noqa: ANN401
    """The page's language, as it says, unless what is written there belies it."""
    said = _said(root) or _said(body) or _told(root) or paths.language(path)
    prose = " ".join(block.text for block in blocks)[:5000]
    return "" if said and _belied(said, prose) else said


def _belied(said: str, prose: str) -> bool:
    """Whether a text is in another language than is said: templates say “en” of every page."""
    count = scripts(prose)
    if not count:
        return False
    if not written_in(said) & {
        name for name, letters in count.items() if letters * 5 > count.total()
    }:
        return True
    return (
        base(said) == "en" and count.total() >= _TELLING and detect(prose) not in ("en", "", None)
    )


def _told(root: Any) -> str:  # noqa: ANN401
    """The language that a page's head tells."""
    for node in root.iter("meta"):
        name = (node.get("http-equiv") or node.get("property") or node.get("name") or "").lower()
        content = (node.get("content") or "").strip()
        if name in _LANGUAGES and _TAG.fullmatch(content):
            return content
    return ""


def _said(node: Any) -> str:  # noqa: ANN401
    said = (node.get("lang") or node.get("xml:lang") or "").strip()
    return said if _TAG.fullmatch(said) else ""
