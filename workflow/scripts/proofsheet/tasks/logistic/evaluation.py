"""How good the probabilities of a logistic regression are, and how it learned."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from torch import Tensor, nn

from proofsheet.losses.binary import binary_loss, binary_slope
from proofsheet.metrics.calibration import reliability
from proofsheet.tasks.logistic.objective import LogisticRegression
from proofsheet.tasks.random_state import Purpose, stream
from proofsheet.tasks.task import Measurements, Row, TrainedModel

if TYPE_CHECKING:
    from proofsheet.declare.tasks.logistic import LogisticEvaluation, LogisticTraining

# A network is sure of an answer that it gives at least this probability.
SURE = 0.9


def evaluate(
    trained: TrainedModel, settings: LogisticEvaluation, seed: int, classifier: TrainedModel | None
) -> Measurements:
    """All test images of the two classes, however few of one were trained on.

    Metrics of ``test``: ``accuracy``; ``balanced_accuracy``, the mean of both classes'; ``brier``,
    the mean squared error of the probability (Brier 1950); ``ece`` (see
    :func:`proofsheet.metrics.calibration.reliability`); ``confidence``, the mean probability of
    the predicted class, and ``sure``, the share of images where it is at least 0.9;
    ``gradient_at_mistakes``, the norm of the gradient that one confident mistake gives, see
    :func:`gradient_at_mistakes`. Of ``val``: ``epochs_to_target``, the first epoch after which the
    validation accuracy reaches the target, NaN where none does. For ``truth_1`` and ``truth_0``
    see :func:`losses_at_mistakes`.

    Arrays: ``bin_confidence``, ``bin_accuracy``, ``bin_count`` ``(10,)``, the reliability diagram.
    """
    declared = cast("LogisticTraining", trained.settings)
    task = LogisticRegression(declared, trained.classes)
    test = trained.images["test"]
    rows = ((test.labels == task.first) | (test.labels == task.second)).nonzero().flatten()
    truth = test.labels[rows] == task.second
    with torch.no_grad():
        logits = trained.model(test.scaled(rows)).squeeze(1)
    probability = logits.sigmoid().double()
    right = (probability > 0.5) == truth
    confidence = torch.maximum(probability, 1 - probability)
    ece, bins = reliability(confidence.numpy(), right.numpy())
    values = {
        "accuracy": right.double().mean(),
        "balanced_accuracy": (right[truth].double().mean() + right[~truth].double().mean()) / 2,
        "brier": (probability - truth.double()).square().mean(),
        "ece": ece,
        "confidence": confidence.mean(),
        "sure": (confidence >= SURE).double().mean(),
        "gradient_at_mistakes": gradient_at_mistakes(
            trained.model, test.scaled(rows), logits, declared.loss.name
        ),
    }
    metrics: list[Row] = [("test", "", name, float(value)) for name, value in values.items()]
    metrics.append(("val", "", "epochs_to_target", epochs_to(trained, settings.target_accuracy)))
    metrics += losses_at_mistakes(stream(seed, Purpose.PROBE_POINTS))
    return Measurements(metrics, bins)


def gradient_at_mistakes(model: nn.Module, images: Tensor, logits: Tensor, loss: str) -> float:
    """Mean over confident mistakes of the Euclidean norm of the gradient by all weights.

    Real confident mistakes are few, so each image that the network is sure of is given the other
    label; NaN where it is sure of none. ``∂L/∂w = L'(z)·x`` and ``∂L/∂b = L'(z)``,
    ``x`` being the normalised input, so the norm is ``|L'(z)|·√(‖x‖² + 1)``.

    :param images: ``(B, C, H, W)`` in 0..1.
    :param logits: ``(B,)``, the network's.
    """
    chosen = torch.maximum(logits.sigmoid(), 1 - logits.sigmoid()) >= SURE
    wrong = (logits[chosen] < 0).float()
    layers = list(model.children())
    inputs = nn.Sequential(*layers[:-1])(images[chosen])
    lengths = (inputs.square().sum(dim=1) + 1).sqrt()
    return float((binary_slope(logits[chosen], wrong, loss).abs() * lengths).mean())


def losses_at_mistakes(generator: torch.Generator) -> list[Row]:
    """Whether cross-entropy is the larger loss, and has the larger slope, at confident mistakes.

    These are properties of the losses and not of a network. ``truth_1`` and ``truth_0`` are cases:
    ``points``, the number of probabilities of the true class, drawn evenly between 0 and 0.1;
    ``loss_not_above`` and ``gradient_not_above``, the share of them at which the loss of
    cross-entropy, or the size of its derivative by the logit, is not above that of MSE.
    """
    true_class = (1 - SURE) * torch.rand(100, generator=generator, dtype=torch.float64)
    metrics: list[Row] = []
    for name, truth, probability in (("truth_1", 1, true_class), ("truth_0", 0, 1 - true_class)):
        logits, answers = probability.logit(), torch.full_like(probability, truth)
        loss, slope = (
            (
                function(logits, answers, "cross-entropy").abs(),
                function(logits, answers, "mse").abs(),
            )
            for function in (binary_loss, binary_slope)
        )
        metrics += [
            ("", name, "points", float(len(logits))),
            ("", name, "loss_not_above", float((loss[0] <= loss[1]).double().mean())),
            ("", name, "gradient_not_above", float((slope[0] <= slope[1]).double().mean())),
        ]
    return metrics


def epochs_to(trained: TrainedModel, target: float) -> float:
    """The first epoch with at least ``target`` in single precision, which accuracies have: nine
    right of ten are 0.9."""
    accuracy = np.array(
        [row.value for row in trained.history if (row.split, row.quantity) == ("val", "accuracy")],
        np.float32,
    )
    reached = np.flatnonzero(accuracy >= np.float32(target))
    return float(reached[0] + 1) if len(reached) else math.nan
