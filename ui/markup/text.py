"""Text: numbers, dates and single lines as markup, and the attributes that pieces share."""

import json
import re
from datetime import date
from html import escape

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from assistant.answer import Citation
from knowledge.entry import Entry
from knowledge.language import base, is_right_to_left
from ui.strings import strings

_MARKDOWN = re.compile(r"[\\`*_\[\]<>:$~#|&]")
# Western digits in Arabic too, as in the bundled glossary's own text.
_LOCALES = {"en": "en_GB", "ar": "ar_EG"}


def number(value: int, language: str) -> str:
    """A number as an interface language groups its digits."""
    return str(format_decimal(value, locale=_LOCALES[language]))


def price(value: float, language: str) -> str:
    """What something cost, which may be very little."""
    return str(format_decimal(value, "#,##0.00####", locale=_LOCALES[language]))


def day(value: date, language: str) -> str:
    """A date in an interface language's words."""
    return str(format_date(value, "long", locale=_LOCALES[language]))


def language_name(tag: str, language: str) -> str:
    """The name of a language in an interface language, or its tag where it has none."""
    try:
        name = Locale.parse(base(tag)).get_display_name(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or tag


def literal(text: str) -> str:
    """Text that Streamlit's Markdown, as in labels of buttons, shows as it stands."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def isolated(text: str) -> str:
    """Text that keeps its direction to itself within a line of another."""
    return f"\u2068{text}\u2069"


def heading(text: str, tagline: str) -> str:
    """The page's title."""
    return f'<header class="m-head"><h1>{escape(text)}</h1><p>{escape(tagline)}</p></header>'


def question(text: str, language: str) -> str:
    """A question that was asked."""
    label = escape(strings(language)["you"])
    return f'<p class="m-question" dir="auto" aria-label="{label}">{escape(text)}</p>'


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
    return f'lang="{escape(language)}" dir="{direction}"'


def opens(target: Citation | Entry, *, whole: bool = False) -> str:
    """The attribute that makes a click open an entry, at the words of a citation unless whole."""
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
    return f'data-open="{escape(json.dumps(values, ensure_ascii=False))}"'
