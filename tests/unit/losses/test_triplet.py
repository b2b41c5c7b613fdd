import pytest
import torch

from proofsheet.losses.triplet import triplet_loss


def test_equals_a_loop_over_triplets():
    generator = torch.Generator().manual_seed(0)
    anchor, positive, negative = torch.randn(3, 13, 4, generator=generator)
    total = 0.0
    for a, p, n in zip(anchor.tolist(), positive.tolist(), negative.tolist(), strict=True):
        near = sum((x - y) ** 2 for x, y in zip(a, p, strict=True))
        far = sum((x - y) ** 2 for x, y in zip(a, n, strict=True))
        total += max(0.0, near - far + 0.2)
    loss = triplet_loss(anchor, positive, negative, margin=0.2)
    assert loss.item() == pytest.approx(total / 13, rel=1e-5)


def test_is_zero_with_zero_gradient_once_the_margin_is_kept():
    anchor = torch.zeros(1, 2, requires_grad=True)
    loss = triplet_loss(anchor, torch.tensor([[0.1, 0.0]]), torch.tensor([[2.0, 0.0]]), 0.2)
    loss.backward()
    assert loss == 0
    assert anchor.grad.tolist() == [[0.0, 0.0]]


def test_a_collapsed_embedding_costs_the_margin():
    point = torch.ones(5, 3)
    assert triplet_loss(point, point, point, 0.2).item() == pytest.approx(0.2)
