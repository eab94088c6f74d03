"""Grounding: fits what each sign against a claim costs, and measures rates and ablations.

Fitted on the tuned two thirds of ``knowledge/bundled/claims`` and ``tests/data/claims/near.yaml``;
the weights that ``assistant/grounding.py`` has were fitted with further false sentences that were
made of true ones by machine (a word, name, number or negation changed), and then rounded.
Run it as ``python -m tests.benchmarks.grounding``; ``--held-out`` measures on the other third.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from assistant import grounding
from assistant.evaluation.claims import TRUE, PassageFields, read
from assistant.features import Features, features
from assistant.grounding import Grounder
from assistant.material import Material, name_stems
from assistant.statement import statement
from assistant.writers import Draft
from knowledge.glossary import BUNDLED, Glossary
from knowledge.search.embeddings import bundled_embedders

NEAR = Path(__file__).parents[1] / "data" / "claims"
_CRITICAL = ("number", "entity", "negation")
_STEPS, _RATE, _PRIOR = 4000, 0.05, 0.05  # of the descent; how strongly weights stay where they are


def main() -> None:
    """Prints rates by kind and language, those without each check, and fitted weights."""
    glossary = Glossary.read(BUNDLED)
    claims, near = read(glossary), read(glossary, NEAR)
    held = "--held-out" in sys.argv
    chosen = [each for each in claims if each.held_out == held]
    print(_rates(glossary, chosen, near))
    if held:
        return
    for name in (*grounding.VETOES, *grounding.COSTS):
        vetoes, costs = grounding.VETOES, grounding.COSTS
        grounding.VETOES = tuple(each for each in vetoes if each != name)
        grounding.COSTS = {key: cost for key, cost in costs.items() if key != name}
        print(f"without {name}: {_rates(glossary, chosen, near)}")
        grounding.VETOES, grounding.COSTS = vetoes, costs
    print(_fitted(glossary, [*chosen, *near]))


def _rates(
    glossary: Glossary, chosen: Iterable[PassageFields], near: Iterable[PassageFields]
) -> str:
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for fields, close in [*((each, False) for each in chosen), *((each, True) for each in near)]:
        grounder = _grounder(glossary, fields)
        for claim in fields.claims:
            passed = grounder.ground(Draft(claim.claim, (fields.of(),)))[0] != "unsupported"
            kinds = ["near"] if close else [claim.kind]
            kinds += ["false"] * (claim.kind != TRUE) + ["critical"] * (claim.kind in _CRITICAL)
            for kind in kinds:
                found[fields.language, kind].append(passed)
    return "; ".join(
        f"{language} {kind} {np.mean(passed):.3f} of {len(passed)}"
        for (language, kind), passed in sorted(found.items())
    )


def _grounder(glossary: Glossary, fields: PassageFields) -> Grounder:
    terms = [e.term for e in glossary.entries if e.language == fields.language]
    return Grounder([fields.of()], bundled_embedders()[0], fields.language, terms)


def _fitted(glossary: Glossary, chosen: list[PassageFields]) -> dict[str, float]:
    """Costs by logistic regression, none below 0, each claim by its best span."""
    names = list(grounding.COSTS)
    before = np.array([grounding.COSTS[name] for name in names])
    rows, labels = [], []
    for fields in chosen:
        terms = [e.term for e in glossary.entries if e.language == fields.language]
        known = name_stems(tuple(terms), fields.language)
        taken = Material(fields.of())
        for claim in fields.claims:
            said = statement(claim.claim, fields.language)
            spans = [features(said, taken.source(*w), known) for w in taken.windows()]
            open_ = [
                _row(f, names) for f in spans if not any(getattr(f, v) for v in grounding.VETOES)
            ]
            if open_:
                rows.append(min(open_, key=lambda row: float(row @ before)))
                labels.append(claim.kind == TRUE)
    costs, base = before.copy(), 1.0
    matrix, truth = np.array(rows), np.array(labels, dtype=float)
    for _ in range(_STEPS):
        error = 1 / (1 + np.exp(matrix @ costs - base)) - truth
        costs = np.maximum(
            0, costs - _RATE * (-matrix.T @ error / len(truth) + _PRIOR * (costs - before))
        )
        base -= _RATE * float(error.mean())
    return {name: round(float(cost), 2) for name, cost in zip(names, costs, strict=True)}


def _row(found: Features, names: list[str]) -> np.ndarray:
    return np.array([getattr(found, name) for name in names])


if __name__ == "__main__":
    main()
