"""An answer as a chat model writes it: sentence by sentence, judged, stopped, or cut short.

Nothing here depends on time: the model is silent until a test lets it go on.
"""

import re
import signal
from contextlib import suppress
from pathlib import Path
from threading import Event

from playwright.sync_api import Page, expect

from tests.browser.conftest import HEARD, Explained, ask, eventually, last_turn, opened, served
from tests.browser.test_scenes import is_clear
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply
from ui.strings import counted, strings

QUESTIONS = {"en": "What is a kettle?", "ar": "ما هو النعناع؟"}
SAID = {
    "en": (
        "A kettle is a vessel in which water is boiled",
        "Napoleon owned nine kettles",
        "A kettle has a handle and a spout",
    ),
    "ar": (
        "النعناع نبات عطري تضاف أوراقه إلى الشاي",
        "امتلك نابليون تسعة أباريق",
        "يزرع النعناع في الحدائق وعلى النوافذ",
    ),
}
BORNE_OUT = "1 yes\n2 yes\n0 yes"
KEPT = re.compile(r"[?&]c=\w{22}")


def _text(language: str) -> str:
    return " ".join(f"{sentence} [1]." for sentence in SAID[language])


def _paused(language: str, until: Event | None = None) -> Reply:
    """The three sentences, with a silence after the second."""
    first, second, _ = SAID[language]
    after = len(first) + len(second) + 12
    return Reply(_text(language), stall_after=after, until=until or Event())


def test_sentences_come_one_by_one_and_are_looked_up_meanwhile(
    page: Page, explained: Explained
) -> None:
    first, invented, last = SAID["en"]
    go_on = Event()
    explained.model.script += [_paused("en", go_on), Reply(BORNE_OUT)]
    opened(page, explained.url)
    asked = len(explained.model.requests)
    ask(page, QUESTIONS["en"])
    answer = page.locator(".m-answer")
    expect(answer).to_contain_text(first)
    expect(answer).to_have_attribute("aria-busy", "true")
    expect(answer.locator(".m-sentence")).to_have_count(1)
    page.locator(".m-marker").click()
    expect(page.get_by_role("dialog").locator("mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    go_on.set()
    turn = last_turn(page, QUESTIONS["en"])
    expect(answer).to_have_attribute("aria-busy", "false")
    expect(answer.locator(".m-sentence")).to_have_count(2)
    expect(answer).to_contain_text(last)
    expect(answer).not_to_contain_text(invented)
    assert len(explained.model.requests) == asked + 2  # the writer and the judge

    expect(turn.locator(".m-withheld li")).to_be_hidden()
    turn.get_by_text(counted("en", "withheld", 1)).click()
    expect(turn.locator(".m-withheld del")).to_have_text(re.compile(invented))


def test_what_is_withdrawn_is_struck_and_said_though_it_was_read_before(
    page: Page, explained: Explained
) -> None:
    words, (first, _, last) = strings("ar"), SAID["ar"]
    judged = Event()
    verdicts = Reply("1 yes\n2 no: x\n0 yes", until=judged)
    explained.model.script += [Reply(f"{first} [1]. {last} [1]."), verdicts]
    opened(page, explained.url, "ar")
    page.evaluate(HEARD)
    ask(page, QUESTIONS["ar"])
    answer = page.locator(".m-answer")
    expect(answer.locator("[data-support=checking]")).to_have_count(2)
    expect(answer.locator(".m-checking")).to_be_visible()
    judged.set()
    turn = last_turn(page, QUESTIONS["ar"])
    expect(answer.locator(".m-sentence")).to_have_count(1)
    expect(answer.locator("[data-support=supported]")).to_contain_text(first)
    expect(turn.locator(".m-answer del")).to_contain_text(last)
    for scheme in ("light", "dark"):
        is_clear(page, scheme, ["color-contrast"])

    def told() -> list[int]:
        heard = " ".join(page.evaluate("heard"))
        struck = f"{words['struck_withdrawn']} {last}"
        return [heard.count(said) for said in (first, last, words["checking"], struck)]

    eventually(page, lambda: told() == [1, 2, 1, 1])


def test_a_stopped_answer_keeps_what_came_and_is_asked_again(
    page: Page, explained: Explained
) -> None:
    words, (first, _, last) = strings("ar"), SAID["ar"]
    explained.model.script += [_paused("ar"), Reply(_text("ar"))]
    opened(page, explained.url, "ar")
    ask(page, QUESTIONS["ar"])
    answer, notice = page.locator(".m-answer"), page.locator(".m-notice")
    expect(answer).to_contain_text(first)
    page.get_by_role("button", name=words["stop"], exact=True).click()
    expect(notice).to_have_text(words["interrupted"])  # though the model is silent
    expect(answer).to_have_attribute("aria-busy", "false")
    expect(answer).to_contain_text(first)
    page.get_by_role("button", name=words["ask_again"]).click()
    expect(answer).to_contain_text(last)
    last_turn(page, QUESTIONS["ar"])
    expect(answer).to_have_count(1)
    expect(notice).to_have_count(0)


def test_an_answer_goes_on_where_its_page_is_loaded_anew_and_in_a_second_tab(
    page: Page, explained: Explained
) -> None:
    first, _, last = SAID["en"]
    go_on = Event()
    explained.model.script += [_paused("en", go_on), Reply(BORNE_OUT)]
    asked = len(explained.model.requests)
    opened(page, explained.url)
    ask(page, QUESTIONS["en"])
    expect(page.locator(".m-answer")).to_contain_text(first)
    other = page.context.new_page()
    other.goto(page.url)
    page.reload()
    for each in (page, other):
        expect(each.locator(".m-answer")).to_contain_text(first)
    go_on.set()
    for each in (page, other):
        expect(each.locator(".m-answer")).to_contain_text(last)
        expect(each.locator(".m-turn")).to_have_count(1)
    eventually(page, lambda: len(explained.model.requests) >= asked + 2)  # the judge, once
    assert len(explained.model.requests) == asked + 2


def test_a_tab_that_is_closed_ends_the_models_answer(page: Page, explained: Explained) -> None:
    before = explained.model.hung_up
    explained.model.script.append(_paused("en"))
    opened(page, explained.url)
    ask(page, QUESTIONS["en"])
    expect(page.locator(".m-answer")).to_contain_text(SAID["en"][0])
    other = page.context.new_page()
    opened(other, explained.url)
    kept = page.url
    page.close()
    eventually(other, lambda: explained.model.hung_up == before + 1)
    other.goto(kept)
    expect(other.locator(".m-notice")).to_have_text(strings("en")["interrupted"])
    expect(other.locator(".m-answer")).to_contain_text(SAID["en"][0])


def test_a_server_that_ends_keeps_the_question_and_what_came_of_the_answer(
    page: Page, tea_folder: Path, model_server: OpenAIServer
) -> None:
    words, (first, _, last) = strings("ar"), SAID["ar"]
    arguments = ("--glossary", str(TEA), "--data-dir", str(tea_folder))
    model = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    kept = []
    for ended_by, replies in (
        (signal.SIGTERM, [_paused("ar")]),
        (signal.SIGKILL, [_paused("ar"), Reply("", until=Event())]),
    ):
        with suppress(ProcessLookupError), served(*arguments, ended_by=ended_by, **model) as url:
            for reply in replies:
                model_server.script.append(reply)
                tab = page.context.new_page()
                opened(tab, url, "ar")
                ask(tab, QUESTIONS["ar"])
                if reply.text:
                    expect(tab.locator(".m-answer")).to_contain_text(first)
                expect(tab).to_have_url(KEPT)
                kept.append(tab.url.removeprefix(url))
    with served(*arguments, **model) as url:
        turn = page.locator(".m-turn")
        for each, notice in zip(kept, ("interrupted", "interrupted", "unanswered"), strict=True):
            page.goto(url + each)
            expect(turn.locator(".m-question")).to_contain_text(QUESTIONS["ar"])
            expect(page.locator(".m-notice")).to_have_text(words[notice])
            if notice == "interrupted":
                expect(turn.locator(".m-answer")).to_contain_text(first)
        expect(page.locator(".m-conversations li")).to_have_count(3)
        model_server.script.clear()  # the last server may have been killed before it asked
        model_server.script += [Reply(_text("ar")), Reply(BORNE_OUT)]
        page.get_by_role("button", name=words["ask_again"]).click()
        expect(turn.locator(".m-answer")).to_contain_text(last)
        last_turn(page, QUESTIONS["ar"])
        page.reload()
        expect(turn.locator(".m-answer")).to_contain_text(last)
        expect(turn).to_have_count(1)
