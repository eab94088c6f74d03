"""Lessons: ``masrad lesson``."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant import AssistantError
from assistant.classroom.lesson import (
    LENGTHS,
    MOST_MINUTES,
    Lesson,
    LessonMaker,
    place,
    told_minutes,
    words,
)
from assistant.commands.base import (
    JSON,
    Options,
    argument,
    check_place,
    command,
    flag,
    up_to,
    write,
)
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import detect


@command(
    argument("term", "an id or a name", metavar="TERM"),
    argument(
        "--minutes",
        f"how long it is; default: {LENGTHS[2]}",
        type=up_to(MOST_MINUTES),
        default=LENGTHS[2],
        metavar="N",
    ),
    argument(
        "--language", "of the lesson; default: the one that the name is in", default="", metavar="L"
    ),
    argument("--pdf", "write it as a sheet, the answers apart", type=Path, metavar="FILE"),
    flag("--both", "with --pdf: the sheet also in the glossary's other languages"),
    JSON,
)
def lesson(options: Options) -> None:
    """Make a lesson on a term, every sentence of it the glossary's own."""
    if options.pdf:
        check_place(options.pdf)
    assistant = options.assistant()
    glossary = assistant.glossary
    entry = _entry(glossary, options.term, options.language)
    maker = LessonMaker.of(assistant)
    made = maker.make(entry, options.minutes)
    lines = _lines(made, glossary)
    if options.pdf:
        from assistant.classroom.sheet import (  # noqa: PLC0415  (a compiler of 40 MB)
            in_other_languages,
            sheet,
        )

        others = in_other_languages(made, maker) if options.both else []
        write(options.pdf, sheet(glossary, made, *others))
        lines = iter([f"{options.pdf}: {made.title}, {made.minutes} minutes."])
    options.show(made.as_json(), lines)


def _entry(glossary: Glossary, term: str, language: str) -> Entry:
    entry_id = glossary.id_of(term)
    if entry_id is None:
        raise AssistantError(f"There is no term “{term}” in this glossary.")
    versions = glossary.versions(entry_id)
    told = detect(term, [e.language for e in versions]) or versions[0].language
    entry = glossary.get(entry_id, language or told)
    if entry is None or (language and entry.language != language):
        tags = ", ".join(e.language for e in versions)
        raise AssistantError(f"“{term}” is not written in “{language}”: choose one of {tags}.")
    return entry


def _lines(lesson: Lesson, glossary: Glossary) -> Iterator[str]:
    said, minutes = words(lesson.language), partial(told_minutes, language=lesson.language)
    yield f"{lesson.title} ({minutes(lesson.minutes)})"
    for part, places in lesson.parts:
        yield f"\n{said['parts'][part]} ({minutes(lesson.shares[part])})"
        for item in (lesson.items[n] for n in places):
            for line in item.question.splitlines():
                yield f"  {line}"
            for n, option in enumerate(item.options):
                yield f"    {'☒' if n in item.right else '☐'} {option}"
            source = place(item.citation, glossary) if item.citation else said["own_words"]
            yield f"  {'→' if item.question else '•'} {item.text} [{source}]"
