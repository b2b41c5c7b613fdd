"""From a declared claim and kept evidence to a verdict.

A verdict is ``confirmed`` or ``contradicted`` only where the evidence rules out the other side;
otherwise it is ``inconclusive``. Each measure of a claim has its own verdict; :func:`overall` joins
them to the verdict on the claim.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from proofsheet.evidence import Evidence
from proofsheet.statistics import estimate

if TYPE_CHECKING:
    from proofsheet.declarations.claims import Claim, Ordering, PerEpoch, Threshold

CONFIRMED = "confirmed"
CONTRADICTED = "contradicted"
INCONCLUSIVE = "inconclusive"


class Finding(NamedTuple):
    """What one measure says of a claim.

    ``effect`` is the quantity that the claim says is positive, with its 95 % interval ``low`` to
    ``high``; NaN bounds where the rule counts seeds instead. ``agree`` of ``seeds`` seeds show what
    the claim says.
    """

    measure: str
    verdict: str
    effect: float
    low: float
    high: float
    agree: int
    seeds: int
    # What the effect is, in words.
    reading: str


def judge(claim: Claim, evidence: Evidence, titles: dict[str, str]) -> list[Finding]:
    """One finding per measure of ``claim``, worded with the experiments' ``titles``."""
    return RULES[claim.kind](claim, evidence, titles)


def judge_all(
    writeup: str,
    claims: dict[str, tuple[Claim, list[str]]],
    evidence: Evidence,
    stand_ins: set[str],
    titles: dict[str, str],
) -> pd.DataFrame:
    """The rows of ``verdicts.csv``: one per claim and measure.

    :param claims: by id, the claim and the data sets of its experiments.
    :param stand_ins: the data sets that stand in for the write-up's own.
    :returns: columns writeup, claim, measure, verdict, claim_verdict, effect, low, high, agree,
        seeds, reading, stand_in.
    """
    rows = []
    for name, (claim, data) in claims.items():
        findings = judge(claim, evidence, titles)
        claim_verdict = overall([finding.verdict for finding in findings])
        rows += [
            {
                "writeup": writeup,
                "claim": name,
                **finding._asdict(),
                "claim_verdict": claim_verdict,
                "stand_in": not stand_ins.isdisjoint(data),
            }
            for finding in findings
        ]
    columns = ["writeup", "claim", *Finding._fields, "claim_verdict", "stand_in"]
    return pd.DataFrame(rows, columns=columns)  # named, because there may be no claim


def overall(verdicts: Sequence[str]) -> str:
    """The verdict on a claim from those of its measures.

    Confirmed only if every measure confirms it; contradicted if one contradicts it and none
    confirms it; inconclusive otherwise.
    """
    if set(verdicts) == {CONFIRMED}:
        return CONFIRMED
    if CONTRADICTED in verdicts and CONFIRMED not in verdicts:
        return CONTRADICTED
    return INCONCLUSIVE


def by_interval(low: float, high: float) -> str:
    """Confirmed if the whole interval is above 0, contradicted if it is at or below 0."""
    if low > 0:
        return CONFIRMED
    if high <= 0:
        return CONTRADICTED
    return INCONCLUSIVE


def by_count(agree: int, seeds: int) -> str:
    """Confirmed if all seeds agree, contradicted if none does; one seed decides nothing."""
    if seeds < 2 or 0 < agree < seeds:
        return INCONCLUSIVE
    return CONFIRMED if agree else CONTRADICTED


def _ordering(claim: Ordering, evidence: Evidence, titles: dict[str, str]) -> list[Finding]:
    """Every step upwards, paired by seed, must be positive.

    One step known to go down contradicts the ordering; all known to go up confirm it. The effect
    shown is that of the step that decides: the lowest lower bound.
    """
    findings = []
    for measure in claim.measures:
        steps = evidence.steps(claim.experiments, measure.split, measure.quantity)
        if measure.falls:
            steps = -steps
        estimates = [estimate(step) for step in steps.T]
        verdicts = [by_interval(found.low, found.high) for found in estimates]
        if CONTRADICTED in verdicts:
            decisive = verdicts.index(CONTRADICTED)
        else:
            lows = [-math.inf if math.isnan(found.low) else found.low for found in estimates]
            decisive = int(np.argmin(lows))
        shown = estimates[decisive]
        lower, upper = (titles[name] for name in claim.experiments[decisive : decisive + 2])
        findings.append(
            Finding(
                measure.title,
                verdicts[decisive],
                *shown[:3],
                agree=int((steps > 0).all(axis=1).sum()),
                seeds=shown.n,
                reading=f"{lower} minus {upper}" if measure.falls else f"{upper} minus {lower}",
            )
        )
    return findings


def _threshold(claim: Threshold, evidence: Evidence, titles: dict[str, str]) -> list[Finding]:
    """The interval of the mean must lie above the stated value."""
    findings = []
    for measure in claim.measures:
        values = evidence.values(claim.experiments[0], measure.split, measure.quantity).to_numpy()
        excess = values - measure.above
        found = estimate(excess)
        findings.append(
            Finding(
                measure.title,
                by_interval(found.low, found.high),
                *found[:3],
                int((excess > 0).sum()),
                found.n,
                f"excess over {measure.above:g}",
            )
        )
    return findings


def _per_epoch(claim: PerEpoch, evidence: Evidence, titles: dict[str, str]) -> list[Finding]:
    """In every seed, the inequality must hold in every epoch, or in some, as declared.

    The effect shown is the share of epochs, over all seeds, in which it holds.
    """
    findings = []
    experiment = claim.experiments[0]
    for measure in claim.measures:
        lower = evidence.series(experiment, measure.lower.split, measure.lower.quantity)
        upper = evidence.series(experiment, measure.upper.split, measure.upper.quantity)
        holds = lower < upper
        per_seed = holds.all() if claim.holds_in == "every" else holds.any()
        agree = int(per_seed.sum())
        findings.append(
            Finding(
                measure.title,
                by_count(agree, len(per_seed)),
                float(holds.to_numpy().mean()),
                math.nan,
                math.nan,
                agree,
                len(per_seed),
                "share of epochs",
            )
        )
    return findings


RULES: dict[str, Callable[[Any, Evidence, dict[str, str]], list[Finding]]] = {
    "ordering": _ordering,
    "threshold": _threshold,
    "per_epoch": _per_epoch,
}
