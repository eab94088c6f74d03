"""The columns of a table that is brought in: which of them holds what, and how the table begins."""

from collections.abc import Iterable, Mapping

import streamlit as st

from knowledge.editing.uploads import COLUMN_ROLES, RARE_COLUMN_ROLES, SheetPreview
from knowledge.language.grammar import listed_languages
from ui import formatting, templates
from ui.strings import LANGUAGES, strings

_NEEDED = {"term", "definition"}


def columns(number: int, sheet: SheetPreview, language: str, *, expanded: bool) -> dict[str, str]:
    """Asks which column holds what; the column of each role, as it is understood or chosen."""
    words = strings(language)
    title = words["bring_columns"].format(file=formatting.literal(sheet.name))
    if sheet.sheet:
        named = {"file": formatting.literal(sheet.name), "sheet": formatting.literal(sheet.sheet)}
        title = words["bring_sheet_columns"].format(**named)
    with st.expander(title, expanded=expanded):
        st.html(templates.note(words["bring_columns_text"]))
        chosen = _chosen(number, sheet, language)
        whole = enough(chosen, sheet)
        if sheet.sheet and not whole:
            st.html(templates.note(words["bring_left_out"], "notice"))
        sample = _sample(sheet, chosen if whole else {}, language)
        rows = list(zip(*sample.values(), strict=True))
        st.html(templates.render("import#sample", language, columns=list(sample), rows=rows))
    return chosen


def enough(chosen: Mapping[str, str], sheet: SheetPreview) -> bool:
    """Whether a table can be read by these columns."""
    return suffice(chosen) or (chosen == sheet.roles and len(chosen) > 1)


def suffice(roles: Iterable[str]) -> bool:
    """Whether there are a term and a definition among roles."""
    return {role.partition("_")[0] for role in roles} >= _NEEDED


def _chosen(number: int, sheet: SheetPreview, language: str) -> dict[str, str]:
    """The column of each role, as it is understood or chosen."""
    with st.container(key=f"bring-columns-{number}"):
        known = (
            role
            for role in sheet.roles
            if role.partition("_")[0] in (*COLUMN_ROLES, *RARE_COLUMN_ROLES)
        )
        roles = [*dict.fromkeys((*COLUMN_ROLES, *known))]
        chosen = {role: _asked(role, sheet, language) for role in roles}
        if not any("_" in role for role in roles) and (second := _second(sheet, language)):
            in_second = [f"{role}_{second}" for role in ("term", "definition")]
            chosen |= {role: _asked(role, sheet, language) for role in in_second}
    return {role: column for role, column in chosen.items() if column is not None}


def _asked(role: str, sheet: SheetPreview, language: str) -> str | None:
    """Asks for the column of a role."""
    words = strings(language)
    column: str | None = st.selectbox(
        _role(role, language),
        sheet.columns,
        index=_place(sheet, role),
        format_func=lambda each: _column(each, sheet, words),
        placeholder=words["bring_no_column"],
        key=f"column-{sheet.key}-{role}-{st.session_state['bring-round']}",
    )
    return column


def _second(sheet: SheetPreview, language: str) -> str | None:
    """Asks for the language of further columns, which their names do not tell."""
    second: str | None = st.selectbox(
        strings(language)["bring_second"],
        sorted(
            listed_languages(),
            key=lambda tag: (tag not in LANGUAGES, formatting.language_name(tag, language)),
        ),
        index=None,
        format_func=lambda tag: formatting.language_name(tag, language),
        placeholder=strings(language)["bring_no_column"],
        key=f"column-{sheet.key}-second-{st.session_state['bring-round']}",
    )
    return second


def _role(role: str, language: str) -> str:
    name, _, tag = role.partition("_")
    label = strings(language)[f"role_{name}"]
    return f"{label} ({formatting.language_name(tag, language)})" if tag else label


def _sample(sheet: SheetPreview, chosen: Mapping[str, str], language: str) -> dict[str, list[str]]:
    """The first cells of each column that is chosen, by what it holds; else of all columns."""
    places = {_role(role, language): sheet.columns.index(name) for role, name in chosen.items()}
    if not places:
        nameless = strings(language)["bring_nameless"]
        names = zip(sheet.columns, sheet.header, strict=True)
        places = {
            name if name == told else nameless.format(n=told): at
            for at, (told, name) in enumerate(names)
        }
    return {
        name: [row[n] if n < len(row) else "" for row in sheet.rows] for name, n in places.items()
    }


def _place(sheet: SheetPreview, role: str) -> int | None:
    known = sheet.roles.get(role)
    return sheet.columns.index(known) if known in sheet.columns else None


def _column(column: str, sheet: SheetPreview, words: Mapping[str, str]) -> str:
    """A column in words: its name, and what stands in it first."""
    place = sheet.columns.index(column)
    cells = [row[place] for row in sheet.rows if place < len(row) and row[place].strip()]
    name = sheet.header[place] or words["bring_nameless"].format(n=column)
    return f"{name} — {cells[0][:40]}" if cells else name
