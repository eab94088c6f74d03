"""Concepts of Glossarist, as standards keep them: ISO/TC 211, the Electropedia, OSGeo.

The model is that of glossarist.org. A concept names its versions in each language, or holds them
under codes of three letters (ISO 639-2); a version has its designations, the preferred one first.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_CODE = re.compile("[a-z]{3}")
_STATUSES = ("preferred", "admitted", "")  # not “deprecated”, “superseded”
_MENTION = re.compile(r"\{\{(?:urn:[^{},]{1,200},\s*)?([^{},]{1,200})(?:,[^{}]{0,200})?\}\}")
_STEM = re.compile(r"\bstem:\[([^\[\]]{1,300})\]")


def terms(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """The terms of an object that is a concept, or a version of one; else None.

    Those of one concept share an id. A concept that but names its versions has none.
    """
    versions = [*_versions(value)]
    if not versions:
        data = value.get("data")
        named = isinstance(data, dict) and isinstance(data.get("localized_concepts"), dict)
        return {"terms": []} if named else None
    english = next((data for data in versions if data.get("language_code") == "eng"), versions[0])
    shared = next(iter(_names(english)), "") if len(versions) > 1 else ""
    told = [_fields(data) for data in versions if _names(data)]
    return {"terms": [{"id": shared, **fields} if shared else fields for fields in told]}


def _versions(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    data = value.get("data", value)
    if _is_version(data):
        yield data
        return
    for code, held in value.items():
        if _CODE.fullmatch(str(code)) and _is_version(held):
            yield {"language_code": code, **held}


def _is_version(data: Any) -> bool:  # noqa: ANN401
    terms = data.get("terms") if isinstance(data, dict) else None
    return (
        isinstance(terms, list)
        and bool(terms)
        and all(
            isinstance(term, dict) and isinstance(term.get("designation"), str) for term in terms
        )
    )


def _names(data: Mapping[str, Any]) -> list[str]:
    """The designations that are in use, the preferred before the admitted."""
    told = [(str(t.get("normative_status") or ""), t["designation"]) for t in data["terms"]]
    kept = [(_STATUSES.index(status), name) for status, name in told if status in _STATUSES]
    return [name for _, name in sorted(kept, key=lambda pair: pair[0])]


def _fields(data: Mapping[str, Any]) -> dict[str, Any]:
    term, *aliases = _names(data)
    found = {
        "term": term,
        "aliases": aliases,
        "language": data.get("language_code"),
        "definition": "\n\n".join(_texts(data.get("definition"))),
        "example": [*_texts(data.get("examples"))],
        "note": "\n\n".join(_texts(data.get("notes"))),
    }
    return {name: held for name, held in found.items() if held}


def _texts(held: Any) -> Iterator[str]:  # noqa: ANN401
    for each in held if isinstance(held, list) else [held]:
        text = each.get("content") if isinstance(each, dict) else each
        if isinstance(text, str):
            yield _STEM.sub(r"\1", _MENTION.sub(r"\1", text)).strip()
