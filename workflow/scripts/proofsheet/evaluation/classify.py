"""How well a classifier tells the classes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from proofsheet.evaluation.kept import Seed, Trained
from proofsheet.splits import Images
from proofsheet.training import EVALUATION_BATCH

if TYPE_CHECKING:
    from proofsheet.declarations import ClassifyEvaluation


def evaluate(
    trained: Trained, settings: ClassifyEvaluation, seed: int, reader: Trained | None
) -> Seed:
    """Test accuracy, 0..1, and the confusion matrix ``(classes, classes)``, rows the truth."""
    test = trained.images["test"]
    predicted = predict(trained.model, test)
    classes = int(test.labels.max()) + 1
    confusion = torch.bincount(test.labels * classes + predicted, minlength=classes**2)
    accuracy = float((predicted == test.labels).double().mean())
    arrays = {"confusion": confusion.reshape(classes, classes).numpy().astype(np.int64)}
    return Seed([("test", "accuracy", accuracy)], arrays)


def predict(model: nn.Module, images: Images) -> Tensor:
    """The most likely class of each image, ``int64 (N,)``."""
    rows = torch.arange(len(images))[:, None]
    with torch.no_grad():
        batches = [
            model(images.batch(batch)[:, 0]).argmax(dim=1) for batch in rows.split(EVALUATION_BATCH)
        ]
    return torch.cat(batches)
