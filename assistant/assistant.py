"""The assistant: a question in, a grounded answer out, event by event."""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypedDict, Unpack

from assistant import SettingsError, WriterError, telemetry, voice
from assistant.answer import (
    Account,
    Allowance,
    Answer,
    Began,
    Done,
    Event,
    Found,
    Length,
    Level,
    Notice,
    outcome,
)
from assistant.composition import Composition
from assistant.question import Question, understand
from assistant.retrieval import scope, search
from assistant.settings import Settings
from assistant.verification import Verifier
from assistant.writers import given, quote
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from knowledge.search.embeddings import make_embedders
from knowledge.search.evidence import Evidence, Trace
from knowledge.search.index import Progress, SyncReport
from knowledge.search.retriever import Retriever, open_retriever

if TYPE_CHECKING:
    from assistant.chat import ChatModel
    from assistant.judge import Judge

_SURE = 0.9  # of the glossary's answering: above it, a model that says it does not is not believed
_UNSURE = 0.75  # below it, a model is asked what the question means
_VOID = "Nothing that the chat model wrote was borne out: the glossary is quoted instead."
_OFFERED = 12  # terms that are told to it


class Chosen(TypedDict, total=False):
    """What a reader may choose for an answer."""

    language: str | None
    """To answer in; by default the question's."""
    writer: str | None
    """``quote`` or ``explain``; by default the one set."""
    length: Length | None
    """Unless the question says it; by default as set."""
    level: Level | None
    """For whom, unless the question says it; by default as set."""
    category: str | None
    """To keep to, as any language names it; by default all."""


class Assistant:
    """Answers questions from one glossary. Threads may share one."""

    def __init__(
        self, retriever: Retriever, settings: Settings, report: SyncReport | None = None
    ) -> None:
        self.retriever = retriever
        self.glossary = retriever.glossary
        self.settings = settings
        self.report = report
        """What bringing the index up to date found and did."""

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        progress: Progress | None = None,
        *,
        rebuild: bool = False,
        early: "Callable[[Assistant], object] | None" = None,
    ) -> "Assistant":
        """Reads the glossary, brings its index up to date, and is ready to answer.

        Without ``settings``, those of the environment and ``.env`` hold. Where sentences have to be
        embedded, ``early`` is given an assistant that answers by words, names and the fast
        embedder, as soon as that has read them.

        Raises:
            KnowledgeError: the glossary, the embedder or the index is not to be had.
            SettingsError: a setting is not as it should be, or the writer set is ``explain`` and no
                chat model is set up.
        """
        settings = settings or Settings.load()
        replica = settings.replica
        with replica.still() if replica else contextlib.nullcontext():  # not half of two versions
            glossary = Glossary.read(settings.glossary)
        key = settings.embedding_api_key or settings.openai_api_key
        embedders = make_embedders(
            settings.embedding_model,
            base_url=settings.embedding_base_url or settings.openai_base_url,
            api_key=key.get_secret_value() if key else None,
        )

        def hand_out(retriever: Retriever, report: SyncReport) -> None:
            if early:
                early(cls(retriever, settings, report))

        retriever, report = open_retriever(
            settings.store, glossary, embedders, progress, rebuild=rebuild, early=hand_out
        )
        assistant = cls(retriever, settings, report)
        assistant.writer()  # what is wrong with the one that is set shows now
        return assistant

    def writer(self, name: str | None = None) -> str:
        """Who writes: as asked, or as set; SettingsError for ``explain`` without a chat model."""
        name = name or self.settings.writer
        if name == "auto":
            return "explain" if self.settings.has_chat_model else "quote"
        if name == "explain" and not self.settings.has_chat_model:
            raise SettingsError(
                "The explain writer needs a chat model: set OPENAI_API_KEY, or OPENAI_BASE_URL for"
                " a compatible server; or ask with the quote writer, which needs none."
            )
        return name

    @cached_property
    def chat(self) -> "ChatModel":
        """The chat model that is set up."""
        from assistant.chat import ChatModel  # noqa: PLC0415  (slow to import)

        return ChatModel(self.settings)

    @cached_property
    def verifier(self) -> Verifier:
        """Checks what a model wrote against the words that it rests on."""
        return Verifier(self.glossary)

    @cached_property
    def judge(self) -> "Judge | None":
        """The judge, if one is wanted and can be had."""
        settings = self.settings
        if settings.judge == "off" or not settings.has_chat_model:
            return None
        from assistant.chat import ChatModel  # noqa: PLC0415  (slow to import)
        from assistant.judge import verdicts  # noqa: PLC0415

        own = settings.model_copy(update={"chat_model": settings.judge_model})
        return partial(verdicts, ChatModel(own) if settings.judge_model else self.chat)

    @cached_property
    def linker(self) -> Linker:
        """Finds the glossary's terms in a text."""
        return Linker(self.glossary)

    def ask(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        allowance: Allowance | None = None,
        **chosen: Unpack[Chosen],
    ) -> Answer:
        """The whole answer; as ``stream``, but that it cannot be given up."""
        return outcome(self.stream(question, history, allowance=allowance, **chosen))[0]

    def stream(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        given_up: Callable[[], bool] = bool,
        allowance: Allowance | None = None,
        **chosen: Unpack[Chosen],
    ) -> Iterator[Event]:
        """The answer as it comes.

        ``history`` are the conversation's answers so far, oldest first. ``given_up`` says whether
        the answer is not wanted any more; it is asked while a model is waited for. ``allowance`` is
        what it may take of the chat model; where that is used up, the glossary is quoted.

        ``Found``, then ``Began``, its ``Lead``, ``Text`` and ``Settled``, and ``Done`` last. Where
        the chat model fails, or nothing of what it writes can be shown, ``Began`` comes again: the
        glossary is quoted instead.

        Raises:
            QuestionError: there is no question to answer.
            SettingsError: there is no such category, or no chat model for ``explain``.
            KnowledgeError: the question cannot be embedded, or the index not searched.
            GivenUpError: the answer was given up.
        """
        account = Account(given_up=given_up, allowance=allowance or Allowance())
        answer: Answer | None = None
        failed: Exception | None = None
        try:
            for event in self._answered(question, history, chosen, account):
                if isinstance(event, Done):
                    answer = event.answer
                yield event
        except Exception as error:
            failed = error
            raise
        finally:
            took = account.seconds(), account.steps
            telemetry.tell(telemetry.Asked(question, answer, failed, *took))

    def _answered(
        self, question: str, history: Sequence[Answer], chosen: Chosen, account: Account
    ) -> Iterator[Event]:
        writer, category = self.writer(chosen.get("writer")), chosen.get("category") or ""
        within = scope(category, self.glossary)
        asked = understand(
            question,
            self.retriever,
            history,
            language=chosen.get("language"),
            length=chosen.get("length") or self.settings.length,
            level=chosen.get("level") or self.settings.level,
        )
        if category and within:
            asked = asked.kept_to(category, within)
        account.lap("understand")
        if asked.chat:
            yield Done(replace(voice.chat(asked, self.glossary), timings_ms=account.timings_ms()))
            return
        evidence = tuple(search(ask, self.retriever, asked.language, within) for ask in asked.asks)
        account.lap("retrieve")
        unsure = history or max(each.confidence for each in evidence) < _UNSURE
        if writer == "explain" and unsure:
            asked, evidence = self._reread(asked, evidence, history, within, account)
            account.lap("understand")
        if all(ask.intent == "list" and ask.category for ask in asked.asks):
            writer = "quote"  # all of its terms, which no model lists so surely
        yield Found(asked.language, tuple(Trace.of(each, self.glossary) for each in evidence))
        answer = voice.unanswered(asked, evidence, writer)
        answerable = any(each.answerable for each in evidence)
        if answerable:
            answer = yield from self._written(asked, evidence, answer, account)
        if not answer.sentences:
            repeated = bool(answerable and asked.already_quoted)
            other = None  # what answers outside of the category
            if within:
                found = search(asked.asks[0], self.retriever, asked.language)
                other = found.entries[0].entry if found.answerable and found.entries else None
            answer = replace(answer, text=voice.abstention(answer, other, all_told=repeated))
        taken = account.usage if account.usage.input_tokens else None
        yield Done(replace(answer, usage=taken, timings_ms=account.timings_ms()))

    def _reread(
        self,
        asked: Question,
        evidence: tuple[Evidence, ...],
        history: Sequence[Answer],
        within: frozenset[str] | None,
        account: Account,
    ) -> tuple[Question, tuple[Evidence, ...]]:
        """The question as the chat model understands it; where that fails, as it was before."""
        from assistant.understanding import understood  # noqa: PLC0415  (slow to import)

        terms = dict.fromkeys(f.entry.term for each in evidence for f in each.entries)
        told = history, list(terms)[:_OFFERED], account
        found = understood(self.chat, asked.asked, *told, languages=self.glossary.languages)
        if found is None:
            return asked, evidence
        read, *queries = (
            understand(text, self.retriever, language=asked.language)
            for text in (found.question, *found.queries)
        )
        if read.chat or len(read.asks) > 1:
            return asked, evidence
        ask = read.asks[0]
        if found.intent:
            ask = replace(ask, intent=found.intent, wants=ask.wants.only(found.intent))
        sought = (query.asks[0] for query in queries if not query.chat)
        others = (replace(each, wants=ask.wants, intent=ask.intent) for each in sought)
        best, *more = (search(a, self.retriever, asked.language, within) for a in (ask, *others))
        merged = best.merged((*more, *evidence))
        if not merged.answerable:
            return asked, evidence
        rewording = asked.rewording if found.question == asked.asked else "model"
        return replace(asked, asks=(ask,), rewording=rewording), (merged,)

    def _written(
        self, question: Question, evidence: Sequence[Evidence], answer: Answer, account: Account
    ) -> Generator[Event, None, Answer]:
        """What the answer's writer writes; if it fails or nothing of it stands, what is quoted."""
        # What asks for nothing but terms that it names is in the glossary, whatever a model says.
        sure = any(each.whole or each.confidence >= _SURE for each in evidence)
        while True:
            yield Began(answer.writer, answer.notice)
            found = yield from self._write(question, evidence, answer, account)
            void = not found.sentences and (found.withheld or sure)
            if answer.writer == "quote" or not (found.notice or void):
                return found
            # What was written before it failed was void in any case.
            withheld = () if found.notice else found.withheld
            notice = Notice("unsupported", _VOID) if withheld else found.notice
            answer = replace(answer, writer="quote", notice=notice, withheld=withheld)

    def _write(
        self, question: Question, evidence: Sequence[Evidence], answer: Answer, account: Account
    ) -> Generator[Event, None, Answer]:
        """Verifies each sentence as it is written, and lets through what stands."""
        embedder, strict = self.retriever.classifier.embedders[-1], self.settings.strict
        composed = Composition(question, evidence, self.verifier, embedder, account, strict=strict)
        explains = answer.writer == "explain"
        if explains:
            from assistant.writers import explain  # noqa: PLC0415  (slow to import)

            composed.prepare(given(question, evidence))
            drafts = explain.write(self.chat, question, evidence, account)
        else:
            drafts = quote.write(question, evidence)
        try:
            for item in drafts:
                account.lap("write")
                yield from composed.add(item)
                account.lap("verify")
        except WriterError as error:
            answer = replace(answer, notice=Notice(error.kind, str(error)))
        account.lap("write")
        if explains and answer.notice is None:
            yield from composed.settle(self.judge)
        made = yield from composed.finish(answer)
        account.lap("verify")
        cited = (self.glossary.get(c.entry_id, question.language) for c in made.citations[:1])
        return replace(
            made,
            model=self.chat.model if explains else "",
            follow_ups=voice.follow_ups(question, next(cited, None), self.glossary),
        )
