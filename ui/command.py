"""The command ``masrad``: the assistant's commands, and ``serve``, which starts the web app."""

import argparse
import sys

from assistant.commands.asking import AskCommand, SearchCommand
from assistant.commands.base import main, open_assistant
from assistant.commands.conversations import ConversationsCommand, GapsCommand
from assistant.commands.evaluate import EvalCommand
from assistant.commands.upkeep import CheckCommand, IndexCommand, MapCommand


class ServeCommand:
    """Starts the web app."""

    name = "serve"
    help = "start the web app, and open it in the browser"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """``--port``, ``--host`` and ``--no-browser``."""
        parser.add_argument("--port", type=_port, default=8501, metavar="N", help="port (8501)")
        parser.add_argument(
            "--host", default="127.0.0.1", metavar="ADDRESS", help="address to bind"
        )
        parser.add_argument("--no-browser", action="store_true", help="do not open a browser")

    def run(self, options: argparse.Namespace) -> int:
        """Opens the assistant first, so that what is wrong is said here and not on a page."""
        assistant = open_assistant(options)
        from ui import server  # noqa: PLC0415  (Streamlit: only this command needs it)

        return server.serve(
            assistant, host=options.host, port=options.port, browser=not options.no_browser
        )


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:  # noqa: PLR2004
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


def run() -> None:
    """The console script."""
    commands = (
        ServeCommand(),
        IndexCommand(),
        CheckCommand(),
        MapCommand(),
        SearchCommand(),
        AskCommand(),
        ConversationsCommand(),
        GapsCommand(),
        EvalCommand(),
    )
    sys.exit(main(commands))


if __name__ == "__main__":
    run()
