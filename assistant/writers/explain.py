"""The explain writer: a chat model tells in its own words what sentences say, and names them."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from langchain_core.messages import BaseMessage

from assistant import WriterError
from assistant.answer import Account, Lead
from assistant.chat import ChatModel
from assistant.phrases import is_order, phrases
from assistant.prompts import bare, fenced, language_name, template
from assistant.question import Ask, Question
from assistant.writers import Draft, Paragraph, given
from assistant.writers.reader import Reader, unbracketed
from knowledge.language.words import fold
from knowledge.resources import resource
from knowledge.search.evidence import Evidence

_ENDED = re.compile(r"[.!?؟。！？…:»”\"')\]]$")
_MOST = 16  # sentences for each thing asked, after which a model that goes on and on is stopped


def write(
    chat: ChatModel, question: Question, evidence: Sequence[Evidence], account: Account
) -> Iterator[Draft | Lead]:
    """Streams a model's sentences with what they rest on; ``account`` counts what it takes.

    Nothing is written where the model says that the material does not answer.

    Raises:
        WriterError: the model cannot be reached, refuses, or fails.
    """
    paragraphs, begun = given(question, evidence), False
    asks = [a for a, each in zip(question.asks, evidence, strict=True) if each.answerable]
    try:
        for draft in _drafts(chat, question, asks, paragraphs, account) if paragraphs else ():
            begun = True
            yield draft
    except WriterError as error:
        if error.kind != "context" or begun or len(paragraphs) == 1:
            raise
        half = paragraphs[: (len(paragraphs) + 1) // 2]
        yield from _drafts(chat, question, asks, half, account)


def _drafts(
    chat: ChatModel,
    question: Question,
    asks: Sequence[Ask],
    paragraphs: Sequence[Paragraph],
    account: Account,
) -> Iterator[Draft | Lead]:
    refusal = fold(phrases(question.language).not_in_glossary)
    listed, form = _is_list(asks), (False, False)
    reply = chat.stream(prompts(question, asks, paragraphs), account)
    sentences = Reader(question.language, paragraphs).read(reply)
    for sentence in islice(sentences, _MOST * len(asks)):
        if account.cut and not _ENDED.search(sentence.text):
            continue  # its end is missing
        if refusal in fold(sentence.text):
            if len(asks) == 1:
                return
            continue  # it is one of several things that the material does not answer
        now = (listed or sentence.item, any(sentence.cell))
        if now != form:
            form = now
            yield Lead("", listed=now[0])
        yield sentence


def _is_list(asks: Sequence[Ask]) -> bool:
    return [ask.intent for ask in asks] == ["list"]


def prompts(
    question: Question, asks: Sequence[Ask], paragraphs: Sequence[Paragraph]
) -> list[BaseMessage]:
    """The system's and the human's part of the prompt; ``asks`` are those that are answerable."""
    words = resource("assistant.prompts", "explain")
    form = "list" if _is_list(asks) else "prose"
    if len(asks) == 1 and asks[0].pairs and len(asks[0].focus) > 1:
        form = "table"
    lines = chain.from_iterable(_lines(n, each) for n, each in enumerate(paragraphs, 1))
    asked = _numbered([ask.text for ask in asks])
    told = sorted(question.already_quoted) if question.restates else []
    material = fenced(passages=lines, question=asked, conversation=told)
    # What is asked for is told in our words: those of the question are material.
    kinds = [words["intents"].get(ask.intent, words["intents"]["other"]) for ask in asks]
    task = words["asks"]["several" if len(asks) > 1 else "one"]
    wanted = [task.format(kind=kinds[0], n=len(kinds), kinds="; ".join(_numbered(kinds)))]
    if again := material.pop("conversation"):
        wanted += [words["asks"]["again"], again]
    return template("explain").format_messages(
        **material,
        asked="\n\n".join(wanted),
        language=language_name(question.language),
        refusal=phrases(question.language).not_in_glossary,
        form=words["form"][form],
        length=words["length"][question.length],
        level=words["level"][question.level],
    )


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"({n}) {text}" for n, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)


def _lines(number: int, paragraph: Paragraph) -> Iterator[str]:
    """A passage of the material: its term, then a sentence a line, each behind its id."""
    first = paragraph[0]
    term = first.entry_id if is_order(first.term) else first.term
    yield f"[{number}] {bare(term)} ({first.section})"
    for n, sentence in enumerate(paragraph, 1):
        yield f"[{number}.{n}] {bare(' '.join(unbracketed(sentence.text).split()))}"
