"""Logistic regression: tell two classes apart by one linear layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from proofsheet.losses.binary import binary_loss
from proofsheet.tasks.two_classes import class_indices, rows_of_two

if TYPE_CHECKING:
    from proofsheet.declare.tasks.logistic import LogisticTraining as Settings
    from proofsheet.models.outputs import BinaryClassifier


class LogisticRegression:
    """The declared loss of ``sigmoid(logit)``, and the share of images classified correctly."""

    def __init__(self, settings: Settings, classes: list[str]):
        self.loss = settings.loss.name
        self.imbalance = settings.imbalance
        self.first, self.second = class_indices(settings.between, classes)

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        rows = rows_of_two(labels, self.first, self.second, self.imbalance)
        return rows[torch.randperm(len(rows), generator=generator)][:, None]

    def terms(self, model: BinaryClassifier, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        truth = (labels[:, 0] == self.second).float()
        logits = model(images[:, 0]).float().squeeze(1)
        accuracy = ((logits > 0) == (truth == 1)).float().mean()
        return {"loss": binary_loss(logits, truth, self.loss).mean(), "accuracy": accuracy}


def objective(settings: Settings, classes: list[str]) -> LogisticRegression:
    return LogisticRegression(settings, classes)
