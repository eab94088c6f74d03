"""The sidebar's markup: the reader's conversations, and facts of what is there."""

from collections.abc import Sequence
from html import escape

from ui import places
from ui.markup.text import button, does, label, note
from ui.strings import strings


def conversations(
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    current: str,
    interface: str,
    *,
    searched: bool,
) -> str:
    """Conversations by how long ago they were changed, each of its id and title."""
    words = strings(interface)
    blocks = []
    for name, group in groups:
        items = "".join(_conversation(*each, current, interface) for each in group)
        blocks.append(f'{label(name)}<ul class="m-conversations">{items}</ul>')
    if not blocks:
        empty = words["conversations_not_found" if searched else "conversations_none"]
        blocks.append(note(empty))
    title = escape(words["conversations"])
    return f'<nav class="m-list" aria-label="{title}">{"".join(blocks)}</nav>'


def _conversation(conversation_id: str, title: str, current: str, interface: str) -> str:
    words = strings(interface)
    here = " aria-current=page" if conversation_id == current else ""
    address = escape(places.conversation(conversation_id, interface))
    more = button(
        words["conversation_more"].format(title=title),
        does("manage", id=conversation_id),
        icon="more",
        bare=True,
    )
    return (
        f'<li><a href="{address}" {does("go", view="chat", c=conversation_id)}{here}'
        f' dir="auto">{escape(title)}</a>{more}</li>'
    )


def undo(said: str, interface: str) -> str:
    """What was done, and a button that undoes it."""
    back = button(strings(interface)["undo_delete"], does("restore"), icon="undo")
    return f'<p class="m-undo" role="status"><span>{escape(said)}</span>{back}</p>'


def about(title: str, facts: str) -> str:
    """Facts that open."""
    return (
        f'<details class="m-about"><summary>{escape(title)}</summary><div>{facts}</div></details>'
    )
