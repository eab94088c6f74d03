"""Local servers: those on this machine that speak OpenAI's protocol, and the models chosen of them.

Until a model of a server is chosen, nothing is sent to it but ``GET /models``.
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from assistant.settings import Settings
from knowledge import BUNDLED_MODEL
from knowledge.editing.atomic import placing

PORTS = {"Ollama": 11434, "LM Studio": 1234, "llama.cpp": 8080, "vLLM": 8000}  # the usual ones
CHAT, EMBEDDING = {"openai_base_url", "openai_api_key", "chat_model"}, {"embedding_model"}
"""What of the settings sets such a model up: where it is given, none is chosen."""

_FILE = "model.json"
_PATIENCE, _MOST_BYTES, _MOST = 0.5, 1_000_000, 200  # seconds; of a list; models of it
_EMBEDS = re.compile(r"embed|minilm|(?:^|[-_/])(?:bge|gte|e5)-", re.IGNORECASE)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d{1,5}/v1")


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that answers on this machine, and its models, told apart by their names."""

    name: str
    url: str
    chat: tuple[str, ...]
    embedding: tuple[str, ...]


def find() -> tuple[LocalServer, ...]:
    """The servers that list models at the usual ports: all are asked at once, for half a second."""
    pool = ThreadPoolExecutor()
    with httpx.Client(timeout=_PATIENCE, trust_env=False) as client:  # its end ends every request
        asked = [pool.submit(_ask, client, name, port) for name, port in PORTS.items()]
        done = wait(asked, _PATIENCE).done
    pool.shutdown(wait=False)
    found = (each.result() for each in asked if each in done and not each.exception())
    return tuple(filter(None, found))


def _ask(client: httpx.Client, name: str, port: int) -> LocalServer | None:
    """The server at a port; none, or any error, where there is none that lists models."""
    url, text = f"http://127.0.0.1:{port}/v1", b""
    with client.stream("GET", f"{url}/models", headers={"Accept-Encoding": "identity"}) as response:
        for part in response.raise_for_status().iter_raw():
            text += part
            if len(text) > _MOST_BYTES:
                return None
    ids = dict.fromkeys(each["id"] for each in json.loads(text)["data"])
    models = [n for n in ids if n and n.isprintable() and "rerank" not in n.lower()][:_MOST]
    embedding = tuple(filter(_EMBEDS.search, models))
    chat = tuple(model for model in models if model not in embedding)
    return LocalServer(name, url, chat, embedding) if models else None


def chosen(settings: Settings) -> Settings:
    """The settings, with the models that were chosen where none is given in them."""
    kept, update = _kept(settings), dict[str, object]()
    if not CHAT & settings.model_fields_set:
        update = {"openai_base_url": kept.get("base_url"), "chat_model": kept.get("chat_model")}
    if not EMBEDDING & settings.model_fields_set:
        update["embedding_base_url"] = url = kept.get("embedding_base_url")
        update["embedding_model"] = (url and kept.get("embedding_model")) or BUNDLED_MODEL
        update["embedding_api_key"] = SecretStr("none")  # one for OpenAI is not for this server
    elif update.get("openai_base_url") and not settings.embedding_base_url:
        update["embedding_base_url"] = "https://api.openai.com/v1"  # as it was, not that server
    found = settings.model_copy(update=update)
    found.model_fields_set.intersection_update(settings.model_fields_set)  # those alone are given
    return found


def choose(settings: Settings, **choice: str) -> Settings:
    """The settings with another choice, which a file keeps; OSError where it cannot be written."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with placing(settings.data_dir / _FILE) as new:
        new.write_text(json.dumps(_kept(settings) | choice, ensure_ascii=False) + "\n", "utf-8")
    return chosen(settings)


def _kept(settings: Settings) -> dict[str, str]:
    """What was chosen; what is broken, or no address of this machine, is the same as none."""
    with suppress(OSError, ValueError, RecursionError, AttributeError):
        told = json.loads((settings.data_dir / _FILE).read_text("utf-8")).items()
        texts = {key: text for key, text in told if isinstance(text, str)}
        return {k: v for k, v in texts.items() if _ADDRESS.fullmatch(v) or not k.endswith("url")}
    return {}
