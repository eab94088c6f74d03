"""The columns of a table that is brought in: which of them holds what, and how the table begins."""

from collections.abc import Iterable, Mapping
from functools import partial

import streamlit as st

from knowledge.editing.uploads import COLUMN_ROLES, RARE_COLUMN_ROLES, SheetPreview
from knowledge.language.grammar import listed_languages
from ui import formatting
from ui.page import Page, note, notice
from ui.strings import LANGUAGES

_NEEDED = {"term", "definition"}


def columns(number: int, sheet: SheetPreview, page: Page, *, expanded: bool) -> dict[str, str]:
    """Asks which column holds what; the column of each role, as it is understood or chosen."""
    names = {"file": formatting.literal(sheet.name), "sheet": formatting.literal(sheet.sheet)}
    title = page.say("bring_sheet_columns" if sheet.sheet else "bring_columns", **names)
    with st.expander(title, expanded=expanded):
        note(page.words["bring_columns_text"])
        chosen = _chosen(number, sheet, page)
        whole = enough(chosen, sheet)
        if sheet.sheet and not whole:
            notice(page.words["bring_left_out"])
        sample = _sample(sheet, chosen if whole else {}, page)
        rows = list(zip(*sample.values(), strict=True))
        page.html("import#sample", columns=list(sample), rows=rows)
    return chosen


def enough(chosen: Mapping[str, str], sheet: SheetPreview) -> bool:
    """Whether a table can be read by these columns."""
    return suffice(chosen) or (chosen == sheet.roles and len(chosen) > 1)


def suffice(roles: Iterable[str]) -> bool:
    """Whether there are a term and a definition among roles."""
    return {role.partition("_")[0] for role in roles} >= _NEEDED


def _chosen(number: int, sheet: SheetPreview, page: Page) -> dict[str, str]:
    """The column of each role, as it is understood or chosen."""
    with st.container(key=f"bring-columns-{number}"):
        every = (*COLUMN_ROLES, *RARE_COLUMN_ROLES)
        known = [role for role in sheet.roles if role.partition("_")[0] in every]
        roles = list(dict.fromkeys((*COLUMN_ROLES, *known)))
        chosen = {role: _asked(role, sheet, page) for role in roles}
        if not any("_" in role for role in roles) and (second := _second(sheet, page)):
            in_second = [f"{role}_{second}" for role in ("term", "definition")]
            chosen |= {role: _asked(role, sheet, page) for role in in_second}
    return {role: column for role, column in chosen.items() if column is not None}


def _asked(role: str, sheet: SheetPreview, page: Page) -> str | None:
    """Asks for the column of a role."""
    known = sheet.roles.get(role)
    column: str | None = st.selectbox(
        _role(role, page),
        sheet.columns,
        index=sheet.columns.index(known) if known in sheet.columns else None,
        format_func=lambda each: _column(each, sheet, page),
        placeholder=page.words["bring_no_column"],
        key=f"column-{sheet.key}-{role}-{st.session_state['bring-round']}",
    )
    return column


def _second(sheet: SheetPreview, page: Page) -> str | None:
    """Asks for the language of further columns, which their names do not tell."""
    name = partial(formatting.language_name, language=page.language)
    second: str | None = st.selectbox(
        page.words["bring_second"],
        sorted(listed_languages(), key=lambda tag: (tag not in LANGUAGES, name(tag))),
        index=None,
        format_func=name,
        placeholder=page.words["bring_no_column"],
        key=f"column-{sheet.key}-second-{st.session_state['bring-round']}",
    )
    return second


def _role(role: str, page: Page) -> str:
    name, _, tag = role.partition("_")
    label = page.words[f"role_{name}"]
    return f"{label} ({formatting.language_name(tag, page.language)})" if tag else label


def _sample(sheet: SheetPreview, chosen: Mapping[str, str], page: Page) -> dict[str, list[str]]:
    """The first cells of each column that is chosen, by what it holds; else of all columns."""
    places = {_role(role, page): sheet.columns.index(name) for role, name in chosen.items()}
    if not places:
        names = zip(sheet.columns, sheet.header, strict=True)
        places = {
            name if name == told else page.say("bring_nameless", n=told): at
            for at, (told, name) in enumerate(names)
        }
    return {
        name: [row[n] if n < len(row) else "" for row in sheet.rows] for name, n in places.items()
    }


def _column(column: str, sheet: SheetPreview, page: Page) -> str:
    """A column in words: its name, and what stands in it first."""
    place = sheet.columns.index(column)
    cells = [row[place] for row in sheet.rows if place < len(row) and row[place].strip()]
    name = sheet.header[place] or page.say("bring_nameless", n=column)
    return f"{name} — {cells[0][:40]}" if cells else name
