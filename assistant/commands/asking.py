"""Asking: ``masrad search`` and ``masrad ask``; ``masrad mcp``, by which other programs do."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant import AssistantError, ConversationError
from assistant.answer import Allowance, Answer
from assistant.commands.base import JSON, Options, Takes, argument, command, say, up_to
from assistant.retrieval import hits, scope, sentences
from knowledge import KnowledgeError


class _Row(BaseModel):
    """A row of a batch; its ``id`` and what else it holds is the asker's own."""

    question: str
    language: str | None = None
    conversation: str | int | None = None


def _asked(name: str) -> Takes:
    """A question or a batch of them, and where to look."""

    def add(parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group(required=True)
        one.add_argument("question", nargs="?", metavar=name)
        batch = "JSON Lines of questions; - is standard input"
        one.add_argument("--batch", metavar="FILE", help=batch)
        language = "language to answer in, such as en or ar"
        parser.add_argument("--language", metavar="L", help=language)
        parser.add_argument("--category", metavar="NAME", help="keep to this category")
        JSON(parser)

    return add


@command(_asked("QUERY"), argument("-k", "sentences (8)", type=up_to(100), default=8, metavar="N"))
def search(options: Options) -> int | None:
    """Find the sentences that answer a query, best first."""
    assistant = options.assistant()
    within = scope(options.category, assistant.glossary)

    def found(row: _Row) -> dict[str, Any]:
        language = row.language or options.language
        return hits(sentences(row.question, assistant.retriever, language, within), options.k)

    if options.batch:
        return _run_batch(options.batch, found)
    values = found(_Row(question=options.question))
    hit = "\n{score:.2f}  {term} ({language}, {section})\n{text}".format_map
    options.show(values, [f"confidence {values['confidence']:.2f}", *map(hit, values["hits"])])
    return None


@command(
    _asked("QUESTION"),
    argument("--writer", "who writes the answer", choices=("quote", "explain")),
)
def ask(options: Options) -> int | None:
    """Answer a question from the glossary, with citations.

    That the glossary does not hold the answer is one too.
    """
    assistant = options.assistant()
    style = {"writer": options.writer, "category": options.category}
    assistant.writer(options.writer)  # what is not there fails before a batch begins
    scope(options.category, assistant.glossary)
    conversations: dict[object, list[Answer]] = {}

    def answer(row: _Row) -> Answer:
        history = conversations.setdefault(row.conversation, [])
        if row.conversation is None:
            history.clear()
        language = row.language or options.language
        found = assistant.ask(row.question, history, language=language, **style)
        _count(options, found)
        history.append(found)
        return found

    if options.batch:
        return _run_batch(options.batch, lambda row: answer(row).as_json())
    found = answer(_Row(question=options.question))
    if found.notice:
        say(found.notice.message)
    options.show(found.as_json(), _told(found))
    return None


@command()
def mcp(options: Options) -> None:
    """Serve the glossary to an AI program by MCP, on standard input and output."""
    try:
        from assistant import mcp_server  # noqa: PLC0415  (slow, and an extra)
    except ImportError as error:
        raise AssistantError(
            "MCP needs packages that are not installed: pip install “masrad[service]”."
        ) from error
    assistant = options.assistant()
    address = str(options.settings.url or "http://localhost:8501").rstrip("/") + "/"
    tools = mcp_server.Tools(
        lambda: assistant, address, partial(_count, options), lambda: nullcontext(Allowance()), str
    )
    tools.server().run("stdio")


def _count(options: Options, answer: Answer) -> None:
    """Counts an answer that is a gap; that it cannot be kept is said, and costs nothing."""
    if answer.status == "not_in_glossary":
        try:
            with options.kept() as store:
                store.record_gap(answer)
        except ConversationError as error:
            say(error)


def _run_batch(path: str, answer: Callable[[_Row], dict[str, Any]]) -> int:
    """Prints what comes of each row of a file (``-`` is standard input) with its ``id``.

    A row that fails is printed with an ``error`` and does not stop the others; the status is 1.
    """
    status = 0
    for number, line in _rows_of(path):
        try:
            row = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            row = None
        same = {key: row[key] for key in ("id", "question") if isinstance(row, dict) and key in row}
        try:
            result = answer(_Row.model_validate(row, strict=True))
        except (KnowledgeError, AssistantError) as error:
            result = {"error": str(error)}
        except ValidationError as error:
            fault = error.errors()[0]
            name = "".join(f"“{name}”: " for name in fault["loc"][:1])
            says = f"{name}{fault['msg']}" if name else "not a JSON object on one line"
            result = {"error": f"{path}:{number}: {says}."}
        status = int(status or "error" in result)
        print(json.dumps({"id": None, **same, **result}, ensure_ascii=False), flush=True)
    return status


def _rows_of(path: str) -> Iterator[tuple[int, str]]:
    try:
        with (
            nullcontext(sys.stdin) if path == "-" else Path(path).open(encoding="utf-8-sig") as file
        ):
            yield from ((n, line) for n, line in enumerate(file, 1) if line.strip())
    except OSError as error:
        raise AssistantError(f"The batch {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise AssistantError(f"The batch {path} is not in UTF-8: save it as UTF-8.") from error


def _told(answer: Answer) -> Iterator[str]:
    """An answer with its sources, how it was understood, and what was withheld."""
    from assistant.conversations.export import answer_as_text  # noqa: PLC0415  (Babel)

    yield answer_as_text(answer)
    if answer.is_reworded and answer.status != "chat":
        yield f"\nUnderstood as: {answer.understood}"
    for sentence in answer.withheld:
        yield f"\nNot shown: {sentence.text} ({sentence.reason})"
