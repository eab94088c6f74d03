"""Paraphrases that a passage bears out pass; inventions about the same passage do not."""

import pytest

from assistant.assistant import Assistant
from assistant.grounding import ground
from assistant.writers import Draft
from knowledge.entry import Entry, Passage, Section

ENGLISH = (
    "A kettle is a vessel for boiling water. The first electric kettle was sold in 1891 by a"
    " company in Chicago. An automatic kettle switches itself off when the water boils, because"
    " steam bends a strip of two metals."
)
ARABIC = (
    "الغلاية وعاء لغلي الماء. بيعت أول غلاية كهربائية عام 1891 في شيكاغو. تنطفئ الغلاية الآلية"
    " عند غليان الماء، لأن البخار يثني شريطًا من معدنين."
)


def _passage(text: str, language: str) -> Passage:
    term = {"en": "Kettle", "ar": "الغلاية"}[language]
    return Entry("kettle", term, language, (Section("body", "", text),)).passages[0]


def _support(assistant: Assistant, claim: str, language: str, passage: Passage) -> str:
    draft = Draft(claim, (passage,))
    support, quotes = ground(draft, language, [passage], assistant.retriever.embedder)
    assert bool(quotes) == (support != "unsupported")
    for quote in quotes:
        assert quote.text in passage.text
    return support


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("A kettle is a vessel for boiling water.", "quoted"),
        ("A kettle is a vessel in which water is boiled.", "supported"),
        ("The first electric kettle was sold in Chicago in 1891.", "supported"),
        ("Steam bends a strip of two metals, which switches an automatic kettle off.", "supported"),
        ("The first electric kettle was sold in Chicago in 1893.", "unsupported"),
        ("Kettles were banned in Paris after a famous fire.", "unsupported"),
        ("Most families own three teapots made of silver.", "unsupported"),
        ("A kettle boils water and was a gift to the queen of Sheba.", "unsupported"),
        ("in 1891", "unsupported"),
        ("A kettle is not a vessel for boiling water.", "unsupported"),
        ("An automatic kettle never switches itself off when the water boils.", "unsupported"),
        ("The first electric kettle was sold in 1891 by Sam Altman in Chicago.", "unsupported"),
        ("a company in Chicago", "unsupported"),
        ("<kettle>", "unsupported"),
    ],
)
def test_english(assistant: Assistant, claim: str, support: str) -> None:
    assert _support(assistant, claim, "en", _passage(ENGLISH, "en")) == support


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("بيعت أول غلاية كهربائية عام 1891 في شيكاغو.", "quoted"),
        ("في شيكاغو بيعت أول غلاية كهربائية، عام ١٨٩١.", "supported"),
        ("يثني البخار شريطًا من معدنين فتنطفئ الغلاية الآلية.", "supported"),
        ("بيعت أول غلاية كهربائية عام 1903 في شيكاغو.", "unsupported"),
        ("منعت باريس الغلايات بعد حريق مشهور.", "unsupported"),
        ("لا تنطفئ الغلاية الآلية عند غليان الماء.", "unsupported"),
    ],
)
def test_arabic(assistant: Assistant, claim: str, support: str) -> None:
    assert _support(assistant, claim, "ar", _passage(ARABIC, "ar")) == support


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("بيعت أول غلاية كهربائية في شيكاغو عام 1891.", "supported"),
        ("بيعت أول غلاية كهربائية عام 1903.", "unsupported"),
        ("تزرع الطماطم في أول الربيع.", "unsupported"),
    ],
)
def test_an_arabic_sentence_on_an_english_passage(
    assistant: Assistant, claim: str, support: str
) -> None:
    assert _support(assistant, claim, "ar", _passage(ENGLISH, "en")) == support


def test_a_sentence_without_a_marker_is_held_against_all_that_was_given(
    assistant: Assistant,
) -> None:
    given = [_passage(ARABIC, "ar"), _passage(ENGLISH, "en")]
    draft = Draft("A kettle is a vessel for boiling any water.", ())
    support, quotes = ground(draft, "en", given, assistant.retriever.embedder)
    assert support == "supported"
    assert [quote.passage for quote in quotes] == [given[1]]
