"""Tables: from a declaration and kept files to rows with titles, numbers and their formats.

One function builds what the CSV holds and what a report prints.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from proofsheet.declare.table import (
    BatchesTable,
    CasesTable,
    Column,
    EpochsTable,
    MetricsTable,
    QuantitiesTable,
    Table,
)
from proofsheet.results.reader import Results
from proofsheet.results.statistics import Estimate, estimate
from proofsheet.verdicts.comparability import Comparability

PUBLISHED, MEASURED, DIFFERENCE = "Published", "Measured", "Difference"
NOTHING = Estimate(math.nan, math.nan, math.nan, 0)


class Cell(NamedTuple):
    """A number, and the format in which it is shown; NaN where there is none."""

    estimate: Estimate
    format: str


class Row(NamedTuple):
    """A row: its key in the CSV, its title on the page, and a cell for each column."""

    key: str
    title: str
    cells: list[Cell]


class Built(NamedTuple):
    """A table as a page prints it."""

    corner: str
    """What stands above the titles of the rows."""
    columns: list[str]
    rows: list[Row]
    over_seeds: str
    """What the caption says of seeds."""
    interval: bool
    """Whether intervals are shown: lines of a training need none."""


MEANS = "Means over seeds."
INTERVALS = "Means over seeds with 95 % interval."


def build_table(
    table: Table, results: Results, titles: dict[str, str], comparability: Comparability
) -> Built:
    """The rows of a table.

    A cell that subtracts a published value is empty where the two cannot be compared.

    :param titles: of the experiments, by name.
    """
    return KINDS[table.kind](table, _Source(results, comparability), titles)


def as_frame(built: Built) -> pd.DataFrame:
    """One row per cell: tidy, so that nothing is rounded or joined.

    :returns: columns row, column, mean, low, high, seeds; low and high bound the 95 % interval. A
        published value has no interval and no seeds; where there is none, the mean is NaN.
    """
    cells = [
        (row.key, column, *cell.estimate)
        for row in built.rows
        for column, cell in zip(built.columns, row.cells, strict=True)
    ]
    return pd.DataFrame(cells, columns=["row", "column", "mean", "low", "high", "seeds"])


class _Source(NamedTuple):
    results: Results
    comparability: Comparability

    def cell(
        self,
        column: Column,
        experiment: str,
        ours: np.ndarray,
        printed: float,
        at_end: int | None = None,
    ) -> Cell:
        """Ours, the published value, or ours minus that, as the column asks."""
        if column.quantity is None:
            shown = _single(printed)
        elif column.published is None:
            shown = estimate(ours) if len(ours) else NOTHING
        else:
            compared = self.comparability.comparable(experiment, ours, at_end)
            shown = estimate(ours - printed) if compared and printed == printed else NOTHING
        return Cell(shown, column.format)

    def metric(self, column: Column, experiment: str) -> Cell:
        ours = np.array([])
        if column.quantity is not None:
            ours = self.results.values(experiment, column.metric).to_numpy()
        number = self.results.last_published(experiment, column.published)
        return self.cell(column, experiment, ours, number.value, number.epoch)


def _metrics(table: MetricsTable, source: _Source, titles: dict[str, str]) -> Built:
    rows = [
        Row(name, titles[name], [source.metric(column, name) for column in table.columns])
        for name in table.experiments
    ]
    return Built("", _titles(table.columns), rows, INTERVALS, True)


def _cases(table: CasesTable, source: _Source, titles: dict[str, str]) -> Built:
    rows = []
    for case, title in table.rows.items():
        metrics = [column.metric(case) for column in table.columns]
        found = [source.results.estimate(table.experiment, metric) for metric in metrics]
        formats = [column.format for column in table.columns]
        rows.append(Row(case, title, [Cell(*pair) for pair in zip(found, formats, strict=True)]))
    return Built("", _titles(table.columns), rows, INTERVALS, True)


def _quantities(table: QuantitiesTable, source: _Source, titles: dict[str, str]) -> Built:
    # What is printed, what is measured, and the one minus the other.
    rows = []
    for row in table.rows:
        three = {"quantity": None}, {"published": None}, {"published": row.published or ""}
        columns = [row.model_copy(update=update) for update in three]
        cells = [source.metric(column, table.experiment) for column in columns]
        rows.append(Row(row.title, row.title, cells))
    return Built("", [PUBLISHED, MEASURED, DIFFERENCE], rows, INTERVALS, True)


def _epochs(table: EpochsTable, source: _Source, titles: dict[str, str]) -> Built:
    columns = []
    for column in table.columns:
        found = source.results.published(column.experiment, column.published)
        printed = {one.epoch or 0: one.value for one in found}
        ours: dict[int, np.ndarray] = {}
        if column.quantity is not None:
            series = source.results.series(column.experiment, column.series)
            ours = dict(zip(map(int, series.index), series.to_numpy(), strict=True))
        columns.append((column, column.experiment, ours, printed))
    return _lines(columns, source, "Epoch", str)


def _batches(table: BatchesTable, source: _Source, titles: dict[str, str]) -> Built:
    columns = []
    for column in table.columns:
        found = source.results.published(table.experiment, column.published)
        printed = {(one.epoch or 0, one.batch or 0): one.value for one in found}
        ours: dict[Any, np.ndarray] = {}
        if column.quantity is not None:
            lines = source.results.batch_means(table.experiment, column.quantity, table.every)
            ours = dict(zip(lines.index, lines.to_numpy(), strict=True))
        columns.append((column, table.experiment, ours, printed))
    # Rows are those of our training alone.
    return _lines(columns, source, "Epoch, batch", lambda at: f"{at[0]}, {at[1]}", printed=False)


def _lines(
    columns: Sequence[tuple[Column, str, dict[Any, np.ndarray], dict[Any, float]]],
    source: _Source,
    corner: str,
    key: Callable[[Any], str],
    printed: bool = True,
) -> Built:
    """Rows in the order of training; where the write-up prints more or less, cells are empty."""
    places = {at for column in columns for at in (*column[2], *(column[3] if printed else ()))}
    nothing = np.array([])
    rows = []
    for at in sorted(places):
        cells = [
            source.cell(column, name, ours.get(at, nothing), values.get(at, math.nan))
            for column, name, ours, values in columns
        ]
        rows.append(Row(key(at), key(at), cells))
    return Built(corner, _titles([column for column, *_ in columns]), rows, MEANS, False)


KINDS: dict[str, Callable[[Any, _Source, dict[str, str]], Built]] = {
    "metrics": _metrics,
    "cases": _cases,
    "quantities": _quantities,
    "epochs": _epochs,
    "batches": _batches,
}


def _titles(columns: Any) -> list[str]:
    return [column.title for column in columns]


def _single(value: float) -> Estimate:
    return Estimate(value, math.nan, math.nan, 0)
