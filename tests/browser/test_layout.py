"""The layout: it fits magnified, and nothing jumps while one reads.

That every scene fits, narrow and wide, is in ``test_scenes``.
"""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SLOW, answered, in_both, opened, overflow, owned
from tests.browser.scenes import COMPARED, QUESTIONS

WATCH = """
window.shifted = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""


@in_both
def test_it_fits_at_twice_the_size(browser: Browser, address: str, language: str) -> None:
    context = owned(browser, device_scale_factor=2, locale="en-GB")
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 400})  # what is left of 1280 by 800
    opened(page, address, language)
    turn = answered(page, QUESTIONS[language])
    assert overflow(page) == 0
    marker = turn.locator(".m-marker").first
    marker.click()
    expect(page.get_by_role("dialog").locator("mark")).to_be_in_viewport(timeout=SLOW)
    assert overflow(page) == 0
    context.close()


@in_both
def test_nothing_jumps_while_an_answer_comes(page: Page, address: str, language: str) -> None:
    page.add_init_script(WATCH)
    opened(page, address, language)
    expect(page.locator(".m-day")).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(600)
    page.evaluate("window.shifted = 0")
    answered(page, COMPARED[language])
    page.wait_for_timeout(600)
    first = page.evaluate("window.shifted")
    answered(page, QUESTIONS[language])
    page.wait_for_timeout(600)
    assert first < 0.1
    assert page.evaluate("window.shifted") - first < 0.1
