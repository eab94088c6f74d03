"""Flash cards: exports of Anki and Quizlet, and tables without a header."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import sheets
from knowledge.formats.tables.cards import read, recognises
from knowledge.formats.tables.table import recognises_csv
from tests.knowledge.conftest import entries_of

ANKI = """#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
a1\tBasic\tSea\t<b>Spring</b>&nbsp;tide\tThe highest tide,<br>at full moon. [sound:tide.mp3]\tsea
b2\tBasic\tSea\tNeap tide<img src="neap.png">\t"The ""small"" tide,\nat half moon."\tsea
"""


def _cards(text: str, **columns: str) -> list[Entry | Fault]:
    assert recognises(text) or columns
    return list(read(text, PurePath("sea.txt"), columns or None))


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(entry.term, entry.summary) for entry in entries_of(_cards(text))]


def test_an_export_of_anki_is_read_by_its_header() -> None:
    first, second = entries_of(_cards(ANKI))
    assert (first.term, first.summary) == ("Spring tide", "The highest tide,\nat full moon.")
    assert (second.term, second.summary) == ("Neap tide", 'The "small" tide,\nat half moon.')
    assert (first.category, first.line, second.line) == ("sea", 7, 8)


def test_named_fields_of_anki_are_columns() -> None:
    text = "#separator:Semicolon\n#columns:Example;Front;Back;Tags\nIt ebbs.;Ebb;The sea falls.;x\n"
    (entry,) = entries_of(_cards(text))
    assert (entry.term, entry.summary, entry.example) == ("Ebb", "The sea falls.", "It ebbs.")


def test_a_cloze_gives_its_gap_as_the_term_and_the_sentence_whole() -> None:
    text = (
        "#separator:tab\n#html:true\nThe {{c1::tide::a rise}} follows the <i>{{c2::moon}}</i>.\t\n"
    )
    assert _pairs(text) == [("tide", "The tide follows the moon.")]


def test_a_cloze_in_arabic_is_one_too() -> None:
    text = "#separator:tab\nيحدث {{c1::المد}} مرتين في اليوم.\tمن علوم البحار\n"
    (entry,) = entries_of(_cards(text))
    assert (entry.term, entry.summary) == ("المد", "يحدث المد مرتين في اليوم.")
    assert entry.text("body") == "من علوم البحار"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ebb\tThe sea falls.\nFlow\tThe sea rises.\nSlack\tIt rests.\n", id="tabs"),
        pytest.param("Ebb - The sea falls.\nFlow - The sea rises.\nSlack - It rests.\n", id="dash"),
        pytest.param(
            "Ebb – The sea falls.\n\nFlow – The sea rises.\n\nSlack – It rests.\n", id="rows"
        ),
        pytest.param("Ebb - The sea falls.;Flow - The sea rises.;Slack - It rests.", id="one line"),
        pytest.param("Ebb,The sea falls.\nFlow,The sea rises.\nSlack,It rests.\n", id="commas"),
        pytest.param(
            'Ebb;"The sea falls."\nFlow;The sea rises.\nSlack;It rests.\n', id="semicolons"
        ),
    ],
)
def test_cards_without_a_header_are_told_by_what_parts_them(text: str) -> None:
    assert not recognises_csv(text)
    assert _pairs(text) == [
        ("Ebb", "The sea falls."),
        ("Flow", "The sea rises."),
        ("Slack", "It rests."),
    ]


def test_questions_may_be_longer_than_their_answers() -> None:
    text = "How often does the sea rise and fall along most coasts of the earth?\tTwice\n"
    assert _pairs(text + "What follows the moon?\tThe tide\n") == [
        ("How often does the sea rise and fall along most coasts of the earth?", "Twice"),
        ("What follows the moon?", "The tide"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The sea rises, and falls.\nIt follows the moon, mostly.\nSo do we, at night.\n",
        "- ebb - the sea falls\n- flow - it rises\n- slack - it rests\n",
        "# Tides\n\nThe sea - as ever - rises.\n\nIt falls.\n",
        "def ebb(sea):\n\treturn sea - 1\n\ndef flow(sea):\n\treturn sea + 1\n",
        "1\t2\n3\t4\n5\t6\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "Ebb\n",
        "",
    ],
)
def test_prose_and_figures_are_no_cards(text: str) -> None:
    assert not recognises(text)


def test_none_of_the_project_s_own_texts_is_taken_for_a_table_or_cards() -> None:
    root = Path(__file__).parents[2]
    texts = [*root.glob("*.md"), *root.glob("docs/*.md"), root / "LICENSE", root / "Makefile"]
    assert len(texts) > 5
    for path in texts:
        text = path.read_text("utf-8")
        assert not recognises(text), path
        assert not recognises_csv(text), path


def test_columns_of_cards_may_be_chosen() -> None:
    (entry, *_) = entries_of(_cards(ANKI, term="5", definition="4"))
    assert entry.summary == "Spring tide"


def test_the_sheet_of_cards_is_shown_for_choosing(tmp_path: Path) -> None:
    (tmp_path / "sea.txt").write_text("Ebb\tIt falls.\nFlow\tIt rises.\n", "utf-8")
    (sheet,) = sheets(tmp_path / "sea.txt")
    assert (sheet.header, sheet.roles) == ((), {"term": "A", "definition": "B"})


@given(st.text(alphabet='ab\t\n;,|"#:-{}c1 <>&المد', max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_fail(text: str) -> None:
    for text_of in (text, f"#separator:tab\n{text}"):
        if recognises(text_of):
            list(read(text_of, PurePath("sea.txt")))


@pytest.mark.parametrize(
    "text",
    [
        "Ebb::The sea falls;;Flow::The sea rises;;Tide::Both of the two;;",
        "Ebb,The sea falls;Flow,The sea rises;Tide,Both of the two",
        "Ebb = The sea falls\nFlow = The sea rises\nTide = Both of the two\n",
        "Ebb::The sea falls\nFlow::The sea rises\nTide::Both of the two\n",
    ],
)
def test_cards_may_be_parted_by_other_marks(text: str) -> None:
    assert _pairs(text) == [
        ("Ebb", "The sea falls"),
        ("Flow", "The sea rises"),
        ("Tide", "Both of the two"),
    ]


def test_the_first_of_several_tags_is_the_category() -> None:
    text = "#separator:tab\n#tags column:3\nEbb\tThe sea falls.\ttides moon\n"
    assert entries_of(_cards(text))[0].category == "tides"


WORDS = [("ebb", "Ebbe"), ("flow", "Flut"), ("sea", "Meer"), ("moon", "Mond"), ("wave", "Welle")]


def test_words_and_their_like_in_another_language_are_cards() -> None:
    assert _pairs("\n".join(map(",".join, WORDS))) == WORDS


def test_words_may_be_followed_by_their_languages() -> None:
    entries = entries_of(_cards("\n".join(f"{a},{b},EN,DE" for a, b in WORDS)))
    assert [(e.term, e.summary, e.language) for e in entries[:1]] == [("ebb", "Ebbe", "en")]
    assert len(entries) == len(WORDS)


def test_names_and_what_recurs_beside_them_are_no_cards() -> None:
    rows = [
        ("Mira", "Rome"),
        ("Noor", "Oslo"),
        ("Sami", "Rome"),
        ("Lena", "Oslo"),
        ("Omar", "Rome"),
    ]
    assert not recognises("\n".join(map(",".join, rows)))


def test_three_hyphens_may_part_a_card_without_spaces() -> None:
    text = "Ebb---the fall of the sea\nFlow---the rise of the sea\nNeap tide---a low high tide"
    assert _pairs(text)[0] == ("Ebb", "the fall of the sea")
    assert len(_pairs(text)) == 3


def test_words_in_two_scripts_need_no_more_than_a_space_between_them() -> None:
    text = "ebb tide 退潮\nflow\t涨潮\nslack 平潮\nsea 海\nmoon 月亮\n"
    assert recognises(text)
    found = entries_of(read(text, PurePath("sea.txt")))
    assert [(e.term, e.summary) for e in found][:2] == [("ebb tide", "退潮"), ("flow", "涨潮")]


MANY = [
    ("x7Kd2", "17", "<b>Ebbe</b>", "ebb", "[sound:a.mp3]", "<p>Das Fallen des Meeresspiegels.</p>"),
    ("p0Qa9", "18", "<b>Flut</b>", "flood", "[sound:b.mp3]", "<p>Das Steigen bis zur Höhe.</p>"),
    (
        "r5Zt1",
        "19",
        "<b>Priel</b>",
        "creek",
        "[sound:c.mp3]",
        "<p>Ein Lauf im Watt, der bleibt.</p>",
    ),
    ("k3Lm8", "20", "<b>Watt</b>", "mudflat", "[sound:d.mp3]", "<p>Boden, der trocken fällt.</p>"),
]


@pytest.mark.parametrize("head", ["#separator:tab\n#html:true\n", ""])
def test_of_many_columns_without_names_those_of_words_and_texts_are_read(head: str) -> None:
    text = head + "\n".join(map("\t".join, MANY))
    first, *_ = entries_of(_cards(text))
    assert (first.term, first.summary) == ("Ebbe", "Das Fallen des Meeresspiegels.")
    assert first.aliases == ("ebb",)


def test_a_text_that_has_the_word_in_it_is_an_example_and_defines_nothing() -> None:
    rows = [
        ("Hund", "dog", "Mein Hund läuft jeden Morgen am Meer entlang."),
        ("Boot", "boat", "Das Boot liegt seit gestern im kleinen Hafen."),
        ("Segel", "sail", "Wir setzen die Segel, sobald der Wind auffrischt."),
    ]
    assert _pairs("\n".join(map("\t".join, rows)))[0] == ("Hund", "dog")


def test_numbers_and_what_recurs_beside_the_words_are_passed_over() -> None:
    rows = [
        ("1", "Ebb", "noun", "The falling of the sea after high water."),
        ("2", "Flow", "noun", "The rising of the sea after low water."),
        ("3", "Slack", "noun", "The short time in which the sea rests."),
        ("4", "Neap", "adjective", "Of a tide that is the least of all."),
    ]
    assert _pairs("\n".join(map("\t".join, rows)))[1] == (
        "Flow",
        "The rising of the sea after low water.",
    )


def test_a_column_that_says_the_same_in_each_row_defines_nothing() -> None:
    words = [
        ("ebb", "the sea falls"),
        ("flow", "the sea rises"),
        ("quay", "a wall"),
        ("tug", "a boat"),
    ]
    text = "".join(f"{word}\tn.\t{said}\n" for word, said in words)
    assert [(e.term, e.summary) for e in entries_of(_cards(text))] == words


def test_persons_and_their_streets_are_no_cards() -> None:
    rows = [
        ("1", "Mira Blum", "1980", "Harbour Lane 5"),
        ("2", "Noor Aziz", "1975", "Old Market Street 12"),
        ("3", "Sami Roth", "1991", "Upper Garden Row 7"),
        ("4", "Lena Voss", "1988", "North Station Road 3"),
    ]
    assert not recognises("\n".join(map("\t".join, rows)))


def test_comments_among_cards_are_none() -> None:
    text = "# Of the sea\nEbb\tThe sea falls.\n#next: more\n# --- high ---\nFlow\tIt rises.\n"
    assert _pairs(text) == [("Ebb", "The sea falls."), ("Flow", "It rises.")]


def test_the_letter_above_the_terms_that_begin_with_it_is_none_without_a_header_either() -> None:
    text = "E;\nEbb ;The sea falls.\nF;\nFlow ;Then it rises again.\nS;\nSlack ;It rests.\n"
    assert [term for term, _ in _pairs(text)] == ["Ebb", "Flow", "Slack"]


def test_questions_and_their_answers_are_cards_however_long() -> None:
    rows = [
        [
            "What does the sea do for six hours, along most coasts, after it stood high?",
            "It falls.",
        ],
        ["What follows the moon, and rises and falls twice in a day?", "The tide, by its pull."],
        ["ما الذي يتبع القمر؟", "المد"],
    ]
    text = "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    assert [answer for _, answer in _pairs(text)] == ["It falls.", "The tide, by its pull.", "المد"]


def test_a_card_that_could_be_a_header_is_a_card_below_three_others() -> None:
    cards = [
        ("BASE", "Where a branch begins."),
        ("FORK", "A branch of your own."),
        ("GRAFT", "It joins two branches."),
        ("HEAD", "The newest of a branch."),
        ("MERGE", "Two branches made one."),
    ]
    assert _pairs("".join(f"{term}\t{said}\n" for term, said in cards)) == cards


def test_tabs_in_each_line_part_the_cards_whatever_commas_their_texts_have() -> None:
    cards = [
        ("ebb", "A fall, commonly slow, of the sea."),
        ("flow", "A rise, commonly slow, after it."),
        ("guest", "A word of two senses, depending on context, and no term, definition or name."),
        ("slack", "A rest, commonly short, between them."),
    ]
    assert _pairs("".join(f"{term}\t{said}\n" for term, said in cards)) == cards


def test_what_a_program_says_in_a_cell_stays_as_it_is() -> None:
    said = "The way from u to v is edges[u][v], or a*b in bold letters."
    assert _pairs(f"Edge\t{said}\nStar\tWrite `a*b` or `[[x]]`, **not** `f[0][1]`.\n") == [
        ("Edge", said),
        ("Star", "Write a*b or [[x]], not f[0][1]."),
    ]


@pytest.mark.parametrize(
    "mark", [" => ", " -> ", " → ", " | ", "##", "@@", " ~ ", " = "], ids=lambda mark: mark.strip()
)
def test_cards_may_be_parted_by_any_sign_that_is_no_punctuation(mark: str) -> None:
    said = {"Ebb": "The sea falls.", "Flow": "The sea rises.", "Neap": "A tide of little range."}
    text = "\n".join(f"{term}{mark}{told}" for term, told in said.items())
    assert _pairs(text) == [*said.items()]


def test_cards_on_one_line_may_be_parted_by_two_bars() -> None:
    text = "Ebb::The sea falls; it goes.||Flow::The sea rises.||Neap::A tide of little range."
    assert [term for term, _ in _pairs(text)] == ["Ebb", "Flow", "Neap"]


def test_what_a_card_says_may_have_lines() -> None:
    text = "Ebb\tThe sea falls.\nFlow\tThe sea rises,\nand then it stands.\nNeap\tA small tide.\n"
    assert _pairs(text) == [
        ("Ebb", "The sea falls."),
        ("Flow", "The sea rises,\nand then it stands."),
        ("Neap", "A small tide."),
    ]
