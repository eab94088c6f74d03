"""The judge: a chat model asked, sentence by sentence, whether a passage bears it out."""

import json
import re

from assistant.chat import Account, ChatModel
from assistant.prompts import Fence, language_name, prompt, quoted

_LIMIT = 16  # tokens: room for a word in quotes, in braces
_WORD = re.compile(r"[\s\"'“”*.!]*(yes|no)[\s\"'“”*.!]*", re.IGNORECASE)
_FENCED = re.compile(r"```(?:json)?(.*)```", re.DOTALL)


class Judge:
    """A second opinion on what grounding finds, of a chat model: slower, and not free."""

    def __init__(self, chat: ChatModel) -> None:
        self._chat = chat

    @staticmethod
    def account() -> Account:
        """An account for what the judgements on one answer take."""
        return Account()

    def bears_out(
        self, claim: str, passage_text: str, language: str, account: Account | None = None
    ) -> bool:
        """Whether the passage bears out all of a claim; only a plain yes counts.

        Args:
            claim: a sentence of an answer.
            passage_text: the words that it is to rest on.
            language: that of the claim.
            account: where it is counted what the question took.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails.
        """
        fence = Fence()
        human = prompt("judge.human").format(
            passage=fence.around("PASSAGE", quoted(passage_text)),
            claim=fence.around("CLAIM", quoted(claim)),
            language=language_name(language),
        )
        return _is_yes(self._chat.ask(prompt("judge.system"), human, _LIMIT, account))


def _is_yes(reply: str) -> bool:
    """Whether a reply is the word yes, by itself or as the one value of a JSON object."""
    if fenced := _FENCED.fullmatch(reply.strip()):
        reply = fenced[1]
    if word := _WORD.fullmatch(reply):
        return word[1].lower() == "yes"
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    values = list(value.values()) if isinstance(value, dict) else []
    return len(values) == 1 and (values[0] is True or str(values[0]).lower() == "yes")
