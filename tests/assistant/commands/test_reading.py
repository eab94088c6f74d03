"""Reading by a chat model: it points, and every word is the text's."""

import json
from pathlib import Path

from tests.assistant.commands.conftest import masrad, refused
from tests.openai_server import OpenAIServer, Reply, openai_server

PROSE = """People of the coast know two words best. They say tide when the sea rises and falls.

It rises twice a day, drawn by the moon.

Ebb: the hours in which it falls.

أما المد فهو ارتفاع ماء البحر.
"""


def _imported(folder: Path, reply: str) -> dict[str, str]:
    """What is imported of the text, by the model's reply: the body of each entry."""
    (folder / "coast.txt").write_text(PROSE, "utf-8")
    command = ("import", folder / "coast.txt", folder / "sea", "--with-model", "--json")
    with openai_server() as server:
        server.script.append(Reply(reply))
        entries = json.loads(masrad(*command, OPENAI_BASE_URL=server.url))["entries"]
        _asks_with_numbers(server)
    files = {each["id"]: (folder / "sea" / each["path"]).read_text("utf-8") for each in entries}
    return {name: text.rpartition("---")[2].strip() for name, text in files.items()}


def _asks_with_numbers(server: OpenAIServer) -> None:
    material = server.requests[0]["messages"][1]["content"]
    assert "| 1. People of the coast" in material
    assert "| 4. أما المد" in material


def test_a_model_points_at_paragraphs_and_their_words_are_kept(tmp_path: Path) -> None:
    reply = "1-2 tide\n3-3 Ebb\n4-4 المد\n"
    assert _imported(tmp_path, reply) == {
        "tide": "People of the coast know two words best. They say tide when the sea rises and"
        " falls.\n\nIt rises twice a day, drawn by the moon.",
        "ebb": "the hours in which it falls.",
        "المد": "أما المد فهو ارتفاع ماء البحر.",
    }


def test_what_the_text_does_not_have_is_left_out(tmp_path: Path) -> None:
    reply = "Here they are:\n1-1 Tsunami\n9-12 Ebb\n3-1 Ebb\n3 Ebb: the sea is calm\n3-3 Ebb\n"
    assert _imported(tmp_path, reply) == {"ebb": "the hours in which it falls."}


def test_without_a_model_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "coast.txt").write_text(PROSE, "utf-8")
    said = refused("import", tmp_path / "coast.txt", tmp_path / "sea", "--with-model")
    assert "Connect a chat model first" in said
