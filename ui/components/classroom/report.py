"""The tab “report”: a teacher's groups, and what they asked, opened and missed."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin

import segno
import streamlit as st

from assistant.classroom.groups import KINDS, as_csv, by_day, counted
from assistant.conversations.tables import EventRow, GroupRow
from ui import addresses, formatting, groups, identity, shared, state
from ui.page import Page, note, one_of

_SHOWN = 50  # lines of a list; the table has all


def tab(page: Page) -> None:
    """Draws it; what is counted is only a teacher's to see."""
    if not identity.current().may("teacher"):
        return
    days = page.number(shared.settings().group_days)
    page.subtitle(page.words["class_report"], page.say("report_text", days=days))
    with page.trying():
        own = groups.groups().list(identity.current().reader)
        _make(page, own)
        if own:
            _shown(page, own)
        else:
            note(page.words["report_none"])


def _make(page: Page, own: Sequence[GroupRow]) -> None:
    with (
        st.expander(page.words["group_new"], expanded=not own, key="group-new"),
        st.form("group-make", clear_on_submit=True, border=False),
    ):
        name = st.text_input(page.words["group_name"], max_chars=60)
        if st.form_submit_button(page.words["group_make"], type="primary"):
            with page.trying():
                made = groups.groups().make(identity.current().reader, name)
                st.session_state["group"] = made.code
                st.rerun()


def _shown(page: Page, own: Sequence[GroupRow]) -> None:
    names = {group.code: group.name for group in own}
    wanted, key = st.session_state.get("group"), f"group-{page.language}-{len(own)}"
    now = wanted if wanted in names else own[0].code
    code = one_of(page.words["group_choose"], names, now, key=key) or now
    st.session_state["group"] = code
    _code(page, code)
    events = groups.groups().events(identity.current().reader, code)
    if not events:
        note(page.words["report_empty"])
    else:
        _counted(page, events)
        _lists(page, events)
    with st.container(horizontal=True):
        if events:
            table = as_csv(events, names[code])
            st.download_button(page.words["report_csv"], table, "masrad-class.csv", "text/csv")
        with st.popover(page.words["group_delete"]):
            note(page.words["group_delete_text"])
            if st.button(page.words["group_delete_sure"], key=f"group-delete-{code}"):
                groups.groups().delete(code, identity.current().reader)
                state.say(page.say("group_deleted", name=names[code]))
                st.rerun()


def _code(page: Page, code: str) -> None:
    """How one joins: the code's address, as a link to copy and as a picture for phones."""
    url = shared.settings().url
    here = f"{url.rstrip('/')}/" if url else st.context.url  # empty outside of a browser
    address = urljoin(here, addresses.link("chat", group=code)) if here else ""
    picture = segno.make(address or code, micro=False).svg_data_uri(border=2, light="#fff")
    page.html("report#code", code=code, address=address, picture=picture)


def _counted(page: Page, events: Sequence[EventRow]) -> None:
    total = Counter(event.kind for event in events)
    kinds = [kind for kind in KINDS if total[kind]]
    days = [(formatting.day(day, page.language), n) for day, n in by_day(events).items()]
    page.html("report#days", kinds=kinds, total=total, days=days)


def _lists(page: Page, events: Sequence[EventRow]) -> None:
    for kind in ("refused", "asked", "missed", "opened", "disliked", "liked", "comment"):
        if found := counted(event for event in events if event.kind == kind):
            ids = {each.entry_id for each in found}
            entries = {i: e for i in ids if (e := page.glossary.get(i, page.language))}
            page.html("report#list", kind=kind, entries=entries, found=found[:_SHOWN])
