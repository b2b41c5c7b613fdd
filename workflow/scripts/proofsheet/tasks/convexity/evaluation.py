"""Whether the loss of a linear network is a convex function of its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from torch import Tensor

from proofsheet.losses.binary import binary_curvature, binary_loss, binary_slope
from proofsheet.models.linear import PAIRS, Pairs, grey_features
from proofsheet.tasks.convexity.objective import LinearPairs
from proofsheet.tasks.random_state import Purpose, stream
from proofsheet.tasks.task import Measurements, Row, TrainedModel

if TYPE_CHECKING:
    from proofsheet.declare.tasks.convexity import ConvexityEvaluation, ConvexityTraining

# Images that a loss is the mean over, several times as many as there are weights.
IMAGES = 300
# Standard deviations from which random points are drawn, one of them each.
SPREADS = (0.1, 0.3, 1.0, 3.0)
# Relative size below which a number is rounding, in double precision, and counts as 0.
ROUNDING = 1e-9


def evaluate(
    trained: TrainedModel, settings: ConvexityEvaluation, seed: int, classifier: TrainedModel | None
) -> Measurements:
    """Hessians and chords of each pair of network and loss, in double precision.

    Each pair is a case of the metrics. ``min_eigenvalue``: the smallest eigenvalue of the Hessian
    over that of largest magnitude, the lowest of all points; ``negative_points``, the share of
    points where it is negative; ``chord_violations``, the share of random chords on which the
    loss rises above the chord by more than rounding; ``chord_excess``, by how much at most, over
    the larger of the chord's ends. A convex function has no negative eigenvalue anywhere (Boyd and
    Vandenberghe 2004, "Convex Optimization", section 3.1.4) and lies below all its chords
    (definition 3.1); one counterexample refutes it, while any number of points without one does
    not prove it. ``points`` and ``chords`` are their numbers.

    Arrays: ``pairs`` ``(5,)`` names; ``eigenvalues`` ``(5, points)``, the relative smallest ones.
    """
    task = LinearPairs(cast("ConvexityTraining", trained.settings), trained.classes)
    images = trained.images["train"]
    rows = task.sample(images.labels, len(images), stream(0, Purpose.PROBE_IMAGES))[:IMAGES, 0]
    inputs = grey_features(images.scaled(rows)).double()
    truth = (images.labels[rows] == task.second).double()
    hidden = cast(Pairs, trained.model).hidden
    generator = stream(seed, Purpose.PROBE_POINTS)
    metrics: list[Row] = []
    smallest = []
    for name, (layers, loss) in PAIRS.items():
        pair = Pair(inputs, truth, layers, loss, hidden)
        ratios = torch.stack(
            [relative_minimum(pair.hessian(pair.point(generator))) for _ in range(settings.points)]
        )
        excess = torch.stack([chord_excess(pair, generator) for _ in range(settings.chords)])
        smallest.append(ratios)
        metrics += [
            ("", name, "points", float(settings.points)),
            ("", name, "chords", float(settings.chords)),
            ("", name, "min_eigenvalue", float(ratios.min())),
            ("", name, "negative_points", float((ratios < 0).double().mean())),
            ("", name, "chord_violations", float((excess > ROUNDING).double().mean())),
            ("", name, "chord_excess", float(excess.max())),
        ]
    arrays = {"pairs": np.array(list(PAIRS)), "eigenvalues": torch.stack(smallest).numpy()}
    return Measurements(metrics, arrays)


class Pair:
    """The mean loss of a linear network as a function of one flat vector of weights.

    :param inputs: ``float64 (N, D)``.
    :param truth: ``float64 (N,)``, 0 or 1.
    """

    def __init__(self, inputs: Tensor, truth: Tensor, layers: int, loss: str, hidden: int):
        self.inputs = torch.cat([inputs, torch.ones_like(truth)[:, None]], dim=1)
        self.truth = truth
        self.layers = layers
        self.loss = loss
        self.hidden = hidden
        width = self.inputs.shape[1]
        self.size = width if layers == 1 else width * hidden + hidden + 1

    def point(self, generator: torch.Generator) -> Tensor:
        """Random weights ``(size,)``."""
        spread = SPREADS[int(torch.randint(len(SPREADS), (), generator=generator))]
        return spread * torch.randn(self.size, generator=generator, dtype=torch.float64)

    def logits(self, weights: Tensor) -> Tensor:
        if self.layers == 1:
            return self.inputs @ weights
        split = self.inputs.shape[1] * self.hidden
        first = weights[:split].view(-1, self.hidden)
        return self.inputs @ first @ weights[split:-1] + weights[-1]

    def value(self, weights: Tensor) -> Tensor:
        return binary_loss(self.logits(weights), self.truth, self.loss).mean()

    def hessian(self, weights: Tensor) -> Tensor:
        """``(size, size)``, exactly: ``(Jᵀ·diag(L''(z))·J + Σ L'(zᵢ)·∇²zᵢ) / N``.

        ``J`` is the Jacobian of the logits. For one layer it is the input and the second term is
        absent (Bishop 2006, equation 4.97, has that for cross-entropy). For two, a logit is
        bilinear in the layers: ``∂²z / ∂W_dh ∂v_h = x_d``, and all other second derivatives are 0.
        """
        logits = self.logits(weights)
        curvature = binary_curvature(logits, self.truth, self.loss)
        if self.layers == 1:
            return self.inputs.T @ (curvature[:, None] * self.inputs) / len(self.truth)
        split = self.inputs.shape[1] * self.hidden
        first, second = weights[:split].view(-1, self.hidden), weights[split:-1]
        by_first = (self.inputs[:, :, None] * second).flatten(1)
        by_second = self.inputs @ first
        jacobian = torch.cat([by_first, by_second, torch.ones_like(logits)[:, None]], dim=1)
        matrix = jacobian.T @ (curvature[:, None] * jacobian)
        pull = binary_slope(logits, self.truth, self.loss) @ self.inputs
        cross = torch.kron(pull[:, None], torch.eye(self.hidden, dtype=pull.dtype))
        matrix[:split, split:-1] += cross
        matrix[split:-1, :split] += cross.T
        return matrix / len(self.truth)


def relative_minimum(matrix: Tensor) -> Tensor:
    """Smallest eigenvalue of a symmetric matrix over that of largest magnitude, in −1..1.

    0 where it is smaller than rounding, so that noise is no result.
    """
    eigenvalues = torch.linalg.eigvalsh(matrix)
    largest = eigenvalues.abs().max()
    if eigenvalues[0].abs() <= ROUNDING * largest:
        return torch.zeros_like(largest)
    return eigenvalues[0] / largest


def chord_excess(pair: Pair, generator: torch.Generator) -> Tensor:
    """How far the loss lies above a random chord, over the larger of its ends; at most 0 for a
    convex function, up to rounding."""
    one, other = pair.point(generator), pair.point(generator)
    share = torch.rand((), generator=generator, dtype=torch.float64)
    ends = pair.value(one), pair.value(other)
    chord = share * ends[0] + (1 - share) * ends[1]
    between = pair.value(share * one + (1 - share) * other)
    return (between - chord) / torch.maximum(*ends)
