"""Logistic regression: tell two classes apart by one linear layer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from proofsheet.declare.quantity import Array, Metric
from proofsheet.declare.strict import Share, Strict
from proofsheet.declare.training import Evaluation, Training, arrays, metrics


def _distinct(classes: list[str]) -> list[str]:
    if len(set(classes)) < len(classes):
        raise ValueError("the same class twice; name two")
    return classes


TwoClasses = Annotated[list[str], Field(min_length=2, max_length=2), AfterValidator(_distinct)]


class LogisticLoss(Strict):
    """A loss of the probability that the sigmoid gives."""

    name: Literal["cross-entropy", "mse"]
    """Which of the two."""


class LogisticTraining(Training):
    """Train on two classes of a data set."""

    task: Literal["logistic"]
    """Tell two classes apart."""
    loss: LogisticLoss
    """What is minimised."""
    between: TwoClasses
    """The two classes, by name."""
    imbalance: Annotated[int, Field(ge=1, le=1_000)] = 1
    """Training images of the first class for one of the second."""

    def terms(self) -> list[str]:
        return ["loss", "accuracy"]


class LogisticEvaluation(Evaluation):
    """Look at probabilities, gradients and speed."""

    task: Literal["logistic"]
    """As the training declares it; left out in a write-up."""
    target_accuracy: Share = 0.95
    """The accuracy whose first epoch is reported."""

    def measures(self, training: Training) -> list[Metric | Array]:
        return [
            *metrics("test", "accuracy balanced_accuracy brier ece confidence sure"),
            *metrics("test", "gradient_at_mistakes"),
            *metrics("val", "epochs_to_target"),
            *(
                one
                for case in ("truth_1", "truth_0")
                for one in metrics("", "points loss_not_above gradient_not_above", case)
            ),
            *arrays("bin_confidence bin_accuracy bin_count"),
        ]
