"""Every file that a job reads is a declared input: each kind of job runs where nothing else is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proofsheet.declare.project import load_project
from proofsheet.plan.plan import FIGURE_FORMATS, Plan

W = "verification_vae"

# Runs a script as Snakemake does, on what a JSON file says of its job.
RUNNER = """
import json, runpy, sys
from types import SimpleNamespace
from snakemake.iocontainers import Namedlist
job = {key: Namedlist(fromdict=value) if isinstance(value, dict) and key != "config" else value
       for key, value in json.load(open("job.json")).items()}
runpy.run_path(sys.argv[1], {"snakemake": SimpleNamespace(**job)})
"""


@pytest.fixture
def plan(built, monkeypatch):
    monkeypatch.chdir(built.folder)
    library = built.folder / "workflow" / "scripts" / "proofsheet"
    monkeypatch.setattr("proofsheet.plan.code.LIBRARY", library)
    return Plan(load_project([Path("config/tiny.yaml")]))


def cases(paths):
    """Script, job, outputs and wildcards of each kind of job."""
    trained = {"weights": "weights.safetensors", "run": "run.json"}
    trained |= {"history": "history.csv", "steps": "steps.csv"}
    evaluated = {"metrics": "metrics.csv", "arrays": "arrays.npz", "layers": "layers.csv"}
    return {
        "prepare": (["mnist"], {"data": paths.data("mnist"), "card": paths.card("mnist")}),
        "train": (
            ["vae_bce"],
            {key: paths.of_seed("vae_bce", 0, name) for key, name in trained.items()},
        ),
        "evaluate": (
            ["vae_bce"],
            {key: paths.of_experiment("vae_bce", name) for key, name in evaluated.items()},
        ),
        "figure": (
            [W, "loss_curves"],
            {form: paths.figure(W, "loss_curves", form) for form in FIGURE_FORMATS},
        ),
        "table": ([W, "vae_quality"], {"csv": paths.table(W, "vae_quality")}),
        "verdicts": ([W], {"csv": paths.verdicts(W)}),
        "all_verdicts": ([], {"csv": paths.verdicts()}),
        "report": ([W], {"html": paths.report(W, "html")}),
        "pdf": ([W], {"pdf": paths.report(W, "pdf")}),
        "index": ([], {"html": paths.report("index", "html")}),
        "manifest": ([], {"manifest": paths.manifest()}),
    }


@pytest.mark.parametrize(
    "kind",
    [
        *("prepare", "train", "evaluate", "figure", "table", "verdicts", "all_verdicts"),
        *("report", "pdf", "index", "manifest"),
    ],
)
def test_a_job_runs_on_its_declared_inputs_alone(built, plan, tmp_path, kind):
    names, outputs = cases(plan.paths)[kind]
    job = getattr(plan, kind)(*names)
    # Beside them, what reads what a job is told, and logs: it decides no result.
    reads = ["declare/**/*.py", "jobs/*.py", "startup.py", "errors.py", "files.py", "paths.py"]
    library = built.folder / "workflow/scripts/proofsheet"
    reads = [path.relative_to(built.folder) for glob in reads for path in library.glob(glob)]
    for file in [*job.files(), *reads]:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(built.folder / file, tmp_path / file)
    told = {
        "input": job.inputs,
        "output": outputs,
        "params": {"told": job.told, "checkpoint": plan.paths.checkpoint("vae_bce", 0)},
        "wildcards": {"seed": "0", "writeup": W, "dataset": "mnist"},
        "log": ["job.log"],
        "rule": f"{kind}_vae_bce",
        "config": {"places": plan.places(), "checkpoints": ""},
    }
    (tmp_path / "job.json").write_text(json.dumps(told))
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, f"workflow/scripts/{kind}.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "workflow" / "scripts")},
        capture_output=True,
        text=True,
    )
    log = tmp_path / "job.log"
    assert done.returncode == 0, (log.read_text() if log.exists() else "") + done.stderr
    # A report names the commit at which its sources stand, which a copy has not.
    if kind not in ("report", "index"):
        for output in outputs.values():
            assert (tmp_path / output).read_bytes() == (built.folder / output).read_bytes()


def test_another_package_of_the_same_name_does_not_win(fresh, tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "proofsheet").mkdir()
    (folder / "proofsheet" / "__init__.py").write_text("raise ImportError('the other one')")
    fresh.build("results/tiny/data/mnist.json", environment={"PYTHONPATH": str(folder)})
