"""Quizzes from a glossary: ``masrad quiz``."""

from assistant import AssistantError
from assistant.classroom.quiz import KINDS
from assistant.classroom.quiz_maker import MOST, QuizMaker, Wanted, scope
from assistant.commands.base import JSON, Options, among, argument, command, flag, up_to
from knowledge.exports import glossary_title
from knowledge.language.text import base, detect


@command(
    argument("terms", "on these: ids or names; one brings its kin", nargs="*", metavar="TERM"),
    argument("--category", "on the terms of this category", default="", metavar="C"),
    argument("--number", f"questions, up to {MOST}", type=up_to(MOST), default=10, metavar="N"),
    argument("--kinds", ", ".join(KINDS), type=among(KINDS, "kind"), default=KINDS, metavar="A,B"),
    argument("--difficulty", "of the wrong answers", choices=("near", "far"), default="near"),
    argument("--language", "default: that of the terms", default="", metavar="L"),
    flag("--crossed", "definitions in the other language"),
    argument("--seed", "another number, another quiz", type=int, default=1, metavar="N"),
    JSON,
)
def quiz(options: Options) -> None:
    """Make a quiz from the glossary, with its key."""
    assistant = options.assistant()
    glossary = assistant.glossary
    said = ", ".join(options.terms) or options.category
    language = options.language or detect(said, glossary.languages) or glossary.languages[0]
    if options.crossed and len(set(map(base, glossary.languages))) == 1:
        raise AssistantError("The glossary has one language: leave --crossed out.")
    wanted = Wanted(
        language, options.number, options.kinds, options.difficulty, options.crossed, options.seed
    )
    ids = scope(glossary, options.terms, options.category)
    made = QuizMaker(assistant).make(ids, wanted, said or glossary_title(glossary.path))
    if not made.items:
        raise AssistantError(
            "Nothing can be asked of these terms without a doubt: choose more of them, or"
            " other kinds of question."
        )
    options.show(made.as_json(), [made.as_text().rstrip("\n")])
