"""Tables of a report, unrounded, as data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from proofsheet.evidence import Evidence
from proofsheet.statistics import estimate

if TYPE_CHECKING:
    from proofsheet.declarations import Table

Cell = tuple[str | int, str, float, float, float, int]


def build_table(table: Table, evidence: Evidence) -> pd.DataFrame:
    """One row per experiment or epoch and column: tidy, so that nothing is rounded or joined.

    :returns: columns row, column, mean, low, high, seeds; ``row`` is an experiment's name in a
        table of metrics, an epoch in a table of epochs; low and high bound the 95 % interval.
    """
    cells = _metrics(table, evidence) if table.kind == "metrics" else _epochs(table, evidence)
    return pd.DataFrame(cells, columns=["row", "column", "mean", "low", "high", "seeds"])


def _metrics(table: Table, evidence: Evidence) -> list[Cell]:
    return [
        (name, column.title, *evidence.estimate(name, column.split, column.quantity))
        for name in table.experiments
        for column in table.columns
    ]


def _epochs(table: Table, evidence: Evidence) -> list[Cell]:
    cells: list[Cell] = []
    for column in table.columns:
        assert column.experiment is not None  # the declaration insists
        series = evidence.series(column.experiment, column.split, column.quantity)
        for epoch, values in zip(series.index, series.to_numpy(), strict=True):
            cells.append((int(epoch), column.title, *estimate(values)))
    return cells
