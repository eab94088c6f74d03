"""Where a text has the words that one looks for."""

import pytest

from knowledge.highlighting import highlights


@pytest.mark.parametrize(
    ("text", "query", "language", "marked"),
    [
        pytest.param("A neural network.", "neural", "en", ["neural"], id="a word"),
        pytest.param("fine-tuning", "tuning", "en", ["tuning"], id="after a hyphen"),
        pytest.param("الشبكةُ، والعصب", "شبكة", "ar", ["الشبكةُ"], id="an article and a sign"),
        pytest.param("لغة C++", "c++", "ar", ["C"], id="signs in a name"),
    ],
)
def test_words_are_marked(text: str, query: str, language: str, marked: list[str]) -> None:
    assert [text[slice(*span)] for span in highlights(text, query, language)] == marked
