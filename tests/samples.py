"""Holds the sample conversations of ``docs/samples``: ``make samples``.

What is asked is in ``tests/data/samples.yaml``. Those by ``explain`` need a chat model
(``OPENAI_BASE_URL``); without one, they stay as they are.
"""

import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from assistant.assistant import Assistant
from assistant.conversations.conversation import Conversation, Turn
from assistant.conversations.export import as_markdown
from assistant.settings import Settings
from knowledge.glossary import BUNDLED
from tests.documents import DOCS

DATA = Path(__file__).parent / "data"
SAMPLES = DOCS / "samples"


def main() -> None:
    """Holds each conversation, and writes it."""
    SAMPLES.mkdir(exist_ok=True)
    opened: dict[Path, Assistant] = {}
    with tempfile.TemporaryDirectory() as data:
        for sample in yaml.safe_load((DATA / "samples.yaml").read_text("utf-8")):
            path = DATA / sample["glossary"] if "glossary" in sample else BUNDLED
            if path not in opened:
                opened[path] = Assistant.open(Settings.load(glossary=path, data_dir=Path(data)))
            assistant = opened[path]
            if sample["writer"] == "explain" and not assistant.settings.has_chat_model:
                continue
            text = re.sub(r"(?m)^\d.* UTC\n\n", "", as_markdown(hold(sample, assistant)))
            (SAMPLES / f"{sample['name']}.md").write_text(text, "utf-8")


def hold(sample: dict[str, Any], assistant: Assistant) -> Conversation:
    """The conversation of a sample."""
    now = datetime.now(UTC)
    held = Conversation(sample["name"], sample["title"], now, now)
    for number, question in enumerate(sample["asks"]):
        answer = assistant.ask(question, held.answers, writer=sample["writer"])
        turn = Turn(str(number), held.id, number, answer, (), now)
        held = replace(held, turns=(*held.turns, turn))
    return held


if __name__ == "__main__":
    main()
