"""What a glossary says, and finding it: entries, formats, embeddings, index, retrieval.

Nothing here knows of chat, of models that write, or of screens. Every error is one of these; its
message is a sentence for the reader and says what to do next::

    KnowledgeError
    ├── GlossaryError     the glossary is missing, empty or unreadable
    ├── ExportError       there is no such format or term, or nothing may be written there
    ├── EmbedderError     text cannot be turned into vectors
    └── IndexFailure      the index cannot be opened, written or searched
"""

from typing import Final

BUNDLED_MODEL: Final = "bundled"
"""The embedding model that comes along, by the name that settings have for it."""


class KnowledgeError(Exception):
    """Something about the glossary or its index that the reader must mend."""


class GlossaryError(KnowledgeError):
    """The glossary is missing, empty or unreadable."""


class ExportError(KnowledgeError):
    """There is no such format or term, or nothing may be written there."""


class EmbedderError(KnowledgeError):
    """Text cannot be turned into vectors."""


class IndexFailure(KnowledgeError):  # noqa: N818  (IndexError is Python's own)
    """The index cannot be opened, written or searched."""
