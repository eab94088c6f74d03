"""A model's text, as it streams, into sentences and what they cite."""

import pytest

from assistant.writers.markers import CitedSentence, SentenceReader
from assistant.writers.pieces import unmarked
from knowledge.glossary import Glossary
from knowledge.language import sentences as spans

GIVEN = 9

Read = list[tuple[str, tuple[int, ...]]]


def _read(*chunks: str, language: str = "en", given: int = GIVEN) -> Read:
    reader = SentenceReader(language, given)
    found = [sentence for chunk in chunks for sentence in reader.feed(chunk)]
    return [(text, numbers) for text, numbers in (*found, *reader.close())]


TEXTS: list[tuple[str, str, Read]] = [
    # Where markers stand.
    ("en", "One is here. [1] Two is there. [2]", [("One is here.", (1,)), ("Two is there.", (2,))]),
    ("en", "One is here [1]. Two is there [2].", [("One is here.", (1,)), ("Two is there.", (2,))]),
    ("en", "One.[1][2] Two.[3]", [("One.", (1, 2)), ("Two.", (3,))]),
    ("en", "One. [1]Two. [2]", [("One.", (1,)), ("Two.", (2,))]),
    ("en", "One is. [1]\nTwo is.\n[2]\n\n[3]\nThree.", [
        ("One is.", (1,)), ("Two is.", (2, 3)), ("Three.", ()),
    ]),
    ("en", "One [1, 2] and more. Two.", [("One and more.", (1, 2)), ("Two.", ())]),
    ("en", "It has two parts [1]: a lid, a spout [2].", [
        ("It has two parts: a lid, a spout.", (1, 2)),
    ]),
    ("en", "[1] One is here. [2] Two is there. [3] Three.", [
        ("One is here.", (1,)), ("Two is there.", (2,)), ("Three.", (3,)),
    ]),
    ("en", "[1]\nOne is here.", [("One is here.", (1,))]),
    ("en", "One [1][1] and [1].", [("One and.", (1,))]),
    # Their forms.
    ("en", "One 【3】. Two ［4］. Three [١، ٢]. Four [1،2]. Five [۳].", [
        ("One.", (3,)), ("Two.", (4,)), ("Three.", (1, 2)), ("Four.", (1, 2)), ("Five.", (3,)),
    ]),
    ("en", "One [1-3]. Two [2–3, 5]. Three [^1]. Four [^1][^2].", [
        ("One.", (1, 2, 3)), ("Two.", (2, 3, 5)), ("Three.", (1,)), ("Four.", (1, 2)),
    ]),
    ("en", "One.[^1]\n\n[^1]: Kettle\n[2]: Teapot", [
        ("One.", (1,)), ("Kettle", (2,)), ("Teapot", ()),
    ]),
    ("en", "One【1†source】. Two [[2]], ([3]), [1], [2].", [
        ("One.", (1,)), ("Two.", (2, 3, 1)),
    ]),
    ("en", "One (1) is no marker. Nor is [a] or [1", [
        ("One (1) is no marker.", ()), ("Nor is [a] or", ()),
    ]),
    # Numbers that were not given.
    ("en", "One [7][42][0] two [2019]. Three [8-1000].", [
        ("One two.", (7,)), ("Three.", (8, 9)),
    ]),
    ("en", "A probability lies in [0, 1] [2].", [("A probability lies in [0, 1].", (2,))]),
    # What is no end of a sentence.
    ("en", "It holds 3.5 litres, e.g. water, i.e. not oil [1]. Dr. Ito, Mr. B. Smith et al. met.", [
        ("It holds 3.5 litres, e.g. water, i.e. not oil.", (1,)),
        ("Dr. Ito, Mr. B. Smith et al. met.", ()),
    ]),
    ("en", "It is etc. Then it boils. See No. 5. It does.", [
        ("It is etc.", ()), ("Then it boils.", ()), ("See No. 5.", ()), ("It does.", ()),
    ]),
    ("de", "Das ist z.B. ein Kessel [1]. Er kocht am 3. April. „Er kocht. Gut.“ [2] Am 4. Mai.", [
        ("Das ist z.B. ein Kessel.", (1,)),
        ("Er kocht am 3. April.", ()),
        ("„Er kocht. Gut.“", (2,)),
        ("Am 4. Mai.", ()),
    ]),
    ("en", "He said “One boils. Two cool.” [1] And (so. It) ends [2]. “Then” it starts.", [
        ("He said “One boils. Two cool.”", (1,)),
        ("And (so. It) ends.", (2,)),
        ("“Then” it starts.", ()),
    ]),
    ("en", "One ends! Two? Yes. 5 cats.", [
        ("One ends!", ()), ("Two?", ()), ("Yes.", ()), ("5 cats.", ()),
    ]),
    # Other scripts.
    ("ar", "النموذج الأساسي شبكة كبيرة [١]. هل يُكيَّف؟ نعم【2】!", [
        ("النموذج الأساسي شبكة كبيرة.", (1,)), ("هل يُكيَّف؟", ()), ("نعم!", (2,)),
    ]),
    ("zh", "水在壶中沸腾。[1]茶壶【2】用于泡茶。“你好。”他说[3]。", [
        ("水在壶中沸腾。", (1,)), ("茶壶用于泡茶。", (2,)), ("“你好。”", ()), ("他说。", (3,)),
    ]),
    # Code.
    ("en", "Use `a[1]. B` in it [2]. Then ``b`[3]. C``.", [
        ("Use `a[1]. B` in it.", (2,)), ("Then ``b`[3]. C``.", ()),
    ]),
    ("en", "Then:\n```py\nx = a[1]. Y\n\n  z = `b`\n```\n[3]\nNext.", [
        ("Then:", ()), ("```py\nx = a[1]. Y\n\n  z = `b`\n```", (3,)), ("Next.", ()),
    ]),
    ("en", "One ` tick. Next [1] one.\nMore `[2].", [
        ("One ` tick.", ()), ("Next one.", (1,)), ("More `.", (2,)),
    ]),
    ("en", "Never closed:\n```\na[1]. B", [("Never closed:", ()), ("```\na[1]. B", ())]),
    # Signs that are not for reading.
    ("en", "## Kettle\n**Kettle**: a *vessel* [1]. _It_ __boils__. ***All of it***.", [
        ("Kettle", ()), ("Kettle: a vessel.", (1,)), ("It boils.", ()), ("All of it.", ()),
    ]),
    ("en", "It has:\n- a lid [1]\n* a **spout** [2]\n• a base.\n1. One [1].\n٢. Two\n2) Three", [
        ("It has:", ()), ("a lid", (1,)), ("a spout", (2,)), ("a base.", ()),
        ("One.", (1,)), ("Two", ()), ("Three", ()),
    ]),
    ("en", "**A kettle boils. It is hot.** [1]\n---\n> Quoted.", [
        ("A kettle boils.", ()), ("It is hot.", (1,)), ("Quoted.", ()),
    ]),
    ("en", "A* finds 5 * 3 and 2**3 by snake_case_name.", [
        ("A* finds 5 * 3 and 2**3 by snake_case_name.", ()),
    ]),
    # Nothing to read.
    ("en", "No marker at all", [("No marker at all", ())]),
    ("en", "", []),
    ("en", "[1]", []),
    ("en", " \n[1] .\r\n\r\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "sentences"), TEXTS)
def test_sentences_and_what_they_cite(language: str, text: str, sentences: Read) -> None:
    assert _read(text, language=language) == sentences


@pytest.mark.parametrize(("language", "text", "sentences"), TEXTS)
def test_it_is_the_same_wherever_the_stream_is_cut_twice(
    language: str, text: str, sentences: Read
) -> None:
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            chunks = text[:first], text[first:second], text[second:]
            assert _read(*chunks, language=language) == sentences, chunks


@pytest.mark.parametrize(("language", "text", "sentences"), TEXTS)
def test_it_is_the_same_letter_by_letter(language: str, text: str, sentences: Read) -> None:
    assert _read(*text, language=language) == sentences


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The first is done. [1] A", ("The first is done.", (1,))),
        ("The first is done [1]. A", ("The first is done.", (1,))),
        ("The first is done [1]\nA", ("The first is done", (1,))),
        ("The first is done [1]\n-", ("The first is done", (1,))),
        ("أولًا [1]. ث", ("أولًا.", (1,))),
    ],
)
def test_a_sentence_is_given_back_with_the_first_sign_of_the_next(
    text: str, sentence: tuple[str, tuple[int, ...]]
) -> None:
    reader = SentenceReader("en", GIVEN)
    assert not list(reader.feed(text[:-1]))
    assert list(reader.feed(text[-1:])) == [CitedSentence(*sentence)]


def test_letters_that_stand_for_markers_within_are_no_way_in() -> None:
    assert _read("One \ue000 and \ue001. Two [1].") == [
        ("One \ufffd and \ufffd.", ()),
        ("Two.", (1,)),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_glossarys_own_text_is_parted_as_the_glossary_parts_it(
    bundled: Glossary, language: str
) -> None:
    # Passages whose brackets sentencex leaves open across sentences are parted better here.
    passages = [
        passage
        for entry in bundled.entries
        if entry.language == language
        for passage in entry.passages
        if not any(sign in passage.text for sign in "()[]")
    ]
    for passage in passages[::3]:
        text = passage.text
        whole = [text[span.start : span.end] for span in spans(text, language)]
        assert [sentence for sentence, _ in _read(text, language=language)] == whole


@pytest.mark.parametrize(
    "text",
    [
        "A kettle is a vessel in which water is boiled [1]. " * 2000,
        "e.g. x " * 5000,
        "a [1 " * 20000,
        "` a" * 20000,
        "".join("`" * n + " " for n in range(1, 400)),
        "```\n" + "a`` b\n" * 20000,
        "x" * 100_000,
        "*a " * 20000,
        "(" * 50_000,
    ],
)
@pytest.mark.timeout(60)  # what grows with the square of a text takes many times as long
def test_letter_by_letter_it_comes_to_an_end(text: str) -> None:
    assert sum(len(said) for said, _ in _read(*text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the vector [2, 4] of", "the vector (2, 4) of"),
        ("boiled.[3] It", "boiled.(3) It"),
        ("من [١، ٢]", "من (١، ٢)"),
        ("`a[1]` in [0, 1] or [a]", "`a[1]` in [0, 1] or [a]"),
    ],
)
def test_numbers_in_brackets_are_shown_in_round_ones_where_they_cite_nothing(
    text: str, shown: str
) -> None:
    assert unmarked(text) == shown
