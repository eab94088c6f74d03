"""Managing a glossary, as a person does it: from a file, a page or a question to a new answer."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import SLOW, answered, ask, chiefly, opened, served
from tests.browser.conftest import own as own_all
from tests.conftest import TEA
from ui.strings import counted, strings

# A table whose columns have names that say little, one of its rows without a definition.
TABLE = {
    "en": "Vessel,Note\nSamovar,A samovar is an urn that keeps water hot for tea.\nPan,\n",
    "ar": "الوعاء,ملاحظة\nالسماور,السماور وعاء كبير يُبقي ماء الشاي ساخنًا.\nالمقلاة,\n",
}
ASKED = {"en": "What is a samovar?", "ar": "ما هي المصفاة؟"}
SAID = {"en": "keeps water hot", "ar": "يُبقي ماء الشاي ساخنًا"}
EDITED = {
    "en": ("kettle", "A kettle is a pot that whistles.", "What is a kettle?", "whistles"),
    "ar": ("mint", "النعناع عشب أخضر يُنعش الشاي.", "ما هو النعناع؟", "يُنعش"),
}


@pytest.fixture(scope="module")
def own(tea_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A glossary of tea things of one's own, served."""
    folder = tmp_path_factory.mktemp("own")
    data = shutil.copytree(tea_data, folder / "data")
    glossary = shutil.copytree(TEA, folder / "tea")
    with served("--glossary", str(glossary), "--data-dir", str(data)) as url:
        yield url


def _part(page: Page, address: str, part: str, language: str) -> None:
    page.goto(f"{address}/manage?part={part}&lang={language}")
    expect(page.locator(".m-manage-head")).to_be_visible(timeout=SLOW)


def _told(message: str) -> str:
    """What tells a message from others, its name aside: in Arabic all end in «{name}».»."""
    return max(message.split("{name}"), key=len)


def _renewed(page: Page, language: str, did: str) -> None:
    """Waits until something is done, and the index up to date."""
    expect(page.locator(".m-did")).to_contain_text(did, timeout=SLOW)
    said = strings(language)["renewed"].partition("{")[0]
    expect(page.get_by_text(said)).to_be_visible(timeout=SLOW)


@chiefly("en")
def test_a_table_is_dropped_its_columns_chosen_and_its_term_answers(
    page: Page, own: str, language: str
) -> None:
    words = strings(language)
    _part(page, own, "bring", language)
    table: FilePayload = {
        "name": "../tea.csv",
        "mimeType": "text/csv",
        "buffer": TABLE[language].encode(),
    }
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files([table])
    columns = TABLE[language].splitlines()[0].split(",")
    for role, column in zip(("term", "definition"), columns, strict=True):
        page.get_by_role("combobox", name=words[f"role_{role}"], exact=True).click()
        page.get_by_role("option", name=re.compile(column)).click()
    shown = page.locator(".m-brought")
    expect(shown).to_contain_text(SAID[language], timeout=SLOW)
    expect(shown.locator(".m-row-lost")).to_contain_text("tea.csv", timeout=SLOW)
    shown.locator(".m-look").click()
    expect(page.get_by_role("dialog")).to_contain_text(SAID[language], timeout=SLOW)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=counted(language, "bring_confirm", 1)).click()
    _renewed(page, language, words["bring_done"].partition("{")[0])
    page.locator(".m-bar .m-to-chat a").click()
    expect(answered(page, ASKED[language])).to_contain_text(SAID[language])
    page.locator(".m-bar .m-to-manage a").click()
    page.get_by_role("button", name=words["undo_delete"]).click()
    _renewed(page, language, words["undone_imported"])
    page.locator(".m-bar .m-to-chat a").click()
    expect(answered(page, ASKED[language]).locator(".m-absent")).to_be_visible()


@chiefly("ar")
def test_an_entry_is_edited_from_its_page_and_undone(page: Page, own: str, language: str) -> None:
    words = strings(language)
    entry_id, summary, question, said = EDITED[language]
    page.goto(f"{own}/term?id={entry_id}&lang={language}")
    page.get_by_role("button", name=words["term_edit"]).click()
    field = page.get_by_role("textbox", name=words["field_summary"])
    field.fill(summary)
    field.blur()
    expect(page.locator(".m-preview")).to_contain_text(said, timeout=SLOW)
    page.get_by_role("button", name=words["entry_save"], exact=True).click()
    _renewed(page, language, _told(words["did_saved"]))
    page.locator(".m-bar .m-to-chat a").click()
    expect(answered(page, question)).to_contain_text(said)
    page.locator(".m-bar .m-to-manage a").click()
    page.get_by_role("button", name=words["undo_delete"]).click()
    _renewed(page, language, _told(words["undone_saved"]))
    page.goto(f"{own}/term?id={entry_id}&lang={language}")
    expect(page.locator(".m-page .m-entry-summary")).not_to_contain_text(said, timeout=SLOW)


def test_what_was_done_last_is_undone_after_a_reload(page: Page, own: str) -> None:
    words = strings("en")
    page.goto(f"{own}/manage?part=entry&id=teapot&in=en&lang=en")
    page.get_by_role("button", name=words["entry_delete"]).click()
    _renewed(page, "en", _told(words["did_deleted"]))
    page.reload()
    page.get_by_role("button", name=words["undo_delete"]).click()
    _renewed(page, "en", _told(words["undone_deleted"]))
    page.goto(f"{own}/manage?part=glossary&lang=en")
    expect(page.get_by_role("button", name=words["redo"])).to_be_visible(timeout=SLOW)


def test_what_was_asked_in_vain_is_written_and_gone_from_the_list(page: Page, own: str) -> None:
    words = strings("en")
    opened(page, own)
    ask(page, "What is a trivet?")
    expect(page.locator(".m-actions")).to_be_visible(timeout=SLOW)
    _part(page, own, "missing", "en")
    gap = page.locator(".m-gaps li", has_text="trivet")
    gap.get_by_role("button", name=words["missing_write"]).click()
    expect(page.get_by_role("textbox", name=words["field_term"], exact=True)).to_have_value(
        "Trivet", timeout=SLOW
    )
    field = page.get_by_role("textbox", name=words["field_summary"])
    field.fill("A trivet is a stand for hot vessels.")
    field.blur()
    page.get_by_role("button", name=words["entry_save"], exact=True).click()
    _renewed(page, "en", _told(words["did_saved"]))
    page.get_by_role("link", name=words["part_missing"]).click()
    expect(page.locator(".m-sub", has_text=words["missing_title"])).to_be_visible(timeout=SLOW)
    expect(gap).to_have_count(0)
    opened(page, own)
    expect(answered(page, "What is a trivet?")).to_contain_text("a stand for hot vessels")


@chiefly("ar")
def test_what_is_not_needed_is_put_back_in_another_tab(page: Page, own: str, language: str) -> None:
    words, asked = strings(language), {"en": "What is a samovar?", "ar": "ما هي المصفاة؟"}
    opened(page, own, language)
    answered(page, asked[language])
    _part(page, own, "missing", language)
    gap = page.locator(".m-gaps li", has_text=asked[language])
    gap.get_by_role("button", name=words["missing_away"]).click()
    expect(page.locator(".m-did")).to_contain_text(_told(words["did_forgotten"]))
    other = page.context.new_page()
    _part(other, own, "missing", language)
    other.locator(".m-aside summary").press("Enter")
    put_back = other.locator(".m-aside li", has_text=asked[language])
    put_back.get_by_role("button", name=words["missing_back"]).press("Enter")
    expect(other.locator(".m-aside")).to_have_count(0, timeout=SLOW)
    page.reload()
    expect(gap.get_by_role("button", name=words["missing_write"])).to_be_visible(timeout=SLOW)


def test_a_copy_of_the_bundled_glossary_is_opened_while_the_former_answers(
    page: Page, tea_folder: Path, tmp_path: Path
) -> None:
    words = strings("en")
    table = tmp_path / "list.csv"
    table.write_text("term,definition\nPan,A pan is a flat vessel to fry in.\n", "utf-8")
    with served("--glossary", str(table), "--data-dir", str(tea_folder)) as url:
        own_all(page.context)
        _part(page, url, "glossary", "en")
        page.get_by_role("button", name=words["ours_copy"]).click()
        expect(page.get_by_text(words["ours_changed"])).to_be_visible(timeout=SLOW)
        expect(page.locator(".m-manage-name")).to_contain_text("list")
    with served("--data-dir", str(tea_folder)) as url:  # it is opened again
        _part(page, url, "glossary", "en")
        expect(page.locator(".m-manage-name")).to_contain_text("list")


@pytest.mark.thorough
def test_where_it_is_switched_off_there_is_no_such_page(page: Page, tea_folder: Path) -> None:
    arguments = ("--glossary", str(TEA), "--data-dir", str(tea_folder))
    with served(*arguments, MASRAD_MANAGE="off") as url:
        answer = page.goto(f"{url}/manage?lang=en")
        assert answer
        assert answer.status == 404
        expect(page.locator("[data-testid=stApp] .m-page-none")).to_be_visible(timeout=SLOW)
        expect(page.locator(".m-to-manage")).to_have_count(0)
