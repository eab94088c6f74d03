"""Demonstrations as pages: a prediction first, then knobs; and in the pages of their entries."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.classroom.demonstrations import every
from knowledge.language.text import clean
from tests.openai_server import OpenAIServer
from tests.ui.conftest import markup_of, opened
from ui import demonstrations, markup, shared
from ui.strings import LANGUAGES, strings


@pytest.fixture
def client(assistant: Assistant) -> Iterator[TestClient]:
    shared.hand_over(assistant)
    with TestClient(Starlette(routes=demonstrations.routes())) as asking:
        yield asking


def _view(client: TestClient, name: str, **asked: object) -> tuple[str, str]:
    """The sentence that says what is seen, and what is drawn."""
    found = client.get(f"/demonstration/{name}", params=asked)  # type: ignore[arg-type]
    says, view = found.text.split('id="says"')[1].split('<div id="view">')
    return says, view.partition("<footer>")[0]


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
    says, drawn = _view(client, "overfitting", lang="ar", chosen=1, degree=4)
    assert "الدرجة 4: يُتوقع 17 سم" in says
    assert "<svg" in drawn
    assert "0.8" in drawn  # in the table
    assert "\u206815\u2069" in drawn  # on the axis


def test_what_a_reader_types_is_no_markup(client: TestClient) -> None:
    typed = {"words": "<b>tea</b>, <script>, coffee", "chosen": "0", "lang": "en"}
    page = client.get("/demonstration/embeddings", params=typed).text
    assert "<b>tea" not in page
    assert "<script>," not in page
    wrong = client.get("/demonstration/embeddings?chosen=x&word=-3&lang=%22%3E").text
    assert 'name="chosen"' in wrong


def test_an_unknown_one_leads_to_the_list(client: TestClient) -> None:
    found = client.get("/demonstration/nothing?lang=ar", follow_redirects=False)
    assert found.headers["location"] == "../classroom?tab=demonstrations&lang=ar"


def test_an_entry_has_its_demonstrations_folded_and_the_class_lists_all(
    assistant: Assistant,
) -> None:
    shown = assistant.glossary.get("precision", "ar")
    assert shown
    to, beside = markup.Context("ar", assistant.glossary), demonstrations.beside(shown.id, "ar")
    html = markup.term(to, shown, demonstrations=beside)
    frame = "./demonstration/confusion-matrix?lang=ar&amp;entry=precision&amp;framed=1"
    assert f'<details class="m-frame" lang="ar" dir="rtl" data-frame="{frame}"' in html
    assert not demonstrations.beside("alexnet", "en")
    app = opened(assistant, "en", view="classroom")
    app.query_params["tab"] = "demonstrations"
    listed = markup_of(app.run())
    assert all(f"./demonstration/{name}?lang=en" in listed for name in every())


def test_a_chat_model_answers_without_the_glossary_apart_from_it_and_as_often_as_it_may(
    explaining: Assistant, teahouse: Assistant, model_server: OpenAIServer
) -> None:
    few = explaining.settings.model_copy(update={"limits": "1 model calls/month"})
    asked = {"question": "What is a kettle?", "chosen": "0"}
    with TestClient(Starlette(routes=demonstrations.routes())) as client:
        shared.hand_over(teahouse)  # which has none
        assert "data-alone" not in _view(client, "retrieval", **asked)[1]
        refused = client.post("/demonstration/retrieval/alone", params=asked).json()["html"]
        assert "m-alone-said" not in refused
        assert not model_server.requests

        shared.hand_over(Assistant(explaining.retriever, few))
        assert 'data-alone="What is a kettle?"' in _view(client, "retrieval", **asked)[1]
        assert not model_server.requests  # it is asked by the button alone
        model_server.says("It is a <b>hat</b> [1].")
        said = client.post("/demonstration/retrieval/alone", params=asked).json()["html"]
        assert said.index(every()["retrieval"].words["en"]["alone_not"]) < said.index("It is a")
        assert "It is a &lt;b&gt;hat&lt;/b&gt; [1]." in said
        assert "m-marker" not in said
        (sent,) = model_server.requests
        assert [each["content"] for each in sent["messages"]] == ["What is a kettle?"]

        again = client.post("/demonstration/retrieval/alone", params=asked).json()["html"]
        assert strings("en")["error_limited"] in clean(again)
        assert "m-alone-said" not in again
        assert len(model_server.requests) == 1
