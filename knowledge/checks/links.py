"""Terms of a glossary that an entry's text uses: what a reader may want to follow from there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.language.words import fold

MOST_RELATED = 8
"""A list of more terms is not read: an entry that has so many is not asked for another."""

COMMON = 0.03
"""A term that more than this part of the entries use is the field's everyday vocabulary."""


def unrelated_mentions(glossary: Glossary) -> Iterable[Fault]:
    """First uses of another term that is not named as related, where both have room for it."""
    used = {entry.key: mentioned(entry, glossary) for entry in glossary.entries}
    users = Counter((e.language, other) for e in glossary.entries for other in used[e.key])
    sizes = Counter(entry.language for entry in glossary.entries)
    related = {e.key: {glossary.id_of(name) for name in e.related} for e in glossary.entries}
    for entry in glossary.entries:
        language, near = entry.language, related[entry.key]
        for other_id, (name, line) in used[entry.key].items():
            other = glossary.get(other_id, language)
            if other is None or other_id in near:
                continue
            full = max(len(near), len(related[other.key])) >= MOST_RELATED
            if not full and users[language, other_id] <= max(3, COMMON * sizes[language]):
                spelt = next((s for s in other.names if fold(s) == name), name)
                message = (
                    f"uses “{spelt}”, a term of this glossary ({other_id}), and does not name it as"
                    " related."
                )
                yield Fault(entry.origin, line, message, "warning")


def mentioned(entry: Entry, glossary: Glossary) -> dict[str, tuple[str, int]]:
    """The ids of other entries whose names an entry's text uses: the name, and its first line.

    An example does not count: it may use whatever makes it vivid.
    """
    found: dict[str, tuple[str, int]] = {}
    own = {fold(name) for name in entry.names}
    for section in entry.sections:
        if section.name != EXAMPLE:
            for ids, name, line in _names(section, own, glossary):
                if entry.id not in ids:
                    found.setdefault(ids[0], (name, line or entry.line))
    return found


def _names(
    section: Section, own: set[str], glossary: Glossary
) -> Iterator[tuple[tuple[str, ...], str, int | None]]:
    """Names in a section's text from left to right, the longest at each place, none in another."""
    offset, named = 0, glossary.named
    for paragraph in section.text.split("\n\n"):
        words = fold(paragraph).split()
        end = 0
        for start, word in enumerate(words):
            for length in glossary.name_lengths.get(word, ()) if start >= end else ():
                name = " ".join(words[start : start + length])
                if name in own or (name in named and _stands(name, paragraph, glossary)):
                    end = start + length
                    if name not in own:
                        yield named[name], name, section.line(offset)
                    break
        offset += len(paragraph) + 2


def _stands(name: str, text: str, glossary: Glossary) -> bool:
    """Whether folded words are a name there: “kg” is no “KG”, and who reacts does not “ReAct”."""
    ids = glossary.named.get(name, ())
    spellings = [s for i in ids for e in glossary.versions(i) for s in e.names if fold(s) == name]
    return any(s[1:] == s[1:].lower() or s in text for s in spellings)
