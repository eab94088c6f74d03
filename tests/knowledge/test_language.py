"""Languages: cleaning, sentences, and telling one language from another."""

import pytest

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import (
    base,
    clean,
    detect,
    is_likely,
    is_right_to_left,
    likely_language,
    main_script,
    sentences,
)


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        pytest.param("\ufeffTide", "Tide", id="byte-order mark"),
        pytest.param("ebb\r\nflow\rslack", "ebb\nflow\nslack", id="line ends of other systems"),
        pytest.param("5\u00a0metres\u202fhigh\u3000tide", "5 metres high tide", id="spaces"),
        pytest.param("\u200fالمد\u200e (\u202btide\u202c)", "المد (tide)", id="directions"),
        pytest.param("ebb\x00 and\x1b flow\x7f", "ebb and flow", id="NUL and controls"),
        pytest.param("ebb\ud800 and flow\udfff", "ebb and flow", id="lone surrogates"),
        pytest.param("cafe\u0301", "café", id="letters in parts"),
        pytest.param("a" + "\u0301" * 200 + "b", "á" + "\u0301" * 29 + "b", id="a heap of marks"),
        pytest.param("ebb\tand\nflow", "ebb\tand\nflow", id="tabs and lines stay"),
        pytest.param("می\u200cرود", "می\u200cرود", id="joiners that spell stay"),
        pytest.param("🌊 𝕋ide", "🌊 𝕋ide", id="beyond the basic plane stays"),
    ],
)
def test_cleaning_takes_away_what_no_reader_sees(given: str, cleaned: str) -> None:
    assert clean(given) == cleaned


def test_cleaned_text_can_be_written_as_utf_8() -> None:
    assert clean("".join(map(chr, range(0x10000)))).encode()


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean("".join(map(chr, range(0x10000))))
    assert clean(once) == once


@pytest.mark.parametrize("between", ["", "\u200b", "\0"])
def test_marks_without_end_on_a_letter_are_cleaned_in_no_time(between: str) -> None:
    assert len(clean("a" + f"\u0301{between}\u0316" * 200_000)) < 40


@pytest.mark.parametrize("line_end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_cleaning_keeps_the_words_of_two_lines_apart(line_end: str) -> None:
    assert clean(f"ebb{line_end}flow").split() == ["ebb", "flow"]


def test_cleaning_joins_a_word_that_a_soft_hyphen_parts() -> None:
    assert clean("foun\u00adda\u00adtion") == "foundation"


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        pytest.param("en", ["The sea rises.", "Does it fall?", "It does!"], id="English"),
        pytest.param("ar", ["يرتفع البحر.", "هل ينخفض؟", "نعم ينخفض!"], id="Arabic"),
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


def test_chinese_sentences_need_no_space_between_them() -> None:
    text = "海水上涨。它会退吗？会的！"
    found = [text[start:end] for start, end in sentences(text, "zh")]
    assert found == ["海水上涨。", "它会退吗？", "会的！"]


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


def test_a_line_break_ends_a_sentence() -> None:
    text = "High water\n  at noon. Low water at six.\n\n"
    found = [text[start:end] for start, end in sentences(text, "en")]
    assert found == ["High water", "at noon.", "Low water at six."]


@pytest.mark.parametrize("language", ["en", "ar-EG", "xx", ""])
def test_sentences_of_any_language_tag_are_found(language: str) -> None:
    assert sentences("The sea rises. It falls.", language) == [(0, 14), (15, 24)]


@pytest.mark.parametrize("text", ["", "   ", "\n \n"])
def test_empty_text_has_no_sentence(text: str) -> None:
    assert sentences(text, "en") == []


def test_the_sentences_of_the_bundled_glossary_leave_out_nothing_but_space(
    bundled: Glossary,
) -> None:
    def joined(entry: Entry, text: str) -> str:
        return "".join(text[a:b] for a, b in sentences(text, entry.language))

    for entry in bundled.entries:
        for section in entry.sections:
            assert "".join(joined(entry, section.text).split()) == "".join(section.text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sea rises and falls twice a day along this coast.", "en"),
        ("يرتفع ماء البحر وينخفض مرتين في اليوم", "ar"),
        ("La mer monte et descend deux fois par jour.", "fr"),
        ("海水每天涨落两次", "zh"),
        ("海の水は一日に二回上がる", "ja"),
        ("הים עולה ויורד", "he"),
    ],
)
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert detect(text) == language


def test_code_is_in_no_language() -> None:
    assert detect("0x3f 0b01 qqq zzz") is None


@pytest.mark.parametrize("text", ["", "  ", "1234", "?!…"])
def test_text_without_letters_has_no_language(text: str) -> None:
    assert detect(text) is None
    assert detect(text, ("en", "ar")) is None


@pytest.mark.parametrize(
    ("text", "candidates", "language"),
    [
        pytest.param("tide", ("ar", "en"), "en", id="by its script"),
        pytest.param("ما معنى tide؟", ("en", "ar"), "ar", id="by the script of most letters"),
        pytest.param("tide", ("ar-EG", "en-GB"), "en-GB", id="the tag as given"),
        pytest.param("La mer monte deux fois par jour", ("en", "fr"), "fr", id="by its words"),
        pytest.param("潮", ("en", "ja"), "ja", id="Han letters are Japanese too"),
        pytest.param("tide", ("ar", "zh"), None, id="none in this script"),
    ],
)
def test_a_text_is_told_among_candidates(
    text: str, candidates: tuple[str, ...], language: str | None
) -> None:
    assert detect(text, candidates) == language


@pytest.mark.parametrize(("tag", "language"), [("ar", "ar"), ("ar-EG", "ar"), ("EN_gb", "en")])
def test_the_base_of_a_tag_is_its_language(tag: str, language: str) -> None:
    assert base(tag) == language


@pytest.mark.parametrize(("tag", "rtl"), [("ar-EG", True), ("he", True), ("en", False)])
def test_some_languages_are_written_from_right_to_left(tag: str, rtl: bool) -> None:  # noqa: FBT001
    assert is_right_to_left(tag) is rtl


def test_letters_that_are_syllables_or_words_count_twice_unless_they_are_few() -> None:
    assert main_script("트랜잭션은 (transaction) 작업 단위입니다.") == "HANGUL"
    assert main_script("Tag 标签") == "LATIN"
    assert main_script("API とは Application の窓口のことです。", kana=True) == "HIRAGANA"
    assert main_script("API とは Application の窓口のことです。") == "CJK"
    assert main_script("123") == ""
    assert detect("인터페이스 (interface) 연결하는 방법") == "ko"


def test_a_language_may_be_likely_without_being_the_first() -> None:
    text = "A maré é a subida e descida do mar."
    assert is_likely(text, "pt-BR")
    assert is_likely(text, "gl")
    assert not is_likely(text, "da")


@pytest.mark.parametrize(
    ("text", "language", "own"),
    [
        ("A kettle boils.", "en", "en"),
        ("تستعمل GPT-4 وBERT وLLaMA وClaude المحوّل.", "ar", "ar"),  # names are no language
        ("الغلاية وعاء يُغلى فيه الماء.", "en", "ar"),
        ("A kettle is a vessel for boiling water.", "ar", "en"),
        ("42", "ar", "ar"),
    ],
)
def test_a_text_in_another_script_is_in_another_language(
    text: str, language: str, own: str
) -> None:
    assert likely_language(text, language) == own
