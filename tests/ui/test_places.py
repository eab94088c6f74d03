"""Places: addresses that work from every view, under whatever address the app is served."""

from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from tests.attacks import ATTACKS
from ui import places
from ui.places import VIEWS


def test_the_chat_is_the_first_page() -> None:
    assert places.link("chat") == "./"
    assert [places.path(view) for view in VIEWS] == ["", "glossary", "term", "map"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("here", VIEWS)
@pytest.mark.parametrize("root", ["https://x.example/", "https://x.example/lessons/masrad/"])
def test_each_view_is_reached_from_each(view: places.View, here: places.View, root: str) -> None:
    now = f"{root}{places.path(here)}?lang=ar&c=x"
    assert urljoin(now, places.link(view)) == f"{root}{places.path(view)}"


def test_parameters_that_are_empty_are_left_out() -> None:
    assert places.link("map", id="", lang="en") == "./map?lang=en"
    assert places.parameters({"a": "", "b": "0"}) == {"b": "0"}


def test_an_entry_and_a_conversation_have_addresses() -> None:
    assert places.entry("kettle", "ar") == "./term?id=kettle&lang=ar"
    assert places.conversation("abc", "en") == "./?c=abc&lang=en"


@pytest.mark.parametrize("attack", [text for text in ATTACKS if text.isprintable()])
def test_a_parameter_stays_within_its_place(attack: str) -> None:
    address = places.link("glossary", category=attack, lang="en")
    parts = urlsplit(urljoin("https://x.example/", address))
    assert (parts.hostname, parts.path, parts.fragment) == ("x.example", "/glossary", "")
    assert parse_qs(parts.query) == {"category": [attack], "lang": ["en"]}


def test_half_a_surrogate_pair_breaks_no_address() -> None:
    assert places.link("term", id="\ud800") == "./term?id=%3F"
