import math

import pytest
import torch

from proofsheet.losses.reconstruction import reconstruction_loss


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("kind", ["bce", "mse"])
def test_equals_a_loop_over_pixels(kind, reduction):
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(3, 1, 2, 2, generator=generator)
    images = torch.rand(3, 1, 2, 2, generator=generator)
    per_image = []
    for scores, pixels in zip(logits.flatten(1).tolist(), images.flatten(1).tolist(), strict=True):
        values = []
        for score, x in zip(scores, pixels, strict=True):
            y = 1 / (1 + math.exp(-score))
            bce = -(x * math.log(y) + (1 - x) * math.log(1 - y))
            values.append(bce if kind == "bce" else (x - y) ** 2)
        per_image.append(sum(values) / (4 if reduction == "mean" else 1))
    loss = reconstruction_loss(logits, images, kind, reduction)
    assert loss.item() == pytest.approx(sum(per_image) / 3, rel=1e-5)


def test_bce_is_finite_for_extreme_logits():
    loss = reconstruction_loss(
        torch.tensor([[500.0, -500.0]]), torch.tensor([[0.0, 1.0]]), "bce", "sum"
    )
    assert loss.item() == pytest.approx(1000)
