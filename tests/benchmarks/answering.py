"""Answering: the quote writer in all, what the hard checks add, and explain's first sentence."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import openai

from assistant.answer import Text
from assistant.assistant import Assistant
from assistant.evaluation import claims
from assistant.settings import Settings
from tests.benchmarks.bundled import questions
from tests.benchmarks.rows import Row, ms, times, within
from tests.openai_server import OpenAIServer, Reply, openai_server

QUESTIONS = 200
QUOTED = 60.0
"""Milliseconds within which 95 in a hundred answers by ``quote`` are to be ready."""
VERIFIED = 15.0
"""Milliseconds that the hard checks may add to 95 in a hundred sentences."""
FIRST = 60.0
"""Milliseconds that may be added to the model's own before its first sentence is shown."""
ROUNDS = 40
PAUSE = 0.01
WRITTEN = (
    "A foundation model is a large neural network that was trained on broad data. [1.1] "
    "Developers adapt a foundation model to many tasks. [1.2]"
)


def answering(data: Path) -> Iterator[Row]:
    """The measurements, on the bundled glossary."""
    assistant = Assistant.open(Settings(data_dir=data, _env_file=None))
    yield from _quoting(assistant)
    yield from _verifying(assistant)
    yield from _explaining(data)


def _quoting(assistant: Assistant) -> Iterator[Row]:
    """Whole answers to questions of all kinds, beside embedding these alone."""
    some = [question.question for question in questions(assistant.glossary, QUESTIONS)]
    assistant.ask(some[0])
    embeddings = [index.embedder.embeddings for index in assistant.retriever.indexes]
    bare: list[float] = []
    took: list[float] = []
    for text in some:
        bare.append(sum(t for each in embeddings for t in times(partial(each.embed_query, text))))
        took += times(partial(assistant.ask, text))
    beside = f"embedding {ms(bare, 95):.1f} ms"
    yield within(f"quote, {len(some)} questions of all kinds", QUOTED, took, beside)


def _verifying(assistant: Assistant) -> Iterator[Row]:
    """The hard checks of sentences, each against what it names."""
    found = claims.of(assistant.glossary)
    assistant.verifier.prepare()
    for language in ("en", "ar"):
        took = []
        for claim in (claim for claim in found if claim.language == language):
            around = [*claim.names, claim.question]
            check = assistant.verifier.contradiction
            took += times(partial(check, claim.claim, language, claim.rests, around))
        yield within(f"hard checks of a sentence, {language}", VERIFIED, took)


def _explaining(data: Path) -> Iterator[Row]:
    """The first sentence from a server that streams, beside reading the same stream bare."""
    with openai_server() as server:
        settings = Settings(
            data_dir=data, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="sk-bench", _env_file=None
        )
        assistant = Assistant.open(settings)
        shown, bare = [], []
        for _ in range(ROUNDS):
            server.script.append(Reply(WRITTEN, pause=PAUSE))
            bare.append(_bare(server))
            server.script.append(Reply(WRITTEN, pause=PAUSE))
            start = time.perf_counter()
            events = assistant.stream("What is a foundation model?", writer="explain")
            next(event for event in events if isinstance(event, Text))
            shown.append(time.perf_counter() - start)
            events.close()  # type: ignore[attr-defined]
    added = ms(shown[1:], 50) - ms(bare[1:], 50)
    value = f"{ms(shown[1:], 50):.0f} ms, {added:.0f} added"
    floor = f"the model's own {ms(bare[1:], 50):.0f} ms, and {FIRST:g}"
    yield Row("explain, first sentence shown, p50", value, floor, max(0.0, added) / FIRST, 1.0)


def _bare(server: OpenAIServer) -> float:
    """Seconds until the first sentence of a reply and its marker have been read."""
    client = openai.OpenAI(base_url=server.url, api_key="sk-bench")
    start = time.perf_counter()
    text = ""
    stream = client.chat.completions.create(
        model="test-model", messages=[{"role": "user", "content": "?"}], stream=True
    )
    for chunk in stream:
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        if "[1.1] D" in text:  # the next sentence has begun: only then is the first complete
            break
    return time.perf_counter() - start
