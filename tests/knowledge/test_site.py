"""Pages of documentation sites: Hugo, Kubernetes, Jekyll, MDN, Docusaurus, MkDocs, Obsidian."""

from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites import paths
from knowledge.formats.sites.macros import expanded
from knowledge.formats.sites.site import read, read_bare, recognises
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault, write_files

KUBERNETES = """\
---
title: Steeping
id: steeping
date: 2024-04-12
full_link: /docs/tea/steeping/
short_description: >
  Leaving leaves in water.

aka:
- infusing
tags:
- fundamental
- brewing
---
 Leaving {{< glossary_tooltip text="leaves" term_id="leaf" >}} in hot water, by way of the
{{< glossary_tooltip term_id="tea-pot" >}}.

<!--more-->

{{< note >}}
Since v{{< skew currentVersion >}} see [the kettle]({{< ref "kettle.md" >}}), `--heat`
and _patience_.
{{< /note >}}
"""
MDN = """\
---
title: Ebb tide
slug: Glossary/Ebb_tide
page-type: glossary-definition
---

{{GlossarySidebar}}

An **ebb tide** is the {{Glossary("Tide/Falling", "falling tide")}} of a
{{glossary("Sea")}}{{optional_inline}}.
It is set by {{cssxref("width")}} and the {{HTMLElement("main")}} element.

> [!NOTE]
> It is [not the neap](/en-US/docs/Glossary/Neap_tide).

| Hour | Depth |
| ---- | ----- |
| 3    | `2 m` |

## In harbours

![A quay](quay.png) Boats <ruby>wait</ruby>.<sup>1</sup>

## See also

- [Tides of the North](https://tides.example/north) by the sea
- {{Glossary("Spring tide")}}
- Nothing else
"""
JEKYLL = """\
---
layout: term
title: Proofing
permalink: /glossary/proofing/
synonyms: [final rise, proving]
related:
  - title: Bulk rise
    url: /glossary/bulk-rise/
aliases: [/old/proofing/]
lastmod: 2025-02-03T10:00:00Z
sources:
  - name: Bread at Home
    url: https://bread.example/home
---
The last rise before [baking]({% link _glossary/baking.md %}){:.term}, of {{ site.title }} bread.
{: .lead}

{% include figure.html src="dough.png" %}

1. Shape it.
2. Wait[^1].

[^1]: An hour or so.
"""
DOCUSAURUS = """\
---
id: leaven
title: Leaven
sidebar_label: Leaven
hoverText: What makes dough rise.
---
import Term from '@site/src/Term';

{/* not to be shown */}

<Term id="yeast">Yeast</Term> or what takes its place. {/* nor this */}

:::tip Keep it warm

It works at 25 °C.

:::

## In use {#in-use}

<Box title={"a > b"} />
Stir **well**.
"""


def _read(text: str, path: str = "content/en/docs/glossary/x.md") -> list[Entry | Fault]:
    return list(read(text, PurePath(path)))


def _text(body: str, path: str = "x.md") -> str:
    (entry,) = entries_of(_read(f"---\ntitle: Tea\n---\n{body}", path))
    return "\n\n".join(section.text for section in entry.sections)


def test_an_entry_of_kubernetes_is_read() -> None:
    entry = only_entry(_read(KUBERNETES))
    assert (entry.key, entry.term, entry.aliases) == ("en/steeping", "Steeping", ("infusing",))
    assert (entry.category, str(entry.updated)) == ("fundamental", "2024-04-12")
    assert entry.summary == "Leaving leaves in hot water, by way of the tea pot."
    assert entry.text("body") == "Since v see the kettle, --heat and patience."
    assert entry.links == ("leaf", "tea-pot", "kettle")
    assert entry.sources == ()


def test_an_entry_of_mdn_is_read() -> None:
    warning, entry = _read(MDN, "files/en-us/glossary/ebb_tide/index.md")
    assert isinstance(warning, Fault)
    assert isinstance(entry, Entry)
    assert (entry.key, entry.term, entry.category) == ("en-US/ebb-tide", "Ebb tide", "")
    assert entry.summary == (
        "An ebb tide is the falling tide of a Sea. It is set by width and the <main> element."
    )
    assert entry.text("body") == "It is not the neap.\n\nHour; Depth\n\n3; 2 m"
    assert entry.text("in-harbours") == "Boats wait."
    assert [section.name for section in entry.sections] == ["summary", "body", "in-harbours"]
    links = ("tide-falling", "sea", "neap-tide", "spring-tide", "nothing-else")
    assert entry.links == links
    assert [(s.title, s.url) for s in entry.sources] == [
        ("Tides of the North", "https://tides.example/north")
    ]


def test_what_is_left_out_is_counted_in_one_warning() -> None:
    (fault,) = faults_of(_read(MDN))
    assert (fault.severity, fault.line) == ("warning", 22)
    assert "1 image and 2 HTML tags" in fault.message


def test_an_entry_of_jekyll_is_read() -> None:
    entry = only_entry(_read(JEKYLL, "_glossary/2025-01-01-proofing.md"))
    assert (entry.id, entry.aliases) == ("proofing", ("final rise", "proving"))
    assert str(entry.updated) == "2025-02-03"
    assert entry.summary == "The last rise before baking, of bread."
    assert entry.text("body") == "Shape it.\n\nWait.\n\nAn hour or so."
    assert entry.links == ("bulk-rise", "baking")
    assert [(s.title, s.url) for s in entry.sources] == [
        ("Bread at Home", "https://bread.example/home")
    ]


def test_an_entry_of_docusaurus_is_read() -> None:
    entry = only_entry(_read(DOCUSAURUS, "docs/terms/leaven.mdx"))
    assert (entry.id, entry.term) == ("leaven", "Leaven")
    assert entry.summary == "Yeast or what takes its place."
    assert entry.text("body") == "It works at 25 °C."
    assert entry.text("in-use") == "Stir well."


def test_front_matter_may_be_toml_or_json() -> None:
    toml = '+++\ntitle = "Kettle"\ncategories = ["Kitchen"]\ndate = 2024-01-02\n+++\nIt boils.\n'
    json = (
        '{\n  "title": "Kettle",\n  "categories": ["Kitchen"],\n'
        '  "date": "2024-01-02"\n}\n\nIt boils.\n'
    )
    for text in (toml, json):
        assert recognises(text)
        entry = only_entry(_read(text, "kettle.md"))
        assert (entry.term, entry.category, entry.summary) == ("Kettle", "Kitchen", "It boils.")
        assert str(entry.updated) == "2024-01-02"
    assert not recognises('{\n"term": "Kettle"\n}\n')
    assert not recognises('{\n"a": 1\n}\n{\n"a": 2\n}\n')


@pytest.mark.parametrize(
    ("text", "path", "term"),
    [
        ("---\nterm: Tea\ntitle: All about tea\n---\nA drink.", "x.md", "Tea"),
        ("---\ntitle: Tea\n---\n# The drink\nA drink.", "x.md", "Tea"),
        ("---\nweight: 3\n---\n# Green tea\nA drink.", "x.md", "Green tea"),
        ("---\nweight: 3\n---\nA drink.", "glossary/green-tea.md", "Green tea"),
        ("---\nweight: 3\n---\nA drink.", "glossary/green-tea/index.md", "Green tea"),
        ("---\ntitle: 'The `kettle` &amp; *pot*'\n---\nA drink.", "x.md", "The kettle & pot"),
    ],
)
def test_a_page_is_named_by_its_term_its_title_its_heading_or_its_file(
    text: str, path: str, term: str
) -> None:
    assert only_entry(_read(text, path)).term == term


@pytest.mark.parametrize(
    "field", ["definition", "short_description", "shortdef", "description", "summary", "hoverText"]
)
def test_a_definition_may_stand_in_the_front_matter_alone(field: str) -> None:
    entry = only_entry(_read(f"---\ntitle: Tea\n{field}: A **hot** [drink](/d).\n---\n"))
    assert entry.summary == "A hot drink."


def test_the_body_goes_before_a_short_description() -> None:
    text = "---\ntitle: Tea\nshort_description: Hot.\n---\n{}"
    assert only_entry(_read(text.format("A drink."))).summary == "A drink."
    headed = only_entry(_read(text.format("## Origin\n\nFar away.")))
    assert (headed.summary, headed.text("origin")) == ("Hot.", "Far away.")


def test_the_first_section_is_the_definition_where_all_stands_under_headings() -> None:
    body = "## What is it?\n\nA drink.\n\nHot.\n\n## How it helps\n\nIt warms."
    entry = only_entry(_read(f"---\ntitle: Tea\n---\n{body}"))
    assert (entry.summary, entry.text("body")) == ("A drink.", "Hot.")
    assert [s.heading for s in entry.sections if s.text] == ["", "", "How it helps"]


ARABIC = """\
---
title: الجَزْر
category: البحر
---

## ما هو
الجزر هو انحسار ماء البحر عن [الشاطئ](/shore/) مرتين كل يوم.

{{< alert >}}يتبع [[القمر|قمر الأرض]].{{< /alert >}}

## انظر أيضًا

- [المد](/tide/)
- [كتاب البحر](https://sea.example/book)
"""


def test_arabic_pages_are_read_as_english_ones_are() -> None:
    entry = only_entry(_read(ARABIC, "content/ar/ebb.md"))
    assert (entry.key, entry.term, entry.category) == ("ar/ebb", "الجَزْر", "البحر")
    assert entry.summary == "الجزر هو انحسار ماء البحر عن الشاطئ مرتين كل يوم."
    assert entry.text("body") == "يتبع قمر الأرض."
    assert entry.links == ("shore", "القمر", "tide")
    assert [source.title for source in entry.sources] == ["كتاب البحر"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Hot {{% param 'x' %}} tea", "Hot tea"),
        ('{{< term "green tea" >}} is hot', "green tea is hot"),
        ("{% glossary green tea, display: greens %} are hot", "greens are hot"),
        ("{{Interwiki('wikipedia', 'Tea', 'The Tea')}}", "The Tea"),
        ("[[Green tea#Leaf|leaf]] and [[Pot]]", "leaf and Pot"),
        ("![[tea.png]] Hot", "Hot"),
        ("is _hot_ snake_case tea", "is hot snake_case tea"),
        ("[TOC]\n\nHot", "Hot"),
        ("!!! note\n    Hot *tea*.\n\nCold.", "Hot tea.\n\nCold."),
        ("HTML tea.\n\n*[HTML]: HyperText", "HTML tea."),
        ("- [x] Hot\n- [ ] Cold", "Hot\n\nCold"),
        ("~~Cold~~ ==hot== H<sub>2</sub>O&nbsp;tea", "Cold hot H2O tea"),
        ("10<sup>15</sup> leaves", "10^15 leaves"),
        ("<p>Hot <b>tea</b></p>", "Hot tea"),
        ("{term}`Hot` tea", "Hot tea"),
        ("**茶（tea）**は熱い", "茶（tea）は熱い"),
        ("[Hot tea](a b.md) [x][y]", "Hot tea x"),
        ("<!-- a\n\nb -->Hot", "Hot"),
        ("Use `{{x}}` and `**`", "Use {{x}} and **"),
        ("Hot\n\n```js\n{{x}} <b>\n```", "Hot\n\n{{x}} <b>"),
        ("Leaf\n: A part\n\nPot\n: A vessel", "Leaf\n\nA part\n\nPot\n\nA vessel"),
        ("Hot.{{ x | y }} Tea {%- if a -%}now{% endif %}", "Hot. Tea now"),
    ],
)
def test_no_markup_is_left_over(body: str, text: str) -> None:
    assert _text(body) == text


def test_macros_keep_every_line_on_its_line() -> None:
    text = "a\n{{< figure\n src='x'\n>}}\n<!-- b\n\nc -->\n:::tip\nd\n:::\ne"
    assert expanded(text).count("\n") == text.count("\n")
    assert expanded(text).endswith("\ne")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("ar/_index.md", "---\ntitle: Sea\n---\nAll terms.", id="a section"),
        pytest.param("_index.md", "# Terms\n\nAll.\n\n## Help\n\nHelp us.", id="no front matter"),
        pytest.param("glossary/index.md", "---\ntitle: Glossary\n---\nAll terms.", id="an index"),
        pytest.param("x/index.md", "---\ntitle: X\npage-type: landing-page\n---\nx.", id="landing"),
        pytest.param("_TEMPLATE.md", "---\ntitle: Your term\n---\nWhat it is.", id="a template"),
        pytest.param("a.md", "---\ntitle: Sea\nlayout: search\n---\n", id="a search page"),
        pytest.param(
            "a.md", "---\ntitle: Sea\n---\n\n- [Ebb](ebb.md)\n- [Flow](flow.md)", id="links"
        ),
        pytest.param("a.md", "---\ntitle: Sea\n---\n\n", id="nothing"),
    ],
)
def test_a_page_that_holds_no_entry_is_passed_over(path: str, text: str) -> None:
    reader = read if recognises(text) else read_bare
    fault = only_fault(list(reader(text, PurePath(path))))
    assert fault.severity == "warning"
    assert "holds no entry" in fault.message


def test_the_page_of_a_section_with_a_definition_is_an_entry() -> None:
    text = "---\ntitle: Sea\ndefinition: Much salt water.\n---\n"
    assert only_entry(_read(text, "en/sea/_index.md")).id == "sea"


def test_yaml_that_is_broken_is_read_line_by_line() -> None:
    text = (
        "---\ntitle: Tea: a drink\nshort_description: >\nA hot: drink.\ntags:\n- Hot\n"
        "---\nA drink.\n"
    )
    warning, entry = _read(text)
    assert isinstance(warning, Fault)
    assert isinstance(entry, Entry)
    assert (warning.severity, warning.line) == ("warning", 2)
    assert (entry.term, entry.category) == ("Tea: a drink", "Hot")


def test_a_field_that_sites_add_is_no_fault() -> None:
    text = "---\nterm: Tea\ntitle: Tea\nweight: 3\nfancy: yes\n---\nA drink."
    assert only_entry(_read(text)).term == "Tea"


def test_a_page_without_front_matter_is_named_by_its_heading(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"tea.md": "# Tea\n\nA **hot** drink.\n"})
    assert only_entry(read_all(folder)).summary == "A hot drink."


@pytest.mark.parametrize(
    ("path", "language", "entry_id"),
    [
        ("content/en/docs/glossary/tea.md", "en", "tea"),
        ("content/zh-cn/tea.md", "zh-CN", "tea"),
        ("pt_BR/glossary/tea.md", "pt-BR", "tea"),
        ("files/en-us/glossary/block/css/index.md", "en-US", "block/css"),
        ("docs/tea.ar.md", "ar", "tea"),
        ("docs/tea/index.ar.md", "ar", "tea"),
        ("i18n/fil/tea.md", "fil", "tea"),
        ("src/os/app/doc/man/law/tea.md", "", "tea"),
        ("docs/v1.2.md", "", "v1.2"),
        ("zh-Hant/tea.md", "zh-Hant", "tea"),
    ],
)
def test_a_path_tells_the_language_and_the_id(path: str, language: str, entry_id: str) -> None:
    assert paths.language(PurePath(path)) == language
    assert paths.entry_id(PurePath(path)) == entry_id


def test_pages_pair_across_languages_and_links_become_relations(tmp_path: Path) -> None:
    leaf = "---\ntitle: {}\nid: leaf\n---\n{}"
    folder = write_files(
        tmp_path,
        {
            "content/en/steeping.md": KUBERNETES,
            "content/en/leaf.md": leaf.format("Leaf", "What tea is made of."),
            "content/ar/leaf.md": leaf.format("ورقة", "ما يُصنع منه الشاي."),
        },
    )
    glossary = Glossary.read(folder)
    assert [entry.key for entry in glossary.versions("leaf")] == ["ar/leaf", "en/leaf"]
    steeping = glossary.get("steeping", "en")
    assert steeping is not None
    assert steeping.related == ("leaf",)


def test_a_page_that_only_sends_to_another_is_a_name_of_that(tmp_path: Path) -> None:
    pages = {
        "ebb.md": "---\ntitle: Ebb\n---\nThe sea falls back from the shore.\n",
        "reflux.md": "---\ntitle: Reflux\n---\nSee: [Ebb tide](ebb.md)\n",
        "jusant.md": "---\ntitle: Jusant\n---\nVoir Ebb.\n",
        "bore.md": "---\ntitle: Bore\n---\nSee eagre.\n",
        "low.md": "---\ntitle: Low\n---\nSee [Ebb](ebb.md). It is the end of that.\n",
    }
    glossary = Glossary.read(write_files(tmp_path, pages))
    assert [(e.term, e.aliases) for e in glossary.entries] == [
        ("Bore", ()),
        ("Ebb", ("Jusant", "Reflux")),
        ("Low", ()),
    ]


FIXTURES = (KUBERNETES, MDN, JEKYLL, DOCUSAURUS, ARABIC)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FIXTURES), st.data())
def test_a_mutated_page_never_raises(fixture: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(fixture)))
    end = data.draw(st.integers(start, len(fixture)))
    piece = data.draw(st.text("{}<>%[]()|*_`\n -:#=!\"'aب+", max_size=20))
    text = fixture[:start] + piece + fixture[end:]
    if recognises(text):
        assert all(isinstance(item, Entry | Fault) for item in _read(text))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_arbitrary_text_never_raises(text: str) -> None:
    for whole in (f"---\ntitle: Tea\n---\n{text}", f"---\n{text}\n---\nx", f"+++\n{text}\n+++\nx"):
        assert all(isinstance(item, Entry | Fault) for item in _read(whole))
    assert entries_of(read_bare(f"# Tea\n\nA drink.\n\n{text}", PurePath("x.md"))) is not None
