"""REST: what programs may ask, as whom, and that all of it is as its own description says."""

import contextlib
import json
import threading
from collections.abc import Iterator
from typing import Any
from unittest import SkipTest
from unittest.mock import Mock

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.credentials import Tokens
from assistant.people import Person
from tests.conftest import stands, until
from tests.openai_server import SILENT, OpenAIServer, Reply
from tests.ui.conftest import guarded
from ui import document, guard, programs, shared
from ui.reader import TOKEN_COOKIE

SITE = "https://moodle.school.example"
API = "/api/v1"


@pytest.fixture
def client(teahouse: Assistant) -> Iterator[TestClient]:
    """The routes behind the guard, of which one site may frame the app."""
    changed = {"embed_origins": (SITE,)}
    shared.hand_over(Assistant(teahouse.retriever, teahouse.settings.model_copy(update=changed)))
    app = guarded(
        *programs.routes(),
        *document.routes(),
        hosts=(*guard.LOOPBACK, "testserver"),  # which is schemathesis's name for it
    )
    with TestClient(app, "http://localhost", raise_server_exceptions=False) as made:
        yield made


def _token(reader: str = "she") -> dict[str, str]:
    return {"Authorization": f"Bearer {shared.kept(Tokens).make(Person(reader), 'notes')}"}


def _events(text: str) -> list[tuple[str, dict[str, object]]]:
    parts = (part.split("\n", 1) for part in text.strip().split("\n\n"))
    return [(n.removeprefix("event: "), json.loads(d.removeprefix("data: "))) for n, d in parts]


def test_terms_are_listed_found_as_typed_and_read_whole(client: TestClient) -> None:
    assert len(client.get(f"{API}/terms?limit=2&offset=1").json()) == 2
    assert client.get(f"{API}/terms?q=kett").json()[0]["id"] == "kettle"
    whole = client.get(f"{API}/terms/kettle").json()[0]
    assert whole["address"] == "http://localhost/term?id=kettle&lang=en"
    assert whole["sections"][0]["text"] == whole["summary"]
    assert client.get(f"{API}/terms/samovar").status_code == 404
    hits = client.get(f"{API}/search?q=boiling+water&limit=1").json()["hits"]
    assert hits[0]["text"] == "A kettle is a vessel for boiling water."


def test_an_answer_has_its_words_and_their_places_and_comes_by_sentence_if_wanted(
    client: TestClient, teahouse: Assistant
) -> None:
    asked = {"question": "What is a kettle?"}
    answer = client.post(f"{API}/ask", json=asked).json()
    assert answer["status"] == "answered"
    assert all(stands(cited, teahouse.glossary) for cited in answer["citations"])
    streamed = client.post(f"{API}/ask", json=asked, headers={"Accept": "text/event-stream"})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = _events(streamed.text)
    assert [name for name, _ in events] == [*["draft"] * (len(events) - 1), "answer"]
    assert events[-2][1]["sentences"] == events[-1][1]["sentences"] == answer["sentences"]
    assert events[-1][1]["text"] == answer["text"]
    assert not shared.conversations().list()


def test_what_is_asked_wrongly_is_said_in_a_sentence_and_what_fails_by_a_number(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for body in (
        {"question": " "},
        {"question": "x" * 2001},
        {},
        {"question": "tea", "writer": "?"},
    ):
        found = client.post(f"{API}/ask", json=body)
        assert found.status_code == 422, body
        assert set(found.json()) == {"error"}
    assert client.post(f"{API}/links", content=bytes(2_000_001)).status_code == 413
    monkeypatch.setattr(shared, "assistant_at_once", lambda: 1 / 0)
    found = client.get(f"{API}/terms")
    assert found.status_code == 500
    assert "under number" in found.json()["error"]
    assert "division" not in found.text
    monkeypatch.undo()
    asker, down = _token(), ConversationError("/var/db cannot be written.")
    monkeypatch.setattr(shared, "conversations", Mock(side_effect=down))
    found = client.get(f"{API}/conversations", headers=asker)
    assert (found.status_code, "/var/db" in found.text) == (503, False)
    assert "Conversations cannot be reached now" in found.json()["error"]
    monkeypatch.undo()
    shared.hand_over(None)
    found = client.get(f"{API}/terms")
    assert (found.status_code, "being opened" in found.json()["error"]) == (503, True)


def test_a_conversation_is_of_who_has_the_token_and_a_cookie_writes_nothing(
    client: TestClient,
) -> None:
    hers, his = _token(), _token("he")
    begun = {"question": "What is a kettle?", "conversation": "new"}
    first = client.post(f"{API}/ask", json=begun, headers=hers).json()
    one = f"{API}/conversations/{first['conversation']}"
    following = {"question": "And how does it work?", "conversation": first["conversation"]}
    assert client.post(f"{API}/ask", json=following, headers=his).status_code == 404
    second = client.post(f"{API}/ask", json=following, headers=hers).json()
    assert "kettle" in second["understood"].lower()
    rating = f"{API}/turns/{second['turn']}/feedback"
    assert client.post(rating, json={"thumb": 1}, headers=his).status_code == 404
    assert client.post(rating, json={"thumb": 1}, headers=hers).status_code == 204
    assert len(client.get(one, headers=hers).json()["turns"]) == 2
    assert client.get(one, headers=his).status_code == 404
    assert client.get(f"{API}/conversations", headers=his).json() == []

    client.cookies.set(TOKEN_COOKIE, "she")
    assert client.get(one).json()["length"] == 2
    assert client.post(f"{API}/ask", json=following).status_code == 401


def test_a_token_that_is_unknown_is_nobody_and_a_sign_in_is_not_got_round(
    client: TestClient,
) -> None:
    sent = _token()
    wrong = {"Authorization": "Bearer masrad_x"}
    for path in (f"{API}/terms", "/mcp"):
        found = client.get(path, headers=wrong)
        assert found.status_code == 401
        assert found.headers["WWW-Authenticate"] == "Bearer"
    required = shared.settings().model_copy(update={"sign_in": "required"})
    shared.hand_over(Assistant(shared.assistant().retriever, required))
    assert client.get(f"{API}/terms").status_code == 401
    assert client.get(f"{API}/terms", headers=wrong).status_code == 401
    assert client.get(f"{API}/terms", headers=sent).status_code == 200
    for path in ("/mcp", "/embed/", f"{API}/openapi.json"):
        assert client.get(path).status_code in (401, 303)


def test_other_sites_ask_and_frame_if_they_are_named_and_as_nobody(client: TestClient) -> None:
    text = {"texts": [{"text": "😀 A kettle boils; the kettle sings.", "language": "en"}]}
    named = client.post(f"{API}/links", json=text, headers={"Origin": SITE})
    assert named.headers["Access-Control-Allow-Origin"] == SITE
    assert "Access-Control-Allow-Credentials" not in named.headers
    (link,) = named.json()
    assert text["texts"][0]["text"][link["start"] : link["end"]] == "kettle"
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert client.options(f"{API}/links", headers={"Origin": SITE, **asks}).status_code == 200
    for origin in ("https://evil.example", "http://moodle.school.example", f"{SITE}.evil.example"):
        assert client.post(f"{API}/links", json=text, headers={"Origin": origin}).status_code == 403
    assert client.get("/", headers={"Origin": SITE}).status_code == 403

    framed = client.get("/embed/term?id=kettle", headers={"Cookie": f"{TOKEN_COOKIE}=she"})
    assert f"frame-ancestors 'self' {SITE};" in f"{framed.headers['Content-Security-Policy']};"
    assert "X-Frame-Options" not in framed.headers
    assert "Set-Cookie" not in framed.headers
    assert "A kettle is a vessel" in framed.text
    asked = client.get(f"/embed{API}/conversations", headers={"Cookie": f"{TOKEN_COOKIE}=she"})
    assert asked.status_code == 401


def test_an_answer_that_nobody_waits_for_any_more_is_given_up(
    listening: str, explaining: Assistant, model_server: OpenAIServer
) -> None:
    shared.hand_over(explaining)
    model_server.always = Reply("A kettle is", wait=SILENT, until=(ended := threading.Event()))
    for accept in ("application/json", "text/event-stream"):
        asked, sent = {"question": "What is a kettle?"}, {"Accept": accept}
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{listening}{API}/ask", json=asked, headers=sent, timeout=5)
    until(lambda: model_server.hung_up == 2)
    ended.set()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_it_does_what_its_description_says(client: TestClient, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", client.app)
    sent = _token()
    # No description says which categories there are, nor that a question has a word in it.
    beyond: list[Any] = [positive_data_acceptance]
    asked = 0
    for operation in (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)):

        @settings(
            max_examples=8,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def holds(case: schemathesis.Case[Any]) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=sent, excluded_checks=beyond)

        with contextlib.suppress(SkipTest, Unsatisfiable):  # nothing of it can be wrong
            holds()
    assert asked > 40
