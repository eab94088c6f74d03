"""Managing a glossary, as a person does it: from a file or a page to a new answer."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import answered, served
from tests.conftest import TEA
from ui.strings import counted, strings

# A table whose columns have names that say little, one of its rows without a definition.
TABLE = "Vessel,Note\nSamovar,A samovar is an urn that keeps water hot for tea.\nPan,\n"
ASKED, SAID = "What is a samovar?", "keeps water hot"
EN = strings("en")


@pytest.fixture(scope="module")
def own(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A glossary of tea things of one's own, served."""
    folder = tmp_path_factory.mktemp("own")
    data = shutil.copytree(tea_data, folder / "data")
    glossary = shutil.copytree(TEA, folder / "tea")
    with served("--glossary", str(glossary), "--data-dir", str(data)) as url:
        yield url


def _renewed(page: Page, did: str) -> None:
    """Waits until something is done, and the index up to date."""
    expect(page.locator(".m-did")).to_contain_text(did)
    expect(page.get_by_text(EN["renewed"].partition("{")[0])).to_be_visible()


def test_a_table_is_dropped_its_columns_chosen_and_its_term_answers(page: Page, own: str) -> None:
    page.goto(f"{own}/manage?part=bring&lang=en")
    expect(page.locator(".m-manage-head")).to_be_visible()
    table: FilePayload = {"name": "../tea.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files([table])
    for role, column in (("term", "Vessel"), ("definition", "Note")):
        page.get_by_role("combobox", name=EN[f"role_{role}"], exact=True).click()
        page.get_by_role("option", name=re.compile(column)).click()
    shown = page.locator(".m-brought")
    expect(shown).to_contain_text(SAID)
    expect(shown.locator(".m-row-lost")).to_contain_text("tea.csv")
    shown.locator(".m-look").click()
    expect(page.get_by_role("dialog")).to_contain_text(SAID)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name=counted("en", "bring_confirm", 1)).click()
    _renewed(page, EN["bring_done"].partition("{")[0])
    page.locator(".m-bar .m-to-chat a").click()
    expect(answered(page, ASKED)).to_contain_text(SAID)
    page.locator(".m-bar .m-to-manage a").click()
    expect(page.locator(".m-did")).to_be_visible()
    page.reload()  # it is undone later, too
    page.get_by_role("button", name=EN["undo_delete"]).click()
    _renewed(page, EN["undone_imported"])
    page.locator(".m-bar .m-to-chat a").click()
    expect(answered(page, ASKED).locator(".m-absent")).to_be_visible()
