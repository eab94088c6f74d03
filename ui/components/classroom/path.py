"""The tab “path”: an order through terms as a line of stations, and how far one is."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import streamlit as st

from assistant.classroom.lesson import LessonMaker
from assistant.classroom.path import Learnt
from knowledge.entry import Entry
from ui import identity, navigation, shared
from ui.components.classroom import choosing
from ui.page import Page, note, one_of

maker = lru_cache(maxsize=2)(LessonMaker.of)
"""What makes lessons of the open glossary, and knows the order of its terms."""


def tab(page: Page) -> None:
    """Draws it: the path of the address; without one, where to start."""
    with page.trying():
        term, category = choosing.asked(page)
        _chosen(page, term, category)
        paths, glossary = maker(page.assistant).paths, page.glossary
        path = paths.up_to(term) if term else paths.start()
        if category and not term:
            path = paths.ordered(glossary.within(category))
        learnt = shared.kept(Learnt).of(identity.current().reader)

        def entries(ids: Iterable[str], most: int | None = None) -> list[Entry]:
            found = (glossary.get(i, page.language) for i in ids)
            return list(islice(filter(None, found), most))

        page.html(
            "path#stations",
            entries=entries(path),
            learnt=learnt,
            next=next((i for i in path if i not in learnt), ""),
            leans={i: entries((n for n in paths.direct(i) if n in path), 3) for i in path},
            after=entries(paths.after(term), 6),
            glossary=glossary,
        )


def _chosen(page: Page, term: str, category: str) -> None:
    """What the path is to lead to or through: it stands in the address."""
    note(page.words["path_text"])
    within = {name: name for name in page.categories}
    with st.container(key="path-begin"):
        for name, names, now in (
            ("term", choosing.names(page), term), ("category", within, "" if term else category),
        ):  # fmt: skip
            label, more = page.words[f"path_{name}"], {"placeholder": page.words["path_hint"]}
            chosen = one_of(label, names, now, key=f"path-{name}-{now}", **more)
            if chosen and chosen != now:
                navigation.go("classroom", tab="path", **{name: chosen})


def tick(entry_id: str, page: Page, *, learnt: bool) -> None:
    """Ticks a station, or takes the tick away."""
    if page.glossary.versions(entry_id):
        shared.kept(Learnt).tick(identity.current().reader, entry_id, learnt=learnt)
