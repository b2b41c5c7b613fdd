"""Verdicts in the terminal."""

import math

import pandas as pd
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from proofsheet.verdicts.judge import changed, on_record
from proofsheet.verdicts.rules import (
    CONFIRMED,
    CONTRADICTED,
    INCONCLUSIVE,
    MARKS,
    NEAR,
    NOT_COMPARABLE,
    NOT_REPRODUCED,
    OPEN,
    REPRODUCED,
)

# Columns of a terminal that has room for what a claim asks.
WIDE = 110
COLOURS = {
    CONFIRMED: "green",
    CONTRADICTED: "red",
    INCONCLUSIVE: "yellow",
    REPRODUCED: "green",
    NEAR: "yellow",
    NOT_REPRODUCED: "red",
    OPEN: "yellow",
    NOT_COMPARABLE: "bright_black",
}


def print_verdicts(verdicts: pd.DataFrame, console: Console) -> int:
    """Print every claim and published quantity, then what differs from the record.

    :param verdicts: the rows of ``verdicts.csv``.
    :returns: how many verdicts differ from the recorded ones.
    """
    wide = console.width >= WIDE
    for writeup, rows in verdicts.groupby("writeup", sort=False):
        console.print(Group(Text(f"\n{writeup}", style="bold"), _claims(rows, wide)))
        if (rows.statement == "published").any():
            console.print(_published(rows))
    said = {*verdicts.verdict, *verdicts.overall}
    legend = [
        Text.assemble((mark, COLOURS[name]), f" {name}  ")
        for name, mark in MARKS.items()
        if name in said
    ]
    console.print(Text.assemble("\n", *legend))
    return _print_changes(verdicts, console)


def _claims(rows: pd.DataFrame, wide: bool) -> Table:
    """A line for each claim, and under it one for each measure where there are several."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ["", "claim", "effect", "interval", *(["claimed"] if wide else []), "seeds"]:
        table.add_column(title, overflow="fold")
    for name, parts in rows[rows.statement == "claim"].groupby("name", sort=False):
        first = parts.iloc[0]
        note = " (stand-in)" if first.stand_in else ""
        heading = Text.assemble(str(name), (note, "dim"))
        table.add_row(_mark(first.overall), heading)
        for row in parts.to_dict("records"):
            table.add_row(
                "",
                Text.assemble("  ", _mark(row["verdict"]), f" {row['measure']}"),
                _number(row["effect"]),
                _interval(row["low"], row["high"]),
                *([row["asks"]] if wide else []),
                f"{row['agree']:.0f} of {row['seeds']:.0f}" if row["seeds"] else "",
                style="dim" if row["beside"] else "",
            )
    return table


def _published(rows: pd.DataFrame) -> Table:
    """A line for each published quantity, with a mark for each of its numbers."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("published", "verdicts", "printed", "ours", "ours − printed"):
        table.add_column(title, overflow="fold")
    printed = rows.statement.isin(["published", "curve"])
    for name, group in rows[printed].groupby("name", sort=False):
        points = group[group.statement == "published"]
        marks = Text.assemble(*(_mark(verdict) for verdict in points.verdict))
        curve = group[group.statement == "curve"]
        if len(points) == 1:
            point = points.iloc[0]
            table.add_row(
                str(name), marks, point.printed, _number(point.measured), _number(point.effect)
            )
        else:
            distance = f"{_number(curve.effect.iloc[0])} on average" if len(curve) else ""
            table.add_row(str(name), marks, f"{len(points)} numbers", "", distance)
    return table


def _print_changes(verdicts: pd.DataFrame, console: Console) -> int:
    differs = changed(verdicts)
    for row in differs.itertuples():
        console.print(
            f"differs from the record: {row.writeup}: {row.name}: "
            f"now {row.overall}, recorded {row.recorded}",
            style="bold",
            highlight=False,
        )
    recorded = on_record(verdicts)
    aside = int(recorded.stand_in.sum())
    compared = len(recorded) - aside
    console.print(
        f"{compared} verdicts compared with the record, {len(differs)} differ"
        + (f"; {aside} speak of a stand-in and are not compared." if aside else "."),
        highlight=False,
    )
    return len(differs)


def _mark(verdict: str) -> Text:
    return Text(MARKS[verdict], style=COLOURS[verdict])


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3g}".replace("-", "−")


def _interval(low: float, high: float) -> str:
    return "" if math.isnan(low) else f"{_number(low)} to {_number(high)}"
