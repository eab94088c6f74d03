"""What an address says without the app: the title, the description and the body of a plain page."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from markupsafe import Markup

from assistant.assistant import Assistant
from knowledge.language.alphabet import letter
from knowledge.language.text import base
from ui import markup, news, shared, templates
from ui.strings import strings

_DESCRIPTION = 160  # characters: search engines cut what is longer


@dataclass(frozen=True, slots=True)
class PlainPage:
    """The plain contents of an address; without a description, search engines leave it out."""

    title: str
    content: Markup
    description: str = ""
    status: int = 200  # 404 where there is no such entry, 503 while that is not known yet


def plain_page(view: str, parameters: Mapping[str, str], language: str) -> PlainPage:
    """The plain page of a view with the parameters of its address."""
    opened, words = shared.ready(), strings(language)
    html = partial(templates.render, interface=language)
    match view:
        case "term" if opened:
            return _term(opened, parameters, language)
        case "term":
            return PlainPage(words["title"], html("document#opening"), status=503)
        case "glossary":
            text, glossary = words["plain_glossary"], opened.glossary if opened else None
            wanted = parameters.get("lang", ""), language
            tags = glossary.languages if glossary else ()
            spoken = (tag for each in wanted for tag in tags if base(tag) == base(each))
            entries = glossary.ordered(next(spoken, tags[0])) if glossary else ()
            groups = groupby(entries, key=lambda each: letter(each.term, each.language))
            content = html("document#glossary", groups=groups, known=glossary)
        case "map" | "classroom" | "manage":
            text = words[f"plain_{view}"]
            content = html("document#view", view=view, text=text)
        case _:
            text = opened.glossary.about.subject.get(language, "") if opened else ""
            text = text or words["tagline"]
            return PlainPage(words["title"], html("document#chat", subject=text), text)
    title = f"{words[f'view_{view}']} — {words['title']}"
    return PlainPage(title, content, "" if view == "manage" else text)


def _term(opened: Assistant, parameters: Mapping[str, str], language: str) -> PlainPage:
    glossary, wanted, words = opened.glossary, parameters.get("id", ""), strings(language)
    shown = glossary.get(wanted, parameters.get("lang", "") or language)
    if shown is None:
        content = markup.no_term(wanted, glossary, language)
        return PlainPage(f"{words['term_unknown']} — {words['title']}", content, status=404)
    reports, age = news.latest(opened, shown, language)
    end = {"entry": shown, "glossary": glossary, "reports": reports, "age": age}
    return PlainPage(
        f"{shown.term} — {words['title']}",
        markup.term(shown, glossary, language, opened.linker)
        + templates.render("term#end", language, **end),
        textwrap.shorten(shown.summary, _DESCRIPTION, placeholder="…"),
    )
