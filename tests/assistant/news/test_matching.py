"""Matching, measured on invented reports: what is shown under a term is about it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.assistant import Assistant
from assistant.news.feeds import Item
from assistant.news.matching import Matcher, everyday, stamp
from knowledge.language.words import fold

DATA = Path(__file__).parents[2] / "data" / "news"


@pytest.fixture(scope="module")
def matcher(assistant: Assistant) -> Matcher:
    return Matcher(assistant)


def _labelled(name: str, language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))[
        language
    ]
    return found


def _items(*told: tuple[str, str]) -> list[Item]:
    return [Item(str(n), title, summary) for n, (title, summary) in enumerate(told)]


@pytest.mark.parametrize(
    ("name", "language", "precision", "recall"),
    [  # measured: 0.96 and 0.81, 1.00 and 0.85, 0.93 and 0.93, 0.90 and 0.90
        ("labelled", "en", 0.9, 0.8),
        ("labelled", "ar", 0.9, 0.8),
        ("heldout", "en", 0.9, 0.9),
        ("heldout", "ar", 0.9, 0.9),
    ],
)
def test_terms_are_told_rightly(
    matcher: Matcher, name: str, language: str, precision: float, recall: float
) -> None:
    rows = _labelled(name, language)
    found = matcher.match(_items(*((row["title"], row["summary"]) for row in rows)))
    right = wrong = 0
    for row, terms in zip(rows, found, strict=True):
        right += len(set(row["about"]) & terms.keys())
        wrong += len(terms.keys() - set(row["about"]) - set(row.get("may", ())))
    wanted = sum(len(row["about"]) for row in rows)
    assert right / (right + wrong) >= precision
    assert right / wanted >= recall


def test_the_labels_are_terms_of_the_glossary(assistant: Assistant) -> None:
    for name in ("labelled", "heldout"):
        for language in ("en", "ar"):
            for row in _labelled(name, language):
                assert {*row["about"], *row.get("may", ())} <= set(assistant.glossary.ids)


def test_a_name_that_means_another_thing_is_not_enough(matcher: Matcher) -> None:
    found = matcher.match(
        _items(
            ("Bus company issues paper tokens", "Passengers may use them until the end of June."),
            ("Insurance agent wins the lottery", "She will keep working, she says."),
            ("مباراة القمة تشد انتباه المدينة", "بيعت التذاكر كلها في ساعة."),
        )
    )
    assert found == [{}, {}, {}]


def test_a_report_concerns_few_terms_the_best_first(matcher: Matcher) -> None:
    title = "Transformer, attention, embedding, token, fine-tuning, GPU and large language model"
    (found,) = matcher.match(_items((title, "A glossary of machine learning in one page.")))
    assert len(found) == 5
    scores = list(found.values())
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("title", ["…", "12345", "新しいやかん", "Новый чайник"])
def test_what_is_in_no_language_of_the_glossary_concerns_nothing(
    matcher: Matcher, title: str
) -> None:
    assert matcher.match(_items((title, ""))) == [{}]
    assert matcher.match([]) == []


def test_a_small_glossary_has_its_news_too(tea: Assistant) -> None:
    told = Matcher(tea).match(
        _items(
            ("A kettle that boils in a minute", "The vessel heats water with steam."),
            ("Parliament votes on the budget", "The debate lasted all night."),
        )
    )
    assert [list(terms) for terms in told] == [["kettle"], []]


@pytest.mark.parametrize("language", ["en", "ar", "ar-EG"])
def test_everyday_questions_are_ten_of_a_language_whatever_its_region(language: str) -> None:
    assert len({fold(question) for question in everyday(language)}) == 10


def test_a_language_unlisted_has_no_everyday_questions() -> None:
    assert everyday("cy") == []


def test_another_glossary_is_matched_anew(assistant: Assistant, tea: Assistant) -> None:
    assert stamp(tea) == stamp(tea) != stamp(assistant)
