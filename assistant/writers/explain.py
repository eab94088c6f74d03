"""The explain writer: a chat model tells in its own words what the passages say, and cites them."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from assistant import WriterError
from assistant.answer import Lead, Length, Usage
from assistant.chat import Account, ChatModel
from assistant.phrases import phrases
from assistant.prompts import Fence, language_name, prompt, quoted, wording
from assistant.question import Ask, Question
from assistant.writers import Draft, given
from assistant.writers.markers import CitedSentence, SentenceReader
from assistant.writers.pieces import unmarked
from knowledge.entry import Passage
from knowledge.search.evidence import Evidence
from knowledge.words import fold

_ENDED = re.compile(r"[.!?؟。！？…:»”\"')\]]$")
# Sentences for each thing asked, after which a model that goes on and on is stopped: twice as many
# as the prompt allows.
_MOST: dict[Length, int] = {"short": 4, "normal": 12, "full": 24}


class ExplainWriter:
    """Explains in its own words what the passages say, each sentence with its citations."""

    name = "explain"

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat

    @property
    def model(self) -> str:
        """The chat model, or nothing while its server cannot be reached."""
        return self._chat.model

    def prompt(self, question: Question, evidence: Sequence[Evidence]) -> tuple[str, str] | None:
        """What the model is asked first, the letters of its fences aside, which are random."""
        passages = given(question, evidence)
        asks = [a for a, each in zip(question.asks, evidence, strict=True) if each.answerable]
        return prompts(question, asks, passages) if passages else None

    def write(
        self, question: Question, evidence: Sequence[Evidence]
    ) -> Iterator[Draft | Lead | Usage]:
        """Streams the model's sentences with the passages they cite, and last what they took.

        Nothing is written where the model says that the passages do not answer.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails; what it took until then
                is told before.
        """
        passages = given(question, evidence)
        asks = [a for a, each in zip(question.asks, evidence, strict=True) if each.answerable]
        if not passages:
            return
        account = Account()
        begun = False
        try:
            try:
                for draft in self._drafts(question, asks, passages, account):
                    begun = True
                    yield draft
            except WriterError as error:
                if error.kind != "context" or begun or len(passages) == 1:
                    raise
                half = passages[: (len(passages) + 1) // 2]
                yield from self._drafts(question, asks, half, account)
        except WriterError:
            if account.usage.input_tokens:
                yield account.usage
            raise
        yield account.usage

    def _drafts(
        self,
        question: Question,
        asks: Sequence[Ask],
        passages: Sequence[Passage],
        account: Account,
    ) -> Iterator[Draft | Lead]:
        listed = _is_list(asks)
        system, human = prompts(question, asks, passages)
        refusal = fold(phrases(question.language).not_in_glossary)
        written = 0
        for sentence in self._sentences(system, human, question.language, len(passages), account):
            if refusal in fold(sentence.text):
                if len(asks) == 1:
                    return
                continue  # it is one of several things that the passages do not answer
            if listed and not written:
                yield Lead("", listed=True)
            yield Draft(sentence.text, tuple(passages[n - 1] for n in sentence.numbers))
            written += 1
            if written == _MOST[question.length] * len(asks):
                return

    def _sentences(
        self, system: str, human: str, language: str, count: int, account: Account
    ) -> Iterator[CitedSentence]:
        reader = SentenceReader(language, count)
        for text in self._chat.stream(system, human, account):
            yield from reader.feed(text)
        for sentence in reader.close():
            if not account.cut or _ENDED.search(sentence.text):  # else its end is missing
                yield sentence


def _is_list(asks: Sequence[Ask]) -> bool:
    return [ask.intent for ask in asks] == ["list"]


def prompts(
    question: Question, asks: Sequence[Ask], passages: Sequence[Passage]
) -> tuple[str, str]:
    """The system's and the human's part of the prompt; ``asks`` are those that are answerable.

    Placeholders are those of the templates alone: braces in a passage mean nothing.
    """
    words = wording("explain")
    values = {
        "language": language_name(question.language),
        "refusal": phrases(question.language).not_in_glossary,
        "form": words["form"]["list" if _is_list(asks) else "prose"],
        "length": words["length"][question.length],
        "level": words["level"][question.level],
    }
    fence = Fence()
    numbered = ((f"[{n}]", _passage(passage)) for n, passage in enumerate(passages, 1))
    human = prompt("explain.human").format(
        passages=fence.around("PASSAGES", *chain.from_iterable(numbered)),
        question=fence.around("QUESTION", *map(quoted, _numbered([ask.text for ask in asks]))),
        asked=_asked(asks),
        **values,
    )
    return prompt("explain.system").format(**values), human


def _asked(asks: Sequence[Ask]) -> str:
    """What is asked for, in our words: those of the question are material."""
    words = wording("explain")
    kinds = [words["intents"].get(ask.intent, words["intents"]["other"]) for ask in asks]
    if len(kinds) == 1:
        return words["asks"]["one"].format(kind=kinds[0])
    return words["asks"]["several"].format(n=len(kinds), kinds="; ".join(_numbered(kinds)))


def _numbered(texts: Sequence[str]) -> list[str]:
    return [f"({n}) {text}" for n, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)


def _passage(passage: Passage) -> str:
    return quoted(f"{passage.term} ({passage.section})\n{unmarked(passage.text)}")
