"""Languages: cleaning, sentences, and telling one language from another."""

import pytest

from knowledge.language.text import clean, detect, likely_language, sentences


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        pytest.param("\ufeffTide", "Tide", id="byte-order mark"),
        pytest.param("a" + "\u0301" * 200 + "b", "á" + "\u0301" * 29 + "b", id="a heap of marks"),
        pytest.param("🌊 𝕋ide", "🌊 𝕋ide", id="beyond the basic plane stays"),
    ],
)
def test_cleaning_takes_away_what_no_reader_sees(given: str, cleaned: str) -> None:
    assert clean(given) == cleaned


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        pytest.param("en", ["The sea rises.", "Does it fall?", "It does!"], id="English"),
        pytest.param(
            "en", ["Dr. Hale saw 3.5 m, e.g. at noon.", "Then she left."], id="abbreviations"
        ),
        pytest.param("en", ["🌊 The sea rises.", "𝔗ides fall. 🌙", "So they do."], id="astral"),
    ],
)
def test_sentences_are_found_where_they_stand(language: str, parts: list[str]) -> None:
    text = "  ".join(parts)
    found = [text[start:end] for start, end in sentences(text, language)]
    # An emoji after a full stop may go with either sentence; no character may go with none.
    assert "".join(found).replace(" ", "") == "".join(parts).replace(" ", "")
    assert len(found) == len(parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("The mean is (1 + 0 + 5) / 3, or 2.", "It is (of 3) low."),
        ("عموده (1، 2) وصفه (3، 0، 1).", "الحاصل 3."),
    ],
)
def test_a_sentence_does_not_end_within_brackets(parts: tuple[str, ...]) -> None:
    text = " ".join(parts)
    for language in ("en", "ar"):
        assert tuple(text[a:b] for a, b in sentences(text, language)) == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sea rises and falls twice a day along this coast.", "en"),
        ("海の水は一日に二回上がる", "ja"),
        ("הים עולה ויורד", "he"),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "candidates", "language"),
    [
        pytest.param("tide", ("ar", "en"), "en", id="by its script"),
        pytest.param("潮", ("en", "ja"), "ja", id="Han letters are Japanese too"),
        pytest.param("tide", ("ar", "zh"), None, id="none in this script"),
    ],
)
def test_a_text_is_told_among_candidates(
    text: str, candidates: tuple[str, ...], language: str | None
) -> None:
    assert detect(text, candidates) == language


@pytest.mark.parametrize(
    ("text", "language", "own"),
    [
        ("A kettle boils.", "en", "en"),
        ("A kettle is a vessel for boiling water.", "ar", "en"),
        ("42", "ar", "ar"),
    ],
)
def test_a_text_in_another_script_is_in_another_language(
    text: str, language: str, own: str
) -> None:
    assert likely_language(text, language) == own
