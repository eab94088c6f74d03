"""Glossaries in reStructuredText."""

import threading
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.pages import rst
from knowledge.formats.pages.rst import read, recognises
from knowledge.resolving import resolved
from tests.knowledge.conftest import entries_of, only_entry, only_fault, write_files

GLOSSARY = """\
:orphan:

.. _kitchen:

Glossary
========

.. glossary::
   :sorted:

   kettle
   tea kettle : vessel
      A *vessel* for boiling water; see :term:`the pot <pot>`, :ref:`steeping`
      and :py:func:`~kitchen.stove.boil`. [1]_

      It whistles:

      * when the water **boils**;
      * when it is `left alone <https://tea.example/alone>`__.

      .. note:: Mind the steam.

   .. a comment
      that goes on

   pot
      A vessel in which |drink| is made, with ``a lid``.

   .. index:: single: cup

   cup
\tWhat one drinks :term:`pots<pot>` from, at 10\\ :sup:`2` degrees.

.. |drink| replace:: tea
.. [1] A note.
"""


def _read(text: str, name: str = "glossary.rst") -> list[Entry | Fault]:
    return list(read(text, PurePath(name)))


def test_a_glossary_directive_is_read_term_by_term() -> None:
    kettle, pot, cup = resolved(entries_of(_read(GLOSSARY)))
    assert (kettle.id, kettle.term, kettle.aliases) == ("kettle", "kettle", ("tea kettle",))
    assert kettle.summary == "A vessel for boiling water; see the pot, steeping and boil()."
    assert kettle.text("body").split("\n\n") == [
        "It whistles:", "when the water boils;", "when it is left alone.", "Mind the steam.",
    ]  # fmt: skip
    assert kettle.related == ("pot",)
    assert pot.summary == "A vessel in which tea is made, with a lid."
    assert cup.summary == "What one drinks pots from, at 10² degrees."
    assert cup.related == ("pot",)


def test_entries_say_where_they_and_their_paragraphs_stand() -> None:
    kettle, pot, _ = entries_of(_read(GLOSSARY))
    assert (kettle.line, pot.line) == (11, 26)
    assert kettle.sections[0].lines == (13,)
    assert kettle.sections[1].lines[:2] == (16, 18)


def test_arabic_is_read_likewise() -> None:
    text = ".. glossary::\n\n   إبريق\n      وعاء **يُغلى** فيه الماء، انظر :term:`الكوب <كوب>`.\n"
    text += "\n   كوب\n      وعاء يُشرب منه الشاي.\n"
    jug, cup = resolved(entries_of(_read(text)))
    assert (jug.term, jug.language, jug.related) == ("إبريق", "ar", (cup.id,))
    assert jug.summary == "وعاء يُغلى فيه الماء، انظر الكوب."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Glossary\n========\n\nkettle\n    It boils.\n\npot\n    It holds tea.\n", id="list"),  # noqa: E501
        pytest.param(
            ".. glossary::\n   :sorted:\n\nkettle\n    It boils.\n\npot\n    It holds tea.\n",
            id="a list below a directive that it should stand in",
        ),
        pytest.param(
            ".. glossary::\n\n   kettle\n\n      It boils.\n   pot\n      It holds tea.\n", id="blanks"  # noqa: E501
        ),
        pytest.param(
            "Terms\n=====\n\n.. _a:\n\nkettle\n------\n\nIt boils.\n\npot\n---\n\nIt holds tea.\n",
            id="headings",
        ),
        pytest.param(
            ".. list-table::\n   :header-rows: 1\n\n   * - Term\n     - Meaning\n   * - kettle\n"
            "     - It *boils*.\n   * - pot\n     - It holds tea.\n",
            id="a table as a list",
        ),
        pytest.param(
            "+--------+---------------+\n| Term   | Description   |\n+========+===============+\n"
            "| kettle | It boils.     |\n+--------+---------------+\n| pot    | It holds tea. |\n"
            "+--------+---------------+\n",
            id="a table as a grid",
        ),
    ],
)  # fmt: skip
def test_terms_are_found_however_they_are_set_out(text: str) -> None:
    assert recognises(text)
    found = entries_of(_read(text))
    assert [(e.term, e.summary) for e in found] == [
        ("kettle", "It boils."), ("pot", "It holds tea."),
    ]  # fmt: skip


def test_sections_of_the_document_are_categories_and_letters_are_not() -> None:
    lists = {"Pots": "kettle", "A": "apple", "Cups": "mug"}
    text = "".join(
        f"{title}\n{'=' * max(4, len(title))}\n\n.. glossary::\n\n   {term}\n      Some words.\n\n"
        for title, term in lists.items()
    )
    assert [entry.category for entry in entries_of(_read(text))] == ["Pots", "", "Cups"]


def test_terms_that_differ_in_case_alone_are_two() -> None:
    text = ".. glossary::\n\n   Tea\n      A drink.\n\n   tea\n      A meal.\n"
    assert [entry.id for entry in entries_of(_read(text))] == ["tea", "tea-2"]


def test_a_term_without_letters_is_read() -> None:
    entry = only_entry(_read(".. glossary::\n\n   ``>>>``\n      A prompt.\n"))
    assert (entry.term, entry.id) == (">>>", "greater-than-sign-3")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See :term:`pot`\\ s and :class:`!Cup`.", "See pots and Cup."),
        ("See :term:`Pot`s and `tea`.", "See Pots and tea."),
        ("See `the guide<https://tea.example>`_.", "See the guide."),
        ("At <https://tea.example/pot>.", "At https://tea.example/pot."),
        ("The |kettle_s| boils.", "The kettle_s boils."),
        ("Open :menuselection:`&File --> Brew`.", "Open File → Brew."),
        ("Read :rfc:`2324` and :file:`{pot}.txt`.", "Read RFC 2324 and pot.txt."),
        ("Steep *three `minutes.", "Steep *three minutes."),
        ("See :doc:`/kitchen/pots/index`.", "See pots."),
    ],
)
def test_no_marks_are_left_in_the_text(written: str, shown: str) -> None:
    assert only_entry(_read(f".. glossary::\n\n   tea\n      {written}\n")).summary == shown


def test_nothing_is_included_or_run() -> None:
    text = """.. glossary::

   tea
      A drink.

      .. include:: /etc/passwd

      .. raw:: html
         :file: /etc/passwd

      .. csv-table::
         :file: /etc/passwd

      .. image:: leaf.png
"""
    entry = only_entry(_read(text))
    assert [section.name for section in entry.sections] == ["summary"]


def test_what_is_to_be_read_in_another_file_is_no_definition() -> None:
    text = ".. glossary::\n\n   tea\n      .. tea-text:: kitchen.drinks.tea\n"
    assert "tea" in only_fault(_read(text)).message


def test_of_code_that_is_shown_no_marks_are_left_and_of_hidden_code_nothing() -> None:
    text = """.. glossary::

   tea
      A drink, at

      .. parsed-literal::

         /cups/**green**/

      .. ipython:: python
          :suppress:

          brew()
"""
    assert only_entry(_read(text)).text("body") == "/cups/green/"


def test_an_acronym_in_brackets_is_another_name() -> None:
    text = ".. glossary::\n\n   Tea Cosy (TC)\n   cosy\n      A hat for a pot.\n"
    entry = only_entry(_read(text))
    assert (entry.term, entry.aliases) == ("Tea Cosy", ("TC", "cosy"))


def test_fields_at_the_top_do_not_hide_the_terms_of_a_document() -> None:
    fields = ":Date: today\n:Revision: 2\n:Author: nobody\n"
    terms = "".join(f".. _{t}:\n\n{t}\n\n\n  {t.title()} is hot.\n\n" for t in ("tea", "water"))
    found = entries_of(_read(f"{fields}\nGlossary\n========\n\n{terms}"))
    assert [(e.term, e.summary) for e in found] == [
        ("tea", "Tea is hot."), ("water", "Water is hot."),
    ]  # fmt: skip


def test_a_term_without_a_definition_is_a_fault_with_its_line() -> None:
    fault = only_fault(_read(".. glossary::\n\n   tea\n\n"))
    assert (fault.line, "tea" in fault.message) == (3, True)


@pytest.mark.parametrize(
    "text",
    [
        "# Tea\n\nTea is hot.\n\n```\na b\n  c\n```\n",
        "Tea is hot.\n\nCups are not.\n",
        "term,definition\nTea,A drink.\n",
        "<dl><dt>Tea\n  <dd>A drink.</dl>",
        "Tea\n: A drink.\n\nCup\n: A vessel.\n",
    ],
)
def test_other_texts_are_not_taken_for_it(text: str) -> None:
    assert not recognises(text)


def test_docutils_is_left_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    from docutils.parsers.rst import roles  # noqa: PLC0415

    before = dict(getattr(roles, "_roles"))  # noqa: B009
    _read(GLOSSARY + "\n   .. default-role:: any\n\n   x\n      :unknown:`y` `z` **q\n")
    assert getattr(roles, "_roles") == before  # noqa: B009
    assert "".join(capfd.readouterr()) == ""


def test_readers_in_several_threads_do_not_disturb_each_other() -> None:
    found: list[list[str]] = []
    threads = [
        threading.Thread(
            target=lambda: found.append([e.summary for e in entries_of(_read(GLOSSARY))])
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 4


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("*a `b |c " * 30_000, id="marks that are never closed"),
        pytest.param("tea " * 60_000, id="a long line"),
        pytest.param("\n".join(" " * n + "- a\n" for n in range(1200)), id="lists in lists"),
        pytest.param("\n".join(" " * n + ".. note:: a\n" for n in range(1200)), id="notes in notes"),  # noqa: E501
    ],
)  # fmt: skip
def test_odd_bodies_are_read_in_bounded_time(body: str) -> None:
    rows = "\n".join("      " + row for row in body.split("\n"))
    assert only_entry(_read(f".. glossary::\n\n   tea\n{rows}\n")).term == "tea"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from([*GLOSSARY.splitlines(), "====", "  ::", "x", "   :a:", "شاي"])).map(
        "\n".join
    )
    | st.text()
)
def test_no_text_breaks_it(text: str) -> None:
    recognises(text)
    _read(text)


def test_a_term_may_stand_in_a_file_any_number_of_times() -> None:
    found = entries_of(
        read(".. glossary::\n\n" + "   tide\n     It rises.\n\n" * 5000, PurePath("sea.rst"))
    )
    assert [entry.id for entry in found[:3]] == ["tide", "tide-2", "tide-3"]
    assert found[-1].id == "tide-5000"


def test_what_a_program_puts_somewhere_is_no_text() -> None:
    text = ".. glossary::\n\n   ebb\n      The fall of the sea.\n\n      .. tides:: all of them\n"
    text += "\n      .. note:: It is slow.\n"
    (ebb,) = entries_of(_read(text))
    assert (ebb.summary, ebb.text("body")) == ("The fall of the sea.", "It is slow.")


def test_code_that_a_notebook_runs_is_code() -> None:
    text = ".. glossary::\n\n   Ebb\n      It falls.\n\n      .. jupyter-execute::\n\n"
    text += "         ebb(\n             1,\n         )\n"
    (entry,) = entries_of(read(text, PurePath("glossary.rst")))
    assert entry.text("body") == "ebb(\n    1,\n)"


def test_an_option_may_stand_beside_the_directive() -> None:
    text = ".. glossary:: :sorted:\n\n    L7 Policy\n    Layer 7 Policy\n        It routes.\n"
    entry = only_entry(list(read(text, PurePath("glossary.rst"))))
    assert (entry.term, entry.aliases) == ("L7 Policy", ("Layer 7 Policy",))


def test_a_file_is_read_as_what_its_name_says_where_others_guess(tmp_path: Path) -> None:
    items = "Glossary\n========\n\n* **Ebb**: The fall; see `Flow`_.\n* **Flow**: The rise.\n"
    fields = "Glossary\n========\n\n:Ebb: The fall; see `Flow`_.\n:Flow: The rise.\n"
    for text in (items, fields):
        file = tmp_path / "glossary.rst"
        file.write_text(text)
        found = {entry.term: entry.summary for entry in entries_of(read_all(file))}
        assert found == {"Ebb": "The fall; see Flow.", "Flow": "The rise."}


def test_a_paragraph_that_but_names_other_terms_is_no_text() -> None:
    text = ".. glossary::\n\n   Ebb\n      It falls.\n\n      .. seealso:: :term:`Flow`\n"
    entry = only_entry(list(read(text, PurePath("glossary.rst"))))
    assert ([s.text for s in entry.sections if s.text], entry.links) == (["It falls."], ("flow",))


@pytest.mark.parametrize("directive", ["term", "sea:term", "scterm"])
def test_a_term_may_be_a_directive_of_its_own(directive: str) -> None:
    text = (
        f"Sea\n===\n\n.. {directive}:: Low water\n   :id: T_01\n   :abbr: LW\n\n   The ebb's end;"
    )
    text += f" see :term:`Flow`.\n\n   It is brief.\n\n.. {directive}:: Flow\n\n   It rises.\n"
    assert recognises(text)
    low, flow = entries_of(_read(text))
    assert (low.term, low.aliases, low.line, low.links) == ("Low water", ("LW",), 4, ("flow",))
    assert (low.summary, low.text("body")) == ("The ebb's end; see Flow.", "It is brief.")
    assert (flow.summary, flow.category) == ("It rises.", "")


def test_a_rubric_is_a_heading() -> None:
    text = "Glossary\n========\n\nOf the sea.\n\n.. rubric:: Ebb\n\nThe fall.\n\nIt is slow.\n\n"
    text += ".. rubric:: Flow\n\nThe rise.\n"
    found = {entry.term: (entry.summary, entry.text("body")) for entry in entries_of(_read(text))}
    assert found == {"Ebb": ("The fall.", "It is slow."), "Flow": ("The rise.", "")}


def test_what_is_said_under_headings_refers_to_terms_as_well() -> None:
    text = "Glossary\n========\n\n.. _falling:\n\nEbb\n---\n\nIt ends the :term:`Flow`.\n\n"
    text += "Flow\n----\n\nIt follows the `Ebb`_; see :ref:`the fall <falling>`.\n"
    ebb, flow = resolved(entries_of(_read(text)))
    assert (ebb.related, flow.related) == (("flow",), (ebb.id,))
    assert flow.summary == "It follows the Ebb; see the fall."


def test_the_class_of_a_container_is_no_text() -> None:
    text = "Glossary\n========\n\nEbb\n---\n\n.. container:: wide\n\n   It falls.\n\n"
    text += "Flow\n----\n\n.. container:: wide\n\n   It rises.\n"
    assert [e.summary for e in entries_of(_read(text))] == ["It falls.", "It rises."]


def test_what_an_acronym_stands_for_may_stand_behind_a_colon() -> None:
    text = ".. glossary::\n\n   MHW: Mean high water\n      It is high.\n\n"
    text += "   Note: ebb\n      It falls.\n"
    assert [(e.term, e.aliases) for e in entries_of(_read(text))] == [
        ("MHW", ("Mean high water",)), ("Note: ebb", ()),
    ]  # fmt: skip


def test_a_long_text_of_titles_is_said_to_be_too_long_and_not_to_hold_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "Glossary\n========\n\nEbb\n---\n\nIt falls.\n\nFlow\n----\n\nIt rises.\n"
    assert len(entries_of(list(read(text, PurePath("tides.rst"))))) == 2
    monkeypatch.setattr(rst, "_LONGEST", 20)
    assert "longer than" in only_fault(list(read(text, PurePath("tides.rst")))).message


@pytest.mark.parametrize("name", ["dropdown", "describe", "admonition", "topic"])
def test_terms_may_stand_in_directives_that_open_or_box_them(name: str) -> None:
    each = ".. {0}:: {1}\n   :class: wide\n\n   {2}\n\n"
    terms = [("Ebb", "It falls."), ("Flow", "It rises."), ("Slack", "It rests.")]
    text = "Glossary\n========\n\n" + "".join(each.format(name, *term) for term in terms)
    found = entries_of(read(text, PurePath("glossary.rst")))
    assert [(entry.term, entry.summary) for entry in found] == terms


def test_two_dashes_part_a_term_in_bold_from_what_it_means() -> None:
    text = "Glossary\n========\n\n* **Ebb** -- It falls.\n* **Flow** -- It rises.\n"
    found = entries_of(read(text, PurePath("glossary.rst")))
    assert [entry.summary for entry in found] == ["It falls.", "It rises."]


def test_of_a_manual_only_the_section_that_is_a_glossary_holds_terms() -> None:
    lists = {"Options": {"--all": "Takes all."}, "Glossary": {"Ebb": "It falls.", "Flow": "Rises."}}
    text = "Manual\n======\n\nOn the sea.\n\n" + "".join(
        f"{title}\n{'-' * len(title)}\n\n" + "".join(f"{t}\n  {d}\n\n" for t, d in each.items())
        for title, each in lists.items()
    )
    found = entries_of(read(text, PurePath("manual.rst")))
    assert [entry.term for entry in found] == ["Ebb", "Flow"]


def test_names_in_a_bracket_behind_a_term_in_bold_are_others_of_it() -> None:
    text = "Terms\n=====\n\n* **low water** (**LW**): the lowest.\n* **high water**: the highest.\n"
    found = entries_of(read(text, PurePath("terms.rst")))
    assert [(e.term, e.aliases, e.summary) for e in found] == [
        ("low water", ("LW",), "the lowest."),
        ("high water", (), "the highest."),
    ]


def test_what_is_strong_may_end_within_a_word() -> None:
    text = "Terms\n=====\n\n* **ebb**: of **LW**s, it **falls** off.\n* **flow**: it rises.\n"
    found = entries_of(read(text, PurePath("terms.rst")))
    assert "*" not in "".join(entry.summary for entry in found)


def test_a_formula_begins_with_no_term() -> None:
    text = "Terms\n=====\n\n*Range*: the height is as follows:\n\n"
    text += ".. math::\n   R = \\frac{h}{2} - l\n\n"
    text += "where *h* is high water.\n\n*Ebb*: it falls.\n\n*Flow*: it rises.\n"
    found = entries_of(read(text, PurePath("terms.rst")))
    assert [entry.term for entry in found] == ["Range", "Ebb", "Flow"]
    assert "R = \\frac{h}{2} - l" in found[0].summary + found[0].sections[1].text


def test_a_term_without_emphasis_may_hold_a_stop_and_no_semicolon() -> None:
    text = "Terms\n=====\n\nThe sea has many; most of them - so it is hoped - are told here.\n\n"
    text += "- ``ebb`` / ``sea.ebb`` : it falls\n- ``flow`` / ``sea.flow`` : it rises\n"
    found = entries_of(read(text, PurePath("terms.rst")))
    assert [entry.summary for entry in found] == ["it falls", "it rises"]


def test_a_link_is_followed_by_its_stop() -> None:
    text = (
        "Terms\n=====\n\n* **ebb**: it falls (`more <https://sea.example/e>`_).\n* **bore**: up.\n"
    )
    assert entries_of(read(text, PurePath("terms.rst")))[0].summary == "it falls (more)."


def test_the_last_of_several_titles_may_be_that_of_a_glossary() -> None:
    words = "".join(f"-  **{name}** : It {name}s.\n" for name in ("ebb", "flow", "slack"))
    text = f"Posts\n=====\n\n- **Care** for the boat.\n\nGlossary\n========\n\n{words}"
    found = entries_of(read(text, PurePath("posts.rst")))
    assert [entry.term for entry in found] == ["ebb", "flow", "slack"]


@pytest.mark.parametrize(
    ("name", "term", "aliases"),
    [
        ("copy-on-write, COW", "copy-on-write", ("COW",)),
        ("map, mapping", "map", ("mapping",)),
        ("fscheck, check, fscheck-all", "fscheck", ("check", "fscheck-all")),
        ("Turing, Alan", "Turing, Alan", ()),
        ("CMY, CMYK", "CMY, CMYK", ()),
        ("a, b a", "a, b a", ()),
    ],
)
def test_commas_part_names_that_are_alike_or_initials(
    name: str, term: str, aliases: tuple[str, ...]
) -> None:
    text = f".. glossary::\n\n   {name}\n      It is so.\n\n   ebb\n      It falls.\n"
    entry = entries_of(read(text, PurePath("a.rst")))[0]
    assert (entry.term, entry.aliases) == (term, aliases)


def test_tags_that_are_typed_as_text_are_none_of_it() -> None:
    text = ".. glossary::\n\n   ebb\n      It <b><i>falls</i></b>, where *x* < 3 <br> and y > 2.\n"
    assert (
        entries_of(read(text, PurePath("a.rst")))[0].summary == "It falls, where x < 3 and y > 2."
    )


def test_comments_are_none_of_a_text_without_other_markup(tmp_path: Path) -> None:
    text = "Glossary\n========\n\n.. Ebb falls.\n\nEbb\n===\n\n.. Note to all.\n\nIt falls low.\n\n"
    text += "Flow\n====\n\nIt rises high.\n\nSlack\n=====\n\nIt stands still.\n"
    found = entries_of(read_all(write_files(tmp_path, {"glossary.rst": text})))
    assert [(entry.term, entry.summary) for entry in found] == [
        ("Ebb", "It falls low."),
        ("Flow", "It rises high."),
        ("Slack", "It stands still."),
    ]
