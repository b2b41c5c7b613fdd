import math

import pytest
import torch

from proofsheet.losses.contrastive import contrastive_loss


def by_hand(first, second, same, margin):
    total = 0.0
    for a, b, y in zip(first.tolist(), second.tolist(), same.tolist(), strict=True):
        distance = math.sqrt(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)))
        total += 0.5 * (y * distance**2 + (1 - y) * max(0.0, margin - distance) ** 2)
    return total / len(first)


@pytest.mark.parametrize("margin", [0.5, 1.0, 4.0])
def test_equals_a_loop_over_pairs(margin):
    generator = torch.Generator().manual_seed(0)
    first, second = torch.randn(2, 17, 5, generator=generator)
    same = (torch.arange(17) % 3 == 0).float()
    loss = contrastive_loss(first, second, same, margin)
    assert loss.item() == pytest.approx(by_hand(first, second, same, margin), rel=1e-5)


def test_different_pairs_beyond_the_margin_cost_nothing():
    first, second = torch.zeros(1, 2), torch.tensor([[3.0, 4.0]])
    assert contrastive_loss(first, second, torch.zeros(1), margin=5.0) == 0


def test_gradient_is_finite_where_a_pair_coincides():
    first = torch.zeros(2, 3, requires_grad=True)
    contrastive_loss(first, torch.zeros(2, 3), torch.tensor([1.0, 0.0]), 1.0).backward()
    assert torch.isfinite(first.grad).all()
