import math

import pytest
import torch

from proofsheet.errors import ProofsheetError
from proofsheet.metrics.images import psnr, relative_sharpness, sharpness, ssim


@pytest.fixture
def pair():
    generator = torch.Generator().manual_seed(0)
    original = torch.rand(2, 1, 13, 14, generator=generator)
    noise = 0.1 * torch.randn(original.shape, generator=generator)
    return original, (original + noise).clamp(0, 1)


def test_psnr_of_a_constant_error():
    original = torch.full((1, 1, 4, 4), 0.5)
    assert psnr(original, original + 0.1).item() == pytest.approx(20.0, abs=1e-4)


def test_psnr_of_equal_images_is_finite(pair):
    assert psnr(pair[0], pair[0]).tolist() == [100.0, 100.0]


def test_ssim_equals_a_loop_over_windows(pair):
    weights = [
        [math.exp(-((i - 5) ** 2 + (j - 5) ** 2) / (2 * 1.5**2)) for j in range(11)]
        for i in range(11)
    ]
    total = sum(map(sum, weights))
    for x, y, found in zip(*(images[:, 0].tolist() for images in pair), ssim(*pair), strict=True):
        values = []
        for top in range(3):
            for left in range(4):
                cells = [
                    (weights[i][j] / total, x[top + i][left + j], y[top + i][left + j])
                    for i in range(11)
                    for j in range(11)
                ]
                mx = sum(w * a for w, a, _ in cells)
                my = sum(w * b for w, _, b in cells)
                vx = sum(w * (a - mx) ** 2 for w, a, _ in cells)
                vy = sum(w * (b - my) ** 2 for w, _, b in cells)
                cov = sum(w * (a - mx) * (b - my) for w, a, b in cells)
                c1, c2 = 0.01**2, 0.03**2
                values.append(
                    (2 * mx * my + c1) * (2 * cov + c2) / ((mx**2 + my**2 + c1) * (vx + vy + c2))
                )
        assert found.item() == pytest.approx(sum(values) / len(values), abs=1e-5)


def test_ssim_of_equal_images_is_one(pair):
    torch.testing.assert_close(ssim(pair[0], pair[0]), torch.ones(2))


def test_sharpness_equals_a_loop_over_pixels(pair):
    for image, found in zip(pair[0][:, 0].tolist(), sharpness(pair[0]), strict=True):
        values = [
            image[i - 1][j] + image[i + 1][j] + image[i][j - 1] + image[i][j + 1] - 4 * image[i][j]
            for i in range(1, 12)
            for j in range(1, 13)
        ]
        mean = sum(values) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        assert found.item() == pytest.approx(variance, rel=1e-4)


def test_a_blurred_image_is_less_sharp_than_its_original(pair):
    blurred = torch.nn.functional.avg_pool2d(pair[0], 3, stride=1, padding=1)
    assert (relative_sharpness(pair[0], blurred) < 0.5).all()


def test_images_smaller_than_the_window_are_refused():
    with pytest.raises(ProofsheetError, match="10×12 pixels, and SSIM needs at least 11×11"):
        ssim(torch.zeros(1, 1, 12, 10), torch.zeros(1, 1, 12, 10))


def test_an_image_of_one_colour_is_refused():
    flat = torch.ones(1, 1, 8, 8)
    with pytest.raises(ZeroDivisionError, match="one colour"):
        relative_sharpness(flat, flat)
