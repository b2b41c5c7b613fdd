"""Builds on a real Slurm of two nodes.

What can go wrong is started at once, because most of it is waiting, and looked at one by one.
"""

import json
import os
import signal

import psutil
import pytest

import one_more
from conftest import copy_project
from slurm import LONGEST, NODES, SAFE, wait_for

# One training, long enough to be interrupted.
LONG = {"epochs": 80, "batch_size": 32}
TARGET = "results/tiny/runs/vae_bce/seed0/run.json"
CHECKPOINT = "results/tiny/checkpoints/vae_bce/seed0.pt"
LOG = "results/tiny/logs/train/vae_bce/seed0.log"


def kept(project):
    """Bytes of all that the training keeps, by file name."""
    folder = (project.folder / TARGET).parent
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Submitted:
    """A build of the one training, on its way."""

    def __init__(self, slurm, folder, *arguments, resources=None, **train):
        self.slurm = slurm
        self.project = copy_project(folder)
        self.folder = self.project.folder
        self.project.configure(
            train={"vae_bce": {**LONG, **train}}, resources={"vae_bce": resources or {}}
        )
        self.process = slurm.submit(self.project, TARGET, *arguments)

    def log(self):
        return (self.folder / "build.log").read_text()

    def jobs(self):
        return self.slurm.jobs(self.folder)

    def ends_well(self):
        status = self.process.wait(timeout=LONGEST)
        assert status == 0, self.log()
        return self.jobs()

    def ends_badly(self):
        status = self.process.wait(timeout=LONGEST)
        assert status != 0, self.log()
        return self.jobs()

    def training(self):
        """The job that trains now, after its first epoch."""
        wait_for((self.folder / CHECKPOINT).exists, "a checkpoint", 120)
        return self.jobs()[0]

    def hang(self):
        """Stop the training without ending it."""
        self.training()
        scripts = str(self.folder / ".snakemake" / "scripts")
        for process in psutil.process_iter(["cmdline"]):
            if scripts in " ".join(process.info["cmdline"] or []):
                process.suspend()


@pytest.fixture(scope="module")
def started(slurm, tmp_path_factory):
    """Builds that go wrong, on the node that lives."""
    here = ["--default-resources", "slurm_partition=cpu", f"constraint={SAFE}"]
    once = ["--retries", "0", *here]

    def submit(name, *arguments, **changes):
        return Submitted(slurm, tmp_path_factory.mktemp(name), *arguments, **changes)

    # Alone at first: it must reach its first epoch in the minute that it asks for.
    slow = submit("slow", *here, resources={"runtime": 1})
    slow.hang()
    return {
        "slow": slow,
        # Snakemake twice and torch take over 600 MB.
        "large": submit("large", *here, resources={"mem_mb": 500}),
        "failing": submit("failing", *once, optimiser={"name": "sgd", "lr": 1.0e30}),
        "gpu": submit("gpu", *once, device="cuda"),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What the training keeps when nothing disturbs it, without a cluster."""
    project = copy_project(tmp_path_factory.mktemp("undisturbed"))
    project.configure(train={"vae_bce": LONG})
    project.build(TARGET)
    return kept(project)


def test_a_training_whose_node_dies_goes_on_elsewhere_and_ends_with_the_same_bytes(
    slurm, started, undisturbed, tmp_path
):
    build = Submitted(slurm, tmp_path)
    node = build.training()["NodeList"]
    slurm.kill_node(node)
    [job] = build.ends_well()
    slurm.start_node(node)
    assert {node, job["NodeList"]} == set(NODES)
    assert job["RestartCnt"] == "1"
    assert "going on after epoch" in build.log()
    assert kept(build.project) == undisturbed


def test_ctrl_c_cancels_what_was_submitted(slurm, started, tmp_path):
    build = Submitted(slurm, tmp_path, epochs=1000)
    build.training()
    os.killpg(build.process.pid, signal.SIGINT)
    build.ends_badly()
    wait_for(lambda: [job["State"] for job in build.jobs()] == ["CANCELLED"], "job cancelled")


def test_a_training_that_fails_shows_its_log_and_the_last_lines(started):
    [job] = started["failing"].ends_badly()
    assert job["State"] == "FAILED"
    end = started["failing"].log().split("\nFailed:\n")[1]
    assert end.startswith(f"\n{LOG}\n    ERROR  loss is")


def test_a_limit_that_would_split_arrays_is_refused(slurm, tmp_path):
    build = Submitted(slurm, tmp_path, "--jobs", "4")
    assert build.ends_badly() == []
    assert "--jobs 4: a limit on what is submitted at once splits arrays" in build.log()


def test_a_training_on_a_gpu_is_given_one(started):
    [job] = started["gpu"].ends_badly()
    assert job["tres-per-job"] == "gres:gpu:1"
    # There is none that computes, on a machine without.
    assert "torch finds no CUDA device" in started["gpu"].log()


def test_a_training_on_the_cpu_asks_for_no_gpu(started):
    assert {job["tres-per-job"] for job in started["large"].jobs()} == {"N/A"}


@pytest.fixture(scope="module")
def build(slurm, tmp_path_factory):
    """A write-up, built on the cluster: an experiment with jobs of its own, and short ones.

    Arrays hold two seeds, so that three seeds need two; two short experiments are one job. A node
    has the memory for two of the seeds.
    """
    project = one_more.declare(
        copy_project(tmp_path_factory.mktemp("cluster")),
        resources={"*": {"runtime": 5}, "one_layer": {"runtime": 20, "mem_mb": 30_000}},
    )
    slurm.build(project, "--slurm-array-limit", "2", "--group-components", "short=2")
    return project


def test_a_build_on_the_cluster_gives_the_bytes_of_one_that_is_not(build, built_small):
    there, here = (
        json.loads((project.results / "manifest.json").read_text())
        for project in (build, built_small)
    )
    assert len(there) > 40
    assert there == here


def test_trainings_and_evaluations_alone_go_to_the_cluster(build, slurm):
    jobs = slurm.jobs(build.folder)
    assert {job["State"] for job in jobs} == {"COMPLETED"}
    assert {job["NodeList"] for job in jobs} == set(NODES)
    kinds = {job["Comment"].removeprefix("rule_").split("_")[0] for job in jobs}
    assert kinds == {"short", "train", "evaluate"}


def test_seeds_of_a_long_experiment_are_arrays(build, slurm):
    tasks = [
        job["JobArrayID"].split("_")
        for job in slurm.jobs(build.folder)
        if job["Comment"].startswith("rule_train_one_layer")
    ]
    (one, two), three = [array for array, _ in tasks[:2]], tasks[2][0]
    assert one == two != three
    assert [task for _, task in tasks] == ["1", "2", "3"]


def test_short_experiments_share_jobs(build, slurm):
    # Four short experiments; two that depend on each other count as one.
    jobs = [job for job in slurm.jobs(build.folder) if job["Comment"].startswith("rule_short")]
    assert len(jobs) == 2


def test_a_job_that_needs_more_memory_is_tried_again_with_more(started, undisturbed):
    first, second = started["large"].ends_well()
    assert first["MinMemory"] == "500M"
    assert "exceeded memory limit" in first["Log"].read_text()
    assert (second["State"], second["MinMemory"]) == ("COMPLETED", "1000M")
    assert kept(started["large"].project) == undisturbed


def test_a_job_that_needs_more_time_is_tried_again_and_goes_on(started, undisturbed):
    first, second = started["slow"].ends_well()
    assert (first["State"], first["TimeLimit"]) == ("TIMEOUT", "1:00")
    assert (second["State"], second["TimeLimit"]) == ("COMPLETED", "2:00")
    assert "going on after epoch" in started["slow"].log()
    assert kept(started["slow"].project) == undisturbed
