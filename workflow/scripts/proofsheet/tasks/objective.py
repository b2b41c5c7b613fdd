"""What every task tells the training loop."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Protocol, cast

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from proofsheet.declarations.training import Training


class Objective(Protocol):
    """A task: which images to draw, and what to minimise on them."""

    def draw(self, labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
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


def objective_for(settings: Training, classes: list[str]) -> Objective:
    """The objective of ``settings.task``, from the module of that name.

    :param classes: the data set's, by label.
    """
    module = importlib.import_module(f"proofsheet.tasks.{settings.task}")
    return cast(Objective, module.objective(settings, classes))


def build_model(settings: Training, image_shape: tuple[int, int, int], classes: int) -> nn.Module:
    """The declared model with fresh weights from torch's current random state."""
    arguments = dict(vars(settings.model))
    module, function = arguments.pop("name").split(".")
    build = getattr(importlib.import_module(f"proofsheet.models.{module}"), function)
    return cast(nn.Module, build(image_shape=image_shape, classes=classes, **arguments))


def whole_passes(images: int, passes: int, generator: torch.Generator) -> Tensor:
    """All images in random order, ``passes`` times over, ``int64 (passes · images,)``."""
    return torch.cat([torch.randperm(images, generator=generator) for _ in range(passes)])
