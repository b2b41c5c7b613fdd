"""Figures and tables as a page shows them."""

from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from proofsheet.report.page import data_uri, number
from proofsheet.tables import DIFFERENCE, MEASURED, PUBLISHED

# What stands above the row headings of a table, by its kind.
CORNERS = {"epochs": "Epoch", "batches": "Epoch, batch"}
COMPARED = [PUBLISHED, MEASURED, DIFFERENCE]
NO_CELL = {"mean": "–", "half": ""}


class Shown(NamedTuple):
    """A figure or table as a page shows it."""

    name: str
    label: str
    caption: str
    path: str
    command: str
    body: Any


def load_figures(writeup: dict[str, Any], results: Path) -> dict[str, Shown]:
    """The write-up's own figures carry its numbers; ours beyond it are S1, S2, and so on."""
    shown, extra = {}, 0
    for name, figure in writeup["figures"].items():
        extra += figure["number"] is None
        path = f"figures/{writeup['name']}/{name}"
        shown[name] = Shown(
            name,
            f"Figure {figure['number'] or f'S{extra}'}",
            figure["caption"],
            f"{path}.csv",
            command(writeup["run"], f"make figure FIGURE={writeup['name']}/{name}"),
            {
                "alt": figure["alt"],
                "src": data_uri((results / f"{path}.svg").read_bytes(), "image/svg+xml"),
            },
        )
    return shown


def load_tables(writeup: dict[str, Any], results: Path, stand_ins: set[str]) -> dict[str, Shown]:
    """Tables by name. Between a published value and one of a stand-in there is no difference."""
    shown = {}
    for index, (name, table) in enumerate(writeup["tables"].items(), start=1):
        path = f"tables/{writeup['name']}/{name}.csv"
        cells = pd.read_csv(results / path, dtype={"row": str})
        columns = [column["title"] for column in table.get("columns", [])] or COMPARED
        titles = _row_titles(writeup, table)
        # One seed has no interval, and lines of a training need none.
        interval = table["kind"] not in ("epochs", "batches")
        rows = [
            {
                "key": row,
                "head": titles.get(row, row),
                "cells": [
                    _cell(cells[cells.row == row], column, _format(table, row, place), interval)
                    if _comparable(writeup, table, row, place, stand_ins)
                    else NO_CELL
                    for place, column in enumerate(columns)
                ],
            }
            for row in dict.fromkeys(cells.row)
        ]
        shown[name] = Shown(
            name,
            f"Table {index}",
            table["caption"],
            path,
            command(writeup["run"], f"make table TABLE={writeup['name']}/{name}"),
            {"corner": CORNERS.get(table["kind"], ""), "columns": columns, "rows": rows},
        )
    return shown


def _row_titles(writeup: dict[str, Any], table: dict[str, Any]) -> dict[str, str]:
    if table["kind"] == "metrics":
        return {name: writeup["experiments"][name]["title"] for name in table["experiments"]}
    return table["rows"] if table["kind"] == "splits" else {}


def _format(table: dict[str, Any], row: str, column: int) -> str:
    """A table of quantities has a format for each row, any other for each column."""
    if table["kind"] == "quantities":
        return next(item["format"] for item in table["rows"] if item["title"] == row)
    return table["columns"][column]["format"]


def command(run: str, words: str) -> str:
    """A make command for a run."""
    return words if run == "quick" else f"{words} RUN={run}"


def _comparable(
    writeup: dict[str, Any], table: dict[str, Any], row: str, place: int, stand_ins: set[str]
) -> bool:
    """Whether a cell may be shown: not if it subtracts a published value from a stand-in's."""
    if table["kind"] == "quantities":
        subtracts = COMPARED[place] == DIFFERENCE
    else:
        column = table["columns"][place]
        subtracts = bool(column.get("published") and column.get("quantity"))
    name = row if table["kind"] == "metrics" else table["experiments"][0]
    return not (subtracts and writeup["experiments"][name]["train"]["data"] in stand_ins)


def _cell(group: pd.DataFrame, column: str, spec: str, interval: bool) -> dict[str, str]:
    found = group[group.column == column]
    if found.empty:  # the write-up prints fewer epochs than we have, or more
        return NO_CELL
    cell = found.iloc[0]
    half = (cell["high"] - cell["low"]) / 2
    return {
        "mean": number(cell["mean"], spec),
        "half": number(half, spec.lstrip("+")) if interval and half > 0 else "",
    }
