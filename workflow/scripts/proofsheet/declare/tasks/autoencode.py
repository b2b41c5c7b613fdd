"""Reconstruct images through a small code, from which they are also classified."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from proofsheet.declare.quantity import Array, Metric
from proofsheet.declare.strict import Strict
from proofsheet.declare.tasks.classify import classification_measures
from proofsheet.declare.training import Evaluation, Training, arrays, metrics


class AutoencoderLoss(Strict):
    """``reconstruction + weight · classification``."""

    reconstruction: Literal["mse"]
    """Of the image: mean squared error."""
    pixel_range: tuple[float, float] = (0.0, 1.0)
    """The range in which pixels are compared."""
    weight: Annotated[float, Field(ge=0)]
    """Of the classification loss; without a classifier, 0."""
    noise: Annotated[float, Field(ge=0, le=10)] = 0.0
    """Standard deviation of noise on the input, of pixels in 0..1; the target stays clean."""

    @field_validator("pixel_range")
    @classmethod
    def _rises(cls, ends: tuple[float, float]) -> tuple[float, float]:
        if ends[0] >= ends[1]:
            raise ValueError("the first end is not below the second")
        return ends


class AutoencodeTraining(Training):
    """Train an autoencoder."""

    task: Literal["autoencode"]
    """Reconstruct and classify images."""
    loss: AutoencoderLoss
    """What is minimised."""

    def terms(self) -> list[str]:
        classifies = ["classification", "accuracy"] if self.loss.weight else []
        return ["loss", "reconstruction", *classifies]


class AutoencodeEvaluation(Evaluation):
    """Reconstruct, classify and denoise test images."""

    task: Literal["autoencode"]
    """As the training declares it; left out in a write-up."""
    noise: Annotated[float, Field(ge=0, le=10)] = 0.0
    """Standard deviation of the noise to be removed, of pixels in 0..1; 0 asks for none."""

    def measures(self, training: Training) -> list[Metric | Array]:
        measures: list[Metric | Array] = [
            *metrics("test", "psnr close"),
            *metrics("val", "close"),
            *arrays("originals reconstructions"),
        ]
        if self.noise:
            measures += metrics("test", "noisy_psnr denoised_psnr pca_denoised_psnr pca_psnr")
            measures += metrics("test", "denoising_gain denoising_gain_over_pca gain_over_pca")
            measures += arrays("noisy denoised pca_denoised")
        if "classification" in training.terms():
            measures += [*classification_measures(), *metrics("train", "loss_share gradient_share")]
        return measures
