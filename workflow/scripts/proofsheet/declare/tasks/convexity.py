"""Train five pairs of linear network and loss side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from proofsheet.declare.quantity import PAIRS, Array, Metric
from proofsheet.declare.tasks.logistic import TwoClasses
from proofsheet.declare.training import Evaluation, Training, arrays, metrics


class ConvexityTraining(Training):
    """Train on two classes of a data set."""

    task: Literal["convexity"]
    """Five linear networks side by side."""
    between: TwoClasses
    """The two classes, by name."""

    def terms(self) -> list[str]:
        return ["loss", *PAIRS]


class ConvexityEvaluation(Evaluation):
    """Take Hessians and chords at random points."""

    task: Literal["convexity"]
    """As the training declares it; left out in a write-up."""
    points: Annotated[int, Field(gt=0, le=100_000)] = 100
    """Points at which the Hessian is taken."""
    chords: Annotated[int, Field(gt=0, le=1_000_000)] = 1_000
    """Chords on which the loss is held against the straight line."""

    def measures(self, training: Training) -> list[Metric | Array]:
        found = "points chords min_eigenvalue negative_points chord_violations chord_excess"
        return [
            *(one for pair in PAIRS for one in metrics("", found, pair)),
            *arrays("pairs eigenvalues"),
        ]
