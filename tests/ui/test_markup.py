"""Nothing of a glossary, a reader or a model becomes markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from assistant.answer import Answer, Citation, Sentence
from knowledge.entry import Entry, Section, Source
from knowledge.glossary import Glossary
from knowledge.language import Span
from ui import markup

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)>",
    "</button><a href=javascript:alert(1)>x</a>",
    '" onmouseover="alert(1)',
    "<style>*{display:none}</style>",
    "&lt;b&gt;",
    "]]><!--",
    "{{constructor.constructor('alert(1)')()}}",
]
ALLOWED = {
    "a", "article", "b", "blockquote", "button", "cite", "div", "h1", "h2", "h3", "header", "li",
    "mark", "p", "section", "span", "ul",
}  # fmt: skip


class _Reader(HTMLParser):
    """Collects the tags and attributes that a browser would see, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.tags <= ALLOWED
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    links = [value for name, value in reader.attributes if name in ("href", "src")]
    assert all(value and value.startswith(("http://", "https://")) for value in links)
    return reader


def _glossary(attack: str) -> Glossary:
    entry = Entry(
        id="x",
        term=attack,
        language="en",
        sections=(Section("summary", "", f"A {attack} b."), Section("how", attack, attack)),
        aliases=(attack,),
        category=attack,
        related=("y",),
        sources=(Source(attack, attack, 2020, f"javascript:{attack}"), Source("t", url=attack)),
    )
    other = Entry("y", attack, "en", (Section("summary", "", attack),))

    return Glossary(Path("x"), (entry, other))


def _answer(attack: str) -> Answer:
    quote = f"A {attack} b."
    return Answer(
        question=attack,
        understood=attack,
        language="en",
        status="answered",
        confidence=1.0,
        writer="quote",
        text=quote,
        sentences=(Sentence(quote, (1,), "quoted"),),
        citations=(Citation(1, "x", attack, "en", "summary", quote, 0, len(quote)),),
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_shown_is_text(attack: str) -> None:
    glossary, answer = _glossary(attack), _answer(attack)
    entry = glossary.entries[0]
    for html in (
        markup.question(attack, "en"),
        markup.plain(attack, "en"),
        markup.note(attack),
        markup.label(attack),
        markup.heading(attack, attack),
        markup.sentences(answer.sentences, answer.citations, "en", "en"),
        markup.sources(answer, glossary, "ar"),
        markup.entry(entry, glossary, "en", ("summary", Span(0, 5))),
    ):
        assert attack in _read(html).text


def test_the_quoted_words_are_marked_in_their_context() -> None:
    entry = Entry("x", "X", "en", (Section("summary", "", "One is. Two are. Three."),))

    glossary = Glossary(Path("x"), (entry,))
    html = markup.entry(entry, glossary, "en", ("summary", Span(8, 16)))
    assert 'One is. <mark id="m-quote">Two are.</mark> Three.' in html


def test_sources_stand_by_entry_with_numbers_in_the_answers_order() -> None:
    entry = Entry("x", "X", "en", (Section("summary", "", "One is. Two are."),))
    citations = (
        Citation(1, "x", "X", "en", "summary", "Two are.", 8, 16),
        Citation(2, "x", "X", "en", "summary", "One is.", 0, 7),
    )

    answer = Answer("q", "q", "en", "answered", 1.0, "quote", "", citations=citations)
    html = markup.sources(answer, Glossary(Path("x"), (entry,)), "en")
    assert "<mark><b>2</b> One is.</mark> <mark><b>1</b> Two are.</mark>" in html


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("fa-IR", "rtl")]
)
def test_a_text_runs_in_its_own_direction(language: str, direction: str) -> None:
    assert f'lang="{language}" dir="{direction}"' in markup.plain("x", language)


@pytest.mark.parametrize("text", [*ATTACKS, "a $b$ :smile: **c** [d](e) `f` ~~g~~ #h | i_j_k"])
def test_a_label_is_shown_as_it_stands(text: str) -> None:
    html = MarkdownIt("commonmark").enable("strikethrough").render(markup.literal(text))
    assert html == f"<p>{escapeHtml(text)}</p>\n"
    assert not re.search(r"(?<!\\)[$:]", markup.literal(text))
