"""A glossary of many terms, copied from a web page as text."""

from pathlib import Path

import pytest

from knowledge.entry import Entry
from knowledge.formats import read
from tests.knowledge.conftest import entries_of, write_files

TERMS = [
    ("Ebb", "The sea falls, for about six hours."),
    ("Neap tide", "A tide of a small range. It comes twice a month."),
    ("Slack water (SW)", "The sea stands still for a while, between the tides."),
]
NAMES = ["Ebb", "Neap tide", "Slack water"]


def _read(text: str, folder: Path) -> list[Entry]:
    return entries_of(read(write_files(folder, {"copied.txt": text}) / "copied.txt"))


@pytest.mark.parametrize(
    "each",
    [
        pytest.param("{0}\n{1}\n", id="two lines"),
        pytest.param("{0}\n\n{1}\n\n", id="apart"),
        pytest.param("{0}\n{1}\n\n", id="in paragraphs"),
        pytest.param("{0}\n{1}\nLearn more\n\n", id="with a link"),
        pytest.param("{0}: {1}\n", id="a colon"),
        pytest.param("• {0} – {1}\n", id="a dash"),
        pytest.param("{0} ..... {1}\n", id="dots"),
        pytest.param("{0}. {1}\n\n", id="a stop"),
        pytest.param("1. {0}\n   {1}\n", id="a number"),
        pytest.param("What is {0}?\n{1}\n\n", id="a question"),
    ],
)
def test_terms_stand_on_lines_of_their_own_or_before_a_mark(each: str, tmp_path: Path) -> None:
    found = _read("Glossary of the sea\n\n" + "".join(each.format(*one) for one in TERMS), tmp_path)
    assert [entry.term for entry in found] == NAMES
    assert [entry.summary.split(".")[0] for entry in found] == [
        said.split(".")[0] for _, said in TERMS
    ]
    assert found[2].aliases == ("SW",)


def test_what_a_page_has_beside_its_terms_is_passed_over(tmp_path: Path) -> None:
    body = "".join(f"{term[0]}\n{term}\n{said}\nBack to top\n\n" for term, said in TERMS)
    text = f"Skip to content\nHome\nAbout us\nHome > Glossary\nGlossary\nA B C D E F\n{body}"
    found = _read(f"{text}© The Sea\nPrivacy\n", tmp_path)
    assert [entry.term for entry in found] == NAMES
    assert found[2].text("summary") == TERMS[2][1]


def test_a_short_line_without_text_is_a_category_and_lines_are_joined(tmp_path: Path) -> None:
    tides = "The sea falls, for\nabout six hours\nor so.\n\nFlow\nThe sea\nrises.\n"
    ships = "Keel\nIts lowest part.\n\nBow\nIts front.\n"
    found = _read(f"Glossary\n\nTides\n\nEbb\n{tides}\nShips\n\n{ships}", tmp_path)
    assert [(entry.term, entry.category) for entry in found] == [
        ("Ebb", "Tides"),
        ("Flow", "Tides"),
        ("Keel", "Ships"),
        ("Bow", "Ships"),
    ]
    assert found[0].summary == "The sea falls, for about six hours or so."


@pytest.mark.parametrize(
    "text",
    [
        "Why a glossary helps\n\nIt tells what words mean.\n\nWho reads it\n\nAll who are new.\n",
        "On the sea\n\nEbb\nThe sea falls.\n\nFlow\nThe sea rises.\n\nKeel\nIt is low.\n",
    ],
)
def test_a_text_of_few_such_lines_or_of_another_title_is_no_glossary(
    text: str, tmp_path: Path
) -> None:
    assert not _read(text, tmp_path)


@pytest.mark.parametrize(
    ("title", "each"),
    [
        pytest.param("Glossary", "- {0} : {1}\n\n", id="items"),
        pytest.param("Glossary", "- {0}\n- {1}\n", id="items, one for each"),
        pytest.param("THE COURSE:\nGlossary of the sea", " \n{0}: {1}\n \n", id="a title above"),
        pytest.param("Slovník\n\nAa", "{0}\n\n{1}\n\n", id="a dictionary"),
        pytest.param("Glossary", "{0}:{1}\n", id="no space"),
        pytest.param("Glossary", "{0}- {1}\n", id="no space before"),
        pytest.param("Glossary:", "1. {0}: {1}\n\n", id="a list of fields"),
        pytest.param("Glossary", "{0}\n : {1}\n\n", id="the mark on the next line"),
        pytest.param("Glossary\nOctober 8", "{0}: {1},\nor so it seems to all\n\n", id="wrapped"),
    ],
)
def test_other_habits_of_pages(title: str, each: str, tmp_path: Path) -> None:
    found = _read(f"{title}\n\n" + "".join(each.format(*one) for one in TERMS), tmp_path)
    assert [(entry.term, entry.category) for entry in found] == [(name, "") for name in NAMES]


def test_short_lines_apart_name_the_categories_of_what_follows(tmp_path: Path) -> None:
    led = [f"- {name} : {said}\n" for name, said in TERMS]
    text = (
        f"Glossary\n\nTides\n\n{led[0]}\n{led[1]}\nWater\n\n{led[2]}\nWind\n\n- Lull : No wind.\n"
    )
    assert [each.category for each in _read(text, tmp_path)] == ["Tides", "Tides", "Water", "Wind"]


def test_a_list_of_the_terms_above_them_holds_none(tmp_path: Path) -> None:
    names = "".join(f"  {n}. {name}\n" for n, (name, _) in enumerate(TERMS, 1))
    said = "".join(f"{n}. {name}:\n\n{text}\n\n" for n, (name, text) in enumerate(TERMS, 1))
    text = f"Glossary\n\nThe terms:\n\n{names}\nHere they are, told one by one.\n\n{said}"
    found = _read(text, tmp_path)
    assert [entry.term for entry in found] == NAMES


def test_what_a_line_of_code_begins_is_no_term(tmp_path: Path) -> None:
    said = "".join(f"{name}\n\n{text}\n\n" for name, text in TERMS)
    found = _read(
        f"Glossary\n\n{said}Lull\n\nIt is computed so:\n\nset(0);\n\nNo wind.\n", tmp_path
    )
    assert [entry.term for entry in found] == [*NAMES, "Lull"]


def test_a_name_in_chinese_or_japanese_is_short(tmp_path: Path) -> None:
    said = "海水が引いて、およそ六時間のあいだ水位が下がり続け、それから満ち潮が始まる。⇔満ち潮"
    text = f"潮の用語集\n引き潮\n{said}\n大潮\n潮の差が大きいこと。\n小潮\n潮の差が小さいこと。\n"
    assert [each.term for each in _read(text, tmp_path)] == ["引き潮", "大潮", "小潮"]


ORDERED = [("Bore", "A wave, up a river."), *TERMS, ("Spring tide", "A tide of a large range.")]


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("", id="none"),
        pytest.param("A B C D E F G H\n", id="an alphabet"),
        pytest.param("You should know all of these, if you sail.\n\n", id="a sentence"),
        pytest.param("Basic Terms of the Sea\n\n", id="a title that may tell"),
    ],
)
@pytest.mark.parametrize("each", ["{0}: {1}\n\n", "{0}\n{1}\n\n"])
def test_several_terms_in_order_need_no_title(title: str, each: str, tmp_path: Path) -> None:
    found = _read(title + "".join(each.format(*one) for one in ORDERED) + "1 2 3\n", tmp_path)
    assert [entry.term for entry in found] == ["Bore", *NAMES, "Spring tide"]


@pytest.mark.parametrize("box", ["【{0}】\n{1}\n\n", "[{0}]\n\n{1}\n\n", "《{0}》\n{1}\n"])
def test_brackets_may_hold_the_terms(box: str, tmp_path: Path) -> None:
    text = "Glossary\n\n" + "".join(box.format(*one) for one in TERMS)
    assert [entry.term for entry in _read(text, tmp_path)] == NAMES


def test_a_bracket_in_a_name_may_hold_a_colon(tmp_path: Path) -> None:
    text = "Meeresglossar\n\n" + "".join(f"{name}\n\n{said}\n\n" for name, said in TERMS)
    found = _read(f"{text}Flut (auch: Springflut)\n\nSie steigt, und das zweimal.\n", tmp_path)
    assert found[-1].summary == "Sie steigt, und das zweimal."


def test_several_names_may_stand_on_lines_of_their_own_above_what_they_mean(tmp_path: Path) -> None:
    names = ["Ebb\nFall of the sea", "Flow", "Slack"]
    text = "".join(f"{name}\n\nIt comes {n} times a day.\n\n" for n, name in enumerate(names))
    assert [(each.term, each.aliases) for each in _read(f"Glossary\n\n{text}", tmp_path)] == [
        ("Ebb", ("Fall of the sea",)), ("Flow", ()), ("Slack", ()),
    ]  # fmt: skip


def test_a_title_that_may_tell_of_terms_may_stand_below_sentences(tmp_path: Path) -> None:
    items = "".join(f"- {name}: {said}\n" for name, said in reversed(ORDERED))
    found = _read(f"Do you sail? Then read this.\nSave the page!\nBasic terms\n{items}", tmp_path)
    assert [entry.term for entry in found] == ["Spring tide", *reversed(NAMES), "Bore"]
