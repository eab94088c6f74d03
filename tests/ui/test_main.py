"""The frame around the views."""

import pytest

from assistant.assistant import Assistant
from tests.ui.conftest import opened
from ui.strings import strings
from ui.views import chat


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_nobody_foresaw_is_said_in_the_apps_own_words(
    teahouse: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    def breaks(_: Assistant) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(chat, "view", breaks)
    app = opened(teahouse, language, broken=True)
    html = "".join(str(element.proto.body) for element in app.get("html"))
    assert strings(language)["unforeseen_text"] in html
    assert "secret" not in html
    assert "ZeroDivisionError" in caplog.text  # whoever runs it can see it
