"""Upkeep of a glossary: ``masrad index`` and ``masrad check``."""

import argparse
import json
from pathlib import Path

from assistant.commands.base import open_assistant
from assistant.settings import Settings
from knowledge.glossary import Glossary, check


class IndexCommand:
    """Brings the index up to date."""

    name = "index"
    help = "bring the index up to date, and report what changed"

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
        manifest = assistant.retriever.index.manifest
        counts = {n: getattr(report, n) for n in ("added", "changed", "removed", "unchanged")}
        if options.json:
            values = {
                **counts,
                "embedded": report.embedded,
                "found": report.found,
                "passages": len(manifest.rows),
                "embedder": manifest.embedder,
                "dimension": manifest.dimension,
                "synced_at": manifest.synced_at,
                "notes": list(report.notes),
            }
            print(json.dumps(values, ensure_ascii=False))
        else:
            print(", ".join(f"{count} {name}" for name, count in counts.items()) + " entries.")
        return 0


class CheckCommand:
    """Validates a glossary."""

    name = "check"
    help = "validate a glossary, and list each fault as file:line: what"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The path, and ``--json``."""
        parser.add_argument(
            "path", nargs="?", type=Path, metavar="PATH", help="default: --glossary"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Prints the faults; status 1 if one of them is an error."""
        settings = Settings.load(glossary=options.path or options.glossary)
        glossary = Glossary.read(settings.glossary)
        faults = check(glossary)
        errors = sum(fault.severity == "error" for fault in faults)
        counts = {
            language: sum(entry.language == language for entry in glossary.entries)
            for language in glossary.languages
        }
        if options.json:
            values = {
                "entries": counts,
                "errors": errors,
                "warnings": len(faults) - errors,
                "faults": [
                    {"path": f.path, "line": f.line, "message": f.message, "severity": f.severity}
                    for f in faults
                ],
            }
            print(json.dumps(values, ensure_ascii=False))
        else:
            for fault in faults:
                print(fault)
            entries = ", ".join(f"{count} {language}" for language, count in counts.items())
            print(f"{entries} entries; {errors} errors, {len(faults) - errors} warnings.")
        return int(errors > 0)
