"""The glossary as a retriever of LangChain's: what is found, for chains that others build."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.assistant import Assistant
from assistant.question import understand
from assistant.retrieval import scored, search


class GlossaryRetriever(BaseRetriever):
    """Finds the sentences of a glossary that answer a question, best first.

    Each document is a sentence to the letter. Its metadata tell ``entry_id``, ``term``,
    ``language``, ``section``, ``start`` and ``end``, so that
    ``entry.text(section)[start:end]`` is the sentence; ``score``, 0 to 1: how likely it answers,
    beside the best; and ``confidence``, 0 to 1: how likely the glossary answers at all. Where it
    does not, there are no documents.

    ``invoke`` and ``ainvoke`` raise QuestionError where there is no question, and KnowledgeError
    where it cannot be embedded, or the index not searched.
    """

    assistant: Assistant
    k: int = 4
    """The most documents."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        """The documents for a question; of one that asks several things, the best of each first."""
        del run_manager  # what it is told of, BaseRetriever tells it
        retriever = self.assistant.retriever
        question = understand(query, retriever)
        if question.chat:
            return []
        names = ("entry_id", "term", "language", "section", "start", "end")
        found: dict[str, Document] = {}
        for ask in question.asks:
            evidence = search(ask, retriever, question.language)
            for each, score in scored(evidence, self.k) if evidence.answerable else ():
                metadata = {name: getattr(each.sentence, name) for name in names}
                metadata |= {"score": score, "confidence": evidence.confidence}
                document = Document(each.sentence.text, id=each.sentence.id, metadata=metadata)
                found.setdefault(each.sentence.id, document)
        return sorted(found.values(), key=lambda each: -each.metadata["score"])[: self.k]
