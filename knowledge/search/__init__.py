"""Finding what a glossary says: names, words and vectors, one ranker over them, and the evidence.

::

    question ─▶ Names ─┐
             ─▶ Lexicon ├─▶ entries ─▶ sentences ─▶ Evidence (scores, and one confidence)
             ─▶ Index  ─┘     └ ranked by ``Ranker``, whose weights are learned (``weights/``)
"""

from typing import Any

Array = Any
"""Of NumPy; what its axes are stands beside it."""
