"""A revision: a file of the project's own format, made to say what its entry says by now.

What says so already stays as it was written: comments, links and emphasis. Of a field that changes
the front matter is written anew; fields that the format does not know stay.
"""

from collections.abc import Sequence
from pathlib import PurePath

from knowledge.draft import Fields
from knowledge.editing import native
from knowledge.editing.native import Item
from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats import markdown, matter
from knowledge.language.text import clean

_Block = tuple[tuple[Item, ...], str]  # what is read from a piece of a body, and how it is written


def revised(data: bytes | None, entry: Entry, path: PurePath) -> str:
    """The text of the file at ``path``, changed as little as makes it say what ``entry`` says.

    ``data`` is what it holds, None if it is not there.
    Where a change here and there would not be read as the entry, it is written anew; the fields
    that the format does not know stay in any case, if the front matter can be read at all.
    """
    text = clean((data or b"").decode("utf-8-sig", errors="replace"))
    found = matter.read(text, str(path))
    if isinstance(found, Fault):
        return native.write(entry, path)
    further = _further(text, path)
    before = _read(text, path)
    if before:
        fields = native.fields(entry, path)
        front = text.removesuffix(found.body)
        if fields != native.fields(before, path):
            front = f"---\n{native.dumped({**fields, **further})}---"
        changed = f"{front}{_body(found.body, before, entry)}"
        if _read(changed, path) == entry and _further(changed, path) == further:
            return changed
    return native.write(entry, path, further)


def _read(text: str, path: PurePath) -> Entry | None:
    return next((item for item in markdown.read(text, path) if isinstance(item, Entry)), None)


def _further(text: str, path: PurePath) -> dict[str, object]:
    found = matter.read(text, str(path))
    values = {} if isinstance(found, Fault) else found.values
    return {key: value for key, value in values.items() if key not in Fields.model_fields}


def _body(body: str, before: Entry, entry: Entry) -> str:
    if before.sections == entry.sections:
        return body
    lead, blocks = _blocks(body)
    wanted = [item for section in entry.sections for item in native.items(section, entry.language)]
    written, place = [lead] if lead else [], 0
    while place < len(wanted):
        ahead = tuple(wanted[place:])
        kept = next((block for block in blocks if ahead[: len(block[0])] == block[0]), None)
        if kept:
            blocks.remove(kept)
        items, text = kept or (ahead[:1], native.block(wanted[place]))
        written.append(text)
        place += len(items)
    return "\n\n" + "\n\n".join(written) + "\n"


def _blocks(body: str) -> tuple[str, list[_Block]]:
    """The pieces of a body; what says nothing (a comment) belongs to the piece before, or leads."""
    lead, found = "", list[_Block]()
    for text, said in markdown.blocks(body):
        if items := tuple(_items(said)):
            found.append((items, text))
        elif found:
            items, above = found.pop()
            found.append((items, f"{above}\n\n{text}"))
        else:
            lead = f"{lead}\n\n{text}".strip("\n")
    return lead, found


def _items(sections: Sequence[Section]) -> Sequence[Item]:
    """As ``native.items``, of what is read: a name alone is not written."""
    read = []
    for section in sections:
        read += [Item(section.heading, "heading")] if section.heading else []
        read += native.paragraphs(section)
    return read
