"""A trained seed, read from its kept files."""

from __future__ import annotations

import csv
from pathlib import Path

from safetensors.torch import load_file

from proofsheet.data.dataset import Dataset
from proofsheet.data.splits import split_images
from proofsheet.declare.experiment import as_training
from proofsheet.declare.training import Training
from proofsheet.errors import ProofsheetError
from proofsheet.files import read_json, sha256
from proofsheet.tasks.task import HistoryRow, TrainedModel, build_model


def load_trained(run: str, weights: str, history: str, dataset: Dataset) -> TrainedModel:
    """Read settings, weights and history of one seed.

    Evaluation runs on the CPU in fp32, whatever the training's device and precision.

    :raises ProofsheetError: where weights or history are not those that the training recorded.
    """
    facts = read_json(run)
    for name, file in (("weights", weights), ("history", history)):
        if sha256(file) != facts[f"{name}_sha256"]:
            raise ProofsheetError(
                f"{file}: checksum differs from that in {run}; delete it, and it is trained anew"
            )
    settings = recorded_settings(run)
    model = build_model(settings, dataset.image_shape, len(dataset.classes))
    model.load_state_dict(load_file(weights))
    images = split_images(dataset, settings, "cpu")
    return TrainedModel(model.eval(), settings, images, dataset.classes, read_history(history))


def recorded_settings(run: str) -> Training:
    """The training settings in a ``run.json``."""
    return as_training(read_json(run)["train"])


def read_history(path: str | Path) -> list[HistoryRow]:
    """Rows of ``history.csv``, without the half second that importing pandas takes."""
    with open(path, newline="", encoding="utf-8") as file:
        return [
            HistoryRow(int(row["epoch"]), row["split"], row["quantity"], float(row["value"]))
            for row in csv.DictReader(file)
        ]
