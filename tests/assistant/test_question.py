"""What a question is understood to ask, by itself and in a conversation, and how to answer."""

from collections.abc import Callable

import pytest

from assistant import QuestionError
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.question import MOST_CHARACTERS, Question, understand
from knowledge.search.intent import Intent

Talk = Callable[..., Question]

RAG, RAG_AR = "What is RAG?", "ما هو التوليد المعزز بالاسترجاع؟"
PAIR, PAIR_AR = "precision vs recall", "ما الفرق بين الإحكام والاستدعاء؟"


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


# The language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ما هو النموذج الأساسي؟", "ar"),
        ("ما هو foundation model؟", "ar"),
        ("من أصحاب ورقة Attention Is All You Need؟", "ar"),
        ("explain dropout pls", "en"),
        ("RLHF", "en"),
        ("What does الهلوسة mean?", "en"),
        ("Qu'est-ce qu'un token ?", "en"),
        ("ma huwa al ta3allum al 3ameeq", "ar"),
    ],
)
def test_the_language_is_that_of_the_words_around_the_term(
    talk: Talk, text: str, language: str
) -> None:
    assert talk(text).language == language


# Follow-ups


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("why?", "cause"),
        ("and an example?", "example"),
        ("so how does that thing work", "mechanism"),
        ("what is it good for?", "benefit"),
        ("are there different types of it?", "kinds"),
    ],
)
def test_a_pronoun_or_nothing_at_all_stands_for_the_last_topic(
    talk: Talk, text: str, intent: Intent
) -> None:
    question = talk(RAG, text)
    assert question.intent == intent
    assert _focus(question) == ("retrieval-augmented-generation",)
    assert question.leans


@pytest.mark.parametrize(
    ("turns", "focus"),
    [
        ((PAIR, "and the second one?"), ("recall",)),
        ((PAIR, "why the second?", "what about the other one"), ("precision",)),
        ((PAIR, "which one is better?"), ("precision", "recall")),
        (("What is precision?", "What is recall?", "contrast the two"), ("precision", "recall")),
        ((PAIR_AR, "مثال على الثاني"), ("recall",)),
        ((PAIR_AR, "أيهما أهم؟"), ("precision", "recall")),
        (("ما الإحكام؟", "وما الاستدعاء؟", "ما الفرق بينهما؟"), ("precision", "recall")),
    ],
)
def test_one_or_all_of_several_are_meant(
    talk: Talk, turns: tuple[str, ...], focus: tuple[str, ...]
) -> None:
    assert _focus(talk(*turns)) == focus


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        (("What is a token? and an embedding?", "and the first?"), "Token"),
        (("What is a token? and an embedding?", "and why the second?"), "Embedding: and why"),
        (("ما الفرق بين الانتباه والمحول؟", "طيب والاول؟"), "الانتباه"),
    ],
)
def test_the_term_stands_in_place_of_what_points_at_it(
    talk: Talk, turns: tuple[str, ...], understood: str
) -> None:
    assert talk(*turns).asks[0].text == understood


@pytest.mark.parametrize(
    "between", ["Who won the 2018 World Cup?", "tell me a joke", "thanks!", "who are you?"]
)
def test_what_was_no_topic_leaves_the_one_before_it(talk: Talk, between: str) -> None:
    question = talk("What is overfitting?", between, "and how can I prevent it?")
    assert _focus(question) == ("overfitting",)


# Said again in another way


@pytest.mark.parametrize(
    ("turns", "style"),
    [
        (("How does BERT work?", "explain that in simpler words please"), ("normal", "simple")),
        (("How does BERT work?", "I don't get it"), ("normal", "simple")),
        (("How does BERT work?", "shorter please"), ("short", "normal")),
        (("How does BERT work?", "more details please"), ("full", "normal")),
        (("كيف يعمل المحول؟", "مش فاهم"), ("normal", "simple")),
        (("كيف يعمل المحول؟", "اختصر"), ("short", "normal")),
    ],
)
def test_the_last_question_is_answered_otherwise_without_what_was_told(
    assistant: Assistant, turns: tuple[str, str], style: tuple[str, str]
) -> None:
    before = assistant.ask(turns[0])
    question = understand(turns[1], assistant.retriever, [before])
    assert (question.asked, question.understood) == (turns[1], turns[0])
    assert (question.length, question.level) == style
    assert question.asks[0].focus == understand(turns[0], assistant.retriever).asks[0].focus
    assert question.told == {citation.quote for citation in before.citations}


@pytest.mark.parametrize(
    ("turns", "language"),
    [
        (("How does RAG work?", "in Arabic please"), "ar"),
        (("How does RAG work?", "and in Arabic?"), "ar"),
        (("How does RAG work?", "say it in simpler words", "and in Arabic"), "ar"),
        (("ما هو الرمز؟", "بالانجليزي"), "en"),
    ],
)
def test_it_is_answered_in_another_language_with_all_that_was_told(
    talk: Talk, turns: tuple[str, ...], language: str
) -> None:
    question = talk(*turns)
    assert (question.language, question.understood) == (language, turns[0])
    assert not question.told


# How the answer is to be


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("RAG in one sentence", ("short", "normal", "en")),
        ("Explain RAG like I'm five", ("normal", "simple", "en")),
        ("Explain quantisation in technical depth.", ("normal", "deep", "en")),
        ("tell me everything about RAG", ("full", "normal", "en")),
        ("in Arabic: what is a hyperparameter?", ("normal", "normal", "ar")),
        ("ما التضمين باختصار؟", ("short", "normal", "ar")),
        ("بالانجليزي: ما هي المعلمة الفائقة؟", ("normal", "normal", "en")),
        ("What is function calling?", ("normal", "normal", "en")),
    ],
)
def test_how_the_answer_is_to_be_is_told_by_words_that_are_not_asked_about(
    talk: Talk, text: str, style: tuple[str, str, str]
) -> None:
    question = talk(text)
    assert (question.length, question.level, question.language) == style
    assert len(_focus(question)) == 1


# What is none


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        ("\x00\ud800", "empty"),
        ("🙂🙂", "wordless"),
        ("a" * (MOST_CHARACTERS + 1), "long"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(talk: Talk, text: str, kind: str) -> None:
    with pytest.raises(QuestionError) as raised:
        talk(text)
    assert raised.value.kind == kind
    assert str(raised.value).endswith(".")


# What a conversation has been about
