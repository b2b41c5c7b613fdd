"""A search for settings: what it fits, what it varies, and what it found."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from proofsheet.declare.checks import experiment
from proofsheet.declare.checks.declared import dataset, unknown
from proofsheet.declare.reading import UNMERGED, Document
from proofsheet.declare.recover import Recover
from proofsheet.files import canonical
from proofsheet.paths import CITED

if TYPE_CHECKING:
    from proofsheet.declare.checks.writeup import Checks


# Columns of numbers in what a search keeps, beside its settings and what it fits.
NUMBERS = ("epochs", "seeds", "distance", "lowest", "highest")


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
        yield from wrong or _kept(checks, name, recover)


def _varied(checks: Checks, name: str, recover: Recover) -> Iterator[str]:
    """Candidates that are no trainings."""
    run, document = checks.declared.run, checks.document
    own = document.at(("experiments", name, "train", "model")).startswith(document.where)
    if not own and run.recover != name:
        return  # a run that gives it another model searches nothing
    at, train = document.at(("recover", name)), checks.writeup.experiments[name].train
    for key, values in recover.vary.items():
        there = document.at(("recover", name, "vary", key))
        if key == "epochs":
            yield f"{there}: the rungs say how many epochs; remove it"
        elif any(value in values[:place] for place, value in enumerate(values)):
            yield f"{there}: a value twice; name each once"
        for value in values if key == "data" else ():
            yield from dataset(checks.declared, value, there)
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


def _kept(checks: Checks, name: str, recover: Recover) -> Iterator[str]:
    """What a search found, where it was another search than this."""
    file = file_of(checks.document, name)
    if file.exists() and not checks.declared.run.recover:
        for wrong in islice(_misread(file, recover), 1):
            yield f"{file}:{wrong}; {command(name)}"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _misread(file: Path, recover: Recover) -> Iterator[str]:
    """Where a kept search is not what a search writes: its line, and what is wrong there."""
    try:
        text = file.read_text(encoding="utf-8")
        header, *rows = list(csv.reader(text.splitlines())) or [[]]
    except (OSError, ValueError, csv.Error) as error:
        yield f"1: {getattr(error, 'strerror', None) or 'no CSV in UTF-8'}"
        return
    if UNMERGED.search(text):
        yield "1: a merge of git was left half done"
    needs = (*recover.vary, *recover.fit, *(f"{name} is" for name in recover.fit), *NUMBERS)
    lacking = [name for name in needs if name not in header]
    if lacking:
        yield f"1: no column {' or '.join(lacking[:3])}"
    if not rows:
        yield "1: no candidate"
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            yield f"{line}: {len(row)} values for {len(header)} columns"
        cells = dict(zip(header, row, strict=False))
        for name, cell in cells.items():
            if name in recover.vary and cell.startswith(("[", "{")) and not _is_json(cell):
                yield f"{line}: {name}: {cell!r}: cut off"
        for name in (name for name in NUMBERS if name in cells):
            try:
                if not float(cells[name]) >= 0:  # of what diverged it is infinite
                    raise ValueError
            except ValueError:
                yield f"{line}: {name}: {cells[name]!r}: no number from zero up"
