"""The glossary for language models of other programs, by the Model Context Protocol (MCP).

What a tool says of the glossary is quoted to the letter, with the place where it stands.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode, urljoin

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from assistant import AssistantError, LimitError, QuestionError, SettingsError
from assistant.answer import Allowance, Answer, Citation
from assistant.assistant import Assistant
from assistant.retrieval import scored, sentences
from knowledge import KnowledgeError
from knowledge.entry import Entry, Sentence
from knowledge.language.text import detect

_MOST, _NEAREST = 50, 3  # sentences of a search; terms that come nearest
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_LANGUAGE = "Language to answer in, such as en or ar; by default that of the question."
_INSTRUCTIONS = (
    "A glossary. Use `define` for one term, `search_terms` to find sentences on a topic, and `ask`"
    " for a question. Quotes are the glossary's exact words: cite their address. Where `found` is"
    " false the glossary does not say it: tell the user so, do not fill the gap from memory."
)


class Near(BaseModel):
    """An entry."""

    entry_id: str
    term: str
    language: str
    address: str = Field(description="of its page")


class Quote(Near):
    """Words of an entry: ``text`` is its section from ``start`` to ``end``."""

    marker: int
    text: str
    section: str
    start: int
    end: int


class Reply(BaseModel):
    """What the glossary says, and whether it says what was asked."""

    found: bool
    text: str = Field(description="the whole reply; [1] is the marker of a quote")
    quotes: list[Quote] = []
    nearest: list[Near] = []

    def result(self) -> CallToolResult:
        """The reply for the eye, and as it is."""
        cited = [f"[{q.marker}] {q.term} ({q.section}): {q.address}" for q in self.quotes]
        near = [f"- {each.term}: {each.address}" for each in self.nearest]
        near[:0] = ["Nearest terms:"] * bool(near)
        text = "\n\n".join(filter(None, (self.text, "\n".join(cited), "\n".join(near))))
        content = [TextContent(type="text", text=text)]
        return CallToolResult(content=[*content], structured_content=self.model_dump())


Told: TypeAlias = Annotated[CallToolResult, Reply]


@dataclass(frozen=True)
class Host:
    """What the tools are given by the process that they are in."""

    assistant: Callable[[], Assistant]
    address: str
    """Of the pages."""
    unanswered: Callable[[Answer], object]
    """Is given each answer, to count those that the glossary lacks."""
    admit: Callable[[], AbstractContextManager[Allowance]]
    """Lets a question in, or raises LimitError."""
    failure: Callable[[Exception], str]
    """What of a failure is told."""


def server(host: Host) -> MCPServer[Any]:
    """A server with the tools."""
    made = MCPServer[Any](
        "masrad",
        title="Masrad",
        instructions=_INSTRUCTIONS,
        version=version("masrad"),
        log_level="WARNING",
    )
    tools = _Tools(host)
    for tool in (tools.search_terms, tools.define, tools.ask):
        made.add_tool(tool, annotations=_READS)
    return made


class _Tools:
    """The tools. What they take and give is described to the models by their signatures."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def search_terms(
        self,
        query: Annotated[str, Field(description="Words or a question, in any language.")],
        language: Annotated[str | None, Field(description=_LANGUAGE)] = None,
        limit: Annotated[int, Field(ge=1, le=_MOST, description="Sentences, at most.")] = 8,
    ) -> Told:
        """Find sentences of the glossary on a topic, best first."""
        retriever = self._assistant().retriever
        with self._telling():
            evidence = sentences(query, retriever, language)
        best = (found.sentence for found, _ in scored(evidence, limit))
        quotes = [self._quote(n, s, s.section, s.start, s.text) for n, s in enumerate(best, 1)]
        text = "\n".join(f"“{quote.text}” [{quote.marker}]" for quote in quotes)
        if evidence.answerable:
            return Reply(found=True, text=text, quotes=quotes).result()
        text = f"The glossary does not say what “{query}” asks for. What comes nearest:\n{text}"
        near = self._near(found.entry for found in evidence.entries[:_NEAREST])
        return Reply(found=False, text=text, quotes=quotes, nearest=near).result()

    def define(
        self,
        term: Annotated[str, Field(description="A term, another name of it, or an entry's id.")],
        language: Annotated[str | None, Field(description=_LANGUAGE)] = None,
    ) -> Told:
        """Give the whole entry of one term, word for word."""
        glossary = self._assistant().glossary
        spoken = language or detect(term, glossary.languages) or glossary.languages[0]
        entry_id = glossary.id_of(term)
        if entry_id is None:  # it may be misspelt, or named in other words
            answer = self._answer(term, language, "quote")
            if answer.status != "answered" or not answer.focus:
                text = f"The glossary has no entry for “{term}”."
                return Reply(found=False, text=text, nearest=self._nearest(answer)).result()
            entry_id = answer.focus[0]
        entry = glossary.get(entry_id, spoken)
        assert entry is not None  # noqa: S101  (there is one of this id)
        quotes = [self._quote(n, entry, s.name, 0, s.text) for n, s in enumerate(entry.sections, 1)]
        text = "\n\n".join(f"{quote.text} [{quote.marker}]" for quote in quotes)
        return Reply(found=True, text=f"{entry.term}\n\n{text}", quotes=quotes).result()

    def ask(
        self,
        question: Annotated[str, Field(description="One question, in any language.")],
        language: Annotated[str | None, Field(description=_LANGUAGE)] = None,
    ) -> Told:
        """Answer a question from the glossary alone; every sentence rests on a quote."""
        answer = self._answer(question, language)
        quotes = [self._quote(c.marker, c, c.section, c.start, c.quote) for c in answer.citations]
        found, near = answer.status != "not_in_glossary", self._nearest(answer)
        return Reply(found=found, text=answer.text, quotes=quotes, nearest=near).result()

    def _assistant(self) -> Assistant:
        with self._telling():
            return self._host.assistant()

    def _answer(self, question: str, language: str | None, writer: str | None = None) -> Answer:
        assistant = self._assistant()
        with self._telling(), self._host.admit() as allowance:
            answer = assistant.ask(question, language=language, writer=writer, allowance=allowance)
        self._host.unanswered(answer)
        return answer

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (QuestionError, SettingsError, LimitError) as error:
            raise ToolError(str(error)) from error
        except (KnowledgeError, AssistantError) as error:
            raise ToolError(self._host.failure(error)) from error

    def _quote(
        self, marker: int, of: Entry | Sentence | Citation, section: str, start: int, text: str
    ) -> Quote:
        place = {"section": section, "start": start, "end": start + len(text)}
        return Quote(**self._named(of), **place, marker=marker, text=text)

    def _nearest(self, answer: Answer) -> list[Near]:
        glossary = self._assistant().glossary
        found = (glossary.get(each.entry_id, answer.language) for each in answer.nearest)
        return self._near(filter(None, found))

    def _near(self, entries: Iterable[Entry]) -> list[Near]:
        return [Near(**self._named(entry)) for entry in entries]

    def _named(self, of: Entry | Sentence | Citation) -> dict[str, Any]:
        entry_id = of.id if isinstance(of, Entry) else of.entry_id
        place = urlencode({"id": entry_id, "lang": of.language})
        address = urljoin(self._host.address, f"term?{place}")
        return {"entry_id": entry_id, "term": of.term, "language": of.language, "address": address}
