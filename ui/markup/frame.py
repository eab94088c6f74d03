"""The frame: what stands around the views, and the screens that are there before a question."""

from collections.abc import Sequence
from html import escape

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from ui import places
from ui.markup.text import (
    badge,
    button,
    does,
    heading,
    label,
    language_name,
    listed,
    number,
    opens,
    tongue,
)
from ui.places import View
from ui.strings import LANGUAGES, strings

_SHOWN: tuple[View, ...] = ("chat", "glossary", "map")
_KEYS = (
    ("/", "key_focus"),
    ("N", "key_new"),
    ("C", "key_chat"),
    ("G", "key_glossary"),
    ("M", "key_map"),
    ("[ ]", "key_neighbours"),
    ("L", "key_language"),
    ("S", "key_settings"),
    ("?", "key_help"),
    ("Esc", "key_close"),
)


def bar(view: str, interface: str, *, manage: bool = False) -> str:
    """The bar at the top: the name, the views, the other language, help and settings.

    The way to managing the glossary is there for who may.
    """
    words = strings(interface)
    links = "".join(
        f'<li class="m-to-{each}"><a {_to(each, interface)}'
        f"{' aria-current=page' if each == view or (each, view) == ('glossary', 'term') else ''}>"
        f'<span class="m-icon m-icon-{each}" aria-hidden="true"></span>'
        f"<span>{escape(words[f'view_{each}'])}</span></a></li>"
        for each in (*_SHOWN, "manage")
        if manage or each != "manage"
    )
    other = next(tag for tag in LANGUAGES if tag != interface)
    speak = (
        f'<button type="button" class="m-button m-speak" {does("speak", language=other)}'
        f" {tongue(other)}><span>{escape(LANGUAGES[other])}</span></button>"
    )
    tools = (
        speak
        + button(words["help"], does("help"), icon="help", bare=True)
        + button(words["settings"], does("settings"), icon="settings", bare=True)
    )
    return (
        f'<header class="m-bar"><a class="m-brand" {_to("chat", interface)}>'
        f"{escape(words['title'])}</a>"
        f'<nav aria-label="{escape(words["views"])}"><ul>{links}</ul></nav>'
        f'<div class="m-tools">{tools}</div></header>'
    )


def _to(view: View, interface: str) -> str:
    """The attributes of a link to a view."""
    return f'href="{escape(places.link(view, lang=interface))}" {does("go", view=view)}'


def invitation(
    glossary: Glossary, examples: Sequence[str], of_the_day: Entry | None, interface: str
) -> str:
    """The chat before the first question."""
    words = strings(interface)
    items = "".join(
        f"<li>{button(text, does('ask', question=text), kind='example')}</li>" for text in examples
    )
    day = ""
    if of_the_day:
        day = (
            f'<section class="m-day">{label(words["of_the_day"])}'
            f"<div {tongue(of_the_day.language)}>"
            f'<h2><a class="m-term" {opens(of_the_day)}>{escape(of_the_day.term)}</a>'
            f"{badge(of_the_day.category)}</h2><p>{escape(of_the_day.summary)}</p></div></section>"
        )
    spoken = listed([language_name(tag, interface) for tag in glossary.languages], interface)
    size = escape(
        words["size"].format(
            n=number(len(glossary.ids), interface),
            categories=number(len(glossary.categories(glossary.languages[0])), interface),
            languages=spoken,
        )
    )
    browse = f"<a {_to('glossary', interface)}>{escape(words['browse'])}</a>"
    return (
        f'{heading(words["title"], words["tagline"])}<section class="m-examples">'
        f"{label(words['examples'])}<ul>{items}</ul></section>{day}"
        f'<p class="m-size"><bdi>{size}</bdi> {browse}</p>'
    )


def within(category: str, interface: str) -> str:
    """Says that only a category is asked, and offers to ask everywhere."""
    words = strings(interface)
    said = escape(words["within_only"]).replace("{category}", f"<bdi>{escape(category)}</bdi>")
    lift = button(words["within_lift"], does("everywhere"), icon="close", bare=True)
    return f'<p class="m-within"><span>{said}</span>{lift}</p>'


def help_sheet(interface: str) -> str:
    """What can be asked, how answers are to be read, and the keys."""
    words = strings(interface)
    paragraphs = "".join(
        f"<h3>{escape(words[f'help_{name}'])}</h3><p>{escape(words[f'help_{name}_text'])}</p>"
        for name in ("ask", "trust", "found")
    )
    rows = "".join(
        f"<tr><th scope=row><kbd dir=ltr>{escape(key)}</kbd></th>"
        f"<td>{escape(words[name])}</td></tr>"
        for key, name in _KEYS
    )
    title = escape(words["help_keys"])
    return (
        f'<div class="m-help">{paragraphs}<h3>{title}</h3><table>{rows}</table>'
        f"<p>{escape(words['help_keys_text'])}</p></div>"
    )


def indexing(done: int, total: int, interface: str) -> str:
    """The first start: the glossary is being indexed."""
    words = strings(interface)
    said = words["indexing"].format(done=number(done, interface), total=number(total, interface))
    part = 100 * done / max(total, 1)
    title = words["indexing_title"]
    return (
        f'{heading(words["title"], title)}<div class="m-progress" role="progressbar"'
        f' aria-label="{escape(title)}" aria-valuenow="{part:.0f}" aria-valuemin="0"'
        f' aria-valuemax="100"><i style="inline-size:{part:.1f}%"></i></div>'
        f'<p class="m-note m-centred">{escape(said)}</p>'
        f'<p class="m-note m-centred">{escape(words["indexing_once"])}</p>'
    )


def failure(message: str, interface: str, title: str = "failure_title") -> str:
    """What is wrong, and that it can be tried again."""
    words = strings(interface)
    return (
        f"{heading(words['title'], words[title])}"
        f'<p class="m-notice" role="alert" dir="auto">{escape(message)}</p>'
        f'<p class="m-note m-centred">{escape(words["failure_text"])}</p>'
        f'<p class="m-centred">{button(words["failure_again"], does("reload"), icon="again")}</p>'
    )
