"""What an evaluation reads and what it gives."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from proofsheet.data.dataset import Dataset
from proofsheet.splits import Images, split_images
from proofsheet.tasks.objective import build_model

if TYPE_CHECKING:
    from proofsheet.declarations.training import Training

# A row of metrics.csv: split, quantity, value.
Metric = tuple[str, str, float]


def levels(images: Tensor) -> Tensor:
    """Images in 0..1 in the 256 levels of the originals, ``uint8`` in 0..255."""
    return (images * 255).round().to(torch.uint8)


class HistoryRow(NamedTuple):
    """A row of history.csv."""

    epoch: int
    split: str
    quantity: str
    value: float


class Seed(NamedTuple):
    """What one trained seed shows: metrics, and arrays by name."""

    metrics: list[Metric]
    arrays: dict[str, np.ndarray]


class Trained(NamedTuple):
    """One trained seed, ready to be looked at."""

    model: nn.Module
    settings: Training
    images: dict[str, Images]
    classes: list[str]
    history: list[HistoryRow]


def load_trained(settings: Training, folder: Path, dataset: Dataset) -> Trained:
    """Read weights and history from ``runs/<experiment>/seed<k>``.

    Evaluation runs on the CPU in fp32, whatever the training's device and precision.
    """
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    model.load_state_dict(load_file(folder / "weights.safetensors"))
    images = split_images(dataset, settings, "cpu")
    return Trained(model.eval(), settings, images, dataset.classes, read_history(folder))


def read_history(folder: Path) -> list[HistoryRow]:
    """Rows of ``history.csv``, without the half second that importing pandas takes."""
    with open(folder / "history.csv", newline="", encoding="utf-8") as file:
        return [
            HistoryRow(int(row["epoch"]), row["split"], row["quantity"], float(row["value"]))
            for row in csv.DictReader(file)
        ]


def final_losses(history: list[HistoryRow]) -> list[Metric]:
    """Every quantity of the last epoch, and the gaps between validation and training.

    ``gap`` rows: ``loss`` is validation minus training loss, both evaluated after the last epoch;
    ``loss_relative`` is that over the training loss; ``loss_rise`` is how far the validation loss
    ends above its lowest epoch, relative to that lowest value. Relative to a loss of 0 both are
    NaN. ``accuracy``, of tasks that have one, is training minus validation accuracy.
    """
    end = max(row.epoch for row in history)
    metrics: list[Metric] = [
        (row.split, row.quantity, row.value) for row in history if row.epoch == end
    ]
    final = {(split, quantity): value for split, quantity, value in metrics}
    train, val = final["train", "loss"], final["val", "loss"]
    lowest = min(row.value for row in history if (row.split, row.quantity) == ("val", "loss"))
    metrics += [
        ("gap", "loss", val - train),
        ("gap", "loss_relative", _relative(val - train, train)),
        ("gap", "loss_rise", _relative(val - lowest, lowest)),
    ]
    if ("val", "accuracy") in final:
        metrics.append(("gap", "accuracy", final["train", "accuracy"] - final["val", "accuracy"]))
    return metrics


def _relative(difference: float, reference: float) -> float:
    return difference / reference if reference else math.nan
