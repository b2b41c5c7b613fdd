"""Convolutional classifiers: images ``(B, C, H, W)`` in 0..1 to logits ``(B, classes)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn

from proofsheet.models.normalise import Normalise
from proofsheet.models.sizes import require_pixels

if TYPE_CHECKING:
    from pydantic import PositiveFloat

    from proofsheet.declare.strict import Dropout
    from proofsheet.models.outputs import Classifier


def cnn(*, image_shape: tuple[int, int, int], classes: int) -> Classifier:
    """Two strided convolutions with batch normalisation, then one dense layer."""
    channels, height, width = image_shape
    flat = 32 * -(-height // 4) * -(-width // 4)  # two strides of 2, rounded up
    return nn.Sequential(
        nn.Conv2d(channels, 16, 5, stride=2, padding=2),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.Conv2d(16, 32, 5, stride=2, padding=2),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(flat, classes),
    )


def blocks(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    convolutions: tuple[tuple[int, ...], ...],
    dense: tuple[int, ...] = (),
    batch_norm: bool = True,
    dropout: Dropout = 0.0,
    mean: float = 0.5,
    std: PositiveFloat = 0.5,
) -> Classifier:
    """Blocks of 3×3 convolutions, each block ending in 2×2 maximum pooling, then dense layers.

    :param convolutions: of each block, the channels of its convolutions, all followed by ReLU.
    :param dense: units of the hidden dense layers; the last, to the classes, is not among them.
    :param batch_norm: normalise what enters the ReLU of a convolution (Ioffe and Szegedy 2015).
    :param dropout: chance that what enters a dense layer is left out of a training step.
    """
    require_pixels("classifier.blocks", image_shape, 2 ** len(convolutions))
    halvings = len(convolutions)
    channels, height, image_width = image_shape
    layers: list[nn.Module] = [Normalise(mean, std)]
    for block in convolutions:
        for width in block:
            layers.append(nn.Conv2d(channels, width, 3, padding=1, bias=not batch_norm))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU())
            channels = width
        layers.append(nn.MaxPool2d(2))
    layers.append(nn.Flatten())
    units = channels * (height >> halvings) * (image_width >> halvings)
    for size in (*dense, classes):
        if dropout:
            layers.append(nn.Dropout(dropout))
        layers += [nn.Linear(units, size), nn.ReLU()]
        units = size
    return nn.Sequential(*layers[:-1])


def lenet5(
    *, image_shape: tuple[int, int, int], classes: int, mean: float = 0.5, std: PositiveFloat = 0.5
) -> Classifier:
    """LeNet-5 in its usual present form: ReLU and maximum pooling, three dense layers.

    LeCun, Bottou, Bengio, Haffner (1998), "Gradient-Based Learning Applied to Document
    Recognition", section II.B, has the same sizes with tanh, averaging and sparse connections.
    """
    channels, height, width = image_shape
    require_pixels("classifier.lenet5", image_shape, 16)
    flat = 16 * (((height - 4) // 2 - 4) // 2) * (((width - 4) // 2 - 4) // 2)
    return nn.Sequential(
        Normalise(mean, std),
        nn.Conv2d(channels, 6, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(flat, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, classes),
    )
