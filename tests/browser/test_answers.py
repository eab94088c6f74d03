"""Under an answer: its sources, and what can be done with it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    SLOW,
    answered,
    chiefly,
    does,
    eventually,
    in_both,
    last_turn,
    opened,
)
from tests.browser.scenes import MISSING, QUESTIONS
from ui.strings import strings

LABELS = {"en": "Sources:", "ar": "المصادر:"}


@in_both
def test_sources_are_those_of_the_answer(page: Page, address: str, language: str) -> None:
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    cited = {each.get_attribute("href") for each in turn.locator(".m-marker").all()}
    listed = turn.locator(".m-source")
    assert {each.get_attribute("href") for each in listed.locator("a").all()} == cited
    quoted = turn.locator(".m-card mark")
    expect(quoted.first).to_be_hidden()
    turn.locator(".m-sources summary").click()
    expect(quoted.first).to_be_visible()
    answer = turn.locator(".m-answer").inner_text()
    words = quoted.first.inner_text().split(maxsplit=1)[1]
    assert words in answer
    listed.locator("a").first.click()
    expect(page.get_by_role("dialog").locator(".m-entry")).to_be_visible(timeout=SLOW)


@chiefly("ar")
def test_an_answer_is_copied_with_its_sources(page: Page, address: str, language: str) -> None:
    words = strings(language)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    sentence = turn.locator(".m-sentence").first.inner_text()[:40]
    said = page.locator("[aria-live]", has_text=words["copied"])
    turn.get_by_role("button", name=words["copy"], exact=True).click()
    expect(said).to_have_count(1)
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(sentence)
    assert "[1]" in text
    sources = text.split("\n\n")[-1]
    assert "[1]" in sources
    assert "\n" in sources

    turn.get_by_role("button", name=words["copy_markdown"]).click()
    eventually(page, lambda: page.evaluate("navigator.clipboard.readText()") != text)
    markdown = page.evaluate("navigator.clipboard.readText()")
    assert markdown.startswith(sentence)
    assert re.search(r"^\*\*.+\*\*$", markdown, re.MULTILINE)
    assert re.search(r"^- \[?1", markdown, re.MULTILINE)


@chiefly("en")
def test_an_answer_is_rated(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    answered(page, QUESTIONS[language])
    up = page.get_by_role("button", name=words["thumb_up"], exact=True)
    down = page.get_by_role("button", name=words["thumb_down"], exact=True)
    comment = page.get_by_role("button", name=words["comment"], exact=True)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    expect(up).to_have_attribute("aria-pressed", "false")
    comment.click()
    field = page.get_by_label(words["comment_label"])
    field.fill("قصير جدًا <b>", timeout=SLOW)
    page.get_by_role("button", name=words["comment_send"]).click()
    expect(page.get_by_text(words["comment_kept"])).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("dialog")).to_be_hidden()

    page.reload()
    expect(down).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    expect(comment).to_have_attribute("aria-pressed", "true")
    comment.click()
    expect(field).to_have_value("قصير جدًا <b>", timeout=SLOW)
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    down.click()  # the same again takes it back
    expect(down).to_have_attribute("aria-pressed", "false", timeout=SLOW)


@chiefly("ar")
def test_it_is_asked_on_again_and_in_the_other_language(
    page: Page, address: str, language: str
) -> None:
    words = strings(language)
    other = {"en": "ar", "ar": "en"}[language]
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    turns = page.locator(".m-turn")
    follow_up = turn.locator(".m-offer").first
    question = follow_up.inner_text()
    follow_up.click()
    expect(turns).to_have_count(2, timeout=SLOW)
    turn = last_turn(page, question)
    expect(turn.locator(".m-marker")).not_to_have_count(0)
    expect(turns.first.locator(".m-offer")).to_have_count(0)  # those of the last answer only
    expect(turn.locator(".m-asked")).to_be_in_viewport()

    turn.get_by_role("button", name=words[f"other_language_{language}"]).click()
    expect(turns).to_have_count(3, timeout=SLOW)
    turn = last_turn(page, question)
    expect(turn.locator(".m-answer")).to_have_attribute("lang", other)
    expect(turn.locator(".m-answer")).to_have_css("direction", "ltr" if other == "en" else "rtl")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(turn.locator(".m-asked")).to_be_in_viewport()

    turn.get_by_role("button", name=words["again"], exact=True).click()
    expect(turns).to_have_count(4, timeout=SLOW)
    turn = last_turn(page, question)
    expect(turn.locator(".m-answer")).to_have_attribute("lang", other)
    expect(does(page, "other_writer")).to_have_count(0)  # there is no chat model
    page.reload()
    expect(turns).to_have_count(4, timeout=SLOW)


@chiefly("en")
def test_a_question_is_edited(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    answered(page, QUESTIONS[language])
    answered(page, {"en": "What is a token?", "ar": "ما هو الرمز؟"}[language])
    whole = page.url
    listed = page.locator(".m-conversations li")
    expect(listed).to_have_count(1)
    page.locator(".m-asked").first.hover()
    page.get_by_role("button", name=words["edit"]).first.click()
    field = page.get_by_label(words["edit_label"])
    expect(field).to_have_value(QUESTIONS[language], timeout=SLOW)
    page.get_by_role("button", name=words["cancel"]).click()
    expect(page.locator(".m-turn")).to_have_count(2, timeout=SLOW)

    page.locator(".m-asked").first.hover()
    page.get_by_role("button", name=words["edit"]).first.click()
    edited = {"en": "What is a benchmark?", "ar": "ما هي الهلوسة؟"}[language]
    field.fill(edited, timeout=SLOW)
    page.get_by_role("button", name=words["edit_send"]).click()
    expect(page.locator(".m-turn")).to_have_count(1, timeout=SLOW)
    last_turn(page, edited)
    expect(listed).to_have_count(2, timeout=SLOW)
    assert page.url != whole
    page.goto(whole)
    expect(page.locator(".m-turn")).to_have_count(2, timeout=SLOW)
    expect(page.locator(".m-question").first).to_contain_text(QUESTIONS[language])


@chiefly("ar")
def test_what_the_glossary_does_not_answer(page: Page, address: str, language: str) -> None:
    words = strings(language)
    opened(page, address, language)
    turn = answered(page, MISSING[language])
    absent = turn.locator(".m-absent")
    expect(absent).to_contain_text(words["gap_noted"])
    expect(turn.locator(".m-marker")).to_have_count(0)
    expect(turn).to_contain_text(words["nearest"])
    near = turn.locator(".m-offer").first
    question = near.inner_text()
    near.click()
    expect(page.locator(".m-turn")).to_have_count(2, timeout=SLOW)
    turn = last_turn(page, question)
    expect(turn.locator(".m-marker")).not_to_have_count(0)
