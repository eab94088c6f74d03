"""Export: a conversation or an answer in Markdown that reads as it was, and all of it in JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer, Part, Sentence, joined
from assistant.conversations.conversation import Conversation, Feedback, Turn, traces_of_json
from assistant.conversations.export import answer_as_text, as_json, as_markdown
from tests.assistant.conversations.making import answered, explained, trace, unanswered

WHEN = datetime(2024, 2, 29, 9, 5, tzinfo=UTC)


def _conversation(*answers: Answer, title: str = "Tea things") -> Conversation:
    turns = tuple(Turn(f"t{n}", "id", n, a, (), WHEN) for n, a in enumerate(answers))
    return Conversation("id", title, WHEN, WHEN, None, len(turns), turns)


def test_what_a_model_wrote_is_told_and_what_was_withheld_is_left_out() -> None:
    written = as_markdown(_conversation(unanswered("samovar"), explained("How?")))
    assert written.startswith("# Tea things\n\n29 February 2024, 09:05 UTC\n\n## Question: sam")
    for said in (
        "The glossary does not say.\n\n",
        "Written by a-model",
        "quoted, for want of an answer",
        "are left out: 1.",
    ):
        assert said in written
    assert "Kettles fly" not in written


def test_a_conversation_in_arabic_reads_from_the_right_and_english_in_it_from_the_left() -> None:
    answer = answered("وما هي؟", ["ar/kettle", "en/kettle"], "ar", "ما هي الغلاية؟")
    assert as_markdown(_conversation(answer, title="أدوات الشاي")) == (
        '<div dir="rtl" lang="ar">\n\n'
        "# أدوات الشاي\n\n"
        "29 فبراير 2024، 09:05 UTC\n\n"
        "## السؤال: وما هي؟\n\n"
        "29 فبراير 2024، 09:05 UTC\n\n"
        "*فُهم السؤال هكذا: ما هي الغلاية؟*\n\n"
        'الغلاية إناء يُغلى فيه الماء. [1] <bdi lang="en">A kettle boils water.</bdi> [2]\n\n'
        "**المصادر**\n\n"
        "- [1] الغلاية (التعريف): «الغلاية إناء يُغلى فيه الماء.»\n"
        '- [2] <bdi lang="en">Kettle</bdi> (التعريف): «<bdi lang="en">A kettle boils water.</bdi>»'
        "\n\n</div>\n"
    )


def test_lists_and_tables_stay_and_what_no_judge_has_confirmed_is_marked() -> None:
    cells = (("Use", "Kettle"), ("Use", "Teapot"), ("Lid", "Teapot"))
    said = (
        Sentence("One.", (1,), "supported", "en"),
        Sentence("Two.", (1,), "unchecked", "en"),
        *(Sentence("It is.", (1,), "supported", "en", cell) for cell in cells),
    )
    parts = (Part("Both:", 0, 2, listed=True), Part("", 2, 5))
    answer = replace(answered("kettle", ["en/kettle"]), sentences=said, parts=parts)
    answer = replace(answer, text=joined(parts, said))
    written = as_markdown(_conversation(answer))
    assert "Both:\n\n- One. [1]\n- Two. [1]°" in written
    assert "| Use | It is. [1] | It is. [1] |\n| Lid |  | It is. [1] |" in written
    assert "No second reading has confirmed the sentences with a “°”" in written
    assert "- [1] Kettle (definition): “A kettle boils water.”" in written
    text = answer_as_text(answer)
    assert text.startswith("Both:\n- One. [1]\n- Two. [1]°\n\n|  | Kettle | Teapot |\n| ---")
    assert text.endswith("Sources:\n[1] Kettle (definition): “A kettle boils water.”")


@pytest.mark.parametrize(
    "text",
    [
        "*not* _emphasis_ **at** ~~all~~ `code` $x$ \\ \\* \\\\ ]( ``` ~~~",
        "> no quotation\n\n- nor an item",
        "[no](https://link.example) ![nor](picture.png) [1]: nor",
        "<script>alert('no')</script> <b>no</b> &amp; &lt;",
        "a | b | c",
    ],
)
def test_text_is_shown_as_it_stands(text: str) -> None:
    answer = answered(text, ["en/kettle"], understood=f"{text} in full")
    sentence = replace(answer.sentences[0], text=text)
    citation = replace(answer.citations[0], term=text, quote=text)
    parts = (Part(text, 0, 1), Part("", 0, 1, listed=True))
    answer = replace(answer, sentences=(sentence,), citations=(citation,), parts=parts)
    written = as_markdown(_conversation(answer, title=text))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written)
    inline = [each.children or [] for each in tokens if each.type == "inline"]
    assert {part.type for each in inline for part in each} <= {
        "text", "text_special", "em_open", "em_close", "strong_open", "strong_close",
    }  # fmt: skip
    shown, when = " ".join(text.split()), "29 February 2024, 09:05 UTC"
    assert ["".join(part.content for part in each) for each in inline] == [
        shown, when, f"Question: {shown}", when, f"Understood as: {shown} in full", shown,
        f"{shown} [1]", f"{shown} [1]", "Sources", f"[1] {shown} (definition): “{shown}”",
    ]  # fmt: skip


def test_json_holds_all_of_it() -> None:
    answer, found = answered("kettle", ["en/kettle"]), trace("kettle", "en/kettle")
    conversation = _conversation(answer)
    turn = replace(conversation.turns[0], traces=(found,), feedback=Feedback(-1, "Short.", WHEN))
    values = json.loads(json.dumps(as_json(replace(conversation, turns=(turn,)))))
    [written] = values["turns"]
    assert (values["title"], values["created_at"]) == ("Tea things", "2024-02-29T09:05:00+00:00")
    assert Answer.of_json(written["answer"]) == answer
    assert traces_of_json(written["evidence"]) == (found,)
    assert written["feedback"]["given_at"] == "2024-02-29T09:05:00+00:00"
