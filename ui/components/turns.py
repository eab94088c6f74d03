"""Turns: a question on the screen, its answer, what stands around that, and what one says of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import streamlit as st
from markupsafe import Markup

from assistant import ConversationError, LimitError, QuestionError
from assistant.answer import Answer
from assistant.conversations.conversation import Change, Thumb, Turn, changes
from assistant.conversations.export import answer_as_markdown, answer_as_text
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
    elif not turn.pending:
        _whole(page, number, turn, st)
    else:
        place = st.empty()
        searching = page.render("answer#searching")
        place.html(_framed(page, number, turn, searching))
        for draft in conversation.answer(page.assistant, turn, page.language):
            if not turn.guided:
                text = _text(page, draft, busy=True) or searching
                place.html(_framed(page, number, turn, _notice(draft, page), text))
        _whole(page, number, turn, place)


def _whole(page: Page, number: int, turn: state.Turn, place: Any) -> None:  # noqa: ANN401
    """A turn that is answered; of one that is guided, as much as it is time for."""
    found, at = guided.of(page, turn), turn.guided
    if found is None or at is None:
        place.html(_turn(page, number, turn))
        return
    led = guided.before(page, at, found)
    if at.stage in ("predict", "hint"):
        place.html(_framed(page, number, turn, led, editable=True))
    else:
        place.html(_turn(page, number, turn, led + guided.after(page, at, found)))
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
    asked = {"position": state.chat().first + number, "question": turn.question}
    place = number if editable else None
    return page.render("turn#turn", blocks=blocks, number=place, **asked)


def _text(
    page: Page, shown: Answer, changed: Mapping[int, Change] = _NONE, *, busy: bool = False
) -> Markup:
    """The sentences of an answer, or so far of one."""
    if not shown.sentences:
        return Markup()
    return markup.answer(
        shown,
        page.language,
        changed=changed,
        glossary=page.glossary,
        linker=page.assistant.linker,
        busy=busy,
        checking=busy and page.assistant.settings.judge != "off",
    )


def _turn(page: Page, number: int, turn: state.Turn, led: Markup = _NOTHING) -> Markup:
    answer, language = turn.answer, page.language
    draft = conversation.so_far(turn, language)
    if answer is None:
        came = _text(page, draft)
        failure = _failure(number, turn, page, begun=bool(came))
        row = _actions(page, number, turn, None)
        return _framed(page, number, turn, came, failure, row, editable=True)
    notice = _notice(answer, page) + (_again(number, page) if answer.notice else "")
    if turn.error:  # it was asked again in vain
        notice += _failure(number, turn, page, begun=True)
    changed = changes(answer, page.glossary) if turn.kept else {}
    # In this session, what was withdrawn stays struck in its place; else it is listed below.
    struck = any(sentence.support == "withdrawn" for sentence in draft.sentences)
    listed = tuple(s for s in answer.withheld if not (struck and s.support == "withdrawn"))
    below = page.render("turn#notes", texts=_notes(turn, answer, page), kept_back=listed)
    if answer.citations:
        below += markup.sources(answer, page.glossary, language, changed)
    below += _actions(page, number, turn, answer)
    if answer.invitation:
        below = page.render("turn#invited", invitation=answer.invitation) + below
    if answer.status == "not_in_glossary" and (answer.sentences or not answer.invitation):
        noted = turn.kept is not None and not answer.category
        text = markup.missing(answer, language, noted=noted)
        if answer.category:
            label, everywhere = page.words["within_lift"], templates.does("everywhere", turn=number)
            text += templates.button(label, everywhere, kind="line")
    elif answer.sentences:
        text = _text(page, replace(draft, language=answer.language) if struck else answer, changed)
    else:
        text = page.render("answer#plain", text=answer.text, tag=answer.language)
    how = Markup()
    if turn.explained and answer.status != "chat":
        how = markup.found(answer, turn.traces, page.glossary, number, language)
    # While one is asked why it is so, nothing else is offered.
    asked_why = turn.guided is not None and bool(led) and turn.guided.stage == "answer"
    last = number == len(state.chat().turns) - 1 and not asked_why
    offers = page.render("turn#offers", questions=answer.follow_ups) if last else Markup()
    return _framed(page, number, turn, notice, text, below, how, led, offers, editable=True)


def _notes(turn: state.Turn, answer: Answer, page: Page) -> list[str]:
    notes: list[str] = []
    if answer.is_reworded and answer.status != "chat":
        notes.append(page.say("understood", question=formatting.isolated(answer.understood)))
    if written := _written(answer, page):
        notes.append(written)
    if turn.unkept:
        notes.append(page.failure(ConversationError(turn.unkept), "not_kept"))
    return notes


def _actions(page: Page, number: int, turn: state.Turn, answer: Answer | None) -> Markup:
    """What can be done with an answer; without one, only the way to the others, if there are."""
    kept = turn.kept if state.chat().keeps(turn) else None
    at = (kept.variant, len(kept.others) + 1) if kept and kept.others else None
    if answer is None:
        return page.render("turn#variants", number=number, at=at)
    if answer.status == "chat":
        return Markup()
    feedback = turn.kept.feedback if turn.kept else None
    thumb = feedback.thumb if feedback else 0
    return page.render(
        "turn#actions",
        answer=answer,
        number=number,
        at=at,
        copied=(answer_as_text(answer), answer_as_markdown(answer)),
        thumb=thumb if turn.kept and state.chat().own else None,
        commented=bool(feedback and feedback.comment),
        explained=turn.explained,
        other_writer=page.assistant.settings.has_chat_model,
    )


def _written(answer: Answer, page: Page) -> str:
    """By whom an answer was written, and what that took."""
    said, usage = [], answer.usage
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
    return " · ".join(said)


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
        case LimitError():
            text = refusal(page, turn.error)
        case state.Interrupted():
            text = page.words["interrupted" if begun else "unanswered"]
        case error:
            assert error is not None  # noqa: S101
            text = page.failure(error)
    return templates.note(text, "notice") + _again(number, page)


def refusal(page: Page, error: Exception | None) -> str:
    """Why one may not ask now, and when one may."""
    assert isinstance(error, LimitError)  # noqa: S101  (what else is refused)
    when = formatting.ahead(timedelta(seconds=error.retry_after), page.language)
    return page.say(f"limit_{error.kind}", when=when)


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
