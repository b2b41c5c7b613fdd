"""Say which class an image shows."""

from __future__ import annotations

from typing import Literal

from proofsheet.declare.quantity import Array, Metric
from proofsheet.declare.training import Evaluation, Training, arrays, metrics


class ClassifyTraining(Training):
    """Train a classifier with cross-entropy."""

    task: Literal["classify"]
    """Say which class an image shows."""

    def terms(self) -> list[str]:
        return ["loss", "accuracy"]


class ClassifyEvaluation(Evaluation):
    """Classify the test images."""

    task: Literal["classify"]
    """As the training declares it; left out in a write-up."""

    def measures(self, training: Training) -> list[Metric | Array]:
        return classification_measures()


def classification_measures() -> list[Metric | Array]:
    """What is measured of every network that classifies."""
    return [
        *metrics("test", "accuracy classification worst_class"),
        *arrays("confusion class_names mistakes mistakes_truth mistakes_predicted"),
        *arrays("mistakes_confidence examples examples_truth examples_predicted"),
        *arrays("examples_confidence"),
    ]
