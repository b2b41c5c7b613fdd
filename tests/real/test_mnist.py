"""The real MNIST, where it lies beside the project."""

from pathlib import Path

import numpy as np
import pytest

from proofsheet.data.vision import vision

SHARED = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not (SHARED / "MNIST" / "raw").is_dir(), reason="needs MNIST in ../shared/data"
)


@pytest.fixture(scope="module")
def mnist():
    return vision("MNIST", SHARED)


def test_sizes_and_counts_are_those_of_the_original(mnist):
    assert mnist.train.images.shape == (60_000, 1, 28, 28)
    assert mnist.test.images.shape == (10_000, 1, 28, 28)
    # The counts that LeCun, Cortes and Burges's files have.
    assert np.bincount(mnist.test.labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


def test_pixels_have_the_mean_and_spread_that_everyone_normalises_by(mnist):
    pixels = mnist.train.images / np.float32(255)
    assert pixels.mean(dtype=np.float64) == pytest.approx(0.1307, abs=1e-4)
    assert pixels.std(dtype=np.float64) == pytest.approx(0.3081, abs=1e-4)


def test_it_is_no_stand_in(mnist):
    assert not mnist.stand_in
