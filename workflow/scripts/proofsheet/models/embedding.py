"""Networks that map an image to a point, for verification."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Embedding(nn.Module):
    """A convolutional trunk, and a learned similarity on top for the losses that want a logit.

    ``forward`` gives the embedding ``(B, E)`` of images ``(B, C, H, W)`` in 0..1.
    """

    def __init__(self, image_shape: tuple[int, int, int], dimension: int, unit_length: bool):
        super().__init__()
        channels, height, width = image_shape
        flat = 32 * -(-height // 4) * -(-width // 4)  # two strides of 2, rounded up
        self.trunk = nn.Sequential(
            nn.Conv2d(channels, 16, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(16, 32, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(flat, 128),
            nn.ReLU(),
            nn.Linear(128, dimension),
        )
        self.similarity = nn.Linear(dimension, 1)
        self.unit_length = unit_length

    def forward(self, images: Tensor) -> Tensor:
        embedding = self.trunk(images).float()
        return F.normalize(embedding, dim=1) if self.unit_length else embedding

    def logit(self, first: Tensor, second: Tensor) -> Tensor:
        """Logit ``(B,)`` that two embeddings ``(B, E)`` show one class, from ``|a − b|``.

        Koch, Zemel, Salakhutdinov (2015), "Siamese Neural Networks for One-shot Image
        Recognition", section 3.1.
        """
        return self.similarity(torch.abs(first - second)).squeeze(1).float()


def conv(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    dimension: int = 32,
    unit_length: bool = False,
) -> Embedding:
    """Two strided convolutions and two dense layers; ``unit_length`` scales embeddings to 1."""
    return Embedding(image_shape, dimension, unit_length)
