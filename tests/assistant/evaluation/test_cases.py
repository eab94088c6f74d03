"""Cases, and the sentences that say what is wrong with a file of them."""

from pathlib import Path

import pytest

from assistant.evaluation import EvaluationError
from assistant.evaluation.cases import Case, question_files, read
from knowledge.glossary import Glossary
from tests.assistant.evaluation.making import case
from tests.conftest import TEA

DATA = Path(__file__).parents[2] / "data" / "evaluation"
GOOD = '- {language: en, kind: define, question: "What is a kettle?", entries: {kettle: 2}}\n'


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.read(TEA)


def _read(folder: Path, text: str, glossary: Glossary) -> tuple[Case, ...]:
    file = folder / "questions.yaml"
    file.write_text(text, "utf-8")
    return read([file], glossary)


def test_a_case_is_a_mapping_on_a_line_or_on_several(tmp_path: Path, glossary: Glossary) -> None:
    text = GOOD + (
        "- language: ar\n"
        "  kind: mixed\n"
        "  cross: true\n"
        '  question: "ما هو الـ kettle؟"\n'
        "  entries: {kettle: 2, teapot: 1}\n"
        '- {language: fr, kind: near, question: "Une bouilloire ?", unanswerable: "no: French"}\n'
    )
    first, second, third = _read(tmp_path, text, glossary)
    assert first == Case("What is a kettle?", "en", "define", {"kettle": 2})
    assert first.answerable
    assert second.cross
    assert second.entries == {"kettle": 2, "teapot": 1}
    assert (third.answerable, third.unanswerable) == (False, "no: French")


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("{kind: a, question: q, entries: {kettle: 2}}", "has no language"),
        ("{language: en, question: q, entries: {kettle: 2}}", "has no kind"),
        ("{language: en, kind: a, entries: {kettle: 2}}", "has no question"),
        ('{language: en, kind: a, question: " ", entries: {kettle: 2}}', "“question”"),
        ("{language: English, kind: a, question: q, entries: {kettle: 2}}", "“language”"),
        ("{language: en, kind: a, question: q, entry: {kettle: 2}}", "unknown field “entry”"),
        ("{language: en, kind: a, question: q, entries: {cup: 2}}", "“cup” is no entry"),
        ("{language: en, kind: a, question: q, entries: {kettle: 3}}", "“entries.kettle”"),
        ("{language: en, kind: a, question: q, entries: {kettle: 0}}", "“entries.kettle”"),
        ("{language: en, kind: a, question: q}", "neither entries nor unanswerable"),
        ("{language: en, kind: a, question: q, entries: {}}", "neither entries nor unanswerable"),
        (
            "{language: en, kind: a, question: q, entries: {kettle: 2}, unanswerable: no entry}",
            "both entries and unanswerable",
        ),
        (
            "{language: en, kind: a, question: q, cross: true, entries: {kettle: 2}}",
            "“kettle” has no entry in another language than “en”",
        ),
        (GOOD.removeprefix("- "), "questions.yaml:1: remove one"),
        ("what is a kettle", "is not a case"),
        ("{language: en, kind: [}", "is not YAML"),
    ],
)
def test_a_bad_case_is_a_sentence_with_file_and_line(
    tmp_path: Path, glossary: Glossary, item: str, says: str
) -> None:
    with pytest.raises(EvaluationError) as raised:
        _read(tmp_path, f"{GOOD}\n- {item}\n", glossary)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path / 'questions.yaml'}:3: ")
    assert says in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("text", ["", "[]", "# nothing yet\n", "{question: q}", "just text"])
def test_a_file_that_lists_no_question(tmp_path: Path, glossary: Glossary, text: str) -> None:
    with pytest.raises(EvaluationError, match=r"questions\.yaml:1: "):
        _read(tmp_path, text, glossary)


def test_a_file_that_cannot_be_read(tmp_path: Path, glossary: Glossary) -> None:
    with pytest.raises(EvaluationError, match=r"missing\.yaml cannot be read"):
        read([tmp_path / "missing.yaml"], glossary)
    (tmp_path / "latin.yaml").write_bytes(b"- caf\xe9")
    with pytest.raises(EvaluationError, match=r"latin\.yaml:1: is not in UTF-8"):
        read([tmp_path / "latin.yaml"], glossary)


def test_the_same_question_may_be_asked_across_languages_too(
    tmp_path: Path, glossary: Glossary
) -> None:
    item = '- {language: ar, kind: define, question: "kettle", entries: {kettle: 2}'
    assert len(_read(tmp_path, f"{item}}}\n{item}, cross: true}}\n", glossary)) == 2


def test_a_third_is_held_out_and_always_the_same() -> None:
    held = [case(f"What is number {n}?").held_out for n in range(3000)]
    assert 0.3 < sum(held) / len(held) < 0.37
    # SHA-256 of “abc” ends in …15ad; the whole number leaves 1 when divided by 3.
    assert not case("abc").held_out
    assert case("What is a kettle?").held_out == case("What is a kettle?", kind="why").held_out


def test_by_default_the_files_are_those_of_the_glossary(tmp_path: Path) -> None:
    glossary = Glossary(tmp_path, ())
    with pytest.raises(EvaluationError, match="put files of them into its folder questions/"):
        question_files(glossary, [])
    folder = tmp_path / "questions"
    folder.mkdir()
    for name in ("b.yaml", "a.yaml", "notes.txt"):
        (folder / name).touch()
    assert question_files(glossary, []) == [folder / "a.yaml", folder / "b.yaml"]
    assert question_files(glossary, [Path("mine.yaml")]) == [Path("mine.yaml")]


def test_the_bundled_questions_are_as_they_should_be(bundled: Glossary) -> None:
    cases = read(question_files(bundled, []), bundled)
    assert len(cases) > 700
    assert {c.language for c in cases if c.cross} == {"en", "ar"}


@pytest.mark.parametrize("name", ["beekeeping.csv", "calligraphy.jsonl"])
def test_the_questions_to_glossaries_of_other_fields_are_too(name: str) -> None:
    glossary = Glossary.read(DATA / name)
    assert len(read([(DATA / name).with_suffix(".yaml")], glossary)) >= 90
