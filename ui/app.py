"""The app, for a server: what Streamlit runs (``main.py``), the documents, and the guard before."""

from pathlib import Path

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from ui import demonstrations, document, health, identity, lessons, live, metrics, programs, shared
from ui.guard import Guard


def _held() -> int:
    """The bytes of all files that were sent, and whose sessions last."""
    manager = Runtime.instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        return 0
    sent = [file for files in list(manager.file_storage.values()) for file in list(files.values())]
    return sum(len(file.data) for file in sent)


app = Guard(
    st.App(
        Path(__file__).parent / "main.py",
        routes=[
            *health.routes(),
            *metrics.routes(),
            *identity.routes(),
            *programs.routes(),
            *lessons.routes(),
            *demonstrations.routes(),
            *live.routes(),
            *document.routes(),
        ],
        secrets=identity.secrets(shared.settings()),
    ),
    policy=document.policy(),
    may_upload=lambda asked: identity.of(asked).may("owner"),
    held=_held,
    door=identity.door,
    embedded=lambda: shared.settings().embed_origins,
)
