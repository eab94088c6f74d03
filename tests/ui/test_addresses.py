"""Places: addresses that work from every view, under whatever address the app is served."""

from itertools import product
from urllib.parse import parse_qs, urljoin, urlsplit

from tests.attacks import ATTACKS
from ui import addresses
from ui.addresses import VIEWS


def test_each_view_is_reached_from_each_under_any_path() -> None:
    assert [addresses.path(view) for view in VIEWS] == ["", "glossary", "term", "map"]
    for root, here, view in product(("https://x.example/", "https://x.example/a/b/"), VIEWS, VIEWS):
        now = f"{root}{addresses.path(here)}?lang=ar&c=x"
        assert urljoin(now, addresses.link(view)) == f"{root}{addresses.path(view)}"


def test_entries_and_conversations_have_addresses_without_empty_parameters() -> None:
    assert addresses.entry("kettle", "ar") == "./term?id=kettle&lang=ar"
    assert addresses.link("chat", c="abc", lang="en") == "./?c=abc&lang=en"
    assert addresses.link("map", id="", lang="en") == "./map?lang=en"
    assert addresses.link("term", id="\ud800") == "./term?id=%3F"


def test_a_parameter_stays_within_its_place() -> None:
    for attack in filter(str.isprintable, ATTACKS):
        address = addresses.link("glossary", category=attack, lang="en")
        parts = urlsplit(urljoin("https://x.example/", address))
        assert (parts.hostname, parts.path, parts.fragment) == ("x.example", "/glossary", "")
        assert parse_qs(parts.query) == {"category": [attack], "lang": ["en"]}
