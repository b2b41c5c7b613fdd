"""Evaluate all seeds of an experiment."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from proofsheet.data.dataset import Dataset
from proofsheet.evaluation.kept import Seed, Trained, final_losses, load_trained

if TYPE_CHECKING:
    from proofsheet.declarations import Training

MetricRow = tuple[int, str, str, float]


def evaluate(
    settings: Training,
    options: Any,
    folders: list[Path],
    dataset: Dataset,
    reader: Trained | None,
) -> tuple[list[MetricRow], dict[str, np.ndarray]]:
    """Metrics of every seed as (seed, split, quantity, value), and arrays stacked over seeds.

    :param options: the experiment's ``evaluate`` settings.
    :param folders: ``runs/<experiment>/seed<k>`` of each seed.
    :param reader: the classifier that judges legibility, where the task asks for one.
    :returns: rows of ``metrics.csv``; arrays of ``arrays.npz``, first axis the seeds in order.
    """
    torch.set_num_threads(settings.threads)
    torch.use_deterministic_algorithms(True)
    task = importlib.import_module(f"proofsheet.evaluation.{settings.task}")
    rows: list[MetricRow] = []
    stacks: dict[str, list[np.ndarray]] = {}
    for folder in folders:
        seed = int(folder.name.removeprefix("seed"))
        trained = load_trained(settings, folder, dataset)
        seen: Seed = task.evaluate(trained, options, seed, reader)
        rows += [(seed, *metric) for metric in [*final_losses(trained.history), *seen.metrics]]
        for name, array in seen.arrays.items():
            stacks.setdefault(name, []).append(array)
    return rows, {name: np.stack(arrays) for name, arrays in stacks.items()}
