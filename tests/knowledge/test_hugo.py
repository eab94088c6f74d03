"""Sites of Hugo: its shortcodes, front matter, footnotes, sections and pairs of languages."""

from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites.macros import expanded
from knowledge.formats.sites.site import read
from tests.knowledge.conftest import entries_of, only_entry


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
