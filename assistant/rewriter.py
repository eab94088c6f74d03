"""The rewriter: a chat model asked to put a follow-up question so that it stands by itself."""

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.chat import Account, ChatModel
from assistant.prompts import Fence, prompt, quoted
from knowledge.grammar import content_stems
from knowledge.language import clean

_LIMIT = 120  # tokens
_LONGEST = 300  # characters of a question
_TURNS = 3  # of the conversation, the latest
_SHOWN = 400  # characters of each answer


class Rewriter:
    """Puts a follow-up question so that it stands by itself."""

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat

    def standalone(
        self, question: str, history: Sequence[Answer], account: Account | None = None
    ) -> str | None:
        """The question by itself; None if the model's is of no use.

        It is of use if it is one line of at most 300 characters that shares a word that carries
        meaning with the question or with what the conversation was about.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails.
        """
        fence = Fence()
        turns = [
            quoted(f"Reader: {answer.understood}\nAssistant: {answer.text[:_SHOWN]}")
            for answer in history[-_TURNS:]
        ]
        human = prompt("rewrite.human").format(
            conversation=fence.around("CONVERSATION", *turns),
            question=fence.around("QUESTION", quoted(question)),
        )
        reply = self._chat.ask(prompt("rewrite.system"), human, _LIMIT, account)
        rewritten = clean(reply).strip().strip('"“”«»').strip()
        if not rewritten or "\n" in rewritten or len(rewritten) > _LONGEST:
            return None
        language = history[-1].language if history else ""
        known = [question, *(a.understood for a in history)]
        known += [citation.term for answer in history for citation in answer.citations]
        stems = {stem for text in known for stem in content_stems(text, language)}
        return rewritten if stems.intersection(content_stems(rewritten, language)) else None
