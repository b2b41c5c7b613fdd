"""From a run and its write-ups to jobs: for each rule, the files it reads and what it is told.

Snakemake asks :class:`Plan` for one job at a time, by the wildcards of its rule.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from proofsheet.data.listing import digest
from proofsheet.declare import signatures
from proofsheet.declare.claim import Says, Statement
from proofsheet.declare.experiment import Experiment, Resources
from proofsheet.declare.figure import Draw, Figure, FigureJob
from proofsheet.declare.folders import TEMPLATES
from proofsheet.declare.job import (
    CodeLink,
    Commands,
    EvaluateJob,
    IndexJob,
    OwnImages,
    PrepareJob,
    ReportJob,
    TrainJob,
    VerdictsJob,
)
from proofsheet.declare.project import Project
from proofsheet.declare.published import AllPublished, named
from proofsheet.declare.reading import require
from proofsheet.declare.run import Folder
from proofsheet.declare.strict import Strict
from proofsheet.declare.table import Table, TableJob
from proofsheet.declare.writeup import Writeup
from proofsheet.errors import ProofsheetError
from proofsheet.files import canonical
from proofsheet.paths import Paths
from proofsheet.plan import precision
from proofsheet.plan.code import sources
from proofsheet.plan.images import misfits
from proofsheet.plan.revision import PROJECT, revision
from proofsheet.plan.search import Search

FIGURE_FORMATS = ("svg", "png", "pdf", "csv")

# Minutes that all seeds of an experiment may take together to be one job of a cluster.
SHORT = 30

# Inputs whose bytes decide no rerun: another input holds their digest.
UNCOMPARED = {"data", "weights", "classifier_weights", "classifier_history"}

Inputs = dict[str, str | list[str]]


class Job(NamedTuple):
    """What one job reads, by name, and what it is told, as one line of JSON."""

    inputs: Inputs
    told: str = ""

    def files(self) -> list[str]:
        """Whatever it reads, without names."""
        given = ([one] if isinstance(one, str) else one for one in self.inputs.values())
        return [file for some in given for file in some]


class Plan:
    """All jobs of one run.

    :raises ProofsheetError: where a person's own images cannot be read, or a search be done.
    """

    def __init__(self, project: Project):
        self.project = project
        self.run = project.run
        self.writeups = project.writeups
        self.paths = Paths(f"results/{project.run.run}")
        self.experiments = precision.resolved(project.experiments, Path(self.paths.precision()))
        self.folders = project.folders
        # Here and not when a job is asked for: Snakemake takes what a job that fails to say what it
        # reads has made for a file that nobody makes.
        require(misfits(project))
        self.search = Search(project) if project.run.recover else None
        if self.search:
            self.experiments = {**self.experiments, **self.search.experiments()}

    # --- What is trained ------------------------------------------------------------------------

    @cache
    def prepare(self, dataset: str) -> Job:
        """One data set; a person's own images are told by a digest, and never by their names,
        which Snakemake would read as patterns."""
        source, images = self.run.data[dataset], ""
        if isinstance(source, Folder):
            images = digest(Path(source.path))
            source = source.model_copy(update={"path": "", "title": "", "licence": ""})
        return Job({**code("prepare")}, told(PrepareJob(source=source, images=images)))

    def places(self) -> dict[str, str]:
        """By data set, the folder that it is read from."""
        return {
            name: source.path if isinstance(source, Folder) else self.run.root
            for name, source in self.run.data.items()
        }

    @cache
    def train(self, experiment: str) -> Job:
        """Any seed of an experiment."""
        train = self.experiments[experiment].train
        inputs: Inputs = {**self._dataset(train.data), **self._train_code(experiment)}
        if isinstance(train.pretrained, str):
            inputs["pretrained"] = train.pretrained
        candidate = experiment not in self.project.experiments
        return Job(inputs, told(TrainJob(train=train, may_diverge=candidate)))

    @cache
    def evaluate(self, experiment: str) -> Job:
        """All seeds of an experiment, its data, and the classifier that judges its images."""
        declared = self.experiments[experiment]
        inputs: Inputs = {
            **self._dataset(declared.train.data),
            **self._trained(experiment),
            **self._evaluate_code(experiment),
        }
        for name in declared.needs():
            for kind, file in (
                ("classifier", "run.json"),
                ("classifier_weights", "weights.safetensors"),
                ("classifier_history", "history.csv"),
            ):
                seed = self.experiments[name].seeds[0]
                inputs[kind] = self.paths.of_seed(name, seed, file)
        return Job(inputs, told(EvaluateJob(evaluate=declared.evaluate)))

    def group(self, experiment: str) -> str | None:
        """On a cluster, the seeds of a short experiment and their evaluation are one job."""
        declared = self.experiments[experiment]
        short = declared.resources.runtime * len(declared.seeds) <= SHORT
        return "short" if short else None

    def declared(self, writeup: str, kind: str, name: str) -> Any:
        """A figure or table; ``kind`` is the key that declares it.

        :raises ProofsheetError: where there is none, with what may be meant.
        """
        if writeup not in self.writeups:
            known = ", ".join(self.writeups)
            raise ProofsheetError(f"{writeup!r}: no write-up of this run; there are {known}")
        there = getattr(self.writeups[writeup], kind)
        if name not in there:
            one, other = ("figure", "table") if kind == "figures" else ("table", "figure")
            near = get_close_matches(name, there, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(there)}"
            if name in getattr(self.writeups[writeup], f"{other}s"):
                meant = f"it is a {other}: make {other} {other.upper()}={writeup}/{name}"
            raise ProofsheetError(f"{writeup} declares no {one} {name!r}; {meant}")
        return there[name]

    # --- What is shown --------------------------------------------------------------------------

    @cache
    def figure(self, writeup: str, figure: str) -> Job:
        declared: Figure = self.declared(writeup, "figures", figure)
        draw = declared.draw
        inputs: Inputs = {
            "data": [self.paths.data(name) for name in draw.datasets],
            "cards": [self.paths.card(name) for name in draw.datasets],
            "kept": self._kept(draw.experiments) + self._recovered(draw.searches),
            "fonts": self._fonts(),
            **code("figure", f"figures.{draw.kind}"),
        }
        published = self._published(writeup, draw.experiments, draw.options)
        titles = self._titles(draw.experiments)
        job = FigureJob(draw=draw, small=declared.small, titles=titles, published=published)
        return Job(inputs, told(job))

    @cache
    def table(self, writeup: str, table: str) -> Job:
        declared: Table = self.declared(writeup, "tables", table)
        names = declared.experiments
        inputs: Inputs = {
            "kept": self._kept(names),
            **code("table"),
        }
        job = TableJob(
            table=_wordless(declared),
            titles=self._titles(names),
            published=self._published(writeup, names, declared.model_dump()),
        )
        return Job(inputs, told(job))

    @cache
    def verdicts(self, writeup: str) -> Job:
        declared = self.writeups[writeup]
        names = declared.judged()
        inputs: Inputs = {
            "kept": self._kept(names),
            "cards": self._cards(names),
            **code("verdicts"),
        }
        job = VerdictsJob(
            claims={
                name: _silent(one, "text", "evidence") for name, one in declared.claims.items()
            },
            remarks={name: _silent(one) for name, one in declared.remarks.items()},
            published=declared.published,
            titles=self._titles(names),
            datasets=self._datasets(names),
        )
        return Job(inputs, told(job))

    @cache
    def all_verdicts(self) -> Job:
        files = [self.paths.verdicts(name) for name in self.writeups]
        return Job({"verdicts": files, **code("all_verdicts")})

    # --- What is handed in ----------------------------------------------------------------------

    @cache
    def report(self, writeup: str) -> Job:
        declared = self.writeups[writeup]
        names = self._shown(writeup)
        runs = [path for name in names for path in self._of_seeds(name, "run.json")]
        inputs: Inputs = {
            "figures": [self.paths.figure(writeup, name, "svg") for name in declared.figures],
            "tables": [self.paths.table(writeup, name) for name in declared.tables],
            "verdicts": self.paths.verdicts(writeup),
            "cards": self._cards(names, declared.datasets_shown()),
            "kept": self._kept(names) + runs + self._recovered(declared.recover),
            "template": self._template(writeup),
            **self._page("report"),
        }
        job = ReportJob(
            name=writeup,
            commands=Commands(
                run=self.run.run,
                configfile=self.project.document.where,
                overrides=self.project.document.overrides,
            ),
            writeup=declared.model_copy(update={"experiments": self._said(names)}),
            author=self.run.author,
            own_images=self._own_images(),
            links=self._links(declared),
            commit=self._commit(writeup),
            notes={name: self._note(figure.draw) for name, figure in declared.figures.items()},
        )
        return Job(inputs, told(job))

    @cache
    def pdf(self, writeup: str) -> Job:
        return Job({"html": self.paths.report(writeup, "html"), **code("pdf")})

    @cache
    def index(self) -> Job:
        names = [name for writeup in self.writeups for name in self._shown(writeup)]
        firsts = {name: list(writeup.figures)[:1] for name, writeup in self.writeups.items()}
        thumbnails = {name: figure for name, figures in firsts.items() for figure in figures}
        led_by = {name for writeup in self.writeups.values() for name in writeup.led_by()}
        inputs: Inputs = {
            "verdicts": self.paths.verdicts(),
            "cards": self._cards(names),
            "kept": [self.paths.of_experiment(name, "metrics.csv") for name in sorted(led_by)],
            "figures": [self.paths.figure(name, at, "png") for name, at in thumbnails.items()],
            **self._page("index"),
        }
        left_out: dict[str, Any] = {"figures": {}, "tables": {}, "parts": {}, "remarks": {}}
        told_of = {}
        for name, writeup in self.writeups.items():
            claims = {claim: _silent(one) for claim, one in writeup.claims.items()}
            kept = {"claims": claims, "experiments": self._said(writeup.published)}
            told_of[name] = writeup.model_copy(update={**left_out, **kept})
        job = IndexJob(
            run=self.run.run,
            author=self.run.author,
            own_images=self._own_images(),
            writeups=told_of,
            thumbnails=thumbnails,
        )
        return Job(inputs, told(job))

    @cache
    def manifest(self) -> Job:
        """Every file of the run."""
        files = {self.paths.verdicts(), self.paths.report("index", "html")}
        for writeup, declared in self.writeups.items():
            names = self._shown(writeup)
            report = self.report(writeup).inputs
            kept = [file for file in report["kept"] if file.startswith(self.paths.root)]
            files.update([*report["cards"], *kept, *report["tables"]])
            files.update(self.paths.report(writeup, suffix) for suffix in ("html", "pdf"))
            files.add(self.paths.verdicts(writeup))
            for figure in declared.figures:
                files.update(self.paths.figure(writeup, figure, form) for form in FIGURE_FORMATS)
            datasets = {*self._datasets(names).values(), *declared.datasets_shown()}
            files.update(map(self.paths.data, datasets))
            for name in names:
                files.update(self._of_seeds(name, "weights.safetensors"))
        return Job({"files": sorted(files), **code("manifest")})

    def final(self) -> list[str]:
        """What a build ends with."""
        if self.search:
            return [self.paths.recovered(self.run.recover)]
        # All files, not the manifest alone: one that was deleted is made again.
        return [*self.manifest().inputs["files"], self.paths.manifest()]

    def only(self, writeups: Iterable[str]) -> Plan:
        """The same run of some of its write-ups."""
        some = {name: self.writeups[name] for name in writeups}
        return Plan(self.project._replace(writeups=some))

    def made_since(self, started: float) -> list[str]:
        """Pages and PDFs that a build, begun at that time, has made."""
        reports = (
            self.paths.report(writeup, suffix)
            for suffix in ("html", "pdf")
            for writeup in self.writeups
        )
        return [
            path for path in reports if os.path.exists(path) and os.stat(path).st_mtime > started
        ]

    # --- What is recovered ----------------------------------------------------------------------

    def rank(self, rung: int, before: list[str]) -> Job:
        """One round of the search.

        :param before: the file of the round before; none in the first.
        """
        assert self.search  # or there is no rule that asks
        job = self.search.job(rung, before)
        kept = [
            self.paths.of_seed(name, seed, file)
            for name in job.candidates
            for seed in self.search.rungs[rung].seeds
            for file in ("history.csv", "steps.csv")
        ]
        return Job({"kept": kept, "before": before, **code("rank")}, told(job))

    def last_rung(self) -> str:
        """What the last round of the search found: all candidates."""
        assert self.search
        return self.paths.rung(self.run.recover, len(self.search.rungs) - 1)

    # --- Parts of the above ---------------------------------------------------------------------

    def _dataset(self, dataset: str) -> Inputs:
        return {"data": self.paths.data(dataset), "card": self.paths.card(dataset)}

    def _of_seeds(self, experiment: str, file: str) -> list[str]:
        seeds = self.experiments[experiment].seeds
        return [self.paths.of_seed(experiment, seed, file) for seed in seeds]

    def _trained(self, experiment: str) -> Inputs:
        return {
            "weights": self._of_seeds(experiment, "weights.safetensors"),
            "runs": self._of_seeds(experiment, "run.json"),
            "histories": self._of_seeds(experiment, "history.csv"),
        }

    def _kept(self, experiments: Iterable[str]) -> list[str]:
        """What figures, tables, verdicts and reports read of experiments."""
        files: list[str] = []
        for name in experiments:
            own = ("metrics.csv", "arrays.npz", "layers.csv")
            files += [self.paths.of_experiment(name, file) for file in own]
            files += self._of_seeds(name, "history.csv") + self._of_seeds(name, "steps.csv")
        return files

    def _cards(self, experiments: Iterable[str], further: Iterable[str] = ()) -> list[str]:
        names = {*self._datasets(experiments).values(), *further}
        return [self.paths.card(name) for name in sorted(names)]

    def _datasets(self, experiments: Iterable[str]) -> dict[str, str]:
        return {name: self.experiments[name].train.data for name in experiments}

    def _own_images(self) -> OwnImages:
        """All of a run's, because a correction of their words renders pages and no more."""
        return {
            name: {"title": source.title, "licence": source.licence}
            for name, source in self.run.data.items()
            if isinstance(source, Folder)
        }

    def _recovered(self, experiments: Iterable[str]) -> list[str]:
        """What was found beside the write-up that asks for it."""
        folders = {name: Path(self.project.origins[name].where).parent for name in experiments}
        there = [Paths(str(folder)).recovered(name) for name, folder in folders.items()]
        return [path for path in there if Path(path).exists()]

    def _titles(self, experiments: Iterable[str]) -> dict[str, str]:
        return {name: self.experiments[name].title for name in experiments}

    def _note(self, draw: Draw) -> str:
        """What a caption says of seeds."""
        said = str(signatures.figure(draw.kind).constants.get("SEEDS", ""))
        single = all(len(self.experiments[name].seeds) == 1 for name in draw.experiments)
        return "One training." if said and single else said

    def _published(self, writeup: str, experiments: list[str], options: object) -> AllPublished:
        """What of all that is printed a figure or table shows."""
        found: AllPublished = {}
        for name, quantity in named(options, experiments):
            there = self.writeups[writeup].published.get(name, {})
            if quantity in there:
                found.setdefault(name, {})[quantity] = there[quantity]
        return found

    def _said(self, experiments: Iterable[str]) -> dict[str, Experiment]:
        """Experiments as pages speak of them: not of what a job of a cluster asks for."""
        plain = {"resources": Resources()}
        return {name: self.experiments[name].model_copy(update=plain) for name in experiments}

    def _shown(self, writeup: str) -> list[str]:
        """Experiments of a write-up, and those that their evaluation needs."""
        names = self.writeups[writeup].shown()
        needed = [other for name in names for other in self.experiments[name].needs()]
        return list(dict.fromkeys(names + needed))

    def _train_code(self, experiment: str) -> Inputs:
        train = self.experiments[experiment].train
        own = f"tasks.{train.task}.objective", _module(self.experiments[experiment])
        return code("train", *own)

    def _evaluate_code(self, experiment: str) -> Inputs:
        names = [experiment, *self.experiments[experiment].needs()]
        models = [_module(self.experiments[name]) for name in names]
        task = self.experiments[experiment].train.task
        own = f"tasks.{task}.objective", f"tasks.{task}.evaluation"
        return code("evaluate", *own, *models)

    def _fonts(self) -> list[str]:
        fonts = self.folders.workflow / TEMPLATES / "fonts"
        return sorted(str(path) for path in fonts.glob("*.ttf"))

    def _template(self, name: str) -> str:
        return str(self.folders.file(f"{TEMPLATES}/{name}.html.j2"))

    def _page(self, script: str) -> Inputs:
        """What every page is made of: base, macros, style sheet, fonts, code."""
        names = ("base.html.j2", f"{script}.html.j2", "macros.html.j2", "style.css")
        shared = [str(self.folders.workflow / TEMPLATES / name) for name in names]
        return {"shared": shared + self._fonts(), **code(script)}

    def _links(self, writeup: Writeup) -> dict[str, CodeLink]:
        links = {}
        for name, part in writeup.parts.items():
            commit = _revision([str(self.folders.file(part.source))])
            url = self.run.source_url.format(commit=commit, path=part.source) if commit else ""
            links[name] = CodeLink(path=part.source, commit=commit, url=url)
        return links

    def _commit(self, writeup: str) -> str:
        """The commit of all declarations, templates and code that a report is made of; none where
        single keys replace what the files say."""
        if self.project.document.overrides:
            return ""
        names = self._shown(writeup)
        jobs: list[Inputs] = [
            self._page("report"),
            code("pdf"),
            code("prepare"),
            code("table"),
            code("verdicts"),
        ]
        for name in names:
            jobs += [self._train_code(name), self._evaluate_code(name)]
        for figure in self.writeups[writeup].figures.values():
            jobs.append(code("figure", f"figures.{figure.draw.kind}"))
        home = self.folders.workflow
        paths = {str(home / "Snakefile"), str(home / "workflow/rules"), self._template(writeup)}
        paths.update(
            [self.project.document.where, *(self.project.origins[name].where for name in names)]
        )
        for job in jobs:
            paths.update(file for files in job.values() for file in files)
        return _revision(paths)


def told(job: Strict) -> str:
    """As one canonical line: Snakemake compares params as unordered values."""
    return canonical(job.model_dump(mode="json"), sort=False)


def code(script: str, *modules: str) -> Inputs:
    """A script and the library files that it and ``modules`` import, as inputs of a rule."""
    return {"code": sources(script, *modules)}


def _silent(statement: Statement, *words: str) -> Any:
    """A statement without what decides no verdict: what it says in words."""
    says = Says(**dict.fromkeys(statement.says.model_dump(exclude_none=True), ""))
    return statement.model_copy(update={"says": says, **dict.fromkeys(words, "")})


def _wordless(table: Table) -> Table:
    """A table without what decides none of its numbers: caption and formats."""
    plain: dict[str, Any] = {"caption": ""}
    for kind in ("columns", "rows"):
        items = getattr(table, kind, None)
        if isinstance(items, list):
            plain[kind] = [item.model_copy(update={"format": ".4f"}) for item in items]
    return table.model_copy(update=plain)


def _revision(paths: Iterable[str]) -> str:
    """The commit of files; of those outside of this workflow's own folder, none is known."""
    return revision(*sorted(os.path.relpath(path, PROJECT) for path in paths))


def _module(experiment: Experiment) -> str:
    return f"models.{experiment.train.model.name.split('.')[0]}"
