"""The tab “quiz”: what is asked is chosen, then one takes it, and sees what was missed."""

import time
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any, get_args

import streamlit as st

from assistant.classroom.quiz import KINDS, Item, Kind, Quiz
from assistant.classroom.quiz_maker import Difficulty, QuizMaker, Wanted, scope
from assistant.classroom.rooms import Rooms
from knowledge.language.text import base
from ui import bridge, formatting, groups, identity, reader, shared
from ui.components.classroom import choosing
from ui.page import Page, note

_maker = lru_cache(maxsize=2)(QuizMaker)


@dataclass
class Taking:
    """A quiz that is taken, and what was answered so far."""

    quiz: Quiz
    answers: list[tuple[int, ...]] = field(default_factory=list)
    picked: tuple[int, ...] = ()
    """Of the question on the page, the options chosen."""

    @property
    def item(self) -> Item | None:
        """The question on the page; none at the end."""
        return next(iter(self.quiz.items[len(self.answers) :]), None)

    @property
    def shown(self) -> bool:
        """Whether that is answered, and its key on the page."""
        return self.item is not None and len(self.picked) == len(self.item.right)

    @property
    def missed(self) -> tuple[Item, ...]:
        """What was answered wrongly."""
        pairs = zip(self.quiz.items, self.answers, strict=False)
        return tuple(item for item, answer in pairs if not item.is_right(answer))

    def pick(self, option: int) -> None:
        """Chooses an option; in an order the next step, or takes one back. The last settles it."""
        if self.item is None or self.shown or not 0 <= option < len(self.item.options):
            return
        if option in self.picked:
            self.picked = self.picked[: self.picked.index(option)]
        else:
            self.picked = (*self.picked, option)

    def go_on(self) -> None:
        """Goes to the next question."""
        if self.shown:
            self.answers.append(self.picked)
            self.picked = ()


def tab(page: Page) -> None:
    """Draws it."""
    taking: Taking | None = st.session_state.get("quiz")
    if taking is None:
        with st.container(key="quiz-choice"):
            _choose(page)
        return
    with st.container(key="quiz"):
        page.html("quiz#head", quiz=taking.quiz)
        if taking.item:
            cited = taking.item.key
            entry = page.glossary.get(cited.entry_id, cited.language)
            page.html("quiz#question", taking=taking, entry=entry)
        else:
            page.html("quiz#result", taking=taking)
        offer_live(page, taking.quiz)


def act(done: dict[str, Any]) -> None:
    """Carries out what was done on a quiz: an option picked, or the next question."""
    taking: Taking | None = st.session_state.get("quiz")
    match done.get("what"), bridge.number(done.get("option")):
        case _ if taking is None:
            return
        case "pick", int(option):
            taking.pick(option)
            if taking.shown and (item := taking.item) and not item.is_right(taking.picked):
                groups.note("missed", item.key.entry_id, item.prompt)
        case "next", _:
            taking.go_on()
        case "again", _ if taking.missed:
            st.session_state["quiz"] = Taking(replace(taking.quiz, items=taking.missed))
        case "new", _:
            del st.session_state["quiz"]


def _choose(page: Page) -> None:
    """What the quiz is to be on, and of what kind; then it is made, and begins."""
    words, glossary = page.words, page.glossary
    page.subtitle(words["quiz_title"], words["quiz_text"])
    terms, category = choosing.scope(page, "quiz", "all", "category", "terms", "chat")
    number = choosing.one(page, "quiz_number", (5, 10, 20, 30), 10, page.number)
    levels: tuple[Difficulty, ...] = get_args(Difficulty)
    difficulty = choosing.one(
        page, "quiz_difficulty", levels, "near", lambda each: words[f"quiz_difficulty_{each}"]
    )
    kinds: list[Kind] = st.pills(
        words["quiz_kinds"],
        KINDS,
        selection_mode="multi",
        default=KINDS,
        format_func=lambda kind: words[f"quiz_kind_{kind}"],
        key=f"quiz-kinds-{page.language}",
    )
    tags = sorted(dict.fromkeys(map(base, glossary.languages)), key=page.language.__ne__)
    language, crossed = tags[0], False
    if len(tags) > 1:
        spoken = partial(formatting.language_name, language=page.language)
        language = choosing.one(page, "quiz_language", tags, language, spoken)
        crossed = st.toggle(words["quiz_crossed"], key=f"quiz-crossed-{page.language}")
    if st.button(words["quiz_begin"], type="primary", disabled=not kinds):
        asked = language, number, tuple(kinds), difficulty, crossed
        wanted = Wanted(*asked, seed=time.time_ns())
        found = [entry.term for i in terms[:3] if (entry := glossary.get(i, language))]
        title = category or formatting.listed(found, page.language)
        with page.trying(), st.spinner(words["quiz_making"]):
            quiz = _maker(page.assistant).make(scope(glossary, terms, category), wanted, title)
            if quiz.items:
                st.session_state["quiz"] = Taking(quiz)
                st.rerun()
            note(words["quiz_none"], "notice")


def offer_live(page: Page, quiz: Quiz) -> None:
    """Draws what begins a live quiz, for the group that one is in; while it lasts, leads to it."""
    words, place, name = page.words, st.empty(), f"live-{hash(quiz)}"
    with page.trying():
        rooms, code = shared.kept(Rooms), st.session_state.get(name, "")
        room = rooms.find(code) if code else None
        if not room or room.state.phase == "over":
            code, help_ = "", words["live_begin_text"]
            if place.button(words["live_begin"], key=f"{name}-begin", help=help_):
                code = rooms.make(quiz, identity.current().reader, reader.choices().group)
        st.session_state[name] = code
        if code:
            address = f"./class/{code}/show?lang={page.language}"
            place.html(page.render("live#offered", code=code, address=address))
