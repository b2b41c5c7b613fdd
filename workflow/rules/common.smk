"""The plan of this run, and what only Snakemake knows."""

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.io import sourcecache_entry


def copied(folder):
    """A copy of the commit from which another workflow imports this one, out of a host's repository."""
    repository = folder.hosted_repo.repo
    copy = Path(".snakemake", "proofsheet", repository.commit(folder.ref).hexsha)
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=copy.parent) as beside:
            archive = Path(beside, "archive.tar")
            with archive.open("wb") as file:
                repository.archive(file, copy.name)
            shutil.unpack_archive(archive, Path(beside, "copy"), filter="data")
            with suppress(OSError):  # it is there: another process was as quick
                Path(beside, "copy").rename(copy)
    return copy.resolve()


# The folder of this workflow, wherever a build runs: its library before any other of that name.
HERE = workflow.current_basedir
HOME = Path(HERE).parents[1].resolve() if HERE.is_local else copied(HERE)
SCRIPTS = HOME / "workflow" / "scripts"
sys.path.insert(0, str(SCRIPTS))

from proofsheet import startup
from proofsheet.declare.folders import Folders
from proofsheet.declare.project import load_project
from proofsheet.errors import ProofsheetError
from proofsheet.jobs.failures import as_lines, failures
from proofsheet.jobs.follow import Follower
from proofsheet.jobs.lock import Lock
from proofsheet.jobs.records import records
from proofsheet.jobs.warm import LIBRARY, WORTH_IT, Warm
from proofsheet.plan.plan import UNCOMPARED, Plan
from proofsheet.plan.precision import keep as keep_precision
from proofsheet.plan.revision import why_unknown
from proofsheet.plan.surroundings import own_surroundings

# Nothing that Snakemake imported is garbage.
startup.imported()

# Snakemake reads its files too, without lines and with duplicates lost; its reading is not used,
# but for what another workflow that imports this one gives it.
CONFIGFILES = workflow.config_settings.configfiles
CONFIG = workflow.config_settings.config
if (
    workflow.modifier.is_module
    and config is workflow.modifier_stack[0].globals["config"]
):
    CONFIGFILES = workflow.configfiles
elif workflow.modifier.is_module:
    CONFIGFILES = []
    CONFIG = {key: value for key, value in config.items() if key != "places"}
if not os.access(".", os.W_OK):
    raise WorkflowError(
        f"{os.getcwd()}: you may not write here; copy it, or say --directory"
    )
if workflow.modifier.path_modifier.replace_prefix("results/") != "results/":
    raise WorkflowError(
        "prefix: paths of this workflow cannot be moved; take it out of the module, and say "
        "--directory where results shall lie elsewhere"
    )
if len(sys.executable.split()) > 1:
    raise WorkflowError(
        f"{sys.executable}: a Python with a space in its path, which Snakemake cannot start; "
        "move it, or the folder that it is in"
    )
try:
    own_surroundings(SCRIPTS)
    PLAN = Plan(
        load_project(
            [Path(os.path.relpath(path)) for path in CONFIGFILES],
            dict(CONFIG),
            Folders(workflow=Path(os.path.relpath(HOME))),
        )
    )
except ProofsheetError as error:
    raise WorkflowError(str(error)) from None

PATHS = PLAN.paths
# Places and names, not content: jobs and captions read them here, where a change reruns nothing.
config.update(places=PLAN.places(), run=PLAN.run.run, checkpoints=PLAN.run.checkpoints)


wildcard_constraints:
    dataset="|".join(PLAN.run.data),
    writeup="|".join(PLAN.writeups),
    seed=r"\d+",


def reads(job):
    """Input function: what a job of the plan reads."""

    def inputs(wildcards):
        return {
            name: ancient(of_run(files)) if name in UNCOMPARED else of_run(files)
            for name, files in asked(job, wildcards).inputs.items()
        }

    return inputs


def of_run(files):
    """Sources are no objects of a storage, where results may be: docs/elsewhere.md."""
    if isinstance(files, list):
        return [of_run(file) for file in files]
    own = files.startswith(PATHS.root)
    return files if own else sourcecache_entry(files, files)


def told(job):
    """Params function: what a job of the plan is told."""
    return lambda wildcards: asked(job, wildcards).told


def asked(job, wildcards):
    """A job of the plan, by its wildcards."""
    try:
        return job(**dict(wildcards.items()))
    except ProofsheetError as error:
        raise WorkflowError(str(error)) from None


def title(wildcards):
    """The category of a write-up in Snakemake's own report."""
    return PLAN.writeups[wildcards.writeup].title


def of(job, experiment):
    """A job of one experiment, the same for all of its seeds."""
    return lambda seed=None: job(experiment)


def growing(experiment, resource):
    """A declared amount that doubles with every further attempt."""
    amount = getattr(PLAN.experiments[experiment].resources, resource)
    return lambda wildcards, attempt: amount * 2 ** (attempt - 1)


def of_round(job):
    """Candidates of a round are known once the round before is ranked."""

    def asked_of_round(wildcards):
        rung = int(wildcards.rung)
        before = [checkpoints.rank.get(rung=rung - 1).output.csv] if rung else []
        return job(PLAN.rank(rung, before))

    return asked_of_round


def hurry():
    """Where jobs run here, with this Python: wait for nothing, and import once what they need."""
    jobs = list(workflow.dag.needrun_jobs())
    elsewhere = (
        not workflow.local_exec or workflow.deployment_settings.deployment_method
    )
    if elsewhere:
        return
    # A limit on submissions a second is for clusters; here it costs time: docs/snakemake.md.
    workflow.scheduler.job_rate_limiter = None
    if len(jobs) < WORTH_IT:
        return
    code = {Path(path) for job in jobs for path in job.input.get("code", [])}
    WARM.start(sorted(path for path in code if LIBRARY in path.resolve().parents))


def show_rest_of_it(failed):
    """After --keep-going: index and manifest of the write-ups that are whole."""
    if not workflow.execution_settings.keep_going or PLAN.search:
        return
    from proofsheet.plan.partial import not_made, show_rest

    why = not_made(PLAN, failed)
    if len(why) == len(PLAN.writeups):
        return
    show_rest(PLAN, why, records(Path(PATHS("logs"))))
    print(
        f"\n{PATHS.report('index', 'html')} shows the others; not made:",
        *(f"  {name}: {reason}" for name, reason in why.items()),
        sep="\n",
    )


def take(lock):
    """Refuse a second build of a run beside the first."""
    try:
        lock.take()
    except ProofsheetError as error:
        raise WorkflowError(str(error)) from None


def tell_commit():
    """Say why reports name no commit, where none is known."""
    if reason := why_unknown(HOME):
        print(f"Reports name no commit: {reason}")


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


def tell_copied():
    """Say why all is made anew, where results came without what Snakemake knows of them."""
    known = any(Path(".snakemake", "metadata").glob("*"))
    if Path(PATHS.manifest()).exists() and not known:
        print(
            f"{PATHS.root} came here without .snakemake: Snakemake does not know how it was made, "
            "and makes all of it again; to keep results, copy both with cp -a",
            file=sys.stderr,
        )


tell_copied()
