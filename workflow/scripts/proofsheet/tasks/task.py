"""What every task tells the training loop and the evaluation."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

import numpy as np
import torch
from torch import Tensor, nn

from proofsheet.data.splits import Images

if TYPE_CHECKING:
    from proofsheet.declare.training import Training

# A row of metrics.csv: split, case, quantity, value.
Row = tuple[str, str, str, float]


class Objective(Protocol):
    """A task: which images to sample, and what to minimise on them.

    One that compares images says in ``of_a_class`` how many it takes of one class. It may have
    ``terms_of_embedded(model, embedded, labels)`` too, the terms of what the model makes of them,
    ``(B, K, E)``: evaluation then embeds each image once.
    """

    def sample(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
        """Rows of image indices ``int64 (M, K)`` in random order.

        :param labels: ``int64 (N,)``. ``K`` is 1 for single images, 2 for pairs, 3 for triplets.
        :param count: rows wanted, at least ``N``. Single images come in whole passes, so that each
            counts the same and ``M`` may be larger; where nothing is random, in one pass.
        """

    def terms(self, model: Any, images: Tensor, labels: Tensor) -> dict[str, Tensor]:
        """Scalars, each a mean over the batch; ``"loss"`` is the one to minimise.

        :param images: ``float (B, K, C, H, W)`` in 0..1.
        :param labels: ``int64 (B, K)``.
        """


class TrainedModel(NamedTuple):
    """One trained seed, ready to be evaluated; ``history`` is that of its training."""

    model: nn.Module
    settings: Training
    images: dict[str, Images]
    classes: list[str]
    history: list[HistoryRow]


class HistoryRow(NamedTuple):
    """A row of history.csv."""

    epoch: int
    split: str
    quantity: str
    value: float


class Measurements(NamedTuple):
    """What one trained seed shows: rows of metrics, and arrays by name.

    ``of_first`` gives arrays that figures show of the first seed alone, where they take long.
    """

    metrics: list[Row]
    arrays: dict[str, np.ndarray]
    of_first: Callable[[], dict[str, np.ndarray]] = dict


def objective_for(settings: Training, classes: list[str]) -> Objective:
    """The objective of ``settings.task``.

    :param classes: the data set's, by label.
    """
    module = importlib.import_module(f"proofsheet.tasks.{settings.task}.objective")
    return cast(Objective, module.objective(settings, classes))


def evaluation_of(task: str) -> Any:
    """The module that evaluates a task."""
    return importlib.import_module(f"proofsheet.tasks.{task}.evaluation")


def build_model(settings: Training, image_shape: tuple[int, int, int], classes: int) -> nn.Module:
    """The declared model with fresh weights from torch's current random state."""
    module, function = settings.model.name.split(".")
    build = getattr(importlib.import_module(f"proofsheet.models.{module}"), function)
    built = build(image_shape=image_shape, classes=classes, **settings.model.arguments)
    return cast(nn.Module, built)


def whole_passes(images: int, passes: int, generator: torch.Generator) -> Tensor:
    """All images in random order, ``passes`` times over, ``int64 (passes · images,)``."""
    return torch.cat([torch.randperm(images, generator=generator) for _ in range(passes)])


def to_uint8(images: Tensor) -> Tensor:
    """Images in 0..1 in the 256 grey levels of the originals, ``uint8`` in 0..255."""
    return (images * 255).round().to(torch.uint8)
