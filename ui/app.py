"""The app, for a server: what Streamlit runs (``main.py``), and the documents at its addresses."""

from pathlib import Path

import streamlit as st

from ui import document

app = st.App(Path(__file__).parent / "main.py", routes=document.routes())
