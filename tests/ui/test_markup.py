"""Nothing of a glossary, a reader or a model becomes markup."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from assistant.answer import Answer, Citation, Nearest, Part, Sentence
from assistant.assistant import Assistant
from assistant.conversations.conversation import Change, unfinished
from assistant.news.archive import Feed
from assistant.news.feeds import Item
from assistant.news.updating import archive_of
from knowledge.entry import Entry, Section, Source
from knowledge.glossary import Glossary
from knowledge.language.text import clean
from tests.attacks import ATTACKS
from ui import formatting, markup, templates
from ui.markup import Context
from ui.strings import strings

EN = strings("en")
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


NOTHING = Glossary(Path("x"), ())


class _Reader(HTMLParser):
    """What a browser would see: it fails on what no markup of the app has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.values: list[str] = []
        self._open: list[str] = []
        self.feed(str(html))
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


def _answer(attack: str) -> Answer:
    quote = f"A {attack} b."
    return unfinished(
        attack,
        "en",
        (
            Sentence(quote, (1,), "quoted", "en"),
            Sentence(f"Foreign {attack}", (1,), "quoted", attack),
            Sentence(f"Doubtful {attack}", (1,), "unchecked", "en"),
            Sentence(f"Cell {attack}", (1,), "unchecked", "en", (attack, attack)),
        ),
        (Citation(1, "x", attack, "en", "summary", quote, 0, len(quote)),),
        (
            Part(f"Lead {attack}", 0, 2),
            Part(f"List {attack}", 2, 3, listed=True),
            Part("", 3, 4),
            Part(f"Missing {attack}", 4, 4),
        ),
    )


def test_no_attack_becomes_markup() -> None:
    for text in ATTACKS:
        done = templates.does("ask", question=text) + " " + templates.copies(text, "en")
        said = markup.answer(Context("en", NOTHING), _answer(text))
        read = _Reader(templates.note(text) + templates.button(text, done) + said)
        assert read.values.count(text) >= 2
        seen, read_as = clean(read.text), clean(text)  # some runs from right to left
        assert seen.startswith(read_as + read_as)
        for piece in ("A", "Foreign", "Doubtful", "Cell", "Lead", "List", "Missing"):
            assert f"{piece} {read_as}" in seen
        assert _Reader(templates.render("parts#button", "en", label=text, done=done, bare=True))


def test_only_addresses_of_the_web_are_links() -> None:
    urls = ("https://a.example", "http://b.example", "javascript:alert(1)", "https://<x", "//x", "")
    sources = tuple(Source(f"Title {n}", url=url) for n, url in enumerate(urls))
    entry = Entry("x", "X", "en", (Section("summary", "", "It is."),), sources=sources)
    html = markup.entry(Context("en", Glossary(Path("x"), (entry,))), entry)
    assert [url for url in _Reader(html).values if "." in url and "Title" not in url] == [
        "./term?id=x&lang=en",
        urls[0],
    ]


def test_templates_escape_all_and_quote_every_attribute() -> None:
    for file in Path(templates.__file__).parent.glob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"\bsafe\b|autoescape", text), file
        assert not re.search(r"[\w-]=\{\{", text), file


def _news(*reports: Item) -> str:
    return templates.render("term#news", "ar", reports=reports)


def test_a_link_of_a_feed_tells_nothing_of_here_and_what_it_says_is_text() -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    html = _news(Item("X", at, url="http://a.example/1?a=1&b=2"))
    assert "2 مارس 2026" in html
    (link,) = re.findall(r"<a ([^>]*)>", html)
    assert 'href="http://a.example/1?a=1&amp;b=2" target="_blank"' in link
    assert 'rel="noopener noreferrer nofollow"' in link
    bare = _news(Item("X & <b>Y</b>", at, url="javascript:alert(1)"))
    assert "X &amp; &lt;b&gt;Y&lt;/b&gt;" in bare
    assert "<a" not in bare
    for tag in ("en' onload='x", '"><script>'):
        assert "lang=" not in _news(Item("X", at, language=tag)).split("<ul>")[1]


def test_the_page_of_a_term_ends_with_its_news(tea: Assistant, tmp_path: Path) -> None:
    changed = {"data_dir": tmp_path, "news_feeds": ("https://a.example/feed",)}
    reader, at = (
        Assistant(tea.retriever, tea.settings.model_copy(update=changed)),
        datetime.now(UTC),
    )
    item = Item("A kettle <img src=x>", at, concerns=("kettle",))
    archive_of(reader).write({"https://a.example/feed": Feed(at, items=[item])})
    for entry_id, is_on_it in {"kettle": True, "teapot": False}.items():
        entry = reader.glossary.get(entry_id, "en")
        assert entry is not None
        html = markup.term_end(reader, entry, "en")
        assert ("A kettle &lt;img src=x&gt;" in html) == is_on_it


# Answers.


def _shown(*sentences: Sentence, lead: str = "", language: str = "en") -> str:
    part, cited = Part(lead, 0, len(sentences)), (KETTLE, POT)
    said = unfinished("q", language, sentences, cited, (part,))
    return str(markup.answer(Context(language, NOTHING), said))


KETTLE = Citation(1, "kettle", "Kettle", "en", "summary", "A kettle boils water.", 0, 21)
POT = Citation(2, "pot", "الإبريق", "ar", "summary", "الإبريق للشاي.", 0, 14)


def test_a_term_in_a_line_of_the_assistants_keeps_its_direction_to_itself() -> None:
    html = _shown(Sentence("a", (), "quoted", "ar"), lead="عدد «A & co»: 3.", language="ar")
    assert '<p class="m-lead">عدد «<bdi>A &amp; co</bdi>»: 3.</p>' in clean(html)
    near = tuple(Nearest(term, term, 0.5) for term in ("BERT", "CLIP", "GPT-3"))
    text = "لا يجيب المسرد عن هذا السؤال. أقرب مصطلحاته: BERT، CLIP."
    answer = Answer("q", "q", "ar", "not_in_glossary", 0.1, "quote", text, nearest=near)
    html = clean(markup.missing(Context("ar", NOTHING), answer, noted=False))
    assert re.search(r": <a [^>]*><bdi>BERT</bdi></a>، <a [^>]*><bdi>CLIP</bdi></a>\.</p>", html)


def test_cells_are_a_table_under_which_is_what_is_to_be_compared() -> None:
    html = _shown(
        Sentence("Boils.", (1,), "supported", "en", ("Use", "Kettle")),
        Sentence("للشاي.", (2,), "quoted", "ar", ("Use", "Pot <x>")),
        Sentence("Of tin.", (1,), "unchecked", "en", ("Made of", "Pot <x>")),
        Sentence("After it.", (1,), "supported", "en"),
    )
    shown, _, after = html.partition("</table></div>")
    assert '<td></td><th scope="col">Kettle</th><th scope="col">Pot &lt;x&gt;</th>' in shown
    kettle, pot = '<td data-column="Kettle"', '<td data-column="Pot &lt;x&gt;"'
    assert f'{pot} lang="ar" dir="rtl">' in shown
    assert f"Made of</th>{kettle}></td>{pot}>" in shown
    assert after.startswith('<div class="m-quotes"><p lang="en" dir="ltr">')


def test_sources_have_the_answers_numbers_and_of_a_changed_entry_the_words_as_cited() -> None:
    entry = Entry("x", "X", "en", (Section("summary", "", "Wholly different words now."),))
    citations = (
        Citation(1, "x", "X", "en", "summary", "Two are.", 8, 16),
        Citation(2, "x", "X", "en", "summary", "One is.", 0, 7),
    )
    answer = Answer("q", "q", "en", "answered", 1.0, "quote", "", citations=citations)
    glossaries: dict[Change, Glossary] = {
        "changed": Glossary(Path("x"), (entry,)),
        "gone": Glossary(Path("x"), ()),
    }
    for change, glossary in glossaries.items():
        html = markup.sources(Context("en", glossary), answer, dict.fromkeys((1, 2), change))
        assert "<mark><b>1</b> Two are.</mark>" in html
        assert "Wholly" not in html
        assert EN[f"entry_{change}"] in html
    html = markup.sources(Context("en", glossaries["changed"]), answer)
    assert "<span>1</span><span>2</span>" in html
    assert "One is." not in html


# Labels of Streamlit's, which are Markdown.


def test_a_label_is_shown_as_it_stands_on_one_line() -> None:
    markdown = MarkdownIt("gfm-like", {"linkify": False})
    for text in (*ATTACKS, "a $b$ :smile: **c** [d](e) `f` ~~g~~ #h | i_j_k"):
        line = " ".join(text.replace("\0", "\ufffd").split())
        shown = markdown.render(formatting.literal(text))
        assert shown == (f"<p>{escapeHtml(line)}</p>\n" if line else "")
        assert not re.search(r"(?<!\\)(?:\\\\)*[$:]", formatting.literal(text))


def test_a_formula_is_drawn_where_it_or_the_sentence_before_it_is_cited(bundled: Glossary) -> None:
    entry = bundled.get("softmax", "en")
    assert entry
    section = next(s for s in entry.sections if any(b.kind == "math" for b in s.blocks))
    own = [s for s in entry.sentences if s.section == section.name]
    place = next(n for n, s in enumerate(own) if section.block_at(s.start))
    for n, drawn in ((place, True), (place - 1, True), (place - 2, False)):
        s = own[n]
        cited = Citation(1, s.entry_id, s.term, "en", s.section, s.text, s.start, s.end)
        said = unfinished("q", "en", (Sentence(s.text, (1,), "quoted", "en"),), (cited,), ())
        assert ("data-drawn" in markup.answer(Context("en", bundled), said)) is drawn
