"""Folders of pages, a term each: how a page is named, and which pages are none of a term."""

from pathlib import Path, PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites.site import read, read_bare, recognises
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault, write_files


def _read(text: str, path: str = "glossary/x.md") -> list[Entry | Fault]:
    return list((read if recognises(text) else read_bare)(text, PurePath(path)))


# Notes without a title


@pytest.mark.parametrize(
    ("name", "text", "term", "summary"),
    [
        (
            "Ebb tide.md",
            "#glossary #sea\n\nThe water goes out.\n",
            "Ebb tide",
            "The water goes out.",
        ),
        ("Semi-diurnal tide.md", "It comes twice.\n", "Semi-diurnal tide", "It comes twice."),
        ("GPS.md", "It tells where a boat is.\n", "GPS", "It tells where a boat is."),
        ("vhf.md", "A VHF radio calls.\n", "VHF", "A VHF radio calls."),
        ("s-curve.md", "The s-curve is long.\n", "S-curve", "The s-curve is long."),
        ("tide_table.md", "A list of hours.\n", "Tide table", "A list of hours."),
        ("02-quay.md", "A wall for boats.\n", "Quay", "A wall for boats."),
        ("Quay.md", "## Definition\n\nA wall.\n\n## Example\n\nOurs.\n", "Quay", "A wall."),
        ("Pier.md", "# Definition\n\nA walk.\n\n# Example\n\nOurs.\n", "Pier", "A walk."),
        ("Mole.md", "---\ntags: [sea]\n---\n# What is it?\n\nA dam.\n", "Mole", "A dam."),
        ("المد.md", "ارتفاع ماء البحر.\n", "المد", "ارتفاع ماء البحر."),
    ],
)
def test_a_note_without_a_title_is_named_by_its_file(
    name: str, text: str, term: str, summary: str, tmp_path: Path
) -> None:
    entry = only_entry(read_all(write_files(tmp_path, {name: text})))
    assert (entry.term, entry.summary) == (term, summary)


@pytest.mark.parametrize("name", ["about.md", "ToDo.md", "welcome.md", "Glossary.md", "x.txt"])
def test_a_note_on_the_site_is_not_named_by_its_file(name: str, tmp_path: Path) -> None:
    files = {name: "Here we keep words.\n\n- **Read** them.\n- Use them.\n"}
    fault = only_fault(read_all(write_files(tmp_path, files)))
    assert (fault.severity, "holds no entry" in fault.message) == ("warning", True)


# Pages that are no entries


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.md", "---\ntitle: Ebb\ndraft: true\n---\nIt goes.\n"),
        ("x.md", "+++\ntitle = 'Ebb'\ndraft = true\n+++\nIt goes.\n"),
        ("x.md", "---\ntitle: Ebb\npublished: false\n---\nIt goes.\n"),
        ("_drafts/x.md", "---\ntitle: Ebb\n---\nIt goes.\n"),
    ],
)
def test_a_draft_is_said_to_be_one(path: str, text: str) -> None:
    fault = only_fault(_read(text, path))
    assert (fault.severity, "a draft" in fault.message) == ("warning", True)


@pytest.mark.parametrize("field", ["draft: false", "published: true", "status: draft"])
def test_what_is_no_draft_is_read(field: str) -> None:
    assert only_entry(_read(f"---\ntitle: Ebb\n{field}\n---\nIt goes.\n")).term == "Ebb"


def test_questions_on_the_glossary_are_no_entry() -> None:
    page = "---\ntitle: FAQ\n---\n\n## Who writes this?\n\nWe do.\n\n## May I?\n\nYes.\n"
    assert "questions" in only_fault(_read(page)).message
    assert only_entry(_read("---\ntitle: FAQ\n---\nQuestions that are often asked.")).term == "FAQ"


def test_the_page_of_a_folder_is_no_entry_unless_it_holds_terms(tmp_path: Path) -> None:
    page = "---\ntitle: {}\n---\nWhat it says.\n"
    others = {f"words/{name}.md": page.format(name) for name in ("ebb", "flow")}
    folder = write_files(tmp_path, {"words/index.md": page.format("All the words"), **others})
    assert [entry.term for entry in entries_of(read_all(folder))] == ["ebb", "flow"]
    (fault,) = faults_of(read_all(folder))
    assert "page of its folder" in fault.message
    sea = "---\ntitle: Glossary\n---\n\nNeap\n:   A low tide.\n\nSpring\n:   A high one.\n"
    write_files(tmp_path, {"words/index.md": sea})
    assert len(entries_of(read_all(folder))) == 4
    write_files(tmp_path, {"words/index.md": page.format("Words")})
    assert len(entries_of(read_all(folder))) == 3


@pytest.mark.parametrize(
    "body",
    [
        "[Back to the words](../)",
        "[← Zurück](/woerter/)",
        "<button type='button'>Copy</button>",
        '<a class="btn btn-primary" href="/x">Try it</a>',
        "[Try it](/x){: .btn }",
        "{{< button href='/x' >}}Try it{{< /button >}}",
        '<Button to="/x">Try it</Button>',
    ],
)
def test_what_is_on_a_button_defines_nothing(body: str) -> None:
    page = "---\ntitle: Ebb\n{}---\n\n{}\n"
    assert "holds no entry" in only_fault(_read(page.format("", body), "x.mdx")).message
    described = _read(page.format("description: The water goes out.\n", body), "x.mdx")
    assert entries_of(described)[0].summary == "The water goes out."


def test_a_link_that_may_be_a_name_defines() -> None:
    text = "---\ntitle: LW\n---\n\n[Low water](low-water.md)\n"
    assert only_entry(_read(text)).summary == "Low water"


# Markdoc


@pytest.mark.parametrize(
    ("body", "text", "links"),
    [
        ('The {% term id="sea" %}sea{% /term %} rises.', "The sea rises.", ("sea",)),
        ("The {% tooltip sea %}seas{% endtooltip %} rise.", "The seas rise.", ("sea",)),
        ('{% callout type="note" %}\nIt rises.\n{% /callout %}', "It rises.", ()),
        ("It rises. {% badge %}New{% /badge %}", "It rises.", ()),
        ("{% chart data={a: 1} /%}It {% if $x %}rises{% /if %}.", "It rises.", ()),
        ("It rises. {% #anchor .wide %}", "It rises.", ()),
    ],
)
def test_tags_of_markdoc_are_what_they_show(body: str, text: str, links: tuple[str, ...]) -> None:
    entry = only_entry(_read(f"---\ntitle: Tide\n---\n{body}\n"))
    assert (entry.summary, entry.links) == (text, links)


@pytest.mark.parametrize(
    "mark", ["<sup>1</sup>", "<sup>[2](#two)</sup>", '<sup><a href="#two">2</a></sup>']
)
def test_the_number_of_a_remark_is_no_text(mark: str) -> None:
    (entry,) = entries_of(_read(f"---\ntitle: Tide\n---\nIt is 10<sup>2</sup> m high.{mark}\n"))
    assert entry.summary == "It is 10^2 m high."


# What a page calls its term


@pytest.mark.parametrize(
    ("fields", "body", "path", "term"),
    [
        ("title: 'Term: Ebb'", "It goes.", "x.md", "Ebb"),
        ("title: 用語：引き潮", "海の水が引くこと。", "x.md", "引き潮"),
        ("title: Ebb | Glossary of the sea", "It goes.", "x.md", "Ebb"),
        ("title: Ebb tide | Tides Ltd", "It goes.", "ebb-tide.md", "Ebb tide"),
        ("title: Ebb | Tides Ltd", "# What is an ebb?\n\nIt goes.", "x.md", "Ebb"),
        ("title: Ebb — when the tide goes", "It goes.", "ebb.md", "Ebb"),
        ("title: Term-list", "It lists.", "x.md", "Term-list"),
        ("title: What is an ebb? All that you need", "It goes.", "x.md", "Ebb"),
        ("title: 「引き潮」とは？短く解説", "海の水が引くこと。", "x.md", "引き潮"),
        ("title: On ebb tides", "<h2>Ebb tide</h2>\n<p>It goes.</p>", "ebb-tide.md", "Ebb tide"),
        ("name: Ebb\ntype: term", "# Term: Ebb\n\nIt goes.", "x.md", "Ebb"),
        ("title: Ebb\ntitle_pt: Vazante", "# Vazante\n\nA água vai.", "x.md", "Vazante"),
    ],
)  # fmt: skip
def test_a_title_may_say_more_than_the_term(fields: str, body: str, path: str, term: str) -> None:
    assert only_entry(_read(f"---\n{fields}\n---\n{body}\n", path)).term == term


def test_a_title_in_another_language_is_another_name() -> None:
    entry = only_entry(_read("---\ntitle: Ebb\ntitle_pt: Vazante\n---\n# Vazante\n\nA água vai.\n"))
    assert (entry.term, entry.aliases) == ("Vazante", ("Ebb",))


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        ("type: term\ndescription: A tide that falls.", "A tide that falls."),
        ("type: Concept\ndescription: One half of a tide.", "One half of a tide."),
        ("type: term\ndescription: A short guide to the ebb.", "Each ebb takes six hours."),
        ("type: post\ndescription: A tide that falls.", "Each ebb takes six hours."),
        ("type: term\ndescription: Each ebb, told at length.", "Each ebb takes six hours."),
    ],
)
def test_the_description_of_a_term_defines_it(fields: str, summary: str) -> None:
    page = f"---\ntitle: Ebb\n{fields}\n---\nEach ebb takes six hours.\n"
    assert only_entry(_read(page)).summary == summary


def test_many_names_may_follow_a_label() -> None:
    names = "Falling tide, Outgoing tide, Ebb current, Reflux of the sea, Going out"
    entry = only_entry(_read(f"# Ebb\n\n**Synonyms:** {names}\n\n## Meaning\n\nIt goes.\n"))
    assert (len(entry.aliases), entry.summary) == (5, "It goes.")


def test_a_definition_in_signs_alone_does_not_come_first() -> None:
    page = "# Ebb\n\n> **Plainly**: It goes.\n\n## Definition\n\n$$h = t$$\n"
    assert only_entry(_read(page)).summary == "Plainly: It goes."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("It opens with <body> and <main>.", "It opens with <body> and <main>."),
        ("A List<Tide> holds <more_of> them.", "A List<Tide> holds <more_of> them."),
        ("A <ruby>tide</ruby> <wbr>and <mark>ebb.", "A tide and ebb."),
    ],
)
def test_a_tag_that_is_written_of_is_text(body: str, text: str) -> None:
    (entry,) = entries_of(_read(f"---\ntitle: Tide\n---\n{body}\n"))
    assert entry.summary == text


def test_a_sentence_that_ends_in_a_colon_is_text_though_it_is_of_links() -> None:
    body = "An [ebb](ebb.md) is [one](/one) of:\n\n- slow,\n- fast."
    assert only_entry(_read(f"---\ntitle: Ebb\n---\n{body}\n")).summary == "An ebb is one of:"


def test_front_matter_that_a_converter_put_before_a_page_is_not_all() -> None:
    page = "---\nsource_name: x\n---\n\n---\ntitle: Ebb\naka: [Reflux]\n---\nIt goes.\n"
    entry = only_entry(_read(page))
    assert (entry.term, entry.aliases, entry.summary) == ("Ebb", ("Reflux",), "It goes.")
    ruled = only_entry(_read("---\ntitle: Ebb\n---\n---\nNote: It goes.\n\n---\n"))
    assert ruled.summary == "Note: It goes."


def test_the_number_of_a_term_is_no_other_title() -> None:
    assert (
        only_entry(_read("---\nterm_id: E-1\nterm: Ebb\nweight: 1\n---\nIt goes.\n")).aliases == ()
    )


@pytest.mark.parametrize(
    ("path", "is_entry"),
    [
        ("_ebb.mdx", True),
        ("_sidebar.md", False),
        ("_PLANTILLA.md", False),
        ("_term-template.md", False),
    ],
)
def test_a_part_that_other_pages_show_may_hold_a_term(path: str, *, is_entry: bool) -> None:
    (found,) = _read("---\ntitle: Ebb\n---\nIt goes.\n", path)
    assert isinstance(found, Entry) == is_entry


def test_tags_behind_a_definition_are_no_text() -> None:
    assert only_entry(_read("# Ebb\n\n- The tide goes out. #glossary #term/sea\n")).summary == (
        "The tide goes out."
    )


def test_a_definition_that_is_repeated_stands_once() -> None:
    page = "---\ntitle: Ebb\noneliner: It goes out.\n---\n## In a line\n\n> It goes out.\n"
    assert [s.name for s in only_entry(_read(page)).sections] == ["summary"]


def test_an_address_behind_a_label_is_a_source() -> None:
    entry = only_entry(_read("# Ebb\n\nIt goes.\n\nSource: https://example.org/ebb\n"))
    assert [source.title for source in entry.sources] == ["https://example.org/ebb"]
    assert entry.text("body") == ""


def test_a_category_that_says_that_pages_are_terms_is_none() -> None:
    page = "---\ntitle: Ebb\ncategory: glossary\ngroup: Tides\n---\nIt goes.\n"
    assert only_entry(_read(page)).category == "Tides"


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ("Instead of rising, it goes.", "What falls when the moon has passed."),
        ("An ebb is a tide that falls.", "An ebb is a tide that falls."),
        ("A tide that falls.", "A tide that falls."),
        ("The water falls, as the moon has passed.", "The water falls, as the moon has passed."),
        ("What falls daily.", "What falls daily."),
        ("## In one line\n\nIt goes.", "It goes."),
    ],
)
def test_a_short_definition_defines_where_the_text_does_not(body: str, summary: str) -> None:
    short = "shortDefinition: What falls when the moon has passed."
    assert only_entry(_read(f"---\ntitle: Ebb\n{short}\n---\n{body}\n")).summary == summary


@pytest.mark.parametrize(
    ("fields", "path", "term"),
    [
        ("term: ebb\ntitle: Ebb", "ebb.md", "Ebb"),
        ("term: ebb-tide\ntitle: Ebb Tide", "ebb-tide.md", "Ebb Tide"),
        ("term: ebb\ntitle: Ebb, told to those who never sailed", "ebb.md", "ebb"),
        ("term: reflux\ntitle: Ebb", "ebb.md", "reflux"),
    ],
)
def test_a_term_that_is_but_the_name_of_the_file(fields: str, path: str, term: str) -> None:
    page = f"---\n{fields}\nweight: 1\n---\nIt goes.\n"
    assert only_entry(_read(page, path)).term == term


@pytest.mark.parametrize(
    "before",
    [
        '<section id="Quick_links">\n<ol><li><a href="/all">All terms</a></li></ol>\n</section>',
        '<nav class="crumbs"><a href="/">Home</a> / <a href="/all">All terms</a></nav>',
    ],
)
def test_what_leads_through_the_site_is_no_text(before: str) -> None:
    (entry,) = entries_of(_read(f"---\ntitle: Ebb\n---\n{before}\n\nIt goes.\n"))
    assert (entry.summary, entry.text("body")) == ("It goes.", "")


def test_terms_may_be_marked_as_they_were_once() -> None:
    entry = only_entry(_read("---\ntitle: Ebb\n---\nThe %%tides^tide%% fall.\n"))
    assert (entry.summary, entry.links) == ("The tides fall.", ("tide",))


def test_a_layout_that_is_called_a_guide_holds_terms() -> None:
    assert only_entry(_read("---\ntitle: Ebb\nlayout: guide\n---\nIt goes.\n")).term == "Ebb"


def test_publications_to_read_are_sources() -> None:
    read = "further_reading:\n- title: Tides\n  url: https://example.org/t"
    (source,) = only_entry(_read(f"---\ntitle: Ebb\n{read}\n---\nIt goes.")).sources
    assert (source.title, source.url) == ("Tides", "https://example.org/t")


# Generators and programs for notes


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("It goes.\n\n?> Mind the mud.\n\n!> It is deep.", "Mind the mud.\n\nIt is deep."),
        ("It goes.\n\n::alert{type='info'}\nMind the mud.\n::", "Mind the mud."),
        ("It goes.\n\n::card\n---\ntitle: x\n---\nMind the mud.\n::", "Mind the mud."),
        ('It goes.\n\n--8<-- "includes/abbr.md"\n\nPress ++ctrl+e++.', "Press ctrl+e."),
        ("It goes.\n\n1. TOC\n{:toc}\n\nMind the mud.", "Mind the mud."),
        ("It goes.\n\nMind the mud. #sea #mud\n\n`= this.file.name`", "Mind the mud."),
        ("It goes.\n\nMind :water:{ .big }the C# and x ::y.", "Mind :water:the C# and x ::y."),
        ("It goes.\n\n- Mind it. ((64f0aa00-bb11-4c22))\n  id:: 64f0\n", "Mind it."),
    ],
)
def test_marks_beside_the_words_are_no_text(body: str, text: str) -> None:
    entry = only_entry(_read(f"---\ntitle: Ebb\n---\n{body}\n"))
    assert (entry.summary, entry.text("body")) == ("It goes.", text)


def test_properties_above_a_note_are_its_fields() -> None:
    text = "title:: Ebb\nalias:: Reflux, Falling tide\ntags:: #sea\nup:: [[Tides]]\n\n- It goes.\n"
    entry = only_entry(_read(text, "pages/e.md"))
    assert (entry.term, entry.aliases) == ("Ebb", ("Reflux", "Falling tide"))
    assert (entry.category, entry.summary) == ("sea", "It goes.")


# A page in several languages


def test_a_page_may_hold_its_term_in_several_languages() -> None:
    page = "---\ntitle: Ebb\n---\n\n# en\n\nThe tide goes.\n\n# العربية\n\nينحسر ماء البحر.\n"
    assert [(e.key, e.summary) for e in entries_of(_read(page, "ebb.md"))] == [
        ("en/ebb", "The tide goes."),
        ("ar/ebb", "ينحسر ماء البحر."),
    ]
    page = "# Ebb\n\n## English\n\nThe tide goes.\n\n## Deutsch\n\nDas Wasser geht.\n"
    assert [e.language for e in entries_of(_read(page, "ebb.md"))] == ["en", "de"]


@pytest.mark.parametrize(
    "page",
    [
        "# Ebb\n\nIt goes.\n\n## English\n\nSaid so since 1200.\n\n## Deutsch\n\nEbbe.\n",
        "# Ebb\n\n## IT\n\nIt goes.\n\n## Sea\n\nIt goes far.\n",
    ],
)
def test_headings_that_name_languages_may_be_parts_of_one_entry(page: str) -> None:
    assert only_entry(_read(page, "ebb.md")).term == "Ebb"


# Fields


def test_fields_within_extra_are_those_of_the_page() -> None:
    page = "+++\ntitle = 'Ebb'\n[extra]\ncategory = 'Tides'\nsee_also = ['flow']\n+++\nIt goes.\n"
    entry = only_entry(_read(page))
    assert (entry.category, entry.links) == ("Tides", ("flow",))


@pytest.mark.parametrize(
    ("fields", "body", "aliases"),
    [
        ("title: Ebb\nterm: Reflux", "# Ebb\n\nIt goes.", ("Ebb",)),
        ("title: LW - Low Water", "It is low.", ("Low Water",)),
        ("weight: 1", "# x — الجزر\n\nIt goes.", ("الجزر",)),
        ("title: All about it\nterm: Reflux", "It goes.", ()),
        ("title: Vazante\nen: Ebb", "A água vai.", ("Ebb",)),
    ],
)
def test_a_title_may_give_other_names(fields: str, body: str, aliases: tuple[str, ...]) -> None:
    path = "lw.md" if "LW" in fields else "x.md"
    assert only_entry(_read(f"---\n{fields}\n---\n{body}\n", path)).aliases == aliases


def test_a_publication_that_ends_in_its_address_is_a_source() -> None:
    book = "A book of tides, 1900. https://example.org/tides"
    (source,) = only_entry(_read(f"# Ebb\n\nIt goes.\n\n## Sources\n\n- {book}\n")).sources
    assert (source.title, source.url) == ("A book of tides, 1900.", "https://example.org/tides")


def test_a_page_that_is_only_said_to_list_terms_is_no_entry() -> None:
    page = "---\ntitle: Sea\ndescription: Dictionary of the sea\n---\n"
    assert "holds no entry" in only_fault(_read(page)).message


def test_a_summary_defines_where_the_text_does_not() -> None:
    page = "---\ntitle: Ebb\nsummary: {}\n---\nAs breath leaves us, so does the sea.\n"
    assert only_entry(_read(page.format("Water that goes out."))).summary == "Water that goes out."
    taught = only_entry(_read(page.format("Learn what an ebb is.")))
    assert taught.summary == "As breath leaves us, so does the sea."


@pytest.mark.parametrize(
    "body",
    ["# Ebb\n\nIt goes.", "<p class='kicker'>GLOSSARY · SEA</p>\n\nIt goes.", "s\n\nIt goes."],
)
def test_a_title_or_a_line_above_the_text_is_none_of_it(body: str) -> None:
    entry = only_entry(_read(f"---\nterm: Ebb\norder: 0\nweight: 1\n---\n\n{body}\n"))
    assert entry.summary == "It goes."


def test_a_page_with_a_title_is_of_a_site_whatever_its_fields() -> None:
    entry = only_entry(_read("---\nterm: Ebb\nsection: Sea\n---\n\n# Ebb\n\nIt goes.\n"))
    assert (entry.term, entry.summary) == ("Ebb", "It goes.")


def test_marks_of_what_a_program_cites_are_no_text() -> None:
    assert only_entry(_read("# Ebb\n\nIt goes[cite: 1, 2].\n")).summary == "It goes."
