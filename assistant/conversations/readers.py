"""Readers: each told by a token that only their browser knows, and kept as its hash."""

import hashlib

NOBODY = ""
"""The reader of a conversation that the command line began, or that is older than readers."""


def mark(token: str) -> str:
    """What is kept of a reader's token; of no token, ``NOBODY``.

    A token is random and long, so its hash can be neither guessed nor looked up: who reads the
    database cannot pass for a reader.
    """
    if not token:
        return NOBODY
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def owns(token: str, kept: str) -> bool:
    """Whether what is kept of a reader is kept of that one; what is nobody's, nobody owns."""
    return kept != NOBODY and kept == mark(token)
