"""Tell whether two images show the same class."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PositiveFloat, model_validator

from proofsheet.declare.quantity import Array, Metric
from proofsheet.declare.strict import Seed, Strict
from proofsheet.declare.training import Evaluation, Training, arrays, metrics


class VerificationLoss(Strict):
    """A loss on pairs (bce, contrastive) or on triplets."""

    name: Literal["bce", "contrastive", "triplet"]
    """Which of the three."""
    margin: PositiveFloat | None = None
    """Of contrastive and triplet."""

    @model_validator(mode="after")
    def _margin_fits(self) -> VerificationLoss:
        if (self.margin is None) != (self.name == "bce"):
            raise ValueError("bce takes no margin; contrastive and triplet need one")
        return self


class VerifyTraining(Training):
    """Train an embedding with a verification loss."""

    LEAST_CLASSES: ClassVar[int] = 2
    LEAST_OF_A_CLASS: ClassVar[int] = 2

    task: Literal["verify"]
    """Tell whether two images show the same class."""
    loss: VerificationLoss
    """What is minimised."""


class VerifyEvaluation(Evaluation):
    """Verify pairs of every split."""

    task: Literal["verify"]
    """As the training declares it; left out in a write-up."""
    pairs: Annotated[int, Field(gt=0, le=1_000_000)] = 10_000
    """Pairs of each split."""
    pairs_seed: Seed = 0
    """The seed by which they are drawn, the same for all trainings."""
    map_images: Annotated[int, Field(ge=5, le=10_000)] = 1_000
    """Test images in the map of embeddings."""

    def measures(self, training: Training) -> list[Metric | Array]:
        return [
            *(
                one
                for split in ("train", "val", "test")
                for one in metrics(split, "accuracy roc_auc eer")
            ),
            *metrics("", "accuracy_gap roc_auc_gap"),
            *arrays("threshold fpr tpr edges same different map map_labels"),
        ]
