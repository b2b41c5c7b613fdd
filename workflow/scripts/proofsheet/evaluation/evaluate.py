"""Evaluate all seeds of an experiment."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch

from proofsheet.data.dataset import Dataset
from proofsheet.evaluation.kept import Metric, Seed, Trained, final_losses, load_trained
from proofsheet.evaluation.summary import Layer, summarise
from proofsheet.splits import Images
from proofsheet.tasks.objective import Objective, objective_for
from proofsheet.training import use_threads

if TYPE_CHECKING:
    from proofsheet.declarations.training import Training

MetricRow = tuple[int, str, str, float]


class Evaluated(NamedTuple):
    """What becomes metrics.csv, arrays.npz and layers.csv.

    ``metrics`` are rows (seed, split, quantity, value); ``arrays`` have the seeds, in order, as
    their first axis; ``layers`` are those of the network.
    """

    metrics: list[MetricRow]
    arrays: dict[str, np.ndarray]
    layers: list[Layer]


def evaluate(
    settings: Training,
    options: Any,
    folders: list[Path],
    dataset: Dataset,
    reader: Trained | None,
) -> Evaluated:
    """Look at every seed of an experiment.

    To a task's own metrics come, of the split ``model``, ``parameters`` and the ``multiply_adds``
    of one image; and of the split ``train`` ``images``, how many it trained on.

    :param options: the experiment's ``evaluate`` settings.
    :param folders: ``runs/<experiment>/seed<k>`` of each seed.
    :param reader: the classifier that judges legibility, where the task asks for one.
    """
    use_threads(settings.threads, settings.deterministic)
    task = importlib.import_module(f"proofsheet.evaluation.{settings.task}")
    objective = objective_for(settings, dataset.classes)
    rows: list[MetricRow] = []
    stacks: dict[str, list[np.ndarray]] = {}
    for folder in folders:
        seed = int(folder.name.removeprefix("seed"))
        trained = load_trained(settings, folder, dataset)
        seen: Seed = task.evaluate(trained, options, seed, reader)
        layers = summarise(trained.model, objective, trained.images["train"])
        model: list[Metric] = [
            ("model", "parameters", sum(weight.numel() for weight in trained.model.parameters())),
            ("model", "multiply_adds", sum(layer.multiply_adds for layer in layers)),
            ("train", "images", images_used(objective, trained.images["train"])),
        ]
        metrics = [*final_losses(trained.history), *seen.metrics, *model]
        rows += [(seed, *metric) for metric in metrics]
        for name, array in seen.arrays.items():
            stacks.setdefault(name, []).append(array)
    return Evaluated(rows, {name: np.stack(arrays) for name, arrays in stacks.items()}, layers)


def images_used(objective: Objective, images: Images) -> int:
    """How many different images an epoch draws: a task may leave some out."""
    rows = objective.draw(images.labels, len(images), torch.Generator().manual_seed(0))
    return len(rows[:, 0].unique())
