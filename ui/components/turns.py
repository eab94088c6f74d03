"""Turns: a question on the screen, its answer, and what stands around that."""

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from assistant import ConversationError, QuestionError
from assistant.answer import Answer, Notice, Usage
from assistant.assistant import Assistant
from assistant.conversations import excerpt
from assistant.conversations.changes import changes
from assistant.question import MOST_CHARACTERS
from ui import conversation, failures, formatting, markup, state, templates
from ui.answer_thread import Draft
from ui.strings import LANGUAGES, strings


def show(assistant: Assistant, number: int, turn: state.Turn, language: str) -> None:
    """A turn; it is answered now if it is still to be."""
    if state.chat().edited == number:
        _edit(number, turn, language)
        return
    if not turn.pending:
        st.html(_turn(assistant, number, turn, language))
        return
    place = st.empty()
    _write(assistant, number, turn, language, place)
    place.html(_turn(assistant, number, turn, language))


def _edit(number: int, turn: state.Turn, language: str) -> None:
    """The question as a field; asked anew, it goes on from where it stood."""
    words = strings(language)
    with st.form(f"edit-{number}"):
        text = st.text_area(words["edit_label"], turn.question, max_chars=MOST_CHARACTERS)
        with st.container(horizontal=True):
            sent = st.form_submit_button(words["edit_send"], type="primary")
            left = st.form_submit_button(words["cancel"])
    if sent and text.strip():
        conversation.branch(number)
        state.chat().ask(text, turn.writer, turn.language)
    if sent or left:
        state.chat().edited = None
        st.rerun()


def _write(
    assistant: Assistant, number: int, turn: state.Turn, language: str, place: DeltaGenerator
) -> None:
    position = state.chat().first + number
    searching = templates.render("answer#searching", language)
    place.html(_framed(position, turn, language, searching))
    for draft in conversation.answer(assistant, turn, language):
        notice = _notice(draft.notice, language, quoted=True) if draft.notice else Markup()
        text = _so_far(assistant, draft, language, busy=True) or searching
        place.html(_framed(position, turn, language, notice, text))


def _framed(
    position: int, turn: state.Turn, language: str, *blocks: Markup, number: int | None = None
) -> Markup:
    """A turn of blocks; with its number, the question can be edited."""
    asked = {"position": position, "question": turn.question, "number": number}
    return templates.render("turn#turn", language, blocks=blocks, **asked)


def _so_far(assistant: Assistant, draft: Draft, language: str, *, busy: bool) -> Markup:
    if not draft.sentences:
        return Markup()
    return markup.answer(
        draft.sentences,
        draft.citations,
        draft.parts,
        draft.language,
        language,
        linker=assistant.linker,
        busy=busy,
        checking=busy and assistant.settings.judge != "off",
    )


def _turn(assistant: Assistant, number: int, turn: state.Turn, language: str) -> Markup:
    position, answer = state.chat().first + number, turn.answer
    if answer is None:
        came = _so_far(assistant, conversation.so_far(turn, language), language, busy=False)
        failure = _failure(number, turn, language, begun=bool(came))
        return _framed(position, turn, language, came, failure, number=number)
    notice = Markup()
    if answer.notice:
        again = templates.button(
            strings(language)["ask_again"], templates.does("again", turn=number)
        )
        notice = _notice(answer.notice, language, quoted=bool(answer.parts)) + again
    changed = changes(turn.kept, assistant.glossary) if turn.kept else {}
    # In this session, what was withdrawn stays struck in its place; else it is listed below.
    draft = conversation.so_far(turn, language)
    struck = any(sentence.support == "withdrawn" for sentence in draft.sentences)
    shown = draft if struck and answer.sentences else answer
    listed = tuple(s for s in answer.withheld if not (struck and s.support == "withdrawn"))
    texts = _notes(turn, answer, language)
    below = templates.render("turn#notes", language, texts=texts, kept_back=listed)
    if answer.citations:
        below += markup.sources(answer, assistant.glossary, language, changed)
    below += _actions(assistant, number, turn, answer, language)
    text = (
        markup.answer(
            shown.sentences,
            shown.citations,
            shown.parts,
            answer.language,
            language,
            changed=changed,
            linker=assistant.linker,
        )
        if answer.sentences
        else templates.render("answer#plain", language, text=answer.text, tag=answer.language)
    )
    if answer.status == "not_in_glossary":
        noted = turn.kept is not None and not answer.category
        text = markup.missing(answer, language, noted=noted)
    last = number == len(state.chat().turns) - 1
    offers = _offers(answer, language) if last else Markup()
    how = Markup()
    if turn.explained and answer.status != "chat":
        how = markup.found(answer, turn.traces, assistant.glossary, number, language)
    blocks = (notice, text, below, how, offers)
    return _framed(position, turn, language, *blocks, number=number)


def _notes(turn: state.Turn, answer: Answer, language: str) -> list[str]:
    words = strings(language)
    notes: list[str] = []
    if answer.understood not in ("", answer.question) and answer.status != "chat":
        understood = formatting.isolated(answer.understood)
        notes.append(words["understood"].format(question=understood))
    if written := _written(answer, language):
        notes.append(written)
    for kind, why in (("not_kept", turn.unkept), ("not_rated", turn.unrated)):
        if why:
            told = failures.said(ConversationError(why), language)
            notes.append(words[kind].format(message=told))
    return notes


def _actions(
    assistant: Assistant, number: int, turn: state.Turn, answer: Answer, language: str
) -> Markup:
    if answer.status == "chat":
        return Markup()
    feedback = turn.kept.feedback if turn.kept else None
    thumb = feedback.thumb if feedback else 0
    return templates.render(
        "turn#actions",
        language,
        answer=answer,
        number=number,
        copied=(excerpt.as_text(answer), excerpt.as_markdown(answer)),
        thumb=thumb if turn.kept and state.chat().own else None,
        commented=bool(feedback and feedback.comment),
        explained=turn.explained,
        other_writer=assistant.settings.has_chat_model,
    )


def _written(answer: Answer, language: str) -> str:
    """By whom an answer was written, and what that took."""
    words = strings(language)
    said = []
    if answer.sentences and answer.writer == "explain":
        unchecked = any(sentence.support == "unchecked" for sentence in answer.sentences)
        note = words["written_note" if unchecked else "explained_note"]
        said.append(note.format(model=formatting.isolated(answer.model)))
    elif answer.sentences:
        said.append(words["quoted_note"])
    if answer.usage:
        said += _usage(answer.usage, language)
    return " · ".join(said)


def _usage(usage: Usage, language: str) -> list[str]:
    words = strings(language)
    text = words["usage_estimated" if usage.estimated else "usage"]
    said = [
        text.format(
            read=formatting.number(usage.input_tokens, language),
            written=formatting.number(usage.output_tokens, language),
        )
    ]
    if usage.cost is not None:
        said.append(words["cost"].format(cost=formatting.price(usage.cost, language)))
    return said


def _offers(answer: Answer, language: str) -> Markup:
    """Questions to ask next, or about the nearest terms if there is no answer."""
    words = strings(language)
    if answer.status != "not_in_glossary":
        offered = {"questions": answer.follow_ups, "title": words["next"]}
        return templates.render("turn#offers", language, **offered)
    spoken = answer.language if answer.language in LANGUAGES else language
    example = strings(spoken)["example_what"]
    near = [example.format(term=each.term) for each in answer.nearest]
    return templates.render("turn#offers", language, questions=near, title=words["nearest"])


def _notice(notice: Notice, language: str, *, quoted: bool) -> Markup:
    """Why the chat model did not write, and whether the glossary is quoted instead."""
    words = strings(language)
    text = words.get(f"error_{notice.kind}", words["error_failed"])
    return templates.note(" ".join([text, words["instead"]]) if quoted else text, "notice")


def _failure(number: int, turn: state.Turn, language: str, *, begun: bool) -> Markup:
    """Why there is no answer; the question can be asked again."""
    words = strings(language)
    match turn.error:
        case QuestionError(kind=kind):
            text = words[f"error_{kind}"].format(most=formatting.number(MOST_CHARACTERS, language))
            return templates.note(text, "notice")
        case state.Interrupted():
            text = words["interrupted" if begun else "unanswered"]
        case error:
            assert error is not None  # noqa: S101
            text = words["error_any"].format(message=failures.said(error, language))
    again = templates.button(words["ask_again"], templates.does("again", turn=number))
    return templates.note(text, "notice") + again
