"""The map of a glossary, as a picture."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.exports.drawing import draw
from knowledge.glossary import Glossary

SVG = "{http://www.w3.org/2000/svg}"
ATTACK = '"><script>alert(1)</script>'


def _entry(name: str, term: str, language: str = "en", category: str = "Sea") -> Entry:
    text = (Section(SUMMARY, "", "It rises."),)
    return Entry(name, term, language, text, category=category, related=("ebb",))


def _draw(*entries: Entry, language: str = "en") -> ET.Element:
    return ET.fromstring(draw(Glossary(Path("/glossaries/sea"), entries), language))  # noqa: S314


def test_a_term_is_a_labelled_box_and_a_relation_a_line() -> None:
    svg = _draw(_entry("ebb", "Ebb"), _entry("flow", "Flow", category="Land"))
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["Sea", "Land", "Ebb", "Flow"]
    assert len(list(svg.iter(f"{SVG}path"))) == 1
    boxes = [box for box in svg.iter(f"{SVG}rect") if box.get("rx")]
    assert len({box.get("fill") for box in boxes}) == 2


def test_arabic_is_drawn_from_right_to_left() -> None:
    svg = _draw(_entry("ebb", "الجزر", "ar", "البحر"), language="ar")
    assert svg.get("lang") == "ar"
    assert {text.get("direction") for text in svg.iter(f"{SVG}text")} == {"rtl"}


@pytest.mark.parametrize("category", ["", ATTACK])
def test_what_a_glossary_says_never_becomes_markup(category: str) -> None:
    svg = _draw(_entry("ebb", ATTACK, category=category))
    assert not list(svg.iter(f"{SVG}script"))
    assert ATTACK in [text.text for text in svg.iter(f"{SVG}text")]


def test_everything_is_within_the_picture(bundled: Glossary) -> None:
    svg = ET.fromstring(draw(bundled, "ar"))  # noqa: S314
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    drawing = svg.findall(f"{SVG}g")[1]
    shift = drawing.attrib["transform"].removeprefix("translate(").removesuffix(")").split()
    for box in drawing.iter(f"{SVG}rect"):
        x, y = (float(box.attrib[a]) + float(s) for a, s in zip("xy", shift, strict=True))
        assert 0 < x < x + float(box.attrib["width"]) < width
        assert 0 < y < y + float(box.attrib["height"]) < height
