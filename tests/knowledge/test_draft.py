"""Drafts: what any reader found, checked and made into an entry; and what the others settle."""

from dataclasses import replace
from typing import Any

from knowledge.draft import make_entry, opening
from knowledge.entry import Entry, Section
from knowledge.resolving import resolved


def test_the_language_is_given_or_the_folder_or_what_the_text_is_written_in() -> None:
    def made(text: str, default: str = "", **values: str) -> str:
        entry = make_entry({"language": default} | values, opening([text]), "sea.md")
        assert isinstance(entry, Entry)
        return entry.language

    text = "يرتفع ماء البحر وينخفض كل يوم."
    assert made(text, "fr", term="Tide", language="ar-EG") == "ar-EG"
    assert made(text, "fr", term="Tide") == "fr"
    assert made(text, term="Tide") == "ar"
    assert made("12 + 3", term="المد") == "ar"
    assert made("12 + 3", term="90", id="ninety") == "en"


# What the entries around it settle


LONG = "The tide is the rise and fall of the sea, twice a day, by the pull of the moon and the sun."
FRENCH = "La marée est le mouvement de la mer, deux fois par jour, sous l'attraction de la lune."


def _entry(entry_id: str, text: str = LONG, language: str = "en", **fields: Any) -> Entry:
    entry = Entry(entry_id, entry_id, language, (Section("summary", "", text),), guessed=True)
    return replace(entry, **fields)


def _languages(*entries: Entry) -> list[str]:
    return [entry.language for entry in resolved(entries)]


def test_a_language_that_little_text_is_taken_for_is_not_believed_and_that_of_much_is() -> None:
    few = _entry("delta", "Delta fluvial.", "fr")
    assert _languages(*[_entry(f"e{n}") for n in range(9)], few) == ["en"] * 10
    assert _languages(_entry("tide"), _entry("maree", FRENCH, "fr")) == ["en", "fr"]


def test_short_texts_tell_their_language_together() -> None:
    texts = (
        "Wasser geht zurück.", "Wasser steigt wieder.", "Mauer am Hafen.", "Boot mit Segel.",
        "Ufer eines Flusses.", "Wind vom Meer her.",
    )  # fmt: skip
    assert _languages(*[_entry(f"e{n}", text) for n, text in enumerate(texts)]) == ["de"] * 6
    assert _languages(_entry("delta", "Delta.", "fr")) == ["fr"]


def test_a_link_to_an_entry_is_a_relation_and_any_other_is_none() -> None:
    tide = _entry("tide", links=("ebb", "Spring Tide", "tide", "elsewhere"))
    first, *_ = resolved([tide, _entry("ebb"), _entry("spring-tide", term="Spring tide")])
    assert first.related == ("ebb", "spring-tide")
    assert first.links == ()


def test_an_entry_that_only_sends_to_another_is_a_name_of_that() -> None:
    ebb = _entry("ebb", aliases=("falling tide",))
    sent = _entry("reflux", "See: Ebb", aliases=("outflow",), same_as="ebb")
    astray = _entry("bore", "See eagre.", same_as="eagre", related=("reflux",))
    first, second = resolved([sent, ebb, astray])
    assert first.aliases == ("falling tide", "reflux", "outflow")
    assert (second.id, second.links, second.related) == ("bore", (), ("ebb",))
