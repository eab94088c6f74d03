"""Terminology formats: Moodle's glossary, TBX, and SKOS and other vocabularies in RDF."""
