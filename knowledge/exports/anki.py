"""Flash cards for Anki: term to definition and back."""

import hashlib
import html
import io
import itertools
import json
import sqlite3
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.draft import slug
from knowledge.entry import EXAMPLE, Entry, Source
from knowledge.exports.templates import cited, direction, grouped, is_web, own_name, own_text
from knowledge.glossary import Glossary
from knowledge.language.direction import isolate_runs, split
from knowledge.linking import Linker

_FIELDS = (
    "Term", "Definition", "Blanked", "Example", "Aliases", "Elsewhere", "Category", "Sources",
)  # fmt: skip
# What Anki would read as its own: fields, clozes and their hints, sounds and formulas.
_OWN = {"{": "&#123;", "}": "&#125;", "[": "&#91;", "::": "&#58;&#58;"}


def write(entries: Sequence[Entry], title: str) -> bytes:
    """A package with a deck for each language.

    Cards are known by the title, the language and the id: importing the package again updates
    them, and keeps how well each is remembered. Anki takes only what is newer than what it has, so
    the package holds the time at which it was written; but for that, the same entries make the
    same package.
    """
    import genanki  # noqa: PLC0415  (only this writer needs it)

    versions = grouped(entries)
    decks = []
    for language in dict.fromkeys(entry.language for entry in entries):
        name = f"{title.replace('::', ':')}::{own_name(language)}"
        decks.append(genanki.Deck(number("deck", title, language), name))
        model = _model(language)
        for entry in (entry for entry in entries if entry.language == language):
            fields = _fields(entry, [each for each in versions[entry.id] if each is not entry])
            about = {"tags": [*filter(None, [slug(entry.category)])]}
            about["guid"] = genanki.guid_for("term", title, entry.key)
            decks[-1].add_note(genanki.Note(model, fields, **about))
    return packed(genanki.Package(decks))


def packed(package: Any, then: Callable[[sqlite3.Cursor], None] | None = None) -> bytes:  # noqa: ANN401  (genanki has no types)
    """The package, made in memory: genanki itself leaves a file in the temporary folder.

    ``then`` may change the collection in it.
    """
    now = time.time()
    with sqlite3.connect(":memory:") as database:
        package.write_to_db(database.cursor(), now, itertools.count(int(now * 1000)))
        if then:
            then(database.cursor())
        database.commit()
        collection = database.serialize()
    database.close()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("collection.anki2", collection), ("media", json.dumps({}))):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _model(language: str) -> Any:  # noqa: ANN401
    """The type of notes of a language: Anki's editor and cards need to know its direction."""
    import genanki  # noqa: PLC0415

    def part(name: str, style: str = "") -> str:
        """A field, if it is filled."""
        style = style or name.lower()
        return f'{{{{#{name}}}}}<div class="{style}">{{{{{name}}}}}</div>{{{{/{name}}}}}'

    rest = "".join(map(part, ("Aliases", "Elsewhere", "Example", "Category", "Sources")))
    line = '<hr id="answer">'
    term, blanked = part("Term"), part("Blanked", "definition")
    sides = (
        ("Term → definition", term, f"{term}{line}{part('Definition')}{rest}"),
        ("Definition → term", blanked, f"{blanked}{line}{term}{rest}"),
    )
    div = f'<div lang="{language}" dir="{direction(language)}">{{}}</div>'
    return genanki.Model(
        number("model", "term", language),
        f"Masrad term ({own_name(language)})",
        fields=[{"name": name, "rtl": direction(language) == "rtl"} for name in _FIELDS],
        templates=[
            {"name": name, "qfmt": div.format(front), "afmt": div.format(back)}
            for name, front, back in sides
        ],
        css=own_text("cards.css"),
    )


def _fields(entry: Entry, others: Sequence[Entry]) -> list[str]:
    elsewhere = (f'<bdi lang="{each.language}">{as_html(each.term)}</bdi>' for each in others)
    return [
        as_html(entry.term),
        as_html(entry.summary),
        _blanked(entry, others),
        _drawn_example(entry),
        ", ".join(f"<bdi>{as_html(alias)}</bdi>" for alias in entry.aliases),
        " · ".join(elsewhere),
        as_html(entry.category),
        "<br>".join(map(_source, entry.sources)),
    ]


def _blanked(entry: Entry, others: Sequence[Entry]) -> str:
    """The summary without the entry's names, in whatever form and language: they are the answer."""
    names = entry.aliases + tuple(name for each in others for name in each.names)
    linker = Linker(Glossary(Path(), (replace(entry, aliases=names),)))
    spans = (link.span for link, _ in linker.names(entry.summary, entry.language))
    pieces = split(entry.summary, [(*span, True) for span in spans])
    return "".join("&#91;…]" if named else as_html(piece) for piece, named in pieces)


def _drawn_example(entry: Entry) -> str:
    """The example, with what can be drawn of it."""
    found = []
    for text, own in (p for s in entry.sections if s.name == EXAMPLE for p in s.paragraphs):
        block = own and own.drawable
        drawn = block.drawn(entry.language) if block else ""
        found.append(drawn if block and not block.has_caption else drawn + as_html(text))
    return "<br><br>".join(found)


def _source(source: Source) -> str:
    said = as_html(cited(source))
    link = f'<a href="{html.escape(source.url)}">{said}</a>' if is_web(source.url) else said
    return f"<bdi>{link}</bdi>"


def as_html(text: str) -> str:
    """Text in a field, where no sign of it is markup or Anki's own."""
    escaped = html.escape(isolate_runs(text), quote=False)
    for own, entity in _OWN.items():
        escaped = escaped.replace(own, entity)
    return escaped.replace("\n", "<br>")


def number(*names: str) -> int:
    """An id that stays the same, of the size that Anki gives its own."""
    digest = hashlib.sha256("\x1f".join(names).encode()).hexdigest()
    return (1 << 30) + int(digest, 16) % (1 << 30)
