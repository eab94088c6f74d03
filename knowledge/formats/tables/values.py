"""Values: what a cell or a field says, be it text, a list or an object."""

import re
from collections.abc import Sequence
from typing import Any

from knowledge.formats.tables.columns import DEFINITION, column
from knowledge.formats.tables.prose import plain
from knowledge.language.text import clean

_ADDRESS = re.compile(r"https?://\S+")
# A run of spaces is looked at from its beginning only: of a million, each would be looked along.
_WITHIN_SITE = re.compile(r"(?:\.{1,2})?/[\w./#?=&%-]*")  # which leads nowhere from here
_LISTED = re.compile(r"(?<!\s)\s*[;|؛\n]\s*")
_LINES = 2  # lists around a line
_SEE = re.compile(
    r"^\s*(?:see(?: also)?|cf|compare|voir(?: aussi)?|siehe(?: auch)?|véase(?: también)?"
    r"|ver(?: también)?|см|vedi|انظر(?: أيضا)?)\s*[:.：]\s*",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"(?<!\s)\s*[,،]\s*")
_ELEMENTS = frozenset({"p", "ul", "ol", "li", "div", "span", "strong", "em", "b", "i", "code",
                       "pre", "blockquote", "dl", "dt", "dd"})  # fmt: skip
_A_NAME = 60  # characters: a longer “alias” is a sentence with commas in it
_STOPS = (".", "。", "।", "؟")
_WORDS = 4  # spaces in a name


def cleaned(value: Any, depth: int = 0) -> Any:  # noqa: ANN401
    """The value with every text in it cleaned (``knowledge.language.text.clean``).

    What stands in lists within lists is lines, and keeps the space before it.
    """
    if isinstance(value, str):
        return clean(value).strip() if depth < _LINES else clean(value).rstrip()
    if isinstance(value, list):
        return [cleaned(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {key: cleaned(each) for key, each in value.items()}
    return value


def is_sentence(text: str) -> bool:
    """Whether a text says something, and does not merely name it."""
    return text.endswith(_STOPS) or text.count(" ") > _WORDS


def are_sentences(texts: Sequence[str]) -> bool:
    """Whether most of some texts are."""
    return sum(map(is_sentence, texts)) > len(texts) / 2


def listed(value: Any) -> list[str]:  # noqa: ANN401
    """Names, from a list or from text with commas, semicolons or bars between."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [name for each in value for name in named(each)]
    parts = _LISTED.split(plain(str(value)) if "\n" not in str(value) else str(value))
    if len(parts) == 1:
        parts = _COMMAS.split(parts[0])
        if any(len(part) > _A_NAME for part in parts):
            return []
    return [name for part in parts if (name := plain(part).strip(" .\"'")) and name != "…"]


def related(value: Any) -> list[str]:  # noqa: ANN401
    """Names of what is related, without the “see also” that leads to them."""
    return listed(_SEE.sub("", value) if isinstance(value, str) else value)


def named(value: Any) -> list[str]:  # noqa: ANN401
    """The name of one thing in a list: text, or an object that says it."""
    if isinstance(value, dict):
        keys = ("term", "name", "title", "label", "text", "value", "id", "slug", "url")
        value = next((value[key] for key in keys if isinstance(value.get(key), str)), "")
    name = plain(str(value)) if isinstance(value, str | int | float) else ""
    return [name] if name else []


def text_of(value: Any) -> str:  # noqa: ANN401
    """Text, from text or from a list of texts, each a paragraph."""
    if isinstance(value, list):
        if any(map(_link, value)) and any(isinstance(each, str) for each in value):
            return _inline(value)
        return "\n\n".join(filter(None, map(_paragraph, value)))
    if isinstance(value, dict):
        keys = ("text", "definition", "definitions", "description", "meaning", "meanings")
        others = ("gloss", "glosses", "value", "content", "para", "sentence", "example")
        found = next((text_of(value[key]) for key in keys if value.get(key)), "")
        found = found or _defining(value)
        found = found or next((text_of(value[key]) for key in others if value.get(key)), "")
        if not found and (told := [each for each in value.values() if isinstance(each, str)]):
            found = told[0] if not {*value} <= _ELEMENTS else ""
        if not found and all(str(key).lower() in _ELEMENTS for key in value):
            return "\n\n".join(filter(None, map(text_of, value.values())))
        return found
    return value if isinstance(value, str) else ""


def _defining(value: dict[Any, Any]) -> str:
    """What an object says under names such as “short_definition”, the surest first."""
    roles = {DEFINITION, "acronym"} if "short" in value else {DEFINITION}
    known = ((found, held) for key, held in value.items() if (found := column(str(key))))
    told = [(found.rank, text_of(held)) for found, held in known if found.role in roles]
    told.sort(key=lambda each: each[0])
    return "\n\n".join(text for _, text in told if text)


def _link(value: Any) -> str:  # noqa: ANN401
    """Where words within a text lead, of which one in pieces says ``{"href": …, "text": …}``."""
    if not (isinstance(value, dict) and isinstance(value.get("text"), str)):
        return ""
    return next((v for k in ("href", "url", "link") if isinstance(v := value.get(k), str)), "")


def _inline(pieces: list[Any]) -> str:
    """The text of pieces of one paragraph, with a space between where it is missing."""
    text = ""
    for piece in pieces:
        words = f"[{piece['text']}]({leads})" if (leads := _link(piece)) else text_of(piece)
        ended = text[-1:].isalnum() or text[-1:] in (*".,;:)",)
        apart = ended and (words[:1].isalnum() or words[:1] in ("[", "("))
        text += f" {words}" if apart else words
    return text


def _paragraph(value: Any) -> str:  # noqa: ANN401
    """One of a list of texts; a list within it holds its lines, which may be of a program."""
    if not (isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) for v in value)):
        return text_of(value)
    return "\n".join(("```", *value, "```"))


def sources(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Publications, from text (one a line), an object, or a list of either."""
    if isinstance(value, list):
        return [source for each in value for source in sources(each)]
    if isinstance(value, dict):
        get = {str(key).lower(): each for key, each in value.items()}
        url = next((str(get[k]) for k in ("url", "link", "href", "uri") if get.get(k)), "")
        title = next((str(get[k]) for k in ("title", "name", "text", "label") if get.get(k)), url)
        authors = get.get("authors") or get.get("author") or ""
        if isinstance(authors, list):
            authors = ", ".join(map(str, authors))
        year = str(get.get("year") or "")
        known = {"year": int(year)} if re.fullmatch(r"-?\d{1,4}", year) else {}
        return (
            [{"title": plain(title), "authors": str(authors), "url": url, **known}] if title else []
        )
    text = str(value).strip()
    if _WITHIN_SITE.fullmatch(text):
        return []
    parts = text.split("\n")
    if not _ADDRESS.sub("", text).strip(" |,;\n"):  # addresses, and signs between
        parts = _ADDRESS.findall(text)
    if len(parts) > 1:
        return [source for part in parts for source in sources(part)]
    if found := _ADDRESS.search(text):
        link = re.search(r"\[([^\[\]]+)\]\(", text)
        address = found[0].rstrip(".,;")
        if address.count(")") > address.count("("):
            address = address[: address.rindex(")")]
        title = link[1] if link else text.replace(found[0], "").strip(" -–:,;()") or found[0]
        return [{"title": plain(title), "url": address}]
    return [{"title": title}] if (title := plain(text)) else []


def listed_phrases(text: str) -> list[str]:
    """Phrases with semicolons, bars or line ends between; they may hold commas."""
    return [part for part in _LISTED.split(text) if part]
