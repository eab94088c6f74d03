"""A glossary: its entries by id and by name, and the faults between them."""

from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from tests.knowledge.conftest import DATA, an_entry, write_files


def _file(term: str, *fields: str) -> str:
    return "\n".join(("---", f"term: {term}", *fields, "---", "The sea rises and falls each day."))


def _glossary(*entries: Entry) -> Glossary:
    return Glossary(Path("/glossaries/sea"), entries)


@pytest.fixture
def tides() -> Glossary:
    return Glossary.read(DATA / "tides")


def test_the_bundled_glossary_has_every_entry_in_two_languages(bundled: Glossary) -> None:
    assert len(bundled.ids) >= 150
    assert len(bundled.entries) == 2 * len(bundled.ids)
    for entry_id in bundled.ids:
        assert {entry.language for entry in bundled.versions(entry_id)} == {"en", "ar"}


def test_every_bundled_entry_has_a_summary_an_example_sources_and_a_date(bundled: Glossary) -> None:
    for entry in bundled.entries:
        assert entry.summary
        assert entry.example
        assert entry.sources
        assert entry.updated


def test_an_entry_is_found_in_the_language_asked_for(tides: Glossary) -> None:
    for asked, found in (("ar", "ar"), ("en", "en"), ("ar-EG", "ar"), ("en_GB", "en")):
        entry = tides.get("tide", asked)
        assert entry is not None
        assert entry.language == found


def test_an_entry_is_found_in_another_language_where_it_has_no_version(tides: Glossary) -> None:
    entry = tides.get("tidal-bore", "ar")
    assert entry is not None
    assert entry.language == "en"


def test_an_unknown_id_is_no_entry(tides: Glossary) -> None:
    assert tides.get("moon", "en") is None
    assert tides.versions("moon") == ()


def test_a_regional_version_comes_before_another_language() -> None:
    glossary = _glossary(an_entry("tide", "ar"), an_entry("tide", "en-GB"))
    entry = glossary.get("tide", "en-US")
    assert entry is not None
    assert entry.language == "en-GB"


def test_the_language_with_most_entries_comes_first(tides: Glossary) -> None:
    assert tides.languages == ("en", "ar")


def test_names_are_known_in_every_language_and_spelling(tides: Glossary) -> None:
    assert tides.named["tidal movement"] == ("tide",)
    assert tides.named["مد بحري"] == ("tide",)
    assert tides.named["سبخه ساحليه"] == ("salt-marsh",)


def test_related_entries_are_named_by_id_or_by_name_and_come_in_its_language(
    tides: Glossary,
) -> None:
    def related(entry_id: str, language: str) -> list[str]:
        entry = tides.get(entry_id, language)
        assert entry is not None
        return [other.key for other in tides.related(entry)]

    assert related("tide", "en") == ["en/tidal-bore", "en/storm-surge"]
    assert related("tide", "ar") == ["en/tidal-bore"]
    assert related("tidal-bore", "en") == ["en/tide"]


def test_the_rows_are_those_of_all_entries(bundled: Glossary) -> None:
    assert len(bundled.rows) == sum(len(entry.rows) for entry in bundled.entries)
    assert all(bundled.rows[s.id] == s.embedded for e in bundled.entries for s in e.sentences)


def test_what_entries_are_asked_as_is_among_the_rows() -> None:
    glossary = _glossary(
        an_entry("ebb", asked=("water going out", "low sea")), an_entry("flow", "ar")
    )
    assert list(glossary.rows.values()) == [
        "Ebb: It rises.",
        "water going out",
        "low sea",
        "Flow: It rises.",
    ]


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


def test_categories_are_counted_in_the_language_of_the_entries() -> None:
    glossary = _glossary(
        an_entry("ebb", category="Tides"),
        an_entry("flow", category="Tides"),
        an_entry("moon"),
        an_entry("ebb", "de", category="Gezeiten"),
    )
    assert glossary.categories("en") == {"Tides": 2, "": 1}
    assert glossary.categories("de") == {"Gezeiten": 1}


SEA = _glossary(
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
    an_entry("breaker", category="Waves"),
    an_entry("surf", "ar", category="الأمواج"),
    an_entry("kelp", "ar", category="النبات"),
    an_entry("moon"),
    an_entry("moon", "ar"),
)


@pytest.mark.parametrize(
    ("category", "ids"),
    [
        pytest.param("Tides", {"ebb", "flow", "bore", "marsh"}, id="English"),
        pytest.param("المد", {"ebb", "flow", "swell", "marsh", "bore"}, id="Arabic"),
        pytest.param(
            "Waves", {"swell", "chop", "breaker", "surf"}, id="not what is mostly another"
        ),
        pytest.param("الأمواج", {"chop", "surf"}, id="not what is another's by half"),
        pytest.param("النبات", {"kelp"}, id="in one language alone"),
        pytest.param("tides", set(), id="another spelling"),
        pytest.param("Moons", set(), id="unknown"),
        pytest.param("", set(), id="no name"),
    ],
)
def test_a_category_holds_the_entries_of_every_language(category: str, ids: set[str]) -> None:
    assert SEA.within(category) == ids


def test_the_categories_of_two_languages_are_paired(bundled: Glossary) -> None:
    pairs = {(e.category, bundled.versions(e.id)[1].category) for e in bundled.entries}
    assert len(bundled.within("Models")) == 33
    assert all(bundled.within(first) == bundled.within(second) for first, second in pairs)


def test_a_fault_is_written_as_editors_read_it() -> None:
    assert str(Fault("en/a.md", 3, "has no term.")) == "en/a.md:3: has no term."
    assert str(Fault("a.md", 1, "odd.", "warning")) == "a.md:1: warning: odd."


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="an empty folder"),
        pytest.param({"README.md": "A glossary."}, id="no file with entries"),
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


def test_a_missing_glossary_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"^There is no glossary at [^\n]*\.$"):
        Glossary.read(tmp_path / "nowhere")


def test_the_faults_of_reading_are_kept(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"a.md": _file("Ebb"), "b.md": "---\nterm: Flow\n"})
    glossary = Glossary.read(folder)
    assert [entry.term for entry in glossary.entries] == ["Ebb"]
    assert [fault.path for fault in glossary.faults] == ["b.md"]
