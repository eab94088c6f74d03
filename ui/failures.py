"""Failures: what of an error a reader is told, and what only the log is."""

import logging
import secrets

import streamlit as st

from ui import owner, problems, shared
from ui.strings import strings

_log = logging.getLogger(__name__)
_TOLD = "failures"


def said(error: Exception, language: str) -> str:
    """What an error says: to the owner all of it, to others the number under which the log has it.

    Its own words may hold paths, addresses and what a driver says of the database.
    """
    if owner.allowed(shared.settings()):
        return problems.failed(error, language)
    return _numbered(error, language)


def unforeseen(error: Exception, language: str) -> str:
    """That something failed which nobody foresaw; the log has where it came from."""
    return _numbered(error, language, origin=error)


def _numbered(error: Exception, language: str, origin: Exception | None = None) -> str:
    numbers: dict[str, str] = st.session_state.setdefault(_TOLD, {})
    told = f"{type(error).__name__}: {error}"
    if told not in numbers:  # a page is drawn often
        numbers[told] = secrets.token_hex(4)
        _log.error("Failure %s: %s", numbers[told], told, exc_info=origin)
    return strings(language)["failure_number"].format(number=numbers[told])
