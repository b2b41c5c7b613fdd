import dataclasses
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
import torch

from proofsheet.data.dataset import Split
from proofsheet.data.splits import split_images
from proofsheet.errors import ProofsheetError
from proofsheet.tasks.random_state import Purpose, stream
from proofsheet.tasks.task import build_model, objective_for
from proofsheet.train.checkpoint import Checkpoint
from proofsheet.train.loop import EVALUATION_ROWS, Means, build_schedule, evaluate_terms, train
from trainings import declared, run, tiny

VAE = declared("vae")
CLASSIFY = declared("classify")


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


def test_the_thread_count_is_the_declared_one(tmp_path):
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
    sgd = {"name": "sgd", "lr": 1e12}
    with pytest.raises(ProofsheetError, match=r"epoch 1, batch \d; try a smaller optimiser.lr"):
        run(declared("vae", optimiser=sgd), tmp_path)


def test_weights_that_blow_up_in_the_last_step_stop_too(tmp_path):
    sgd = {"name": "sgd", "lr": 1e30}
    with pytest.raises(ProofsheetError, match="of train images after epoch 1"):
        run(declared("vae", optimiser=sgd, batch_size=20, epochs=1), tmp_path)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA device")
def test_declaring_an_absent_cuda_device_is_one_clear_error(tmp_path):
    with pytest.raises(ProofsheetError, match="device: cuda is declared"):
        run(declared("vae", device="cuda"), tmp_path)


def test_an_operation_that_is_not_deterministic_stops_with_a_remedy(tmp_path, monkeypatch):
    # max_unpool2d has no deterministic implementation, on the CPU neither.
    def unpool(self, mean, log_variance):
        places = torch.zeros(1, 1, 2, 2, dtype=torch.long)
        return torch.nn.functional.max_unpool2d(torch.zeros(1, 1, 2, 2), places, 2)

    monkeypatch.setattr("proofsheet.models.vae.Vae.sample", unpool)
    with pytest.raises(ProofsheetError, match=r"declare `deterministic: false`"):
        run(VAE, tmp_path)


def test_determinism_can_be_declared_away(tmp_path):
    run(declared("vae", deterministic=False), tmp_path)
    assert not torch.are_deterministic_algorithms_enabled()
    run(VAE, tmp_path, name="again")
    assert torch.are_deterministic_algorithms_enabled()


def test_bf16_runs_and_differs_from_fp32(tmp_path):
    low = run(declared("vae", precision="bf16"), tmp_path, name="low")
    assert not torch.equal(weights(low), weights(run(VAE, tmp_path, name="full")))


@pytest.mark.parametrize(
    "optimiser",
    [
        {"name": "adam", "lr": 1e-3},
        {"name": "adam", "lr": 1e-3, "schedule": "one_cycle"},
        {"name": "sgd", "lr": 0.1, "momentum": 0.9, "schedule": "one_cycle"},
    ],
)
def test_a_training_stopped_after_an_epoch_ends_with_the_same_bits(tmp_path, optimiser):
    settings = declared("classify", optimiser=optimiser)

    class StoppedError(Exception):
        pass

    def stop_in_epoch_3(epoch, done, total, means):
        if epoch == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        run(settings, tmp_path, report=stop_in_epoch_3)
    epochs = []
    resumed = run(settings, tmp_path, report=lambda epoch, *rest: epochs.append(epoch))
    assert set(epochs) == {3}
    whole = run(settings, tmp_path, name="other")
    assert torch.equal(weights(resumed), weights(whole))
    assert (resumed.history, resumed.steps) == (whole.history, whole.steps)


def test_a_killed_process_goes_on_and_ends_with_the_same_bits(tmp_path):
    # The process is killed by the system in the middle of its second epoch, not asked to stop.
    script = f"""
import sys, time, pathlib
sys.path[:0] = {sys.path!r}
from trainings import declared, run
def slow(epoch, done, total, means):
    if epoch == 2:
        print("second epoch", flush=True)
        time.sleep(60)
run(declared("classify"), pathlib.Path({str(tmp_path)!r}), report=slow)
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


# Three steps of each optimiser from the same weights; %s makes it of what is declared and a model.
STEPS = """
import sys
import torch
sys.path[:0] = {path!r}
from proofsheet.declare.training import Optimiser
from proofsheet.train.loop import build_optimiser
for name, momentum in (("sgd", 0.9), ("adam", 0.0)):
    declared = Optimiser(name=name, lr=0.1, momentum=momentum, weight_decay=0.01)
    torch.manual_seed(0)
    model = torch.nn.Linear(3, 2)
    optimiser = {optimiser}
    for _ in range(3):
        optimiser.zero_grad()
        model(torch.ones(1, 3)).square().sum().backward()
        optimiser.step()
    print(name, [value.hex() for value in model.weight.flatten().tolist()])
print("compiler loaded:", "torch._inductor" in sys.modules, file=sys.stderr)
"""
OURS = "build_optimiser(declared, model)"
TORCHS = """{
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
        "adam": lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.01, fused=True),
    }[name](model.parameters())"""


def python(script):
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)


def test_steps_without_the_compiler_are_those_of_torchs_own_optimiser():
    ours, torchs = (
        python(STEPS.format(path=sys.path, optimiser=optimiser)) for optimiser in (OURS, TORCHS)
    )
    # Torch's own loads its compiler, so what is compared differs in just this.
    assert "compiler loaded: False" in ours.stderr
    assert "compiler loaded: True" in torchs.stderr
    assert ours.stdout == torchs.stdout


def test_training_does_not_load_the_compiler(tmp_path):
    """torch's compiler takes over a second to load, in every job, and is never used."""
    done = python(f"""
import sys, pathlib
sys.path[:0] = {sys.path!r}
from trainings import declared, run
run(declared("vae"), pathlib.Path({str(tmp_path)!r}))
run(declared("vae"), pathlib.Path({str(tmp_path)!r}))  # from the checkpoint
print([name for name in ("torch._inductor", "sympy") if name in sys.modules])
""")
    assert done.stdout.strip() == "[]", done.stderr


def dense(batch_norm, size):
    model = {"name": "dense.fnn", "hidden": [4, 4], "batch_norm": batch_norm}
    return declared("classify", model=model, batch_size=size)


# Twenty images leave one of batches of nineteen, and nothing but such of batches of one.
@pytest.mark.parametrize("size", [19, 1])
def test_a_batch_of_one_that_cannot_be_normalised_is_refused_before_training(tmp_path, size):
    batches = []
    with pytest.raises(ProofsheetError, match=f"batch_size: {size} leaves one of 20 "):
        run(dense(True, size), tmp_path, report=lambda *batch: batches.append(batch))
    assert batches == []


def test_a_class_too_small_to_compare_is_named_before_training(tmp_path):
    data = tiny()
    one = Split(data.test.images, np.array([0] * 11 + [1]))
    few = dataclasses.replace(data, test=one)
    wanted = (
        r"(test|val): class 'b' has [01], and verify compares 2 of a class; .*data\.tiny\.limit"
    )
    with pytest.raises(ProofsheetError, match=wanted):
        train(declared("verify"), 0, few, Checkpoint(tmp_path / "a", ""), lambda *batch: None)


def test_one_class_alone_cannot_be_compared(tmp_path):
    data = tiny()
    train_split, test_split = (
        Split(split.images, np.zeros_like(split.labels)) for split in (data.train, data.test)
    )
    alone = dataclasses.replace(data, train=train_split, test=test_split, classes=["a"])
    with pytest.raises(ProofsheetError, match=r"data\.tiny: one class alone, and verify compares"):
        train(declared("verify"), 0, alone, Checkpoint(tmp_path / "a", ""), lambda *batch: None)


def test_a_last_batch_of_two_can_be_normalised(tmp_path):
    assert run(dense(True, 9), tmp_path).history


def test_a_batch_of_one_that_is_not_normalised_trains(tmp_path):
    assert run(dense(False, 19), tmp_path).history


def rates(schedule, epochs=10, rows=80):
    """The learning rate of each step, ten to an epoch of 80 rows in batches of 8."""
    declared_so = {"name": "sgd", "lr": 0.5, "schedule": schedule}
    settings = declared("classify", optimiser=declared_so, epochs=epochs)
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
    advance = build_schedule(settings, optimiser, 0, rows)
    found = []
    for _ in range(epochs * rows // 8):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        advance()
    return found


def test_a_constant_rate_stays():
    assert set(rates("constant")) == {0.5}


def test_one_cycle_rises_to_the_declared_rate_and_falls_to_almost_nothing():
    found = rates("one_cycle")
    top = found.index(max(found))
    assert found[top] == pytest.approx(0.5)
    assert found[0] == pytest.approx(0.5 / 25)
    assert top == 29  # the thirtieth of a hundred steps
    assert found[:30] == sorted(found[:30])
    assert found[29:] == sorted(found[29:], reverse=True)
    assert found[-1] < 1e-4


@pytest.mark.parametrize("name", ["bce", "contrastive", "triplet"])
def test_evaluation_that_embeds_each_image_once_is_that_of_all_rows(name):
    settings = declared(
        "verify", loss={"name": name, "margin": 1.0} if name != "bce" else {"name": name}
    )
    dataset = tiny()
    images = split_images(dataset, settings, "cpu")["val"]
    objective = objective_for(settings, dataset.classes)
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    rows = objective.sample(images.labels, EVALUATION_ROWS, stream(3, Purpose.EVALUATION_ROWS))
    with torch.no_grad():
        expected = objective.terms(model, *images.batch(rows))["loss"].item()
    found = evaluate_terms(objective, model, images, settings, seed=3)
    assert found == {"loss": pytest.approx(expected, rel=1e-5)}
