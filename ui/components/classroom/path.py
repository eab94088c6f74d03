"""The tab “path”: an order through terms as a line of stations, and how far one is."""

from typing import Any

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.classroom.lesson import LessonMaker
from assistant.classroom.path import Learnt, Paths, next_of
from ui import bridge, identity, navigation, shared, state
from ui.page import Page, note

_START, _TO, _THROUGH = "start", "to", "through"


@st.cache_resource(
    show_spinner=False, max_entries=2, hash_funcs={Assistant: lambda a: id(a.glossary)}
)
def maker(assistant: Assistant) -> LessonMaker:
    """What makes lessons of the open glossary, and knows the order of its terms."""
    return LessonMaker.of(assistant)  # it holds the glossary, so its id is not another's


def terms(page: Page) -> list[str]:
    """The ids of all terms, in the alphabet of the interface's language, then the others."""
    own = (entry.id for entry in page.glossary.ordered(page.language))
    return list(dict.fromkeys((*own, *page.glossary.ids)))


def tab(page: Page) -> None:
    """Draws it: the path of the address; without one, where to start."""
    with page.trying():
        _chosen(page)
        found, glossary = maker(page.assistant).paths, page.glossary
        term, category = st.query_params.get("term", ""), st.query_params.get("category", "")
        if glossary.versions(term):
            path = found.up_to(term)
        elif within := glossary.within(category):
            path = found.ordered(within)
        else:
            path = found.start()
        learnt = Learnt(shared.conversations().database).of(identity.current().reader)
        _stations(path, learnt, found, page)


def _stations(path: tuple[str, ...], learnt: frozenset[str], found: Paths, page: Page) -> None:
    glossary, on = page.glossary, set(path)
    entries = [entry for i in path if (entry := glossary.get(i, page.language))]
    leans = {
        e.id: [glossary.get(i, page.language) for i in found.direct(e.id) if i in on][:3]
        for e in entries
    }
    last = st.query_params.get("term", "")
    after = [glossary.get(i, page.language) for i in found.after(last)[:6]] if last else []
    page.html(
        "path#stations",
        entries=entries,
        learnt=learnt,
        next=next_of(path, learnt),
        leans=leans,
        after=[e for e in after if e],
        glossary=glossary,
    )


def _chosen(page: Page) -> None:
    """What the path is to lead to or through."""
    words, glossary = page.words, page.glossary
    note(words["path_text"])
    term, category = st.query_params.get("term", ""), st.query_params.get("category", "")
    kinds = [_START, _TO, *([_THROUGH] if any(glossary.categories(page.language)) else [])]
    known = _TO if glossary.versions(term) else _THROUGH if glossary.within(category) else _START
    with st.container(key="path-begin"):
        kind = st.segmented_control(
            words["class_path"],
            kinds,
            default=known,
            format_func=lambda kind: words[f"path_{kind}"],
            label_visibility="collapsed",
            key=f"path-kind-{known}",
        )
        if kind == _TO:
            _select(_TO, terms(page), term, page)
        elif kind == _THROUGH:
            names = [name for name in glossary.categories(page.language) if name]
            within = glossary.within(category)
            own = next((n for n in names if within and glossary.within(n) == within), "")
            _select(_THROUGH, names, own, page)
        elif known != _START:
            navigation.go("classroom", tab="path")


def _select(kind: str, options: list[str], now: str, page: Page) -> None:
    def named(option: str) -> str:
        entry = page.glossary.get(option, page.language) if kind == _TO else None
        return entry.term if entry else option

    chosen = st.selectbox(
        page.words[f"path_{kind}"],
        options,
        index=options.index(now) if now in options else None,
        format_func=named,
        placeholder=page.words["lesson_term_hint"] if kind == _TO else page.words["path_through"],
        label_visibility="collapsed",
        key=f"path-{kind}-{now}",
    )
    if chosen and chosen != now:
        name = "term" if kind == _TO else "category"
        navigation.go("classroom", tab="path", **{name: chosen})


def tick(done: dict[str, Any], page: Page) -> None:
    """Ticks a station, or takes the tick away."""
    entry_id = bridge.text(done.get("id"))
    if page.glossary.versions(entry_id):
        try:
            learnt = Learnt(shared.conversations().database)
            learnt.tick(identity.current().reader, entry_id, learnt=done.get("learnt") is True)
        except ConversationError as error:
            state.say(page.failure(error))
