import pytest
import torch

from proofsheet.data.splits import Images
from proofsheet.declare.tasks.autoencode import AutoencodeEvaluation
from proofsheet.models.autoencoder import dense
from proofsheet.tasks.autoencode.evaluation import close, denoise, evaluate, shares
from proofsheet.tasks.task import TrainedModel
from trainings import declared


def trained(weight):
    torch.manual_seed(0)
    model = dense(image_shape=(3, 8, 8), classes=4, code=6)
    pixels = torch.randint(0, 256, (16, 3, 8, 8), dtype=torch.uint8)
    images = Images(pixels, torch.arange(16) % 4)
    settings = declared("autoencode", loss={"reconstruction": "mse", "weight": weight})
    splits = {"train": images, "val": images, "test": images}
    return TrainedModel(model, settings, splits, list("abcd"), [])


def test_shares_grow_with_the_weight_as_the_terms_do():
    one, ten = ({q: v for _, _, q, v in shares(t.model, t, 0)} for t in map(trained, (1, 10)))
    for share in ("loss_share", "gradient_share"):
        odds = [found[share] / (1 - found[share]) for found in (one, ten)]
        assert odds[1] / odds[0] == pytest.approx(10, rel=0.02)


def test_noise_costs_what_it_should_and_components_take_it_out():
    """Images that one component draws exactly: it removes all noise but the part along itself."""
    direction = torch.linspace(-1, 1, 192).view(1, 3, 8, 8)
    images = 0.5 + 0.2 * torch.linspace(-1, 1, 64).view(-1, 1, 1, 1) * direction
    levels = (images * 255).round().to(torch.uint8)
    training = Images(levels, torch.zeros(64, dtype=torch.int64))
    model = dense(image_shape=(3, 8, 8), classes=2, code=1)
    _, found = denoise(model, levels / 255, training, 0.1)
    # Noise of a tenth of the range is 20 dB; a 192nd of its power is 23 dB less.
    assert found["noisy_psnr"] == pytest.approx(20, abs=0.3)
    assert found["pca_denoised_psnr"] > 38
    assert found["denoising_gain"] == pytest.approx(found["denoised_psnr"] - 20, abs=0.3)


def test_without_noise_there_is_no_denoising():
    found = evaluate(trained(0.1), AutoencodeEvaluation(task="autoencode"), 0, None)
    assert "noisy" not in found.arrays
    assert "denoising_gain" not in {quantity for _, _, quantity, _ in found.metrics}


def test_close_counts_pixel_values():
    originals = torch.zeros(1, 1, 2, 2)
    shown = torch.tensor([0.0, 0.04, 0.06, 1.0]).view(1, 1, 2, 2)
    assert close(originals, shown) == 0.5
