"""Habits of sites that keep a page a term: what each writes between the words of its text."""

from pathlib import Path, PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites.site import read, read_bare, recognises
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, only_entry, only_fault, write_files


def _read(text: str, path: str = "glossary/x.md") -> list[Entry | Fault]:
    return list((read if recognises(text) else read_bare)(text, PurePath(path)))


def _page(body: str, *fields: str) -> Entry:
    (entry,) = entries_of(_read("\n".join(("---", "title: Tide", *fields, "---", body))))
    return entry


# MDN


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("The word **bank** has several senses. It may mean:", "The word bank has several senses."),
        ("Le mot **banc** a plusieurs sens :", "Le mot banc a plusieurs sens."),
        (
            "「岸」には複数の意味があります。次のものを指します：",
            "「岸」には複数の意味があります。",
        ),
    ],
)
def test_a_word_of_several_senses_is_related_to_each(
    said: str, summary: str, tmp_path: Path
) -> None:
    page = "---\ntitle: {}\nslug: Glossary/{}\n---\n\n{}\n"
    bank = page.format("Bank", "Bank", f"{said}\n\n{{{{GlossaryDisambiguation}}}}")
    river = page.format("Bank (river)", "Bank/River", "The edge of a river.")
    folder = write_files(
        tmp_path,
        {
            "fr/glossary/bank/index.md": bank,
            "fr/glossary/bank/river/index.md": river,
            "fr/glossary/banker/index.md": page.format("Banker", "Banker", "Who keeps money."),
        },
    )
    entry = Glossary.read(folder).get("bank", "fr")
    assert entry is not None
    assert (entry.summary, entry.related) == (summary, ("bank-river",))


def test_a_list_of_terms_within_a_page_loses_its_colons() -> None:
    entry = _page("There are two:\n\n- {{domxref('Ebb', 'ebb()')}}\n  - : It falls.\n- Flow")
    assert entry.text("body") == "ebb()\n\nIt falls.\n\nFlow"


def test_a_page_is_known_by_what_it_is_a_translation_of() -> None:
    fields = "title: Marée\nslug: conflicting/Sea\ntags: [Mer]\ntranslation_of: Glossary/Tide"
    text = f"---\n{fields}\n---\nLa mer."
    entry = only_entry(_read(text, "fr/conflicting/sea/index.md"))
    assert (entry.id, entry.category) == ("tide", "")


def test_the_page_of_a_term_is_not_taken_apart_whatever_lists_it_holds() -> None:
    body = "Parts:\n\n<dl><dt>Ebb</dt><dd>It falls far.</dd><dt>Flow</dt><dd>It rises far.</dd>"
    body += "<dt>Slack</dt><dd>It stands still.</dd></dl>"
    (entry,) = entries_of(_read(f"---\ntitle: Tide\nslug: Glossary/Tide\n---\n{body}"))
    assert entry.term == "Tide"


# Docusaurus, VitePress, Starlight


@pytest.mark.parametrize(
    ("body", "text", "links"),
    [
        ("A %%spring tide|spring-tide%% is high.", "A spring tide is high.", ("spring-tide",)),
        ("The <Term id='ebb'>falling</Term> sea.", "The falling sea.", ("ebb",)),
        ("A <GlossaryTerm term='neap-tide' />.", "A neap tide.", ("neap-tide",)),
        ('A <Tag path="../" tag="sea" text="Sea" /> moves.', "A Sea moves.", ("sea",)),
        ('<Term href="/terms/ebb">Ebb</Term> is low.', "Ebb is low.", ("ebb",)),
        ("A <Term term={'ebb'}><i>low</i> sea</Term>", "A low sea", ("ebb",)),
        ("High :ocean: :material-water: water.", "High water.", ()),
        ('High <Badge type="tip" text="new" />water.', "High water.", ()),
        ("The :term[ebb]{id=ebb} is low.", "The ebb is low.", ()),
        (
            "A [neap](neap-tide@sea:v1) or [ebb](@) is low.",
            "A neap or ebb is low.",
            ("neap-tide", "ebb"),
        ),
        ('In {% term "`tide.txt`" %} it stands.', "In tide.txt it stands.", ("tide-txt",)),
    ],
)
def test_a_term_that_a_macro_names_is_text_and_a_link(
    body: str, text: str, links: tuple[str, ...]
) -> None:
    entry = _page(body)
    assert (entry.summary, entry.links) == (text, links)


def test_prose_that_begins_with_import_or_export_is_no_code() -> None:
    text = "Trade is the\nexport of tea from here and the\nimport of salt from there."
    assert _page(f"import Box from '../box'\n{text}\n\n<Box>\n\nMore.\n\n</Box>").summary == (
        text.replace("\n", " ")
    )


def test_a_page_may_show_its_own_fields() -> None:
    assert _page("The {{ page.title }} of {{ $frontmatter.place }}.", "place: Brest").summary == (
        "The Tide of Brest."
    )


@pytest.mark.parametrize("key", ["glossaryText", "definition", "meaning"])
def test_a_field_that_is_called_a_definition_goes_before_the_text(key: str) -> None:
    entry = _page(":::note\nUnder construction.\n:::\n\nMore.", f"{key}: The sea that rises.")
    assert (entry.summary, entry.text("body")) == (
        "The sea that rises.",
        "Under construction.\n\nMore.",
    )
    assert _page("The sea that rises. Daily.", f"{key}: The sea that rises").text("body") == ""


def test_a_description_is_the_definition_where_the_text_goes_on_from_it() -> None:
    said = "The regular rise and fall of the sea, which follows the moon."
    going_on = _page("Sailors wait for it.", f"description: {said}")
    assert (going_on.summary, going_on.text("body")) == (said, "Sailors wait for it.")
    for body, description in (
        ("The tide is the sea that rises.", said),
        (
            "The sea that rises.",
            "All that there is to know about tides and their causes, in short.",
        ),
        ("The sea that rises.", "Learn in a minute why the sea comes and goes, and when it does."),
    ):
        assert _page(body, f"description: {description}").summary == body


# Jekyll, and lists in front matter


def test_terms_listed_in_front_matter_are_entries() -> None:
    text = (
        "---\nlayout: glossary_page\ndescription: All words.\nlinks: [a, b]\nglossaries:\n"
        '  - name: Ebb\n    description: "The sea<br>falls."\n'
        "  - name: Flow\n    description: The sea rises.\n---\n"
    )
    entries = entries_of(_read(text, "_docs/_en/terms.md"))
    assert [(e.term, e.summary) for e in entries] == [
        ("Ebb", "The sea\nfalls."),
        ("Flow", "The sea rises."),
    ]
    assert len(entries_of(_read(text + "Text.\n"))) == 2
    elsewhere = text.replace("glossaries:", "persons:")
    assert only_entry(_read(elsewhere + "Text.\n")).summary == "Text."


def test_a_localised_title_is_the_term_and_the_other_its_alias() -> None:
    fields = "title: Spring tide\nlocaleTitle: المد الأعظم"
    text = f"---\n{fields}\n---\n## المد الأعظم\n\nأعلى ما يبلغه البحر."
    entry = only_entry(_read(text, "guide/arabic/spring-tide/index.md"))
    assert (entry.term, entry.aliases) == ("المد الأعظم", ("Spring tide",))
    assert entry.summary == "أعلى ما يبلغه البحر."


def test_front_matter_in_two_languages_is_an_entry_in_each() -> None:
    text = (
        "---\nid: ebb\nterm_en: Ebb\nterm_ar: الجزر\ndefinition_en: The sea falls.\n"
        "definition_ar: انحسار ماء البحر.\n---\n"
    )
    found = [(e.key, e.term, e.summary) for e in entries_of(_read(text))]
    assert found == [
        ("en/ebb", "Ebb", "The sea falls."),
        ("ar/ebb", "الجزر", "انحسار ماء البحر."),
    ]


def test_fields_may_have_names_in_any_language() -> None:
    fields = "العنوان: المد\nالمرادفات: [مد البحر]\nالتصنيف: البحر\nذات صلة: [الجزر]"
    entry = only_entry(_read(f"---\n{fields}\n---\nارتفاع البحر."))
    assert (entry.term, entry.aliases, entry.category) == ("المد", ("مد البحر",), "البحر")
    entry = _page("", "definición: El mar que sube.", "sinónimos: marea alta", "links: '[[x]]'")
    assert entry.sources == ()
    assert (entry.summary, entry.aliases) == ("El mar que sube.", ("marea alta",))


@pytest.mark.parametrize(
    ("title", "term", "aliases"),
    [
        ("Tide — 潮汐", "Tide", ("潮汐",)),
        ("المد - tide", "المد", ("tide",)),
        ("Ebb — flow", "Ebb — flow", ()),
        ("潮汐 (tide)", "潮汐 (tide)", ("潮汐", "tide")),
    ],
)
def test_a_title_in_two_scripts_gives_two_names(
    title: str, term: str, aliases: tuple[str, ...]
) -> None:
    entry = only_entry(_read(f"---\nweight: 1\n---\n# {title}\n\nIt rises."))
    assert (entry.term, entry.aliases) == (term, aliases)


# Obsidian


def test_what_notes_carry_beside_their_text_is_left_out() -> None:
    body = (
        "Tags: #sea #water/salt \nUp: [[Sea]]\n\n%% to be\nwritten %%\n"
        "The sea that rises. ^a1b2\n\n#moon\n\n*Seen in:* [[Harbour log]], [a log](log.md)\n"
    )
    entry = _page(body)
    assert [s.text for s in entry.sections if s.text] == ["The sea that rises."]
    assert entry.links == ("sea", "harbour-log", "log")


def test_a_note_with_macros_is_read_as_one_though_it_names_a_term() -> None:
    text = "---\nterm: Tide\nmood: calm\n---\nThe sea that [[Ebb|falls]].\n"
    assert only_entry(_read(text)).summary == "The sea that falls."


def test_links_and_fields_of_notes_are_plain_text() -> None:
    body = "In a [neap](Neap Tide.md) and [[Sea/Words/Ebb]].\n\n- cause:: [[Moon]]\n\n"
    entry = _page(f"{body}```mermaid\ngraph\n```\n")
    assert [s.text for s in entry.sections if s.text] == ["In a neap and Ebb.", "cause: Moon"]
    assert entry.links == ("neap-tide", "ebb", "moon")


def test_a_list_of_contents_is_no_text() -> None:
    body = "The sea that rises.\n\n- [Cause](#cause)\n- [Use](#use)\n\n## Cause\n\nThe moon."
    assert _page(body).text("body") == ""


def test_what_stands_under_labels_comes_after_the_definition() -> None:
    body = "**Kind:** water\n**Since**: ever\n\n## Definition\n\nThe sea that rises."
    entry = _page(body, "shortdef: Sea.")
    assert (entry.summary, entry.text("body")) == (
        "The sea that rises.",
        "Kind: water\n\nSince: ever",
    )


def test_a_page_named_after_its_file_is_one_entry_whatever_its_labels() -> None:
    body = "# Neap tide\n\n**Play:** It is low.\n\n**Code:** `low()`.\n\n**Look:** It shines.\n"
    assert only_entry(_read(body, "neap-tide.md")).term == "Neap tide"
    terms = "".join(f"- **{name}** — It is a sea.\n" for name in ("Ebb", "Flow", "Neap", "Bore"))
    many = entries_of(
        _read(f"# Sea\n\n{terms}- **Slack** — It rests.\n- **Rip** — It pulls.\n", "sea.md")
    )
    assert len(many) == 6


def test_a_link_may_name_the_file_of_an_entry_that_has_another_id(tmp_path: Path) -> None:
    page = "---\nid: {}\ntitle: {}\n---\n# {}\n\nIt is [[{}|seen]]."
    folder = write_files(
        tmp_path,
        {
            "W-1-ebb.md": page.format("W-1", "Ebb", "Ebb", "W-2-flow"),
            "W-2-flow.md": page.format("W-2", "Flow", "Flow", "W-1-ebb"),
        },
    )
    assert [entry.related for entry in Glossary.read(folder).entries] == [("w-2",), ("w-1",)]


def test_labels_before_paragraphs_say_what_these_are() -> None:
    body = (
        "**Definition.** The sea that rises.\n\n**Also known as:** flood, high water\n\n"
        "**Example:** Boats float.\n\n**In ports.** They wait."
    )
    entry = _page(body)
    assert (entry.summary, entry.example) == ("The sea that rises.", "Boats float.")
    assert (entry.aliases, entry.text("body")) == (("flood", "high water"), "In ports. They wait.")


@pytest.mark.parametrize("said", ["_Also known as **flood**_", "Aussi appelé « flood »."])
def test_a_paragraph_that_says_but_another_name_is_none_of_the_text(said: str) -> None:
    assert _page(f"{said}\n\nThe sea that rises.").summary == "The sea that rises."
    assert "flood" in _page(f"{said}\n\nThe sea that rises.").aliases
    assert "flood" in _page(said).summary  # all that there is


def test_links_below_a_term_of_many_are_relations_and_no_text() -> None:
    links = "Related entries: [flow](#flow), [bore](#bore)"
    text = f"# Glossary\n\n## Ebb\n\nIt falls.\n\n{links}\n\n## Flow\n\nIt rises."
    ebb, flow = entries_of(_read(text, "glossary.md"))
    assert (ebb.summary, ebb.text("body"), ebb.links) == ("It falls.", "", ("flow", "bore"))
    assert flow.term == "Flow"


# Above and beside the text


def test_what_stands_above_the_title_is_no_text() -> None:
    text = "> Generated. Do not edit.\n\n[Home](../) › [Terms](x.md) › Tide\n\n# {}\n\nIt rises."
    assert _page(text.format("Tide")).summary == "It rises."
    assert _page(text.format("Cause")).summary == "Generated. Do not edit."


@pytest.mark.parametrize(
    ("paragraph", "sources"),
    [
        ("[Home](../index.md) › [Terms](index.md) › Tide", []),
        ("[Tide](#tide)", []),
        ("Source: [A book](https://books.example/tides)", ["A book"]),
    ],
)
def test_a_paragraph_of_links_alone_is_no_text(paragraph: str, sources: list[str]) -> None:
    entry = _page(f"{paragraph}\n\nThe sea that rises.")
    assert (entry.summary, entry.text("body")) == ("The sea that rises.", "")
    assert [source.title for source in entry.sources] == sources
    assert _page(paragraph).summary  # where there is nothing else, it is the text


def test_the_section_called_definition_defines() -> None:
    body = "## Identity\n\nNumber 7.\n\n## Definition\n\nThe sea that rises.\n\n## Aliases\n\n"
    entry = _page(f"{body}- tides\n- flood")
    assert (entry.summary, entry.aliases) == ("The sea that rises.", ("tides", "flood"))
    assert [s.heading for s in entry.sections if s.text] == ["", "Identity"]


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("What is a tide?", "Tide"),
        ("What are tides", "Tides"),
        ("Qu’est-ce que la marée ?", "Marée"),
        ("¿Qué es la marea?", "Marea"),
        ("O que é a maré?", "Maré"),
        ("Was ist die Flut?", "Flut"),
        ("Что такое прилив?", "Прилив"),
        ("什么是潮汐？", "潮汐"),
        ("潮汐とは", "潮汐"),
        ("ما هو المد؟", "المد"),
        ("Whatis", "Whatis"),
    ],
)
def test_a_title_that_asks_is_about_what_it_asks_for(title: str, term: str) -> None:
    entry = only_entry(_read(f"# {title}\n\n- **{title}** It is the sea.\n"))
    assert (entry.term, entry.summary) == (
        term,
        "It is the sea." if term != title else f"{title} It is the sea.",
    )
    assert entry.asked == ((title,) if term != title else ())


def test_questions_and_answers_on_one_term_are_one_entry() -> None:
    body = "- **Why does it rise?**\nThe moon pulls.\n- **When?**\nDaily.\n- **So**:\nBoats rise."
    assert only_entry(_read(f"# Tide\n\n{body}")).term == "Tide"


@pytest.mark.parametrize("name", ["prompt-template", "contribution-margin", "search"])
def test_a_word_in_a_files_name_does_not_make_it_a_page_about_the_site(name: str) -> None:
    assert only_entry(_read("---\ntitle: Tide\n---\nIt rises.", f"{name}.md")).id == name
    for template in ("_template", "term-template", "CONTRIBUTING"):
        fault = only_fault(_read("---\ntitle: Tide\n---\nIt rises.", f"{template}.md"))
        assert "by its name" in fault.message


# Spec-Up and MkDocs

SPEC_UP = """\
## Terms and Definitions

Other words are as sailors use them, which is to say that nobody ashore will know what they mean,
whatever they may have been told of it.

[[def: Spring tide, spring tides]]

~ The highest [[ref: tide]], unlike a
[[xref: sea, neap tide]]:
1. at new moon
2. at full moon

~ It comes twice a month.

[[def:Tide]]
~A rise of the sea.

## Other things

Boats.
"""


def test_terms_of_spec_up_are_read_one_or_many_in_a_file(tmp_path: Path) -> None:
    spring, tide = entries_of(_read(SPEC_UP, "spec/sea.md"))
    assert (spring.term, spring.aliases) == ("Spring tide", ("spring tides",))
    assert spring.summary == "The highest tide, unlike a neap tide:"
    assert spring.text("body") == "at new moon\n\nat full moon\n\nIt comes twice a month."
    assert (spring.links[:2], spring.line) == (("tide", "neap-tide"), 6)
    assert (tide.summary, tide.text("body")) == ("A rise of the sea.", "")
    folder = write_files(tmp_path, {"terms/ebb.md": "[[def: Ebb, ebbs]]\n\n~ A fall of the sea.\n"})
    assert only_entry(read_all(folder)).aliases == ("ebbs",)


def test_a_file_of_abbreviations_is_a_list_of_them(tmp_path: Path) -> None:
    text = "*[HW]: High water\n*[LW]: Low water\n*[MSL]: Mean sea level\n"
    folder = write_files(tmp_path, {"includes/abbreviations.md": text})
    found = [(entry.term, entry.summary) for entry in entries_of(read_all(folder))]
    assert found == [("HW", "High water"), ("LW", "Low water"), ("MSL", "Mean sea level")]
    assert (
        _page(f"At HW it is high.\n\nAt LW it is low.\n\nAnd again.\n\nAt last.\n\n{text}")
        .text("body")
        .endswith("At last.")
    )


def test_a_page_may_begin_with_a_smaller_heading_that_its_file_is_named_after() -> None:
    text = "## Ebb {#ebb .term}\n\n**Ebb** is the fall of the water.\n\n### Causes\n\n" + "".join(
        f"- **{word}-pull**: one of its causes.\n\n" for word in "ABCDEF"
    )
    entry = only_entry(_read(text, "glossary/Ebb.md"))
    assert (entry.term, entry.summary) == ("Ebb", "Ebb is the fall of the water.")
    assert "A-pull: one of its causes." in entry.sections[-1].text


@pytest.mark.parametrize("label", ["**Ebb:** the", "**Ebb**: the", "**ebb** – the"])
def test_a_page_may_repeat_its_term_as_a_label(label: str) -> None:
    entry = only_entry(
        _read(f"---\ntitle: Ebb\n---\n\n{label} fall of the sea.", "glossary/ebb.md")
    )
    assert entry.summary == "the fall of the sea."


def test_front_matter_may_hold_all_terms_by_ids_of_their_own() -> None:
    ebb = "ebb:\n  displayText: Ebb\n  hoverSnippet: The fall of the sea."
    flow = "flow:\n  displayText: Flow\n  hoverSnippet: The rise of the sea."
    found = entries_of(_read(f"---\n{ebb}\n\n{flow}\n---\n", "terms/hover.md"))
    assert [(e.id, e.term, e.summary) for e in found] == [
        ("ebb", "Ebb", "The fall of the sea."),
        ("flow", "Flow", "The rise of the sea."),
    ]


def test_a_page_of_quarto_keeps_its_names_and_loses_its_citations(tmp_path: Path) -> None:
    page = "---\ntitle: Marea\naliases:\n  - /terminos/pleamar.html\nsinonimos: [Flujo]\n"
    page += (
        "date-modified: 2026-09-14\n---\n\n## Definición\n\nEl mar sube [@tide2020, p. 3; @ebb].\n"
    )
    page += "Véase [la bajamar](bajamar.qmd) y [@reader](bajamar.qmd).\n\n::: {#refs}\n:::\n"
    low = "---\ntitle: Bajamar\n---\nEl mar baja.\n"
    (tmp_path / "_quarto.yml").write_text("lang: es\n")
    folder = write_files(tmp_path / "terminos", {"marea.qmd": page, "bajamar.qmd": low})
    first, entry = entries_of(read_all(folder))
    assert entry.summary == "El mar sube. Véase la bajamar y @reader."
    assert (entry.aliases, entry.links) == (("Flujo",), ("bajamar",))
    assert str(entry.updated) == "2026-09-14"
    assert (first.language, first.guessed) == ("es", False)


def test_labels_above_the_definition_of_a_page_say_its_category_and_names() -> None:
    body = "# Marée\n\n**Catégorie :** Mer\n\n**Équivalent anglais :** tide\n\n## Définition\n\n"
    (entry,) = entries_of(read_bare(f"{body}La mer monte.\n", PurePath("maree.md")))
    assert (entry.category, entry.aliases) == ("Mer", ("tide",))
    assert (entry.summary, len(entry.sections)) == ("La mer monte.", 1)


@pytest.mark.parametrize(
    "byline", ["By Ann Shore", "Von Ann Shore und Tom van Tide", "Par Ann Shore"]
)
def test_who_wrote_a_page_is_no_text_of_it(byline: str) -> None:
    entry = only_entry(_read(f"# Ebb\n\n{byline}\n\nIt falls.\n\nTwice a day.\n", "ebb.md"))
    assert entry.summary == "It falls."


def test_a_text_may_begin_with_by() -> None:
    entry = only_entry(_read("# Ebb\n\nBy Mean Low Water it ends.\n", "ebb.md"))
    assert entry.summary == "By Mean Low Water it ends."


_DEFINED = [
    (name, f"what falls at the {name.lower()}.") for name in ("Bar", "Ebb", "Flow", "Neap", "Slack")
]


@pytest.mark.parametrize("lead", ["{} - {}\n\n", "- {} - {}\n", "{}: {}\n\n"])
def test_a_part_of_definitions_holds_many_terms(lead: str) -> None:
    listed = "".join(lead.format(*each) for each in _DEFINED)
    text = f"# Port guide\n\nOn the port.\n\n## Definitions\n\n{listed}\n\n## Use\n\nSail on.\n"
    found = entries_of(_read(text, "guide.md"))
    assert [(entry.term, entry.summary) for entry in found] == _DEFINED


@pytest.mark.parametrize(("path", "number"), [("port-guide.md", 5), ("guide.md", 4)])
def test_definitions_may_be_the_senses_of_one_term(path: str, number: int) -> None:
    listed = "".join("- {} - {}\n".format(*each) for each in _DEFINED[:number])
    text = f"# Port guide\n\nOn the port.\n\n## Definitions\n\n{listed}\n\n## Use\n\nSail on.\n"
    assert only_entry(_read(text, path)).term == "Port guide"
