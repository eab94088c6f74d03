"""Evaluates, and writes what comes of it into the documents: ``make evaluation``.

The report, and the tables of the README and of ``docs/evaluation.md``. Takes some minutes.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.answer import Account
from assistant.assistant import Assistant
from assistant.commands.evaluate import answers
from assistant.evaluation import claims, report
from assistant.evaluation.cases import HELD_OUT as BUNDLED_HELD_OUT
from assistant.evaluation.scoring import Score
from assistant.evaluation.statistics import DRAWS, LEVEL
from assistant.settings import Settings
from knowledge.blocks import pipes
from knowledge.glossary import BUNDLED
from tests.documents import DOCS

README = DOCS.parent / "README.md"
REPORT = DOCS / "evaluation-report.md"
GUIDE = DOCS / "evaluation.md"
DATA = Path(__file__).parent / "data" / "evaluation"
NAMES = {"en": "English", "ar": "Arabic"}

HELD_OUT = "The bundled glossary, held out"
CLAIMS = "Claims on the bundled glossary, held out"
OTHERS: Mapping[str, Mapping[Path, str]] = {
    "Situations told without the term, held out": {BUNDLED: "situations-*.jsonl"},
    "Conversations of four turns, held out": {BUNDLED: "follow-ups-*.jsonl"},
    "Conversations on it": {BUNDLED: "dialogues-*.jsonl"},
    "Astronomy, held out": {DATA / "astronomy.jsonl": "astronomy-[fq]*.jsonl"},
    "Photography, held out": {DATA / "photography.jsonl": "photography-q*.jsonl"},
    "Arabic grammar, held out": {DATA / "grammar-ar.jsonl": "grammar-ar-q*.jsonl"},
    "Railways, held out": {DATA / "railways.jsonl": "railways-q*.jsonl"},
    "Islamic finance (Arabic), held out": {
        DATA / "islamic-finance.jsonl": "islamic-finance-q*.jsonl"
    },
    "Beekeeping, tuned on": {DATA / "beekeeping.csv": "beekeeping-[fq]*.jsonl"},
    "Calligraphy, tuned on": {DATA / "calligraphy.jsonl": "calligraphy-[fq]*.jsonl"},
    "Seven other languages, held out": {
        next(DATA.glob(f"{asked.name.removesuffix('-found.jsonl')}.*")): asked.name
        for asked in sorted(DATA.glob("*-??-found.jsonl"))
    },
}
"""What else is evaluated: glossaries, each with the files of its questions."""


def main() -> None:
    """Evaluates every set of questions, and writes the documents."""
    with tempfile.TemporaryDirectory() as data:
        bundled = _open(Path(data), BUNDLED)
        first, ablations = answers(bundled, BUNDLED_HELD_OUT, ablate=True)
        sets = {HELD_OUT: first}
        for name, glossaries in OTHERS.items():
            sets[name] = [
                score
                for glossary, pattern in glossaries.items()
                for score in answers(_open(Path(data), glossary), sorted(DATA.glob(pattern)))[0]
            ]
        judged = claims.judge(bundled, Account())
        shown = _markdown(sets | {CLAIMS: list(judged)}, bundled, ablations)
        REPORT.write_text("\n\n".join(shown) + "\n", "utf-8")
    table = {name: report.measures(scores) for name, scores in sets.items()}
    put(GUIDE, pipes(report.rows(table)))
    spoken = {
        name: report.measures([score for score in first if score.language == language])
        for language, name in NAMES.items()
    }
    put(README, pipes(report.rows(spoken)))


def _open(data: Path, glossary: Path) -> Assistant:
    return Assistant.open(Settings(data_dir=data, glossary=glossary, _env_file=None))


def _markdown(
    sets: Mapping[str, Sequence[Score]], bundled: Assistant, ablations: report.Rows
) -> Iterator[str]:
    """The report: what was measured, by sets, and all that went wrong."""
    embedders = " and ".join(index.embedder.name for index in bundled.retriever.indexes)
    yield "# Evaluation"
    yield (
        f"A glossary of {len(bundled.glossary.ids)} terms, embedded by {embedders}. In brackets:"
        f" the {LEVEL:.0%} interval of a bootstrap of {DRAWS:,} resamples of the questions,"
        " conversations whole. [evaluation.md](evaluation.md) says what is measured."
    )
    found = {name: report.measures(scores) for name, scores in sets.items()}
    yield pipes(report.rows({n: m for n, m in found.items() if any(map(m.get, report.MAIN))}))
    for name, scores in sets.items():
        yield f"## {name}"
        for title, groups in report.tables(scores).items():
            yield f"### {title}"
            yield pipes(report.rows(groups))
    yield "## Without an ingredient"
    yield pipes(ablations)
    for name, scores in sets.items():
        wrong = sorted((score for score in scores if score.wrong), key=lambda score: score.wrong)
        yield f"## What went wrong: {name} ({len(wrong)})"
        yield "\n".join(map(_item, wrong))


def _item(score: Score) -> str:
    told = f"{score.told[:240]}…" if len(score.told) > 240 else score.told
    first = f"- **{_escaped(score.wrong)}** ({score.id}, {score.kind}): {_escaped(score.asked)}"
    return f"{first}\n  > {_escaped(told)}" if told else first


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def put(document: Path, table: str) -> None:
    """Writes a table between the marks of a document."""
    text = document.read_text("utf-8")
    made, count = re.subn(
        r"(?s)(<!-- evaluation -->\n).*?(<!-- /evaluation -->)",
        lambda marks: f"{marks[1]}{table}\n{marks[2]}",
        text,
    )
    if count != 1:
        raise ValueError(f"{document} has not one place for the table of the evaluation.")
    document.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
