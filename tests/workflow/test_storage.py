"""Nodes that share no file system: each job has an empty folder, and a storage that all reach."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import one_more
from conftest import copy_project

SUBMIT = """#!/bin/sh
# Runs a job in a folder of its own, as on another node; the folder is its id.
node=$(mktemp -d {folder}/node.XXXX)
cp "$1" $node/job.sh
cd $node
PATH={python}:$PATH
(sh job.sh > log 2>&1; echo $? > status) > /dev/null 2>&1 &
echo $node
"""
STATUS = """#!/bin/sh
case $(cat $1/status 2>/dev/null) in "") echo running;; 0) echo success;; *) echo failed;; esac
"""


def storage(folder):
    """Options with which results are objects of a storage in a folder."""
    return [
        *("--default-storage-provider", "fs", "--default-storage-prefix", folder / "store"),
        *("--shared-fs-usage", "none"),
    ]


def cloned(folder, **changes):
    """A copy of the project as a clone, whose tracked files are what nodes are given."""
    folder.mkdir()
    project = one_more.declare(copy_project(folder), **changes)
    (folder / ".gitignore").write_text(".snakemake/\nresults/\n")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return project


def test_a_build_gives_the_same_bytes(built_small, tmp_path):
    project = cloned(tmp_path / "clone", resources={"*": {"runtime": 5}})
    submit = SUBMIT.format(folder=tmp_path, python=Path(sys.executable).parent)
    for name, text in (("submit", submit), ("status", STATUS)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o700)
    project.build(
        *storage(tmp_path),
        *("--executor", "cluster-generic", "--jobs", "3", "--job-deploy-sources"),
        *("--cluster-generic-submit-cmd", tmp_path / "submit"),
        *("--cluster-generic-status-cmd", tmp_path / "status"),
        *("--seconds-between-status-checks", "1"),
    )
    assert list(tmp_path.glob("node.*/workflow"))
    manifest = tmp_path / "store" / "results" / "tiny" / "manifest.json"
    assert manifest.read_text() == (built_small.results / "manifest.json").read_text()


def test_a_killed_training_goes_on_where_its_checkpoints_are_found(tmp_path):
    shared = tmp_path / "shared"
    target = "results/tiny/runs/vae/seed0/run.json"
    changes = {
        "train": {"vae": {"epochs": 120}},
        "checkpoints": str(shared),
    }
    one, other = (cloned(tmp_path / name, **changes) for name in ("one", "other"))
    command = [sys.executable, "-m", "snakemake", target, "--cores", "1", *storage(tmp_path)]
    build = subprocess.Popen(
        [*command, "--configfile", "config/tiny.yaml"], cwd=one.folder, start_new_session=True
    )
    checkpoint = shared / "results" / "tiny" / "checkpoints" / "vae" / "seed0.pt"
    deadline = time.monotonic() + 60
    while not checkpoint.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(build.pid, signal.SIGKILL)
    build.wait()
    other.build(target, *storage(tmp_path))
    log = tmp_path / "store" / "results" / "tiny" / "logs" / "train" / "vae" / "seed0.log"
    assert "going on after epoch" in log.read_text()
