import math

import pytest
import torch

from proofsheet.losses.binary import binary_curvature, binary_loss, binary_slope

KINDS = ("cross-entropy", "mse", "linear-mse")


def test_losses_by_hand():
    # σ(log 3) = 3/4.
    logits, truth = torch.tensor([math.log(3)] * 2), torch.tensor([1.0, 0.0])
    assert binary_loss(logits, truth, "cross-entropy").tolist() == pytest.approx(
        [math.log(4 / 3), math.log(4)]
    )
    assert binary_loss(logits, truth, "mse").tolist() == pytest.approx([1 / 16, 9 / 16])
    assert binary_loss(logits, truth, "linear-mse").tolist() == pytest.approx(
        [(math.log(3) - 1) ** 2, math.log(3) ** 2]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_slope_and_curvature_are_the_derivatives(kind):
    logits = torch.linspace(-4, 4, 9, dtype=torch.float64).repeat(2)
    truth = torch.arange(18) // 9
    step = 1e-4
    up, here, down = (
        binary_loss(logits + shift, truth.double(), kind) for shift in (step, 0, -step)
    )
    slope = binary_slope(logits, truth.double(), kind)
    curvature = binary_curvature(logits, truth.double(), kind)
    torch.testing.assert_close(slope, (up - down) / (2 * step), atol=1e-6, rtol=0)
    torch.testing.assert_close(curvature, (up - 2 * here + down) / step**2, atol=1e-6, rtol=0)


def test_cross_entropy_pulls_on_a_confident_mistake_where_mse_lets_go():
    logits, truth = torch.tensor([-12.0]), torch.tensor([1.0])
    assert binary_slope(logits, truth, "cross-entropy").item() == pytest.approx(-1, abs=1e-4)
    assert binary_slope(logits, truth, "mse").item() == pytest.approx(0, abs=1e-4)
