import pytest

from assistant.writers.markers import CitedSentence, SentenceReader


def _read(text: str, size: int, language: str = "en") -> list[CitedSentence]:
    reader = SentenceReader(language)
    pieces = (text[n : n + size] for n in range(0, len(text), size))
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return found + list(reader.close())


SIZES = pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])


@SIZES
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One is here. [1] Two is there. [2]", [("One is here.", (1,)), ("Two is there.", (2,))]),
        ("One is here [1]. Two is there [2].", [("One is here.", (1,)), ("Two is there.", (2,))]),
        ("One.[1][2] Two.[3]", [("One.", (1, 2)), ("Two.", (3,))]),
        ("One [1, 2] and more. Two.", [("One and more.", (1, 2)), ("Two.", ())]),
        ("One 【3】. Two [١، ٢].", [("One.", (3,)), ("Two.", (1, 2))]),
        ("No marker at all", [("No marker at all", ())]),
        ("An array [a] stays. Fine [1].", [("An array [a] stays.", ()), ("Fine.", (1,))]),
        ("A first line\nA second line [1]", [("A first line", ()), ("A second line", (1,))]),
        ("", []),
        ("[1]", []),
    ],
)
def test_sentences_and_their_markers_wherever_the_stream_is_cut(
    text: str, sentences: list[tuple[str, tuple[int, ...]]], size: int
) -> None:
    assert _read(text, size) == [CitedSentence(*sentence) for sentence in sentences]


@SIZES
def test_arabic_sentences(size: int) -> None:
    text = "النموذج الأساسي شبكة كبيرة [١]. هل يُكيَّف؟ نعم【2】!"
    assert [sentence.numbers for sentence in _read(text, size, "ar")] == [(1,), (), (2,)]


def test_a_sentence_is_given_back_before_the_text_ends() -> None:
    reader = SentenceReader("en")
    assert list(reader.feed("The first is done. [1] And the se")) == [
        CitedSentence("The first is done.", (1,))
    ]
