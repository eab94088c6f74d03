"""HTML as plain paragraphs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.formats.pages.hypertext import (
    blocks_of,
    holds_html,
    link,
    plain,
)
from knowledge.formats.pages.tree import parsed, parsed_up_to


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        pytest.param("<p>Tea &amp; milk</p><p>Hot</p>", ["Tea & milk", "Hot"], id="paragraphs"),
        pytest.param("Tea&nbsp;is hot", ["Tea is hot"], id="an entity and no tag"),
        pytest.param("Tea\n\nis hot", ["Tea", "is hot"], id="no mark at all"),
        pytest.param("<p>A <i>cup</i>\n  of <b>tea</b></p>", ["A cup of tea"], id="within a line"),
        pytest.param("<p>one<br>two</p>", ["one\ntwo"], id="a line break"),
        pytest.param("<p>one<br><br>two</p>", ["one", "two"], id="two of them part paragraphs"),
        pytest.param("<ul><li>milk<li>sugar</ul>", ["milk", "sugar"], id="items that stay open"),
        pytest.param("<pre>a\nb</pre>", ["a\nb"], id="white space that is kept"),
        pytest.param("<p>10<sup>25</sup>, CO<sub>2</sub></p>", ["10²⁵, CO₂"], id="raised digits"),
        pytest.param("<p>He says <q>tea</q>.</p>", ["He says “tea”."], id="a quotation"),
        pytest.param("<p>شاي <b>أخضر</b>&rlm;.</p>", ["شاي أخضر."], id="Arabic"),
    ],
)
def test_html_is_read_as_it_is_shown(html: str, paragraphs: list[str]) -> None:
    assert plain(html).paragraphs == paragraphs


@pytest.mark.parametrize(
    "furniture",
    [
        '<a class="headerlink" href="#tea">¶</a>',
        '<a href="#tea">#</a>',
        '<sup><a href="#n1">[1]</a></sup>',
        '<sup class="reference">[<a href="#n2">2</a>]</sup>',
        '<span class="mw-editsection">[edit]</span>',
        '<a href="#">Back to top</a>',
        "<nav>Home</nav>",
        "<script>steep()</script>",
        '<div role="navigation">Home</div>',
        "<button>Copy</button>",
        "<svg><text>leaf</text></svg>",
        "<!-- a leaf -->",
    ],
)
def test_what_leads_about_a_page_is_no_text_of_it(furniture: str) -> None:
    assert plain(f"<p>Tea {furniture} is hot.</p>").text.split() == ["Tea", "is", "hot."]


def test_the_text_of_a_button_is_read_where_it_is_a_heading() -> None:
    assert plain("<h2><button>Tea</button></h2><button>Copy</button>").paragraphs == ["Tea"]


def test_links_are_what_they_may_mean() -> None:
    found = plain('<p><a href="/en/pot.html">pot</a> <a href="tea.html#green">green</a></p>')
    assert found.links == ["pot", "green"]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("https://tea.example/terms/pot/", "pot"),
        ("../pot/index.html", "pot"),
        ("pot.md", "pot"),
        ("#pot", "pot"),
        ("mailto:a@tea.example", ""),
        ("http://[broken", ""),
        ("#%D8%B4%D8%A7%D9%8A", "شاي"),
    ],
)
def test_an_address_means_its_anchor_or_its_last_part(address: str, meant: str) -> None:
    assert link(address) == meant


def test_a_paragraph_says_its_line_and_the_mark_it_begins_with() -> None:
    html = "<div>\n<p>A pot.</p>\n<p><b>Cup</b>: holds <i>tea</i>.</p>\n<p>Or <b>not</b>.</p></div>"
    blocks = list(blocks_of(parsed(html)))
    assert [(b.line, b.lead, b.bold) for b in blocks] == [
        (2, "", False), (3, "Cup", True), (4, "", False),
    ]  # fmt: skip


def test_entities_of_the_text_itself_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "teatea"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = plain(f"{bomb}<p>Hot &a;&f; water</p>").text
    assert "teatea" not in text
    assert "root:" not in text
    assert "water" in text


def test_marks_that_are_never_closed_cost_no_text() -> None:
    html = "".join(f"<p><b>cup {n} of tea</p>" for n in range(4000))
    assert parsed_up_to(html)[1] == 0
    assert plain(html).text.endswith("cup 3999 of tea")


def test_text_that_nests_too_deep_is_said_to_be_cut() -> None:
    _, line = parsed_up_to("<p>tea</p>\n" + "<div>" * 100_000 + "cup")
    assert line == 2


def test_one_long_line_is_read() -> None:
    assert len(plain("<p>" + "tea " * 2_700_000 + "</p>").text) > 10_000_000


def test_a_text_tells_whether_it_holds_html() -> None:
    assert holds_html("a <b>cup</b>")
    assert holds_html("a&nbsp;cup")
    assert not holds_html("a < b & c > d")


@settings(max_examples=40, deadline=None)
@given(st.text() | st.lists(st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "tea", "<table>", "<td>", "&",
     "<a href='#x'>", "<!--", "ش", "<sup>", "1"]
)).map("".join))  # fmt: skip
def test_no_text_breaks_it(html: str) -> None:
    for paragraph in plain(html).paragraphs:
        assert paragraph.strip()
