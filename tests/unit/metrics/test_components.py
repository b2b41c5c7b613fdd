import numpy as np
import torch

from proofsheet.metrics.components import Components


def test_projection_is_that_of_an_exact_decomposition():
    torch.manual_seed(0)
    images = torch.randn(200, 1, 6, 6) * torch.linspace(3, 0.1, 36).view(1, 1, 6, 6)
    flat = images.flatten(1).double().numpy()
    centred = flat - flat.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    expected = flat.mean(axis=0) + centred @ directions[:5].T @ directions[:5]
    found = Components(images, 5).project(images).flatten(1).numpy()
    assert np.abs(found - expected).max() < 1e-3


def test_more_components_than_images_keep_every_image():
    torch.manual_seed(0)
    images = torch.rand(4, 1, 6, 6)
    torch.testing.assert_close(Components(images, 99).project(images), images)
