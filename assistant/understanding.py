"""Understanding: a chat model asked what a question means and what to look up for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Account, Answer
from assistant.chat import ChatModel
from assistant.prompts import fenced, language_name, template
from knowledge.language.text import clean
from knowledge.search.intent import CHAT, INTENTS, Intent

_PATIENCE = 15.0  # seconds: longer, no reader waits before the answer even begins
_LONGEST = 300  # characters of a line
_TURNS, _SHOWN = 3, 400  # of the conversation, the latest; characters of each answer
_QUERIES = 3
_LINE = re.compile(
    r"^(?:[^\w\n]|\d+[.)])*(question|search|intent)[ \t\d*]*[:：](.{0,200}[^\W_].*)$",
    re.IGNORECASE | re.MULTILINE,
)
_AROUND = "\"'`“”«» \t"  # a line's words


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question means."""

    question: str
    """By itself, in its own language."""
    queries: tuple[str, ...] = ()
    """What to look up."""
    intent: Intent | None = None


def understood(  # noqa: PLR0913
    chat: ChatModel,
    question: str,
    history: Sequence[Answer],
    terms: Sequence[str],
    account: Account,
    *,
    languages: Sequence[str],
) -> Understanding | None:
    """What a question means, in one call; None where the model fails, is slow, or of no use.

    ``history`` has the answers before it, oldest first; ``terms`` are names of entries that may be
    meant, and ``languages`` the glossary's; ``account`` counts what it takes.
    """
    turns = (
        f"Reader: {answer.understood}\nAssistant: {answer.text[:_SHOWN]}"
        for answer in history[-_TURNS:]
    )
    messages = template("understand").format_messages(
        **fenced(conversation=turns, question=[question], terms=[", ".join(terms)]),
        languages=" / ".join(map(language_name, languages)),
        intents=", ".join(INTENTS),
    )
    reply = chat.ask(messages, account, min(chat.timeout, _PATIENCE))
    return parsed(reply) if reply else None


def parsed(reply: str) -> Understanding | None:
    """What a reply says; None where it does not put the question."""
    lines: dict[str, list[str]] = {"question": [], "search": [], "intent": []}
    for name, text in _LINE.findall(clean(reply)):
        lines[name.lower()].append(text.replace("**", "").strip(_AROUND)[:_LONGEST])
    if not lines["question"]:
        return None
    words = [word.strip(".").lower() for word in lines["intent"]]
    intent = next((i for i in INTENTS if i in words and i not in CHAT), None)
    queries = tuple(dict.fromkeys(lines["search"]))[:_QUERIES]
    return Understanding(lines["question"][-1], queries, intent)
