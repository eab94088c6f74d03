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


def _fault(verifier: Verifier, claim: str, *around: str) -> Contradiction | None:
    language, quotes = ("en", ENGLISH) if claim.isascii() else ("ar", ARABIC)
    return verifier.contradiction(claim, language, quotes, around)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("It was sold in 2018.", "the number 2018 is not in the quote"),
        ("It needs 3.5 TB of memory.", "the unit TB is not in the quote"),
        ("It was sold by Victor Hinton.", "the name Hinton is not in the quote"),
        ("All kettles stay on.", "“All” is not in the quote"),
        ("فيها خمسة وسبعون مليار معامل.", "العدد خمسة وسبعون مليار ليس في الاقتباس"),
        ("تحتاج إلى 3 أطنان من الشاي.", "الوحدة أطنان ليست في الاقتباس"),
        ("باعها فيكتور هينتون.", "الاسم هينتون ليس في الاقتباس"),
        ("كل الغلايات تبقى.", "«كل» ليست في الاقتباس"),
    ],
)
def test_what_the_quotes_have_not_is_told(verifier: Verifier, claim: str, reason: str) -> None:
    fault = _fault(verifier, claim)
    assert fault
    assert fault.reason("en" if claim.isascii() else "ar-EG") == reason


@pytest.mark.parametrize(
    ("claim", "what", "quote", "denied"),
    [
        ("Kettles never boil.", "never", "Kettles boil.", "Kettles do not boil."),
        ("تغلي الغلايات أبدًا.", "أبدًا", "تغلي الغلايات.", "لا تغلي الغلايات."),
    ],
)
def test_never_needs_a_denial(
    verifier: Verifier, claim: str, what: str, quote: str, denied: str
) -> None:
    language = "en" if claim.isascii() else "ar"
    found = verifier.contradiction(claim, language, [quote], ())
    assert found == Contradiction("quantifier", what)
    assert verifier.contradiction(claim, language, [denied], ()) is None


@pytest.mark.parametrize(
    "claim",
    [
        "In 2019, Hugging Face sold the Electric Kettle.",
        "Of sixty-five billion parameters 40 percent, or 0.4 of them, read a token.",
        "It needs only 3.5 GB.",
        "Not all kettles switch off.",
        "One kettle is twice the other, or half of both.",
        "باعها سان في شيكاغو.",
        "فيها خمسة وستون مليار معامل، يقرأ أربعون بالمئة منها الرمز.",
        "يقرأ ٠٫٤ منها الرمز في BERT.",
        "لا تحتاج إلا إلى 3 كيلوغرامات.",
        "لا تنطفئ كل الغلايات.",
        "ليست للشاي فقط.",
    ],
)
def test_a_true_paraphrase_passes(verifier: Verifier, claim: str) -> None:
    assert _fault(verifier, claim) is None


def test_across_languages_a_name_is_known_by_its_pair_or_its_sound(verifier: Verifier) -> None:
    quote = "Geoffrey Hinton sold 3 kilograms of tea in Chicago in March."
    for claim in ("باع هينتون الشاي.", "باع جيفري هينتون 3 كيلوغرامات في شيكاغو في مارس."):
        assert verifier.contradiction(claim, "ar", [quote], ()) is None
    for claim in ("باع يوشوا بنجيو الشاي.", "باعه في اليابان.", "باعه ابن باديس."):
        assert verifier.contradiction(claim, "ar", [quote], ())
    assert verifier.contradiction("باعه في اليابان.", "ar", ["He sold it in Japan."], ()) is None
    assert verifier.contradiction("Hinton sold it.", "en", ["باع جيفري هينتون الشاي."], ()) is None


@pytest.mark.parametrize(
    ("claim", "around"),
    [
        ("A Transformer has 12 layers, unlike an LSTM.", "Has a Transformer 12, as LSTM?"),
        ("هذا نموذج Transformer فيه 12 طبقة.", "هل في Transformer اثنتا عشرة طبقة؟"),
    ],
)
def test_a_name_may_be_the_questions(verifier: Verifier, claim: str, around: str) -> None:
    assert _fault(verifier, claim)
    assert _fault(verifier, claim, around) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_glossary_bears_itself_out(
    verifier: Verifier, bundled: Glossary, language: str
) -> None:
    entries = [entry for entry in bundled.entries if entry.language == language]
    for entry in entries[::10]:
        for sentence in entry.sentences:
            assert verifier.contradiction(sentence.text, language, [sentence.text], ()) is None
            assert notes(sentence.text, [sentence.text]) == ()


@pytest.mark.parametrize(
    ("claim", "quote", "found"),
    [
        ("Kettles switch off.", "Kettles may switch off.", ("hedge",)),
        ("They switch off because of steam.", "They switch off. Steam rises.", ("cause",)),
        ("They may not.", "They do, thus.", ("hedge", "negation")),
        ("لا تنطفئ الغلايات.", "تنطفئ الغلايات.", ("negation",)),
        ("قد تنطفئ.", "They may switch off.", ()),
    ],
)
def test_notes_are_no_faults(
    verifier: Verifier, claim: str, quote: str, found: tuple[str, ...]
) -> None:
    assert notes(claim, [quote]) == found
    language = "en" if claim.isascii() else "ar"
    assert verifier.contradiction(claim, language, [quote], ()) is None
