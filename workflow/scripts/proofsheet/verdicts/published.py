"""Published numbers: would a training of ours print the same?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from proofsheet.declare.published import AllPublished, Measured, Published
from proofsheet.declare.quantity import Metric, Series
from proofsheet.results.published import Number, numbers
from proofsheet.results.reader import Results
from proofsheet.results.statistics import estimate, predict
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.rules import MARKS, NOT_COMPARABLE, by_interval, overall, tolerance


def judge_published(
    published: AllPublished, results: Results, comparability: Comparability
) -> Iterator[dict[str, Any]]:
    """Rows of ``verdicts.csv``: one per published number, and one per curve of them.

    A published number comes from one training. Hence the interval: one further training of ours
    falls into it 95 times in 100 (:func:`proofsheet.results.statistics.predict`). The number is
    confirmed where the whole interval is as near to it as
    :func:`proofsheet.verdicts.rules.tolerance` allows, contradicted where the
    interval leaves all of that out, and inconclusive otherwise; more spread between seeds can only
    make it inconclusive. It is not comparable where ours was measured on a stand-in, or not at all:
    in an epoch that our training does not have, for instance.

    The effect of a number is ours minus the published one. That of a curve is their mean absolute
    difference over the published points, with the 95 % interval of its mean over seeds.
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
            points = [
                _point(values, declared, place, number, comparable)
                for place, (values, number, comparable) in enumerate(
                    zip(ours, printed, compared, strict=True)
                )
            ]
            pairs = [
                (values, number.value)
                for values, number, comparable in zip(ours, printed, compared, strict=True)
                if comparable
            ]
            curve = [_curve(pairs, len(printed))] if pairs and len(printed) > 1 else []
            verdicts = [point["verdict"] for point in points]
            for row in [*points, *curve]:
                yield {
                    "name": f"{experiment}/{quantity}",
                    "overall": overall(verdicts, cases=True),
                    "stand_in": comparability.on_stand_in(experiment),
                    **row,
                }


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
    at = (epoch, number.batch)
    return means.loc[[at]].to_numpy()[0] if at in means.index else np.array([])


def _point(
    ours: np.ndarray, declared: Published, place: int, number: Number, comparable: bool
) -> dict[str, Any]:
    near = tolerance(number.value, number.rounding, declared.scale)
    names = {"epoch": number.epoch, "batch": number.batch}
    marks = {mark: verdict for verdict, mark in MARKS.items()}
    row = {
        "statement": "published",
        "measure": ", ".join(f"{name} {key}" for name, key in names.items() if key) or "value",
        "published": number.value,
        "printed": number.text,
        "recorded": marks[declared.recorded[place]] if declared.recorded else None,
        "verdict": NOT_COMPARABLE,
        "asks": f"within {near:.3g}",
    }
    if len(ours):
        row["measured"], row["seeds"] = float(ours.mean()), len(ours)
    if not comparable:
        return row
    found = predict(ours, declared.scale == "share")
    effect, low, high = (end - number.value for end in found[:3])
    return row | {
        "verdict": by_interval(low, high, -near, near),
        "effect": effect,
        "low": low,
        "high": high,
        "agree": int((np.abs(ours - number.value) < near).sum()),
        "reading": "ours minus the published number",
    }


def _curve(pairs: list[tuple[np.ndarray, float]], printed: int) -> dict[str, Any]:
    distances = np.mean([np.abs(seeds - value) for seeds, value in pairs], axis=0)
    found = estimate(distances)
    return {
        "statement": "curve",
        "measure": f"{len(pairs)} of {printed} points",
        "effect": found.mean,
        "low": found.low,
        "high": found.high,
        "seeds": found.n,
        "reading": "mean absolute difference",
    }
