"""What runs from left to right within Arabic is isolated, and nothing else."""

import pytest

from knowledge.language.direction import END, ISOLATE, isolate_runs, runs, split
from knowledge.language.text import Span, clean

BREAKS_NOT = "\u00a0"


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("حاصل −4 × 6 = −24 في المثال.", ["−4 × 6 = −24"]),
        ("دالة f(x) = (a + b) / 2. ثم", ["f(x) = (a + b) / 2"]),
        ("مثل BERT، GPT-4 وLlama 3.", ["BERT", "GPT-4", "Llama 3"]),
        ("النموذج (large language model, LLM) هو", ["(large language model, LLM)"]),
        ("اختبار A/B (A/B test) هو", ["A/B", "A/B test"]),  # the name is read before its brackets
        # A quotation is one, sentences without are several.
        ("كتب «You help. Answer.» ثم", ["You help. Answer"]),
        ("هو BERT. GPT أحدث", ["BERT", "GPT"]),
        ("قوس (لا يُغلق BERT", ["BERT"]),
        # Numbers alone and what Arabic words count run as the words do.
        ("عام 2022 ChatGPT و84% و0.5", ["ChatGPT"]),
        ("لها 10 مليارات × 20 = 200 مليار", []),
        ("Nothing here is Arabic: −4 × 6.", []),
        # What is written from left to right keeps its own order.
        ('The word "كتب الولد" scores كتب 3, الولد 1 and −4 × 6.', ["كتب الولد", "كتب", "الولد"]),
    ],
)
def test_runs(text: str, isolated: list[str]) -> None:
    assert [text[slice(*run)] for run in runs(text)] == isolated


def test_isolated_once_unbroken_and_taken_away_again() -> None:
    text = "حاصل −4 × 6 في (a phrase that is longer than a line) عند (Augustin-Louis Cauchy) هنا"
    shown = isolate_runs(text)
    assert f"{ISOLATE}−4{BREAKS_NOT}×{BREAKS_NOT}6{END}" in shown
    assert f"{ISOLATE}(a phrase that is longer than a line){END}" in shown
    assert "Augustin-\u2060Louis" in shown
    assert isolate_runs(shown) == shown
    assert clean(shown) == text


def test_pieces_of_a_run_keep_together() -> None:
    text = "دالة softmax(QK) هي"
    pieces = split(text, [(5, 12, "softmax")])
    assert pieces[1] == (f"{ISOLATE}softmax", "softmax")
    assert "".join(piece for piece, _ in pieces) == isolate_runs(text)
    within = isolate_runs(text, Span(12, len(text)))
    assert isolate_runs(text).endswith(within)
