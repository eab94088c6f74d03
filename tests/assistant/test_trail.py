"""A trail tells how an answer was come by: from what is kept, and nothing that was otherwise."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answer import Answer, Done, Found
from assistant.assistant import Assistant
from assistant.conversations.conversation import KeptEvidence
from assistant.trail import Trail
from knowledge.fusion import ANSWERABLE, likelihood
from tests.openai_server import OpenAIServer

KETTLE = "What is a kettle?"
MINT = "ما هو النعناع؟"
RIVER = "Who won the 2018 World Cup?"
TWO = "What is a kettle and how does it differ from a teapot?"

Kept = tuple[Answer, tuple[KeptEvidence, ...]]


def _asked(
    assistant: Assistant, question: str, history: Sequence[Answer] = (), **chosen: str
) -> Kept:
    """An answer, and what was found for it, as both are kept."""
    evidence: tuple[KeptEvidence, ...] = ()
    for event in assistant.stream(question, history, **chosen):  # type: ignore[arg-type]
        if isinstance(event, Found):
            evidence = tuple(map(KeptEvidence.of, event.evidence))
        if isinstance(event, Done):
            return event.answer, evidence
    raise AssertionError


def _trail(assistant: Assistant, question: str, *before: str, **chosen: str) -> Trail:
    history: list[Answer] = []
    for each in before:
        history.append(_asked(assistant, each, history)[0])
    answer, evidence = _asked(assistant, question, history, **chosen)
    return Trail.of(answer, evidence, assistant, history)


# What was understood


def test_a_question_that_stands_by_itself(tea: Assistant) -> None:
    trail = _trail(tea, KETTLE)
    assert (trail.spoken, trail.rewording, trail.kinds) == ("en", "none", ("define",))
    assert [entry.id for entry in trail.focus] == ["kettle"]


def test_a_follow_up_was_reworded_by_rules(tea: Assistant) -> None:
    trail = _trail(tea, "How does it work?", KETTLE)
    assert trail.rewording == "rules"
    assert "ettle" in trail.answer.understood
    assert trail.kinds == ("how",)


def test_what_the_rules_could_not_tell_was_reworded_by_the_model(
    obeying: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("Where is the World Cup made?")
    trail = _trail(obeying, "And where is it made?", RIVER, writer="quote")
    assert trail.answer.understood == "Where is the World Cup made?"
    assert trail.rewording == "model"


def test_the_terms_are_those_of_the_answers_language(assistant: Assistant) -> None:
    trail = _trail(assistant, "What is a token?", language="ar")
    assert (trail.spoken, trail.answer.language) == ("en", "ar")
    assert [entry.language for entry in trail.focus] == ["ar"]


# What was compared


@pytest.mark.parametrize("question", [KETTLE, TWO, MINT, "List all terms"])
def test_every_citation_has_its_place(tea: Assistant, question: str) -> None:
    trail = _trail(tea, question)
    placed = [n for s in trail.searches for c in s.candidates for t in c.traces for n in t.markers]
    placed += [citation.marker for citation in trail.added]
    assert set(placed) == {citation.marker for citation in trail.answer.citations}


def test_the_best_entry_comes_first_with_the_words_as_they_were_typed(tea: Assistant) -> None:
    (search,) = _trail(tea, "What is a KETTLE?").searches
    scores = [candidate.best.score for candidate in search.candidates]
    assert scores == sorted(scores, reverse=True)
    assert search.candidates[0].best.passage.entry_id == "kettle"
    assert search.candidates[0].matched == ("KETTLE",)
    assert search.candidates[0].cited


def test_arabic_words_that_match_keep_their_letters(tea: Assistant) -> None:
    (search,) = _trail(tea, MINT).searches
    assert search.candidates[0].matched == ("النعناع",)


def test_there_is_a_search_for_each_thing_asked(tea: Assistant) -> None:
    trail = _trail(tea, TWO)
    assert [search.kind for search in trail.searches] == ["define", "compare"]


# How sure


@pytest.mark.parametrize("question", [KETTLE, RIVER, MINT])
def test_the_reasons_add_up_to_the_confidence(tea: Assistant, question: str) -> None:
    (search,) = _trail(tea, question).searches
    assert likelihood(sum(search.reasons.values())) == pytest.approx(search.confidence, abs=1e-3)


def test_a_list_of_the_glossary_is_not_weighed(assistant: Assistant) -> None:
    (search,) = _trail(assistant, "List the terms in the category Agents").searches
    assert search.answerable
    assert not search.weighed
    assert not search.reasons


def test_an_abstention_shows_what_came_nearest(tea: Assistant) -> None:
    trail = _trail(tea, RIVER)
    assert trail.answer.status == "not_in_glossary"
    assert not trail.answerable
    (search,) = trail.searches
    assert search.candidates
    assert all(candidate.best.score < ANSWERABLE for candidate in search.candidates)
    assert not any(candidate.cited for candidate in search.candidates)


# How it was written


def _without_fences(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{16}\b", "", text)


@pytest.mark.parametrize("question", [KETTLE, TWO, MINT, "Explain kettle briefly to a child"])
def test_the_prompt_is_the_one_that_was_sent(
    obeying: Assistant, model_server: OpenAIServer, question: str
) -> None:
    trail = _trail(obeying, question)
    system, human = (message["content"] for message in model_server.requests[-1]["messages"])
    assert trail.with_model
    assert trail.prompt
    assert trail.prompt.system == system
    assert _without_fences(trail.prompt.human) == _without_fences(human)


def test_no_prompt_where_no_model_was_asked(obeying: Assistant, model_server: OpenAIServer) -> None:
    for trail in (_trail(obeying, KETTLE, writer="quote"), _trail(obeying, RIVER)):
        assert not trail.with_model
        assert trail.prompt is None
    assert not model_server.requests


def test_sentences_are_counted_by_their_support(
    obeying: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("The moon is made of green cheese [1].")
    trail = _trail(obeying, KETTLE)
    assert trail.answer.writer == "quote"  # nothing of what the model wrote could be shown
    assert trail.with_model
    assert len(trail.answer.withheld) == 1
    assert trail.count("quoted") == len(trail.answer.sentences)
    assert trail.count("supported") == 0


# What is kept is enough


@pytest.mark.parametrize("question", [KETTLE, TWO, RIVER])
def test_an_answer_that_was_kept_has_the_same_trail(obeying: Assistant, question: str) -> None:
    answer, evidence = _asked(obeying, question)
    before = Trail.of(answer, evidence, obeying)
    kept = json.loads(json.dumps([each.as_json() for each in evidence]))
    after = Trail.of(
        Answer.of_json(json.loads(json.dumps(answer.as_json()))),
        tuple(map(KeptEvidence.of_json, kept)),
        obeying,
    )
    assert after.searches == before.searches
    assert (after.spoken, after.focus, after.added) == (before.spoken, before.focus, before.added)
    assert (after.prompt is None) == (before.prompt is None)


def test_what_another_glossary_cannot_tell_is_left_out(
    obeying: Assistant, assistant: Assistant
) -> None:
    answer, evidence = _asked(obeying, KETTLE)
    trail = Trail.of(answer, evidence, assistant)
    assert trail.searches[0].candidates[0].cited  # that is kept
    assert not trail.searches[0].reasons
    assert not trail.focus


def test_no_prompt_is_shown_that_cannot_have_been_sent(obeying: Assistant) -> None:
    answer, evidence = _asked(obeying, KETTLE)
    other = replace(answer.citations[0], quote="Words that nobody wrote.")
    trail = Trail.of(replace(answer, citations=(other,)), evidence, obeying)
    assert trail.with_model
    assert trail.prompt is None


def test_an_answer_of_which_no_evidence_is_kept(tea: Assistant) -> None:
    answer, _ = _asked(tea, KETTLE)
    trail = Trail.of(answer, (), tea)
    assert trail.searches == ()
    assert trail.kinds == ("define",)
    assert len(trail.added) == len(answer.citations)
