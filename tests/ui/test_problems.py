"""What readers, checks and errors say, in the language of the page."""

import errno
import os
import re
import string
from pathlib import Path

import pytest

from knowledge import GlossaryError, formats
from knowledge.editing.uploads import Parcel
from knowledge.glossary import Glossary
from tests.knowledge.conftest import write_files
from tests.ui import spoken
from tests.ui.spoken import HOLE, messages
from ui.problems import failed, known, problem
from ui.strings import LANGUAGES, problems, strings

_MARKS = "\u2066\u2067\u2068\u2069"


def test_every_message_has_words_in_the_other_languages() -> None:
    lacking = {
        f"{where}: {text}" for where, text in messages() if not known(text.replace(HOLE, "7"), "ar")
    }
    assert not lacking, "add to ui/strings/problems.yaml:\n" + "\n".join(sorted(lacking))


def test_the_messages_are_found_in_the_source() -> None:
    found = {text for _, text in messages()}
    assert len(found) > 130
    for text in (
        f"“{HOLE}” has no definition: write one below it.",  # handed over on the spot
        "is not text but binary data: save it as UTF-8 text or remove it.",  # by a name
        "holds no entry: it has only links.",  # what a function returned
        f"the sheet “{HOLE}” is hidden and was not read.",  # a constant that is filled in
        f"“{HOLE}” in “{HOLE}” is already in {HOLE}: this one is kept as “{HOLE}”.",  # of two
        "aliases within aliases",
    ):
        assert text in found


def test_a_message_without_words_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = 'message = f"holds {n} lies: tell them."'
    source = f'def read(n):\n    {said}\n    return Fault("", 1, message)\n'
    write_files(tmp_path, {"new.py": source})
    monkeypatch.setattr(spoken, "_FOLDERS", [tmp_path])
    monkeypatch.setattr(spoken, "_ROOT", tmp_path)
    with pytest.raises(AssertionError, match=r"new.py:2: holds ‹…› lies: tell them\."):
        test_every_message_has_words_in_the_other_languages()


def test_the_words_name_only_what_is_there_and_are_punctuated_as_arabic() -> None:
    for key, said in problems().items():
        there = _places(key)
        for text in said.values():
            assert _places(text) <= there, key
        arabic = re.sub(r"«[^«»]*»|\{\w+\}", "", said["ar"])
        assert not set("?;") & set(arabic), key
        assert ", " not in arabic, key
        assert said["ar"].endswith((".", "{reasons}")) == key.endswith((".", "?")), key


@pytest.mark.parametrize("interface", LANGUAGES)
def test_each_can_be_said(interface: str) -> None:
    for key in problems():
        said = problem(re.sub(r"\{\w+(:d)?\}", "7", key), interface)
        assert said, key
        assert "{" not in said, key


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "has 12 cells for 1,024 columns: put quotes around a cell that holds “,”.",
            "عدد خلايا هذا الصف ١٢ وعدد الأعمدة ١٬٠٢٤. ضع كل خلية فيها «,» بين علامتي اقتباس.",
        ),
        (
            "holds no entry: it is a page of the kind “landing”.",
            "ليس في الملف مدخل: هو صفحة من نوع «landing».",
        ),
        (
            "cannot be read: Permission denied.",
            "تعذّرت قراءة الملف: لا إذن بذلك.",
        ),
        (
            "3 images and 1 HTML tag left out of the text (the first is here).",
            "تُرك من النص، وأول ذلك هنا: صور عددها ٣، ووسم HTML واحد.",
        ),
        (
            (
                "the front matter is not valid YAML: mapping values are not allowed here."
                " Its lines were read one by one."
            ),
            (
                "رأس الملف ليس YAML سليمًا (لا يصح «:» هنا، فضع القيمة بين علامتي اقتباس)"
                "، فقُرئت أسطره واحدًا واحدًا."
            ),
        ),
        (
            (
                "There is no entry in that (a; b.md:1: is empty: write an entry or remove the"
                " file.; c.md:12: warning: is RDF without a concept that has a label.)."
            ),
            (
                "لم يُعثر على مدخل في ذلك. a; b.md، السطر ١: الملف فارغ. اكتب فيه مدخلًا أو احذفه."
                " c.md، السطر ١٢: الملف بصيغة RDF، وليس فيه مفهوم له تسمية."
            ),
        ),
        (
            "There is no field “x”: choose of term, definition.",
            "لا يوجد حقل «x». اختر من هذه: term، definition.",
        ),
        (
            "not valid JSON here: Unheard of; the row was not read.",
            "هذا الموضع ليس JSON سليمًا (Unheard of)، فلم يُقرأ هذا السطر.",
        ),
    ],
)
def test_what_is_inserted_is_said_too(message: str, said: str) -> None:
    assert problem(message, "ar").translate(dict.fromkeys(map(ord, _MARKS))) == said


def test_names_keep_their_direction_to_themselves() -> None:
    said = problem("“C++ (a)” has no definition: indent one below it.", "ar")
    assert "«\u2068C++ (a)\u2069»" in said


def test_a_message_is_a_sentence() -> None:
    assert problem("aliases within aliases", "en") == "Aliases within aliases"
    assert problem("has no term: give it one, as in “term: Token”.", "en") == "It has no term yet."
    assert problem("has 3 cells for 2 columns: put quotes around a cell that holds “;”.", "en")
    assert problem("what nobody has listed", "en") == "\u2068What nobody has listed\u2069"


@pytest.mark.parametrize("interface", ["en", "ar"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EACCES, "denied"),
        (errno.EROFS, "denied"),
        (errno.ENOENT, "gone"),
        (errno.EIO, "failed"),
    ],
)
def test_what_the_system_refuses_is_said(interface: str, number: int, kind: str) -> None:
    said = failed(OSError(number, os.strerror(number), "a.md"), interface)
    words = strings(interface)[f"disk_{kind}"]
    assert said.startswith(words.partition("{")[0])
    assert ("a.md" in said) == ("{path}" in words)
    if interface == "ar":
        assert os.strerror(number) not in said


FILES = {
    "a.md": "---\nterm: [1]\n---\n\nA.\n",
    "b.md": "---\nterm: A\nsources: [{year: soon}]\n---\n\nA.\n",
    "c.json": '[{"term": "A"}, {"term": "B", definition}]',
    "d.yaml": "- term: A\n  definition: b: c\n",
    "e.csv": "term,definition\nA,b,c,d\nB\n",
    "f.html": "<html><p>Nothing</p></html>",
    "g.xml": "<GLOSSARY><INFO><ENTRIES><ENTRY><CONCEPT>A</ENTRY></GLOSSARY>",
    "h.tbx": '<tbx type="TBX-Basic"><text></body></tbx>',
    "i.ttl": "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<a> a skos:Concept ; .. x",
    "j.rst": "Title\n=====\n\n.. glossary::\n\n   A\n",
    "k.xlsx": "PK\x03\x04 xl/",
    "l.txt": "\x00\x01",
    "m.md": "---\ntitle: A: b\n---\n\n![i](i.png) Text.\n",
    "n.toml.md": "+++\nterm = \n+++\n\nA.\n",
}


@pytest.mark.parametrize("name", FILES)
def test_what_readers_say_of_broken_files_is_said(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {name: FILES[name]})
    found = Glossary.of(tmp_path, list(formats.read(tmp_path / name))).faults
    assert found
    for fault in found:
        assert known(fault.message, "ar"), fault.message


def test_why_a_parcel_holds_nothing_is_said() -> None:
    parcel = Parcel()
    parcel.add("x.md", b"")
    with pytest.raises(GlossaryError) as caught:
        parcel.read()
    said = failed(caught.value, "ar")
    assert "الملف فارغ" in said
    assert "There" not in said
