"""What a tab has brought: it stays while the tab may come back, and goes when it does not."""

import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from knowledge.editing.uploads import Uploads
from ui import cleanup


def _eventually(gone: Path) -> bool:
    until = time.monotonic() + 20
    while gone.exists() and time.monotonic() < until:
        time.sleep(0.02)
    return not gone.exists()


def test_files_that_were_brought_go_with_their_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    active, looked = {"here", "gone"}, threading.Event()
    held = MemoryUploadedFileManager("/upload")

    def is_active(session: str) -> bool:
        if session == "gone" and session not in active:
            looked.set()
        return session in active

    served = SimpleNamespace(is_active_session=is_active, uploaded_file_mgr=held)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: served)
    monkeypatch.setattr(cleanup, "_POLL", 0.01)
    ends, uploads_of = cleanup._Ends(), {session: Uploads() for session in active}
    folders = {session: Path(uploads._folder.name) for session, uploads in uploads_of.items()}
    for session, uploads in uploads_of.items():
        uploads.add("tea.csv", b"term,definition\n")
        held.add_file(session, UploadedFileRec("1", "tea.csv", "text/csv", b"term,definition\n"))
        ends.add(session, uploads)
    active.discard("gone")
    assert looked.wait(20)
    assert folders["gone"].exists()  # it may be loaded anew
    monkeypatch.setattr(cleanup, "_GONE", 0.0)
    assert _eventually(folders["gone"])
    assert folders["here"].exists()
    assert set(held.file_storage) == {"here"}
    active.clear()
    assert _eventually(folders["here"])
