"""Tables of a Markdown file: several languages, columns of other names, heads without one."""

from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.formats.sites.site import read_bare
from tests.knowledge.conftest import entries_of


def _read(head: str, *rows: str) -> list[Entry]:
    rule = "|".join("-" for _ in head.split("|"))
    table = "\n".join(f"| {line} |" for line in (head, rule, *rows))
    return entries_of(read_bare(f"# Glossary\n\n{table}\n", PurePath("glossary.md")))


def test_words_in_several_languages_are_names_of_one_term() -> None:
    ebb, flow = _read(
        "English | Deutsch | Meaning (short)",
        "Ebb | Ebbe | The sea falls twice on every day of the year.",
        "Flow | Flut | The sea rises twice on every day of the year.",
    )
    assert (ebb.term, ebb.language, ebb.aliases) == ("Ebb", "en", ("Ebbe",))
    assert ebb.summary == "The sea falls twice on every day of the year."
    assert (flow.id, flow.aliases) == ("flow", ("Flut",))


def test_the_definition_is_of_the_term_in_its_language() -> None:
    (ebb,) = _read("English | بالعربي | معناها", "Ebb | الجزر | هبوط ماء البحر مرتين كل يوم")
    assert (ebb.term, ebb.language, ebb.aliases, ebb.id) == ("الجزر", "ar", ("Ebb",), "ebb")


def test_words_with_no_definition_define_each_other() -> None:
    (ebb, _) = _read("العربي | الإنجليزي | الجدول", "الجزر | Ebb | tides", "المد | Flow | tides")
    assert (ebb.term, ebb.language, ebb.summary) == ("الجزر", "ar", "Ebb")
    assert ebb.text("body") == "الجدول: tides"


def test_a_definition_in_each_language_makes_an_entry_in_each() -> None:
    found = _read(
        "Term (EN) | Term (AR) | Definition (EN) | Definition (AR)",
        "Ebb | الجزر | The sea falls. | يهبط البحر.",
    )
    assert [(e.term, e.language, e.id) for e in found] == [
        ("Ebb", "en", "ebb"),
        ("الجزر", "ar", "ebb"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "编号 | 术语 | 定义 | 备注",
        "# | Standard term | Plain meaning | Notes",
        "No. | Término | Definición breve | Notas",
        "番号 | 用語 | 現実世界での意味 | 備考",
        "№ | Термин (RU) | Перевод / пояснение (RU) | Примечание",
    ],
)
def test_columns_are_known_by_part_of_their_names(head: str) -> None:
    (ebb,) = _read(head, "T-1 | Ebb | It falls. | daily")
    assert (ebb.term, ebb.summary) == ("Ebb", "It falls.")
    assert ebb.text("body").endswith(": daily")
    assert "T-1" not in ebb.text("body")


def test_other_names_have_columns_in_many_languages() -> None:
    (ebb,) = _read("표준 용어 | 다른 이름 | 의미", "Ebb | fall, 썰물 | 바다가 내려간다.")
    assert ebb.aliases == ("fall", "썰물")
    (ebb,) = _read("用語 | 正式名称 | 定義", "LW | Low water | 水が低い。")
    assert ebb.aliases == ("Low water",)


def test_a_table_without_names_has_terms_first() -> None:
    ebb, flow = _read(" | ", "Ebb | It falls.", "Flow | It rises.")
    assert (ebb.summary, flow.summary) == ("It falls.", "It rises.")


def test_an_index_of_letters_holds_no_terms() -> None:
    assert not _read(" | ", "A | [Ebb](#ebb) [Flow](#flow)", "B | [Tide](#tide)")


def test_of_unknown_columns_the_longest_defines() -> None:
    (ebb, _) = _read(
        "Sailors say | Code | What we mean by it here",
        "Ebb | E1 | The sea falls for six hours.",
        "Flow | F1 | The sea rises for six hours.",
    )
    assert ebb.summary == "The sea falls for six hours."
    assert ebb.text("body") == "Code: E1"


def test_a_bracket_that_is_a_mark_names_no_other_term() -> None:
    found = _read(
        "Term | Meaning", "Low | It is down.", "Turn (`!`) | It turns.", "High | It is up."
    )
    assert [entry.term for entry in found] == ["Low", "Turn", "High"]


def test_single_words_on_lines_of_a_cell_are_names_of_one_term() -> None:
    ebb, flow = _read(
        "Term | Definition", "Ebb<br>Отлив | It falls.", "Flood<br/>tide (in) | It rises."
    )
    assert (ebb.term, ebb.aliases) == ("Ebb", ("Отлив",))
    assert flow.term == "Flood tide (in)"


def test_other_names_behind_the_definition_are_no_terms() -> None:
    ebb, flow = _read("الرمز | المعنى | بدائل", "`ebb` | جزر | انحسار", "`flow` | مد | —")
    assert (ebb.term, ebb.summary, ebb.aliases) == ("ebb", "جزر", ("انحسار",))
    assert (flow.term, flow.aliases) == ("flow", ())


def test_what_is_only_sent_elsewhere_is_a_name_of_that() -> None:
    rows = ("Ebbe | Das Wasser geht.", "Fall | Siehe: Ebbe", "Flut | Es kommt.")
    ebb, flow = _read("Wort | Erklärung", *rows)
    assert (ebb.aliases, flow.term) == (("Fall",), "Flut")


def test_where_the_definition_is_missing_the_next_column_defines() -> None:
    (ebb,) = _read("Term | Expansion | What it is", "Ebb | — | The sea falls.")
    assert (ebb.summary, ebb.text("body")) == ("The sea falls.", "")


def test_tables_may_be_drawn_with_rules() -> None:
    rule = "+-------+----------------+\n"
    rows = [
        f"| Term  | Definition     |\n{rule.replace('-', '=')}",
        "| *Ebb* | The fall of    |\n|       | the water.     |\n",
        f"|       |                |\n|       | It comes twice.|\n{rule}",
        f"| Flow  | \\<rise\\> of it |\n{rule}",
        f"| \\<x\\> | \\<what it is\\> |\n{rule}",
    ]
    text = f"# Glossary\n\nAbove.\n\n{rule}{''.join(rows)}\nBelow.\n"
    ebb, flow = entries_of(read_bare(text, PurePath("glossary.md")))
    assert (ebb.term, ebb.line) == ("Ebb", 8)
    assert ebb.summary == "The fall of the water. It comes twice."
    assert (flow.term, flow.line, flow.summary) == ("Flow", 13, "<rise> of it")
    uneven = f"# Glossary\n\n{rule}| Both columns |\n{rule}"
    assert not entries_of(read_bare(uneven, PurePath("glossary.md")))
    shown = entries_of(
        read_bare(
            f"# Glossary\n\n## Ebb\n\nIt falls.\n\n## Flow\n\nSo:\n\n"
            f"```\n{rule}| a | b |\n{rule}```\n",
            PurePath("glossary.md"),
        )
    )
    assert "+--" in shown[1].text("body")


def test_a_link_to_the_page_of_the_term_is_no_source() -> None:
    head = "# Glossary\n\n| Term | Definition | Link |\n|---|---|---|\n"
    text = f"{head}| Ebb | Falls. | [[Ebb]] |\n| Flow | Rises. | [[The sea]] |\n"
    ebb, flow = entries_of(read_bare(text, PurePath("glossary.md")))
    assert (ebb.sources, [source.title for source in flow.sources]) == ((), ["The sea"])


def test_a_note_defines_words_in_two_languages_where_it_says_more_than_they_do() -> None:
    keel, bow = _read(
        "Español | English | Nota / Contexto",
        "Quilla | Keel | Pieza que recorre el barco por debajo.",
        "Proa | Bow | ",
    )
    assert (keel.term, keel.summary) == ("Quilla", "Pieza que recorre el barco por debajo.")
    assert keel.aliases == ("Keel",)
    assert (bow.term, bow.summary) == ("Proa", "Bow")


def test_definitions_for_two_kinds_of_readers_follow_one_another() -> None:
    (ebb,) = _read(
        "المصطلح | تعريف البحّار | تعريف API / النظام",
        "الجزر | انحسار الماء عن الشاطئ. | قيمة تُقرأ كل ساعة.",
    )
    assert ebb.summary.startswith("انحسار الماء عن الشاطئ.")


def test_of_a_table_in_two_languages_the_column_that_says_most_defines() -> None:
    for head in ("Ce que ça désigne", "Dans ce projet"):
        text = f"# Glossaire\n\n| Français | Anglais | {head} |\n|---|---|---|\n"
        text += "| jusant | ebb | La descente de la mer après la haute mer. |\n"
        text += "| flot | flow | La montée de la mer après la basse mer. |\n"
        entries = entries_of(read_bare(text, PurePath("glossaire.md")))
        assert [(e.term, e.language, e.aliases) for e in entries] == [
            ("jusant", "fr", ("ebb",)),
            ("flot", "fr", ("flow",)),
        ]
        assert entries[0].summary == "La descente de la mer après la haute mer."


def test_an_acronym_beside_a_term_is_another_name_of_it_whatever_stands_first() -> None:
    (gas,) = _read(
        "Acronimo | Termine | Definizione",
        "GHG | Gas a effetto serra | Gas che trattiene il calore del sole.",
    )
    assert (gas.term, gas.aliases) == ("Gas a effetto serra", ("GHG",))


@pytest.mark.parametrize("head", ["Abbreviation | Name", "Acronym | Meaning", "Sigle | Terme"])
def test_acronyms_in_a_table_beside_the_terms_are_names_of_these_or_terms(head: str) -> None:
    rows = "| MHW | Mean high water |\n| LAT | Lowest astronomical tide |\n"
    text = "# Glossary\n\n**Ebb** — It falls.\n\n**Mean high water** — A mean.\n\n"
    text += f"## Abbreviations\n\n| {head} |\n|---|---|\n{rows}"
    found = entries_of(read_bare(text, PurePath("glossary.md")))
    assert [(entry.term, entry.aliases) for entry in found] == [
        ("Ebb", ()), ("Mean high water", ("MHW",)), ("LAT", ()),
    ]  # fmt: skip
    assert found[2].summary == "Lowest astronomical tide"


def test_words_in_two_languages_are_terms_even_if_some_are_to_be_avoided() -> None:
    rows = ("tide(s) | Gezeit(en) | Flut", "ebb | Ebbe | Niedrigwasser")
    found = _read("Englisch | Deutsch | Nicht verwenden", *rows)
    assert [(e.term, e.aliases, e.summary) for e in found] == [
        ("tide(s)", ("Gezeit(en)",), "Gezeit(en)"), ("ebb", ("Ebbe",), "Ebbe"),
    ]  # fmt: skip


@pytest.mark.parametrize("avoided", ["Not", "Avoid", "Instead of"])
def test_beside_words_to_avoid_a_concept_is_what_a_term_means(avoided: str) -> None:
    head = f"| Concept | Term | {avoided} |\n|---|---|---|\n"
    rows = "| The fall of the sea | ebb | low tide |\n| The rise of the sea | flow | flood |\n"
    found = entries_of(list(read_bare(f"# Terminology\n\n{head}{rows}", PurePath("terms.md"))))
    assert [(entry.term, entry.summary) for entry in found] == [
        ("ebb", "The fall of the sea"), ("flow", "The rise of the sea"),
    ]  # fmt: skip
