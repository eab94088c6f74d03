"""Demonstrations as pages: a prediction first, then knobs; and in the pages of their entries."""

import itertools
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.classroom.demonstrations import every
from tests.ui.conftest import markup_of, opened
from ui import demonstrations, markup, shared
from ui.strings import LANGUAGES


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    shared.hand_over(assistant)
    with TestClient(Starlette(routes=demonstrations.routes())) as asking:
        yield asking


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(every()))
def test_a_page_asks_first_and_shows_the_answer_and_the_knobs_after(
    name: str, language: str, client: TestClient
) -> None:
    shown = every()[name]
    words = shown.words[language]
    before = client.get(f"/demonstration/{name}?lang={language}").text
    after = client.get(f"/demonstration/{name}?lang={language}&chosen=0").text
    assert before.count('name="chosen"') == len(words["answers"])
    assert words["because"][:20] not in before
    assert words["notice"][:20] not in before
    assert words["because"][:20] in after
    assert after.count('class="m-right"') == 1
    for knob in shown.knobs:
        assert f'name="{knob.name}"' in after
        assert f'name="{knob.name}"' not in before


def test_a_move_fetches_the_sentence_and_the_drawing(client: TestClient) -> None:
    address = "/demonstration/overfitting/view?lang=ar&chosen=1&degree=4"
    found = client.get(address).json()
    assert found["says"].startswith("الدرجة 4: يُتوقع 17 سم")
    assert "<svg" in found["html"]
    assert "0.8" in found["html"]  # in the table
    assert "\u206815\u2069" in found["html"]  # on the axis


def test_a_step_that_goes_astray_is_drawn_too(client: TestClient) -> None:
    for curve, rate in itertools.product(("entry", "square", "valleys"), range(11)):
        address = f"/demonstration/gradient-descent/view?chosen=0&steps=20&{rate=}&{curve=!s}"
        assert client.get(address).status_code == 200


def test_it_begins_in_an_entry_as_the_entry_has_it(client: TestClient) -> None:
    found = client.get("/demonstration/confusion-matrix/view?chosen=0&entry=recall&lang=en").json()
    assert "precision 30%, recall 90%" in found["says"]


def test_what_a_reader_types_is_no_markup(client: TestClient) -> None:
    typed = {"words": "<b>tea</b>, <script>, coffee", "chosen": "0", "lang": "en"}
    page = client.get("/demonstration/embeddings", params=typed).text
    for text in (page, client.get("/demonstration/embeddings/view", params=typed).json()["html"]):
        assert "<b>tea" not in text
        assert "<script>," not in text
    wrong = client.get("/demonstration/embeddings?chosen=x&word=-3&lang=%22%3E").text
    assert 'name="chosen"' in wrong


def test_an_unknown_one_leads_to_the_list(client: TestClient) -> None:
    found = client.get("/demonstration/nothing?lang=ar", follow_redirects=False)
    assert found.headers["location"] == "../classroom?tab=demonstrations&lang=ar"
    assert client.get("/demonstration/nothing/view").status_code == 404


def test_an_entry_has_its_demonstrations_folded_and_the_class_lists_all(
    assistant: Assistant,
) -> None:
    shown = assistant.glossary.get("precision", "ar")
    assert shown
    beside = demonstrations.beside(shown.id, "ar")
    html = markup.term(shown, assistant.glossary, "ar", demonstrations=beside)
    frame = "./demonstration/confusion-matrix?lang=ar&amp;entry=precision&amp;framed=1"
    assert f'<details class="m-frame" lang="ar" dir="rtl" data-frame="{frame}"' in html
    assert not demonstrations.beside("alexnet", "en")
    app = opened(assistant, "en", view="classroom")
    app.query_params["tab"] = "demonstrations"
    listed = markup_of(app.run())
    assert all(f"./demonstration/{name}?lang=en" in listed for name in every())
