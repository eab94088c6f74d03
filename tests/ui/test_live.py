"""The live quiz: who may come in without an account, who shows it, and what mischief meets."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml.html import document_fromstring
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.classroom.rooms import Room, Rooms
from assistant.conversations.conversation import mark
from assistant.settings import Settings
from tests.quizzes import quiz
from tests.ui.conftest import guarded
from tests.ui.test_signin import PROVIDER
from ui import identity, live, shared
from ui.reader import TOKEN_COOKIE

HER = "t" * 22
SHOWN = {"Cookie": f"{TOKEN_COOKIE}={HER}"}


def _client(host: str) -> TestClient:
    names = ("localhost", "masrad.example")
    app = guarded(*identity.routes(), *live.routes(), hosts=names)
    return TestClient(app, host, follow_redirects=False)


@pytest.fixture
def client(teahouse: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    for name in ("_answers", "_guesses"):
        monkeypatch.setattr(live, name, live._Rate(5, 60))
    shared.hand_over(teahouse)
    with _client("http://localhost:8501") as opened:
        yield opened


@pytest.fixture
def rooms(client: TestClient) -> Rooms:
    assert client
    return Rooms(shared.conversations().database)


@pytest.fixture
def code(rooms: Rooms) -> str:
    return rooms.make(quiz(), HER)


def _moved(client: TestClient, code: str, do: str, step: int) -> dict[str, object]:
    found = client.post(f"/class/{code}/show", json={"do": do, "step": step}, headers=SHOWN)
    assert found.is_success, found.text
    moved: dict[str, object] = found.json()
    return moved


def _room(rooms: Rooms, code: str) -> Room:
    room = rooms.find(code)
    assert room
    return room


def test_phones_answer_without_an_account_where_others_have_to_sign_in(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch, rooms: Rooms, code: str
) -> None:
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)
    settings = Settings.load(data_dir=teahouse.settings.data_dir)
    shared.hand_over(Assistant(teahouse.retriever, settings))
    accept = {"Accept": "text/html"}
    with _client("https://masrad.example") as phone:
        page = phone.get(f"/class/{code}", headers=accept)
        assert page.is_success
        assert "Secure" in page.headers["Set-Cookie"]
        assert phone.get("/class", headers=accept).is_success
        assert phone.get("/class/CCCCCC", headers=accept).status_code == 404
        for closed in (f"/class/{code}/show", "/", "/classroom"):
            away = phone.get(closed, headers=accept).headers["Location"]
            assert away.startswith("/sign-in?to=")
        assert phone.get(f"/class/{code}/show/now").status_code == 401
        move = {"do": "next", "step": 0}
        assert phone.post(f"/class/{code}/show", json=move).status_code == 401
    assert _room(rooms, code).state.phase == "waiting"


def test_only_who_made_it_shows_it(client: TestClient, rooms: Rooms, code: str) -> None:
    assert client.get(f"/class/{code}/show").headers["Location"] == f"/class/{code}"
    assert client.get(f"/class/{code}/show/now").status_code == 403
    move = {"do": "next", "step": 0, "seconds": 45}
    assert client.post(f"/class/{code}/show", json=move).status_code == 403
    assert client.get(f"/class/{code}/show", headers=SHOWN).is_success
    hash_ = {"Cookie": f"{TOKEN_COOKIE}={mark(HER)}"}  # whoever reads the database is not her
    assert client.get(f"/class/{code}/show", headers=hash_).status_code == 303
    assert _moved(client, code, "next", 0)["item"] == 0
    assert _room(rooms, code).state.phase == "asking"
    wrongs: list[object] = [{"do": "win", "step": 1}, {"do": "next"}, {**move, "seconds": 9}, []]
    for wrong in wrongs:
        found = client.post(f"/class/{code}/show", json=wrong, headers=SHOWN)
        assert found.status_code == 422


@pytest.mark.parametrize("own", ["", "http://192.0.2.7:8501"])
def test_the_code_leads_phones_to_this_machine_or_says_that_they_cannot_reach_it(
    client: TestClient, code: str, monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    monkeypatch.setattr(live, "address", own)
    tree: Any = document_fromstring(client.get(f"/class/{code}/show", headers=SHOWN).text)
    text = " ".join(tree.text_content().split())
    assert ("masrad serve --class" in text) is not bool(own)
    assert (own.removeprefix("http://") or "localhost:8501") + "/class" in text
    assert tree.xpath("//svg")
    typed = client.get("/class", params={"code": f" {code[:3].lower()}-{code[3:]}"})
    assert typed.headers["Location"] == f"/class/{code}"


def test_a_page_speaks_the_quizs_language_and_what_a_quiz_says_is_only_text(
    client: TestClient, rooms: Rooms
) -> None:
    made = quiz("ar")
    evil = "<img src=x onerror=alert(1)>"
    item = replace(made.items[0], prompt=evil, options=(evil, "b", "c", "d"))
    code = rooms.make(replace(made, title=evil, items=(item,)), HER)
    page = client.get(f"/class/{code}", headers={"Accept-Language": "en"})
    assert 'lang="ar" dir="rtl"' in page.text
    steps = [_moved(client, code, do, n)["html"] for n, do in enumerate(("next", "reveal", "next"))]
    for html in (page.text, *map(str, steps)):
        assert "<img" not in html
        assert "&lt;img" in html
    assert "السؤال 1 من 1" in str(steps[0])


def test_mischief_is_refused_in_time(client: TestClient, rooms: Rooms, code: str) -> None:
    address = f"/class/{code}"
    _moved(client, code, "next", 0)
    answer = {"item": 0, "choice": [1]}
    assert client.post(address, json=answer).status_code == 403  # never was on the page
    assert "cookie" in client.get(f"{address}/now").json()["html"]
    client.get(address)
    assert client.post(address, json=answer).status_code == 409  # never listened: is not in
    assert client.post(address, content="x" * 1001).status_code == 413
    for wrong in ("", "[1]", "{}", '{"item": "0", "choice": [1]}', "[" * 900):
        assert client.post(address, content=wrong).status_code in (422, 429)
    assert client.post(address, json=answer).status_code == 429
    other = {"Origin": "http://evil.example"}
    assert client.post(address, json=answer, headers=other).status_code == 403
    assert _room(rooms, code).answers.get(0) is None
    statuses = [client.get(f"/class/CCCCC{n}").status_code for n in "CDFHJKM"]
    assert statuses == [404] * 5 + [429] * 2
    assert client.get(address).is_success  # who has the code is let in all the same
    gone = client.get("/class/CCCCCC/now")
    assert gone.status_code == 429
