"""How well a classifier tells the classes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from proofsheet.data.splits import Images
from proofsheet.tasks.task import Measurements, Row, TrainedModel

if TYPE_CHECKING:
    from proofsheet.declare.tasks.classify import ClassifyEvaluation

SHOWN = 10  # mistakes and examples


def evaluate(
    trained: TrainedModel, settings: ClassifyEvaluation, seed: int, classifier: TrainedModel | None
) -> Measurements:
    """Test accuracy and cross-entropy, and what stands behind them.

    Metrics of ``test``: ``accuracy`` 0..1, ``classification`` (mean cross-entropy in nats), and
    ``worst_class``, the lowest accuracy of a class. Arrays: see :func:`classification_arrays`.
    """
    test = trained.images["test"]
    logits = class_logits(trained.model, test)
    return Measurements(
        classification_metrics(logits, test.labels, len(trained.classes)),
        classification_arrays(logits, test, trained.classes),
    )


def class_logits(model: nn.Module, images: Images) -> Tensor:
    """Logits ``(N, classes)`` of all images."""
    with torch.no_grad():
        return torch.cat([model(batch).float() for batch in images.in_order()])


def predict(model: nn.Module, images: Images) -> Tensor:
    """The most likely class of each image, ``int64 (N,)``."""
    return class_logits(model, images).argmax(dim=1)


def classification_metrics(logits: Tensor, truth: Tensor, classes: int) -> list[Row]:
    counts = confusion(truth, logits.argmax(dim=1), classes)
    per_class = counts.diagonal() / counts.sum(axis=1).clip(min=1)
    values = {
        "accuracy": counts.trace() / counts.sum(),
        "classification": float(nn.functional.cross_entropy(logits, truth)),
        "worst_class": per_class[counts.sum(axis=1) > 0].min(),
    }
    return [("test", "", name, float(value)) for name, value in values.items()]


def classification_arrays(
    logits: Tensor, images: Images, classes: list[str]
) -> dict[str, np.ndarray]:
    """What figures of a classifier show.

    ``confusion`` ``int64 (classes, classes)``, rows the truth; ``class_names`` ``(classes,)``; and
    twice ten images ``uint8 (10, C, H, W)``, each with ``_truth``, ``_predicted`` (labels) and
    ``_confidence`` (probability of the predicted class): ``mistakes``, of which the network was
    surest, first the surest (label −1 where there are fewer), and ``examples``, the first
    test image of every class, of ten classes at most.
    """
    predicted = logits.argmax(dim=1)
    confidence = logits.softmax(dim=1).max(dim=1).values
    wrong = (predicted != images.labels).nonzero().flatten()
    surest = wrong[confidence[wrong].argsort(descending=True, stable=True)][:SHOWN]
    arrays = {
        "confusion": confusion(images.labels, predicted, len(classes)),
        "class_names": np.array(classes),
    }
    firsts = first_of_each(images.labels)[:SHOWN]
    for name, rows in (("mistakes", surest), ("examples", firsts)):
        arrays[name] = _padded(images.pixels[rows], 0)
        arrays[f"{name}_truth"] = _padded(images.labels[rows], -1)
        arrays[f"{name}_predicted"] = _padded(predicted[rows], -1)
        arrays[f"{name}_confidence"] = _padded(confidence[rows], 0)
    return arrays


def first_of_each(labels: Tensor) -> Tensor:
    """Index of the first image of every class that has one, ``int64 (C,)``, by class."""
    return torch.stack([(labels == label).nonzero()[0, 0] for label in labels.unique()])


def confusion(truth: Tensor, predicted: Tensor, classes: int) -> np.ndarray:
    """Counts ``int64 (classes, classes)``: rows the truth, columns the prediction."""
    counts = torch.bincount(truth * classes + predicted, minlength=classes**2)
    return counts.reshape(classes, classes).numpy()


def _padded(values: Tensor, fill: int) -> np.ndarray:
    """Ten rows, so that seeds with fewer mistakes can stand beside others."""
    full = torch.full((SHOWN, *values.shape[1:]), fill, dtype=values.dtype)
    full[: len(values)] = values
    return full.numpy()
