"""The chat page: what Streamlit runs, from top to bottom, at every touch."""

import html
from datetime import datetime
from importlib.resources import files

import streamlit as st

from assistant import AssistantError, QuestionError, WriterError
from assistant.answer import Answer, Cited, Done, Text
from assistant.assistant import Assistant
from assistant.question import MOST_CHARACTERS
from knowledge import KnowledgeError
from knowledge.language import Span, is_right_to_left
from ui import markup, shared, state
from ui.opener import opener
from ui.strings import LANGUAGES, strings

_EXAMPLES = ("foundation-model", "retrieval-augmented-generation", "token", "hallucination")


def page() -> None:
    """The whole page."""
    language = state.language()
    words = strings(language)
    st.set_page_config(page_title=words["title"], page_icon="📖", layout="centered")
    direction = "rtl" if is_right_to_left(language) else "ltr"
    style = files("ui").joinpath("style.css").read_text("utf-8")
    st.html(f"<style>{style}\n[data-testid=stApp] {{ direction: {direction}; }}</style>")
    assistant = _assistant(language)
    asked = st.chat_input(words["placeholder"], key="question", submit_mode="stop")
    if asked:
        state.ask(str(asked), st.session_state.get("writer"))
    opened = opener(language, direction, len(state.turns()))
    _sidebar(assistant, language)
    if state.turns():
        for number, turn in enumerate(state.turns()):
            _turn(assistant, number, turn, language)
    else:
        _opening(assistant, language)
    if opened:
        _entry(assistant, opened, language)


def _assistant(language: str) -> Assistant:
    words = strings(language)
    place = st.empty()
    try:
        opened = shared.assistant(
            lambda done, total: place.progress(
                done / total,
                words["indexing"].format(
                    done=markup.number(done, language), total=markup.number(total, language)
                ),
            )
        )
    except (KnowledgeError, AssistantError) as error:
        place.html(markup.note(words["error_other"].format(message=error), "notice"))
        st.stop()
    place.empty()
    return opened


def _sidebar(assistant: Assistant, language: str) -> None:
    words = strings(language)
    glossary, manifest = assistant.glossary, assistant.retriever.index.manifest
    with st.sidebar:
        chosen = st.segmented_control(
            words["language"],
            list(LANGUAGES),
            default=language,
            format_func=LANGUAGES.__getitem__,
            key=f"language-{language}",
            width="stretch",
        )
        if chosen and chosen != language:
            state.speak(chosen)
            st.rerun()
        if state.turns() and st.button(words["new_chat"], icon=":material/add:", width="stretch"):
            state.clear()
            st.rerun()
        if state.can_restore() and st.button(
            words["undo"], icon=":material/undo:", width="stretch"
        ):
            state.restore()
            st.rerun()
        if assistant.settings.has_chat_model:
            names = ["explain", "quote"]
            st.segmented_control(
                words["writer"],
                names,
                default=assistant.writer().name,
                format_func=lambda name: words[f"writer_{name}"],
                help=words["writer_help"],
                key="writer",
                width="stretch",
            )
        spoken = words["comma"].join(LANGUAGES.get(tag, tag) for tag in glossary.languages)
        st.html(
            _fact(
                words["glossary"],
                words["terms"].format(n=markup.number(len(glossary.ids), language)),
                words["languages"].format(languages=spoken),
            )
            + _fact(
                words["index"],
                words["index_ready"].format(n=markup.number(len(manifest.rows), language)),
                manifest.embedder,
                words["index_updated"].format(
                    date=markup.day(datetime.fromisoformat(manifest.synced_at), language)
                ),
            )
            + _fact(words["model"], *_model(assistant, words))
        )
        faults = sum(fault.severity == "error" for fault in glossary.faults)
        if faults:
            st.html(
                markup.note(words["faults"].format(n=markup.number(faults, language)), "notice")
            )


def _fact(title: str, *lines: str) -> str:
    rows = "".join(f'<span dir="auto">{html.escape(line)}</span>' for line in lines)
    return f'<div class="m-fact"><b>{html.escape(title)}</b>{rows}</div>'


def _model(assistant: Assistant, words: dict[str, str]) -> list[str]:
    settings = assistant.settings
    if not settings.has_chat_model:
        return [words["model_none"]]
    return [settings.chat_model or words["model_default"], settings.openai_base_url or "OpenAI"]


def _opening(assistant: Assistant, language: str) -> None:
    """The screen before the first question: what this is, and examples in both languages."""
    words = strings(language)
    st.html(markup.heading(words["title"], words["tagline"]))
    st.html(markup.label(words["examples"]))
    glossary = assistant.glossary
    ids = [i for i in _EXAMPLES if glossary.versions(i)] or list(glossary.ids[:4])
    for row, entry_id in enumerate(ids):
        # The last in the other language, if the glossary has it, to show that it works too.
        others = [t for t in LANGUAGES if t != language and t in glossary.languages]
        last = 0 < row == len(ids) - 1
        spoken = others[0] if last and others else language
        entry = glossary.get(entry_id, spoken)
        if entry is not None:
            text = strings(spoken)["example_what"].format(term=entry.term)
            if st.button(markup.literal(text), key=f"example-{row}", width="stretch"):
                state.ask(text, st.session_state.get("writer"))
                st.rerun()


def _turn(assistant: Assistant, number: int, turn: state.Turn, language: str) -> None:
    with st.container(key=f"turn-{number}"):
        st.html(markup.question(turn.question, language))
        if turn.pending:
            _stream(assistant, turn, language)
        elif turn.answer:
            st.html(_shown(turn.answer, language))
        if turn.answer:
            _below(assistant, number, turn.answer, language)
        if turn.error:
            _failure(number, turn, language)


def _stream(assistant: Assistant, turn: state.Turn, language: str) -> None:
    """Answers a turn on the screen, sentence by sentence; keeps the answer or the failure."""
    words = strings(language)
    place = st.empty()
    place.html(markup.note(words["searching"]))
    written, citations = [], []
    spoken = language
    turn.error = state.Interrupted()  # what stays if the reader stops the run here
    try:
        for event in assistant.stream(turn.question, state.history(), writer=turn.writer):
            if isinstance(event, Cited):
                citations.append(event.citation)
            elif isinstance(event, Text):
                written.append(event.sentence)
                place.html(markup.sentences(written, citations, spoken, language))
            elif isinstance(event, Done):
                turn.answer, turn.error = event.answer, None
            else:
                spoken = event.language
    except (KnowledgeError, AssistantError) as error:
        turn.error = error
        if not written:
            place.empty()
    if turn.answer:
        place.html(_shown(turn.answer, language))


def _shown(answer: Answer, language: str) -> str:
    if answer.sentences:
        return markup.sentences(answer.sentences, answer.citations, answer.language, language)
    if answer.status == "not_in_glossary":
        title = strings(language)["not_found"]
        return markup.label(title) + markup.plain(answer.text, answer.language)
    return markup.plain(answer.text, answer.language)


def _below(assistant: Assistant, number: int, answer: Answer, language: str) -> None:
    """What stands under an answer: how it was written, its sources, and where to go next."""
    words = strings(language)
    if answer.understood != answer.question:
        st.html(markup.note(words["understood"].format(question=answer.understood)))
    if answer.withheld:
        text = words["withheld_one"] if answer.withheld == 1 else words["withheld"]
        st.html(markup.note(text.format(n=markup.number(answer.withheld, language))))
    if answer.citations:
        if answer.writer == "explain":
            st.html(markup.note(words["explained_note"].format(model=answer.model)))
        else:
            st.html(markup.note(words["quoted_note"]))
        st.html(markup.sources(answer, assistant.glossary, language))
    offers = list(answer.follow_ups)
    title = words["next"]
    if answer.status == "not_in_glossary":
        title = words["nearest"]
        spoken = answer.language if answer.language in LANGUAGES else language
        example = strings(spoken)["example_what"]
        offers = [example.format(term=near.term) for near in answer.nearest]
    if offers and number == len(state.turns()) - 1:
        st.html(markup.label(title))
        for place, offer in enumerate(offers):
            if st.button(markup.literal(offer), key=f"offer-{number}-{place}"):
                state.ask(offer, st.session_state.get("writer"))
                st.rerun()


def _failure(number: int, turn: state.Turn, language: str) -> None:
    """Why there is no answer, and what can be done; the question is kept."""
    words = strings(language)
    match turn.error:
        case QuestionError(kind=kind):
            text = words[f"error_{kind}"].format(most=markup.number(MOST_CHARACTERS, language))
        case WriterError(kind=kind):
            text = words[f"error_{kind}"]
        case state.Interrupted():
            text = words["interrupted"]
        case error:
            text = words["error_other"].format(message=error)
    st.html(markup.note(text, "notice"))
    if isinstance(turn.error, QuestionError):
        return
    if isinstance(turn.error, WriterError) and st.button(
        words["answer_quote"], key=f"quote-{number}", type="primary"
    ):
        state.again(turn, "quote")
        st.rerun()
    if st.button(words["ask_again"], key=f"again-{number}"):
        state.again(turn)
        st.rerun()


def _entry(assistant: Assistant, opened: dict[str, object], language: str) -> None:
    """The full entry over the chat, at the quoted words if a citation opened it."""
    entry = assistant.glossary.get(str(opened.get("entry_id")), str(opened.get("language")))
    if entry is None:
        return
    section, start, end = opened.get("section"), opened.get("start"), opened.get("end")
    quote = None
    if isinstance(section, str) and isinstance(start, int) and isinstance(end, int):
        quote = (section, Span(start, end))

    @st.dialog(markup.literal(entry.term), width="medium")
    def dialog() -> None:
        st.html(markup.entry(entry, assistant.glossary, language, quote))

    dialog()


page()
