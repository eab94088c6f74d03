"""Nothing of a glossary, a reader or a model becomes markup."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from assistant.answer import Answer, Citation, Nearest, Notice, Part, Sentence
from assistant.conversations.changes import Change
from assistant.conversations.conversation import Gap
from knowledge.catalogue import Catalogue, Filter, Listing
from knowledge.editing.entries import Difference
from knowledge.editing.review import ReviewRow
from knowledge.entry import Entry, Section, Source
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.graph import Graph
from knowledge.language.text import Span
from knowledge.linking import Linker
from knowledge.search.evidence import Trace, TracedEntry, TracedSentence
from tests.attacks import ATTACKS
from ui import markup
from ui.hues import hues

ELEMENTS = {
    "a", "article", "b", "bdi", "blockquote", "button", "caption", "cite", "code", "dd", "del",
    "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "header",
    "i", "kbd", "li", "mark", "nav", "ol", "p", "pre", "q", "section", "small", "span", "strong",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "class", "colspan", "datetime", "dir", "hreflang", "href", "id", "lang", "open", "rel", "role",
    "scope", "style", "tabindex", "target", "title", "type",
}  # fmt: skip
SAFE = ("./", "https://")  # how an address begins
TAKEN = re.compile(r"(--!?|])>|</(style|title|textarea)", re.IGNORECASE)  # by DOMPurify
ELSEWHERE = {"News", "Shown", "day", "number", "price"}  # no text of others is in them


class _Reader(HTMLParser):
    """What a browser would see: it fails on what no markup of the app has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.values: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        assert len(attrs) == len(dict(attrs))
        for name, value in attrs:
            assert name in ATTRIBUTES or name.startswith(("data-", "aria-"))
            assert not TAKEN.search(value or "")
            self.values.append(value or "")
            if name == "href":
                assert value
                assert value.startswith(SAFE)
            elif name == "style":
                assert not re.search(r"url\((?!\"data:image/svg)|expression|position", value or "")
                assert "attacked" not in (value or "")
            elif name in ("data-do", "data-card"):
                told = json.loads(value or "")
                assert isinstance(told, dict)
                self.values += [each for each in told.values() if isinstance(each, str)]
            elif name == "data-copy":
                assert not set("<>") & set(value or "")  # else Streamlit takes it away
                self.values.append(json.loads(value or ""))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a section: {data}")

    def handle_data(self, data: str) -> None:
        self.text += data


def _writable(text: str) -> str:
    """A text as a file can hold it: half a surrogate pair has no place in one."""
    return text.encode(errors="ignore").decode()


def _in_a_line(text: str) -> str:
    """A text as a fault quotes it; of a long one, how it begins."""
    return " ".join(text.split())[:100]


def _glossary(attack: str) -> Glossary:
    entry = Entry(
        id="x",
        term=attack,
        language="en",
        sections=(
            Section("summary", "", f"A {attack} b."),
            Section("how", attack, f"{attack}\n\n{attack}"),
            Section("example", "", attack),
        ),
        aliases=(attack,),
        category=attack,
        related=("y",),
        sources=(
            Source(attack, attack, 2020, f"javascript:{attack}"),
            Source(attack, url=attack),
            Source("t", url=f"https://x.example/{attack}"),
        ),
        updated=date(2024, 2, 29),
    )
    other = Entry("y", attack, "en", (Section("summary", "", attack),), category=attack)
    arabic = replace(entry, language="ar", aliases=())
    return Glossary(Path("x"), (entry, other, arabic))


def _answer(attack: str) -> Answer:
    quote = f"A {attack} b."
    citation = Citation(1, "x", attack, "en", "summary", quote, 0, len(quote))
    return Answer(
        question=attack,
        understood=attack,
        language="en",
        status="answered",
        confidence=0.9,
        writer="explain",
        model=attack,
        text=f"{quote} {attack}",
        sentences=(
            Sentence(quote, (1,), "quoted", "en"),
            Sentence(f"Foreign {attack}", (1,), "quoted", attack),
            Sentence(f"Doubtful {attack}", (1,), "unchecked", "en"),
            Sentence(f"Cell {attack}", (1,), "unchecked", "en", (attack, attack)),
        ),
        citations=(citation,),
        nearest=(Nearest("y", attack, 0.5),),
        follow_ups=(attack,),
        parts=(
            Part(f"Lead {attack}", 0, 2),
            Part(f"List {attack}", 2, 3, listed=True),
            Part("", 3, 4),
            Part(f"Missing {attack}", 4, 4),
        ),
        withheld=(
            Sentence(attack, (1,), "withdrawn", attack, reason=attack, quotes=(citation,)),
            Sentence(attack, (), "contradicted", "en", reason=attack),
        ),
        notice=Notice("slow", attack),
        prompt=(attack, attack),
        category=attack,
        rewording="model",
        spoken=attack,
        timings_ms={"understand": 1.0, "retrieve": 10.0, "write": 2.0, "total": 16.0},
    )


def _answered(answer: Answer, change: Change | None = None, linker: Linker | None = None) -> str:
    return markup.answer(
        answer.sentences,
        answer.citations,
        answer.parts,
        answer.language,
        "en",
        changed={1: change} if change else {},
        linker=linker,
    )


def _trace(attack: str) -> Trace:
    parts = {attack: 1.5}
    sentence = TracedSentence("x", attack, "en", attack, 0, attack, 0.0, parts)
    return Trace(
        question=attack,
        language=attack,
        confidence=0.9,
        intents=((attack, 0.5),),
        reasons=parts,
        named=(attack,),
        entries=(
            TracedEntry("x", attack, "en", 0.9, parts),
            TracedEntry(attack, attack, attack, 0.1),
        ),
        sentences=(sentence, replace(sentence, entry_id=attack, language=attack)),
    )


def _listing(glossary: Glossary, wanted: Filter) -> Listing:
    name = wanted.category
    return Listing(wanted, glossary.entries[:2], {"A": 2}, {name: 2} if name else {}, 0, failure="")


def _shown(attack: str, interface: str) -> Iterator[tuple[str, str]]:
    """Every piece of markup with a text in it, by the name of the function that makes it."""
    glossary, answer = _glossary(_writable(attack)), _answer(attack)
    entry, linker, graph = glossary.entries[0], Linker(glossary), Graph.of(glossary, "en")
    do, copied = markup.does("ask", question=attack), markup.copies(attack, interface)
    quoted = ("summary", Span(0, 5))
    report = markup.News(attack, attack, attack, date(2024, 2, 29))
    yield "button", markup.button(attack, do)
    yield "button", markup.button(attack, do, bare=True, pressed=True)
    yield from (("does", f"<p {do}></p>"), ("copies", f"<p {copied}></p>"))
    for name in ("digits", "language_name"):
        yield name, f"<p>{escape(getattr(markup, name)(attack, 'en'))}</p>"
    yield "isolated", markup.note(markup.isolated(attack))
    yield "plain", markup.plain(attack, interface)
    yield "plain", markup.plain(attack, attack)
    yield "note", markup.note(attack)
    yield "note", markup.note(attack, "notice")
    yield "label", markup.label(attack)
    yield "heading", markup.heading(attack, attack)
    yield "group", markup.group(markup.note(attack))
    yield "fact", markup.fact(attack, attack)
    yield "about", markup.about(attack, markup.fact(attack))
    yield "undo", markup.undo(attack, interface)
    yield (
        "conversations",
        markup.conversations(
            [(attack, [("id", attack), (attack, attack)])], attack, interface, searched=True
        ),
    )
    yield "question", markup.question(1, attack, interface, editable=True)
    yield "turn", markup.turn(1, markup.question(1, attack, interface, editable=False))
    yield "answer", _answered(answer)
    yield "answer", _answered(answer, linker=linker)
    yield "answer", _answered(answer, "changed")
    yield "answer", _answered(answer, "gone")
    yield "withheld", markup.withheld(answer.withheld, interface)
    yield "missing", markup.missing(answer, interface, noted=True)
    yield "offers", markup.offers([attack], attack)
    yield "sources", markup.sources(answer, glossary, interface)
    yield "sources", markup.sources(answer, glossary, interface, {1: "changed"})
    yield "sources", markup.sources(answer, glossary, interface, {1: "gone"})
    yield "below", markup.below(answer, glossary, interface, [attack], "", {})
    yield (
        "actions",
        markup.actions(
            1,
            answer,
            interface,
            copied=(attack, attack),
            thumb=1,
            commented=True,
            explained=True,
            other_writer=True,
        ),
    )
    yield "found", markup.found(answer, [_trace(attack)] * 2, glossary, 1, interface)
    yield "entry", markup.entry(entry, glossary, interface, quoted, linker)
    yield "term", markup.term(entry, glossary, interface, linker, f"https://x.example/{attack}")
    yield "term_end", markup.term_end(entry, glossary, interface, [report])
    yield "news", markup.news([report], interface)
    yield "network", markup.network(entry, glossary.entries[1:2], [], glossary, interface)
    yield "invitation", markup.invitation(glossary, [attack], entry, interface)
    yield "within", markup.within(attack, interface)
    yield "failure", markup.failure(attack, interface)
    yield "legend", markup.legend({attack: 2}, hues([attack]), attack, interface)
    yield "map_list", markup.map_list(graph, glossary, None, interface)
    catalogue = Catalogue(glossary, "en")
    for wanted in (Filter(query=attack), Filter(category=attack), Filter(letter=attack)):
        found = markup.Shown(catalogue, _listing(glossary, wanted), interface, both=True, most=1)
        yield "glossary", markup.glossary(found)


def _managed(attack: str, interface: str) -> Iterator[tuple[str, str]]:
    """What there is of text where the glossary is changed."""
    glossary = _glossary(_writable(attack))
    entry, now = glossary.entries[0], datetime(2024, 2, 29, tzinfo=UTC)
    fault = Fault(attack, 3, f"It holds {attack}.")
    rows = (ReviewRow("lost", faults=(fault,)), ReviewRow("added", entry, faults=(fault,)))
    gap = Gap(attack, attack, "en", (attack,), 2, now, now, attack)
    yield "manage_head", markup.manage_head("entry", attack, interface)
    yield "done_bar", markup.done_bar(attack, now, interface, way="redo")
    yield "to_entry", markup.done_bar(attack, now, interface, way="", more=markup.to_entry(
        attack, "en", interface))  # fmt: skip
    placed = replace(glossary, path=Path(attack))  # which leaves out a slash too many
    yield "ours", markup.ours(placed, "format", interface) + markup.label(attack)
    yield "subtitle", markup.subtitle(attack, attack, interface)
    yield "versions_nav", markup.versions_nav(attack, ["en", attack], ["en"], attack, interface)
    yield "faults", markup.faults([fault], interface)
    circular = Fault("x", 1, f"“{attack}” is defined by itself: say what it is in other words.")
    yield "faults", markup.faults([circular], interface)
    for message in (f"{attack} has changed since: it is left as it is.", f"— {attack}"):
        yield "problem", markup.note(markup.problem(message, interface))
        yield "failed", markup.note(markup.failed(OSError(2, message, attack), interface))
    yield "sample", markup.sample({attack: [attack, ""]}, interface)
    yield "difference", markup.difference(Difference((attack,), (attack,), 1), interface)
    yield "preview", markup.preview(entry, glossary, interface, Linker(glossary))
    yield "gap_list", markup.gap_list([gap], interface, editable=True)
    yield "fixed", markup.fixed(attack, interface)
    yield "gaps_aside", markup.gaps_aside([gap], interface)
    yield "brought", markup.brought(rows, 0, interface)
    yield "brought_entry", markup.brought_entry(entry, interface)


def _of_the_app(interface: str) -> Iterator[tuple[str, str]]:
    """Markup in which there is no text but the app's own, or only a shortened one."""
    graph = Graph.of(_glossary("x"), "en")
    yield "bar", markup.bar("term", interface)
    yield "help_sheet", markup.help_sheet(interface)
    yield "indexing", markup.indexing(1, 3, interface)
    yield "searching", markup.searching(interface)
    yield "glossary_title", markup.glossary_title(interface)
    listing = _listing(_glossary("x"), Filter())
    yield "glossary_count", markup.note(markup.glossary_count(listing, interface))
    yield "map_title", markup.map_title(graph, interface)
    yield "map_tools", markup.map_tools(interface)
    yield "drawing", markup.drawing(interface)
    yield "chart_label", markup.note(markup.chart_label(graph, interface))
    yield "no_page", markup.no_page(interface)
    yield "renewing", markup.renewing(1, 3, interface)
    yield "renewing", markup.renewing(0, 0, interface)
    yield "progress", markup.progress(1, 3, interface)
    yield "count", markup.note(markup.count("missing_times", 3, interface))
    yield "brought_counts", markup.brought_counts((), interface)
    yield "bringing_done", markup.note(markup.bringing_done(1, 2, 3, interface))
    yield "pages", markup.pages(25, 25, 60, interface)
    yield "faults", markup.faults((), interface)


@pytest.mark.parametrize("number", range(len(ATTACKS)))
def test_what_is_shown_is_text(number: int) -> None:
    attack = ATTACKS[number]
    interface = "ar" if number % 2 else "en"
    for name, html in (*_shown(attack, interface), *_managed(attack, interface)):
        read = _Reader(html)
        seen = [read.text, *read.values]
        forms = (attack, _writable(attack), _in_a_line(attack))
        assert any(form in text for form in forms for text in seen), name


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_piece_of_an_answer_is_text(attack: str) -> None:
    text = _Reader(_answered(_answer(attack))).text
    for piece in ("A", "Foreign", "Doubtful", "Cell", "Lead", "List", "Missing"):
        assert f"{piece} {attack}" in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_address_that_is_no_terms_is_shown_shortened_and_as_text(attack: str) -> None:
    text = _Reader(markup.no_term(attack, _glossary(attack), "en")).text
    assert " ".join(attack[:80].replace("-", " ").split()) in text


@pytest.mark.parametrize("interface", ["en", "ar"])
def test_what_is_the_apps_own_is_whole(interface: str) -> None:
    for _, html in _of_the_app(interface):
        read = _Reader(html)
        assert read.text.strip() or any(" " in value for value in read.values)


def test_no_markup_is_left_out_here() -> None:
    tried = {name for name, _ in (*_shown("x", "en"), *_managed("x", "en"), *_of_the_app("en"))}
    made = {name for name in markup.__all__ if callable(getattr(markup, name))}
    assert made == tried | ELSEWHERE | {"literal", "no_term"}


def test_there_are_two_hundred_attacks_of_which_none_is_twice() -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) == 200


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "data:text/html,x",
        "//x.example",
        "http:x",
        "",
        "HTTPS:javascript:x",
        "ftp://x",
    ],
)
def test_a_source_that_is_not_on_the_web_is_no_link(url: str) -> None:
    entry = Entry("x", "X", "en", (Section("summary", "", "A."),), sources=(Source("T", url=url),))
    html = markup.entry(entry, Glossary(Path("x"), (entry,)), "en")
    assert "<cite>T</cite>" in html
    assert f'href="{escape(url)}"' not in html


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


KETTLE = Citation(1, "kettle", "Kettle", "en", "summary", "A kettle boils water.", 0, 21)
POT = Citation(2, "pot", "الإبريق", "ar", "summary", "الإبريق للشاي.", 0, 14)


def _states(*sentences: Sentence, checking: bool = False) -> str:
    parts, citations = (Part("", 0, len(sentences)),), (KETTLE, POT)
    return markup.answer(sentences, citations, parts, "en", "en", busy=checking, checking=checking)


def test_what_is_being_checked_is_marked_and_said_once() -> None:
    claims = [Sentence(f"{text}.", (1,), "unchecked", "en") for text in "ab"]
    html = _states(*claims, checking=True)
    assert html.count('data-support="checking"') == 2
    assert html.count("Each sentence is being compared") == 1
    assert KETTLE.quote not in _Reader(html).text
    settled = [replace(claim, support="supported") for claim in claims]
    html = _states(*settled, checking=True)
    assert "being compared" not in html


def test_what_no_judge_has_spoken_on_stands_above_its_quotes() -> None:
    html = _states(
        Sentence("Quoted.", (1,), "quoted", "en"),
        Sentence("One.", (1,), "unchecked", "en"),
        Sentence("Two.", (1,), "unchecked", "en"),
        Sentence("Three.", (1, 2), "unchecked", "en"),
    )
    assert html.count("compare for yourself") == 1
    before, both, last = html.split('<div class="m-compared">')
    assert "Quoted." in before
    assert _Reader(f"<div>{both}").text == f"One.1 Two.11 {KETTLE.quote}"
    assert "Three." in last
    assert '<p lang="ar" dir="rtl"><span class="m-numbers"><span>2</span></span> الإبريق' in last
    assert "compare for yourself" not in _states(Sentence("a", (1,), "supported", "en"))


def test_what_is_withdrawn_is_struck_with_its_reason_and_its_quote() -> None:
    withdrawn = Sentence("Not so.", (1,), "withdrawn", "en", reason="it is not", quotes=(KETTLE,))
    html = _states(Sentence("So.", (1,), "supported", "en"), withdrawn, checking=True)
    struck = html[html.index('<span class="m-kept"') :].partition("</p>")[0]
    text = "Withdrawn: Not so. it is not A kettle boils water. Kettle"
    assert _Reader(struck.removesuffix("</span>") + "</span>").text == text
    assert "<del>Not so.</del>" in struck
    assert struck in markup.withheld([withdrawn], "en")  # so that it is not announced twice


def test_what_was_kept_back_opens_by_itself_where_it_had_been_shown() -> None:
    never = Sentence("a", (), "contradicted", "en", reason="why")
    html = markup.withheld([never, never], "ar")
    assert html.startswith('<details class="m-withheld"><summary')
    assert "استُبعدت جملتان" in html
    assert html.count("لم تُعرض:") == html.count(">why<") == 2
    html = markup.withheld([never, replace(never, support="withdrawn")], "ar")
    assert html.startswith('<details class="m-withheld" open><summary')


def test_cells_are_a_table_under_which_is_what_is_to_be_compared() -> None:
    html = _states(
        Sentence("Boils.", (1,), "supported", "en", ("Use", "Kettle")),
        Sentence("للشاي.", (2,), "quoted", "ar", ("Use", "Pot <x>")),
        Sentence("Of tin.", (1,), "unchecked", "en", ("Made of", "Pot <x>")),
        Sentence("After it.", (1,), "supported", "en"),
    )
    shown, _, after = html.partition("</table></div>")
    assert '<td></td><th scope="col">Kettle</th><th scope="col">Pot &lt;x&gt;</th>' in shown
    first, second = shown.split('<tr><th scope="row">')[1:]
    assert first.startswith('Use</th><td><span class="m-sentence" data-support="supported">')
    assert '<td lang="ar" dir="rtl">' in first
    assert second.startswith('Made of</th><td></td><td><span class="m-sentence" data-support="unch')
    assert after.startswith('<div class="m-quotes"><p lang="en" dir="ltr">')
    assert "<p><span" in after.partition("After it.")[0]


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
def test_a_label_is_shown_as_it_stands_on_one_line(text: str) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(markup.literal(text))
    line = " ".join(text.replace("\0", "\ufffd").split())
    assert shown == (f"<p>{escapeHtml(line)}</p>\n" if line else "")
    assert not re.search(r"(?<!\\)(?:\\\\)*[$:]", markup.literal(text))


def test_an_address_that_cannot_be_read_is_no_fault_of_the_page() -> None:
    entry = Entry("x", "X", "en", (), sources=(Source("T", url="https://[x"),))
    html = markup.entry(entry, Glossary(Path("x"), (entry,)), "en")
    assert 'href="https://[x"' in html


def test_terms_that_come_nearest_keep_their_direction_to_themselves() -> None:
    near = tuple(Nearest(term, term, 0.5) for term in ("BERT", "CLIP", "GPT-3"))
    text = "لا يجيب المسرد عن هذا السؤال. أقرب مصطلحاته: BERT، CLIP."
    answer = Answer("q", "q", "ar", "not_in_glossary", 0.1, "quote", text, nearest=near)
    assert ": <bdi>BERT</bdi>، <bdi>CLIP</bdi>.</p>" in markup.missing(answer, "ar", noted=False)
