"""Printing: an answer on a terminal as it comes, and what it cites."""

import sys
from collections.abc import Iterable, Iterator

from assistant.answer import Answer, Began, Event, Lead, Text
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
                markers = "".join(f"[{n}]" for n in sentence.citations)
                mark = "- " if listed else ""
                doubt = " (not borne out)" if sentence.support == "unsupported" else ""
                print(f"{mark}{sentence.text} {markers}{doubt}", flush=True)
                shown = True
            case _:
                pass
        yield event


def _remarks(answer: Answer) -> Iterator[str]:
    if answer.withheld:
        sentences = (
            "1 sentence" if len(answer.withheld) == 1 else f"{len(answer.withheld)} sentences"
        )
        yield f"Withheld, as the glossary does not bear it out: {sentences}."
    if answer.usage:
        about = "about " if answer.usage.estimated else ""
        cost = "" if answer.usage.cost is None else f"; cost {answer.usage.cost:.6f}"
        yield (
            f"{answer.model}: {about}{answer.usage.input_tokens} tokens read,"
            f" {answer.usage.output_tokens} written{cost}."
        )
