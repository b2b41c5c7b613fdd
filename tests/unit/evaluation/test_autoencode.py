from types import SimpleNamespace

import pytest
import torch

from proofsheet.evaluation.autoencode import close, evaluate, shares
from proofsheet.evaluation.kept import Trained
from proofsheet.models.autoencoder import conv
from proofsheet.splits import Images


def trained(weight):
    torch.manual_seed(0)
    model = conv(image_shape=(3, 8, 8), classes=4, code=6, width=2)
    pixels = torch.randint(0, 256, (16, 3, 8, 8), dtype=torch.uint8)
    images = Images(pixels, torch.arange(16) % 4)
    loss = SimpleNamespace(reconstruction="mse", pixel_range=[0, 1], weight=weight, noise=0.0)
    settings = SimpleNamespace(loss=loss, batch_size=8)
    splits = {"train": images, "val": images, "test": images}
    return Trained(model, settings, splits, list("abcd"), [])


def test_shares_grow_with_the_weight_as_the_terms_do():
    one, ten = ({q: v for _, q, v in shares(t.model, t, 0)} for t in map(trained, (1, 10)))
    for share in ("loss_share", "gradient_share"):
        odds = [found[share] / (1 - found[share]) for found in (one, ten)]
        assert odds[1] / odds[0] == pytest.approx(10, rel=0.02)


def test_gains_are_differences_of_what_stands_beside_them():
    found = {
        (split, quantity): value
        for split, quantity, value in evaluate(
            trained(0.1), SimpleNamespace(noise=0.1), 0, None
        ).metrics
    }
    assert found["test", "denoising_gain"] == pytest.approx(
        found["test", "denoised_psnr"] - found["test", "noisy_psnr"]
    )
    # Noise of a tenth of the range, most of it not cut off.
    assert 19 < found["test", "noisy_psnr"] < 22


def test_close_counts_pixel_values():
    originals = torch.zeros(1, 1, 2, 2)
    shown = torch.tensor([0.0, 0.04, 0.06, 1.0]).view(1, 1, 2, 2)
    assert close(originals, shown) == 0.5
