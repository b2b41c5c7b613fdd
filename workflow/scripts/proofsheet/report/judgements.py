"""Verdicts as pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any, NamedTuple

import pandas as pd

from proofsheet.declare.writeup import Writeup
from proofsheet.results.published import claim_texts
from proofsheet.verdicts.rules import CONFIRMED, CONTRADICTED, INCONCLUSIVE, VERDICTS

# What each measure's verdict makes of it in a sentence.
SAID = {
    CONFIRMED: "confirmed by",
    CONTRADICTED: "contradicted by",
    INCONCLUSIVE: "left open by",
}


class Claim(NamedTuple):
    """A claim with its verdict, the rows of its measures, and where its evidence stands."""

    name: str
    text: str
    verdict: str
    stand_in: bool
    evidence: str
    findings: dict[str, dict[Hashable, Any]]

    def deciding(self) -> list[tuple[str, list[str]]]:
        """``confirmed by`` and the like, each with its measures; those beside are left out."""
        groups = []
        for verdict, words in SAID.items():
            names = [
                measure
                for measure, row in self.findings.items()
                if row["verdict"] == verdict and not row["beside"]
            ]
            if names:
                groups.append((words, names))
        return groups


class PublishedQuantity(NamedTuple):
    """What the write-up prints of one quantity: each number with its verdict, a curve's
    distance."""

    experiment: str
    quantity: str
    of: str
    title: str
    where: str
    percent: bool
    points: list[dict[Hashable, Any]]
    curve: dict[Hashable, Any] | None


def load_claims(writeup: Writeup, verdicts: pd.DataFrame) -> dict[str, Claim]:
    """Claims by id, in the order declared."""
    texts = dict(claim_texts(writeup))
    claims = {}
    for name, claim in writeup.claims.items():
        rows = verdicts[(verdicts.statement == "claim") & (verdicts.name == name)]
        claims[name] = Claim(
            name,
            texts[name],
            rows.overall.iloc[0],
            bool(rows.stand_in.iloc[0]),
            claim.evidence,
            {row["measure"]: row for row in rows.to_dict("records")},
        )
    return claims


def load_published(writeup: Writeup, verdicts: pd.DataFrame) -> list[PublishedQuantity]:
    """Published quantities, in the order declared."""
    shown = []
    for experiment, quantities in writeup.published.items():
        for quantity, declared in quantities.items():
            rows = verdicts[verdicts.name == f"{experiment}/{quantity}"]
            curves = rows[rows.statement == "curve"].to_dict("records")
            shown.append(
                PublishedQuantity(
                    experiment,
                    quantity,
                    writeup.experiments[experiment].title,
                    declared.title,
                    declared.where,
                    declared.unit == "percent",
                    rows[rows.statement == "published"].to_dict("records"),
                    curves[0] if curves else None,
                )
            )
    return shown


def counts(verdicts: pd.DataFrame) -> dict[str, Counter[str]]:
    """How many claims, and how many published numbers, have each verdict."""
    claims = verdicts[verdicts.statement == "claim"].drop_duplicates("name").overall
    published = verdicts[verdicts.statement == "published"].verdict
    return {"claims": Counter(claims), "published": Counter(published)}


def tally(counter: Counter[str]) -> str:
    """``3 confirmed, 1 contradicted``."""
    return ", ".join(f"{counter[verdict]} {verdict}" for verdict in VERDICTS if counter[verdict])


def seeds_judged_by(writeup: Writeup) -> tuple[int, int]:
    """The fewest and the most seeds of an experiment that a claim rests on; 1 where none does."""
    names = {name for claim in writeup.claims.values() for name in claim.experiments}
    numbers = [len(writeup.experiments[name].seeds) for name in names] or [1]
    return min(numbers), max(numbers)
