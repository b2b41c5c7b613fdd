"""Losses of one logit against a truth of 0 or 1."""

import torch
from torch import Tensor
from torch.nn import functional as F


def binary_loss(logits: Tensor, truth: Tensor, kind: str) -> Tensor:
    """Loss of each example.

    ``cross-entropy``: ``−y·log σ(z) − (1 − y)·log(1 − σ(z))`` (Bishop 2006, "Pattern Recognition
    and Machine Learning", equation 4.90); ``mse``: ``(σ(z) − y)²``; ``linear-mse``: ``(z − y)²``,
    least squares without the sigmoid.

    :param logits: ``(B,)``, any real values.
    :param truth: ``(B,)``, 0 or 1.
    :returns: ``(B,)``, at least 0; ``cross-entropy`` in nats.
    """
    if kind == "cross-entropy":
        return F.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    outputs = logits.sigmoid() if kind == "mse" else logits
    return (outputs - truth).square()


def binary_slope(logits: Tensor, truth: Tensor, kind: str) -> Tensor:
    """First derivative of :func:`binary_loss` by the logit, ``(B,)``.

    With ``p = σ(z)``: ``p − y`` for ``cross-entropy`` (Bishop 2006, equation 4.91),
    ``2·(p − y)·p·(1 − p)`` for ``mse``, ``2·(z − y)`` for ``linear-mse``.
    """
    probability = logits.sigmoid()
    if kind == "cross-entropy":
        return probability - truth
    if kind == "mse":
        return 2 * (probability - truth) * probability * (1 - probability)
    return 2 * (logits - truth)


def binary_curvature(logits: Tensor, truth: Tensor, kind: str) -> Tensor:
    """Second derivative of :func:`binary_loss` by the logit, ``(B,)``.

    With ``s = p·(1 − p)``: ``s`` for ``cross-entropy`` (Bishop 2006, equation 4.97), never
    negative; ``2·s·(s + (p − y)·(1 − 2p))`` for ``mse``, negative where a confident answer is
    wrong; 2 for ``linear-mse``.
    """
    probability = logits.sigmoid()
    spread = probability * (1 - probability)
    if kind == "cross-entropy":
        return spread
    if kind == "mse":
        return 2 * spread * (spread + (probability - truth) * (1 - 2 * probability))
    return torch.full_like(logits, 2)
