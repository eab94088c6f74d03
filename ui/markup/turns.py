"""Turns: a question, its answer, what it rests on, and what can be done with both."""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.answer import Answer
from assistant.conversations.changes import Change
from knowledge.glossary import Glossary
from ui.markup.answers import withheld
from ui.markup.cards import sources
from ui.markup.text import button, copies, does, label, note
from ui.strings import LANGUAGES, strings


def turn(number: int, *blocks: str) -> str:
    """A turn of the conversation, of blocks of markup."""
    return f'<article class="m-turn" id="turn-{number}">{"".join(blocks)}</article>'


def question(number: int, text: str, interface: str, *, editable: bool) -> str:
    """A question that was asked; it can be edited and asked anew."""
    words = strings(interface)
    edit = ""
    if editable:
        edit = button(words["edit"], does("edit", turn=number), icon="edit", bare=True)
    said = escape(words["you"])
    return (
        f'<div class="m-asked">{edit}<p class="m-question" dir="auto">'
        f'<span class="m-hidden">{said}: </span>{escape(text)}</p></div>'
    )


def below(  # noqa: PLR0913, PLR0917  (all that stands there)
    answer: Answer,
    glossary: Glossary,
    interface: str,
    notes: Sequence[str],
    actions: str,
    changed: Mapping[int, Change],
) -> str:
    """What stands under an answer: how it is supported, its sources, and what can be done."""
    hidden = [withheld(answer.withheld, interface)] if answer.withheld else []
    blocks = []
    if notes or hidden:
        blocks.append(f'<div class="m-notes">{"".join([*map(note, notes), *hidden])}</div>')
    if answer.citations:
        blocks.append(sources(answer, glossary, interface, changed))
    return "".join([*blocks, actions])


def offers(questions: Sequence[str], title: str) -> str:
    """Questions to ask next, each by a touch."""
    if not questions:
        return ""
    items = "".join(
        f"<li>{button(question, does('ask', question=question), kind='offer')}</li>"
        for question in questions
    )
    return f'<nav class="m-offers">{label(title)}<ul>{items}</ul></nav>'


def actions(  # noqa: PLR0913  (all that can be done)
    number: int,
    answer: Answer,
    interface: str,
    *,
    copied: tuple[str, str],
    thumb: int | None,
    commented: bool,
    explained: bool,
    other_writer: bool,
) -> str:
    """What can be done with an answer.

    Args:
        number: the turn's.
        answer: it.
        interface: the interface's language.
        copied: the answer with its sources, as plain text and as Markdown.
        thumb: what the reader thinks of it: 1, −1 or 0; None if it is not kept.
        commented: whether the reader has commented on it.
        explained: whether the page shows how it was found.
        other_writer: whether there is another writer to ask.
    """
    words = strings(interface)

    def act(key: str, name: str, icon: str, **values: object) -> str:
        pressed = values.pop("pressed", None)
        return button(
            words[key],
            does(name, turn=number, **values),
            icon=icon,
            bare=True,
            pressed=pressed if isinstance(pressed, bool) else None,
        )

    text, markdown = copied
    buttons = [
        button(words["copy"], copies(text, interface), icon="copy", bare=True),
        button(words["copy_markdown"], copies(markdown, interface), icon="markdown", bare=True),
    ]
    if thumb is not None:
        buttons += [
            act("thumb_up", "rate", "up", thumb=1, pressed=thumb == 1),
            act("thumb_down", "rate", "down", thumb=-1, pressed=thumb == -1),
            act("comment", "comment", "comment", pressed=commented),
        ]
    buttons.append(act("again", "again", "again"))
    if answer.language in LANGUAGES:
        buttons.append(act(f"other_language_{answer.language}", "other_language", "language"))
    if other_writer:
        other = "quote" if answer.writer == "explain" else "explain"
        buttons.append(act(f"other_writer_{other}", "other_writer", "writer"))
    found = button(
        words["found_hide" if explained else "found_show"],
        does("explain", turn=number),
        icon="found",
        kind="quiet",
        pressed=explained,
    )
    title = escape(words["actions"])
    return (
        f'<div class="m-actions" role="group" aria-label="{title}">{"".join(buttons)}{found}</div>'
    )
