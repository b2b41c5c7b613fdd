"""The training loop, for every task."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor, nn

from proofsheet.checkpoint import Checkpoint, Progress, Row
from proofsheet.data.dataset import Dataset
from proofsheet.errors import ProofsheetError
from proofsheet.pretrained import load_pretrained
from proofsheet.random_state import Purpose, seed_torch, stream
from proofsheet.splits import Images, split_images
from proofsheet.tasks.objective import Objective, build_model, objective_for

if TYPE_CHECKING:
    from proofsheet.declarations.training import Optimiser, Training

# A loss on random pairs or codes is evaluated on at least this many rows: on the 180 validation
# images of the quick run, one pass would measure which pairs were drawn more than the model.
EVALUATION_ROWS = 4_000

# Evaluation keeps no gradients, so it can take more images at once than training does.
EVALUATION_BATCH = 1_000


class Trained(NamedTuple):
    """A trained model with its tidy rows.

    ``history`` rows are (epoch, split, quantity, value), ``steps`` rows are (epoch, batch, split,
    quantity, value). For the training split ``running_<term>`` averages a term over the batches
    while the weights move; ``<term>`` is evaluated on all of its images, and on
    at least :data:`EVALUATION_ROWS` rows, after the epoch.
    """

    model: nn.Module
    history: list[Row]
    steps: list[Row]


@contextmanager
def told_of_nondeterminism() -> Iterator[None]:
    """Turn torch's refusal of an operation into an error that names the remedy."""
    try:
        yield
    except RuntimeError as error:
        if "does not have a deterministic implementation" not in str(error):
            raise
        operation = str(error).split()[0]
        raise ProofsheetError(
            f"deterministic: {operation} has no deterministic implementation on this device; "
            "declare `deterministic: false`, and two trainings will differ in their last digits"
        ) from error


@told_of_nondeterminism()
def train(
    settings: Training,
    seed: int,
    dataset: Dataset,
    checkpoint: Checkpoint,
    report: Callable[[int, int, int, dict[str, float]], None],
) -> Trained:
    """Train one declared experiment with one seed.

    The result depends on the arguments alone: not on the number of cores, nor on whether the
    training was killed and went on from ``checkpoint``.

    :param report: called after every batch with epoch, images done in it, images in all of it,
        and the means of the terms so far.
    :raises ProofsheetError: where a loss is not finite, CUDA is declared and absent, or an
        operation is not deterministic though declared to be.
    """
    use_device(settings)
    images = split_images(dataset, settings, settings.device)
    objective = objective_for(settings, dataset.classes)
    seed_torch(seed, Purpose.INITIAL_WEIGHTS)
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    load_pretrained(model, settings)
    model.to(settings.device).to(memory_format=torch.channels_last)
    optimiser = build_optimiser(settings.optimiser, model)
    done, history, steps = checkpoint.restore(model, optimiser)

    for epoch in range(done + 1, settings.epochs + 1):
        model.train()
        labels = images["train"].labels
        rows = objective.draw(labels, len(labels), stream(seed, Purpose.TRAINING_ROWS, epoch))
        seed_torch(seed, Purpose.TRAINING_NOISE, epoch)
        running = Means()
        for number, batch in enumerate(rows.split(settings.batch_size), start=1):
            terms = batch_terms(objective, model, images["train"], batch, settings)
            optimiser.zero_grad(set_to_none=True)
            terms["loss"].backward()
            step(optimiser)
            loss = running.add(terms, len(batch))["loss"]
            require_finite({"loss": loss}, f"in epoch {epoch}, batch {number}", settings)
            steps.append((epoch, number, "train", "loss", loss))
            report(epoch, running.count, len(rows), running.means())

        history += history_rows(epoch, "train", running.means(), prefix="running_")
        for split in ("train", "val"):
            means = evaluate_terms(objective, model, images[split], settings, seed)
            require_finite(means, f"of {split} images after epoch {epoch}", settings)
            history += history_rows(epoch, split, means)
        if epoch < settings.epochs:  # after the last, the results themselves are written
            checkpoint.save(Progress(epoch, history, steps), model, optimiser)
    return Trained(model, history, steps)


def batch_terms(
    objective: Objective, model: nn.Module, images: Images, rows: Tensor, settings: Training
) -> dict[str, Tensor]:
    """The objective's terms on one training batch.

    :raises ProofsheetError: where it is a single image that the network wants to normalise.
    """
    try:
        with autocast(settings):
            return objective.terms(model, *images.batch(rows))
    except ValueError as error:  # torch's, of batch normalisation
        if len(rows) > 1:
            raise
        raise ProofsheetError(
            f"batch_size: {settings.batch_size} leaves a batch of one image, which batch "
            "normalisation cannot use; choose another batch size"
        ) from error


def evaluate_terms(
    objective: Objective, model: nn.Module, images: Images, settings: Training, seed: int
) -> dict[str, float]:
    """Means of the objective's terms over rows and noise that are the same after every epoch."""
    count = max(len(images), EVALUATION_ROWS)
    rows = objective.draw(images.labels, count, stream(seed, Purpose.EVALUATION_ROWS))
    seed_torch(seed, Purpose.EVALUATION_NOISE)
    means = Means()
    model.eval()
    with torch.no_grad():
        for batch in rows.split(EVALUATION_BATCH):
            with autocast(settings):
                terms = objective.terms(model, *images.batch(batch))
            means.add(terms, len(batch))
    return means.means()


def require_finite(terms: dict[str, float], where: str, settings: Training) -> None:
    """Raise :class:`ProofsheetError` for the first term that is infinite or not a number."""
    for name, value in terms.items():
        if not math.isfinite(value):
            raise ProofsheetError(
                f"{name} is {value} {where}; try a smaller optimiser.lr than "
                f"{settings.optimiser.lr:g}"
            )


class Means:
    """Means over examples of terms that come as means over batches of differing size."""

    def __init__(self) -> None:
        self.count = 0
        self.sums: dict[str, float] = {}

    def add(self, terms: dict[str, Tensor], size: int) -> dict[str, float]:
        """Add a batch of ``size`` examples and return its terms as floats."""
        values = {name: float(value.detach()) for name, value in terms.items()}
        for name, value in values.items():
            self.sums[name] = self.sums.get(name, 0.0) + value * size
        self.count += size
        return values

    def means(self) -> dict[str, float]:
        return {name: total / self.count for name, total in self.sums.items()}


def history_rows(epoch: int, split: str, means: dict[str, float], prefix: str = "") -> list[Row]:
    return [(epoch, split, prefix + name, value) for name, value in means.items()]


def build_optimiser(declared: Optimiser, model: nn.Module) -> torch.optim.Optimizer:
    """The declared optimiser over all parameters of ``model``."""
    without_compiler()
    common: dict[str, Any] = {"lr": declared.lr, "weight_decay": declared.weight_decay}
    if declared.name == "sgd":
        return torch.optim.SGD(model.parameters(), momentum=declared.momentum, **common)
    # One kernel for all parameters: 1.6 times faster for a small net on a CPU.
    return torch.optim.Adam(model.parameters(), fused=True, **common)


def use_device(settings: Training) -> None:
    """Make torch as deterministic as declared, on the declared device and thread count."""
    if settings.device == "cuda" and not torch.cuda.is_available():
        raise ProofsheetError(
            "device: cuda is declared, but torch finds no CUDA device here; set `device: cpu`, "
            "or run where there is one"
        )
    # cuBLAS is deterministic only with a workspace of fixed size, set before it is first used.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    use_threads(settings.threads, settings.deterministic)


def use_threads(count: int, deterministic: bool) -> None:
    """Compute on ``count`` threads of the CPU; ``deterministic`` forbids all that is not.

    Snakemake sets OMP_NUM_THREADS from --cores; results may not depend on it.
    """
    torch.set_num_threads(count)
    # The same switch as use_deterministic_algorithms, which would load torch's compiler.
    torch.set_deterministic_debug_mode("error" if deterministic else "default")


def without_compiler() -> None:
    """Let optimisers be built and restored without torch's compiler.

    They load it only to be left alone by it, which costs over a second a job. Each method here is
    wrapped by ``torch._disable_dynamo``, which asks the compiler unless it finds an answer.
    """
    for name in ("add_param_group", "zero_grad", "state_dict", "load_state_dict"):
        method = getattr(torch.optim.Optimizer, name).__wrapped__
        setattr(method, "__dynamo_disable", method)


def step(optimiser: torch.optim.Optimizer) -> None:
    """``optimiser.step()`` without its wrapper, which would load the compiler at every call."""
    with torch.no_grad():
        inspect.unwrap(type(optimiser).step)(optimiser)


@contextmanager
def autocast(settings: Training) -> Iterator[None]:
    """Run forward passes in bfloat16 where the declaration asks for it."""
    enabled = settings.precision == "bf16"
    with torch.autocast(settings.device, dtype=torch.bfloat16, enabled=enabled):
        yield
