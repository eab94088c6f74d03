"""Where a text has the words that one looks for."""

import pytest

from knowledge.highlighting import highlights


@pytest.mark.parametrize(
    ("text", "query", "language", "marked"),
    [
        pytest.param("A neural network.", "neural", "en", ["neural"], id="a word"),
        pytest.param("A neural network.", "neur", "en", ["neural"], id="half a word"),
        pytest.param("It learned. Learning!", "learn", "en", ["learned", "Learning"], id="forms"),
        pytest.param("«Tokens», (tokens).", "token", "en", ["Tokens", "tokens"], id="signs"),
        pytest.param("fine-tuning", "tuning", "en", ["tuning"], id="after a hyphen"),
        pytest.param("What is it? A token.", "what is a token", "en", ["token"], id="grammar"),
        pytest.param("Mercury, Venus", "m", "en", [], id="one letter"),
        pytest.param("A token.", "", "en", [], id="nothing"),
        pytest.param("A token.", "?", "en", [], id="a sign"),
        pytest.param("الشبكةُ، والعصب", "شبكة", "ar", ["الشبكةُ"], id="an article and a sign"),
        pytest.param("نماذج أساسية", "اساسيه", "ar", ["أساسية"], id="spellings"),
        pytest.param("الرمز (Token) وحدة", "token", "ar", ["Token"], id="another script"),
        pytest.param("机器学习是学习", "学习", "zh", ["学习", "学习"], id="no spaces"),
        pytest.param("لغة C++", "c++", "ar", ["C"], id="signs in a name"),
    ],
)
def test_words_are_marked(text: str, query: str, language: str, marked: list[str]) -> None:
    assert [text[slice(*span)] for span in highlights(text, query, language)] == marked
