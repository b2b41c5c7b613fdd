"""Seeded sampling of pairs and triplets of images."""

import torch
from torch import Tensor

from proofsheet.tasks.task import whole_passes


def sample_pairs(labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """``count`` pairs, half of one class and half of two, in random order.

    The first image runs through all images in random order (again from the start where ``count``
    is larger); its partner is uniform among the images of the same class other than itself, or
    among all images of other classes. With an odd ``count`` the same-class half is the smaller.

    :param labels: ``int64 (N,)`` with at least two classes, each with at least two images.
    :returns: ``int64 (count, 2)``, image indices.
    """
    first = _anchors(len(labels), count, generator)
    same = torch.arange(count) % 2 == 1
    second = torch.where(
        same, _partner(labels, first, generator), _stranger(labels, first, generator)
    )
    order = torch.randperm(count, generator=generator)
    return torch.stack([first, second], dim=1)[order]


def sample_triplets(labels: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """``count`` triplets of anchor, positive, negative, sampled as pairs are.

    :returns: ``int64 (count, 3)``, image indices.
    """
    anchor = _anchors(len(labels), count, generator)
    positive = _partner(labels, anchor, generator)
    negative = _stranger(labels, anchor, generator)
    return torch.stack([anchor, positive, negative], dim=1)


def _anchors(images: int, count: int, generator: torch.Generator) -> Tensor:
    return whole_passes(images, -(-count // images), generator)[:count]


def _partner(labels: Tensor, anchor: Tensor, generator: torch.Generator) -> Tensor:
    """Uniform among the other images of the anchor's class: a step of 1..size−1 around a ring."""
    by_class, start, size, place = _class_layout(labels)
    own = labels[anchor]
    step = 1 + _below(size[own] - 1, generator)
    return by_class[start[own] + (place[anchor] + step) % size[own]]


def _stranger(labels: Tensor, anchor: Tensor, generator: torch.Generator) -> Tensor:
    """Uniform among the images of all other classes: skip the anchor's own block."""
    by_class, start, size, _ = _class_layout(labels)
    own = labels[anchor]
    row = _below(len(labels) - size[own], generator)
    return by_class[torch.where(row >= start[own], row + size[own], row)]


def _class_layout(labels: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Images sorted by class; each class's start and size there; each image's place in it."""
    by_class = torch.argsort(labels, stable=True)
    size = torch.bincount(labels)
    start = size.cumsum(0) - size
    place = torch.empty_like(by_class)
    place[by_class] = torch.arange(len(labels)) - start[labels[by_class]]
    return by_class, start, size, place


def _below(limit: Tensor, generator: torch.Generator) -> Tensor:
    """Uniform integers in ``0..limit−1``, one for each element of ``limit``."""
    uniform = torch.rand(limit.shape, generator=generator, dtype=torch.float64)
    return (uniform * limit).long()
