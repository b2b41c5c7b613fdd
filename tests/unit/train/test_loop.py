import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from proofsheet.train.checkpoint import Checkpoint
from proofsheet.data.dataset import Dataset, Split
from proofsheet.errors import ProofsheetError
from proofsheet.files import canonical, settings
from proofsheet.train.loop import Means, build_optimiser, step, train

VAE = {
    "task": "vae",
    "data": "tiny",
    "model": {"name": "vae.dense", "latent": 2, "hidden": 16},
    "loss": {"reconstruction": "bce", "reduction": "sum", "beta": 1.0},
    "optimiser": {"name": "adam", "lr": 1e-3, "momentum": 0.0, "weight_decay": 0.0},
    "batch_size": 8,
    "epochs": 3,
    "hold_out": {"of": "test", "share": 0.5, "seed": 0},
    "portion": 1.0,
    "pretrained": False,
    "precision": "fp32",
    "device": "cpu",
    "threads": 1,
    "deterministic": True,
}
CLASSIFY = {**VAE, "task": "classify", "model": {"name": "classifier.cnn"}}


def tiny():
    generator = np.random.default_rng(0)

    def split(count):
        images = generator.integers(0, 256, (count, 1, 8, 8), np.uint8)
        return Split(images, np.arange(count) % 2)

    return Dataset(split(20), split(12), ["a", "b"], "Tiny", "made here", "CC0", True)


def run(declared, tmp_path, seed=0, name="checkpoint", report=lambda *progress: None):
    checkpoint = Checkpoint(tmp_path / name, "identity", say=lambda line: None)
    return train(settings(canonical(declared)), seed, tiny(), checkpoint, report)


def weights(trained):
    return torch.cat([tensor.flatten() for tensor in trained.model.state_dict().values()])


def test_the_same_declaration_and_seed_give_the_same_bits(tmp_path):
    one, two = (run(VAE, tmp_path, name=name) for name in ("one", "two"))
    assert torch.equal(weights(one), weights(two))
    assert one.history == two.history
    assert one.steps == two.steps


def test_another_seed_gives_other_weights(tmp_path):
    one, two = (run(VAE, tmp_path, seed=seed, name=str(seed)) for seed in (0, 1))
    assert not torch.equal(weights(one), weights(two))


def test_the_thread_count_is_the_declared_one(tmp_path, monkeypatch):
    torch.set_num_threads(2)
    run(VAE, tmp_path)
    assert torch.get_num_threads() == 1


def test_history_holds_every_term_of_every_epoch_both_ways(tmp_path):
    rows = {row[:3] for row in run(VAE, tmp_path).history}
    terms = ("loss", "reconstruction", "kl")
    assert rows == {
        (epoch, split, prefix + term)
        for epoch in (1, 2, 3)
        for term in terms
        for split, prefix in (("train", "running_"), ("train", ""), ("val", ""))
    }


def test_running_loss_weighs_batches_by_their_size(tmp_path):
    # 20 images in batches of 8, 8 and 4: neither a mean of batch means nor a sum over them.
    trained = run(VAE, tmp_path)
    losses = [value for epoch, *_, value in trained.steps if epoch == 1]
    expected = (8 * losses[0] + 8 * losses[1] + 4 * losses[2]) / 20
    history = {row[:3]: row[3] for row in trained.history}
    assert history[1, "train", "running_loss"] == pytest.approx(expected)


def test_every_image_is_seen_once_an_epoch(tmp_path):
    seen = {}

    def report(epoch, done, total, means):
        seen[epoch] = (done, total)

    run(VAE, tmp_path, report=report)
    assert seen == {1: (20, 20), 2: (20, 20), 3: (20, 20)}


def test_loss_after_the_epoch_is_that_of_the_kept_weights(tmp_path):
    trained = run(CLASSIFY, tmp_path)
    images = torch.from_numpy(tiny().train.images).float() / 255
    labels = torch.from_numpy(tiny().train.labels)
    with torch.no_grad():
        loss = torch.nn.functional.cross_entropy(trained.model.eval()(images), labels)
    history = {row[:3]: row[3] for row in trained.history}
    assert history[3, "train", "loss"] == pytest.approx(loss.item(), rel=1e-5)


def test_a_loss_that_is_not_finite_stops_with_a_remedy(tmp_path):
    sgd = {"name": "sgd", "lr": 1e12, "momentum": 0.0, "weight_decay": 0.0}
    with pytest.raises(ProofsheetError, match=r"epoch 1, batch \d; try a smaller optimiser.lr"):
        run({**VAE, "optimiser": sgd}, tmp_path)


def test_weights_that_blow_up_in_the_last_step_stop_too(tmp_path):
    sgd = {"name": "sgd", "lr": 1e30, "momentum": 0.0, "weight_decay": 0.0}
    with pytest.raises(ProofsheetError, match="of train images after epoch 1"):
        run({**VAE, "optimiser": sgd, "batch_size": 20, "epochs": 1}, tmp_path)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA device")
def test_declaring_an_absent_cuda_device_is_one_clear_error(tmp_path):
    with pytest.raises(ProofsheetError, match="device: cuda is declared"):
        run({**VAE, "device": "cuda"}, tmp_path)


def test_an_operation_that_is_not_deterministic_stops_with_a_remedy(tmp_path, monkeypatch):
    # max_unpool2d has no deterministic implementation, on the CPU neither.
    def unpool(self, mean, log_variance):
        places = torch.zeros(1, 1, 2, 2, dtype=torch.long)
        return torch.nn.functional.max_unpool2d(torch.zeros(1, 1, 2, 2), places, 2)

    monkeypatch.setattr("proofsheet.models.vae.Vae.sample", unpool)
    with pytest.raises(ProofsheetError, match=r"declare `deterministic: false`"):
        run(VAE, tmp_path)


def test_determinism_can_be_declared_away(tmp_path):
    run({**VAE, "deterministic": False}, tmp_path)
    assert not torch.are_deterministic_algorithms_enabled()
    run(VAE, tmp_path, name="again")
    assert torch.are_deterministic_algorithms_enabled()


def test_bf16_runs_and_differs_from_fp32(tmp_path):
    low = run({**VAE, "precision": "bf16"}, tmp_path, name="low")
    assert not torch.equal(weights(low), weights(run(VAE, tmp_path, name="full")))


def test_a_training_stopped_after_an_epoch_ends_with_the_same_bits(tmp_path):
    class StoppedError(Exception):
        pass

    def stop_in_epoch_3(epoch, done, total, means):
        if epoch == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        run(CLASSIFY, tmp_path, report=stop_in_epoch_3)
    epochs = []
    resumed = run(CLASSIFY, tmp_path, report=lambda epoch, *rest: epochs.append(epoch))
    assert set(epochs) == {3}
    whole = run(CLASSIFY, tmp_path, name="other")
    assert torch.equal(weights(resumed), weights(whole))
    assert (resumed.history, resumed.steps) == (whole.history, whole.steps)


def test_a_killed_process_goes_on_and_ends_with_the_same_bits(tmp_path):
    # The process is killed by the system in the middle of its second epoch, not asked to stop.
    script = f"""
import sys, time, pathlib
sys.path[:0] = {sys.path!r}
from unit.test_training import run, CLASSIFY, weights
def slow(epoch, done, total, means):
    if epoch == 2:
        print("second epoch", flush=True)
        time.sleep(60)
run(CLASSIFY, pathlib.Path({str(tmp_path)!r}), report=slow)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "second epoch\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    epochs = []
    resumed = run(CLASSIFY, tmp_path, report=lambda epoch, *rest: epochs.append(epoch))
    assert set(epochs) == {2, 3}
    assert torch.equal(weights(resumed), weights(run(CLASSIFY, tmp_path, name="other")))


def test_means_weigh_by_size():
    means = Means()
    means.add({"loss": torch.tensor(1.0)}, 3)
    means.add({"loss": torch.tensor(5.0)}, 1)
    assert means.means() == {"loss": 2.0}


def test_a_step_is_the_optimisers_own():
    for name, momentum in (("sgd", 0.9), ("adam", 0.0)):
        declared = SimpleNamespace(name=name, lr=0.1, momentum=momentum, weight_decay=0.01)
        ours, theirs = (torch.nn.Linear(3, 2) for _ in range(2))
        theirs.load_state_dict(ours.state_dict())
        pairs = [(model, build_optimiser(declared, model)) for model in (ours, theirs)]
        for _ in range(3):
            for model, optimiser in pairs:
                optimiser.zero_grad()
                model(torch.ones(1, 3)).square().sum().backward()
            step(pairs[0][1])
            pairs[1][1].step()
        assert torch.equal(ours.weight, theirs.weight)


def test_training_does_not_load_the_compiler(tmp_path):
    """torch's compiler takes over a second to load, in every job, and is never used."""
    script = f"""
import sys, pathlib
sys.path[:0] = {sys.path!r}
from unit.test_training import run, VAE
run(VAE, pathlib.Path({str(tmp_path)!r}))
run(VAE, pathlib.Path({str(tmp_path)!r}))  # from the checkpoint
print("torch._dynamo" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr


def test_a_batch_of_one_that_cannot_be_normalised_is_one_line(tmp_path):
    model = {"name": "dense.fnn", "hidden": [4, 4], "batch_norm": True}
    # Twenty images in batches of nineteen leave one.
    with pytest.raises(ProofsheetError, match="batch_size: 19 leaves a batch of one image"):
        run({**CLASSIFY, "model": model, "batch_size": 19}, tmp_path)
