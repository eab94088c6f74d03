"""An answer as a chat model writes it: sentence by sentence, stopped, or failed."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SLOW, Explained, answered, ask, chiefly, does, last_turn, opened
from tests.openai_server import Reply
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


def _text(language: str) -> str:
    return " ".join(f"{sentence} [1]." for sentence in SAID[language])


BORNE_OUT = "1 yes\n2 yes\n0 yes"
HEARD = """() => {
  window.heard = []
  const live = document.querySelector("body > [aria-live]")
  const say = () => live.textContent && heard.push(live.textContent)
  new MutationObserver(say).observe(live, { childList: true })
}"""
"""Keeps what a screen reader is told."""


@chiefly("en")
def test_sentences_come_one_by_one(page: Page, explained: Explained, language: str) -> None:
    first, invented, last = SAID[language]
    pause = Reply(_text(language), pause=3.0, stall_after=len(first) + len(invented) + 8)
    explained.model.script += [pause, Reply(BORNE_OUT)]
    opened(page, explained.url, language)
    ask(page, QUESTIONS[language])
    answer = page.locator(".m-answer")
    expect(answer).to_contain_text(first, timeout=SLOW)
    expect(answer).to_have_attribute("aria-busy", "true")
    expect(answer.locator(".m-sentence")).to_have_count(1)  # the rest is still on its way
    turn = last_turn(page, QUESTIONS[language])
    expect(answer).to_have_attribute("aria-busy", "false")
    expect(answer.locator(".m-sentence")).to_have_count(2)
    expect(answer).to_contain_text(last)
    expect(answer).not_to_contain_text(invented)

    expect(turn.locator(".m-withheld li")).to_be_hidden()
    turn.get_by_text(counted(language, "withheld", 1)).click()
    expect(turn.locator(".m-withheld del")).to_have_text(re.compile(invented))


@chiefly("en")
def test_what_is_withdrawn_is_struck_and_said_though_it_was_read_before(
    page: Page, explained: Explained, language: str
) -> None:
    words = strings(language)
    first, _, last = SAID[language]
    verdicts = Reply("1 yes\n2 no: x\n0 yes", wait=3)
    explained.model.script += [Reply(f"{first} [1]. {last} [1]."), verdicts]
    opened(page, explained.url, language)
    page.evaluate(HEARD)
    ask(page, QUESTIONS[language])
    answer = page.locator(".m-answer")
    expect(answer.locator("[data-support=checking]")).to_have_count(2, timeout=SLOW)
    expect(answer.locator(".m-checking")).to_be_visible()
    turn = last_turn(page, QUESTIONS[language])
    expect(answer.locator(".m-sentence")).to_have_count(1)
    expect(answer.locator("[data-support=supported]")).to_contain_text(first)
    expect(turn.locator(".m-answer del")).to_be_visible()
    expect(turn.locator(".m-answer del")).to_contain_text(last)
    heard = " ".join(page.evaluate("heard"))
    assert [heard.count(said) for said in (first, last, words["checking"])] == [1, 2, 1]
    assert re.search(f"{words['struck_withdrawn']} {last}", heard)


@chiefly("ar")
def test_what_no_judge_has_spoken_on_is_shown_above_its_quotes(
    page: Page, explained: Explained, language: str
) -> None:
    explained.model.says(_text(language), "")
    opened(page, explained.url, language)
    turn = answered(page, QUESTIONS[language])
    expect(turn.locator(".m-compare")).to_have_text(strings(language)["compare"])
    expect(turn.locator("[data-support=unchecked]")).to_have_count(2)
    expect(turn.locator(".m-compared .m-quotes").first).to_be_visible()


@chiefly("ar")
def test_a_stopped_answer_keeps_what_came_and_is_asked_again(
    page: Page, explained: Explained, language: str
) -> None:
    words = strings(language)
    first, _, last = SAID[language]
    explained.model.script.append(Reply(_text(language), pause=60, stall_after=len(first) + 20))
    explained.model.says(_text(language))
    opened(page, explained.url, language)
    ask(page, QUESTIONS[language])
    answer = page.locator(".m-answer")
    expect(answer).to_contain_text(first, timeout=SLOW)
    page.get_by_role("button", name=words["stop"], exact=True).click()
    notice = page.locator(".m-notice")
    expect(notice).to_have_text(words["interrupted"], timeout=SLOW)  # though the model is silent
    expect(answer).to_have_attribute("aria-busy", "false")
    expect(answer).to_contain_text(first)

    page.get_by_role("button", name=words["ask_again"]).click()
    last_turn(page, QUESTIONS[language])
    expect(answer).to_have_count(1)
    expect(answer).to_contain_text(last)
    expect(notice).to_have_count(0)
    expect(answer).to_have_attribute("aria-busy", "false")  # it is kept once it is whole
    page.reload()
    expect(answer).to_contain_text(last, timeout=SLOW)


def test_an_answer_goes_on_while_its_first_words_are_looked_up(
    page: Page, explained: Explained
) -> None:
    first, _, last = SAID["en"]
    pause = len(first) + 20
    coming = Reply(_text("en"), pause=4.0, stall_after=pause)
    explained.model.script += [coming, Reply(BORNE_OUT)]
    opened(page, explained.url)
    asked = len(explained.model.requests)
    ask(page, QUESTIONS["en"])
    answer = page.locator(".m-answer")
    expect(answer).to_contain_text(first, timeout=SLOW)
    page.locator(".m-marker").click()
    expect(page.get_by_role("dialog").locator("mark")).to_be_visible(timeout=SLOW)
    expect(answer).to_contain_text(last, timeout=SLOW)
    expect(answer).to_have_count(1)
    assert len(explained.model.requests) == asked + 2  # the writer and the judge


@chiefly("en")
def test_a_model_that_breaks_off_is_said_and_the_glossary_quoted(
    page: Page, explained: Explained, language: str
) -> None:
    words = strings(language)
    explained.model.script.append(Reply(_text(language) * 2, pause=0.02, drop=True))
    explained.model.always = Reply(status=401)
    opened(page, explained.url, language)
    turn = answered(page, QUESTIONS[language])
    notice = turn.locator(".m-notice")
    expect(notice).to_contain_text(words["instead"])
    quoted = turn.locator(".m-sentence[data-support=quoted]")
    expect(quoted).not_to_have_count(0)
    expect(turn.locator(".m-answer")).not_to_contain_text("in which water")  # that is void

    turn.get_by_role("button", name=words["ask_again"]).first.click()
    refused = page.locator(".m-notice").nth(1)
    expect(refused).to_contain_text(words["error_key"], timeout=SLOW)
    last_turn(page, QUESTIONS[language])
    page.reload()
    expect(refused).to_contain_text(words["error_key"], timeout=SLOW)  # and it stays


@chiefly("ar")
def test_the_other_writer_is_asked(page: Page, explained: Explained, language: str) -> None:
    words = strings(language)
    explained.model.says(_text(language))
    opened(page, explained.url, language)
    turn = answered(page, QUESTIONS[language])
    expect(turn).to_contain_text("test-model")
    turn.get_by_role("button", name=words["other_writer_quote"]).click()
    expect(page.locator(".m-turn")).to_have_count(2, timeout=SLOW)
    turn = last_turn(page, QUESTIONS[language])
    expect(turn).to_contain_text(words["quoted_note"])
    expect(does(page, "other_writer").last).to_have_attribute(
        "aria-label", words["other_writer_explain"]
    )


def test_a_model_that_does_not_answer(page: Page, explained: Explained) -> None:
    explained.model.always = Reply(status=503)
    opened(page, explained.url)
    turn = answered(page, QUESTIONS["en"])
    expect(turn.locator(".m-notice")).to_contain_text(strings("en")["instead"])
    expect(turn.locator(".m-sentence").first).to_contain_text("A kettle is a vessel")
