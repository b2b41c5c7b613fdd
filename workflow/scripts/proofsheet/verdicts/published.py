"""Published numbers: would a training of ours print the same?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from proofsheet.evidence import Evidence
from proofsheet.statistics import estimate, predict
from proofsheet.verdicts.rules import MARKS, NOT_COMPARABLE, by_interval, overall

if TYPE_CHECKING:
    from proofsheet.declarations.published import Measured


def judge_published(
    published: dict[str, dict[str, Any]], evidence: Evidence, stand_ins: set[str]
) -> Iterator[dict[str, Any]]:
    """Rows of ``verdicts.csv``: one per published number, and one per curve of them.

    A published number comes from one training. Hence the interval: one further training of ours
    falls into it 95 times in 100 (:func:`proofsheet.statistics.predict`). The number is confirmed
    where the whole interval is as near to it as
    :func:`proofsheet.verdicts.rules.nearness` allows, contradicted where the
    interval leaves all of that out, and inconclusive otherwise; more spread between seeds can only
    make it inconclusive. It is not comparable where ours was measured on a stand-in, or not at all:
    in an epoch that our training does not have, for instance.

    The effect of a number is ours minus the published one. That of a curve is their mean absolute
    difference over the published points, with the 95 % interval of its mean over seeds.

    :param published: by experiment and quantity, the declaration with its ``rows`` and
        ``texts``.
    """
    for experiment, quantities in published.items():
        for quantity, declared in quantities.items():
            stand_in = experiment in stand_ins
            ours = [
                _measured(evidence, experiment, declared.measured, epoch, batch)
                for epoch, batch, *_ in declared.rows
            ]
            rows = [_point(values, declared, place, stand_in) for place, values in enumerate(ours)]
            rows += _curve(ours, declared) if len(rows) > 1 and not stand_in else []
            verdicts = [row["verdict"] for row in rows if row["statement"] == "published"]
            for row in rows:
                yield {
                    "name": f"{experiment}/{quantity}",
                    "overall": overall(verdicts, cases=True),
                    "stand_in": stand_in,
                    **row,
                }


def _measured(
    evidence: Evidence, experiment: str, measured: Measured, epoch: int | None, batch: int | None
) -> np.ndarray:
    """One value per seed; none where our training has no such epoch or batch."""
    if measured.file == "metrics":
        if epoch is not None and epoch != evidence.epochs(experiment):
            return np.array([])
        return evidence.values(experiment, measured.split, measured.quantity).to_numpy()
    if measured.file == "history":
        series, at = evidence.series(experiment, measured.split, measured.quantity), epoch
    else:
        series = evidence.batch_means(experiment, measured.quantity, measured.every or 1)
        at = (epoch, batch)  # type: ignore[assignment]
    return series.loc[[at]].to_numpy()[0] if at in series.index else np.array([])


def _point(ours: np.ndarray, declared: Any, place: int, stand_in: bool) -> dict[str, Any]:
    epoch, batch, value, _, near = declared.rows[place]
    names = {"epoch": epoch, "batch": batch}
    marks = {mark: verdict for verdict, mark in MARKS.items()}
    row = {
        "statement": "published",
        "measure": ", ".join(f"{name} {key}" for name, key in names.items() if key) or "value",
        "published": value,
        "printed": declared.texts[place],
        "recorded": marks[declared.recorded[place]] if declared.recorded else None,
        "verdict": NOT_COMPARABLE,
        "asks": f"within {near:.3g}",
    }
    if not len(ours):
        return row
    row["measured"], row["seeds"] = float(ours.mean()), len(ours)
    if stand_in:
        return row
    found = predict(ours - value)
    return row | {
        "verdict": by_interval(found.low, found.high, -near, near),
        "effect": found.mean,
        "low": found.low,
        "high": found.high,
        "agree": int((np.abs(ours - value) < near).sum()),
        "reading": "ours minus the published number",
    }


def _curve(ours: list[np.ndarray], declared: Any) -> list[dict[str, Any]]:
    pairs = [(seeds, row[2]) for seeds, row in zip(ours, declared.rows, strict=True) if len(seeds)]
    if not pairs:
        return []
    distances = np.mean([np.abs(seeds - value) for seeds, value in pairs], axis=0)
    found = estimate(distances)
    return [
        {
            "statement": "curve",
            "measure": f"{len(pairs)} of {len(ours)} points",
            "effect": found.mean,
            "low": found.low,
            "high": found.high,
            "seeds": found.n,
            "reading": "mean absolute difference",
        }
    ]
