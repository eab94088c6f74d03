import traceback
from pathlib import Path

import pytest

from assistant import SettingsError
from assistant.settings import Settings

ROOT = Path(__file__).parents[2]


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASRAD_GLOSSARY", "from-environment")
    assert Settings.load().glossary == Path("from-environment")
    assert Settings.load(glossary=Path("given")).glossary == Path("given")


def test_a_key_and_a_databases_password_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://masrad:hunter2@localhost/masrad"
    monkeypatch.setenv("MASRAD_DATABASE_URL", url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hunter2")
    assert "hunter2" not in repr(Settings.load())
    assert Settings.load().database == url
    monkeypatch.setenv("MASRAD_DATABASE_URL", "postgresql://masrad:hunter2@localhost:port/masrad")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    shown = "".join(traceback.format_exception(caught.value))
    assert "MASRAD_DATABASE_URL" in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize("place", ["environment", "dotenv"])
def test_an_unknown_setting_is_refused_by_name(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if place == "environment":
        monkeypatch.setenv("MASRAD_WRITTER", "quote")
    else:
        (tmp_path / ".env").write_text("MASRAD_WRITTER=quote\n", "utf-8")
    with pytest.raises(SettingsError, match="MASRAD_WRITTER"):
        Settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MASRAD_WRITER", "poet"),
        ("CHROMA_PORT", "eighty"),
        ("OPENAI_BASE_URL", "localhost:11434"),
        ("MASRAD_TIMEOUT", "0"),
        ("MASRAD_DATABASE_URL", "conversations.db"),
        ("MASRAD_DATABASE_URL", "mysql://localhost/masrad"),
        ("MASRAD_NEWS_FEEDS", "https://a.example/feed file:///etc/passwd"),
        ("MASRAD_NEWS_PRIVATE", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_by_the_variables_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        Settings.load()


def test_every_setting_is_explained_in_the_example_file() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"MASRAD_{name.upper()}")
        assert f"{variable}=" in text, f"{variable} is not in .env.example"
