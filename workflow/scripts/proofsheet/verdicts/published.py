"""Published numbers: could they have come from a training like ours?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from proofsheet.declare.published import AllPublished, Measured, Published
from proofsheet.declare.quantity import ANY, SHARE, Metric, Series
from proofsheet.results.published import Number, numbers
from proofsheet.results.reader import Results
from proofsheet.results.statistics import LEVEL, predict
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.curves import fit
from proofsheet.verdicts.rules import (
    NEAR,
    NOT_COMPARABLE,
    NOT_REPRODUCED,
    OPEN,
    RECORDED,
    REPRODUCED,
    WIDE,
    by_training,
    tolerance,
)


class Range(NamedTuple):
    """Into which one more training of ours falls 95 times in 100; bounds are NaN where there are
    too few trainings to tell."""

    mean: float
    low: float
    high: float


def judge_published(
    published: AllPublished, results: Results, comparability: Comparability
) -> Iterator[dict[str, Any]]:
    """Rows of ``verdicts.csv``: one per published number, and one per curve of them.

    A number comes from one training, and so is held against the range into which one more training
    of ours falls (:func:`proofsheet.verdicts.rules.by_training`). Of several numbers of one
    training, the curve decides (:func:`proofsheet.verdicts.curves.fit`): of nineteen lines one
    outside its range is to be expected. Their ranges have the spread of all of them together.
    Nothing is comparable where ours was measured on a stand-in, or not at all: in an epoch that our
    training does not have, for instance.

    The effect of a number is the mean of ours minus the published one, ``low`` and ``high`` the
    range likewise. That of a curve is the mean absolute difference of its numbers from the means of
    ours; ``level`` and ``shape`` are those of its fit.
    """
    for experiment, quantities in published.items():
        for quantity, declared in quantities.items():
            printed = numbers(declared)
            ours = [measured(results, experiment, declared.measured, number) for number in printed]
            at_end = declared.measured.file == "metrics"
            compared = [
                comparability.comparable(experiment, values, number.epoch if at_end else None)
                for values, number in zip(ours, printed, strict=True)
            ]
            kept = [place for place, comparable in enumerate(compared) if comparable]
            curve: list[dict[str, Any]] = []
            ranges: dict[int, Range] = {}
            if len(kept) > 1:
                row, found = judge_curve(
                    [ours[place] for place in kept],
                    [printed[place] for place in kept],
                    declared.scale,
                )
                curve = [{"measure": f"{len(kept)} of {len(printed)} points", **row}]
                ranges = dict(zip(kept, found, strict=True))
            points = [
                _point(ours[place], declared, number, compared[place], ranges.get(place))
                for place, number in enumerate(printed)
            ]
            rows = [*points, *curve]
            decisive = curve or [one for one in points if one["verdict"] != NOT_COMPARABLE]
            for row in rows:
                yield {
                    "name": f"{experiment}/{quantity}",
                    "overall": decisive[0]["verdict"] if decisive else NOT_COMPARABLE,
                    "recorded": RECORDED.get(declared.recorded),
                    "stand_in": comparability.on_stand_in(experiment),
                    **row,
                }


def judge_number(
    ours: np.ndarray, number: Number, scale: str, known: Range | None = None
) -> tuple[str, Range, float]:
    """The verdict on one number, the range that it is held against, and how near is near.

    :param ours: one value per seed.
    :param known: the range, where more than these values tell of it.
    """
    near = tolerance(number.value, number.rounding, scale)
    mean, low, high = known or predict(ours, SHARE if scale == "share" else ANY)[:3]
    low, high = low - number.rounding, high + number.rounding
    return by_training(number.value, mean, low, high, near), Range(mean, low, high), near


def measured(results: Results, experiment: str, declared: Measured, number: Number) -> np.ndarray:
    """What stands beside a number, one value per seed; none where our training has no such epoch
    or batch."""
    epoch, quantity = number.epoch, declared.quantity
    if declared.file == "metrics":
        metric = Metric(split=declared.split, quantity=quantity)
        return results.values(experiment, metric).to_numpy()
    if declared.file == "history":
        read = declared.reads()
        assert isinstance(read, Series)  # of a history
        series = results.series(experiment, read)
        return series.loc[epoch].to_numpy() if epoch in series.index else np.array([])
    means = results.batch_means(experiment, quantity, declared.every or 1)
    if number.batch is None:
        of_epoch = means[means.index.get_level_values("epoch") == epoch].to_numpy()
        return of_epoch[-1] if len(of_epoch) else np.array([])
    at = (epoch, number.batch)
    return means.loc[[at]].to_numpy()[0] if at in means.index else np.array([])


def _point(
    ours: np.ndarray,
    declared: Published,
    number: Number,
    comparable: bool,
    known: Range | None,
) -> dict[str, Any]:
    names = {"epoch": number.epoch, "batch": number.batch}
    row = {
        "statement": "published",
        "measure": ", ".join(f"{name} {key}" for name, key in names.items() if key) or "value",
        "published": number.value,
        "printed": number.text,
        "verdict": NOT_COMPARABLE,
    }
    if len(ours):
        row["measured"], row["seeds"] = float(ours.mean()), len(ours)
    if not comparable:
        return row
    verdict, found, near = judge_number(ours, number, declared.scale, known)
    effect, low, high = (end - number.value for end in found)
    return row | {
        "verdict": verdict,
        "effect": effect,
        "low": low,
        "high": high,
        "agree": int((np.abs(ours - number.value) <= near).sum()),
        "reading": "ours minus the published number",
        "asks": f"near within {near:.3g}",
    }


def judge_curve(
    ours: list[np.ndarray], printed: list[Number], scale: str
) -> tuple[dict[str, Any], list[Range]]:
    """The row of several numbers of one training, and the range of each of them.

    Losses are compared by their logarithms: while they fall, seeds differ by parts of them.

    :param ours: of each number, one value per seed.
    """
    values = np.stack(ours)
    targets = np.array([number.value for number in printed])
    rounding = np.array([number.rounding for number in printed])
    near = np.mean([tolerance(number.value, number.rounding, scale) for number in printed])
    by_parts = scale == "loss" and (values > 0).all() and (targets > 0).all()
    if by_parts:
        found = fit(np.log(values), np.log(targets), rounding / targets)
    else:
        found = fit(values, targets, rounding)
    from scipy.special import stdtrit  # here, because most jobs do not need it

    half = stdtrit(found.freedom, (1 + LEVEL) / 2) * found.spread
    half = float(half * np.sqrt(1 + 1 / values.shape[1]))
    means = values.mean(axis=1)
    lows, highs = (means * np.exp(end) if by_parts else means + end for end in (-half, half))
    distance = float(np.abs(means - targets).mean())
    if np.isnan(half) or (found.could_be_ours and (highs - lows).mean() > 2 * WIDE * near):
        verdict = OPEN
    elif found.could_be_ours:
        verdict = REPRODUCED
    else:
        verdict = NEAR if distance <= near else NOT_REPRODUCED
    row = {
        "statement": "curve",
        "verdict": verdict,
        "effect": distance,
        "level": found.level,
        "shape": found.shape,
        "seeds": values.shape[1],
        "reading": "mean absolute difference",
        "asks": f"near within {near:.3g}",
    }
    return row, [Range(*map(float, ends)) for ends in zip(means, lows, highs, strict=True)]
