"""Temperature, top-k and top-p: what they make of the next word's probabilities, and draws."""

from typing import Any

import numpy as np

from assistant.classroom.demonstrations import Given, InputError, Table, View, bars, numbers
from knowledge.search.intent import softmax

SCORES = {
    "breakfast": [2, 1, 0],
    "trip": np.log([0.40, 0.25, 0.20, 0.10, 0.05]).tolist(),
    "colours": np.log([0.30, 0.25, 0.20, 0.10, 0.08, 0.07]).tolist(),
}
_MOST, _HIGHEST = 8, 100  # words, and the score of one
_LISTED = 8  # draws that are told one by one


def kept(before: Any, k: int, p: float) -> Any:  # noqa: ANN401
    """The probabilities after top-k, then top-p, which add up to 1 again."""
    order = np.argsort(-before, kind="stable")
    after = np.zeros_like(before)
    after[order[:k]] = before[order[:k]] / before[order[:k]].sum()
    enough = int(np.argmax(np.cumsum(after[order]) >= p - 1e-9))
    after[order[enough + 1 :]] = 0.0
    return after / after.sum()


def show(given: Given) -> View:
    """The bars before and after, and how often each word is drawn."""
    say, example = given.say, given["example"]
    known = (given.words[example], SCORES[example]) if example in SCORES else None
    words, scores = known or _own(given["own"])
    before = softmax(np.array(scores))
    heights = {say("model"): before}
    named = say("says_bars"), say("probability"), words
    if not given.revealed:
        return View(say("says_first"), [bars(*named, **heights)])
    warmed = softmax(np.array(scores) / given["temperature"])
    after = kept(warmed, int(given["k"]), given["p"])
    heights[say("after")] = after
    best, draws = int(np.argmax(after)), int(given["draws"])
    told = {"n": int((after > 0).sum()), "word": words[best], "part": round(float(after[best]), 3)}
    says = say("says", temperature=given["temperature"], **told)
    drawn = np.random.default_rng(int(given["seed"])).choice(len(words), draws, p=after)
    counts = np.bincount(drawn, minlength=len(words))
    if draws:
        heights[say("drawn")] = counts / draws
        listed = given.listed(words[n] for n in drawn[:_LISTED]) + "…" * (draws > _LISTED)
        says += " " + say("says_drawn", words=listed)
    rows = [*zip(words, scores, before, after, counts, strict=True)]
    head = [say(key) for key in ("word", "score", "model", "after", "times")]
    return View(says, [bars(*named, **heights), Table(head, rows)])


def _own(text: str) -> tuple[list[str], list[float]]:
    parts = [part.strip().rpartition(" ") for part in text.replace("،", ",").split(",")]
    words = [word[:20] for word, _, _ in parts]
    scores = numbers(" ".join(score for *_, score in parts), 2, _MOST)
    if not all(words) or len(words) != len(scores) or max(map(abs, scores)) > _HIGHEST:
        raise InputError("wrong_input")
    return words, scores
