"""Who is signed in, and what that opens: asked at the door, of pages, files and sockets alike."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.ui.conftest import guarded
from ui import identity, shared
from ui.reader import TOKEN_COOKIE

SOCKET = "wss://masrad.example/socket"
SECRET = "forty letters that nobody could guess so"  # noqa: S105
PROVIDER = {
    "MASRAD_SIGN_IN": "required",
    "MASRAD_URL": "https://masrad.example",
    "MASRAD_OIDC_URL": "https://id.example/.well-known/openid-configuration",
    "MASRAD_OIDC_CLIENT_ID": "masrad",
    "MASRAD_OIDC_CLIENT_SECRET": "s",
    "MASRAD_COOKIE_SECRET": SECRET,
    "MASRAD_OWNERS": "ana@uni.example",
    "MASRAD_TEACHERS": "groups=staff, @school.example",
    "MASRAD_READERS": "@uni.example",
}
PROXY = {"MASRAD_SIGN_IN": "required", "MASRAD_PROXY_HEADER": "X-Email", "MASRAD_OWNERS": "ana@x"}


def _who(request: Request) -> JSONResponse:
    person = identity.of(request)
    return JSONResponse([person.role, person.name, person.reader])


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(await socket.receive_text())


@pytest.fixture
def serving(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[TestClient]:
    """The guard and the door before two addresses, by settings of a test's own."""
    for name, value in getattr(request, "param", PROVIDER).items():
        monkeypatch.setenv(name, value)
    settings = Settings.load(data_dir=teahouse.settings.data_dir)
    shared.hand_over(Assistant(teahouse.retriever, settings))
    routes = Route("/", _who), WebSocketRoute("/socket", _echo)
    app = guarded(*routes, hosts=["masrad.example"])
    with TestClient(app, "https://masrad.example", client=("127.0.0.1", 1)) as client:
        yield client


def _signed(sub: str, secret: str = SECRET, **claims: Any) -> dict[str, str]:
    """The cookie of somebody whom a provider has signed in."""
    told = {"iss": "https://id.example", "sub": sub, "email": f"{sub}@uni.example", **claims}
    name = "_streamlit_user"
    return {"Cookie": f"{name}={create_signed_value(secret, name, json.dumps(told)).decode()}"}


def test_nobody_is_let_in_without_a_sign_in_that_the_server_has_signed(serving: TestClient) -> None:
    asked = serving.get("/", headers={"Accept": "text/html"}, follow_redirects=False)
    assert asked.headers["Location"] == "/sign-in?to=%2F"
    for forged in ({}, _signed("ana", "another secret"), {"Cookie": "_streamlit_user=ana"}):
        assert serving.get("/", headers=forged).status_code == 401
        with pytest.raises(WebSocketDisconnect), serving.websocket_connect(SOCKET, headers=forged):
            pass
    assert serving.get("/", headers=_signed("ana")).json()[:2] == ["owner", "ana@uni.example"]


def test_roles_are_of_addresses_domains_and_claims_and_no_other_comes_in(
    serving: TestClient,
) -> None:
    def role(sub: str, **claims: Any) -> str:
        found = serving.get("/", headers=_signed(sub, **claims))
        return str(found.json()[0]) if found.is_success else "none"

    assert role("omar") == "reader"
    assert role("omar", groups=["staff", "chess"]) == role("x", email="X@School.example")
    assert role("omar", groups=["staff"]) == "teacher"
    assert role("eve", email="eve@else.example") == "none"
    assert role("eve", email="ana@uni.example", email_verified=False) == "none"


def test_a_sign_in_that_was_ended_is_out_in_every_browser_and_its_open_sockets(
    serving: TestClient,
) -> None:
    here, there = _signed("ana", at="here"), _signed("ana", at="there")
    with serving.websocket_connect(SOCKET, headers=here) as socket:
        socket.send_text("is it open?")
        assert socket.receive_text() == "is it open?"
        serving.get("/auth/logout", headers=here)
        socket.send_text("and now?")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
    assert serving.get("/", headers=here).status_code == 401
    assert serving.get("/", headers=there).is_success
    cookie = (b"cookie", there["Cookie"].encode())
    found = identity.account(HTTPConnection({"type": "http", "headers": [cookie]}))
    assert found
    identity.end(found, everywhere=True)
    assert serving.get("/", headers=there).status_code == 401


def test_who_signs_in_has_their_conversations_in_every_browser_and_nobody_else_does(
    serving: TestClient,
) -> None:
    one, other = (serving.get("/", headers=_signed("ana", at=at)).json()[2] for at in "ab")
    assert one == other != serving.get("/", headers=_signed("omar")).json()[2]
    opened = shared.ready()
    assert opened
    optional = opened.settings.model_copy(update={"sign_in": "optional"})
    shared.hand_over(Assistant(opened.retriever, optional))
    assert serving.get("/", headers={"Cookie": f"{TOKEN_COOKIE}={one}"}).json() == [
        "reader",
        "",
        "",
    ]


@pytest.mark.parametrize("serving", [PROXY], indirect=True)
def test_a_proxy_is_believed_from_its_own_address_alone(serving: TestClient) -> None:
    named = {"X-Email": "ana@x"}
    assert serving.get("/", headers=named).json()[:2] == ["owner", "ana@x"]
    stranger = TestClient(serving.app, "https://masrad.example", client=("203.0.113.9", 1))
    assert stranger.get("/", headers=named).status_code == 401


def test_cookies_go_over_tls_alone_where_one_came_by_it(serving: TestClient) -> None:
    app = guarded(*identity.routes(), hosts=["masrad.example"])
    by_proxy = {"X-Forwarded-Proto": "https"}
    client = TestClient(app, "http://masrad.example", client=("127.0.0.1", 1))
    assert serving
    assert "; Secure" in client.get("/sign-in", headers=by_proxy).headers["Set-Cookie"]
    assert "; Secure" not in client.get("/sign-in").headers["Set-Cookie"]
    led = client.get("/sign-in?to=//evil.example/").headers["Set-Cookie"]
    assert 'masrad_to="/"' in led.replace("masrad_to=/;", 'masrad_to="/"')
