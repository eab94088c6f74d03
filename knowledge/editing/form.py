"""A form: the fields of an entry as they are typed, and the entry that they make."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from knowledge.draft import make_entry
from knowledge.editing import native
from knowledge.editing.entries import Edit
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import markdown, matter
from knowledge.language.text import clean


@dataclass(frozen=True)
class EntryForm:
    """What is typed, field by field; what the entry says in Markdown, as its file has it."""

    term: str = ""
    summary: str = ""
    text: str = ""
    """All below the first paragraph, each section under its heading."""
    aliases: tuple[str, ...] = ()
    category: str = ""
    related: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    sources: tuple[Mapping[str, str], ...] = ()
    """Those without any text are none."""

    @property
    def body(self) -> str:
        """The summary and the text."""
        return clean(f"{self.summary}\n\n{self.text}").strip()

    @classmethod
    def of(cls, edit: Edit) -> "EntryForm":
        """An entry as its file has it; of a new one, nothing."""
        found, entry = matter.read(native.source(edit.was), str(edit.origin)), edit.before
        if isinstance(found, Fault) or entry is None:
            return cls()
        summary, _, text = found.body.strip().partition("\n\n")
        return cls(
            entry.term,
            summary.strip(),
            text.strip(),
            entry.aliases,
            entry.category,
            entry.related,
            entry.asked,
            tuple({k: str(v or "") for k, v in asdict(each).items()} for each in entry.sources),
        )


def entry_from(form: EntryForm, edit: Edit) -> Entry | Fault:
    """The entry that is typed, or what forbids it to be one.

    Of a new one without an id, that is made of its term.
    """
    filled = ({k: v for k, v in source.items() if v} for source in form.sources)
    values = asdict(form) | {"id": edit.id, "language": edit.language}
    values["sources"] = [*filter(None, filled)]
    if edit.before:
        values["updated"] = edit.before.updated
    found = make_entry(
        values, markdown.sections(form.body), edit.before.origin if edit.before else ""
    )
    if isinstance(found, Fault) or edit.before:
        return found
    return replace(found, origin=str(native.place(found)))
