"""REST: the glossary and its answers for programs, and what the interface says of itself.

``assistant.answer`` has the shape of an answer, which is that of the command line.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib.metadata import version
from math import ceil
from typing import Annotated, Any, Literal

from fastapi import Body, Depends, FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, PlainSerializer
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import Response

from assistant import AssistantError, GivenUpError, LimitError, NoConversationError
from assistant.answer import Answer
from assistant.conversations.conversation import Conversation, Thumb
from assistant.people import Person
from assistant.question import MOST_CHARACTERS, checked
from assistant.retrieval import hits, sentences
from knowledge import KnowledgeError
from knowledge.catalogue import Catalogue
from knowledge.entry import Entry, Source
from knowledge.language.text import base, detect
from ui import addresses, document, identity, problems, shared, templates
from ui.answer_thread import AnswerThread, Record

_HISTORY = 30  # turns of a conversation that a question may refer to
_MOST_LINKED = 200_000  # characters of all texts of a page
_NOBODY = "Conversations are somebody's: send a token (Authorization: Bearer …)."


class Failure(BaseModel):
    """What went wrong, in a sentence."""

    error: str


class Term(BaseModel):
    """An entry as it is listed."""

    id: str
    term: str
    language: str
    category: str
    summary: str
    address: str


class Part(BaseModel, from_attributes=True):
    """A section of an entry."""

    name: str
    heading: str
    text: str


class Version(Term):
    """An entry in one language."""

    aliases: tuple[str, ...]
    sections: tuple[Part, ...]
    related: tuple[str, ...]
    sources: tuple[Source, ...]
    updated: date | None


class Hit(BaseModel):
    """A sentence that was found."""

    entry_id: str
    term: str
    language: str
    section: str
    text: str
    score: float
    parts: dict[str, float]


class Hits(BaseModel):
    """The sentences for a query, best first, and how likely it is that they answer."""

    query: str
    confidence: float
    hits: list[Hit]


class Ask(BaseModel):
    """A question, and how it is to be answered."""

    question: str = Field(max_length=MOST_CHARACTERS)
    language: str | None = Field(None, description="To answer in; by default the question's.")
    writer: Literal["quote", "explain"] | None = None
    conversation: str | None = Field(
        None, description="The id of one of yours to go on with; `new` begins one."
    )


@dataclass(frozen=True)
class Answered(Answer):
    """An answer, and where it is kept, if it is."""

    conversation: str = ""
    turn: str = ""


class Kept(BaseModel, from_attributes=True):
    """A conversation."""

    id: str
    title: str
    created_at: datetime
    changed_at: datetime
    length: int


def _told(answer: Answer) -> dict[str, Any]:
    """An answer as JSON; of what failed, the kind, for its sentence is for the owner."""
    told = answer.as_json()
    if told["notice"]:
        told["notice"]["message"] = told["notice"]["kind"]
    return told


class KeptTurn(BaseModel, from_attributes=True):
    """A question of a conversation, and its answer."""

    id: str
    asked_at: datetime
    answer: Annotated[Answer, PlainSerializer(_told)]


class Conversed(Kept):
    """A conversation with its turns."""

    turns: list[KeptTurn]


class Passage(BaseModel):
    """A text of a page, in a language."""

    text: str
    language: str = ""


class Link(BaseModel):
    """The characters of a text, counted as Unicode has them, that name an entry."""

    text: int
    start: int
    end: int
    entry: Term


def _asker(request: Request) -> Person:
    """Who asks. A cookie counts only for reading: a browser sends it with what others wrote."""
    if request.method == "GET" or "authorization" in request.headers:
        return identity.of(request)
    return Person("")


def _somebody(asker: Annotated[Person, Depends(_asker)]) -> str:
    """Whose conversations are asked for."""
    if not asker.reader:
        raise HTTPException(401, _NOBODY, identity.CHALLENGE)
    return asker.reader


Asker = Annotated[Person, Depends(_asker)]
Reader = Annotated[str, Depends(_somebody)]
Language = Annotated[str | None, Query(description="Such as en or ar.")]
Typed = Annotated[str, Query(max_length=MOST_CHARACTERS, description="As one types it.")]
app = FastAPI(
    title="Masrad",
    version=version("masrad"),
    description="A glossary, and answers that rest on its exact words.",
    docs_url=None,
    redoc_url=None,
    separate_input_output_schemas=False,
    dependencies=[Depends(_asker)],
    responses={status: {"model": Failure} for status in (400, 401, 404, 413, 422, 429, 503)},
)
"""The interface."""


@app.get("/terms")
def list_terms(
    request: Request,
    *,
    language: Language = None,
    q: Typed = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> list[Term]:
    """List the entries: in alphabetical order, or those for `q` with the best first."""
    assistant = shared.assistant_at_once()
    glossary = assistant.glossary
    if q.strip():
        listed = language or detect(q, glossary.languages) or ""
        found = Catalogue(glossary, listed).found(q, assistant.retriever)[0]
    else:
        tags = (t for t in glossary.languages if not language or base(t) == base(language))
        found = tuple(entry for tag in tags for entry in glossary.ordered(tag))
    shown = found[offset : offset + limit]
    return [Term.model_validate(_listed(each, request)) for each in shown]


@app.get("/terms/{entry_id}")
def read_term(request: Request, entry_id: str) -> list[Version]:
    """Read an entry in all of its languages, with its sections and sources."""
    glossary = shared.assistant_at_once().glossary
    found = glossary.versions(entry_id)
    if not found:
        raise HTTPException(404, "The glossary has no entry with this id: GET /terms lists them.")
    return [
        Version.model_validate(
            {**_listed(each, request), "related": [e.id for e in glossary.related(each)]}
        )
        for each in found
    ]


@app.get("/search")
def search(
    q: Typed,
    language: Language = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 8,
) -> Hits:
    """Find the sentences that answer a query, best first."""
    retriever = shared.assistant_at_once().retriever
    return Hits(**hits(sentences(checked(q), retriever, language), limit))


@app.post(
    "/ask",
    response_model=Answered,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def ask(request: Request, asker: Asker, body: Ask) -> Response:
    """Answer a question.

    With `Accept: text/event-stream` as events: `draft`, its sentences and citations as far as
    they have come, whenever there is more; `answer`, the whole; or `error`.
    """
    thread = await run_in_threadpool(_begin, asker, body)
    if "text/event-stream" in request.headers.get("accept", ""):
        unbuffered = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx's
        return StreamingResponse(_events(thread), 200, unbuffered, "text/event-stream")
    async for _ in iterate_in_threadpool(iter(thread)):
        if await request.is_disconnected():
            thread.stop()
    return JSONResponse(_answered(thread))


@app.get("/conversations")
def list_conversations(
    reader: Reader, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[Kept]:
    """List one's own conversations, that which was changed last first."""
    found = shared.conversations().list(limit=limit, reader=reader)
    return [Kept.model_validate(each) for each in found]


@app.get("/conversations/{conversation_id}")
def read_conversation(reader: Reader, conversation_id: str) -> Conversed:
    """Read a conversation of one's own."""
    return Conversed.model_validate(_own(conversation_id, reader, None))


@app.post("/turns/{turn_id}/feedback", status_code=204)
def rate(
    reader: Reader,
    turn_id: str,
    thumb: Annotated[Thumb, Body(description="1 for up, -1 for down, 0 for none.")],
    comment: Annotated[str | None, Body(max_length=MOST_CHARACTERS)] = None,
) -> None:
    """Say what one thinks of an answer in a conversation of one's own."""
    shared.conversations().rate(turn_id, thumb, comment, reader=reader)


@app.post("/links")
def link(
    request: Request, texts: Annotated[list[Passage], Body(embed=True, max_length=5_000)]
) -> list[Link]:
    """Find the first place of each entry that the texts of a page name. Nothing is kept."""
    if sum(len(each.text) for each in texts) > _MOST_LINKED:
        raise HTTPException(422, f"The texts have over {_MOST_LINKED:,} characters: send fewer.")
    assistant, found = shared.assistant_at_once(), list[Link]()
    languages, seen = assistant.glossary.languages, set[str]()
    for n, each in enumerate(texts):
        known = next((tag for tag in languages if base(tag) == base(each.language)), "")
        language = known or detect(each.text, languages) or languages[0]
        for entry_id, span in assistant.linker.find(each.text, language, seen):
            seen.add(entry_id)
            if entry := assistant.glossary.get(entry_id, language):
                place = {"text": n, "start": span.start, "end": span.end}
                found.append(Link.model_validate({**place, "entry": _listed(entry, request)}))
    return found


@app.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def docs(request: Request) -> str:
    """What can be asked, as a page."""
    return templates.render("api", "en", schema=request.app.openapi(), style=document.style())


@app.exception_handler(AnyHTTPException)
@app.exception_handler(RequestValidationError)
@app.exception_handler(KnowledgeError)
@app.exception_handler(AssistantError)
@app.exception_handler(Exception)
async def _failed(_request: Request, error: Exception) -> Response:
    """What is wrong with a request, where, and when to ask again; or what failed."""
    headers: Mapping[str, str] | None = None
    match error:
        case AnyHTTPException():
            status, said, headers = error.status_code, error.detail, error.headers
        case RequestValidationError():
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"][1:])) or first["loc"][0]
            status, said = 422, f"{place}: {first['msg']}."
        case KnowledgeError() | AssistantError():
            status, said = problems.for_programs(error)
            if isinstance(error, LimitError):
                headers = {"Retry-After": str(ceil(error.retry_after))}
        case _:
            status, said = 500, problems.logged(error, "en")
    return JSONResponse({"error": said}, status, headers)


def _begin(asker: Person, body: Ask) -> AnswerThread:
    """Begins an answer; its question is kept before it, where there is a conversation."""
    assistant = shared.assistant_at_once()
    assistant.writer(body.writer)
    checked(body.question)
    languages = assistant.glossary.languages
    language = body.language or detect(body.question, languages) or languages[0]
    reader = _somebody(asker) if body.conversation else ""
    there = "" if body.conversation == "new" else body.conversation or ""
    history = _own(there, reader, _HISTORY).answers if there else ()
    with ExitStack() as place:  # it is left by the thread, or here if that cannot begin
        allowance = place.enter_context(shared.admit(asker.reader))
        record, store = None, shared.conversations
        if reader:
            turn = store().ask(body.question, language, there, reader=reader)
            record = Record(store(), turn, reader)
        chosen = body.model_dump(include={"language", "writer"})
        ask = partial(assistant.stream, body.question, history, allowance=allowance, **chosen)
        return AnswerThread(body.question, language, ask, record, place.pop_all())


async def _events(thread: AnswerThread) -> AsyncIterator[str]:
    """An answer as server-sent events; once nobody listens, it is given up."""
    try:
        async for draft in iterate_in_threadpool(iter(thread)):
            if draft:
                yield _event("draft", _told(draft))
        yield _event("answer", _answered(thread))
    except (KnowledgeError, AssistantError) as error:
        yield _event("error", {"error": problems.for_programs(error)[1]})
    finally:
        thread.stop()


def _event(name: str, values: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(values, ensure_ascii=False)}\n\n"


def _answered(thread: AnswerThread) -> dict[str, Any]:
    if thread.answer is None:
        raise GivenUpError("The answer was given up: ask again.")
    turn = thread.record.turn if thread.record and not thread.record.failure else None
    if turn is None:
        shared.unanswered(thread.answer)
    place = {"conversation": turn.conversation_id, "turn": turn.id} if turn else {}
    return {**_told(thread.answer), **place}


def _own(conversation_id: str, reader: str, turns: int | None) -> Conversation:
    """A conversation of who asks, with so many of its turns; others' are not told of."""
    found = shared.conversations().get(conversation_id, turns)
    if not found.belongs_to(reader) or found.deleted_at:
        raise NoConversationError(f"There is no conversation {conversation_id} of yours.")
    return found


def _listed(entry: Entry, request: Request) -> dict[str, Any]:
    """What of an entry programs are told: each response takes of it what it has."""
    names = [name for name in Version.model_fields if hasattr(entry, name)]
    address = f"{request.base_url}{addresses.entry(entry.id, entry.language).removeprefix('./')}"
    return {**{name: getattr(entry, name) for name in names}, "address": address}
