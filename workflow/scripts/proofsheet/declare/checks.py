"""Whatever a declaration names exists: held against each other before anything runs."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from proofsheet.declare import signatures
from proofsheet.declare.claim import Arithmetic
from proofsheet.declare.experiment import Experiment
from proofsheet.declare.figure import Draw
from proofsheet.declare.folders import TEMPLATES, Folders
from proofsheet.declare.options import Term
from proofsheet.declare.published import named
from proofsheet.declare.quantity import Array, Metric, Readable, Series
from proofsheet.declare.reading import Document, Place, validate_options
from proofsheet.declare.recover import Recover
from proofsheet.declare.run import Folder, Run, is_original
from proofsheet.declare.sentence import RANKS, Mean, Printed, references
from proofsheet.declare.table import CasesTable, EpochsTable, Table
from proofsheet.declare.writeup import Writeup
from proofsheet.files import canonical
from proofsheet.paths import CITED

# Beyond Latin-1, what the reports' own fonts have and many a write-up uses.
USUAL = set("–—−‘’“”…≈≤≥✓→σβ")
# What a template shows by a declared name.
SHOWN = re.compile(
    r"""\bfigures\.(\w+)|\btables\.(\w+)|\bsaid\("([^"]+)"\)|\bheading\("([^"]+)\""""
)
# Kinds of table whose rows are lines of a training, and the form of a published quantity for them.
FORMS = {"epochs": "epochs", "batches": "batches"}


class Declared(NamedTuple):
    """What is held against each other, with the documents that say where each part stands."""

    run: Run
    document: Document
    writeups: dict[str, Writeup]
    documents: dict[str, Document]
    experiments: dict[str, Experiment]
    origins: dict[str, Document]
    """What declares each experiment; of some, a write-up that is not built."""
    folders: Folders


def mistakes(declared: Declared) -> list[str]:
    """A line for each name that nothing has, of the write-ups that the run builds."""
    found = list(_written(declared))
    if os.path.isfile(declared.run.root):
        at = declared.document.at(("root",))
        found.append(f"{at}: {declared.run.root!r}: a file; name the folder of the data")
    for name, experiment in declared.experiments.items():
        found += _trained(declared, name, experiment)
    for name, writeup in declared.writeups.items():
        found += _Checks(declared, name, writeup).all()
    return list(dict.fromkeys(found))


def _written(declared: Declared) -> Iterator[str]:
    """Words whose characters no font of the reports has."""
    words = [(declared.document.at(("author",)), repr(declared.run.author))]
    for name, source in declared.run.data.items():
        if isinstance(source, Folder):
            classes = [path.name for path in Path(source.path).glob("*/*") if path.is_dir()]
            said = [source.title, source.licence, *classes]
            words.append((declared.document.at(("data", name)), repr(said)))
    words += [(one.where, repr(one.value)) for one in declared.documents.values()]
    rare = {at: {one for one in text if ord(one) > 0xFF} - USUAL for at, text in words}
    if not any(rare.values()):
        return
    from fontTools.ttLib import TTFont  # here, because few words need it

    folder = declared.folders.workflow / TEMPLATES / "fonts"
    there: set[str] = set()
    for file in folder.glob("*.ttf"):
        with TTFont(file) as font:
            there |= set(map(chr, font.getBestCmap()))
    for at, characters in rare.items():
        if lacks := "".join(sorted(characters - there)):
            yield f"{at}: no font has {lacks!r}; put one that has, a .ttf file, into {folder}"


def _trained(declared: Declared, name: str, experiment: Experiment) -> Iterator[str]:
    """The data, the model and the classifier of an experiment."""
    origin, train = declared.origins[name], experiment.train
    yield from _dataset(declared, train.data)
    if isinstance(train.pretrained, str) and not os.path.isfile(train.pretrained):
        at = origin.at(("experiments", name, "train", "pretrained"))
        yield f"{at}: {train.pretrained!r}: no such file; name one of weights, or say false"
    place = ("experiments", name, "train", "model")
    model = signatures.models().get(train.model.name)
    if model is None:
        known = ", ".join(signatures.models())
        at = origin.at((*place, "name"))
        yield f"{at}: {train.model.name!r}: no such model; there are {known}"
    else:
        yield from validate_options(model.options, origin, place, "name")
    compared = any(name in writeup.published for writeup in declared.writeups.values())
    source = declared.run.data.get(train.data)
    if train.precision == "auto" and compared and source and is_original(source):
        at = origin.at(("experiments", name, "train", "precision"))
        yield f"{at}: 'auto': printed numbers are compared with it; declare fp32 or bf16"
    at = origin.at(("experiments", name, "evaluate", "classifier"))
    for other in experiment.needs():
        there = declared.experiments.get(other)
        if there is None:
            yield _unknown(declared, at, other)
        elif there.train.task != "classify" or there.train.data != train.data:
            yield f"{at}: {other!r} is no classifier trained on {train.data}; name one"


def _dataset(declared: Declared, name: str) -> Iterator[str]:
    known = declared.run.data
    if name not in known:
        yield (
            f"{declared.document.at(('data', name))}: missing; say where {name} comes "
            "from, for example {source: torchvision, name: MNIST} "
            f"(there are {', '.join(sorted(known))})"
        )


def _unknown(declared: Declared, at: str, experiment: str) -> str:
    known = ", ".join(sorted(declared.experiments))
    return f"{at}: names experiment {experiment!r}, which no write-up declares; there are {known}"


def _search(experiment: str) -> str:
    return f"make recover EXPERIMENT={experiment} RUN=full"


class _Checks:
    """The checks of one write-up."""

    def __init__(self, declared: Declared, name: str, writeup: Writeup):
        self.declared = declared
        self.name = name
        self.writeup = writeup
        self.document = declared.documents[name]
        self.experiments = declared.experiments

    def all(self) -> Iterator[str]:
        yield from self.template()
        for name, part in self.writeup.parts.items():
            inside = not {"..", "/"} & set(Path(part.source).parts)
            if not inside or not self.declared.folders.file(part.source).is_file():
                place = ("parts", name, "source")
                yield f"{self.document.at(place)}: {part.source!r}: no such file of the project"
        for name in self.writeup.datasets_shown():
            yield from _dataset(self.declared, name)
        yield from self.figures()
        for name, table in self.writeup.tables.items():
            yield from self.table(name, table)
        yield from self.statements()
        yield from self.published()
        yield from self.consistency()
        yield from self.recovered()

    def template(self) -> Iterator[str]:
        """What it shows is declared; else a build would fail after its last training."""
        file = self.declared.folders.file(f"{TEMPLATES}/{self.name}.html.j2")
        if not file.is_file():
            yield f"{file}: missing; a write-up needs a template of its name"
            return
        known: dict[str, Container[str]] = {
            "figure": self.writeup.figures,
            "table": self.writeup.tables,
            "claim or remark": {*self.writeup.claims, *self.writeup.remarks},
            "part": self.writeup.parts,
        }
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            for found in SHOWN.finditer(line):
                for kind, name in zip(known, found.groups(), strict=True):
                    if name and name not in known[kind] and name not in dir(dict):
                        yield f"{file}:{number}: no {kind} {name!r}; declare it, or remove it"

    def figures(self) -> Iterator[str]:
        for name, figure in self.writeup.figures.items():
            draw, place = figure.draw, ("figures", name, "draw")
            if draw.kind not in signatures.figure_kinds():
                known = ", ".join(signatures.figure_kinds())
                at = self.document.at((*place, "kind"))
                yield f"{at}: {draw.kind!r}: no such kind of figure; there are {known}"
                continue
            signature = signatures.figure(draw.kind)
            wrong = validate_options(signature.options, self.document, place, "kind")
            yield from wrong
            if not wrong:
                options = signature.options.model_validate(draw.options)
                arrays = signature.constants.get("ARRAYS", ())
                yield from self.drawn(place, draw, options, arrays)

    def drawn(
        self, place: Place, draw: Draw, options: BaseModel, arrays: Iterable[str]
    ) -> Iterator[str]:
        at = self.document.at(place)
        reads: list[Readable] = [Array(array=name) for name in arrays]
        for value in _all_values(options):
            if isinstance(value, Metric | Series | Array):
                reads.append(value)
            elif isinstance(value, Term):
                reads += value.reads()
        for name in draw.experiments:
            yield from self.readable(at, name, reads)
        for name in draw.searches:
            file = self.file_of_search(name)
            if not file.is_file() and not self.declared.run.recover:
                yield f"{at}: {file}: not there yet; {_search(name)}"
            varied = self.writeup.recover[name].vary if name in self.writeup.recover else {}
            for key in set(draw.options.get("settings", ())) - set(varied):
                known = ", ".join(varied) or "none"
                yield f"{at}: settings: {key!r} is not varied in recover.{name}; there are {known}"
        for quantity in {quantity for _, quantity in named(draw.options, draw.experiments)}:
            yield from self.printed(at, quantity, draw.experiments)

    def table(self, name: str, table: Table) -> Iterator[str]:
        place = ("tables", name)
        at = self.document.at(place)
        for experiment in table.experiments:
            if experiment not in self.experiments:
                yield _unknown(self.declared, at, experiment)
        if isinstance(table, CasesTable):
            for column in table.columns:
                reads = [column.metric(case) for case in table.rows]
                yield from self.readable(at, table.experiment, reads)
            return
        kind = "rows" if table.kind == "quantities" else "columns"
        for index, item in enumerate(getattr(table, kind)):
            where = self.document.at((*place, kind, index))
            of = [item.experiment] if isinstance(table, EpochsTable) else table.experiments
            read = item.series if table.kind in FORMS else item.metric
            for experiment in of:
                yield from self.readable(where, experiment, [read])
            if item.published:
                yield from self.printed(where, item.published, of, FORMS.get(table.kind))

    def statements(self) -> Iterator[str]:
        for name, claim in self.writeup.claims.items():
            if claim.evidence not in {**self.writeup.figures, **self.writeup.tables}:
                at = self.document.at(("claims", name, "evidence"))
                yield f"{at}: {claim.evidence!r} is neither a figure nor a table of this write-up"
        yield from self.said(("headline",), self.writeup.headline, {})
        for name, statement in self.writeup.statements().items():
            place = ("claims" if name in self.writeup.claims else "remarks", name)
            measures = {part.title: str(part.kind) for part in statement.parts()}
            for where, text in statement.texts():
                yield from self.said((*place, *where), text, measures)
            for index, part in enumerate(statement.parts()):
                kind = "measures" if statement.measures else "cases"
                at = self.document.at((*place, kind, index))
                for experiment, reads in part.reads().items():
                    yield from self.readable(at, experiment, reads)
                if part.kind == "arithmetic":
                    yield from self.arithmetic(at, part)
                yield from self.seeds(at, part.experiments)
                if part.kind == "threshold" and part.published:
                    yield from self.printed(at, part.published, [part.experiment])

    def arithmetic(self, at: str, measure: Arithmetic) -> Iterator[str]:
        published = self.writeup.published
        if measure.published not in published:
            known = ", ".join(published) or "none"
            yield (
                f"{at}: published: nothing is published of {measure.published!r}; there are {known}"
            )
            return
        there = published[measure.published]
        unknown = set(measure.names()) - set(there)
        for name in unknown:
            yield f"{at}: value: {name!r} is not published; names are {', '.join(sorted(there))}"
        if unknown:
            return
        try:
            measure.compute({name: there[name].printed()[-1][-1] for name in measure.names()})
        except ArithmeticError as error:
            yield f"{at}: value: {measure.value!r}: {error}"

    def seeds(self, at: str, experiments: list[str]) -> Iterator[str]:
        """What is compared is compared over the seeds that all have."""
        known = [self.experiments[name] for name in experiments if name in self.experiments]
        if known and not set.intersection(*(set(one.seeds) for one in known)):
            yield f"{at}: {', '.join(experiments)}: no seed in common; give them the same seeds"

    def said(self, place: Place, text: str, measures: dict[str, str]) -> Iterator[str]:
        """Mistakes in what a sentence names; ``measures`` are kinds by title."""
        at = self.document.at(place)
        for one in references(text):
            if isinstance(one, Mean):
                yield from self.readable(at, one.experiment, [Metric.of(one.metric)])
            elif isinstance(one, Printed):
                yield from self.printed(at, one.quantity, [one.experiment])
            elif one.measure not in measures:
                known = ", ".join(measures) or "none"
                yield f"{at}: {one.measure!r}: no measure has this title; there are {known}"
            elif one.format in RANKS and measures[one.measure] != "ordering":
                yield f"{at}: {one.measure!r}: no ordering, so it has no {one.format!r}"

    def published(self) -> Iterator[str]:
        for experiment, quantities in self.writeup.published.items():
            for quantity, declared in quantities.items():
                at = self.document.at(("published", experiment, quantity))
                yield from self.readable(at, experiment, [declared.measured.reads()])

    def consistency(self) -> Iterator[str]:
        for experiment, checks in self.writeup.consistency.items():
            for index, check in enumerate(checks):
                at = self.document.at(("consistency", experiment, index))
                for name in check.names():
                    yield from self.printed(at, name, [experiment])

    def recovered(self) -> Iterator[str]:
        for name, recover in self.writeup.recover.items():
            at = self.document.at(("recover", name))
            if name not in self.writeup.experiments:
                yield _unknown(self.declared, at, name)
                continue
            for quantity, readings in recover.fit.items():
                there = self.document.at(("recover", name, "fit", quantity))
                yield from self.printed(there, quantity, [name])
                yield from self.readable(there, name, [one.reads() for one in readings])
                yield from self.fitted(there, name, quantity, recover)
            yield from self.kept(at, name, recover)
            try:
                candidates = recover.candidates(self.writeup.experiments[name].train)
            except ValueError as error:
                yield f"{at}: vary: {error}"
                continue
            models = {
                canonical(one.train.model.model_dump()): one.train.model for one in candidates
            }
            known = signatures.models()
            for model in models.values():
                if model.name not in known:
                    yield f"{at}: vary: {model.name!r}: no such model; there are {', '.join(known)}"
                    continue
                tried = Document({"vary": model.model_dump()}, at)
                yield from validate_options(known[model.name].options, tried, ("vary",), "name")

    def fitted(self, at: str, name: str, quantity: str, recover: Recover) -> Iterator[str]:
        """What a search can be held against after its first round."""
        if any(reading.file == "metrics" for reading in recover.fit[quantity]):
            yield f"{at}: candidates are not evaluated; give `file: history` or `file: steps`"
        published = self.writeup.published.get(name, {})
        if quantity in published:
            first = min(epoch or 0 for epoch, _, _ in published[quantity].printed())
            if first > recover.rungs[0].epochs:
                yield f"{at}: printed from epoch {first} on; give the first of the rungs as many"

    def kept(self, at: str, name: str, recover: Recover) -> Iterator[str]:
        """What a search found, where it was another search than this."""
        file = self.file_of_search(name)
        if not file.is_file() or self.declared.run.recover:
            return
        with file.open(newline="") as lines:
            there = next(csv.reader(lines), [])
        for column in [*recover.vary, *recover.fit]:
            if column not in there:
                yield f"{at}: {column!r}: {file} has no such column; {_search(name)}"

    def file_of_search(self, name: str) -> Path:
        return Path(self.document.where).parent / CITED.recovered(name)

    def readable(self, at: str, experiment: str, reads: Iterable[Readable]) -> Iterator[str]:
        """Mistakes in what is taken from an experiment's kept files."""
        if experiment not in self.experiments:
            yield _unknown(self.declared, at, experiment)
            return
        there = self.experiments[experiment].measures()
        for read in reads:
            if _plain(read) not in there:
                known = sorted({str(one) for one in there if isinstance(read, type(one))})
                yield f"{at}: {experiment} has no {_plain(read)}; there are {', '.join(known)}"

    def printed(
        self, at: str, quantity: str, experiments: list[str], form: str | None = None
    ) -> Iterator[str]:
        """Mistakes in naming what the write-up prints of experiments, in one form or in any."""
        there = [self.writeup.published.get(name, {}) for name in experiments]
        found = [published[quantity] for published in there if quantity in published]
        if not found:
            known = ", ".join(dict.fromkeys(name for published in there for name in published))
            yield (
                f"{at}: published: no {quantity!r} of {' or '.join(experiments)}; there are "
                f"{known or 'none'}"
            )
        if form and any(not getattr(one, form) for one in found):
            yield f"{at}: published: {quantity!r} is not printed by {form}; leave it out here"


def _all_values(options: object) -> Iterator[object]:
    """An option, and all that it is made of."""
    yield options
    if isinstance(options, BaseModel):
        for _, value in options:
            yield from _all_values(value)
    elif isinstance(options, list | tuple):
        for value in options:
            yield from _all_values(value)


def _plain(read: Readable) -> Readable:
    """A metric, series or array without what a panel says of it."""
    for kind in (Metric, Series, Array):
        if isinstance(read, kind):
            return kind(**{name: getattr(read, name) for name in kind.model_fields})
    return read
