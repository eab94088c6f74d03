"""Upkeep: ``masrad index``, ``check`` and ``map``; ``backup`` and ``restore`` of what is kept."""

import argparse
import gc
from pathlib import Path

from assistant.commands.base import (
    check_place,
    open_assistant,
    print_json,
    progress_bar,
    write,
)
from assistant.settings import Settings
from knowledge.checks import check
from knowledge.glossary import Glossary


class IndexCommand:
    """Bring the index up to date, and report what changed."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """``--rebuild`` and ``--json``."""
        parser.add_argument("--rebuild", action="store_true", help="embed everything anew")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Syncs, and prints the report."""
        assistant = open_assistant(options, rebuild=options.rebuild)
        report = assistant.report
        if report is None:
            raise AssertionError("an assistant that was opened has a report")
        manifests = [index.manifest for index in assistant.retriever.indexes]
        counts = {n: getattr(report, n) for n in ("added", "changed", "removed", "unchanged")}
        if options.json:
            values = {
                **counts,
                "embedded": report.embedded,
                "found": report.found,
                "sentences": len(manifests[0].rows),
                "embedders": [{"name": m.embedder, "dimension": m.dimension} for m in manifests],
                "synced_at": manifests[0].synced_at,
                "notes": report.notes,
            }
            print_json(values)
        else:
            print(", ".join(f"{count} {name}" for name, count in counts.items()) + " entries.")
        return 0


class CheckCommand:
    """Validate a glossary, and list each fault as file:line: what."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The path, and ``--json``."""
        parser.add_argument(
            "path", nargs="?", type=Path, metavar="PATH", help="default: --glossary"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Prints the faults; status 1 if one of them is an error."""
        settings = Settings.load(glossary=options.path or options.glossary)
        # All that is made here is kept: to look for garbage among it takes a fifth of the time.
        gc.disable()
        try:
            glossary = Glossary.read(settings.glossary)
            faults = check(glossary)
        finally:
            gc.enable()
        errors = sum(fault.severity == "error" for fault in faults)
        categories = {language: glossary.categories(language) for language in glossary.languages}
        counts = {language: sum(found.values()) for language, found in categories.items()}
        if options.json:
            names = ("path", "line", "message", "severity")
            values = {
                "entries": counts,
                "categories": categories,
                "errors": errors,
                "warnings": len(faults) - errors,
                "faults": [{name: getattr(fault, name) for name in names} for fault in faults],
            }
            print_json(values)
        else:
            for fault in faults:
                print(fault)
            for language, found in categories.items():
                ordered = sorted(found.items(), key=lambda item: -item[1])
                listed = (f"{name or 'no category'} {count}" for name, count in ordered)
                print(f"{language}: {', '.join(listed)}.")
            entries = ", ".join(f"{count} {language}" for language, count in counts.items())
            print(f"{entries} entries; {errors} errors, {len(faults) - errors} warnings.")
        return int(errors > 0)


class MapCommand:
    """Draw the terms and how they are related, as an SVG picture."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, and ``--language``."""
        parser.add_argument("file", type=Path, metavar="FILE", help="the picture, ending in .svg")
        parser.add_argument(
            "--language", metavar="L", help="of the terms; default: that with most entries"
        )

    def run(self, options: argparse.Namespace) -> int:
        """Draws it."""
        from knowledge.exports.drawing import draw  # noqa: PLC0415  (needed by this command alone)

        settings = Settings.load(glossary=options.glossary)
        glossary = Glossary.read(settings.glossary)
        picture = draw(glossary, options.language or glossary.languages[0])
        write(options.file, picture)
        print(f"{options.file}: {len(glossary.ids)} terms.")
        return 0


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
