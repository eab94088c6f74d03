"""JSON and YAML: the shapes in which people keep terms."""

import json
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.formats import read
from knowledge.formats.readers import READERS
from knowledge.formats.tables import notation, toml
from knowledge.formats.tables.notation import (
    read_json,
    read_yaml,
    recognises_json,
    recognises_yaml,
)
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault

EBB = {"term": "Ebb", "definition": "The sea falls."}
FLOW = {"term": "Flow", "definition": "The sea rises."}


def _read(value: object) -> list[Entry]:
    return entries_of(read_json(json.dumps(value, ensure_ascii=False), PurePath("sea.json")))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([EBB, FLOW], id="a list"),
        pytest.param({"Ebb": "The sea falls.", "Flow": "The sea rises."}, id="by term"),
        pytest.param(
            {"Ebb": {"definition": "The sea falls."}, "Flow": {"desc": "The sea rises."}},
            id="objects by term",
        ),
        pytest.param({"ebb": EBB, "flow": FLOW}, id="objects by id"),
        pytest.param(
            [{"name": e["term"], "description": e["definition"]} for e in (EBB, FLOW)], id="name"
        ),
        pytest.param(
            [{"title": e["term"], "body": e["definition"]} for e in (EBB, FLOW)], id="title"
        ),
        pytest.param(
            [{"word": e["term"], "meaning": e["definition"]} for e in (EBB, FLOW)], id="word"
        ),
        pytest.param([{"Ebb": "The sea falls."}, {"Flow": "The sea rises."}], id="one a term"),
        pytest.param({"glossary": {"E": [EBB], "F": [FLOW]}}, id="by letter"),
        pytest.param(
            [{"letter": "E", "terms": [EBB]}, {"letter": "F", "terms": [FLOW]}], id="letters"
        ),
        pytest.param({"E": {"Ebb": "The sea falls."}, "F": {"Flow": "The sea rises."}}, id="both"),
        pytest.param({"E": {"Ebb": "The sea falls."}, "F": [FLOW]}, id="a letter otherwise"),
        pytest.param({"terms": {"Ebb": "The sea falls.", "Flow": "The sea rises."}}, id="wrapped"),
        pytest.param(
            {
                "title": "Tides",
                "description": "All of them",
                "meta": {"by": "Mira"},
                "items": [EBB, FLOW],
            },
            id="with what is said of the whole",
        ),
        pytest.param({"Ebb": ["The sea falls."], "Flow": ["The sea rises."]}, id="lists by term"),
        pytest.param([{**EBB, "quiz": [{"ask": "When?"}]}, FLOW], id="with other objects within"),
    ],
)
def test_terms_are_found_in_every_usual_shape(value: object) -> None:
    entries = _read(value)
    assert [(e.id, e.term, e.summary) for e in entries] == [
        ("ebb", "Ebb", "The sea falls."),
        ("flow", "Flow", "The sea rises."),
    ]


BOTH = [("en", "ebb", "Ebb", "The sea falls."), ("ar", "ebb", "الجزر", "ينخفض البحر.")]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(
            [{"term": {"en": "Ebb", "ar": "الجزر"},
              "definition": {"en": "The sea falls.", "ar": "ينخفض البحر."}}],
            id="languages within the fields",
        ),
        pytest.param(
            [{"slug": "ebb", "en": {"term": "Ebb", "def": "The sea falls."},
              "ar": {"term": "الجزر", "def": "ينخفض البحر."}}],
            id="fields within the languages",
        ),
        pytest.param(
            {"en": {"ebb": EBB}, "ar": {"ebb": {"term": "الجزر", "definition": "ينخفض البحر."}}},
            id="objects by language and id",
        ),
        pytest.param(
            [{"term_en": "Ebb", "definition_en": "The sea falls.",
              "term_ar": "الجزر", "definition_ar": "ينخفض البحر."}],
            id="fields named for the languages",
        ),
        pytest.param(
            [{**EBB, "language": "English", "id": "ebb"},
             {"المصطلح": "الجزر", "التعريف": "ينخفض البحر.", "اللغة": "العربية", "id": "ebb"}],
            id="an object a language",
        ),
    ],
)  # fmt: skip
def test_both_languages_of_a_term_share_its_id(value: object) -> None:
    assert [(e.language, e.id, e.term, e.summary) for e in _read(value)] == BOTH


def test_terms_by_language_are_in_it() -> None:
    value = {"en": {"Ebb": "The sea falls."}, "ar": {"الجزر": "ينخفض البحر."}}
    assert [(e.language, e.term) for e in _read(value)] == [("en", "Ebb"), ("ar", "الجزر")]


def test_a_name_in_a_language_without_a_definition_is_another_name() -> None:
    (entry,) = _read([{**EBB, "term_ar": "الجزر", "fi": "luode"}])
    assert entry.aliases == ("الجزر", "luode")


def test_groups_are_categories_and_letters_are_not() -> None:
    value = {"Water": [EBB], "F": [FLOW]}
    assert [e.category for e in _read(value)] == ["Water", ""]


def test_a_list_of_definitions_is_a_paragraph_each() -> None:
    (entry,) = _read([{"term": "Ebb", "definitions": ["The sea falls.", {"text": "A decline."}]}])
    assert (entry.summary, entry.text("body")) == ("The sea falls.", "A decline.")


def test_sources_are_text_addresses_or_objects() -> None:
    sources = ["A Book", "https://example.org/ebb", {"title": "Tides", "authors": ["A. B.", "C."],
               "year": "2001", "url": "https://example.org", "pages": 3}]  # fmt: skip
    (entry,) = _read([{**EBB, "sources": sources}])
    assert [(s.title, s.authors, s.year, s.url) for s in entry.sources] == [
        ("A Book", "", None, ""),
        ("https://example.org/ebb", "", None, "https://example.org/ebb"),
        ("Tides", "A. B., C.", 2001, "https://example.org"),
    ]


def test_no_markup_is_left_and_what_is_none_stays() -> None:
    text = (
        "**Falls** of [the sea](#sea), see [[slack|slack water]].<br>"
        "Use snake_case &amp; 2 * 3 * 4."
    )
    (entry,) = _read([{"term": "<b>Ebb</b>", "definition": text}])
    assert entry.term == "Ebb"
    assert entry.summary == "Falls of the sea, see slack water. Use snake_case & 2 * 3 * 4."
    assert set(entry.links) == {"sea", "slack"}


def test_sections_that_the_project_wrote_come_back_exactly() -> None:
    row = {
        "id": "ebb", "term": "Ebb", "language": "en", "aliases": ["ebb tide"], "category": "Water",
        "definition": "The sea *falls*.",
        "sections": [
            {"name": "body", "heading": "", "text": "One.\n\nTwo & `three`."},
            {"name": "how", "heading": "How it works", "text": "By the moon."},
            {"name": "example", "heading": "Example", "text": "At noon it ebbs."},
        ],
        "example": "At noon it ebbs.", "related": ["flow"],
        "asked": ["when does the sea go, and why"],
        "sources": [{"title": "Tides", "authors": "A. B.", "year": 2001, "url": ""}],
        "updated": "2026-03-01",
    }  # fmt: skip
    (entry,) = _read([row])
    assert [(s.name, s.heading, s.text) for s in entry.sections] == [
        ("summary", "", "The sea *falls*."),
        ("body", "", "One.\n\nTwo & `three`."),
        ("how", "How it works", "By the moon."),
        ("example", "Example", "At noon it ebbs."),
    ]
    assert (entry.id, entry.aliases, entry.related) == ("ebb", ("ebb tide",), ("flow",))
    assert entry.asked == ("when does the sea go, and why",)
    assert str(entry.updated) == "2026-03-01"


def test_lines_are_told_in_json_by_the_terms() -> None:
    text = '{\n"Ebb": "The sea falls.",\n"Flow": {\n"definition": "It rises."}\n}'
    assert [e.line for e in entries_of(read_json(text, PurePath("sea.json")))] == [2, 3]


YAML = """\
# The tides
- term: Ebb
  definition: >
    The sea falls,
    [twice](twice.md) a day.
  aliases: [ebb tide]
- term: No
  def: |
    It is *not*.

    Not at all.
"""


def test_yaml_is_read_as_json_is_with_its_lines() -> None:
    assert recognises_yaml(YAML)
    ebb, no = entries_of(read_yaml(YAML, PurePath("glossary.yml")))
    assert (ebb.term, ebb.summary, ebb.aliases, ebb.line) == (
        "Ebb",
        "The sea falls, twice a day.",
        ("ebb tide",),
        2,
    )
    assert (no.term, no.summary, no.text("body"), no.line) == ("No", "It is not.", "Not at all.", 7)


def test_a_text_in_markdown_stands_where_its_entry_does() -> None:
    text = "- term: ebb\n  definition: It falls.\n- term: flow\n  definition: It is *not* `ebb`.\n"
    flow = entries_of(read_yaml(text, PurePath("tides.yaml")))[1]
    assert (flow.line, flow.sections[0].line(0)) == (3, None)


def test_yaml_may_be_a_mapping_of_terms() -> None:
    text = (
        'Ebb: "The sea falls twice a day."\n\nFlow: |\n  The sea: it rises.\n'
        "الجزر: ينخفض البحر مرتين كل يوم.\n"
    )
    assert recognises_yaml(text)
    entries = entries_of(read_yaml(text, PurePath("glossary.yml")))
    assert [e.term for e in entries] == ["Ebb", "Flow", "الجزر"]


def test_yaml_by_language_shares_its_ids() -> None:
    text = (
        "- slug: ebb\n  en:\n    term: Ebb\n    def: It falls.\n"
        "  ar:\n    term: الجزر\n    def: ينخفض.\n"
    )
    entries = entries_of(read_yaml(text, PurePath("glossary.yml")))
    assert [e.key for e in entries] == ["en/ebb", "ar/ebb"]


@pytest.mark.parametrize(
    "text",
    [
        "title: Tides\nbaseurl: /tides\nplugins:\n  - feed\n  - toc\n",
        "---\nterm: Ebb\n---\nThe sea falls.\n",
        "Note: the sea falls.\nIt rises, too, and then it falls again.\n",
        "The sea rises.\n",
        "",
    ],
)
def test_settings_front_matter_and_prose_are_no_yaml_of_terms(text: str) -> None:
    assert not recognises_yaml(text)


BOMB = "a: &a {term: x, definition: y}\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(BOMB, "aliases within aliases", id="a bomb"),
        pytest.param("definition: " + "[" * 100_000, "not valid YAML", id="deep"),
        pytest.param(
            "definition:\n" + "".join(f"{' ' * n}- \n" for n in range(90)), "deep", id="deep blocks"
        ),
        pytest.param("definition: *nothing\n", "", id="an alias of nothing"),
    ],
)
def test_hostile_yaml_is_one_fault(text: str, words: str) -> None:
    fault = only_fault(read_yaml(text, PurePath("glossary.yml")))
    assert words in fault.message


def test_a_term_that_stands_twice_is_kept_apart_or_left_out() -> None:
    rows = [{"term": "Bank", "definition": "Sand."}, {"term": "Bank", "definition": "Of money."}]
    items = list(read_json(json.dumps([*rows, rows[0]]), PurePath("sea.json")))
    assert [e.id for e in entries_of(items)] == ["bank", "bank-2"]
    assert [f.severity for f in faults_of(items)] == ["warning"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["term", "definition", "en", "ar", "terms", "A", "sources", "sections",
                             "aliases", "related", "x", "", "التعريف", "updated", "language"]),
            inner, max_size=4),
        max_leaves=12,
    )
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_no_value_makes_it_fail(value: object) -> None:
    list(read_json(json.dumps(value), PurePath("sea.json")))
    list(read_yaml(json.dumps(value), PurePath("sea.yml")))


@given(st.text(alphabet="a:-{}[]\"'\n |>&*!#,term definition", max_size=120))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_a_reader_fail(text: str) -> None:
    for name in ("sea.json", "sea.jsonl"):
        list(read_json(text, PurePath(name)))
    list(read_yaml(text, PurePath("sea.yml")))


def test_each_reader_of_json_and_yaml_is_found_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(YAML, "utf-8")
    (tmp_path / "b.txt").write_text(json.dumps(EBB), "utf-8")
    assert [e.term for e in entries_of(read(tmp_path))] == ["Ebb", "No", "Ebb"]
    assert {"YAML", "JSON or JSON Lines"} <= {reader.name for reader in READERS}


def test_an_entry_is_enough() -> None:
    assert only_entry(read_json(json.dumps(EBB), PurePath("sea.json"))).term == "Ebb"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"term": "Ebb", "definition": "The sea falls.",},]', id="commas"),
        pytest.param(
            '// tides\n[ /* one */ {"term": "Ebb", // its name\n "definition": "The sea falls."}]',
            id="comments",
        ),
        pytest.param('{"terms": {"Ebb": "The sea falls.",},}', id="by term"),
    ],
)
def test_comments_and_commas_at_an_end_do_no_harm(text: str) -> None:
    entry = only_entry(list(read_json(text, PurePath("sea.json"))))
    assert (entry.term, entry.summary) == ("Ebb", "The sea falls.")


def test_what_looks_like_a_comment_in_a_text_is_text() -> None:
    text = '[{"term": "Ebb", "definition": "See https://example.org/a,] // or not",}]'
    assert only_entry(list(read_json(text, PurePath("sea.json")))).summary == (
        "See https://example.org/a,] // or not"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[[tides]]\n== Tides\n\nEbb:: The sea falls.\n",
        "[Ebb](#ebb) The sea falls.",
        "[//]: # (tides)\n\n# Tides",
        "[1] A book on tides.",
        "[ ] Write of tides.",
        "[NOTE]\nThe sea falls.",
        "{{< tide >}}",
        "{% include tide.html %}",
        "{: .no_toc }",
    ],
)
def test_pages_that_begin_with_a_bracket_are_no_json(text: str) -> None:
    assert not recognises_json(text)


@pytest.mark.parametrize(
    "text", ['[["Ebb", "falls"]]', '[\n  "Ebb"]', "[[1, 2]]", "{", '{"a"', "[]"]
)
def test_json_is_known_by_what_follows_its_bracket(text: str) -> None:
    assert recognises_json(text)


def test_senses_are_paragraphs_of_one_entry() -> None:
    senses = [{"definition": "The sea falls.", "grammar": "n."}, {"definition": "To fall."}]
    (entry,) = _read([{"term": "Ebb", "senses": senses}])
    assert (entry.summary, [s.text for s in entry.sections[1:]]) == ("The sea falls.", ["To fall."])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([["Ebb", "The sea falls."], ["Flow", "The sea rises."]], id="pairs"),
        pytest.param(
            [["definition", "term"], ["The sea falls.", "Ebb"], ["The sea rises.", "Flow"]],
            id="a table",
        ),
        pytest.param(
            {"type": "All", "features": [{"type": "One", "properties": e} for e in (EBB, FLOW)]},
            id="wrapped by a map",
        ),
        pytest.param([{"id": "r1", "fields": e} for e in (EBB, FLOW)], id="wrapped by a store"),
        pytest.param(
            [
                {
                    "title": {"rendered": e["term"]},
                    "content": {"rendered": f"<p>{e['definition']}</p>"},
                }
                for e in (EBB, FLOW)
            ],
            id="rendered",
        ),
        pytest.param(
            {
                "title": "Tides",
                "by": "Mira",
                "terms": {"ebb": EBB, "flow": FLOW, "x": {**EBB, "id": "ebb"}},
            },
            id="texts beside objects by id",
        ),
    ],
)
def test_terms_are_found_in_what_tables_and_stores_give(value: object) -> None:
    assert {(e.term, e.summary) for e in _read(value)} == {
        ("Ebb", "The sea falls."),
        ("Flow", "The sea rises."),
    }


def test_a_key_may_be_said_or_called_in_several_languages() -> None:
    said = {"ebb": {"en": "The sea falls.", "ar": "ينخفض البحر."}}
    called = {"ebb": {"en": "Ebb", "ar": "الجزر"}}
    assert [(e.language, e.term, e.summary) for e in _read(said)] == [
        ("en", "ebb", "The sea falls."),
        ("ar", "ebb", "ينخفض البحر."),
    ]
    assert [(e.id, e.term, e.summary) for e in _read(called)] == [("ebb", "Ebb", "الجزر")]


def test_a_key_that_is_no_id_is_the_term_beside_its_names_in_languages() -> None:
    (entry,) = _read({"الجزر": {"en": "ebb", "desc": "The sea falls, twice a day."}})
    assert (entry.term, entry.aliases) == ("الجزر", ("ebb",))


def test_a_group_has_the_category_of_its_name() -> None:
    value = {"categories": [{"name": "Tides", "description": "All", "terms": [EBB]}]}
    assert [(e.term, e.category) for e in _read(value)] == [("Ebb", "Tides")]


def test_fields_of_which_nothing_was_read_are_named_once() -> None:
    text = json.dumps([{**EBB, "svg": "<svg/>", "level": 3}, {**FLOW, "svg": "<svg/>"}])
    (fault,) = faults_of(list(read_json(text, PurePath("sea.json"))))
    assert fault.message == "nothing was read from the fields that are no part of an entry: “svg”."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("--- # tides\n- term: Ebb\n  meaning: The sea falls.\n", id="a comment"),
        pytest.param("- entry: Ebb\n  translation: The sea falls.\n", id="translations"),
    ],
)
def test_yaml_is_known_by_its_fields(text: str) -> None:
    assert recognises_yaml(text)
    entry = only_entry(list(read_yaml(text, PurePath("sea.yml"))))
    assert (entry.term, entry.summary) == ("Ebb", "The sea falls.")


def test_all_documents_of_a_file_are_read() -> None:
    text = "---\nterm: Ebb\ndefinition: The sea falls.\n---\nterm: Flow\ndefinition: It rises.\n"
    assert recognises_yaml(text)
    entries = entries_of(read_yaml(text, PurePath("sea.yml")))
    assert [(e.term, e.line) for e in entries] == [("Ebb", 2), ("Flow", 5)]


def test_a_page_with_front_matter_is_no_yaml() -> None:
    assert not recognises_yaml("---\nterm: Ebb\ndefinition: x\n---\nNote: the sea falls.\n")


def test_sources_and_examples_within_senses_are_those_of_the_entry() -> None:
    sense = {"text": "The sea falls.", "source": "A book on tides", "example": "It ebbs at six."}
    (entry,) = _read([{"term": "Ebb", "original_name": "الجزر", "definitions": [sense]}])
    assert (entry.summary, entry.example) == ("The sea falls.", "It ebbs at six.")
    assert ([s.title for s in entry.sources], entry.aliases) == (["A book on tides"], ("الجزر",))


def test_words_of_html_that_are_keys_are_no_terms() -> None:
    value = {
        "glossary": [
            {
                "section": "E",
                "dl": [
                    {"dt": "Ebb", "dd": ["Either of two:", {"ul": ["of the sea,", "of talk."]}]},
                    {"dt": "Flow", "dd": [{"ul": ["The sea rises.", {"li": "It is told."}]}]},
                ],
            }
        ]
    }
    ebb, flow = _read(value)
    assert (ebb.term, ebb.category, ebb.summary) == ("Ebb", "", "Either of two:")
    assert ebb.text("body") == "of the sea,\n\nof talk."
    assert (flow.summary, flow.text("body")) == ("The sea rises.", "It is told.")


def test_the_term_is_the_one_in_the_language_of_the_definition() -> None:
    told = "The sea falls back from the shore, as it does twice on every day of the year."
    (entry,) = _read({"الجزر": {"en": "Ebb", "desc": told}})
    assert (entry.term, entry.language, entry.aliases) == ("Ebb", "en", ("الجزر",))


@pytest.mark.parametrize("text", ["...", "TODO", "tbd.", "-", "N/A", "TODO: say it", "待补充", "—"])
def test_what_is_still_to_be_written_is_no_definition(text: str) -> None:
    value = [{"term": "Ebb", "definition": text}]
    fault = only_fault(read_json(json.dumps(value), PurePath("sea.json")))
    assert fault.message == "“Ebb” has no definition: give it one beside its term."


CHINESE = """\
- en: Ebb
  simplified: 退潮
  traditional: ''
- en: Flow
  simplified: 涨潮
  traditional: 漲潮
"""


@pytest.mark.parametrize(
    "text",
    [
        "- {en: Ebb, 'zh-Hans': 退潮}\n- {en: Flow, 'zh-Hans': 涨潮}\n",
        CHINESE,
        "- source: Ebb\n  target: 退潮\n- source: Flow\n  target: 涨潮\n",
        "terms:\n  - en: Ebb\n    zh-CN: 退潮\n  - en: Flow\n    zh-CN: 涨潮\n",
        "- English: Ebb\n  中文: 退潮\n- English: Flow\n  中文: 涨潮\n",
    ],
)
def test_pairs_of_words_in_yaml_define_each_other(text: str) -> None:
    assert recognises_yaml(text)
    items = list(read_yaml(text, PurePath("sea.yml")))
    ebb, flow = entries_of(items)
    assert not faults_of(items)
    assert (ebb.term, ebb.summary, ebb.aliases) == ("Ebb", "退潮", ("退潮",))
    assert flow.summary.startswith("涨潮")


WRAPPED = """\
- term: Ebb
  definition: |
    The falling of the sea along the shore, which follows
    upon the flow and is told by the hour of the moon.
    It comes twice a day.

    1. The first of two.
    2. The second of them, which is
       told by the moon.

    ```
    ebb = low
    flow = high
    ```
- term: 退潮
  definition: |
    海水沿着海岸下降的现象，它随着涨潮而来，并由月亮的时辰
    来决定，每天发生两次。
- term: Verse
  definition: |
    The sea goes out along the sand,
    The sea comes in along the land.
"""


def test_lines_that_fit_a_page_are_joined_and_those_of_lists_and_verses_stay() -> None:
    ebb, chinese, verse = entries_of(read_yaml(WRAPPED, PurePath("sea.yml")))
    assert ebb.summary == (
        "The falling of the sea along the shore, which follows upon the flow and is told by the"
        " hour of the moon. It comes twice a day."
    )
    assert "ebb = low\nflow = high" in ebb.text("body")
    assert "The first of two.\n" in ebb.text("body")
    assert chinese.summary.startswith(
        "海水沿着海岸下降的现象，它随着涨潮而来，并由月亮的时辰来决定"
    )
    assert verse.summary.count("\n") == 1


def test_tags_that_are_quoted_as_code_stay_beside_those_that_are_markup() -> None:
    (entry,) = _read([{"term": "Link", "definition": "A `<a>` with <em>text</em>, `<a>x</a>`."}])
    assert entry.summary == "A <a> with text, <a>x</a>."


def test_keys_may_name_the_entry_and_the_field_at_once() -> None:
    value = {
        "high-water-term": "High water",
        "high-water-definition": "The <b>highest</b> that a tide comes.",
        "ebb-term": "Ebb",
        "ebb-definition": "The fall of the sea.",
    }
    high, ebb = _read(value)
    assert (high.id, high.term, high.line) == ("high-water", "High water", 1)
    assert (high.summary, ebb.term) == ("The highest that a tide comes.", "Ebb")


def test_lists_by_category_and_kind_are_the_whole_of_a_file_that_has_a_title() -> None:
    term = {"term": "Ebb", "description": "The fall of the sea."}
    value = {
        "title": "Words of the sea",
        "description": "What is said on the shore of the tides.",
        "topics": {"Tides": {"colour": "#fff", "moves": [term], "times": []}},
    }
    (ebb,) = _read(value)
    assert (ebb.term, ebb.category) == ("Ebb", "Tides")


def test_fields_of_no_known_name_are_told_by_what_stands_in_them(tmp_path: Path) -> None:
    text = (
        "# Terms: `k` is the word, `d` what it means.\n\n"
        "ui:\n  title:\n    en: Words\n    es: Palabras\n"
        "cats:\n  - id: water\n    name: Water\n    terms:\n"
    ) + "".join(
        f"      - k: {term}\n        d:\n          en: The sea {does} twice on every day.\n"
        f"          es: El mar {hace} dos veces cada día.\n"
        for term, does, hace in (("潮", "falls", "baja"), ("汐", "rises", "sube"), ("海", "x", "y"))
    )
    (tmp_path / "glossary.yml").write_text(text, "utf-8")
    entries = entries_of(read(tmp_path / "glossary.yml"))
    assert [(e.term, e.language, e.line) for e in entries][:3] == [
        ("潮", "en", 11),
        ("潮", "es", 11),
        ("汐", "en", 15),
    ]
    assert (entries[1].summary, entries[0].category) == ("El mar baja dos veces cada día.", "Water")


def test_a_list_of_titles_is_told_to_lack_definitions(tmp_path: Path) -> None:
    (tmp_path / "glossary.yml").write_text("- title: Ebb\n\n- title: Flow\n", "utf-8")
    fault = only_fault(read(tmp_path / "glossary.yml"))
    assert (fault.severity, fault.message.split(":")[0]) == (
        "warning",
        "names terms, and no column says what they mean",
    )


def test_lines_of_a_program_stay_lines() -> None:
    lines = [["def ebb(sea):", "    return sea - 1"], ["print(ebb(2))", "# is 1"]]
    (entry,) = _read([{**EBB, "examples": lines}])
    assert entry.example == "def ebb(sea):\n    return sea - 1\n\nprint(ebb(2))\n# is 1"


def test_what_is_called_short_and_is_a_sentence_is_no_other_name() -> None:
    short = "The sea falls, slowly, and then it rises again."
    (entry,) = _read([{"title": "Ebb", "short": short, "definition": "It falls."}])
    assert (entry.aliases, entry.summary, entry.text("body")) == ((), "It falls.", short)
    (entry,) = _read([{"title": "Ebb", "short": "EB", "definition": "It falls."}])
    assert entry.aliases == ("EB",)


def test_what_initials_are_short_for_is_a_name_however_long() -> None:
    whole = "Federation of All Harbours, Tides and Other Waters"
    (entry,) = _read([{"term": "FAHTOW", "abbr": whole, "definition": "It keeps the tables."}])
    assert (entry.aliases, entry.summary) == ((whole,), "It keeps the tables.")


def test_see_also_before_what_is_related_is_no_part_of_it() -> None:
    (entry,) = _read([{**EBB, "cross references": "See: flow, slack water"}])
    assert entry.related == ("flow", "slack-water")


def _node(kind: str, *inner: object) -> dict[str, object]:
    return {"type": kind, "children": list(inner), "key": "x"}


def test_the_definition_lists_of_a_syntax_tree_are_read_and_nothing_else_of_it() -> None:
    text = {"type": "text", "value": "Ebb"}
    falls = _node("emphasis", {"type": "text", "value": "falls"})
    height = {"type": "inlineMath", "value": "h", "html": "<i>h</i>"}
    told = [_node("paragraph", {"type": "text", "value": "The sea "}, falls, height)]
    listed = _node(
        "definitionList",
        _node("definitionTerm", text),
        _node("definitionTerm", {"type": "text", "value": "Ebb tide"}),
        _node("definitionDescription", *told, _node("paragraph", {"type": "text", "value": "So."})),
    )
    page = {"version": 3, "slug": "glossary", "frontmatter": {"title": "Words", "kind": "Article"},
            "mdast": _node("root", _node("block", _node("glossary", listed)))}  # fmt: skip
    (entry,) = _read(page)
    assert (entry.term, entry.aliases, entry.summary) == ("Ebb", ("Ebb tide",), "The sea fallsh")
    assert entry.text("body") == "So."


TOML = """\
title = "Words"

[[terms]]
term = "Ebb"
definition = "The sea falls."

[[terms]]
term = "Flow"
definition = '''
The sea rises.'''
"""
TOML_BY_ID = """\
[ebb]
title = "Ebb"
description = "The sea falls."
[flow]
title = "Flow"
description = "The sea rises."
"""


@pytest.mark.parametrize(
    "text",
    [TOML, TOML_BY_ID, 'Ebb = "The sea falls."\nFlow = "The sea rises."\nLow = "…"\n'],
)
def test_toml_is_read_as_json_is(text: str, tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(text, "utf-8")
    found = entries_of(read(tmp_path / "glossary.toml"))
    assert [(e.term, e.summary) for e in found][:2] == [
        ("Ebb", "The sea falls."),
        ("Flow", "The sea rises."),
    ]


def test_toml_of_settings_holds_no_terms() -> None:
    text = '[project]\nname = "tides"\ndescription = "All of them"\n[tool.x]\nselect = ["A"]\n'
    assert not toml.recognises(text)


def test_names_of_python_are_no_bold_words_and_bold_words_are() -> None:
    (entry,) = _read(
        [{"term": "__call__", "definition": "Calls __iter__ with __all__ and __this__."}]
    )
    assert (entry.term, entry.summary) == ("__call__", "Calls __iter__ with __all__ and this.")


def test_what_a_term_stands_for_may_hold_commas() -> None:
    (entry,) = _read([{**EBB, "fullName": "Falling, slowly, of water"}])
    assert entry.aliases == ("Falling, slowly, of water",)


def test_a_source_may_have_targets_in_several_languages() -> None:
    value = {"terms": [{"source": "bread", "targets": {"fr": "pain", "de": "Brot"}}]}
    entry = only_entry(read_json(json.dumps(value), PurePath("a.json")))
    assert (entry.term, entry.aliases, entry.summary) == ("bread", ("pain", "Brot"), "pain; Brot")


def test_the_longest_text_defines_where_no_field_is_named_so() -> None:
    entries = _read(
        [
            {"terme": "Marée", "propos": "Mouvement de la mer deux fois par jour.", "rang": "un"},
            {"terme": "Jusant", "propos": "Mouvement de la mer qui descend.", "rang": "deux"},
            {"terme": "Étale", "propos": "Moment où la mer ne bouge presque pas.", "rang": "trois"},
        ]
    )
    assert [(e.term, e.summary) for e in entries][1] == (
        "Jusant",
        "Mouvement de la mer qui descend.",
    )


def test_what_is_said_first_defines_and_no_longer_text_that_goes_on() -> None:
    rows = [
        {
            "pojem": "Příliv",
            "preklad": "Moře u břehu stoupá.",
            "praxe": "Loď tehdy pluje k molu, a to hned ráno.",
        },
        {
            "pojem": "Odliv",
            "preklad": "Moře u břehu klesá.",
            "praxe": "Loď pak leží na písku, někdy i celé dny.",
        },
        {
            "pojem": "Molo",
            "preklad": "Zeď, která stojí u vody.",
            "praxe": "Lodě tu stojí vedle sebe.",
        },
    ]
    assert next((e.term, e.summary) for e in _read(rows)) == ("Příliv", "Moře u břehu stoupá.")


def test_short_and_long_definitions_follow_one_another() -> None:
    value = {"termino": "Marea", "larga": "La mueve la luna.", "corta": "Subida del mar."}
    assert [s.text for s in _read([value])[0].sections] == ["Subida del mar.", "La mueve la luna."]


def test_notes_define_words_in_two_languages() -> None:
    text = "".join(
        f'[[term]]\nen = "{en}"\nzh = "{zh}"\nnotes = "{note}"\n\n'
        for en, zh, note in [
            ("Tide", "潮汐", "海水每天两次的涨落，由月亮引起"),
            ("Ebb", "退潮", "海水从岸边退去的那一段时间"),
        ]
    )
    assert toml.recognises(text)
    tide, ebb = entries_of(toml.read(text, PurePath("sea.toml")))
    assert (tide.language, tide.term, tide.aliases) == ("zh", "潮汐", ("Tide",))
    assert ebb.summary == "海水从岸边退去的那一段时间"


def test_the_lines_of_a_graph_are_no_entries() -> None:
    nodes = [
        {"id": "1", "term": "Tide", "definition": "The sea rises and falls."},
        {"id": "2", "term": "Ebb", "definition": "The sea falls."},
    ]
    links = [{"source": "2", "target": "1", "relation": "a part of it"}]
    assert [e.term for e in _read({"nodes": nodes, "links": links})] == ["Tide", "Ebb"]


def test_a_category_may_be_named_in_each_language() -> None:
    value = [{"term": {"en": "Ebb", "ar": "جزر"}, "definition": {"en": "It falls.", "ar": "نزول."},
              "category": {"en": "Sea", "ar": "بحر"}}]  # fmt: skip
    found = entries_of(read_json(json.dumps(value), PurePath("a.json")))
    assert [(e.term, e.category) for e in found] == [("Ebb", "Sea"), ("جزر", "بحر")]


@pytest.mark.parametrize("names", ["td", "wm", "qa", "fb", "kv"])
def test_fields_may_be_named_by_their_initials(names: str) -> None:
    term, told = names[0], names[1]
    rows = [{term: "Ebb", told: "It falls."}, {term: "Flow", told: "It rises."}]
    assert [(e.term, e.summary) for e in _read({"sea": rows})] == [
        ("Ebb", "It falls."),
        ("Flow", "It rises."),
    ]


@pytest.mark.parametrize("key", ["names", "labels", "titles"])
def test_names_in_several_languages_may_be_named_in_the_plural(key: str) -> None:
    said = {"en": "The sea falls.", "de": "Das Meer fällt."}
    ebb = {key: {"en": "Ebb", "de": "Ebbe"}, "descriptions": said}
    assert [(e.term, e.language) for e in _read([ebb])] == [("Ebb", "en"), ("Ebbe", "de")]
    assert [(e.term, e.id) for e in _read({"ebb": ebb, "flow": ebb})][:1] == [("Ebb", "ebb")]


def test_several_names_in_a_list_are_a_term_and_its_aliases() -> None:
    (entry,) = _read([{"names": ["Ebb", "Ebb tide"], "definition": "The sea falls."}])
    assert (entry.term, entry.aliases) == ("Ebb", ("Ebb tide",))


def _spoken(term: str, english: str, georgian: str) -> dict[str, str]:
    return {"t": term, "ge": georgian, "en": english}


def test_what_is_said_in_the_languages_of_its_fields_defines_however_short_one_is() -> None:
    ebb = _spoken("Ebb", "The fall of the sea after high water.", "ზღვის დონის ვარდნა.")
    flow = _spoken("Flow", "The rise of the sea up to high water.", "ზღვის დონის მატება.")
    moon = _spoken("Moon", "It leads them.", "ის უძღვება მათ.")
    sky = [each | {"t": f"{each['t']} of the sky"} for each in (ebb, flow, moon)]
    items = _read({"map": {"Sea": [ebb, flow, moon], "Sky": sky}})
    assert {(e.term, e.language) for e in items} >= {("Moon", "en"), ("Moon", "ka")}
    assert {e.category for e in items} == {"Sea", "Sky"}


def test_variants_beside_what_is_said_in_each_language_are_none_of_it() -> None:
    said = {"de": "Das Meer fällt.", "deEinfach": "Es fällt.", "en": "The sea falls."}
    rows = [{"begriff": name, "fassungen": said} for name in ("Ebbe", "Neige", "Rückgang")]
    assert [(e.term, e.language, e.summary) for e in _read(rows)][:2] == [
        ("Ebbe", "de", "Das Meer fällt."),
        ("Ebbe", "en", "The sea falls."),
    ]


@pytest.mark.parametrize(
    ("term", "definition"),
    [
        ("Term 1", "Definition 1"),
        ("Nome do termo", "Definição do termo"),
        ("[Your term]", "<your definition here>"),
        ("المصطلح", "تعريف المصطلح"),
    ],
)
def test_a_row_that_is_still_to_be_filled_in_is_no_entry(term: str, definition: str) -> None:
    form = {"term": term, "definition": definition}
    (entry,) = _read([form, {"term": "Name", "definition": "What a boat is called by."}])
    assert entry.term == "Name"


def test_a_line_that_but_names_other_names_is_none_of_the_definition() -> None:
    said = "<p>The fall of the sea.</p><p><b>Also known as:</b> ebb tide, falling tide.</p>"
    (entry,) = _read([{"term": "Ebb", "definition": said}])
    assert (entry.summary, entry.aliases) == (
        "The fall of the sea.",
        ("ebb tide", "falling tide"),
    )
    (alias,) = _read([{"term": "Alias", "definition": "Alias: another name"}])
    assert (alias.summary, alias.aliases) == ("Alias: another name", ())


def test_the_number_of_a_chapter_is_no_category() -> None:
    rows = [{"term": "Ebb", "definition": "The sea falls.", "module": 4, "tags": "sea; moon;"}]
    assert _read(rows)[0].category == "sea"


FORMS = {
    "ebb": {"short": "EBB", "long": "Early Back Bay", "description": "Its #emph[fall]; see @flow."},
    "flow": {"short": "flow", "description": "What follows @ebb[that]."},
}


@pytest.mark.parametrize(
    "value", [FORMS, [{"key": key, **form} for key, form in FORMS.items()]], ids=["keyed", "listed"]
)
def test_a_glossary_for_typst_is_named_by_its_short_forms(value: object) -> None:
    ebb, flow = _read(value)
    assert (ebb.id, ebb.term, ebb.aliases) == ("ebb", "EBB", ("Early Back Bay",))
    assert ebb.summary == "Its fall; see flow."
    assert flow.summary == "What follows that."


def test_a_translation_that_is_a_sentence_is_no_name() -> None:
    said = "What the sea does after it stood high for a while."
    rows = [{"term": "Ebb", "translation": said}, {"term": "Flow", "translation": "Flut"}]
    assert [(e.summary, e.aliases) for e in _read(rows)] == [(said, ()), ("Flut", ("Flut",))]


def test_words_with_what_they_are_changed_to_are_translations() -> None:
    rows = [
        {"from": "ebb", "to": "البحر"},
        {"from": "moon", "to": "القمر", "note": "of the earth"},
    ]
    entries = _read({"_comment": ["For those who translate."], "terms": rows})
    assert [(e.term, e.aliases, e.summary) for e in entries] == [
        ("ebb", ("البحر",), "البحر"),
        ("moon", ("القمر",), "القمر"),
    ]
    lines = [{"from": "ebb", "to": "moon"}, {"from": "moon", "to": "ebb"}]
    terms = [{"term": "ebb", "definition": "The sea falls."}]
    assert [e.term for e in _read({"terms": terms, "relations": lines})] == ["ebb"]


def test_a_term_may_have_a_list_of_what_it_means() -> None:
    senses = {
        "ebb": [
            {"kind": "noun", "definition": "The fall of the sea."},
            {"kind": "verb", "definition": "To fall as the sea does."},
        ],
        "moon": [{"kind": "noun", "definition": "What draws the sea."}],
    }
    ebb, moon = _read(senses)
    assert (ebb.term, moon.summary) == ("ebb", "What draws the sea.")
    assert [section.text for section in ebb.sections] == [
        "The fall of the sea.",
        "To fall as the sea does.",
    ]
    by_kind = {
        "Sea": [{"lemma": "ebb", "definition": "The fall of the sea."}],
        "Sky": [
            {"lemma": "moon", "definition": "What draws the sea."},
            {"lemma": "sun", "definition": "What draws it less."},
        ],
    }
    assert [(e.term, e.category) for e in _read(by_kind)][1:] == [("moon", "Sky"), ("sun", "Sky")]


def test_rows_without_names_are_told_by_what_they_hold_however_deep_they_stand() -> None:
    rows = [
        ["潮汐", "tide", "海水因月球和太阳的引力而产生的周期性涨落", "自然"],
        ["退潮", "ebb", "海面在高水位之后逐渐下降的过程", "自然"],
        ["码头", "quay", "供船只停靠并装卸货物的岸边建筑物", "建筑"],
        ["船闸", "lock", "使船只能够通过不同水位的封闭水室", "建筑"],
    ]
    for value in (rows, [rows]):
        tide, *_ = _read(value)
        assert (tide.term, tide.aliases, tide.summary) == ("潮汐", ("tide",), rows[0][2])


def test_categories_by_their_ids_are_no_entries_and_name_those_of_the_others() -> None:
    terms = [
        {"id": 1, "term": "Ebb", "definition": "The sea falls.", "categoryId": 2},
        {"id": 2, "term": "Flow", "definition": "The sea rises.", "categoryId": 2},
    ]
    named = {"id": 2, "label": "The sea", "description": "All of it."}
    for groups in ([named], {"2": named}, {"2": "The sea"}):
        entries = _read({"categories": groups, "terms": terms})
        assert [(e.term, e.category) for e in entries] == [("Ebb", "The sea"), ("Flow", "The sea")]


def test_translations_have_one_key_whatever_else_is_said_beside_them() -> None:
    words = {
        "المد": {"kind": "sea", "en": "High tide", "ru": "Прилив"},
        "الجزر": {"kind": "sea", "en": "Low tide", "ru": "Отлив", "aliases": ["الحسر"]},
    }
    told = {"en": "as in a book", "any": "with care"}
    high, low = _read({"_rules": told, "words": words})
    assert (high.term, high.aliases) == ("المد", ("High tide", "Прилив"))
    assert (low.term, low.aliases) == ("الجزر", ("الحسر", "Low tide", "Отлив"))


def test_a_field_of_any_name_may_list_what_a_word_means() -> None:
    uses = [{"type": "noun", "explanation": "The sea falls."}, {"explanation": "A decline."}]
    (entry,) = _read([{"word": "Ebb", "uses": uses}])
    assert [section.text for section in entry.sections] == ["The sea falls.", "A decline."]
    meanings = [{"kind": "noun", "context": "at sea", "definition_long": "The sea falls."}]
    assert _read([{"term": "Ebb", "meanings": meanings}])[0].summary == "The sea falls."


def test_a_definition_may_be_short_and_long() -> None:
    said = {"short": "The sea falls.", "long": "The sea falls after it stood high for a while."}
    for value in ({"Ebb": {"definition": said}}, [{"term": "Ebb", **said}]):
        (entry,) = _read(value)
        assert [section.text for section in entry.sections] == [*said.values()]


@pytest.mark.parametrize(("tongue", "text"), [("lang", "text"), ("@language", "@value")])
def test_texts_may_say_their_languages(tongue: str, text: str) -> None:
    said = {"term": ("Ebb", "Jusant"), "definition": ("The sea falls.", "La mer descend.")}
    row = {
        field: [{tongue: "en", text: english}, {tongue: "fr", text: french}]
        for field, (english, french) in said.items()
    }
    assert [(e.language, e.term, e.summary) for e in _read([row])] == [
        ("en", "Ebb", "The sea falls."),
        ("fr", "Jusant", "La mer descend."),
    ]


def test_addresses_with_signs_between_are_sources_each() -> None:
    links = "https://example.org/a | https://example.org/b"
    (entry,) = _read([{"term": "Ebb", "definition": "It falls.", "links": links}])
    assert [source.url for source in entry.sources] == links.split(" | ")


TERMS, SAID = ["Ebb", "Quay", "Lock"], ["The sea falls.", "A wall of a port.", "A room for ships."]


@pytest.mark.parametrize(
    "value",
    [
        {"term": TERMS, "definition": SAID},
        {"term": {"0": "Ebb", "1": "Quay"}, "definition": {"0": SAID[0], "1": SAID[1]}},
    ],
    ids=["lists", "numbered"],
)
def test_a_table_may_be_kept_by_its_columns(value: object) -> None:
    ebb, quay, *_ = _read(value)
    assert [ebb.term, quay.term, ebb.summary, quay.summary] == [*TERMS[:2], *SAID[:2]]


def test_what_the_fields_of_a_file_hold_is_no_term_of_it() -> None:
    schema = {"fields": [{"name": "term", "description": "The name."}]}
    rows = [{"term": "Ebb", "html": "<p>The <em>sea</em> falls.</p>"}]
    assert [(e.term, e.summary) for e in _read({"schema": schema, "data": rows})] == [
        ("Ebb", "The sea falls.")
    ]


def test_a_code_that_is_a_word_as_well_is_a_language_beside_another() -> None:
    row = {"lemma": {"en": "ebb", "la": "recessus"}, "gloss": {"en": "the fall of the sea"}}
    (entry,) = _read([row])
    assert (entry.term, entry.aliases) == ("ebb", ("recessus",))


@pytest.mark.parametrize(
    "beside",
    [
        {"steps": [{"from": "high sea", "to": "low sea"}]},
        {"quiz": [{"q": "What falls?", "a": "The sea does."}, {"q": "Why?", "a": "The moon."}]},
        {"faq": [{"question": "What falls?", "answer": "The sea does."}]},
        {"films": [{"title": "Ebb and flow", "description": "All about it."}]},
    ],
)
def test_what_stands_in_lists_beside_a_definition_is_no_entry(beside: dict[str, object]) -> None:
    row = {"definition": "The sea falls.", **beside}
    described = {"word": "Ebb", "description": "The sea falls.", **beside}
    for value in ([{"term": "Ebb", **row}], {"Ebb": row}, [described]):
        assert [(e.term, e.summary) for e in _read(value)] == [("Ebb", "The sea falls.")]


def test_entries_may_stand_within_an_entry() -> None:
    parts = [
        {"term": "Ebb", "definition": "It falls."},
        {"term": "Flow", "definition": "It rises."},
    ]
    row = {"term": "Tide", "definition": "The sea falls and rises.", "children": parts}
    assert [e.term for e in _read([row])] == ["Tide", "Ebb", "Flow"]


def test_of_rows_that_are_all_broken_but_so_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notation, "_MOST_BROKEN", 2)
    text = '{"term": "oven", "definition": "It bakes."}\n' + '{"term": "pan"\n' * 9
    items = list(read_json(text, PurePath("kitchen.jsonl")))
    assert [entry.term for entry in entries_of(items)] == ["oven"]
    assert [fault.line for fault in faults_of(items)] == [2, 3, 4]
    assert faults_of(items)[-1].message.endswith("what follows was not read.")


@pytest.mark.parametrize("key", ["glossary", "definitions", "terms"])
def test_what_a_file_says_above_its_list_is_no_entry(key: str) -> None:
    rows = [{"title": "Ebb", "body": "It falls."}, {"title": "Flow", "body": "It rises."}]
    entries = _read({"title": "Words of the sea", "description": "All of them.", key: rows})
    assert [e.term for e in entries] == ["Ebb", "Flow"]


TIDES = {
    "Ebb": {"definition": "The sea falls."},
    "Flow": {"definition": "The sea rises."},
    "Neap": {"definition": "A tide of little range."},
}


@pytest.mark.parametrize("about", [{"name": "Tides", "description": "Words of the sea."}])
@pytest.mark.parametrize(
    ("key", "held"),
    [
        pytest.param("codes", TIDES, id="objects by term"),
        pytest.param("glossary", {k: v["definition"] for k, v in TIDES.items()}, id="texts"),
        pytest.param("terms", [[k, v["definition"]] for k, v in TIDES.items()], id="rows"),
        pytest.param("items", [{k: v["definition"]} for k, v in TIDES.items()], id="one a term"),
        pytest.param(
            "glossary",
            {
                "low": {"label": "Low", "terms": [EBB, FLOW]},
                "high": {"label": "High", "terms": [{"term": "Neap", **TIDES["Neap"]}]},
            },
            id="by category",
        ),
    ],
)
def test_what_has_a_name_and_holds_terms_is_no_term_itself(
    about: dict[str, str], key: str, held: object
) -> None:
    assert [e.term for e in _read({**about, key: held})] == ["Ebb", "Flow", "Neap"]


def test_what_a_file_says_of_itself_beside_its_terms_is_no_term() -> None:
    about = {"name": "Tides", "description": "Words of the sea."}

    assert [e.term for e in _read({"metadata": about, "tides": [EBB, FLOW]})] == ["Ebb", "Flow"]


def test_a_field_of_any_name_says_what_objects_by_their_terms_mean() -> None:
    value = {k: {"d": v["definition"] + " So they say.", "rank": 1} for k, v in TIDES.items()}

    entries = _read(value)

    assert [(e.term, e.summary) for e in entries][:1] == [("Ebb", "The sea falls. So they say.")]
    assert len(entries) == 3


def test_two_definitions_of_names_that_mean_the_same_are_both_read() -> None:
    entry = only_entry(
        read_yaml(
            "- term: Ebb\n  short_def: The sea falls.\n  full_def: The moon draws it away.\n",
            PurePath("sea.yaml"),
        )
    )

    assert [s.text for s in entry.sections] == ["The sea falls.", "The moon draws it away."]


def test_an_acronym_means_what_it_is_short_for() -> None:
    value = {
        "LW": {"type": "acronym", "term": "Low water"},
        "Low water": {"type": "term", "description": "The sea at its lowest."},
    }

    assert [(e.term, e.summary) for e in _read(value)] == [
        ("LW", "Low water"),
        ("Low water", "The sea at its lowest."),
    ]


@pytest.mark.parametrize("key", ["translations", "localizations", "names", "terms", "content"])
@pytest.mark.parametrize("listed", [True, False])
def test_a_term_may_stand_with_what_it_means_below_each_language(key: str, listed: bool) -> None:  # noqa: FBT001
    said = {
        "en": {"term": "Ebb", "definition": "The sea falls."},
        "de": {"term": "Ebbe", "definition": "Das Meer fällt."},
    }
    held = [{"lang": k, **v} for k, v in said.items()] if listed else said

    entries = _read({"items": [{"id": "ebb", key: held}]})

    assert [(e.key, e.term) for e in entries] == [("en/ebb", "Ebb"), ("de/ebb", "Ebbe")]


def test_what_a_term_means_may_be_told_twice_under_one_name() -> None:
    told = {
        "simple": "The sea goes far away from us.",
        "technical": "The moon draws it off by day.",
    }

    (entry,) = _read([{"term": "Ebb", "definitions": told}])

    assert [s.text for s in entry.sections] == [*told.values()]


def test_a_table_of_toml_may_hold_but_terms_and_what_they_mean() -> None:
    told = "".join(f'{k.lower()} = "{v["definition"]} So they say."\n' for k, v in TIDES.items())
    text = f"# Words of the sea.\n[game.dictionary]\n{told}"

    assert toml.recognises(text)
    assert [e.term for e in entries_of(toml.read(text, PurePath("sea.toml")))] == [
        "ebb", "flow", "neap",
    ]  # fmt: skip
    assert not toml.recognises('[scripts]\na = "x.y:z"\nb = "x.y:w"\nc = "x.y:v"\n')


def test_what_stands_beside_a_glossary_is_none() -> None:
    principles = [{"id": "p1", "title": "Be brief", "body": "Say no more than you have to."}]

    assert [e.term for e in _read({"principles": principles, "glossary": [EBB, FLOW]})] == [
        "Ebb",
        "Flow",
    ]


@pytest.mark.parametrize("depth", [99, 300, 900])
@pytest.mark.parametrize(
    ("begins", "ends"),
    [('{"term": "x", "definition": ', "}"), ('{"senses": [{"definition": ', "}]}"), ("[", "]")],
)
def test_json_of_any_depth_is_read_or_refused_in_a_sentence(
    begins: str, ends: str, depth: int
) -> None:
    text = begins * depth + '{"term": "Ebb", "definition": "It falls."}' + ends * depth
    found = list(read_json(text, PurePath("deep.json")))
    assert depth == 99 or "too deep" in only_fault(found).message


@pytest.mark.parametrize("key", ["term", "definition", "a"])
def test_toml_of_any_depth_is_read_or_holds_no_terms(key: str, tmp_path: Path) -> None:
    rows = '[[b]]\nterm = "Ebb"\ndefinition = "It falls."\n' * 3
    for depth in (90, 900, 3000):
        deep = f"[{'.'.join([key] * depth)}]\nx = 'It is said.'\n"
        (tmp_path / "glossary.toml").write_text(deep + rows, "utf-8")
        assert list(read(tmp_path / "glossary.toml"))


BY_NUMBER = {"Term 1": "Ebb", "Definition 1": EBB["definition"],
             "term_2": "Flow", "definition_2": FLOW["definition"]}  # fmt: skip


def test_a_term_and_what_it_means_may_share_a_number() -> None:
    assert [(e.term, e.summary) for e in _read(BY_NUMBER)] == [
        ("Ebb", "The sea falls."),
        ("Flow", "The sea rises."),
    ]


@pytest.mark.parametrize("names", [("name", "label"), ("code", "label"), ("code", "title")])
def test_a_label_beside_a_name_or_a_code_says_what_that_means(names: tuple[str, str]) -> None:
    rows = [
        ("hh_size", "Number of people who live in the house"),
        ("inc_net", "Income of the house in the last month"),
        ("bed_own", "Whether there is a bed for each of them"),
    ]
    found = _read([dict(zip(names, row, strict=True)) for row in rows])
    assert [(e.term, e.summary) for e in found] == rows


BY_HAND = """terms:
  - term: Ebb
    definition: Falling: the sea draws back
  - term: Flow
    definition: "The "rising" of the sea"
  - term: Neap
    definition: `neap` is the tide of the half moon
  - term: Bore
    definition: A wave: it runs
      up a river: far
  - term: Surge
    definition: 'It's the sea that a storm drives'
  - term: Rip
   definition: It runs out.
  - term: Spring
    definition: "The tide of the full moon
  - term: Slack
    definition: | The sea stands.
"""


def test_a_line_of_yaml_that_lacks_quotes_is_read_and_told() -> None:
    items = list(read_yaml(BY_HAND, PurePath("sea.yml")))
    assert [(e.term, e.summary) for e in entries_of(items)] == [
        ("Ebb", "Falling: the sea draws back"),
        ("Flow", 'The "rising" of the sea'),
        ("Neap", "neap is the tide of the half moon"),
        ("Bore", "A wave: it runs up a river: far"),
        ("Surge", "It's the sea that a storm drives"),
        ("Spring", "The tide of the full moon"),
        ("Slack", "The sea stands."),
    ]
    told = {fault.line: fault.message.partition("; ")[2] for fault in faults_of(items)}
    quoted = dict.fromkeys((3, 5, 7, 9, 12, 16, 18), "the line was read as it stands: quote it.")
    assert told == quoted | {14: "the entry was not read."}


def test_the_words_of_an_id_name_what_nothing_else_does() -> None:
    found = _read([{"id": "spring_tide", "note": "It is at full and at new moon.", "level": 2}])
    assert [(e.term, e.summary) for e in found] == [
        ("spring tide", "It is at full and at new moon.")
    ]
    assert not _read([{"id": "a7f3-99", "definition": "It has no name."}])


@pytest.mark.parametrize("mark", [": ", " – ", " - "])
@pytest.mark.parametrize("key", ["", "terms", "glossary"])
def test_texts_may_hold_a_term_and_what_it_means(mark: str, key: str) -> None:
    said = {"Ebb": "The sea falls.", "Flow": "The sea rises.", "Neap": "A tide of little range."}
    texts = [f"{term}{mark}{told}" for term, told in said.items()]
    found = _read({key: texts} if key else texts)
    assert [(e.term, e.summary) for e in found] == [*said.items()]


def test_entries_below_others_may_stand_by_their_keys() -> None:
    below = {"ebb": {"label": "Ebb", "definition": "The sea falls."}}
    tide = {"label": "Tide", "definition": "It rises and falls.", "children": below}
    assert [e.term for e in _read({"tide": tide})] == ["Tide", "Ebb"]


@pytest.mark.parametrize("short", ["It is when the sea falls.", "海が引くこと。"])
def test_what_is_said_in_short_is_what_a_note_is_beside(short: str) -> None:
    (entry,) = _read([{"term": "Ebb", "short": short, "note": "It is seen by the shore."}])
    assert (entry.aliases, entry.summary) == ((), short)


@pytest.mark.parametrize("key", ["columns", "attributes", "properties"])
def test_a_thing_may_be_described_beside_its_parts(key: str) -> None:
    parts = {"height": {"description": "How high it is."}, "hour": {"description": "When it is."}}
    named = [{"name": name, **part} for name, part in parts.items()]
    tide = {"description": "One row a tide."}
    for held in ({"tide": tide | {key: parts}}, [{"name": "tide", **tide, key: named}]):
        found = _read({"tables": held})
        assert [e.term for e in found] == ["tide", "height", "hour"]
        assert [e.category for e in found[1:]] == ["tide", "tide"]


def test_toml_may_be_one_list_of_terms() -> None:
    ebb, flow = (
        f'{{ term = "{e["term"]}", definition = "{e["definition"]}" }}' for e in (EBB, FLOW)
    )
    text = f"terms = [\n  {ebb},\n  {flow},\n]\n"
    assert toml.recognises(text)
    assert [e.term for e in entries_of(toml.read(text, PurePath("sea.toml")))] == ["Ebb", "Flow"]
    assert not toml.recognises('names = [\n  { name = "Ebb" },\n]\n')
