"""Settling: the language and the links of an entry, told by the entries around it."""

from dataclasses import replace

from knowledge.entry import Entry, Section
from knowledge.resolving import resolved

LONG = "The tide is the rise and fall of the sea, twice a day, by the pull of the moon and the sun."


def _entry(entry_id: str, text: str, language: str = "en", *, guessed: bool = True) -> Entry:
    return Entry(entry_id, entry_id, language, (Section("summary", "", text),), guessed=guessed)


def _languages(*entries: Entry) -> list[str]:
    return [entry.language for entry in resolved(entries)]


def test_a_language_that_little_text_is_taken_for_is_not_believed() -> None:
    few = _entry("delta", "Delta fluvial.", "fr")
    assert _languages(*[_entry(f"e{n}", LONG) for n in range(9)], few) == ["en"] * 10


def test_one_that_much_text_is_in_is_believed() -> None:
    french = (
        "La marée est le mouvement de la mer, deux fois par jour, sous l'attraction de la lune."
    )
    assert _languages(_entry("tide", LONG), _entry("maree", french, "fr")) == ["en", "fr"]


def test_a_link_to_an_entry_is_a_relation_and_any_other_is_none() -> None:
    tide = replace(_entry("tide", LONG), links=("ebb", "Spring Tide", "tide", "elsewhere"))
    spring = replace(_entry("spring-tide", LONG), term="Spring tide")
    first, *_ = resolved([tide, _entry("ebb", LONG), spring])
    assert first.related == ("ebb", "spring-tide")
    assert first.links == ()


def test_short_texts_tell_their_language_together() -> None:
    texts = (
        "Wasser geht zurück.", "Wasser steigt wieder.", "Mauer am Hafen.", "Boot mit Segel.",
        "Ufer eines Flusses.", "Wind vom Meer her.",
    )  # fmt: skip
    assert _languages(*[_entry(f"e{n}", text) for n, text in enumerate(texts)]) == ["de"] * 6
    assert _languages(_entry("delta", "Delta.", "fr")) == ["fr"]


def test_an_entry_that_only_sends_to_another_is_a_name_of_that() -> None:
    ebb = replace(_entry("ebb", LONG), aliases=("falling tide",))
    sent = replace(_entry("reflux", "See: Ebb"), aliases=("outflow",), same_as="ebb")
    astray = replace(_entry("bore", "See eagre."), same_as="eagre", related=("reflux",))
    first, second = resolved([sent, ebb, astray])
    assert first.aliases == ("falling tide", "reflux", "outflow")
    assert (second.id, second.links, second.related) == ("bore", (), ("ebb",))
