"""The fields of an entry that is written: each by itself, with what is typed so far."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st

from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm
from knowledge.glossary import Glossary
from knowledge.language.text import is_right_to_left

T = TypeVar("T")


class _Fields:
    """The fields of one entry, by names that no other entry's have."""

    def __init__(self, edit: Edit, number: int, words: Mapping[str, str]) -> None:
        self._direction = "rtl" if is_right_to_left(edit.language) else "ltr"
        self._number = number
        self.words = words

    def _key(self, name: str, value: Any = None) -> str:  # noqa: ANN401  (what the field takes)
        key = f"entry-{self._direction}-{name}-{self._number}"
        if value is not None:
            st.session_state.setdefault(key, value)
        return key

    def line(self, name: str, value: str, label: str = "", hint: str = "") -> str:
        label, key = label or self.words[f"field_{name}"], self._key(name, value)
        return (st.text_input(label, key=key, placeholder=hint) or "").strip()

    def text(self, name: str, value: str, label: str = "") -> str:
        label, key = label or self.words[f"field_{name}"], self._key(name, value)
        return (st.text_area(label, key=key, height="content") or "").strip()

    def lines(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        typed = self.text(name, "\n".join(values))
        return tuple(dict.fromkeys(filter(None, (line.strip() for line in typed.splitlines()))))

    def category(self, value: str, glossary: Glossary, tag: str) -> str:
        """One of the categories that there are, or a new one."""
        key = self._key("category", value or None)
        names = [name for name in glossary.categories(tag) if name]
        chosen = st.session_state.get(key)
        if chosen and chosen not in names:
            names.append(chosen)
        found = st.selectbox(
            self.words["field_category"],
            names,
            index=None,
            key=key,
            accept_new_options=True,
            placeholder=self.words["field_category_hint"],
        )
        return str(found or "").strip()

    def related(self, values: tuple[str, ...], glossary: Glossary, edit: Edit) -> tuple[str, ...]:
        """Some of the terms; one that is no entry yet stays chosen."""
        met = tuple(dict.fromkeys(glossary.id_of(value) or value for value in values))
        key = self._key("related", list(met))
        others = [i for i in glossary.ids if i != edit.id]
        options = list(dict.fromkeys((*others, *met, *st.session_state[key])))
        terms = {i: e.term for i in others if (e := glossary.get(i, edit.language))}
        found = st.multiselect(
            self.words["field_related"],
            options,
            format_func=lambda i: terms.get(i, i),
            key=key,
            placeholder=self.words["field_related_hint"],
        )
        return tuple(str(each) for each in found)

    def further(self, values: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Sections with headings of their own; one without a text is none."""

        def section(n: int) -> tuple[str, str]:
            heading, text = values[n] if n < len(values) else ("", "")
            typed = self.line(f"heading-{n}", heading, self.words["field_heading"])
            return typed, self.text(f"text-{n}", text, self.words["field_text"])

        return self._several("further", "section", len(values), section)

    def sources(self, values: tuple[Mapping[str, str], ...]) -> tuple[Mapping[str, str], ...]:
        """Publications; one without a title is none."""

        def source(n: int) -> Mapping[str, str]:
            before = values[n] if n < len(values) else {}
            return {
                name: self.line(f"{name}-{n}", before.get(name, ""), self.words[f"source_{name}"])
                for name in ("title", "authors", "year", "url")
            }

        return self._several("sources", "source", len(values), source)

    def _several(self, name: str, each: str, least: int, one: Callable[[int], T]) -> tuple[T, ...]:
        """Groups of fields, as many as are filled, and a button for one more."""
        count = self._key(f"count-{name}", least)

        def add() -> None:
            st.session_state[count] += 1

        found = []
        for n in range(max(st.session_state[count], least)):
            with st.container(key=self._key(f"{each}-{n}")):
                found.append(one(n))
        key = self._key(f"more-{name}")
        st.button(self.words[f"add_{name}"], key=key, on_click=add, icon=":material/add:")
        return tuple(found)


def fields(
    form: EntryForm, edit: Edit, glossary: Glossary, number: int, words: Mapping[str, str]
) -> EntryForm:
    """Shows the fields; returns what is typed. The ``number`` tells them from another edit's."""
    each = _Fields(edit, number, words)
    return EntryForm(
        term=each.line("term", form.term),
        summary=each.text("summary", form.summary),
        body=each.text("body", form.body),
        example=each.text("example", form.example),
        further=each.further(form.further),
        aliases=each.lines("aliases", form.aliases),
        category=each.category(form.category, glossary, edit.language),
        related=each.related(form.related, glossary, edit),
        asked=each.lines("asked", form.asked),
        sources=each.sources(form.sources),
        updated=each.line("updated", form.updated, hint="2026-01-31"),
    )
