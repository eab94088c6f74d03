"""An answer that ends before its time: whatever ends it, what was asked and said is not lost."""

import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    SLOW,
    Explained,
    ask,
    chiefly,
    eventually,
    last_turn,
    opened,
    served,
    served_until,
)
from tests.browser.test_conversations import KEPT
from tests.browser.test_streaming import BORNE_OUT, QUESTIONS, SAID
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply
from ui.strings import strings


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGKILL])
@chiefly("en")
def test_a_server_that_ends_keeps_the_question_and_what_came_of_the_answer(
    page: Page, tea_folder: Path, model_server: OpenAIServer, ended_by: int, language: str
) -> None:
    words, (first, _, last) = strings(language), SAID[language]
    text = f"{first} [1]. {last} [1]."
    arguments = ("--glossary", str(TEA), "--data-dir", str(tea_folder))
    model = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    model_server.script.append(Reply(text, pause=60, stall_after=len(first) + 12))
    with served_until(ended_by, *arguments, **model) as url:
        opened(page, url, language)
        ask(page, QUESTIONS[language])
        expect(page.locator(".m-answer")).to_contain_text(first, timeout=SLOW)
        kept = page.url.removeprefix(url)
    with served(*arguments, **model) as url:
        page.goto(url + kept)
        turn = page.locator(".m-turn")
        expect(turn.locator(".m-question")).to_contain_text(QUESTIONS[language], timeout=SLOW)
        expect(turn.locator(".m-answer")).to_contain_text(first)
        expect(turn.locator(".m-notice")).to_have_text(words["interrupted"])

        model_server.script += [Reply(text), Reply(BORNE_OUT)]
        page.get_by_role("button", name=words["ask_again"]).click()
        expect(turn.locator(".m-answer")).to_contain_text(last, timeout=SLOW)
        last_turn(page, QUESTIONS[language])
        page.reload()
        expect(turn.locator(".m-answer")).to_contain_text(last, timeout=SLOW)
        expect(turn).to_have_count(1)


def test_a_tab_that_is_closed_ends_the_models_answer(page: Page, explained: Explained) -> None:
    first, _, last = SAID["en"]
    before = explained.model.hung_up
    explained.model.script.append(
        Reply(f"{first} [1]. {last} [1].", pause=90, stall_after=len(first) + 20)
    )
    opened(page, explained.url)
    ask(page, QUESTIONS["en"])
    expect(page.locator(".m-answer")).to_contain_text(first, timeout=SLOW)
    other = page.context.new_page()
    opened(other, explained.url)
    kept = page.url
    page.close()
    eventually(other, lambda: explained.model.hung_up == before + 1)
    other.goto(kept)
    expect(other.locator(".m-notice")).to_have_text(strings("en")["interrupted"], timeout=SLOW)
    expect(other.locator(".m-answer")).to_contain_text(first)


def test_an_answer_goes_on_where_its_page_is_loaded_anew_and_in_a_second_tab(
    page: Page, explained: Explained
) -> None:
    first, _, last = SAID["en"]
    pause = Reply(f"{first} [1]. {last} [1].", pause=12, stall_after=len(first) + 9)
    explained.model.script += [pause, Reply(BORNE_OUT)]
    asked = len(explained.model.requests)
    opened(page, explained.url)
    ask(page, QUESTIONS["en"])
    expect(page.locator(".m-answer")).to_contain_text(first, timeout=SLOW)
    other = page.context.new_page()
    other.goto(page.url)
    page.reload()
    for each in (page, other):
        expect(each.locator(".m-answer")).to_contain_text(last, timeout=SLOW)
        expect(each.locator(".m-turn")).to_have_count(1)
    assert len(explained.model.requests) == asked + 2  # the writer and the judge


@chiefly("ar")
def test_a_question_that_nothing_was_said_to_is_there_to_be_asked_again(
    page: Page, tea_folder: Path, model_server: OpenAIServer, language: str
) -> None:
    words = strings(language)
    arguments = ("--glossary", str(TEA), "--data-dir", str(tea_folder))
    model = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    model_server.script.append(Reply("", wait=60))
    with served_until(signal.SIGKILL, *arguments, **model) as url:
        opened(page, url, language)
        ask(page, QUESTIONS[language])
        expect(page).to_have_url(KEPT)
        kept = page.url.removeprefix(url)
    with served(*arguments) as url:
        page.goto(url + kept)
        expect(page.locator(".m-notice")).to_have_text(words["unanswered"], timeout=SLOW)
        page.get_by_role("button", name=words["ask_again"]).click()
        expect(page.locator(".m-answer .m-sentence")).not_to_have_count(0, timeout=SLOW)
        expect(page.locator(".m-turn")).to_have_count(1)
