"""Intent: what a question wants, told from its vectors by a classifier that learned of examples.

Five heads read the same vectors: what is wanted (a cause, an example, a greeting), in which kind of
section of an entry the answer would stand, whether a glossary would answer such a question at all,
whether it leans on what was said before it, and which activity of a class it wants, if it wants
one. They are logistic regressions, fitted by ``make weights`` on the labelled questions of
``tests/data/training``, of many fields and in the spoken Arabic of several countries, so that they
learn the wording of the want and not the topic; beside the vectors, three of them read the words
that several of the questions share, for «ليه» and «شلون» are all that tells. A sixth weighs the
products of a question's and a sentence's numbers: a cosine that learned which of them tell that the
one answers the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal, get_args

import numpy as np

from knowledge.language.words import normalize
from knowledge.search import Array
from knowledge.search.embeddings import Embedder

Intent = Literal[
    "definition", "mechanism", "cause", "remedy", "when", "benefit", "drawback", "kinds", "parts",
    "example", "comparison", "number", "origin", "fact", "yesno", "list", "relation",
    "restate", "teach", "greeting", "thanks", "identity", "feedback", "outside",
]  # fmt: skip
INTENTS: tuple[Intent, ...] = get_args(Intent)
CHAT: frozenset[Intent] = frozenset({"greeting", "thanks", "identity", "feedback"})
"""What is met with a reply of the assistant's own."""
Activity = Literal["quiz", "lesson", "cards", "path", "draw"]
ACTIVITIES: tuple[Activity, ...] = get_args(Activity)
"""What of the class is wanted, where ``teach`` is."""

ROLES = ("summary", "how", "why", "limits", "origin", "example")
"""The kinds of section, as the bundled glossary's entries have them."""

_LITTLE = 0.06
_WEIGHED = {384: 6.0, 512: 2.0}  # by dimension: the vectors of E5 differ by little


@dataclass(frozen=True)
class IntentPrediction:
    """What a question wants."""

    intents: Mapping[Intent, float]
    """How likely each intent is; they sum to 1."""
    roles: Array
    """How likely the answer stands in each of ``ROLES``: (6,)."""
    askable: float
    """Whether a glossary would answer such a question, in log-odds."""
    leans: float = -1.0
    """Whether it is understood only by what was said before it, in log-odds."""
    activity: Activity = "quiz"
    """What of the class is wanted, if the intent is ``teach``."""

    @property
    def intent(self) -> Intent:
        """The likeliest."""
        return max(self.intents, key=self.intents.__getitem__)

    def only(self, intent: Intent) -> "IntentPrediction":
        """The same, where it is plain that one thing is wanted."""
        roles = self.roles
        if intent == "definition":
            roles = np.full(len(ROLES), _LITTLE)
            roles[ROLES.index("summary")] = 1 - _LITTLE * (len(ROLES) - 1)
        return replace(self, intents={each: float(each == intent) for each in INTENTS}, roles=roles)

    def probability(self, intents: Sequence[Intent]) -> float:
        """How likely it is one of these."""
        return sum(self.intents[each] for each in intents)


class Classifier:
    """Tells wants from the vectors of a question, and the role of a sentence from its own."""

    def __init__(
        self, embedders: Sequence[Embedder], replaced: dict[str, Array] | None = None
    ) -> None:
        self.embedders = tuple(embedders)
        name = "both" if len(self.embedders) > 1 else "fast"
        with files("knowledge.search").joinpath("weights", f"{name}.npz").open("rb") as file:
            heads = dict(np.load(file, allow_pickle=False)) | (replaced or {})
        spelt = bytes(heads.pop("words")).decode().split("\n")
        self._words = {word: n for n, word in enumerate(spelt)}
        self._heads = {key: value.astype(np.float32) for key, value in heads.items()}

    def predict(self, question: str) -> IntentPrediction:
        """What a question wants.

        Raises:
            EmbedderError: the question cannot be embedded.
        """
        vectors = joined([each.query(question) for each in self.embedders])
        said = [self._words[word] for word in words(question) if word in self._words]

        def told(head: str) -> Array:
            return self._logits(head, vectors) + self._heads[f"{head}_words"][said].sum(axis=0)

        return IntentPrediction(
            intents=dict(zip(INTENTS, softmax(told("intents")).tolist(), strict=True)),
            roles=softmax(self._logits("roles", vectors)),
            askable=float(self._logits("askable", vectors)[0]),
            leans=float(told("leans")[0]),
            activity=ACTIVITIES[int(told("activity").argmax())],
        )

    def match(self, question: str, vectors: Sequence[Array], *, known: bool) -> Array:
        """How well sentences answer a question, by a learned product of vectors: (sentences,).

        It was learned beside known questions that sentences answer, and where none are.
        """
        asked = joined([each.query(question) for each in self.embedders])
        return joined(vectors) @ (asked * self._heads["match"][int(known)])

    def roles(self, vectors: Sequence[Array]) -> Array:
        """How likely sentences are to stand in each of ``ROLES``: (sentences, 6).

        ``vectors`` has those of each embedder: (sentences, dimension).
        """
        return softmax(self._logits("sentences", joined(vectors)))

    def _logits(self, head: str, vectors: Array) -> Array:
        return vectors @ self._heads[head] + self._heads[f"{head}_offset"]


def words(question: str) -> frozenset[str]:
    """The words by which a question is told: each, and which is the first; Arabic “and” aside."""
    said = "".join(c if c.isalnum() else " " for c in normalize(question)).split()
    bare = [word[1:] if word[0] in "وف" and len(word) > 2 else word for word in said]  # noqa: PLR2004
    return frozenset((*said, *bare, *(f"^{word}" for word in bare[:1])))


def joined(vectors: Sequence[Array]) -> Array:
    """Vectors of several embedders as one, each weighed by how much its numbers differ."""
    return np.concatenate([v * _WEIGHED[v.shape[-1]] for v in vectors], axis=-1)


def softmax(logits: Array) -> Array:
    """Likelihoods that sum to 1 along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
