"""What a write-up shows and says of its experiments."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from proofsheet.declare import signatures
from proofsheet.declare.checks import plausible, search
from proofsheet.declare.checks.declared import Declared, choice, dataset, unknown
from proofsheet.declare.claim import Arithmetic
from proofsheet.declare.figure import Draw
from proofsheet.declare.options import Term
from proofsheet.declare.published import named
from proofsheet.declare.quantity import PAIRS, Array, Metric, Readable, Series, scale_of
from proofsheet.declare.reading import Place
from proofsheet.declare.sentence import RANKS, Mean, Printed, references
from proofsheet.declare.table import CasesTable, EpochsTable, Table
from proofsheet.declare.validation import short, validate_options
from proofsheet.declare.writeup import Writeup

# Kinds of table whose rows are lines of a training, and the form of a published quantity for them.
FORMS = {"epochs": "epochs", "batches": "batches"}


class Checks:
    """The checks of one write-up."""

    def __init__(self, declared: Declared, name: str, writeup: Writeup):
        self.declared = declared
        self.writeup = writeup
        self.document = declared.documents[name]
        self.experiments = declared.experiments
        self.measured = {name: one.measures() for name, one in self.experiments.items()}
        self.told: set[tuple[object, ...]] = set()

    def first(self, wrong: tuple[object, ...]) -> bool:
        """Whether a mistake is not told yet: one name is often wrong of many experiments."""
        told = wrong in self.told
        self.told.add(wrong)
        return not told

    def all(self) -> Iterator[str]:
        for name, part in self.writeup.parts.items():
            inside = not {"..", "/"} & set(Path(part.source).parts)
            if not inside or not os.path.isfile(self.declared.folders.file(part.source)):
                place = ("parts", name, "source")
                yield f"{self.document.at(place)}: {part.source!r}: no such file of the project"
        for figure, one in self.writeup.figures.items():
            for name in one.draw.datasets:
                yield from dataset(
                    self.declared, name, self.document.at(("figures", figure, "draw"))
                )
        yield from self.words()
        yield from self.figures()
        for name, table in self.writeup.tables.items():
            yield from self.table(name, table)
        yield from self.statements()
        yield from self.published()
        yield from self.consistency()
        yield from search.searched(self)

    def words(self) -> Iterator[str]:
        """Words that say nothing, or hold a place for a number where none is put."""
        shown: dict[str, dict[str, Any]] = {
            "figures": dict(self.writeup.figures),
            "tables": dict(self.writeup.tables),
            "experiments": dict(self.writeup.experiments),
        }
        told: dict[Place, str] = {
            (key,): getattr(self.writeup, key) for key in ("title", "headline")
        }
        told |= {("parts", name, "title"): one.title for name, one in self.writeup.parts.items()}
        for name, table in self.writeup.tables.items():
            for kind in ("rows", "columns"):
                for index, one in enumerate(getattr(table, kind, [])):
                    if isinstance(title := getattr(one, "title", None), str):
                        told["tables", name, kind, index, "title"] = title
        for experiment, quantities in self.writeup.published.items():
            for quantity, one in quantities.items():
                place = ("published", experiment, quantity)
                told |= {(*place, "title"): one.title, (*place, "where"): one.where}
        for name, statement in self.writeup.statements().items():
            kind = "claims" if name in self.writeup.claims else "remarks"
            told |= {(kind, name, *where): text for where, text in statement.texts()}
        for kind, items in shown.items():
            for name, item in items.items():
                for key in {"title", "caption", "alt"} & set(type(item).model_fields):
                    told[kind, name, key] = getattr(item, key)
        titles: dict[str, str] = {}
        for place, text in told.items():
            at = self.document.at(place)
            if not text.strip():
                yield f"{at}: empty; write a few words"
            elif place[0] not in ("claims", "remarks", "headline") and set("{}") & set(text):
                yield f"{at}: braces are for numbers in `headline`, `text` and `says`"
            if place[0] == "experiments" and titles.setdefault(text, place[1]) != place[1]:
                yield f"{at}: {text!r}: the title of {titles[text]}, too; tell them apart"

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
                if value.published:
                    measured = value.quantity
                    yield from self.printed(at, value.published, draw.experiments, None, measured)
        for name in draw.experiments:
            yield from self.readable(at, name, reads)
            start, epochs = getattr(options, "start", 1), self.epochs(name)
            if start > epochs:
                there = self.document.at((*place, "start"))
                yield f"{there}: {start}: {name} has {epochs} epochs"
        for name in draw.searches:
            if name not in self.writeup.recover:
                known = choice(name, self.writeup.recover)
                yield f"{at}: {name!r}: no search for its settings is declared; {known}"
                continue
            file = search.file_of(self.document, name)
            if not file.is_file() and not self.declared.run.recover:
                yield f"{at}: {file}: not there yet; {search.command(name)}"
            varied = self.writeup.recover[name].vary
            for key in set(draw.options.get("settings", ())) - set(varied):
                known = ", ".join(varied) or "none"
                yield f"{at}: settings: {key!r} is not varied in recover.{name}; there are {known}"
        if "pairs" in arrays and set(draw.options["labels"]) != set(PAIRS):
            there = self.document.at((*place, "labels"))
            yield f"{there}: name each of {', '.join(PAIRS)}, and nothing else"
        printed = list(named(draw.options, draw.experiments))
        for quantity in {quantity for _, quantity in printed}:
            yield from self.printed(at, quantity, draw.experiments)
        for experiment, quantity in printed:
            yield from self.batches(place, draw.options, experiment, quantity)

    def table(self, name: str, table: Table) -> Iterator[str]:
        place = ("tables", name)
        at = self.document.at(place)
        for experiment in table.experiments:
            if experiment not in self.experiments:
                yield unknown(self.declared, at, experiment)
        if isinstance(table, CasesTable):
            for column in table.columns:
                reads = [column.metric(case) for case in table.rows]
                yield from self.readable(at, table.experiment, reads)
            return
        there = [one for one in table.experiments if one in self.experiments]  # others: told above
        kind = "rows" if table.kind == "quantities" else "columns"
        for index, item in enumerate(getattr(table, kind)):
            where = self.document.at((*place, kind, index))
            of = [item.experiment] if isinstance(table, EpochsTable) else there
            read = item.series if table.kind in FORMS else item.metric
            for experiment in of:
                yield from self.readable(where, experiment, [read])
            for wrong in plausible.shown(item.format, item.quantity):
                yield f"{self.document.at((*place, kind, index, 'format'))}: {wrong}"
            if item.published:
                form = FORMS.get(table.kind)
                yield from self.printed(where, item.published, of, form, item.quantity)
                for experiment in of:
                    shown = {"every": getattr(table, "every", None)}
                    yield from self.batches(place, shown, experiment, item.published)

    def batches(
        self, place: Place, shown: dict[str, Any], experiment: str, quantity: str
    ) -> Iterator[str]:
        """Batches that are shown otherwise than they are printed."""
        one = self.writeup.published.get(experiment, {}).get(quantity)
        last = max((batch or 0 for _, batch, _ in one.printed()), default=0) if one else 0
        if (most := shown.get("published_batches")) and most < last:
            at = self.document.at((*place, "published_batches"))
            yield f"{at}: {most}: of {experiment} batch {last} is printed; correct one of the two"
        printed = one.measured.every if one else None
        if (every := shown.get("every")) and printed and every != printed:
            at = self.document.at((*place, "every"))
            yield f"{at}: {every}: what is printed is of every {printed}; write {printed}"

    def statements(self) -> Iterator[str]:
        for name, claim in self.writeup.claims.items():
            shown = {**self.writeup.figures, **self.writeup.tables}
            if claim.evidence not in shown:
                at = self.document.at(("claims", name, "evidence"))
                wrong = f"{claim.evidence!r} is neither a figure nor a table of this write-up"
                yield f"{at}: {wrong}; {choice(claim.evidence, shown)}"
        at = self.document.at(("headline",))
        yield from self.said(at, self.writeup.headline, {})
        for name, statement in self.writeup.statements().items():
            place = ("claims" if name in self.writeup.claims else "remarks", name)
            measures = {part.title: str(part.kind) for part in statement.parts()}
            for where, text in statement.texts():
                yield from self.said(self.document.at((*place, *where)), text, measures)
            for index, part in enumerate(statement.parts()):
                kind = "measures" if statement.measures else "cases"
                at = self.document.at((*place, kind, index))
                for key, wrong in plausible.measured(part):
                    yield f"{self.document.at((*place, kind, index, *key))}: {wrong}"
                for experiment, reads in part.reads().items():
                    yield from self.readable(at, experiment, reads)
                if part.kind == "arithmetic":
                    yield from self.arithmetic((*place, kind, index), part)
                yield from self.paired(at, part.experiments)
                if part.kind == "threshold" and part.published:
                    name = part.published
                    yield from self.printed(at, name, [part.experiment], None, part.quantity)

    def arithmetic(self, place: Place, measure: Arithmetic) -> Iterator[str]:
        published = self.writeup.published
        if measure.published not in published:
            known = ", ".join(published) or "none"
            at = self.document.at((*place, "published"))
            yield f"{at}: nothing is published of {measure.published!r}; there are {known}"
            return
        there, at = published[measure.published], self.document.at((*place, "value"))
        unknown = set(measure.names()) - set(there)
        for name in sorted(unknown):
            yield f"{at}: {name!r} is not published; names are {', '.join(sorted(there))}"
        if unknown:
            return
        if not measure.names():
            yield f"{at}: {short(measure.value)}: no printed number in it; name one"
            return
        try:
            measure.compute({name: there[name].printed()[-1][-1] for name in measure.names()})
        except ArithmeticError as error:
            yield f"{at}: {short(measure.value)}: {error}"

    def paired(self, at: str, experiments: list[str]) -> Iterator[str]:
        """What is compared is compared over the seeds that all have, and on the same images."""
        known = {name: self.experiments[name] for name in experiments if name in self.experiments}
        common = known and set.intersection(*(set(one.seeds) for one in known.values()))
        seeds = tuple(sorted({tuple(one.seeds) for one in known.values()}))
        if known and not common and self.first(("seeds", *seeds)):
            at = self.blamed(at, known, "seeds")
            yield f"{at}: {', '.join(experiments)}: no seed in common; give them the same seeds"
        for one, other in pairwise(known):
            ours, theirs = known[one].train, known[other].train
            apart = ours.data == theirs.data and ours.hold_out != theirs.hold_out
            held = sorted(map(str, (ours.hold_out, theirs.hold_out)))
            if apart and self.first((ours.data, *held)):
                at = self.blamed(at, known, "train", "hold_out")
                both = " and ".join(sorted((one, other)))
                wrong = f"{both} are compared on different images of {ours.data}"
                yield f"{at}: {wrong}; give both the same hold_out"

    def blamed(self, at: str, experiments: Iterable[str], *key: str) -> str:
        """Where the run has a key of some experiments; otherwise what compares them."""
        origins = self.declared.origins
        places = [origins[name].at(("experiments", name, *key)) for name in experiments]
        of_the_run = (one for one in places if one.startswith(self.declared.document.where))
        return next(of_the_run, at)

    def said(self, at: str, text: str, measures: dict[str, str]) -> Iterator[str]:
        """Mistakes in what a sentence names; ``measures`` are kinds by title."""
        for one in references(text):
            if isinstance(one, Mean):
                read = Metric.of(one.metric)
                yield from self.readable(at, one.experiment, [read])
                for wrong in plausible.shown(one.format, read.quantity):
                    yield f"{at}: {wrong}"
            elif isinstance(one, Printed):
                yield from self.printed(at, one.quantity, [one.experiment])
            elif one.measure not in measures:
                known = ", ".join(measures) or "none"
                means = "of an experiment write {name/test accuracy|.1%}, printed {name[quantity]}"
                wrong = f"{one.measure!r}: no measure has this title; there are {known}"
                yield f"{at}: {wrong}; {means}"
            elif one.format in RANKS and measures[one.measure] != "ordering":
                yield f"{at}: {one.measure!r}: no ordering, so it has no {one.format!r}"

    def published(self) -> Iterator[str]:
        for experiment, quantities in self.writeup.published.items():
            for quantity, declared in quantities.items():
                at = self.document.at(("published", experiment, quantity))
                yield from self.readable(at, experiment, [declared.measured.reads()])
                epochs = self.epochs(experiment)
                for epoch, batch, _ in declared.printed():
                    if (epoch or 0) > epochs:
                        form = "epochs" if batch is None else "batches"
                        place = ("published", experiment, quantity, form, epoch)
                        yield f"{self.document.at(place)}: {experiment} has {epochs} epochs"
                for key, wrong in plausible.printed(declared):
                    there = self.document.at(("published", experiment, quantity, *key))
                    yield f"{there}: {wrong}"

    def consistency(self) -> Iterator[str]:
        for experiment, checks in self.writeup.consistency.items():
            for index, check in enumerate(checks):
                at = self.document.at(("consistency", experiment, index))
                for name, scale in check.names().items():
                    yield from self.printed(at, name, [experiment])
                    one = self.writeup.published.get(experiment, {}).get(name)
                    told = one and scale_of(one.measured.quantity) not in ("", one.scale)
                    if one and scale and one.scale != scale and not told:
                        yield f"{at}: {name!r} is a {one.scale}; name a {scale}"

    def epochs(self, experiment: str) -> float:
        """As many as an experiment trains; where a run shortens it, no number is too large."""
        at = self.document.at(("experiments", experiment, "train", "epochs"))
        if not at.startswith(self.document.where) or experiment not in self.experiments:
            return math.inf
        return self.experiments[experiment].train.epochs

    def readable(self, at: str, experiment: str, reads: Iterable[Readable]) -> Iterator[str]:
        """Mistakes in what is taken from an experiment's kept files."""
        if experiment not in self.experiments:
            yield unknown(self.declared, at, experiment)
            return
        there = self.measured[experiment]
        lacking = [_plain(read) for read in reads if _plain(read) not in there]
        if lacking and self.first((at, *lacking)):
            known = {str(one) for one in there if isinstance(lacking[0], type(one))}
            names = " or ".join(dict.fromkeys(map(str, lacking)))
            yield f"{at}: {experiment} has no {names}; {choice(str(lacking[0]), known)}"

    def printed(
        self,
        at: str,
        quantity: str,
        experiments: list[str],
        form: str | None = None,
        measured: str = "",
    ) -> Iterator[str]:
        """Mistakes in naming what the write-up prints of experiments, in one form or in any, beside
        what is measured."""
        for name in experiments:
            if name not in self.experiments:
                yield unknown(self.declared, at, name)
                return
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
        for one in found:
            there_are = {
                read.quantity for read in self.measured[experiments[0]] if hasattr(read, "quantity")
            }
            other = one.measured.quantity in there_are  # else it is misspelt, which is told there
            if measured and one.measured.quantity != measured and other:
                wrong = f"{quantity!r} is printed of {one.measured.quantity}, not of {measured}"
                yield f"{at}: published: {wrong}; name another"


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
