"""Export: a conversation in Markdown that any reader shows as it was, and all of it in JSON."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer, Part, Sentence, joined
from assistant.conversations.conversation import Conversation, Feedback, Turn, trace_of_json
from assistant.conversations.excerpt import as_text
from assistant.conversations.export import as_json, as_markdown
from knowledge.entry import SUMMARY
from tests.assistant.conversations.making import (
    GLOSSARY,
    answered,
    changed,
    trace,
    unanswered,
)

WHEN = datetime(2024, 2, 29, 9, 5, tzinfo=UTC)


def _conversation(*answers: Answer, title: str = "Tea things") -> Conversation:
    versions = {entry.key: entry.version for entry in GLOSSARY.entries}
    turns = tuple(
        Turn(f"turn{n}", "id", n, answer, (), versions, WHEN) for n, answer in enumerate(answers)
    )
    return Conversation("id", title, WHEN, WHEN, None, len(turns), turns)


class _Reader(HTMLParser):
    """What a reader of the page sees, by the element that it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, str]] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._within.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append((self._within[-1], data.strip()))


def _read(markdown: str) -> list[tuple[str, str]]:
    reader = _Reader()
    reader.feed(MarkdownIt("gfm-like", {"linkify": False}).render(markdown))
    return reader.seen


def test_a_conversation_in_english() -> None:
    written = as_markdown(
        _conversation(
            answered("What is a kettle?", ["en/kettle"]),
            answered("and a pot?", ["en/teapot"], understood="What is a teapot?"),
            unanswered("samovar"),
        )
    )
    assert written == (
        "# Tea things\n\n"
        "29 February 2024, 09:05 UTC\n\n"
        "## Question: What is a kettle?\n\n"
        "29 February 2024, 09:05 UTC\n\n"
        "A kettle boils water. [1]\n\n"
        "**Sources**\n\n"
        "- [1] Kettle (definition): “A kettle boils water.”\n\n"
        "## Question: and a pot?\n\n"
        "29 February 2024, 09:05 UTC\n\n"
        "*Understood as: What is a teapot?*\n\n"
        "A teapot steeps tea leaves. [1]\n\n"
        "**Sources**\n\n"
        "- [1] Teapot (definition): “A teapot steeps tea leaves.”\n\n"
        "## Question: samovar\n\n"
        "29 February 2024, 09:05 UTC\n\n"
        "The glossary does not say.\n"
    )


def test_a_conversation_in_arabic_reads_from_the_right() -> None:
    answer = answered("وما هي؟", ["ar/kettle"], "ar", "ما هي الغلاية؟")
    assert as_markdown(_conversation(answer, title="أدوات الشاي")) == (
        '<div dir="rtl" lang="ar">\n\n'
        "# أدوات الشاي\n\n"
        "29 فبراير 2024، 09:05 UTC\n\n"
        "## السؤال: وما هي؟\n\n"
        "29 فبراير 2024، 09:05 UTC\n\n"
        "*فُهم السؤال هكذا: ما هي الغلاية؟*\n\n"
        "الغلاية إناء يُغلى فيه الماء. [1]\n\n"
        "**المصادر**\n\n"
        "- [1] الغلاية (التعريف): «الغلاية إناء يُغلى فيه الماء.»\n\n"
        "</div>\n"
    )


def test_words_of_the_other_direction_keep_theirs() -> None:
    written = as_markdown(_conversation(answered("الغلاية", ["en/kettle"], "ar")))
    assert '<bdi lang="en">A kettle boils water.</bdi> [1]' in written
    assert '[1] <bdi lang="en">Kettle</bdi> (التعريف)' in written
    assert "<bdi" not in as_markdown(_conversation(answered("kettle", ["en/kettle"])))


def test_what_no_judge_has_confirmed_is_marked() -> None:
    said = (Sentence("One.", (1,), "supported", "en"), Sentence("Two.", (1,), "unchecked", "en"))
    parts = (Part("", 0, 2),)
    answer = replace(answered("kettle", []), sentences=said, parts=parts, text=joined(parts, said))
    for written in (as_markdown(_conversation(answer)), as_text(answer)):
        assert "One. [1] Two. [1]°" in written
        assert "No second reading has confirmed the sentences with a “°”" in written


def test_an_answer_without_parts_is_its_text() -> None:
    chat = replace(answered("hello", []), status="chat", text="Hello!\n\nAsk me.", parts=())
    assert "Hello!\n\nAsk me.\n" in as_markdown(_conversation(chat))


HOSTILE = [
    "*not* _emphasis_ **at** ~~all~~ `code`",
    "# no heading",
    "- no item",
    "> no quotation",
    "[no](https://link.example) ![nor](picture.png) [1]: nor",
    "<script>alert('no')</script> <b>no</b> &amp; &lt;",
    "a | b | c",
    "$x$ \\ \\* \\\\ ]( ``` ~~~",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_as_it_stands(text: str) -> None:
    entry_of = answered(text, ["en/kettle"], understood=f"{text} in full")
    sentence = replace(entry_of.sentences[0], text=text)
    citation = replace(entry_of.citations[0], term=text, quote=text)
    parts = (Part(text, 0, 1), Part("", 0, 1, listed=True))
    answer = replace(entry_of, sentences=(sentence,), citations=(citation,), parts=parts)
    shown = " ".join(text.split())
    assert _read(as_markdown(_conversation(answer, title=text))) == [
        ("h1", shown),
        ("p", "29 February 2024, 09:05 UTC"),
        ("h2", f"Question: {shown}"),
        ("p", "29 February 2024, 09:05 UTC"),
        ("em", f"Understood as: {shown} in full"),
        ("p", shown),
        ("p", f"{shown} [1]"),
        ("li", f"{shown} [1]"),
        ("strong", "Sources"),
        ("li", f"[1] {shown} (definition): “{shown}”"),
    ]


def test_another_language_has_english_labels() -> None:
    assert "## Question: bouilloire" in as_markdown(_conversation(answered("bouilloire", [], "fr")))


def test_json_holds_all_of_it() -> None:
    answer = answered("kettle", ["en/kettle"])
    conversation = _conversation(answer)
    found = trace("kettle", "en/kettle")
    turn = replace(conversation.turns[0], traces=(found,), feedback=Feedback(-1, "Short.", WHEN))
    values = as_json(replace(conversation, turns=(turn,)), changed("en/kettle", "A kettle sings."))
    values = json.loads(json.dumps(values))
    [written] = values["turns"]
    assert values["title"] == "Tea things"
    assert values["created_at"] == "2024-02-29T09:05:00+00:00"
    assert Answer.of_json(written["answer"]) == answer
    assert trace_of_json(written["evidence"][0]) == found
    assert written["evidence"][0]["sentences"][0]["section"] == SUMMARY
    assert written["versions"]["en/kettle"] == GLOSSARY.entries[0].version
    assert written["feedback"] == {
        "thumb": -1,
        "comment": "Short.",
        "given_at": "2024-02-29T09:05:00+00:00",
    }
    assert written["changes"] == {"1": "changed"}
