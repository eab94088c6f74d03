"""Review: what an import would do, entry by entry, with the problems beside what they are of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.editing.importing import Plan
from knowledge.entry import Entry
from knowledge.fault import Fault

State = Literal["added", "changed", "unchanged", "lost"]
"""New, another than before, as before; or a problem that cost an entry."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One entry as it will stand, or a problem that is of none."""

    state: State
    entry: Entry | None = None
    before: Entry | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def key(self) -> str:
        """Tells the row's entry from others; empty where there is none."""
        return self.entry.key if self.entry else ""


def review(plan: Plan) -> tuple[ReviewRow, ...]:
    """Every row of a plan: what was lost first, then what is new, changed, and as it was."""
    entries = list(_entries(plan))
    places: dict[str, list[tuple[int, str]]] = {}
    for row in entries:
        if row.entry:
            places.setdefault(row.entry.origin, []).append((row.entry.line, row.key))
    beside: dict[str, list[Fault]] = {}
    alone = []
    for fault in sorted(plan.faults):
        near = [place for place in places.get(fault.path, ()) if place[0] <= fault.line]
        if fault.severity == "error" or not near:
            alone.append(ReviewRow("lost", faults=(fault,)))
        else:
            beside.setdefault(max(near)[1], []).append(fault)
    told = (
        ReviewRow(row.state, row.entry, row.before, tuple(beside.get(row.key, ())))
        for row in entries
    )
    return (*alone, *told)


def _entries(plan: Plan) -> Iterator[ReviewRow]:
    for change in plan.added:
        yield ReviewRow("added", change.entry)
    for change in plan.changed:
        yield ReviewRow("changed", change.entry, change.before)
    for entry in plan.unchanged:
        yield ReviewRow("unchanged", entry)
