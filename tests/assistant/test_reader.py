"""A model's text, as it streams, into sentences and the ids of what they rest on."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.writers import Draft
from assistant.writers.reader import Reader, unbracketed

GIVEN: Any = [tuple(f"{p}.{s}" for s in range(1, 9)) for p in range(1, 5)]  # ids, for sentences


def _written(*chunks: str, language: str = "en") -> list[Draft]:
    return list(Reader(language, GIVEN).read(chunks))


def _named(draft: Draft) -> list[str]:
    """What it names, as it would be written: 2.1, or 2."""
    passages = dict.fromkeys(str(each)[0] for each in draft.within)
    return [*map(str, draft.rests), *passages]


def _cited(text: str, language: str = "en") -> list[tuple[str, list[str]]]:
    return [(each.text, _named(each)) for each in _written(text, language=language)]


def _said(text: str, language: str = "en") -> list[str]:
    return [each.text for each in _written(text, language=language)]


# Ids


@pytest.mark.parametrize(
    "text", ["One is here [1.1]. Two is there [2.3].", "One [1.1] is here. Two [2.3] is there."]
)
def test_ids_stand_before_and_behind_the_stop_and_within(text: str) -> None:
    assert _cited(text) == [("One is here.", ["1.1"]), ("Two is there.", ["2.3"])]


@pytest.mark.parametrize("stop", [" {}.", ". {}"])
@pytest.mark.parametrize(
    ("ids", "named"),
    [
        ("[1.1, 1.2], [3]", "1.1 1.2 3"),
        ("【1.1†source】【1.2†L3-L5】[^3]", "1.1 1.2 3"),
        ("[١.١، ١.٢] [٣]", "1.1 1.2 3"),
    ],
)
def test_several_ids_are_read_in_whatever_form_they_come(ids: str, named: str, stop: str) -> None:
    text = f"A kettle boils{stop.format(ids)} Tea steeps."
    assert _cited(text) == [("A kettle boils.", named.split()), ("Tea steeps.", [])]


@pytest.mark.parametrize(
    "text",
    [
        "It lies in [-1, 1] or [0.5, 1].",
        "The vector [1, 0, 0] and the list [a, b] are none, nor (1).",
        "Set `a[1]. B[2.1]` and ``b`[1]. C`` to boil.",
    ],
)
def test_intervals_vectors_and_code_cite_nothing_and_stay(text: str) -> None:
    assert _cited(text) == [(text, [])]
    assert _cited(f"{text} [2.1] So.") == [(text, ["2.1"]), ("So.", [])]
    assert unbracketed("in [2, 4] `a[1]` [0, 1]") == "in (2, 4) `a[1]` [0, 1]"


# Sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["It holds 3.5 litres, e.g. water, i.e. not oil.", "Dr. Ito and B. Smith met."]),
        ("en", ["He said “One boils. Two cool.”", "And (so. It) ends.", "“Then” it starts."]),
        ("ar", ["هل يُكيَّف؟", "نعم!", "بلغ ٣٫٥ لتر.", "قال «غلى الماء. ثم برد.»", "وانتهى."]),
        ("zh", ["水在壶中沸腾。", "茶壶用于泡茶。"]),
    ],
)
def test_a_sentence_ends_where_a_reader_says_so(language: str, sentences: list[str]) -> None:
    space = "" if language == "zh" else " "
    assert _said(space.join(sentences), language) == sentences
    cited = space.join(f"{each} [{n}.1]" for n, each in enumerate(sentences, 1))
    assert _said(cited, language) == sentences


def test_a_sentence_is_given_back_with_the_first_word_of_the_next() -> None:
    reader = Reader("en", GIVEN)
    assert not list(reader.feed("The first is done. [1.1] [1.2] Then,"))
    (first,) = reader.feed(" ")
    assert (first.text, _named(first)) == ("The first is done.", ["1.1", "1.2"])
    assert not list(reader.feed("by Dr. Smith, the second."))
    assert list(reader.close()) == [Draft("Then, by Dr. Smith, the second.")]
    assert len([*reader.feed("[1.1] word " * 1000), *reader.close()]) > 1  # a line without an end


# What a page is made of


def test_items_of_a_list_are_told_and_its_opening_line_is_dropped() -> None:
    text = "It has:\n- a lid [1.1]\n• a **base**.\n1. Heat it [2]. Pour it.\n٢. Stop"
    items = [
        ("a lid", ["1.1"]),
        ("a base.", []),
        ("Heat it.", ["2"]),
        ("Pour it.", []),
        ("Stop", []),
    ]
    assert _cited(text) == items
    assert all(each.item for each in _written(text))


def test_cells_of_a_table_are_told_with_their_row_and_column() -> None:
    table = (
        "| | **Kettle** | Teapot [2] |\n|:---|---|---|\n"
        "| Use | boils water [1.1] | steeps tea. It pours [2.1][2.2] |\n| Parts | a spout | |\n"
    )
    drafts = _written(f"Compared:\n\n{table}\nBoth are hot [1.1].")
    assert [(each.text, _named(each), each.cell) for each in drafts] == [
        ("boils water", ["1.1"], ("Use", "Kettle")),
        ("steeps tea. It pours", ["2.1", "2.2"], ("Use", "Teapot")),
        ("a spout", [], ("Parts", "Kettle")),
        ("Both are hot.", ["1.1"], ("", "")),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One.\n## 2. It is. So\n**Kettle:**\n---\nTwo.", ["One.", "Two."]),
        ("One.\n```\na[1]. Y\n| z |\n```\nIn short:\nTwo.", ["One.", "Two."]),
        ("**Kettle**: a *vessel* [1]. _It_ __boils__.", ["Kettle: a vessel.", "It boils."]),
        ("**A kettle boils. It is hot.** [1.1]", ["A kettle boils.", "It is hot."]),
        ("Use `*a*` and ``b`` now.", ["Use `*a*` and ``b`` now."]),
    ],
)
def test_headings_code_and_emphasis_are_no_part_of_it(text: str, said: list[str]) -> None:
    assert _said(text) == said


# However it is cut


PARTS = [
    "One ", "boils", "e.g. ", "3.5 ", "نعم ", "水", " ", "\n", "\r", "\u2028", ".", ". ", "! ",
    "؟ ", "。", ": ", "—", "[1]", "[1.2]", "[2, 3.1]", "[0, 1]", "【1†s】", "[", "]", "^", "(", ")",
    "“", "”", "«", "»", '"', "`", "```", "**", "*", "_", "|", "| a ", "# ", "- ", "1. ",
]  # fmt: skip


EVERYWHERE = list(range(1, 80))


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(PARTS), max_size=25).map("".join),
    st.lists(st.integers(0, 80), max_size=8),
)
@example("One. [1.1] Two [2, 3.1] is [2]. [0, 1] is no id. “A. B.” [1] And (c. D).", EVERYWHERE)
@example("## A. B\n**C. D** is. [1.2]\r\n\r\n> Quoted. [2]\r- a [1]\n- b. C 【1†s】\n", EVERYWHERE)
@example("| a | b. C |\r\n|---|---|\r\n| d. E | f. G [1.1] |\n\nH\n```\nj. K\n``` \nL.", EVERYWHERE)
@example("شبكة [١.٢]. «نعم. لا.» 【٢】 بلغ ٣٫٥ [١، ٢]! ثم:\n١. كوب [٣]\n٢. شاي", EVERYWHERE)
def test_it_is_the_same_wherever_the_text_is_cut(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(text) + 80]
    for language in ("en", "ar"):
        chunks = (text[a:b] for a, b in pairwise(places))
        assert _written(*chunks, language=language) == _written(text, language=language)


@pytest.mark.parametrize(
    "text",
    ["A kettle boils [1.1]. " * 500, "a [1 " * 4000, f"[{'1-' * 4000}]. Then", "` a" * 4000,
     "".join("`" * n + " " for n in range(1, 200)), "(" * 10_000],
)  # fmt: skip
@pytest.mark.timeout(20)  # what grows with the power of a text takes many times as long
def test_letter_by_letter_it_comes_to_an_end(text: str) -> None:
    assert sum(len(each.text) for each in _written(*text)) <= len(text)
