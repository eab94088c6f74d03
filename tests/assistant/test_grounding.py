"""Paraphrases that a passage bears out pass; inventions about the same passage do not."""

import pytest

from assistant.grounding import Grounder
from assistant.writers import Draft
from knowledge.entry import Entry, Passage, Section
from knowledge.search.embeddings import Embedder, bundled_embedders

ENGLISH = (
    "A kettle is a vessel for boiling water. The first electric kettle was sold in 1891 by a"
    " company in Chicago. An automatic kettle switches itself off when the water boils, because"
    " steam bends a strip of two metals."
)
ARABIC = (
    "الغلاية وعاء لغلي الماء. بيعت أول غلاية كهربائية عام 1891 في شيكاغو. تنطفئ الغلاية الآلية"
    " عند غليان الماء، لأن البخار يثني شريطًا من معدنين."
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """The one that reads a language better, by which claims are held against passages."""
    return bundled_embedders()[0]


def _passage(text: str, language: str) -> Passage:
    term = {"en": "Kettle", "ar": "الغلاية"}[language]
    return Entry("kettle", term, language, (Section("body", "", text),)).passages[0]


def _support(embedder: Embedder, claim: str, language: str, passage: Passage) -> str:
    draft = Draft(claim, (passage,))
    support, quotes = Grounder([passage], embedder, language).ground(draft)
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
def test_english(embedder: Embedder, claim: str, support: str) -> None:
    assert _support(embedder, claim, "en", _passage(ENGLISH, "en")) == support


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
def test_arabic(embedder: Embedder, claim: str, support: str) -> None:
    assert _support(embedder, claim, "ar", _passage(ARABIC, "ar")) == support


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("بيعت أول غلاية كهربائية في شيكاغو عام 1891.", "supported"),
        ("بيعت أول غلاية كهربائية عام 1903.", "unsupported"),
        ("تزرع الطماطم في أول الربيع.", "unsupported"),
    ],
)
def test_an_arabic_sentence_on_an_english_passage(
    embedder: Embedder, claim: str, support: str
) -> None:
    assert _support(embedder, claim, "ar", _passage(ENGLISH, "en")) == support


def test_a_sentence_without_a_marker_is_held_against_all_that_was_given(
    embedder: Embedder,
) -> None:
    given = [_passage(ARABIC, "ar"), _passage(ENGLISH, "en")]
    draft = Draft("A kettle is a vessel for boiling any water.", ())
    support, quotes = Grounder(given, embedder, "en").ground(draft)
    assert support == "supported"
    assert [quote.passage for quote in quotes] == [given[1]]


def test_a_wrong_citation_is_corrected(embedder: Embedder) -> None:
    kettle = _passage(ENGLISH, "en")
    tea = Entry(
        "tea", "Tea", "en", (Section("body", "", "Tea is a drink made from leaves."),)
    ).passages[0]
    grounder = Grounder([tea, kettle], embedder, "en")
    support, quotes = grounder.ground(Draft("A kettle is a vessel for boiling any water.", (tea,)))
    assert support == "supported"
    assert [quote.passage for quote in quotes] == [kettle]


def test_a_sentence_to_the_letter_of_a_passage_that_is_not_cited_is_quoted(
    embedder: Embedder,
) -> None:
    kettle, other = _passage(ENGLISH, "en"), _passage(ARABIC, "ar")
    grounder = Grounder([other, kettle], embedder, "en")
    draft = Draft("A kettle is a vessel for boiling water.", (other,))
    assert grounder.ground(draft)[0] == "quoted"


def test_two_sentences_that_follow_each_other_are_quoted(embedder: Embedder) -> None:
    kettle = _passage(ENGLISH, "en")
    draft = Draft(ENGLISH[: ENGLISH.index(" An automatic")], (kettle,))
    support, quotes = Grounder([kettle], embedder, "en").ground(draft)
    assert support == "quoted"
    assert quotes[0].text == draft.text


def test_the_quote_is_the_sentence_that_bears_it_out(embedder: Embedder) -> None:
    kettle = _passage(ENGLISH, "en")
    draft = Draft("In 1891 the first electric kettle was sold by a company in Chicago.", (kettle,))
    _, quotes = Grounder([kettle], embedder, "en").ground(draft)
    assert quotes[0].text == ("The first electric kettle was sold in 1891 by a company in Chicago.")


CHECKS = (
    "The Model A of 1920 could store up to 20 kilograms of green tea in most homes. Unlike the"
    " Model B, it was built by Rosa Lind and colleagues in Oslo. It does not need electricity."
    " Some owners use it only for coffee."
)


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Up to 20 kilograms of green tea could be stored in most homes by the Model A of 1920.",
         "supported"),
        ("The Model A of 1920 could store up to 30 kilograms of green tea in most homes.",
         "unsupported"),
        ("The Model A of 1920 could store up to 20 kilograms of green tea in all homes.",
         "unsupported"),
        ("The Model A of 1920 could store up to 20 kilograms of black tea in most homes.",
         "unsupported"),
        (("The Model A of 1920 could store up to 20 kilograms of green tea in most homes and was"
         " painted blue by hand."), "unsupported"),
        ("Unlike the Model B, it was built in Oslo by Rosa Lind and colleagues.", "supported"),
        ("Unlike the Model B, it was built in Oslo by Vera Holm and colleagues.", "unsupported"),
        ("It does not need any electricity at all in use.", "unsupported"),
        ("Some owners use it only for coffee.", "quoted"),
        ("All the owners always use it for coffee.", "unsupported"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_claim(embedder: Embedder, claim: str, support: str) -> None:
    assert _support(embedder, claim, "en", _passage(CHECKS, "en")) == support


def test_the_glossarys_terms_speak_against_a_claim(embedder: Embedder) -> None:
    kettle = _passage(ENGLISH, "en")
    draft = Draft("A samovar is a vessel for boiling water in kettles.", (kettle,))
    assert Grounder([kettle], embedder, "en", ("Samovar",)).ground(draft)[0] == "unsupported"
