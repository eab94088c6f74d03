"""Asking: ``masrad search`` and ``masrad ask``."""

import argparse
import sys
from typing import TYPE_CHECKING, get_args

from assistant import AssistantError
from assistant.answer import Length, Level
from assistant.commands import batch
from assistant.commands.base import open_assistant, print_json, up_to
from assistant.commands.keeper import Keeper
from assistant.commands.printing import print_answer
from assistant.question import checked
from assistant.retrieval import hits, scope, scored, sentences
from knowledge import KnowledgeError
from knowledge.search.evidence import FoundSentence

if TYPE_CHECKING:
    from assistant.answer import Answer


class SearchCommand:
    """Finds sentences."""

    name = "search"
    help = "find the sentences that answer a query, best first"

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

        def answer(row: batch.Row) -> batch.Row:
            try:
                found = sentences(row["question"], retriever, row.get("language"), within)
                return hits(found, options.k)
            except (KnowledgeError, AssistantError) as error:
                return {"error": str(error)}

        if options.batch:
            return batch.run(options.batch, answer, sys.stdout)
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
    """Answers a question."""

    name = "ask"
    help = "answer a question from the glossary, with citations"

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

        def answer(row: batch.Row) -> batch.Row:
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
            return batch.run(options.batch, answer, sys.stdout)
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
            print_answer(keeper, events)
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
