"""Faults: what is to be considered about an entry."""

from collections.abc import Sequence
from html import escape

from knowledge.fault import Fault
from ui.markup.problems import problem
from ui.markup.text import tongue
from ui.strings import strings


def faults(found: Sequence[Fault], interface: str) -> str:
    """What is to be considered about an entry, or that there is nothing."""
    if not found:
        return (
            f'<p class="m-fine" {tongue(interface)}><span class="m-icon m-icon-done"'
            f' aria-hidden="true"></span>{escape(strings(interface)["entry_fine"])}</p>'
        )
    items = "".join(
        f'<li class="m-{fault.severity}">{escape(problem(fault.message, interface))}</li>'
        for fault in found
    )
    return f'<div role="status" {tongue(interface)}><ul class="m-faults">{items}</ul></div>'
