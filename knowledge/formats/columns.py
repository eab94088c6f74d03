"""Columns: what a table's column, or an object's field, holds, told by its name."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from knowledge import GlossaryError
from knowledge.language.text import main_script
from knowledge.language.words import fold

TERM, DEFINITION, NOTHING = "term", "definition", "nothing"
"""Roles of ``columns.yaml``; the last is that of a column that is known, and of no use."""

CHOICES = (
    "term", "definition", "aliases", "category", "example", "related", "sources", "updated",
    "language", "id", "asked", "note", "acronym", "expansion", "translation",
)  # fmt: skip
"""The roles that a person may choose."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[/&|;,،+()\[\]]|\b(?:or|and|أو|و|oder|ou|et|und)\b")
_TAG = re.compile(
    r"[a-z]{2,3}(?:[-_](?:hans|hant|latn|cyrl|arab))?(?:[-_](?:[a-z]{2}|419))?", re.IGNORECASE
)
_CODED = {"eng": "en", "ara": "ar", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es",
          "por": "pt", "ita": "it", "tur": "tr", "fas": "fa", "rus": "ru", "zho": "zh", "chi": "zh",
          "jpn": "ja", "jp": "ja", "cn": "zh", "kor": "ko", "kr": "ko", "ua": "uk", "cz": "cs",
          "farsi": "fa", "عربي": "ar", "انجليزي": "en", "انكليزي": "en", "فرنسي": "fr",
          "norsk": "nb", "simplified": "zh-Hans", "traditional": "zh-Hant"}  # fmt: skip
_NO_ROLES = ("besides", "of", "codes", "codes that are words", "unsure")  # of the lists of the file
_LONGEST = 60  # characters of a name
_INFLECTED = re.compile(r"(?<=\w{4})(?:e[mnrs]?|as?|os?|ie|iego|iej|ая|о[еи]|ие|ого|ом)$")
"""What the name of a language may end in before a noun: englische, anglaise, inglesa, angielska."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a role of ``columns.yaml``, and the language if its name says one.

    ``rank`` says how sure its name is among those of the role, from 0. A column that is named for
    a language and nothing else (“English”) has no role.
    """

    role: str
    language: str = ""
    rank: int = 0

    @property
    def key(self) -> str:
        """As a person's choice names it: ``term``, ``definition_ar``."""
        return f"{self.role}_{self.language}" if self.language else self.role


@lru_cache(maxsize=2**16)  # a file's fields, each of which is looked at several times
def column(name: str) -> Column | None:
    """What a column of this name holds; None if the name says nothing."""
    name = name.strip()
    if not name or len(name) > _LONGEST:
        return None
    return _whole(name) or next(filter(None, map(_whole, _pieces(name))), None)


def _pieces(name: str) -> Iterator[str]:
    """The parts of “Term / phrase”, “Meaning (short)” and “术语 Term”."""
    parts = [part for part in _PARTS.split(name) if part.strip()]
    yield from parts if len(parts) > 1 else ()
    scripts = {main_script(word) for word in name.split()}
    for script in sorted(scripts, key="LATIN".__ne__) if len(scripts) > 1 else ():
        yield " ".join(word for word in name.split() if main_script(word) == script)


def _whole(name: str) -> Column | None:
    folded = fold(_CAMEL.sub(" ", name).replace("_", " ")).replace("ı", "i")
    bare = folded.strip(" 0123456789#.")
    words = folded.split()
    return _known(folded) or _known(bare) or _in_language(words) or _by_noun(bare.split())


def _known(folded: str) -> Column | None:
    return _names().get(folded)


def _in_language(words: Sequence[str]) -> Column | None:
    """What a name says that has that of a language at its end or its beginning."""
    alone: Column | None = None
    for count in range(min(3, len(words)), 0, -1):
        for span, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            language = language_of("-".join(span)) or language_of(" ".join(span))
            known = _known(" ".join(rest)) or _by_noun(rest)
            role = known.role if known else ""
            if not language or (language == "id" and role not in (TERM, DEFINITION)):
                continue
            if known and role not in (NOTHING, "language"):
                return replace(known, language=language)
            if role == "language" or of_file("besides") >= {*rest}:
                alone = alone or Column("", language)
    return alone


def _by_noun(words: Sequence[str]) -> Column | None:
    """What the noun of a name says, where its other words say nothing or are of terms, too.

    It stands last (“Concept name”); or first, where others depend on it (“Name of the concept”), as
    it does in Arabic.
    """
    nouns = [known for word in words if word not in of_file("besides") if (known := _known(word))]
    others = [
        word
        for word in words
        if word not in of_file("besides") | of_file("of") and not _known(word)
    ]
    if not nouns:
        return None
    first = bool(of_file("of") & {*words}) or main_script(" ".join(words)) != "LATIN"
    noun = nouns[0] if first else nouns[-1]
    sure = not others and {known.role for known in nouns} <= {TERM, DEFINITION, "translation"}
    defines = noun.role == DEFINITION and noun in (_known(words[0]), _known(words[-1]))
    return replace(noun, rank=noun.rank + 1000) if sure or defines else None


def language_of(text: str) -> str:
    """The tag of a language that is given by tag or by name (“ar-EG”, “Arabic”, “عربي”); or “”."""
    text = text.strip()
    if len(text) > _LONGEST or not text:
        return ""
    if _TAG.fullmatch(text):
        first, *rest = re.split("[-_]", text)
        code = _CODED.get(first.lower(), first.lower())
        if code in of_file("codes"):
            # A script is written with one capital, a region in capitals (BCP 47).
            return "-".join([code, *(r.title() if len(r) == 4 else r.upper() for r in rest)])  # noqa: PLR2004
    return _language(fold(text))


@lru_cache(maxsize=4096)
def _language(folded: str) -> str:
    known = _languages()
    alone = _INFLECTED.sub("", folded)  # of angielski and английский, too
    found = (known.get(name, "") for name in (folded, alone, f"{alone}i", f"{alone}ии"))
    return folded if folded in of_file("codes") else next(filter(None, found), "")


@cache
def _languages() -> Mapping[str, str]:
    """Codes by the names of languages in those most written in (Unicode CLDR), and some others."""
    text = files("knowledge.formats").joinpath("languages.json").read_text("utf-8")
    found = {fold(name): code for code, names in json.loads(text).items() for name in names}
    return {**found, **{fold(name): code for name, code in _CODED.items()}}


@cache
def _listed() -> Mapping[str, list[str]]:
    text = files("knowledge.formats").joinpath("columns.yaml").read_text("utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # all is text: “no”
    listed: Mapping[str, list[str]] = yaml.load(text, loader)  # noqa: S506
    return listed


@cache
def _names() -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for role, names in _listed().items():
        for rank, name in enumerate(names if role not in _NO_ROLES else ()):
            folded = fold(name).replace("ı", "i")
            for each in (folded, folded.replace(" ", "")):
                found.setdefault(each, Column(role, "", rank))
    return found


@cache
def of_file(kind: str) -> frozenset[str]:
    """The words of a list of ``columns.yaml`` that is no role's, folded."""
    return frozenset(map(fold, _listed()[kind]))


def roles(names: Sequence[str], *, has_term: bool = False) -> dict[int, Column]:
    """What each of some columns holds, by its place; those that are not known are left out.

    Of several that could be the term the one with the surest name is; an acronym is it where there
    is no other. A column that is named for a language alone holds the term in it, or where another
    column holds the term and none the definition, the definition. ``has_term`` says that the
    record's key is the term, so that nothing has to stand in for it.
    """
    return dict(_roles(tuple(names), has_term=has_term))


@lru_cache(maxsize=1024)  # objects of a list have the same fields, thousands of them
def _roles(names: tuple[str, ...], *, has_term: bool) -> dict[int, Column]:
    found = {n: known for n, name in enumerate(names) if (known := column(name))}
    _by_script(names, found)
    bare = [n for n, known in found.items() if not known.role]
    if len(bare) == 1 and names[bare[0]].strip().lower() in of_file("codes that are words"):
        del found[bare.pop()]
    defines = _of_role(found, TERM) and not _of_role(found, DEFINITION)
    for n in bare:
        found[n] = replace(found[n], role=DEFINITION if defines else TERM)
    _stand_in(names, found, has_term=has_term)
    for language in {known.language for known in found.values()}:
        terms = [n for n in _of_role(found, TERM) if found[n].language == language]
        for n in sorted(terms, key=lambda n: (found[n].rank, n))[1:]:
            found[n] = Column(NOTHING)
    return found


def _of_role(found: Mapping[int, Column], role: str) -> list[int]:
    return [n for n, known in found.items() if known.role == role]


def _by_script(names: Sequence[str], found: dict[int, Column]) -> None:
    """Tells the language of “Term, Definition, المصطلح, التعريف”, where each stands in two."""
    scripts = {n: main_script(names[n]) for n, known in found.items() if not known.language}
    for script in {*scripts.values()} - {"LATIN"} if "LATIN" in scripts.values() else ():
        own = [n for n in scripts if scripts[n] == script]
        twice = {found[n].role for n in own} & {
            found[n].role for n in scripts if scripts[n] == "LATIN"
        }
        language = {"ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "CYRILLIC": "ru", "CJK": "zh"}
        if {TERM, DEFINITION} <= twice and script in language:
            for n in own:
                found[n] = replace(found[n], language=language[script])


def _stand_in(names: Sequence[str], found: dict[int, Column], *, has_term: bool) -> None:
    """Lets a column stand in where none is named for the term, or none for the definition."""

    def let(role: str, *others: str) -> None:
        n = next((n for other in others for n in _of_role(found, other)), None)
        if n is not None and not _of_role(found, role):
            found[n] = replace(found[n], role=role)

    if _of_role(found, "translation") and not has_term:
        found |= {n: Column(TERM) for n, name in enumerate(names) if fold(name) == "source"}
    others = ("topic", "acronym", "expansion")
    if not has_term and sum(bool(_of_role(found, r)) for r in (DEFINITION, *others)) > 1:
        let(TERM, *others)
    found |= {n: replace(found[n], role="category") for n in _of_role(found, "topic")}
    tongues = {found[n].language for n in _of_role(found, TERM)}
    for n in _of_role(found, "translation"):  # with a definition in its language it is the term
        defined = {found[m].language for m in _of_role(found, DEFINITION)}
        if found[n].language in defined - tongues - {""}:
            found[n] = replace(found[n], role=TERM)
    if len(tongues) < 2 and not _of_role(found, "translation"):  # noqa: PLR2004  (else each defines the other)
        let(DEFINITION, "expansion", "note")


def holds_entries(found: Mapping[int, Column]) -> bool:
    """Whether there are a term and a definition among columns, or terms in two languages."""
    kinds = [known.role for known in found.values()]
    return TERM in kinds and (
        DEFINITION in kinds or "translation" in kinds or kinds.count(TERM) > 1
    )


def chosen(names: Sequence[str], columns: Mapping[str, str], origin: str) -> dict[int, Column]:
    """The columns as a person chose them: from a role to a column's name, letter or number.

    A role is one of ``CHOICES``, with a language after it if need be (``definition_ar``).

    Raises:
        GlossaryError: there is no such role or column.
    """
    found: dict[int, Column] = {}
    for key, name in columns.items():
        role, _, language = key.partition("_")
        if role not in CHOICES or (language and not language_of(language)):
            raise GlossaryError(f"There is no field “{key}”: choose of {', '.join(CHOICES)}.")
        place = _place(name, names)
        if place is None:
            there = ", ".join(f"{letter(n)}: {name or '-'}" for n, name in enumerate(names))
            raise GlossaryError(
                f"{origin} has no column “{name}” for “{key}”: its columns are {there}."
            )
        found[place] = Column(role, language_of(language))
    return found


def _place(name: str, names: Sequence[str]) -> int | None:
    folded = [fold(each) for each in names]
    if name in names:
        return names.index(name)
    if fold(name) and fold(name) in folded:
        return folded.index(fold(name))
    if name.strip().isdecimal():
        place = int(name) - 1
    elif re.fullmatch(r"[A-Za-z]{1,3}", name.strip()):
        place = -1
        for digit in name.strip().upper():
            place = (place + 1) * 26 + ord(digit) - ord("A")
    else:
        return None
    return place if 0 <= place < len(names) else None


def letter(place: int) -> str:
    """A column's letter as spreadsheets have it: A for 0, AA for 26."""
    name = ""
    while place >= 0:
        name, place = chr(ord("A") + place % 26) + name, place // 26 - 1
    return name
