"""What an evaluation reads and what it gives."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from safetensors.torch import load_file
from torch import nn

from proofsheet.data.dataset import Dataset
from proofsheet.splits import Images, split_images
from proofsheet.tasks.objective import build_model

if TYPE_CHECKING:
    from proofsheet.declarations import Training

# A row of metrics.csv: split, quantity, value.
Metric = tuple[str, str, float]


class Seed(NamedTuple):
    """What one trained seed shows: metrics, and arrays by name."""

    metrics: list[Metric]
    arrays: dict[str, np.ndarray]


class Trained(NamedTuple):
    """One trained seed, ready to be looked at."""

    model: nn.Module
    settings: Training
    images: dict[str, Images]
    classes: int
    history: pd.DataFrame


def load_trained(settings: Training, folder: Path, dataset: Dataset) -> Trained:
    """Read weights and history from ``runs/<experiment>/seed<k>``.

    Evaluation runs on the CPU in fp32, whatever the training's device and precision.
    """
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    model.load_state_dict(load_file(folder / "weights.safetensors"))
    images = split_images(dataset, settings.hold_out, "cpu")
    history = pd.read_csv(folder / "history.csv")
    return Trained(model.eval(), settings, images, len(dataset.classes), history)


def final_losses(history: pd.DataFrame) -> list[Metric]:
    """Every quantity of the last epoch, and the gaps between validation and training loss.

    ``gap`` rows: ``loss`` is validation minus training loss, both evaluated after the last epoch;
    ``loss_relative`` is that over the training loss; ``loss_rise`` is how far the validation loss
    ends above its lowest epoch, relative to that lowest value. Relative to a loss of 0 both are
    NaN.
    """
    last = history[history.epoch == history.epoch.max()]
    metrics: list[Metric] = [
        (str(row.split), str(row.quantity), float(row.value)) for row in last.itertuples()
    ]
    final = {(split, quantity): value for split, quantity, value in metrics}
    train, val = final["train", "loss"], final["val", "loss"]
    losses = history[(history.split == "val") & (history.quantity == "loss")].value
    metrics += [
        ("gap", "loss", val - train),
        ("gap", "loss_relative", _relative(val - train, train)),
        ("gap", "loss_rise", _relative(val - float(losses.min()), float(losses.min()))),
    ]
    return metrics


def _relative(difference: float, reference: float) -> float:
    return difference / reference if reference else math.nan
