"""Contrastive loss on pairs. Hadsell, Chopra, LeCun (2006), "Dimensionality Reduction by Learning
an Invariant Mapping", equation 4."""

import torch
from torch import Tensor


def contrastive_loss(first: Tensor, second: Tensor, same: Tensor, margin: float) -> Tensor:
    """Pull pairs of one class together, push others apart up to ``margin``.

    ``½·D²`` for pairs of the same class and ``½·max(0, margin − D)²`` for others, where ``D`` is
    the Euclidean distance between the two embeddings; mean over pairs.

    :param first: embeddings ``(B, E)``, any real values.
    :param second: embeddings ``(B, E)``.
    :param same: ``(B,)``, 1 for a pair of one class, 0 otherwise.
    :param margin: distance beyond which different pairs cost nothing, in embedding units.
    :returns: scalar, at least 0.
    """
    distance = euclidean(first, second)
    pull = same * distance.square()
    push = (1 - same) * (margin - distance).clamp(min=0).square()
    return 0.5 * (pull + push).mean()


def euclidean(first: Tensor, second: Tensor) -> Tensor:
    """Euclidean distance of each row, ``(B,)``.

    Equal rows give the square root of 1e-12 instead of 0, where the gradient would be infinite.
    """
    return torch.sqrt((first - second).square().sum(dim=1).clamp(min=1e-12))
