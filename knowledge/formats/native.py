"""The project's own format, written: an entry as Markdown that is read back as the same entry."""

import re
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

import yaml

from knowledge.entry import BODY, SUMMARY, Entry, Section, Source
from knowledge.formats.draft import section_name, slug
from knowledge.formats.markdown import sections
from knowledge.formats.sites import paths
from knowledge.language import scripts, written_in

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
    name = entry.id
    if len(name.encode()) > _LONGEST:
        name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip("-")
    if _TAKEN.fullmatch(name):
        name += "-"  # not part of an id
    return PurePath(entry.language, f"{name}.md")


def write(entry: Entry, path: PurePath | None = None) -> str:
    """An entry as a file, to stand at ``path`` (by default its ``place``).

    Read from there, it is the same entry, but for a heading that has none: a section that is known
    by its name alone gets one.
    """
    path = path or place(entry)
    fields: dict[str, Any] = {"term": entry.term}
    if slug(paths.entry_id(path)) != entry.id:
        fields["id"] = entry.id
    if paths.language(path) != entry.language:
        fields["language"] = entry.language
    for name in ("aliases", "category", "related", "asked"):
        if value := getattr(entry, name):
            fields[name] = value if isinstance(value, str) else list(value)
    if entry.sources:
        fields["sources"] = [_source(source) for source in entry.sources]
    if entry.updated:
        fields["updated"] = entry.updated
    matter = yaml.dump(fields, Dumper=_SAFE, allow_unicode=True, sort_keys=False, width=2**20)
    blocks = [block for section in entry.sections for block in _blocks(section, entry.language)]
    return f"---\n{matter}---\n\n" + "\n\n".join(blocks) + "\n"


def _source(source: Source) -> Any:  # noqa: ANN401
    told = {"authors": source.authors, "title": source.title, "year": source.year}
    told["url"] = source.url
    told = {name: value for name, value in told.items() if value}
    return source.title if list(told) == ["title"] else told


def _blocks(section: Section, language: str) -> list[str]:
    heading = section.heading
    if not heading and section.name.partition("-")[0] not in (SUMMARY, BODY):
        heading = _heading(section.name, language)
    blocks = [_written(f"## {heading}", f"## {_escaped(heading)}", heading)] if heading else []
    return blocks + [_paragraph(text) for text in section.text.split("\n\n") if text.strip()]


def _paragraph(text: str) -> str:
    """A paragraph, escaped where it would not be read as it is."""
    lines = text.strip("\n")
    return _written(lines.replace("\n", "\\\n"), _escaped(lines).replace("\n", "\\\n"), lines)


def _written(bare: str, escaped: str, text: str) -> str:
    """The first that is read as the text: bare, escaped or as code."""
    for written in (bare, escaped):
        read = [part for s in sections(written) for part in (s.heading, s.text) if part]
        if read == [text]:
            return written
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{fence}\n{text}\n{fence}"


def _escaped(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _SYNTAX.sub(r"\\\1", text))


@cache
def _headings() -> dict[str, list[str]]:
    text = files("knowledge.formats").joinpath("headings.yaml").read_text("utf-8")
    table: dict[str, list[str]] = yaml.safe_load(text)
    return table


def _heading(name: str, language: str) -> str:
    """A heading by which a section's name is known, in the entry's script where there is one."""
    known = _headings().get(name, [])
    own = (h for h in known if written_in(language).issuperset(scripts(h)))
    heading = next(own, known[0] if known else name.replace("-", " "))
    return heading if section_name(heading) == name else name
