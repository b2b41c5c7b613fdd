"""A write-up's report, and the index of all of them."""

from __future__ import annotations

import re
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from proofsheet.declare.job import IndexJob, ReportJob
from proofsheet.report.citations import Citations
from proofsheet.report.exhibits import command, load_figures, load_tables, where_shown
from proofsheet.report.judgements import (
    counts,
    load_claims,
    load_published,
    seeds_judged_by,
    tally,
)
from proofsheet.report.page import environment
from proofsheet.report.settings import assumptions, settings
from proofsheet.results.reader import CITED, Results
from proofsheet.results.statistics import LEVEL
from proofsheet.verdicts.comparability import Comparability
from proofsheet.verdicts.rules import NEAR_LOSS, NEAR_SHARE, RARE

# What makes the pages; run.json names what trained.
PACKAGES = ("snakemake", "jinja2", "matplotlib", "pandas", "scipy", "weasyprint", "ziamath")

# Where a template wants the table of contents.
CONTENTS = "<!-- contents -->"
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)


def render_report(
    told: ReportJob, results: Results, verdicts: pd.DataFrame, templates: Path
) -> str:
    """One write-up's report as one self-contained HTML page.

    :param results: kept files, cards and figures of all experiments that it shows.
    :raises jinja2.UndefinedError: where a template names something that is not there.
    """
    writeup = told.writeup
    again = partial(_again, told.run, told.configfile)
    datasets = {name: experiment.train.data for name, experiment in writeup.experiments.items()}
    comparability = Comparability(datasets, results.stand_ins(), results.epochs)
    cards = results.cards()
    runs = {name: results.run(name) for name in writeup.experiments}
    citations = Citations(results, again, CITED.verdicts(told.name))
    figures = load_figures(told, results)
    tables = load_tables(told, results, comparability)
    shown: set[str] = set()
    template = environment(templates).get_template(f"{told.name}.html.j2")
    page = template.render(
        writeup=writeup,
        run=told.run,
        author=told.author,
        links=told.links,
        commit=told.commit,
        again=again,
        packages={name: version(name) for name in PACKAGES},
        cards=cards,
        stand_ins=[card for card in cards if card["stand_in"]],
        figures=figures,
        tables=tables,
        # Of one name, a table shows more than a figure.
        exhibits={**figures, **tables},
        claims=load_claims(writeup, verdicts),
        published=load_published(writeup, verdicts),
        where_shown=partial(where_shown, writeup),
        counts=counts(verdicts),
        tally=tally,
        seeds_judged_by=seeds_judged_by(writeup),
        level=LEVEL,
        rare=RARE,
        near={"loss": NEAR_LOSS, "share": NEAR_SHARE},
        verdicts={
            "path": CITED.verdicts(told.name),
            "command": command(told.run, "make verdicts"),
        },
        settings=settings(writeup.experiments, runs),
        assumptions=assumptions(writeup.experiments.values()),
        versions=next(iter(runs.values()))["versions"],
        layers=partial(_layers, results, again),
        mark=lambda item: shown.add(item.path),
        unmarked=lambda items: [item for item in items.values() if item.path not in shown],
        title=lambda name: writeup.experiments[name].title,
        **citations.for_templates(),
    )
    return page.replace(CONTENTS, contents(page))


def render_index(told: IndexJob, results: Results, verdicts: pd.DataFrame, templates: Path) -> str:
    """The page that leads to all reports, with every verdict.

    :param results: the cards of all data sets.
    """
    rows = []
    for name, writeup in told.writeups.items():
        of_writeup = verdicts[verdicts.writeup == name]
        rows.append(
            {
                "name": name,
                "title": writeup.title,
                "claims": load_claims(writeup, of_writeup),
                "published": load_published(writeup, of_writeup),
                "counts": counts(of_writeup),
            }
        )
    template = environment(templates).get_template("index.html.j2")
    return template.render(
        writeups=rows,
        author=told.author,
        run=told.run,
        tally=tally,
        stand_ins=[card for card in results.cards() if card["stand_in"]],
    )


def contents(page: str) -> Markup:
    """Links to all sections that a page has."""
    items = [
        Markup('<li><a href="#{}">{}</a></li>').format(anchor, Markup(text).striptags())
        for anchor, text in HEADING.findall(page)
    ]
    return Markup("\n").join(items)


def _again(run: str, configfile: str, path: str) -> str:
    """The command that makes a kept file again."""
    named = "" if run == "quick" else f" --configfile {configfile}"
    return f".venv/bin/snakemake results/{run}/{path} --force --cores 1{named}"


def _layers(results: Results, again: Any, experiment: str) -> dict[str, Any]:
    """Layers of a network, where they were read, and how they are found again."""
    path = CITED.of_experiment(experiment, "layers.csv")
    return {"path": path, "command": again(path), "rows": results.layers(experiment)}
