"""Resolving: an entry's language and its links, where it leaves them open, by the other entries."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.language.text import ENOUGH_LETTERS, base, detect, main_script
from knowledge.language.words import fold

# Of all text in one script, what share must be taken for a language before it is believed: a
# classifier that reads a line or two errs more often than that, with languages that nobody wrote.
_LEAST_SHARE = 0.2
_MOST_CHARACTERS = 5_000  # characters that a language is told from, at most


def resolved(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each in the language that its neighbours bear out, its links made relations.

    A language that was told from an entry's text (``Entry.guessed``) counts only if enough of the
    text in that script is in it; else the entry is in the one that most of it is in. An entry that
    only sends to another is a name of that. A link to what is no entry of the glossary, or is the
    entry itself, is dropped.
    """
    return list(_with_relations(_redirects_as_aliases(_with_agreed_languages(entries))))


def _with_agreed_languages(entries: Sequence[Entry]) -> list[Entry]:
    """Each entry in its language, or in that of its neighbours; the longer they are, the surer."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries if any(entry.guessed for entry in entries) else ():
        groups.setdefault(main_script(_text(entry)[:300], kana=True), []).append(entry)
    agreed: dict[int, str] = {}
    for group in groups.values():
        votes: Counter[str] = Counter()
        for entry in group:
            length = sum(len(section.text) for section in entry.sections)
            is_told = length >= ENOUGH_LETTERS or not entry.guessed
            votes[entry.language] += length if is_told else 0
        most, least = votes.most_common(1)[0][0], _LEAST_SHARE * votes.total()
        together = " ".join(map(_text, group))[:_MOST_CHARACTERS]
        if not least and len(group) > 1 and len(together) >= ENOUGH_LETTERS:
            most, least = detect(together) or most, 1  # no text is long enough, but all are
        agreed |= {
            id(entry): most
            for entry in group
            if entry.guessed and base(entry.language) != base(most)
            if votes[entry.language] < least
        }
    return [replace(e, language=agreed[id(e)]) if id(e) in agreed else e for e in entries]


def _text(entry: Entry) -> str:
    return " ".join((entry.term, *(section.text for section in entry.sections)))


def _redirects_as_aliases(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries without those that only send to others, which have their names as well."""
    sent = {n: entry.same_as for n, entry in enumerate(entries) if entry.same_as}
    if not sent:
        return entries
    found = dict(enumerate(entries))
    names = {
        name: n
        for n, entry in reversed(found.items())
        if n not in sent
        for name in (*map(fold, entry.names), entry.id)
    }
    moved: dict[str, str] = {}
    for n, name in sent.items():
        target = names.get(name, names.get(fold(name)))
        if target is not None:
            moved[entries[n].id] = entries[target].id
            aliases = dict.fromkeys((*found[target].aliases, *found.pop(n).names))
            found[target] = replace(found[target], aliases=tuple(aliases))
    return [
        replace(e, related=tuple(moved.get(each, each) for each in e.related))
        for e in found.values()
    ]


def _with_relations(entries: Sequence[Entry]) -> Iterator[Entry]:
    ids = {entry.id for entry in entries}
    names = {fold(name): entry.id for entry in reversed(entries) for name in entry.names}
    counts = Counter(entry.origin for entry in entries)
    for entry in entries:  # notes, an entry a file, link to each other by their files' names
        if counts[entry.origin] == 1:
            names.setdefault(fold(PurePath(entry.origin).stem), entry.id)
    for entry in entries:
        related = list(entry.related)
        if entry.links:  # a page names what it links to: one relation, not two
            related = [each if each in ids else names.get(fold(each), each) for each in related]
            related += (link if link in ids else names.get(fold(link), "") for link in entry.links)
            related = [each for each in related if each not in ("", entry.id)]
        yield replace(entry, related=tuple(dict.fromkeys(related)), links=())
