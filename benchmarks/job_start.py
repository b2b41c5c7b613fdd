"""What a cluster job pays before it trains: from the start of its script to the first batch.

Runs, without a cluster, the command that the Slurm plugin submits: Snakemake, which through srun
(here: at once) starts Snakemake again, which starts the training script. Beside it the same with a
bare Snakefile of one rule whose script imports torch: the price of the tools themselves. Not
measured: a task of an array, but the first, starts Snakemake once more, to read its command.

    .venv/bin/python benchmarks/job_start.py
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from project import copy_project

ROUNDS = 5

# Every process writes its name and the time into a file when it reaches a mark.
MARK = "import time; print({name!r}, time.time(), file=open({marks!r}, 'a'))\n"

BARE = """
rule train_vae_bce:
    input: "data"
    output: "results/run.json"
    script: "train.py"
"""
BARE_SCRIPT = """
import torch
from pathlib import Path
{mark}
Path(snakemake.output[0]).write_text("")
"""

# srun without a cluster: drops its own options and runs the rest.
SRUN = """#!/bin/sh
while [ "${1#-}" != "$1" ]; do shift; done
exec "$@"
"""


def prepare_ours(folder: Path, marks: Path) -> list[str]:
    copy_project(folder)
    config = yaml.safe_load((folder / "config" / "config.yaml").read_text())
    limited = {"mnist": {**config["data"]["mnist"], "limit": {"train": 160, "test": 80}}}
    start_config = {**config, "run": "start", "writeups": ["verification_vae"], "data": limited}
    (folder / "config" / "start.yaml").write_text(yaml.safe_dump(start_config))
    snakefile = folder / "Snakefile"
    snakefile.write_text(snakefile.read_text() + MARK.format(name="parsed", marks=str(marks)))
    training = folder / "workflow/scripts/proofsheet/train/loop.py"
    text = training.read_text()
    loop = "    for epoch in range(done + 1, settings.epochs + 1):\n"
    assert loop in text
    mark = "    " + MARK.format(name="training", marks=str(marks))
    training.write_text(text.replace(loop, mark + loop))
    script = folder / "workflow/scripts/train.py"
    script.write_text(MARK.format(name="script", marks=str(marks)) + script.read_text())
    arguments = ["--configfile", "config/start.yaml"]
    command = [sys.executable, "-m", "snakemake", "results/start/data/mnist.npz", "--cores", "1"]
    subprocess.run([*command, *arguments], cwd=folder, check=True, capture_output=True)
    return arguments


def prepare_bare(folder: Path, marks: Path) -> list[str]:
    mark = MARK.format(name="training", marks=str(marks))
    (folder / "Snakefile").write_text(BARE + MARK.format(name="parsed", marks=str(marks)))
    script = MARK.format(name="script", marks=str(marks)) + BARE_SCRIPT.format(mark=mark)
    (folder / "train.py").write_text(script)
    (folder / "data").touch()
    return []


def start(folder: Path, marks: Path, target: str, arguments: list[str]) -> list[tuple[str, float]]:
    """Seconds from the start of the job to each mark."""
    marks.unlink(missing_ok=True)
    command = [
        *(sys.executable, "-m", "snakemake", "--target-jobs", target),
        *("--allowed-rules", "train_vae_bce", "--cores", "all", "--force", "--nolock"),
        *("--ignore-incomplete", "--force-use-threads", "--mode", "remote", "--quiet", "all"),
        *("--executor", "slurm-jobstep", "--jobs", "1", *arguments),
    ]
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    started = time.time()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    lines = [line.split() for line in marks.read_text().splitlines()]
    return [(name, float(moment) - started) for name, moment in lines]


def main() -> None:
    contenders = {
        "ours": (prepare_ours, "train_vae_bce:seed=0"),
        "bare": (prepare_bare, "train_vae_bce:"),
    }
    with tempfile.TemporaryDirectory() as name:
        runs = {}
        for contender, (prepare, target) in contenders.items():
            folder = Path(name) / contender
            (folder / "bin").mkdir(parents=True)
            (folder / "bin" / "srun").write_text(SRUN)
            (folder / "bin" / "srun").chmod(0o755)
            marks = Path(name) / f"{contender}.txt"
            runs[contender] = (folder, marks, target, prepare(folder, marks))
        best = {
            contender: min((start(*run) for _ in range(ROUNDS)), key=lambda marks: marks[-1][1])
            for contender, run in runs.items()
        }
    steps = ["rules read", "again", "script starts", "trains"]
    print(f"{'seconds until':<14}" + "".join(f"{step:>15}" for step in steps))
    for contender, found in best.items():
        print(f"{contender:<14}" + "".join(f"{moment:15.2f}" for _, moment in found))


if __name__ == "__main__":
    main()
