"""The language of a site, as the configuration of its generator says it."""

from pathlib import Path

import pytest

from knowledge.formats import read
from knowledge.formats.sites import configuration
from tests.knowledge.conftest import entries_of, write_files

DANISH = "# Ebbe\n\nHavet falder.\n"


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("hugo.toml", 'baseURL = "/"\ndefaultContentLanguage = "da"\nlanguageCode = "en-us"', "da"),
        ("config.toml", "languageCode = 'pt-br'\n", "pt"),
        ("config/_default/hugo.yaml", "defaultContentLanguage: gl\n", "gl"),
        ("_config.yml", "title: Hav\nlang: nb-NO # norsk\n", "nb"),
        ("mkdocs.yml", "theme:\n  name: material\n  language: sr\n", "sr"),
        ("docusaurus.config.js", "i18n: {\n  defaultLocale: 'fa',\n}", "fa"),
        (".vitepress/config.mts", "export default { title: 'x', lang: \"uk-UA\" }", "uk"),
        ("book.toml", '[book]\nlanguage = "ca"\n', "ca"),
        ("conf.py", "highlight_language = 'sh'\nlanguage = 'hu'\n", "hu"),
        ("hugo.toml", '# languageCode = "da"\n', ""),
        ("hugo.toml", 'languageCode = "en-us"\n', ""),
        ("mkdocs.yml", "language: klingon\n", ""),
    ],
)
def test_a_configuration_says_the_language(
    tmp_path: Path, name: str, text: str, language: str
) -> None:
    folder = write_files(tmp_path, {name: text, "docs/terms/ebbe.md": DANISH})
    assert configuration.language(folder / "docs" / "terms") == language


def test_the_nearest_is_believed_and_what_is_far_a_link_or_large_is_not_read(
    tmp_path: Path,
) -> None:
    folder = write_files(tmp_path, {"hugo.toml": 'languageCode = "da"', "a/b/c/d/e/f/g/x.md": "x"})
    assert configuration.language(folder / "a/b/c/d/e/f") == "da"
    assert configuration.language(folder / "a/b/c/d/e/f/g") == ""
    (folder / "a" / "mkdocs.yml").symlink_to(folder / "hugo.toml")
    (folder / "a" / "conf.py").write_text("language = 'hu'\n" + "#" * 300_000)
    assert configuration.language(folder / "a") == "da"
    (folder / "a" / "book.toml").write_text('language = "ca"')
    assert configuration.language(folder / "a") == "ca"


def test_an_entry_is_in_the_language_of_its_site_where_its_text_may_be(tmp_path: Path) -> None:
    english = "# Ebb\n\nThe time when the water of the sea falls back from the shore, twice a day, "
    pages = {
        "hugo.toml": 'defaultContentLanguage = "da"',
        "terms/ebbe.md": DANISH,
        "terms/ebb.md": f"{english}to the low water.\n",
        "terms/jazr.md": "# الجزر\n\nينحسر البحر.\n",
        "terms/flod.md": "---\ntitle: Flod\nlang: nb\n---\nHavet stiger.\n",
    }
    folder = write_files(tmp_path, pages)
    found = {e.origin: e.language for e in entries_of(read(folder / "terms"))}
    assert found == {"ebbe.md": "da", "ebb.md": "en", "jazr.md": "ar", "flod.md": "nb"}
    (entry,) = entries_of(read(folder / "terms" / "ebbe.md"))
    assert (entry.language, entry.guessed) == ("da", False)
