"""A write-up's report, and the index of all of them."""

from __future__ import annotations

import re
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from markupsafe import Markup

from proofsheet.declare.job import IndexJob, ReportJob
from proofsheet.declare.quantity import Metric
from proofsheet.declare.sentence import Mean, Printed, pieces
from proofsheet.declare.writeup import Writeup
from proofsheet.paths import CITED
from proofsheet.report.citations import Citations
from proofsheet.report.exhibits import load_figures, load_tables, where_shown
from proofsheet.report.judgements import (
    as_printed,
    counts,
    load_claims,
    load_published,
)
from proofsheet.report.networks import Stage, named, stages
from proofsheet.report.numbers import number
from proofsheet.report.page import data_uri, render, thumbnail
from proofsheet.report.searches import searches
from proofsheet.report.sentences import Sentences, with_mark
from proofsheet.report.settings import assumptions, settings
from proofsheet.results.reader import Results
from proofsheet.results.statistics import LEVEL
from proofsheet.verdicts.consistency import agreements
from proofsheet.verdicts.rules import NEAR_DECIBEL, NEAR_LOSS, NEAR_SHARE, RARE

# What makes the pages; run.json names what trained.
PACKAGES = ("snakemake", "jinja2", "matplotlib", "pandas", "scipy", "weasyprint", "ziamath")

# Where a template wants the table of contents.
CONTENTS = "<!-- contents -->"
HEADING = re.compile(r'<(?:h2 id="([^"]+)"|details id="([^"]+)"><summary><h3)>(.*?)</h\d>', re.S)


def render_report(
    told: ReportJob, results: Results, verdicts: pd.DataFrame, templates: list[Path]
) -> str:
    """One write-up's report as one self-contained HTML page.

    :param results: kept files, cards and figures of all experiments that it shows.
    :raises jinja2.UndefinedError: where a template names something that is not there.
    """
    writeup = told.writeup
    again, make = told.commands.again, told.commands.make
    cards = results.cards()
    runs = {name: results.run(name) for name in writeup.experiments}
    citations = Citations(results, again, CITED.verdicts(told.name))
    figures, tables = load_figures(told, results), load_tables(told, results)
    judged = load_claims(writeup, verdicts)
    shown: set[str] = set()
    left_open = assumptions(writeup.experiments.values())
    recovered = searches(writeup, results)
    # Of the check; what a write-up has nothing of is no section.
    printed = ["published"] if writeup.published else []
    unsaid = ["open"] if left_open or recovered else []
    sections = ["claims", *printed, *unsaid, "further", "data", "networks", "rebuild", "sources"]
    page = render(
        templates,
        f"{told.name}.html.j2",
        name=told.name,
        writeup=writeup,
        make=make,
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
        claims={name: judged[name] for name in writeup.claims},
        published=load_published(writeup, verdicts),
        where_shown=partial(where_shown, writeup),
        counts=counts(verdicts),
        letters=dict(zip(sections, "ABCDEFGH", strict=False)),
        level=LEVEL,
        rare=RARE,
        near={"loss": NEAR_LOSS, "share": NEAR_SHARE, "decibel": NEAR_DECIBEL},
        verdicts={
            "path": CITED.verdicts(told.name),
            "command": make("make verdicts"),
        },
        settings=settings(writeup.experiments, runs),
        assumptions=left_open,
        agreements=[
            agreement._replace(about=f"{writeup.experiments[name].title}: {agreement.about}")
            for name, declared in writeup.published.items()
            for agreement in agreements(declared, writeup.consistency.get(name, []))
        ],
        recovered=recovered,
        versions=next(iter(runs.values()))["versions"],
        networks=_networks(writeup, results),
        mark=lambda item: shown.add(item.path),
        unmarked=lambda items: [item for item in items.values() if item.path not in shown],
        say=Sentences(writeup, judged, citations).say,
        with_mark=with_mark,
        cite=citations.cite,
        value=citations.value,
        printed=citations.printed,
        notes=citations.notes,
    )
    return page.replace(CONTENTS, contents(page))


def render_index(
    told: IndexJob, results: Results, verdicts: pd.DataFrame, templates: list[Path]
) -> str:
    """The page that leads to all reports.

    :param results: the cards of all data sets, what headlines read, and each first figure.
    """
    rows = []
    for name, writeup in told.writeups.items():
        of_writeup = verdicts[verdicts.writeup == name]
        first = told.thumbnails.get(name)
        figure = results.file(CITED.figure(name, first, "png")) if first else None
        rows.append(
            {
                "name": name,
                "title": writeup.title,
                "headline": _headline(writeup, results),
                "thumbnail": figure and data_uri(thumbnail(figure), "image/png"),
                "claims": writeup.claims,
                "published": writeup.published,
                "counts": counts(of_writeup),
            }
        )
    return render(
        templates,
        "index.html.j2",
        writeups=rows,
        author=told.author,
        run=told.run,
        not_made=told.not_made,
        stand_ins=[card for card in results.cards() if card["stand_in"]],
    )


def _headline(writeup: Writeup, results: Results) -> str:
    words = []
    for piece in pieces(writeup.headline):
        if isinstance(piece, Mean):
            values = results.values(piece.experiment, Metric.of(piece.metric))
            piece = number(np.mean(values.to_numpy()), piece.format)
        elif isinstance(piece, Printed):
            piece = as_printed(writeup, piece)
        words.append(str(piece))
    return "".join(words)


def contents(page: str) -> Markup:
    """Links to all sections that a page has."""
    items = [
        Markup('<li><a href="#{}">{}</a></li>').format(part or section, Markup(text).striptags())
        for part, section, text in HEADING.findall(page)
    ]
    return Markup("\n").join(items)


def _networks(writeup: Writeup, results: Results) -> dict[str, list[Stage]]:
    """Stages by title; networks that differ in nothing that a table of stages shows stand once."""
    found: dict[tuple[Stage, ...], str] = {}
    for name, experiment in writeup.experiments.items():
        found.setdefault(tuple(stages(results.layers(name))), named(experiment))
    return {title: list(rows) for rows, title in found.items()}
