"""Lessons: ``masrad lesson``."""

import argparse
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
from assistant.commands.base import check_place, open_assistant, print_json, up_to
from knowledge.editing.atomic import replacing_file
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import detect


class LessonCommand:
    """Make a lesson on a term, every sentence of it the glossary's own."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The term, ``--minutes``, ``--language``, ``--json`` and ``--pdf``."""
        add = parser.add_argument
        add("term", metavar="TERM", help="an id or a name")
        minutes = f"how long it is to be; default: {LENGTHS[2]}"
        add("--minutes", type=up_to(MOST_MINUTES), default=LENGTHS[2], metavar="N", help=minutes)
        language = "of the lesson; default: the one that the name is in"
        add("--language", default="", metavar="L", help=language)
        add("--pdf", type=Path, metavar="FILE", help="write it as a sheet, the answers apart")
        add("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Prints the lesson, or writes its sheet."""
        if options.pdf:
            check_place(options.pdf)
        assistant = open_assistant(options)
        glossary = assistant.glossary
        entry = _entry(glossary, options.term, options.language)
        lesson = LessonMaker.of(assistant).make(entry, options.minutes)
        if options.pdf:
            from assistant.classroom.sheet import sheet  # noqa: PLC0415  (a compiler of 40 MB)

            with replacing_file(options.pdf) as new:
                new.write_bytes(sheet(lesson, glossary))
        if options.json:
            print_json(lesson.as_json())
        elif options.pdf:
            print(f"{options.pdf}: {lesson.title}, {lesson.minutes} minutes.")
        else:
            print("\n".join(_lines(lesson, glossary)))
        return 0


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


def _lines(lesson: Lesson, glossary: Glossary) -> list[str]:
    said, minutes = words(lesson.language), partial(told_minutes, language=lesson.language)
    lines = [f"{lesson.title} ({minutes(lesson.minutes)})"]
    for part, places in lesson.parts:
        lines += ["", f"{said['parts'][part]} ({minutes(lesson.shares[part])})"]
        for item in (lesson.items[n] for n in places):
            lines += [f"  {line}" for line in item.question.splitlines()]
            lines += [
                f"    {'☒' if n in item.right else '☐'} {o}" for n, o in enumerate(item.options)
            ]
            source = place(item.citation, glossary) if item.citation else said["own_words"]
            lines.append(f"  {'→' if item.question else '•'} {item.text} [{source}]")
    return lines
