"""Triplet loss. Schroff, Kalenichenko, Philbin (2015), "FaceNet", equation 2."""

from torch import Tensor


def triplet_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float) -> Tensor:
    """``max(0, ‖a − p‖² − ‖a − n‖² + margin)``, mean over triplets (the paper sums).

    :param anchor: embeddings ``(B, E)``; the paper scales them to length 1, so does our model.
    :param positive: embeddings ``(B, E)`` of the anchor's class.
    :param negative: embeddings ``(B, E)`` of another class.
    :param margin: in squared embedding units; FaceNet uses 0.2.
    :returns: scalar, at least 0. Triplets that keep the margin count as 0 in the mean.
    """
    near = (anchor - positive).square().sum(dim=1)
    far = (anchor - negative).square().sum(dim=1)
    return (near - far + margin).clamp(min=0).mean()
