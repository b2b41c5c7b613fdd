"""Tell which class an image shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional as F

from proofsheet.tasks.task import whole_passes

if TYPE_CHECKING:
    from proofsheet.declare.tasks.classify import ClassifyTraining as Settings
    from proofsheet.models.outputs import Classifier


class Classification:
    """Cross-entropy of the true class in nats, and the share of images classified correctly."""

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        return whole_passes(len(labels), 1, generator)[:, None]

    def terms(self, model: Classifier, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        truth = labels[:, 0]
        logits = model(images[:, 0]).float()
        accuracy = (logits.argmax(dim=1) == truth).float().mean()
        return {"loss": F.cross_entropy(logits, truth), "accuracy": accuracy}


def objective(settings: Settings, classes: list[str]) -> Classification:
    return Classification()
