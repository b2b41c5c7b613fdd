"""Builds on a real Slurm of two nodes."""

import json
import os
import signal

import psutil
import pytest

from conftest import ALL, copy_project
from slurm import NODES, wait_for

# One training long enough to be interrupted.
LONG = {"vae_bce": {"epochs": 40, "batch_size": 32}}
TARGET = "results/tiny/runs/vae_bce/seed0/run.json"
CHECKPOINT = "results/tiny/checkpoints/vae_bce/seed0.pt"


def kept(project):
    """Bytes of all that a training keeps, by file name."""
    folder = (project.folder / TARGET).parent
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What LONG keeps when it is trained here, without a cluster."""
    project = copy_project(tmp_path_factory.mktemp("undisturbed"))
    project.configure(train=LONG)
    project.build(TARGET)
    return kept(project)


@pytest.fixture
def project(tmp_path):
    project = copy_project(tmp_path)
    project.configure(train=LONG)
    return project


def log(project):
    return (project.folder / "build.log").read_text()


def running(slurm, project):
    """The job of ``project`` that is training now, once it has a checkpoint."""

    def found():
        jobs = [job for job in slurm.jobs(project.folder) if job["State"] == "RUNNING"]
        return jobs if (project.folder / CHECKPOINT).exists() else None

    return wait_for(found, f"a checkpoint; {log(project)[-2000:]}")[0]


@pytest.fixture(scope="module")
def build(slurm, built_all, tmp_path_factory):
    """All write-ups, built on the cluster."""
    project = copy_project(tmp_path_factory.mktemp("cluster"))
    project.configure(**ALL)
    project.output = slurm.build(project)
    return project


def test_a_build_on_the_cluster_gives_the_bytes_of_one_that_is_not(build, built_all):
    ours, local = (
        json.loads((each.results / "manifest.json").read_text()) for each in (build, built_all)
    )
    assert len(local) > 400
    assert ours == local


def test_only_trainings_and_evaluations_go_to_the_cluster(build, slurm):
    jobs = slurm.jobs(build.folder)
    assert {job["State"] for job in jobs} == {"COMPLETED"}
    assert {job["NodeList"] for job in jobs} == set(NODES)
    for job in jobs:
        assert "train" in job["Comment"] or "evaluate" in job["Comment"]


def test_seeds_of_a_long_experiment_are_an_array(build, slurm):
    tasks = [
        job["JobArrayID"]
        for job in slurm.jobs(build.folder)
        if job["Comment"].startswith("rule_train_verify_bce")
    ]
    array = tasks[0].split("_")[0]
    assert sorted(tasks) == [f"{array}_1", f"{array}_2"]


def test_a_short_experiment_is_one_job_with_its_evaluation(build, slurm):
    jobs = [job for job in slurm.jobs(build.folder) if "mnist_cnn" in job["Comment"]]
    assert len(jobs) == 1
    assert {"evaluate_mnist_cnn", "train_mnist_cnn"} <= {
        line.split(":")[0] for line in jobs[0]["Comment"].replace("_train", ":\ntrain").split("\n")
    } or "evaluate_mnist_cnn_train_mnist_cnn" in jobs[0]["Comment"]


def test_a_training_whose_node_dies_goes_on_elsewhere_and_ends_with_the_same_bytes(
    slurm, project, undisturbed
):
    process = slurm.submit(project, TARGET)
    before = running(slurm, project)
    slurm.kill_node(before["NodeList"])
    assert process.wait() == 0, log(project)
    slurm.start_node(before["NodeList"])

    [after] = slurm.jobs(project.folder)
    assert after["JobArrayID"] == before["JobArrayID"]
    assert {before["NodeList"], after["NodeList"]} == set(NODES)
    assert after["RestartCnt"] == "1"
    assert "going on after epoch" in log(project)
    assert kept(project) == undisturbed


def test_a_job_that_needs_more_memory_is_tried_again_with_more(slurm, project, undisturbed):
    # Snakemake twice and torch take over 600 MB.
    project.configure(train=LONG, resources={"vae_bce": {"mem_mb": 500}})
    slurm.build(project, TARGET)
    first, second = slurm.jobs(project.folder)
    assert (first["State"], first["MinMemory"]) == ("OUT_OF_MEMORY", "500M")
    assert (second["State"], second["MinMemory"]) == ("COMPLETED", "1000M")
    assert kept(project) == undisturbed


def test_a_job_that_needs_more_time_is_tried_again_with_more(slurm, project, undisturbed):
    project.configure(train=LONG, resources={"vae_bce": {"runtime": 1}})
    process = slurm.submit(project, TARGET)
    running(slurm, project)
    stop_training(project)
    assert process.wait() == 0, log(project)
    first, second = slurm.jobs(project.folder)
    assert (first["State"], first["TimeLimit"]) == ("TIMEOUT", "1:00")
    assert (second["State"], second["TimeLimit"]) == ("COMPLETED", "2:00")
    assert "going on after epoch" in log(project)
    assert kept(project) == undisturbed


def stop_training(project):
    """Let the training of ``project`` hang, as on a node that is far too slow."""
    for process in psutil.process_iter(["cmdline"]):
        if str(project.folder / ".snakemake" / "scripts") in " ".join(
            process.info["cmdline"] or []
        ):
            process.suspend()


def test_ctrl_c_cancels_what_was_submitted(slurm, project):
    process = slurm.submit(project, TARGET)
    running(slurm, project)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait() != 0
    wait_for(
        lambda: [job["State"] for job in slurm.jobs(project.folder)] == ["CANCELLED"],
        "the job is cancelled",
    )


def test_a_training_that_fails_shows_its_log_and_the_last_lines(slurm, project):
    project.configure(train={"vae_bce": {"optimiser": {"name": "sgd", "lr": 1.0e30}}})
    process = slurm.submit(project, TARGET, "--retries", "0")
    assert process.wait() != 0
    text = log(project)
    assert "results/tiny/logs/train/vae_bce/seed0.log" in text
    assert "ERROR  loss is" in text


def test_a_training_on_a_gpu_asks_for_one(slurm, project):
    project.configure(train={"vae_bce": {"device": "cuda"}})
    process = slurm.submit(project, TARGET, "--retries", "0")
    process.wait()
    [job] = slurm.jobs(project.folder)
    assert job["tres-per-job"] == "gres:gpu:1"
