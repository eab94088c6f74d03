"""The demonstrations: their numbers are those of the entries, and nothing is seen beforehand."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.classroom import demonstrations
from assistant.classroom.demonstrations import (
    Block,
    Demonstration,
    Given,
    Pieces,
    Section,
    Table,
    View,
    attention,
    confusion_matrix,
    every,
    gradient_descent,
    k_means,
    overfitting,
    sampling,
)
from knowledge.blocks import figures
from knowledge.glossary import Glossary
from knowledge.search.embeddings import pieces
from knowledge.search.intent import softmax

LANGUAGES = "en", "ar"
ALL = sorted(every())


def seen(
    name: str, assistant: Assistant | None = None, language: str = "en", **address: str
) -> View:
    """What is seen of a demonstration at an address, once one has chosen."""
    shown, revealed = every()[name], address.get("chosen") != "nothing"
    values, words = shown.read(address, language), shown.words[language]
    return shown.view(Given(values, revealed, language, words, "{:g}".format, assistant))


def blocks(some: Any, kind: type[Block]) -> Iterator[Any]:
    for block in some:
        if isinstance(block, Section):
            yield from blocks(block.blocks, kind)
        if isinstance(block, kind):
            yield block


def table(view: View) -> list[Any]:
    return [list(row) for row in next(blocks(view.blocks, Table)).rows]


def _keys(words: Any) -> Any:
    if isinstance(words, dict):
        return {key: _keys(value) for key, value in words.items()}
    return len(words) if isinstance(words, list) else None


@pytest.mark.parametrize("name", ALL)
def test_each_says_all_in_both_languages_and_belongs_to_entries(
    name: str, bundled: Glossary
) -> None:
    shown = every()[name]
    assert set(shown.entries) <= set(bundled.ids)
    assert _keys(shown.words["en"]) == _keys(shown.words["ar"])
    for entry_id, language in product(shown.entries, LANGUAGES):
        words = shown.told(language, entry_id)
        assert set(words["labels"]) == {knob.name for knob in shown.knobs}
        assert words["right"] < len(words["answers"]) == len(set(words["answers"]))
        assert all(o in words[k.name] for k in shown.knobs for o in k.options)


def _addresses(shown: Demonstration) -> Iterator[dict[str, str]]:
    """As it begins, in each entry, and with each knob at either end."""
    yield {}
    yield from map(dict, shown.entries.values())
    for knob in shown.knobs:
        ends = {0, len(knob.stops) - 1} if knob.stops else knob.options
        yield from ({knob.name: str(each)} for each in ends)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_each_is_drawn_wherever_its_knobs_stand(
    name: str, language: str, assistant: Assistant
) -> None:
    for address in _addresses(every()[name]):
        view = seen(name, assistant, language, **address)
        assert view.says
        assert list(blocks(view.blocks, Table)) or name in (
            "gradient-descent",
            "k-means",
            "retrieval",
        )
        for figure in blocks(view.blocks, figures.Figure):
            figures.drawn(figure, language)


@pytest.mark.parametrize("text", ["", "one, two, three, four", "nan 1 2 3 4"])
def test_what_cannot_be_used_is_said_in_a_sentence(text: str) -> None:
    wrong = every()["overfitting"].words["en"]["wrong_input"]
    assert seen("overfitting", heights=text) == View(wrong)
    assert seen("k-means", points=text).says.startswith("Type pairs")


def test_overfitting_has_the_numbers_of_its_entry() -> None:
    known = [2, 4, 6, 8, 11]
    assert overfitting.fit(known, 1)(6) == pytest.approx(12.8)
    assert overfitting.fit(known, 4)(6) == pytest.approx(17)
    assert overfitting.errors(known, 12, 1)[1] == pytest.approx(0.8)
    assert overfitting.errors(known, 12, 4) == pytest.approx((0, 5), abs=1e-9)
    view = seen("overfitting", heights="٢، ٤، ٦، ٨، ١١، ١٢", degree="4")
    assert view == seen("overfitting", heights="2 4 6 8 11 12", degree="4")
    train = [row[2] for row in table(view)]
    assert train == sorted(train, reverse=True)


def test_gradient_descent_has_the_numbers_of_its_entries() -> None:
    entry, square = gradient_descent.CURVES["entry"], gradient_descent.CURVES["square"]
    path = gradient_descent.descent(entry, 0.1, 2)
    assert path == pytest.approx([0, 0.6, 1.08])
    assert [entry.loss(w) for w in path] == pytest.approx([9, 5.76, 3.6864])
    assert gradient_descent.descent(square, 1.1, 3) == pytest.approx([1, -1.2, 1.44, -1.728])
    shallow = gradient_descent.descent(gradient_descent.CURVES["valleys"], 0.05, 200)[-1]
    assert shallow == pytest.approx(1.8608, abs=1e-3)  # and not the deeper one, at −2.1


def test_sampling_has_the_numbers_of_its_entries() -> None:
    scores = np.array(sampling.SCORES["breakfast"])
    assert softmax(scores) == pytest.approx([0.665, 0.245, 0.090], abs=5e-4)
    assert softmax(scores / 0.5) == pytest.approx([0.867, 0.117, 0.016], abs=5e-4)
    assert softmax(scores / 2) == pytest.approx([0.506, 0.307, 0.186], abs=5e-4)
    trip = softmax(np.array(sampling.SCORES["trip"]))
    assert sampling.kept(trip, 3, 1) == pytest.approx([0.47, 0.29, 0.24, 0, 0], abs=5e-3)
    colours = softmax(np.array(sampling.SCORES["colours"]))
    nucleus = sampling.kept(colours, 6, 0.9)
    assert np.count_nonzero(nucleus) == 5
    assert nucleus[0] == pytest.approx(0.30 / 0.93)
    once, again, other = (seen("sampling", draws="3", seed=s) for s in ("1", "1", "2"))
    assert once == again != other


def test_the_confusion_matrices_are_those_of_the_entries() -> None:
    rain = confusion_matrix.counts("rain", 0.5)
    assert rain == (15, 10, 5, 70)
    assert confusion_matrix.rates(*rain) == (0.60, 0.75, 0.85)
    assert confusion_matrix.counts("spam", 0.5) == (45, 5, 15, 135)
    scans = [confusion_matrix.counts("scans", threshold) for threshold in (0.5, 0.3)]
    assert scans == [(18, 42, 2, 338), (20, 100, 0, 280)]


def test_attention_has_the_weights_of_its_entries() -> None:
    translated = [[0.04, 0.84, 0.11], [0.79, 0.11, 0.11], [0.11, 0.04, 0.84]]
    found = attention.weights(attention.SCORES["translation"])
    assert found == pytest.approx(np.array(translated), abs=5e-3)
    she = attention.weights(attention.SCORES["self"])[2]
    assert she == pytest.approx([0.61, 0.08, 0.22, 0.08], abs=5e-3)
    masked = attention.weights(attention.SCORES["self"], causal=True)
    assert masked[2] == pytest.approx([0.67, 0.09, 0.24, 0], abs=5e-3)
    assert masked[0] == pytest.approx([1, 0, 0, 0])


def test_k_means_goes_the_rounds_of_its_entry() -> None:
    points = np.array([(1, 1), (2, 1), (1, 2), (8, 8), (9, 8), (8, 9)], float)
    found = k_means.rounds(points, np.array([(1.0, 1), (2, 1)]), 3)
    assert [near.tolist() for _, near in found[:2]] == [[0, 1, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]]
    assert found[1][0] == pytest.approx(np.array([(1, 1.5), (6.75, 6.5)]))
    assert found[2][0].tolist() == found[3][0].tolist()
    assert found[2][0] == pytest.approx(np.array([(1.33, 1.33), (8.33, 8.33)]), abs=5e-3)


@pytest.mark.parametrize("text", ["They read them.", "وستقرؤها غدًا", "2,024 résumés"])
def test_tokens_are_the_text_in_pieces(text: str) -> None:
    cut = pieces(text)
    assert "".join(cut).replace("▁", " ").strip() == text
    view = seen("tokens", english=text, price="2.5")
    assert len(next(blocks(view.blocks, Pieces)).pieces) == len(cut)
    assert table(view)[-1][1] == len(cut) * 2.5
    own: dict[str, Any] = dict(every()["tokens"].entries["tokenisation"])
    entry = table(seen("tokens", **own))
    assert [row[2] for row in entry[:4]] == [1, 3, 8, 16]  # 8 letters and 16 bytes, as it has it


def test_a_question_goes_the_way_of_the_assistant_but_for_what_is_taken_away(
    assistant: Assistant,
) -> None:
    def quotes(**broken: str) -> list[Citation]:
        return list(blocks(seen("retrieval", assistant, **broken).blocks, Citation))

    told = assistant.ask("How do I prevent overfitting?", writer="quote", language="en")
    assert [each.quote for each in quotes()] == [sentence.text for sentence in told.sentences]
    assert "overfitting" in {each.entry_id for each in quotes()}
    assert "overfitting" not in {each.entry_id for each in quotes(away="1")}
    assert not quotes(threshold="11", question="How do I stop it from learning by heart?")
    assert not quotes(embedders="none", question="It is perfect on what it saw and bad on the rest")
    assert assistant.ask("How do I prevent overfitting?").confidence > 0.8  # it is whole


def test_one_is_found_by_being_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "of_a_teacher.py").write_text("def show(given): return given.say('hello')\n")
    words = "{title: x, lead: x, question: x, answers: [x], because: x, notice: x, labels: {}}"
    text = f"entries: {{token: }}\nright: 0\nknobs: {{}}\nen: {words}\nar: {words}\n"
    (tmp_path / "of_a_teacher.yaml").write_text(text)
    monkeypatch.setattr(demonstrations, "__path__", [*demonstrations.__path__, str(tmp_path)])
    every.cache_clear()
    try:
        assert sorted(every()) == sorted([*ALL, "of-a-teacher"])
    finally:
        every.cache_clear()
