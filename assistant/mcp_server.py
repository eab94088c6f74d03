"""The glossary for language models of other programs, by the Model Context Protocol (MCP).

What a tool says of the glossary is quoted to the letter, with the place where it stands.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any
from urllib.parse import urlencode, urljoin

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from assistant import AssistantError, LimitError, QuestionError, SettingsError
from assistant.answer import Allowance, Answer, Citation
from assistant.assistant import Assistant
from assistant.retrieval import scored, sentences
from knowledge import KnowledgeError
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
    """Words of an entry: ``quote`` is its section from ``start`` to ``end``."""

    marker: int
    quote: str
    section: str
    start: int
    end: int


class Reply(BaseModel):
    """What the glossary says, and whether it says what was asked."""

    found: bool
    text: str = Field(description="the whole reply; [1] is the marker of a quote")
    quotes: list[Quote] = []
    nearest: list[Near] = []


@dataclass(frozen=True)
class Tools:
    """The tools. What they take and give is described to the models by their signatures."""

    assistant: Callable[[], Assistant]
    address: str
    """Of the pages."""
    unanswered: Callable[[Answer], object]
    """Is given each answer, to count those that the glossary lacks."""
    admit: Callable[[], AbstractContextManager[Allowance]]
    """Lets a question in, or raises LimitError."""
    failure: Callable[[Exception], str]
    """What of a failure is told."""

    def server(self) -> MCPServer[Any]:
        """A server with them."""
        made = MCPServer[Any](
            "masrad",
            title="Masrad",
            instructions=_INSTRUCTIONS,
            version=version("masrad"),
            log_level="WARNING",
        )
        for tool in (self.search_terms, self.define, self.ask):
            made.add_tool(self._telling(tool), annotations=_READS)
        return made

    def _telling(self, tool: Callable[..., Reply]) -> Callable[..., Reply]:
        @wraps(tool)
        def told(*given: object, **named: object) -> Reply:
            try:
                return tool(*given, **named)
            except (QuestionError, SettingsError, LimitError) as error:
                raise ToolError(str(error)) from error
            except (KnowledgeError, AssistantError) as error:
                raise ToolError(self.failure(error)) from error

        return told

    def search_terms(
        self,
        query: Annotated[str, Field(description="Words or a question, in any language.")],
        language: Annotated[str | None, Field(description=_LANGUAGE)] = None,
        limit: Annotated[int, Field(ge=1, le=_MOST, description="Sentences, at most.")] = 8,
    ) -> Reply:
        """Find sentences of the glossary on a topic, best first."""
        evidence = sentences(query, self.assistant().retriever, language)
        best = enumerate(scored(evidence, limit), 1)
        quotes = self._quotes(Citation.of(found.sentence, n) for n, (found, _) in best)
        text = "\n".join(f"“{each.quote}” [{each.marker}]" for each in quotes)
        if evidence.answerable:
            return Reply(found=True, text=text, quotes=quotes)
        text = f"The glossary does not say what “{query}” asks for. What comes nearest:\n{text}"
        entries = (found.entry for found in evidence.entries[:_NEAREST])
        near = [self._near(each.id, each.term, each.language) for each in entries]
        return Reply(found=False, text=text, quotes=quotes, nearest=near)

    def define(
        self,
        term: Annotated[str, Field(description="A term, another name of it, or an entry's id.")],
        language: Annotated[str | None, Field(description=_LANGUAGE)] = None,
    ) -> Reply:
        """Give the whole entry of one term, word for word."""
        glossary = self.assistant().glossary
        spoken = language or detect(term, glossary.languages) or glossary.languages[0]
        entry_id = glossary.id_of(term)
        if entry_id is None:  # it may be misspelt, or named in other words
            answer = self._answer(term, language, "quote")
            if answer.status != "answered" or not answer.focus:
                text = f"The glossary has no entry for “{term}”."
                return Reply(found=False, text=text, nearest=self._nearest(answer))
            entry_id = answer.focus[0]
        entry = glossary.get(entry_id, spoken)
        assert entry is not None  # noqa: S101  (there is one of this id)
        about = entry.id, entry.term, entry.language
        quotes = self._quotes(
            Citation(n, *about, section.name, section.text, 0, len(section.text))
            for n, section in enumerate(entry.sections, 1)
        )
        text = "\n\n".join(f"{each.quote} [{each.marker}]" for each in quotes)
        return Reply(found=True, text=f"{entry.term}\n\n{text}", quotes=quotes)

    def ask(
        self,
        question: Annotated[str, Field(description="One question, in any language.")],
        language: Annotated[str | None, Field(description=_LANGUAGE)] = None,
    ) -> Reply:
        """Answer a question from the glossary alone; every sentence rests on a quote."""
        answer = self._answer(question, language)
        quotes = self._quotes(answer.citations)
        found, near = answer.status != "not_in_glossary", self._nearest(answer)
        return Reply(found=found, text=answer.text, quotes=quotes, nearest=near)

    def _answer(self, question: str, language: str | None, writer: str | None = None) -> Answer:
        assistant = self.assistant()
        with self.admit() as allowance:
            answer = assistant.ask(question, language=language, writer=writer, allowance=allowance)
        self.unanswered(answer)
        return answer

    def _quotes(self, citations: Iterable[Citation]) -> list[Quote]:
        return [Quote(**asdict(c), address=self._page(c.entry_id, c.language)) for c in citations]

    def _nearest(self, answer: Answer) -> list[Near]:
        return [self._near(n.entry_id, n.term, answer.language) for n in answer.nearest]

    def _near(self, entry_id: str, term: str, language: str) -> Near:
        address = self._page(entry_id, language)
        return Near(entry_id=entry_id, term=term, language=language, address=address)

    def _page(self, entry_id: str, language: str) -> str:
        return urljoin(self.address, f"term?{urlencode({'id': entry_id, 'lang': language})}")
