"""Gaps: what was asked and not answered, counted once for each thing that was meant."""

from datetime import UTC, datetime

from assistant.assistant import Assistant
from assistant.conversations.conversation import Item, mark
from assistant.conversations.gaps import grouped, name
from assistant.conversations.store import Conversations
from knowledge.language.text import detect, is_right_to_left
from knowledge.search.embeddings import bundled_embedders
from tests.assistant.conversations.making import add, answered, unanswered
from tests.conftest import TEA


def test_one_thing_asked_in_several_wordings_is_one_gap(store: Conversations) -> None:
    for question in ("What is gradient boosting?", "gradient boosting", "Boosting gradients??"):
        store.record_gap(unanswered(question))
    [gap] = store.gaps()
    assert (gap.count, gap.question) == (3, "What is gradient boosting?")
    assert (gap.term, gap.nearest) == ("gradient boosting", ["Kettle", "Teapot"])
    assert gap.first_at < gap.last_at
    for last in ("", " samovar"):  # which differ at the end of a long text alone
        store.record_gap(unanswered(" ".join(f"word{n}" for n in range(400)) + last))
    assert [gap.count for gap in store.gaps()] == [3, 1, 1]


def test_no_greeting_and_no_errand_is_a_gap(tea: Assistant, store: Conversations) -> None:
    for question in (
        "Good morning!",
        "sdkfjhw",
        "ضصثقفغ",
        "Write me a poem about the spring",
        "السلام عليكم",
    ):
        store.record_gap(tea.ask(question))
    assert not store.gaps()


def test_a_gap_that_is_set_aside_is_counted_on_and_taken_back(store: Conversations) -> None:
    for question in ("samovar", "samovar", "trivet"):
        store.record_gap(unanswered(question))
    gap = store.gaps()[0]
    store.set_aside([gap.key])
    store.record_gap(unanswered("samovar"))
    assert [gap.term for gap in store.gaps()] == ["trivet"]
    assert [item.term for item in store.inbox()] == ["Trivet"]
    store.set_aside([gap.key], aside=False)
    assert [gap.count for gap in store.gaps()] == [3, 1]


def test_what_readers_said_of_answers_comes_in_and_of_nobody_who_said_it(
    store: Conversations,
) -> None:
    first = add(store, "", answered("What is a kettle?", ["en/kettle"]), reader="a token")
    liked = add(store, "", answered("What is a teapot?", ["en/teapot"]))
    refused = add(store, "", unanswered("What is a samovar?"))
    gone = add(store, "", answered("Kettle?", ["en/kettle"]))
    store.rate(first.id, -1, "Too short.", reader="a token")
    store.rate(liked.id, 1)
    store.rate(refused.id, 0, "Please add it.")
    store.rate(gone.id, -1)
    store.delete(gone.conversation_id)
    items = {item.entry: item for item in grouped(store.inbox(), bundled_embedders())}
    assert set(items) == {"en/kettle", ""}  # the gap and the comment on it are one
    kettle, samovar = items["en/kettle"], items[""]
    assert (kettle.low, kettle.comments, kettle.asked) == (1, ("Too short.",), 0)
    assert (samovar.asked, samovar.comments) == (1, ("Please add it.",))
    assert first.conversation_id not in repr(store.inbox())
    assert mark("a token") not in repr(store.inbox())
    store.set_aside([*kettle.keys, *samovar.keys])
    assert not store.inbox()
    store.rate(first.id, -1, "Still too short.", reader="a token")  # said anew, it is back
    assert [item.comments for item in store.inbox()] == [("Still too short.",)]


def test_questions_that_mean_the_same_are_one_row() -> None:
    joined: dict[str, list[bool]] = {"same": [], "other": []}
    lines = (TEA.parent / "alike.tsv").read_text("utf-8").splitlines()
    for kind, *pair in (line.split("\t") for line in lines):
        languages = ["ar" if is_right_to_left(detect(each) or "") else "en" for each in pair]
        now = datetime.now(UTC)
        items = [
            Item((q,), name(q, tag), (q,), tag, now, asked=1)
            for q, tag in zip(pair, languages, strict=True)
        ]
        joined[kind].append(len(grouped(items, bundled_embedders())) == 1)
    same, other = sum(joined["same"]), sum(joined["other"])
    assert same / (same + other) >= 0.95
    assert same >= 0.55 * len(joined["same"])
