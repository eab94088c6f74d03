"""Files that a tab has sent are removed once the tab has been closed for good."""

import threading
import time
from collections import defaultdict
from weakref import WeakSet

from streamlit import runtime

from knowledge.editing.importing import Uploads

_GONE = 130.0  # seconds: for 120 Streamlit keeps the session of a tab whose connection broke
_POLL = 5.0  # seconds between two looks
_lock = threading.Lock()
_held: dict[str, WeakSet[Uploads]] = defaultdict(WeakSet)
_seen: dict[str, float] = {}


def close_with(session: str, what: Uploads) -> None:
    """Closes something once the tab of a session has been closed, for so long that it stays so."""
    with _lock:
        if not _seen:  # nobody watches yet
            threading.Thread(target=_watch, daemon=True).start()
        _held[session].add(what)
        _seen[session] = time.monotonic()


def _watch() -> None:
    while True:
        time.sleep(_POLL)
        now = time.monotonic()
        with _lock:
            for session in list(_held):
                if runtime.exists() and runtime.get_instance().is_active_session(session):
                    _seen[session] = now
                elif now - _seen[session] > _GONE:
                    if runtime.exists():  # which forgets a session, and keeps its files
                        runtime.get_instance().uploaded_file_mgr.remove_session_files(session)
                    for what in _held.pop(session):
                        what.close()
                    del _seen[session]
            if not _held:
                return
