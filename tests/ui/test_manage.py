"""The page by which the glossary is changed: who has it, and what is done there."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.editing.journal import Journal, Step
from knowledge.editing.library import Library
from knowledge.exports import FORMATS
from tests.conftest import TEA
from tests.knowledge.conftest import write_files
from tests.ui.conftest import ask, button, do, html_of, labels, opened, press, renewed
from ui import managing, owner, shared
from ui.command import _chosen
from ui.page import Page
from ui.strings import counted, strings
from ui.views.manage import PARTS, _written

WORDS = strings("en")
ALLOWED = owner.allowed  # as it is: each test here but two is the owner's
LIST = "term,definition,category\nSamovar,A samovar is an urn that keeps water hot.,Vessels\nPan,\n"
WHISTLES = "A kettle is a pot that whistles."


pytestmark = pytest.mark.usefixtures("owning")


@pytest.fixture
def own(tea_folder: Path, tmp_path: Path) -> Assistant:
    """A glossary of tea things of one's own; the vectors of its texts are made."""
    folder = shutil.copytree(TEA, tmp_path / "tea")
    return Assistant.open(Settings(glossary=folder, data_dir=tea_folder, _env_file=None))


@pytest.fixture
def table(tmp_path: Path) -> Assistant:
    """A glossary in a format that is only read."""
    rows = {"list.csv": "term,definition\nPan,A pan is a flat vessel to fry in.\n"}
    path = write_files(tmp_path, rows) / "list.csv"
    return Assistant.open(Settings(glossary=path, data_dir=tmp_path / "data", _env_file=None))


def _page(assistant: Assistant, language: str = "en", **at: str) -> AppTest:
    """The page in a tab that knows of no other; so it is after a restart, too."""
    app = opened(assistant, language)
    do(app, "go", view="manage", **at)
    return app


def _entry(assistant: Assistant, entry_id: str, language: str = "en") -> AppTest:
    return _page(assistant, part="entry", id=entry_id, **{"in": language})


def _settled(app: AppTest) -> Assistant:
    """The assistant, once what was changed is taken in; the page then shows it."""
    renewed()
    app.run()
    found = shared.ready()
    assert found is not None
    return found


def _fill(app: AppTest, label: str, text: str) -> None:
    """Fills in a field; one of a form is sent by the form's button."""
    field = next(each for each in (*app.text_input, *app.text_area) if each.label == label)
    field.set_value(text)
    if not field.form_id:
        app.run()


def _saved(own: Assistant) -> Assistant:
    """The kettle whistles."""
    app = opened(own)
    do(app, "go", view="term", id="kettle")
    press(app, WORDS["term_edit"])
    _fill(app, WORDS["field_summary"], WHISTLES)
    button(app, WORDS["entry_save"])
    assert WORDS["did_saved"].format(name="\u2068Kettle\u2069") in html_of(app)
    return _settled(app)


def _kettle(own: Assistant) -> Path:
    return own.glossary.path / "en" / "kettle.md"


# Who has it.


@pytest.mark.parametrize(
    ("setting", "owned", "there"),
    [("auto", True, True), ("auto", False, False), ("on", False, True), ("off", True, False)],
)
def test_it_is_there_for_who_may(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch, setting: str, *, owned: bool, there: bool
) -> None:
    monkeypatch.setattr(owner, "allowed", ALLOWED)
    monkeypatch.setattr(owner, "cookie", lambda _: ("owner", "" if owned else "a secret"))
    settings = teahouse.settings.model_copy(update={"manage": setting})
    assistant = Assistant(teahouse.retriever, settings)
    app = opened(assistant)
    assert (WORDS["view_manage"] in labels(app)) == there
    do(app, "go", view="manage")
    assert (WORDS["manage_title"] in html_of(app)) == there
    assert (WORDS["page_unknown"] in html_of(app)) == (setting == "off")
    assert (WORDS["page_owner"] in html_of(app)) == (setting == "auto" and not there)


def test_nothing_is_changed_for_who_may_not(
    own: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(own)
    ask(app, "What is quince jam?")
    (gap,) = shared.conversations().gaps()
    monkeypatch.setattr(owner, "allowed", ALLOWED)
    do(app, "unwanted", key=gap.key)
    do(app, "undo_change")
    do(app, "go", view="manage", part="entry", id="kettle", **{"in": "en"})
    assert len(shared.conversations().gaps()) == 1
    assert not app.text_area
    do(app, "go", view="term", id="kettle")
    assert WORDS["term_edit"] not in labels(app)


# Which glossary is changed.


def test_of_a_glossary_that_is_only_read_a_copy_is_made(table: Assistant) -> None:
    app = opened(table)
    ask(app, "What is quince jam?")
    for part in ("entry", "missing"):
        do(app, "go", view="manage", part=part)
        press(app, WORDS["fixed_go"])
    assert WORDS["ours_fixed_format"] in html_of(app)
    button(app, WORDS["ours_copy"])
    library = Library(table.settings.data_dir)
    assert (library.names(), library.chosen()) == (("list",), library.path("list"))
    copy = _settled(app)
    assert copy.glossary.entries == table.glossary.entries
    assert managing.may_edit(copy)
    assert WORDS["ours_changed"] in html_of(app)


def test_a_new_one_is_made_of_what_is_brought_in_and_taken_away_again(own: Assistant) -> None:
    library, app = Library(own.settings.data_dir), _page(own, part="bring")
    _fill(app, WORDS["bring_paste"], LIST)
    app.toggle[0].set_value(True)
    app.run()
    _fill(app, WORDS["ours_name"], "Coffee")
    button(app, WORDS["bring_confirm_one"])
    begun = _settled(app)
    assert begun.glossary.terms("en") == ("Samovar",)
    assert library.chosen() == library.path("coffee")
    app = _page(begun)
    press(app, WORDS["undo_delete"])
    assert _settled(app).glossary.path == own.glossary.path
    assert not library.names()


def test_serve_opens_what_was_chosen_unless_another_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    folder = shutil.copytree(TEA, library.path("tea"))
    library.choose(folder)
    settings = Settings.load(data_dir=tmp_path)
    assert _chosen(settings).glossary == folder
    assert _chosen(Settings.load(glossary=TEA, data_dir=tmp_path)).glossary == TEA
    monkeypatch.setenv("MASRAD_GLOSSARY", str(TEA))
    assert _chosen(Settings.load(data_dir=tmp_path)).glossary == TEA


# Editing.


def test_an_edited_entry_is_quoted_at_once_and_undone_in_another_tab(own: Assistant) -> None:
    file = _kettle(own)
    before = file.read_bytes()
    saved = _saved(own)
    assert "whistles" in saved.ask("What is a kettle?").text
    journal = Journal(own.settings.data_dir)
    step = journal.last(own.glossary.path)
    assert step
    journal.keep(replace(step, at=step.at - timedelta(hours=3)))
    app = _page(saved)
    assert WORDS["did_saved"].format(name="\u2068Kettle\u2069") in html_of(app)
    assert "3 hours ago" in html_of(app)
    press(app, WORDS["undo_delete"])
    assert app.toast[0].value == WORDS["undone_saved"].format(name="\u2068Kettle\u2069")
    assert file.read_bytes() == before
    undone = _settled(app)
    assert undone.glossary.get("kettle", "en") == own.glossary.get("kettle", "en")
    assert WORDS["undo_delete"] not in labels(_page(undone))


def test_what_is_typed_is_checked_and_stays_while_one_looks_elsewhere(own: Assistant) -> None:
    app = _entry(own, "")
    assert "It has no term yet." in html_of(app)
    assert next(each for each in app.button if each.label == WORDS["entry_save"]).disabled
    there = {"view": "manage", "part": "entry", "id": "kettle", "in": "en"}
    long = " ".join(["whistle"] * 61)
    do(app, "go", **there)
    _fill(app, WORDS["field_summary"], long)
    assert "61 words" in html_of(app)
    do(app, "go", view="map")
    do(app, "go", **there)
    assert long in {each.value for each in app.text_area}
    button(app, WORDS["entry_discard"])
    assert long not in {each.value for each in app.text_area}


def test_a_file_that_changed_meanwhile_is_not_overwritten_unasked(own: Assistant) -> None:
    app, file = _entry(own, "kettle"), _kettle(own)
    text = file.read_text("utf-8")
    file.write_text(text.replace("aliases:", "category: Elsewhere\naliases:"), "utf-8")
    _fill(app, WORDS["field_summary"], WHISTLES)
    button(app, WORDS["entry_save"])
    assert WORDS["entry_conflict"] in html_of(app)
    assert "whistles" not in file.read_text("utf-8")
    button(app, WORDS["entry_save"])
    assert "whistles" in file.read_text("utf-8")


def test_what_has_changed_since_or_is_not_the_last_is_not_undone(own: Assistant) -> None:
    app, file = _page(_saved(own)), _kettle(own)
    before = file.read_text("utf-8")
    file.write_text(before + "\nMore.\n", "utf-8")
    press(app, WORDS["undo_delete"])
    assert "More." in file.read_text("utf-8")
    assert "has changed since" in app.toast[0].value
    file.write_text(before, "utf-8")
    button(_entry(_settled(app), "teapot"), WORDS["entry_delete"])
    press(app, WORDS["undo_delete"])  # of what this tab still shows
    assert not (own.glossary.path / "en" / "teapot.md").exists()
    assert app.toast[0].value == WORDS["undo_late"]


def test_a_page_that_is_drawn_while_the_change_is_taken_in_shows_it(
    own: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, file = opened(own), _kettle(own)
    entry = own.glossary.get("kettle", "en")
    assert entry
    file.write_text(file.read_text("utf-8").replace(entry.summary, WHISTLES), "utf-8")
    changes = managing.last

    def taken_in_meanwhile(assistant: Assistant) -> Step | None:
        monkeypatch.setattr(managing, "last", changes)
        managing.renew(assistant.settings)
        renewed()
        return changes(assistant)

    monkeypatch.setattr(managing, "last", taken_in_meanwhile)
    do(app, "go", view="term", id="kettle")
    assert WHISTLES in html_of(app)


# Bringing in.


def test_pasted_text_is_understood_brought_in_and_undone(own: Assistant) -> None:
    app = _page(own, part="bring")
    _fill(app, WORDS["bring_paste"], "nothing")
    assert "There is no entry in that" in html_of(app)
    _fill(app, WORDS["bring_paste"], LIST)
    assert "keeps water hot" in html_of(app)
    before = {path.name for path in own.glossary.path.rglob("*.md")}
    button(app, WORDS["bring_confirm_one"])
    assert {path.name for path in own.glossary.path.rglob("*.md")} - before == {"samovar.md"}
    app = _page(_settled(app))  # after a restart
    file = _kettle(own)
    text = file.read_text("utf-8")
    file.write_text(f"{text}\nMore.\n", "utf-8")
    press(app, WORDS["undo_delete"])
    assert "More." in file.read_text("utf-8")  # a later edit is not undone with it
    file.write_text(text, "utf-8")
    press(app, WORDS["undo_delete"])
    assert not _settled(app).glossary.versions("samovar")


def test_of_a_table_that_is_handed_in_the_columns_are_chosen(own: Assistant) -> None:
    app = _page(own, part="bring")
    table = b"Vessel,Note\nSamovar,A samovar is an urn that keeps water hot.\nPan,\n"
    app.file_uploader[0].set_value([("../tea.csv", table, "text/csv")])
    app.run()
    assert WORDS["bring_choose"] in html_of(app)
    for n, role in enumerate(("term", "definition")):
        field = next(each for each in app.selectbox if each.label == WORDS[f"role_{role}"])
        field.select_index(n)
        app.run()
    button(app, WORDS["bring_confirm_one"])
    assert "keeps water hot" in _settled(app).ask("What is a samovar?").text


# The inbox.


def test_what_is_missing_is_written_and_off_the_list(own: Assistant) -> None:
    app = opened(own)
    ask(app, "What is a samovar?")
    do(app, "go", view="manage", part="missing")
    assert WORDS["missing_times_one"] in html_of(app)
    press(app, WORDS["inbox_done"])  # it is not needed
    assert WORDS["inbox_none"] in html_of(app)
    ask(opened(own), "What is a samovar?")  # it stays off the list, and is counted
    press(app, WORDS["undo_delete"])
    assert counted("en", "missing_times", 2).format(n=2) in html_of(app)
    press(app, WORDS["missing_write"])
    assert "Samovar" in {each.value for each in app.text_input}
    assert WORDS["inbox_heard"] in html_of(app)
    _fill(app, WORDS["field_summary"], "A samovar is an urn that keeps water hot.")
    button(app, WORDS["entry_save"])
    app = _page(_settled(app), part="missing")
    assert WORDS["inbox_none"] in html_of(app)


def test_an_answer_that_was_rated_low_is_mended_with_what_was_said_beside(own: Assistant) -> None:
    app = opened(own)
    ask(app, "What is a kettle?")
    turn = app.session_state["chat"].turns[0].kept
    shared.conversations().rate(turn.id, -1, "It says nothing of the whistle.")
    app = _page(own, part="missing")
    assert counted("en", "inbox_low", 1) in html_of(app)
    press(app, WORDS["inbox_mend"])
    assert "It says nothing of the whistle." in html_of(app)
    _fill(app, WORDS["field_summary"], WHISTLES)
    button(app, WORDS["entry_save"])
    assert not shared.conversations().inbox()


# In Arabic.


def test_every_part_is_there_in_arabic(teahouse: Assistant) -> None:
    app = opened(teahouse, "ar")
    for part in PARTS:
        do(app, "go", view="manage", part=part)
        assert strings("ar")["manage_title"] in html_of(app)


# Exports.


@pytest.mark.parametrize(("name", "begins"), [("csv", b"\xef\xbb\xbf"), ("native", b"PK")])
def test_a_format_is_made_to_be_saved(teahouse: Assistant, name: str, begins: bytes) -> None:
    app = _page(teahouse, part="export")
    next(each for each in app.selectbox if each.label == WORDS["export_format"]).set_value(name)
    app.run()
    assert WORDS[f"export_{name}_lost"] in html_of(app)
    assert app.get("download_button")
    assert _written(FORMATS[name], Page(teahouse, "en")).startswith(begins)
