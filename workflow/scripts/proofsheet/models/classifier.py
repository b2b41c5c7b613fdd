"""Convolutional classifiers: images ``(B, C, H, W)`` in 0..1 to logits ``(B, classes)``."""

from itertools import pairwise

from torch import nn

from proofsheet.models.normalise import Normalise
from proofsheet.models.sizes import require_pixels


def cnn(*, image_shape: tuple[int, int, int], classes: int) -> nn.Module:
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


def cnn6(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    width: int = 32,
    hidden: int = 256,
    mean: float = 0.5,
    std: float = 0.5,
) -> nn.Module:
    """Six layers: four 3×3 convolutions, each halving the image, and two dense ones.

    ``width`` channels in the first, twice and four times as many further on; every convolution is
    followed by batch normalisation (Ioffe and Szegedy 2015), ReLU and 2×2 maximum pooling.
    """
    channels, height, image_width = image_shape
    require_pixels("classifier.cnn6", image_shape, 16)
    widths = [channels, width, 2 * width, 4 * width, 4 * width]
    flat = widths[-1] * (height // 16) * (image_width // 16)
    return nn.Sequential(
        Normalise(mean, std),
        *_halving(widths),
        nn.Flatten(),
        nn.Linear(flat, hidden),
        nn.ReLU(),
        nn.Linear(hidden, classes),
    )


def cnn3(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    width: int = 32,
    mean: float = 0.5,
    std: float = 0.5,
) -> nn.Module:
    """Three layers of the kind that :func:`cnn6` has: its first two convolutions, a dense one."""
    channels, height, image_width = image_shape
    require_pixels("classifier.cnn3", image_shape, 4)
    flat = 2 * width * (height // 4) * (image_width // 4)
    return nn.Sequential(
        Normalise(mean, std),
        *_halving([channels, width, 2 * width]),
        nn.Flatten(),
        nn.Linear(flat, classes),
    )


def _halving(widths: list[int]) -> list[nn.Module]:
    """Convolutions from each number of channels to the next, each halving the image."""
    layers: list[nn.Module] = []
    for entering, leaving in pairwise(widths):
        layers += [
            nn.Conv2d(entering, leaving, 3, padding=1, bias=False),
            nn.BatchNorm2d(leaving),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
    return layers


def lenet5(
    *, image_shape: tuple[int, int, int], classes: int, mean: float = 0.5, std: float = 0.5
) -> nn.Module:
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
