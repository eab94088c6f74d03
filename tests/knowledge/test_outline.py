"""One Markdown file with many terms: headings, definition lists, bold words, lists and tables."""

import re
from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites import prose
from knowledge.formats.sites.outline import recognises
from knowledge.formats.sites.site import read, read_bare
from knowledge.formats.sites.site import recognises as has_front_matter
from tests.knowledge.conftest import DATA, entries_of, faults_of, write_files

HEADINGS = """\
# Glossary of bread

Words that bakers use.

[A](#a) [C](#c)

## A

### Autolyse

A rest of flour and water. See also: Crumb.

It comes before the salt.

- **Short**: half an hour
- **Long**: a night

### Active dry yeast (ADY) {#ady}

Yeast in grains.

## C

### Crumb
The inside of a loaf, left by the [yeast](#ady).

#### Example

The crumb of rye is dense.

### Dry yeast

See [Active dry yeast](#active-dry-yeast-ady).

---

*Written by bakers.*
"""
BULLETS = """\
# Glossary

## Loaves

- **Boule**: a round loaf.
  It is French.

  It has a hard crust.
- **Bâtard** – an oval loaf
- **PDO** (protected designation of origin): a mark
- **Crust**:

## Tools

* *Lame* - a blade
* [Banneton](#banneton) - a basket
* `dough.rest()`: a call
* Peel: a flat shovel
"""
PARAGRAPHS = """\
# Glossary

**Ebb.** The sea falls.

It takes six hours.

**Flow**: The sea rises.

**Neap tide**
The smallest tide.

**Slack water**

No stream runs.

**Tide** is the rise of the sea.
"""
TABLES = """\
# Tea — Glossary

## Leaves

| Term | Abbr. | Definition | See also | Notes |
|------|-------|------------|----------|-------|
| **Orange Pekoe** | OP | A grade of *whole* leaf<br>from the tip. | Pekoe | — |
| `Pekoe` | - | A smaller leaf. | | Black tea |
| Oolong / Wulong | n/a | Half way \\| between. | | |
| Nothing | | | | |

## Other

| Year | Harvest |
|------|---------|
| 2020 | good |
"""
DEFINITIONS = """\
---
title: Glossary
description: All terms
---

Kettle
Tea kettle
: A vessel for *boiling* water.

    It whistles.

: A drum.

Teapot (pot)
:   What tea is made in.
"""
ARABIC = """\
# مسرد البحر

مصطلحات عن المد والجزر.

## حرف الألف

### الانحسار

تراجع ماء البحر عن الشاطئ.

## حرف الجيم

### الجَزْر (ebb)

هبوط مستوى البحر مرتين كل يوم، وعكسه [المد](#المد).

### المد

ارتفاع مستوى البحر.

### الطفو

انظر المد.
"""


def _read(text: str, path: str = "glossary.md") -> list[Entry | Fault]:
    reader = read if has_front_matter(text) else read_bare
    return list(reader(text, PurePath(path)))


def _terms(text: str, path: str = "glossary.md") -> list[str]:
    return [entry.term for entry in entries_of(_read(text, path))]


def _entries(text: str, path: str = "glossary.md") -> dict[str, Entry]:
    return {entry.term: entry for entry in entries_of(_read(text, path))}


def test_headings_are_terms_below_letters() -> None:
    found = _entries(HEADINGS)
    assert list(found) == ["Autolyse", "Active dry yeast", "Crumb"]
    autolyse, yeast, crumb = found.values()
    assert (autolyse.summary, autolyse.line) == (
        "A rest of flour and water. See also: Crumb.",
        9,
    )
    assert autolyse.text("body") == (
        "It comes before the salt.\n\nShort: half an hour\n\nLong: a night"
    )
    assert autolyse.links == ("crumb",)
    assert autolyse.category == ""
    assert yeast.id == "ady"
    assert crumb.example == "The crumb of rye is dense."


def test_a_link_to_an_anchor_of_the_file_is_to_the_entry_there() -> None:
    assert _entries(HEADINGS)["Crumb"].links == ("ady",) or _entries(HEADINGS)["Crumb"].links == (
        "active-dry-yeast",
    )


def test_an_acronym_in_brackets_and_what_is_seen_elsewhere_are_aliases() -> None:
    assert _entries(HEADINGS)["Active dry yeast"].aliases == ("ADY", "Dry yeast")


@pytest.mark.parametrize(
    ("heading", "term", "aliases"),
    [
        ("Application Programming Interface (API)", "Application Programming Interface", ("API",)),
        ("API (Application Programming Interface)", "API", ("Application Programming Interface",)),
        ("潮汐：tidal movement", "潮汐", ("tidal movement",)),
        ("MHW:Mean High Water", "MHW", ("Mean High Water",)),
        ("Low water (also ebb; fall)", "Low water", ("ebb", "fall")),
        ("Kilowatt hour (kWh)", "Kilowatt hour", ("kWh",)),
        ("Block (CSS)", "Block (CSS)", ()),
        ("Tide (of the sea)", "Tide (of the sea)", ()),
        ("المد (tide)", "المد", ("tide",)),
        ("3. Ebb", "Ebb", ()),
        ("Mining / Forging", "Mining / Forging", ("Mining", "Forging")),
        ("`rest()`", "rest()", ()),
        ("[Ebb](#ebb)", "Ebb", ()),
    ],
)
def test_a_heading_gives_a_term_and_its_other_names(
    heading: str, term: str, aliases: tuple[str, ...]
) -> None:
    found = _entries(f"# Glossary\n\n## {heading}\n\nThis.\n\n## Flow\n\nThat.\n")
    assert list(found) == [term, "Flow"]
    assert found[term].aliases == aliases


def test_headings_above_the_terms_are_categories() -> None:
    text = (
        "# Glossary\n\n## Sea\n\nOf water.\n\n### Ebb\n\nFalls.\n\n### Flow\n\n"
        "Rises.\n\n## Land\n\n### Hill\n\nStands.\n"
    )
    assert {e.term: e.category for e in _entries(text).values()} == {
        "Ebb": "Sea",
        "Flow": "Sea",
        "Hill": "Land",
    }


def test_headings_that_are_no_terms_are_passed_over() -> None:
    text = (
        "# Glossary\n\n## Contents\n\n- [Ebb](#ebb)\n\n## Ebb\n\nFalls.\n\n## Flow\n\n"
        "Rises.\n\n## References\n\nA book.\n"
    )
    assert _terms(text) == ["Ebb", "Flow"]


def test_titles_of_the_first_level_may_be_terms() -> None:
    assert _terms("# Ebb\nIt falls.\n\n# Flow\nIt rises.\n") == ["Ebb", "Flow"]


def test_a_term_without_a_definition_is_a_warning() -> None:
    (fault,) = faults_of(_read("# Glossary\n\n## Ebb\n\n## Flow\n\nRises.\n\n## Tide\n\nBoth.\n"))
    assert (fault.line, fault.severity) == (3, "warning")
    assert "“Ebb” has no definition" in fault.message


def test_items_that_begin_with_their_term_are_entries() -> None:
    found = _entries(BULLETS)
    assert list(found) == [
        "Boule", "Bâtard", "PDO", "Lame", "Banneton", "dough.rest()", "Peel",
    ]  # fmt: skip
    assert found["Boule"].summary == "a round loaf. It is French."
    assert found["Boule"].text("body") == "It has a hard crust."
    assert found["Bâtard"].summary == "an oval loaf"
    assert found["PDO"].aliases == ("protected designation of origin",)
    assert (found["Lame"].summary, found["Lame"].category) == ("a blade", "Tools")
    assert found["Peel"].summary == "a flat shovel"


def test_paragraphs_that_begin_with_their_term_are_entries() -> None:
    found = _entries(PARAGRAPHS)
    assert {term: entry.summary for term, entry in found.items()} == {
        "Ebb": "The sea falls.",
        "Flow": "The sea rises.",
        "Neap tide": "The smallest tide.",
        "Slack water": "No stream runs.",
        "Tide": "Tide is the rise of the sea.",
    }
    assert found["Ebb"].text("body") == "It takes six hours."


def test_rows_of_tables_that_name_term_and_definition_are_entries() -> None:
    found = _entries(TABLES, "tea.md")
    assert list(found)[:3] == ["Orange Pekoe", "Pekoe", "Oolong / Wulong"]
    pekoe = found["Orange Pekoe"]
    assert (pekoe.summary, pekoe.aliases) == ("A grade of whole leaf\nfrom the tip.", ("OP",))
    assert (pekoe.category, pekoe.links, pekoe.line) == ("Leaves", ("pekoe",), 7)
    assert found["Pekoe"].text("body") == "Notes: Black tea"
    assert found["Oolong / Wulong"].summary == "Half way | between."


@pytest.mark.parametrize(
    "head",
    [
        "Term | Meaning",
        "المصطلح | التعريف",
        "Begriff | Bedeutung",
        "術語 | 定義",
        "Acronym | Stands for",
    ],
)
def test_the_head_of_a_table_may_be_in_many_languages(head: str) -> None:
    text = (
        f"# Words\n\n| # | {head} |\n|-|-|-|\n| 1 | Ebb | Falls |\n"
        f"| 2 | Flow | Rises |\n| 3 | Tide | Both |\n"
    )
    assert _terms(text, "words.md") == ["Ebb", "Flow", "Tide"]


def test_definition_lists_have_several_terms_and_definitions() -> None:
    kettle, pot = entries_of(_read(DEFINITIONS))
    assert (kettle.term, kettle.aliases) == ("Kettle", ("Tea kettle",))
    assert kettle.summary == "A vessel for boiling water."
    assert kettle.text("body") == "It whistles.\n\nA drum."
    assert (pot.term, pot.summary) == (
        "Teapot (pot)",
        "What tea is made in.",
    ) or pot.term == "Teapot"


def test_lists_of_html_and_of_myst_are_definition_lists() -> None:
    html = (
        "# Glossary\n\n<dl>\n<dt>**Ebb**</dt>\n<dd>The <b>sea</b> falls</dd>\n"
        "<dt>Flow</dt><dd>It rises</dd>\n</dl>\n"
    )
    myst = "# Glossary\n\n```{glossary}\nEbb\n  The **sea** falls\n\nFlow\n  It\n  rises\n```\n"
    for text in (html, myst):
        found = _entries(text)
        assert {term: e.summary for term, e in found.items()} == {
            "Ebb": "The sea falls",
            "Flow": "It rises",
        }


def test_labels_within_an_entry_are_its_parts() -> None:
    entry = (
        "## {0}\n\n**Definition:** The {0} of the sea.\n\n**Also known as:** {0}ing\n\n"
        "**Example:** At night.\n\n**Related:** [Tide](#tide)\n\n"
    )
    found = _entries("# Glossary\n\n" + "".join(map(entry.format, ("Ebb", "Flow", "Tide"))))
    assert list(found) == ["Ebb", "Flow", "Tide"]
    ebb = found["Ebb"]
    assert (ebb.summary, ebb.aliases, ebb.example) == (
        "The Ebb of the sea.",
        ("Ebbing",),
        "At night.",
    )
    assert ebb.links == ("tide",)


def test_arabic_is_read_as_english_is() -> None:
    found = _entries(ARABIC, "مسرد.md")
    assert list(found) == ["الانحسار", "الجَزْر", "المد"]
    assert {entry.language for entry in found.values()} == {"ar"}
    assert found["الجَزْر"].aliases == ("ebb",)
    assert found["الجَزْر"].links == ("المد",)
    assert found["المد"].aliases == ("الطفو",)


def test_the_same_word_twice_is_two_entries() -> None:
    text = "# Glossary\n\n- **Ebb**: falls\n- **Flow**: rises\n- **Ebb**: a magazine\n"
    assert [entry.id for entry in entries_of(_read(text))] == ["ebb", "flow", "ebb-2"]


def test_the_path_tells_the_language() -> None:
    text = "# Glossar\n\n- **Ebbe**: fällt\n- **Flut**: steigt\n"
    assert {e.language for e in entries_of(_read(text, "de/glossary.md"))} == {"de"}
    assert {e.language for e in entries_of(_read(text, "glossary.de.md"))} == {"de"}


PAGE = """\
---
title: Ebb
---

The ebb is the fall of the sea.

It has parts:

- **First**: fast
- **Last**: slow

## In rivers

The ebb is longer in rivers than at sea.

## In harbours

Boats wait for the end of the ebb.
"""


def test_a_page_of_one_term_stays_one() -> None:
    assert _terms(PAGE, "ebb.md") == ["Ebb"]
    assert _terms(PAGE.replace("---\ntitle: Ebb\n---", "# Ebb"), "ebb.md") == ["Ebb"]


def test_a_page_copied_as_text_is_none_of_these() -> None:
    for page in DATA.glob("*.page.txt"):
        assert not recognises(page.read_text("utf-8"))


def test_many_terms_are_recognised_in_a_folder(tmp_path: Path) -> None:
    texts = {"a/GLOSSARY.md": HEADINGS, "b/glossary.md": BULLETS, "c/glossary.txt": TABLES}
    texts |= {"d/glossary.mdx": DEFINITIONS, "e/glossary.md": ARABIC, "f/glossary.md": PARAGRAPHS}
    folder = write_files(tmp_path, texts)
    assert len(entries_of(read_all(folder))) >= 3 + 7 + 3 + 2 + 3 + 5
    assert not [fault for fault in faults_of(read_all(folder)) if fault.severity == "error"]


def test_components_of_mdx_part_the_terms() -> None:
    text = (
        "---\ntitle: Glossary\n---\nimport A from 'a'\n\n<Acc>\n    <Item title=\"E\">\n\n"
        "    - <b>Ebb</b>: falls\n    - <b>Edge</b>: ends\n\n    </Item>\n</Acc>\n"
    )
    assert _terms(text, "glossary.mdx") == ["Ebb", "Edge"]


def test_a_long_table_is_read_to_its_end() -> None:
    rows = "".join(f"| Term {n} | {'word ' * 20}{n} |\n" for n in range(3000))
    found = entries_of(_read(f"# Glossary\n\n| Term | Definition |\n|---|---|\n{rows}"))
    assert len(found) == 3000
    assert found[-1].line == 3004


FIXTURES = (HEADINGS, BULLETS, PARAGRAPHS, TABLES, DEFINITIONS, ARABIC)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FIXTURES), st.data())
def test_a_mutated_file_never_raises(fixture: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(fixture)))
    end = data.draw(st.integers(start, len(fixture)))
    piece = data.draw(st.text("{}<>%[]()|*_`\n -:#=!\"'aب+", max_size=20))
    text = fixture[:start] + piece + fixture[end:]
    recognises(text)
    assert all(isinstance(item, Entry | Fault) for item in _read(text))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_arbitrary_text_never_raises(text: str) -> None:
    recognises(text)
    assert all(isinstance(item, Entry | Fault) for item in read_bare(text, PurePath("glossary.md")))


CONTEXT = """\
# Glossary

> **Who reads this:** sailors
> **Since:** 2020

## How to read this glossary

**Term** *(noun)*: what it is

## Language

**Ebb** *(noun)*:
The sea falls.
_Avoid_: low, outgoing tide

**Flow** *(noun)*:
The sea rises.
_Avoid_: high

**Tide** *(noun)*:
Both of them.
See also: Ebb, Flow
"""


def test_lines_that_begin_with_a_label_are_parts_of_an_entry() -> None:
    found = _entries(CONTEXT)
    assert list(found) == ["Ebb", "Flow", "Tide"]
    assert (found["Ebb"].summary, found["Ebb"].aliases) == ("The sea falls.", ())
    assert found["Ebb"].text("body") == "Avoid: low, outgoing tide"
    assert found["Tide"].links == ("ebb", "flow")
    assert found["Tide"].text("body") == ""


def test_lines_that_begin_with_terms_in_bold_are_entries() -> None:
    text = "# Glossary\n\n**Ebb**: falls\n**Flow** (FL): rises\nfor hours\n**Tide** - both\n"
    found = _entries(text)
    assert [(t, e.summary, e.line) for t, e in found.items()] == [
        ("Ebb", "falls", 3),
        ("Flow", "rises for hours", 4),
        ("Tide", "both", 6),
    ]


def test_labels_that_nobody_listed_are_told_by_their_recurring() -> None:
    entry = "### {0}\n\n- **英語表記**: {0} en\n- **定義**: {0}の意味\n- **用途**: 海で\n\n"
    found = _entries("# 用語集\n\n## 海\n\n" + "".join(map(entry.format, ("引潮", "満潮", "潮"))))
    assert list(found) == ["引潮", "満潮", "潮"]
    assert found["潮"].summary == "潮の意味"
    assert found["潮"].aliases == ("潮 en",)
    assert found["潮"].text("body") == "用途: 海で"


def test_a_term_deeper_than_the_others_is_no_part_of_a_letter() -> None:
    text = (
        "# Glosario\n\n### E\n\n#### Ebb (#e-ebb)\n\nCae.\n\n### N\n\n##### Neap\n\nPoco.\n\n"
        "### S\n\n#### Scope\n\nHasta dónde.\n\n##### Detalle\n\nMás.\n\n#### Slack\n\nNada.\n"
    )
    assert _terms(text) == ["Ebb", "Neap", "Scope", "Slack"]


def test_what_it_is_goes_before_how_it_is_written_and_drawn() -> None:
    text = (
        "# Glossary\n\n## State\n\n```js\ntype State = any;\n```\n\nAll that is known.\n\n"
        "## Flow\n\n```mermaid\nA --> B\n```\n\nOne way.\n"
    )
    found = _entries(text)
    assert found["State"].summary == "All that is known."
    assert found["State"].text("body") == "type State = any;"
    assert found["Flow"].text("body") == ""


def test_pictures_and_numbers_are_no_part_of_a_name() -> None:
    found = _entries(
        "# Glossary\n\n## 🌊 Sea\n\n### 1. 🔑 **Ebb**\n\nFalls.\n\n### 2. Flow ⭐\n\nRises.\n"
    )
    assert {e.term: e.category for e in found.values()} == {"Ebb": "Sea", "Flow": "Sea"}


@pytest.mark.parametrize(
    ("heading", "term", "aliases"),
    [
        ("XML (eXtensible Markup Language)", "XML", ("eXtensible Markup Language",)),
        ("Unidad de cómputo (CU)", "Unidad de cómputo", ("CU",)),
        ("자료 목록 (access list, ACL)", "자료 목록", ("access list", "ACL")),
        ("Agent (Conscious Agent / CA)", "Agent (Conscious Agent / CA)", ()),
        ("Ebb (noun)", "Ebb", ()),
        ("Ebb – الجزر", "Ebb", ("الجزر",)),
        ("1.5 degrees", "1.5 degrees", ()),
    ],
)
def test_brackets_hold_other_names_or_remarks(
    heading: str, term: str, aliases: tuple[str, ...]
) -> None:
    found = _entries(f"# Glossary\n\n- **{heading}**: this\n- **Flow**: that\n- **Tide**: both\n")
    assert (next(iter(found)), found[term].aliases) == (term, aliases)


def test_chinese_and_japanese_put_no_space_behind_a_term_or_within_a_sentence() -> None:
    text = "# 术语表\n\n**潮汐**指海水的\n涨落。\n\n**退潮**指海水下降。\n\n**涨潮**指海水上升。\n"
    assert _entries(text)["潮汐"].summary == "潮汐指海水的涨落。"
    assert {e.language for e in _entries(text).values()} == {"zh"}


def test_numbered_items_in_bold_are_markdown(tmp_path: Path) -> None:
    text = "## Glossary of terms\n\n1. **Low water (LW)**: the lowest\n\n2. **Ebb**: it falls\n"
    found = entries_of(read_all(write_files(tmp_path, {"glossary.md": text})))
    assert [(e.term, e.aliases) for e in found] == [("Low water", ("LW",)), ("Ebb", ())]


def test_a_list_of_html_may_hold_markdown_with_blank_lines() -> None:
    text = (
        '# <a name="x"></a>Glossary\n\n<dl> <dt>\n\n<span id="ebb"></span>**Ebb**\n</dt> <dd>\n\n'
        "The sea falls.\n\nIt is *slow*.\n\n</dd> <dt>\n\n**Flow**\n"
        "</dt> <dd>\n\nIt rises.\n\n</dd> </dl>\n"
    )
    found = _entries(text)
    assert {t: e.summary for t, e in found.items()} == {
        "Ebb": "The sea falls.",
        "Flow": "It rises.",
    }
    assert found["Ebb"].text("body") == "It is slow."
    assert found["Ebb"].line == 5


def test_a_list_of_html_may_have_blank_lines_between_its_terms() -> None:
    text = (
        "# Glossary\n\n**Note to sailors:** Read it.\n\n<dl>\n  <dt>Ebb</dt>\n"
        "  <dd>The sea <em>falls</em>.</dd>\n"
        '\n  <dt id="f">Flow</dt>\n  <dd>It rises.</dd>\n  <dd>A river.</dd>\n</dl>\n'
    )
    found = _entries(text)
    assert {t: e.summary for t, e in found.items()} == {
        "Ebb": "The sea falls.",
        "Flow": "It rises.",
    }
    assert found["Flow"].text("body") == "A river."


def test_macros_of_publishing_systems_become_what_they_show() -> None:
    text = (
        '# Glossary {#glossary}\n\n>[!CONTEXTUALHELP]\n>id="x"\n>title="y"\n\n**Panel**\n\n'
        "Press [!UICONTROL Save > All] in [!DNL Sea]. [!INCLUDE[note](a/b.md)]\n\n**Board**\n\n"
        '<span>It</span><span class="sxs-lookup"><span data-stu-id="1">Es</span></span> is '
        "`f{x}` or `y`.\n"
    )
    found = _entries(text)
    assert found["Panel"].summary == "Press Save > All in Sea."
    assert found["Board"].summary == "It is f{x} or y."


def test_shortcodes_that_enclose_a_definition_name_its_term() -> None:
    text = (
        '---\ntitle: Glossary\n---\n\n{{% def id="E" name="Low ebb" abbr="LE" %}} '
        "It *falls*. {{% /def %}}\n\n"
        '{{% def id="F" name="Flow" %}}\nIt rises.\n{{% /def %}}\n'
    )
    found = _entries(text)
    assert (found["Low ebb"].summary, found["Low ebb"].aliases) == ("It falls.", ("LE",))
    assert found["Flow"].summary == "It rises."


def test_a_title_in_bold_is_no_term() -> None:
    text = "**Glossary of terms used here:**\n- *Ebb* — falls\n- *Flow* — rises\n"
    assert _terms(text) == ["Ebb", "Flow"]


def test_front_matter_may_stand_below_a_comment() -> None:
    text = (
        "<!--\nversion: 2\n-->\n---\ntitle: Glossary\n---\n\n## Ebb\n\nFalls.\n\n"
        "## Flow\n\nRises.\n"
    )
    assert [(e.term, e.line) for e in entries_of(_read(text))] == [("Ebb", 8), ("Flow", 12)]


def test_several_terms_deeper_than_the_others_stand_below_a_letter() -> None:
    text = (
        "# Glosario\n\n### E\n\n#### Ebb\n\nCae.\n\n#### Eddy\n\nGira.\n\n### N\n\n##### Neap\n\n"
        "Poco.\n\n##### Nip\n\nMenos.\n\n### S\n\n#### Slack\n\nNada.\n"
    )
    assert _terms(text) == ["Ebb", "Eddy", "Neap", "Nip", "Slack"]


def test_a_cell_that_is_a_link_defines_beside_a_note() -> None:
    text = (
        "# Glossary\n\n| Term | Definition | Notes |\n|---|---|---|\n"
        "| Ebb | [The sea falls](sea.md) | daily |\n| Flow | It rises | daily |\n"
    )
    ebb = _entries(text)["Ebb"]
    assert (ebb.summary, ebb.text("body"), ebb.links) == ("The sea falls", "Notes: daily", ("sea",))


def test_a_dash_parts_names_of_which_the_first_has_brackets() -> None:
    text = "# Glossary\n\n- **Low Water (LW) — الجزر**: this\n- **Flow**: that\n"
    assert _entries(text)["Low Water"].aliases == ("LW", "الجزر")


def test_a_table_that_is_laid_out_from_right_to_left_is_read(tmp_path: Path) -> None:
    text = (
        '<div dir="rtl">\n\n<h1>مسرد الوسوم</h1>\n\n| المصطلح | التعريف |\n|---|---|\n'
        "| وسم | علامة مثل <code>&lt;p&gt;</code> تحيط بالنص. |\n"
        "| سمة | قيمة تصف الوسم. |\n\n</div>\n"
    )
    folder = write_files(tmp_path, {"tags.md": text})
    assert [(e.term, e.summary) for e in entries_of(read_all(folder))] == [
        ("وسم", "علامة مثل <p> تحيط بالنص."),
        ("سمة", "قيمة تصف الوسم."),
    ]


def test_a_glossary_of_myst_may_mark_its_definitions() -> None:
    text = (
        "# Glossary\n\n:::{glossary}\nEbb\n: The fall of the water\n  after it stood high.\n\n"
        "Flood\n: Its rise.\n:::\n"
    )
    assert [(e.term, e.summary) for e in entries_of(_read(text))] == [
        ("Ebb", "The fall of the water after it stood high."),
        ("Flood", "Its rise."),
    ]


def test_terms_may_stand_indented_below_letters_and_their_definitions_deeper() -> None:
    text = (
        "# E\n\n    Ebb (sea)\n\n            The fall of\n            the water.\n\n"
        "            It is slow:\n\n                    slow = true\n\n    Eddy\n\n"
        "            Water that turns.\n\n# F\n\n    Flood\n            Its rise.\n"
    )
    ebb, eddy, flood = entries_of(_read(text))
    assert (ebb.summary, ebb.line) == ("The fall of the water.", 3)
    assert ebb.text("body") == "It is slow:\n\nslow = true"
    assert (eddy.summary, flood.summary) == ("Water that turns.", "Its rise.")
    assert not entries_of(_read("# Run it\n\n    make\n    make test\n", "glossary.md"))


def test_a_table_of_the_categories_holds_no_terms() -> None:
    table = (
        "\n\n| ID | 日本語 | 英語 |\n|---|---|---|\n| `s` | 海 | Sea |\n| `r` | 川 | River |\n\n"
    )
    terms = "## 海 / Sea（1 用語）\n\n| 英語名 | 日本語名 | 説明 |\n|---|---|---|\n"
    terms += "| Ebb | 引き潮 | 海の水が引くこと |\n\n## 川 / River\n\n"
    terms += "| 英語名 | 日本語名 | 説明 |\n|---|---|---|\n| Bank | 岸 | 川のふち |\n"
    for heading in ("## カテゴリ", "## 一覧"):
        entries = entries_of(_read(f"# 用語\n\n{heading}{table}{terms}"))
        assert [(e.term, e.aliases) for e in entries] == [("引き潮", ("Ebb",)), ("岸", ("Bank",))]


@pytest.mark.parametrize("title", ["# Lesson one\n\nMuch is said of boats.\n\n", ""])
def test_a_directive_of_myst_may_hold_one_term(title: str) -> None:
    text = f"{title}```{{glossary}}\nEbb\n  The fall of the water.\n```\n"
    assert _terms(text, "lesson.md") == ["Ebb"]


def test_notes_of_myst_are_text_and_its_code_is_code() -> None:
    note = "```{warning} Mind it.\n:class: wide\nIt is **not** a {term}`flow`.\n```\n"
    within = "".join(f"   {line}\n" for line in note.splitlines())
    listed = (
        f"# Glossary\n\n````{{glossary}}\nTide\n   It moves.\n\n{within}\nEbb\n   It falls.\n````\n"
    )
    headed = f"# Glossary\n\n## Tide\n\nIt moves.\n\n{note}\n## Ebb\n\n```{{code}}\nx\n```\n"
    for text in (listed, headed):
        assert " ".join(_entries(text)["Tide"].text("body").split()) == "Mind it. It is not a flow."


def test_options_of_a_directive_of_myst_may_stand_between_rules() -> None:
    text = (
        "# Glossary\n\n```{glossary}\n---\nsorted:\n---\n\nEbb\n  The fall of the water.\n\nFlow\n"
    )
    (first, second) = entries_of(_read(f"{text}  Its rise.\n```\n"))
    assert (first.term, first.category, second.term) == ("Ebb", "", "Flow")


def test_capitals_before_the_words_that_they_stand_for_are_a_term() -> None:
    text = "# Acronyms\n\n* MHW Mean High Water\n* LWS Low Water of Springs\n* HW High Water\n"
    entries = entries_of(_read(text))
    assert [(e.term, e.summary) for e in entries] == [
        ("MHW", "Mean High Water"),
        ("LWS", "Low Water of Springs"),
        ("HW", "High Water"),
    ]
    assert not entries_of(_read("# Glossary\n\n* US Navy Manual\n* NATO Handbook\n"))


@pytest.mark.parametrize(
    "headings",
    [
        ("Avant-propos", "Voir aussi", "Contribuer", "Licence"),
        ("Vorwort", "Siehe auch", "Mitwirken", "Lizenz"),
        ("Índice", "Véase también", "Cómo contribuir", "Licencia"),
        ("Sumário", "Veja também", "Como contribuir", "Licença"),
        ("目录", "参考文献", "如何贡献", "许可证"),
        ("目次", "参考リンク", "貢献", "ライセンス"),
        ("목차", "참고 문헌", "기여하기", "라이선스"),
        ("Оглавление", "Литература", "Как внести вклад", "Лицензия"),
        ("جدول المحتويات", "المراجع", "المساهمة", "الرخصة"),
        ("İçindekiler", "Kaynakça", "Katkıda bulunma", "Lisans"),
    ],
)
def test_what_stands_around_the_terms_is_none_in_many_languages(headings: tuple[str, ...]) -> None:
    first, *others = (f"## {heading}\n\nMore text.\n\n" for heading in headings)
    terms = "## Tide\n\nA wave.\n\n## Scope\n\nAll that is meant.\n\n"
    text = f"# Glossary\n\n{first}{terms}{''.join(others)}## Ebb\n\nThe fall.\n"
    assert _terms(text) == ["Tide", "Scope", "Ebb"]


def test_a_heading_that_stands_where_the_alphabet_has_it_is_a_term() -> None:
    names = ["Gauge", "Harbour", "Index", "Jetty", "Keel", "References"]
    text = "# Glossary\n\n" + "".join(f"## {name}\n\nA word of sailors.\n\n" for name in names)
    assert _terms(text) == names[:-1]


def test_questions_and_answers_are_no_glossary() -> None:
    asked = "## What is a tide?\n\nA wave.\n\n## Who made this?\n\nSailors.\n"
    (fault,) = faults_of(_read(f"# FAQ\n\n{asked}", "faq.md"))
    assert "questions" in fault.message
    mixed = f"# Glossary\n\n## Terms\n\n- **Ebb**: a fall\n- **Flow**: a rise\n\n## FAQ\n\n#{asked}"
    assert _terms(mixed) == ["Ebb", "Flow"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The sea<sup>1</sup> falls.", "The sea¹ falls."),
        ("The water<sup>1, 2</sup> falls<sup>[3](#n3)</sup>.<sup>b</sup>", "The water falls."),
        ('It falls.<sup><a href="#n1">[1]</a></sup>', "It falls."),
        ("Two m<sup>2</sup>, the 1<sup>st</sup>", "Two m², the 1st"),
        ("It falls[1].[2] It rises [3].", "It falls. It rises [3]."),
        ("It falls [[4]](#n4).", "It falls."),
        ("Of `a<sup>1</sup>` and `list[0]`", "Of a<sup>1</sup> and list[0]"),
    ],
)
def test_marks_of_notes_are_no_text(written: str, shown: str) -> None:
    text = f"# Glossary\n\n- **Ebb**: {written}\n- **Flow**: A rise.\n"
    assert _entries(text)["Ebb"].summary == shown


def test_a_note_in_another_script_does_not_hide_the_script_of_its_term() -> None:
    note = "[^The long book of the tides, and of what the moon has to do with them]"
    text = f"# مسرد البحر\n\n## المد\n\nعلو الماء.{note}\n\n## الجزر\n\nهبوطه.{note}\n"
    assert [entry.term for entry in _entries(text).values()] == ["المد", "الجزر"]


def test_a_mark_with_an_address_names_a_publication() -> None:
    text = "# Glossary\n\n- **Ebb**: It falls [1].\n- **Flow**: A rise.\n\n"
    ebb = _entries(f'{text}[1]: https://sea.example/ebb "The Ebb"\n')["Ebb"]
    assert ebb.summary == "It falls."
    assert [(s.title, s.url) for s in ebb.sources] == [("The Ebb", "https://sea.example/ebb")]


@pytest.mark.parametrize("place", ["...", "…", "TODO", "*TBD*", "To be defined.", "待定", "—"])
def test_what_only_keeps_a_place_is_no_definition(place: str) -> None:
    text = f"# Glossary\n\n## Ebb\n\n{place}\n\n## Flow\n\nThe sea rises.\n\n## Neap\n\nLow.\n"
    assert _terms(text) == ["Flow", "Neap"]
    (fault,) = faults_of(_read(text))
    assert "“Ebb” has no definition" in fault.message


def test_what_stands_below_a_place_that_is_kept_does_not_define_either() -> None:
    kept = "To do...\n\n`Example: to do`\n\n- Reference: sea.example"
    text = f"# Glossary\n\n## Ebb\n\n{kept}\n\n## Flow\n\nIt rises.\n\n## Neap\n\nLow.\n"
    assert _terms(text) == ["Flow", "Neap"]


def test_a_glossary_in_front_matter_is_read_beside_a_text() -> None:
    lists = "glossary:\n  - term: Ebb\n    definition: The sea *falls*.\n"
    for listed in (lists, "glossary:\n  Ebb: The sea *falls*.\n"):
        text = f"---\ntitle: Lesson one\n{listed}---\n\n# Boats\n\nMuch is said of boats.\n"
        assert [(e.term, e.summary) for e in entries_of(_read(text, "one.md"))] == [
            ("Ebb", "The sea falls.")
        ]


@pytest.mark.parametrize("mark", [": ", " - ", " — ", "： "])
def test_plain_paragraphs_that_begin_with_their_terms_are_entries(mark: str) -> None:
    words = ("Ebb", "The sea falls."), ("Flow", "The sea rises."), ("Neap tide", "A low one.")
    text = "# Glossary\n\n" + "".join(f"{name}{mark}{said}\n\n" for name, said in words)
    entries = entries_of(_read(f"{text}It comes twice a month.\n"))
    assert [(e.term, e.summary) for e in entries] == list(words)
    assert entries[-1].text("body") == "It comes twice a month."
    lines = "# Glossary\n\n" + "\n".join(f"{name} - {said}" for name, said in words)
    assert _terms(lines) == [name for name, _ in words]


def test_questions_with_a_letter_before_them_are_no_terms() -> None:
    asked = "".join(f"Q: What is {n}?\n\nA: A tide.\n\n" for n in range(3))
    assert not entries_of(_read(f"# Terminology\n\n{asked}", "terminology.md"))


def test_a_name_in_another_script_before_the_definition_is_an_alias() -> None:
    text = "# مسرد\n\n### الجزر\n\n*Ebb tide (ET)* — هبوط ماء البحر.\n\n### المد\n\nارتفاعه.\n"
    ebb = _entries(text)["الجزر"]
    assert (ebb.summary, ebb.aliases) == ("هبوط ماء البحر.", ("Ebb tide", "ET"))


@pytest.mark.parametrize("sent", ["「満潮」を参照。", "満潮を見よ", "満潮 참고"])
def test_what_is_seen_elsewhere_is_an_alias_in_japanese_and_korean(sent: str) -> None:
    text = f"# 用語集\n\n## 満潮\n\n水が高いとき。\n\n## 高潮\n\n{sent}\n\n## 干潮\n\n低いとき。\n"
    assert _entries(text)["満潮"].aliases == ("高潮",)


def test_links_behind_the_last_sentence_are_publications() -> None:
    links = "[Wiki](https://wiki.example/ebb) | [[film]](https://film.example)"
    text = f"# Glossary\n\n- **Ebb**: The sea falls. {links}\n- **Flow**: See [the sea](https://s.example).\n"
    ebb, flow = entries_of(_read(text))
    assert ebb.summary == "The sea falls."
    assert [(s.title, s.url) for s in ebb.sources] == [
        ("Wiki", "https://wiki.example/ebb"),
        ("film", "https://film.example"),
    ]
    assert (flow.summary, flow.sources) == ("See the sea.", ())


def test_an_acronym_is_a_term_behind_which_stands_what_it_is_short_for() -> None:
    text = (
        "# Glossary\n\n## HW — High Water\n\nThe top.\n\n## Tide — a wave\n\nIt moves.\n\n"
        "## Neap: A tide of little range that comes twice in a month.\n"
    )
    entries = _entries(text)
    assert entries["HW"].aliases == ("High Water",)
    assert "Tide — a wave" in entries
    assert entries["Neap"].summary == "A tide of little range that comes twice in a month."
    bold = "# Glossary\n\n**HW: High Water**. The top.\n\n**Ebb**는 바다.\n\n**LW: low**. Last.\n"
    entries = _entries(bold)
    assert (entries["HW"].summary, entries["HW"].aliases) == (
        "High Water. The top.",
        ("High Water",),
    )
    assert entries["LW"].summary == "low. Last."
    assert entries["Ebb"].summary == "Ebb는 바다."


def test_letters_may_be_paragraphs_and_signs_headings() -> None:
    letters = "# Glossary\n\n" + "".join(
        f"{name[0]}\n\n  **{name}:** A word.\n\n"
        for name in ("Anchor", "Boat", "Crew", "Deck", "Ebb")
    )
    assert {e.summary for e in entries_of(_read(letters))} == {"A word."}
    signs = "# Glossary\n\n## @\n\n- **@ebb:** It falls.\n\n## f\n\n- **Flow:** It rises.\n"
    assert {e.category for e in entries_of(_read(signs))} == {""}


def test_a_range_of_letters_may_be_a_term() -> None:
    names = ("A-B", "A-D", "Ebb", "Flow", "Neap", "Spring")
    text = "# Abbreviations\n\n" + "".join(f"## {name}\n\nA word of the sea.\n\n" for name in names)
    assert _terms(text) == list(names)


def test_a_heading_behind_a_definition_list_is_a_category() -> None:
    text = "# Glossary\n\n## Sea\n\nEbb\n: It falls.\n\nFlow\n: It rises.\n\n"
    text += "## River\n\nBank\n: Its side.\n"
    assert [(e.term, e.category) for e in entries_of(_read(text))] == [
        ("Ebb", "Sea"),
        ("Flow", "Sea"),
        ("Bank", "River"),
    ]


def test_bold_may_begin_with_a_space_and_name_a_term_in_two_languages() -> None:
    long = "ما يسمى جزرًا في البحر وعلى الشاطئ وفي الموانئ The ebbing of the water of seas"
    text = f"# المصطلحات\n\n- ** المد Tide** - ارتفاع الماء.\n- ** {long}** (EB) - انخفاضه.\n"
    tide, ebb = entries_of(_read(text))
    assert (tide.term, tide.summary) == ("المد Tide", "ارتفاع الماء.")
    assert (ebb.term, ebb.summary) == (long, "انخفاضه.")


@pytest.mark.parametrize(
    "listed",
    [
        "- Ebb\n  - It falls.\n- Flow\n  - It rises.\n",
        "- `Ebb` It falls.\n- `Flow` It rises.\n- `Neap` It is low.\n",
        "**Ebb** (*n.*): It falls.\n\n**Flow** (verb) It rises.\n\n**Neap** /niːp/ — It is low.\n",
        "[Ebb](#e): It falls.\n\n[Flow](#f): It rises.\n\n[Neap](#n) - It is low.\n",
        "Ebb = It falls.\nFlow = It rises.\nNeap = It is low.\n",
        (
            "<details>\n<summary>Ebb</summary>\nIt falls.\n</details>\n\n<details>\n"
            "<summary><b>Flow</b></summary>\n\nIt rises.\n\n</details>\n"
        ),
        (
            "<details><summary>Ebb</summary>It falls.</details>\n\n"
            "<details><summary>Flow</summary>It rises.</details>\n"
        ),
        "## Ebb [#](#ebb)\n\nIt falls. [↑](#top)\n\n## Flow ¶\n\nIt rises.\n",
    ],
)
def test_terms_are_set_apart_in_many_ways(listed: str) -> None:
    entries = entries_of(_read(f"# Glossary\n\n{listed}"))
    found = [(e.term, e.summary) for e in entries]
    assert found[:2] == [("Ebb", "It falls."), ("Flow", "It rises.")]
    assert found[2:] in ([], [("Neap", "It is low.")])
    assert len(entries[0].sections) == 1


def test_a_part_of_a_page_may_be_a_glossary() -> None:
    part = "## Glossary\n\n- **Ebb** - it falls\n- **Flow** - it rises\n\n"
    text = (
        f"# A tool\n\nIt tells tides.\n\n## Use\n\n- **run**: runs it\n\n{part}## License\n\nMIT\n"
    )
    assert _terms(text, "README.md") == ["Ebb", "Flow"]


def test_labels_in_bold_are_known_without_recurring() -> None:
    text = "# Glossary\n\n## Ebb\n\n**Definition:** It falls.\n**Synonyms:** fall\n\n"
    text += "## Flow\n\n**Definition:** It rises.\n**Example:** At noon.\n\n## Neap\n\nLow.\n"
    entries = _entries(text)
    assert entries["Ebb"].aliases == ("fall",)
    assert entries["Flow"].text("example") == "At noon."


def test_rules_beside_the_tables_and_their_letters_are_no_terms() -> None:
    table = "| Term | Definition |\n|---|---|\n| **E** | |\n| Ebb | It falls. |\n| **F** | |\n"
    rules = "## Translation rules\n\n1. **First**: keep it\n"
    text = f"# Glossary\n\n{table}| Flow | It rises. |\n\n{rules}"
    assert [item.term for item in _read(text) if isinstance(item, Entry)] == ["Ebb", "Flow"]
    assert not faults_of(_read(text))


def test_a_title_that_is_but_vocabulary_is_believed_where_no_part_of_a_page_follows() -> None:
    headings = "## Ebb\n\nIt falls.\n\n## Flow\n\nIt rises.\n\n## Neap\n\nLow.\n"
    for title in ("Vocabulary", "📚 词汇", "Lexique"):
        assert _terms(f"# {title}\n\nOur words.\n\n{headings}", "words.md") == [
            "Ebb",
            "Flow",
            "Neap",
        ]
    page = headings.replace("Neap", "How it works")
    assert _terms(f"# Vocabulary\n\nAll tokens.\n\n{page}", "vocabulary.md") == ["Vocabulary"]


def test_names_in_two_scripts_with_a_comma_between_are_terms() -> None:
    text = "## 术语对照\n\n潮，tide\n\n退潮，ebb (tide)\n\nK 潮，king tide\n\n大潮，spring tide\n"
    assert recognises(text)
    assert [(e.term, e.summary) for e in entries_of(_read(text, "TERMINOLOGY.md"))][2:] == [
        ("K 潮", "king tide"),
        ("大潮", "spring tide"),
    ]


def test_addresses_of_links_are_no_hashtags_and_readings_no_text() -> None:
    text = "# 用語集\n\n[潮]: #shio\n\n## 干潮\n\n[潮]が<ruby>引<rt>ひ</rt></ruby>く。\n\n"
    text += "## Shio\n\n海。\n"
    assert _entries(text)["干潮"].summary == "潮が引く。"


def test_what_a_reader_fills_in_is_no_tag() -> None:
    text = (
        "# Glossary\n\n- **Ebb**: Run ebb <your name> or <b>flow</b> <Icon />.\n- **Flow**: Rise.\n"
    )
    assert _entries(text)["Ebb"].summary == "Run ebb <your name> or flow ."


def test_what_a_label_calls_the_definition_comes_first() -> None:
    text = "# 词汇\n\n" + "".join(
        f"## {name}\n\n- **读音**：{name}\n- **释义**：海的一种。\n\n"
        for name in ("潮", "波", "浪")
    )
    assert {e.summary for e in entries_of(_read(text, "words.md"))} == {"海的一种。"}


def test_words_in_bold_above_a_list_of_terms_are_its_category_unless_labels_follow() -> None:
    def items(*names: str) -> str:
        return "".join(f"* **{name}:** A word.\n" for name in names)

    groups = (
        f"**Of the sea:**\n\n{items('Ebb', 'Flow')}\n**Of rivers:**\n\n{items('Bank', 'Bed')}\n"
    )
    entries = entries_of(_read(f"# Glossary\n\n{groups}"))
    assert [(e.term, e.category) for e in entries][1:3] == [
        ("Flow", "Of the sea"),
        ("Bank", "Of rivers"),
    ]
    labels = f"**Ebb**\n\n{items('Cause', 'Hour')}\n**Flow**\n\n{items('Cause', 'Hour')}\n"
    assert _terms(f"# Glossary\n\n{labels}") == ["Ebb", "Flow"]


def test_a_link_before_a_colon_is_part_of_what_is_said() -> None:
    text = "# Glossary\n\n## Ebb\n\nIt falls.\n\nAs [one](https://one.example) says:\n\n"
    text += "## Flow\n\nIt rises.\n"
    assert _entries(text)["Ebb"].text("body") == "As one says:"


def test_a_form_that_is_to_be_filled_in_is_no_definition() -> None:
    form = "### [Term Name]\n**Definition:**\n\n**Examples:**\n\n"
    anchor = "### Anchor\n**Definition:** Holds a ship.\n\n"
    buoy = "### Buoy\n**Definition:** Floats.\n\n**Examples:**\n\n"
    text = f"# Glossary\n\n## A\n\n{form}{anchor}## B\n\n{form}{buoy}## C\n\n{form}"
    assert [(e.term, e.summary, len(e.sections)) for e in entries_of(_read(text))] == [
        ("Anchor", "Holds a ship.", 1),
        ("Buoy", "Floats.", 1),
    ]
    head = "# Glossary\n\n| Term | Definition |\n|---|---|\n"
    assert _terms(f"{head}| [term] | [what it is] |\n| Ebb | Falls. |\n") == ["Ebb"]


def test_headings_beside_the_letters_are_terms_of_their_letter_or_categories() -> None:
    text = "# Glossary\n\n## A\n\n### Anchor\nHolds.\n\n### Atoll\nA ring.\n\n## B\n\n"
    text += "## Bank\nA side.\n\n## Buoy\nIt floats.\n### Burgee\nA flag.\n\n"
    entries = entries_of(_read(f"{text}## Former words\nOf old.\n\n### Fathom\nSix feet.\n"))
    assert [e.term for e in entries][:3] == ["Anchor", "Atoll", "Bank"]
    assert [(e.term, e.category) for e in entries][3:] == [
        ("Buoy", ""),
        ("Burgee", ""),
        ("Fathom", "Former words"),
    ]


def test_what_is_listed_among_terms_is_one_though_it_may_be_called_as_a_chapter_is() -> None:
    myst = "# Glossary\n\n```{glossary}\nAcknowledgements\n  Thanks to all.\n\n"
    assert _terms(f"{myst}Ebb\n  It falls.\n```\n") == ["Acknowledgements", "Ebb"]
    ebb, tide = "- **Ebb** — It falls.\n", "- **Tide** — A wave.\n"
    items = f"# Glossary\n\n{ebb}- **Index** — A list of places.\n{tide}"
    assert _terms(items) == ["Ebb", "Index", "Tide"]
    assert _terms(f"# Glossary\n\n**Note**: read it all.\n\n{ebb}{tide}") == ["Ebb", "Tide"]


def test_chapters_may_be_numbered() -> None:
    text = "# Glossary\n\n## 1. Introduction\n\nWhy.\n\n## 2. Ebb\n\nIt falls.\n\n"
    text += "## 3. Flow\n\nIt rises.\n\n## 4. References\n\nA book.\n"
    assert _terms(text) == ["Ebb", "Flow"]


def test_several_names_may_stand_behind_the_first() -> None:
    text = "# Glossary\n\n**Ebb**, **ebb tide**, **ET** - the fall\n\n**Flow**, **FT** - the rise\n"
    entries = entries_of(_read(text))
    assert [(e.term, e.aliases) for e in entries] == [
        ("Ebb", ("ebb tide", "ET")),
        ("Flow", ("FT",)),
    ]


DASHED = """\
Term    Definition
------  ----------------
Ebb     The sea *falls*.
Flow    The sea rises
        again.
"""
FRAMED = """\
------------------------
Term    Definition
------  ----------------
Ebb     The sea
        *falls*.

Flow    The sea rises
        again.
------------------------
"""


@pytest.mark.parametrize("table", [DASHED, FRAMED])
def test_columns_may_stand_under_dashes(table: str) -> None:
    entries = entries_of(_read(f"# Glossary\n\n{table}\nThat is all.\n"))
    assert [(e.term, e.summary) for e in entries] == [
        ("Ebb", "The sea falls."),
        ("Flow", "The sea rises again."),
    ]
    assert table.split("\n")[entries[1].line - 3].startswith("Flow")


def test_wide_letters_take_the_room_of_two_under_dashes() -> None:
    table = "用語    定義\n------  ----------\n引き潮  海が引く。\n潮      海の動き。\n"
    entries = entries_of(_read(f"# 用語集\n\n{table}"))
    assert [(e.term, e.summary) for e in entries] == [
        ("引き潮", "海が引く。"),
        ("潮", "海の動き。"),
    ]


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ("Designation: {0}\nDescription: {1}\nCategory: Sea\n\n", "Vocabulary"),
        ("**Term:** {0}\n\n**Definition:** {1}\n\n**Category:** Sea\n\n---\n\n", "Glossary"),
        ("- Terme : {0}\n- Définition : {1}\n- Catégorie : Sea\n\n", "Glossaire"),
        ("## 1\n\n**Begriff**: {0}\n**Beschreibung**: {1}\n**Kategorie**: Sea\n\n", "Glossar"),
        ("### المصطلح: {0}\n\nالتعريف: {1}\n\nالفئة: Sea\n\n", "مسرد"),
    ],
)
def test_terms_and_definitions_may_stand_behind_labels(record: str, title: str) -> None:
    said = {"Ebb": "The sea falls.", "Flow": "The sea rises.", "Neap": "The moon is half."}
    text = f"# {title}\n\n" + "".join(record.format(*each) for each in said.items())
    entries = entries_of(_read(text))
    assert {e.term: e.summary for e in entries} == said
    assert {(e.category, len(e.sections)) for e in entries} == {("Sea", 1)}
    assert text.split("\n")[entries[0].line - 1].endswith("Ebb")


def test_labels_in_a_page_of_one_term_make_no_records() -> None:
    page = "# Ebb\n\nName: Ebb\nDescription: The sea falls.\n"
    assert _terms(page, "ebb.md") == ["Ebb"]


def test_a_page_that_tells_how_words_are_used_is_no_glossary() -> None:
    items = "- **ebb**: Use for the sea only.\n- **fall**: Avoid. Write *ebb*.\n"
    (fault,) = faults_of(_read(f"# Terminology\n\n{items}"))
    assert fault.message.endswith("it tells how words are used, and not what they mean.")
    table = "| Use | Avoid |\n|---|---|\n| ebb | fall |\n| flow | rise |\n"
    assert _terms(f"# Terminology\n\n{table}", "terminology.md") == []
    some = "- **flow**: Don't use as a verb.\n- **neap**: The smallest tide.\n"
    assert _terms(f"# Terminology\n\n{items}{some}") == ["neap"]
    both = "- **tide**: The sea moves.\n- **bore**: A wave.\n- **neap**: The smallest tide.\n"
    assert len(_terms(f"# Terminology\n\n{items}{both}")) == 5


def test_a_smaller_heading_above_all_terms_is_a_remark_unless_the_alphabet_has_it_there() -> None:
    terms = "## Ebb\n\nIt falls.\n\n## Flow\n\nIt rises.\n"
    assert _terms(f"# Glossary\n\n#### Where from\n\nOf old.\n\n{terms}") == ["Ebb", "Flow"]
    assert _terms(f"# Glossary\n\n### Bore\n\nA wave.\n\n{terms}") == ["Bore", "Ebb", "Flow"]


def test_a_heading_above_those_of_the_terms_is_one_where_the_alphabet_has_it() -> None:
    text = "# Glossary\n\n### Bore\n\nA wave.\n\n{} {}\n\nOf the sea.\n\n### Flow\n\nIt rises.\n\n"
    text += "### Neap\n\nHalf moon.\n"
    assert _terms(text.format("#", "Ebb")) == ["Bore", "Ebb", "Flow", "Neap"]
    assert _terms(text.format("##", "Tides")) == ["Bore", "Flow", "Neap"]


def test_a_glossary_may_have_a_single_term() -> None:
    assert _terms("# Glossary\n\n## Ebb\n\nThe sea falls.\n", "glossary.md") == ["Ebb"]
    links = "# Glossary\n\n## By letter\n\n[A](a.md) [B](b.md)\n"
    assert _terms(links, "glossary.md") == []


def test_a_table_beside_the_headings_holds_terms_as_well() -> None:
    text = "# Glossary\n\n## Ebb\n\nIt falls.\n\n## Flow\n\nIt rises.\n\n## Abbreviations\n\n"
    text += "| Abbreviation | Meaning |\n|---|---|\n| HW | High water |\n| Ebb | It falls |\n"
    assert _terms(text) == ["Ebb", "Flow", "HW"]


def test_a_rule_may_stand_between_two_languages_of_a_term_or_of_a_file() -> None:
    term = "## {} / {}\n\n{}\n\n---\n\n{}\n\n"
    ebb = term.format("Ebb", "الجزر", "The sea falls.", "ينحسر ماء البحر.")
    flow = term.format("Flow", "المد", "The sea rises.", "يرتفع ماء البحر.")
    entries = entries_of(_read(f"# Glossary\n\n{ebb}{flow}"))
    assert [(e.key, e.term, e.summary) for e in entries][:2] == [
        ("en/ebb", "Ebb", "The sea falls."),
        ("ar/ebb", "الجزر", "ينحسر ماء البحر."),
    ]
    english = "# Glossary\n\n## Ebb\n\nThe time when the water of the sea falls.\n\n"
    english += "## Flow\n\nThe time when the water of the sea rises again.\n\n---\n\n"
    french = "# Glossaire\n\n## Jusant\n\nLe temps pendant lequel la mer descend.\n\n"
    french += "## Flot\n\nLe temps pendant lequel la mer monte de nouveau.\n"
    assert [e.language for e in entries_of(_read(english + french))] == ["en", "en", "fr", "fr"]


def test_a_span_of_pandoc_with_an_anchor_is_its_words() -> None:
    text = (
        "---\ntitle: Reference\n---\n\n## Glossary\n\n"
        "[bread dough]{#bread-dough}\n:   A mass of [flour](#flour) and water.\n"
        "See also: [batter](#batter).\n\n"
        "[batter]{#batter}\n:   Thin dough.\n\n[flour]{#flour}\n:    Ground grain.\n"
    )
    dough, batter, flour = entries_of(read_bare(text, PurePath("reference.md")))
    assert (dough.term, dough.summary) == ("bread dough", "A mass of flour and water.")
    assert (batter.term, flour.term) == ("batter", "flour")


def test_several_words_may_be_one_label() -> None:
    text = "# Glossary\n\n## Ebb\n\nIt falls.\n\n**Synonyms / Aliases:** reflux, fall\n\n"
    entries = entries_of(_read(f"{text}## Flow\n\nIt rises.\n\n**Synonyms & Aliases:** N/A\n"))
    assert [(e.aliases, len(e.sections)) for e in entries] == [(("reflux", "fall"), 1), ((), 1)]


def test_a_remark_of_grammar_on_a_line_of_its_own_is_no_definition() -> None:
    text = "# Glossary\n\n## Ebb\n*noun, verb*  \nIt falls.\n\n## Flow\n\n(n.f.)\n\nIt rises.\n"
    assert [e.summary for e in entries_of(_read(text))] == ["It falls.", "It rises."]


@pytest.mark.parametrize(
    ("name", "term", "alias"),
    [
        ("Ebbe (engl. ebb)", "Ebbe", "ebb"),
        ("Jusant (en anglais : ebb)", "Jusant", "ebb"),
        ("Отлив (от англ. ebb)", "Отлив", "ebb"),
        ("引き潮（ひきしお）", "引き潮", "ひきしお"),
        ("الجزر (بالإنجليزية: ebb)", "الجزر", "ebb"),
    ],
)
def test_a_bracket_may_say_how_a_term_is_in_english_or_read(
    name: str, term: str, alias: str
) -> None:
    for text in (f"# Glossar\n\n## {name}\n\nX.\n\n## Y\n\nZ [z](#{name}).\n", f"- **{name}**: X."):
        entry = entries_of(
            _read(text if text[0] == "#" else f"# Glossar\n\n{text}\n- **Y**: Z.\n")
        )[0]
        assert (entry.term, entry.aliases) == (term, (alias,))


def test_letters_in_bold_above_lists_are_no_terms() -> None:
    text = "# Glossary\n\n**A**\n\n- Abaft -- To the stern.\n\n**B**\n\n- Bow -- The front.\n"
    assert _terms(text) == ["Abaft", "Bow"]


def test_a_heading_that_repeats_the_term_of_its_table_is_no_category() -> None:
    table = "### {0} - {1}\n\n| Termo | Definição |\n|---|---|\n| {1} | {2} |\n\n"
    text = "# Glossário\n\n" + table.format(1, "Vazante", "A descida.")
    entries = entries_of(_read(text + table.format(2, "Enchente", "A subida.")))
    assert [(e.term, e.category) for e in entries] == [("Vazante", ""), ("Enchente", "")]


def test_an_anchor_is_made_of_a_heading_without_its_marks() -> None:
    text = "# 用語集\n\n### 引き潮（ひきしお）\n海が引く。\n\n### 満ち潮\n"
    text += "[引き潮](#引き潮ひきしお)の逆。\n"
    assert entries_of(_read(text))[1].links == ("引き潮",)


def test_of_a_page_about_something_else_its_parts_that_are_called_glossaries_are_read() -> None:
    items = "- **{}**: It falls.\n- **{}**: It rises.\n- **{}**: It rests.\n\n"
    text = f"# Harbour\n\nA harbour.\n\n## Glossary\n\n{items.format('Ebb', 'Flow', 'Slack')}"
    text += f"## Rules\n\n{items.format('Who', 'When', 'Where')}"
    text += f"## Acronyms\n\n{items.format('HW', 'LW', 'MSL')}"
    assert _terms(text, "harbour.md") == ["Ebb", "Flow", "Slack", "HW", "LW", "MSL"]


def test_a_definition_may_be_called_so_in_bold_in_few_entries() -> None:
    text = (
        "# Glossary\n\n## Ebb\n**Definition**: It falls.\n\n## Flow\nIt rises.\n\n## Neap\nHalf.\n"
    )
    assert [e.summary for e in entries_of(_read(text))] == ["It falls.", "It rises.", "Half."]


def test_a_heading_above_the_terms_that_its_own_text_defines_is_one() -> None:
    text = (
        "# Glossary\n\n## Bread\n\nBread is baked dough.\n\n### Crust\n\nThe outside.\n\n"
        "### Crumb\n\nThe inside.\n\n## Tools\n\nWhat a baker works with.\n\n"
        "### Peel\n\nA flat shovel.\n\n### Couche\n\nA cloth.\n"
    )
    found = entries_of(read_bare(text, PurePath("glossary.md")))
    assert [e.term for e in found] == ["Bread", "Crust", "Crumb", "Peel", "Couche"]
    assert [e.category for e in found][3:] == ["Tools", "Tools"]


@pytest.mark.parametrize("bullet", ["•", "►", "▪", "◆", "・"])
def test_a_bullet_that_is_none_of_markdown_is_no_text(bullet: str) -> None:
    text = f"# Glossary\n\n{bullet} **Ebb**: It falls.\n{bullet} **Flow**: It rises.\n\nIt is slow."
    found = {entry.term: entry.summary for entry in entries_of(_read(text))}
    assert found == {"Ebb": "It falls.", "Flow": "It rises."}


@pytest.mark.parametrize(
    ("said", "aliases", "summary"),
    [
        ("(auch: Niedrigwasser) Das Wasser fällt.", ("Niedrigwasser",), "Das Wasser fällt."),
        ("(auch Tief genannt), das Fallen.", ("Tief",), "das Fallen."),
        (
            "(low water, ebb tide): Das Wasser fällt.",
            ("low water", "ebb tide"),
            "Das Wasser fällt.",
        ),
        ("(am Meer) Das Wasser fällt.", (), "(am Meer) Das Wasser fällt."),
        ("(of a river) Das Wasser fällt.", (), "(of a river) Das Wasser fällt."),
        ("(Seefahrt): Das Wasser fällt.", (), "(Seefahrt): Das Wasser fällt."),
        ("(siehe auch Flut) Das Wasser fällt.", (), "(siehe auch Flut) Das Wasser fällt."),
    ],
)
def test_a_definition_may_begin_with_other_names_in_brackets(
    said: str, aliases: tuple[str, ...], summary: str
) -> None:
    flood = "Das Wasser steigt, bis es an den Deichen steht und nicht mehr weiter kann."
    ebb, _ = entries_of(_read(f"# Glossar\n\n## Ebbe\n\n{said}\n\n## Flut\n\n{flood}\n"))
    assert (ebb.aliases, ebb.summary) == (aliases, summary)


def test_what_says_that_a_name_is_another_one_is_none_of_it() -> None:
    text = "# Glossário\n\n- **Maré** (ou *preia-mar* / enchente): sobe.\n- **Vaga**: quebra.\n"
    assert entries_of(_read(text))[0].aliases == ("preia-mar", "enchente")


def test_a_table_that_the_text_of_a_term_leads_up_to_is_of_that() -> None:
    rows = "| Code | Meaning |\n|---|---|\n| Fl | flashing |\n| Oc | occulting |\n| Iso | even |\n"
    text = f"# Glossary\n\n**Buoy**: It floats.\n\n**Light**: It shines. Codes:\n\n{rows}\n"
    text += "**Mark**: It stands.\n"
    buoy, light, mark = entries_of(_read(text))
    assert (buoy.term, light.term, mark.term) == ("Buoy", "Light", "Mark")
    assert light.text("body").endswith("Fl; flashing\n\nOc; occulting\n\nIso; even")


def test_a_long_table_below_one_of_many_terms_holds_none() -> None:
    rows = "".join(f"| S{n} | A sign. |\n" for n in range(9))
    table = f"| Symbol | Meaning |\n|---|---|\n{rows}"
    text = f"# Glossary\n\n## Buoy\n\nIt floats.\n\n## Light\n\nIt shines.\n\n{table}\n"
    text += "## Mark\n\nIt stands.\n\n## Tide\n\nIt rises.\n"
    assert _terms(text) == ["Buoy", "Light", "Mark", "Tide"]


def test_a_heading_whose_definition_stands_behind_a_label_is_the_term() -> None:
    parts = "**Definition**: {}\n\n**Seen from**: the pier\n\n**Source file**: sea.c\n\n"
    text = "# Glossary\n\n## Sea\n\n" + "".join(
        f"### {name}\n\n{parts.format(said)}"
        for name, said in (("Ebb", "Fall."), ("Flow", "Rise."))
    )
    assert [(e.term, e.summary) for e in entries_of(_read(text))] == [
        ("Ebb", "Fall."), ("Flow", "Rise."),
    ]  # fmt: skip


def test_an_item_may_name_what_the_paragraphs_below_the_list_define() -> None:
    text = "# Harbour\n\nAbout it.\n\n## Glossary\n\n- ebb:\n\nThe fall.\n\nIt is slow.\n\n"
    text += "- **flow:**\n\nThe rise.\n\n- `slack`:\n\nA rest.\n\n## Rules\n\nNone.\n"
    found = {e.term: (e.summary, e.text("body")) for e in entries_of(_read(text, "sea.md"))}
    assert found == {"ebb": ("The fall.", "It is slow."), "flow": ("The rise.", ""),
                     "slack": ("A rest.", "")}  # fmt: skip


def test_headings_in_html_may_stand_on_lines_of_their_own() -> None:
    text = "> ## Notice\n> Read all.\n\n# Glossary\n\nOf the sea.\n\n"
    for name, said in (("Ebb", "It falls."), ("Spring tide", "It is high.")):
        text += f'<h3 id="of-{name[0]}">\n  {name}\n</h3>\n\n{said}\n\n'
    assert [(e.term, e.summary) for e in entries_of(_read(text))] == [
        ("Ebb", "It falls."), ("Spring tide", "It is high."),
    ]  # fmt: skip


def test_each_line_that_ends_in_a_mark_for_it_may_define_a_term() -> None:
    text = (
        "# Harbour\n\n## Glossary\n\n`ebb` - it falls\\\n`flow` - it rises\\\n`slack` - it rests\n"
    )
    found = {entry.term: entry.summary for entry in entries_of(_read(text, "harbour.md"))}
    assert found == {"ebb": "it falls", "flow": "it rises", "slack": "it rests"}


def test_quotation_marks_about_a_term_are_none_of_it() -> None:
    assert _terms('# Glossary\n\n- "Ebb" - It falls.\n- «Flow» - It rises.\n') == ["Ebb", "Flow"]


def test_names_in_brackets_may_be_in_several_scripts() -> None:
    text = "# Glossary\n\n## MHW (Mean high water, 平均高潮)\n\nA mean.\n\n## Ebb\n\nIt falls.\n"
    assert entries_of(_read(text))[0].aliases == ("Mean high water", "平均高潮")


def test_links_beside_the_terms_are_none() -> None:
    text = (
        "# Glossary\n\n- **Ebb**: It falls.\n- **Flow**: It rises.\n\n## Related documentation\n\n"
    )
    assert _terms(f"{text}- [`sea.md`](sea.md) - How it is.\n") == ["Ebb", "Flow"]


def test_a_line_may_name_what_the_paragraph_below_it_defines() -> None:
    text = "# Harbour\n\n## Key terms\n\nEbb:\n\nIt falls.\nIt is slow.\n\nFlow:\n\nIt rises.\n\n"
    text += "Slack:\n\nIt rests.\n\n## Rules\n\nNone.\n"
    found = {entry.term: entry.summary for entry in entries_of(_read(text, "harbour.md"))}
    assert found == {"Ebb": "It falls. It is slow.", "Flow": "It rises.", "Slack": "It rests."}


def test_a_star_or_a_line_of_its_own_is_of_a_term() -> None:
    text = "# Glossary\n\n### A* (A-Star)\n\nIt searches.\n\n### `__init__`\n\nIt begins.\n"
    found = entries_of(_read(text))
    assert [(e.term, e.aliases) for e in found] == [("A*", ("A-Star",)), ("__init__", ())]


def test_other_names_behind_a_label_are_such_even_if_one_term_alone_has_them() -> None:
    text = "# Glossary\n\n## Ebb\n\nALIASES: low tide\n\nIt falls.\n\n## Flow\n\nIt rises.\n"
    ebb, _ = entries_of(_read(text))
    assert (ebb.aliases, ebb.summary) == (("low tide",), "It falls.")


def test_a_remark_behind_several_terms_is_no_name() -> None:
    rows = "".join(f"- **{name}** *(new)* — It is so.\n" for name in ("Ebb", "Flow", "Slack"))
    assert all(not entry.aliases for entry in entries_of(_read(f"# Glossary\n\n{rows}")))


def test_an_item_may_say_what_the_code_that_it_begins_with_is() -> None:
    text = (
        "# Sea\n\nOf it.\n\n# Terminology\n\n* `ebb` refers to the fall.\n* `flow` is the rise.\n"
    )
    found = {entry.term: entry.summary for entry in entries_of(_read(text, "sea.md"))}
    assert found == {"ebb": "ebb refers to the fall.", "flow": "flow is the rise."}


def test_a_picture_may_stand_behind_a_term_and_two_in_italics_are_enough() -> None:
    text = (
        "# Port\n\nIl est là.\n\n## Lexique\n\n**OS** 🌊 = Organisation du Sud\n\n**CN** = Nord\n"
    )
    assert _terms(text, "port.md") == ["OS", "CN"]
    text = "# Port\n\nIl est là.\n\n## Lexique\n\n*Jusant*: Il descend;\n\n*Flot*: Il monte;\n"
    assert _terms(text, "port.md") == ["Jusant", "Flot"]


def test_english_names_may_stand_alone_above_the_definitions() -> None:
    rows = (
        ("Alta marea", "High tide", "Quando il mare è al suo punto più alto nel giorno."),
        ("Faro", "Lighthouse", "Una torre con una luce che si vede da lontano."),
        ("Vento", "Le brezze", "L'aria che si muove sopra il mare e sopra la terra."),
    )
    text = "# Glossario\n\n" + "".join(f"## {n}\n\n{o}\n\n{d}\n\n" for n, o, d in rows)
    tide, light, wind = entries_of(_read(text))
    assert (tide.aliases, tide.summary) == (("High tide",), rows[0][2])
    assert (light.aliases, light.summary) == (("Lighthouse",), rows[1][2])
    assert (wind.aliases, wind.summary) == ((), "Le brezze")


def test_a_table_of_html_that_is_read_in_pieces_keeps_its_head_in_each() -> None:
    rows = "".join(
        f"<tr><td>{n}</td>\n<td>{'It falls in the evening. ' * 9}</td><td>Reef {n}</td></tr>\n"
        for n in range(2_000)
    )
    head = "<tr><th>No.</th>\n<th>Meaning</th><th>Term</th></tr>\n"
    text = f"# Glossary\n\n<table>\n{head}{rows}</table>\n"
    found = entries_of(read_bare(text, PurePath("glossary.md")))
    assert [e.term for e in found] == [f"Reef {n}" for n in range(2_000)]
    assert [found[n].line for n in (0, 1_999)] == [6, 6 + 2 * 1_999]


def test_a_heading_below_a_term_is_one_if_its_own_text_begins_with_it() -> None:
    text = "# Glossary\n\n## Sail\n\nA cloth.\n\n## Mast\n\nA pole.\n\n## Hull\n\nA body.\n"
    reef = "A cloth.\n\n### `reef`\n\n`reef` is a part that is rolled up."
    assert _terms(text.replace("A cloth.", reef)) == ["Sail", "reef", "Mast", "Hull"]
    uses = re.sub("(A pole.|A body.)", r"\1\n\n### Uses\n\nUses are many.", text)
    assert _terms(uses) == ["Sail", "Mast", "Hull"]  # parts of two terms


def test_a_part_that_is_but_called_terms_may_be_a_glossary() -> None:
    text = "# Hafen\n\n## Begriffe\n\n### Ebbe\n\nSie fällt.\n\n### Flut\n\nSie steigt.\n\n"
    text += "### Stauwasser\n\nEs steht.\n\n## Regeln\n\nKeine.\n"
    assert _terms(text, "hafen.md") == ["Ebbe", "Flut", "Stauwasser"]
    items = "- **Ebbe** — fällt.\n- **Flut** — steigt.\n- **Sog** — zieht.\n"
    text = f"# Hafen\n\n{'Er liegt am Meer. ' * 9}\n\n## Begriffe\n\n{'Wie folgt. ' * 9}\n\n{items}"
    assert _terms(text, "hafen.md") == ["Ebbe", "Flut", "Sog"]


def test_what_a_japanese_text_lists_behind_dots_are_items() -> None:
    text = "# 用語集\n\n## 潮\n\n・上げ潮がある\n・下げ潮がある\n\n## 波\n\n海面の動き。\n"
    (tide, _) = entries_of(_read(text))
    assert [section.text for section in tide.sections] == ["上げ潮がある", "下げ潮がある"]


def test_the_word_behind_one_in_bold_is_of_the_term() -> None:
    text = (
        "# Glossary\n\n- **Haul** X : Take X nets in.\n- **Sink** Net: Let it down.\n"
        "- **Ebb** noun: It falls.\n- **LW** Low water: The least.\n"
    )
    assert [entry.term for entry in entries_of(_read(text))] == ["Haul X", "Sink Net", "Ebb", "LW"]


def test_in_which_sense_a_term_is_meant_is_no_other_name() -> None:
    text = "# Glossary\n\n- **Yaw** (of a boat): It turns.\n- **Ebb** (low tide): It falls.\n"
    (yaw, ebb) = entries_of(_read(text))
    assert (yaw.aliases, yaw.summary) == ((), "(of a boat) It turns.")
    assert (ebb.aliases, ebb.summary) == (("low tide",), "It falls.")


@pytest.mark.parametrize("name", [".env", "e.g.", "un-", "--help"])
def test_marks_that_a_name_begins_or_ends_with_are_its_own(name: str) -> None:
    text = f"# Glossary\n\n- **{name}**: It is so written.\n- **Ebb**: It falls.\n"
    assert [entry.term for entry in entries_of(_read(text))] == [name, "Ebb"]


@pytest.mark.parametrize(
    "heading",
    [
        "Begrepp",
        "Begrepp (kort)",
        "Pojęcia",
        "Begrippen",
        "Όροι",
        "Begriffe: #sea",
        "Terms & Definitions",
    ],
)
def test_a_part_of_a_page_is_a_glossary_in_other_languages_too(heading: str) -> None:
    terms = "- **Ebb**: It falls.\n- **Flow**: It rises.\n- **Slack**: It rests.\n"
    text = f"# The sea\n\n## Aim\n\nTo tell of it.\n\n## {heading}\n\n{terms}\n## Data\n\nSome.\n"
    assert _terms(text, "sea.md") == ["Ebb", "Flow", "Slack"]


@pytest.mark.parametrize("head", ["| Term | {0} |", "| Field | Value |", "| | |"])
def test_tables_that_are_forms_tell_of_the_terms_above_them(head: str) -> None:
    form = (
        "## {0}\n\n" + head + "\n|---|---|\n| **Definition** | It is {1}. |\n"
        "| Synonyms | {2} |\n| Broader | The sea |\n\n"
    )
    rows = (("Ebb", "a fall", "Low tide"), ("Flow", "a rise", "High tide"))
    text = "# Glossary\n\n" + "".join(form.format(*row) for row in rows)
    found = entries_of(_read(text))
    assert [(e.term, e.summary, e.aliases) for e in found] == [
        (term, f"It is {said}.", (other,)) for term, said, other in rows
    ]
    assert found[0].sections[1].text == "Broader: The sea"


def test_a_glossary_below_a_rule_is_no_version_of_the_page_in_another_script() -> None:
    text = (
        "# Море\n\nОно поднимается и опускается дважды в день.\n\n---\n\n# Словарь терминов\n\n"
        "**Ebb** — the water falls, and rather slowly.\n\n**Flow** — the water rises again.\n"
    )
    assert _terms(text, "sea.md") == ["Ebb", "Flow"]


def test_words_in_bold_above_a_list_of_terms_are_none_of_them() -> None:
    text = (
        "# 海\n\n" + "海很大，水很多。\n\n" * 9 + "## 名词解释\n\n**海的动作：**\n\n"
        "- 落潮：水下降\n\n- 涨潮：水上升\n\n- 平潮：水不动\n"
    )
    assert _terms(text, "sea.md") == ["落潮", "涨潮", "平潮"]


def test_each_line_of_a_paragraph_may_begin_with_a_term_and_a_colon() -> None:
    text = (
        "# Sea\n\n## Glossary\nEbb: It falls.\nFlow: It rises;\nSlack: It rests\n\n## Use\nOf it.\n"
    )
    assert _terms(text, "sea.md") == ["Ebb", "Flow", "Slack"]


def test_rules_part_no_versions_of_a_page_that_has_a_glossary_as_a_part() -> None:
    text = (
        "# Sea\n\n海はとても広くて、水がたくさんあります。\n\n#### 用語集\n\n"
        "| 用語 | 定義 |\n|---|---|\n| 引き潮 | 下がる水 |\n| 満ち潮 | 上がる水 |\n\n---\n\n"
        "The sea is wide and has much water.\n"
    )
    assert _terms(text, "sea.md") == ["引き潮", "満ち潮"]


def test_lines_without_end_are_read_up_to_a_number_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "A fold in a sail. " * 20
    text = "# Glossary\n\n" + "".join(f"## Reef {n}\n\n{said}\n\n" for n in range(600))
    assert len(entries_of(read_bare(text, PurePath("glossary.md")))) == 600
    monkeypatch.setattr(prose, "_MOST_LINES", 900)
    found = list(read_bare(text, PurePath("glossary.md")))
    assert 200 < len(entries_of(found)) < 600
    fault = faults_of(found)[0]
    assert "is not read from here on" in fault.message
    assert fault.line > 900


def test_a_page_of_a_letter_holds_the_terms_that_begin_with_it() -> None:
    title, words = "---\ntitle: C\n---\n\n", ("Cable", "Cleat", "Current")
    terms = "".join(f"### {word}\n\nClose to the sea it is.\n\n" for word in words)
    assert _terms(title + terms, "c.md") == ["Cable", "Cleat", "Current"]
    parts = terms.replace("Cable", "History").replace("Cleat", "Uses")
    assert _terms(title + parts, "c.md") == ["C"]  # the language of that name


def test_a_column_that_the_rule_of_a_table_leaves_out_is_one() -> None:
    table = "| Term | Meaning | Source |\n|---|---|   |\n| Ebb | It falls. | A map |\n"
    text = f"# Glossary\n\n{table}| Flow | It rises. | A map |\n"
    assert _entries(text)["Ebb"].summary == "It falls."


@pytest.mark.parametrize("row", ["| [{0}](#{0}) | It {0}s. |", "- [{0}](#{0}): It {0}s."])
def test_what_lists_the_headings_above_them_holds_no_terms(row: str) -> None:
    names = ["Flow", "Ebb", "Slack", "Bore"]
    head = "| Concept | In a line |\n|---|---|\n" if row.startswith("|") else ""
    table = head + "\n".join(row.format(name) for name in names)
    said = "Of **water**.\n\n- **The moon pulls.** It is near.\n- **The sun pulls.** It is far.\n"
    text = f"# Glossary\n\n{table}\n\n" + "\n".join(f"## {name}\n\n{said}" for name in names)
    assert _terms(text, "glossary.md") == names


@pytest.mark.parametrize(
    "body",
    [
        "**Ebb** - It falls.\n\n**Eddy** - It turns.\n",
        "- **Ebb**: It falls.\n- **Eddy**: It turns.\n",
        "| Word | Sense |\n|---|---|\n| Ebb | It falls. |\n| Eddy | It turns. |\n",
        "Ebb\n: It falls.\n\nEddy\n: It turns.\n",
    ],
)
def test_a_page_of_a_letter_holds_what_begins_with_it(body: str) -> None:
    assert _terms(f"# E\n\n{body}", "e.md") == ["Ebb", "Eddy"]


def test_a_table_of_two_terms_may_be_all_of_a_page_that_a_category_names() -> None:
    table = "| Term | Meaning |\n|---|---|\n| Jib | A small sail. |\n| Luff | An edge of it. |\n"
    assert _terms(f"---\ntitle: Sails\n---\n\n{table}", "sails.md") == ["Jib", "Luff"]


def test_a_comma_parts_the_terms_of_a_list_from_what_they_mean() -> None:
    items = "- **Ebb**, the fall of the sea.\n- **Flow**, its rise, twice a day.\n"
    found = _entries(f"# Manual\n\nOn the sea.\n\n## Glossary\n\n{items}\n## Use\n\nSail.\n")
    assert found["Flow"].summary == "its rise, twice a day."


@pytest.mark.parametrize("word", ["eller", "lub", "nebo", "или", "veya", "atau", "hoặc"])
def test_a_second_name_stands_behind_or_in_any_language(word: str) -> None:
    found = _entries(f"# Glossary\n\n**Ebb** {word} **fall** = It falls.\n\n**Flow** = It rises.\n")
    assert (found["Ebb"].aliases, found["Ebb"].summary) == (("fall",), "It falls.")


def test_a_bracket_in_a_name_may_hold_a_stop() -> None:
    found = _entries("# Glossary\n\n- Ebb (pl. odpływ) - It falls.\n- Flow - It rises.\n")
    assert list(found) == ["Ebb (pl. odpływ)", "Flow"]


@pytest.mark.parametrize("title", ["Slovníček pojmů", "Begrepsliste", "Fjalori", "名詞解釋"])
def test_a_section_may_be_called_a_glossary_in_any_language(title: str) -> None:
    text = (
        f"# Sea\n\nOn it.\n\n## {title}\n\n- Ebb: It falls.\n- Flow: It rises.\n\n## Use\n\nSail.\n"
    )
    assert _terms(text, "sea.md") == ["Ebb", "Flow"]


@pytest.mark.parametrize(
    "fence",
    [
        "```yaml\n- term: Ebb\n  meaning: It falls.\n- term: Flow\n  meaning: It rises.\n```\n",
        "```yaml\nglossary:\n  Ebb: It falls.\n  Flow: It rises.\n```\n",
        '```json\n{"Ebb": "It falls.",\n "Flow": "It rises."}\n```\n',
    ],
)
@pytest.mark.parametrize("above", ["# Tides\n\nOn the sea.\n\n## Glossary\n\n", "# Glossary\n\n"])
def test_a_glossary_may_be_data_between_fences(above: str, fence: str) -> None:
    found = _entries(f"{above}Words.\n\n{fence}\n")
    assert [(each.term, each.summary) for each in found.values()] == [
        ("Ebb", "It falls."), ("Flow", "It rises."),
    ]  # fmt: skip
    assert found["Ebb"].line in range(above.count("\n") + 4, above.count("\n") + 6)


def test_a_part_that_tells_in_which_language_one_speaks_holds_terms() -> None:
    words = "".join(f"**{name}**:\nIt moves.\n_Avoid_: sea\n\n" for name in ("Ebb", "Flow", "Bore"))
    roles = "- An **Ebb** follows a **Flow**\n- A **Bore** is a **Flow** in a river\n"
    dialogue = "".join(f"> **Pilot:** “Is that a **{n}**? I see it.”\n" for n in ("Ebb", "Flow"))
    text = (
        f"# Tides\n\nA log of tides.\n\n## Language\n\n{words}## Relations\n\n{roles}\n{dialogue}"
    )
    assert _terms(text, "CONTEXT.md") == ["Ebb", "Flow", "Bore"]
    assert _terms("# Sea\n\n## Language\n\nIts **name** is short.\n", "sea.md") == ["Sea"]


def test_terms_may_stand_alone_above_what_they_mean_without_a_mark() -> None:
    said = "{0}\n\nA {0} is a move of the sea that comes twice a day.\n\nKind: a tide\n\n"
    words = "".join(said.format(name) for name in ("ebb", "flow", "slack / stand"))
    found = _entries(f"# Glossary of tides\n\n{words}", "words.md")
    assert list(found) == ["ebb", "flow", "slack / stand"]
    assert found["ebb"].summary == "A ebb is a move of the sea that comes twice a day."


def test_the_head_of_a_table_of_acronyms_may_be_its_first_row() -> None:
    rows = ["MHW", "Mean High Water"], ["MLW", "Mean Low Water"], ["LAT", "Lowest Tide of All"]
    first, *others = (f"| {' | '.join(row)} |\n" for row in rows)
    found = _entries(f"# Acronyms\n\n{first}|---|---|\n{''.join(others)}")
    assert [entry.summary for entry in found.values()] == [row[1] for row in rows]


@pytest.mark.parametrize("title", ["Definiciones y acrónimos", "Abkürzungen", "Сокращения"])
def test_a_part_may_be_a_list_of_acronyms_in_any_language(title: str) -> None:
    words = "MHW: Mean high water.\nMLW: Mean low water.\nMSL: Mean sea level.\n"
    text = f"# Sea\n\nOn it.\n\n### {title}:\n{words}\n## Use\n\nSail.\n"
    assert _terms(text, "sea.md") == ["MHW", "MLW", "MSL"]


def test_items_that_end_in_a_colon_head_lists_of_what_they_mean() -> None:
    said = (
        "# Sea\n\n## Glossary\n- Ebb:\n  - It falls.\n  - Twice a day.\n- Flow:\n  - It rises.\n\n"
    )
    assert _terms(f"{said}## Use\n\n1. Sail.\n", "sea.md") == ["Ebb", "Flow"]


def test_headings_above_the_terms_are_terms_if_half_of_them_define_themselves() -> None:
    parts = {"Tide": ("Ebb", "Flow", "Slack"), "Sea": ("Shore", "Surf"), "Moon": ()}
    said = {"Tide": "**Tide** is what moves.", "Moon": "**Moon** is what draws."}
    text = "# Glossary\n\n## Words\n\n"
    for term, below in parts.items():
        text += f"### {term}\n\n{said.get(term, 'As in most places, it is salt.')}\n\n"
        text += "".join(f"#### {part}\n\nIt is part of that.\n\n" for part in below)
    terms = [entry.term for entry in entries_of(_read(text, "glossary.md"))]
    assert terms == ["Tide", "Ebb", "Flow", "Slack", "Sea", "Shore", "Surf", "Moon"]


def test_a_blank_line_may_part_several_names_from_what_they_mean() -> None:
    text = "# Glossary\n\n```{glossary}\nEbb\nFall\n\n    It falls.\n\nFlow\n\n    It rises.\n```\n"
    assert [(e.term, e.aliases) for e in _entries(text).values()] == [
        ("Ebb", ("Fall",)),
        ("Flow", ()),
    ]


_FORM = "### {0}\n- Definition: What a {0} is.\n- Synonyms: {1}\n- Notes: none\n\n"


def test_headings_below_one_called_terms_are_the_terms_of_a_page_of_other_parts() -> None:
    words = _FORM.format("Berth", "dock, mooring") + _FORM.format("Pilot", "none")
    text = f"# Domain glossary\n\n## Purpose\nIt tells.\n\n## Status\nGood.\n\n## Terms\n\n{words}"
    found = _entries(f"{text}## Entities\n- Entity: Ship\n\n## Check\n- All done.\n")
    assert {name: (e.summary, e.aliases) for name, e in found.items()} == {
        "Berth": ("What a Berth is.", ("dock", "mooring")),
        "Pilot": ("What a Pilot is.", ()),
    }


@pytest.mark.parametrize("times", [2, 3])
def test_labels_below_headings_are_no_terms_beside_lists_of_them(times: int) -> None:
    said = "### {}\n**Definition**: It is known.\n**Code**: `a.py`\n**Rules**:\n- Bar: So.\n\n"
    words = "".join(map(said.format, ("Berth", "Pilot", "Tug")[:times]))
    text = f"# Domain concepts & terminology\n\n**Project**: Port\n\n## Core concepts\n\n{words}"
    text += "## Technical\n\n### Event log\n**Purpose**: It keeps all.\n**Code**: `e.py`\n\n"
    text += "## Glossary\n\n### Port terms\n- **Ebb**: It falls.\n- **Flow**: It rises.\n\n"
    text += "## Cross-references\n- **Layers**: See [layers](layers.md).\n"
    names = ["Berth", "Pilot", "Tug"][:times]
    assert _terms(text, "map.md") == [*names, "Event log", "Ebb", "Flow"]


def test_a_label_that_but_names_the_term_is_none_of_its_text() -> None:
    said = "### {0}\n\n**Canonical term:** `{0}`\n\n{0}s are known.\n\n"
    found = _entries(f"# Terminology\n\n{said.format('Ebb')}{said.format('Tide')}")
    assert [entry.summary for entry in found.values()] == ["Ebbs are known.", "Tides are known."]


def test_words_and_what_they_mean_may_be_columns_in_korean() -> None:
    rows = "| 말 | 뜻 |\n|---|---|\n| **썰물** | 물이 빠지는 것 |\n| **밀물** | 물이 드는 것 |\n"
    assert _terms(f"# 용어 정리\n\n바다.\n\n## 화면에서 쓰는 말\n\n{rows}") == ["썰물", "밀물"]


def test_headings_that_recur_below_each_other_heading_are_parts_of_terms() -> None:
    parts = "### Definición de Negocio\nUna **{0}** es conocida.\n\n"
    parts += "### Atributos\n* **Id:** Su número.\n\n"
    words = "".join(
        f"## {n}. Entidad: {name}\n\n{parts.format(name)}---\n\n"
        for n, name in enumerate(("Mesa", "Carta", "Marea"), 1)
    )
    found = _entries(f"# Glosario\n\nEl vocabulario.\n\n{words}")
    assert {name: entry.summary for name, entry in found.items()} == {
        name: f"Una {name} es conocida." for name in ("Mesa", "Carta", "Marea")
    }
    assert [section.heading for section in found["Mesa"].sections][1:] == ["Atributos"]
