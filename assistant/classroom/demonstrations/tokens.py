"""Tokens: a text in English and one in Arabic, cut by a real tokeniser, with counts and a price."""

import threading

from assistant.classroom.demonstrations import (
    Cell,
    Given,
    InputError,
    Pieces,
    Section,
    Table,
    View,
    bars,
    numbers,
)
from knowledge.search.embeddings import pieces

_SPACE, _UNKNOWN = "▁", "<unk>"


def show(given: Given) -> View:
    """The pieces of both texts, and for each its words, tokens, signs, bytes and price."""
    say, texts = given.say, {"en": given["english"], "ar": given["arabic"]}
    price = numbers(given["price"] or "0", 1, 1)[0]
    if not all(texts.values()) or price < 0:
        raise InputError("wrong_input")
    if not given.revealed:
        threading.Thread(target=pieces, args=("",), daemon=True).start()  # it is read meanwhile
        return View(say("says_first"), [Pieces([text], tag) for tag, text in texts.items()])
    cut = {tag: pieces(text) for tag, text in texts.items()}
    counts: dict[str, list[int]] = {
        "words": [len(text.split()) for text in texts.values()],
        "tokens": [len(found) for found in cut.values()],
        "letters": [len(text) for text in texts.values()],
        "bytes": [len(text.encode()) for text in texts.values()],
    }
    shown = []
    for tag, found in cut.items():
        read = [p.replace(_SPACE, "·").replace(_UNKNOWN, "�") for p in found]
        shown.append(Section(say(f"title_{tag}", n=len(found)), "", [Pieces(read, tag)]))
    heights = dict(zip(map(say, texts), zip(*counts.values(), strict=True), strict=True))
    by_words = zip(counts["tokens"], counts["words"], strict=True)
    rows: list[list[Cell]] = [[say(name), *values] for name, values in counts.items()]
    rows.append([say("ratio"), *(n / max(1, words) for n, words in by_words)])
    rows.append([say("cost"), *(n * price for n in counts["tokens"])])
    table = Table(("", say("en"), say("ar")), rows, folded=False)
    drawing = bars(say("says_bars"), "", [say(name) for name in counts], **heights)
    says = say("says", english=len(cut["en"]), arabic=len(cut["ar"]))
    return View(says, [*shown, table, drawing])
