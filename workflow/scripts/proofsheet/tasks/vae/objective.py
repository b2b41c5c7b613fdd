"""Reconstruct images through a small random code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from proofsheet.losses.kl import kl_per_dimension
from proofsheet.losses.reconstruction import reconstruction_loss
from proofsheet.tasks.task import whole_passes

if TYPE_CHECKING:
    from proofsheet.declare.tasks.vae import VaeLoss
    from proofsheet.declare.tasks.vae import VaeTraining as Settings
    from proofsheet.models.vae import Vae


class Reconstruction:
    """Negative evidence lower bound: reconstruction plus ``beta`` times the KL term."""

    def __init__(self, loss: VaeLoss):
        self.loss = loss

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        passes = -(-count // len(labels))
        return whole_passes(len(labels), passes, generator)[:, None]

    def terms(self, model: Vae, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        originals = images[:, 0]
        mean, log_variance = model.encode(originals)
        logits = model.decode(model.sample(mean, log_variance))
        reconstruction = reconstruction_loss(
            logits, originals, self.loss.reconstruction, self.loss.reduction
        )
        kl = kl_per_dimension(mean, log_variance).sum(dim=1).mean()
        loss = reconstruction + self.loss.beta * kl
        return {"loss": loss, "reconstruction": reconstruction, "kl": kl}


def objective(settings: Settings, classes: list[str]) -> Reconstruction:
    return Reconstruction(settings.loss)
