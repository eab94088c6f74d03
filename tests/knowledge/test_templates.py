"""Pages that a generator fills in, and pages whose script holds their terms."""

from pathlib import Path

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read
from tests.knowledge.conftest import entries_of, write_files

TERMS = "<dl><dt>kettle</dt><dd>It boils.</dd><dt>pot</dt><dd>It holds tea.</dd></dl>"
BLOCKS = f"""{{% extends "base.html" %}}
{{% block body %}}<h1>{{% trans "Glossary" %}}</h1>
{TERMS}<p>{{{{ page.date }}}}</p>
{{% endblock %}}"""
LOOP = f"""---
---
<div><dl>{{% for each in terms %}}<dt>{{{{ each.term }}}}</dt><dd>{{{{ each.text }}}}</dd>
{{% endfor %}}</dl>{TERMS}</div>"""
HELD = """{"terms": [{"term": "kettle", "definition": "It boils."},
{"term": "pot", "definition": "It holds tea."}]}"""
BOTH = [("kettle", "It boils."), ("pot", "It holds tea.")]


def _read(folder: Path, html: str) -> list[Entry | Fault]:
    write_files(folder, {"glossary.html": html})
    return list(read(folder / "glossary.html"))


@pytest.mark.parametrize(
    "html",
    [
        f"---\ntitle: Glossary\nlayout: default\n---\n<html><body>{TERMS}</body></html>",
        f"---\ntitle: Glossary\n---\n\n<section>{TERMS}</section>\n",
        f"<html><title>Glossary</title><section>{TERMS}</section>",
        BLOCKS,
        LOOP,
    ],
    ids=["a whole page", "a piece of one", "no body", "blocks", "a loop"],
)
def test_a_template_is_read_without_its_own_marks(tmp_path: Path, html: str) -> None:
    found = entries_of(_read(tmp_path, html))
    assert [(entry.term, entry.summary) for entry in found] == BOTH


def test_lines_and_the_language_are_those_of_the_front_matter(tmp_path: Path) -> None:
    html = f"---\ntitle: Glossar\nlang: de\n---\n<div>\n{TERMS}</div>"
    found = entries_of(_read(tmp_path, html))
    assert [(entry.line, entry.language) for entry in found] == [(6, "de"), (6, "de")]


@pytest.mark.parametrize(
    "value",
    [
        "[{term: 'kettle', definition: \"It boils.\"}, {term: 'pot', definition: `It holds tea.`},]",  # noqa: E501
        '[\n["kettle", "It boils.", 1], // hot\n["pot", "It holds \\u0074ea.", 2],\n]',
        HELD,
        "[{w: 'kettle', cat: 'pots', d: 'It boils.'}, {w: 'pot', cat: 'pots', d: 'It holds tea.'}]",
    ],
    ids=["objects", "rows", "an object that holds them", "initials"],
)
def test_terms_that_a_script_holds_are_read(tmp_path: Path, value: str) -> None:
    html = f"""<html lang="fr"><body><h1>Glossary</h1><div id="list"></div><script>
    const options = {{root: "../", suffix: ".html", version: "2.1"}};
    const terms = {value};
    document.write(terms.map((each) => each.term));</script></body></html>"""
    found = entries_of(_read(tmp_path, html))
    assert [(entry.term, entry.summary) for entry in found] == BOTH
    assert {entry.language for entry in found} == {"fr"}


@pytest.mark.parametrize(
    "script",
    ['const options = {root: "../", suffix: ".html", version: "2.1", name: "Tea house"};',
     "const terms = [{term: name(), definition: 'It boils.'}, {term: 'pot', definition: `${x}`}];",
     "const terms = [{term: 'kettle', definition: 'It"],
    ids=["settings", "what is worked out", "what is cut off"],
)  # fmt: skip
def test_what_else_a_script_holds_is_no_term(tmp_path: Path, script: str) -> None:
    html = f"<html><body><h1>Glossary</h1><script>{script}</script></body></html>"
    (fault,) = _read(tmp_path, html)
    assert isinstance(fault, Fault)
    assert fault.severity == "warning"


def test_fields_that_are_named_in_a_definition_go_where_they_belong(tmp_path: Path) -> None:
    html = """<html lang="en"><h1>Glossary</h1><h3>kettle</h3><p><strong>Category:</strong> Pots</p>
    <blockquote><p>It boils.<br><strong>Source:</strong> On Kettles</p></blockquote>
    <h3>pot</h3><p><strong>Definition:</strong> It holds tea.</p><p><b>Source:</b>
    <a href="https://example.org/pots">On Pots</a></p></html>"""
    kettle, pot = entries_of(_read(tmp_path, html))
    assert [(each.term, each.summary) for each in (kettle, pot)] == BOTH
    assert (kettle.category, [s.title for s in kettle.sources]) == ("Pots", ["On Kettles"])
    assert [(s.title, s.url) for s in pot.sources] == [("On Pots", "https://example.org/pots")]
    assert [len(each.sections) for each in (kettle, pot)] == [1, 1]
