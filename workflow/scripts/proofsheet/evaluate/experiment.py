"""Evaluate all seeds of an experiment."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import torch

from proofsheet.data.splits import Images
from proofsheet.declare.training import Evaluation, Training
from proofsheet.evaluate.layers import Layer, summarise
from proofsheet.tasks.task import (
    HistoryRow,
    Measurements,
    Objective,
    Row,
    TrainedModel,
    evaluation_of,
    objective_for,
)
from proofsheet.train.device import use_threads


class Evaluated(NamedTuple):
    """What becomes metrics.csv, arrays.npz and layers.csv.

    ``metrics`` are rows (seed, split, case, quantity, value); ``arrays`` have the seeds, in order,
    as their first axis, or the first seed alone; ``layers`` are those of the network.
    """

    metrics: list[tuple[int, str, str, str, float]]
    arrays: dict[str, np.ndarray]
    layers: list[Layer]


def evaluate(
    seeds: dict[int, TrainedModel], options: Evaluation, classifier: TrainedModel | None
) -> Evaluated:
    """Look at every seed of an experiment.

    To a task's own metrics come those of :func:`last_epoch`; without a split ``parameters`` and
    the ``multiply_adds`` of one image; and of ``train`` how many ``images`` it trained on, in how
    many ``steps``.

    :param options: the experiment's ``evaluate`` settings.
    :param classifier: the one that judges legibility, where the task asks for one.
    """
    rows: list[tuple[int, str, str, str, float]] = []
    stacks: dict[str, list[np.ndarray]] = {}
    layers: list[Layer] = []
    for number, (seed, trained) in enumerate(seeds.items()):
        settings = trained.settings
        use_threads(settings.threads, settings.deterministic)
        objective = objective_for(settings, trained.classes)
        own: Measurements = evaluation_of(settings.task).evaluate(
            trained, options, seed, classifier
        )
        layers = summarise(trained.model, objective, trained.images["train"])
        model: list[Row] = [
            ("", "", "parameters", sum(layer.parameters for layer in layers)),
            ("", "", "multiply_adds", sum(layer.multiply_adds for layer in layers)),
            *work(objective, settings, trained.images["train"]),
        ]
        rows += [(seed, *row) for row in (*last_epoch(trained.history), *own.metrics, *model)]
        for name, array in (own.arrays if number else own.arrays | own.of_first()).items():
            stacks.setdefault(name, []).append(array)
    return Evaluated(rows, {name: np.stack(arrays) for name, arrays in stacks.items()}, layers)


def last_epoch(history: list[HistoryRow]) -> list[Row]:
    """Every quantity of the last epoch, and the gaps between validation and training.

    ``loss_gap`` is validation minus training loss, both evaluated after the last epoch;
    ``loss_gap_relative`` is that over the training loss; ``loss_rise`` is how far the validation
    loss ends above its lowest epoch, relative to that lowest value. Relative to a loss of 0 both
    are NaN. ``accuracy_gap``, of tasks that have one, is training minus validation accuracy.
    """
    end = max(row.epoch for row in history)
    metrics: list[Row] = [
        (row.split, "", row.quantity, row.value) for row in history if row.epoch == end
    ]
    final = {(split, quantity): value for split, _, quantity, value in metrics}
    train, val = final["train", "loss"], final["val", "loss"]
    lowest = min(row.value for row in history if (row.split, row.quantity) == ("val", "loss"))
    gaps = {
        "loss_gap": val - train,
        "loss_gap_relative": _relative(val - train, train),
        "loss_rise": _relative(val - lowest, lowest),
    }
    if ("val", "accuracy") in final:
        gaps["accuracy_gap"] = final["train", "accuracy"] - final["val", "accuracy"]
    return metrics + [("", "", name, value) for name, value in gaps.items()]


def work(objective: Objective, settings: Training, images: Images) -> list[Row]:
    """How many different images an epoch samples, of which a task may leave some out, and how many
    steps the optimiser takes in all epochs."""
    rows = objective.sample(images.labels, len(images), torch.Generator().manual_seed(0))
    steps = settings.epochs * math.ceil(len(rows) / settings.batch_size)
    return [("train", "", "images", len(rows[:, 0].unique())), ("train", "", "steps", steps)]


def _relative(difference: float, reference: float) -> float:
    return difference / reference if reference else math.nan
