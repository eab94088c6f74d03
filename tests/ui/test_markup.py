"""Nothing of a glossary, a reader or a model becomes markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from assistant.answer import Answer, Citation, Part, Sentence
from assistant.conversations.changes import Change
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
    "a", "article", "b", "bdi", "blockquote", "button", "cite", "details", "div", "h1", "h2", "h3",
    "header", "li", "mark", "p", "section", "span", "summary", "ul",
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
        sentences=(
            Sentence(quote, (1,), "quoted", "en"),
            Sentence(f"Foreign {attack}", (1,), "quoted", attack),
            Sentence(f"Doubtful {attack}", (), "unsupported", "en"),
        ),
        citations=(Citation(1, "x", attack, "en", "summary", quote, 0, len(quote)),),
        parts=(
            Part(f"Lead {attack}", 0, 2),
            Part(f"List {attack}", 2, 3, listed=True),
            Part(f"Missing {attack}", 3, 3),
        ),
        withheld=(Sentence(attack, (), "unsupported", attack),),
    )


def _answered(answer: Answer, change: Change | None = None) -> str:
    return markup.answer(
        answer.sentences,
        answer.citations,
        answer.parts,
        answer.language,
        "en",
        changed={1: change} if change else {},
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
        markup.note(attack, "notice"),
        markup.group(markup.note(attack)),
        markup.fact(attack, attack),
        _answered(answer),
        _answered(answer, "changed"),
        _answered(answer, "gone"),
        markup.withheld(answer.withheld, "en"),
        markup.sources(answer, glossary, "ar"),
        markup.sources(answer, glossary, "ar", {1: "changed"}),
        markup.sources(answer, glossary, "ar", {1: "gone"}),
        markup.entry(entry, glossary, "en", ("summary", Span(0, 5))),
    ):
        assert attack in _read(html).text


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_piece_of_an_answer_is_text(attack: str) -> None:
    text = _read(_answered(_answer(attack))).text
    for piece in ("A", "Foreign", "Doubtful", "Lead", "List", "Missing"):
        assert f"{piece} {attack}" in text


def _part(*sentences: Sentence, lead: str = "", listed: bool = False, language: str = "en") -> str:
    parts = (Part(lead, 0, len(sentences), listed),)
    return markup.answer(sentences, (), parts, language, language)


def test_a_list_is_a_list() -> None:
    citation = Citation(1, "x", "X", "en", "summary", "One.", 0, 4)
    sentences = (Sentence("One.", (1,), "quoted", "en"), Sentence("Two.", (), "quoted", "en"))
    html = markup.answer(sentences, (citation,), (Part("Some:", 0, 2, listed=True),), "en", "en")
    assert '<p class="m-lead">Some:</p><ul><li>' in html
    assert html.count("<li>") == html.count("</li>") == 2
    first = html.partition("</li>")[0]
    assert "One." in first
    assert 'aria-label="Citation 1' in first


def test_a_term_in_a_lead_keeps_its_direction_to_itself() -> None:
    html = _part(Sentence("a", (), "quoted", "ar"), lead="عدد «Vessels & co»: 3.", language="ar")
    assert '<p class="m-lead">عدد «<bdi>Vessels &amp; co</bdi>»: 3.</p>' in html


def test_what_is_not_answered_is_a_line_of_its_own() -> None:
    parts = (Part("", 0, 1), Part("Not this.", 1, 1))
    html = markup.answer((Sentence("One.", (), "quoted", "en"),), (), parts, "en", "en")
    assert '<p class="m-missing">Not this.</p>' in html
    assert html.count("m-part") == 1


@pytest.mark.parametrize(
    ("own", "foreign", "direction", "name"),
    [("ar", "en", "ltr", "الإنجليزية"), ("en", "ar", "rtl", "Arabic")],
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_quotation_in_another_language_is_set_off(
    own: str, foreign: str, direction: str, name: str, *, listed: bool
) -> None:
    html = _part(
        Sentence("aaa", (), "quoted", foreign),
        Sentence("bbb", (), "quoted", foreign),
        Sentence("ccc", (), "quoted", own),
        language=own,
        listed=listed,
    )
    block = html[html.index("<blockquote") : html.index("</blockquote>")]
    assert f'lang="{foreign}" dir="{direction}"' in block
    assert name in block
    assert "aaa" in block
    assert "bbb" in block
    assert "ccc" not in block
    assert ("<li>" in block) == listed


def test_a_region_is_no_other_language() -> None:
    assert "blockquote" not in _part(Sentence("a", (), "quoted", "en-GB"), language="en")


def test_what_is_not_borne_out_is_said_to_the_ear_too() -> None:
    html = _part(Sentence("Doubtful.", (), "unsupported", "en"))
    assert '<span class="m-unsupported">Doubtful.</span>' in html
    assert "the glossary does not bear this out" in html


def test_what_was_withheld_opens() -> None:
    html = markup.withheld([Sentence(text, (), "unsupported", "en") for text in "ab"], "ar")
    assert html.startswith("<details")
    assert "حُجبت جملتان" in html
    assert html.count('<li lang="en" dir="ltr">') == 2


def test_an_entry_that_has_changed_shows_the_words_as_they_were_cited() -> None:
    entry = Entry("x", "X", "en", (Section("summary", "", "Wholly different words now."),))
    citation = Citation(1, "x", "X", "en", "summary", "One is.", 0, 7)
    answer = Answer("q", "q", "en", "answered", 1.0, "quote", "", citations=(citation,))
    glossary = Glossary(Path("x"), (entry,))
    html = markup.sources(answer, glossary, "en", {1: "changed"})
    assert "<mark><b>1</b> One is.</mark>" in html
    assert "Wholly" not in html
    assert "has changed since" in html
    html = markup.sources(answer, Glossary(Path("x"), ()), "en", {1: "gone"})
    assert "<mark><b>1</b> One is.</mark>" in html
    assert "no longer in the glossary" in html
    assert "<button" not in html


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
