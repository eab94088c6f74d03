"""A glossary: its entries by id and by name, and the faults between them."""

from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.glossary import Glossary
from tests.knowledge.conftest import DATA, an_entry, write_files


def _file(term: str, *fields: str) -> str:
    return "\n".join(("---", f"term: {term}", *fields, "---", "The sea rises and falls each day."))


def test_an_entry_is_found_in_the_language_asked_for() -> None:
    tides = Glossary.read(DATA / "tides")
    for asked, found in (("ar", "ar"), ("en", "en"), ("ar-EG", "ar"), ("en_GB", "en")):
        entry = tides.get("tide", asked)
        assert entry is not None
        assert entry.language == found


def test_of_two_entries_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {"en/a/tide.md": _file("Tide", "language: en"), "en/tide.md": _file("Ebb", "id: tide")},
    )
    glossary = Glossary.read(folder)
    assert [entry.term for entry in glossary.entries] == ["Ebb"]
    (fault,) = glossary.faults
    assert (Path(fault.path).as_posix(), fault.severity) == ("en/a/tide.md", "error")
    assert str(Path("en/tide.md")) in fault.message


def test_a_category_holds_the_entries_of_every_language() -> None:
    glossary = Glossary(
        Path("/glossaries/sea"),
        (
            an_entry("ebb", category="Tides"),
            an_entry("ebb", "ar", category="المد"),
            an_entry("flow", category="Tides"),
            an_entry("flow", "ar", category="المد"),
            an_entry("swell", category="Waves"),
            an_entry("swell", "ar", category="المد"),  # filed otherwise than in English
            an_entry("bore", category="Tides"),
            an_entry("marsh", "ar", category="المد"),
            an_entry("chop", category="Waves"),
            an_entry("chop", "ar", category="الأمواج"),
            an_entry("surf", "ar", category="الأمواج"),
            an_entry("moon"),
        ),
    )
    assert glossary.within("Tides") == {"ebb", "flow", "bore", "marsh"}
    assert glossary.within("") == set()


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="an empty folder"),
        pytest.param({"a.md": "---\nterm: Ebb\n", "b.txt": b"\x00"}, id="only faults"),
    ],
)
def test_a_glossary_without_an_entry_is_an_error(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    with pytest.raises(GlossaryError) as caught:
        Glossary.read(write_files(tmp_path, files))
    message = str(caught.value)
    assert message.startswith(f"The glossary at {tmp_path} holds no entry")
    assert all(name in message for name in files if name != "README.md")
    assert "\n" not in message
