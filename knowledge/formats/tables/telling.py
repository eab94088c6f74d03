"""Telling: the language of rows that say none, by their text and what their file says of itself."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from knowledge.fault import Fault
from knowledge.formats.sites import paths
from knowledge.formats.tables import values
from knowledge.formats.tables.columns import DEFINITION, TERM
from knowledge.formats.tables.record import Record
from knowledge.formats.tables.tongues import coded, script
from knowledge.formats.telling import told, worded
from knowledge.language.text import ENOUGH_LETTERS, base, detect, scripts, written_in

_SAMPLED = 60  # rows
_MUCH = 400  # characters by which a language is told without doubt
_TELLING, _LEAST, _AGREED = 400, 80, 0.8  # characters to tell a language by, and share of votes
_NEARLY, _NAMED = 0.7, 0.2  # shares: of rows in one script; of its letters in a row of names
_LATIN = re.compile("[A-Za-z]+")
# What columns of terms and definitions are called in one language only.
_HEADS = {
    "de": "begriff, begriffe, fachbegriff, bezeichnung, bedeutung, erklärung, erläuterung, "
    "abkürzung, übersetzung, auflösung, beschreibung",
    "fr": "terme, termes, définition, définitions, mot",
    "es": "término, términos, definición, definiciones, explicación, palabra",
    "pt": "termo, termos, definição, definições, explicação, palavra",
    "it": "termine, termini, definizione, definizioni, spiegazione, parola",
    "tr": "terim, terimler, tanım, tanımı, anlam, anlamı, açıklama, açıklaması, kelime, sözcük",
    "fa": "واژه, تعریف, معنی, معنا, کلمه, توضیح, توضیحات",
    "ar": "المصطلح, التعريف, المعنى, الشرح, الكلمة, المفردة, المصطلحات",
    "ru": "термины, определение, значение, описание, слово, понятие",
    "uk": "термін, визначення, значення",
    "pl": "hasło, pojęcie, definicja, znaczenie",
    "nl": "begrip, begrippen, definitie, betekenis, omschrijving",
    "sv": "begrepp, förklaring, betydelse",
    "id": "istilah, definisi, pengertian, penjelasan",
    "fi": "käsite, määritelmä, selitys",
    "hu": "fogalom, kifejezés, meghatározás, magyarázat",
    "cs": "pojem, definice, význam",
    "ro": "definiție, explicație",
    "vi": "thuật ngữ, định nghĩa",
}
# What a file of terms is called in one language only.
_FILES = {
    "glossar": "de", "begriffe": "de", "wörterbuch": "de", "glossaire": "fr", "lexique": "fr",
    "glosario": "es", "términos": "es", "glossário": "pt", "glosariusz": "pl", "słownik": "pl",
    "sözlük": "tr", "sozluk": "tr", "terimler": "tr", "глоссарий": "ru", "словарь": "ru",
    "термины": "ru", "مسرد": "ar", "مصطلحات": "ar", "قاموس": "ar", "واژگان": "fa", "واژه": "fa",
    "woordenlijst": "nl", "begrippenlijst": "nl", "ordlista": "sv", "sanasto": "fi",
    "slovník": "cs",
}  # fmt: skip
_DOUBTFUL = {"it", "id", "am", "he", "hi", "ms", "et", "ml", "pa", "ps", "tl", "is", "si", "da"}
"""Codes that may as well be words of a file's name."""


@dataclass(frozen=True)
class Usual:
    """What rows that say no language are usually in."""

    languages: Mapping[str, str]
    """By script."""
    script: str = ""
    """That of the column: of nearly all its rows."""

    def of(self, row: Record) -> str:
        """The language of a row, by its script; of a short one in Latin letters, the column's."""
        text = sample(row)
        own, counts = script(text), scripts(text)
        names = counts.total() < ENOUGH_LETTERS or counts[self.script] >= _NAMED * counts.total()
        own = self.script if own == "LATIN" and self.script and names else own
        return self.languages.get(own, "")


def usual(rows: Sequence[Record | Fault], origin: str) -> Usual:
    """The languages that rows which say none are usually in; told from some of them.

    Where there is little text, the names of the columns and of the file say it.
    """
    untold = [
        row for row in rows if isinstance(row, Record) and _says(row) and not row.of("language")
    ]
    samples = [sample(row) for row in untold[:: len(untold) // _SAMPLED + 1]]
    found = _by_script(samples)
    if untold and sum(map(len, samples)) < _MUCH:
        names = [name for k, name in untold[0].names.items() if k.role in (TERM, DEFINITION)]
        text = " ".join(samples)
        said = of_names(names)
        if script(text) != "LATIN":  # whose languages share more of their short words
            said = _unless_plainly_not(said, text)
        said = said or of_file(origin, text)
        found |= dict.fromkeys(written_in(said), said) if said else {}
    most, count = next(iter(Counter(map(script, samples)).most_common(1)), ("", 0))
    return Usual(found, most if count >= _NEARLY * len(samples) else "")


def _says(row: Record) -> bool:
    """Whether a row says something in no language that is told; of words in two, the one."""
    return bool(row.of(DEFINITION, "") or (row.of(TERM, "") and not row.of(DEFINITION)))


def _by_script(texts: Iterable[str]) -> dict[str, str]:
    """The language that the texts in each script are in, where they are in one.

    Told from them together: each alone is too short to be sure of.
    """
    by_script: dict[str, list[str]] = {}
    for text in texts:
        name = script(text)
        pieces = by_script.setdefault(name, [""])
        if len(pieces[-1]) > _TELLING:
            pieces.append("")
        pieces[-1] += f"{text if name == 'LATIN' else _LATIN.sub('', text)}\n"
    found: dict[str, str] = {}
    for name, pieces in by_script.items():
        if len(pieces) > 1 and len(pieces[-1]) < _TELLING:
            pieces.pop()
        tells = told if name != "LATIN" else partial(worded, script=name)
        said = tells(" ".join(pieces)) if name and len(pieces) == 1 else ""
        if said:
            found[name] = said
        elif name and len(pieces[0]) >= _LEAST:
            (most, votes), *_ = Counter(detect(piece) for piece in pieces).most_common(1)
            if most and votes >= _AGREED * len(pieces):
                found[name] = most
    return found


def of_names(names: Iterable[str]) -> str:
    """The language that the names of columns are in, if they are in one that is not English."""
    told = {name.strip().lower() for name in names}
    found = {code for code, words in _HEADS.items() if told & {*words.split(", ")}}
    return found.pop() if len(found) == 1 else ""


def of_file(name: str, text: str) -> str:
    """The language that a file's name or folder says it is in, unless its text is plainly not."""
    path = PurePath(name)
    said = paths.language(path)
    for word in re.split(r"[-_. ]+", path.stem.lower()):
        said = said or _FILES.get(word, "") or ("" if word in _DOUBTFUL else coded(word))
    return _unless_plainly_not(said, text)


def _unless_plainly_not(said: str, text: str) -> str:
    """The language that something says a text is in, unless it is plainly in another."""
    plain = worded(text, script(text)) if said else ""
    return "" if plain and plain != base(said) else said


def sample(row: Record) -> str:
    """The text of a row by which its language is told: what it says of its term, if anything."""
    texts = (*row.of(DEFINITION, "")[:1], *(row.of(TERM, "") or row.of(TERM))[:1])
    return " ".join(values.text_of(text)[:300] for text in texts)
