"""Verdicts as pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from proofsheet.declare.sentence import Printed, pieces
from proofsheet.declare.writeup import Writeup
from proofsheet.results.published import numbers
from proofsheet.results.statistics import FEWEST
from proofsheet.verdicts.rules import INCONCLUSIVE, MARKS


class Claim(NamedTuple):
    """A claim or remark with its verdict, the rows of its measures, and where its evidence
    stands."""

    name: str
    text: str
    verdict: str
    stand_in: bool
    evidence: str
    findings: dict[str, dict[Hashable, Any]]

    def few_seeds(self) -> str:
        """``one training``, ``two trainings`` where every measure that leaves it open has too few
        to tell; empty otherwise."""
        seeds = [
            int(row["seeds"])
            for row in self.findings.values()
            if row["verdict"] == INCONCLUSIVE and not row["beside"]
        ]
        few = self.verdict == INCONCLUSIVE and seeds and min(seeds) > 0 and max(seeds) < FEWEST
        return {1: "one training", 2: "two trainings"}[max(seeds)] if few else ""


class PublishedQuantity(NamedTuple):
    """What the write-up prints of one quantity: each number with its verdict, a curve's
    distance."""

    experiment: str
    quantity: str
    of: str
    title: str
    where: str
    percent: bool
    verdict: str
    points: list[dict[Hashable, Any]]
    curve: dict[Hashable, Any] | None


def load_claims(writeup: Writeup, verdicts: pd.DataFrame) -> dict[str, Claim]:
    """Claims, then remarks, by id, in the order declared."""
    texts = dict(claim_texts(writeup))
    claims = {}
    for name in writeup.statements():
        rows = verdicts[verdicts.statement.isin(["claim", "remark"]) & (verdicts.name == name)]
        claims[name] = Claim(
            name,
            texts.get(name, ""),
            rows.overall.iloc[0],
            bool(rows.stand_in.iloc[0]),
            writeup.claims[name].evidence if name in writeup.claims else "",
            {row["measure"]: row for row in rows.to_dict("records")},
        )
    return claims


def claim_texts(writeup: Writeup) -> Iterator[tuple[str, str]]:
    """Sentences of all claims, with printed numbers as printed."""
    for name, claim in writeup.claims.items():
        words = [
            as_printed(writeup, piece) if isinstance(piece, Printed) else str(piece)
            for piece in pieces(claim.text)
        ]
        yield name, "".join(words)


def as_printed(writeup: Writeup, reference: Printed) -> str:
    """The last number that a write-up prints of a quantity, as printed."""
    return numbers(writeup.published[reference.experiment][reference.quantity])[-1].text


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
                    rows.overall.iloc[0],
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
    return ", ".join(f"{counter[verdict]} {verdict}" for verdict in MARKS if counter[verdict])
