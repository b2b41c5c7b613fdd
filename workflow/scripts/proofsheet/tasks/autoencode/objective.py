"""Reconstruct images through a small code, from which they are also classified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional as F

from proofsheet.losses.reconstruction import reconstruction_loss
from proofsheet.tasks.task import whole_passes

if TYPE_CHECKING:
    from proofsheet.declare.tasks.autoencode import AutoencoderLoss
    from proofsheet.declare.tasks.autoencode import AutoencodeTraining as Settings
    from proofsheet.models.autoencoder import Autoencoder


class Autoencoding:
    """``loss = reconstruction + weight · classification``.

    ``reconstruction`` is the mean squared error of a pixel, of pixels in the declared range;
    ``classification`` the cross-entropy of the true class in nats, absent where it weighs nothing,
    and with it ``accuracy``, the share of images classified correctly.
    """

    def __init__(self, loss: AutoencoderLoss):
        self.loss = loss
        low, high = loss.pixel_range
        # Squared errors of pixels in 0..1 become those of pixels in low..high.
        self.scale = (high - low) ** 2

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        return whole_passes(len(labels), 1, generator)[:, None]

    def terms(self, model: Autoencoder, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        originals = images[:, 0]
        codes = model.encode(with_noise(originals, self.loss.noise))
        reconstruction = self.scale * reconstruction_loss(
            model.decode(codes), originals, self.loss.reconstruction, "mean"
        )
        if not self.loss.weight:
            return {"loss": reconstruction, "reconstruction": reconstruction}
        truth = labels[:, 0]
        logits = model.classify(codes)
        classification = F.cross_entropy(logits, truth)
        return {
            "loss": reconstruction + self.loss.weight * classification,
            "reconstruction": reconstruction,
            "classification": classification,
            "accuracy": (logits.argmax(dim=1) == truth).float().mean(),
        }


def with_noise(
    images: Tensor, deviation: float, generator: torch.Generator | None = None
) -> Tensor:
    """Images in 0..1 plus Gaussian noise of standard ``deviation``, cut off at 0 and 1."""
    if not deviation:
        return images
    noise = torch.randn(images.shape, generator=generator, device=images.device)
    return (images + deviation * noise).clamp(0, 1)


def objective(settings: Settings, classes: list[str]) -> Autoencoding:
    return Autoencoding(settings.loss)
