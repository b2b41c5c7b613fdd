"""What sets the project up: locks, PyTorch's own wheels, and what a person has set already."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import PROJECT

GROUPS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["dependency-groups"]
TORCH = [pin for pin in GROUPS["train"] if str(pin).startswith("torch")]


@pytest.mark.parametrize("group", GROUPS)
def test_what_a_group_names_is_what_its_lock_has(group):
    lock = (PROJECT / "requirements" / f"{group}.txt").read_text()
    assert GROUPS[group]
    missing = [
        pin for pin in GROUPS[group] if isinstance(pin, str) and f"\n{pin} " not in f"\n{lock}"
    ]
    assert missing == []


@pytest.fixture
def fake(tmp_path):
    """Make in a folder whose uv writes down what it is asked for."""
    shutil.copy(PROJECT / "Makefile", tmp_path)
    shutil.copytree(PROJECT / "requirements", tmp_path / "requirements")
    uv = tmp_path / ".venv" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text('#!/bin/sh\necho "$@" UV_TARGET=$UV_TARGET >> asked\ntest ! -e fail\n')
    uv.chmod(0o700)
    (tmp_path / ".venv" / "uv.stamp").touch()

    def make(*arguments):
        done = subprocess.run(
            ["make", *arguments],
            cwd=tmp_path,
            env={**os.environ, "UV_TARGET": "elsewhere"},
            capture_output=True,
            text=True,
        )
        asked = tmp_path / "asked"
        return done, asked.read_text().splitlines() if asked.exists() else []

    make.folder = tmp_path
    return make


def test_the_usual_wheels_are_installed_by_hash(fake):
    done, asked = fake(".venv/train.stamp")
    assert done.returncode == 0, done.stderr
    assert len(asked) == 1
    assert "--require-hashes --requirements requirements/train.txt" in asked[0]


def test_what_is_set_for_other_projects_counts_for_nothing(fake):
    assert fake(".venv/train.stamp")[1][0].endswith("UV_TARGET=")


def test_another_torch_has_the_same_version_and_all_else_is_installed_by_hash(fake):
    done, asked = fake(".venv/train.stamp", "TORCH=cpu")
    assert done.returncode == 0, done.stderr
    torch, rest = asked
    assert f"--torch-backend cpu {' '.join(TORCH)} " in torch
    assert "--require-hashes --requirements .venv/rest.txt" in rest
    names = re.findall(r"^([a-z0-9-]+)==", (fake.folder / ".venv" / "rest.txt").read_text(), re.M)
    assert "safetensors" in names
    assert [name for name in names if name.startswith(("torch", "nvidia", "triton", "cuda"))] == []


def test_an_index_that_cannot_be_reached_is_told_in_one_line(fake):
    (fake.folder / "fail").touch()
    done, _ = fake(".venv/train.stamp", "TORCH=cpu")
    assert done.returncode == 2
    first = done.stderr.splitlines()[0]
    assert first.startswith(
        "TORCH=cpu: not to be had (above) from PyTorch's own index; without TORCH"
    )
    assert not (fake.folder / ".venv" / "train.stamp").exists()


def test_what_needs_no_torch_asks_for_no_other(fake):
    _, asked = fake(".venv/report.stamp", "TORCH=cpu")
    assert len(asked) == 1
    assert "torch" not in asked[0]


def test_another_torch_than_the_one_installed_is_refused(fake):
    for stamp in ("report", "train"):
        assert fake(f".venv/{stamp}.stamp", "TORCH=cpu")[0].returncode == 0
    done, _ = fake("known", "TORCH=cu126")
    assert "TORCH=cu126: .venv has another torch; start over with: make clean" in done.stderr


@pytest.mark.network
@pytest.mark.parametrize(
    "platform", ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin"]
)
def test_the_lock_resolves_for(platform, tmp_path):
    uv = Path(sys.executable).parent / "uv"
    done = subprocess.run(
        [
            *(uv, "pip", "install", "--dry-run", "--target", tmp_path),
            *("--python-platform", platform, "--python-version", "3.11", "--require-hashes"),
            # One of them has no wheel anywhere, and needs no compiler.
            *("--only-binary", ":all:", "--no-binary", "connection-pool"),
            *("--requirements", PROJECT / "requirements" / "train.txt"),
        ],
        env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": "14.0"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
