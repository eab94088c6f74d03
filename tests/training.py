"""The learned weights of ``knowledge/search/weights``, fitted on labelled questions.

``python -m tests.training`` (``make weights``) writes them anew, in about half an hour: once for
both bundled embedders and once for the fast one alone. Questions of held-out entries, of held-out
glossaries and of the held-out third of ``found`` and of ``links`` are never looked at.
"""

import atexit
import json
import pickle
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from assistant.answer import Answer
from assistant.evaluation.cases import BUNDLED_QUESTIONS, Case, read
from assistant.question import understand
from knowledge.glossary import BUNDLED, Glossary
from knowledge.linking import Linker, Signs
from knowledge.search import ranker
from knowledge.search.embeddings import Embedder, bundled_embedders
from knowledge.search.evidence import FoundEntry, FoundSentence
from knowledge.search.index import open_index
from knowledge.search.intent import (
    ACTIVITIES,
    CHAT,
    INTENTS,
    ROLES,
    Classifier,
    IntentPrediction,
    joined,
    softmax,
    words,
)
from knowledge.search.query import Query
from knowledge.search.questions import PARTS, Questions, text_hash, word_parts
from knowledge.search.ranker import Ranker, Weights
from knowledge.search.retriever import FollowUp, Retriever
from knowledge.search.store import Store
from tests import links

DATA = Path(__file__).parent / "data"
WEIGHTS = Path(ranker.__file__).parent / "weights"
_GREATEST = 8  # what a number is kept in parts of
_DIRECTIONS = {"both": 256, "fast": 128}  # numbers of a proxy
_WRAPS = 8  # wordings in which each section of a term is asked for
_CACHE = Path("build/training")  # the indexes of the glossaries, between two runs
_EVALUATED = DATA / "evaluation"
_GLOSSARIES = {
    "bundled": (BUNDLED, BUNDLED_QUESTIONS, "*tuned-*.jsonl"),
    **{
        Path(name).stem: (_EVALUATED / name, _EVALUATED, f"{Path(name).stem}-q*.jsonl")
        for name in (
            "beekeeping.csv",
            "calligraphy.jsonl",
            "encyclopedia-en.jsonl",
            "encyclopedia-ar.jsonl",
        )
    },
    **{
        path.stem: (path, path.parent, f"{path.stem}-questions.jsonl")
        for path in sorted((DATA / "training/glossaries").glob("*.jsonl"))
        if not path.stem.endswith("-questions")
    },
}
_OTHER_FACT = re.compile(r"(in what year|how|when|who|why|كم|متى|من |في أي عام|لماذا|كيف|مين)")
_INTENT_OF = {
    "define": "definition", "how": "mechanism", "why": "cause", "howto": "remedy",
    "compare": "comparison", "example": "example", "yesno": "yesno", "number": "number",
    "who_when": "origin",
}  # fmt: skip
_ROLE_OF = {
    "definition": "summary", "mechanism": "how", "benefit": "why", "drawback": "limits",
    "example": "example", "origin": "origin",
}  # fmt: skip
"""Where the answer stands to what is wanted, where that is plain."""
_UNSAID = {"smalltalk", "identity", "teach", "restate"}  # kinds that are met, not looked up
_NO_QUESTION = {*CHAT, "restate", "teach"}
# Of the answerable questions so many are refused, and so likely has a sentence to belong: where
# questions are known, and on average of other glossaries, which are told less surely.
_REFUSED, _BELONGS = {True: 0.03, False: 0.065}, {True: 0.5, False: 0.33}
_FOLDS = 5
_PARTS = 3  # of the labelled questions, of which one is not seen
_INTENTS = 0.2  # the inverse of their regularisation
_ASKED_OTHERS, _ONE_IN = ("beekeeping", "calligraphy"), 15
_BOTH_WAYS = ("bundled", "elsewhere")  # asked with known questions, and one in so many without:
_FEWER = 3
_FOREIGN = 3  # of so many questions one is asked of a glossary in the other language alone
_SHARED = 3  # questions that have a word by which others are told
_FEWER_ASKED = 2  # one in so many tells by the section that answers it what role is wanted
_LIGHT = 0.3  # how much a question on a passage counts beside those with known questions
_MATCH, _ASKED = ranker.SENTENCE.index("match"), ranker.SENTENCE.index("question")
_SAME = 1e-6  # of a column: it has rounding alone
_SCORES = (ranker.ENTRY, ranker.SENTENCE, ranker.BELONGING, ranker.CONFIDENCE)
_MOST = 4  # sentences of an answer
_SHARPNESS, _OF_PARTS = 16.0, 16.0
_EPOCHS, _BATCH, _DROPPED = 8, 256, 0.1
_CAUTIOUS = 0.01  # regularisation of the conditional logits
_FREE = 3.0  # the inverse of that of links: names that were set aside in turn are told best by it


def main() -> None:
    """Fits and writes all weights."""
    if sys.argv[1:] in ([], ["links"]):
        text = json.dumps(_links(), indent=1)
        (WEIGHTS / "links.json").write_text(text + "\n", encoding="utf-8")
        print("links", text)  # noqa: T201
    every = tuple(map(_remembering, bundled_embedders()))
    for name, embedders in (("both", every), ("fast", every[-1:])):
        if sys.argv[1:] not in ([], [name]):
            continue
        heads = _heads(embedders)
        empty = np.zeros(len(heads["intents"]), np.float32)
        heads |= {
            "askable": empty[:, None],
            "askable_offset": np.zeros(1),
            "match": np.array([empty, empty]),
        }
        bank = _questions(embedders, _DIRECTIONS[name])
        np.savez_compressed(WEIGHTS / f"questions-{name}.npz", **bank)
        fitted, learned = _ranker(embedders, heads, bank)
        np.savez_compressed(WEIGHTS / f"{name}.npz", **(heads | learned))
        text = json.dumps(fitted, indent=1)
        (WEIGHTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(name, text)  # noqa: T201


def _links() -> dict[str, float]:
    """The weights by which a name in a sentence is taken to mean its entry."""
    linker = Linker(Glossary.read(BUNDLED))
    rows = [row for row in links.labelled() if not row.held_out]
    signs = [row.signs(linker) for row in rows]
    told = [(each, row.meant) for each, row in zip(signs, rows, strict=True) if each]
    model = LogisticRegression(C=_FREE, max_iter=5000)
    model.fit([each for each, _ in told], [meant for _, meant in told])
    fitted = dict(zip(Signs._fields, model.coef_[0].tolist(), strict=True))
    fitted["offset"] = float(model.intercept_[0])
    return {name: round(weight, 4) for name, weight in fitted.items()}


def _remembering(embedder: Embedder) -> Embedder:
    """An embedder that keeps the vectors of questions between two runs."""
    path = _CACHE / f"questions-{embedder.dimension}.pickle"
    known: dict[str, list[float]] = pickle.loads(path.read_bytes()) if path.is_file() else {}  # noqa: S301  (our own)
    plain = embedder.embeddings

    class Remembering(Embeddings):
        def embed_query(self, text: str) -> list[float]:
            if text not in known:
                known[text] = plain.embed_query(text)
            return known[text]

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return plain.embed_documents(texts)

    def keep() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(known))

    atexit.register(keep)
    return replace(embedder, embeddings=Remembering())


def _rows(pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted((DATA / "training").glob(pattern)):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def _heads(embedders: Sequence[Embedder]) -> dict[str, Any]:
    """The classifiers of questions, and the one of sentences."""
    intents = [*_rows("intents-*.jsonl"), *_asked_elsewhere()]
    glossary = Glossary.read(BUNDLED)
    said = [s for e in glossary.entries for s in e.sentences if _role(s.section) in ROLES]
    role = {text_hash(s.text).hex(): _role(s.section) for s in said}
    answered = [(row["question"], row["role"]) for row in _rows("roles.jsonl")]
    answered += [(r["question"], _ROLE_OF[r["intent"]]) for r in intents if r["intent"] in _ROLE_OF]
    answered += [(question, role[key]) for key, question in _asked()[::_FEWER_ASKED] if key in role]
    wordings, wanted = zip(*answered, strict=True)
    asked = _vectors([row["question"] for row in intents], embedders)
    vectors = joined(_matrices(glossary, embedders, [s.id for s in said]))
    leaning = [row for row in (*_rows("leans-*.jsonl"), *intents) if "leans" in row]
    counts = Counter(word for row in (*intents, *leaning) for word in words(row["question"]))
    spelt = sorted(word for word, count in counts.items() if count >= _SHARED)
    labels = [row["intent"] for row in intents]
    shared = _presence([row["question"] for row in intents], spelt)
    taught = [n for n, row in enumerate(intents) if "kind" in row]
    kinds = [intents[n]["kind"] for n in taught]
    leant = [row["question"] for row in leaning]
    leans = [bool(row["leans"]) for row in leaning]
    return {
        "words": np.frombuffer("\n".join(spelt).encode(), np.uint8),
        **_head("intents", asked, labels, INTENTS, _INTENTS, shared),
        **_head("activity", asked[taught], kinds, ACTIVITIES, 0.2, shared[taught]),
        **_head("leans", _vectors(leant, embedders), leans, (True,), 0.2, _presence(leant, spelt)),
        **_head("roles", _vectors(wordings, embedders), wanted, ROLES, 0.3),
        **_head("sentences", vectors, [_role(s.section) for s in said], ROLES, 0.1),
    }


def _unseen(embedders: Sequence[Embedder], heads: dict[str, Any], part: int) -> Classifier:
    """The classifier without a part of the questions that the ranker learns of.

    Else these would be told better than others are, and the ranker would trust it too much.
    """
    other = (row for row in _asked_elsewhere() if _part(row["question"]) != part)
    rows = [*_rows("intents-*.jsonl"), *other]
    asked = [row["question"] for row in rows]
    shared = _presence(asked, heads["words"].tobytes().decode().split("\n"))
    labels = [row["intent"] for row in rows]
    head = _head("intents", _vectors(asked, embedders), labels, INTENTS, _INTENTS, shared)
    return Classifier(embedders, heads | head)


def _part(question: str) -> int:
    return zlib.crc32(question.encode()) % _PARTS


def _asked_elsewhere() -> Iterator[dict[str, Any]]:
    """Other labelled questions whose kind tells what they want, and whether they are follow-ups."""
    glossary = Glossary.read(BUNDLED)
    for file in sorted(BUNDLED_QUESTIONS.glob("*tuned-*.jsonl")):
        for question in read(file, glossary):
            if question.answerable and question.kind in _INTENT_OF:
                intent, leans = _INTENT_OF[question.kind], question.turn > 1
                yield {"question": question.question, "intent": intent, "leans": leans}
    wanted = {role: intent for intent, role in _ROLE_OF.items()}
    for _, wrapped, role in islice(_wrapped(), 0, None, 2 * _WRAPS):
        yield {"question": wrapped, "intent": wanted[role], "leans": False}
    for language in ("en", "ar"):  # what is asked of a passage is mostly one fact
        passages = Glossary.read(DATA / f"evaluation/encyclopedia-{language}.jsonl")
        for question in read(
            DATA / f"evaluation/encyclopedia-{language}-questions.jsonl", passages
        ):
            if not _OTHER_FACT.match(question.question.casefold()):
                yield {"question": question.question, "intent": "fact"}


def _presence(questions: Sequence[str], spelt: Sequence[str]) -> Any:
    """Which of some words stand in each question: (questions, words)."""
    places = {word: n for n, word in enumerate(spelt)}
    found = np.zeros((len(questions), len(spelt)), np.float32)
    for n, question in enumerate(questions):
        found[n, [places[word] for word in words(question) if word in places]] = 1.0
    return found


def _questions(embedders: Sequence[Embedder], directions: int) -> dict[str, Any]:
    """The questions that sentences answer, by a linear map that was learned of them.

    Those of a sentence and of its counterpart in the other language ask for the same.
    """
    entries: dict[str, str] = {}
    groups: dict[str, str] = {}
    for each in Glossary.read(BUNDLED).entries:
        for text in (sentence.text for sentence in each.sentences):
            key = text_hash(text).hex()
            groups[key] = min(text, *_counterparts()[text], text)
            entries[groups[key]] = each.id
    wrapped = [(key, question) for key, question, _ in _wrapped()]
    told = [(key, question) for key, question in (*_asked(), *wrapped) if key in groups]
    names, group = np.unique([groups[key] for key, _ in told], return_inverse=True)
    entry = np.unique([entries[name] for name in names], return_inverse=True)[1]
    asked = [question for _, question in told]
    vectors = _vectors(asked, embedders)
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0)
    table = ((vectors - centre) / spread).astype(np.float32)
    rarity, parts = _parts(asked)
    map_, of_parts, proxies = _proxies(table, parts, group, entry, directions)
    unit = np.abs(of_parts).max() / _GREATEST
    numbers = {name: n for n, name in enumerate(names)}
    known = {key: numbers[name] for key, name in groups.items() if name in numbers}
    greatest = np.abs(proxies).max(axis=1, keepdims=True)
    return {
        "hashes": np.array([list(bytes.fromhex(key)) for key in known], np.uint8),
        "proxy": np.array(list(known.values()), np.uint16),
        "proxies": np.round(proxies / greatest * _GREATEST).astype(np.int8),
        "centre": centre.astype(np.float32),
        "directions": (map_ / spread[:, None]).astype(np.float16),
        "rarity": rarity.astype(np.float16),
        "parts": np.round(of_parts / unit).astype(np.int8),
        "parts_unit": np.float32(unit * _OF_PARTS),
    }


def _asked() -> list[tuple[str, str]]:
    """The questions that sentences answer, each behind the hash of its sentence."""
    return [
        (key, question)
        for path in sorted((DATA / "training").glob("asked-*.tsv"))
        for key, question in (line.split("\t") for line in path.read_text("utf-8").splitlines())
    ]


def _wrapped() -> Iterator[tuple[str, str, str]]:
    """What people ask for of any term, put around the names of all: hashes, questions, roles.

    What answers is the first sentence of the section in that role.
    """
    random = np.random.default_rng(0)
    wraps = {
        tuple(path.stem.split("-")[1:]): path.read_text("utf-8").splitlines()
        for path in sorted((DATA / "training").glob("wrapped-*.txt"))
    }
    for entry in Glossary.read(BUNDLED).entries:
        first = {_role(s.section): s for s in reversed(entry.sentences)}
        for role in filter(first.__contains__, ROLES):
            for wrap in random.choice(wraps[role, entry.language], _WRAPS, replace=False):
                name = str(random.choice(entry.names))
                yield text_hash(first[role].text).hex(), wrap.replace("{}", name), role


def _parts(questions: Sequence[str]) -> tuple[Any, Any]:
    """The rarity of the parts of words, and those of each question: (questions, ``PARTS``)."""
    found = [word_parts(question) for question in questions]
    row = np.repeat(np.arange(len(found)), [len(each) for each in found])
    column = np.concatenate([np.array(each, int) for each in found])
    rarity = -np.log(np.bincount(column, minlength=PARTS) / len(found) + 1e-4)
    table = csr_matrix((rarity[column], (row, column)), (len(found), PARTS), np.float32)
    lengths = np.sqrt(table.multiply(table).sum(axis=1).A1)
    return rarity, diags(_OF_PARTS / np.maximum(lengths, 1e-9)) @ table


def _proxies(
    vectors: Any, parts: Any, group: Any, entry: Any, directions: int
) -> tuple[Any, Any, Any]:
    """Linear maps of questions, and a proxy of each group, to which its questions are near.

    By a softmax over cosines with the proxies (Zhai and Wu, 2019, arXiv:1811.12649), once for the
    group and once for its entry; by Adam.

    Args:
        vectors: the questions: (questions, numbers).
        parts: the parts of their words: (questions, ``PARTS``), sparse.
        group: of each question, of those that ask for the same.
        entry: of each group.
        directions: the numbers of a proxy.
    """
    random = np.random.default_rng(0)
    map_ = random.normal(0, vectors.shape[1] ** -0.5, (vectors.shape[1], directions))
    proxies = random.normal(0, directions**-0.5, (len(entry), directions))
    learned = [map_.astype(np.float32), np.zeros((PARTS, directions), np.float32)]
    learned.append(proxies.astype(np.float32))
    first, second = ([np.zeros_like(each) for each in learned] for _ in range(2))
    batches = [
        rows
        for _ in range(_EPOCHS)
        for rows in np.array_split(random.permutation(len(vectors)), len(vectors) // _BATCH)
    ]
    for step, rows in enumerate(batches, 1):
        kept = random.random((len(rows), vectors.shape[1]), np.float32) > _DROPPED
        given = vectors[rows] * kept / (1 - _DROPPED)
        beside = diags((random.random(len(rows)) > _DROPPED).astype(np.float32)) @ parts[rows]
        found, length = _unit(given @ learned[0] + beside @ learned[1])
        names, lengths = _unit(learned[2])
        chance = softmax(_SHARPNESS * found @ names.T)
        own = group[rows]
        # Of the groups of its entry, how likely each is among them.
        meant = np.where(entry == entry[own][:, None], chance, 0)
        slope = 2 * chance - meant / meant.sum(axis=1, keepdims=True)
        slope[np.arange(len(rows)), own] -= 1
        slope *= _SHARPNESS / len(rows)
        of_found, of_names = slope @ names, slope.T @ found
        of_found -= found * (of_found * found).sum(axis=1, keepdims=True)
        of_names -= names * (of_names * names).sum(axis=1, keepdims=True)
        of_found /= length
        slopes = given.T @ of_found, beside.T @ of_found, of_names / lengths
        rate = 0.002 * min(1, step / 100, 4 * (1 - step / (len(batches) + 1)))
        met: tuple[Any, ...] = (slice(None), np.unique(beside.indices), slice(None))
        for n, among in enumerate(met):
            slope = slopes[n][among]
            first[n][among] = step_size = 0.9 * first[n][among] + 0.1 * slope
            second[n][among] = square = 0.999 * second[n][among] + 0.001 * slope**2
            root = np.sqrt(square / (1 - 0.999**step)) + 1e-8
            learned[n][among] -= rate / (1 - 0.9**step) * step_size / root
    return learned[0], learned[1], learned[2]


def _unit(vectors: Any) -> tuple[Any, Any]:
    """Vectors of unit length, and the lengths that they had."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors / lengths, lengths


@cache
def _counterparts() -> dict[str, list[str]]:
    """Of each sentence of the bundled glossary, those that say the same in another language."""
    same: dict[tuple[str, str, int, int], list[str]] = {}
    for entry in Glossary.read(BUNDLED).entries:
        sizes = Counter(sentence.section for sentence in entry.sentences)
        for s in entry.sentences:
            same.setdefault((s.entry_id, s.section, sizes[s.section], s.order), []).append(s.text)
    return {text: [o for o in texts if o != text] for texts in same.values() for text in texts}


def _role(section: str) -> str:
    return section.partition("-")[0]


def _vectors(questions: Sequence[str], embedders: Sequence[Embedder]) -> Any:
    return joined([np.array([e.query(q) for q in questions]) for e in embedders])


def _head(  # noqa: PLR0913, PLR0917
    name: str,
    vectors: Any,
    labels: Sequence[Any],
    classes: Sequence[Any],
    strength: float,
    shared: Any = None,
) -> dict[str, Any]:
    centre = vectors.mean(axis=0)
    table = vectors - centre
    if shared is not None:
        table = np.hstack([table, shared])
    model = LogisticRegression(C=strength, max_iter=1000).fit(table, labels)
    order = [list(model.classes_).index(each) % len(model.coef_) for each in classes]
    weights = model.coef_[order].T
    of_vectors, of_words = np.split(weights, [vectors.shape[1]])
    offset = model.intercept_[order] - centre @ of_vectors
    found = {name: of_vectors.astype(np.float16), f"{name}_offset": offset.astype(np.float32)}
    return found if shared is None else found | {f"{name}_words": of_words.astype(np.float16)}


def _matrices(glossary: Glossary, embedders: Sequence[Embedder], ids: Sequence[str]) -> list[Any]:
    found = []
    for embedder in embedders:
        index, _ = open_index(Store(_CACHE), glossary, embedder)
        places = {row: n for n, row in enumerate(index.ids)}
        found.append(index.vectors[[places[row] for row in ids]])
    return found


@dataclass
class _Row:
    """A question, what speaks for its candidates, and which of them are right."""

    glossary: str
    known: bool
    """Whether questions are known that its sentences answer."""
    question: Case
    retriever: Retriever
    text: str
    put: FollowUp | None
    asked: Any
    close: Any
    wants: IntentPrediction
    vector: Any
    features: Any
    right: list[int]
    best: Any = None
    places: Any = None
    table: Any = None
    key: Any = None
    products: Any = None
    """Of each of its ten best sentences: the products of its numbers and the question's."""
    tried: Any = None
    """The places of these in the table."""

    @property
    def answerable(self) -> bool:
        return bool(self.question.answerable)

    def said_in(self, pairs: Iterable[tuple[str, str]]) -> Any:
        """Which of its sentences are among those of some entries, in either language."""
        gold = {text for _, text in pairs if text}
        gold |= {other for text in gold for other in _counterparts().get(text, ())}
        said = self.retriever.corpus.sentences
        return np.array([said[place].text in gold for place in self.places], bool)


def _ranker(
    embedders: Sequence[Embedder], heads: dict[str, Any], bank: dict[str, Any]
) -> tuple[dict[str, dict[str, dict[str, float]]], dict[str, Any]]:
    """The weights of the four scores, and the two heads that are learned with them."""
    rows = _read(embedders, heads, bank)
    fitted_on = {
        # without other glossaries, its confidence would be of this one alone
        "known": [row for row in rows if row.known or row.glossary not in _BOTH_WAYS],
        "unknown": [row for row in rows if not row.known],
    }
    entries = {}
    for name, some in fitted_on.items():
        told = _labelled(some)
        entries[name] = _conditional_logit(
            told, [r.features for r in told], [r.right for r in told]
        )
    for row in rows:
        _weigh_sentences(row, entries["known" if row.known else "unknown"])
    first = {name: _sentence_weights(some) for name, some in fitted_on.items()}
    for row in rows:
        _try_best(row, first["known" if row.known else "unknown"])
    folds = np.random.default_rng(0).integers(0, _FOLDS, len(rows))
    match = []
    for known in (False, True):
        own = np.array([row.known == known for row in rows])
        some = [row for row in rows if row.known == known]
        match.append(_learn_match(some, folds[own]))
    askable = _learn_askable(rows, folds, embedders)
    sentences = {name: _sentence_weights(some) for name, some in fitted_on.items()}
    fitted = {
        name: _weights(some, entries[name], sentences[name]) for name, some in fitted_on.items()
    }
    return fitted, {"match": np.array(match), **askable}


def _weights(rows: Sequence[_Row], entry: Any, sentence: Any) -> dict[str, dict[str, float]]:
    """The weights of the four scores by their names; the last two are learned here."""
    doubts = np.array([_doubts(row, entry, sentence) for row in rows])
    belongs, least = _belonging(_labelled(rows), sentence)
    confidence, start = _logistic(doubts, np.array([row.answerable for row in rows]), rows)
    return {
        "entry": _named(ranker.ENTRY, entry),
        "sentence": _named(ranker.SENTENCE, sentence),
        "belonging": _named(ranker.BELONGING, belongs) | {"offset": round(least, 4)},
        "confidence": _named(ranker.CONFIDENCE, confidence) | {"offset": round(start, 4)},
    }


def _labelled(rows: Sequence[_Row]) -> list[_Row]:
    """Those that ranking is learned of: without known questions, of glossaries of other fields."""
    wanted = (r for r in rows if r.answerable and r.glossary != "foreign")
    return [row for row in wanted if row.known or row.glossary not in _BOTH_WAYS]


def _sentence_weights(rows: Sequence[_Row]) -> Any:
    told = [row for row in _labelled(rows) if row.key.any()]
    return _conditional_logit(told, [r.table for r in told], [np.flatnonzero(r.key) for r in told])


def _named(names: Iterable[str], values: Any) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def _read(embedders: Sequence[Embedder], heads: dict[str, Any], bank: dict[str, Any]) -> list[_Row]:
    blank = Ranker(*(Weights(n, np.zeros(len(n))) for n in _SCORES))
    unseen = [_unseen(embedders, heads, part) for part in range(_PARTS)]
    rows: list[_Row] = []

    def ask(name: str, glossary: Glossary, questions: Sequence[Case], *, known: bool) -> None:
        indexes = [open_index(Store(_CACHE), glossary, each)[0] for each in embedders]
        texts = [s.text for entry in glossary.entries for s in entry.sentences]
        answered = Questions(bank, texts if known else ())
        classifier = Classifier(embedders, heads)
        retriever = Retriever(glossary, indexes, classifier, ranker=blank, questions=answered)
        before: dict[str, Answer] = {}
        for question in questions:
            said = before.get(question.unit) if question.turn > 1 else None
            if question.kind not in _UNSAID:
                told = unseen[_part(question.question)]
                rows.append(_row(name, retriever, told, question, said, known=known))
            topic = tuple(i for i, _ in question.every_key[:1]) or (said.focus if said else ())
            before[question.unit] = _answer(question, topic)

    for name, (path, folder, pattern) in _GLOSSARIES.items():
        glossary = Glossary.read(path)
        questions = [q for f in sorted(folder.glob(pattern)) for q in read(f, glossary)]
        if name in _ASKED_OTHERS:  # what is asked of another field, in both languages
            asked = [row.question for row in rows if row.known and row.glossary == "bundled"]
            others = asked[::_ONE_IN]
            questions += [
                replace(each, answerable=False, key=(), groups=(), entries=()) for each in others
            ]
        ask(name, glossary, questions, known=name == "bundled")
        if name == "bundled":  # and what is asked of other fields
            other = list(_of_other_fields())
            ask("elsewhere", glossary, other, known=True)
            ask("elsewhere", glossary, other[::_FEWER], known=False)
            alone = [question for question in questions if question.turn == 1]
            ask("bundled", glossary, alone[::_FEWER], known=False)
            rows = [
                row
                for row in rows
                if row.glossary != "elsewhere"
                or not row.asked.mentioned
                or row.question.kind == "near_miss"
            ]
            # and what a glossary of one language is asked in the other
            for language in glossary.languages:
                own = tuple(e for e in glossary.entries if e.language == language)
                foreign = [q for q in questions if q.language != language][::_FOREIGN]
                ask("foreign", Glossary(Path(f"bundled-{language}"), own), foreign, known=False)
    return rows


def _of_other_fields() -> Iterator[Case]:
    """Questions of many fields, and terms of this one that the bundled glossary does not have.

    Of the former, what names a term of the glossary may be of its own.
    """
    for language in ("en", "ar"):
        files = ("intents-facts", "leans", "absent")
        rows = [row for file in files for row in _rows(f"{file}-{language}.jsonl")]
        for n, row in enumerate(r for r in rows if not r.get("leans")):
            kind: Any = "offtopic" if row.keys() & {"intent", "leans"} else "near_miss"
            yield Case(f"{language}{n}", row["question"], language, kind, answerable=False)


def _row(  # noqa: PLR0913
    name: str,
    retriever: Retriever,
    classifier: Classifier,
    question: Case,
    said: Answer | None,
    *,
    known: bool,
) -> _Row:
    """What speaks for what, where something was said before."""
    spoken, text, put = question.language, question.question, None
    wants = classifier.predict(text)
    if said and said.focus:
        understood = understand(text, retriever, [said], language=spoken)
        if understood.rewording == "rules" and understood.asks[0].bare:
            ask = understood.asks[0]
            text = ask.text
            put = retriever.follow_up(ask.bare, spoken, ask.focus)
    mentions = retriever.names.find(text, spoken)
    asked = Query.of(mentions, spoken, retriever.lexicon, retriever._rows)
    close = retriever.closeness(text, spoken)
    ids = {entry_id for entry_id, _ in question.every_key}
    return _Row(
        glossary=name,
        known=known,
        question=question,
        retriever=retriever,
        text=text,
        put=put,
        asked=asked,
        close=close,
        wants=wants,
        vector=joined([each.query(put.text if put else text) for each in classifier.embedders]),
        features=retriever.entry_features(asked, close, spoken, put),
        right=[n for n, entry_id in enumerate(retriever.ids) if entry_id in ids],
    )


def _answer(question: Case, topic: tuple[str, ...]) -> Answer:
    """An answer on a topic, for a follow-up to stand on."""
    asked, language = question.question, question.language
    return Answer(asked, asked, language, "answered", 1.0, "quote", "", focus=topic)


def _weigh_sentences(row: _Row, entry: Any) -> None:
    """Weighs the sentences of the best entries, by the entries' weights."""
    utilities = row.features @ entry
    row.best = np.argsort(-utilities, kind="stable")[:8]
    shown = [
        row.retriever.shown(int(n), row.question.language, row.question.language) for n in row.best
    ]
    entries = [FoundEntry(each, 0.0, {}) for each in shown]
    row.places, row.table = row.retriever.sentence_features(
        row.text, row.asked, row.close, row.wants, entries, utilities[row.best], row.put
    )
    row.key = row.said_in(row.question.every_key)


def _try_best(row: _Row, weights: Any) -> None:
    row.tried = np.argsort(-(row.table @ weights), kind="stable")[:10]
    vectors = joined(row.retriever.bundled_vectors(row.places[row.tried]))
    row.products = vectors * row.vector


def _learn_match(rows: list[_Row], folds: Any) -> Any:
    """The weights of the products, beside what else speaks for a sentence.

    Each row's own is learned without its fold, so that what is fitted next does not trust it more
    than it should.
    """
    use = [n for n, row in enumerate(rows) if row.key.any() or not row.answerable]
    own = np.concatenate([np.full(len(rows[n].tried), n) for n in use])
    beside = np.concatenate([rows[n].table[rows[n].tried] for n in use])
    products = np.concatenate([rows[n].products for n in use])
    labels = np.concatenate([rows[n].key[rows[n].tried] for n in use])
    beside = 3 * (beside - beside.mean(axis=0)) / (beside.std(axis=0) + 1e-9)
    spread = products.std(axis=0)

    def fit(among: Any) -> Any:
        table = np.hstack([beside[among], products[among] / spread])
        model = LogisticRegression(C=1e-3, max_iter=500).fit(table, labels[among])
        return (model.coef_[0][beside.shape[1] :] / spread).astype(np.float32)

    for fold in range(_FOLDS):
        found = fit(folds[own] != fold)
        for n in np.flatnonzero(folds == fold):
            row = rows[n]
            vectors = joined(row.retriever.bundled_vectors(row.places))
            row.table[:, _MATCH] = vectors @ (row.vector * found)
    return fit(np.ones(len(own), bool))


def _belonging(rows: Sequence[_Row], sentence: Any) -> tuple[Any, float]:
    """The weights of belonging, and an offset: what is likely enough is at 0."""
    tables, belongs = [], []
    for row in rows:
        if not row.question.good:
            continue
        scores = row.table @ sentence
        best = np.argsort(-scores, kind="stable")[1 : 2 * _MOST]
        features = row.retriever.belonging_features(row.places, row.table, scores, row.wants)
        tables.append(features[best])
        belongs.append(row.said_in((*row.question.every_key, *row.question.good))[best])
    every = np.concatenate(tables)
    spread = _spread(every)
    model = LogisticRegression(C=0.1, max_iter=2000).fit(every / spread, np.concatenate(belongs))
    weights = model.coef_[0] / spread
    least = _BELONGS[any(row.known for row in rows)]
    return weights, float(model.intercept_[0]) - log(least / (1 - least))


def _learn_askable(rows: list[_Row], folds: Any, embedders: Sequence[Embedder]) -> dict[str, Any]:
    """Whether a glossary would answer, from a question itself; each row's own without its fold."""
    vectors = np.array([row.vector for row in rows])
    labels = np.array([row.answerable for row in rows])
    centre = vectors.mean(axis=0)
    table = vectors - centre
    of_fields = [row for row in _rows("intents-*.jsonl") if row["intent"] not in _NO_QUESTION]
    other = _vectors([row["question"] for row in of_fields], embedders) - centre
    told = np.array([row["intent"] != "outside" for row in of_fields])

    def fit(among: Any) -> LogisticRegression:
        model = LogisticRegression(C=0.1, class_weight="balanced", max_iter=1000)
        return model.fit(np.vstack([table[among], other]), np.append(labels[among], told))

    for fold in range(_FOLDS):
        scores = fit(folds != fold).decision_function(table)
        for n in np.flatnonzero(folds == fold):
            rows[n].wants = replace(rows[n].wants, askable=float(scores[n]))
    model = fit(np.ones(len(rows), bool))
    weights = model.coef_.T
    return {
        "askable": weights.astype(np.float32),
        "askable_offset": (model.intercept_ - centre @ weights).astype(np.float32),
    }


def _doubts(row: _Row, entry: Any, sentence: Any) -> Any:
    scores = row.table @ sentence
    order = np.argsort(-scores, kind="stable")[:10]
    said = row.retriever.corpus.sentences
    blank = row.retriever.ranker.sentence
    found = [
        FoundSentence(said[row.places[n]], 0.0, told, blank, told[_MATCH], told[_ASKED])
        for n in order
        for told in row.table[n : n + 1]
    ]
    return row.retriever.confidence_features(
        row.asked,
        row.wants,
        row.features,
        int(row.best[0]),
        found,
        row.question.language,
        (float(row.features[row.best[0]] @ entry), float(scores.max(initial=0.0))),
    )


def _spread(table: Any) -> Any:
    """The deviations of columns; of one that is the same everywhere, infinite: it tells nothing."""
    spread = table.std(axis=0)
    return np.where(spread < _SAME, np.inf, spread)


def _counted(rows: Sequence[_Row]) -> Any:
    """How much each question counts."""
    light = _LIGHT if any(row.known for row in rows) else 1.0
    return np.array([light if row.glossary.startswith("ency") else 1.0 for row in rows])


def _conditional_logit(rows: Sequence[_Row], tables: Sequence[Any], right: Sequence[Any]) -> Any:
    """The weights under which one of the right rows of each table is the likeliest to be chosen.

    By Adam (Kingma and Ba, 2015, arXiv:1412.6980), on standardised features.
    """
    every = np.concatenate(tables)
    spread = _spread(every)
    every /= spread
    starts = np.cumsum([0, *(len(table) for table in tables)])
    own = np.repeat(np.arange(len(tables)), np.diff(starts))
    true = np.zeros(len(every), bool)
    for start, chosen in zip(starts, right, strict=False):
        true[start + np.array(chosen, int)] = True
    counted = (_counted(rows) / _counted(rows).sum())[own]
    found, first, second = np.zeros((3, every.shape[1]))
    for step in range(1, 601):
        score = every @ found
        raised = np.exp(score - np.maximum.reduceat(score, starts[:-1])[own])
        chance = raised / np.add.reduceat(raised, starts[:-1])[own]
        meant = np.where(true, chance, 0.0)
        meant /= np.maximum(np.add.reduceat(meant, starts[:-1]), 1e-12)[own]
        slope = ((chance - meant) * counted) @ every + _CAUTIOUS * found / 2
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        step_size = 0.05 * (1 - step / 700)
        found -= (
            step_size * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        )
    return found / spread


def _logistic(features: Any, answerable: Any, rows: Sequence[_Row]) -> tuple[Any, float]:
    """The weights of the confidence, and the offset at which few answerable ones are refused."""
    spread = _spread(features)
    model = LogisticRegression(C=0.3, class_weight="balanced", max_iter=2000)
    model.fit(features / spread, answerable, sample_weight=_counted(rows))
    weights = model.coef_[0] / spread
    known = any(row.known for row in rows)  # these decide, where there are any
    asked = [n for n, row in enumerate(rows) if row.answerable and row.known == known]
    scores = features[asked] @ weights
    own = [rows[n].glossary for n in asked]
    share = 1 / np.array([own.count(name) for name in own])  # each glossary counts alike
    order = np.argsort(scores)
    refused = np.cumsum(share[order]) / share.sum()
    return weights, -float(scores[order][np.searchsorted(refused, _REFUSED[known])])


if __name__ == "__main__":
    main()
