"""HTML by Jinja templates, which escape every text: the one place where text becomes markup.

Templates are written over several lines; ``_OneLine`` takes the breaks out again, for between
elements they would be spaces. What can be clicked carries ``data-do``, which ``ui.bridge`` hears.

Streamlit's sanitiser takes away an attribute that holds what might end a comment or an element, as
``-->``: a text goes into an attribute through ``attributes``, or the filter ``attribute``.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from assistant.answer import Citation
from knowledge.blocks import FIGURE, FORMULA, TABLE, Block
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.direction import isolate_runs
from knowledge.language.text import base, is_right_to_left
from ui import addresses, formatting
from ui.addresses import View
from ui.problems import problem
from ui.strings import LANGUAGES, strings

_BREAK = re.compile(r"(?:(?<=>)|(?<=[%#]\}))\s*\n\s*|\s*\n\s*(?=<|\{[%#])")
_INDENT = re.compile(r"\s*\n\s*")
_DRAWN_BY_SCRIPT = (FORMULA, FIGURE)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # what may be a language, by its form
_TAKEN = re.compile(r"(--!?|\])(?=>)|<(?=/(style|title|textarea))", re.IGNORECASE)


def render(template: str, interface: str, **values: object) -> Markup:
    """The HTML of ``templates/TEMPLATE.html``; after a ``#``, that of a macro of it."""
    name, _, macro = template.partition("#")
    found = _environment(interface).get_template(f"{name}.html")
    if macro:
        return Markup(getattr(found.module, macro)(**values))  # noqa: S704
    return Markup(found.render(values))  # noqa: S704


def drawn(block: Block, language: str, interface: str, *, marked: bool = False) -> Markup:
    """A block of an entry in its best form; one at fault as it is written.

    Streamlit's sanitiser lets neither SVG nor MathML pass: ``drawing.js`` puts them in their place.
    """
    block = block.drawable
    kind = block.kind if block.kind in (TABLE, *_DRAWN_BY_SCRIPT) else "code"
    html, kept = block.drawn(language), ""
    if kind in _DRAWN_BY_SCRIPT:
        kept = base64.b64encode(html.encode()).decode()
        html = "" if block.has_caption else f'<code dir="ltr">{escape(block.text)}</code>'
    values = {"kind": kind, "html": Markup(html), "kept": kept, "marked": marked}  # noqa: S704
    return render("parts#block", interface, **values)


def note(text: str, kind: str = "note") -> Markup:
    """A quiet remark (``note``) or a notice that should be seen (``notice``)."""
    return render("parts#note", "en", text=text, kind=kind)


def button(label: str, done: Markup, *, icon: str = "", kind: str = "") -> Markup:
    """A button; ``done`` is its ``does`` or ``copies``."""
    return render("parts#button", "en", label=label, done=done, icon=icon, kind=kind)


def attributes(values: Mapping[str, str]) -> Markup:
    """Attributes of an element, their values escaped."""
    pairs = (Markup('{}="{}"').format(name, attribute(text)) for name, text in values.items())
    return Markup(" ").join(pairs)


def attribute(text: str) -> str:
    """A text as an attribute can hold it: a word joiner, unseen, parts what would not stay."""
    return _TAKEN.sub("\\g<0>\u2060", text)


def lang(tag: str) -> Markup:
    """The attributes of what is written in a language."""
    return attributes({"lang": tag, "dir": direction(tag)})


def direction(tag: str) -> str:
    """In which direction a language is read, as HTML has it."""
    return "rtl" if is_right_to_left(tag) else "ltr"


def as_json(value: object) -> str:
    """A value for a script, as JSON that may stand in an attribute."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", r"\u003c").replace(">", r"\u003e")


def does(action: str, **values: object) -> Markup:
    """The attribute that makes a click do something (``ui.actions``)."""
    return attributes({"data-do": as_json({"do": action, **values})})


def copies(text: str, interface: str) -> Markup:
    """The attributes of a button that copies a text (``copying.js``)."""
    return attributes({"data-copy": as_json(text), "data-copied": strings(interface)["copied"]})


def goes(view: View, interface: str, **parameters: str) -> Markup:
    """The attributes of a link to a view; in the interface's language, unless they name another."""
    wanted = parameters if "lang" in parameters else {"lang": interface, **parameters}
    href = attributes({"href": addresses.link(view, **wanted)})
    return Markup("{} {}").format(href, does("go", view=view, **wanted))


def opens(entry_id: str, language: str, **place: object) -> Markup:
    """The attributes of a link that opens an entry, at a place in it or as a whole."""
    href = attributes({"href": addresses.entry(entry_id, language)})
    done = does("open", language=language, entry_id=entry_id, **place)
    return Markup("{} {}").format(href, done)


def cites(citation: Citation, *, whole: bool = False) -> Markup:
    """The attributes of a link that opens what is cited, at its words unless whole."""
    place = {"section": citation.section, "start": citation.start, "end": citation.end}
    return opens(citation.entry_id, citation.language, **({} if whole else place))


def spoken(entry: Entry, glossary: Glossary, interface: str) -> str:
    """The language that the address of an entry names.

    Where the interface's leads to the same entry, for want of one in it, it is kept: the reader
    does not lose it to a glossary in another language.
    """
    return interface if glossary.get(entry.id, interface) is entry else entry.language


def leads(entry: Entry, glossary: Glossary, interface: str) -> Markup:
    """The attributes of a link that opens an entry, in the interface's language if it is there."""
    return opens(entry.id, spoken(entry, glossary, interface))


def section_title(entry: Entry, name: str, interface: str) -> str:
    """The title of a section: its own heading, or the interface's word for a nameless one."""
    heading = next((s.heading for s in entry.sections if s.name == name), "")
    return heading or strings(interface).get(f"section_{name}", name)


def on_the_web(url: str, *, secure: bool = True) -> bool:
    """Whether an address of a glossary's may be a link: ``<`` and ``>`` are in none (RFC 3986)."""
    schemes = ("https://",) if secure else ("https://", "http://")
    return url.startswith(schemes) and not set("<>") & set(url)


class _OneLine(Extension):
    """Takes line breaks and what indents lines out of a template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename
        return _INDENT.sub(" ", _BREAK.sub("", source))


def _directed(value: object) -> object:
    """A text to be read, with its runs isolated and its digits as chosen.

    One without a space may be an address.
    """
    if isinstance(value, str) and not isinstance(value, Markup) and " " in value:
        return formatting.digits_of_text(isolate_runs(value))
    return value


@cache
def _environment(interface: str) -> Environment:
    words = strings(interface)

    def say(key: str, default: str | None = None, **values: object) -> str:
        text = words[key] if default is None else words.get(key, default)
        return text.format(**values) if values else text

    made = Environment(
        loader=PackageLoader("ui"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_directed,
        extensions=[_OneLine],
        auto_reload=False,
    )
    spoken_filters: tuple[Callable[..., str], ...] = (
        formatting.number, formatting.percent, formatting.decimal, formatting.day,
        formatting.language_name, formatting.listed,
    )  # fmt: skip
    made.filters |= {each.__name__: partial(each, language=interface) for each in spoken_filters}
    made.filters |= {
        "problem": partial(problem, interface=interface),
        "isolated": formatting.isolated,
        "isolate_runs": isolate_runs,
        "attribute": attribute,
    }
    made.tests["tag"] = _TAG.fullmatch
    plain: tuple[Callable[..., object], ...] = (
        as_json, attributes, direction, lang, does, cites, opens, on_the_web,
    )  # fmt: skip
    spoken_to: tuple[Callable[..., object], ...] = (copies, drawn, goes, leads)
    made.globals |= {each.__name__: each for each in plain}
    made.globals |= {each.__name__: partial(each, interface=interface) for each in spoken_to}
    made.globals |= {
        "_": say,
        "interface": interface,
        "languages": LANGUAGES,
        "count": partial(formatting.count, language=interface),
        "ago": partial(formatting.ago, language=interface),
        "ahead": partial(formatting.ahead, language=interface),
        "link": lambda view: addresses.link(view, lang=interface),
        "same_language": lambda first, second: base(first) == base(second),
    }
    return made
