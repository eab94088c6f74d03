"""The assistant: a question in, a grounded answer out, event by event."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from assistant import SettingsError
from assistant.answer import (
    Answer,
    Citation,
    Cited,
    Done,
    Event,
    Found,
    Nearest,
    Sentence,
    Text,
    joined,
)
from assistant.grounding import Quote, ground
from assistant.phrases import phrases
from assistant.question import Question, understand
from assistant.settings import Settings
from assistant.writers import GIVEN, Writer
from assistant.writers.quote import QuoteWriter
from knowledge.embeddings import make_embedder
from knowledge.glossary import Glossary
from knowledge.index import Progress, SyncReport, open_index
from knowledge.lexicon import Lexicon
from knowledge.retrieval import Evidence, Retriever

_NEAREST = 3
_FOLLOW_UPS = 3


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
        cls, settings: Settings, progress: Progress | None = None, *, rebuild: bool = False
    ) -> "Assistant":
        """Reads the glossary, brings its index up to date, and is ready to answer.

        Raises:
            KnowledgeError: the glossary, the embedder or the index is not to be had.
            SettingsError: the writer set is ``explain`` and no chat model is set up.
        """
        glossary = Glossary.read(settings.glossary)
        key = settings.embedding_api_key or settings.openai_api_key
        embedder = make_embedder(
            settings.embedding_model,
            base_url=settings.embedding_base_url or settings.openai_base_url,
            api_key=key.get_secret_value() if key else None,
        )
        index, report = open_index(settings.store, glossary, embedder, progress, rebuild=rebuild)
        lexicon = Lexicon.open(settings.store.home(glossary.path), glossary.entries)
        assistant = cls(Retriever(glossary, index, embedder, lexicon), settings, report)
        assistant.writer()  # what it imports is paid for now, not by the first question
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

            self._writers[name] = ExplainWriter(self.settings)
        return self._writers[name]

    def ask(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        language: str | None = None,
        writer: str | None = None,
    ) -> Answer:
        """The whole answer; arguments and errors are those of ``stream``."""
        for event in self.stream(question, history, language=language, writer=writer):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("an answer always ends with Done")

    def stream(
        self,
        question: str,
        history: Sequence[Answer] = (),
        *,
        language: str | None = None,
        writer: str | None = None,
    ) -> Iterator[Event]:
        """The answer as it comes: ``Found``, then each ``Cited`` and ``Text``, and ``Done`` last.

        Args:
            question: as typed.
            history: the conversation's answers so far, oldest first.
            language: the language to answer in; by default the question's.
            writer: ``quote`` or ``explain``; by default the one set.

        Raises:
            QuestionError: there is no question to answer.
            WriterError: the chat model fails; what was streamed before stands.
            SettingsError: ``explain`` is asked for and no chat model is set up.
            KnowledgeError: the question cannot be embedded, or the index not searched.
        """
        clock = _Clock()
        writing = self.writer(writer)
        names = self.retriever.names
        asked = understand(question, self.glossary, names, history, language=language)
        clock.lap("understand")
        if asked.small_talk:
            yield Done(self._small_talk(asked, clock))
            return
        evidence = self.retriever.retrieve(asked.understood, asked.spoken, language=asked.language)
        clock.lap("retrieve")
        yield Found(asked.understood, asked.language, evidence)
        answer = self._blank(asked, evidence, writing.name)
        if evidence.answerable:
            writers = [writing] if writing.name == "quote" else [writing, self.writer("quote")]
            for each in writers:  # the second answers if nothing of the first's can be shown
                answer = yield from self._write(each, asked, evidence, answer, clock)
                if answer.sentences or not answer.withheld:
                    break
        if not answer.sentences:
            answer = replace(answer, text=self._abstention(answer))
        yield Done(replace(answer, timings_ms=clock.all()))

    def _write(
        self,
        writer: Writer,
        question: Question,
        evidence: Evidence,
        answer: Answer,
        clock: "_Clock",
    ) -> Generator[Event, None, Answer]:
        """Grounds each sentence as it is written, and lets through what is borne out."""
        given = [hit.passage for hit in evidence.hits[:GIVEN]]
        citations: dict[tuple[str, int, int], Citation] = {}
        written: list[Sentence] = []
        withheld = 0
        for draft in writer.write(question, evidence):
            clock.lap("write")
            support, quotes = ground(draft, question.language, given, self.retriever.embedder)
            clock.lap("ground")
            if support == "unsupported":
                withheld += 1
                continue
            markers = []
            for quote in quotes:
                key = (quote.passage.id, *quote.span)
                if key not in citations:
                    citations[key] = _citation(len(citations) + 1, quote)
                    yield Cited(citations[key])
                markers.append(citations[key].marker)
            written.append(Sentence(draft.text, tuple(markers), support))
            yield Text(written[-1])
        clock.lap("write")
        return replace(
            answer,
            writer=writer.name,
            status="answered" if written else answer.status,
            text=joined(tuple(written)),
            sentences=tuple(written),
            citations=tuple(citations.values()),
            model=writer.model,
            nearest=() if written else answer.nearest,
            follow_ups=self._follow_ups(question, next(iter(citations.values()), None)),
            withheld=answer.withheld + withheld,
        )

    def _blank(self, question: Question, evidence: Evidence, writer: str) -> Answer:
        """An answer with nothing said yet: what it stays if the glossary does not answer."""
        return Answer(
            question=question.asked,
            understood=question.understood,
            language=question.language,
            status="not_in_glossary",
            confidence=round(evidence.confidence, 4),
            writer=writer,
            text="",
            nearest=tuple(
                Nearest(entry.id, entry.term, round(score, 4))
                for entry, score in evidence.entries[:_NEAREST]
            ),
        )

    def _abstention(self, answer: Answer) -> str:
        words = phrases(answer.language)
        terms = words.list_comma.join(near.term for near in answer.nearest)
        return " ".join(
            filter(None, (words.not_in_glossary, terms and words.nearest.format(terms=terms)))
        )

    def _small_talk(self, question: Question, clock: "_Clock") -> Answer:
        entry = self.glossary.get(self.glossary.ids[0], question.language)
        reply = phrases(question.language).replies[question.small_talk or "greeting"]
        return Answer(
            question=question.asked,
            understood=question.understood,
            language=question.language,
            status="chat",
            confidence=0.0,
            writer="quote",
            text=reply.format(term=entry.term if entry else ""),
            timings_ms=clock.all(),
        )

    def _follow_ups(self, question: Question, cited: Citation | None) -> tuple[str, ...]:
        """Questions worth asking next, that the glossary answers."""
        entry = self.glossary.get(cited.entry_id, question.language) if cited else None
        if entry is None:
            return ()
        words = phrases(question.language).follow_ups
        related = self.glossary.related(entry)
        offers = []
        if entry.example and question.kind != "example":
            offers.append(words["example"].format(term=entry.term))
        if entry.text("how") and question.kind not in ("how", "define"):
            offers.append(words["how"].format(term=entry.term))
        if related and question.kind != "compare":
            offers.append(words["compare"].format(term=entry.term, other=related[0].term))
        offers += [words["what"].format(term=other.term) for other in related[1:]]
        return tuple(offers[:_FOLLOW_UPS])


def _citation(marker: int, quote: Quote) -> Citation:
    passage = quote.passage
    return Citation(
        marker=marker,
        entry_id=passage.entry_id,
        term=passage.term,
        language=passage.language,
        section=passage.section,
        quote=quote.text,
        start=passage.start + quote.span.start,
        end=passage.start + quote.span.end,
    )


class _Clock:
    """Milliseconds of each step; laps of one step add up."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps = dict.fromkeys(("understand", "retrieve", "write", "ground"), 0.0)

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self._laps[step] += now - self._last
        self._last = now

    def all(self) -> dict[str, float]:
        total = time.perf_counter() - self._start
        return {k: round(v * 1000, 2) for k, v in {**self._laps, "total": total}.items()}
