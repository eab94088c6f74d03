"""Checks of a whole glossary: what its entries must be to one another, and how they are written."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from knowledge.checks import links, prose, structure
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary

Rule = Callable[[Glossary], Iterable[Fault]]

_BETWEEN: tuple[Rule, ...] = (
    structure.shared_names,
    structure.missing_versions,
    structure.unresolved_relations,
    structure.missing_examples,
)
RULES: tuple[Rule, ...] = (
    *_BETWEEN,
    links.unrelated_mentions,
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


def check_entry(entry: Entry, glossary: Glossary, today: date | None = None) -> list[Fault]:
    """The faults of one entry of a glossary, as soon as it is typed.

    What is between entries is looked at in the whole glossary, what is within one in it alone. For
    terms that it uses and does not name as related, every text would have to be read: those are
    told by ``check``.
    """
    today = today or datetime.now(UTC).date()
    alone = Glossary(glossary.path, (entry,))
    found = set(prose.old_claims(alone, today))
    for rule in RULES:
        if rule is not links.unrelated_mentions:
            found.update(rule(glossary if rule in _BETWEEN else alone))
    return sorted(fault for fault in found if fault.path == entry.origin)
