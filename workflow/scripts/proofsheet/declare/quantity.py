"""Naming what is measured: rows of the kept CSV files."""

from __future__ import annotations

import math
from typing import Literal

from proofsheet.declare.strict import Strict

# Between what values of a quantity lie.
Bounds = tuple[float, float]
ANY: Bounds = (-math.inf, math.inf)
SHARE: Bounds = (0.0, 1.0)
NOT_NEGATIVE: Bounds = (0.0, math.inf)

# Metrics that are shares, or lie between 0 and 1 like them.
SHARES = {"accuracy", "balanced_accuracy", "worst_class", "confidence", "sure", "close", "roc_auc",
          "eer", "blurred", "legibility", "legibility_originals", "illegible", "loss_share",
          "gradient_share", "negative_points", "chord_violations", "ece", "brier",
          "loss_not_above", "gradient_not_above"}  # fmt: skip
# Others that nothing makes negative.
POSITIVE = {"loss_rise", "kl", "parameters", "multiply_adds"}
# Others that are one of the epochs trained.
EPOCHS = {"epochs_to_target"}
# Shares of points, and the metric that counts these.
COUNTED = {"negative_points": "points", "chord_violations": "chords", "loss_not_above": "points",
           "gradient_not_above": "points", "blurred": "images_with_detail"}  # fmt: skip
# The cases of the task convexity: pairs of network and loss.
PAIRS = ["one_linear_mse", "one_sigmoid_ce", "one_sigmoid_mse", "two_linear_mse", "two_sigmoid_ce"]
# Sums and means of what is minimised, which nothing makes negative.
LOSSES = {"loss", "running_loss", "reconstruction", "classification", "bce", "mse", "kl"}
DECIBELS = {"psnr", "noisy_psnr", "denoised_psnr", "pca_denoised_psnr", "pca_psnr",
            "denoising_gain", "denoising_gain_over_pca", "gain_over_pca"}  # fmt: skip


# Numbers of things; no share, as the gap between two losses is none.
COUNTS = {"parameters", "multiply_adds", "steps", "images", "points", "chords", "epochs_to_target",
          "loss_gap"}  # fmt: skip


def bounds_of(quantity: str) -> Bounds:
    """Between what the values of a quantity lie."""
    if quantity == "accuracy_gap":
        return (-1.0, 1.0)
    if quantity in SHARES:
        return SHARE
    return NOT_NEGATIVE if quantity in POSITIVE else ANY


def scale_of(quantity: str) -> str:
    """What a printed number of this quantity counts; nothing where that is not known."""
    kinds = {"share": SHARES, "loss": LOSSES, "decibel": DECIBELS}
    return next((kind for kind, names in kinds.items() if quantity in names), "")


class Metric(Strict):
    """A row of ``metrics.csv``, of every seed."""

    split: Literal["train", "val", "test", ""] = ""
    """Images that it was measured on; empty where it speaks of none, or of two splits."""
    case: str = ""
    """Which of several cases it speaks of, where a task has such: a pair of network and loss."""
    quantity: str
    """Its name in ``metrics.csv``."""

    @classmethod
    def of(cls, words: str) -> Metric:
        """From words, as templates name it: ``test accuracy``, ``one_linear_mse chords``."""
        *parts, quantity = words.split()
        splits = [part for part in parts if part in ("train", "val", "test")][:1]
        cases = [part for part in parts if part not in splits]
        return cls(split="".join(splits), case=" ".join(cases), quantity=quantity)  # type: ignore[arg-type]

    @property
    def bounds(self) -> Bounds:
        """Between what its values lie, however long a training is."""
        return bounds_of(self.quantity)

    def __str__(self) -> str:
        return " ".join(filter(None, [self.split, self.case, self.quantity]))


class Series(Strict):
    """A quantity of ``history.csv``, epoch by epoch."""

    split: Literal["train", "val"]
    """Images that it was measured on."""
    quantity: str
    """Its name in ``history.csv``."""

    def __str__(self) -> str:
        return f"{self.split} {self.quantity}"


class BatchSeries(Strict):
    """A quantity of ``steps.csv``, batch by batch of the training images."""

    quantity: str
    """Its name in ``steps.csv``."""

    def __str__(self) -> str:
        return f"{self.quantity} of batches"


class Array(Strict):
    """An array of ``arrays.npz``."""

    array: str
    """Its name in ``arrays.npz``."""

    def __str__(self) -> str:
        return f"array {self.array}"


Readable = Metric | Series | BatchSeries | Array
