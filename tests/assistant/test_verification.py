"""Hard checks of a sentence against the words that it rests on, and notes for the judge."""

import pytest

from assistant.verification import Contradiction, Verifier, notes
from knowledge.glossary import Glossary

ENGLISH = (
    "In March 2019 Victor Sanh and colleagues at Hugging Face sold an electric kettle in Chicago.",
    "A mixture of experts (MoE) has 65 billion parameters, of which 40 % read a token.",
    "It needs 3.5 GB of memory on a graphics processing unit.",
    "Some kettles do not switch off.",
)
ARABIC = (
    "في مارس 2019 باع فيكتور سان وزملاؤه في شيكاغو أول غلاية كهربائية، وسُمّيت BERT.",
    "فيها 65 مليار معامل، يقرأ 40٪ منها الرمز.",
    "تحتاج إلى 3 كيلوغرامات من الشاي.",
    "لا تنطفئ بعض الغلايات.",
)


@pytest.fixture(scope="module")
def verifier(bundled: Glossary) -> Verifier:
    return Verifier(bundled)


def _fault(verifier: Verifier, claim: str, language: str, *around: str) -> Contradiction | None:
    quotes = {"en": ENGLISH, "ar": ARABIC}[language]
    return verifier.contradiction(claim, language, quotes, around)


# What is found, and what is said of it


def _reason(verifier: Verifier, claim: str, language: str) -> str:
    fault = _fault(verifier, claim, language)
    return fault.reason(language) if fault else ""


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("It was sold in 2018.", "the number 2018 is not in the quote"),
        ("It has 66 billion parameters.", "the number 66 billion is not in the quote"),
        ("It has 65 million parameters.", "the number 65 million is not in the quote"),
        ("It has sixty-six billion.", "the number sixty-six billion is not in the quote"),
        ("It needs 3.5 TB of memory.", "the unit TB is not in the quote"),
        ("It was sold in May 2019.", "the unit May is not in the quote"),
        ("It was sold by Geoffrey Hinton.", "the name Geoffrey is not in the quote"),
        ("It was sold by Victor Hinton.", "the name Hinton is not in the quote"),
        ("It was sold in Paris.", "the name Paris is not in the quote"),
        ("It needs memory on a TPU.", "the name TPU is not in the quote"),
        ("It is like GPT-4.", "the name GPT-4 is not in the quote"),
        ("All kettles stay on.", "“All” is not in the quote"),
        ("Some kettles always stay on.", "“always” is not in the quote"),
        ("Only kettles stay on.", "“Only” is not in the quote"),
    ],
)
def test_in_english_what_the_quotes_have_not_is_found(
    verifier: Verifier, claim: str, reason: str
) -> None:
    assert _reason(verifier, claim, "en") == reason


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("بيعت عام 2018.", "العدد 2018 ليس في الاقتباس"),
        ("فيها ٦٦ مليار معامل.", "العدد ٦٦ مليار ليس في الاقتباس"),
        ("فيها خمسة وسبعون مليار معامل.", "العدد خمسة وسبعون مليار ليس في الاقتباس"),
        ("تحتاج إلى 3 أطنان من الشاي.", "الوحدة أطنان ليست في الاقتباس"),
        ("باعها جيفري هينتون.", "الاسم جيفري ليس في الاقتباس"),
        ("باعها فيكتور هينتون.", "الاسم هينتون ليس في الاقتباس"),
        ("سُمّيت GPT.", "الاسم GPT ليس في الاقتباس"),
        ("كل الغلايات تبقى.", "«كل» ليست في الاقتباس"),
        ("تبقى الغلايات دائمًا.", "«دائمًا» ليست في الاقتباس"),
        ("ما يبقى إلا الغلايات.", "«إلا» ليست في الاقتباس"),
    ],
)
def test_in_arabic_what_the_quotes_have_not_is_found(
    verifier: Verifier, claim: str, reason: str
) -> None:
    assert _reason(verifier, claim, "ar") == reason


@pytest.mark.parametrize(
    ("claim", "language", "what"),
    [
        ("Kettles never boil.", "en", "never"),
        ("None of them boils.", "en", "None"),
        ("تغلي الغلايات أبدًا.", "ar", "أبدًا"),
    ],
)
def test_never_is_found_where_nothing_is_denied(
    verifier: Verifier, claim: str, language: str, what: str
) -> None:
    quotes = ["Kettles boil.", "تغلي الغلايات."]
    assert verifier.contradiction(claim, language, quotes, ()) == Contradiction("quantifier", what)
    denied = ["Kettles do not boil.", "لا تغلي الغلايات."]
    assert verifier.contradiction(claim, language, denied, ()) is None


# What passes


@pytest.mark.parametrize(
    "claim",
    [
        "Sanh and his colleagues sold it in Chicago.",
        "In 2019, Hugging Face sold the Electric Kettle.",
        "An MoE has 65B parameters.",
        "Of sixty-five billion parameters 40 percent read a token.",
        "0.4 of the parameters read a token.",
        "It needs only 3.5 GB.",
        "Not all kettles switch off.",
        "Kettles are not only for tea.",
        "One kettle is twice the other, or half of both.",
        "It is all about tea.",
        "A Chicago-based company sold it.",
    ],
)
def test_in_english_a_true_paraphrase_passes(verifier: Verifier, claim: str) -> None:
    assert _fault(verifier, claim, "en") is None


@pytest.mark.parametrize(
    "claim",
    [
        "باعها سان في شيكاغو.",
        "كان ذلك في آذار أو مارس ٢٠١٩.",
        "فيها خمسة وستون مليار معامل، يقرأ أربعون بالمئة منها الرمز.",
        "يقرأ ٠٫٤ منها الرمز في BERT.",
        "تحتاج إلى ثلاثة كيلوغرامات فقط.",
        "لا تحتاج إلا إلى 3 كيلوغرامات.",
        "فيها مليارات المعاملات.",
        "لا تنطفئ كل الغلايات.",
        "كل منهما غلاية.",
        "ليست للشاي فقط.",
    ],
)
def test_in_arabic_a_true_paraphrase_passes(verifier: Verifier, claim: str) -> None:
    assert _fault(verifier, claim, "ar") is None


def test_across_languages_a_name_is_known_by_its_pair_or_its_sound(verifier: Verifier) -> None:
    quote = "Geoffrey Hinton sold 3 kilograms of tea in Chicago in March."
    for claim in ("باع هينتون الشاي.", "باع جيفري هينتون 3 كيلوغرامات في شيكاغو في مارس."):
        assert verifier.contradiction(claim, "ar", [quote], ()) is None
    assert verifier.contradiction("باع يوشوا بنجيو الشاي.", "ar", [quote], ())
    assert verifier.contradiction("Hinton sold it.", "en", ["باع جيفري هينتون الشاي."], ()) is None


@pytest.mark.parametrize(
    ("claim", "language", "around"),
    [
        ("A Transformer has 12 layers, unlike an LSTM.", "en", "Has a Transformer 12, as LSTM?"),
        ("هذا نموذج Transformer فيه 12 طبقة.", "ar", "هل في Transformer اثنتا عشرة طبقة؟"),
    ],
)
def test_a_name_or_a_number_may_be_of_the_question_or_the_term(
    verifier: Verifier, claim: str, language: str, around: str
) -> None:
    assert _fault(verifier, claim, language)
    assert _fault(verifier, claim, language, around) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_sentence_of_the_glossary_bears_itself_out(
    verifier: Verifier, bundled: Glossary, language: str
) -> None:
    entries = [entry for entry in bundled.entries if entry.language == language]
    for entry in entries[::5]:
        for sentence in entry.sentences:
            assert verifier.contradiction(sentence.text, language, [sentence.text], ()) is None
            assert notes(sentence.text, [sentence.text]) == ()


# What is told in plain words


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    "kind", ["number", "unit", "name", "quantifier", "judge", "leaning", "uncited"]
)
def test_every_fault_has_a_reason_in_the_answers_language(kind: str, language: str) -> None:
    reason = Contradiction(kind, ": x").reason(language)
    assert reason
    assert "{" not in reason
    assert reason.isascii() == (language == "en" and kind != "quantifier")
    assert Contradiction(kind).reason(f"{language}-EG") == Contradiction(kind).reason(language)


# What needs understanding


@pytest.mark.parametrize(
    ("claim", "quote", "found"),
    [
        ("Kettles switch off.", "Kettles may switch off.", ("hedge",)),
        ("Kettles usually switch off.", "Kettles switch off.", ("hedge",)),
        ("Kettles do not switch off.", "Kettles switch off.", ("negation",)),
        ("They switch off because of steam.", "They switch off. Steam rises.", ("cause",)),
        ("Steam rises.", "Steam rises because water boils.", ()),
        ("They may not.", "They do, thus.", ("hedge", "negation")),
        ("تنطفئ الغلايات.", "قد تنطفئ الغلايات.", ("hedge",)),
        ("لا تنطفئ الغلايات.", "تنطفئ الغلايات.", ("negation",)),
        ("قد تنطفئ.", "They may switch off.", ()),
    ],
)
def test_negation_hedge_and_cause_are_noted_and_are_no_faults(
    verifier: Verifier, claim: str, quote: str, found: tuple[str, ...]
) -> None:
    language = "en" if claim.isascii() else "ar"
    assert notes(claim, [quote]) == found
    assert verifier.contradiction(claim, language, [quote], ()) is None
