"""Reconstruct images through a small random code."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from proofsheet.declare.quantity import Array, Metric
from proofsheet.declare.strict import Strict
from proofsheet.declare.training import Evaluation, Training, arrays, metrics


class VaeLoss(Strict):
    """The negative evidence lower bound: ``reconstruction + beta · KL``."""

    reconstruction: Literal["bce", "mse"]
    """Of the image: binary cross-entropy or squared error."""
    reduction: Literal["sum", "mean"]
    """Over the pixels of an image."""
    beta: Annotated[float, Field(ge=0)] = 1.0
    """The weight of the KL term."""


class VaeTraining(Training):
    """Train a variational autoencoder."""

    # The window of SSIM.
    LEAST_SIDE: ClassVar[int] = 11

    task: Literal["vae"]
    """A variational autoencoder."""
    loss: VaeLoss
    """What is minimised."""

    def terms(self) -> list[str]:
        return ["loss", "reconstruction", "kl"]


class VaeEvaluation(Evaluation):
    """Judge its images."""

    task: Literal["vae"]
    """As the training declares it; left out in a write-up."""
    classifier: str
    """The experiment whose network, trained on originals, says which reconstructions it reads."""

    def needs(self) -> list[str]:
        return [self.classifier]

    def measures(self, training: Training) -> list[Metric | Array]:
        return [
            *metrics("test", "bce mse psnr ssim sharpness blurred images_with_detail kl"),
            *metrics("test", "legibility legibility_originals illegible"),
            *arrays("originals reconstructions prior traversal dimensions dimension_kl"),
        ]
