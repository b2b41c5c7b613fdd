"""A write-up's report, and the index of all of them."""

from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from proofsheet.evidence import Evidence
from proofsheet.files import read_json
from proofsheet.report.cited import Citations
from proofsheet.report.judged import counts, load_claims, load_published, where_shown
from proofsheet.report.page import environment
from proofsheet.report.shown import command, load_figures, load_tables
from proofsheet.statistics import LEVEL
from proofsheet.verdicts.judge import read_verdicts
from proofsheet.verdicts.rules import NEAR_LOSS, NEAR_SHARE, RARE

# What makes the pages; run.json names what trained.
PACKAGES = ("snakemake", "jinja2", "matplotlib", "pandas", "scipy", "weasyprint", "ziamath")


def render_report(
    writeup: dict[str, Any],
    author: dict[str, str],
    links: dict[str, dict[str, str]],
    commit: str,
    results: Path,
    templates: Path,
) -> str:
    """One write-up's report as one self-contained HTML page.

    :param writeup: its declaration with all experiments that it shows, its name and the run's, and
        the run's configuration file.
    :param links: path, commit and URL of each part's source.
    :param commit: of everything that the report is made of; empty where that is not committed.
    :param results: ``results/<run>``, where figures, tables, verdicts and metrics are read.
    :raises jinja2.UndefinedError: where a template names something that is not there.
    """
    again = partial(_again, writeup["run"], writeup["configfile"])
    cards = _cards(results, writeup["experiments"])
    stand_ins = [card for card in cards if card["stand_in"]]
    verdicts_path = f"verdicts/{writeup['name']}.csv"
    citations = Citations(Evidence(results, writeup["published"]), again, verdicts_path)
    verdicts = read_verdicts(results / verdicts_path)
    template = environment(templates).get_template(f"{writeup['name']}.html.j2")
    shown: set[str] = set()
    return template.render(
        writeup=writeup,
        run=writeup["run"],
        author=author,
        links=links,
        commit=commit,
        again=again,
        packages={name: version(name) for name in PACKAGES},
        cards=cards,
        stand_ins=stand_ins,
        figures=load_figures(writeup, results),
        tables=load_tables(writeup, results, {card["name"] for card in stand_ins}),
        claims=load_claims(writeup, verdicts),
        published=load_published(writeup, verdicts),
        where_shown=partial(where_shown, writeup),
        counts=counts(verdicts),
        level=LEVEL,
        rare=RARE,
        near={"loss": NEAR_LOSS, "share": NEAR_SHARE},
        verdicts={"path": verdicts_path, "command": command(writeup["run"], "make verdicts")},
        runs=_runs(results, writeup["experiments"]),
        layers=partial(_layers, results, again),
        mark=lambda item: shown.add(item.path),
        unmarked=lambda items: [item for item in items.values() if item.path not in shown],
        title=lambda name: writeup["experiments"][name]["title"],
        **citations.for_templates(),
    )


def render_index(
    writeups: dict[str, dict[str, Any]],
    author: dict[str, str],
    cards: list[dict[str, Any]],
    verdicts: pd.DataFrame,
    run: str,
    templates: Path,
) -> str:
    """The page that leads to all reports, with every verdict.

    :param writeups: by name, what of each declaration is needed: title, claims, published
        quantities, and the titles of the experiments that these are of.
    """
    rows = []
    for name, writeup in writeups.items():
        of_writeup = verdicts[verdicts.writeup == name]
        rows.append(
            {
                "name": name,
                "title": writeup["title"],
                "claims": load_claims(writeup, of_writeup),
                "published": load_published(writeup, of_writeup),
                "counts": counts(of_writeup),
            }
        )
    return (
        environment(templates)
        .get_template("index.html.j2")
        .render(
            writeups=rows,
            author=author,
            run=run,
            stand_ins=[card for card in cards if card["stand_in"]],
        )
    )


def _again(run: str, configfile: str, path: str) -> str:
    """The command that makes a kept file again."""
    named = "" if run == "quick" else f" --configfile {configfile}"
    return f".venv/bin/snakemake results/{run}/{path} --force --cores 1{named}"


def _cards(results: Path, experiments: dict[str, Any]) -> list[dict[str, Any]]:
    names = sorted({experiment["train"]["data"] for experiment in experiments.values()})
    return [{"name": name, **read_json(results / "data" / f"{name}.json")} for name in names]


def _runs(results: Path, experiments: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """``run.json`` of each experiment's first seed: parameters, versions, digests."""
    return {
        name: read_json(results / "runs" / name / f"seed{experiment['seeds'][0]}" / "run.json")
        for name, experiment in experiments.items()
    }


def _layers(results: Path, again: Any, experiment: str) -> dict[str, Any]:
    """Layers of a network, where they were read, and how they are found again."""
    path = f"runs/{experiment}/layers.csv"
    rows = pd.read_csv(results / path).to_dict("records")
    return {"path": path, "command": again(path), "rows": rows}
