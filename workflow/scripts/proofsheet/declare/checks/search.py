"""A search for settings: what it fits, what it varies, and what it found."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from proofsheet.declare.checks import experiment
from proofsheet.declare.checks.declared import unknown
from proofsheet.declare.reading import Document
from proofsheet.declare.recover import Recover
from proofsheet.files import canonical
from proofsheet.paths import CITED

if TYPE_CHECKING:
    from proofsheet.declare.checks.writeup import Checks


def command(name: str) -> str:
    """The search for the settings of an experiment."""
    return f"make recover EXPERIMENT={name} RUN=full"


def file_of(document: Document, name: str) -> Path:
    """What such a search found, beside the write-up."""
    return Path(document.where).parent / CITED.recovered(name)


def searched(checks: Checks) -> Iterator[str]:
    """Mistakes in the searches of a write-up."""
    writeup, document = checks.writeup, checks.document
    for name, recover in writeup.recover.items():
        at = document.at(("recover", name))
        if name not in writeup.experiments:
            yield unknown(checks.declared, at, name)
            continue
        for quantity, readings in recover.fit.items():
            there = document.at(("recover", name, "fit", quantity))
            yield from checks.printed(there, quantity, [name])
            yield from checks.readable(there, name, [one.reads() for one in readings])
            yield from _fitted(checks, there, name, quantity, recover)
        wrong = list(_varied(checks, name, recover))
        yield from wrong or _kept(checks, at, name, recover)


def _varied(checks: Checks, name: str, recover: Recover) -> Iterator[str]:
    """Candidates that are no trainings."""
    run, document = checks.declared.run, checks.document
    own = document.at(("experiments", name, "train", "model")).startswith(document.where)
    if not own and run.recover != name:
        return  # a run that gives it another model searches nothing
    at, train = document.at(("recover", name)), checks.writeup.experiments[name].train
    try:
        candidates = recover.candidates(train)
    except ValueError as error:
        yield f"{at}: vary: {error}"
        return
    models = {canonical(one.train.model.model_dump()): one.train.model for one in candidates}
    for model in models.values():
        tried = Document({"vary": {"model": model.model_dump()}}, at)
        yield from experiment.model(model, train.task, tried, ("vary", "model"))


def _fitted(checks: Checks, at: str, name: str, quantity: str, recover: Recover) -> Iterator[str]:
    """What a search cannot be held against after its first round."""
    if any(reading.file == "metrics" for reading in recover.fit[quantity]):
        yield f"{at}: candidates are not evaluated; give `file: history` or `file: steps`"
    published = checks.writeup.published.get(name, {})
    if quantity in published:
        first = min(epoch or 0 for epoch, _, _ in published[quantity].printed())
        if first > recover.rungs[0].epochs:
            yield f"{at}: printed from epoch {first} on; give the first of the rungs as many"


def _kept(checks: Checks, at: str, name: str, recover: Recover) -> Iterator[str]:
    """What a search found, where it was another search than this."""
    file = file_of(checks.document, name)
    if not file.is_file() or checks.declared.run.recover:
        return
    with file.open(newline="") as lines:
        there = next(csv.reader(lines), [])
    for column in [*recover.vary, *recover.fit]:
        if column not in there:
            yield f"{at}: {column!r}: {file} has no such column; {command(name)}"
