"""Views: the glossary as a case sees it: whole, or without the entries in its own language."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from assistant.evaluation import EvaluationError
from assistant.evaluation.cases import Case
from knowledge.glossary import Glossary
from knowledge.index import Progress, open_index
from knowledge.language import base
from knowledge.retrieval import Retriever
from knowledge.store import Store

Make = Callable[[Retriever], Retriever]
"""Makes another retriever over the glossary and the index of one."""

Bar = Callable[[], AbstractContextManager[Progress | None]]
"""Opens the progress of one index."""


class Views:
    """A retriever for each case, made when the first case needs it."""

    def __init__(self, retriever: Retriever, store: Store, bar: Bar = nullcontext) -> None:
        self.whole = retriever
        self._store = store
        self._bar = bar
        self._without: dict[str, Retriever] = {}

    def of(self, case: Case) -> Retriever:
        """The retriever that a case asks.

        Raises:
            EvaluationError: the glossary has entries in the case's own language only.
            KnowledgeError: the index without that language cannot be made.
        """
        if not case.cross:
            return self.whole
        language = base(case.language)
        if language not in self._without:
            self._without[language] = self._hide(language)
        return self._without[language]

    def remade(self, make: Make) -> "Views":
        """The same views, each with another retriever."""
        views = Views(make(self.whole), self._store, self._bar)
        views._without = {language: make(each) for language, each in self._without.items()}
        return views

    def _hide(self, language: str) -> Retriever:
        glossary = self.whole.glossary
        others = tuple(e for e in glossary.entries if base(e.language) != language)
        if not others:
            raise EvaluationError(
                f"The glossary has entries in “{language}” only, so a question across languages"
                " cannot be asked of it: remove “cross” from its questions."
            )
        hidden = Glossary(glossary.path / f"without-{language}", others)
        with self._bar() as progress:
            index, _ = open_index(self._store, hidden, self.whole.embedder, progress)
        return Retriever(hidden, index, self.whole.embedder)
