import threading
from types import SimpleNamespace

import pytest

from proofsheet import gpu


def nothing(line):
    raise AssertionError(line)


def test_each_training_gets_a_gpu_of_its_own(tmp_path):
    with gpu.held(["0", "1"], tmp_path, nothing) as first:
        with gpu.held(["0", "1"], tmp_path, nothing) as second:
            assert (first, second) == (0, 1)
        with gpu.held(["0", "1"], tmp_path, nothing) as third:
            assert third == 1


def test_a_training_waits_until_one_is_free_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(gpu, "EVERY", 0.01)
    said, got, free = [], threading.Event(), threading.Event()

    def train():
        with gpu.held(["0"], tmp_path, lambda line: (said.append(line), free.set())):
            got.set()

    with gpu.held(["0"], tmp_path, nothing):
        thread = threading.Thread(target=train)
        thread.start()
        assert free.wait(10)
        assert not got.is_set()
    assert got.wait(10)
    thread.join()
    assert said == ["waiting for one of 1 GPUs; `--resources gpu=1` starts no more"]


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
    with gpu.own_gpu("cuda", nothing), gpu.own_gpu("cuda", nothing):
        assert two_gpus.chosen == [0, 1]


def test_a_gpu_is_known_by_what_it_is_and_not_by_its_place(two_gpus):
    with gpu.own_gpu("cuda", nothing):
        two_gpus.identities.update({0: "GPU-b", 1: "GPU-a"})
        with gpu.own_gpu("cuda", nothing):
            assert two_gpus.chosen == [0, 0]


def test_a_training_on_the_cpu_takes_no_gpu(two_gpus):
    with gpu.own_gpu("cpu", nothing):
        assert two_gpus.chosen == []
