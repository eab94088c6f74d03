"""Reading by a chat model: a text in which no shape shows where its terms are.

The model points at paragraphs by their numbers, and names the term that they explain; the words of
the entry are taken from the text, to the letter. What it names that the text does not have is left
out.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from assistant.chat import ChatModel
from assistant.prompts import fenced, template
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, split_names
from knowledge.language.text import clean

_PART = 8_000  # characters of the text that a model reads at once
_ROOM = 30  # tokens of a line of its reply
_SECONDS = 120.0  # that it may take over a part
_LINE = re.compile(r"\W*(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?[\s.:|)]+(.+)")
_SEPARATOR = " :：–—-.\t"


def read_with(
    chat: ChatModel, paragraphs: Sequence[str], path: PurePath
) -> Iterator[Entry | Fault]:
    """The entries that a model finds in a text, and a fault for each part that it failed on."""
    for numbers in _parts(paragraphs):
        material = fenced(paragraphs=(f"{n + 1}. {paragraphs[n]}" for n in numbers))
        messages = template("read").format_messages(**material)
        reply = chat.ask(messages, _ROOM * len(numbers), seconds=_SECONDS)
        if reply is None:
            message = "the chat model failed on what begins here: try again."
            yield Fault(str(path), numbers[0] + 1, message)
            continue
        for line in filter(None, map(_LINE.fullmatch, map(str.strip, clean(reply).splitlines()))):
            first, last = int(line[1]) - 1, int(line[2] or line[1]) - 1
            if numbers[0] <= first <= last <= numbers[-1]:
                yield from _entry(paragraphs, first, last, line[3].strip(" \"'“”«»*`"), path)


def _parts(paragraphs: Sequence[str]) -> Iterator[range]:
    """The numbers of paragraphs that are read together."""
    start = size = 0
    for n, paragraph in enumerate(paragraphs):
        if size and size + len(paragraph) > _PART:
            yield range(start, n)
            start, size = n, 0
        size += len(paragraph)
    if size:
        yield range(start, len(paragraphs))


def _entry(
    paragraphs: Sequence[str], first: int, last: int, term: str, path: PurePath
) -> Iterator[Entry | Fault]:
    """The entry of a term that stands in its explanation, or in the paragraph above it."""
    text = [*paragraphs[first : last + 1]]
    above = paragraphs[first - 1] if first else ""
    written = re.search(re.escape(term), "\n".join((above, *text)), re.IGNORECASE)
    if not written:
        return
    if text[0].startswith(written[0]):
        rest = text[0].removeprefix(written[0]).lstrip()
        if not rest:
            text = text[1:]
        elif rest[0] in _SEPARATOR:
            text[0] = rest.lstrip(_SEPARATOR)
    name, aliases = split_names(written[0])
    values = {"term": name, "aliases": list(aliases)}
    yield make_entry(values, opening(text), str(path), line=first + 1)
