"""Helpers only: what the run declares, and which files each rule needs."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

sys.path.append(str(Path(workflow.basedir) / "workflow" / "scripts"))

from proofsheet.code import sources
from proofsheet.config import load_config
from proofsheet.errors import ProofsheetError
from proofsheet.failures import failures
from proofsheet.files import canonical
from proofsheet.follow import Follower
from proofsheet.revision import revision
from proofsheet.writeups import (
    all_experiments,
    check_data,
    check_patterns,
    load_writeups,
    matching,
)

# The run's file, whichever of the two Snakemake read last; outside the project by its name alone.
CONFIGFILE = os.path.relpath(
    [path for path in workflow.configfiles if Path(path).name != "author.yaml"][-1]
)
CONFIGFILE = Path(CONFIGFILE).name if CONFIGFILE.startswith("..") else CONFIGFILE

try:
    known = sorted(path.stem for path in Path("writeups").glob("*.yaml"))
    RUN = load_config(config, known, CONFIGFILE)
    WRITEUPS = load_writeups(Path("writeups"), RUN.train, RUN.resources)
    check_data(WRITEUPS, RUN.writeups, set(RUN.data))
    check_patterns("seeds", RUN.seeds, list(all_experiments(WRITEUPS)))
except ProofsheetError as error:
    raise WorkflowError(str(error)) from None

RESULTS = f"results/{RUN.run}"
EXPERIMENTS = all_experiments(WRITEUPS)
# Minutes that all seeds of an experiment may take together to be one job of a cluster.
SHORT = 30
FIGURE_FORMATS = ["svg", "png", "pdf", "csv"]


wildcard_constraints:
    dataset="|".join(RUN.data),
    writeup="|".join(WRITEUPS),
    seed=r"\d+",


def seeds(experiment):
    """Seeds of an experiment: the run's, where it names some, or the declaration's."""
    return [EXPERIMENTS[experiment].seeds, *matching(RUN.seeds, experiment)][-1]


def declared_json(value):
    """A declaration as one canonical line: Snakemake compares params as unordered values."""
    return canonical(value.model_dump(mode="json"))


def table_json(table):
    """What a table is computed from: neither its caption nor how numbers are shown."""
    shown = {"caption": True}
    shown |= {
        key: {"__all__": {"format"}} for key in ("columns",) if hasattr(table, key)
    }
    if table.kind == "quantities":
        shown["rows"] = {"__all__": {"format"}}
    return canonical(table.model_dump(mode="json", exclude=shown), sort=False)


def published_declared(writeup):
    """Published quantities of a write-up, each with its numbers as rows and as printed."""
    declared = {
        experiment: {
            name: {
                **quantity.model_dump(
                    mode="json", include={"measured", "unit", "recorded"}
                ),
                "rows": quantity.rows(),
                "texts": quantity.texts(),
            }
            for name, quantity in quantities.items()
        }
        for experiment, quantities in WRITEUPS[writeup].published.items()
    }
    return canonical(declared, sort=False)


def published(writeup, experiments):
    """What a write-up prints of the named experiments: rows by experiment and quantity."""
    return {
        experiment: {name: quantity.rows() for name, quantity in quantities.items()}
        for experiment, quantities in WRITEUPS[writeup].published.items()
        if experiment in experiments
    }


def published_json(writeup, item):
    """Published numbers of a figure or table, where it shows any."""
    names = item.experiments if item.shows_published() else []
    return canonical(published(writeup, names))


def prepared(dataset):
    """A prepared data set. Its card carries the digest, so the card alone decides reruns."""
    return {
        "data": ancient(f"{RESULTS}/data/{dataset}.npz"),
        "card": f"{RESULTS}/data/{dataset}.json",
    }


def later(function, *arguments):
    """An input function that needs no wildcards: called for the jobs that a build plans."""
    return lambda wildcards: function(*arguments)


def growing(experiment, resource):
    """A declared amount that doubles with every further attempt."""
    amount = getattr(EXPERIMENTS[experiment].resources, resource)
    return lambda wildcards, attempt: amount * 2 ** (attempt - 1)


def grouped(experiment):
    """Group of a short experiment: on a cluster, its seeds and their evaluation are one job."""
    minutes = EXPERIMENTS[experiment].resources.runtime * len(seeds(experiment))
    return "short" if minutes <= SHORT else None


def check_cluster():
    """Refuse what the Slurm plugin would take and then wait for without end."""
    arrays = getattr(workflow.executor_settings, "array_jobs", None)
    if arrays is None:  # another executor, or none
        return
    if not shutil.which("sbatch"):
        raise WorkflowError(
            "sbatch: not found; trainings go to Slurm from a machine that has its commands, "
            "usually the cluster's login node"
        )
    limits = sorted(set(workflow.global_resources) - {"_cores", "_nodes"})
    if workflow.resource_settings.nodes != sys.maxsize:
        limits.append(f"--jobs {workflow.resource_settings.nodes}")
    if arrays == "all" and limits:
        raise WorkflowError(
            f"{', '.join(limits)}: a limit on what is submitted at once splits arrays, and the "
            "Slurm plugin would wait for ever; leave it to Slurm, or add --slurm-array-jobs none"
        )


def initial_weights(experiment):
    """The file of weights that a training starts from, where one is declared."""
    start = EXPERIMENTS[experiment].train.pretrained
    return {"pretrained": start} if isinstance(start, str) else {}


def training_inputs(experiment):
    """What every seed of an experiment reads."""
    return {
        **prepared(EXPERIMENTS[experiment].train.data),
        **initial_weights(experiment),
        "code": training_code(experiment),
    }


def trained(experiment):
    """Kept files of every seed; run.json carries the digest of the weights."""
    folders = [f"{RESULTS}/runs/{experiment}/seed{seed}" for seed in seeds(experiment)]
    return {
        "weights": [ancient(f"{folder}/weights.safetensors") for folder in folders],
        "runs": [f"{folder}/run.json" for folder in folders],
        "histories": [f"{folder}/history.csv" for folder in folders],
        "steps": [f"{folder}/steps.csv" for folder in folders],
    }


def evidence(experiments):
    """What figures, tables and verdicts read of the named experiments."""
    files = []
    for name in experiments:
        kept = ["metrics.csv", "arrays.npz", "layers.csv"]
        files += expand(f"{RESULTS}/runs/{name}/{{file}}", file=kept)
        files += trained(name)["histories"] + trained(name)["steps"]
    return files


def shown_images(draw):
    """Prepared data sets of which a figure shows images."""
    files = [prepared(dataset) for dataset in draw.data]
    return {
        "data": [file["data"] for file in files],
        "cards": [file["card"] for file in files],
    }


def titles(experiments):
    """Titles by experiment name, as canonical JSON."""
    return canonical({name: EXPERIMENTS[name].title for name in experiments})


def judged_experiments(writeup):
    """Experiments that a write-up's claims and published numbers are judged by."""
    names = [
        name
        for claim in WRITEUPS[writeup].claims.values()
        for name in claim.experiments
    ]
    return list(dict.fromkeys([*names, *WRITEUPS[writeup].published]))


def declared_claims(writeup):
    """Claims in their order, without their words."""
    claims = {
        name: claim.model_dump(mode="json", exclude={"text", "evidence"})
        for name, claim in WRITEUPS[writeup].claims.items()
    }
    return canonical(claims, sort=False)


def trained_on(experiments):
    """Data set of each experiment."""
    return canonical({name: EXPERIMENTS[name].train.data for name in experiments})


def code(script, *modules):
    """A rule's script and the library files that it and ``modules`` import, as inputs.

    Snakemake looks at a script's date alone and not into what it imports; as inputs, all of them
    are compared by content. What decides no result (``job``, ``progress``, ``gpu``) is left out.
    """
    return [f"workflow/scripts/{script}.py", *sources(*modules)]


def training_code(experiment):
    """Code that decides the weights of one experiment."""
    train = EXPERIMENTS[experiment].train
    model = train.model.name.split(".")[0]
    return code("train", "training", "record", f"tasks.{train.task}", f"models.{model}")


def evaluation_code(experiment):
    """Code that decides the metrics of one experiment."""
    names = [experiment, *EXPERIMENTS[experiment].needs()]
    trainings = [EXPERIMENTS[name].train for name in names]
    modules = [f"models.{train.model.name.split('.')[0]}" for train in trainings]
    task = f"evaluation.{trainings[0].task}"
    return code("evaluate", "evaluation.evaluate", "record", task, *modules)


def figure_code(figure):
    return code("figure", f"figures.{figure.draw.kind}")


def image_folders(dataset):
    """Class folders of a person's own images: an image added or removed prepares anew."""
    source = RUN.data[dataset]
    if source.source != "folder":
        return []
    return sorted(
        str(path) for path in Path(source.path).glob("*/[!.]*") if path.is_dir()
    )


def image_digest(dataset):
    """A digest of names, sizes and dates: an image replaced in place prepares anew."""
    listing = [
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for folder in image_folders(dataset)
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
    ]
    return hashlib.sha256(canonical(listing).encode()).hexdigest()


def readers(experiment):
    """Kept files of the classifiers that an experiment's evaluation asks."""
    folders = [
        f"{RESULTS}/runs/{name}/seed{seeds(name)[0]}"
        for name in EXPERIMENTS[experiment].needs()
    ]
    return {
        "reader": [f"{folder}/run.json" for folder in folders],
        "reader_weights": [
            ancient(f"{folder}/weights.safetensors") for folder in folders
        ],
        "reader_history": [ancient(f"{folder}/history.csv") for folder in folders],
    }


def evaluation_inputs(experiment):
    """All seeds of an experiment, its data, and the classifiers that judge its images."""
    return {
        **prepared(EXPERIMENTS[experiment].train.data),
        **trained(experiment),
        **readers(experiment),
        "code": evaluation_code(experiment),
    }


def declared(kind, wildcards):
    """The declared figure or table that a file name asks for."""
    name = wildcards[kind]
    there = getattr(WRITEUPS[wildcards.writeup], f"{kind}s")
    if name not in there:
        raise WorkflowError(
            f"{wildcards.writeup} declares no {kind} {name!r}; there are {', '.join(there)}"
        )
    return there[name]


def figure_files(writeup):
    return expand(
        f"{RESULTS}/figures/{writeup}/{{figure}}.{{format}}",
        figure=WRITEUPS[writeup].figures,
        format=FIGURE_FORMATS,
    )


def table_files(writeup):
    return expand(
        f"{RESULTS}/tables/{writeup}/{{table}}.csv", table=WRITEUPS[writeup].tables
    )


def shown_experiments(writeup):
    """Experiments of a write-up, and those that their evaluation needs."""
    names = WRITEUPS[writeup].shown()
    needed = [other for name in names for other in EXPERIMENTS[name].needs()]
    return list(dict.fromkeys(names + needed))


def cards(writeup):
    datasets = {EXPERIMENTS[name].train.data for name in shown_experiments(writeup)}
    datasets |= set(WRITEUPS[writeup].data_shown())
    return [f"{RESULTS}/data/{dataset}.json" for dataset in sorted(datasets)]


def report_evidence(writeup):
    """What a report reads beside figures, tables and verdicts."""
    names = shown_experiments(writeup)
    return evidence(names) + [run for name in names for run in trained(name)["runs"]]


def report_files(suffix):
    return [f"{RESULTS}/reports/{writeup}.{suffix}" for writeup in RUN.writeups]


def everything_listed():
    """Every file that the manifest lists."""
    files = [f"{RESULTS}/verdicts.csv", f"{RESULTS}/reports/index.html"]
    files += report_files("html") + report_files("pdf")
    for writeup in RUN.writeups:
        files += figure_files(writeup) + table_files(writeup) + cards(writeup)
        files += [f"{RESULTS}/verdicts/{writeup}.csv"] + report_evidence(writeup)
        for name in shown_experiments(writeup):
            files += [str(path) for path in trained(name)["weights"]]
            files += [f"{RESULTS}/data/{EXPERIMENTS[name].train.data}.npz"]
    return sorted(set(files))


def final_outputs():
    return (
        report_files("html")
        + report_files("pdf")
        + [f"{RESULTS}/reports/index.html", f"{RESULTS}/manifest.json"]
    )


def shared_templates():
    """What every page is made of: base, macros, style sheet, fonts."""
    folder = Path("templates")
    names = ["base.html.j2", "macros.html.j2", "style.css"]
    return [str(folder / name) for name in names] + fonts()


def fonts():
    return sorted(str(path) for path in Path("templates/fonts").glob("*.woff2"))


def report_declaration(writeup):
    """All that a report says of its experiments: the write-up, and those it shows of others."""
    shown = {
        name: EXPERIMENTS[name].model_dump(mode="json", exclude={"resources"})
        for name in shown_experiments(writeup)
    }
    for name, experiment in shown.items():
        experiment["seeds"] = seeds(name)
    declared = WRITEUPS[writeup].model_dump(mode="json")
    shown_as = {**declared, "experiments": shown, "name": writeup, "run": RUN.run}
    shown_as["printed"] = shown_as["published"]
    shown_as["published"] = published(writeup, shown)
    shown_as["configfile"] = CONFIGFILE
    for name, text in WRITEUPS[writeup].claim_texts().items():
        shown_as["claims"][name]["text"] = text
    return canonical(shown_as, sort=False)


def report_commit(writeup):
    """The commit of all declarations, templates and code that a report is made of."""
    paths = ["Snakefile", "workflow/rules", CONFIGFILE, f"templates/{writeup}.html.j2"]
    paths += shared_templates() + code("report", "report.render") + code("pdf", "pdf")
    paths += [f"writeups/{writeup}.yaml"] + code("prepare", "data.prepare")
    for name in shown_experiments(writeup):
        paths += training_code(name) + evaluation_code(name)
        paths += [
            f"writeups/{w}.yaml" for w in WRITEUPS if name in WRITEUPS[w].experiments
        ]
    for figure in WRITEUPS[writeup].figures.values():
        paths += figure_code(figure)
    paths += code("table", "tables") + code("verdicts", "verdicts.judge")
    return revision(*sorted(set(paths)))


def code_links(writeup):
    """Where each part's source stands: its path, commit and address."""
    links = {}
    for name, part in WRITEUPS[writeup].parts.items():
        commit = revision(part.source)
        url = RUN.source_url.format(commit=commit, path=part.source) if commit else ""
        links[name] = {"path": part.source, "commit": commit, "url": url}
    return canonical(links)


def summary():
    """Lines that tell where the reports are, as far as they are built."""
    built = [
        path
        for path in report_files("html") + report_files("pdf")
        if Path(path).exists()
    ]
    return ["", "Reports:", *(f"  {path}" for path in sorted(built))] if built else []


def index_declaration():
    """What the index says of each write-up: its title, claims, and published quantities."""
    told = {}
    for name in RUN.writeups:
        writeup = WRITEUPS[name]
        printed = writeup.model_dump(mode="json", include={"published"})["published"]
        told[name] = {
            "title": writeup.title,
            "claims": {
                claim: {"text": text, "evidence": writeup.claims[claim].evidence}
                for claim, text in writeup.claim_texts().items()
            },
            "printed": printed,
            "experiments": {key: {"title": EXPERIMENTS[key].title} for key in printed},
        }
    return canonical(told, sort=False)
