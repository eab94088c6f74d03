"""The page that is being drawn, and what of an error it tells its reader, and only the log."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import streamlit as st
from markupsafe import Markup

from assistant import AssistantError, ClassError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.glossary import Glossary
from ui import formatting, identity, problems, templates
from ui.markup import Context
from ui.strings import strings

T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """What all that is drawn needs, and the ways in which most of it is said."""

    assistant: Assistant
    language: str

    @property
    def glossary(self) -> Glossary:
        """The open glossary."""
        return self.assistant.glossary

    @property
    def context(self) -> Context:
        """What answers and entries are shown in."""
        return Context(self.language, self.glossary, self.assistant.linker)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories, in the interface's language if the glossary has it, else in its first."""
        known = self.glossary.languages
        spoken = self.language if self.language in known else known[0]
        return tuple(filter(None, self.glossary.categories(spoken)))

    @property
    def words(self) -> dict[str, str]:
        """The strings of the interface, by key."""
        return strings(self.language)

    def say(self, key: str, **values: str) -> str:
        """A string of the interface, with what stands in its places."""
        return self.words[key].format(**values)

    def number(self, value: int) -> str:
        """A number as the interface writes it."""
        return formatting.number(value, self.language)

    def render(self, template: str, **values: object) -> Markup:
        """The HTML of a template, in the interface's language."""
        return templates.render(template, self.language, **values)

    def html(self, template: str, **values: object) -> None:
        """Shows a template."""
        st.html(self.render(template, **values))

    def subtitle(self, text: str, said: str = "") -> None:
        """Shows the title of a block."""
        self.html("parts#subtitle", text=text, said=said)

    def undo(self, place: str) -> None:
        """Shows what was done last at a place, with a button that undoes it."""
        done = st.session_state.get("undo", ("", ""))
        if done[0] == place:
            self.html("parts#undo", said=done[1])

    def failure(self, error: Exception, key: str = "error_any") -> str:
        """What failed, in the sentence of a key."""
        return self.say(key, message=told(error, self.language))

    def failed(self, error: Exception, key: str = "error_any") -> None:
        """Shows it."""
        note(self.failure(error, key), "notice")

    @contextlib.contextmanager
    def trying(self) -> Iterator[None]:
        """Shows what fails in here, where that is told to readers."""
        try:
            yield
        except (KnowledgeError, AssistantError, OSError) as error:
            self.failed(error)


def show(title: str, html: Markup, width: Literal["medium", "large"] = "medium") -> None:
    """Opens a dialog that only shows something."""
    st.dialog(title, width=width)(st.html)(html)


def one_of(label: str, options: Mapping[T, str], now: T | None = None, **more: Any) -> T | None:  # noqa: ANN401
    """One of some things, each told in words, chosen in a list; ``more`` is Streamlit's."""
    found: T | None = st.selectbox(
        label,
        list(options),
        index=list(options).index(now) if now in options else None,  # type: ignore[arg-type]
        format_func=lambda each: options.get(each, str(each)),
        **more,
    )
    return found


def in_a_row(
    label: str,
    values: Sequence[T],
    now: T,
    said: Callable[[T], str] = str,
    **more: Any,  # noqa: ANN401  (Streamlit's)
) -> T:
    """One of a few things, chosen in a row."""
    chosen: T | None = st.segmented_control(
        label, values, default=now, required=True, format_func=said, **more
    )
    return now if chosen is None else chosen


def note(text: str, kind: Literal["note", "notice"] = "note") -> None:
    """Shows a quiet remark, or a notice that should be seen."""
    st.html(templates.note(text, kind))


def told(error: Exception, language: str) -> str:
    """What an error says: to the owner all of it, to others the number under which the log has it.

    Its own words may hold paths, addresses and what a driver says of the database; of the class,
    they do not.
    """
    if isinstance(error, ClassError) or identity.current().may("owner"):
        return problems.failed(error, language)
    return numbered(error, language)


def numbered(error: Exception, language: str, origin: Exception | None = None) -> str:
    """That something failed; the log has what, and of what nobody foresaw its ``origin``."""
    said: dict[str, str] = st.session_state.setdefault("failures", {})
    text = f"{language} {type(error).__name__}: {error}"
    if text not in said:  # a page is drawn often
        said[text] = problems.logged(error, language, origin)
    return said[text]
