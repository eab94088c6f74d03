"""The inbox: what people asked in vain, and what they said of answers: to be seen to."""

from functools import lru_cache, partial

from assistant.conversations.conversation import Item
from assistant.conversations.gaps import grouped, key
from knowledge.glossary import Glossary
from ui import formatting, identity, managing, shared, state
from ui.page import Page


def missing(page: Page) -> None:
    """The rows to mend, and those to write."""
    waiting = rows(page)
    editable = managing.may_edit(page.assistant)
    page.undo("inbox")
    page.html(
        "inbox#rows",
        mend=[each for each in waiting if each.entry],
        write=[each for each in waiting if not each.entry],
        entries={entry.key: entry for entry in page.glossary.entries},
        editable=editable,
        fixed=bool(waiting) and not editable and identity.current().may("owner"),
    )


def find(key: str, page: Page) -> Item | None:
    """The row that has a key; ConversationError if it cannot be read."""
    return next((each for each in rows(page) if key in each.keys), None)


def rows(page: Page) -> list[Item]:
    """What waits, but for what an entry has filled since; ConversationError as above."""
    items, known = shared.conversations().inbox(), _known(page.glossary)
    wanted = tuple(each for each in items if each.entry or known.isdisjoint(each.keys))
    return _grouped(wanted, page.assistant.retriever.classifier.embedders)


@lru_cache(maxsize=2)
def _known(glossary: Glossary) -> frozenset[str]:
    """What the names of all entries are counted as."""
    return frozenset(key(name, e.language) for e in glossary.entries for name in e.names)


_grouped = lru_cache(maxsize=2)(grouped)  # held against each other only where there is a new one


def set_aside(key: str, page: Page) -> None:
    """Takes a row off the list as done; ConversationError if that fails."""
    row = find(key, page) if identity.current().may("teacher") else None
    if row is not None:
        put = shared.conversations().set_aside
        put(row.keys)
        name = formatting.isolated(row.questions[0] if row.entry else row.term)
        said = page.say("inbox_is_done", name=name)
        state.undoable("inbox", said, partial(put, row.keys, aside=False))
