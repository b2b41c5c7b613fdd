"""Bad input and killed runs, as a person meets them."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

import one_more
from proofsheet.jobs.lock import Lock
from workflow_helpers import make


def said(done):
    """Lines of a finished make, without its own of where it is and that it failed."""
    lines = done.stdout.splitlines()
    return [line for line in lines if not re.match(r"make(\[\d+\])?: ", line)]


def test_a_misspelt_key_stops_before_anything_runs(fresh):
    fresh.edit("writeups/verification_vae.yaml", "batch_size: 128", "bach_size: 128")
    done = fresh.snakemake()
    assert done.returncode != 0
    assert "experiments.verify_bce.train.bach_size: unknown key; did you mean" in done.stdout
    assert not fresh.results.exists()


def test_a_model_that_does_not_exist_stops_before_anything_runs(fresh):
    fresh.edit("writeups/verification_vae.yaml", "name: vae.dense", "name: vae.dance")
    done = fresh.snakemake()
    assert done.returncode != 0
    assert "train.model.name: 'vae.dance': no such model; there are" in done.stdout


def test_a_failed_training_says_why_and_leaves_nothing(fresh):
    fresh.edit(
        "config/tiny.yaml",
        "  vae_mse:\n",
        "  vae_mse:\n    optimiser: {name: sgd, lr: 1.0e+30}\n",
    )
    done = fresh.snakemake("results/tiny/runs/vae_mse/metrics.csv")
    assert done.returncode != 0
    assert "ERROR  loss is" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (fresh.results / "runs").exists() or not list(fresh.results.glob("runs/vae_mse/*/*"))
    log = next(fresh.results.glob("logs/train/vae_mse/seed*.log")).read_text()
    assert "try a smaller optimiser.lr" in log


def test_a_cluster_without_its_commands_is_one_line(fresh, tmp_path):
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("bash", "sh", "which", "git"):
        (commands / name).symlink_to(shutil.which(name))
    done = fresh.snakemake("--profile", "profiles/slurm", environment={"PATH": str(commands)})
    assert done.returncode != 0
    assert "sbatch: not found; trainings go to Slurm from a machine that has" in done.stdout
    assert not fresh.results.exists()


def test_images_of_two_sizes_are_named_in_one_line(fresh):
    from PIL import Image

    for split in ("train", "test"):
        for name in ("a", "b"):
            folder = fresh.folder / "mine" / split / name
            folder.mkdir(parents=True)
            for number in range(4):
                Image.new("L", (12, 12)).save(folder / f"{number}.png")
    Image.new("L", (13, 12)).save(fresh.folder / "mine" / "test" / "b" / "1.png")
    fresh.configure(data={"mnist": {"source": "folder", "path": "mine", "title": "Mine"}})
    done = fresh.snakemake("results/tiny/data/mnist.json")
    assert done.returncode != 0
    assert "ERROR  mine/test/b/1.png: 13×12 pixels, but mine/train/a/0.png has 12×12" in done.stdout
    assert "Traceback" not in done.stdout


def test_two_builds_of_a_run_are_refused(copy):
    lock = Lock(copy.results)
    lock.take()
    try:
        done = copy.snakemake("results/tiny/reports/verification_vae.html", "--forcerun", "report")
    finally:
        lock.release()
    said = f"results/tiny: another build of this run is at work (process {os.getpid()}); wait for"
    assert done.returncode != 0
    assert said in " ".join(done.stdout.split())
    assert "Traceback" not in done.stdout
    copy.build("results/tiny/reports/verification_vae.html", "--forcerun", "report")


def test_results_that_came_without_what_snakemake_knows_say_so(copy):
    shutil.rmtree(copy.folder / ".snakemake")
    done = copy.snakemake("--dry-run")
    assert "results/tiny came here without .snakemake: Snakemake does not know" in done.stdout


def test_a_folder_where_one_may_not_write_is_one_line(fresh):
    unshare = ["unshare", "--mount", "--map-root-user", "bash", "-c"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount")
    command = (
        f"mount --bind {fresh.folder} {fresh.folder} && "
        f"mount -o remount,ro,bind {fresh.folder} && cd {fresh.folder} && "
        f"{sys.executable} -m snakemake -n --configfile config/tiny.yaml"
    )
    done = subprocess.run([*unshare, command], capture_output=True, text=True)
    assert done.returncode != 0
    assert "you may not write here; copy it, or say --directory" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_killed_run_goes_on_from_its_last_epoch_and_ends_with_the_same_bytes(small):
    one_more.declare(small, train={"vae": {"epochs": 120}})
    target = "results/tiny/runs/vae/seed0/run.json"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "snakemake", target),
            *("--cores", "1", "--configfile", "config/tiny.yaml"),
        ],
        cwd=small.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    checkpoint = small.results / "checkpoints" / "vae" / "seed0.pt"
    deadline = time.monotonic() + 60
    while not checkpoint.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert checkpoint.exists()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (small.folder / target).exists()

    output = small.build(target)
    assert "going on after epoch" in output
    assert not checkpoint.exists()
    folder = (small.folder / target).parent
    resumed = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(resumed) == 4

    small.build(target, "--forcerun", "train_vae")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == resumed


def test_a_figure_that_is_not_declared_is_one_line_with_those_that_are(fresh):
    done = fresh.snakemake("results/tiny/figures/verification_vae/nope.svg")
    assert done.returncode != 0
    assert "verification_vae declares no figure 'nope'; there are loss_curves" in done.stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("figure", "FIGURE=verification_vae/lss_curves"),
            "ERROR  verification_vae declares no figure 'lss_curves'; did you mean 'loss_curves'?",
        ),
        (
            ("table", "TABLE=vae_quality"),
            "ERROR  'vae_quality': no write-up of this run; there are verification_vae",
        ),
        (
            ("table", "TABLE=verification_vae/loss_curves"),
            "ERROR  verification_vae declares no table 'loss_curves'; it is a figure: make ",
        ),
        (
            ("figure", "DATA=#x"),
            "DATA=#x: no such folder; make it, or leave DATA out to download into data/",
        ),
    ],
)
def test_what_make_is_told_wrong_is_one_line(fresh, words, line):
    done = make(fresh, *words)
    assert done.returncode != 0
    (told,) = said(done)
    assert told.startswith(line)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("reprot",), "make reprot: no such command; make help lists them"),
        (("report", "TORCH=cuda"), "TORCH=cuda: give cpu, auto, or a version of CUDA as cu126"),
        (("report", "TORCH=cu12.6"), "TORCH=cu12.6: give cpu, auto, or a version of CUDA as cu126"),
        (("reproduce", "AGAINST=a.json"), "AGAINST=a.json: no such manifest"),
        (("report", "RUN=config/full.yaml"), "RUN=config/full.yaml: a name has letters, digits, "),
        (("report", "RUN=config"), "RUN=config: that is the name of no run; there are full, gal"),
    ],
)
def test_what_make_cannot_do_is_one_line(fresh, words, line):
    (told,) = said(make(fresh, *words))
    assert told.startswith(line)


def test_a_setting_that_make_does_not_know_is_one_line(fresh):
    (told,) = said(make(fresh, "report", "run=full"))
    line = r"Makefile:\d+: \*\*\* run=full: no such setting; there are AGAINST ARGS .*"
    assert re.fullmatch(line, told)


def test_a_folder_of_data_may_have_any_name(fresh):
    (fresh.folder / "it's 12 #x").mkdir()
    done = make(fresh, "figure", "FIGURE=verification_vae/loss_curves", "DATA=it's 12 #x")
    assert said(done) == ["results/tiny: not built yet; first: make report RUN=tiny"]
