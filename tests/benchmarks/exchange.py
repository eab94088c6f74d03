"""A glossary of 5,000 rows in a table: checked, and imported."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from knowledge.editing.importing import plan
from knowledge.glossary import Glossary
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, times

ENTRIES = 5_000
SECONDS = 5.0  # for a check


def exchange(data: Path, largest: int) -> Iterator[Row]:
    """Checking beside reading the rows alone; importing beside reading them as entries."""
    size = min(ENTRIES, largest)
    file = table(data / "exchange.csv", size)
    command = [sys.executable, "-m", "ui.command", "check", str(file)]
    (checked,) = times(lambda: subprocess.run(command, check=False, capture_output=True))
    (rows,) = times(lambda: list(csv.DictReader(file.open(encoding="utf-8"))))
    floor = f"{SECONDS:g} s; the rows alone {rows * 1000:.0f} ms"
    value = f"{checked:.2f} s, the process included"
    yield Row(f"check of {size:,} rows", value, floor, checked / SECONDS, most=1.0)
    (read,) = times(lambda: Glossary.read(file))
    (imported,) = times(lambda: plan(Glossary.read(file), file.with_suffix("")).carry_out())
    yield Row(f"import of {size:,} rows", f"{imported:.2f} s", f"reading them {read:.2f} s")


def table(file: Path, size: int) -> Path:
    """A table of invented entries, one paragraph each."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["id", "term", "language", "aliases", "definition"])
        for entry in glossary(file, size, each=1).entries:
            aliases = ";".join(entry.aliases)
            writer.writerow([entry.id, entry.term, entry.language, aliases, entry.summary])
    return file
