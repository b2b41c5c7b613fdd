"""The training loop, for every task."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor, nn

from proofsheet.data.dataset import Dataset
from proofsheet.data.splits import EVALUATION_BATCH, Images, split_images
from proofsheet.errors import ProofsheetError
from proofsheet.startup import defer_compiler
from proofsheet.tasks.random_state import Purpose, seed_torch, stream
from proofsheet.tasks.task import Objective, build_model, objective_for
from proofsheet.train.checkpoint import Checkpoint, Progress, Row
from proofsheet.train.device import (
    autocast,
    memory_format,
    told_of_nondeterminism,
    use_device,
)
from proofsheet.train.pretrained import load_pretrained

if TYPE_CHECKING:
    from proofsheet.declare.training import Optimiser, Training

# A loss on random pairs or codes is evaluated on at least this many rows: on the 500 validation
# images of the quick run, one pass would measure which pairs were drawn more than the model.
EVALUATION_ROWS = 2_000

BATCH_NORMALISATION = (nn.BatchNorm1d, nn.BatchNorm2d)


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


class DivergedError(ProofsheetError):
    """A loss is infinite or not a number; ``until_then`` ends with its row."""

    def __init__(self, message: str, until_then: Trained):
        super().__init__(message)
        self.until_then = until_then


@told_of_nondeterminism()
def train(
    settings: Training,
    seed: int,
    dataset: Dataset,
    checkpoint: Checkpoint,
    report: Callable[[int, int, int, Callable[[], dict[str, float]]], None],
) -> Trained:
    """Train one declared experiment with one seed.

    The result depends on the arguments alone: not on the number of cores, nor on whether the
    training was killed and went on from ``checkpoint``.

    :param report: called after every batch with epoch, images done in it, images in all of it,
        and a function of the means of the terms so far.
    :raises DivergedError: where a loss is not finite.
    :raises ProofsheetError: where CUDA is declared and absent, a class has too few images, a
        batch cannot be normalised, or an operation is not deterministic though declared to be.
    """
    use_device(settings)
    images = split_images(dataset, settings, settings.device)
    objective = objective_for(settings, dataset.classes)
    require_images(images, dataset.classes, objective, settings)
    seed_torch(seed, Purpose.INITIAL_WEIGHTS)
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    load_pretrained(model, settings)
    model.to(settings.device).to(memory_format=memory_format(settings))
    optimiser = build_optimiser(settings.optimiser, model)
    done, history, steps = checkpoint.restore(model, optimiser)
    advance = build_schedule(settings, optimiser, done, len(images["train"]))

    for epoch in range(done + 1, settings.epochs + 1):
        model.train()
        labels = images["train"].labels
        rows = objective.sample(labels, len(labels), stream(seed, Purpose.TRAINING_ROWS, epoch))
        require_batches(model, len(rows), settings)
        seed_torch(seed, Purpose.TRAINING_NOISE, epoch)
        running = Means()
        batches = images["train"].batches(rows, settings.batch_size)
        for number, batch in enumerate(batches, start=1):
            with autocast(settings):
                terms = objective.terms(model, *batch)
            optimiser.zero_grad(set_to_none=True)
            terms["loss"].backward()
            optimiser.step()
            advance()
            loss = running.add(terms, len(batch[0]))
            steps.append((epoch, number, "train", "loss", loss))
            if not math.isfinite(loss):
                where = f"in epoch {epoch}, batch {number}"
                raise diverged("loss", loss, where, settings, Trained(model, history, steps))
            report(epoch, running.count, len(rows), running.means)

        history += history_rows(epoch, "train", running.means(), prefix="running_")
        for split in ("train", "val"):
            means = evaluate_terms(objective, model, images[split], settings, seed)
            history += history_rows(epoch, split, means)
            for name, value in means.items():
                if not math.isfinite(value):
                    where = f"of {split} images after epoch {epoch}"
                    raise diverged(name, value, where, settings, Trained(model, history, steps))
        if epoch < settings.epochs:  # after the last, the results themselves are written
            checkpoint.save(Progress(epoch, history, steps), model, optimiser)
    return Trained(model, history, steps)


def require_images(
    images: dict[str, Images], classes: list[str], objective: Objective, settings: Training
) -> None:
    """Raise where a split has fewer images of a class than the task compares."""
    least = getattr(objective, "of_a_class", 0)
    if least and len(classes) < 2:
        raise ProofsheetError(
            f"data.{settings.data}: one class alone, and {settings.task} compares two; add another"
        )
    for split, part in images.items():
        counts = torch.bincount(part.labels, minlength=len(classes)).tolist()
        for label, count in zip(classes, counts, strict=True):
            if count < least:
                raise ProofsheetError(
                    f"{split}: class {label!r} has {count}, and {settings.task} compares {least} "
                    f"of a class; add images, raise data.{settings.data}.limit, or change "
                    f"hold_out.share: {settings.hold_out.share}"
                )


def require_batches(model: nn.Module, rows: int, settings: Training) -> None:
    """Raise where an epoch of ``rows`` would end in one image that the network cannot normalise."""
    normalises = any(isinstance(layer, BATCH_NORMALISATION) for layer in model.modules())
    if normalises and (rows - 1) % settings.batch_size == 0:
        raise ProofsheetError(
            f"batch_size: {settings.batch_size} leaves one of {rows} training images for the last "
            "batch, which batch normalisation cannot use; choose another batch_size"
        )


def evaluate_terms(
    objective: Objective, model: nn.Module, images: Images, settings: Training, seed: int
) -> dict[str, float]:
    """Means of the objective's terms over rows and noise that are the same after every epoch."""
    count = max(len(images), EVALUATION_ROWS)
    rows = objective.sample(images.labels, count, stream(seed, Purpose.EVALUATION_ROWS))
    seed_torch(seed, Purpose.EVALUATION_NOISE)
    means = Means()
    model.eval()
    with torch.inference_mode(), autocast(settings):
        if hasattr(objective, "terms_of_embedded"):  # an image once, however many rows it is in
            embedded = torch.cat([model(batch).float() for batch in images.in_order()])
            labels = images.labels[rows].to(embedded.device)
            means.add(objective.terms_of_embedded(model, embedded[rows], labels), len(rows))
        else:
            for batch in images.batches(rows, EVALUATION_BATCH):
                means.add(objective.terms(model, *batch), len(batch[0]))
    return means.means()


def diverged(
    name: str, value: float, where: str, settings: Training, until_then: Trained
) -> DivergedError:
    """The error of a term that is infinite or not a number."""
    return DivergedError(
        f"{name} is {value} {where}; try a smaller optimiser.lr than {settings.optimiser.lr:g}",
        until_then,
    )


class Means:
    """Means over examples of terms that come as means over batches of differing size."""

    def __init__(self) -> None:
        self.count = 0
        self.sums: dict[str, float] = {}

    def add(self, terms: dict[str, Tensor], size: int) -> float:
        """Add a batch of ``size`` examples and return its loss."""
        values = {name: value.item() for name, value in terms.items()}
        for name, value in values.items():
            self.sums[name] = self.sums.get(name, 0.0) + value * size
        self.count += size
        return values["loss"]

    def means(self) -> dict[str, float]:
        return {name: total / self.count for name, total in self.sums.items()}


def history_rows(epoch: int, split: str, means: dict[str, float], prefix: str = "") -> list[Row]:
    return [(epoch, split, prefix + name, value) for name, value in means.items()]


def build_optimiser(declared: Optimiser, model: nn.Module) -> torch.optim.Optimizer:
    """The declared optimiser over all parameters of ``model``."""
    defer_compiler()
    common: dict[str, Any] = {"lr": declared.lr, "weight_decay": declared.weight_decay}
    if declared.name == "sgd":
        return torch.optim.SGD(model.parameters(), momentum=declared.momentum, **common)
    # One kernel for all parameters: 1.6 times faster for a small net on a CPU.
    return torch.optim.Adam(model.parameters(), fused=True, **common)


def build_schedule(
    settings: Training, optimiser: torch.optim.Optimizer, done: int, rows: int
) -> Callable[[], None]:
    """What follows each batch: a step of the declared schedule, after ``done`` epochs of ``rows``
    rows."""
    if settings.optimiser.schedule == "constant":
        return lambda: None
    batches = math.ceil(rows / settings.batch_size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser,
        max_lr=settings.optimiser.lr,
        total_steps=settings.epochs * batches,
        last_epoch=done * batches - 1 if done else -1,
    )
    return schedule.step
