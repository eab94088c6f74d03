"""Tongues: which language a name means, and which one many short texts are in."""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from knowledge.language.text import main_script
from knowledge.language.words import fold

# Languages by their codes, of those that glossaries are written in. Codes that are also English
# words, or usual names of columns (is, no, to), say nothing; nor do those after a name alone (id).
_CODES = frozenset(
    re.findall(
        r"\w+",
        "af am ar az bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id it"
        " ja ka kk km kn ko ku lt lv mk ml mn mr ms nb ne nl nn pa pl ps pt ro ru si sk sl sq sr"
        " sv sw ta te th tl tr uk ur uz vi zh zu",
    )
)
_LETTERS = {"eng": "en", "ara": "ar", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
            "spa": "es", "por": "pt", "ita": "it", "tur": "tr", "fas": "fa", "rus": "ru",
            "zho": "zh", "chi": "zh", "jpn": "ja", "jp": "ja", "cn": "zh", "kor": "ko",
            "kr": "ko", "gr": "el", "cz": "cs", "ua": "uk", "vn": "vi", "ge": "ka", "dk": "da",
            "mandarin": "zh", "farsi": "fa", "castellano": "es", "norsk": "nb",
            "norwegian": "nb"}  # fmt: skip
_OTHER_NAMES = {
    "ar": "عربي", "en": "انجليزي انكليزي انكليزية ingilizcesi anglicky anglicka ภาษาอังกฤษ engleski"
          " английски kiingereza ინგლისური անգլերեն ағылшын ingilis anglų angļu inglise angleščina"
          " anglès ingelesa 英文 영문",
    "fr": "فرنسي 法文", "de": "الماني 德文", "es": "اسباني", "tr": "تركي turkcesi", "fa": "فارسي",
    "zh": "中文 漢語 汉语 国语", "ja": "日文 日语 日語", "ru": "俄文", "ko": "韩文 韓文 한글 국문",
    "zh-Hans": "简中 簡中 简体 簡體", "zh-Hant": "繁中 繁体 繁體 繁體中文 正體中文",
}  # fmt: skip
_TAG = re.compile(
    r"[a-z]{2,3}(?:[-_](?:hans|hant|latn|cyrl|arab))?(?:[-_](?:[a-z]{2}|419))?", re.IGNORECASE
)
_ENDINGS = (
    (re.compile(r"(?<=\w{4})(?:e[mnrs]?|as?|os?)$"), ""),  # englischer, anglaise, inglesa, Engelse
    (re.compile(r"(?<=sk)(?:a|ie|iego|iej)$"), "i"),  # angielska
    (re.compile(r"(?<=ск)(?:ая|ое|ие|ого|ом)$"), "ии"),  # английское, as it is folded
    (re.compile(r"(?<=ськ)(?:ою|е|ии)$"), "а"),  # англійською
)
"""What the name of a language ends in where it stands before a noun, and what it does alone."""
_LONGEST = 60  # characters of a name
_SCRIPT = 4  # letters of its code


def language_of(text: str) -> str:
    """The tag of a language that is given by tag or by name (“ar-EG”, “Arabic”, “عربي”); or “”."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if _TAG.fullmatch(text):
        first, *rest = re.split("[-_]", text)
        code = _LETTERS.get(first.lower(), first.lower())
        if code in _CODES:
            return "-".join([code, *(r.title() if len(r) == _SCRIPT else r for r in rest)])
    return named(fold(text))


def of_keys(held: Any) -> dict[str, str]:  # noqa: ANN401
    """The languages that the keys of an object mean, if each means one, or half of several.

    Codes that are words as well mean a language beside others: “no”, “is”, “la”.
    """
    tongues = {str(k): language_of(str(k)) for k in held} if isinstance(held, dict) else {}
    told = {key: language for key, language in tongues.items() if language}
    if told:
        told |= {key: key for key in tongues if key not in told and key in _codes()}
    return told if len(told) == len(tongues) or 1 < len(told) >= len(tongues) / 2 else {}


@lru_cache(maxsize=4096)
def named(folded: str) -> str:
    """The tag of a language by its folded name or code; or “”."""
    return coded(folded) or _language_names().get(folded, "")


@lru_cache(maxsize=4096)
def inflected(folded: str) -> str:
    """The tag of a language by its folded name as it stands before a noun: “englische”; or “”."""
    alone = (ending.sub(end, folded) for ending, end in _ENDINGS)
    return named(folded) or next(filter(None, map(_language_names().get, alone)), "")


def coded(folded: str) -> str:
    """The tag of a language by its folded code; or “”."""
    return folded if folded in _CODES else _LETTERS.get(folded, "")


@cache
def _codes() -> frozenset[str]:
    return frozenset(_language_names().values())


@cache
def _language_names() -> dict[str, str]:
    """Names of languages in those most written in (Unicode CLDR), and others."""
    text = files("knowledge.formats.tables").joinpath("tongues.json").read_text("utf-8")
    found = {fold(name): code for code, names in json.loads(text).items() for name in names}
    for code, others in _OTHER_NAMES.items():
        for name in others.split():
            found.setdefault(fold(name), code)
    return found


def script(text: str) -> str:
    """The script that a cell is in, whatever names in Latin letters it holds; or “”."""
    return main_script(text, brief=True)
