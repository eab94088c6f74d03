"""The editor of an entry: what is typed, what is to be considered, and what it will look like."""

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

import streamlit as st

from assistant import AssistantError
from knowledge import KnowledgeError
from knowledge.editing import entries as editing
from knowledge.editing.atomic import fingerprint
from knowledge.editing.entries import Edit
from knowledge.editing.form import EntryForm, entry_from
from knowledge.editing.journal import Step
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from ui import formatting, managing, markup, navigation
from ui.components.fields import fields
from ui.components.glossaries import BEGUN
from ui.page import Page, note, notice
from ui.strings import LANGUAGES


@dataclass
class Desk:
    """An edit that is under way in this tab, and what is typed so far."""

    edit: Edit
    form: EntryForm
    round: int  # counts up where the fields are to be filled anew
    gap: str = ""  # the key of the missing term that it is written for
    start: EntryForm = field(default_factory=EntryForm)  # what the fields held at first
    theirs: Edit | None = None  # how the file stands, if it was changed meanwhile


def editor(page: Page, glossary: Glossary, entry_id: str, tag: str) -> None:
    """The editor of an entry in a language; of a new one, if there is none."""
    desk = _desks().get((glossary.path, entry_id, tag)) or _opened(glossary, entry_id, tag)
    _desks()[glossary.path, entry_id, tag] = desk
    _Editor(page, glossary, desk).show()


def _desks() -> dict[tuple[object, ...], Desk]:
    """The edits of this tab: what is typed stays when another page is looked at."""
    found: dict[tuple[object, ...], Desk] = st.session_state.setdefault("desk", {})
    return found


def _opened(glossary: Glossary, entry_id: str, tag: str) -> Desk:
    edit = editing.begin_edit(glossary, entry_id, tag)
    st.session_state["rounds"] = number = st.session_state.get("rounds", 0) + 1
    if edit.before:
        form = EntryForm.of(edit.before)
        return Desk(edit, form, number, start=form)
    # Of what has an entry in another language, with what both share.
    related = next((other.related for other in glossary.versions(entry_id)), ())
    today = datetime.now(UTC).date().isoformat()
    term = "" if glossary.versions(entry_id) else st.query_params.get("term", "")
    form = EntryForm(term=term, related=related, updated=today)
    return Desk(edit, form, number, st.query_params.get("gap", ""), form)


@dataclass(frozen=True)
class _Editor:
    """A desk on a page; its glossary is the open one, or one that begins with this entry."""

    page: Page
    glossary: Glossary
    desk: Desk

    @property
    def _begins(self) -> bool:
        return self.glossary is not self.page.glossary

    def show(self) -> None:
        desk, edit = self.desk, self.desk.edit
        self._head()
        with st.container(key="editor"):
            with st.container(key="editor-fields"):
                desk.form = fields(desk.form, edit, self.glossary, desk.round, self.page.words)
            with st.container(key="editor-beside"):
                entry = entry_from(desk.form, edit.id, edit.language, edit.before)
                self._beside(entry)
            with st.container(key="editor-ways", horizontal=True):
                if desk.theirs:
                    self._conflict(entry, desk.theirs)
                else:
                    self._ways(entry)

    def _head(self) -> None:
        edit = self.desk.edit
        term = edit.before.term if edit.before else self.desk.form.term or "…"
        key = "entry_edit" if edit.before else "entry_new"
        self.page.subtitle(self.page.say(key, term=formatting.isolated(term)))
        written = [each.language for each in self.glossary.versions(edit.id)] if edit.id else []
        if written:
            others = (*self.glossary.languages, *LANGUAGES)
            tags = list(dict.fromkeys((*written, edit.language, *others)))
            shown = {"tags": tags, "written": written, "id": edit.id, "now": edit.language}
            self.page.html("manage#versions", **shown)

    def _beside(self, entry: Entry | Fault) -> None:
        """What is to be considered, what the index gains and loses, and what it will look like."""
        from knowledge.checks import check_entry  # noqa: PLC0415  (only who edits needs it)

        page = self.page
        page.subtitle(page.words["entry_checks"])
        if isinstance(entry, Fault):
            page.html("manage#faults", found=[entry])
            return
        whole = editing.with_entry(self.glossary, entry)
        page.html("manage#faults", found=check_entry(entry, whole))
        page.subtitle(page.words["entry_index"])
        page.html("manage#difference", found=editing.difference(self.desk.edit.before, entry))
        page.subtitle(page.words["entry_preview"])
        linker = None if self._begins else page.assistant.linker
        self._preview(entry, whole, linker)

    def _preview(self, entry: Entry, whole: Glossary, linker: Linker | None = None) -> None:
        html = markup.entry(
            entry, whole, self.page.language, linker=linker, template="entry#preview"
        )
        st.html(html)

    def _ways(self, entry: Entry | Fault) -> None:
        words, same = self.page.words, self.desk.form == self.desk.start
        off = same or isinstance(entry, Fault)
        saves = st.button(words["entry_save"], type="primary", disabled=off, key="save")
        if saves and isinstance(entry, Entry):
            self._save(entry)
        if st.button(words["entry_discard"], disabled=same, key="discard"):
            self._close()
            st.rerun()
        there = self.desk.edit.before
        if there and st.button(words["entry_delete"], key="delete-entry", type="tertiary"):
            self._delete()

    def _conflict(self, entry: Entry | Fault, theirs: Edit) -> None:
        """Shows how the file stands now; the reader keeps that, or what is typed."""
        words = self.page.words
        with st.container(key="editor-conflict"):
            notice(words["entry_conflict"])
            with st.container(horizontal=True):
                if st.button(words["entry_keep_theirs"], key="keep-theirs"):
                    self._close()
                    managing.renew(self.page.assistant.settings)
                    st.rerun()
                mine = st.button(words["entry_keep_mine"], key="keep-mine", type="primary")
            if mine and isinstance(entry, Entry):
                self.desk.edit, self.desk.theirs = theirs, None
                self._save(entry)
            elif theirs.before:
                self.page.subtitle(words["entry_theirs"])
                self._preview(theirs.before, self.glossary)
            else:
                note(words["entry_file_gone"])

    def _save(self, entry: Entry) -> None:
        assistant, desk, path = self.page.assistant, self.desk, self.glossary.path
        try:
            with managing.changing(assistant, path if self._begins else None):
                saved = editing.save(desk.edit, entry, self.glossary)
                step = Step(
                    "saved",
                    path,
                    entry.term,
                    datetime.now(UTC),
                    file=saved,
                    former=self.page.glossary.path if self._begins else None,
                    mark=fingerprint(path) if self._begins else "",
                    also=managing.gap(desk.gap),
                )
                managing.done(step, assistant)
        except (KnowledgeError, AssistantError, OSError) as error:
            self._unchanged(error)
            return
        with contextlib.suppress(AssistantError):  # it can be taken off the list there
            managing.settle_gap(step)
        self._close()
        if self._begins:
            st.session_state.pop(BEGUN, None)
            navigation.go("manage", part="glossary")
        at = {"id": saved.id, "in": saved.language} if desk.edit.before else {}
        navigation.go("manage", part="entry", **at)

    def _delete(self) -> None:
        assistant, path = self.page.assistant, self.glossary.path
        try:
            with managing.changing(assistant):
                saved = editing.delete(self.desk.edit, self.glossary)
                step = Step("deleted", path, saved.term, datetime.now(UTC), file=saved)
                managing.done(step, assistant)
        except (KnowledgeError, AssistantError, OSError) as error:
            self._unchanged(error)
            return
        self._close()
        navigation.go("manage", part="entry")

    def _unchanged(self, error: Exception) -> None:
        """Says why; where another has written meanwhile, the next run asks what is to be kept."""
        if isinstance(error, editing.EditConflict):
            self.desk.theirs = error.edit
            st.rerun()
        self.page.failed(error)

    def _close(self) -> None:
        edit = self.desk.edit
        _desks().pop((self.glossary.path, edit.id, edit.language), None)
