"""What a question is understood to ask, by itself and in a conversation, and how to answer."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import QuestionError
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.phrases import phrases
from assistant.question import MOST_CHARACTERS, Question, _styled, understand
from knowledge.glossary import Glossary
from knowledge.search.intent import Intent

Talk = Callable[..., Question]

MEMORISE, MEMORISE_AR = "What is overfitting?", "ما فرط الملاءمة؟"
PAIR, PAIR_AR = "precision vs recall", "ما الفرق بين الإحكام والاستدعاء؟"
BERT, TOKENS = "How does BERT work?", "What is a token? and an embedding?"
BOTH = ("precision", "recall")


@pytest.fixture
def talk(assistant: Assistant) -> Talk:
    """The last of some turns, understood after those before it were answered."""

    def talked(*turns: str) -> Question:
        history = list[Answer]()
        for turn in turns[:-1]:
            history.append(assistant.ask(turn, history))
        return understand(turns[-1], assistant.retriever, history)

    return talked


def _focus(question: Question) -> tuple[str, ...]:
    """What the one thing asked is about."""
    (ask,) = question.asks
    return ask.focus


def test_a_category_of_signs_alone_is_one_that_nobody_names(assistant: Assistant) -> None:
    retriever, starred = copy(assistant.retriever), assistant.glossary.entries[:1]
    retriever.glossary = Glossary(Path(), (replace(starred[0], category="★"),))
    assert understand("list all terms", retriever).asks[0].category == ""


def test_no_name_says_how_an_answer_is_to_be(assistant: Assistant) -> None:
    for entry in assistant.glossary.entries:  # “expert system” is not “system, for experts”

        def named(text: str, language: str = entry.language) -> tuple[str, ...]:
            return assistant.retriever.names.find(text, language).entry_ids

        for name in entry.names:
            assert _styled(name, phrases(entry.language), named) == ({}, name)


def test_the_language_is_that_of_the_words_around_the_term(talk: Talk) -> None:
    languages = {
        "من أصحاب ورقة Attention Is All You Need؟": "ar",
        "RLHF": "en",
        "What does الهلوسة mean?": "en",
        "Qu'est-ce qu'un token ?": "en",
        "shu ya3ni machine learning?": "ar",
    }
    assert {text: talk(text).language for text in languages} == languages


def test_it_is_told_what_is_wanted_and_of_which_terms(talk: Talk) -> None:
    for text, intents, focus in (
        ("Does dropout prevent overfitting?", ["yesno"], ("dropout", "overfitting")),
        ("ما الفرق بين الرمز والمعلمة؟", ["comparison"], ("token", "parameter")),
        ("hello, what is a token?", ["definition"], ("token",)),
        ("ما هو المحول ومن اخترعه؟", ["definition", "origin"], ("transformer",)),
    ):
        asks = talk(text).asks
        assert [ask.intent for ask in asks] == intents
        assert {ask.focus for ask in asks} == {focus}


def test_what_names_nothing_is_asked_with_what_was_said_before_it(talk: Talk) -> None:
    for first, text in {
        MEMORISE: "Our school program picks only boys for the team, and how do we fix that?",
        MEMORISE_AR: "برنامج المدرسة بيختار شباب بس للفريق، وكيف منصلحه؟",
    }.items():
        (ask,) = talk(first, text).asks
        assert (ask.text, ask.bare) == (text, None)
    # nor does a question that names its terms stand on earlier ones
    asked = talk(MEMORISE, "what is deep learning and how does it differ from the usual kind?")
    assert not any("overfitting" in ask.focus for ask in asked.asks)


@pytest.mark.parametrize(
    ("first", "text", "intent"),
    [(MEMORISE, "why?", "cause"), (MEMORISE_AR, "وكيف أمنعها؟", "remedy")],
)
def test_it_or_nothing_is_the_last_topic(talk: Talk, first: str, text: str, intent: Intent) -> None:
    question = talk(first, text)
    assert (question.intent, _focus(question)) == (intent, ("overfitting",))
    assert question.rewording == "rules"


@pytest.mark.parametrize(
    ("turns", "focus"),
    [
        ((PAIR, "why the second?", "what about the other one"), ("precision",)),
        (("What is precision?", "What is recall?", "contrast the two"), BOTH),
        ((PAIR_AR, "مثال على الثاني"), ("recall",)),
        ((PAIR_AR, "أيهما أهم؟"), BOTH),
        (("What is precision?", "How does it differ from recall?"), BOTH),  # held beside it
        (("What is precision?", "is Pluto a planet?"), ()),  # another subject
        ((MEMORISE, "tell me a joke", "and how can I prevent it?"), ("overfitting",)),
        # an answer on one of two spoken of does not end the talk of the other
        ((PAIR, "when would you use which", "who came up with it"), BOTH),
    ],
)
def test_what_was_spoken_of_is_meant(
    talk: Talk, turns: tuple[str, ...], focus: tuple[str, ...]
) -> None:
    assert set(_focus(talk(*turns))) == set(focus)


def test_the_term_stands_in_place_of_what_points_at_it(talk: Talk) -> None:
    assert talk(TOKENS, "and why the second?").asks[0].text == "Embedding: and why"
    arabic = talk("ما الفرق بين الانتباه والمحول؟", "طيب والاول؟")
    assert arabic.asks[0].text == "الانتباه"
    later = talk("ما الفرق بين الانتباه والمحول؟", "متى ظهر الأول؟", "وما حدود الثاني؟")
    assert later.asks[0].focus == ("transformer",)


@pytest.mark.parametrize(
    ("turns", "style"),
    [
        ((BERT, "explain that in simpler words please"), ("normal", "simple")),
        (("كيف يعمل المحول؟", "مش فاهم"), ("normal", "simple")),
    ],
)
def test_the_last_question_is_answered_otherwise_without_what_was_told(
    assistant: Assistant, turns: tuple[str, str], style: tuple[str, str]
) -> None:
    before = assistant.ask(turns[0])
    question = understand(turns[1], assistant.retriever, [before])
    assert (question.asked, question.understood) == (turns[1], turns[0])
    assert (question.length, question.level) == style
    assert question.already_quoted == {citation.quote for citation in before.citations}
    again = understand("and in Arabic", assistant.retriever, [before])
    assert not again.already_quoted  # all of it, in another language
    limits = assistant.ask("and its limits?", [before])
    told = understand("in Arabic please", assistant.retriever, [before, limits])
    assert told.asks[0].bare == "and its limits?"  # by what that was found


def test_how_to_answer_is_told_by_words_that_are_not_asked_about(talk: Talk) -> None:
    for text, style in {
        "RAG in one sentence": ("short", "normal", "en"),
        "Explain RAG like I'm five": ("normal", "simple", "en"),
        "in Arabic: what is a hyperparameter?": ("normal", "normal", "ar"),
        "ما التضمين باختصار؟": ("short", "normal", "ar"),
        "ما التضمين وبالإنجليزية؟": ("normal", "normal", "en"),
        "What is function calling?": ("normal", "normal", "en"),
    }.items():
        question = talk(text)
        assert (question.length, question.level, question.language) == style
        assert len(_focus(question)) == 1


def test_what_is_no_question_is_refused_in_a_sentence(talk: Talk) -> None:
    too_long = "a" * (MOST_CHARACTERS + 1)
    for text, kind in {"\x00\ud800 \n": "empty", "🙂؟": "wordless", too_long: "long"}.items():
        with pytest.raises(QuestionError, match=r"\.$") as raised:
            talk(text)
        assert raised.value.kind == kind
