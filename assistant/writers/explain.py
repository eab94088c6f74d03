"""The explain writer: a chat model, OpenAI's or any behind its protocol, bound to cite passages."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import openai
from langchain.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant import WriterError
from assistant.phrases import phrases
from assistant.question import Question
from assistant.settings import Settings
from assistant.writers import GIVEN, Draft
from assistant.writers.markers import CitedSentence, SentenceReader
from knowledge.entry import Passage
from knowledge.language import base
from knowledge.retrieval import Evidence
from knowledge.words import fold

_DEFAULT_MODEL = "gpt-4o-mini"
_ENDED = re.compile(r"[.!?؟。…:»”\"')\]]$")
_LANGUAGE_NAMES = {"en": "English", "ar": "Modern Standard Arabic (العربية الفصحى)"}


class ExplainWriter:
    """Explains in its own words what the passages say, each sentence with its citations."""

    name = "explain"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        key = settings.openai_api_key
        self._key = key.get_secret_value() if key else "none"  # compatible servers ask for none
        self._chat: ChatOpenAI | None = None

    @property
    def model(self) -> str:
        """The chat model: the one set; else the first a compatible server offers; else OpenAI's."""
        return self._client().model_name

    def write(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        """Streams the model's sentences with the passages they cite; other numbers are dropped.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails.
        """
        passages = [hit.passage for hit in evidence.hits[:GIVEN]]
        refusal = phrases(question.language).not_in_glossary
        # Placeholders are those of our templates alone: braces in a passage mean nothing.
        system = _prompt("explain.system").format(
            language=_LANGUAGE_NAMES.get(base(question.language), question.language),
            refusal=refusal,
        )
        human = _prompt("explain.human").format(
            passages="\n\n".join(map(_numbered, range(1, len(passages) + 1), passages)),
            question=question.understood,
        )
        messages = [SystemMessage(system), HumanMessage(human)]
        reader = SentenceReader(question.language)
        finished = False
        try:
            for chunk in self._client().stream(messages):
                finished = finished or "finish_reason" in chunk.response_metadata
                for sentence in reader.feed(str(chunk.text)):
                    if fold(refusal) in fold(sentence.text):
                        return
                    yield _draft(sentence, passages)
        except Exception as error:
            raise _explained(error) from error
        for sentence in reader.close():
            if not finished and not _ENDED.search(sentence.text):
                raise _explained(ConnectionError("the answer broke off"))
            if fold(refusal) not in fold(sentence.text):
                yield _draft(sentence, passages)

    def _client(self) -> ChatOpenAI:
        if self._chat is None:
            settings = self._settings
            self._chat = ChatOpenAI(
                model=settings.chat_model or self._offered() or _DEFAULT_MODEL,
                base_url=settings.openai_base_url,
                api_key=SecretStr(self._key),
                timeout=settings.timeout,
                max_retries=2,
            )
        return self._chat

    def _offered(self) -> str | None:
        """The first model that a compatible server lists, if it lists any."""
        if not self._settings.openai_base_url:
            return None
        try:
            client = openai.OpenAI(
                base_url=self._settings.openai_base_url,
                api_key=self._key,
                timeout=min(self._settings.timeout, 10.0),
                max_retries=0,
            )
            return next((model.id for model in client.models.list()), None)
        except openai.APIConnectionError as error:
            raise _explained(error) from error
        except openai.OpenAIError:
            return None  # it lists none; what is wrong with it will show when it is asked


@cache
def _prompt(name: str) -> str:
    return files("assistant.prompts").joinpath(f"{name}.txt").read_text("utf-8")


def _numbered(number: int, passage: Passage) -> str:
    return f"[{number}] {passage.term} ({passage.section})\n{passage.text}"


def _draft(sentence: CitedSentence, passages: list[Passage]) -> Draft:
    cited = [passages[n - 1] for n in sentence.numbers if 1 <= n <= len(passages)]
    return Draft(sentence.text, tuple(cited))


def _explained(error: Exception) -> WriterError:
    quote = "; or ask with the quote writer, which needs no model"
    match error:
        case WriterError():
            return error
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            message, kind = "refuses the key: check OPENAI_API_KEY", "key"
        case openai.NotFoundError():
            message, kind = "does not know the model: check MASRAD_CHAT_MODEL", "model"
        case openai.RateLimitError():
            message, kind = "is busy or your quota is used up: wait a minute and ask again", "busy"
        case openai.APITimeoutError():
            message, kind = "did not answer in time: ask again, or raise MASRAD_TIMEOUT", "slow"
        case ConnectionError():
            message, kind = f"failed ({error}): ask again", "failed"
        case openai.APIConnectionError():
            message = "cannot be reached: check OPENAI_BASE_URL and that the server runs"
            kind = "unreachable"
        case _:
            message, kind = f"failed ({type(error).__name__}): ask again", "failed"
    retry = kind in ("busy", "slow", "unreachable", "failed")
    return WriterError(f"The language model's server {message}{quote}.", kind, retry=retry)
