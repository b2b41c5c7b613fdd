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
    accuracy = float((predicted == test.labels).double().mean())
    arrays = {"confusion": confusion(test.labels, predicted, trained.classes)}
    return Seed([("test", "accuracy", accuracy)], arrays)


def confusion(truth: Tensor, predicted: Tensor, classes: int) -> np.ndarray:
    """Counts ``int64 (classes, classes)``: rows the truth, columns the prediction."""
    counts = torch.bincount(truth * classes + predicted, minlength=classes**2)
    return counts.reshape(classes, classes).numpy()


def predict(model: nn.Module, images: Images) -> Tensor:
    """The most likely class of each image, ``int64 (N,)``."""
    with torch.no_grad():
        return torch.cat([model(batch).argmax(dim=1) for batch in images.batches(EVALUATION_BATCH)])
