"""Tell whether two images show the same class."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor
from torch.nn import functional as F

from proofsheet.losses.contrastive import contrastive_loss, euclidean
from proofsheet.losses.triplet import triplet_loss
from proofsheet.tasks.pairs import sample_pairs, sample_triplets

if TYPE_CHECKING:
    from proofsheet.declare.tasks.verify import VerificationLoss
    from proofsheet.declare.tasks.verify import VerifyTraining as Settings
    from proofsheet.models.embedding import Embedding


class Verification:
    """One of three losses on embeddings; all of them share the sampling of partners."""

    of_a_class = 2

    def __init__(self, loss: VerificationLoss):
        self.name = loss.name
        # The declaration insists on a margin for the losses that use one.
        self.margin = cast(float, loss.margin)

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        sample = sample_triplets if self.name == "triplet" else sample_pairs
        return sample(labels, count, generator)

    def terms(self, model: Embedding, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        embedded = model(images.flatten(0, 1)).unflatten(0, images.shape[:2])
        return self.terms_of_embedded(model, embedded.float(), labels)

    def terms_of_embedded(
        self, model: Embedding, embedded: Tensor, labels: Tensor
    ) -> dict[str, Tensor]:
        """The same of images that ``model`` has embedded, ``float32 (B, K, E)``: small distances
        are differences of large numbers."""
        if self.name == "triplet":
            anchor, positive, negative = embedded.unbind(dim=1)
            return {"loss": triplet_loss(anchor, positive, negative, self.margin)}
        first, second = embedded.unbind(dim=1)
        same = (labels[:, 0] == labels[:, 1]).float()
        if self.name == "contrastive":
            return {"loss": contrastive_loss(first, second, same, self.margin)}
        logits = model.logit(first, second)
        return {"loss": F.binary_cross_entropy_with_logits(logits, same)}

    def score(self, model: Embedding, first: Tensor, second: Tensor) -> Tensor:
        """How much two embeddings ``(B, E)`` look alike, ``(B,)``: a logit, or minus a distance."""
        if self.name == "bce":
            return model.logit(first, second)
        return -euclidean(first, second)


def objective(settings: Settings, classes: list[str]) -> Verification:
    return Verification(settings.loss)
