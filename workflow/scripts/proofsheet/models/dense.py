"""Networks of dense layers: images ``(B, C, H, W)`` in 0..1 to logits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from torch import nn

from proofsheet.models.normalise import Normalise

if TYPE_CHECKING:
    from pydantic import PositiveFloat

    from proofsheet.declare.strict import Dropout
    from proofsheet.models.outputs import BinaryClassifier, Classifier


def fnn(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    hidden: tuple[int, ...] = (128, 64),
    mean: float = 0.1307,
    std: PositiveFloat = 0.3081,
    dropout: Dropout = 0.0,
    batch_norm: bool = False,
) -> Classifier:
    """Dense layers with ReLU between them, to ``(B, classes)``.

    :param hidden: units of each layer but the last.
    :param mean: of all training pixels, in 0..1; the default is MNIST's.
    :param std: likewise.
    :param dropout: chance that a hidden unit is left out of a training step (Srivastava et al.
        2014, "Dropout").
    :param batch_norm: normalise what enters each ReLU (Ioffe and Szegedy 2015, "Batch
        Normalization").
    """
    layers: list[nn.Module] = [Normalise(mean, std), nn.Flatten()]
    width = math.prod(image_shape)
    for size in hidden:
        layers.append(nn.Linear(width, size))
        if batch_norm:
            layers.append(nn.BatchNorm1d(size))
        layers.append(nn.ReLU())
        if dropout:
            layers.append(nn.Dropout(dropout))
        width = size
    return nn.Sequential(*layers, nn.Linear(width, classes))


def logistic(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    mean: float = 0.1307,
    std: PositiveFloat = 0.3081,
) -> BinaryClassifier:
    """Logistic regression: one logit ``(B, 1)``, that of the second of two classes."""
    return nn.Sequential(Normalise(mean, std), nn.Flatten(), nn.Linear(math.prod(image_shape), 1))
