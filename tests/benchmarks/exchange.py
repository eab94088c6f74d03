"""A glossary of 5,000 rows in a table: checked, imported, and indexed as it is imported."""

import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.editing.importing import plan
from knowledge.glossary import Glossary
from knowledge.search.embeddings import Embedder
from knowledge.search.index import Progress, open_index
from knowledge.search.store import Store
from tests.benchmarks.invented import glossary
from tests.benchmarks.rows import Row, times
from tests.benchmarks.syncing import fresh

ENTRIES = 5_000
INDEXED = 200  # of the rows: embedding all takes minutes
SECONDS = 5.0  # for a check


def exchange(data: Path, largest: int) -> Iterator[Row]:
    """Checking beside reading the rows alone; importing; and both with indexing."""
    size = min(ENTRIES, largest)
    table = _table(data / "exchange" / "all.csv", size)
    command = [sys.executable, "-m", "ui.command", "check", str(table)]
    (checked,) = times(lambda: subprocess.run(command, check=False, capture_output=True))
    (rows,) = times(lambda: list(csv.DictReader(table.open(encoding="utf-8"))))
    floor = f"{SECONDS:g} s; the rows alone {rows * 1000:.0f} ms"
    value = f"{checked:.2f} s, the process included"
    yield Row(f"check of {size:,} rows", value, floor, checked / SECONDS, most=1.0)
    (read,) = times(lambda: Glossary.read(table))
    (imported,) = times(lambda: plan(Glossary.read(table), table.parent / "all").carry_out())
    yield Row(f"import of {size:,} rows", f"{imported:.2f} s", f"reading them {read:.2f} s")

    count = min(INDEXED, largest)
    few, dest = _table(table.with_name("few.csv"), count), table.with_name("few")

    def both(embedders: Sequence[Embedder], progress: Progress) -> None:
        plan(Glossary.read(few), dest).carry_out()
        for embedder in embedders:
            open_index(Store(data / "imported"), Glossary.read(dest), embedder, progress)

    yield fresh(f"import and index of {count:,} rows", both)


def _table(file: Path, size: int) -> Path:
    """A table of invented entries, one paragraph each."""
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["id", "term", "language", "aliases", "definition"])
        for entry in glossary(file, size, each=1).entries:
            aliases = ";".join(entry.aliases)
            writer.writerow([entry.id, entry.term, entry.language, aliases, entry.summary])
    return file
