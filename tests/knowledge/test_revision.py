"""A file whose entry changes: what the entry does not change stays as it was written."""

from dataclasses import replace
from pathlib import PurePath

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.editing.revision import revised
from knowledge.entry import Entry, Section
from knowledge.formats import markdown, native
from tests.knowledge.conftest import only_entry
from tests.knowledge.test_native import entries

PATH = PurePath("en/kettle.md")
WRITTEN = """---
# Who looks after this: the tea room.
term: Kettle
reviewed_by: the tea room   # once a year
aliases: [tea kettle, "pot"]
level:
  class: 7
  weeks: [3, 4]

# Filed under vessels.
category: Vessels
---

<!-- The short one is read aloud. -->

A *kettle* is a [vessel](https://e.example/vessel) for boiling **water**.

It has:

- a spout,
- a `handle`.

[1]: https://e.example/one

## How it works ##

Steam pushes the *lid*, as [others][1] say.

![A kettle](kettle.png)

Example
-------

The kettle sings.
"""


def _entry(text: str = WRITTEN) -> Entry:
    return only_entry(item for item in markdown.read(text, PATH) if isinstance(item, Entry))


def _lines_changed(entry: Entry) -> tuple[set[str], set[str]]:
    """The lines that went, and those that came."""
    was, now = set(WRITTEN.splitlines()), set(revised(WRITTEN, entry, PATH).splitlines())
    return was - now, now - was


def test_what_says_so_already_stays_as_it_is() -> None:
    assert revised(WRITTEN, _entry(), PATH) == WRITTEN


def test_a_field_that_changes_is_all_that_changes() -> None:
    entry = replace(_entry(), category="Kitchen")
    assert _lines_changed(entry) == ({"category: Vessels"}, {"category: Kitchen"})
    assert _entry(revised(WRITTEN, entry, PATH)) == entry


def test_a_paragraph_that_changes_leaves_the_others_with_their_links() -> None:
    sections = tuple(
        replace(s, text="The kettle whistles.") if s.name == "example" else s
        for s in _entry().sections
    )
    entry = replace(_entry(), sections=sections)
    assert _lines_changed(entry) == ({"The kettle sings."}, {"The kettle whistles."})


def test_a_new_section_stands_where_the_entry_has_it() -> None:
    summary, *rest = _entry().sections
    care = Section("care", "Care", "Wipe it dry.")
    entry = replace(_entry(), sections=(summary, *rest[:-1], care, rest[-1]))
    assert "\n\n## Care\n\nWipe it dry.\n\nExample\n-------\n" in revised(WRITTEN, entry, PATH)


def test_what_cannot_be_changed_here_and_there_is_written_anew_and_keeps_its_fields() -> None:
    text = "---\n{term: Kettle, reviewed_by: the tea room}\n---\n\nA *kettle* is a vessel.\n"
    entry = replace(_entry(text), category="Vessels")
    assert revised(text, entry, PATH) == (
        "---\nterm: Kettle\ncategory: Vessels\nreviewed_by: the tea room\n---\n\n"
        "A kettle is a vessel.\n"
    )


@settings(max_examples=100, deadline=None)
@given(
    before=entries(),
    after=entries(),
    further=st.dictionaries(st.sampled_from("xyz"), st.text("ab:# ")),
)
def test_whatever_stood_there_the_file_says_what_the_entry_says(
    before: Entry, after: Entry, further: dict[str, str]
) -> None:
    path = native.place(before)
    after = replace(after, id=before.id, language=before.language)
    text = revised(native.write(before, path, further), after, path)
    found = list(markdown.read(text, path))
    assert found[-1] == after
    assert len(found) == 1 + len(further)  # each is noticed, and so is there
