"""The explain writer: a chat model tells in its own words what sentences say, and names them."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from langchain_core.messages import BaseMessage

from assistant import WriterError
from assistant.answer import Account, Lead, Length
from assistant.chat import ChatModel
from assistant.phrases import is_order, phrases
from assistant.prompts import Fence, language_name, quoted, template, wording
from assistant.question import Ask, Question
from assistant.writers import Draft, Paragraph, given
from assistant.writers.reader import RawSentence, Reader, unbracketed
from knowledge.language.words import fold
from knowledge.search.evidence import Evidence

_ENDED = re.compile(r"[.!?؟。！？…:»”\"')\]]$")
# Sentences for each thing asked, after which a model that goes on and on is stopped: twice as many
# as the prompt allows.
_MOST: dict[Length, int] = {"short": 4, "normal": 12, "full": 24}


class ExplainWriter:
    """Explains in its own words what sentences of the glossary say, each with their ids."""

    name = "explain"

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat

    @property
    def model(self) -> str:
        """The chat model, or nothing while its server cannot be reached."""
        return self._chat.model

    def write(
        self, question: Question, evidence: Sequence[Evidence], account: Account
    ) -> Iterator[Draft | Lead]:
        """Streams the model's sentences with what they rest on.

        Nothing is written where the model says that the material does not answer.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails.
        """
        paragraphs, begun = given(question, evidence), False
        asks = [a for a, each in zip(question.asks, evidence, strict=True) if each.answerable]
        try:
            for draft in self._drafts(question, asks, paragraphs, account) if paragraphs else ():
                begun = True
                yield draft
        except WriterError as error:
            if error.kind != "context" or begun or len(paragraphs) == 1:
                raise
            half = paragraphs[: (len(paragraphs) + 1) // 2]
            yield from self._drafts(question, asks, half, account)

    def _drafts(
        self,
        question: Question,
        asks: Sequence[Ask],
        paragraphs: Sequence[Paragraph],
        account: Account,
    ) -> Iterator[Draft | Lead]:
        refusal = fold(phrases(question.language).not_in_glossary)
        written, listed, row, form = 0, _is_list(asks), "", (False, False)
        system, human = messages = prompts(question, asks, paragraphs)
        account.prompt = account.prompt or (str(system.text), str(human.text))
        for sentence in self._sentences(messages, question, account):
            if refusal in fold(sentence.text):
                if len(asks) == 1:
                    return
                continue  # it is one of several things that the material does not answer
            now = (listed or sentence.item, any(sentence.cell))
            if now != form:
                form = now
                yield Lead("", listed=now[0])
            yield _draft(sentence, paragraphs)
            written += not (sentence.cell[0] and sentence.cell[0] == row)  # a row counts once
            row = sentence.cell[0]
            if written == _MOST[question.length] * len(asks):
                return

    def _sentences(
        self, messages: Sequence[BaseMessage], question: Question, account: Account
    ) -> Iterator[RawSentence]:
        reader = Reader(question.language)
        for text in self._chat.stream(messages, account):
            yield from reader.feed(text)
        for sentence in reader.close():
            if not account.cut or _ENDED.search(sentence.text):  # else its end is missing
                yield sentence


def _draft(written: RawSentence, paragraphs: Sequence[Paragraph]) -> Draft:
    """A sentence with what its ids name; ids that were not given name nothing."""
    rests: Paragraph = ()
    within: Paragraph = ()
    for number, sentence in written.ids:
        paragraph = paragraphs[number - 1] if 0 < number <= len(paragraphs) else ()
        if sentence is None:
            within += paragraph
        elif sentence:
            rests += paragraph[sentence - 1 : sentence]
    return Draft(written.text, rests, within, cell=written.cell)


def _is_list(asks: Sequence[Ask]) -> bool:
    return [ask.intent for ask in asks] == ["list"]


def prompts(
    question: Question, asks: Sequence[Ask], paragraphs: Sequence[Paragraph]
) -> list[BaseMessage]:
    """The system's and the human's part of the prompt; ``asks`` are those that are answerable."""
    words = wording("explain")
    form = "list" if _is_list(asks) else "prose"
    if len(asks) == 1 and asks[0].pairs and len(asks[0].focus) > 1:
        form = "table"
    fence = Fence()
    lines = chain.from_iterable(_lines(n, each) for n, each in enumerate(paragraphs, 1))
    asked = [quoted(text) for text in _numbered([ask.text for ask in asks])]
    told = [_asked(asks)]
    if question.already_quoted:
        again = fence.around("CONVERSATION", *map(quoted, sorted(question.already_quoted)))
        told += [words["asks"]["again"], again]
    return template("explain").format_messages(
        passages=fence.around("PASSAGES", *lines),
        question=fence.around("QUESTION", *asked),
        asked="\n\n".join(told),
        language=language_name(question.language),
        refusal=phrases(question.language).not_in_glossary,
        form=words["form"][form],
        length=words["length"][question.length],
        level=words["level"][question.level],
    )


def _asked(asks: Sequence[Ask]) -> str:
    """What is asked for, in our words: those of the question are material."""
    words = wording("explain")
    kinds = [words["intents"].get(ask.intent, words["intents"]["other"]) for ask in asks]
    if len(kinds) == 1:
        return words["asks"]["one"].format(kind=kinds[0])
    return words["asks"]["several"].format(n=len(kinds), kinds="; ".join(_numbered(kinds)))


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"({n}) {text}" for n, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)


def _lines(number: int, paragraph: Paragraph) -> Iterator[str]:
    """A passage of the material: its term, then a sentence a line, each behind its id."""
    first = paragraph[0]
    term = first.entry_id if is_order(first.term) else first.term
    yield quoted(f"[{number}] {term} ({first.section})")
    for n, sentence in enumerate(paragraph, 1):
        text = quoted(" ".join(unbracketed(sentence.text).split()))
        yield f"{text[:2]}[{number}.{n}] {text[2:]}"
