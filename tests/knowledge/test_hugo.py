"""Sites of Hugo: its shortcodes, front matter, footnotes, sections and pairs of languages."""

from pathlib import Path, PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites.macros import expanded
from knowledge.formats.sites.site import read, read_bare
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, only_entry, only_fault, write_files


def _read(text: str, path: str = "content/en/glossary/x.md") -> list[Entry | Fault]:
    return list(read(text, PurePath(path)))


def _text(body: str) -> str:
    entry = only_entry(_read(f"---\ntitle: Tea\n---\n{body}"))
    return "\n\n".join(section.text for section in entry.sections if section.text)


@pytest.mark.parametrize(
    ("body", "text", "links"),
    [
        ('{{< gloss "leaf" >}}Leaves{{< /gloss >}} steep.', "Leaves steep.", ("leaf",)),
        ("A {{% gloss %}}pot{{% /gloss %}} holds it.", "A pot holds it.", ("pot",)),
        ("{{< note >}}Hot {{< term >}}tea{{< /term >}}.{{< /note >}}", "Hot tea.", ("tea",)),
        ("In a {{<gloss text =“pot”term_id =“tea-pot”>}}.", "In a pot.", ("tea-pot",)),
        ("{{< gloss leaf >}} and {{< gloss pot >}}", "leaf and pot", ("leaf", "pot")),
    ],
)
def test_a_shortcode_for_a_term_is_its_words_and_a_link(
    body: str, text: str, links: tuple[str, ...]
) -> None:
    entry = only_entry(_read(f"---\ntitle: Tea\n---\n{body}"))
    assert (entry.summary, entry.links) == (text, links)


def test_shortcodes_around_definitions_are_their_terms() -> None:
    body = (
        '{{< glossary title="Of tea" >}}\n{{< glossary-term term="Leaf" >}}\nA part of the bush.\n'
        '{{< /glossary-term >}}\n{{< glossary-term term="Pot" >}}\nA vessel.\n'
        "{{< /glossary-term >}}\n{{< /glossary >}}\n"
    )
    leaf, pot = entries_of(_read(f"---\ntitle: Glossary\n---\n{body}", "glossary.md"))
    assert (leaf.term, leaf.summary, leaf.line) == ("Leaf", "A part of the bush.", 5)
    assert (pot.term, pot.summary, pot.line) == ("Pot", "A vessel.", 8)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<!--\nCold.\n\n<!--more-->\n\nBitter.\n-->\n\nHot.", "Hot."),
        ("<!-- a <!-- b -->Hot.<!-- c -->", "Hot."),
        ("泡茶用\n[茶叶](/leaf)，\n水要热。\nTea 是\nhot。", "泡茶用茶叶，水要热。 Tea 是 hot。"),
        ("뜨거운\n차입니다.", "뜨거운 차입니다."),
        ("- Leaf](/docs/leaf/#part)\n- [Pot](/pot)", "Leaf\n\nPot"),
    ],
)
def test_comments_ends_of_lines_and_broken_links_leave_nothing_behind(body: str, text: str) -> None:
    assert _text(body) == text


def test_a_paired_shortcode_keeps_every_line_on_its_line() -> None:
    text = '{{< term "tea" >}}\na\n{{< /term >}}\n{{< gloss "a" >}}b\nc{{< /gloss >}}\nd'
    assert expanded(text).count("\n") == text.count("\n")


def test_tags_that_only_lay_out_are_not_left_out() -> None:
    body = 'See <a href="/pot">the <b>pot</b></a>.<br>\n\n<div class="x">\nIt is hot.\n</div>\n'
    assert all(isinstance(item, Entry) for item in _read(f"---\ntitle: Tea\n---\n{body}"))


FOOTNOTES = """\
---
title: Steeping
---
Leaves stand in water[^1] that is `[^a-z]` hot.[^old][^gone]

It takes[^ 2] a while[^2]; milk^[Of oats, too.] helps.

## Origin

Far away.[^3][^1]

[^1]: Soft water,
    as a rule.

[^2]: A Book of Tea, 1906. https://tea.example/book
[^3]: [The Far Shore](https://shore.example)
[^old]: Some say it is
old.
"""


def test_footnotes_are_text_or_publications() -> None:
    entry = only_entry(_read(FOOTNOTES))
    assert entry.summary == "Leaves stand in water that is [^a-z] hot."
    body = entry.sections[1]
    assert body.text.split("\n\n") == [
        "It takes[^ 2] a while; milk helps.",
        "Soft water, as a rule.",
        "Some say it is old.",
        "Of oats, too.",
    ]
    assert body.lines == (6, 12, 17, 6)
    assert entry.text("origin") == "Far away."
    assert [(s.title, s.url) for s in entry.sources] == [
        ("A Book of Tea, 1906.", "https://tea.example/book"),
        ("The Far Shore", "https://shore.example"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "**Leaf**[^1]: A part.\n\n**Pot**: A vessel.",
        "- **Leaf**: A part.[^1]\n- **Pot**: A vessel.",
        "| Term | Definition |\n|---|---|\n| Leaf[^1] | A part. |\n| Pot | A vessel. |",
        "Leaf[^1]\n: A part.\n\nPot\n: A vessel.",
        "## Leaf[^1]\n\nA part.\n\n## Pot\n\nA vessel.",
    ],
)
def test_a_footnote_belongs_to_the_term_that_bears_it(body: str) -> None:
    text = f"---\ntitle: Glossary\n---\n{body}\n\n[^1]: Or a sheet.\n"
    leaf, pot = entries_of(_read(text, "glossary.md"))
    assert (leaf.term, leaf.summary, leaf.text("body")) == ("Leaf", "A part.", "Or a sheet.")
    assert (pot.summary, pot.text("body")) == ("A vessel.", "")


def _glossary(body: str, path: str = "content/glossary/_index.md") -> list[Entry]:
    return entries_of(_read(f"---\ntitle: Glossary of tea\n---\n{body}", path))


IN_ORDER = (
    "## Assam\n\nA black one.\n\n## Brew\n\nWhat is drunk.\n\n## Cup\n\n(Bowl, Beaker)\n\nA vessel."
    "\n\n## Draw\n\nTo steep."
)
NAMED = (
    "# Of leaves\n\n## Leaf\nA leaf is a part.\n\n## Bud\nThe bud is a young leaf.\n\n"
    "# Of pots\n\n## Pot\nThe pot holds [the lid](#lid).\n\n### Lid\nIt shuts it.\n\n"
    "## 2. Kettle\nIt boils."
)


def test_the_page_of_a_section_may_be_the_glossary() -> None:
    ordered = _glossary(IN_ORDER)
    assert [entry.term for entry in ordered] == ["Assam", "Brew", "Cup", "Draw"]
    assert (ordered[2].aliases, ordered[2].summary) == (("Bowl", "Beaker"), "A vessel.")
    named = _glossary(NAMED)
    assert [(entry.term, entry.category) for entry in named] == [
        ("Leaf", "Of leaves"),
        ("Bud", "Of leaves"),
        ("Pot", "Of pots"),
        ("Lid", "Of pots"),
        ("Kettle", "Of pots"),
    ]
    assert named[2].summary == "The pot holds the lid."


def test_the_page_of_a_section_that_tells_about_the_glossary_holds_no_entry() -> None:
    about = "## Welcome\n\nHello.\n\n## How\n\nSo.\n\n## Team\n\nUs.\n\n## Plan\n\nMore.\n"
    fault = only_fault(_read(f"---\ntitle: Glossary\n---\n{about}", "glossary/_index.md"))
    assert "the page of a section" in fault.message


ROWS = (
    "<tr><td>Pot</td><td>A vessel for <a href='#leaf'>leaves</a>.</td></tr>\n"
    "<tr><td>Cup</td><td>A vessel for drinking.</td></tr>\n"
)
SPREAD = "<tr>\n<td>Leaf</td>\n<td>\n\nA **part** of the bush.\n\n</td>\n</tr>\n"
LEAF = "<tr><td>Leaf</td><td>A part of the bush.</td></tr>\n"


@pytest.mark.parametrize(
    "rows",
    [
        SPREAD + ROWS,
        "<tr><th>Term</th><th>Meaning</th></tr>" + LEAF + ROWS,
        "<tr><td>Term</td><td>Meaning</td></tr>" + LEAF + ROWS,
    ],
)
def test_a_table_in_html_holds_terms(rows: str) -> None:
    leaf, pot, cup = _glossary(f"<table>\n{rows}</table>\n", "glossary.md")
    assert [entry.term for entry in (leaf, pot, cup)] == ["Leaf", "Pot", "Cup"]
    assert (leaf.summary, pot.summary) == ("A part of the bush.", "A vessel for leaves.")
    assert pot.links == ("leaf",)
    above = rows.rfind("<tr>", 0, rows.find("Leaf"))
    assert cup.line == leaf.line + rows.count("\n", above, rows.find("Cup"))


def test_a_table_of_names_is_no_glossary() -> None:
    rows = (
        "| | |\n|---|---|\n| Ann Lee | Ann B. Lee |\n| Bo Tan | Bo C. Tan |\n| Cy Fox | C. Fox |\n"
    )
    assert not _glossary(rows, "glossary.md")


def test_a_heading_that_is_repeated_in_bold_is_the_term() -> None:
    part = "## {0}\n\n**{0}** — {1}\n\n**Kinds:**\n- **Big** ones\n- **Small** ones\n\n---\n\n"
    body = "".join(part.format(*each) for each in (("Pot", "a vessel."), ("Cup", "for a drink.")))
    pot, cup = _glossary(body, "glossary.md")
    assert (pot.term, pot.summary, cup.term) == ("Pot", "Pot — a vessel.", "Cup")


def test_what_recurs_under_each_heading_is_a_label() -> None:
    part = "## Kind {0}\n\n**Pot {0}**: a vessel.\n\n**Cup {0}**: one.\n\n**Zweck**: to brew.\n\n"
    terms = [entry.term for entry in _glossary("".join(map(part.format, "ABC")), "glossary.md")]
    assert terms == ["Pot A", "Cup A", "Pot B", "Cup B", "Pot C", "Cup C"]


@pytest.mark.parametrize(
    ("body", "text", "links"),
    [
        ('A set of {{<term "Leaves" "leaf">}}.', "A set of Leaves.", ()),
        ('A set of {{<term "Leaves" "tea-leaf">}}.', "A set of Leaves.", ("tea-leaf",)),
        ('In {{<term "all of the pots" "pot">}}.', "In all of the pots.", ("pot",)),
        ('In {{<term "pot" "pots">}}.', "In pots.", ("pot",)),
        ('By {{<page "The Kettle" "the-kettle">}}.', "By The Kettle.", ("the-kettle",)),
        ('{{<badge "new">}} Hot {{<img "a" "b" "c">}}', "Hot", ()),
    ],
)
def test_what_a_shortcode_shows_may_come_before_its_id(
    body: str, text: str, links: tuple[str, ...]
) -> None:
    entry = only_entry(_read(f"---\ntitle: Tea\n---\n{body}"))
    assert entry.summary == text
    assert not links or entry.links == links


JSON = """\
{
    "type": "glossary",
    "title": "Steeping (النقع)",
    "definition": "Leaving **leaves** in water (A Book, 1906\\\\).",
    "language": "%s",
    "related_terms": ["Leaf", null],
    "references": ["Ash, A. (1906). <i>A Book of Tea</i>. https://tea.example/book", "Ash2001"]
}
"""


def test_front_matter_in_json_may_be_all_of_a_page(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {
            "content/glossary/english/steeping.md": JSON % "english",
            "content/glossary/arabic/steeping.md": JSON % "arabic",
            "content/glossary/english/leaf.md": "---\ntitle: Leaf\n---\nA part of the bush.\n",
        },
    )
    glossary = Glossary.read(folder)
    assert [entry.key for entry in glossary.versions("steeping")] == ["ar/steeping", "en/steeping"]
    english = glossary.get("steeping", "en")
    assert english is not None
    assert english.summary == "Leaving leaves in water (A Book, 1906)."
    assert (english.aliases, english.related) == (("Steeping", "النقع"), ("leaf",))
    assert english.line == 3
    assert [(s.title, s.url) for s in english.sources] == [
        ("Ash, A. (1906). A Book of Tea.", "https://tea.example/book"),
        ("Ash2001", ""),
    ]


def test_json_that_is_no_page_is_read_as_json(tmp_path: Path) -> None:
    terms = '{"term": "Leaf", "definition": "A part of the bush."}'
    assert only_entry(read_all(write_files(tmp_path, {"leaf.json": terms}))).term == "Leaf"


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("translationKey: glossary_green_tea", "translationKey: glossary_green_tea"),
        ("translation-key: green-tea\nid: a1", "translation-key: green-tea\nid: b2"),
        ("lang: en\nref: green-tea", "lang: ar\nref: green-tea"),
        ("hreflang: {en: /en/green-tea/, ar: /ar/shay/}",) * 2,
        ("translations:\n- {lang: ar, url: /x/}\n- {lang: en, url: /en/green-tea.html}",) * 2,
        ("params:\n  translationKey: green-tea", "params:\n  translationKey: green-tea"),
    ],
)
def test_a_key_of_translations_pairs_languages(tmp_path: Path, english: str, arabic: str) -> None:
    folder = write_files(
        tmp_path,
        {
            "content/en/glossary/green-tea.md": f"---\ntitle: Green tea\n{english}\n---\nHot.\n",
            "content/ar/glossary/shay.md": f"---\ntitle: شاي أخضر\n{arabic}\n---\nشراب ساخن.\n",
        },
    )
    versions = Glossary.read(folder).versions("green-tea")
    assert [entry.key for entry in versions] == ["ar/green-tea", "en/green-tea"]


FIELDS = """\
---
title: 茶
term: ちゃ
english: Tea
full_name: Green Tea (GT)
example: We drank **tea**.
related: [glossary/pot, ../cup.md, Leaf]
params:
  description: A drink.
---
A [pots](g) drink.

## 関連用語

- Kettle
- [Lid](/glossary/lid/)
"""


def test_fields_of_pages_are_kept() -> None:
    entry = only_entry(_read(FIELDS, "content/ja/glossary/tea.md"))
    assert (entry.term, entry.summary) == ("茶", "A pots drink.")
    assert entry.aliases == ("Green Tea", "GT", "Tea")
    assert entry.text("example") == "We drank tea."
    assert entry.links == ("pot", "cup", "leaf", "pots", "kettle", "lid")


def test_what_is_wrong_with_toml_is_said_by_its_line() -> None:
    fault = only_fault(_read('+++\ntitle = "Tea"\nweight = = 3\n+++\nHot.\n'))
    assert (fault.line, "not valid TOML" in fault.message) == (3, True)
    assert only_entry(_read('+++\nweight = 1\ntitle = "Tea"\n+++\nHot.\n')).line == 3


DEFINITIONS = """\
{{% def id="CA" name="هيئة التصديق" english="Certificate Authority" abbr="CA" %}} Signs
[certificates](#def-cert). {{% /def %}}

{{% def id="cert" name="Certificate (TLS)" %}} A file that a [CA](#def-CA) signs.

It expires. {{% /def %}}

{{< term name="tea" >}}Tea{{< /term >}} is not defined here.
"""


def test_a_shortcode_may_hold_the_names_of_what_it_defines() -> None:
    authority, certificate = _glossary(DEFINITIONS, "content/ar/docs/glossary.md")
    assert (authority.key, authority.term) == ("ar/ca", "هيئة التصديق")
    assert authority.aliases == ("Certificate Authority", "CA")
    assert (authority.summary, authority.links) == ("Signs certificates.", ("cert",))
    assert (certificate.id, certificate.links[0]) == ("cert", "ca")
    assert certificate.text("body").startswith("It expires.")


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (
            "## Leaf {#tea-leaf}\n\nA part.\n\n## Pot {: #tea-pot .x}\n\nIt holds.",
            ["tea-leaf", "tea-pot"],
        ),
        ("- **Leaf**: A part. {#tea-leaf}\n- **Pot**: It holds.", ["tea-leaf", "pot"]),
        ("## Leaf {#h-12}\n\nA part.\n\n## Pot {#3}\n\nIt holds.", ["leaf", "pot"]),
        ("Leaf {#tea-leaf}\n: A part.\n\nPot\n: It holds.", ["tea-leaf", "pot"]),
    ],
)
def test_the_id_of_a_term_is_what_its_author_gave_it(body: str, ids: list[str]) -> None:
    entries = _glossary(body, "glossary.md")
    assert [entry.id for entry in entries] == ids
    assert [(entry.term, entry.summary) for entry in entries] == [
        ("Leaf", "A part."),
        ("Pot", "It holds."),
    ]


def test_terms_that_stand_elsewhere_are_not_the_text_of_headings() -> None:
    terms = "".join(f"- **Leaf {n} (叶{n}, 叶子{n})**: A part.\n" for n in range(4))
    body = f"## Why\n\nSo.\n\n## How\n\nThus.\n\n## Terms\n\n### Of leaves\n\n{terms}"
    entries = _glossary(body, "glossary.md")
    assert [entry.term for entry in entries] == [f"Leaf {n}" for n in range(4)]
    assert {entry.category for entry in entries} == {"Of leaves"}
    assert entries[1].aliases == ("叶1", "叶子1")


def test_a_rule_may_stand_between_two_languages_of_a_page() -> None:
    english = "The tide is the rise and fall of the sea, twice a day."
    arabic = "المد هو ارتفاع ماء البحر وانخفاضه مرتين كل يوم."
    for text, term in (
        (f"---\ntitle: Tide — المد\n---\n{english}\n\n---\n\n{arabic}\n", "المد"),
        (f"# Tide\n\n{english}\n\n---\n\n# المد\n\n{arabic}\n", "المد"),
        (f"---\ntitle: Tide\n---\n{english}\n\n---\n\n{arabic}\n", "Tide"),
    ):
        reader = read if text.startswith("---") else read_bare
        entries = entries_of(reader(text, PurePath("tide.md")))
        assert [(e.key, e.summary) for e in entries] == [("en/tide", english), ("ar/tide", arabic)]
        assert [e.term for e in entries] == ["Tide", term]


def test_versions_of_a_page_may_each_say_their_language(tmp_path: Path) -> None:
    markdown = "{lang=en}\n### Ebb\n\nThe sea falls.\n\n{lang=de}\n### Ebbe\n\nDas Meer fällt.\n"
    asciidoc = "// tag::EN[]\n\n==== Ebb\n\nThe sea falls.\n\n// end::EN[]\n\n// tag::DE[]\n\n"
    asciidoc += "==== Ebbe\n\nDas Meer fällt.\n\n// end::DE[]\n"
    single = "{lang=en}\n### Ebb\n\nThe sea falls.\n"
    for name, text in (("ebb.md", markdown), ("ebb.adoc", asciidoc), ("ebb.md", single)):
        entries = entries_of(read_all(write_files(tmp_path, {name: text}) / name))
        assert [(e.key, e.term, e.summary) for e in entries][:2] == [
            ("en/ebb", "Ebb", "The sea falls."),
            ("de/ebb", "Ebbe", "Das Meer fällt."),
        ][: text.count("Ebb")]
