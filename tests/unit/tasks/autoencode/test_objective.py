import pytest
import torch
from torch.nn import functional as F

from proofsheet.models.autoencoder import dense
from proofsheet.tasks.autoencode.objective import Autoencoding, with_noise
from trainings import declared


def objective(**loss):
    loss = {"reconstruction": "mse", **loss}
    return Autoencoding(declared("autoencode", loss=loss).loss)


def terms(weight, pixel_range=(0, 1)):
    torch.manual_seed(0)
    model = dense(image_shape=(3, 8, 8), classes=4, code=6)
    images, labels = torch.rand(5, 1, 3, 8, 8), torch.arange(5)[:, None] % 4
    found = objective(weight=weight, pixel_range=pixel_range).terms(model, images, labels)
    return model, images[:, 0], labels[:, 0], found


@pytest.mark.parametrize("weight", [0.1, 10.0])
def test_loss_is_reconstruction_plus_weighted_classification(weight):
    model, images, labels, found = terms(weight)
    logits = model.classify(model.encode(images))
    reconstruction = (model.decode(model.encode(images)).sigmoid() - images).square().mean()
    torch.testing.assert_close(found["reconstruction"], reconstruction)
    torch.testing.assert_close(found["classification"], F.cross_entropy(logits, labels))
    torch.testing.assert_close(found["loss"], reconstruction + weight * found["classification"])


def test_pixels_from_minus_one_to_one_have_four_times_the_squared_error():
    narrow, wide = (terms(0.1, pixel_range)[3] for pixel_range in ((0, 1), (-1, 1)))
    torch.testing.assert_close(wide["reconstruction"], 4 * narrow["reconstruction"])


def test_without_weight_there_is_no_classifier_to_report():
    assert set(terms(0)[3]) == {"loss", "reconstruction"}


def test_noise_is_on_the_input_and_the_target_stays_clean():
    model, images, _, _ = terms(0)
    torch.manual_seed(5)
    found = objective(weight=0, noise=0.5).terms(model, images[:, None], torch.zeros(5, 1))
    torch.manual_seed(5)
    noisy = (images + 0.5 * torch.randn(images.shape)).clamp(0, 1)
    expected = (model.decode(model.encode(noisy)).sigmoid() - images).square().mean()
    torch.testing.assert_close(found["reconstruction"], expected)


def test_noise_has_the_declared_spread_and_stays_in_range():
    images = torch.full((1, 1, 200, 200), 0.5)
    noisy = with_noise(images, 0.1, torch.Generator().manual_seed(0))
    assert noisy.std().item() == pytest.approx(0.1, rel=0.02)
    assert with_noise(images, 5.0).aminmax() == (0, 1)
