import pytest
import torch

from proofsheet.models.vae import dense
from proofsheet.tasks.vae.objective import Reconstruction
from trainings import declared


def objective(beta=1.0):
    loss = {"reconstruction": "mse", "reduction": "sum", "beta": beta}
    return Reconstruction(declared("vae", loss=loss).loss)


@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
def test_loss_is_reconstruction_plus_weighted_kl(beta):
    torch.manual_seed(0)
    model = dense(image_shape=(1, 4, 4), classes=10, latent=3, hidden=8)
    terms = objective(beta).terms(model, torch.rand(5, 1, 1, 4, 4), torch.zeros(5, 1))
    torch.testing.assert_close(terms["loss"], terms["reconstruction"] + beta * terms["kl"])


def test_sampling_has_the_posterior_mean_and_spread():
    torch.manual_seed(0)
    model = dense(image_shape=(1, 4, 4), classes=10, latent=1)
    mean, log_variance = torch.full((40_000, 1), 2.0), torch.full((40_000, 1), 2.0).log() * 2
    sample = model.sample(mean, log_variance)
    assert sample.mean().item() == pytest.approx(2.0, abs=0.05)
    assert sample.std().item() == pytest.approx(2.0, abs=0.05)


def test_evaluation_repeats_whole_passes_so_that_images_count_the_same():
    rows = objective().sample(torch.zeros(7), 20, torch.Generator().manual_seed(0))
    assert torch.bincount(rows[:, 0]).tolist() == [3] * 7
