"""Autoencoders that also classify, and their encoder alone."""

import itertools
import math

import torch
from torch import Tensor, nn

from proofsheet.models.normalise import Normalise
from proofsheet.models.sizes import require_pixels


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
        return self.head(torch.relu(codes)).float()

    def forward(self, images: Tensor) -> Tensor:
        return self.classify(self.encode(images))


def conv(
    *, image_shape: tuple[int, int, int], classes: int, code: int = 128, width: int = 16
) -> Autoencoder:
    """Three layers to the code, two strided convolutions and a dense one, and three back.

    :param code: numbers that an image is reduced to.
    :param width: channels of the first convolution; the second has twice as many.
    """
    require_pixels("autoencoder.conv", image_shape, 4, step=4)
    channels, height, image_width = image_shape
    small = (2 * width, height // 4, image_width // 4)
    flat = small[0] * small[1] * small[2]
    decoder = nn.Sequential(
        nn.Linear(code, flat),
        nn.ReLU(),
        nn.Unflatten(1, small),
        nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.ConvTranspose2d(width, channels, 4, stride=2, padding=1),
    )
    return Autoencoder(_encoder(image_shape, code, width), decoder, nn.Linear(code, classes))


def dense(
    *,
    image_shape: tuple[int, int, int],
    classes: int,
    hidden: tuple[int, ...] = (512,),
    code: int = 128,
    dropout: float = 0.0,
    code_dropout: float = 0.0,
) -> Autoencoder:
    """Dense layers with ReLU to the code, and as many back.

    :param hidden: units of the layers before the code.
    :param code: numbers that an image is reduced to.
    :param dropout: chance that a hidden unit, of encoder or decoder, is left out of a training step
        (Srivastava et al. 2014, "Dropout").
    :param code_dropout: the same of a number of the code.
    """
    sizes = [math.prod(image_shape), *hidden, code]
    encoder: list[nn.Module] = [Normalise(0.5, 0.5), nn.Flatten()]
    decoder: list[nn.Module] = []
    for wide, narrow in itertools.pairwise(sizes):
        encoder += [nn.Linear(wide, narrow), nn.ReLU(), nn.Dropout(dropout)]
    encoder[-1] = nn.Dropout(code_dropout)
    for narrow, wide in itertools.pairwise(reversed(sizes)):
        decoder += [nn.Linear(narrow, wide), nn.ReLU(), nn.Dropout(dropout)]
    decoder[-2:] = [nn.Unflatten(1, image_shape)]
    return Autoencoder(nn.Sequential(*encoder), nn.Sequential(*decoder), nn.Linear(code, classes))


def encoder(
    *, image_shape: tuple[int, int, int], classes: int, code: int = 128, width: int = 16
) -> nn.Module:
    """The encoder and the linear classifier of :func:`conv`, without a decoder."""
    return nn.Sequential(_encoder(image_shape, code, width), nn.ReLU(), nn.Linear(code, classes))


def _encoder(image_shape: tuple[int, int, int], code: int, width: int) -> nn.Module:
    channels, height, image_width = image_shape
    return nn.Sequential(
        nn.Conv2d(channels, width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(2 * width * (height // 4) * (image_width // 4), code),
    )
