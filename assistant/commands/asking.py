"""Asking: ``masrad search`` and ``masrad ask``."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, get_args

from assistant import AssistantError, BatchError
from assistant.answer import Answer, Began, Event, Lead, Length, Level, Settled, Text, marked
from assistant.commands.base import open_assistant, print_json, up_to
from assistant.commands.keeper import Keeper
from assistant.question import checked
from assistant.retrieval import hits, scope, scored, sentences
from knowledge import KnowledgeError
from knowledge.search.evidence import FoundSentence

_REPEATED = "\nThe glossary itself:\n"

_Row = dict[str, Any]


class SearchCommand:
    """Find the sentences that answer a query, best first."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The query or a batch, ``-k``, ``--language``, ``--category`` and ``--json``."""
        _question_arguments(parser, "QUERY")
        parser.add_argument("-k", type=up_to(100), default=8, metavar="N", help="sentences (8)")

    def run(self, options: argparse.Namespace) -> int:
        """Prints the hits."""
        if options.question is not None:
            checked(options.question)
        assistant = open_assistant(options)
        within = scope(options.category, assistant.glossary)
        retriever = assistant.retriever

        def answer(row: _Row) -> _Row:
            try:
                found = sentences(row["question"], retriever, row.get("language"), within)
                return hits(found, options.k)
            except (KnowledgeError, AssistantError) as error:
                return {"error": str(error)}

        if options.batch:
            return _run_batch(options.batch, answer)
        evidence = sentences(options.question, retriever, options.language, within)
        if options.json:
            print_json(hits(evidence, options.k))
            return 0
        print(f"confidence {evidence.confidence:.2f}")
        for found, score in scored(evidence, options.k):
            place = f"{found.sentence.term} ({found.sentence.language}, {found.sentence.section})"
            print(f"\n{score:.2f}  {place}\n      {_found_by(found)}\n{found.sentence.text}")
        return 0


class AskCommand:
    """Answer a question from the glossary, with citations."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The question or a batch, ``--language``, ``--writer`` and ``--json``."""
        _question_arguments(parser, "QUESTION")
        add = parser.add_argument
        add("--writer", choices=("quote", "explain"), help="who writes the answer")
        add("--length", choices=get_args(Length), help="how long the answer is to be")
        add("--level", choices=get_args(Level), help="for whom it is to be written")
        add(
            "--conversation",
            metavar="ID",
            help="go on with a conversation that was kept, or its beginning; “new” begins one",
        )

    def run(self, options: argparse.Namespace) -> int:
        """Prints the answer. That the glossary does not hold it is an answer too."""
        if options.question is not None:
            checked(options.question)
        assistant = open_assistant(options)
        names = ("writer", "length", "level", "category")
        style = {name: getattr(options, name) for name in names}
        assistant.writer(options.writer)  # what is not there fails before a batch begins
        scope(options.category, assistant.glossary)
        keeper = Keeper(assistant, options.conversation)
        conversations: dict[object, list[Answer]] = {}

        def answer(row: _Row) -> _Row:
            history = conversations.setdefault(row.get("conversation"), [])
            if row.get("conversation") is None:
                history.clear()
            language = row.get("language")
            try:
                found = assistant.ask(row["question"], history, language=language, **style)
            except (KnowledgeError, AssistantError) as error:
                return {"question": row["question"], "error": str(error)}
            history.append(found)
            keeper.keep(found)
            return found.as_json()

        if options.batch:
            return _run_batch(options.batch, answer)
        keeper.ask(options.question, options.language)
        events = assistant.stream(
            options.question, keeper.history, language=options.language, **style
        )
        if options.json:
            found = keeper.kept(events)
            if found.notice:
                print(f"masrad: {found.notice.message}", file=sys.stderr)
            print_json(found.as_json())
        else:
            _print_answer(keeper, events)
        return 0


def _question_arguments(parser: argparse.ArgumentParser, name: str) -> None:
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("question", nargs="?", metavar=name)
    one.add_argument("--batch", metavar="FILE", help="JSON Lines of questions; - is standard input")
    parser.add_argument("--language", metavar="L", help="language to answer in, such as en or ar")
    parser.add_argument("--category", metavar="NAME", help="keep to this category")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _found_by(found: FoundSentence) -> str:
    """What spoke most for a sentence, in a line."""
    parts = sorted(found.parts.items(), key=lambda item: -abs(item[1]))[:4]
    return "; ".join(f"{name} {part:+.2f}" for name, part in parts)


def _run_batch(path: str, answer: Callable[[_Row], _Row]) -> int:
    """Answers each row of a file (``-`` is standard input), and prints it with the row's ``id``.

    A row that fails is printed with an ``error`` and does not stop the others.

    Returns:
        The exit status: 0, or 1 if a row failed.

    Raises:
        BatchError: the file cannot be read.
    """
    status = 0
    for number, line in _lines(path):
        result: _Row
        try:
            row = _row(line, f"{path}:{number}")
        except AssistantError as error:
            row, result = {"id": getattr(error, "row_id", None)}, {"error": str(error)}
        else:
            result = answer(row)
        status = status or int("error" in result)
        print(json.dumps({"id": row.get("id"), **result}, ensure_ascii=False), flush=True)
    return status


def _lines(path: str) -> Iterator[tuple[int, str]]:
    try:
        with (
            nullcontext(sys.stdin) if path == "-" else Path(path).open(encoding="utf-8-sig") as file
        ):
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise BatchError(f"The batch {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BatchError(f"The batch {path} is not in UTF-8: save it as UTF-8.") from error


def _row(line: str, place: str) -> _Row:
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise BatchError(f"{place}: not a JSON object on one line.")
    if not isinstance(row.get("question"), str):
        fault = f"{place}: expected an object with a text “question”."
    elif not isinstance(row.get("language"), str | None):
        fault = f"{place}: “language” should be a language tag such as en or ar."
    elif not isinstance(row.get("conversation"), str | int | None):
        fault = f"{place}: “conversation” should be a name or a number."
    else:
        return row
    raise BatchError(fault, row.get("id"))


def _print_answer(keeper: Keeper, events: Iterable[Event]) -> None:
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
