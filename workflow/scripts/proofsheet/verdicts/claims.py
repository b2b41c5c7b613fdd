"""Claims: from a declared measure and kept evidence to a verdict."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from proofsheet.declare.claim import (
    Arithmetic,
    Bounded,
    Certificate,
    Claim,
    Comparison,
    Measure,
    Ordering,
    PerEpoch,
    Statement,
    Threshold,
    Trend,
)
from proofsheet.declare.quantity import Bounds
from proofsheet.errors import ProofsheetError
from proofsheet.results.reader import Results
from proofsheet.results.statistics import Estimate, estimate, share_bounds, slopes
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.published import judge_number
from proofsheet.verdicts.rules import (
    CONTRADICTED,
    INCONCLUSIVE,
    NOT_COMPARABLE,
    OF_CLAIM,
    by_count,
    by_interval,
    by_witness,
    overall,
)

Titles = dict[str, str]


class Finding(NamedTuple):
    """What one measure says of a claim.

    ``effect`` is the number that decides, with bounds ``low`` and ``high``: a 95 % interval over
    seeds, or what the rounding of printed numbers leaves open, or NaN where the rule counts seeds.
    ``agree`` of ``seeds`` seeds show what the claim says; both are 0 where nothing was trained.
    """

    verdict: str
    effect: float
    low: float
    high: float
    agree: int
    seeds: int
    # What the effect is, and what the claim asks of it, in words.
    reading: str
    asks: str


def judge(measure: Measure, results: Results, titles: Titles) -> Finding:
    """The verdict of one measure, worded with the experiments' ``titles``."""
    return RULES[measure.kind](measure, results, titles)


def judge_claims(
    claims: Mapping[str, Statement], results: Results, comparability: Comparability, titles: Titles
) -> Iterator[dict[str, Any]]:
    """Rows of ``verdicts.csv``: one per claim, or remark, and measure."""
    for name, claim in claims.items():
        parts = claim.parts()
        findings = [
            _with_learned(
                _held_against_print(judge(part, results, titles), part, results, comparability),
                part,
                results,
                titles,
            )
            for part in parts
        ]
        measured_on = {name for part in parts if not part.of_formulas for name in part.experiments}
        deciding = [
            finding.verdict
            for part, finding in zip(parts, findings, strict=True)
            if not part.beside
        ]
        for part, finding in zip(parts, findings, strict=True):
            yield {
                "statement": "claim" if isinstance(claim, Claim) else "remark",
                "name": name,
                "measure": part.title,
                "beside": part.beside,
                "overall": overall(deciding, cases=bool(claim.cases)),
                "recorded": getattr(claim, "recorded", None),
                "stand_in": comparability.on_stand_in(*measured_on),
                **finding._asdict(),
            }


def _held_against_print(
    finding: Finding, measure: Measure, results: Results, comparability: Comparability
) -> Finding:
    """The finding; without a verdict where ours may not be held against what was printed."""
    if measure.kind != "threshold" or measure.published is None:
        return finding
    values = results.values(measure.experiment, measure.metric).to_numpy()
    printed = results.last_published(measure.experiment, measure.published)
    if comparability.comparable(measure.experiment, values, at_end=printed.epoch):
        return finding
    return finding._replace(verdict=NOT_COMPARABLE)


def _with_learned(finding: Finding, measure: Measure, results: Results, titles: Titles) -> Finding:
    """The finding; inconclusive where networks are compared of which one has learned nothing."""
    if not isinstance(measure, Comparison | Ordering) or measure.split != "test":
        return finding
    guessing = [titles[name] for name in measure.experiments if _at_chance(results, name)]
    if not guessing:
        return finding
    reading = f"{finding.reading}; not above chance: {', '.join(guessing)}"
    return finding._replace(verdict=INCONCLUSIVE, reading=reading)


def _at_chance(results: Results, experiment: str) -> bool:
    """Whether a classifier is right no more often, by the exact interval over all test images of
    all seeds, than one that names the commonest class every time; of other networks never."""
    counts = results.arrays(experiment).get("confusion")
    if counts is None:
        return False
    counts = counts.sum(axis=0)
    commonest = counts.sum(axis=1).max() / counts.sum()
    low, _ = share_bounds(int(counts.trace()), int(counts.sum()))
    return bool(low <= commonest)


def _threshold(measure: Threshold, results: Results, titles: Titles) -> Finding:
    """The interval of the mean must lie within the bounds.

    One that restates a published number has the verdict on that:
    :func:`proofsheet.verdicts.published.judge_number`.
    """
    values = results.values(measure.experiment, measure.metric).to_numpy()
    if measure.published is None:
        above, below = _bounds(measure)
        mean = results.estimate(measure.experiment, measure.metric)
        return _within(values, above, below, titles[measure.experiment], mean)
    printed = results.published(measure.experiment, measure.published)[-1]
    scale = results.scale(measure.experiment, measure.published)
    verdict, found, near = judge_number(values, printed, scale)
    return Finding(
        OF_CLAIM[verdict],
        found.mean,
        found.low,
        found.high,
        int((np.abs(values - printed.value) <= near).sum()),
        len(values),
        f"{titles[measure.experiment]}, one more training",
        f"holds {printed.text}",
    )


def _comparison(measure: Comparison, results: Results, titles: Titles) -> Finding:
    """The interval of the mean difference must lie within the bounds."""
    differences = results.differences([measure.lower, measure.upper], measure.metric)[:, 0]
    reading = f"{titles[measure.upper]} minus {titles[measure.lower]}"
    mean = estimate(differences, _apart(measure, results))
    return _within(differences, *_bounds(measure), reading, mean)


def _ordering(measure: Ordering, results: Results, titles: Titles) -> Finding:
    """Every step must be positive.

    One step known to go down contradicts the ordering; all known to go up confirm it. The effect
    shown is that of the step that decides: the lowest lower bound, or mean where there is none.
    """
    steps = results.differences(measure.order, measure.metric)
    if measure.falls:
        steps = -steps
    estimates = [estimate(step, _apart(measure, results)) for step in steps.T]
    verdicts = [by_interval(found.low, found.high) for found in estimates]
    if CONTRADICTED in verdicts:
        decisive = verdicts.index(CONTRADICTED)
    else:
        lows = [-math.inf if math.isnan(found.low) else found.low for found in estimates]
        decisive = min(range(len(lows)), key=lambda step: (lows[step], estimates[step].mean))
    shown = estimates[decisive]
    first, second = (titles[name] for name in measure.order[decisive : decisive + 2])
    return Finding(
        verdicts[decisive],
        *shown[:3],
        agree=int((steps[:, decisive] > 0).sum()),
        seeds=shown.n,
        reading=f"{first} minus {second}" if measure.falls else f"{second} minus {first}",
        asks="above 0 at every step",
    )


def _trend(measure: Trend, results: Results, titles: Titles) -> Finding:
    """The interval of the mean slope must lie within the bounds."""
    series = results.series(measure.experiment, measure.series)
    rises = slopes(series.to_numpy())
    reading = f"{titles[measure.experiment]}, {'fall' if measure.falls else 'rise'} per epoch"
    rises = -rises if measure.falls else rises
    return _within(rises, *_bounds(measure), reading, estimate(rises))


def _per_epoch(measure: PerEpoch, results: Results, titles: Titles) -> Finding:
    """In every seed, the inequality must hold in every epoch, or in some, as declared.

    The effect shown is the share of epochs, over all seeds, in which it holds.
    """
    lower = results.series(measure.experiment, measure.lower)
    upper = results.series(measure.experiment, measure.upper)
    holds = lower < upper
    per_seed = holds.all() if measure.holds_in == "every" else holds.any()
    agree = int(per_seed.sum())
    return Finding(
        by_count(agree, len(per_seed)),
        float(holds.to_numpy().mean()),
        math.nan,
        math.nan,
        agree,
        len(per_seed),
        "share of epochs",
        "1 in every seed" if measure.holds_in == "every" else "above 0 in every seed",
    )


def _arithmetic(measure: Arithmetic, results: Results, titles: Titles) -> Finding:
    """The expression must lie within the bounds however the printed numbers were rounded.

    Its bounds are its lowest and highest value over all corners of the box that rounding leaves,
    which are its bounds in the box wherever it is monotone in each number there.
    """
    corners = _corners(results, measure.published, measure.names())
    try:
        effect, *bounds = [measure.compute(at) for at in corners]
    except ArithmeticError as error:
        raise ProofsheetError(
            f"measure {measure.title!r}: cannot compute `{measure.value}`: {error}"
        ) from None
    low, high = min(bounds), max(bounds)
    above, below = _bounds(measure)
    verdict = by_interval(low, high, above, below)
    return Finding(verdict, effect, low, high, 0, 0, measure.reading, _asks(above, below))


def _corners(results: Results, experiment: str, names: list[str]) -> list[dict[str, float]]:
    """The last published values of ``names``, then all corners of the box of their roundings."""
    printed = {name: results.last_published(experiment, name).value for name in names}
    corners = [printed]
    for sides in itertools.product((-1, 1), repeat=len(names)):
        corner = zip(printed.items(), sides, strict=True)
        corners.append(
            {
                name: value + side * results.published(experiment, name)[-1].rounding
                for (name, value), side in corner
            }
        )
    return corners


def _certificate(measure: Certificate, results: Results, titles: Titles) -> Finding:
    """One witness is a proof; none among many is taken for absence.

    The effect is the share of tested points that are witnesses, over all seeds, with its exact
    interval (Clopper and Pearson 1934).
    """
    shares = results.values(measure.experiment, measure.metric).to_numpy()
    tested = results.values(measure.experiment, measure.number_tested).to_numpy()
    found = np.rint(shares * tested)
    low, high = share_bounds(int(found.sum()), int(tested.sum()))
    wanted = measure.witness == "present"
    return Finding(
        by_witness(int(found.sum()), high, wanted),
        float(found.sum() / tested.sum()),
        low,
        high,
        int(((found > 0) == wanted).sum()),
        len(shares),
        f"share of {int(tested.sum()):,} {measure.tested.replace('_', ' ')}",
        "above 0" if wanted else "none",
    )


def _apart(measure: Comparison | Ordering, results: Results) -> Bounds:
    """How far a metric of one experiment can lie below and above that of another."""
    ends = [results.bounds(name, measure.metric) for name in measure.experiments]
    widest = max(high for _, high in ends) - min(low for low, _ in ends)
    return -widest, widest


def _bounds(measure: Bounded) -> tuple[float, float]:
    above, below = measure.between or (measure.above or 0.0, math.inf)
    return above, below


def _asks(above: float, below: float) -> str:
    return f"above {above:.3g}" if math.isinf(below) else f"between {above:.3g} and {below:.3g}"


def _within(
    values: np.ndarray,
    above: float,
    below: float,
    reading: str,
    found: Estimate,
) -> Finding:
    """A finding on one value per seed; a seed whose value is NaN leaves it open and not counted."""
    known = int(np.isfinite(values).sum())
    return Finding(
        by_interval(found.low, found.high, above, below),
        *found[:3],
        int(((values > above) & (values < below)).sum()),
        known,
        reading,
        _asks(above, below),
    )


RULES: dict[str, Callable[[Any, Results, Titles], Finding]] = {
    "threshold": _threshold,
    "comparison": _comparison,
    "ordering": _ordering,
    "trend": _trend,
    "per_epoch": _per_epoch,
    "arithmetic": _arithmetic,
    "certificate": _certificate,
}
