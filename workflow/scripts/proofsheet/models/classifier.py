"""Image classifiers: images ``(B, C, H, W)`` in 0..1 to logits ``(B, classes)``."""

from torch import nn


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
