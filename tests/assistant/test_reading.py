"""Follow-ups: what a turn is taken to be about, and what it is taken to ask."""

import pytest

from tests.assistant.talk import heard, kinds, talk

RAG = "retrieval-augmented-generation"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("why?", "why"),
        ("and an example?", "example"),
        ("show me one", "example"),
        ("With numbers, please: an example.", "example"),
        ("any snags", "limits"),
        ("Where does it fall short?", "limits"),
        ("what problem does it solve", "why"),
        ("so how does that thing work", "how"),
        ("when did this start", "origin"),
        ("who are the people behind this", "origin"),
        ("is it expensive", "check"),
        ("does it work for images", "check"),
        ("what does it mean", "define"),
        ("مثال لو سمحت", "example"),
        ("وعيوبه؟", "limits"),
        ("في عليه انتقادات؟", "limits"),
        ("طب وده بيشتغل ازاي؟", "how"),
        ("كيفاش كيخدم", "how"),
        ("وبيفيد بإيه", "why"),
        ("علاش مهم", "why"),
        ("ومنين جا", "origin"),
        ("منو سواه", "origin"),
        ("هل يحتاج إلى معالج قوي", "check"),
        ("أهو مكلف؟", "check"),
        ("بيشتغل من غير نت؟", "check"),
    ],
)
def test_pronouns_and_ellipsis_stand_on_the_last_topic(text: str, kind: str) -> None:
    first = "What is RAG?" if text.isascii() else "ما التوليد المعزز بالاسترجاع؟"
    question = talk(first, text)
    assert kinds(question) == kind
    assert question.asks[0].focus == (RAG,)
    assert not question.leans


@pytest.mark.parametrize(
    ("first", "text", "kind", "focus"),
    [
        ("What is RAG?", "how is it different from fine-tuning?", "compare", (RAG, "fine-tuning")),
        ("What is RAG?", "versus fine-tuning?", "compare", (RAG, "fine-tuning")),
        ("What is RAG?", "and fine-tuning, how is that different", "compare", (RAG, "fine-tuning")),
        ("What is RAG?", "what has this got to do with bias", "relation", (RAG, "bias")),
        ("What is perplexity?", "Cross-entropy, is that connected to it?", "relation", None),
        ("What is a jailbreak?", "does red teaming prevent it", "check", None),
        ("ما التضمين؟", "والفرق بينه وبين الضبط الدقيق؟", "compare", ("embedding", "fine-tuning")),
        ("ما الرمز؟", "ما صلته بنافذة السياق؟", "relation", ("token", "context-window")),
        ("ما تقطير المعرفة؟", "ايه اللي يجمعه بالتكميم", "relation", None),
        ("ما التعلم الاتحادي؟", "هل يحفظ الخصوصية؟", "check", ("federated-learning", "privacy")),
    ],
)
def test_what_is_named_joins_what_was_spoken_of(
    first: str, text: str, kind: str, focus: tuple[str, ...] | None
) -> None:
    question = talk(first, text)
    assert question.kind == kind
    assert len(question.asks[0].focus) == 2
    assert focus is None or question.asks[0].focus == focus


@pytest.mark.parametrize(
    ("turns", "focus"),
    [
        (("precision vs recall", "tell me about the second"), ("recall",)),
        (("precision vs recall", "and how does the former work"), ("precision",)),
        (("precision vs recall", "When was the first of them published?"), ("precision",)),
        (("precision vs recall", "why the second?", "what about the other one"), ("precision",)),
        (("precision vs recall", "are they the same"), ("precision", "recall")),
        (("What is precision?", "what is recall?", "contrast the pair"), ("precision", "recall")),
        (("ما الإحكام وما الاستدعاء؟", "طب التاني بيتحسب ازاي"), ("recall",)),
        (("ما الإحكام وما الاستدعاء؟", "ما حدود المذكور أولا"), ("precision",)),
        (("ما الإحكام وما الاستدعاء؟", "مثال على الثاني", "والأول؟"), ("precision",)),
        (("ما الإحكام؟", "وما الاستدعاء؟", "ايه الفرق بين الاتنين"), ("precision", "recall")),
        (("ما النموذج مفتوح الأوزان والنموذج المغلق؟", "ما المآخذ على المغلق"), ("closed-model",)),
    ],
)
def test_one_or_all_of_several_are_meant(turns: tuple[str, ...], focus: tuple[str, ...]) -> None:
    assert talk(*turns).asks[0].focus == focus


@pytest.mark.parametrize(
    ("turns", "kind", "focus"),
    [
        (("limits of RAG", "and fine-tuning?"), "limits", "fine-tuning"),
        (("limits of RAG", "What about fine-tuning?"), "limits", "fine-tuning"),
        (("limits of RAG", "speech recognition, same question"), "limits", "speech-recognition"),
        (("who invented GPT", "BERT?"), "origin", "bert"),
        (("does clustering need labelled data?", "and classification?"), "check", "classification"),
        (("limits of RAG", "and what is fine-tuning?"), "define", "fine-tuning"),
        (("مين طور جيس", "وفالكون؟"), "origin", "falcon"),
        (("أهمية قابلية التفسير", "وقابلية الشرح"), "why", "explainability"),
        (("ما حدود الضبط الدقيق", "وماذا عن التضمين؟"), "limits", "embedding"),
        (("ما حدود الضبط الدقيق", "وما التضمين؟"), "define", "embedding"),
    ],
)
def test_the_same_is_asked_of_another(turns: tuple[str, ...], kind: str, focus: str) -> None:
    question = talk(*turns)
    assert (question.kind, question.asks[0].focus[0]) == (kind, focus)


@pytest.mark.parametrize(
    ("turns", "kind", "style"),
    [
        (("how does BERT work", "shorter please"), "how", ("short", "normal", "en")),
        (("limits of RAG", "say it like im five"), "limits", ("normal", "simple", "en")),
        (("limits of RAG", "Don't spare me any detail."), "limits", ("full", "normal", "en")),
        (("limits of RAG", "it's for my thesis, so be more rigorous"), "limits", None),
        (("limits of RAG", "could you rephrase that"), "limits", ("normal", "normal", "en")),
        (("precision vs recall", "in arabic please"), "compare", ("normal", "normal", "ar")),
        (("ما حدود الضبط الدقيق", "باقتضاب"), "limits", ("short", "normal", "ar")),
        (("كيف يعمل المحول", "مش فاهم، اشرحهالي ببساطة"), "how", ("normal", "simple", "ar")),
        (("كيف يعمل المحول", "أنا مهندس فكلمني كمهندس"), "how", ("normal", "deep", "ar")),
        (("ما حدود الضبط الدقيق", "عيد الشرح"), "limits", ("normal", "normal", "ar")),
        (("ما حدود الضبط الدقيق", "ترجم جوابك إلى الإنجليزية"), "limits", None),
    ],
)
def test_the_last_question_is_answered_in_another_way(
    turns: tuple[str, ...], kind: str, style: tuple[str, str, str] | None
) -> None:
    before, question = talk(*turns[:-1]), talk(*turns)
    assert question.kind == kind
    assert question.asks[0].focus == before.asks[0].focus
    assert style is None or (question.length, question.level, question.language) == style


@pytest.mark.parametrize(
    "text",
    [
        "What is a token?",
        "And who won the 2018 World Cup?",
        "How does one bake sourdough bread?",
        "and an example of a metaphor?",
        "is Pluto a planet?",
        "tell me a joke",
        "ومن فاز بكأس العالم 2018؟",
        "كيف تطبخ المقلوبة",
        "في أي قارة تقع منغوليا",
        "وماذا نسمي أن يخترع مراجع لا وجود لها؟",
    ],
)
def test_a_change_of_subject_is_not_dragged_back(text: str) -> None:
    question = talk("What is RAG?", text)
    assert RAG not in question.asks[0].focus
    assert question.understood == text


@pytest.mark.parametrize("text", ["why is it so popular?", "an example?"])
def test_what_follows_a_strange_subject_leans_on_it(text: str) -> None:
    question = talk("What is RAG?", "what is a support vector machine", text)
    assert question.asks[0].focus == ()
    assert question.leans


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        (("What is RAG?", "Why is it important?"), None),
        (
            ("What is RAG?", "does it change the weights of the model?"),
            "does “Retrieval-augmented generation” change the weights of the model?",
        ),
        (
            ("What is Jais?", "When was its first version released?"),
            "When was “Jais”’s first version released?",
        ),
        (("precision vs recall", "tell me about the second"), "What does “Recall” mean?"),
        (("How does RAG work?", "and fine-tuning?"), "How does “Fine-tuning” work?"),
        (("ما التضمين؟", "وما فائدته؟"), "ما أهمية «التضمين»؟"),
        (("ما المحول؟", "اشرح لي طريقة عمله"), "اشرح لي طريقة عمل «المحوّل»"),
        (("ما التملق؟", "ما الذي يدفع النماذج إليه"), "ما الذي يدفع النماذج إلى «التملق»"),
        (("ما حقن الأوامر؟", "هل يمكن منعه؟"), "عن «حقن الأوامر»: هل يمكن منعه؟"),
    ],
)
def test_the_question_is_told_by_itself(turns: tuple[str, ...], understood: str | None) -> None:
    expected = understood or "Why is “Retrieval-augmented generation” important?"
    assert talk(*turns).understood == expected


@pytest.mark.parametrize(
    "turns",
    [
        ("What is RAG?", "how is it different from fine-tuning?"),
        ("What is RAG?", "does it change the weights of the model?"),
        ("precision vs recall", "how do they relate to the F1 score?"),
        ("limits of RAG", "and fine-tuning?"),
        ("What is attention and who invented it?",),
        ("ما حقن الأوامر؟", "هل يمكن منعه؟"),
        ("ما التعلم الاتحادي؟", "هل يحفظ الخصوصية؟"),
        ("ما الإحكام وما الاستدعاء؟", "ما الفرق بينهما"),
        ("أي جهة طورت جيس؟", "ومتى صدر أول إصدار منه"),
    ],
)
def test_what_was_understood_is_understood_again_without_the_conversation(
    turns: tuple[str, ...],
) -> None:
    question = talk(*turns)
    again = heard(question.understood)
    assert [(a.kind, a.focus) for a in again.asks] == [(a.kind, a.focus) for a in question.asks]
