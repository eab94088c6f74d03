"""Signing in at a real provider: what a reader, an owner and nobody reach, in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import SLOW, ask, served
from tests.conftest import TEA, until
from tests.servers import free_port
from ui.strings import strings

EN = strings("en")


@pytest.fixture(scope="module")
def school(tea_data: Path) -> Iterator[str]:
    """A server for a school whose provider knows an owner and two readers."""
    with run_server_in_thread() as provider:
        at = f"http://localhost:{provider.server_port}"
        for name in ("ana", "omar", "lin"):
            claims = {"email": f"{name}@uni.example", "email_verified": True, "name": name.title()}
            httpx.put(f"{at}/users/{name}", json=claims).raise_for_status()
        port = free_port()
        with served(
            *("--glossary", str(TEA), "--data-dir", str(tea_data), "--port", str(port)),
            **os.environ,
            MASRAD_SIGN_IN="required",
            MASRAD_URL=f"http://localhost:{port}",
            MASRAD_OIDC_URL=f"{at}/.well-known/openid-configuration",
            MASRAD_OIDC_CLIENT_ID="masrad",
            MASRAD_OIDC_CLIENT_SECRET="told to the provider",  # noqa: S106
            MASRAD_COOKIE_SECRET="forty letters that nobody could guess so",  # noqa: S106
            MASRAD_OWNERS="ana@uni.example",
            MASRAD_TEACHERS="lin@uni.example",
        ) as url:
            yield url


def _signed_in(browser: Browser, school: str, name: str, path: str = "/") -> BrowserContext:
    context = browser.new_context()
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(f"{school}{path}")
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=sub]").fill(name)
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(f"{school}/**")
    expect(page.locator(".m-brand")).to_be_visible()
    return context


def test_each_reaches_what_their_role_opens_and_nobody_anothers_conversations(
    browser: Browser, school: str
) -> None:
    ana = _signed_in(browser, school, "ana", "/manage")
    expect(ana.pages[0].get_by_role("heading", name="Manage the glossary")).to_be_visible()

    omar = _signed_in(browser, school, "omar", "/term?id=teapot")
    page = omar.pages[0]
    assert page.url.startswith(f"{school}/term?id=teapot")  # where one was going
    page.goto(f"{school}/?lang=en")
    ask(page, "What is a teapot?")
    page.wait_for_url("**c=*")
    kept = page.url
    page.goto(f"{school}/manage")
    expect(page.locator(".m-bar")).to_be_visible()
    expect(page.get_by_role("heading", name="Manage the glossary")).to_be_hidden()
    cookies = {each["name"]: each["value"] for each in omar.cookies() if "value" in each}
    sent = httpx.put(f"{school}/_stcore/upload_file/a/b", content=b"x", cookies=cookies)
    assert sent.status_code == httpx.codes.FORBIDDEN

    again = _signed_in(browser, school, "omar").pages[0]  # in another browser
    expect(again.locator(".m-conversations a").first).to_contain_text("teapot")
    lin = _signed_in(browser, school, "lin").pages[0]
    expect(lin.locator(".m-conversations a")).to_have_count(0)
    lin.goto(f"{school}/manage")  # of which a teacher has one part
    expect(lin.locator(".m-parts a")).to_have_text([EN["part_missing"], EN["part_export"]])

    page.goto(f"{school}/sign-out")
    stolen = httpx.Client(cookies=cookies)
    until(lambda: stolen.get(kept).status_code == httpx.codes.UNAUTHORIZED)
    again.reload()
    expect(again.locator(".m-conversations a").first).to_be_visible()  # which was not ended
