"""Turns: a question on the screen, its answer, and what stands around that."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant import QuestionError
from assistant.answer import Answer, Notice, Usage
from assistant.assistant import Assistant
from assistant.conversations.changes import Change, changes
from assistant.question import MOST_CHARACTERS
from ui import markup, state, writing
from ui.rating import rating
from ui.strings import LANGUAGES, strings


def show(assistant: Assistant, number: int, turn: state.Turn, language: str) -> None:
    """A turn; it is answered now if it is still to be."""
    with st.container(key=f"turn-{number}"):
        st.html(markup.question(turn.question, language))
        above, place = st.empty(), st.empty()
        if turn.pending:
            _write(assistant, turn, language, above, place)
        if turn.answer:
            if turn.answer.notice:
                with above.container():
                    st.html(_notice(turn.answer.notice, language, quoted=bool(turn.answer.parts)))
                    _ask_again(number, turn, language)
            place.html(_answer(assistant, turn, turn.answer, language))
            _below(assistant, number, turn, turn.answer, language)
        elif turn.error:
            _failure(number, turn, language)


def _write(
    assistant: Assistant,
    turn: state.Turn,
    language: str,
    above: DeltaGenerator,
    place: DeltaGenerator,
) -> None:
    searching = markup.note(strings(language)["searching"])
    place.html(searching)
    page = None
    for page in writing.written(assistant, turn, language):
        if page.notice:
            above.html(_notice(page.notice, language, quoted=True))
        text = markup.answer(page.sentences, page.citations, page.parts, page.language, language)
        place.html(text if page.sentences else searching)
    if not (page and page.sentences):
        place.empty()


def _changed(assistant: Assistant, turn: state.Turn) -> dict[int, Change]:
    """What has become of the entries that an answer cites, by marker."""
    return changes(turn.kept, assistant.glossary) if turn.kept else {}


def _answer(assistant: Assistant, turn: state.Turn, answer: Answer, language: str) -> str:
    if answer.sentences:
        changed = _changed(assistant, turn)
        return markup.answer(
            answer.sentences,
            answer.citations,
            answer.parts,
            answer.language,
            language,
            changed=changed,
        )
    text = markup.plain(answer.text, answer.language)
    if answer.status == "not_in_glossary":
        return markup.label(strings(language)["not_found"]) + text
    return text


def _below(
    assistant: Assistant, number: int, turn: state.Turn, answer: Answer, language: str
) -> None:
    """What stands under an answer: how it was written, its sources, and where to go next."""
    words = strings(language)
    notes: list[str] = []
    if answer.understood not in ("", answer.question) and answer.status != "chat":
        understood = markup.isolated(answer.understood)
        notes.append(words["understood"].format(question=understood))
    if any(sentence.support == "unsupported" for sentence in answer.sentences):
        notes.append(words["unsupported_note"])
    if written := _written(answer, language):
        notes.append(written)
    if turn.unkept:
        notes.append(words["not_kept"].format(message=markup.isolated(turn.unkept)))
    if notes or answer.withheld:
        hidden = [markup.withheld(answer.withheld, language)] if answer.withheld else []
        st.html(markup.group(*map(markup.note, notes), *hidden))
    if answer.citations:
        changed = _changed(assistant, turn)
        st.html(markup.sources(answer, assistant.glossary, language, changed))
    if answer.status != "chat":
        rating(turn, number, language)
    if number == len(state.turns()) - 1:
        _offers(number, answer, language)


def _written(answer: Answer, language: str) -> str:
    """By whom an answer was written, and what that took."""
    words = strings(language)
    said = []
    if answer.sentences and answer.writer == "explain":
        said.append(words["explained_note"].format(model=markup.isolated(answer.model)))
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
            read=markup.number(usage.input_tokens, language),
            written=markup.number(usage.output_tokens, language),
        )
    ]
    if usage.cost is not None:
        said.append(words["cost"].format(cost=markup.price(usage.cost, language)))
    return said


def _offers(number: int, answer: Answer, language: str) -> None:
    """Questions to ask next, or the nearest terms if there is no answer."""
    words = strings(language)
    offers, title = list(answer.follow_ups), words["next"]
    if answer.status == "not_in_glossary":
        title = words["nearest"]
        spoken = answer.language if answer.language in LANGUAGES else language
        example = strings(spoken)["example_what"]
        offers = [example.format(term=near.term) for near in answer.nearest]
    if offers:
        st.html(markup.label(title))
    for place, offer in enumerate(offers):
        if st.button(markup.literal(offer), key=f"offer-{number}-{place}"):
            state.ask(offer, st.session_state.get("writer"))
            st.rerun()


def _notice(notice: Notice, language: str, *, quoted: bool) -> str:
    """Why the chat model did not write, and whether the glossary is quoted instead."""
    words = strings(language)
    text = words.get(f"error_{notice.kind}", words["error_failed"])
    return markup.note(" ".join([text, words["instead"]]) if quoted else text, "notice")


def _failure(number: int, turn: state.Turn, language: str) -> None:
    """Why there is no answer; the question can be asked again."""
    words = strings(language)
    match turn.error:
        case QuestionError(kind=kind):
            text = words[f"error_{kind}"].format(most=markup.number(MOST_CHARACTERS, language))
        case state.Interrupted():
            text = words["interrupted"]
        case error:
            text = words["error_any"].format(message=markup.isolated(str(error)))
    st.html(markup.note(text, "notice"))
    if not isinstance(turn.error, QuestionError):
        _ask_again(number, turn, language)


def _ask_again(number: int, turn: state.Turn, language: str) -> None:
    if st.button(strings(language)["ask_again"], key=f"again-{number}"):
        state.again(turn)
        st.rerun()
