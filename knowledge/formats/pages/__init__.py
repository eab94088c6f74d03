"""Glossaries on the web and in reStructuredText: pages of many terms or of one, and schema.org."""
