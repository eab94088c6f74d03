"""Replicas: one library in a real PostgreSQL, one index on a real Chroma server."""

import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant import ConversationError, replicas
from assistant.assistant import Assistant
from assistant.conversations.database import Database
from assistant.replicas import Replica
from assistant.settings import Settings
from knowledge.editing.entries import begin_edit, save
from knowledge.editing.importing import plan
from knowledge.editing.journal import Journal, Step, undo_step
from knowledge.editing.library import Library
from knowledge.glossary import Glossary
from knowledge.search.index import open_index
from tests.conftest import TEA
from tests.knowledge.conftest import CountingEmbeddings, an_entry, small_glossary

WAVES = {f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(40)}
KILLED = """
import sys, time
from pathlib import Path
from assistant.replicas import Replica
from assistant.settings import Settings
settings = Settings(data_dir=Path(sys.argv[1]))
with Replica.of(settings.database, settings.data_dir).changing():
    (settings.data_dir / "glossaries" / "tea" / "en" / "kettle.md").unlink()
    print("changed", flush=True)
    time.sleep(60)
"""


@dataclass
class Node:
    """A replica and what it has of the library."""

    settings: Settings

    @property
    def replica(self) -> Replica:
        return Replica.of(self.settings.database, self.settings.data_dir)

    @property
    def library(self) -> Library:
        return Library(self.settings.data_dir)

    @property
    def tea(self) -> Path:
        return self.library.path("tea")

    @property
    def glossary(self) -> Glossary:
        return Glossary.read(self.tea)

    def files(self) -> set[str]:
        return {path.name for path in self.tea.rglob("*.md")}

    def save(self, entry_id: str, category: str) -> None:
        """Edits an entry, or writes it; as on the page."""
        edit = begin_edit(self.glossary, entry_id, "en")
        entry = edit.before or an_entry(entry_id)
        with self.replica.changing():
            saved = save(edit, replace(entry, category=category), self.glossary)
            step = Step("saved", self.tea, entry.term, datetime.now(UTC), file=saved)
            Journal(self.settings.data_dir).keep(step)


MakeNode = Callable[[str], Node]


@pytest.fixture
def node(
    fresh: Callable[[], dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MakeNode:
    """Makes replicas of a database of the test's own."""
    for name, value in fresh().items():
        monkeypatch.setenv(name, value)

    def made(folder: str) -> Node:
        found = Node(Settings(glossary=TEA, data_dir=tmp_path / folder))
        found.replica.join()
        return found

    return made


@pytest.fixture
def two(node: MakeNode) -> tuple[Node, Node]:
    """Two replicas that have a glossary of their owner's open."""
    one, other = node("one"), node("other")
    with one.replica.changing():
        plan(Glossary.read(TEA), one.tea).carry_out()
        one.library.choose(one.tea)
    assert other.replica.follow()
    return one, other


def test_a_change_is_taken_up_by_the_others_and_undone_there(two: tuple[Node, Node]) -> None:
    one, other = two
    assert other.library.chosen() == other.tea
    assert other.files() == one.files()
    before = (other.tea / "en" / "kettle.md").read_bytes()
    one.save("kettle", "Porcelain")
    assert other.replica.follow()
    assert not other.replica.follow()
    assert other.glossary.get("kettle", "en").category == "Porcelain"  # type: ignore[union-attr]
    journal = Journal(other.settings.data_dir)
    step = journal.last(other.tea)
    assert step
    with other.replica.changing():
        undo_step(step)
        journal.forget(other.tea)
    assert one.replica.follow()
    assert (one.tea / "en" / "kettle.md").read_bytes() == before
    assert Journal(one.settings.data_dir).last(one.tea) is None


def test_a_killed_change_has_changed_nothing_and_the_next_one_works(two: tuple[Node, Node]) -> None:
    one, other = two
    files = other.files()
    command = [sys.executable, "-c", KILLED, str(one.settings.data_dir)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"changed\n"
        process.send_signal(signal.SIGKILL)
    assert "kettle.md" not in one.files()
    assert not other.replica.follow()
    other.save("samovar", "Vessels")
    assert other.files() == files | {"samovar.md"}
    assert one.replica.follow()
    assert one.files() == other.files()


def test_two_who_change_at_once_lose_nothing(two: tuple[Node, Node]) -> None:
    names = [[f"pot-{n}-{k}" for k in range(5)] for n in range(2)]

    def write(node: Node, own: list[str]) -> None:
        for name in own:
            node.save(name, "Pots")

    with ThreadPoolExecutor() as pool:
        list(pool.map(write, two, names))
    for node in two:
        node.replica.follow()
        assert {f"{name}.md" for own in names for name in own} <= node.files()


def test_what_the_database_does_not_take_is_as_it_was_in_the_folder(
    two: tuple[Node, Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    files = one.files()

    def fail(*_: object) -> None:
        raise ConversationError("The line is dead.")

    with monkeypatch.context() as patch:
        patch.setattr(Replica, "_publish", fail)
        with pytest.raises(ConversationError, match="line is dead"):
            one.save("samovar", "Vessels")
    assert one.files() == files
    assert not other.replica.follow()


@pytest.mark.usefixtures("two")
def test_a_library_that_was_in_the_folder_is_kept_aside(node: MakeNode, tmp_path: Path) -> None:
    own = Library(tmp_path / "third")
    plan(Glossary.read(TEA), own.path("mine")).carry_out()
    third = node("third")
    assert third.library.names() == ("tea",)
    (aside,) = third.settings.data_dir.glob("library-*")
    assert Library(aside).names() == ("mine",)


def test_no_sentence_is_embedded_twice_and_what_no_version_needs_is_removed(
    two: tuple[Node, Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = [node.settings.store for node in two]
    glossaries = [small_glossary(WAVES, str(node.tea)) for node in two]
    embedders = [CountingEmbeddings(pause=0.02) for _ in two]

    def sync(n: int) -> None:
        open_index(stores[n], glossaries[n], embedders[n].named())

    with ThreadPoolExecutor() as pool:
        list(pool.map(sync, range(2)))
    assert sorted([*embedders[0].passages, *embedders[1].passages]) == sorted(
        glossaries[0].rows.values()
    )

    one, other = two
    other.replica.say(other.replica.number)  # an old version, which it goes on serving
    for n in range(replicas.KEPT + 1):  # the last entry says something else in each
        one.save("wave-39", f"Category {n}")
        said = WAVES | {"wave-39": f"Wave 39 is {n} miles high."}
        index, report = open_index(
            stores[0], small_glossary(said, str(one.tea)), embedders[0].named()
        )
        assert report.embedded == 1
        with stores[0].sharing.pruning() as unused:  # type: ignore[union-attr]
            assert not unused
    assert index._collection
    held = index._collection.get(include=[])["ids"]
    # The last sentence as it is now, as in the versions that are kept, and as the other has it.
    assert len(held) == len(WAVES) + 1 + replicas.KEPT
    monkeypatch.setattr(replicas, "KEPT", 1)
    one.replica.say(former := one.replica.number)
    with stores[0].sharing.pruning():  # type: ignore[union-attr]
        one.save("wave-38", "That came meanwhile")
    with Database.open(one.settings.database).reading() as session:
        kept = session.execute(text("SELECT number FROM library_version ORDER BY number")).all()
    assert [number for (number,) in kept] == [other.replica.number, former, one.replica.number]


def test_what_one_embeds_anew_the_others_open_at_once(two: tuple[Node, Node]) -> None:
    opened = [
        Assistant.open(node.settings.model_copy(update={"glossary": node.tea})) for node in two
    ]
    assert [each.report.embedded > 0 for each in opened if each.report] == [True, False]
    again = Assistant.open(opened[0].settings, rebuild=True)
    assert again.report
    assert again.report.embedded == opened[0].report.embedded  # type: ignore[union-attr]
    taken = Assistant.open(opened[1].settings)
    assert taken.report
    assert taken.report.embedded == 0
