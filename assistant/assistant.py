"""The assistant: a question in, a grounded answer out, event by event."""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import SettingsError, WriterError, voice
from assistant.answer import (
    Answer,
    Began,
    Done,
    Event,
    Found,
    Length,
    Level,
    Notice,
)
from assistant.clock import Clock
from assistant.composition import Composition
from assistant.grounding import Grounder
from assistant.question import Question, understand
from assistant.search import scope, search
from assistant.settings import Settings
from assistant.writers import Writer, given
from assistant.writers.quote import QuoteWriter
from knowledge.entry import Passage
from knowledge.glossary import Glossary
from knowledge.mentions import Linker
from knowledge.search.embeddings import bundled_embedders, make_embedders
from knowledge.search.evidence import Evidence, Trace
from knowledge.search.index import Index, Progress, SyncReport, forget_others, open_index
from knowledge.search.intent import Classifier
from knowledge.search.lexicon import Lexicon
from knowledge.search.retriever import Retriever

if TYPE_CHECKING:
    from assistant.chat import ChatModel
    from assistant.judge import Judge

_MANY = 500  # sentences to embed, from which on readers are not let wait for all of it
_SURE = 0.9  # of the glossary's answering: above it, a model that says it does not is not believed


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
        self._writers: dict[str, Writer] = {"quote": QuoteWriter()}

    @classmethod
    def open(
        cls,
        settings: Settings,
        progress: Progress | None = None,
        *,
        rebuild: bool = False,
        early: "Callable[[Assistant], object] | None" = None,
    ) -> "Assistant":
        """Reads the glossary, brings its index up to date, and is ready to answer.

        Where sentences have to be embedded, ``early`` is given an assistant that answers by words,
        names and the fast embedder, as soon as that has read them.

        Raises:
            KnowledgeError: the glossary, the embedder or the index is not to be had.
            SettingsError: the writer set is ``explain`` and no chat model is set up.
        """
        glossary = Glossary.read(settings.glossary)
        key = settings.embedding_api_key or settings.openai_api_key
        embedders = make_embedders(
            settings.embedding_model,
            base_url=settings.embedding_base_url or settings.openai_base_url,
            api_key=key.get_secret_value() if key else None,
        )
        store = settings.store
        home = store.home(glossary.path)
        lexicon: Lexicon | None = None
        indexes: list[Index] = []
        report = None
        for embedder in reversed(embedders):  # the fast one first
            index, report = open_index(store, glossary, embedder, progress, rebuild=rebuild)
            indexes.insert(0, index)
            lexicon = lexicon or Lexicon.open(home, glossary.entries)
            if early and len(indexes) < len(embedders) and report.embedded >= _MANY:
                classifier = Classifier(embedders[-len(indexes) :])
                early(cls(Retriever(glossary, indexes, classifier, lexicon), settings, report))
        forget_others(store, glossary, embedders)
        classifier = Classifier(bundled_embedders())
        assistant = cls(Retriever(glossary, indexes, classifier, lexicon), settings, report)
        if assistant.writer().name == "explain":  # what it takes to begin is paid for now
            for language in glossary.languages:
                assistant.grounder((), language)
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
    def linker(self) -> Linker:
        """Finds the glossary's terms in a text."""
        return Linker(self.glossary)

    def ask(  # noqa: PLR0913  (what a reader may choose)
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        language: str | None = None,
        writer: str | None = None,
        length: Length | None = None,
        level: Level | None = None,
        category: str | None = None,
    ) -> Answer:
        """The whole answer; arguments and errors are those of ``stream``."""
        events = self.stream(
            question,
            history,
            language=language,
            writer=writer,
            length=length,
            level=level,
            category=category,
        )
        for event in events:
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("an answer always ends with Done")

    def stream(  # noqa: PLR0913  (what a reader may choose)
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        language: str | None = None,
        writer: str | None = None,
        length: Length | None = None,
        level: Level | None = None,
        category: str | None = None,
    ) -> Iterator[Event]:
        """The answer as it comes.

        ``Found``, then ``Began``, its ``Lead``, ``Cited`` and ``Text``, and ``Done`` last. Where
        the chat model fails, or nothing of what it writes can be shown, ``Began`` comes again: the
        glossary is quoted instead.

        Args:
            question: as typed.
            history: the conversation's answers so far, oldest first.
            language: the language to answer in; by default the question's.
            writer: ``quote`` or ``explain``; by default the one set.
            length: how long the answer is to be, unless the question says it; by default as set.
            level: for whom, unless the question says it; by default as set.
            category: the category to keep to, as any language names it; by default all.

        Raises:
            QuestionError: there is no question to answer.
            SettingsError: there is no such category, or no chat model for ``explain``.
            KnowledgeError: the question cannot be embedded, or the index not searched.
        """
        clock = Clock()
        writing = self.writer(writer)
        within = scope(category, self.glossary)
        asked = self._understood(question, history, language, length, level)
        if category and within:
            asked = asked.kept_to(category, within)
        clock.lap("understand")
        if asked.chat:
            yield Done(voice.chat(asked, self.glossary, clock))
            return
        evidence = tuple(search(ask, self.retriever, asked.language, within) for ask in asked.asks)
        clock.lap("retrieve")
        yield Found(asked.understood, asked.language, tuple(map(self._trace, evidence)))
        answer = voice.unanswered(asked, evidence, writing.name)
        if any(each.answerable for each in evidence):
            answer = yield from self._written(writing, asked, evidence, answer, clock)
        if not answer.sentences:
            told = any(each.answerable for each in evidence) and asked.told
            answer = replace(answer, text=voice.abstention(answer, all_told=bool(told)))
        yield Done(replace(answer, timings_ms=clock.all()))

    def _trace(self, evidence: Evidence) -> Trace:
        found = (self.glossary.get(i, evidence.language) for i in evidence.named)
        return Trace.of(evidence, {entry.id: entry.term for entry in found if entry})

    def _understood(
        self,
        text: str,
        history: Sequence[Answer],
        language: str | None,
        length: Length | None,
        level: Level | None,
    ) -> Question:
        """What is asked; where the rules cannot tell, in the words of a chat model, if there is."""

        def read(text: str) -> Question:
            return understand(
                text,
                self.retriever,
                history,
                language=language,
                length=length or self.settings.length,
                level=level or self.settings.level,
            )

        question = read(text)
        lost = not question.chat and not any(ask.focus for ask in question.asks)
        if not (lost and history and self.settings.has_chat_model):
            return question
        from assistant.rewriter import Rewriter  # noqa: PLC0415  (slow to import)

        with suppress(WriterError):
            if rewritten := Rewriter(self.chat).standalone(question.asked, history):
                return replace(read(rewritten), asked=question.asked, reworded=True)
        return question

    def grounder(self, passages: Sequence[Passage], language: str) -> Grounder:
        """What checks sentences in a language against some passages."""
        terms = self.glossary.terms(language)
        return Grounder(passages, self.retriever.indexes[0].embedder, language, terms)

    def _written(
        self,
        writer: Writer,
        question: Question,
        evidence: Sequence[Evidence],
        answer: Answer,
        clock: Clock,
    ) -> Generator[Event, None, Answer]:
        """What a writer writes; if it fails or nothing of it can be shown, what is quoted."""
        yield Began(writer.name)
        found = yield from self._write(writer, question, evidence, answer, clock)
        # What asks for nothing but terms that it names is in the glossary, whatever a model says.
        sure = any(e.whole or e.confidence >= _SURE for e in evidence)
        void = not found.sentences and (found.withheld or sure)
        if found.notice is None and not void:
            return found
        answer = replace(answer, notice=found.notice, usage=found.usage, prompt=found.prompt)
        if found.notice is None:  # what was written before it failed was void in any case
            answer = replace(answer, withheld=found.withheld)
        quoting = self.writer("quote")
        yield Began(quoting.name, found.notice)
        return (yield from self._write(quoting, question, evidence, answer, clock))

    def _write(
        self,
        writer: Writer,
        question: Question,
        evidence: Sequence[Evidence],
        answer: Answer,
        clock: Clock,
    ) -> Generator[Event, None, Answer]:
        """Grounds each sentence as it is written, and lets through what is borne out."""
        grounder = self.grounder(given(question, evidence), question.language)
        mark = self.settings.unsupported == "mark"
        composed = Composition(question, evidence, grounder, self._judge(), mark=mark)
        if writer.name == "explain":
            threading.Thread(target=grounder.prepare, daemon=True).start()
        try:
            for item in writer.write(question, evidence):
                clock.lap("write")
                yield from composed.add(item)
                clock.lap("ground")
        except WriterError as error:
            answer = replace(answer, notice=Notice(error.kind, str(error)))
        if composed.sentences:
            yield from composed.add_missing()
        clock.lap("write")
        entry_id = composed.first_cited
        entry = self.glossary.get(entry_id, question.language) if entry_id else None
        return replace(
            composed.finish(answer),
            writer=writer.name,
            model=writer.model,
            prompt=writer.prompt(question, evidence) or answer.prompt,
            follow_ups=voice.follow_ups(question, entry, self.glossary),
        )

    def _judge(self) -> "Judge | None":
        """The second judge, if one is wanted and can be had."""
        if not (self.settings.judge and self.settings.has_chat_model):
            return None
        from assistant.judge import Judge  # noqa: PLC0415  (slow to import)

        return Judge(self.chat)
