"""The command ``masrad`` with the stand-ins' vectors: a large glossary is served in seconds."""

from unittest.mock import patch

from tests.benchmarks.standin import stand_ins
from ui.command import run

if __name__ == "__main__":
    with patch("assistant.assistant.make_embedders", lambda *_, **__: stand_ins()):
        run()
