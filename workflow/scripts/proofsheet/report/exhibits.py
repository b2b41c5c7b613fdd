"""Figures and tables as a page shows them."""

from __future__ import annotations

from typing import Any, NamedTuple

from proofsheet.declare.job import ReportJob
from proofsheet.declare.published import named
from proofsheet.declare.writeup import Writeup
from proofsheet.report.numbers import half_width, number
from proofsheet.report.page import data_uri
from proofsheet.results.reader import CITED, Results
from proofsheet.tables.build import Built, build_table
from proofsheet.verdicts.comparability import Comparability


class Exhibit(NamedTuple):
    """A figure or table with its label, its caption, the file it came from and the command that
    makes it again."""

    name: str
    label: str
    caption: str
    path: str
    command: str
    body: Any

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"{'fig' if self.label.startswith('Figure') else 'tab'}-{self.name}"


class Table(NamedTuple):
    """What stands in a table: titles, and a row of cells for each key of the CSV."""

    corner: str
    columns: list[str]
    rows: list[Row]


class Row(NamedTuple):
    key: str
    title: str
    cells: list[Cell]


class Cell(NamedTuple):
    """A number, and what stands behind ±, or nothing."""

    mean: str
    half: str


def load_figures(told: ReportJob, results: Results) -> dict[str, Exhibit]:
    """The write-up's own figures carry its numbers; ours beyond it are S1, S2, and so on."""
    shown, extra = {}, 0
    for name, figure in told.writeup.figures.items():
        extra += figure.number is None
        svg = results.file(CITED.figure(told.name, name, "svg")).read_bytes()
        shown[name] = Exhibit(
            name,
            f"Figure {figure.number or f'S{extra}'}",
            " ".join(filter(None, [figure.caption, told.notes[name]])),
            CITED.figure(told.name, name, "csv"),
            command(told.run, f"make figure FIGURE={told.name}/{name}"),
            {"alt": figure.alt, "src": data_uri(svg, "image/svg+xml")},
        )
    return shown


def load_tables(
    told: ReportJob, results: Results, comparability: Comparability
) -> dict[str, Exhibit]:
    """Tables by name, numbered in the order declared."""
    titles = {name: experiment.title for name, experiment in told.writeup.experiments.items()}
    shown = {}
    for index, (name, table) in enumerate(told.writeup.tables.items(), start=1):
        built = build_table(table, results, titles, comparability)
        shown[name] = Exhibit(
            name,
            f"Table {index}",
            f"{table.caption} {built.over_seeds}",
            CITED.table(told.name, name),
            command(told.run, f"make table TABLE={told.name}/{name}"),
            _as_text(built),
        )
    return shown


def command(run: str, words: str) -> str:
    """A make command for a run."""
    return words if run == "quick" else f"{words} RUN={run}"


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
        cells = [
            Cell(
                number(cell.estimate.mean, cell.format),
                half_width(cell.estimate, cell.format) if built.interval else "",
            )
            for cell in row.cells
        ]
        rows.append(Row(row.key, row.title, cells))
    return Table(built.corner, built.columns, rows)
