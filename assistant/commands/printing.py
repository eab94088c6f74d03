"""Printing: an answer on a terminal as it comes, and what it cites."""

import sys
from collections.abc import Iterable, Iterator

from assistant.answer import Answer, Began, Event, Lead, Settled, Text, marked
from assistant.commands.keeper import Keeper

_REPEATED = "\nThe glossary itself:\n"


def print_answer(keeper: Keeper, events: Iterable[Event]) -> None:
    """Prints an answer as it comes, then what it cites, what was withheld, and what it took."""
    answer = keeper.kept(_printed(events))
    if answer.understood != answer.question and answer.status != "chat":
        print(f"\nUnderstood as: {answer.understood}")
    if not answer.sentences:
        print(answer.text)
    if answer.citations:
        print()
    for c in answer.citations:
        print(f"[{c.marker}] {c.term} ({c.section}, {c.start}–{c.end})\n    “{c.quote}”")
    for line in _remarks(answer):
        print(f"\n{line}")
    if keeper.conversation:
        print(f"\nConversation {keeper.conversation}")


def _printed(events: Iterable[Event]) -> Iterator[Event]:
    """The events, each printed on its way."""
    listed, shown = False, False
    for event in events:
        match event:
            case Began(notice=notice):
                if notice:
                    print(f"masrad: {notice.message}", file=sys.stderr)
                if shown:
                    print(_REPEATED)
                listed, shown = False, False
            case Lead(text=text, listed=listed):
                print(("\n" if shown else "") + text, flush=True)
                shown = True
            case Text(sentence=sentence):
                mark = "- " if listed else ""
                where = " — ".join(filter(None, sentence.cell))
                text = f"{where}: {marked(sentence)}" if where else marked(sentence)
                unchecked = "°" * (sentence.support == "unchecked")
                print(f"{mark}{text}{unchecked}", flush=True)
                shown = True
            case Settled(sentence=sentence) if sentence.reason:
                print(f"Withdrawn: {sentence.text} ({sentence.reason})", flush=True)
            case _:
                pass
        yield event


def _remarks(answer: Answer) -> Iterator[str]:
    if any(sentence.support == "unchecked" for sentence in answer.sentences):
        yield "No second reading has confirmed the sentences with a “°”: compare them yourself."
    for sentence in answer.withheld:
        if sentence.support == "contradicted":
            yield f"Not shown: {sentence.text} ({sentence.reason})"
    if answer.usage:
        about = "about " if answer.usage.estimated else ""
        cost = "" if answer.usage.cost is None else f"; cost {answer.usage.cost:.6f}"
        yield (
            f"{answer.model}: {about}{answer.usage.input_tokens} tokens read,"
            f" {answer.usage.output_tokens} written{cost}."
        )
