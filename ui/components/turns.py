"""Turns: a question on the screen, its answer, what stands around that, and what one says of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import streamlit as st
from markupsafe import Markup

from assistant import ConversationError, LimitError, QuestionError
from assistant.answer import Answer
from assistant.classroom.guided import guide
from assistant.conversations.conversation import Change, Thumb, Turn, changes
from assistant.conversations.export import answer_as_text
from assistant.question import MOST_CHARACTERS
from ui import conversation, formatting, groups, identity, markup, shared, state, templates
from ui.components import guided
from ui.page import Page, note

_MOST_COMMENT = 2000  # characters
_NONE: Mapping[int, Change] = {}
_NOTHING = Markup()


def show(page: Page, number: int, turn: state.Turn) -> None:
    """A turn; it is answered now if it is still to be."""
    if state.chat().edited == number:
        _edit(number, turn, page)
        return
    place: Any = st
    if turn.pending:
        place, searching = st.empty(), page.render("answer#searching")
        place.html(_framed(page, number, turn, searching))
        for draft in conversation.answer(page.assistant, turn, page.language):
            if not turn.guided:
                text = _text(page, draft, busy=True) or searching
                place.html(_framed(page, number, turn, _notice(draft, page), text))
    at = turn.guided
    found = guide(turn.answer, page.glossary) if at and turn.answer else None
    if at is None or found is None:
        place.html(_turn(page, number, turn))
        return
    led, asks = guided.led(page, at, found), guided.asks(at, found)
    if at.said:  # while one is asked why it is so, nothing else is offered
        place.html(_turn(page, number, turn, led, offers=not asks))
    else:
        place.html(_framed(page, number, turn, led, editable=True))
    if asks:
        guided.form(page, number, at, found)


def _edit(number: int, turn: state.Turn, page: Page) -> None:
    """The question as a field; asked anew, it goes on from where it stood."""
    with st.container(key="edit"), st.form(f"edit-{number}"):
        text = st.text_area(page.words["edit_label"], turn.question, max_chars=MOST_CHARACTERS)
        with st.container(horizontal=True):
            sent = st.form_submit_button(page.words["edit_send"], type="primary")
            left = st.form_submit_button(page.words["cancel"])
    if sent and text.strip():
        conversation.branch(number)
        state.chat().ask(text, turn.writer, turn.language)
    if sent or left:
        state.chat().edited = None
        st.rerun()


def _framed(
    page: Page, number: int, turn: state.Turn, *blocks: Markup, editable: bool = False
) -> Markup:
    asked = {"position": state.chat().earlier + number, "question": turn.question}
    place = number if editable else None
    return page.render("turn#turn", blocks=blocks, number=place, **asked)


def _text(
    page: Page, shown: Answer, changed: Mapping[int, Change] = _NONE, *, busy: bool = False
) -> Markup:
    """The sentences of an answer, or so far of one."""
    if not shown.sentences:
        return Markup()
    checking = busy and page.assistant.settings.judge != "off"
    return markup.answer(page.context, shown, changed, busy=busy, checking=checking)


def _turn(
    page: Page, number: int, turn: state.Turn, led: Markup = _NOTHING, *, offers: bool = True
) -> Markup:
    """A turn that is answered, or failed, with what can be done with it."""
    answer, at = turn.answer, state.chat().variant(turn)
    draft = conversation.so_far(turn, page.language)
    if answer is None:
        came = _text(page, draft)
        failure = _failure(number, turn, page, begun=bool(came))
        variants = page.render("turn#variants", number=number, at=at)
        return _framed(page, number, turn, came, failure, variants, editable=True)
    above = [_notice(answer, page) + (_again(number, page) if answer.notice else "")]
    if turn.error:  # it was asked again in vain
        above.append(_failure(number, turn, page, begun=True))
    changed = changes(answer, page.glossary) if turn.kept else {}
    # In this session, what was withdrawn stays struck in its place; else it is listed below.
    struck = any(sentence.support == "withdrawn" for sentence in draft.sentences)
    listed = tuple(s for s in answer.withheld if not (struck and s.support == "withdrawn"))
    if answer.status == "not_in_glossary" and (answer.sentences or not answer.invitation):
        text = _refused(page, number, answer, noted=turn.kept is not None)
    elif answer.sentences:
        text = _text(page, replace(draft, language=answer.language) if struck else answer, changed)
    else:
        text = page.render("answer#plain", text=answer.text, tag=answer.language)
    below = [page.render("turn#invited", invitation=answer.invitation)] if answer.invitation else []
    below.append(page.render("turn#notes", texts=_notes(turn, answer, page), kept_back=listed))
    if answer.citations:
        below.append(markup.sources(page.context, answer, changed))
    if answer.status != "chat":
        rated = turn.kept.feedback if turn.kept else None
        actions = page.render(
            "turn#actions",
            answer=answer,
            number=number,
            at=at,
            copied=answer_as_text(answer),
            thumb=(rated.thumb if rated else 0) if turn.kept and state.chat().own else None,
            commented=bool(rated and rated.comment),
            explained=turn.explained,
        )
        below.append(actions)
        if turn.explained:
            below.append(markup.found(page.context, answer, turn.traces, number))
    below.append(led)
    if offers and number == len(state.chat().turns) - 1:
        below.append(page.render("turn#offers", questions=answer.follow_ups))
    return _framed(page, number, turn, *above, text, *below, editable=True)


def _refused(page: Page, number: int, answer: Answer, *, noted: bool) -> Markup:
    """That the glossary does not answer; of a category, the way to the whole."""
    text = markup.missing(page.context, answer, noted=noted and not answer.category)
    if answer.category:
        everywhere = templates.does("everywhere", turn=number)
        text += templates.button(page.words["within_lift"], everywhere, kind="line")
    return text


def _notes(turn: state.Turn, answer: Answer, page: Page) -> list[str]:
    """How it was understood, by whom it was written and what that took, and if it is not kept."""
    notes, said, usage = list[str](), list[str](), answer.usage
    if answer.is_reworded and answer.status != "chat":
        notes.append(page.say("understood", question=formatting.isolated(answer.understood)))
    if answer.sentences and answer.writer == "explain":
        unchecked = any(sentence.support == "unchecked" for sentence in answer.sentences)
        key = "written_note" if unchecked else "explained_note"
        said.append(page.say(key, model=formatting.isolated(answer.model)))
    elif answer.sentences:
        said.append(page.words["quoted_note"])
    if usage:
        read, written = page.number(usage.input_tokens), page.number(usage.output_tokens)
        key = "usage_estimated" if usage.estimated else "usage"
        said.append(page.say(key, read=read, written=written))
        if usage.cost is not None:
            said.append(page.say("cost", cost=formatting.price(usage.cost, page.language)))
    if said:
        notes.append(" · ".join(said))
    if turn.unkept:
        notes.append(page.failure(ConversationError(turn.unkept), "not_kept"))
    return notes


def _notice(answer: Answer, page: Page) -> Markup:
    """Why the chat model did not write, if it did not; and that the glossary is quoted instead."""
    if answer.notice is None:
        return Markup()
    text = page.words.get(f"error_{answer.notice.kind}", page.words["error_failed"])
    quoted = answer.parts or answer.status == "unfinished"
    return templates.note(f"{text} {page.words['instead']}" if quoted else text, "notice")


def _failure(number: int, turn: state.Turn, page: Page, *, begun: bool) -> Markup:
    """Why there is no answer; the question can be asked again."""
    match turn.error:
        case QuestionError(kind=kind):
            text = page.say(f"error_{kind}", most=page.number(MOST_CHARACTERS))
            return templates.note(text, "notice")
        case LimitError(kind=kind, retry_after=seconds):
            when = formatting.ahead(timedelta(seconds=seconds), page.language)
            text = page.say(f"limit_{kind}", when=when)
        case state.Interrupted():
            text = page.words["interrupted" if begun else "unanswered"]
        case error:
            assert error is not None  # noqa: S101
            text = page.failure(error)
    return templates.note(text, "notice") + _again(number, page)


def _again(number: int, page: Page) -> Markup:
    return templates.button(page.words["ask_again"], templates.does("again", turn=number))


def rate(turn: state.Turn, thumb: object) -> None:
    """Keeps a thumb; the same again takes it back."""
    wanted: Thumb = 1 if thumb == 1 else -1
    if turn.kept and state.chat().own and wanted == thumb:
        given = turn.kept.feedback.thumb if turn.kept.feedback else 0
        _keep(turn, turn.kept, 0 if wanted == given else wanted, None)


def comment(turn: state.Turn, page: Page) -> None:
    """Asks for a comment."""
    st.dialog(page.words["comment"])(_comment)(turn, page)


def _comment(turn: state.Turn, page: Page) -> None:
    words, feedback = page.words, turn.kept.feedback if turn.kept else None
    note(words["comment_who"])
    with page.trying(), st.form("comment", border=False):
        before = feedback.comment if feedback else ""
        text = st.text_area(words["comment_label"], before, max_chars=_MOST_COMMENT)
        sent = st.form_submit_button(words["comment_send"], type="primary")
        if sent and turn.kept:
            _keep(turn, turn.kept, feedback.thumb if feedback else 0, text)
            state.say(words["comment_kept"])
            st.rerun()


def _keep(turn: state.Turn, kept: Turn, thumb: Thumb, comment: str | None) -> None:
    reader = identity.current().reader
    feedback = shared.conversations().rate(kept.id, thumb, comment, reader=reader)
    turn.kept = replace(kept, feedback=feedback)
    entry_id = next((c.entry_id for c in kept.answer.citations), "")
    if comment:
        groups.note("comment", entry_id, comment)
    elif comment is None and thumb:
        groups.note("liked" if thumb > 0 else "disliked", entry_id, kept.answer.question)
