import numpy as np
import pytest

from proofsheet.data.embedded import digits


@pytest.fixture(scope="module")
def dataset():
    return digits()


def test_they_are_as_many_of_every_class(dataset):
    assert np.bincount(dataset.train.labels).tolist() == [400] * 10
    assert np.bincount(dataset.test.labels).tolist() == [100] * 10


def test_they_are_white_on_black_as_mnist_is(dataset):
    images = dataset.train.images
    assert images.shape == (4000, 1, 28, 28)
    assert images.dtype == np.uint8
    # MNIST's training pixels have a mean of 0.1307 and a border of nothing.
    assert images.mean() / 255 == pytest.approx(0.1307, abs=0.005)
    assert images[:, :, 0].max() == 0


def test_no_image_is_in_both_splits(dataset):
    train, test = ({image.tobytes() for image in s.images} for s in (dataset.train, dataset.test))
    assert not train & test


def test_a_part_stands_in_for_the_whole(dataset):
    assert dataset.stand_in
