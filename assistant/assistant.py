"""The assistant: a question in, a grounded answer out, event by event."""

import contextlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict, Unpack

from assistant import QuestionError, SettingsError, WriterError, telemetry, voice
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
    Step,
    outcome,
)
from assistant.composition import Composition
from assistant.question import Question, understand
from assistant.retrieval import scope, search
from assistant.settings import Settings
from assistant.verification import Verifier
from assistant.writers import Writer, given
from assistant.writers.quote import QuoteWriter
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
        self.opened_at = time.time()
        self._writers: dict[str, Writer] = {"quote": QuoteWriter()}

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

        store = settings.store
        anew = rebuild and store.sharing
        with anew.rebuilding() if anew else contextlib.nullcontext():
            retriever, report = open_retriever(
                store, glossary, embedders, progress, rebuild=rebuild and not anew, early=hand_out
            )
        assistant = cls(retriever, settings, report)
        assistant.writer()  # what is wrong with the one that is set shows now
        return assistant

    def writer(self, name: str | None = None) -> Writer:
        """The writer of a name; by default the one set, or ``explain`` if a chat model is set up.

        Raises:
            SettingsError: ``explain`` is asked for and no chat model is set up.
        """
        name = name or self.settings.writer
        if name == "auto":
            name = "explain" if self.settings.has_chat_model else "quote"
        if name == "explain" and not self.settings.has_chat_model:
            raise SettingsError(
                "The explain writer needs a chat model: set OPENAI_API_KEY, or OPENAI_BASE_URL for"
                " a compatible server; or ask with the quote writer, which needs none."
            )
        if name not in self._writers:
            from assistant.writers.explain import ExplainWriter  # noqa: PLC0415  (slow to import)

            self._writers[name] = ExplainWriter(self.chat)
        return self._writers[name]

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
        from assistant.judge import Judge  # noqa: PLC0415

        own = settings.model_copy(update={"chat_model": settings.judge_model})
        chat = ChatModel(own) if settings.judge_model else self.chat
        return Judge(chat, settings.timeout)

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
        """The whole answer; arguments and errors are those of ``stream``."""
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

        ``Found``, then ``Began``, its ``Lead``, ``Cited``, ``Text`` and ``Settled``, and ``Done``
        last. Where the chat model fails, or nothing of what it writes can be shown, ``Began`` comes
        again: the glossary is quoted instead.

        Args:
            question: as typed.
            history: the conversation's answers so far, oldest first.
            given_up: whether the answer is not wanted any more; asked while a model is waited for.
            allowance: what it may take of the chat model; where that is used up, it is quoted.
            chosen: what the reader chose.

        Raises:
            QuestionError: there is no question to answer.
            SettingsError: there is no such category, or no chat model for ``explain``.
            KnowledgeError: the question cannot be embedded, or the index not searched.
            GivenUpError: the answer was given up.
        """
        clock = _Clock()
        account = Account(given_up=given_up, allowance=allowance or Allowance())
        answer: Answer | None = None
        failed: Exception | None = None
        try:
            for event in self._answered(question, history, chosen, clock, account):
                if isinstance(event, Done):
                    answer = event.answer
                yield event
        except Exception as error:
            failed = error
            raise
        finally:
            steps = (*clock.steps(), *account.steps)
            asked = telemetry.Asked(question, answer, failed, clock.began, time.time(), steps)
            telemetry.tell(asked)

    def _answered(
        self,
        question: str,
        history: Sequence[Answer],
        chosen: Chosen,
        clock: "_Clock",
        account: Account,
    ) -> Iterator[Event]:
        writing = self.writer(chosen.get("writer"))
        category = chosen.get("category") or ""
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
        clock.lap("understand")
        if asked.chat:
            reply = voice.chat(asked, self.glossary)
            yield Done(replace(reply, timings_ms=clock.all()))
            return
        evidence = tuple(search(ask, self.retriever, asked.language, within) for ask in asked.asks)
        clock.lap("retrieve")
        unsure = history or max(each.confidence for each in evidence) < _UNSURE
        if writing.name == "explain" and unsure:
            asked, evidence = self._reread(asked, evidence, history, within, account)
            clock.lap("understand")
        traces = tuple(Trace.of(each, self.glossary) for each in evidence)
        yield Found(asked.understood, asked.language, traces)
        answer = voice.unanswered(asked, evidence, writing.name)
        if any(each.answerable for each in evidence):
            request = _Request(asked, evidence, clock, account)
            answer = yield from self._written(writing, request, answer)
        if not answer.sentences:
            repeated = any(each.answerable for each in evidence) and asked.already_quoted
            answer = replace(answer, text=voice.abstention(answer, all_told=bool(repeated)))
        taken = account.usage if account.usage.input_tokens else None
        yield Done(replace(answer, usage=taken, timings_ms=clock.all()))

    def _reread(
        self,
        asked: Question,
        evidence: tuple[Evidence, ...],
        history: Sequence[Answer],
        within: frozenset[str] | None,
        account: Account,
    ) -> tuple[Question, tuple[Evidence, ...]]:
        """The question as the chat model understands it, and what it would look up.

        Where that fails, or it asks several things, what was understood without it stands.
        """
        from assistant.understanding import Understander  # noqa: PLC0415  (slow to import)

        understander = Understander(self.chat, self.settings.timeout, self.glossary.languages)
        terms = dict.fromkeys(f.entry.term for each in evidence for f in each.entries)
        found = understander.understood(asked.asked, history, list(terms)[:_OFFERED], account)
        if found is None:
            return asked, evidence
        try:
            read, *queries = (
                understand(text, self.retriever, language=asked.language)
                for text in (found.question, *found.queries)
            )
        except QuestionError:
            return asked, evidence
        if read.chat or len(read.asks) > 1:
            return asked, evidence
        ask = read.asks[0]
        if found.intent:
            ask = replace(ask, intent=found.intent, wants=ask.wants.only(found.intent))
        others = [
            replace(q.asks[0], wants=ask.wants, intent=ask.intent) for q in queries if not q.chat
        ]
        best, *more = (search(a, self.retriever, asked.language, within) for a in (ask, *others))
        merged = best.merged((*more, *evidence))
        if not merged.answerable:
            return asked, evidence
        return replace(asked, asks=(ask,), reworded=found.question != asked.asked), (merged,)

    def _written(
        self, writer: Writer, request: "_Request", answer: Answer
    ) -> Generator[Event, None, Answer]:
        """What a writer writes; if it fails or nothing of it can be shown, what is quoted."""
        yield Began(writer.name)
        found = yield from self._write(writer, request, answer)
        # What asks for nothing but terms that it names is in the glossary, whatever a model says.
        sure = any(e.whole or e.confidence >= _SURE for e in request.evidence)
        void = not found.sentences and (found.withheld or sure)
        if found.notice is None and not void:
            return found
        notice, withheld = found.notice, found.withheld
        if notice:  # what was written before it failed was void in any case
            withheld = ()
        elif withheld:
            notice = Notice("unsupported", _VOID)
        answer = replace(answer, notice=notice, withheld=withheld)
        yield Began("quote", notice)
        return (yield from self._write(self.writer("quote"), request, answer))

    def _write(
        self, writer: Writer, request: "_Request", answer: Answer
    ) -> Generator[Event, None, Answer]:
        """Verifies each sentence as it is written, and lets through what stands."""
        question, evidence, account = request.question, request.evidence, request.account
        composed = Composition(
            question,
            evidence,
            self.verifier,
            self.retriever.classifier.embedders[-1],
            account,
            strict=self.settings.strict,
        )
        if writer.name == "explain":
            composed.prepare(given(question, evidence))
        try:
            for item in writer.write(question, evidence, account):
                request.clock.lap("write")
                yield from composed.add(item)
                request.clock.lap("verify")
        except WriterError as error:
            answer = replace(answer, notice=Notice(error.kind, str(error)))
        request.clock.lap("write")
        if answer.notice is None and writer.name == "explain":
            yield from composed.settle(self.judge)
        yield from composed.add_missing()
        request.clock.lap("verify")
        made = composed.finish(answer)
        cited = (self.glossary.get(c.entry_id, question.language) for c in made.citations[:1])
        return replace(
            made,
            writer=writer.name,
            model=writer.model,
            prompt=account.prompt,
            follow_ups=voice.follow_ups(question, next(cited, None), self.glossary),
        )


class _Clock:
    """Milliseconds of each step of an answer; laps of one step add up."""

    def __init__(self) -> None:
        self.began = time.time()
        self._start = self._last = time.perf_counter()
        self._laps = dict.fromkeys(("understand", "retrieve", "write", "verify"), 0.0)
        self._spans: dict[str, tuple[float, float]] = {}

    def lap(self, step: str) -> None:
        """Counts the time since the last lap towards a step."""
        now = time.perf_counter()
        first, _ = self._spans.get(step, (self._last, now))
        self._spans[step] = first, now
        self._laps[step] += now - self._last
        self._last = now

    def steps(self) -> list[Step]:
        """The steps that were taken so far, each from its first beginning to its last end."""
        offset = self.began - self._start
        return [
            Step(name, first + offset, last + offset, self._laps[name])
            for name, (first, last) in self._spans.items()
        ]

    def all(self) -> dict[str, float]:
        """The milliseconds of each step, and the total."""
        total = time.perf_counter() - self._start
        return {k: round(v * 1000, 2) for k, v in {**self._laps, "total": total}.items()}


@dataclass(frozen=True, slots=True)
class _Request:
    """What is known of a question when it is answered."""

    question: Question
    evidence: tuple[Evidence, ...]
    clock: _Clock
    account: Account
