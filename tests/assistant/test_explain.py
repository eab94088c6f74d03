"""The explain writer alone: what it makes of a chat model's reply."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import WriterError
from assistant.answer import Account, Lead, Usage
from assistant.assistant import Assistant
from assistant.question import Question
from assistant.writers import Draft, given
from assistant.writers.explain import ExplainWriter
from knowledge.search.evidence import Evidence
from tests.assistant.conftest import MakeChat, asked, question
from tests.openai_server import OpenAIServer, Reply

KETTLE, TEAPOT = "What is a kettle?", "How does a teapot differ from a kettle?"
RIVER = "Who won the 2018 World Cup?"
LONG = Reply(status=400, code="context_length_exceeded")
REFUSALS = [
    ("en", "The glossary does not answer this."),
    ("en", "**The glossary does not answer this** [1]."),
    ("ar", "لا يجيب المسرد عن هذا السؤال"),
]

Written = list[Draft | Lead]
Write = Callable[[Question], Written]


@pytest.fixture
def account() -> Account:
    return Account()


def _evidence(tea: Assistant, asked: Question) -> list[Evidence]:
    retrieve = tea.retriever.retrieve
    return [retrieve(ask.text, asked.spoken, language=asked.language) for ask in asked.asks]


@pytest.fixture
def write(make_chat: MakeChat, tea: Assistant, account: Account) -> Write:
    """All that the writer writes for a question."""
    writer = ExplainWriter(make_chat(input_price=1.0, output_price=1.0))
    return lambda asked: list(writer.write(asked, _evidence(tea, asked), account))


def _texts(written: Written) -> list[str]:
    return [item.text for item in written if isinstance(item, Draft)]


def test_sentences_come_with_those_they_rest_on_and_what_they_took_is_counted(
    write: Write, model_server: OpenAIServer, tea: Assistant, account: Account
) -> None:
    paragraphs = given(question(KETTLE), _evidence(tea, question(KETTLE)))
    said = "One is [1.1]. Two is [2.2, 1.1][99.1][1.0].\nThree is [2]. Four is."
    model_server.script.append(Reply(said, usage=(300, 20)))
    assert write(question(KETTLE)) == [
        Draft("One is.", (paragraphs[0][0],)),
        Draft("Two is.", (paragraphs[1][1], paragraphs[0][0])),
        Draft("Three is.", within=paragraphs[1]),  # a whole passage
        Draft("Four is."),  # it names nothing
    ]
    assert account.usage == Usage(300, 20, cost=0.00032)
    assert account.prompt == asked(model_server)


@pytest.mark.parametrize(("language", "refusal"), REFUSALS)
def test_the_model_may_say_that_the_passages_do_not_answer(
    write: Write, model_server: OpenAIServer, language: str, refusal: str
) -> None:
    model_server.says(f"{refusal} But I know that it was Napoleon.")
    text = KETTLE if language == "en" else "ما هو النعناع؟"
    assert not write(question(text, language=language))


def test_of_several_things_each_is_asked_that_is_answerable_and_one_may_be_refused(
    write: Write, model_server: OpenAIServer
) -> None:
    model_server.says("One is [1]. The glossary does not answer this. Three is [2].")
    assert _texts(write(question(KETTLE, RIVER, TEAPOT))) == ["One is.", "Three is."]
    human = asked(model_server)[1]
    assert f"| (1) {KETTLE}\n| (2) {TEAPOT}\n" in human
    assert "World Cup" not in human
    assert write(question(RIVER)) == []
    assert len(model_server.requests) == 1


def test_a_reply_cut_short_loses_its_unfinished_sentence_alone(
    write: Write, model_server: OpenAIServer
) -> None:
    for text in ("One is [1]. Two is [2]. Three is a", "One is [1]. Two is [2]."):
        model_server.script.append(Reply(text, finish="length"))
        assert _texts(write(question(KETTLE))) == ["One is.", "Two is."]


def test_a_model_that_goes_on_and_on_is_stopped(
    write: Write, model_server: OpenAIServer, account: Account
) -> None:
    model_server.script.append(Reply("It is a kettle [1]. " * 1000, size=100, usage=(9, 9)))
    assert len(write(replace(question(KETTLE), length="short"))) == 4
    assert account.usage.estimated


def test_terms_held_beside_each_other_are_asked_for_as_a_table(
    write: Write, model_server: OpenAIServer
) -> None:
    model_server.says("Both boil [1.1].\n| | Kettle | Teapot |\n| Fire | on it [1.1] | no [2.1] |")
    both = question(TEAPOT, intent="comparison")
    written = write(replace(both, asks=(replace(both.asks[0], focus=("kettle", "teapot")),)))
    assert "a table in Markdown" in asked(model_server)[0]
    cells = [item.cell for item in written if isinstance(item, Draft)]
    assert cells == [("", ""), ("Fire", "Kettle"), ("Fire", "Teapot")]


def test_if_the_passages_are_too_long_half_of_them_are_tried_and_then_it_fails(
    write: Write, model_server: OpenAIServer
) -> None:
    model_server.script.append(LONG)
    model_server.says("One is [1].")
    assert _texts(write(question(KETTLE))) == ["One is."]
    whole, half = (len(re.findall(r"(?m)^\| \[\d+\] ", asked(model_server, n)[1])) for n in (0, 1))
    assert half == (whole + 1) // 2
    model_server.always = LONG
    with pytest.raises(WriterError) as raised:
        write(question(KETTLE))
    assert raised.value.kind == "context"
    assert len(model_server.requests) == 4


def test_what_breaks_off_counts_what_it_took_and_then_fails(
    write: Write, model_server: OpenAIServer, account: Account
) -> None:
    model_server.script.append(Reply("One is [1]. Two is [2]. Three is [1]. Four.", drop=True))
    with pytest.raises(WriterError, match="broke off"):
        write(question(KETTLE))
    assert account.usage.estimated
