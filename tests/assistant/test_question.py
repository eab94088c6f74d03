"""What a question is understood to ask: its language, its kinds, its parts, and how to answer."""

import pytest

from assistant import QuestionError
from assistant.question import MOST_CHARACTERS, understand
from tests.assistant.talk import bundled, heard, kinds, talk


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
def test_the_language_is_that_of_the_words_around_the_term(text: str, language: str) -> None:
    assert heard(text).language == language


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Qu'est-ce qu'un token ?", "fr"),
        ("什么是深度学习？", "zh"),
        ("ma huwa al ta3allum al 3ameeq", "ar"),
    ],
)
def test_the_question_may_be_in_another_language_than_its_answer(text: str, spoken: str) -> None:
    question = understand(text, *bundled(), language="en")
    assert (question.spoken, question.language) == (spoken, "en")


def test_a_language_that_the_reader_chose_is_kept() -> None:
    assert understand("RLHF", *bundled(), language="ar-EG").language == "ar"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is a token?", "define"),
        ("What does GPU stand for?", "define"),
        ("How large is a context window?", "define"),
        ("What happens when the context window is full?", "define"),
        ("Can you tell me what a token is?", "define"),
        ("Give me an example of RAG", "example"),
        ("Real-life case of model collapse", "example"),
        ("worked numbers for softmax please", "example"),
        ("Who coined the term foundation model?", "origin"),
        ("When did the EU AI Act enter into force?", "origin"),
        ("Why is it called backpropagation?", "origin"),
        ("How does fine-tuning work?", "how"),
        ("Walk me through one round of the ReAct loop", "how"),
        ("Why do models hallucinate?", "why"),
        ("why process examples in batches and not one at a time", "why"),
        ("What are embeddings used for?", "why"),
        ("When should I use RAG?", "why"),
        ("What are the limits of RAG?", "limits"),
        ("Where does RAG fall short?", "limits"),
        ("Does RAG have weaknesses?", "limits"),
        ("fine-tuning versus pre-training", "compare"),
        ("AI and machine learning: same thing or not?", "compare"),
        ("Tell me how precision and recall differ", "compare"),
        ("How are embeddings related to semantic search?", "relation"),
        ("Which terms deal with safety?", "list"),
        ("Is ChatGPT a foundation model?", "check"),
        ("ما الرمز؟", "define"),
        ("ما معنى التعلم بلا أمثلة", "define"),
        ("هل تعرف ما هو المحول؟", "define"),
        ("أعطني مثالًا على التضمين", "example"),
        ("ورجيني مثال عن التعلم بأمثلة قليلة", "example"),
        ("من صاغ مصطلح النموذج الأساسي؟", "origin"),
        ("مين عمل المحول", "origin"),
        ("كيف يعمل المحوّل؟", "how"),
        ("ازاي بيتعلم النموذج اللغوي", "how"),
        ("shlon yishtaghel el transformer", "how"),
        ("لماذا تهلوس النماذج؟", "why"),
        ("متى نستعمل الضبط الدقيق؟", "why"),
        ("لماذا يخطئ ChatGPT في عدّ حروف الكلمة؟", "why"),
        ("ما حدود التوليد المعزز بالاسترجاع؟", "limits"),
        ("ما الذي لا تستطيعه النمذجة اللغوية المقنعة؟", "limits"),
        ("ما الفرق بين الضبط الدقيق والتدريب المسبق؟", "compare"),
        ("هل التعلم العميق هو نفسه التعلم الآلي؟", "compare"),
        ("هل هناك صلة بين التحيز وبيانات التدريب", "relation"),
        ("ما المصطلحات المتعلقة بالسلامة", "list"),
        ("هل يحتاج الضبط الدقيق إلى بيانات كثيرة", "check"),
    ],
)
def test_what_is_asked_for(text: str, kind: str) -> None:
    assert kinds(heard(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "short public sheet that says how a model scored for groups and what it cannot do",
        "Two networks in a duel: one forges pictures and the other tries to catch the forgeries",
        "how big a step the optimiser takes each time",
        "What happens when each generation of AI is fed mostly on what the previous one wrote?",
        "A bot agrees with whatever I say. Why does it do that, what is this called?",
        "is there a method that lets me tune only a few extra weights?",
        "وثيقة قصيرة يرفقها المطوّر بما درّبه: لأي غرض صُنع، وكيف كانت نتائجه، وأين يخطئ",
        "نموذج صغير يتعلم محاكاة مخرجات نموذج أكبر منه، ما اسم الطريقة؟",
        "كيف يعرف موقع الأفلام وش أبغى أشوف بعدين؟ ما اسم هذا النوع من البرامج؟",
    ],
)
def test_what_is_described_is_asked_by_its_name_whatever_words_describe_it(text: str) -> None:
    question = heard(text)
    assert kinds(question) == "define"
    assert not question.leans


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What is a transformer and who invented it?", "define+origin"),
        ("Explain RAG and its limits", "define+limits"),
        ("define RLHF. How is it done?", "define+how"),
        ("Is dropout still used, and why?", "check+why"),
        ("ما هو المحول ومن اخترعه؟", "define+origin"),
        ("يعني ايه فرط الملاءمة واديني مثال عليه", "define+example"),
        ("شو هو المحول وشو الفرق بينه وبين LSTM", "define+compare"),
        ("ما عيوب التعلم الاتحادي؟ هل تتسرب منه بيانات؟", "limits+check"),
        ("shu huwe el prompt w keef bekotbo mni7", "define+how"),
    ],
)
def test_each_part_is_asked(text: str, asked: str) -> None:
    question = heard(text)
    assert kinds(question) == asked
    assert len({ask.focus[0] for ask in question.asks}) == 1


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (
            "Explain natural language processing. Also, how do I install spaCy on Windows?",
            "Also, how do I install spaCy on Windows?",
        ),
        ("What is a token and who won the 2018 World Cup?", "and who won the 2018 World Cup?"),
        ("ما هو الرمز؟ ومن فاز بكأس العالم 2018؟", "ومن فاز بكأس العالم 2018؟"),
    ],
)
def test_a_part_about_something_else_is_a_part(text: str, other: str) -> None:
    first, second = heard(text).asks
    assert first.focus
    assert second.text == other
    assert not second.focus


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who invented the transformer?", "origin"),
        ("Data contamination, what does that refer to?", "define"),
        ("Who introduced RAG, and when?", "origin"),
        ("is GPT a danger in some way, what are the risks", "limits"),
        ("Is there a cost to RAG? I mean its disadvantages.", "limits"),
        ("ما المحول؟", "define"),
        ("من وضع قوانين التوسع ومتى", "origin"),
        ("والحساسية في تقييم المصنّفات، ما تعريفها؟", "define"),
    ],
)
def test_one_part_is_not_taken_for_two(text: str, kind: str) -> None:
    assert kinds(heard(text)) == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("supervised and unsupervised learning", ("supervised-learning", "unsupervised-learning")),
        ("ما الفرق بين المرمز وفاك الترميز", ("encoder", "decoder")),
        ("ما علاقة الرمز بنافذة السياق؟", ("token", "context-window")),
        ("وفالكون؟", ("falcon",)),
        ("ما الفرق بين البحيرة والمستنقع؟", ()),
    ],
)
def test_names_are_told_whatever_is_joined_or_shared(text: str, names: tuple[str, ...]) -> None:
    assert sorted(heard(text).asks[0].focus) == sorted(names)


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
def test_small_talk_is_told_from_questions(text: str, talk: str | None) -> None:
    assert heard(text).small_talk == talk


def test_how_do_you_work_is_how_it_works_where_something_was_spoken_of() -> None:
    assert heard("كيف تعمل").small_talk == "about"
    assert talk("ما هي الحواجز الوقائية", "كيف تعمل").kind == "how"


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
        ("اشرح الانتباه بتفصيل تقني", ("normal", "deep", "ar")),
        ("بالانجليزي: ما هي المعلمة الفائقة؟", ("normal", "normal", "en")),
        ("What is function calling?", ("normal", "normal", "en")),
    ],
)
def test_how_the_answer_is_to_be(text: str, style: tuple[str, str, str]) -> None:
    question = heard(text)
    assert (question.length, question.level, question.language) == style


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Why is it important?", True),
        ("and an example?", True),
        ("what is the difference between them", True),
        ("وما فائدته؟", True),
        ("ليه؟", True),
        ("What is a token?", False),
        ("Is it true that GPT was made by OpenAI?", False),
        ("What is it called when a model makes things up?", False),
        ("فيم تستخدم قاعدة البيانات المتجهية", False),
    ],
)
def test_it_leans_where_it_points_at_what_was_not_told(text: str, leans: bool) -> None:  # noqa: FBT001
    assert heard(text).leans is leans


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
def test_what_is_no_question_is_refused_in_a_sentence(text: str, kind: str) -> None:
    with pytest.raises(QuestionError) as raised:
        heard(text)
    assert raised.value.kind == kind
    assert str(raised.value).endswith(".")


def test_a_question_is_cleaned() -> None:
    assert heard("What\x00 is\r\na\ud800 \u202etoken?").asked == "What is a token?"


@pytest.mark.parametrize("text", ["What is a token?", "What is a transformer?", "ما المحول؟"])
def test_a_question_that_stands_by_itself_stays_as_it_was_typed(text: str) -> None:
    assert heard(text).understood == text
