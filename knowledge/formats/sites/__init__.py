"""Markdown as documentation sites keep glossaries: a page a term, or one file with many terms."""
