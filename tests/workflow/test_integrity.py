"""What was changed or deleted after it was made is noticed, and made again."""

import json
import re
import subprocess
import sys

import pytest

MANIFEST = "results/tiny/manifest.json"


def verify(project):
    command = [sys.executable, "workflow/scripts/verify.py", "tiny", "config/tiny.yaml"]
    return subprocess.run(command, cwd=project.folder, capture_output=True, text=True)


def flip(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_what_nobody_touched_is_as_the_manifest_says(built):
    done = verify(built)
    count = len(json.loads((built.folder / MANIFEST).read_text()))
    assert done.returncode == 0
    assert f"{count} of {count} files are as results/tiny/manifest.json says" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "runs/vae_bce/metrics.csv",
        "runs/vae_bce/seed0/weights.safetensors",
        "data/mnist.npz",
        "figures/verification_vae/loss_curves.png",
    ],
)
def test_what_was_changed_is_named_and_in_no_manifest(copy, name):
    before = (copy.folder / MANIFEST).read_bytes()
    flip(copy.results / name)
    done = verify(copy)
    assert done.returncode == 1
    assert f"changed  results/tiny/{name}" in done.stdout
    build = copy.snakemake()
    # Where nothing was made anew, neither was the manifest.
    assert not (copy.folder / MANIFEST).exists() or (copy.folder / MANIFEST).read_bytes() == before
    if build.returncode:
        assert re.search(f"ERROR  .*{name}: (changed|checksum|damaged)", build.stdout)
    (copy.results / name).unlink()
    copy.build()
    assert (copy.folder / MANIFEST).read_bytes() == before
    assert verify(copy).returncode == 0


def test_what_was_deleted_is_made_again(copy):
    before = (copy.folder / MANIFEST).read_bytes()
    gone = ["figures/verification_vae/loss_curves.png", "runs/vae_bce/seed0/steps.csv"]
    for name in gone:
        (copy.results / name).unlink()
    done = verify(copy)
    assert all(f"missing  results/tiny/{name}" in done.stdout for name in gone)
    copy.build()
    assert verify(copy).returncode == 0
    assert (copy.folder / MANIFEST).read_bytes() == before
