"""The server: the app under uvicorn, on an address of this machine."""

import asyncio
import contextlib
import inspect
import signal
import socket
import sys
import threading
import time
import webbrowser
from importlib import import_module
from pathlib import Path

import streamlit as st
import uvicorn
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.web import bootstrap

from assistant import AssistantError, ConversationError
from assistant.commands.base import print_notes, say
from assistant.settings import Settings
from ui import (
    answer_thread,
    demonstrations,
    document,
    guard,
    health,
    identity,
    lessons,
    live,
    logs,
    metrics,
    owner,
    programs,
    shared,
    traces,
)

_PORT, _TRIES = 8501, 20  # the usual port, and how many after it are tried
_LAST = 3  # seconds for what is going on, once the server is told to stop


def serve(
    opening: shared.Opening, *, host: str, port: int | None, browser: bool, of_class: bool = False
) -> int:
    """Serves the app until it is stopped (Ctrl-C, SIGTERM); returns the exit status.

    Without a ``port`` it is the usual one, or the next that is free. ``of_class``: phones of the
    local network are told to come by this machine's address on it. AssistantError where no port can
    be had, SettingsError where a package that the settings need is not installed.
    """
    settings = opening.settings
    logs.begin(settings.log, settings.log_level)
    traces.begin(texts=settings.trace_texts == "on")
    if settings.metrics_token:
        metrics.begin()
    listening = _bind(host, port)
    shared.hand_over(opening)
    app = _app(settings, guard.hosts(host, f"{settings.allowed_hosts} {settings.url or ''}"))
    bootstrap.load_config_options({})  # the app says where these are
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}"
    if of_class and (own := _own_address() if shown == "localhost" else shown):
        live.address = url.replace(shown, own)

    class Server(uvicorn.Server):
        """Says where it serves once it does."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await asyncio.to_thread(answer_thread.stop_all, _LAST)  # what came of answers is kept
            await super().shutdown(sockets)

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            link = url
            if settings.manage == "auto" and settings.sign_in == "off":
                link = owner.new_link(url)
                print(f"Opened once, this lets a browser change the glossary: {link}")
            if of_class and live.address:
                print(f"A class joins at {live.address}/class")
            elif of_class:
                say("no network is known; if you are on one, give your address by --host.")
            print(f"Masrad is at {url} (stop it with Ctrl-C)", flush=True)
            if browser:
                webbrowser.open(link)
            threading.Thread(target=_settle, daemon=True).start()

    _take_all_handles()
    # Uvicorn raises the signal again once it has stopped, which would end the process before what
    # is kept in temporary folders is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=_LAST,
        proxy_headers=False,  # they are the guard's
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listening])
    return 0


def _app(settings: Settings, hosts: tuple[str, ...]) -> guard.Guard:
    """What Streamlit runs (``main.py``), the documents and other routes, and the guard before."""
    parts = (health, metrics, identity, programs, lessons, demonstrations, live, document)
    return guard.Guard(
        st.App(
            Path(__file__).parent / "main.py",
            routes=[route for part in parts for route in part.routes()],
            secrets=identity.secrets(settings),
            exception_handlers=document.FAILURES,
        ),
        policy=document.policy(),
        may_upload=lambda asked: identity.of(asked).may("owner"),
        held=_held,
        door=identity.door,
        settings=shared.settings,
        hosts=hosts,
    )


def _held() -> int:
    """The bytes of all files that were sent, and whose sessions last."""
    runtime = Runtime.instance()
    manager, sessions = runtime.uploaded_file_mgr, runtime._session_mgr  # noqa: SLF001
    if not isinstance(manager, MemoryUploadedFileManager):
        return 0
    for session in list(manager.file_storage):  # Streamlit forgets some, and keeps their files
        if sessions.get_session_info(session) is None:
            manager.remove_session_files(session)
    sent = [file for files in list(manager.file_storage.values()) for file in list(files.values())]
    return sum(len(file.data) for file in sent)


def _own_address() -> str:
    """By which others on the local network reach this machine; nothing where none is known."""
    with contextlib.suppress(OSError), socket.socket(type=socket.SOCK_DGRAM) as asked:
        # An address of nobody's (RFC 5737), and nothing is sent: the system only chooses whence.
        asked.connect(("192.0.2.1", 9))
        return str(asked.getsockname()[0])
    return ""


def _take_all_handles() -> None:
    """As many open files as the system allows: each tab takes four."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (Windows has none)

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _settle() -> None:
    """What is done once the app is served, and delays no page."""
    settings = shared.settings()
    if settings.replica:  # before what takes long
        from ui import managing  # noqa: PLC0415  (only replicas need it now)

        managing.follow(settings)
    # What the first page would wait for, done while the browser reads Streamlit's scripts.
    for name in ("ui.actions", "ui.views.chat", "streamlit.emojis"):
        import_module(name)
    inspect.stack()  # Streamlit asks it once, which looks at the files of all modules
    with contextlib.suppress(ConversationError):  # told to who asks
        shared.conversations()
    time.sleep(1.0)  # the first page is drawn meanwhile
    shared.warm()
    if opened := shared.ready():
        print_notes(opened)
        if settings.news_feeds:
            from assistant.news.updating import rounds  # noqa: PLC0415  (only where there are any)

            rounds(opened)


def _bind(host: str, port: int | None) -> socket.socket:
    """Listens on a port; where none is named, on the usual one, or says that it is another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
    for candidate in range(_PORT, _PORT + _TRIES) if port is None else (port,):
        try:
            listening = socket.create_server((host, candidate), family=family, dualstack_ipv6=both)
        except (OSError, OverflowError) as error:
            reason = error
        else:
            if port is None and candidate != _PORT:
                say(f"port {_PORT} is taken; this is port {candidate}.")
            return listening
    raise AssistantError(
        f"{host}:{candidate} cannot be served on ({reason}): choose another --port or --host."
    ) from reason
