"""The command ``masrad``: the assistant's commands, and ``serve``, which starts the web app."""

import gc
import sys
from pkgutil import resolve_name

from assistant.commands import base
from assistant.settings import Settings
from knowledge import BUNDLED_MODEL, EmbedderError
from knowledge.editing.library import Library


@base.command(
    base.argument("--port", "port (8501, or the next that is free)", type=int, metavar="N"),
    base.argument("--host", "address to bind (127.0.0.1; of a class, 0.0.0.0)", metavar="ADDRESS"),
    base.flag("--class", "let the phones of a class in: serve the local network"),
    base.flag("--no-browser", "do not open a browser"),
)
def serve(options: base.Options) -> int:
    """Start the web app, and open it in the browser.

    It serves once the assistant is open; while its first index is made, a page says how far. What
    is wrong with the settings or the glossary is thus said here, and not on a page.
    """
    settings, of_class = _chosen(options.settings), getattr(options, "class")
    gc.disable()  # nearly all that is made now stays: no garbage is looked for in it, ever
    from ui import shared  # noqa: PLC0415  (Streamlit: only this command needs it)

    opening = shared.Opening(settings)
    from ui import server  # noqa: PLC0415  (meanwhile)

    try:
        opening.wait(until_indexing=True)
    except EmbedderError as error:
        opening = shared.Opening(_bundled(settings, error))
        opening.wait(until_indexing=True)
    gc.freeze()
    gc.enable()
    return server.serve(
        opening,
        host=options.host or ("0.0.0.0" if of_class else "127.0.0.1"),  # noqa: S104
        port=options.port,
        browser=not options.no_browser,
        of_class=of_class,
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
    base.say(f"opening {chosen}, chosen on the page “Manage”.")
    return settings.model_copy(update={"glossary": chosen})


def _bundled(settings: Settings, error: EmbedderError) -> Settings:
    """The settings without the embedding model chosen on the page; fails if none was."""
    from assistant import local_servers  # noqa: PLC0415  (as above)

    given = local_servers.EMBEDDING & settings.model_fields_set
    if given or settings.embedding_model == BUNDLED_MODEL:
        raise error
    base.say(f"{error} From now on the bundled embedders find sentences.")
    return local_servers.choose(settings, embedding_base_url="", embedding_model="")


_HOMES = {
    "serve": "ui.command:serve",
    "index": "assistant.commands.upkeep:index",
    "check": "assistant.commands.upkeep:check",
    "import": "assistant.commands.exchange:import_",
    "export": "assistant.commands.exchange:export",
    "search": "assistant.commands.asking:search",
    "ask": "assistant.commands.asking:ask",
    "conversations": "assistant.commands.conversations:conversations",
    "gaps": "assistant.commands.conversations:gaps",
    "backup": "assistant.commands.upkeep:backup",
    "restore": "assistant.commands.upkeep:restore",
    "mcp": "assistant.commands.asking:mcp",
    "news": "assistant.commands.upkeep:news",
    "eval": "assistant.commands.evaluate:evaluate",
}


def commands(only: str = "") -> dict[str, base.Command]:
    """All commands; or only the one of that name, so that nobody waits for what others import."""
    names = [only] if only in _HOMES else _HOMES
    return {name: resolve_name(_HOMES[name]) for name in names}


def run() -> None:
    """The console script."""
    sys.exit(base.main(commands(*sys.argv[1:2])))


if __name__ == "__main__":
    run()
