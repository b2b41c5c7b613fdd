import threading

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


def test_two_runs_that_see_different_gpus_name_them_alike(tmp_path, monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1, 2")
    assert gpu.visible(2) == ["1", "2"]
    with (
        gpu.held(["0", "1"], tmp_path, nothing),
        gpu.held(["0", "1"], tmp_path, nothing),
        gpu.held(gpu.visible(2), tmp_path, nothing) as index,
    ):
        assert index == 1


def test_without_a_restriction_gpus_are_counted(monkeypatch):
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    assert gpu.visible(3) == ["0", "1", "2"]


@pytest.fixture
def two_gpus(monkeypatch, tmp_path):
    """Torch as it looks on a machine with two; nothing is computed on them."""
    chosen = []
    monkeypatch.setattr(gpu.torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(gpu.torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(gpu.torch.cuda, "set_device", chosen.append)
    monkeypatch.setattr(gpu, "lock_folder", lambda: tmp_path)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    monkeypatch.delenv("SLURM_JOB_ID", raising=False)
    return chosen


def test_cuda_means_the_gpu_that_is_held(two_gpus):
    with gpu.own_gpu("cuda", nothing), gpu.own_gpu("cuda", nothing):
        assert two_gpus == [0, 1]


def test_a_training_on_the_cpu_takes_no_gpu(two_gpus):
    with gpu.own_gpu("cpu", nothing):
        assert two_gpus == []


def test_a_job_of_slurm_keeps_the_gpu_that_it_was_given(two_gpus, monkeypatch):
    monkeypatch.setenv("SLURM_JOB_ID", "1")
    with gpu.own_gpu("cuda", nothing):
        assert two_gpus == []
