import logging
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from proofsheet.jobs import gpu


@pytest.fixture(autouse=True)
def _told(caplog):
    caplog.set_level(logging.INFO, logger="proofsheet")


def test_each_training_gets_a_gpu_of_its_own(tmp_path, caplog):
    with gpu.held(["0", "1"], tmp_path) as first:
        with gpu.held(["0", "1"], tmp_path) as second:
            assert (first, second) == (0, 1)
        with gpu.held(["0", "1"], tmp_path) as third:
            assert third == 1
    assert caplog.messages == []


def test_a_training_waits_until_one_is_free_and_says_so(tmp_path, monkeypatch, caplog):
    waits, got = threading.Event(), threading.Event()

    def sleep(seconds):
        waits.set()
        time.sleep(0.01)

    monkeypatch.setattr(gpu, "time", SimpleNamespace(sleep=sleep))

    def train():
        with gpu.held(["0"], tmp_path):
            got.set()

    with gpu.held(["0"], tmp_path):
        thread = threading.Thread(target=train)
        thread.start()
        assert waits.wait(10)
        assert not got.is_set()
    assert got.wait(10)
    thread.join()
    assert caplog.messages == ["waiting for one of 1 GPUs; `--resources gpu=1` starts no more"]


def test_a_gpu_is_free_again_when_its_training_is_killed(tmp_path):
    script = (
        f"import sys, time, pathlib; sys.path[:0] = {sys.path!r}\n"
        "from proofsheet.jobs.gpu import held\n"
        f"with held(['0', '1'], pathlib.Path({str(tmp_path)!r})) as index:\n"
        "    print(index, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "0\n"
        with gpu.held(["0", "1"], tmp_path) as index:
            assert index == 1
        process.kill()
    with gpu.held(["0", "1"], tmp_path) as index:
        assert index == 0


@pytest.fixture
def two_gpus(monkeypatch, tmp_path):
    """Torch as it looks on a machine with two; nothing is computed on them."""
    chosen = []
    monkeypatch.setattr(gpu.torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(gpu.torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(gpu.torch.cuda, "set_device", chosen.append)
    monkeypatch.setattr(gpu, "lock_folder", lambda: tmp_path)
    identities = {0: "GPU-a", 1: "GPU-b"}
    monkeypatch.setattr(
        gpu.torch.cuda,
        "get_device_properties",
        lambda index: SimpleNamespace(uuid=identities[index]),
    )
    return SimpleNamespace(chosen=chosen, identities=identities)


def test_cuda_means_the_gpu_that_is_held(two_gpus):
    with gpu.own_gpu("cuda"), gpu.own_gpu("cuda"):
        assert two_gpus.chosen == [0, 1]


def test_a_gpu_is_known_by_what_it_is_and_not_by_its_place(two_gpus):
    with gpu.own_gpu("cuda"):
        two_gpus.identities.update({0: "GPU-b", 1: "GPU-a"})
        with gpu.own_gpu("cuda"):
            assert two_gpus.chosen == [0, 0]


def test_a_training_on_the_cpu_takes_no_gpu(two_gpus):
    with gpu.own_gpu("cpu"):
        assert two_gpus.chosen == []
