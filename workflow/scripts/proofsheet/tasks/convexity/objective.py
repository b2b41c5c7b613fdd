"""Train five pairs of linear network and loss side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from proofsheet.losses.binary import binary_loss
from proofsheet.models.linear import PAIRS, Pairs
from proofsheet.tasks.two_classes import class_indices, rows_of_two

if TYPE_CHECKING:
    from proofsheet.declare.tasks.convexity import ConvexityTraining as Settings


class LinearPairs:
    """The loss of each pair, and their sum to minimise: they share no weight, so each trains as if
    it were alone."""

    def __init__(self, settings: Settings, classes: list[str]):
        self.first, self.second = class_indices(settings.between, classes)

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        rows = rows_of_two(labels, self.first, self.second)
        return rows[torch.randperm(len(rows), generator=generator)][:, None]

    def terms(self, model: Pairs, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        truth = (labels[:, 0] == self.second).float()
        losses = {
            name: binary_loss(logits.float(), truth, PAIRS[name][1]).mean()
            for name, logits in model(images[:, 0]).items()
        }
        return {"loss": torch.stack(list(losses.values())).sum(), **losses}


def objective(settings: Settings, classes: list[str]) -> LinearPairs:
    return LinearPairs(settings, classes)
