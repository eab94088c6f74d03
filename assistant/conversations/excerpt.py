"""An excerpt: one answer with its sources, to be copied elsewhere."""

from assistant.answer import Answer, marked
from assistant.conversations.export import labels, parts, source


def as_text(answer: Answer) -> str:
    """An answer as plain text: its sentences with their markers, and the words they rest on."""
    words = labels(answer.language)
    unchecked = [s for s in answer.sentences if s.support == "unchecked"]
    text = answer.text
    for said in map(marked, unchecked):
        text = text.replace(said, f"{said}°")
    lines = [text, *[words["unchecked"]][: len(unchecked)]]
    if answer.citations:
        quoted = [
            words["source"].format(
                marker=citation.marker,
                term=citation.term,
                section=words["sections"].get(citation.section) or citation.section,
                quote=citation.quote,
            )
            for citation in answer.citations
        ]
        lines.append("\n".join([f"{words['sources']}:", *quoted]))
    return "\n\n".join(lines)


def as_markdown(answer: Answer) -> str:
    """The same as Markdown, in which no sign of the glossary's becomes markup."""
    words = labels(answer.language)
    blocks = list(parts(answer))
    if any(sentence.support == "unchecked" for sentence in answer.sentences):
        blocks.append(f"*{words['unchecked']}*")
    if answer.citations:
        sources = [source(citation, None, answer.language) for citation in answer.citations]
        blocks += [f"**{words['sources']}**", "\n".join(sources)]
    return "\n\n".join(blocks)
