"""The ways in which pages set out terms, what stands beside them, and what of it is said."""

from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.pages import web
from knowledge.formats.pages.web import read
from knowledge.resolving import resolved
from tests.knowledge.conftest import entries_of, only_fault

BOTH = [("kettle", "It boils."), ("pot", "It holds tea.")]
LONG = "what is said of a kettle before it is put on a stove and after it was taken off " * 2


def _read(body: str, name: str = "glossary.html", language: str = "en") -> list[Entry | Fault]:
    html = f'<html lang="{language}"><body>{body}</body></html>'
    return list(read(html, PurePath(name)))


def _told(body: str) -> list[tuple[str, str]]:
    return [(entry.term, entry.summary) for entry in entries_of(_read(body))]


def _faults(body: str) -> list[str]:
    return [each.message for each in _read(body) if isinstance(each, Fault)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<button class='accordion'>kettle</button><div class='panel'><p>It boils.</p></div>"
            "<button class='accordion'>pot</button><div class='panel'>It holds tea.</div>",
            id="buttons",
        ),
        pytest.param(
            "<div id='all'><div><h2><button data-bs-toggle='collapse' data-bs-target='#a'>kettle"
            "</button></h2><div id='a'>It boils.</div></div><div><h2><button data-bs-toggle="
            "'collapse' data-bs-target='#b'>pot</button></h2><div id='b'>It holds tea.</div></div>"
            "</div>",
            id="buttons in headings",
        ),
        pytest.param(
            "<div class='card'><div class='card-header'><a class='btn' data-toggle='collapse'"
            " href='#a'>kettle</a></div><div id='a'>It boils.</div></div><div class='card'><div"
            " class='card-header'><a class='btn' data-toggle='collapse' href='#b'>pot</a></div>"
            "<div id='b'>It holds tea.</div></div>",
            id="links that open a card",
        ),
        pytest.param(
            "<div class='accordion-title'>kettle<span class='icon'>+</span></div><div class="
            "'accordion-content'>It boils.</div><div class='accordion-title'>pot<span class='icon'>"
            "+</span></div><div class='accordion-content'>It holds tea.</div>",
            id="titles that open",
        ),
    ],
)
def test_an_accordion_opens_definitions(body: str) -> None:
    menu = (
        "<nav><button data-toggle='collapse' data-target='#m'>Menu</button><p id=m>Home</p></nav>"
    )
    found = entries_of(_read(f"{menu}<h1>Glossary</h1>{body}"))
    assert [(entry.term, entry.summary) for entry in found] == BOTH
    assert [entry.id for entry in found] == ["kettle", "pot"]


def test_what_a_paragraph_marks_as_defined_is_a_term_of_it() -> None:
    body = """<h1>On tea</h1><p>Tea takes time.</p><p>A <dfn id="boiler">kettle</dfn> boils water,
    and a <dfn>pot</dfn> holds tea.</p><p>A <dfn><abbr title="tea cosy">TC</abbr></dfn> is warm,
    as is a <a href="#boiler">kettle</a>.</p><p>Nothing is defined here.</p>"""
    kettle, pot, cosy = resolved(entries_of(_read(body, "on-tea.html")))
    assert kettle.summary == pot.summary == "A kettle boils water, and a pot holds tea."
    assert (kettle.id, kettle.term, pot.term, cosy.term) == ("boiler", "kettle", "pot", "TC")
    assert (cosy.summary, cosy.related) == ("A TC is warm, as is a kettle.", ("boiler",))


@pytest.mark.parametrize(
    "more",
    ["<a href=k>Read more →</a>", "<p><a href=k>Read more</a></p>", "<div>« Back to top »</div>",
     "<a class='btn' href='shop.html'>To the shop</a>", "<p><a href='#t'>اقرأ المزيد</a></p>"],
)  # fmt: skip
def test_what_only_leads_on_is_no_text_of_a_card(more: str) -> None:
    body = f"""<h1>Glossary</h1><div><h3>kettle</h3><p>It boils.</p>{more}</div><div><h3>pot</h3>
    <p>It holds tea.</p>{more}</div><div><h3>jug</h3>{more}</div>"""
    assert [[s.text for s in e.sections] for e in entries_of(_read(body))] == [
        ["It boils."], ["It holds tea."],
    ]  # fmt: skip
    assert _faults(body) == ["“jug” has no definition: write one below it."]


def test_a_link_to_read_more_is_a_relation() -> None:
    body = """<dl><dt>kettle<dd>It boils. <a href="#pot">Read more</a>.<dt id=pot>pot
    <dd>It holds tea.</dl>"""
    kettle, _ = resolved(entries_of(_read(body)))
    assert (kettle.summary, kettle.related) == ("It boils.", ("pot",))


@pytest.mark.parametrize(
    "body",
    [
        "<main><h1>Our kitchen</h1><a class='btn' href='pot.html'>Pots »</a></main>",
        "<main><h1>Our kitchen</h1><p><a href='pot.html'>Pots</a></p></main>",
        "<header><h1>Glossary</h1></header><main><h2>As cooks say</h2><p id='list'></p></main>",
    ],
    ids=["a button", "a link", "terms that a script would bring"],
)
def test_a_page_without_text_of_its_own_is_one_warning(body: str) -> None:
    assert only_fault(_read(body)).severity == "warning"


def test_what_stands_above_the_title_of_a_glossary_is_no_term() -> None:
    body = """<div><h2>The kitchen</h2><p>We write of kitchens.</p></div><h1>Glossary</h1>
    <h2>kettle</h2><p>It boils.</p><h2>pot</h2><p>It holds tea.</p>"""
    assert _told(body) == BOTH


def test_a_long_heading_is_a_term_and_what_is_too_long_for_one_is_said() -> None:
    headings = "".join(f"<h2>{name}</h2><p>It boils.</p>" for name in ("kettle", LONG, LONG * 3))
    assert [term for term, _ in _told(headings)] == ["kettle", LONG.strip()]
    (fault,) = _faults(headings)
    assert "” is too long for a term, and was not read" in fault


def test_bold_sentences_and_labels_belong_to_the_term_above() -> None:
    terms = "".join(
        f"<p><b>{name}</b>: It boils.</p><p><b>Stove</b>: gas {n}</p><p><b>{LONG}</b></p>"
        for n, name in enumerate(("kettle", "pot", "urn", "pan"))
    )
    found = entries_of(_read(terms))
    assert [entry.term for entry in found] == ["kettle", "pot", "urn", "pan"]
    assert found[1].text("body") == f"Stove: gas 1\n\n{LONG.strip()}"


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>kettle<dd>It boils.<dt>jug<dd></dd><dt>pot<dd>It holds tea.</dl>",
        "<table><tr><th>Term<th>Meaning<tr><td>kettle<td>It boils.<tr><td>jug<td>…<tr><td>pot<td>"  # noqa: ISC004
        "It holds tea.</table>",
        "<h1>Glossary</h1><h2>kettle</h2><p>It boils.</p><h2>jug</h2><h2>pot</h2>It holds tea.",
    ],
)
def test_a_term_without_a_definition_is_said(body: str) -> None:
    assert _told(body) == BOTH
    assert _faults(body) == ["“jug” has no definition: write one below it."]


def test_what_stands_as_a_label_at_many_is_said_once() -> None:
    blanks = "<dl><dt>Term</dt><dd>Definition</dd></dl>" * 9
    body = f"{blanks}<dl><dt>kettle</dt><dd>It boils.</dd><dt>pot</dt><dd>It holds tea.</dd></dl>"
    assert _told(body) == BOTH
    (fault,) = _faults(body)
    assert fault.startswith("“Term” stands 9 times")


def test_a_list_and_a_table_on_one_page_are_both_read() -> None:
    body = """<h1>Glossary</h1><dl><dt>kettle<dd>It boils.<dt>pot<dd>It holds tea.<table><tr>
    <th>Term<th>Meaning<tr><td>lid<td>It shuts a pot.</table></dl><table><tr><th>Acronym
    <th>Meaning<tr><td>TC<td>Tea cosy<tr><td>TP<td>Tea pot</table>"""
    assert [term for term, _ in _told(body)] == ["kettle", "pot", "TC", "TP"]


@pytest.mark.parametrize("tag", ["de", "tr-TR", "fa", "ps", "mk", "DE"])
def test_a_short_page_is_in_the_language_that_it_says(tag: str) -> None:
    terms = {
        "fa": ("آب", "می‌نوشند.", "چای", "گرم است."), "ps": ("اوبه", "څښي.", "چای", "ګرم دی."),
        "mk": ("вода", "се пие.", "чај", "топол е."),
    }.get(tag, ("Su", "Wasser.", "Tee", "Heiß."))  # fmt: skip
    one, first, other, second = terms
    body = f"<dl><dt>{one}<dd>{first}<dt>{other}<dd>{second}</dl>"
    said = "de" if tag == "DE" else tag
    assert {entry.language for entry in entries_of(_read(body, language=tag))} == {said}


@pytest.mark.parametrize(
    "meta",
    ['<meta http-equiv="Content-Language" content="tr">', '<meta property="og:locale" content="tr_TR">'],  # noqa: E501
)  # fmt: skip
def test_the_head_of_a_page_may_tell_its_language(meta: str) -> None:
    html = f"<html><head>{meta}</head><dl><dt>Su<dd>İçilir.<dt>Et<dd>Yenir.</dl></html>"
    found = entries_of(read(html, PurePath("a.html")))
    assert {entry.language[:2] for entry in found} == {"tr"}


def test_a_list_and_its_first_term_do_not_share_an_id() -> None:
    body = '<dl id="all"><dt>kettle<dd>It boils.<dt>pot<dd>It holds tea.</dl>'
    assert [entry.id for entry in entries_of(_read(body))] == ["kettle", "pot"]


def test_a_page_that_is_too_large_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_MOST", 100)
    assert only_fault(_read("<p>tea</p>" * 20)).message.startswith("is larger than")


def test_a_page_of_too_many_tags_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_MOST_TAGS", 10)
    assert "more than 10 tags" in only_fault(_read("<p>tea</p>" * 6)).message


def test_a_tag_of_thousands_of_attributes_is_read_without_them() -> None:
    attributes = " ".join(f"a{n}=b" for n in range(20_000))
    assert _told(f"<dl {attributes}><dt>kettle<dd>It boils.<dt>pot<dd>It holds tea.</dl>") == BOTH


def test_lists_that_stand_in_a_table_by_letter_are_read() -> None:
    rows = "".join(
        f"<tr><td>{letter}</td><td><dl><dt>{letter}-term<dd>It is said of one. <dt>{letter}-word"
        "<dd>It is said of the other.</dl></td></tr>"
        for letter in "ABCD"
    )
    found = [term for term, _ in _told(f"<table>{rows}</table>")]
    assert found == [f"{letter}-{kind}" for letter in "ABCD" for kind in ("term", "word")]


@pytest.mark.parametrize("term", ["kettle", "mechanism"])
def test_a_piece_of_a_list_holds_one_term(term: str) -> None:
    text = f"<!-- v2 -->\n<dt><dfn>{term}</dfn></dt>\n<dd><p>It boils.</p>\n<ol><li><strong>one"
    text += "</strong> on a stove</li><li><strong>other</strong> by itself</li></ol></dd>\n"
    assert web.recognises(text)
    (entry,) = entries_of(read(text, PurePath("kettle.html")))
    assert (entry.term, entry.summary, entry.line) == (term, "It boils.", 2)


def test_a_card_names_its_category_and_how_its_term_is_read() -> None:
    card = """<div class="item"><span class="item-cat">{}</span><p class="item__term">{}</p>
    <p class="item__reading">{}</p><p class="item__def">{}</p>
    <p class="item__ref"><a href="stoves.html">→ Stoves</a></p></div>"""
    cards = card.format("Pots", "やかん", "kettle", "湯を沸かす。") + card.format(
        "Cups", "湯のみ", "cup", "茶を飲む器。"
    )
    shop = "<section><div><h2>Shop</h2><p class='shop__desc'>Buy here.</p></div></section>"
    body = f"<h1>Glossary</h1><section><div><div>{cards}</div></div></section>{shop}"
    kettle, cup = entries_of(_read(body, language="ja"))
    assert (kettle.term, kettle.aliases, kettle.category) == ("やかん", ("kettle",), "Pots")
    assert (cup.term, cup.aliases, cup.category) == ("湯のみ", ("cup",), "Cups")
    assert [[s.text for s in each.sections] for each in (kettle, cup)] == [
        ["湯を沸かす。"], ["茶を飲む器。"],
    ]  # fmt: skip
    assert kettle.links == ("stoves",)


def test_signs_in_bold_are_terms_and_an_example_is_none_in_any_language() -> None:
    body = """<h1>Lexique</h1><ul><li><b>cale</b> : Un quai en pente.<blockquote><p><b>Exemple :</b>
    la cale du port</p></blockquote></li><li><b>..</b> : Le quai d’à côté.</li>
    <li><b>~</b> : Le quai du départ.</li></ul>"""
    found = entries_of(_read(body, language="fr"))
    assert [entry.term for entry in found] == ["cale", "..", "~"]
    assert found[0].example == "la cale du port"


@pytest.mark.parametrize("beside", ["Contact us", "Síguenos:", "اتصل بنا", "联系我们"])
def test_headings_of_what_a_site_has_on_each_page_are_no_terms(beside: str) -> None:
    said = "<h2>kettle</h2><p>It boils.</p><h2>pot</h2><p>It holds tea.</p>"
    assert _told(f"{said}<h2>{beside}</h2><p>In the street of potters.</p>") == BOTH
    assert _told(f"{said}<h5>{beside}</h5><p>In the street of potters.</p>") == BOTH


def test_what_a_definition_is_linked_by_are_its_other_names() -> None:
    kettle = "<dt><dfn data-lt='tea kettle|kettles'>kettle</dfn></dt><dd>It boils.</dd>"
    pot = "<dt><dfn data-plurals='pots'>pot</dfn></dt><dd>It holds tea.</dd>"
    found = entries_of(_read(f"<dl>{kettle}{pot}</dl>"))
    assert [entry.aliases for entry in found] == [("tea kettle", "kettles"), ("pots",)]


def test_the_part_of_a_page_that_is_a_glossary_may_have_a_title_like_its_terms() -> None:
    above = "<h2>The kitchen</h2><p>We write of kitchens.</p><h2>Glossary</h2>"
    body = "<dt>K</dt><h2>kettle</h2><p>It boils.</p><dt>P</dt><h2>pot</h2><p>It holds tea.</p>"
    assert _told(above + body) == BOTH


def test_a_card_may_have_an_abbreviation_and_name_its_category_by_a_key() -> None:
    card = """<div data-cat='tea'><div><span class='term-name'>kettle</span>
    <span class='term-abbrev'>KTL</span></div><p class='term-def'>It boils.</p></div>"""
    choice = "<button data-cat='tea'>Tea and more</button>"
    kettle, _ = entries_of(_read(choice + card + card.replace("kettle", "pot")))
    assert (kettle.aliases, kettle.category) == (("KTL",), "Tea and more")


def test_pairs_of_a_short_and_a_longer_text_that_look_alike_are_terms() -> None:
    rows = [*BOTH, ("lid", "It lies on both of them, and is lifted to look.")]
    said = "it stands in the kitchen, or on the table when there are guests."
    body = "".join(
        f"<div class='n{n}'><p class='name'>{term}</p><p class='text'>{text} And {said}</p></div>"
        for n, (term, text) in enumerate(rows)
    )
    found = entries_of(_read(f"<p class='note'>All of it, in order.</p><div>{body}</div>"))
    assert [entry.term for entry in found] == ["kettle", "pot", "lid"]
    assert found[0].summary == f"It boils. And {said}"


def test_what_opens_a_letter_may_name_some_of_its_terms() -> None:
    items = "<li><a href='a.html'><strong>{}</strong></a> <small>{}</small></li>"
    body = "".join(
        f"<div class='accordion-item'><h3 class='accordion-header'>{term[0].upper()} - {term} ..."
        f"</h3><div class='accordion-content'><ul>{items.format(term, text)}</ul></div></div>"
        for term, text in BOTH
    )
    assert _told(body) == BOTH


def test_a_line_may_hold_a_term_and_what_it_means_in_two_spans() -> None:
    rows = [*BOTH, ("lid", "It lies on both of them, and is lifted to look into them.")]
    body = "".join(f"<p><span>{term}</span><span>{text}</span></p>" for term, text in rows)
    assert _told(f"<div>{body}</div>") == rows


def test_what_stands_below_a_term_in_its_card_defines_it_where_no_class_says_so() -> None:
    body = "".join(
        f"<div><span class='ge-begriff'>{term}</span> <span>(x)</span><p>{text}</p></div>"
        for term, text in BOTH
    )
    assert _told(body) == BOTH


def test_rows_of_a_script_may_hold_more_than_terms_and_what_they_mean() -> None:
    rows = [
        ["K", "kettle", "tea", "It boils the water for the pot, and whistles.", "Is it hot?"],
        ["K", "knob", "tea", "It sits on the lid, so that it can be lifted up.", "Where?"],
        ["P", "pot", "tea", "It holds the tea that is poured into the cups.", "Whose?"],
    ]
    found = entries_of(_read(f"<h1>Glossary</h1><script>const words = {rows};</script>"))
    assert [(e.term, e.summary) for e in found] == [(row[1], row[3]) for row in rows]


def test_one_letter_of_chinese_is_a_term() -> None:
    rows = [("茶", "一种用叶子泡的饮料。"), ("茶壶", "泡茶用的壶。"), ("茶杯", "喝茶用的杯子。")]
    assert _told("".join(f"<h2>{term}</h2><p>{text}</p>" for term, text in rows)) == rows


def test_lines_of_a_paragraph_may_each_begin_with_a_term_in_bold() -> None:
    lines = "<br>".join(f"<b>{term}</b> - {text}" for term, text in BOTH)
    assert _told(f"<p>{lines}</p>") == BOTH


def test_an_example_is_known_by_a_label_that_nothing_marks() -> None:
    body = "".join(
        f"<div><div class='term'>{term}</div><div class='definition'>{text}</div>"
        f"<div class='example'>Example: Ours is red.</div></div>"
        for term, text in BOTH
    )
    assert [entry.example for entry in entries_of(_read(body))] == ["Ours is red."] * 2


def test_a_card_may_name_its_term_in_another_language() -> None:
    body = "".join(
        f"<div><div class='glossary-term'>{term}</div><div class='glossary-en'>{name}</div>"
        f"<div class='glossary-def'>{text}</div></div>"
        for term, name, text in [
            ("やかん", "kettle", "湯を沸かす道具。"), ("急須", "pot", "茶を入れる。")
        ]
    )  # fmt: skip
    found = entries_of(_read(body, language="ja"))
    assert [entry.aliases for entry in found] == [("kettle",), ("pot",)]


def test_a_definition_is_without_the_dfn_that_a_colon_parts_from_it() -> None:
    items = "".join(f"<li><dfn>{term}</dfn>: {text}</li>" for term, text in BOTH)
    assert _told(f"<ul>{items}</ul>") == BOTH


def test_a_name_and_a_paragraph_in_each_of_several_boxes_are_a_term_and_its_definition() -> None:
    box = '<div class="entry"><div class="head"><span>{}</span><span>{}</span></div><p>{}</p></div>'
    rows = [("Ebb", "退潮", "It falls far."), ("Flow", "涨潮", "It rises far.")]
    rows.append(("Slack", "平潮", "It stands still."))
    page = "<h1>Glossary</h1><div>" + "".join(box.format(*row) for row in rows) + "</div>"
    found = entries_of(list(read(page, PurePath("glossary.html"))))
    assert [(e.term, e.aliases, e.summary) for e in found] == [
        (name, (other,), said) for name, other, said in rows
    ]


@pytest.mark.parametrize(
    "each",
    [
        pytest.param("<div class='glossary-term'>{0}</div><p>{1}</p>", id="terms without cards"),
        pytest.param("<div role='term'>{0}</div><div role='definition'>{1}</div>", id="roles"),
        pytest.param(
            "<button aria-controls='{0}'>{0}</button><div id='{0}'>{1}</div>", id="buttons"
        ),
        pytest.param("<p>{0}<br>{1}</p>", id="lines"),
    ],
)
def test_terms_stand_one_below_another_with_what_they_mean(each: str) -> None:
    body = "<h1>Glossary</h1><div>{}</div>".format("".join(each.format(*one) for one in BOTH))
    assert _told(body) == BOTH


def test_a_part_that_is_a_glossary_may_have_a_title_of_a_lower_level_than_others() -> None:
    other = "<h1>Tea</h1><p>On it.</p><h2>Days</h2><ul><li>Monday: green</li></ul>"
    each = "<div><span class='glossary-term'>{0}</span> — <span class='desc'>{1}</span></div>"
    words = "".join(each.format(*one) for one in [*BOTH, ("cup", "It is drunk from.")])
    body = f"{other}<section><h3>Glossary</h3>{words}</section><h2>Contact</h2><p>Us.</p>"
    found = entries_of(_read(body, "tea.html"))
    assert [entry.term for entry in found] == ["kettle", "pot", "cup"]


def test_a_dfn_with_its_other_names_and_a_stop_is_above_what_defines_it() -> None:
    paragraphs = [
        "<dfn>Kettle</dfn>. It boils [=water=] [[TEA]].",
        "<dfn>Tea pot</dfn> (or “pot” for short). It holds [=drink/tea=].",
        "<dfn>Cosy</dfn> or, more formally, tea cosy. It is warm.",
        "<dfn>Cup</dfn> is what it is poured into. It has an ear.",
    ]
    html = f"<html><body><h1>Words of tea</h1>{''.join(f'<p>{p}</p>' for p in paragraphs)}</html>"
    entries = entries_of(read(html, PurePath("tea.html")))
    assert [entry.summary for entry in entries] == [
        "It boils water.",
        "It holds tea.",
        "It is warm.",
        "Cup is what it is poured into. It has an ear.",
    ]


def test_a_part_that_is_a_glossary_may_be_the_first_of_a_page_without_a_title() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{d}</td></tr>" for n, d in [*BOTH, ("cup", "A vessel.")])
    asked = "".join(
        f"<li><a class='accordion-title' href='#'>Is {n} hot?</a><div><p>It is.</p></div></li>"
        for n in ("a kettle", "a pot", "a cup", "tea")
    )
    body = f"<h2>Glossary</h2><table>{rows}</table><h2>FAQ</h2><ul class='accordion'>{asked}</ul>"
    found = entries_of(_read(body, "tea.html"))
    assert [entry.term for entry in found] == ["kettle", "pot", "cup"]


@pytest.mark.parametrize(
    "each",
    [
        pytest.param("<div>{0}</div><div>{1}</div>", id="a grid"),
        pytest.param("<p><em>{0}</em>. {1}</p>", id="in italics, with a stop"),
        pytest.param("{0} = {1}<br>", id="lines"),
        pytest.param("<li>{0}<ul><li>{1}</li></ul></li>", id="lists in a list"),
    ],
)
def test_a_page_may_tell_its_terms_by_the_order_of_its_text_alone(each: str) -> None:
    words = [("Kettle", "It boils water."), ("Pot", "It holds tea."), ("Sieve", "It keeps leaves.")]
    body = "<h1>Glossary of tea</h1><div>{}</div>".format("".join(each.format(*w) for w in words))
    found = entries_of(_read(f"\n\n{body}"))
    assert [(entry.term, entry.summary) for entry in found] == words
    assert {entry.line for entry in found} == {3}


def test_a_heading_that_asks_for_a_term_names_it() -> None:
    body = "".join(f"<h2>What is a {name}?</h2><p>{said}</p>" for name, said in BOTH)
    found = entries_of(_read(f"<h1>Glossary</h1>{body}"))
    assert [(entry.term, entry.asked) for entry in found] == [
        ("Kettle", ("What is a kettle?",)), ("Pot", ("What is a pot?",)),
    ]  # fmt: skip


@pytest.mark.parametrize(("label", "category"), [("Vessels", "Vessels"), ("noun", "")])
def test_the_label_of_a_card_files_its_term(label: str, category: str) -> None:
    words = [*BOTH, ("cup", "It is drunk from.")]
    each = f"<h3>{{0}}</h3><span>{label}</span><p>{{1}}</p>"
    body = "<h1>Glossary</h1>" + "".join(each.format(*word) for word in words)
    found = entries_of(_read(body))
    assert [(entry.category, entry.summary) for entry in found] == [
        (category, said) for _, said in words
    ]


WORDS = [("Kettle", "It boils water."), ("Pot", "It holds tea."), ("Sieve", "It keeps leaves.")]


@pytest.mark.parametrize(
    "each", ["<p><b>{0}</b>, {1}</p>", "<p><span style='font-weight: 700'>{0}</span> {1}</p>"]
)
def test_bold_words_may_be_styled_and_a_comma_may_part_them(each: str) -> None:
    body = "".join(each.format(*word) for word in WORDS)
    assert _told(f"<h1>Glossary</h1>{body}") == WORDS


def test_what_stands_below_and_beside_such_text_is_none_of_it() -> None:
    body = "".join(f"<p>{name}: {said}</p>" for name, said in WORDS)
    posts = "".join(f"<li><a href='/{n}'>A post on tea</a></li>" for n in range(3))
    foot = "<h3>Recent posts</h3><p>Follow us</p>"
    assert _told(f"<h1>Glossary</h1>{body}<ul>{posts}</ul>{foot}") == WORDS


@pytest.mark.parametrize("name", ["<dfn>kettle</dfn> (as used here)", "[[kettle]] kettle"])
def test_what_stands_beside_the_name_of_a_list_is_none_of_it(name: str) -> None:
    (_, said), (other, more) = BOTH
    assert _told(f"<dl><dt>{name}</dt><dd>{said}</dd><dt>{other}</dt><dd>{more}</dd></dl>") == BOTH
