"""Temperature, top-k and top-p: what they make of the next word's probabilities, and draws."""

from typing import Any

import numpy as np

from assistant.classroom.demonstrations import (
    Choice,
    Drawing,
    Given,
    InputError,
    Range,
    Table,
    Text,
    View,
    numbers,
    steps,
)

SCORES = {
    "breakfast": [2, 1, 0],
    "trip": np.log([0.40, 0.25, 0.20, 0.10, 0.05]).tolist(),
    "colours": np.log([0.30, 0.25, 0.20, 0.10, 0.08, 0.07]).tolist(),
}
_LISTED = 8  # draws that are told one by one
_ALL = 8  # words at most: k of so many keeps all
KNOBS = (
    Choice("example", (*SCORES, "own")),
    Text("own", 200, when=("example", "own")),
    Range("temperature", steps(0.1, 3, 0.1), 1, digits=1),
    Range("k", steps(1, _ALL, 1), _ALL),
    Range("p", steps(0.05, 1, 0.05), 1, digits=2),
    Range("draws", (0, 1, 5, 20, 100, 1000), 0),
    Range("seed", steps(1, 20, 1), 1),
)
ENTRIES = {
    "temperature": {},
    "softmax": {},
    "sampling": {"draws": "3"},
    "top-k-sampling": {"example": "trip", "k": "2"},
    "top-p-sampling": {"example": "colours", "p": "17"},
}
RIGHT = 1


def probabilities(scores: Any, temperature: float) -> Any:  # noqa: ANN401
    """Softmax of the scores, divided by the temperature."""
    raised = np.asarray(scores, float) / temperature
    powers = np.exp(raised - raised.max())
    return powers / powers.sum()


def kept(before: Any, k: int, p: float) -> Any:  # noqa: ANN401
    """The probabilities after top-k, then top-p, which add up to 1 again."""
    order = np.argsort(-before, kind="stable")
    most = order[:k]
    after = np.zeros_like(before)
    after[most] = before[most] / before[most].sum()
    sums = np.cumsum(after[order])
    after[order[int(np.argmax(sums >= p - 1e-9)) + 1 :]] = 0.0
    return after / after.sum()


def show(given: Given) -> View:
    """The bars before and after, and how often each word is drawn."""
    say, write = given.say, given.number
    words, scores = _own(given["own"]) if given["example"] == "own" else _example(given)
    plain = probabilities(scores, 1.0)
    temperature, k, p = float(given["temperature"]), int(given["k"]), float(given["p"])
    bars: dict[str, Any] = {"y": say("probability"), "labels": words}
    if not given.revealed:
        says = say("says_first")
        series = [{"name": say("model"), "values": plain.round(3).tolist()}]
        return View(says, [Drawing({"says": says, "bars": {**bars, "series": series}})])
    after = kept(probabilities(scores, temperature), k, p)
    draws = int(given["draws"])
    drawn = np.random.default_rng(int(given["seed"])).choice(len(words), draws, p=after)
    counts = np.bincount(drawn, minlength=len(words))
    shown = [(say("model"), plain), (say("after"), after)]
    if draws:
        shown.append((say("drawn"), counts / draws))
    series = [{"name": name, "values": values.round(3).tolist()} for name, values in shown]
    best = int(np.argmax(after))
    says = say(
        "says",
        temperature=temperature,
        n=int((after > 0).sum()),
        word=words[best],
        part=write(float(after[best]), 3),
    )
    if draws:
        first = "، " if given.language == "ar" else ", "
        listed = first.join(words[n] for n in drawn[:_LISTED]) + "…" * (draws > _LISTED)
        says += " " + say("says_drawn", words=listed)
    rows = [
        (
            word,
            write(float(scores[n]), 2),
            *(write(float(values[n]), 3) for _, values in shown[:2]),
            write(int(counts[n])),
        )
        for n, word in enumerate(words)
    ]
    head = (say("word"), say("score"), say("model"), say("after"), say("times"))
    return View(
        says,
        [Drawing({"says": say("says_bars"), "bars": {**bars, "series": series}}), Table(head, rows)],
    )


def _example(given: Given) -> tuple[list[str], list[float]]:
    name = given["example"]
    return given.words["words"][name], SCORES[name]


def _own(text: str) -> tuple[list[str], list[float]]:
    """Words of the reader's own, each with a score behind it."""
    words, scores = [], []
    for part in text.replace("،", ",").replace("؛", ",").replace("\n", ",").split(","):
        word, _, score = part.strip().rpartition(" ")
        if not word:
            raise InputError("wrong_input")
        words.append(word[:20])
        scores += numbers(score, 1, 1)
    if not 1 < len(words) <= _ALL or max(map(abs, scores)) > 100:  # noqa: PLR2004
        raise InputError("wrong_input")
    return words, scores
