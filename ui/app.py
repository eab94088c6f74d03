"""The app, for a server: Streamlit's page (``chat.py``) as an ASGI application."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).parent / "chat.py")
