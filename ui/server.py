"""The server: the app under uvicorn, on an address of this machine."""

import contextlib
import socket
import threading
import webbrowser
from ipaddress import ip_address

import uvicorn
from streamlit.web import bootstrap

from assistant import AssistantError, local_servers
from assistant.settings import Settings
from ui import managing, news, shared

_TRIES = 20  # ports after the one asked for
_TOLD = 3  # models of a server that are named
_UNTIL_WARM = 1.0  # seconds: the first page is drawn meanwhile


class ServeError(AssistantError):
    """The address cannot be served on."""


def serve(opening: shared.Opening, *, host: str, port: int, browser: bool) -> int:
    """Serves the app until it is stopped (Ctrl-C); returns the exit status.

    A port that is taken is passed over for the next.

    Raises:
        ServeError: none of the ports can be had.
    """
    shared.hand_over(opening)
    managing.local = _is_loopback(host)
    from ui.app import app  # noqa: PLC0415  (the app says where its settings are …)

    bootstrap.load_config_options({})  # … so they are read after it

    listening = _bind(host, port)
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}"

    class Server(uvicorn.Server):
        """Says where it serves once it does."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(f"Masrad is at {url} (stop it with Ctrl-C)", flush=True)
            if browser:
                webbrowser.open(url)
            warming = threading.Timer(_UNTIL_WARM, _settle)
            warming.daemon = True
            warming.start()

    server = Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    return 0


def _is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ip_address(str(each)).is_loopback for each in found)


def _settle() -> None:
    """What is done once the app is served, and delays no page."""
    shared.warm()
    news.begin()
    if opened := shared.ready():
        _offer(opened.settings)


def _offer(settings: Settings) -> None:
    """Says which chat models answer on this machine, where one can be chosen and none is."""
    if settings.has_chat_model or not managing.allowed(settings):
        return
    found = [(each.name, each.chat) for each in local_servers.find() if each.chat]
    names = (
        f"{name} ({', '.join(chat[:_TOLD])}{', …' * (len(chat) > _TOLD)})" for name, chat in found
    )
    if found:
        print(
            f"A chat model answers on this machine: {', '.join(names)}. Choose it in Settings.",
            flush=True,
        )


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + _TRIES) if port else (0,):
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except (OSError, OverflowError) as error:
            listening.close()
            reason = error
        else:
            return listening
    raise ServeError(
        f"{host}:{port} cannot be served on ({reason}): choose another --port or --host."
    ) from reason
