"""Pairing: what the front matter of a page says that its versions in other languages share."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.formats.pages import hypertext
from knowledge.formats.sites.phrase import plain_text
from knowledge.formats.tables.tongues import language_of

_KEYS = (
    "translationkey", "translation_key", "translationid", "translation_id", "i18nkey", "i18n_key",
    "i18n_id",
)  # fmt: skip
_VERSIONS = ("hreflang", "alternates", "alternate", "translations", "versions", "lang_links")
_LANGUAGE = ("hreflang", "lang", "language", "locale", "code")
_ADDRESS = ("href", "url", "link", "path", "slug")
_OF_TERMS = re.compile(r"(?:(?:gloss|lexi[ck])[^\W_]*|terms?)[-_./:]+(?=[^\W_])", re.IGNORECASE)
_REF = re.compile(r"[\w-]{1,80}")


def key(given: Mapping[str, Any]) -> str:
    """What names a page in all languages: its key, or where its English version stands; or “”."""
    said = next(filter(None, (plain_text(given.get(name)) for name in _KEYS)), "")
    ref = plain_text(given.get("ref")) if given.keys() & {"lang", "language", "locale"} else ""
    if said := said or (ref if _REF.fullmatch(ref) else ""):
        return _OF_TERMS.sub("", said.strip("/"), count=1).rpartition("/")[2]
    addresses = {code: to for name in _VERSIONS for code, to in _versions(given.get(name))}
    first = "en" if "en" in addresses else min(addresses, default="")
    return hypertext.link(addresses[first]) if len(addresses) > 1 else ""


def _versions(value: object) -> Iterator[tuple[str, str]]:
    """The languages of a field, each with the address of the page in it."""
    if isinstance(value, Mapping):
        value = [{"lang": code, "url": address} for code, address in value.items()]
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping):
            code = next((str(item[name]) for name in _LANGUAGE if item.get(name)), "")
            address = next((str(item[name]) for name in _ADDRESS if item.get(name)), "")
            if (tag := language_of(code)) and address:
                yield tag, address
