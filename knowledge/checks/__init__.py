"""Checks of a whole glossary: what its entries must be to one another, and how they are written."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from knowledge.checks import mentions, prose, structure
from knowledge.fault import Fault
from knowledge.glossary import Glossary

Rule = Callable[[Glossary], Iterable[Fault]]

RULES: tuple[Rule, ...] = (
    structure.shared_names,
    structure.missing_versions,
    structure.unresolved_relations,
    structure.missing_examples,
    mentions.unrelated_mentions,
    prose.long_summaries,
    prose.circular_definitions,
    prose.foreign_punctuation,
    prose.mixed_digits,
    prose.foreign_runs,
)


def check(glossary: Glossary, today: date | None = None) -> list[Fault]:
    """All faults of a glossary: those of reading, and those of every rule, in order of place."""
    today = today or datetime.now(UTC).date()
    found = {*glossary.faults, *prose.old_claims(glossary, today)}
    for rule in RULES:
        found.update(rule(glossary))
    return sorted(found)
