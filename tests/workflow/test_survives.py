"""Builds that are killed, orphaned or out of space end with the bytes of one that never was."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

SNAKEMAKE = [sys.executable, "-m", "snakemake"]
CONFIGURED = ["--cores", "2", "--configfile", "config/tiny.yaml"]


def start(project, *targets, **options):
    return subprocess.Popen(
        [*SNAKEMAKE, *targets, *CONFIGURED],
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        **options,
    )


def test_ten_kills_at_random_moments_change_no_byte(fresh, built):
    moments = random.Random(0)
    for _ in range(10):
        build = start(fresh)
        try:
            build.communicate(timeout=moments.uniform(1.5, 6))
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
            build.communicate()
    fresh.build()
    manifests = [project.results / "manifest.json" for project in (fresh, built)]
    assert manifests[0].read_bytes() == manifests[1].read_bytes()


def test_a_build_that_is_told_to_end_leaves_nothing_half_done(fresh):
    fresh.configure(train={"vae_bce": {"epochs": 50, "batch_size": 32}})
    build = start(fresh, "results/tiny/runs/vae_bce/metrics.csv")
    wait_for(fresh.results / "checkpoints" / "vae_bce" / "seed0.pt")
    build.send_signal(signal.SIGTERM)
    build.communicate(timeout=60)
    kept = [len(list(seed.iterdir())) for seed in fresh.results.glob("runs/vae_bce/*")]
    assert set(kept) <= {0, 4}


def test_the_next_build_waits_for_what_a_killed_one_left(fresh):
    """Snakemake alone is killed: its jobs go on, and end."""
    fresh.configure(train={"vae_bce": {"epochs": 100, "batch_size": 32}})
    target = "results/tiny/runs/vae_bce/seed0/run.json"
    build = start(fresh, target)
    wait_for(fresh.results / "checkpoints" / "vae_bce" / "seed0.pt")
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    output = fresh.build(target)
    assert "results/tiny: waiting for jobs of a build that was killed" in output
    # The job of the killed one is no longer there to write beside it.
    with pytest.raises(ProcessLookupError):
        os.killpg(build.pid, 0)
    build.communicate()


def wait_for(file):
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


ARTEFACTS = {
    "data": "data/mnist.npz",
    "training": "runs/vae_bce/seed0/weights.safetensors",
    "metrics": "runs/vae_bce/arrays.npz",
    "figure": "figures/verification_vae/embedding_map.png",
    "page": "reports/verification_vae.html",
    "print": "reports/verification_vae.pdf",
}


@pytest.mark.parametrize("kind", ARTEFACTS)
def test_a_disk_that_is_full_is_one_line_and_what_was_being_written_is_not_there(copy, kind):
    """``results/`` is a small disk; what fills it is as large as the artefact needs to fail."""
    unshare = ["unshare", "--mount", "--map-root-user", "sh", "-ec"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount")
    artefact = copy.results / ARTEFACTS[kind]
    before, size = artefact.read_bytes(), artefact.stat().st_size
    artefact.unlink()
    shutil.move(copy.results, copy.folder / "kept")
    target = f"results/tiny/{ARTEFACTS[kind]}"
    script = (
        "mkdir results/tiny; mount -t tmpfs -o size=200m none results/tiny; "
        "cp -a kept/. results/tiny/; "
        f"free=$(( $(stat -f -c '%f * %S' results/tiny) - {size // 2} )); "
        "head -c $free /dev/zero > results/tiny/filler; "
        f"set +e; {' '.join(SNAKEMAKE)} {target} {' '.join(CONFIGURED)}; echo exit $?; "
        "find results/tiny -newer results/tiny/filler -type f -not -path '*/logs/*'; rm -r kept; "
        "rm results/tiny/filler; cp -a results/tiny kept"
    )
    done = subprocess.run(
        [*unshare, script],
        cwd=copy.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert "exit 1" in done.stdout, done.stdout
    assert "no space left on the disk; free some, and run again" in " ".join(done.stdout.split())
    assert "Traceback" not in done.stdout
    assert re.search(
        r"exit 1\n(results/tiny/\.\w+\.lock\n|results/tiny/checkpoints/.*\n)*$", done.stdout
    )
    shutil.rmtree(copy.results)
    shutil.move(copy.folder / "kept", copy.results)
    copy.build(target)
    assert artefact.read_bytes() == before
