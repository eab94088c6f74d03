"""``masrad backup`` and ``masrad restore``: all that cannot be made again, in one file."""

import argparse
from pathlib import Path

from assistant.commands.base import check_place, progress_bar
from assistant.settings import Settings


class BackupCommand:
    """Write conversations, glossaries and all else that cannot be made again into a ZIP."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file."""
        parser.add_argument("dest", type=Path, metavar="DEST", help="the file, such as masrad.zip")

    def run(self, options: argparse.Namespace) -> int:
        """Writes it, and says what is in it."""
        from assistant.backup import back_up  # noqa: PLC0415  (SQLAlchemy)

        settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
        check_place(options.dest)
        with progress_bar("Saving", "rows") as progress:
            rows, files = back_up(settings, options.dest, progress)
        print(f"{options.dest}: {rows} rows of the database and {files} files.")
        return 0


class RestoreCommand:
    """Put a backup in force, where nothing is kept yet."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, and ``--force``."""
        parser.add_argument("source", type=Path, metavar="SOURCE", help="what “backup” wrote")
        force = "replace what is kept in the database and the data folder"
        parser.add_argument("--force", action="store_true", help=force)

    def run(self, options: argparse.Namespace) -> int:
        """Restores it, and says what was in it."""
        from assistant.backup import restore  # noqa: PLC0415  (SQLAlchemy)

        settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
        with progress_bar("Restoring", "rows") as progress:
            rows, files = restore(settings, options.source, progress, force=options.force)
        print(f"{options.source}: {rows} rows of the database and {files} files are in force.")
        return 0
