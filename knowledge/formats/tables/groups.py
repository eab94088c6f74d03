"""Groups: the categories that a file lists by their ids, beside the entries that refer to them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.formats.tables import objects
from knowledge.formats.tables.columns import TERM
from knowledge.formats.tables.fields import column_role

_IDS = ("id", "_id", "key", "slug", "code")
_MOST = 30  # fields of an object that holds both
_GROUPS = frozenset({"category", "topic"})
_REFERS = re.compile(r"[_-]?(?:ids?|key|slug|code)$", re.IGNORECASE)


def named(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """An object without its list of categories, which its entries have by their names then.

    ``{"categories": [{"id": "sea", "label": "The sea"}], "terms": [{…, "category": "sea"}]}``
    """
    lists = {key: held for key, held in value.items() if _is_listed(held)}
    for key, held in value.items() if len(value) <= _MOST else ():
        names = _names(held)
        for other, items in lists.items() if names else ():
            if other == key or len(items) < len(names):
                continue
            if field := next((field for field in items[0] if _refers(items, field, names)), None):
                told = [_with_name(item, field, names) for item in items]
                return {k: told if k == other else v for k, v in value.items() if k != key}
    return None


def _is_listed(held: Any) -> bool:  # noqa: ANN401
    return isinstance(held, list) and bool(held) and all(isinstance(each, dict) for each in held)


def _names(held: Any) -> dict[str, str]:  # noqa: ANN401
    """The names of groups by their ids."""
    by_id: Iterator[tuple[str, Any]] = iter(())
    if isinstance(held, dict):
        by_id = ((str(key), each) for key, each in held.items())
    elif _is_listed(held):
        key = next((key for key in _IDS if all(key in each for each in held)), "")
        by_id = ((str(each[key]), each) for each in held if key)
    return {key: _name(each) or key for key, each in by_id}


def _name(group: Any) -> str:  # noqa: ANN401
    texts = group.items() if isinstance(group, dict) else [("name", group)]
    named = (
        text
        for key, text in texts
        if isinstance(text, str) and column_role(str(key)) in {TERM, *_GROUPS}
    )
    return next(named, "")


def _refers(items: list[Mapping[str, Any]], field: str, names: Mapping[str, str]) -> bool:
    """Whether a field of some objects says the id of the group that each is of."""
    role = column_role(str(field)) or column_role(_REFERS.sub("", str(field)))
    held = [item.get(field) for item in items]
    return role in _GROUPS and all(isinstance(v, str | int) and str(v) in names for v in held)


def _with_name(item: Mapping[str, Any], field: str, names: Mapping[str, str]) -> Mapping[str, Any]:
    kept = {key: held for key, held in item.items() if key != field}
    return objects.remade(item, {**kept, "category": names[str(item[field])]})
