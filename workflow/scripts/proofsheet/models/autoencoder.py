"""Autoencoders that also classify."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from torch import Tensor, nn

from proofsheet.models.normalise import Normalise

if TYPE_CHECKING:
    from proofsheet.declare.strict import Dropout


class Autoencoder(nn.Module):
    """Encoder and decoder of images, and a linear classifier on the code.

    ``encode`` maps images ``(B, C, H, W)`` in 0..1 to codes ``(B, Z)``, ``decode`` maps codes to
    logits ``(B, C, H, W)`` whose sigmoid is the image, ``classify`` maps them to ``(B, classes)``.
    """

    def __init__(self, encoder: nn.Module, decoder: nn.Module, head: nn.Module):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.head = head

    def encode(self, images: Tensor) -> Tensor:
        return self.encoder(images)

    def decode(self, codes: Tensor) -> Tensor:
        return self.decoder(codes).float()

    def classify(self, codes: Tensor) -> Tensor:
        return self.head(codes).float()

    def forward(self, images: Tensor) -> Tensor:
        return self.classify(self.encode(images))


def dense(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    hidden: tuple[int, ...] = (),
    code: int = 128,
    code_dropout: Dropout = 0.0,
) -> Autoencoder:
    """Dense layers with ReLU to the code, and as many back; a linear classifier on the code.

    :param hidden: units of the layers before the code; without any, image, code and image are the
        three layers.
    :param code: numbers that an image is reduced to.
    :param code_dropout: chance that a number of the code is left out of a training step
        (Srivastava et al. 2014, "Dropout").
    """
    sizes = [math.prod(image_shape), *hidden, code]
    encoder: list[nn.Module] = [Normalise(0.5, 0.5), nn.Flatten()]
    decoder: list[nn.Module] = []
    for wide, narrow in itertools.pairwise(sizes):
        encoder += [nn.Linear(wide, narrow), nn.ReLU()]
    if code_dropout:
        encoder.append(nn.Dropout(code_dropout))
    for narrow, wide in itertools.pairwise(reversed(sizes)):
        decoder += [nn.Linear(narrow, wide), nn.ReLU()]
    decoder[-1] = nn.Unflatten(1, image_shape)
    return Autoencoder(nn.Sequential(*encoder), nn.Sequential(*decoder), nn.Linear(code, classes))
