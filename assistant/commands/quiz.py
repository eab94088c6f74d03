"""Quizzes from a glossary: ``masrad quiz``."""

import argparse

from assistant import AssistantError
from assistant.classroom.quiz import KINDS
from assistant.classroom.quiz_maker import MOST, QuizMaker, Wanted, scope
from assistant.commands.base import open_assistant, print_json, up_to
from knowledge.exports import glossary_title
from knowledge.glossary import BUNDLED
from knowledge.language.text import base
from knowledge.language.words import fold


class QuizCommand:
    """Make a quiz from the glossary, with its key."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The terms, and what kind of quiz."""
        add = parser.add_argument
        add("terms", nargs="*", metavar="TERM", help="on these: ids or names; one brings its kin")
        add("--category", default="", metavar="C", help="on the terms of this category")
        add("--number", type=up_to(MOST), default=10, metavar="N", help=f"questions, up to {MOST}")
        add("--kinds", type=_kinds, default=KINDS, metavar="A,B", help=", ".join(KINDS))
        add("--difficulty", choices=("near", "far"), default="near", help="of the wrong answers")
        add("--language", default="", metavar="L", help="default: that of the terms")
        add("--crossed", action="store_true", help="definitions in the other language")
        add("--seed", type=int, default=1, metavar="N", help="another number, another quiz")
        add("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Prints the questions, and behind them the key."""
        assistant = open_assistant(options)
        glossary = assistant.glossary
        said = {*map(fold, options.terms[:1]), fold(options.category)} - {""}
        named = (
            e.language
            for e in glossary.entries
            if not said.isdisjoint({*map(fold, e.names), fold(e.category)})
        )
        spoken = next(named, glossary.languages[0])
        language = options.language or spoken
        if base(language) not in map(base, glossary.languages):
            known = ", ".join(glossary.languages)
            raise AssistantError(f"The glossary has no entry in “{language}”: it has {known}.")
        if options.crossed and len(set(map(base, glossary.languages))) == 1:
            raise AssistantError("The glossary has one language: leave --crossed out.")
        wanted = Wanted(
            language,
            options.number,
            options.kinds,
            options.difficulty,
            options.crossed,
            options.seed,
        )
        whole = "Masrad" if glossary.path == BUNDLED else glossary_title(glossary.path)
        title = ", ".join(options.terms) or options.category or whole
        ids = scope(glossary, options.terms, options.category)
        quiz = QuizMaker.of(assistant).make(ids, wanted, title)
        if not quiz.items:
            raise AssistantError(
                "Nothing can be asked of these terms without a doubt: choose more of them, or"
                " other kinds of question."
            )
        if options.json:
            print_json(quiz.as_json())
        else:
            print(quiz.as_text(), end="")
        return 0


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip() for kind in text.split(","))
    if unknown := set(kinds) - set(KINDS):
        raise argparse.ArgumentTypeError(
            f"there is no kind “{min(unknown)}”: choose from {', '.join(KINDS)}"
        )
    return kinds
