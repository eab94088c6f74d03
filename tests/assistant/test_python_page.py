"""The page of the Python interface, docs/python.md: each of its blocks is run."""

import re
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from tests.openai_server import OpenAIServer, Reply, Request

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
KETTLES = "term,definition\nKettle,A kettle is a vessel for boiling water.\nTeapot,\n"


def _cites(request: Request) -> Reply:
    """Says the first sentence that it is given, with its source."""
    system, human = request["messages"]
    assert human["content"] == "What is overfitting?"
    return Reply(system["content"].splitlines()[1])


def test_what_the_page_shows_runs(
    assistant: Assistant,
    model_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("kettles.csv").write_text(KETTLES, "utf-8")  # in a folder of the test's own
    monkeypatch.setenv("MASRAD_DATA_DIR", str(assistant.settings.data_dir))
    model_server.answers = _cites
    names: dict[str, object] = {}
    said = []
    for block in BLOCKS:
        if "init_chat_model" in block:
            monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
            monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        exec(block, names)  # noqa: S102  (our own page)
        said.append(capsys.readouterr().out)
    asked, kettles, streamed, found, chained, prompted = said
    entry = assistant.glossary.get("overfitting", "en")
    assert entry
    sentence = entry.sentences[0].text
    assert asked.startswith(f"{sentence} [1]")
    assert f"[1] Overfitting: {sentence}\n" in asked
    assert "Overfitting: and how do I prevent it?" in asked
    assert kettles.startswith("A kettle is a vessel for boiling water. [1]\n")
    assert "kettles.csv:3: " in kettles, "what was not used is told"
    assert "A token is " in streamed
    assert sentence in found
    assert chained == f"{sentence} [overfitting]\n"
    assert "claims" in prompted
