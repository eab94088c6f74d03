"""Terms as data of schema.org (DefinedTerm): JSON-LD, alone or in a page, microdata and RDFa."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, slug
from knowledge.formats.lines import Lines
from knowledge.formats.pages import marked
from knowledge.formats.pages.hypertext import Plain, link, plain
from knowledge.formats.pages.marked import TERM, Defined, tag

_SET = re.compile(r"(?:^|[\s:/#])(?:DefinedTermSet|CategoryCodeSet)(?=\s|$)")
_AROUND = re.compile(
    r"^(?://|/\*)?\s*+(?:<!--|<!\[CDATA\[)\s*+(?:\*/)?|(?:(?://|/\*)\s*+)?(?:-->|\]\]>)\s*+(?:\*/)?$"
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_COMMA = re.compile(r",(\s*[\]}])")
_SPACES = ("", "schema:", "sdo:", "https://schema.org/", "http://schema.org/")
_LONGEST = 200


def recognises(text: str) -> bool:
    """Whether a text is JSON-LD with defined terms."""
    return (
        text.lstrip()[:1] in ("{", "[")
        and re.search(r'"@(?:context|type|graph)"', text) is not None
        and re.search(r'"(?:[\w:/.]*[:/])?DefinedTerm"', text) is not None
    )


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The terms of a JSON-LD file that have a description."""
    origin = str(path)
    value, fault = _parsed(text, origin, 1)
    if fault:
        yield fault
    terms = list(_unique(_in_json(value, 1)))
    lines = _Lines(text, {each.term for each in terms})
    if not terms and not fault:
        yield Fault(
            origin, 1, "holds no DefinedTerm with a name: give each a name and a description."
        )
    for each in terms:
        yield make_entry(
            {"term": each.term, "id": each.id, "language": each.language, "category": each.category,
             "aliases": each.aliases, "sources": each.sources},
            opening(each.text.paragraphs), origin, links=each.text.links, line=lines.of(each.term),
        )  # fmt: skip


class _Lines:
    """On which line of JSON a name stands."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        written = {w: n for n in names for w in (json.dumps(n), json.dumps(n, ensure_ascii=False))}
        self._found: dict[str, deque[int]] = {name: deque() for name in names}
        self._line, lines = 1, Lines(text)
        for said in _STRING.finditer(text):
            if said[0] in written:
                self._found[written[said[0]]].append(lines.of(said.start()))

    def of(self, name: str) -> int:
        """The line of the next place that says a name; that of the last one, if it says none."""
        places = self._found[name]
        while places and places[0] < self._line:
            places.popleft()
        self._line = places[0] if places else self._line
        return self._line


def within(root: Any, origin: str) -> tuple[list[Defined], list[Fault]]:  # noqa: ANN401
    """The terms that the data of a page names, and what of the data cannot be read."""
    terms: list[Defined] = []
    faults: list[Fault] = []
    for node in root.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower() or not node.text:
            continue
        value, fault = _parsed(_AROUND.sub("", node.text.strip()), origin, node.sourceline or 1)
        if fault and "DefinedTerm" in node.text:
            faults.append(fault)
        terms += _in_json(value, node.sourceline or 1)
    terms += marked.within(root)
    return list(_unique(terms)), faults


def _parsed(text: str, origin: str, line: int) -> tuple[Any, Fault | None]:
    why = None
    for written in (text, _COMMA.sub(r"\1", text)):
        try:
            return json.loads(written, strict=False), None
        except json.JSONDecodeError as error:
            why = why or Fault(
                origin, line + error.lineno - 1,
                f"the JSON-LD is not valid here: {error.msg}; it was not read.", "warning",
            )  # fmt: skip
        except (RecursionError, ValueError):
            return None, Fault(
                origin,
                line,
                "the JSON-LD is nested too deep or holds too long a number; it was not read.",
                "warning",
            )
    return None, why


def _unique(terms: Iterable[Defined]) -> Iterator[Defined]:
    """Terms with ids that are theirs alone (an address is often that of the page), each once."""
    found = list({(e.term, e.language, e.text.text): e for e in terms}.values())
    told = {(each.term, each.language) for each in found if each.text.paragraphs}
    found = [e for e in found if e.text.paragraphs or (e.term, e.language) not in told]
    languages: dict[str, list[str]] = {}
    for each in found:
        languages.setdefault(slug(each.id), []).append(each.language)
    for each in found:
        said = languages[slug(each.id)]
        if len(said) > 1 and ("" in said or len(set(said)) < len(said)):
            each.id = ""
        yield each


def _in_json(value: Any, line: int) -> Iterator[Defined]:  # noqa: ANN401
    """The terms in a value, whatever holds them; a set tells theirs its name and its language."""
    nodes = list(_nodes(value))
    sets = {key: node for node, _, _ in nodes if _is(node, _SET) and (key := node.get("@id"))}
    several = sum(1 for node, _, _ in nodes if _is(node, _SET) and _get(node, "hasDefinedTerm")) > 1
    for node, around, spoken in nodes:
        if not _is(node, TERM):
            continue
        holder = _get(node, "inDefinedTermSet")
        holder = holder[0] if isinstance(holder, list) and holder else holder
        if isinstance(holder, dict):
            holder = sets.get(holder.get("@id"), holder)
        else:
            holder = sets.get(holder, around) if isinstance(holder, str) else around
        language = tag(_get(node, "inLanguage")) or tag(_get(holder or {}, "inLanguage")) or spoken
        category = _text(_get(holder or {}, "name")) if several else ""
        described = _said(_get(node, "description", "text", "disambiguatingDescription"))
        other = _said(_get(node, "alternateName"), many=True)
        sources = list(_sources(_get(node, "subjectOf", "citation", "isBasedOn")))
        for spoken_in, names in _said(_get(node, "name")).items():
            text = described.get(spoken_in) or (
                next(iter(described.values()), []) if not spoken_in or "" in described else []
            )
            names = [" ".join(plain(names[0]).text.split())]  # noqa: PLW2901
            if names[0] and len(names[0]) <= _LONGEST:
                yield Defined(
                    names[0], plain(text[0]) if text else Plain(), _id(node), spoken_in or language,
                    category, other.get(spoken_in) or other.get("") or [], line, sources=sources,
                )  # fmt: skip


def _nodes(value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None, str]]:  # noqa: ANN401
    """Each object in a value, the set it stands in, and the language of its context; in order."""
    stack: list[tuple[Any, dict[str, Any] | None, str]] = [(value, None, "")]
    while stack:
        item, around, spoken = stack.pop()
        if isinstance(item, list):
            stack += [(each, around, spoken) for each in reversed(item)]
        elif isinstance(item, dict):
            context = item.get("@context")
            for each in context if isinstance(context, list) else [context]:
                if isinstance(each, dict):
                    spoken = tag(each.get("@language")) or spoken
            yield item, around, spoken
            inner = item if _is(item, _SET) else around
            held = [v for k, v in item.items() if k != "@context" and isinstance(v, (dict, list))]
            stack += [(each, inner, spoken) for each in reversed(held)]


def _is(node: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    told = node.get("@type") or node.get("type")
    return any(
        isinstance(t, str) and kind.search(t) for t in (told if isinstance(told, list) else [told])
    )


def _get(node: Mapping[str, Any], *names: str) -> Any:  # noqa: ANN401
    return next((node[s + n] for n in names for s in _SPACES if node.get(s + n)), None)


def _said(value: Any, *, many: bool = False) -> dict[str, list[str]]:  # noqa: ANN401
    """What is said, by its language; under none, where that is not told."""
    said: dict[str, list[str]] = {}
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            spoken = tag(each.get("@language"))
            if (
                "@value" not in each
                and "@type" not in each
                and not spoken
                and not _get(each, "name")
            ):
                for key, text in each.items():  # a map by language
                    if isinstance(text, str) and tag(key):
                        said.setdefault(tag(key), []).append(text)
                continue
            text = each.get("@value") or _get(each, "name")
        else:
            spoken, text = "", each
        if isinstance(text, (str, int, float)) and str(text).strip():
            said.setdefault(spoken, []).append(str(text).strip())
    return said if many else {key: texts[:1] for key, texts in said.items()}


def _text(value: Any) -> str:  # noqa: ANN401
    return next((texts[0] for texts in _said(value).values()), "")


def _sources(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """The publications that a term's data names, each with its title at least."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and (title := _text(_get(each, "name", "headline"))):
            year = re.match(r"\d{4}", _text(_get(each, "datePublished")))
            authors = _said(_get(each, "author"), many=True).values()
            yield {
                "title": title,
                "authors": ", ".join(name for names in authors for name in names),
                "year": int(year[0]) if year else None,
                "url": _text(_get(each, "url")),
            }


def _id(node: Mapping[str, Any]) -> str:
    """The code of a term, else what its address ends in."""
    code = _text(_get(node, "termCode"))
    if code and slug(code):
        return code
    for name in ("@id", "url", "identifier"):
        told = node.get(name) if name == "@id" else _text(_get(node, name))
        if isinstance(told, str) and (found := link(told)):
            return found.removeprefix("term-").removeprefix("#")
    return ""
