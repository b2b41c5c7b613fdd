"""Tables: from a declaration and kept files to rows with titles, numbers and their formats.

One function builds what the CSV holds and what a report prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from proofsheet.declare.quantity import ANY, Bounds
from proofsheet.declare.table import (
    BatchesTable,
    CasesTable,
    EpochsTable,
    MetricsTable,
    QuantitiesTable,
    Table,
)
from proofsheet.results.published import NOTHING, Number
from proofsheet.results.reader import Results
from proofsheet.results.statistics import estimate


class Cell(NamedTuple):
    """What is measured, one value per seed or none, and what the write-up prints of it."""

    values: np.ndarray
    published: Number
    format: str
    bounds: Bounds = ANY


class Row(NamedTuple):
    """A row: its key in the CSV, its title on the page, and a cell for each column."""

    key: str
    title: str
    cells: list[Cell]


class Built(NamedTuple):
    """A table as a page prints it."""

    columns: list[str]
    rows: list[Row]
    interval: bool
    """Whether intervals are shown: lines of a training need none."""


def build_table(table: Table, results: Results, titles: dict[str, str]) -> Built:
    """The rows of a table.

    :param titles: of the experiments, by name.
    """
    return KINDS[table.kind](table, results, titles)


def as_frame(built: Built) -> pd.DataFrame:
    """One row per cell: tidy, so that nothing is rounded or joined.

    :returns: columns row, column, mean, low, high, seeds, published; low and high bound the 95 %
        interval; numbers that are not there are NaN.
    """
    cells = [
        (row.key, column, *estimate(cell.values, cell.bounds), cell.published.value)
        for row in built.rows
        for column, cell in zip(built.columns, row.cells, strict=True)
    ]
    names = ["row", "column", "mean", "low", "high", "seeds", "published"]
    return pd.DataFrame(cells, columns=names)


def _metrics(table: MetricsTable, results: Results, titles: dict[str, str]) -> Built:
    rows = []
    for name in table.experiments:
        cells = [
            Cell(
                results.values(name, column.metric).to_numpy(),
                results.last_published(name, column.published),
                column.format,
                results.bounds(name, column.metric),
            )
            for column in table.columns
        ]
        rows.append(Row(name, titles[name], cells))
    return Built([column.title for column in table.columns], rows, True)


def _cases(table: CasesTable, results: Results, titles: dict[str, str]) -> Built:
    rows = []
    for case, title in table.rows.items():
        cells = [
            Cell(
                results.values(table.experiment, column.metric(case)).to_numpy(),
                NOTHING,
                column.format,
                results.bounds(table.experiment, column.metric(case)),
            )
            for column in table.columns
        ]
        rows.append(Row(case, title, cells))
    return Built([column.title for column in table.columns], rows, True)


def _quantities(table: QuantitiesTable, results: Results, titles: dict[str, str]) -> Built:
    rows = []
    for row in table.rows:
        values = results.values(table.experiment, row.metric).to_numpy()
        printed = results.last_published(table.experiment, row.published)
        bounds = results.bounds(table.experiment, row.metric)
        rows.append(Row(row.title, row.title, [Cell(values, printed, row.format, bounds)]))
    return Built(["Ours"], rows, True)


def _epochs(table: EpochsTable, results: Results, titles: dict[str, str]) -> Built:
    columns = []
    for column in table.columns:
        series = results.series(column.experiment, column.series)
        printed = results.published(column.experiment, column.published)
        columns.append((column.title, column.format, series, printed))
    return _lines(columns, lambda at: (str(at), f"Epoch {at}"), lambda one: one.epoch)


def _batches(table: BatchesTable, results: Results, titles: dict[str, str]) -> Built:
    columns = []
    for column in table.columns:
        means = results.batch_means(table.experiment, column.quantity, table.every)
        printed = results.published(table.experiment, column.published)
        columns.append((column.title, column.format, means, printed))
    return _lines(
        columns,
        lambda at: (f"{at[0]}, {at[1]}", f"Epoch {at[0]}, Batch {at[1]}"),
        lambda one: (one.epoch, one.batch),
    )


def _lines(
    columns: Iterable[tuple[str, str, pd.DataFrame, list[Number]]],
    named: Callable[[Any], tuple[str, str]],
    place: Callable[[Number], Any],
) -> Built:
    """Rows in the order of training, those of ours and of the write-up; a cell may be empty."""
    titles, cells = [], {}
    for title, spec, frame, printed in columns:
        ours = dict(zip(frame.index, frame.to_numpy(), strict=True))
        theirs = {place(one): one for one in printed}
        titles.append(title)
        for at in {*ours, *theirs}:
            cell = Cell(ours.get(at, np.array([])), theirs.get(at, NOTHING), spec)
            cells[at, title] = cell
    nothing = Cell(np.array([]), NOTHING, "")
    rows = [
        Row(*named(at), [cells.get((at, title), nothing) for title in titles])
        for at in sorted({at for at, _ in cells})
    ]
    return Built(titles, rows, False)


KINDS: dict[str, Callable[[Any, Results, dict[str, str]], Built]] = {
    "metrics": _metrics,
    "cases": _cases,
    "quantities": _quantities,
    "epochs": _epochs,
    "batches": _batches,
}
