"""Reports: templates carry the words, kept files the numbers."""

import base64
import math
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pandas as pd
from markupsafe import Markup
from ziamath.zmath import Latex

from proofsheet.evidence import Evidence
from proofsheet.files import read_json
from proofsheet.statistics import estimate
from proofsheet.tables import DIFFERENCE, MEASURED, PUBLISHED

FONT_FACES = {
    "IBMPlexSerif-Regular": ("Plex Serif", 400, "normal"),
    "IBMPlexSerif-Italic": ("Plex Serif", 400, "italic"),
    "IBMPlexSerif-SemiBold": ("Plex Serif", 600, "normal"),
    "IBMPlexSans-Regular": ("Plex Sans", 400, "normal"),
    "IBMPlexSans-SemiBold": ("Plex Sans", 600, "normal"),
    "IBMPlexMono-Regular": ("Plex Mono", 400, "normal"),
}

VERDICT_MARKS = {"confirmed": "✓", "contradicted": "✕", "inconclusive": "?", "not comparable": "–"}


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


def render_report(
    writeup: dict[str, Any],
    author: dict[str, str],
    links: dict[str, dict[str, str]],
    results: Path,
    templates: Path,
) -> str:
    """One write-up's report as one self-contained HTML page.

    :param writeup: its declaration with all experiments that it shows, its name and the run's.
    :param links: path, commit and URL of each part's source.
    :param results: ``results/<run>``, where figures, tables, verdicts and metrics are read.
    :raises jinja2.UndefinedError: where a template names something that is not there.
    """
    environment = _environment(templates)
    evidence = Evidence(results, writeup["published"])
    cards = _cards(results, writeup["experiments"])
    template = environment.get_template(f"{writeup['name']}.html.j2")
    shown: set[str] = set()
    return template.render(
        writeup=writeup,
        run=writeup["run"],
        author=author,
        links=links,
        cards=cards,
        stand_ins=[card for card in cards if card["stand_in"]],
        figures=_figures(writeup, results),
        tables=_tables(writeup, results, {card["name"] for card in cards if card["stand_in"]}),
        claims=_claims(writeup, results),
        runs=_runs(results, writeup["experiments"]),
        layers=partial(_layers, results),
        mark=lambda item: shown.add(item.path),
        unmarked=lambda items: [item for item in items.values() if item.path not in shown],
        value=partial(_value, evidence),
        printed=partial(_published, evidence),
        mean=lambda *key: evidence.estimate(*key).mean,
        ranked=partial(_ranked, evidence),
        apart=partial(_apart, evidence),
        title=lambda name: writeup["experiments"][name]["title"],
    )


def render_index(
    titles: dict[str, str],
    claims: dict[str, dict[str, str]],
    author: dict[str, str],
    cards: list[dict[str, Any]],
    verdicts: pd.DataFrame,
    run: str,
    templates: Path,
) -> str:
    """The page that leads to all reports, with the verdict on every claim."""
    found = {
        (row.writeup, row.claim): row.claim_verdict
        for row in verdicts.drop_duplicates(["writeup", "claim"]).itertuples()
    }
    rows = {
        writeup: [
            {"name": name, "text": text, "verdict": found[writeup, name]}
            for name, text in claims[writeup].items()
        ]
        for writeup in titles
    }
    return (
        _environment(templates)
        .get_template("index.html.j2")
        .render(
            titles=titles,
            rows=rows,
            author=author,
            run=run,
            stand_ins=[card for card in cards if card["stand_in"]],
        )
    )


def _environment(templates: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,  # a misspelt name fails instead of leaving a gap
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["formula"] = formula
    environment.filters["number"] = number
    environment.globals["marks"] = VERDICT_MARKS
    environment.globals["font_faces"] = Markup(_font_faces(templates / "fonts"))
    environment.globals["style"] = Markup((templates / "style.css").read_text(encoding="utf-8"))
    return environment


def number(value: float, spec: str) -> str:
    """A number in a format of Python's, with a real minus sign; a dash where there is none."""
    return "–" if math.isnan(value) else format(value, spec).replace("-", "−")


def formula(latex: str) -> Markup:
    """A displayed formula as an SVG image whose alternative text is its LaTeX."""
    svg = Latex(latex, size=18).svg()
    uri = _data_uri(svg.encode(), "image/svg+xml")
    return Markup('<img class="formula" src="{}" alt="{}">').format(uri, latex)


def _font_faces(folder: Path) -> str:
    rules = []
    for file, (family, weight, style) in FONT_FACES.items():
        uri = _data_uri((folder / f"{file}.woff2").read_bytes(), "font/woff2")
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
            f"src:url({uri}) format('woff2')}}"
        )
    return "\n".join(rules)


def _data_uri(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _cards(results: Path, experiments: dict[str, Any]) -> list[dict[str, Any]]:
    names = sorted({experiment["train"]["data"] for experiment in experiments.values()})
    return [{"name": name, **read_json(results / "data" / f"{name}.json")} for name in names]


def _figures(writeup: dict[str, Any], results: Path) -> dict[str, Shown]:
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
            _command(writeup["run"], f"make figure FIGURE={writeup['name']}/{name}"),
            {
                "alt": figure["alt"],
                "src": _data_uri((results / f"{path}.svg").read_bytes(), "image/svg+xml"),
            },
        )
    return shown


def _tables(writeup: dict[str, Any], results: Path, stand_ins: set[str]) -> dict[str, Shown]:
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
            _command(writeup["run"], f"make table TABLE={writeup['name']}/{name}"),
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


def _command(run: str, command: str) -> str:
    return command if run == "quick" else f"{command} RUN={run}"


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
        "half": number(half, spec.lstrip("+")) if interval and not math.isnan(half) else "",
    }


def _claims(writeup: dict[str, Any], results: Path) -> dict[str, dict[str, Any]]:
    verdicts = pd.read_csv(results / "verdicts" / f"{writeup['name']}.csv")
    claims = {}
    for name, claim in writeup["claims"].items():
        rows = verdicts[verdicts.claim == name]
        kind = "fig" if claim["evidence"] in writeup["figures"] else "tab"
        claims[name] = {
            "name": name,
            "text": claim["text"],
            "verdict": rows.claim_verdict.iloc[0],
            "stand_in": bool(rows.stand_in.iloc[0]),
            "evidence": f"{kind}-{claim['evidence']}",
            "findings": {row["measure"]: row for row in rows.to_dict("records")},
        }
    return claims


def _runs(results: Path, experiments: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """``run.json`` of each experiment's first seed: parameters, versions, digests."""
    return {
        name: read_json(results / "runs" / name / f"seed{experiment['seeds'][0]}" / "run.json")
        for name, experiment in experiments.items()
    }


def _layers(results: Path, experiment: str) -> dict[str, Any]:
    """Layers of a network, and where they were read."""
    path = f"runs/{experiment}/layers.csv"
    return {"path": path, "rows": pd.read_csv(results / path).to_dict("records")}


def _value(
    evidence: Evidence, experiment: str, split: str, quantity: str, spec: str = ".3f"
) -> Markup:
    """A measured mean with the half-width of its interval, and where it was read."""
    found = evidence.estimate(experiment, split, quantity)
    half = "" if math.isnan(found.half_width) else f" ± {number(found.half_width, spec)}"
    source = f"{evidence.path(experiment, 'metrics.csv')}, {split} {quantity}, {found.n} seeds"
    return Markup('<span class="value" title="{}">{}{}</span>').format(
        source, number(found.mean, spec), half
    )


def _published(evidence: Evidence, experiment: str, quantity: str, spec: str = ".3f") -> Markup:
    """The write-up's value of a quantity, the last where it prints several."""
    source = f"printed in the write-up: {experiment} {quantity}"
    shown = number(evidence.last_published(experiment, quantity), spec)
    return Markup('<span class="value" title="{}">{}</span>').format(source, shown)


def _ranked(evidence: Evidence, names: list[str], split: str, quantity: str) -> list[str]:
    """Experiments by the mean of a metric, highest first."""
    return sorted(names, key=lambda name: -evidence.estimate(name, split, quantity).mean)


def _apart(evidence: Evidence, first: str, second: str, split: str, quantity: str) -> bool:
    """Whether the 95 % interval of the paired difference leaves out 0."""
    found = estimate(evidence.steps([first, second], split, quantity)[:, 0])
    return bool(found.low > 0 or found.high < 0)
