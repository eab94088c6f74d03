"""Attention: scores of queries with words, what softmax makes of them, and what a mask hides."""

from typing import Any

import numpy as np

from assistant.classroom.demonstrations import Given, Table, View, matrix
from knowledge.search.intent import softmax

# The scores of each word (in rows) with each (in columns): those of the entries' examples, and for
# “self” also of the words beside “she”.
SCORES = {
    "self": [[2, 0, 0, 0], [1, 1, 0, 0], [2, 0, 1, 0], [1, 0, 2, 1]],
    "translation": [[0, 3, 1], [3, 1, 1], [1, 0, 3]],
}
_ROW = 2  # “she”, and “apple”: the word that is told of


def weights(scores: Any, *, causal: bool = False, sharpness: float = 1.0) -> Any:  # noqa: ANN401
    """Softmax of each row; ``causal`` hides what comes later, and needs a square."""
    raised = np.asarray(scores, float) * sharpness
    if causal:
        raised = np.where(np.tri(len(raised)) > 0, raised, -np.inf)
    return softmax(raised)


def show(given: Given) -> View:
    """The scores, and the weights that they become."""
    say, name = given.say, given["example"]
    words, sides = given.words[name], (say("row"), say("column"))
    scores = matrix(say("says_scores"), *sides, words, SCORES[name])
    if not given.revealed:
        return View(say("says_first"), [scores])
    causal = name == "self" and given["mask"] == "on"
    found = weights(SCORES[name], causal=causal, sharpness=given["sharpness"])
    best = int(np.argmax(found[_ROW]))
    told = {"word": words["rows"][_ROW], "most": words["columns"][best]}
    rows = [(word, *each.round(2)) for word, each in zip(words["rows"], found, strict=True)]
    return View(
        say("says", part=round(float(found[_ROW, best]), 2), **told),
        [
            scores,
            matrix(say("says_weights"), *sides, words, found),
            Table((say("weights"), *words["columns"]), rows),
        ],
    )
