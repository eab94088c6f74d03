"""Replies that a real, very small model gave, replayed: nothing of its inventions is unmarked.

They were recorded from SmolLM2-135M-Instruct, asked by these prompts (docs/contributing.md tells
how to start it). It repeats the prompt, invents ids and facts, and seldom says what it should.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from tests.openai_server import OpenAIServer, Reply, Request

DATA = Path(__file__).parents[1] / "data" / "replies" / "smollm2.jsonl"
RECORDED = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


@pytest.fixture
def replay(assistant: Assistant, model_server: OpenAIServer) -> Callable[[str, str], Answer]:
    """Asks the bundled glossary, with a reply in place of a model's; no judge has a word to say."""
    update = {"openai_base_url": model_server.url}
    explaining = Assistant(
        assistant.retriever, assistant.settings.model_copy(update=update), assistant.report
    )

    def asked(question: str, reply: str) -> Answer:
        def says(request: Request) -> Reply:
            writes = "You explain the terms" in request["messages"][0]["content"]
            return Reply(reply if writes else "")

        model_server.answers = says
        return explaining.ask(question, writer="explain")

    return asked


@pytest.mark.parametrize("recorded", RECORDED, ids=[each["question"] for each in RECORDED])
def test_what_is_shown_is_marked_and_cites_and_nothing_else_is(
    replay: Callable[[str, str], Answer], assistant: Assistant, recorded: dict[str, str]
) -> None:
    answer = replay(recorded["question"], recorded["reply"])
    assert {s.support for s in answer.sentences} <= {"quoted", "unchecked"}
    assert all(sentence.citations for sentence in answer.sentences)
    assert all(sentence.reason for sentence in answer.withheld)
    for citation in answer.citations:
        entry = assistant.glossary.get(citation.entry_id, citation.language)
        assert entry
        assert entry.text(citation.section)[citation.start : citation.end] == citation.quote
    assert not any(sign in answer.text for sign in ("BEGIN", "END ", "| "))
