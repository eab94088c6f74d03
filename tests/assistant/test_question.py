"""What a question is understood to ask, by itself and in a conversation, and how to answer."""

from collections.abc import Callable

import pytest

from assistant import QuestionError
from assistant.answer import Answer, Status
from assistant.assistant import Assistant
from assistant.question import MOST_CHARACTERS, Context, Question, understand
from knowledge.search.intent import Intent

Talk = Callable[..., Question]

RAG, RAG_AR = "What is RAG?", "ما هو التوليد المعزز بالاسترجاع؟"
PAIR, PAIR_AR = "precision vs recall", "ما الفرق بين الإحكام والاستدعاء؟"


@pytest.fixture
def talk(assistant: Assistant) -> Talk:
    """The last of some turns, understood after those before it were answered."""

    def talked(*turns: str) -> Question:
        history: list[Answer] = []
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
        ("What is a foundation model?", "en"),
        ("ما هو النموذج الأساسي؟", "ar"),
        ("ما هو foundation model؟", "ar"),
        ("من أصحاب ورقة Attention Is All You Need؟", "ar"),
        ("اشرح RLHF", "ar"),
        ("explain dropout pls", "en"),
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
    talk: Talk, text: str, language: str
) -> None:
    assert talk(text).language == language


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
    question = understand(text, assistant.retriever, language="en")
    assert (question.spoken, question.language) == (spoken, "en")


def test_a_language_that_the_reader_chose_is_kept(assistant: Assistant) -> None:
    assert understand("RLHF", assistant.retriever, language="ar-EG").language == "ar"


def test_a_bare_name_is_answered_in_the_language_of_the_conversation(talk: Talk) -> None:
    assert talk("ما هو الرمز؟", "RLHF").language == "ar"


# What is asked, and of what


@pytest.mark.parametrize(
    ("text", "intent", "focus"),
    [
        ("What is a token?", "definition", ("token",)),
        ("Give me an example of RAG", "example", ("retrieval-augmented-generation",)),
        ("Who invented the transformer?", "origin", ("transformer",)),
        ("How does fine-tuning work?", "mechanism", ("fine-tuning",)),
        ("How can I prevent overfitting?", "remedy", ("overfitting",)),
        ("fine-tuning versus pre-training", "comparison", ("fine-tuning", "pre-training")),
        ("Does dropout prevent overfitting?", "yesno", ("dropout", "overfitting")),
        ("ما المحول؟", "definition", ("transformer",)),
        ("هات مثال على فرط الملاءمة", "example", ("overfitting",)),
        ("ليش الهلوسة بتصير؟", "cause", ("hallucination",)),
        ("ما الفرق بين الرمز والمعلمة؟", "comparison", ("token", "parameter")),
    ],
)
def test_it_is_told_what_is_wanted_and_of_which_terms(
    talk: Talk, text: str, intent: Intent, focus: tuple[str, ...]
) -> None:
    question = talk(text)
    assert question.intent == intent
    assert _focus(question) == focus
    assert question.understood == text


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Which terms deal with safety?", "Safety and alignment"),
        ("ما المصطلحات المتعلقة بالسلامة", "السلامة والمواءمة"),
    ],
)
def test_a_list_may_be_of_a_category(talk: Talk, text: str, category: str) -> None:
    (ask,) = talk(text).asks
    assert (ask.intent, ask.category) == ("list", category)


@pytest.mark.parametrize(
    ("text", "intents", "about"),
    [
        ("What is a transformer and who invented it?", "definition+origin", "transformer"),
        ("ما هو المحول ومن اخترعه؟", "definition+origin", "transformer"),
        ("What is overfitting? How can I prevent it?", "definition+remedy", "overfitting"),
    ],
)
def test_each_of_several_things_is_asked_of_what_the_first_names(
    talk: Talk, text: str, intents: str, about: str
) -> None:
    asks = talk(text).asks
    assert "+".join(ask.intent for ask in asks) == intents
    assert {ask.focus for ask in asks} == {(about,)}


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("What is a token and who won the 2018 World Cup?", "and who won the 2018 World Cup?"),
        ("ما هو الرمز؟ ومن فاز بكأس العالم 2018؟", "ومن فاز بكأس العالم 2018؟"),
    ],
)
def test_a_part_about_something_else_stays_as_it_was_put(
    talk: Talk, text: str, second: str
) -> None:
    first, other = talk(text).asks
    assert first.focus == ("token",)
    assert (other.text, other.focus) == (second, ())


@pytest.mark.parametrize(
    "text",
    [
        "What is the difference between precision and recall?",
        "Explain RAG and its limits",
        "ما علاقة الرمز والمفردات؟",
    ],
)
def test_one_thing_is_not_taken_for_two(talk: Talk, text: str) -> None:
    assert len(talk(text).asks) == 1


# Follow-ups


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("why?", "cause"),
        ("and an example?", "example"),
        ("show me one", "example"),
        ("so how does that thing work", "mechanism"),
        ("when did this start", "origin"),
        ("what is it good for?", "benefit"),
        ("and its limits?", "drawback"),
        ("what does it mean", "definition"),
        ("does it work for images", "yesno"),
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
    ("text", "intent"),
    [
        pytest.param("وما فائدتها؟", "benefit", id="standard"),
        pytest.param("ما حدودها؟", "drawback", id="standard, without “and”"),
        pytest.param("وكيف أمنعها؟", "remedy", id="a suffix on a verb"),
        pytest.param("وكيف اعالجه؟", "remedy", id="of the other gender"),
        pytest.param("مثال لو سمحت", "example", id="nothing that points"),
        pytest.param("وليش بتصير؟", "cause", id="Levantine"),
        pytest.param("شو عيوبها", "drawback", id="Levantine, without “and”"),
        pytest.param("ليه؟", "cause", id="Egyptian"),
        pytest.param("ايه اسبابها", "cause", id="Egyptian, a noun"),
        pytest.param("وش سببها", "cause", id="Gulf"),
        pytest.param("شلون أتجنبها", "remedy", id="Iraqi"),
        pytest.param("علاش مهم", "cause", id="Maghrebi"),
    ],
)
def test_so_it_does_in_arabic_and_its_dialects(talk: Talk, text: str, intent: Intent) -> None:
    question = talk("ما هي الهلوسة؟", text)
    assert question.intent == intent
    assert _focus(question) == ("hallucination",)
    assert question.leans


@pytest.mark.parametrize(
    ("turns", "focus"),
    [
        ((PAIR, "and the second one?"), ("recall",)),
        ((PAIR, "what about the first?"), ("precision",)),
        ((PAIR, "and how does the former work"), ("precision",)),
        ((PAIR, "why the second?", "what about the other one"), ("precision",)),
        ((PAIR, "which one is better?"), ("precision", "recall")),
        ((PAIR, "are they the same"), ("precision", "recall")),
        (("What is precision?", "What is recall?", "contrast the two"), ("precision", "recall")),
        ((PAIR_AR, "مثال على الثاني"), ("recall",)),
        ((PAIR_AR, "والأول؟"), ("precision",)),
        ((PAIR_AR, "أيهما أهم؟"), ("precision", "recall")),
        (("ما الإحكام؟", "وما الاستدعاء؟", "ما الفرق بينهما؟"), ("precision", "recall")),
        (("ما الإحكام؟", "وما الاستدعاء؟", "ايه الفرق بين الاتنين"), ("precision", "recall")),
    ],
)
def test_one_or_all_of_several_are_meant(
    talk: Talk, turns: tuple[str, ...], focus: tuple[str, ...]
) -> None:
    assert _focus(talk(*turns)) == focus


@pytest.mark.parametrize(
    ("first", "text", "focus"),
    [
        ("What is overfitting?", "How does it differ from generalisation?", None),
        ("What is overfitting?", "is it the same as generalisation?", None),
        ("What is generalisation?", "compare it with overfitting", None),
        ("What is generalisation?", "versus overfitting?", None),
        ("ما فرط الملاءمة؟", "والفرق بينه وبين التعميم؟", None),
        ("ما التعميم؟", "هل هو نفسه فرط الملاءمة؟", None),
        ("What is hallucination?", "does it have to do with bias?", {"hallucination", "bias"}),
    ],
)
def test_a_term_is_held_beside_what_was_spoken_of(
    talk: Talk, first: str, text: str, focus: set[str] | None
) -> None:
    assert set(_focus(talk(first, text))) == (focus or {"overfitting", "generalisation"})


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        (("What is a token? and an embedding?", "and the first?"), "Token"),
        (("What is a token? and an embedding?", "and why the second?"), "Embedding: and why"),
        (("ما الفرق بين الانتباه والمحول؟", "وما حدود الثاني؟"), "المحوّل: وما حدود"),
        (("ما الفرق بين الانتباه والمحول؟", "طيب والاول؟"), "الانتباه"),
    ],
)
def test_the_term_stands_in_place_of_what_points_at_it(
    talk: Talk, turns: tuple[str, ...], understood: str
) -> None:
    assert talk(*turns).asks[0].text == understood


@pytest.mark.parametrize(
    ("turns", "focus"),
    [
        ((RAG, "What is a token?"), ("token",)),
        ((RAG, "and fine-tuning?"), ("fine-tuning",)),
        ((RAG, "What about fine-tuning?"), ("fine-tuning",)),
        ((RAG, "ok and the transformer?"), ("transformer",)),
        ((RAG_AR, "وما التضمين؟"), ("embedding",)),
        ((RAG_AR, "وماذا عن التضمين؟"), ("embedding",)),
        ((RAG, "What is a token?", "how does it work?"), ("token",)),
        ((RAG_AR, "وما الرمز؟", "كيف يعمل؟"), ("token",)),
    ],
)
def test_a_term_that_is_named_changes_the_topic(
    talk: Talk, turns: tuple[str, ...], focus: tuple[str, ...]
) -> None:
    assert _focus(talk(*turns)) == focus


@pytest.mark.parametrize(
    "text",
    [
        "And who won the 2018 World Cup?",
        "is Pluto a planet?",
        "tell me a joke",
        "ومن فاز بكأس العالم 2018؟",
        "كيف تطبخ المقلوبة",
    ],
)
def test_another_subject_is_not_dragged_back(talk: Talk, text: str) -> None:
    question = talk(RAG if text.isascii() else RAG_AR, text)
    assert _focus(question) == ()
    assert question.understood == text


@pytest.mark.parametrize(
    "between", ["Who won the 2018 World Cup?", "tell me a joke", "thanks!", "who are you?"]
)
def test_what_was_no_topic_leaves_the_one_before_it(talk: Talk, between: str) -> None:
    question = talk("What is overfitting?", between, "and how can I prevent it?")
    assert _focus(question) == ("overfitting",)


def test_the_question_is_told_by_itself(talk: Talk) -> None:
    (ask,) = talk("What is a token?", "why is it important?").asks
    assert ask.text == "Token: why is it important?"
    assert ask.bare == "why is it important?"
    (ask,) = talk("ما هو الرمز؟", "وما فائدته؟").asks
    assert ask.text == "الرمز: وما فائدته؟"


@pytest.mark.parametrize("text", ["What is a token?", "ما المحول؟", "and who are you?"])
def test_a_question_that_stands_by_itself_stays_as_it_was_typed(talk: Talk, text: str) -> None:
    question = talk(RAG, text)
    assert question.understood == text
    assert not question.leans


def test_nothing_is_pointed_at_before_the_first_topic(talk: Talk) -> None:
    assert _focus(talk("Hello!", "What is it?")) == ()


# Said again in another way


@pytest.mark.parametrize(
    ("turns", "style"),
    [
        (("How does BERT work?", "explain that in simpler words please"), ("normal", "simple")),
        (("How does BERT work?", "I don't get it"), ("normal", "simple")),
        (("How does BERT work?", "explain it like I'm five"), ("normal", "simple")),
        (("How does BERT work?", "could you rephrase that"), ("normal", "simple")),
        (("How does BERT work?", "shorter please"), ("short", "normal")),
        (("How does BERT work?", "more details please"), ("full", "normal")),
        (("كيف يعمل المحول؟", "مش فاهم"), ("normal", "simple")),
        (("كيف يعمل المحول؟", "ما فهمت، اشرحها أبسط"), ("normal", "simple")),
        (("كيف يعمل المحول؟", "بكلام أبسط"), ("normal", "simple")),
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


def test_with_nothing_said_before_there_is_nothing_to_say_again(talk: Talk) -> None:
    question = talk("explain that in simpler words please")
    assert not question.told
    assert _focus(question) == ()


# What is no question of a term


@pytest.mark.parametrize(
    ("text", "chat"),
    [
        ("Hello!", "greeting"),
        ("hello there, how are you today?", "greeting"),
        ("thanks a lot", "thanks"),
        ("great answer!", "thanks"),
        ("Who are you?", "identity"),
        ("What can you do?", "identity"),
        ("that answer is wrong", "feedback"),
        ("السلام عليكم", "greeting"),
        ("صباح الخير", "greeting"),
        ("شكرًا جزيلًا", "thanks"),
        ("يعطيك العافية", "thanks"),
        ("من أنت؟", "identity"),
        ("مين إنت؟", "identity"),
        ("جوابك غلط", "feedback"),
    ],
)
def test_it_is_chat_at_first_and_in_a_conversation(talk: Talk, text: str, chat: Intent) -> None:
    assert talk(text).chat == chat
    assert talk(RAG, text).chat == chat


@pytest.mark.parametrize(
    "text",
    [
        "hello, what is a token?",
        "thanks, and what is a token?",
        "help me understand tokens",
        "شكرًا، وما هو الرمز؟",
        "مرحبا، شو يعني الرمز؟",
    ],
)
def test_with_a_name_in_it_it_is_a_question(talk: Talk, text: str) -> None:
    question = talk(text)
    assert question.chat is None
    assert _focus(question) == ("token",)


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
        ("اشرح لي الانتباه كأني طفل", ("normal", "simple", "ar")),
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


def test_what_the_question_says_counts_more_than_what_is_set(assistant: Assistant) -> None:
    text = "Explain RAG like I'm five"
    question = understand(text, assistant.retriever, length="full", level="deep")
    assert (question.length, question.level) == ("full", "simple")


# What is none


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
def test_what_is_no_question_is_refused_in_a_sentence(talk: Talk, text: str, kind: str) -> None:
    with pytest.raises(QuestionError) as raised:
        talk(text)
    assert raised.value.kind == kind
    assert str(raised.value).endswith(".")


def test_a_question_is_cleaned(talk: Talk) -> None:
    assert talk("What\x00 is\r\na\ud800 \u202etoken?").asked == "What is a token?"


# What a conversation has been about


def _answer(status: Status, *focus: str) -> Answer:
    return Answer("?", "?", "en", status, 1.0, "quote", "", focus=focus)


def test_nothing_was_said_before_the_first_answer() -> None:
    chat = _answer("chat")
    for history in ((), (chat,)):
        context = Context.of(history)
        assert (context.latest, context.pair, context.asked) == ((), (), "")


def test_the_last_topic_stays_while_none_is_named() -> None:
    history = [_answer("answered", "token"), _answer("chat"), _answer("not_in_glossary")]
    assert Context.of(history).latest == ("token",)


def test_the_pair_is_of_one_answer_or_of_two() -> None:
    both = _answer("answered", "precision", "recall")
    assert Context.of([both]).pair == ("precision", "recall")
    one, other = (_answer("answered", entry_id) for entry_id in ("precision", "recall"))
    assert Context.of([one, other]).pair == ("precision", "recall")
    assert Context.of([other, one, one]).pair == ("recall", "precision")


def test_what_was_told_is_what_was_quoted_on_the_last_topic(assistant: Assistant) -> None:
    other, first = (assistant.ask(text) for text in ("What is dropout?", "What is a token?"))
    again = assistant.ask("in simpler words", [first])
    assert again.citations
    told = {citation.quote for answer in (first, again) for citation in answer.citations}
    assert Context.of([first, other, again]).told == told
    assert Context.of([first, again, other]).told == {c.quote for c in other.citations}
