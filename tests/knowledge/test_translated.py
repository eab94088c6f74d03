"""Terms that a glossary in another language gives in English, too, in brackets."""

from pathlib import Path

import pytest

from knowledge.formats import read
from knowledge.formats.sites.translated import translated
from knowledge.formats.sites.wording import name_and_aliases
from tests.knowledge.conftest import entries_of

_TOLD = {
    "Hochwasser (high tide)": "Der höchste Stand, den das Wasser am Tag erreicht.",
    "Priel (tidal creek)": "Ein Lauf im Watt, durch den das Wasser kommt und geht.",
    "Netz (Fischerei)": "Womit man Fische fängt und was man dabei über Bord lässt.",
}
_NAMES = {
    "Hochwasser": ("high tide",),
    "Priel": ("tidal creek",),
    "Netz (Fischerei)": (),
}


@pytest.mark.parametrize(
    ("name", "head", "row", "foot"),
    [
        ("glossar.md", "# Glossar\n\n", "## {}\n\n{}\n\n", ""),
        ("glossar.md", "# Glossar\n\n| Begriff | Definition |\n|---|---|\n", "| {} | {} |\n", ""),
        ("glossar.rst", "Glossar\n=======\n\n.. glossary::\n\n", "   {}\n      {}\n\n", ""),
        ("glossar.html", "<h1>Glossar</h1><dl>", "<dt>{}</dt><dd>{}</dd>", "</dl>"),
    ],
)
def test_what_is_in_another_language_in_brackets_is_another_name(
    name: str, head: str, row: str, foot: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(head + "".join(row.format(*each) for each in _TOLD.items()) + foot, "utf-8")
    assert {entry.term: entry.aliases for entry in entries_of(read(file))} == _NAMES


@pytest.mark.parametrize(
    ("term", "language"),
    [
        ("Norme (mathématiques)", "fr"),
        ("Java (langage de programmation)", "fr"),
        ("Ancla (náutica)", "es"),
        ("Maré(s)", "pt"),
        ("Deich (des Landes)", "de"),
        ("Norm (mathematics)", "en"),
        ("CPU (central processing unit)", "de"),
    ],
)
def test_brackets_that_tell_what_is_meant_stay(term: str, language: str) -> None:
    assert not translated([(term, language)])


def test_a_bracket_alone_may_be_enough_and_its_names_may_be_several() -> None:
    assert translated([("Marée haute (high water, high tide)", "fr")]) == {
        "Marée haute (high water, high tide)": ("Marée haute", ("high water", "high tide"))
    }


def test_english_terms_may_be_told_in_the_language_of_the_glossary() -> None:
    terms = ["Water level (nivel del agua)", "Harbour (puerto)", "Lighthouse (faro del mar)"]
    spanish = [(term, "es") for term in terms]
    assert translated([*spanish, ("Ola", "es")]).keys() == set(terms)
    assert not translated([*spanish, *[("Ola", "es")] * 9])


def test_brackets_may_stand_one_behind_the_other(tmp_path: Path) -> None:
    file = tmp_path / "glossary.md"
    file.write_text(
        "# 术语表\n\n## Mean high water (MHW)（平均高潮）\n\n均值。\n\n## Ebb（退潮）\n\n落潮。\n"
    )
    assert [(e.term, e.aliases) for e in entries_of(read(file))] == [
        ("Mean high water", ("MHW", "平均高潮")), ("Ebb", ("退潮",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "names"),
    [
        ("밀물 (滿潮, まんちょう)", ("밀물", ("滿潮", "まんちょう"))),
        ("밀물 (2)", ("밀물 (2)", ())),
        ("ポート（通信）", ("ポート（通信）", ())),
        ("Mean high water (“MHW”)", ("Mean high water", ("MHW",))),
        ("Ebb (aka the low tide)", ("Ebb", ("low tide",))),
        ("Ebb (also: low tide, fall)", ("Ebb", ("low tide", "fall"))),
        ("Head (of a river)", ("Head (of a river)", ())),
        ("MHW:Mean High Water", ("MHW", ("Mean High Water",))),
        ("MHW：Mean high water", ("MHW", ("Mean high water",))),
        ("潮（しお）：tide", ("潮", ("しお", "tide"))),
        ("std:String", ("std:String", ())),
        ("tide · الماء، المد", ("tide", ("الماء", "المد"))),
        ("MHW — mean high water · plein-mer", ("MHW", ("mean high water", "plein-mer"))),
        ("col·lecció", ("col·lecció", ())),
        ("sea: 潮", ("sea: 潮", ())),
    ],
)
def test_other_names_stand_in_brackets_or_behind_a_colon(
    term: str, names: tuple[str, tuple[str, ...]]
) -> None:
    assert name_and_aliases(term) == names
