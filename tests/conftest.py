"""Copies of the project, in which tests run a real Snakemake on a small configuration."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import hypothesis
import pytest
import yaml
from filelock import FileLock

import one_more

# How long an example takes says nothing on a shared machine.
hypothesis.settings.register_profile("shared", deadline=None)
hypothesis.settings.load_profile("shared")

PROJECT = Path(__file__).parents[1]
PARTS = ["Snakefile", "Makefile", "config", "envs", "profiles", "templates", "workflow", "writeups"]

# All of the write-up, on few images and for two epochs.
TINY = {
    "run": "tiny",
    "writeups": ["verification_vae"],
    "data": {
        "mnist": {"source": "embedded", "name": "digits", "limit": {"train": 160, "test": 80}}
    },
    "seeds": [0, 1],
    "train": {
        name: {"epochs": 2, "batch_size": 32}
        for name in (
            "verify_bce",
            "verify_contrastive",
            "verify_triplet",
            "vae_bce",
            "vae_mse",
            "mnist_cnn",
        )
    },
}


# All write-ups: what TINY trains, and the rest once and smaller still.
ALL = {
    "writeups": [
        "verification_vae",
        "cnn_autoencoder",
        "losses_and_architectures",
        "mnist_and_lenet",
    ],
    "data": {
        "mnist": TINY["data"]["mnist"],
        "cifar10": {"source": "embedded", "name": "objects", "limit": {"train": 60, "test": 60}},
        "svhn": {
            "source": "embedded",
            "name": "street_digits",
            "limit": {"train": 60, "test": 60},
        },
    },
    "seeds": {"*": [0], **dict.fromkeys(TINY["train"], TINY["seeds"]), "verify_bce": [0, 1, 2]},
    # On a cluster: each experiment is one short job, but those with longer ones, whose seeds are
    # an array.
    "resources": {"*": {"runtime": 5}, "verify_*": {"runtime": 20}},
    "train": {
        "*": {"epochs": 2, "batch_size": 32},
        # Of 16 images a class.
        "logistic_*_10": {"imbalance": 4},
        "logistic_*_50": {"imbalance": 8},
        "fnn*": {"batch_size": 1},
        "fnn_batchnorm": {"batch_size": 32},
        "svhn_[avr]*": {"pretrained": False, "epochs": 1},
    },
}


def pytest_collection_modifyitems(items):
    """Whatever runs a whole Snakemake is ``slow``: a person may leave it out, CI never does."""
    for item in items:
        if {"built", "built_all", "built_small", "fresh", "small", "slurm"} & set(
            item.fixturenames
        ):
            item.add_marker(pytest.mark.slow)


class Project:
    """A copy of the project in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.results = folder / "results" / "tiny"

    def configure(self, **changes):
        text = yaml.safe_dump({**TINY, **changes}, sort_keys=False)
        (self.folder / "config" / "tiny.yaml").write_text(text)

    def snakemake(self, *arguments, cores=2, environment=None):
        """Run Snakemake; returns the finished process with its output as text."""
        return subprocess.run(
            # Targets come first: --configfile would take what follows it for files of its own.
            [
                *(sys.executable, "-m", "snakemake", *arguments),
                *("--cores", str(cores), "--configfile", "config/tiny.yaml"),
            ],
            cwd=self.folder,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def build(self, *arguments, **options):
        done = self.snakemake(*arguments, **options)
        assert done.returncode == 0, done.stdout[-4000:]
        return done.stdout

    def planned(self, *targets):
        """Jobs that Snakemake would run now: ``{"train": 3, ...}`` without ``all``.

        Rules of single experiments count together.
        """
        text = self.build(*targets, "--dry-run")
        if "Nothing to be done" in text:
            return {}
        jobs = re.findall(r"^ ([a-z][a-z0-9 ]*?) +(\d+) *$", text, re.M)
        assert jobs, text[-2000:]
        planned = Counter()
        for name, count in jobs:
            if name not in ("all", "total"):
                planned[re.sub("^(train|evaluate) .*", r"\1", name).replace(" ", "_")] += int(count)
        return dict(planned)

    def edit(self, path, old, new):
        file = self.folder / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))


def copy_parts(source, folder, parts):
    for part in parts:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part)
        else:
            shutil.copy2(source / part, folder / part)
    return Project(folder)


def copy_built(project, folder):
    return copy_parts(project.folder, folder, [*PARTS, "results", ".snakemake"])


def copy_project(folder):
    project = copy_parts(PROJECT, folder, PARTS)
    project.configure()
    return project


@pytest.fixture
def fresh(tmp_path):
    """A copy of the project without results."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """``once(name, make)``: a project of ``make(folder)``, made by the first process of the suite
    that asks for it and read by all."""

    def once(name, make):
        root = tmp_path_factory.getbasetemp()
        folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / name
        made = folder / "made"
        with FileLock(f"{folder}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return Project(folder)

    return once


@pytest.fixture(scope="session")
def built(once):
    """A copy with the whole small run built. Tests that change anything use ``copy``."""
    pytest.importorskip("weasyprint", reason="needs the system library Pango", exc_type=OSError)
    return once("built", lambda folder: copy_project(folder).build())


@pytest.fixture
def small(tmp_path):
    """A copy of the project without results, with one small write-up of its own."""
    return one_more.declare(copy_project(tmp_path))


@pytest.fixture(scope="session")
def built_small(once):
    """A copy with that write-up built. Tests that change anything use ``copy_small``."""
    pytest.importorskip("weasyprint", reason="needs the system library Pango", exc_type=OSError)
    return once("built_small", lambda folder: one_more.declare(copy_project(folder)).build())


@pytest.fixture(scope="session")
def built_all(built, once):
    """A copy with all write-ups built."""

    def build(folder):
        project = copy_built(built, folder)
        project.configure(**ALL)
        project.build()

    return once("built_all", build)


@pytest.fixture
def copy(built, tmp_path):
    """A copy of the built project that keeps what Snakemake knows of it."""
    return copy_built(built, tmp_path)


@pytest.fixture
def copy_small(built_small, tmp_path):
    return copy_built(built_small, tmp_path)
