"""Flash cards for Anki: both directions, and what makes importing again an update."""

import contextlib
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, NamedTuple

from knowledge.entry import SUMMARY, Entry, Section, Source
from knowledge.exports import anki
from tests.knowledge.conftest import an_entry
from tests.knowledge.exporting import MADD, SEA, TIDE


class Note(NamedTuple):
    """A note of a package: its fields by name, its type and its tags."""

    guid: str
    fields: dict[str, str]
    model: dict[str, Any]
    tags: list[str]


def _notes(entries: Sequence[Entry]) -> list[Note]:
    package = zipfile.ZipFile(BytesIO(anki.write(entries, "Sea")))
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(package.read("collection.anki2"))
        models = json.loads(next(database.execute("select models from col"))[0])
        rows = database.execute("select guid, mid, flds, tags from notes order by id").fetchall()
    notes = []
    for guid, kind, fields, tags in rows:
        names = [field["name"] for field in models[str(kind)]["flds"]]
        values = dict(zip(names, fields.split("\x1f"), strict=True))
        notes.append(Note(guid, values, models[str(kind)], tags.split()))
    return notes


def test_a_note_holds_what_a_card_can_show() -> None:
    note, _ = _notes([TIDE, MADD])
    fields = note.fields
    assert fields["Term"] == "Tide"
    assert fields["Definition"] == "A tide is the rise and fall of the sea."
    assert fields["Aliases"] == "<bdi>tides</bdi>, <bdi>ebb and flow</bdi>"
    assert fields["Elsewhere"] == '<bdi lang="ar">المد والجزر</bdi>'
    assert fields["Category"] == "Sea"
    assert fields["Sources"] == (
        '<bdi><a href="https://example.org/tides">A. Author and B. Writer, An Almanac of Tides,'
        " 2019</a></bdi><br><bdi>Notes of a Harbour</bdi>"
    )
    assert note.tags == ["sea"]


def test_arabic_cards_and_fields_run_from_right_to_left() -> None:
    english, note = _notes([TIDE, MADD])
    assert all('lang="ar" dir="rtl"' in t["qfmt"] + t["afmt"] for t in note.model["tmpls"])
    assert all(field["rtl"] for field in note.model["flds"])
    assert not any(field["rtl"] for field in english.model["flds"])
    assert "Noto Naskh Arabic" in note.model["css"]


def test_importing_again_updates_what_is_there() -> None:
    before = _notes(SEA.entries)
    changed = replace(TIDE, sections=(Section(SUMMARY, "", "A tide lifts every boat."),))
    after = _notes([changed, *SEA.entries[1:]])
    assert {note.guid for note in after} == {note.guid for note in before}
    assert {note.model["id"] for note in after} <= {note.model["id"] for note in before}
    assert len({note.guid for note in before}) == len(before)


def test_text_is_no_markup_and_no_command_of_anki() -> None:
    odd = an_entry(
        "odd",
        term="Odd {{c1::b}}",
        sections=(Section(SUMMARY, "", "<b>1 < 2</b> & [sound:a.mp3]\n\nand [latex]."),),
        sources=(Source("Scripts", url="javascript:alert(1)"),),
    )
    (note,) = _notes([odd])
    assert note.fields["Definition"] == (
        "&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; &#91;sound:a.mp3]<br><br>and &#91;latex]."
    )
    assert note.fields["Term"] == "Odd &#123;&#123;c1&#58;&#58;b&#125;&#125;"
    assert note.fields["Sources"] == "<bdi>Scripts</bdi>"
