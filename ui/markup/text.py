"""Text: numbers, dates and single lines as markup, and the attributes that pieces share."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from assistant.answer import Citation
from knowledge.entry import Entry
from knowledge.language.text import base, is_right_to_left
from knowledge.linking import Link
from ui import places
from ui.strings import strings

_MARKDOWN = re.compile(r"[\\`*_\[\]<>:$~#|&@.]")
_AT_START = re.compile(r"^(\d*)([-+=)])")  # a list, or a rule
_TAKEN = re.compile(r"(--!?|\])(?=>)|<(?=/(style|title|textarea))", re.IGNORECASE)
_LOCALES = {"en": "en_GB", "ar": "ar_EG"}
_SYSTEMS = {"en": "latn", "ar": "arab"}
_PERCENT = {"en": "%", "ar": "٪"}
_SLIGHT = 0.0095  # of a whole: less has a decimal in percent
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def digits(text: str, language: str) -> str:
    """Text with the digits of an interface language: those of Arabic are its own."""
    return text.translate(_DIGITS) if _SYSTEMS[language] == "arab" else text


def number(value: int, language: str) -> str:
    """A number as an interface language groups its digits."""
    return digits(
        format_decimal(value, locale=_LOCALES[language], numbering_system=_SYSTEMS[language]),
        language,
    )


def price(value: float, language: str) -> str:
    """What something cost, which may be very little."""
    return digits(
        format_decimal(
            value, "#,##0.00####", locale=_LOCALES[language], numbering_system=_SYSTEMS[language]
        ),
        language,
    )


def percent(value: float, language: str) -> str:
    """A part of one, as a percentage: 0 and 100 are kept for nothing and for all of it."""
    shown = min(max(value, 0.001), 0.999) if 0 < value < 1 else value
    pattern = "0.#%" if shown < _SLIGHT or shown > 1 - _SLIGHT else "0%"
    text = format_decimal(
        shown, pattern, locale=_LOCALES[language], numbering_system=_SYSTEMS[language]
    )
    return digits(text, language).replace("%", _PERCENT[language])


def decimal(value: float, language: str, *, signed: bool = False) -> str:
    """A number with one decimal, and its sign if wanted."""
    pattern = "+#,##0.0;−#,##0.0" if signed else "#,##0.0"
    return digits(
        format_decimal(
            value, pattern, locale=_LOCALES[language], numbering_system=_SYSTEMS[language]
        ),
        language,
    )


def day(value: date, language: str) -> str:
    """A date in an interface language's words."""
    return digits(format_date(value, "long", locale=_LOCALES[language]), language)


def ago(past: timedelta, language: str) -> str:
    """How long ago something was, in an interface language's words; a minute at least."""
    back = -max(past, timedelta(minutes=1))
    locale = _LOCALES[language]
    words = format_timedelta(back, "minute", threshold=1.2, add_direction=True, locale=locale)
    return digits(words, language)


def language_name(tag: str, language: str) -> str:
    """The name of a language in an interface language, or its tag where it has none."""
    try:
        name = Locale.parse(base(tag)).get_display_name(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or tag


def listed(names: Sequence[str], language: str) -> str:
    """Names in a row, as an interface language joins them."""
    return format_list(names, locale=_LOCALES[language])


def literal(text: str) -> str:
    """Text that Streamlit's Markdown, as in titles of dialogs, shows as it stands, on one line."""
    line = _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
    return _AT_START.sub(r"\1\\\2", line)


def on_the_web(url: str, *, secure: bool = True) -> bool:
    """Whether an address of a glossary's may be a link: ``<`` and ``>`` are in none (RFC 3986)."""
    schemes = ("https://",) if secure else ("https://", "http://")
    return url.startswith(schemes) and not set("<>") & set(url)


def isolated(text: str) -> str:
    """Text that keeps its direction to itself within a line of another."""
    return f"\u2068{text}\u2069"


def heading(text: str, tagline: str) -> str:
    """The page's title."""
    return f'<header class="m-head"><h1>{escape(text)}</h1><p>{escape(tagline)}</p></header>'


def plain(text: str, language: str) -> str:
    """A sentence of the assistant's own."""
    return f'<div class="m-answer" {tongue(language)}><p>{escape(text)}</p></div>'


def note(text: str, kind: str = "note") -> str:
    """A quiet remark (``note``) or a notice that should be seen (``notice``)."""
    role = ' role="status"' if kind == "notice" else ""
    return f'<p class="m-{kind}"{role} dir="auto">{escape(text)}</p>'


def group(*blocks: str) -> str:
    """Pieces of markup close together."""
    return f'<div class="m-notes">{"".join(blocks)}</div>'


def label(text: str) -> str:
    """A small heading above a group of buttons."""
    return f'<p class="m-label">{escape(text)}</p>'


def fact(title: str, *lines: str) -> str:
    """A title with lines under it, as they stand in the sidebar."""
    rows = "".join(f'<span dir="auto">{escape(line)}</span>' for line in lines)
    return f'<div class="m-fact"><b>{escape(title)}</b>{rows}</div>'


def badge(category: str) -> str:
    """A category, set off."""
    return f'<span class="m-badge" dir="auto">{escape(category)}</span>' if category else ""


def tongue(language: str) -> str:
    """The attributes of what is written in a language."""
    direction = "rtl" if is_right_to_left(language) else "ltr"
    return f'lang="{named(language)}" dir="{direction}"'


def does(action: str, **values: object) -> str:
    """The attribute that makes a click do something (``ui.actions``)."""
    return f'data-do="{told({"do": action, **values})}"'


def told(value: object) -> str:
    """A value for the script, as JSON within an attribute.

    Streamlit takes away an attribute that holds what might end a comment or an element, as ``-->``.
    """
    text = json.dumps(value, ensure_ascii=False)
    return escape(text.replace("<", r"\u003c").replace(">", r"\u003e"))


def named(text: str) -> str:
    """A name for those who hear the page, as the value of an attribute.

    A word joiner, unheard and unseen, parts what Streamlit would take the attribute away for
    (``told``).
    """
    return escape(_TAKEN.sub("\\g<0>\u2060", text))


def copies(text: str, interface: str) -> str:
    """The attributes of a button that copies a text (``copying.js``)."""
    said = strings(interface)["copied"]
    return f'data-copy="{told(text)}" data-copied="{escape(said)}"'


def opens(target: Citation | Entry, *, whole: bool = False) -> str:
    """The attributes of a link that opens an entry, at the words of a citation unless whole."""
    values: dict[str, object]
    if isinstance(target, Entry):
        values = {"language": target.language, "entry_id": target.id}
    elif whole:
        values = {"language": target.language, "entry_id": target.entry_id}
    else:
        values = {
            "language": target.language,
            "entry_id": target.entry_id,
            "section": target.section,
            "start": target.start,
            "end": target.end,
        }
    address = places.entry(str(values["entry_id"]), target.language)
    return f'href="{escape(address)}" {does("open", **values)}'


def button(  # noqa: PLR0913  (all that a button may be)
    label: str,
    done: str,
    *,
    icon: str = "",
    kind: str = "",
    bare: bool = False,
    pressed: bool | None = None,
) -> str:
    """A button; ``done`` is its ``does``. A bare one shows its icon and says its label."""
    name = f'<span class="m-icon m-icon-{icon}" aria-hidden="true"></span>' if icon else ""
    said = f' aria-label="{named(label)}" title="{named(label)}"' if bare else ""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    text = "" if bare else f"<span>{escape(label)}</span>"
    style = f"m-button{' m-bare' if bare else ''}{f' m-{kind}' if kind else ''}"
    return f'<button type="button" class="{style}" {done}{said}{state}>{name}{text}</button>'


def linked(text: str, links: Iterable[Link], language: str) -> str:
    """A text in which terms of the glossary are links to their entries."""
    pieces, position = [], 0
    for link in links:
        start, end = link.span
        told = does("open", entry_id=link.entry_id, language=language)
        address = escape(places.entry(link.entry_id, language))
        pieces.append(
            f"{escape(text[position:start])}"
            f'<a class="m-link" href="{address}" {told}>{escape(text[start:end])}</a>'
        )
        position = end
    return "".join([*pieces, escape(text[position:])])
