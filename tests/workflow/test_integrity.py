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


def test_what_nobody_touched_is_as_the_manifest_says(built_small):
    done = verify(built_small)
    count = len(json.loads((built_small.folder / MANIFEST).read_text()))
    assert done.returncode == 0
    assert f"{count} of {count} files are as results/tiny/manifest.json says" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "runs/vae/metrics.csv",
        "runs/vae/seed0/weights.safetensors",
        "data/mnist.npz",
        "figures/one_more/loss.png",
    ],
)
def test_what_was_changed_is_named_and_in_no_manifest(copy_small, name):
    before = (copy_small.folder / MANIFEST).read_bytes()
    flip(copy_small.results / name)
    done = verify(copy_small)
    assert done.returncode == 1
    assert f"changed  results/tiny/{name}" in done.stdout
    build = copy_small.snakemake()
    # Where nothing was made anew, neither was the manifest.
    assert (
        not (copy_small.folder / MANIFEST).exists()
        or (copy_small.folder / MANIFEST).read_bytes() == before
    )
    if build.returncode:
        assert re.search(f"ERROR  .*{name}: (changed|checksum|damaged)", build.stdout)
    (copy_small.results / name).unlink()
    copy_small.build()
    assert (copy_small.folder / MANIFEST).read_bytes() == before
    assert verify(copy_small).returncode == 0


def test_what_was_deleted_is_made_again(copy_small):
    before = (copy_small.folder / MANIFEST).read_bytes()
    gone = ["figures/one_more/loss.png", "runs/vae/seed0/steps.csv"]
    for name in gone:
        (copy_small.results / name).unlink()
    done = verify(copy_small)
    assert all(f"missing  results/tiny/{name}" in done.stdout for name in gone)
    copy_small.build()
    assert verify(copy_small).returncode == 0
    assert (copy_small.folder / MANIFEST).read_bytes() == before
