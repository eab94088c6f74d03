"""Columns: what a table's column, or an object's field, holds, told by its name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from knowledge.formats.tables import writing
from knowledge.formats.tables.slips import Slips
from knowledge.formats.tables.tongues import coded, inflected, language_of
from knowledge.language.text import written_in
from knowledge.language.words import fold

TERM, DEFINITION = "term", "definition"
NOTHING = "nothing"
"""The role of a column that is known, and of no use in an entry."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERING = re.compile(r"^(?:\d+|[a-z]|[ivx]+) (?=\w)| \d+$|(?<=[^\W\d])\d$")
_REGIONAL = re.compile(r"(.*?)[\W_]+([a-z]{2}[-_](?:[A-Z]{2}|[A-Z][a-z]{3}))\W?")
_EITHER = re.compile(r"\s*(?:[/&|;,،+]|\b(?:or|and|أو|و|oder|ou|et|und)\b|\(.*)\s*")
_SCRIPTS = re.compile(r"[^\u0250-\uffff]*[A-Za-z][^\u0250-\uffff]*|[\u0250-\uffff ]+")
_BRACKETS = "[]<>{}()«»“”\"'_*… "
_LONGEST, _LAST = 60, 999  # characters of a name, and a rank
_MANY = 60  # names; those of more are of one file alone
_WORDS = frozenset({"am", "he", "hi", "id", "it", "si", "ms", "et", "ml", "pa", "ps", "tl"})
"""Codes of languages that may as well be names of something else."""


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
        """As a mapping names it: ``term``, ``definition_ar``."""
        return f"{self.role}_{self.language}" if self.language else self.role


@lru_cache(maxsize=2**17)  # a file's keys, each of which is looked at several times
def column(name: str) -> Column | None:  # noqa: PLR0911  (from the surest on)
    """What a column of this name holds; None if the name says nothing."""
    name = name.strip().lstrip("#").strip() or name.strip()  # “# term”, as in a comment
    if not name or len(name) > _LONGEST:
        return None
    if known := _known(_CAMEL.sub(" ", name)) or _known(name):
        return known
    words = fold(_CAMEL.sub(" ", name)).split()
    if known := _of_tongue(words, coded):  # the names of all languages are slow to get
        return known
    if whole := language_of(name):
        return Column("", whole)
    if name.endswith(("名", "명")) and (whole := language_of(name[:-1])):
        return Column(TERM, whole, _LAST)  # 英語名
    if (regional := _REGIONAL.fullmatch(name)) and (known := _known(regional[1])):
        return replace(known, language=language_of(regional[2]))
    if known := _of_tongue(words, inflected):
        return known
    for rest, language in _parted(words, inflected):
        if _words("around") | _words("qualifying") >= {*rest}:
            return Column("", language)
    return _partly(name, words)


def _partly(name: str, words: Sequence[str]) -> Column | None:  # noqa: PLR0911  (as above)
    """What a part of a name says that the column holds."""
    both = [part.strip() for part in _SCRIPTS.findall(name)]  # “术语 Term”, “التعريف Definition”
    if len(both) == 2 and (known := next(filter(None, map(column, both)), None)):  # noqa: PLR2004
        return replace(known, rank=_LAST)
    if len(words) > 1 and words[:2] == ["term", "to"]:  # “Term to avoid”
        return Column(TERM, "", _LAST)
    if fold(name).endswith(tuple(_words("ending"))):  # 名词解释
        return Column(DEFINITION, "", _LAST)
    if words and words[-1] in _words("defining"):  # “Covert (in-group) meaning”
        of = _known(words[0]) if words[1:2] and words[1] in _words("of") else None
        return of or Column(DEFINITION, "", _LAST)  # “Source de la définition”
    for role in (TERM, DEFINITION) if words else ():  # “Définition pour l'élève”
        if words[0] in _words(f"{role} first") and not any(map(_known, words[1:])):
            return Column(role, "", _LAST)
    if words[1:] and words[0] in _words("defining") and words[1] in _words("for whom"):
        return Column(DEFINITION, "", _LAST)  # “Explanation in plain words”
    if role := _head(words):
        return Column(role, "", _LAST)
    first = _EITHER.split(name, maxsplit=1)[0]  # “Term / phrase”, “Meaning (short)”
    return column(first) if first and first != name else None


def _head(words: Sequence[str]) -> str:
    """The role of a name whose words name terms and definitions, as its noun says it; or “”.

    That stands first where others depend on it: “Description of the term”, “Concept name”.
    """
    depends = _words("of") | _words("of a term")
    nouns = [word for word in words if word not in depends | _words("adjectives")]
    if all(len(word) == 1 for word in words):  # 术语名称
        whole = "".join(words)
        cuts = ([whole[:n], whole[n:]] for n in range(2, len(whole) - 1))
        nouns = next((cut for cut in cuts if all(map(_known, cut))), [])
    roles = [known.role if (known := _known(noun)) else "" for noun in nouns]
    if not roles or not ({*roles} <= {TERM, DEFINITION} or {*roles} <= {TERM, "translation"}):
        return ""
    return roles[0] if depends & {*words} or words[0] in _words("definition first") else roles[-1]


def names_itself(text: str, role: str) -> bool:
    """Whether a cell holds but the name of its column, as in a form that is still to be filled in.

    “Name of the term”, “Definition 1”, “[your definition here]”.
    """
    if len(text) > _LONGEST:
        return False
    words = [word for word in fold(text.strip(_BRACKETS)).split() if word not in _words("forms")]
    known = column(" ".join(words))
    return known is not None and known.role == role


@cache
def _words(kind: str) -> frozenset[str]:
    """Words of a list of ``naming.yaml``, folded."""
    return frozenset(map(fold, _listed("naming.yaml")[kind]))


@cache
def _listed(name: str) -> dict[str, list[str]]:
    text = files("knowledge.formats.tables").joinpath(name).read_text("utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # all is text: no
    listed: dict[str, list[str]] = yaml.load(text, loader)  # noqa: S506
    return listed


def _of_tongue(words: Sequence[str], tongue: Callable[[str], str]) -> Column | None:
    """What a column holds whose name has that of a language at its end or its beginning."""
    for rest, language in _parted(words, tongue):
        known = _known(" ".join(rest))
        if known and known.role == "language" and tongue is inflected:
            return Column("", language)  # باللغة الإنجليزية, but no language_id
        if known and known.role == "sources" and language == "id":
            return Column(NOTHING)  # url_id
        if known and known.role != NOTHING:
            return replace(known, language=language)
    return None


def is_tongue(name: str) -> bool:
    """Whether a name is that of a language, and of nothing else."""
    return (found := column(name)) is not None and not found.role


def _known(name: str) -> Column | None:
    folded = fold(name).replace("ı", "i")  # keys are often without the dots of Turkish, or with
    ways = (folded, _NUMBERING.sub("", folded), _slips().name(folded))
    return next(filter(None, map(_names().get, ways)), None)


@cache
def _slips() -> Slips:
    return Slips(name for name, known in _names().items() if known.role != NOTHING)


def _parted(words: Sequence[str], tongue: Callable[[str], str]) -> Iterable[tuple[list[str], str]]:
    """A name without that of a language at its end or its beginning, and which that is."""
    for count in (1, 2, 3):
        if len(words) >= count:
            if language := tongue(" ".join(words[-count:])):
                rest = list(words[:-count])
                yield rest, language
                while rest and rest[-1] in _words("around"):
                    rest.pop()
                yield rest, language
            if language := tongue(" ".join(words[:count])):
                yield list(words[count:]), language


@cache
def _names() -> dict[str, Column]:
    found: dict[str, Column] = {}
    for role, names in _listed("columns.yaml").items():
        for rank, name in enumerate(names):
            known = fold(str(name)).replace("ı", "i")
            for folded in {known, known.replace(" ", "")}:
                found.setdefault(folded, Column(role, "", rank))
    return found


def recognised(names: Sequence[str], *, has_term: bool = False) -> dict[int, Column]:
    """What each of some columns holds, by its place.

    Of several that could be the term the one with the surest name is; an acronym is it where there
    is no other. A column that is named for a language alone holds a term in it, or where another
    column without a language holds the term and none the definition, a definition. In what
    ``has_term`` already, as an object by its key, nothing stands in for the term.
    """
    told = _recognised if len(names) < _MANY else _recognised.__wrapped__
    return dict(told(tuple(names), has_term=has_term))


@lru_cache(maxsize=1024)  # objects of a list have the same fields, thousands of them
def _recognised(names: tuple[str, ...], *, has_term: bool) -> dict[int, Column]:
    found = {n: known for n, name in enumerate(names) if (known := column(name))}
    ja = any(known.language == "ja" for known in found.values())
    found |= {n: Column("", lang) for n, lang in writing.languages(names, japanese=not ja).items()}
    found = writing.apart(names, found)
    found = _romanise(names, found)
    bare = [n for n, known in found.items() if not known.role]
    roles = {known.role for known in found.values()}
    by_chance = len(bare) == 1 and names[bare[0]].strip().lower() in _WORDS
    if by_chance and not {TERM, DEFINITION} <= roles:
        del found[bare.pop()]
    if "translation" in roles and not roles & {TERM, "acronym"}:  # source and target
        found |= {n: Column(TERM) for n, name in enumerate(names) if fold(name) == "source"}
    if TERM not in roles and bare:  # and before it stands what is said in that language
        texts = _words("texts") | ({"source"} if len(bare) == 1 else set())
        first = next((n for n in range(bare[0]) if fold(names[n]) in texts), None)
        found |= {first: Column(TERM)} if first is not None else {}
    defines = "term" in roles and "definition" not in roles
    for n in bare:
        found[n] = replace(found[n], role=DEFINITION if defines else TERM)
    _name_in_their_language(found)
    _settle_topics(found, has_term=has_term)
    _substitute(found, has_term=has_term)
    for language in {known.language for known in found.values() if known.role == TERM}:
        terms = [n for n, k in found.items() if k.role == TERM and k.language == language]
        best = min(terms, key=lambda n: (found[n].rank, n))
        found |= {n: Column(NOTHING) for n in terms if n != best}
    return found


def _name_in_their_language(found: dict[int, Column]) -> None:
    """Lets a translation be the term in its language, where that has a definition and no term."""
    tongues = {role: {k.language for k in found.values() if k.role == role}
               for role in (TERM, DEFINITION)}  # fmt: skip
    for n, known in found.items():
        if known.role == "translation" and known.language in tongues[DEFINITION] - tongues[TERM]:
            found[n] = replace(known, role=TERM)


def _romanise(names: Sequence[str], found: Mapping[int, Column]) -> dict[int, Column]:
    """Words that are put into Latin letters: aliases, or the terms where no other column has them.

    Where they come first the terms do, in their own letters, and before what they mean.
    """
    n = writing.romanised(names)
    roles = {known.role for known in found.values()}
    if n is None or len(found) == 1 or roles & {"acronym", "expansion"}:
        return dict(found)
    bare = [m for m, known in found.items() if not known.role]
    native = [m for m in bare if "LATIN" not in written_in(found[m].language)]
    alone = bare and not native and TERM not in roles
    own = {n: Column(TERM if alone else "aliases")}
    first = {m: found[m] for m in native if n < min(bare)}
    return first | {m: known for m, known in found.items() if m not in first} | own


def _substitute(found: dict[int, Column], *, has_term: bool) -> None:
    """Lets another column stand in where none holds the term, or none the definition.

    Words in two languages define each other, so that nothing has to.
    """
    tongues = {known.language for known in found.values() if known.role == TERM}
    for role, stands_in in ((TERM, ("acronym", "expansion")), (DEFINITION, ("expansion", "note"))):
        roles = {known.role for known in found.values()} | ({TERM} if has_term else set())
        if role == DEFINITION and (len(tongues) > 1 or "translation" in roles):
            full = {n: known for n, known in found.items() if known.role == "expansion"}
            if role not in roles and tongues == {known.language for known in full.values()}:
                found |= {n: replace(known, role=role) for n, known in full.items()}
            continue
        substitute = next((r for r in stands_in if r in roles), None)
        if (
            role not in roles
            and substitute
            and (role == DEFINITION or roles & {DEFINITION, "expansion"} - {substitute})
        ):
            n = min(n for n, known in found.items() if known.role == substitute)
            found[n] = replace(found[n], role=role)


def _settle_topics(found: dict[int, Column], *, has_term: bool) -> None:
    """A topic is what is explained, or where something else is, what that belongs to."""
    others = has_term or any(known.role in (TERM, "acronym") for known in found.values())
    for n, known in found.items():
        if known.role == "topic":
            found[n] = replace(known, role="category" if others else TERM, rank=_LAST)


def holds_entries(found: Mapping[int, Column]) -> bool:
    """Whether there are a term and a definition among columns, or terms in two languages."""
    roles = [known.role for known in found.values()]
    return TERM in roles and (
        DEFINITION in roles or "translation" in roles or roles.count(TERM) > 1
    )
