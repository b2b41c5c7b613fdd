"""Tables of a report, unrounded, as data frames."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from proofsheet.evidence import Evidence
from proofsheet.statistics import Estimate, estimate

if TYPE_CHECKING:
    from proofsheet.declarations.shown import (
        Batches,
        Column,
        Epochs,
        Metrics,
        Quantities,
        Splits,
        Table,
    )

Cell = tuple[str | int, str, float, float, float, int]

PUBLISHED, MEASURED, DIFFERENCE = "Published", "Measured", "Difference"


def build_table(table: Table, evidence: Evidence) -> pd.DataFrame:
    """One row per cell: tidy, so that nothing is rounded or joined.

    :returns: columns row, column, mean, low, high, seeds. ``row`` is an experiment's name in a
        table of metrics, a split, an epoch, an epoch and a batch as ``"1, 100"``, or the title of
        a quantity; low and high bound the 95 % interval. A published value has no interval and no
        seeds; where the write-up prints none, the mean is NaN.
    """
    cells = list(ROWS[table.kind](table, evidence))
    return pd.DataFrame(cells, columns=["row", "column", "mean", "low", "high", "seeds"])


def _metrics(table: Metrics, evidence: Evidence) -> Iterator[Cell]:
    for name in table.experiments:
        for column in table.columns:
            yield name, column.title, *_metric(evidence, name, column)


def _splits(table: Splits, evidence: Evidence) -> Iterator[Cell]:
    for split in vars(table.rows):
        for column in table.columns:
            found = evidence.estimate(table.experiments[0], split, column.quantity)
            yield split, column.title, *found


def _quantities(table: Quantities, evidence: Evidence) -> Iterator[Cell]:
    name = table.experiments[0]
    for row in table.rows:
        assert row.split is not None  # the declaration insists
        assert row.quantity is not None
        printed = evidence.last_published(name, row.published)
        ours = evidence.values(name, row.split, row.quantity).to_numpy()
        yield row.title, PUBLISHED, *_single(printed)
        yield row.title, MEASURED, *estimate(ours)
        yield row.title, DIFFERENCE, *_difference(ours, printed)


def _epochs(table: Epochs, evidence: Evidence) -> Iterator[Cell]:
    for column in table.columns:
        printed = evidence.published(column.experiment, column.published)
        if column.quantity is None or column.split is None:
            for (epoch, _), value in printed.items():
                yield epoch or 0, column.title, *_single(value)
            continue
        series = evidence.series(column.experiment, column.split, column.quantity)
        for epoch, ours in zip(series.index, series.to_numpy(), strict=True):
            value = printed.get((int(epoch), None), math.nan)
            yield int(epoch), column.title, *_ours(ours, value, column)


def _batches(table: Batches, evidence: Evidence) -> Iterator[Cell]:
    name = table.experiments[0]
    for column in table.columns:
        printed = evidence.published(name, column.published)
        lines = evidence.batch_means(name, column.quantity or "loss", table.every)
        for (epoch, batch), ours in zip(lines.index, lines.to_numpy(), strict=True):
            value = printed.get((epoch, batch), math.nan)
            yield f"{epoch}, {batch}", column.title, *_ours(ours, value, column)


ROWS: dict[str, Callable[[Any, Evidence], Iterator[Cell]]] = {
    "metrics": _metrics,
    "splits": _splits,
    "quantities": _quantities,
    "epochs": _epochs,
    "batches": _batches,
}


def _metric(evidence: Evidence, name: str, column: Column) -> Estimate:
    printed = evidence.last_published(name, column.published)
    if column.quantity is None or column.split is None:
        return _single(printed)
    return _ours(evidence.values(name, column.split, column.quantity).to_numpy(), printed, column)


def _ours(ours: np.ndarray, printed: float, column: Column) -> Estimate:
    if column.quantity is None:
        return _single(printed)
    return estimate(ours) if column.published is None else _difference(ours, printed)


def _difference(ours: np.ndarray, printed: float) -> Estimate:
    return _single(math.nan) if math.isnan(printed) else estimate(ours - printed)


def _single(value: float) -> Estimate:
    return Estimate(value, math.nan, math.nan, 0)
