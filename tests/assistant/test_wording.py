"""Wording: words that can stand for one another, and opposites; roots of Arabic words."""

import pytest

from assistant.wording import plain, stems, wording
from assistant.wording.roots import roots


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [
        ("shows", "demonstrated", "en"),
        ("use", "employ", "en"),
        ("استخدام", "يستعمل", "ar"),
        ("تقليص", "يختصر", "ar"),
    ],
)
def test_words_that_can_stand_for_one_another(first: str, second: str, language: str) -> None:
    known = wording(language)
    assert known.alike(stems(plain(first), language), stems(plain(second), language))
    assert not known.opposed(plain(first), plain(second))


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [
        ("increase", "reduces", "en"),
        ("before", "after", "en"),
        ("قبل", "بعد", "ar"),
        ("يزيد", "يقلل", "ar"),
    ],
)
def test_opposites(first: str, second: str, language: str) -> None:
    assert wording(language).opposed(plain(first), plain(second))


def test_words_of_one_stem_that_are_far_apart_are_not_opposites() -> None:
    assert not wording("en").opposed("multiplication", "single")


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("استهلاك يستهلك مستهلكين استهلكت", "هلك"),
        ("تدريب مدرّبة التدريبي يدرّب", "درب"),
        ("ارتفاع مرتفعة رفع", "رفع"),
        ("الشدة شدته شديد", "شدد"),
    ],
)
def test_roots(words: str, root: str) -> None:
    assert all(root in roots(plain(word)) for word in words.split())


def test_a_language_without_a_file_has_no_wording() -> None:
    assert not wording("tlh").groups
    assert not wording("tlh").opposed("a", "b")
