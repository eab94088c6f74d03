"""The command ``masrad`` with the stand-in's vectors: a large glossary is served in seconds."""

from unittest.mock import patch

from tests.benchmarks.standin import stand_in
from ui.command import run

if __name__ == "__main__":
    with patch("assistant.assistant.make_embedder", lambda *_, **__: stand_in()):
        run()
