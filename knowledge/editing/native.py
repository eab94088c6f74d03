"""The project's own format, written: an entry as Markdown that is read back as the same entry."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import yaml

from knowledge.blocks import fenced
from knowledge.draft import Fields, section_name, slug
from knowledge.entry import BODY, SUMMARY, Entry, Section, Source
from knowledge.fault import Fault
from knowledge.formats import folders, markdown, matter
from knowledge.language.text import clean, scripts, written_in
from knowledge.lists import listed

_SAFE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LONGEST = 120  # bytes of a file's name: file systems end at 255, and lists of files before
# Names that are no file's on Windows, and those of files that hold no entry (``formats``).
_TAKEN = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d|readme|licen[cs]e|copying|changelog|contributing|notice|index)"
)
_SYNTAX = re.compile(r"([\\`*_\[\]<>&~#|{}!$])")
_LEADING = re.compile(r"^(\s*\d*)([-+=:.)])", re.MULTILINE)  # begins a list, or underlines


def place(entry: Entry) -> PurePath:
    """Where an entry stands in a folder of the project's own format: ``en/foundation-model.md``."""
    name = entry.id.encode()[:_LONGEST].decode(errors="ignore")
    name = name if name == entry.id else name.rstrip("-")
    if _TAKEN.fullmatch(name):
        name += "-"  # not part of an id
    return PurePath(entry.language, f"{name}.md")


def write(
    entry: Entry, path: PurePath | None = None, further: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """An entry as a file, to stand at ``path`` (by default its ``place``).

    Read from there, it is the same entry, but for a heading that has none: a section that is known
    by its name alone gets one. ``further`` are fields that the format does not know.
    """
    path = path or place(entry)
    front = dumped({**fields(entry, path), **further})
    return f"---\n{front}---\n\n{body(entry.sections, entry.language)}\n"


def body(parts: Sequence[Section], language: str) -> str:
    """Sections as Markdown, escaped where it would not be read as it is."""
    return "\n\n".join(block for part in parts for block in _blocks(part, language))


def _blocks(section: Section, language: str) -> Iterator[str]:
    heading = section.heading
    if not heading and section.name.partition("-")[0] not in (SUMMARY, BODY):
        heading = _heading(section.name, language)
    if heading:
        yield _written(f"## {heading}", f"## {_escaped(heading)}", heading)
    for text, block in section.paragraphs:
        if block or text.strip():
            yield block.written if block else paragraph(text.strip("\n"))


def source(data: bytes | None) -> str:
    """The text of a file."""
    return clean((data or b"").decode("utf-8-sig", errors="replace"))


def revised(data: bytes | None, entry: Entry, path: PurePath, typed: str = "") -> str:
    """The text of the file at ``path``, changed as little as makes it say what ``entry`` says.

    ``data`` is what it holds, None if it is not there. What stands below the front matter, or is
    ``typed`` to stand there, stays as it is written, with comments, links and emphasis; so does
    the front matter, of which fields that the format does not know stay in any case.
    """
    text = source(data)
    found = matter.read(text, str(path))
    below = "" if isinstance(found, Fault) else found.body
    front = text.removesuffix(below)
    further = _said(text, path)[1]
    anew = f"---\n{dumped({**fields(entry, path), **further})}---"
    below = f"\n\n{typed}\n" if typed else below
    tried = (front + below, anew + below, f"{front}\n\n{body(entry.sections, entry.language)}\n")
    whole = (text for text in tried if _said(text, path) == (entry, further))
    return next(whole, None) or write(entry, path, further)


def _said(text: str, path: PurePath) -> tuple[Entry | None, dict[str, Any]]:
    """The entry that a text is read as, and the fields that the format does not know."""
    read = (item for item in markdown.read(text, path) if isinstance(item, Entry))
    found = matter.read(text, str(path))
    values = {} if isinstance(found, Fault) else found.values
    return next(read, None), {k: v for k, v in values.items() if k not in Fields.model_fields}


def fields(entry: Entry, path: PurePath) -> dict[str, Any]:
    """The front matter of an entry that stands at ``path``: what is to be said, and no more."""
    found: dict[str, Any] = {"term": entry.term}
    if slug(folders.entry_id(path)) != entry.id:
        found["id"] = entry.id
    if folders.language(path) != entry.language:
        found["language"] = entry.language
    for name in ("aliases", "category", "related", "asked"):
        if value := getattr(entry, name):
            found[name] = value if isinstance(value, str) else list(value)
    if entry.sources:
        found["sources"] = [_source(source) for source in entry.sources]
    if entry.updated:
        found["updated"] = entry.updated
    return found


def dumped(values: Mapping[str, Any]) -> str:
    """Fields as YAML, each on lines of its own; nothing where there are none."""
    if not values:
        return ""
    options: Any = {"allow_unicode": True, "sort_keys": False, "width": 2**20}
    return str(yaml.dump(dict(values), Dumper=_SAFE, **options))


def _source(source: Source) -> Any:  # noqa: ANN401
    names = ("authors", "title", "year", "url")
    told = {name: value for name in names if (value := getattr(source, name))}
    return source.title if list(told) == ["title"] else told


def paragraph(text: str) -> str:
    """A paragraph as Markdown: bare, escaped or as code, whichever first is read as it is."""
    return _written(text.replace("\n", "\\\n"), _escaped(text).replace("\n", "\\\n"), text)


def _written(bare: str, escaped: str, text: str) -> str:
    """The first that is read as the text: bare, escaped or as code."""
    for written in (bare, escaped):
        found = markdown.sections(written)
        read = [(part, s.blocks) for s in found for part in (s.heading, s.text) if part]
        if read == [(text, ())]:
            return written
    return fenced(text)


def _escaped(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _SYNTAX.sub(r"\\\1", text))


def _heading(name: str, language: str) -> str:
    """A heading by which a section's name is known, in the entry's script where there is one."""
    known = listed("headings").get(name, [])
    own = (h for h in known if written_in(language).issuperset(scripts(h)))
    heading = next(own, known[0] if known else name.replace("-", " "))
    return heading if section_name(heading) == name else name
