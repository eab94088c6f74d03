"""Writes the documents that are made from the bundled glossary: ``make docs``."""

from pathlib import Path

from knowledge.glossary import BUNDLED, Glossary

DOCS = Path(__file__).parents[1] / "docs"

_HEAD = """\
# The terms, in English and Arabic

The Arabic term of each entry of the bundled glossary is the one that every text of it uses; the
variants are other words for it in use, by which it is found too. Made by `make docs` from the
entries; [writing.md](writing.md) says how the terms were chosen.

{terms} terms in {categories} categories.
"""
_TABLE = "## {english} · {arabic}\n\n| English | العربية | صيغ أخرى |\n|---|---|---|"


def main() -> None:
    """Writes the term list."""
    glossary = Glossary.read(BUNDLED)
    (DOCS / "terms.md").write_text(term_list(glossary), "utf-8")


def term_list(glossary: Glossary) -> str:
    """A table of the terms of each category in both languages, with the Arabic variants."""
    pairs = [(glossary.get(i, "en"), glossary.get(i, "ar")) for i in glossary.ids]
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for english, arabic in pairs:
        if english and arabic:
            row = f"| {english.term} | {arabic.term} | {'، '.join(arabic.aliases)} |"
            category = (english.category, arabic.category)
            rows.setdefault(category, []).append((english.term.casefold(), row))
    parts = [_HEAD.format(terms=len(pairs), categories=len(rows))]
    for (english_name, arabic_name), terms in sorted(rows.items()):
        lines = [row for _, row in sorted(terms)]
        head = _TABLE.format(english=english_name, arabic=arabic_name)
        parts.append("\n".join((head, *lines, "")))
    return "\n".join(parts)


if __name__ == "__main__":
    main()
