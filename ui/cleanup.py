"""Files that a tab has sent are removed once the tab has been closed for good."""

import threading
import time
from collections import defaultdict
from weakref import WeakSet

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from knowledge.editing.uploads import Uploads

_GONE = 130.0  # seconds: for 120 Streamlit keeps the session of a tab whose connection broke
_POLL = 5.0  # seconds between two looks


class _Ends:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, WeakSet[Uploads]] = defaultdict(WeakSet)
        self._seen: dict[str, float] = {}

    def add(self, session: str, what: Uploads) -> None:
        with self._lock:
            if not self._seen:  # nobody watches yet
                threading.Thread(target=self._watch, daemon=True).start()
            self._held[session].add(what)
            self._seen[session] = time.monotonic()

    def _watch(self) -> None:
        while True:
            time.sleep(_POLL)
            now = time.monotonic()
            with self._lock:
                for session in list(self._held):
                    if runtime.exists() and runtime.get_instance().is_active_session(session):
                        self._seen[session] = now
                    elif now - self._seen[session] > _GONE:
                        if runtime.exists():  # which forgets a session, and keeps its files
                            runtime.get_instance().uploaded_file_mgr.remove_session_files(session)
                        for what in self._held.pop(session):
                            what.close()
                        del self._seen[session]
                if not self._held:
                    return


_ends = _Ends()


def close_with(what: Uploads) -> None:
    """Closes something once the tab that is drawn has been closed, for so long that it stays so."""
    if context := get_script_run_ctx(suppress_warning=True):
        _ends.add(context.session_id, what)
