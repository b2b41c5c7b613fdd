"""Figures and tables as a page shows them."""

from __future__ import annotations

from itertools import compress
from typing import Any, NamedTuple

from proofsheet.declare.job import ReportJob
from proofsheet.declare.published import named
from proofsheet.declare.writeup import Writeup
from proofsheet.paths import CITED
from proofsheet.report.numbers import number, over_seeds
from proofsheet.report.page import svg_uri
from proofsheet.results.reader import Results
from proofsheet.results.statistics import estimate
from proofsheet.tables.build import Built, build_table


class Exhibit(NamedTuple):
    """A figure or table with its caption, the file it came from and the command that makes it
    again."""

    name: str
    number: int | None
    """The write-up's own; ours have none."""
    caption: str
    path: str
    command: str
    body: Any
    small: bool = False
    """Whether a figure is drawn for half of a page's width."""

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"{'tab' if isinstance(self.body, Table) else 'fig'}-{self.name}"

    @property
    def wide(self) -> bool:
        """Whether it needs the width of a page."""
        return len(self.body.columns) > 4 if isinstance(self.body, Table) else not self.small


class Table(NamedTuple):
    """What stands in a table: titles, and a row of cells for each key of the CSV."""

    columns: list[str]
    rows: list[Row]


class Row(NamedTuple):
    key: str
    title: str
    cells: list[Cell]


class Cell(NamedTuple):
    """Ours, the interval, and what the write-up prints; empty where there is none."""

    ours: str
    interval: str
    printed: str


def load_figures(told: ReportJob, results: Results) -> dict[str, Exhibit]:
    """Figures by name."""
    shown = {}
    for name, figure in told.writeup.figures.items():
        svg = results.file(CITED.figure(told.name, name, "svg")).read_text(encoding="utf-8")
        shown[name] = Exhibit(
            name,
            figure.number,
            " ".join(filter(None, [figure.caption, told.notes[name]])),
            CITED.figure(told.name, name, "csv"),
            told.commands.make(f"make figure FIGURE={told.name}/{name}"),
            {"alt": figure.alt, "src": svg_uri(svg)},
            figure.small,
        )
    return shown


def load_tables(told: ReportJob, results: Results) -> dict[str, Exhibit]:
    """Tables by name."""
    titles = {name: experiment.title for name, experiment in told.writeup.experiments.items()}
    shown = {}
    for name, table in told.writeup.tables.items():
        body, empty = _without_empty_columns(_as_text(build_table(table, results, titles)))
        missing = f"Left out, as not every seed has a number: {', '.join(empty)}." if empty else ""
        shown[name] = Exhibit(
            name,
            None,
            " ".join(filter(None, [table.caption, missing])),
            CITED.table(told.name, name),
            told.commands.make(f"make table TABLE={told.name}/{name}"),
            body,
        )
    return shown


def where_shown(writeup: Writeup, experiment: str, quantity: str) -> str:
    """The first table, or else figure, that shows a published quantity; empty if none does."""
    tables = [(name, table, table.experiments) for name, table in writeup.tables.items()]
    figures = [(name, one.draw, one.draw.experiments) for name, one in writeup.figures.items()]
    for name, declared, experiments in (*tables, *figures):
        if (experiment, quantity) in named(declared.model_dump(), experiments):
            return name
    return ""


def _as_text(built: Built) -> Table:
    rows = []
    for row in built.rows:
        cells = []
        for cell in row.cells:
            if built.interval:
                ours, bounds = over_seeds(cell.values, cell.format, cell.bounds)
            else:
                ours, bounds = number(estimate(cell.values).mean, cell.format), ""
            cells.append(Cell(ours, bounds, cell.published.text))
        rows.append(Row(row.key, row.title, cells))
    return Table(built.columns, rows)


def _without_empty_columns(table: Table) -> tuple[Table, list[str]]:
    """The table without columns that have no number at all, and their titles."""
    cells = [[row.cells[place] for row in table.rows] for place in range(len(table.columns))]
    kept = [any(cell.ours != "–" or cell.printed for cell in column) for column in cells]
    rows = [row._replace(cells=list(compress(row.cells, kept))) for row in table.rows]
    empty = [title for title, keep in zip(table.columns, kept, strict=True) if not keep]
    return Table(list(compress(table.columns, kept)), rows), empty
