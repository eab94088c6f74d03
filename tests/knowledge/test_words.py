"""Words: spellings that fold alike, and their stems."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.language.words import fold, has_stemmer, is_unspaced, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("الْمَدُّ", "المد", id="vowel marks"),
        pytest.param("الـمـــد", "المد", id="tatweel"),
        pytest.param("أمواج", "امواج", id="hamza above"),
        pytest.param("إعصار", "اعصار", id="hamza below"),
        pytest.param("آلة", "الة", id="madda"),
        pytest.param("ٱلماء", "الماء", id="wasla"),
        pytest.param("مؤشر", "موشر", id="hamza on waw"),
        pytest.param("بيئة", "بيية", id="hamza on ya"),
        pytest.param("موجة", "موجه", id="ta marbuta and ha"),
        pytest.param("مستوى", "مستوي", id="alef maqsura and ya"),
        pytest.param("ﻻمع", "لامع", id="presentation forms"),
        pytest.param("ظل المرفأ", "ضل المرفأ", id="zah and dad"),
    ],
)
def test_arabic_spellings_that_writers_exchange_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("persian", "arabic"),
    [("کشتی", "كشتي"), ("دریا", "دريا"), ("ساحل‌های کوچک", "ساحل هاي كوچك"), ("کنارے", "كناري")],
)
def test_letters_of_persian_and_urdu_fold_as_those_of_arabic(persian: str, arabic: str) -> None:
    assert fold(persian) == fold(arabic)


@pytest.mark.parametrize(
    "word", ["الموج", "والموج", "فالموج", "بالموج", "كالموج", "للموج", "وللموج", "فبالموج"]
)
def test_an_arabic_word_folds_without_its_article_and_what_is_joined_before_it(word: str) -> None:
    assert fold(word) == "موج"


def test_arabic_letters_that_only_look_like_an_article_stay() -> None:
    assert fold("الم") == "الم"


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("Spring TIDE", "spring tide"),
        ("Crème brûlée", "creme brulee"),
        ("Straße", "strasse"),
        ("  (ebb‑tide)… ", "ebb tide"),
        ("C++ & C#", "c++ c#"),
        ("İzmir", "izmir"),
        ("ＷＡＶＥ", "wave"),
        ("¿?", ""),
    ],
)
def test_latin_text_folds_without_case_marks_and_punctuation(given: str, folded: str) -> None:
    assert fold(given) == folded


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        pytest.param("٣٤ موجة", "34 موجه", id="Arabic-Indic"),
        pytest.param("۳۴ موج", "34 موج", id="Persian"),
        pytest.param("३४ लहर", "34 लहर", id="Devanagari"),
        pytest.param("๓๔ m", "34 m", id="Thai"),
        pytest.param("３４m", "34m", id="full width"),
        pytest.param("𝟛𝟜 m", "34 m", id="mathematical"),
    ],
)
def test_the_digits_of_any_script_fold_alike(given: str, folded: str) -> None:
    assert fold(given) == folded


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("S.O.S. at sea", "sos at sea"),
        ("M.S.L", "msl"),
        ("م.ع.م", "معم"),
        pytest.param("3.5 m", "3 5 m", id="digits are no initials"),
        pytest.param("sea.Tides", "sea tides", id="nor are words"),
    ],
)
def test_initials_fold_without_their_full_stops(given: str, folded: str) -> None:
    assert fold(given) == folded


def test_folding_what_is_folded_changes_nothing_more() -> None:
    texts = (
        "Spring TIDE",
        "والموجة",
        "کشتی",
        "潮汐",
        "さざなみ",
        "ガラス",
        "น้ำขึ้น",
        "ज्वार भाटा",
        "٣",
    )
    for text in texts:
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        pytest.param("潮汐", ["潮", "汐"], id="Chinese"),
        pytest.param("波のり", ["波", "の", "り"], id="Japanese"),
        pytest.param("がか", ["が", "か"], id="a voiced letter is another one"),
        pytest.param("ﾊﾟﾅﾏ", ["パ", "ナ", "マ"], id="half width"),
        pytest.param("ทะเล", ["ท", "ะ", "เ", "ล"], id="Thai"),
        pytest.param("คลื่น", ["ค", "ลื", "น"], id="a vowel above stays with its letter"),
        pytest.param("人々", ["人", "々"], id="a mark of repetition"),
        pytest.param("tide潮", ["tide", "潮"], id="beside another script"),
        pytest.param("潮3", ["潮", "3"], id="beside a digit"),
    ],
)
def test_a_script_without_spaces_folds_letter_by_letter(text: str, letters: list[str]) -> None:
    assert fold(text).split() == letters


@pytest.mark.parametrize(
    ("word", "unspaced"),
    [("潮", True), ("な", True), ("ท", True), ("ກ", True), ("tide", False), ("مد", False),
     ("조수", False), ("ज्वार", False)],
)  # fmt: skip
def test_some_scripts_put_no_space_between_words(word: str, unspaced: bool) -> None:  # noqa: FBT001
    assert is_unspaced(word) is unspaced


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("tide", "tides", "en"),
        ("rising", "rises", "en"),
        ("قاربان", "قارب", "ar"),
        ("موجات", "موجه", "ar"),
        ("wellen", "welle", "de"),
        ("приливы", "прилива", "ru"),
        pytest.param("tides", "tide", "ar", id="a Latin word in Arabic text, as English"),
        pytest.param("tides", "tide", "fa", id="and in Persian text"),
        pytest.param("قاربان", "قارب", "en", id="an Arabic word in English text, as Arabic"),
        pytest.param("tides", "tide", "en-GB", id="a region aside"),
    ],
)
def test_forms_of_a_word_share_a_stem(word: str, other: str, language: str) -> None:
    assert stem(word, language) == stem(other, language)


@pytest.mark.parametrize(
    ("word", "language"), [("潮汐", "zh"), ("조수에", "ko"), ("كشتيها", "fa"), ("pływy", "pl")]
)
def test_a_language_without_a_stemmer_keeps_its_words(word: str, language: str) -> None:
    assert stem(word, language) == word


@pytest.mark.parametrize(
    ("word", "language", "known"),
    [
        pytest.param("tide", "en", True, id="English"),
        pytest.param("مد", "en", True, id="Arabic in English text"),
        pytest.param("tide", "fa", True, id="English in Persian text"),
        pytest.param("كشتي", "fa", False, id="Persian"),
        pytest.param("조수", "ko", False, id="Korean"),
        pytest.param("潮", "zh", True, id="a letter has no forms to bring together"),
    ],
)
def test_it_is_known_where_forms_of_a_word_come_together(
    word: str,
    language: str,
    known: bool,  # noqa: FBT001
) -> None:
    assert has_stemmer(word, language) is known


def test_threads_stem_as_one_does() -> None:
    words = [f"{a}{b}ings" for a in "bcdfghklmnprstvw" for b in ("oat", "eel", "ail", "urn")]

    def stems(language: str) -> list[str]:
        return [stem.__wrapped__(word, language) for word in words]

    languages = ["en", "de", "fr", "ar"] * 8
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stems, languages)) == list(map(stems, languages))
