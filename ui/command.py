"""The command ``masrad``: the assistant's commands, and ``serve``, which starts the web app."""

import argparse
import sys
from importlib import import_module

from assistant.commands.base import Command, main, print_notes, progress_bar
from assistant.settings import Settings
from knowledge import BUNDLED_MODEL, EmbedderError
from knowledge.editing.library import Library


class ServeCommand:
    """Start the web app, and open it in the browser."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """``--port``, ``--host``, ``--class`` and ``--no-browser``."""
        add, phones = parser.add_argument, "let the phones of a class in: serve the local network"
        add("--port", type=_port, metavar="N", help="port (8501, or the next that is free)")
        add("--host", metavar="ADDRESS", help="address to bind (127.0.0.1; of a class, 0.0.0.0)")
        add("--class", dest="of_class", action="store_true", help=phones)
        add("--no-browser", action="store_true", help="do not open a browser")

    def run(self, options: argparse.Namespace) -> int:
        """Serves once the assistant is open; while its first index is made, a page says how far.

        What is wrong with the settings or the glossary is thus said here, and not on a page.
        """
        settings = _chosen(Settings.load(glossary=options.glossary, data_dir=options.data_dir))
        from ui import shared  # noqa: PLC0415  (Streamlit: only this command needs it)

        with progress_bar() as progress:
            opening = shared.Opening(settings, progress, print_notes)
            from ui import server  # noqa: PLC0415  (meanwhile)

            try:
                opening.wait(until_indexing=True)
            except EmbedderError as error:
                opening = shared.Opening(_bundled(settings, error), progress, print_notes)
                opening.wait(until_indexing=True)
            return server.serve(
                opening,
                host=options.host or ("0.0.0.0" if options.of_class else "127.0.0.1"),  # noqa: S104
                port=options.port,
                browser=not options.no_browser,
                of_class=options.of_class,
            )


def _chosen(settings: Settings) -> Settings:
    """The settings, with the models and glossary chosen on the page where none are given here."""
    settings = settings.joined()
    if settings.manage == "off":
        return settings
    from assistant import local_servers  # noqa: PLC0415  (httpx: only this command needs it)

    settings = local_servers.chosen(settings)
    given = "glossary" in settings.model_fields_set
    if given or (chosen := Library(settings.data_dir).chosen()) is None:
        return settings
    print(f"masrad: opening {chosen}, chosen on the page “Manage”.", file=sys.stderr)
    return settings.model_copy(update={"glossary": chosen})


def _bundled(settings: Settings, error: EmbedderError) -> Settings:
    """The settings without the embedding model chosen on the page; fails if none was."""
    from assistant import local_servers  # noqa: PLC0415  (as above)

    given = local_servers.EMBEDDING & settings.model_fields_set
    if given or settings.embedding_model == BUNDLED_MODEL:
        raise error
    print(f"masrad: {error} From now on the bundled embedders find sentences.", file=sys.stderr)
    return local_servers.choose(settings, embedding_base_url="", embedding_model="")


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:  # noqa: PLR2004
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return number


_HOMES = {
    "serve": ("ui.command", "ServeCommand"),
    "index": ("assistant.commands.upkeep", "IndexCommand"),
    "check": ("assistant.commands.upkeep", "CheckCommand"),
    "import": ("assistant.commands.exchange", "ImportCommand"),
    "export": ("assistant.commands.exchange", "ExportCommand"),
    "lesson": ("assistant.commands.lesson", "LessonCommand"),
    "map": ("assistant.commands.upkeep", "MapCommand"),
    "search": ("assistant.commands.asking", "SearchCommand"),
    "ask": ("assistant.commands.asking", "AskCommand"),
    "quiz": ("assistant.commands.quiz", "QuizCommand"),
    "conversations": ("assistant.commands.conversations", "ConversationsCommand"),
    "gaps": ("assistant.commands.conversations", "GapsCommand"),
    "backup": ("assistant.commands.upkeep", "BackupCommand"),
    "restore": ("assistant.commands.upkeep", "RestoreCommand"),
    "tokens": ("assistant.commands.programs", "TokensCommand"),
    "mcp": ("assistant.commands.programs", "McpCommand"),
    "news": ("assistant.commands.news", "NewsCommand"),
    "eval": ("assistant.commands.evaluate", "EvalCommand"),
}


def commands(only: str = "") -> dict[str, Command]:
    """All commands; or only the one of that name, so that nobody waits for what others import."""
    names = [only] if only in _HOMES else _HOMES
    homes = {name: _HOMES[name] for name in names}
    return {name: getattr(import_module(module), kind)() for name, (module, kind) in homes.items()}


def run() -> None:
    """The console script."""
    sys.exit(main(commands(*sys.argv[1:2])))


if __name__ == "__main__":
    run()
