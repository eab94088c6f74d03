"""A conversation, understood turn by turn, as if what a turn is about were always answered."""

from functools import cache

from assistant.answer import Answer, Status
from assistant.question import Question, understand
from knowledge.glossary import BUNDLED, Glossary
from knowledge.lexicon import Lexicon
from knowledge.names import Names


@cache
def bundled() -> tuple[Glossary, Names]:
    """The bundled glossary and its names, without an index."""
    glossary = Glossary.read(BUNDLED)
    return glossary, Names(glossary, Lexicon.of(glossary.entries).knows)


def heard(text: str, *history: Answer) -> Question:
    """A question, understood."""
    return understand(text, *bundled(), history)


def answered(question: Question) -> Answer:
    """An answer to a question that was understood: the glossary knows what it is about."""
    about = tuple(dict.fromkeys(i for ask in question.asks for i in ask.focus))
    status: Status = "answered" if about or question.kind == "list" else "not_in_glossary"
    return Answer(
        question.asked,
        question.understood,
        question.language,
        "chat" if question.small_talk else status,
        1.0,
        "quote",
        "",
        kind=question.kind,
        focus=about,
    )


def talk(*turns: str) -> Question:
    """The last of some turns, understood after those before it."""
    history: list[Answer] = []
    for turn in turns[:-1]:
        history.append(answered(heard(turn, *history)))
    return heard(turns[-1], *history)


def kinds(question: Question) -> str:
    """What a question asks for, part by part: ``define+why``."""
    return "+".join(ask.kind for ask in question.asks)
