"""The owner: who started the server, told from other readers by a cookie.

There is no account and nothing to set: the command opens, or prints, a link that works once and
leaves a cookie behind. Who has it may change the glossary; everyone else reads.
"""

import contextlib
import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path

from assistant.settings import Settings
from knowledge.editing.atomic import placing

PARAMETER = "owner"  # of the link
_COOKIE = "masrad_owner_"
_LETTERS = 43  # of 256 bits
_links: set[str] = set()
_lock = threading.Lock()


def new_link(address: str) -> str:
    """The address of the app by which the next one who opens it is the owner, once."""
    key = secrets.token_urlsafe(24)
    _links.add(key)
    return f"{address}/?{PARAMETER}={key}"


def admitted(key: str) -> bool:
    """Whether a key opens; it does so once."""
    with _lock:
        known = key in _links
        _links.discard(key)
    return known


def cookie(settings: Settings) -> tuple[str, str]:
    """The name and the value of the cookie that the owner of a data folder has.

    Cookies do not keep the ports of a machine apart, so each folder has a name of its own.
    """
    folder = settings.data_dir.absolute()
    own = hashlib.sha256(str(folder).encode(errors="surrogateescape")).hexdigest()[:12]
    return f"{_COOKIE}{own}", _secret(folder)


def allowed(settings: Settings, cookies: Mapping[str, str]) -> bool:
    """Whether the glossary may be changed by who has some cookies."""
    if settings.manage != "auto":
        return settings.manage == "on"
    name, value = cookie(settings)
    return hmac.compare_digest(cookies.get(name, "").encode(), value.encode())


def _secret(folder: Path) -> str:
    """What the owner's cookie says: kept in the data folder, where only its owner can read it."""
    file = folder / "owner.key"
    with _lock:
        with contextlib.suppress(FileNotFoundError, UnicodeDecodeError):
            if len(kept := file.read_text("ascii")) == _LETTERS:
                return kept
        folder.mkdir(parents=True, exist_ok=True)
        with placing(file) as new:
            new.touch(0o600)
            new.write_text(made := secrets.token_urlsafe(32), "ascii")
    return made
