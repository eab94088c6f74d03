"""Glossaries, and pages of one term, as HTML."""

from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.pages.web import read, recognises
from knowledge.resolving import resolved
from tests.knowledge.conftest import entries_of, only_entry, only_fault

SPHINX = """\
<!DOCTYPE html>
<html lang="en"><head><title>Glossary — Kitchen 2.1</title></head><body>
<div class="related" role="navigation"><h3>Navigation</h3><ul><li>index</li></ul></div>
<div class="document"><div class="body" role="main">
<section id="glossary"><h1>Glossary<a class="headerlink" href="#glossary">¶</a></h1>
<dl class="simple"><dt>Version</dt><dd>The version of this page is 2.1.</dd></dl>
<dl class="glossary">
<dt id="term-kettle">kettle<a class="headerlink" href="#term-kettle">¶</a></dt>
<dt id="term-tea-kettle">tea kettle<a class="headerlink" href="#term-tea-kettle">¶</a></dt>
<dd><p>A vessel for boiling water, unlike a
<a class="reference internal" href="#term-0"><span class="xref std std-term">إبريق</span></a>.</p>
<dl class="simple"><dt>whistling</dt><dd><p>It calls when it boils.</p></dd></dl></dd>
<dt id="term-0">إبريق<a class="headerlink" href="#term-0">¶</a></dt>
<dd><p>A jug<sup>[1]</sup>.</p><p>It is of clay.</p></dd>
</dl></section></div></div>
<div class="footer" role="contentinfo">Made with Sphinx.</div></body></html>"""
PAGE = """\
<!DOCTYPE html><html lang="ar" dir="rtl"><head><title>المد العالي — مسرد البحر</title></head><body>
<header><nav><a href="/">الرئيسية</a></nav></header>
<main><p>البحار</p><h1>المد العالي</h1>
<p>المد العالي أكبر مد في نصف الشهر، ويأتي بعد اكتمال القمر بيوم أو يومين.</p>
<p>يقف القمر والشمس حينها على خط واحد تقريبًا فيجتمع جذبهما.</p>
<h2>مثال</h2><p>يغادر ربان العبّارة قبل موعده بساعة لأن الرمل ينكشف عند مدخل المرفأ.</p>
<h2>مصطلحات مرتبطة</h2><ul><li><a href="/terms/ebb">الجزر</a></li></ul>
<h2>آخر الأخبار حول الموضوع</h2><ul><li>ميناء جديد في المدينة</li></ul>
<p><a href="/terms">← المسرد</a></p></main>
<footer>جميع الحقوق محفوظة</footer></body></html>"""

RELATED = [("ebb", "الجزر"), ("moon", "القمر")]


def _read(html: str, name: str = "glossary.html") -> list[Entry | Fault]:
    return list(read(html, PurePath(name)))


def _told(html: str, name: str = "glossary.html") -> list[tuple[str, str]]:
    return [(entry.term, entry.summary) for entry in entries_of(_read(html, name))]


def test_a_list_that_sphinx_made_is_read_with_its_ids_and_links() -> None:
    kettle, jug = resolved(entries_of(_read(SPHINX)))
    assert (kettle.id, kettle.term, kettle.aliases) == ("kettle", "kettle", ("tea kettle",))
    assert kettle.summary == "A vessel for boiling water, unlike a إبريق."
    assert kettle.text("body") == "whistling\n\nIt calls when it boils."
    assert kettle.related == (jug.id,)
    assert (jug.id, jug.term, jug.summary, jug.text("body")) == (
        "إبريق", "إبريق", "A jug.", "It is of clay.",
    )  # fmt: skip
    assert (kettle.line, jug.line) == (8, 13)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<dl><dt>kettle<dd>It boils.<dt>pot<dd>It holds tea.</dl>", id="open elements"),  # noqa: E501
        pytest.param(
            "<font><p><dl><dt>kettle</dt><dd>It boils.</dd></dl><dl><dt>pot</dt>"
            "<dd>It holds tea.</dd></dl></font>",
            id="lists out of place",
        ),
        pytest.param(
            "<dl><div><dt><dfn id=k>kettle</dfn>:</dt><dd>It boils.</dd></div><div><dt>pot</dt>"
            "<dd>It holds tea.</dd></div></dl>",
            id="groups",
        ),
        pytest.param(
            "<dl><dt>K</dt><dd><dl><dt>kettle</dt><dd>It boils.</dd></dl></dd><dt>P</dt>"
            "<dd><dl><dt>pot</dt><dd>It holds tea.</dd></dl></dd></dl>",
            id="letters that hold lists",
        ),
        pytest.param(
            "<h2>K</h2><h3>kettle</h3><p>It boils.</p><h2>P</h2><h3>pot</h3><p>It holds tea.</p>",
            id="headings under letters",
        ),
        pytest.param(
            "<article><h2>kettle</h2><p>It boils.</p></article><article><h2>pot</h2>"
            "<p>It holds tea.</p></article><p hidden>No terms match.</p>",
            id="articles",
        ),
        pytest.param(
            "<table><tr><th>Term</th><th>Definition</th></tr><tr><td>kettle</td><td>It boils.</td>"
            "</tr><tr><td>pot</td><td>It holds tea.</td></tr></table>",
            id="a table",
        ),
        pytest.param(
            "<table><thead><tr><th>المصطلح</th><th>التعريف</th></tr></thead><tr><td>kettle</td>"
            "<td>It boils.</td></tr><tr><td>pot</td><td>It holds tea.</td></tr></table>",
            id="a table with an Arabic head",
        ),
        pytest.param(
            "<table><tr><td>Begriff<td>Nr.<td>Erklärung<tr><td>kettle<td>1<td>It boils."
            "<tr><td>pot<td>2<td>It holds tea.</table>",
            id="a table with a German head",
        ),
        pytest.param(
            "<details><summary><h3>kettle</h3></summary>It boils.</details>"
            "<details><summary>pot</summary><p>It holds tea.</p></details>",
            id="what folds",
        ),
        pytest.param(
            "<div class='term-card'><span class='term-name'>kettle</span><div class='term-def'>"
            "It boils.</div></div><div class='term-card'><div class='term-name'>pot</div>"
            "<div class='term-def'>It holds tea.</div></div>",
            id="cards",
        ),
        pytest.param(
            "<p><strong>kettle</strong>: It boils.</p><p><strong>pot:</strong> It holds tea.</p>",
            id="bold words",
        ),
        pytest.param(
            "<p><b>kettle</b> – It boils.<br><br><b>pot</b> – It holds tea.</p>", id="line breaks"
        ),
        pytest.param(
            "<ul><li><em>kettle</em>: It boils.</li><li><em>pot</em>: It holds tea.</li></ul>",
            id="items",
        ),
        pytest.param(
            "<h2>K</h2><ul><li><a href=k.html>kettle</a> <span>— It boils.</span></li></ul><h2>Tea"
            "</h2><ul><li><a href=p.html>pot</a> <span>— It holds tea.</span></li></ul>",
            id="items that begin with a link",
        ),
        pytest.param(
            "<h2>K</h2><div><h2 class='glossar-wort'>kettle</h2><p class='glossar-definition'>"
            "It boils.</p></div><h2>P</h2><div><h2 class='glossar-wort'>pot</h2>"
            "<p class='glossar-definition'>It holds tea.</p></div>",
            id="cards in German",
        ),
        pytest.param(
            "<p>kettle</p><blockquote><p>It boils.</p></blockquote><p>pot</p><blockquote>"
            "It holds tea.</blockquote>",
            id="quotations",
        ),
        pytest.param("<ul><li>kettle: It boils.</li><li>pot: It holds tea.</li></ul>", id="no mark"),  # noqa: E501
    ],
)  # fmt: skip
def test_terms_are_found_however_a_page_sets_them_out(body: str) -> None:
    html = f"<!DOCTYPE html><html><head><title>Kitchen</title></head><body><nav><a>Home</a></nav><h1>Glossary</h1>{body}</body></html>"  # noqa: E501
    assert recognises(html)
    assert _told(html) == [("kettle", "It boils."), ("pot", "It holds tea.")]


def test_a_dfn_is_defined_by_its_paragraph() -> None:
    html = "<html><p>A <dfn>kettle</dfn> boils water.</p><p>A <dfn>pot</dfn> holds tea.</p></html>"
    assert _told(html) == [("kettle", "A kettle boils water."), ("pot", "A pot holds tea.")]


def test_headings_above_terms_are_categories() -> None:
    html = """<html><h1>Glossary</h1><h2>Pots</h2><h3>kettle</h3><p>It boils.</p>
    <h3>jug</h3><p>It pours.</p><h2>Cups</h2><h3>mug</h3><p>It holds tea.</p></html>"""
    assert [e.category for e in entries_of(_read(html))] == ["Pots", "Pots", "Cups"]


def test_labels_within_definitions_are_no_terms() -> None:
    html = """<html><h1>Glossary</h1>
    <h2>kettle</h2><p>It boils.</p><p><b>Example:</b> Ours whistles.</p><p><b>Note:</b> Hot.</p>
    <h2>pot</h2><p>It holds tea.</p><p><b>Example:</b> Ours is blue.</p><p><b>Note:</b> Hot.</p>
    <h2>cup</h2><p>It is drunk from.</p><p><b>Example:</b> Ours is red.</p></html>"""
    found = entries_of(_read(html))
    assert [(e.term, e.example) for e in found] == [
        ("kettle", "Ours whistles."), ("pot", "Ours is blue."), ("cup", "Ours is red."),
    ]  # fmt: skip
    assert found[0].text("body") == "Note: Hot."


def test_the_page_of_one_term_is_read_whole() -> None:
    entry = only_entry(_read(PAGE, "ar/spring-tide.html"))
    assert (entry.id, entry.term, entry.language) == ("spring-tide", "المد العالي", "ar")
    assert entry.category == "البحار"
    assert entry.summary.endswith("بيوم أو يومين.")
    assert entry.text("body").startswith("يقف القمر")
    assert entry.example.startswith("يغادر ربان")
    assert (entry.related, entry.links) == (("الجزر",), ("ebb",))
    assert [section.name for section in entry.sections] == ["summary", "body", "example"]


def test_pages_of_one_term_pair_by_their_files() -> None:
    english = "<html lang=en><h1>Spring tide</h1><p>The largest tide of the fortnight.</p></html>"
    entry = only_entry(_read(english, "en/spring-tide.html"))
    assert entry.key == "en/spring-tide"
    entry = only_entry(_read(english, "en/spring-tide/index.html"))
    assert entry.key == "en/spring-tide"


def test_the_way_to_a_page_names_its_category() -> None:
    html = """<html lang="en"><nav class="breadcrumb"><a>Home</a> <a>The sea</a></nav>
    <h1>Spring tide</h1><p>The largest tide.</p><p>Also known as: springs, king tide.</p>
    <h2>Sources</h2><ul><li>Notes on Water</li></ul><p>Last updated 3 March 2026</p></html>"""
    entry = only_entry(_read(html, "tide.html"))
    assert (entry.category, entry.aliases) == ("The sea", ("springs", "king tide"))
    assert [source.title for source in entry.sources] == ["Notes on Water"]
    assert [section.name for section in entry.sections] == ["summary"]


def test_the_nearest_language_that_is_said_counts() -> None:
    html = """<html lang="en"><dl><dt lang="ar">إبريق</dt><dd lang="ar">وعاء للشاي.</dd>
    <dt>pot</dt><dd>A vessel for tea.</dd></dl></html>"""
    assert [entry.language for entry in entries_of(_read(html))] == ["ar", "en"]


def test_a_language_that_the_text_belies_is_not_believed() -> None:
    html = """<html lang="en"><dl><dt>إبريق</dt><dd>وعاء يُصنع فيه الشاي ويُصبّ منه.</dd>
    <dt>كوب</dt><dd>وعاء صغير يُشرب منه الشاي.</dd></dl></html>"""
    assert {entry.language for entry in entries_of(_read(html))} == {"ar"}


def test_a_term_that_is_defined_twice_is_one_and_terms_that_differ_in_case_are_two() -> None:
    html = """<html><dl><dt>Tea<dd>A drink.<dt>tea<dd>A meal.<dt>Tea<dd>A leaf.</dl></html>"""
    first, second = entries_of(_read(html))
    assert [(s.name, s.text) for s in first.sections] == [
        ("summary", "A drink."), ("summary-2", "A leaf."),
    ]  # fmt: skip
    assert (first.id, second.id) == ("tea", "tea-2")


def test_ids_that_a_tool_made_up_are_not_kept() -> None:
    html = """<html><dl><dt id="idm4507">kettle<dd>It boils.<dt><a id="glossary-pot"></a>pot
    <dd>It holds tea.</dl></html>"""
    assert [entry.id for entry in entries_of(_read(html))] == ["kettle", "pot"]


def test_a_page_that_holds_no_terms_is_one_warning() -> None:
    fault = only_fault(_read("<html><body><nav>Home</nav></body></html>"))
    assert (fault.severity, fault.line) == ("warning", 1)


def test_a_page_that_nests_too_deep_is_said_to_be_cut() -> None:
    html = "<html><dl><dt>kettle<dd>It boils.<dt>pot<dd>It holds tea.</dl>\n" + "<div>" * 9999
    *entries, = _read(html)  # fmt: skip
    assert isinstance(entries[0], Fault)
    assert (entries[0].line, len(entries_of(entries))) == (2, 2)


def test_a_list_that_is_marked_as_a_glossary_may_have_one_term() -> None:
    html = """<html><h1>Glossary</h1><dl class="glossary"><dt>kettle</dt><dd>It boils.</dd></dl>"""
    assert _told(html) == [("kettle", "It boils.")]


@pytest.mark.parametrize(
    ("name", "title"),
    [("glossaire", "Glossaire"), ("glosario", "Glosario"), ("ordliste", "Ordliste"),
     ("lexique", "Lexique"), ("woordenlijst", "Woordenlijst")],
)  # fmt: skip
def test_a_glossary_is_known_by_its_name_in_any_language(name: str, title: str) -> None:
    terms = "<h2>Quai</h2><p>Un mur au bord de l’eau.</p><h2>Phare</h2><p>Une tour qui éclaire.</p>"
    html = f"<html><body><h1>{title}</h1>{terms}</body></html>"
    assert [term for term, _ in _told(html, f"{name}.html")] == ["Quai", "Phare"]


def test_the_name_of_an_icon_is_no_text() -> None:
    icon = '<i class="material-icons">place</i>'
    html = f"<html><dl><dt>Quay<dd>A wall {icon}by the water.<dt>Pier<dd>A way out.</dl></html>"
    assert _told(html) == [("Quay", "A wall by the water."), ("Pier", "A way out.")]


def test_a_table_of_two_languages_is_an_entry_in_each() -> None:
    html = """<html lang="ar"><h1>مسرد</h1><table><tr><th>Term (English)</th>
    <th>المصطلح بالعربية</th><th>Definition (English)</th><th>التعريف بالعربية</th></tr>
    <tr><td>kettle</td><td>غلاية</td><td>A <b>vessel</b> for boiling R&amp;D.</td>
    <td>وعاء للغلي.</td></tr>
    <tr><td>pot</td><td>إبريق</td><td>A vessel for tea.</td><td>وعاء للشاي.</td></tr></table>"""
    found = [(e.key, e.term, e.summary) for e in entries_of(_read(html))]
    assert found == [
        ("en/kettle", "kettle", "A vessel for boiling R&D."),
        ("ar/kettle", "غلاية", "وعاء للغلي."),
        ("en/pot", "pot", "A vessel for tea."),
        ("ar/pot", "إبريق", "وعاء للشاي."),
    ]


def test_the_other_columns_of_a_table_are_kept() -> None:
    html = """<html><table><tr><th>Term</th><th>Synonyms</th><th>Category</th><th>Definition</th>
    <th>Example</th><th>See also</th><th>Source</th><th>Stove</th></tr>
    <tr><td>kettle</td><td>boiler, urn</td><td>Pots</td><td>It boils.</td><td>Ours calls.</td>
    <td>pot</td><td>On Kettles</td><td>gas</td></tr></table>"""
    entry = only_entry(
        _read(html.replace("</table>", "<tr><td>pot<td><td>Pots<td>It holds.</table>"))[:1]
    )
    assert (entry.aliases, entry.category) == (("boiler", "urn"), "Pots")
    assert (entry.example, entry.related) == ("Ours calls.", ("pot",))
    assert [source.title for source in entry.sources] == ["On Kettles"]
    assert [(s.name, s.text) for s in entry.sections][:2] == [
        ("summary", "It boils."), ("body", "Stove: gas"),
    ]  # fmt: skip


def test_a_card_is_read_whole_and_its_category_by_its_name() -> None:
    card = """<div class="term-card" data-category="pots"><div class="icon">🫖</div><div>
    <h3 class="term-title">{}</h3><p class="term-description">{}</p><p>💡 Mind the steam.</p>
    <div class="tags">hot</div></div></div>"""
    html = f"""<html><button data-category="pots">Pots and pans</button>
    {card.format("kettle", "It boils.")}{card.format("pot", "It holds tea.")}"""
    first = entries_of(_read(html))[0]
    assert (first.term, first.category) == ("kettle", "Pots and pans")
    assert [s.text for s in first.sections] == ["It boils.", "💡 Mind the steam."]


@pytest.mark.parametrize(
    ("written", "term", "aliases"),
    [
        ("Tea Cosy (TC)", "Tea Cosy", ("TC",)),
        ("إبريق (pot)", "إبريق", ("pot",)),
        ("Kettle (stove)", "Kettle (stove)", ()),
        ("Kettle.", "Kettle", ()),
        ("Misc.", "Misc.", ()),
        ("Kettle [ˈkɛtəl]", "Kettle", ()),
    ],
)
def test_a_term_is_told_from_what_is_written_with_it(
    written: str, term: str, aliases: tuple[str, ...]
) -> None:
    html = f"<html><dl><dt>{written}<dd>It boils.<dt>pot<dd>It holds tea.</dl></html>"
    entry = entries_of(_read(html))[0]
    assert (entry.term, entry.aliases) == (term, aliases)


def test_any_anchor_of_a_term_leads_to_it() -> None:
    html = """<html><h2 id="tea-kettle"><a name="tk"></a>Tea kettle</h2><p>It boils.</p>
    <h2 id="pot">Pot</h2><p>It is filled from a <a href="#tk">vessel</a>.</p></html>"""
    assert resolved(entries_of(_read(html)))[1].related == ("tea-kettle",)


def test_ways_about_a_site_are_no_terms() -> None:
    items = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in ("kettle", "pot", "cup"))
    html = f"""<html><h1>Glossary</h1><h2>Contents</h2><ul>{items}</ul>
    <table class="nav_table"><tr><td>[ Up ]</td></tr></table>
    <h2 id="kettle">kettle</h2><p>It boils.<span class="external-link-sr-only">opens anew</span></p>
    <div class="share-buttons">Share</div><h2 id="pot">pot</h2><p>It holds tea.</p>
    <div class="cookie-banner">We use cookies.</div></html>"""
    assert [(e.term, [s.text for s in e.sections]) for e in entries_of(_read(html))] == [
        ("kettle", ["It boils."]), ("pot", ["It holds tea."]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "<h1>قاموس المصطلحات</h1><p>تجتمع هنا المصطلحات.</p><div data-glossary></div>",
        "<h1>Kitchen</h1><ul><li><a href=a>Kettle</a><li><a href=b>Pot</a></ul>",
        "<h1>Kitchen</h1><h2>Pots</h2><ul><li><a href=a>Kettle</a></ul><h2>Cups</h2><ul><li><a href=c>Mug</a></ul>",  # noqa: E501
    ],
    ids=["a glossary without its terms", "an index", "categories"],
)
def test_a_page_that_only_leads_to_terms_is_one_warning(body: str) -> None:
    assert (
        only_fault(_read(f"<html><body>{body}</body></html>", "index.html")).severity == "warning"
    )


def test_a_page_with_news_and_other_things_about_it_is_read_whole() -> None:
    html = PAGE.replace(
        "<h2>آخر الأخبار حول الموضوع</h2><ul><li>ميناء جديد في المدينة</li></ul>",
        "<h2>المصادر</h2><ul><li><a href='https://example.org/tides'>المد</a></li></ul>"
        "<h2>آخر الأخبار حول الموضوع</h2><article><h3>ميناء جديد</h3><p>أمس</p></article>",
    ).replace("</main>", "<h2>اشترك</h2><p>رسالة كل أسبوع</p></main>")
    ebb, moon = (f'<a href="/terms/{name}">{term}</a>' for name, term in RELATED)
    html = html.replace(f"<li>{ebb}</li>", f"<li>{ebb}{moon}</li>")
    entry = only_entry(_read(html, "ar/spring-tide.html"))
    assert [section.name for section in entry.sections] == ["summary", "body", "example"]
    assert entry.related == ("الجزر", "القمر")
    assert [(s.title, s.url) for s in entry.sources] == [("المد", "https://example.org/tides")]


def test_pages_that_name_each_other_as_versions_pair() -> None:
    heads = """<link rel="alternate" hreflang="en" href="https://m.example/en/spring-tide.html">
    <link rel="alternate" hreflang="ar" href="https://m.example/ar/المد-العالي.html">"""
    arabic = PAGE.replace("</head>", f"{heads}</head>")
    assert only_entry(_read(arabic, "ar/المد-العالي.html")).key == "ar/spring-tide"
    english = (
        f"<html lang=en><head>{heads}</head><h1>Spring tide</h1><p>The largest tide.</p></html>"
    )
    assert only_entry(_read(english, "en/spring-tide.html")).key == "en/spring-tide"
    assert only_entry(_read(arabic, "ar/elsewhere.html")).key == "ar/elsewhere"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html>', True),
        ("<!-- saved -->\n<HTML><BODY>", True),
        ("<!-- a -->" * 1000 + "<p>", True),
        ("<!-- a" * 1000, False),
        ("<dl><dt>a<dd>b</dl>\n", True),
        ('<?xml version="1.0"?><GLOSSARY><INFO>', False),
        ('<?xml version="1.0"?><martif type="TBX">', False),
        ("<div align=center>\n\n# Tea\n\nTea is hot.", False),
        ("Tea is <b>hot</b>.", False),
    ],
)
def test_html_is_known_by_how_it_begins(text: str, known: bool) -> None:  # noqa: FBT001
    assert recognises(text) is known


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(
    ["<dl>", "<dt>", "<dd>", "</dl>", "<h1>", "<h2>", "</h2>", "<b>", "</b>", "<table>", "<tr>",
     "<td>Term", "<td>Meaning", "<details>", "<summary>", "<dfn>", "</dfn>", "kettle", "إبريق", " ",
     "<p class=term>", "<p class=def>", "<br>", "<main>", "A", ": it boils.", "<a id=k>", "&#0;",
     "<p itemscope itemtype='https://schema.org/DefinedTerm'>", "<i itemprop=name>"]
)).map("".join) | st.text())  # fmt: skip
def test_no_page_breaks_it(html: str) -> None:
    recognises(html)
    _read(f"<html>{html}")


def test_the_longest_text_of_a_table_defines_where_its_head_names_but_the_terms() -> None:
    rows = [
        ("1", "גאות", "Gueut", "Subida do mar duas vezes por dia."),
        ("2", "שפל", "Shefel", "Descida do mar."),
    ]
    body = "".join(
        f"<tr><th>{n}</th><td>{own}</td><td>{said}</td><td>{text}</td></tr>"
        for n, own, said, text in rows
    )
    head = "<tr><th></th><th>Em hebraico</th><th>Transliterado</th><th>Sentido no mar</th></tr>"
    found = entries_of(_read(f"<h1>Glossário</h1><table>{head}{body}</table>"))
    assert [(e.term, e.aliases, e.summary) for e in found] == [
        ("גאות", ("Gueut",), "Subida do mar duas vezes por dia."),
        ("שפל", ("Shefel",), "Descida do mar."),
    ]


def test_headings_of_two_levels_are_terms_where_most_of_the_upper_have_but_text_below() -> None:
    page = (
        "<h1>Glossary</h1>"
        "<h2>Wallet</h2><p>A wallet holds all accounts.</p>"
        "<h2>Account</h2><p>An account holds what is paid.</p>"
        "<h2>Kind</h2><p>The kind of an account only groups it.</p>"
        "<h3>Bank</h3><p>Held by a bank.</p><h3>Cash</h3><p>Held in the hand.</p>"
        "<h3>Card</h3><p>Held by who lends.</p><h3>Loan</h3><p>What is owed.</p>"
        "<h2>Payee</h2><p>A payee gets what is paid.</p>"
    )
    found = entries_of(_read(page))
    assert [e.term for e in found] == [
        "Wallet", "Account", "Kind", "Bank", "Cash", "Card", "Loan", "Payee",
    ]  # fmt: skip
    assert found[3].category == "Kind"


def test_a_bullet_or_a_picture_before_a_term_is_none_of_it() -> None:
    terms = "<h3>► Ebb</h3><p>It falls.</p><h3>🌊 Flow</h3><p>It rises.</p>"
    found = entries_of(list(read(f"<h1>Glossary</h1>{terms}", PurePath("glossary.html"))))
    assert [entry.term for entry in found] == ["Ebb", "Flow"]


def test_a_mark_at_the_end_of_most_terms_may_hold_their_names_in_another_script() -> None:
    row = "<dt>{} <span>{}</span></dt><dd>{}</dd>"
    rows = (("Ebb", "جزر", "It falls."), ("Flow", "مد", "It rises."))
    terms = "".join(row.format(*each) for each in rows)
    found = entries_of(_read(f"<h1>Glossary</h1><dl>{terms}</dl>"))
    assert [(e.term, e.aliases) for e in found] == [("Ebb", ("جزر",)), ("Flow", ("مد",))]
    mixed = "<dt>بروتوكول <span>TCP</span></dt><dd>نقل.</dd><dt>منفذ</dt><dd>رقم.</dd>"
    found = entries_of(_read(f"<h1>مسرد</h1><dl>{mixed}</dl>"))
    assert [e.term for e in found] == ["بروتوكول TCP", "منفذ"]


def test_a_table_of_acronyms_without_a_head_is_read_whole() -> None:
    rows = (
        ("MHW", "Mean high water"),
        ("LAT", "The lowest astronomical tide"),
        ("CD", "Chart datum"),
        ("HW", "High water"),
    )
    cells = "".join(f"<tr><td>{term}</td><td> {text}</td></tr>" for term, text in rows)
    page = f"<h1>The sea</h1><h2>Glossary</h2><table><tbody>{cells}</tbody></table>"
    assert _told(page, "sea.html") == list(rows)


def test_of_a_page_with_a_glossary_as_one_part_only_that_is_read() -> None:
    rules = "<h2>Rules</h2><h3>Be early</h3><p>The tide waits for none.</p><h3>Look out</h3>"
    rules += "<p>There may be rocks.</p><p><strong>In short:</strong> be careful.</p>"
    terms = (
        "<h3>Ebb</h3><p>It falls.</p><h3>Flow</h3><p>It rises.</p><h3>Slack</h3><p>It rests.</p>"
    )
    page = f"<h1>Sailing</h1>{rules}<h2>Glossary</h2>{terms}<h2>More</h2><p>A book.</p>"
    told = [("Ebb", "It falls."), ("Flow", "It rises."), ("Slack", "It rests.")]
    assert _told(page, "sailing.html") == told
    items = "".join(f"<li><strong>{term}</strong> -&gt; {text}</li>" for term, text in told)
    assert _told(f"{rules}<section><h2>Glossary</h2><ul>{items}</ul></section>", "a.html") == told
