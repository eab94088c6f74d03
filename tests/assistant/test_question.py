import pytest

from assistant import QuestionError
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.question import MOST_CHARACTERS, Question, understand


def _understand(assistant: Assistant, text: str, *history: Answer) -> Question:
    return understand(text, assistant.glossary, assistant.retriever.names, history)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is a foundation model?", "en"),
        ("ما هو النموذج الأساسي؟", "ar"),
        ("ما هو foundation model؟", "ar"),
        ("اشرح RLHF", "ar"),
        ("RLHF", "en"),
        ("الهلوسة", "ar"),
        ("What does الهلوسة mean?", "en"),
        ("Qu'est-ce qu'un token ?", "en"),
        ("什么是深度学习？", "en"),
        ("ma huwa al ta3allum al 3ameeq", "ar"),
        ("shu ya3ni machine learning?", "ar"),
    ],
)
def test_the_language_is_that_of_the_words_around_the_term(
    assistant: Assistant, text: str, language: str
) -> None:
    assert _understand(assistant, text).language == language


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Qu'est-ce qu'un token ?", "fr"),
        ("什么是深度学习？", "zh"),
        ("ma huwa al ta3allum al 3ameeq", "ar"),
    ],
)
def test_the_question_may_be_in_another_language_than_its_answer(
    assistant: Assistant, text: str, spoken: str
) -> None:
    question = understand(text, assistant.glossary, assistant.retriever.names, language="en")
    assert (question.spoken, question.language) == (spoken, "en")


def test_a_language_that_the_reader_chose_is_kept(assistant: Assistant) -> None:
    names = assistant.retriever.names
    question = understand("RLHF", assistant.glossary, names, language="ar-EG")
    assert question.language == "ar"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is a token?", "define"),
        ("Give me an example of RAG", "example"),
        ("Who coined the term foundation model?", "origin"),
        ("How does fine-tuning work?", "how"),
        ("How large is a context window?", "define"),
        ("Why do models hallucinate?", "why"),
        ("What are the limits of RAG?", "limits"),
        ("fine-tuning versus pre-training", "compare"),
        ("What happens when the context window is full?", "define"),
        ("When should I use RAG?", "define"),
        ("When did the EU AI Act enter into force?", "origin"),
        ("ما الرمز؟", "define"),
        ("أعطني مثالًا على التضمين", "example"),
        ("من صاغ مصطلح النموذج الأساسي؟", "origin"),
        ("كيف يعمل المحوّل؟", "how"),
        ("لماذا تهلوس النماذج؟", "why"),
        ("ما حدود التوليد المعزز بالاسترجاع؟", "limits"),
        ("ما الفرق بين الضبط الدقيق والتدريب المسبق؟", "compare"),
    ],
)
def test_what_is_asked_for(assistant: Assistant, text: str, kind: str) -> None:
    assert _understand(assistant, text).kind == kind


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Hello!", "greeting"),
        ("thanks a lot", "thanks"),
        ("Who are you?", "about"),
        ("السلام عليكم", "greeting"),
        ("شكرًا جزيلًا", "thanks"),
        ("من أنت؟", "about"),
        ("What is a token?", None),
        ("help me understand tokens", None),
    ],
)
def test_small_talk_is_told_from_questions(
    assistant: Assistant, text: str, talk: str | None
) -> None:
    assert _understand(assistant, text).small_talk == talk


@pytest.mark.parametrize(
    ("first", "second", "understood"),
    [
        ("What is RAG?", "and an example?", "Retrieval-augmented generation"),
        ("What is RAG?", "Why is it important?", "Retrieval-augmented generation"),
        ("What is RAG?", "How is it different from fine-tuning?", "Retrieval-augmented generation"),
        ("What is RAG?", "tell me more", "Retrieval-augmented generation"),
        ("ما التضمين؟", "وما فائدته؟", "التضمين"),
        ("ما التضمين؟", "أعطني مثالًا عليه", "التضمين"),
        ("ما التضمين؟", "والفرق بينه وبين الضبط الدقيق؟", "التضمين"),
    ],
)
def test_a_follow_up_takes_its_term_from_the_conversation(
    assistant: Assistant, first: str, second: str, understood: str
) -> None:
    question = _understand(assistant, second, assistant.ask(first))
    assert question.understood == f"{question.asked} ({understood})"


@pytest.mark.parametrize(
    "text", ["What is a token?", "And who won the 2018 World Cup?", "ومن فاز بكأس العالم 2018؟"]
)
def test_a_change_of_subject_is_not_dragged_back(assistant: Assistant, text: str) -> None:
    question = _understand(assistant, text, assistant.ask("What is RAG?"))
    assert question.understood == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty"),
        (" \u200f\n\t", "empty"),
        ("\x00\ud800", "empty"),
        ("🙂🙂", "wordless"),
        ("؟؟؟", "wordless"),
        ("a" * (MOST_CHARACTERS + 1), "long"),
        ("x" * 100_000, "long"),
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(
    assistant: Assistant, text: str, kind: str
) -> None:
    with pytest.raises(QuestionError) as raised:
        _understand(assistant, text)
    assert raised.value.kind == kind
    assert str(raised.value).endswith(".")


def test_a_question_is_cleaned(assistant: Assistant) -> None:
    assert _understand(assistant, "What\x00 is\r\na\ud800 \u202etoken?").asked == "What is a token?"


@pytest.mark.parametrize(
    "text", ["What is a transformer and who invented it?", "ما هو المحول ومن اخترعه؟"]
)
def test_two_parts_are_noticed(assistant: Assistant, text: str) -> None:
    assert _understand(assistant, text).two_parts


@pytest.mark.parametrize("text", ["Who invented the transformer?", "ما المحول؟"])
def test_one_part_is_not_taken_for_two(assistant: Assistant, text: str) -> None:
    assert not _understand(assistant, text).two_parts
